"""Notes of this program's own Markdown export, as they come back: an article's, the codebook, the index."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.drafts import Mark, ThemeDraft
from app.importers._own_values import whole
from app.importers._vault_text import inline
from app.loading import load
from app.text import quotes
from app.text.body import Body
from app.text.ranges import Span

ANNOTATIONS: Final = "annotations"
TEXT: Final = "text"
RECORD: Final = "record"
VERSION: Final = 1

_BEGIN: Final = re.compile(r"%% begin (?P<part>annotations|text|record) %%\s*$")
_END: Final = re.compile(r"\s*%% end (?P<part>annotations|text|record) %%\s*$")
_CALLOUT: Final = re.compile(r"\[!(?P<kind>[\w-]+)(?:\|[^\]]*)?\][+-]?\s?(?P<title>.*)$")
_BLOCK: Final = re.compile(r"\^h-(?P<id>[0-9a-f]{32})\s*$")
_TAGS: Final = re.compile(r"#theme/\S+(?: #theme/\S+)*\s*$")
_THEME: Final = re.compile(r"#theme/\S+ · \d+ passages? · `(?P<colour>#[0-9a-f]{6})`(?: %%(?P<told>\{.*\})%%)?\s*$")
_HEADING: Final = re.compile(r"#{2,6} (?P<name>.+)$")
_ENTRY: Final = re.compile(r"\d+\. \[\[[^\]]+\]\]")
_REFERENCES: Final = re.compile(r"(?:&#\d+;)+$")
_HARMLESS: Final = re.compile(r"&lt;(?=[A-Za-z/!?])|&#37;")
_PARAGRAPH: Final = re.compile(r"¶ (\d+)(?:–\d+)?$")
_DOT: Final = " · "
_LOST: Final = "no longer in the text"
_ARROW: Final = " > "


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage as a note has it: its words, the number of its paragraph (0: not known), its themes and note.

    ``themes`` are their paths as they are written, or their ids.
    """

    id: str
    quote: str
    tail: str
    paragraph: int
    themes: tuple[str, ...]
    note: str


@dataclass(slots=True)
class OwnNote:
    """What the parts of a note say that are ours, and what its reader wrote round them."""

    text: str | None = None
    lines: tuple[str, ...] = ()
    record: Mapping[str, Any] | None = None
    note: str = ""
    passages: list[Quoted] = field(default_factory=list)
    around: str = ""


def parts(markdown: str) -> tuple[dict[str, list[str]], str]:
    """Return the lines of our parts of a note by their names, and what stands round them."""
    found: dict[str, list[str]] = {}
    around: list[str] = []
    lines = markdown.split("\n")
    ends: dict[str, list[int]] = {ANNOTATIONS: [], TEXT: [], RECORD: []}
    for number, line in enumerate(lines):
        if match := _END.match(line):
            ends[match["part"]].append(number)
    number = 0
    while number < len(lines):
        match = _BEGIN.match(lines[number])
        end = next(iter(ends[match["part"]][bisect_right(ends[match["part"]], number) :][:1]), 0) if match else 0
        if match and end:
            found.setdefault(match["part"], lines[number + 1 : end])
            number = end
        else:
            around.append(lines[number])
        number += 1
    return found, "\n".join(around).strip()


def own_note(markdown: str) -> OwnNote:
    """Read the note of an article."""
    held, around = parts(markdown)
    note = OwnNote("\n".join(held[TEXT]) if TEXT in held else None, tuple(held.get(TEXT, ())), _record(held))
    # The first line outside is the title, which front matter says too.
    note.around = re.sub(r"\n{3,}", "\n\n", re.sub(r"\A# [^\n]*\n*", "", around))
    for lines, uid in _callouts(held.get(ANNOTATIONS, [])):
        match = _CALLOUT.match(lines[0])
        if match and match["kind"] == "quote" and uid:
            note.passages.append(_quoted(match["title"], lines[1:], uid))
        elif match and match["kind"] == "note" and not note.passages:
            note.note = as_written(lines[1:])
    return note


def _record(held: Mapping[str, Sequence[str]]) -> Mapping[str, Any] | None:
    """Return the record of a note, if it has one of ours that can be read."""
    text = "\n".join(held.get(RECORD, ())).strip()
    if not (text.startswith("%%") and text.endswith("%%")):
        return None
    told = _loaded(text.strip("%"))
    return told if told and told.get("version") == VERSION else None


def _loaded(text: str) -> Mapping[str, Any] | None:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def codebook(markdown: str) -> tuple[ThemeDraft, ...]:
    """Return the themes that a note describes as our codebook does; none when it is another note."""
    lines = parts(markdown)[0].get(ANNOTATIONS, [])
    starts = [
        number
        for number, line in enumerate(lines)
        if _HEADING.match(line) and number + 2 < len(lines) and _THEME.match(lines[number + 2])
    ]
    known: dict[str, tuple[str, ...]] = {}
    found: list[ThemeDraft] = []
    for number, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        found.append(_theme(lines[number:end], known))
    return tuple(found)


