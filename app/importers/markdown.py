"""Markdown with front matter, as Obsidian, static sites and this program's own export write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from app.cleaning.dates import find_date, read_stamp
from app.cleaning.language import guess
from app.cleaning.metadata import derived_title, normal
from app.cleaning.phrases import lexicon, month_names
from app.cleaning.signatures import without_by
from app.drafts import Codebook, Draft
from app.errors import ImportFailed
from app.importers import _companions
from app.importers._base import File, Importer, Parts, Unread
from app.importers._documents import site_behind
from app.importers._encodings import decode_text
from app.importers._front_forms import read_head
from app.importers._front_matter import texts
from app.importers._own_values import own_id
from app.importers._pictures import Pictures
from app.importers._shown_pictures import with_picture
from app.importers._stubs import About, Passage, stub
from app.importers._told import told_lines
from app.importers._wiki_signs import as_markdown
from app.loading import load
from app.model import Details, LeftOut, Metadata, Origin, Published, State
from app.text.body import Body, Piece
from app.text.ranges import Span

if TYPE_CHECKING:
    from app.importers._obsidian_note import OwnNote

_DETAILS: Final = {"author": "byline_line", "date": "date_line"}
_LABEL: Final = 8  # words of what may stand above a title
_OURS: Final = "%% begin annotations %%"
_SOURCE: Final = "source"
"""The key under which this program writes the address of an article."""

_TITLE: Final = ("title",)
# As pandoc writes what is a sign of Markdown, in front matter too.
_ESCAPED: Final = re.compile(r"\\([|*_#<>\[\]~$^`@])")
_BYLINE: Final = ("byline", "author", "authors", "by", "creator")
_ADDRESS: Final = ("address", "url", "source", "link", "canonical", "canonical_url", "source_url")
_OUTLET: Final = ("outlet", "site", "publication", "publisher", "website", "site_name", "source_name")
_PUBLISHED: Final = (
    "published", "date", "date_published", "pub_date", "publish_date", "publication_date", "published_date",
    "published_at", "published_on", "date_of_publication",
)  # fmt: skip
_ACCESSED: Final = (
    "accessed", "retrieved", "date_accessed", "access_date", "accessed_at", "accessed_on", "retrieved_on", "date_saved",
    "clipped",
)  # fmt: skip
_LANGUAGE: Final = ("language", "lang")
_SECTION: Final = ("section",)
_THEMES: Final = ("themes", "theme", "tags", "tag")
_SEPARATORS: Final = str.maketrans("", "", " _-")
# An address that nobody has encoded: more behind a space is a part of it where that ends as files do.
_SPACED: Final = re.compile(
    r"https?://[^\s/]+/\S*(?: (?!https?:)\S+)*\.(?:html?|pdf|php|aspx?|docx?|odt|txt|md|epub)", re.IGNORECASE
)


def read(file: File) -> Parts:
    """Read a file of one article."""
    text = decode_text(file.data, file.name).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ImportFailed("{name} is empty.", "Check the file, or leave it out.", name=file.name)
    front = _Front()
    rest, broken = text, ""
    values: Mapping[str, Any] = {}
    head = read_head(text)
    if head is not None:
        rest, values = text[head.end :], head.values
        if values or not head.problems:
            front = _Front.of(values)
        else:
            broken = text[: head.end].rstrip("\n")
        if head.problems:
            front.details["front_matter"] = head.problems if len(head.problems) > 1 else head.problems[0]
    if _OURS in rest:
        return _ours(front, rest, values, file)
    pieces = [Piece(line, "code") for line in broken.split("\n") if broken]
    written = as_markdown(rest)
    front.themes = tuple(dict.fromkeys((*front.themes, *_themes(list(written.tags)))))
    if written.comments:
        front.details["comment"] = written.comments if len(written.comments) > 1 else written.comments[0]
    pieces += load("app.text.markdown_reader").read_markdown(written.markdown)
    return (_draft(front, pieces, file),)


def _ours(front: _Front, rest: str, values: Mapping[str, Any], file: File) -> Parts:
    """Read a note that this program wrote: an article with its passages, a collection, the codebook, or a list."""
    notes = load("app.importers._obsidian_note")
    uid = str(front.details.get("id", ""))
    own = notes.own_note(rest)
    if own.record is not None:
        found: Parts | None = load("app.importers._vault_note").read_note(values, own, _finder(file))
        if found is not None:
            return found
    if own_id(uid) and values.get("kind") != "collection":
        return (_own_article(front, uid, own, values),)
    themes = notes.codebook(rest)
    if themes:
        return (Codebook(themes),)
    if notes.is_index(rest) or values.get("kind") == "collection":
        said = "It only lists other notes; what stands above the list has no place here."
        said = said if notes.own_note(rest).note else "It only lists other notes."
        return (Unread("", ImportFailed(said), passed=True),)
    pieces = load("app.text.markdown_reader").read_markdown("\n".join(_outside(rest)))
    return (_draft(front, pieces, file),)


def _finder(file: File) -> Callable[[str, str], bytes | None]:
    """Return what finds the pictures that lie beside a vault's notes, by their SHA-256 and kind."""
    find = _companions.finder(file)
    return lambda digest, kind: find(f"{_companions.ATTACHMENTS}/{digest}.{kind}") if find is not None else None


