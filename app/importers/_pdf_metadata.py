"""What a PDF and its first page say of the article: title, author, date; not what programs fill in by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.cleaning.date_lines import published_day, stated_day
from app.cleaning.language import guess
from app.cleaning.metadata import derived_title, normal
from app.cleaning.phrases import Lexicon, lexicon, tokens
from app.cleaning.signatures import Signature, read_signature
from app.importers._documents import site_behind
from app.model import Metadata, Origin, Published
from app.text.body import Piece

_HEAD: Final = 10  # so many blocks at the beginning may speak of the article
_LONG: Final = 25  # words of a paragraph of the article itself
_SHORT: Final = 14
_TEXTS: Final = 2  # so many paragraphs above a heading: it is none of the whole
_LONGEST: Final = 300
_HEADS: Final = 12  # blocks among which the heading of a page stands that was printed
_NO_TITLE: Final = re.compile(
    r"(?:microsoft (?:office )?(?:word|powerpoint|excel)\b.*|untitled.*|no title|title|document ?\d*|layout ?\d*"
    r"|slide ?\d+|presentation ?\d*|powerpoint presentation|print|full page (?:photo|print)|about:blank"
    r"|.*\.(?:docx?|pdf|indd|qxd|qxp|tex|dvi|odt|fodt|rtf|pptx?|xlsx?|html?|txt|pages|wpd|pmd|md|ps|eps|tiff?|jpe?g|png)"
    r"|\w+://\S+|[a-z]:\\.*|/\S+)",
    re.IGNORECASE,
)
_FILE_NAME: Final = re.compile(r"(?=\S*[_\d])\S+")
_NO_AUTHOR: Final = re.compile(
    r"(?:user|admin(?:istrator)?|owner|root|unknown|author|anonymous|guest|default|creator|pc|hp|dell|acer|asus|home|test"
    r"|microsoft\b.*|windows\b.*|office\b.*|adobe\b.*|apple\b.*|canon\b.*|xerox\b.*|scanner?\b.*|\S*@\S*|.*[\d/\\<>].*)",
    re.IGNORECASE,
)
_NO_DATE: Final = frozenset(
    ("received", "accepted", "revised", "accessed", "printed", "downloaded", "copyright", "born")
)


@dataclass
class Head:
    """What stands at the beginning of a text: ``taken`` are the numbers of the blocks that say nothing else."""

    metadata: Metadata
    taken: frozenset[int] = frozenset()
    details: Mapping[str, str] = field(default_factory=dict)


def read_head(pieces: Sequence[Piece], title: str, name: str, address: str, kept: frozenset[int]) -> Head:
    """Read the beginning of a text. ``title`` and ``name`` (of an author) are what the file states, if it is sane.

    ``kept`` are the numbers of blocks that have to stay in the text, since something in them is marked.
    """
    language = guess("\n".join(piece.text for piece in pieces[:400]))
    authors = frozenset(normal(one) for one in re.split(r"[;,]|\band\b", sane_author(name)) if " " in one.strip())
    reader = _Reader(pieces, lexicon(language), kept, authors)
    stated = sane_title(title)
    if stated and not _is_about(stated, pieces):
        stated = ""
    shown = next((piece.text for piece in pieces[:_HEADS] if site_behind(stated, piece.text)), "")
    outlet = site_behind(stated, shown)  # a page that was printed is called as in the browser
    stated = shown or stated
    heading = reader.heading(stated)
    reader.read(heading)
    texts = [piece.text for piece in pieces if piece.kind == "paragraph"]
    first = next((text for text in texts if len(text.split()) > _SHORT // 2), texts[0] if texts else "")
    found = stated or (pieces[heading].text if heading is not None else "") or derived_title(first, reader.known)
    byline = (sane_author(name) if reader.named else "") or reader.byline or sane_author(name)
    values = Metadata(
        title=found[:_LONGEST] or None,
        byline=byline or None,
        outlet=outlet or None,
        address=address or None,
        published=reader.published,
        language=language,
    )
    origins = {
        "title": Origin.STATED if stated else Origin.DERIVED,
        "byline": Origin.STATED,
        "outlet": Origin.STATED,
        "address": Origin.STATED,
        "published": Origin.STATED,
        "language": Origin.DERIVED,
    }
    known = {key: origin for key, origin in origins.items() if getattr(values, key)}
    return Head(replace(values, origins=known), frozenset(reader.taken), reader.details)


def sane_title(text: str) -> str:
    """Return a title that a file states, or nothing when it is a program's or the name of a file."""
    text = " ".join(text.split())
    if not 3 <= len(text) <= _LONGEST or not re.search(r"[^\W\d_]{2}", text):
        return ""
    return "" if _NO_TITLE.fullmatch(text) or _FILE_NAME.fullmatch(text) else text