def is_index(markdown: str) -> bool:
    """Tell whether a note lists the notes of an export as our index does."""
    lines = [line for line in parts(markdown)[0].get(ANNOTATIONS, []) if line.strip() and not line.startswith(">")]
    return bool(lines) and all(map(_ENTRY.match, lines))


def anchored(body: Body, passages: Sequence[Quoted]) -> tuple[Mark, ...]:
    """Return the passages as marks on a text, each in the paragraph that its note names, if it is there."""
    taken: set[tuple[str, Span]] = set()
    found: list[Mark] = []
    for one in passages:
        span = next((span for span in _places(body, one) if (one.quote, span) not in taken), None)
        if span is not None:
            taken.add((one.quote, span))
            ends = body.text[slice(*span)].endswith(
                one.tail
            )  # what is not seen is not looked for, so it may be missing
            if not ends and body.text.startswith(one.tail, span[1]):
                span = span[0], span[1] + len(one.tail)
        quote = body.text[slice(*span)] if span else one.quote
        found.append(Mark(quote, *(span or (-1, -1)), themes=one.themes, note=one.note, id=one.id))
    return tuple(found)


def _places(body: Body, one: Quoted) -> Iterator[Span]:
    """Yield where a passage may stand: in its paragraph, then, approximately there, anywhere."""
    if not one.quote.strip() or not 0 < one.paragraph <= len(body.blocks):
        return
    block = body.blocks[one.paragraph - 1]
    for at in quotes.occurrences(body.text, one.quote):
        if block.start <= at <= block.end:
            yield at, at + len(one.quote)
    near = quotes.find_like(body.text, one.quote, hint=block.start)
    if near:
        yield near


def _callouts(lines: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield the quoted blocks of a part without their ``>``, each with the block id that follows it."""
    number = 0
    while number < len(lines):
        if not lines[number].startswith(">"):
            number += 1
            continue
        block: list[str] = []
        while number < len(lines) and lines[number].startswith(">"):
            block.append(lines[number].removeprefix(">").removeprefix(" "))
            number += 1
        following = next((line for line in lines[number : number + 2] if line.strip()), "")
        match = _BLOCK.match(following)
        yield block, match["id"] if match else ""


def _quoted(title: str, lines: Sequence[str], uid: str) -> Quoted:
    words: list[str] = []
    noted: list[str] = []
    themes = 0
    for line in lines:
        if line.startswith(">"):
            noted.append(line.removeprefix(">").removeprefix(" "))
        elif _TAGS.match(line):
            themes = len(line.split())
        elif not noted:
            words.append(line)
    titles = title.split(_DOT)
    number = next((match for part in titles[themes:] if (match := _PARAGRAPH.match(part))), None)
    markdown = "\n".join(words).strip("\n")
    tail = _REFERENCES.search(markdown)
    return Quoted(
        uid,
        _plain(markdown),
        html.unescape(tail[0]) if tail else "",
        0 if _LOST in titles[themes:] or number is None else int(number[1][:9]),
        tuple(map(inline, titles[:themes])),
        as_written(noted[1:]),
    )


def _theme(lines: Sequence[str], known: dict[str, tuple[str, ...]]) -> ThemeDraft:
    name = inline(lines[0].partition(" ")[2])
    said = next((line for line in lines[3:] if line.strip()), "")
    above = inline(said).removesuffix(f"{_ARROW}{name}") if not said.startswith(">") else ""
    path = (*known[above], name) if above in known else (name,)
    known[_ARROW.join(path)] = path
    words = {"info": "", "note": ""}
    for block, _uid in _callouts(lines[3:]):
        match = _CALLOUT.match(block[0])
        if match and match["kind"] in words:
            words[match["kind"]] = as_written(block[1:])
    match = _THEME.match(lines[2])
    draft = ThemeDraft(path, match["colour"] if match else "", words["info"], words["note"])
    told = _loaded(match["told"]) if match and match["told"] else None
    return draft if told is None else _completed(draft, told)


def _completed(draft: ThemeDraft, told: Mapping[str, Any]) -> ThemeDraft:
    """Return a theme with what stands hidden behind its tag."""
    try:
        return replace(
            draft,
            path=tuple(map(str, told["path"])),
            definition=exact(draft.definition, told.get("definition")),
            note=exact(draft.note, told.get("note")),
            digit=whole(told.get("digit")),
            id=str(told["id"]),
            private=bool(told.get("private")),
        )
    except (KeyError, TypeError, ValueError):
        return draft


def exact(shown: str, told: object) -> str:
    """Return a note as it was where a record tells so, unless it was changed in what is shown of it."""
    return told if isinstance(told, str) and _as_shown(told) == shown else shown


def _as_shown(note: str) -> str:
    return as_written(note.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _plain(markdown: str) -> str:
    """Return what a piece of Markdown reads as, a line for each paragraph."""
    return "\n".join(piece.text for piece in load("app.text.markdown_reader").read_markdown(markdown))


def as_written(lines: Sequence[str]) -> str:
    """Return a note as it was before it was made harmless."""
    return _HARMLESS.sub(lambda match: html.unescape(match[0]), "\n".join(lines).strip("\n"))