def _outside(text: str) -> Iterator[str]:
    """Yield the lines of a note without the signs round its parts."""
    return (line for line in text.split("\n") if not re.fullmatch(r"%% (?:begin|end) \w+ %%\s*", line))


def _own_article(front: _Front, uid: str, note: OwnNote, values: Mapping[str, Any]) -> Draft:
    """Put an article together that once left a library; without its text it is a stub.

    Its themes are paths to the letter, beside which its reader may have put tags.
    """
    details = {"around": note.around} if note.around else {}
    source = ", ".join(texts(values.get(_SOURCE)))
    if source:
        front = _Front.of({key: value for key, value in values.items() if key != _SOURCE}, address=source)
    attributes = {
        key.removeprefix("attribute "): ", ".join(value) if isinstance(value, tuple) else value
        for key, value in front.details.items()
        if key not in ("id", "state", "front_matter")
    }
    state = front.details.get("state")
    about = About(
        tuple(dict.fromkeys((*texts(values.get("themes")), *_tagged(values)))),
        note.note,
        details,
        attributes,
        State(state) if state in set(State) else None,
        uid,
    )
    known = _metadata(front, front.texts.get("title"), "", None)
    if note.text is None:
        passages = (Passage(one.quote, one.note, one.themes, id=one.id) for one in note.passages)
        return stub(known, passages, about, colours=False)
    body = Body.of(load("app.text.markdown_reader").read_markdown(note.text))
    marks = load("app.importers._obsidian_note").anchored(body, note.passages)
    return Draft(
        body, known, details=about.details, attributes=attributes, themes=about.themes, note=note.note, marks=marks,
        state=about.state, id=uid,
    )  # fmt: skip


@dataclass
class _Front:
    """What front matter says. ``details`` takes every key that has no field of its own."""

    texts: dict[str, str] = field(default_factory=dict)
    published: Published | None = None
    themes: tuple[str, ...] = ()
    details: dict[str, str | tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, Any], **known: str) -> _Front:
        """Sort the keys of front matter to the fields they mean, but for those fields that are ``known``."""
        front = cls(dict(known))
        for key, value in values.items():
            if value is not None and value not in ("", [], {}):
                front._take(key, value)
        return front

    def _take(self, key: str, value: Any) -> None:
        text = ", ".join(texts(value))
        for name, keys in _FIELDS:
            if _is_one_of(key, keys) and name not in self.texts and (kept := _kept(name, text)):
                self.texts[name] = kept
                return
        if _is_one_of(key, _PUBLISHED) and self.published is None and (day := _day(text)):
            self.published = day
        elif _is_one_of(key, _THEMES):
            self.themes = tuple(dict.fromkeys([*self.themes, *_themes(value)]))
        else:
            said = tuple(texts(value))
            self.details[key] = said if isinstance(value, list) else ", ".join(said)


_FIELDS: Final = (
    ("title", _TITLE),
    ("byline", _BYLINE),
    ("address", _ADDRESS),
    ("outlet", _OUTLET),
    ("accessed", _ACCESSED),
    ("language", _LANGUAGE),
    ("section", _SECTION),
)


def _is_one_of(key: str, names: Sequence[str]) -> bool:
    """Tell whether a key is one of some names, however its words are set apart: ``Date published``, ``pubDate``."""
    return _bare(key) in map(_bare, names)


def _bare(key: str) -> str:
    return key.lower().translate(_SEPARATORS)


def _kept(name: str, text: str) -> str:
    """Return a text as its field holds it, or nothing when it does not fit there."""
    text = " ".join(re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]", r"\1", text).split())
    if name == "address":
        return text.replace(" ", "%20") if re.match(r"https?://\S+$", text) or _SPACED.fullmatch(text) else ""
    if name == "accessed":
        day = _day(text)
        return day.day.isoformat() if day else ""
    if name == "language":
        return text if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text) else ""
    return text


def _day(text: str) -> Published | None:
    """Return the date that a value holds: a written form of this program, a time stamp, or a date in any language."""
    try:
        return Published.parse(text)
    except ValueError:
        return read_stamp(text) or find_date(text, month_names())


def _themes(value: Any) -> Iterator[str]:
    """Yield the names or paths of themes: a list, or a text of them between commas; ``a/b`` is a path."""
    entries = value if isinstance(value, list) else re.split(r",", str(value))
    for entry in entries:
        for text in texts(entry):
            name = text.strip().removeprefix("#").strip()
            if name:
                yield name if " > " in name else " > ".join(part.strip() for part in name.split("/"))