def sane_author(text: str) -> str:
    """Return an author that a file states, or nothing when it is a program's or the name of an account."""
    text = " ".join(text.split()).strip(" ,;")
    if not 3 <= len(text) <= _LONGEST or not re.search(r"[^\W\d_]{2}", text) or _NO_AUTHOR.fullmatch(text):
        return ""
    return "" if " " not in text and text.islower() else text.replace(";", ",")


def _is_about(title: str, pieces: Sequence[Piece]) -> bool:
    """Tell whether a title has to do with the text: a template's has not."""
    words = {word for word in normal(title).split() if len(word) > 3}
    text = {word for piece in pieces[:60] for word in normal(piece.text).split()}
    return not words or bool(words & text)


def _is_text(piece: Piece) -> bool:
    return len(piece.text.split()) >= _SHORT


@dataclass
class _Reader:
    pieces: Sequence[Piece]
    known: Lexicon
    kept: frozenset[int]
    authors: frozenset[str] = frozenset()
    named: bool = False
    byline: str = ""
    published: Published | None = None
    taken: set[int] = field(default_factory=set)
    details: dict[str, str] = field(default_factory=dict)

    def heading(self, title: str) -> int | None:
        """Return the number of the block that is the title: the one that says it, or the largest above the text."""
        page = self.pieces[0].attributes.get("page") if self.pieces else None
        found = [
            (number, piece)
            for number, piece in enumerate(self.pieces[:60])
            if piece.kind == "heading" and piece.attributes.get("page") == page
        ]
        same = [number for number, piece in found if normal(piece.text) == normal(title)]
        if title or not found:
            return self._take(same[0]) if same else None
        text = [number for number, one in enumerate(self.pieces[:60]) if one.kind == "paragraph" and _is_text(one)][:2]
        found = [(number, piece) for number, piece in found if len(text) < _TEXTS or number < text[-1]]
        if not found:
            return None
        level = min(int(piece.attributes["level"]) for _, piece in found)
        return self._take(next(number for number, piece in found if piece.attributes["level"] == level))

    def read(self, heading: int | None) -> None:
        """Read the short blocks round the title."""
        for number in range(min(_HEAD, len(self.pieces))):
            piece, words = self.pieces[number], tokens(self.pieces[number].text)
            if len(words) >= _LONG:
                return
            short = len(piece.text) <= _LONGEST and len(words) <= _SHORT
            if number == heading or not short or piece.kind not in ("paragraph", "heading"):
                continue
            if normal(piece.text) in self.authors:
                self.named = True
                self._state(number, "byline_line")
                continue
            signature = None if self.byline else read_signature(piece.text, words, self.known)
            if signature and signature.name:
                self._name(number, signature)
            elif self.published is None and (day := self._day(piece.text, words)):
                self.published = day
                self._state(number, "date_line")

    def _name(self, number: int, signature: Signature) -> None:
        self.byline = signature.name
        self.published = self.published or published_day(self.pieces[number].text, self.known)
        self._state(number, "byline_line")
        if signature.role:
            self.details["role"] = signature.role

    def _day(self, text: str, words: Sequence[str]) -> Published | None:
        """Return the day of a line that has a date and next to nothing else."""
        if not _NO_DATE.isdisjoint(words):
            return None
        labelled = self.known.details.kind(words, text) == "date_line"
        return published_day(text, self.known) if labelled else stated_day(text, self.known)

    def _state(self, number: int, name: str) -> None:
        if self._take(number) is not None and number not in self.kept:
            self.details[name] = ", ".join(filter(None, (self.details.get(name), self.pieces[number].text)))

    def _take(self, number: int) -> int:
        if number not in self.kept:
            self.taken.add(number)
        return number
