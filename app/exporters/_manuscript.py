"""A bundle as the values that a typeset document is made of: parts, blocks, stretches and notes, ready for JSON.

The template that reads them (``document.typ``) shows every string as the text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from app.citing import Paragraphs, source_parts
from app.exporters._flow import Items, Line, Section, Stretch, flow, items, rows, titled
from app.exporters._margins import Margin
from app.exporters._markdown_body import is_link
from app.exporters._notes import note_body
from app.exporters._outline import Head, Heading, Part, Passage, Text, Words, heading_of, outline
from app.exporters._paper import Paper
from app.exporters._picture_size import decoded_size
from app.exporters._values import paragraphs_of, printed_page, themes_by_id
from app.exporters._washes import Palette
from app.model import Bundle, Highlight, Status
from app.options import OptionValue
from app.text.body import Body, clean_line
from app.text.directions import has_rightward, is_rightward, isolated
from app.text.graphemes import ceiling

Value = dict[str, Any]

GONE: Final = "No longer in the text"
_STYLES: Final[Mapping[str, str]] = {
    "strong": "b", "emphasis": "e", "struck": "s", "superscript": "u", "promotion": "q", "code": "c",
}  # fmt: skip
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?=-|$)")
_LONGEST_ADDRESS: Final = 2000
_LEAD: Final = 60
_RUNNING: Final = 56
_FIRST: Final = re.compile(r"\s*\S{1,40}")
# A word of European letters that no margin can hold is broken where a line ends.
_ENDLESS: Final = re.compile(r"[^\s\u0590-\U0010ffff]{28,}")
_PIECE: Final = 10
_TIGHT: Final = re.compile(r"[^\s\u0590-\U0010ffff]{8,}")
_TIGHT_PIECE: Final = 5
_WIDE: Final = 66  # letters side by side that a table has room for
_SOURCE: Final = 2.0  # lines that a passage's source takes, with the space round it
_OWN_PAGE: Final = 120  # words of a text that begins on a page of its own
_BLOCKS: Final = 100  # of a text come at once: between them a volume may end


@dataclass(slots=True)
class Manuscript:
    """The parts of a document, and what they gathered by the time all were written.

    ``notes`` go by number, and so do ``contents`` and ``heads``, the running titles, which say whether a page begins
    with them; ``pictures`` are the names of the files that the parts show, and their sizes, by SHA-256, and ``shown``
    the pixels of those that were shown since a volume began (see :meth:`turned`), by name. Where ``is_full``, the next
    heading begins a page.
    """

    bundle: Bundle
    options: Mapping[str, OptionValue]
    paper: Paper
    palette: Palette = field(init=False)
    notes: list[Value] = field(default_factory=list)
    heads: list[tuple[str, bool]] = field(default_factory=list)
    pictures: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    contents: list[Value] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)
    is_full: bool = False
    _margin: Margin = field(default_factory=Margin)

    def __post_init__(self) -> None:
        """Number the themes."""
        self.palette = Palette(themes_by_id(self.bundle))

    def parts(self) -> Iterator[Value]:
        """Yield the parts in the order of the outline, and one of the kind ``turn`` where a page may begin unasked."""
        waiting = list[Part]()
        is_first = True
        for part in outline(self.bundle, self.options):
            waiting.append(part)
            if not isinstance(part, Heading | Head):
                yield from self._several(waiting, fresh=is_first)
                is_first, waiting = False, []
        yield from self._several(waiting, fresh=is_first)

    def turned(self) -> None:
        """Begin a volume: beside a new page, with notes that are numbered anew."""
        self._margin.turn()
        self.notes = []
        self.shown = {}

    def blocks(self, note: str) -> list[Value]:
        """Return a note, which is Markdown from anywhere, as blocks."""
        return [self._block(section, ()) for section in flow(note_body(note))] if note.strip() else []

    def _several(self, parts: Sequence[Part], *, fresh: bool) -> Iterator[Value]:
        """Yield headings and what follows them; they begin a page where a longer text follows."""
        body = parts[-1].item.content.body.text if parts and isinstance(parts[-1], Text) else ""
        turns = (self.is_full or body.count(" ") >= _OWN_PAGE) and not fresh
        if len(parts) == 1 and not fresh:
            yield {"k": "turn"}
        for part in parts:
            if isinstance(part, Heading):
                yield self._heading(part, new=turns)
            elif isinstance(part, Head):
                yield self._head(part, new=turns)
            elif isinstance(part, Words):
                yield {"k": "words", "blocks": self.blocks(part.text)}
            elif isinstance(part, Text):
                yield from self._text(part)
            else:
                yield self._passage(part)
            turns = turns and not isinstance(part, Heading | Head)

    def _begun(self, title: str, level: int, *, new: bool) -> int:
        self.contents.append({"t": broken(title), "l": level, "d": int(is_rightward(title))})
        short = title if len(title) <= _RUNNING else f"{title[:_RUNNING].rstrip()}…"
        self.heads.append((short.replace(" ", "\u00a0"), new or not self.heads))
        if new:
            self._margin.turn()
        return len(self.heads) - 1

    def _heading(self, part: Heading, *, new: bool) -> Value:
        words = clean_line(heading_of(part))
        value: Value = {
            "k": "heading",
            "l": part.level,
            "t": broken(words),
            "d": int(is_rightward(words)),
            "new": new,
        }
        value["run"] = self._begun(words, part.level, new=new)
        value["about"] = self.blocks(part.definition)
        value["note"] = self.blocks(part.note)
        if part.theme:
            value["c"] = self.palette.line((part.theme.id,))
        return value

    def _head(self, part: Head, *, new: bool) -> Value:
        words, article = clean_line(heading_of(part)), part.item.article
        return {
            "k": "head", "l": part.level, "t": broken(words), "d": int(is_rightward(words)), "new": new,
            "run": self._begun(words, part.level, new=new),
            "source": [_linked(said) for what, said in source_parts(article.metadata) if what != "title"],
            "labels": self._labels(article.themes),
            "attributes": [
                (clean_line(name), broken(clean_line(value))) for name, value in sorted(article.attributes.items())
            ],
            "note": self.blocks(article.note),
        }  # fmt: skip

    def _text(self, part: Text) -> Iterator[Value]:
        body, metadata = part.item.content.body, part.item.article.metadata
        marks = [one for one in part.item.highlights if one.status is Status.ANCHORED]
        begun: set[int] = set()
        sections = self._sections(body, marks, begun)
        while blocks := list(islice(sections, _BLOCKS)):
            yield {"k": "text", "l": part.level, "lang": _language(metadata.language), "blocks": blocks}
            if len(blocks) == _BLOCKS:
                yield {"k": "turn"}
        rest = [one for place, one in enumerate(marks) if place not in begun]
        rest += [one for one in part.item.highlights if one.status is not Status.ANCHORED]
        if rest:
            yield {"k": "sub", "t": GONE}
            for place, one in enumerate(rest):
                if place:
                    yield {"k": "turn"}
                yield self._passage(Passage(part.item, one))

    def _sections(self, body: Body, marks: Sequence[Highlight], begun: set[int]) -> Iterator[Value]:
        page = ""
        for section in flow(body, [(one.start, one.end) for one in marks]):
            if not section.begins and not any(line.text.strip() for line in section.lines) and section.kind != "rule":
                continue
            below = self._beside(section, [marks[place] for place in section.begins])
            begun.update(section.begins)
            numbers = {place: number for place, number in zip(section.begins, below, strict=True) if number >= 0}
            value = self._block(section, marks, numbers)
            apart = [-2 - number for number in below if number < -1]
            if apart:
                value["n"] = apart
            printed = str(section.lines[0].attributes.get("page", ""))
            if printed and printed != page:
                value["pg"] = f"p. {clean_line(printed)[:8]}"
                page = printed
            yield value

    # Notes

    def _beside(self, section: Section, marks: Sequence[Highlight], lines: float = 0.5) -> list[int]:
        """Return for each highlight that begins here its note's number, ``-2 - number`` if below, -1 for none.

        ``lines`` is how much stands below the section.
        """
        said = [self._note(one) for one in marks]
        heights = [self.paper.note_height(note) for note in said if note]
        height = sum(self.paper.height(line.text) for line in section.lines)
        beside = height + self.paper.pitch * lines
        fits = iter(self._margin.fitting(beside, heights if self.paper.in_margin else ()))
        numbers = []
        for note in said:
            if note is None:
                numbers.append(-1)
                continue
            self.notes.append(note)
            number = len(self.notes) - 1
            numbers.append(number if next(fits, False) else -2 - number)
        return numbers

    def _note(self, highlight: Highlight) -> Value | None:
        """Return what stands beside a highlight, ``None`` where there is nothing to say."""
        labels = self._labels(highlight.themes)
        if not labels and not highlight.note.strip() and not highlight.author:
            return None
        words = " ".join(highlight.quote.replace("\ufffc", " ").split())
        short = words if len(words) <= _LEAD else f"{words[:_LEAD].rsplit(' ', 1)[0]} …"
        return {
            "labels": labels, "who": clean_line(highlight.author), "body": self.blocks(highlight.note),
            "c": self.palette.line(highlight.themes), "lead": short, "d": int(is_rightward(short)),
        }  # fmt: skip

    def _labels(self, ids: Sequence[str]) -> list[tuple[list[str], str]]:
        return [(broken(clean_line(name)), colour) for name, colour in self.palette.labels(ids)]

    def _passage(self, part: Passage) -> Value:
        highlight, body, metadata = part.highlight, part.item.content.body, part.item.article.metadata
        number, leaf = paragraphs_of(body, highlight), printed_page(body, highlight)
        said = source_parts(metadata, number, page=leaf) if part.sourced else _where(number, leaf)
        lines = [line for line in highlight.quote.replace("\ufffc", "").split("\n") if line.strip()]
        section = Section("quote", tuple(Line("quote", {}, (Stretch(line),), is_rightward(line)) for line in lines))
        (place,) = self._beside(section, [highlight], _SOURCE)
        paragraphs = [_words(line) for line in section.lines]
        if place >= 0 and paragraphs:
            cut = _FIRST.match(paragraphs[0]["i"][0])
            words, end = paragraphs[0]["i"][0], cut.end() if cut else 0
            paragraphs[0]["i"] = [words[:end], place, words[end:]]
        value: Value = {"k": "passage", "c": self.palette.line(highlight.themes), "ps": paragraphs}
        value["source"] = [_linked(words) for _, words in said]
        if place < -1 or (place >= 0 and not paragraphs):
            number_below = -2 - place if place < -1 else place
            self.notes[number_below]["lead"] = ""
            value["n"] = [number_below]
        return value

    # Blocks

    def _block(self, section: Section, marks: Sequence[Highlight], numbers: Mapping[int, int] | None = None) -> Value:
        """Return a section; ``numbers`` are those of the margin notes of marks that begin in it."""

        def said(line: Line, *, tight: bool = False) -> Value:
            return _words(line, self._stretches(line, marks, numbers or {}, tight=tight))

        first, kind = section.lines[0], section.kind
        if kind == "heading":
            return {"k": "h", "l": min(5, max(1, int(first.attributes.get("level", 1)))), **said(first)}
        if kind == "item":
            return {"k": "list", "lists": [_listed(one, said) for one in items(section.lines)]}
        if kind == "cell":
            table = rows(section.lines)
            tight = _is_tight(table)
            cells = [[_cell(cell, [said(line, tight=tight) for line in cell]) for cell in row] for row in table]
            return {"k": "table", "d": int(section.rtl), "w": len(table[0]), "tight": tight, "rows": cells}
        if kind == "code":
            return {"k": "code", "ls": [said(line)["i"] for line in section.lines]}
        if kind == "quote":
            return {"k": "quote", "ps": [said(line) for line in section.lines]}
        if kind == "callout":
            title, rest = titled(section)
            known = {"title": said(title)} if title else {}
            return {"k": "call", **known, "ps": [said(line) for line in rest]}
        if kind == "image":
            return self._image(first, said(first)["i"])
        if kind == "rule":
            return {"k": "hr"}
        return {"k": "cap" if kind == "caption" else "p", **said(first)}

    def _stretches(
        self, line: Line, marks: Sequence[Highlight], numbers: Mapping[int, int], *, tight: bool
    ) -> Iterator[Any]:
        for one in line.stretches:
            styles = "".join(_STYLES[style] for style in one.styles)
            value: Value = {"t": one.text}
            if styles:
                value["s"] = styles
            if one.marks:
                value["m"] = self.palette.place(marks[mark] for mark in one.marks)
            if one.address and len(one.address) <= _LONGEST_ADDRESS:
                value["l"] = one.address
            # A place is that of the word before it: put before a word, it could end the line above.
            first = _FIRST.match(one.text) if one.begins else None
            cut = first.end() if first else 0
            if cut:
                yield from ({**value, "t": part} for part in _breakable(one.text[:cut], tight=tight))
            yield from (numbers[mark] for mark in one.begins if mark in numbers)
            for part in _breakable(one.text[cut:], tight=tight):
                yield {**value, "t": part} if part and len(value) > 1 else part

    def _image(self, line: Line, said: Sequence[Any]) -> Value:
        alt = " ".join(str(line.attributes.get("alt", "")).split())
        name, width, height = self._picture(str(line.attributes.get("picture", "")))
        anchors: list[Any] = [one for one in said if isinstance(one, int)]
        wash = next(({"m": one["m"]} for one in said if isinstance(one, dict) and "m" in one), {})
        words = [*anchors, {"t": clean_line(f"Image: {alt}" if alt else "Image"), **wash} if wash else
                 clean_line(f"Image: {alt}" if alt else "Image")]  # fmt: skip
        if not name:
            return {"k": "noimg", "i": words}
        wide, high = self.paper.fitted(width, height)
        return {"k": "img", "src": name, "w": wide, "h": high, "alt": clean_line(alt), "i": words, **wash}

    def _picture(self, digest: str) -> tuple[str, int, int]:
        """Return the file name and the size of a picture; no name for one that cannot be shown."""
        if digest not in self.pictures:
            data = self.bundle.pictures.get(digest, b"")
            size = decoded_size(data) or (0, 0)
            self.pictures[digest] = (f"picture-{len(self.pictures)}" if size[0] else "", *size)
        name, width, height = self.pictures[digest]
        if name:
            self.shown[name] = width * height
        return name, width, height


def _words(line: Line, stretches: Iterable[Any] | None = None) -> Value:
    said = list(_breakable(line.text)) if stretches is None else list(stretches)
    return {"i": said, "d": 1} if line.rtl else {"i": said}


def _breakable(text: str, *, tight: bool = False) -> Iterator[str]:
    """Yield a text in parts; an empty part between two of them is a place where a line may end.

    That is so inside words that are too long for a margin, or ``tight``, for a narrow column.
    """
    place = 0
    piece = _TIGHT_PIECE if tight else _PIECE
    for match in (_TIGHT if tight else _ENDLESS).finditer(text):
        cut = ceiling(text, match.start() + piece)
        while cut < match.end():
            yield text[place:cut]
            yield ""
            place, cut = cut, ceiling(text, cut + piece)
    if text[place:]:
        yield text[place:]


def _listed(one: Items, said: Any) -> Value:
    entries = [{**said(line), "s": [_listed(inner, said) for inner in below]} for line, below in one.items]
    return {"o": one.ordered, "items": entries}


def _is_tight(table: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Return whether the longest words of all columns, side by side, are more than a page is wide."""
    columns = zip(*table, strict=True)
    words = ([len(word) for cell in column for line in cell for word in line.text.split()] for column in columns)
    return sum(2 + max(lengths, default=0) for lengths in words) > _WIDE


def _cell(cell: Sequence[Line], lines: list[Value]) -> Value:
    return {"h": bool(cell and cell[0].attributes.get("header")), "ls": lines}


def broken(words: str) -> list[str]:
    """Return words in parts; an empty part is a place where a line may end."""
    return list(_breakable(words))


def _linked(words: str) -> tuple[list[str], str]:
    """Return words of a source line with the address they lead to, if any."""
    apart = isolated(words) if has_rightward(words) else words
    return broken(apart), words if is_link(words) and len(words) <= _LONGEST_ADDRESS else ""


def _where(number: Paragraphs | None, leaf: str) -> tuple[tuple[str, str], ...]:
    said = ("page", f"p. {leaf}" if leaf else ""), ("paragraph", str(number or ""))
    return tuple(part for part in said if part[1]) or (("paragraph", "no longer in the text"),)


def _language(language: str | None) -> str:
    match = _LANGUAGE.match((language or "").strip().lower())
    return match[0] if match else "en"