def _tagged(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the themes that a reader's own tags are on one of our notes."""
    return (name for name in _themes(values.get("tags") or []) if not name.startswith("theme > "))


def _draft(front: _Front, pieces: list[Piece], file: File) -> Draft:
    """Put the article together; the first heading is its title when none is stated, and is not said twice."""
    pictures = Pictures()
    find = _companions.finder(file)
    pieces = [with_picture(piece, find, pictures) for piece in pieces]
    title = _ESCAPED.sub(r"\1", front.texts.get("title", "")) or None
    first = next((number for number, piece in enumerate(pieces) if piece.kind != "code"), None)
    if first is not None and pieces[first].kind == "heading" and pieces[first].attributes.get("level") == 1:
        heading = pieces[first].text
        site = site_behind(title or "", heading)
        if site:
            title, front = heading, replace(front, texts={"outlet": site, **front.texts})
        if title is None or normal(title) == normal(heading):
            title = title or heading
            del pieces[first]
    left_out: tuple[LeftOut, ...] = ()
    if title is None and (number := _only_title(pieces)):
        title = pieces[number].text
        left_out = tuple(_leading(piece) for piece in pieces[:number] if _is_link(piece))
        pieces = [*(piece for piece in pieces[:number] if not _is_link(piece)), *pieces[number + 1 :]]
    if title and not front.texts and front.published is None:
        pieces = _told(front, pieces)
    plain, spans = _unmarked(pieces)
    body = Body.of(plain)
    spoken = guess(body.text)
    details: Details = front.details
    known = _metadata(front, title, "" if title else _derived(plain, spoken), spoken)
    marks = load("app.importers._inline_marks").marks(body, plain, spans) if any(spans) else ()
    return Draft(body, known, left_out, details, themes=front.themes, marks=marks, pictures=pictures.found)


def _told(front: _Front, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the blocks without the lines at their head that say who wrote them and when, which ``front`` then does."""
    lines, said = told_lines(pieces, {})
    if not lines:
        return list(pieces)
    front.texts["byline"] = said["author"]
    days = (_day(pieces[number].text) for number in lines)
    front.published = next(filter(None, days), None)
    for number, name in lines.items():
        front.details[_DETAILS[name]] = pieces[number].text
    return [piece for number, piece in enumerate(pieces) if number not in lines]


def _only_title(pieces: Sequence[Piece]) -> int | None:
    """Return the number of the only heading of the first level, where no sentence stands above it."""
    heads = [number for number, piece in enumerate(pieces) if piece.attributes.get("level") == 1]
    if len(heads) != 1 or any(len(piece.text.split()) > _LABEL for piece in pieces[: heads[0]]):
        return None
    return heads[0]


def _is_link(piece: Piece) -> bool:
    """Tell whether all of a block is links."""
    linked = sum(run.end - run.start for run in piece.runs if run.kind == "link")
    return 0 < len(piece.text) == linked


def _leading(piece: Piece) -> LeftOut:
    return LeftOut("navigation", piece.text, 0, piece.kind, piece.attributes, piece.runs)


def _unmarked(pieces: Sequence[Piece]) -> tuple[list[Piece], list[list[Span]]]:
    """Return the blocks without the signs round what is marked in them, and where that stands in each."""
    if not any("==" in piece.text or "<mark" in piece.text.lower() for piece in pieces):
        return list(pieces), [[] for _piece in pieces]
    found = list(map(load("app.importers._inline_marks").without_signs, pieces))
    return [piece for piece, _spans in found], [spans for _piece, spans in found]


def _metadata(front: _Front, title: str | None, derived: str, spoken: str | None) -> Metadata:
    """Return what front matter states; a title and the language may be derived."""
    origins = dict.fromkeys((*front.texts, "published", "title"), Origin.STATED)
    if not title:
        origins["title"] = Origin.DERIVED
    if "language" not in front.texts:
        origins["language"] = Origin.DERIVED
    values = Metadata(
        title=title or derived or None,
        byline=without_by(front.texts.get("byline", ""), lexicon(spoken)) or None,
        outlet=front.texts.get("outlet"),
        section=front.texts.get("section"),
        address=front.texts.get("address"),
        published=front.published,
        accessed=front.texts.get("accessed"),
        language=front.texts.get("language") or spoken,
    )
    return replace(values, origins={name: origin for name, origin in origins.items() if getattr(values, name)})


def _derived(pieces: Sequence[Piece], language: str | None) -> str:
    """Make a title of the first heading, or of the first sentence."""
    heading = next((piece.text for piece in pieces[:3] if piece.kind == "heading"), "")
    first = next((piece.text for piece in pieces if piece.text and piece.kind != "code"), "")
    return heading or (derived_title(first, lexicon(language)) if first else "")


IMPORTER: Final = Importer("markdown", "Markdown", (".md", ".markdown"), read, general=True, splits=True)
