"""What a reader noted on passages, in a printed document: as comments beside the text, or as lines in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from app.citing import Kind, apart, source_of, style_of
from app.exporters._blocks import counted_items, families
from app.exporters._composition import Begin, Block, Comment, End, Footnote, Inline, Paragraph, Stretch
from app.exporters._flowing import Flow, Setting, address_of, closed, followed
from app.exporters._notes import note_body
from app.exporters._outline import NO_THEME
from app.exporters._shading import Shades
from app.exporters._values import chosen, paragraphs_of, path_text, printed_page
from app.model import BundledArticle, Highlight, Status, Theme
from app.options import OptionValue
from app.text.body import IMAGE, Body, clean_line
from app.text.body import Block as BodyBlock
from app.text.directions import is_rightward, set_apart
from app.text.ranges import segments

READER: Final = "Reader"
"""In whose name the comments of this library's reader stand: nobody asked for another."""

_EXCERPT: Final = 60
_INDENT: Final = "\N{EM SPACE}"
_COUNTED: Final = 9


class Annotating:
    """Writes passages, and what is noted on them, as the options ``comments``, ``citations`` and ``style`` say."""

    def __init__(self, themes: Mapping[str, Theme], shades: Shades, options: Mapping[str, OptionValue]) -> None:
        """Take the themes with their shades."""
        self._themes = themes
        self._shades = shades
        self._as_comments = bool(options["comments"])
        self._as_footnotes = options["citations"] == "footnote"
        self._style = style_of(str(options["style"]))
        self._numbers = count()
        self._flow: tuple[Body, Flow] | None = None
        self._is_odd = False

    def comment(self, highlight: Highlight) -> Comment | None:
        """Return the comment on a passage; ``None`` when nothing is noted on it, or there are to be no comments."""
        if not self._as_comments or not self._is_noted(highlight):
            return None
        paths = [path for path in map(self._path, self._chosen(highlight)) if path]
        first = Stretch("; ".join(paths) or NO_THEME, ("strong",))
        paragraphs = (
            [Paragraph("comment", [first], rightward=is_rightward(first.text))] if self._is_led(highlight) else []
        )
        paragraphs += spoken(note_body(highlight.note)) if highlight.note.strip() else []
        author = line(highlight.author) or READER
        return Comment(next(self._numbers), author, highlight.modified or highlight.created, paragraphs)

    def passage(
        self, item: BundledArticle, highlight: Highlight, language: str, *, sourced: bool = False
    ) -> Iterator[Block]:
        """Yield a passage on its own, with its source when it is ``sourced``, otherwise with its place in the text."""
        return closed(self._passage(item, highlight, language, sourced))

    def _passage(self, item: BundledArticle, highlight: Highlight, language: str, sourced: bool) -> Iterator[Block]:
        comment = self.comment(highlight)
        edge = self._edge(highlight)
        lines = list(self._lines(item, highlight))
        for number, (inlines, text) in enumerate(lines):
            before: Sequence[Inline] = (Begin(comment),) if comment and not number else ()
            after: list[Inline] = [End(comment)] if comment and number == len(lines) - 1 else []
            if sourced and self._as_footnotes and number == len(lines) - 1:
                after.append(Footnote(self._cited(item, highlight, "footnote")))
            yield Paragraph("passage", [*before, *inlines, *after], 0, False, is_rightward(text), language, edge)
        if not sourced:
            yield Paragraph("passage source", [Stretch(_where(item, highlight))])
        elif not self._as_footnotes:
            cited = self._cited(item, highlight, "passage source")
            yield replace(cited, inlines=[Stretch("— "), *cited.inlines])
        if not self._as_comments:
            yield from self._noted(highlight, ())

    def beside(self, highlight: Highlight) -> Iterator[Block]:
        """Yield what is noted on a passage of the text that went before, led by its first words."""
        words = " ".join(highlight.quote.replace(IMAGE, " ").split())
        short = words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rstrip()}…"
        lead = (Stretch(f"“{line(short)}”", ("emphasis",)), Stretch("  "))
        yield from closed(self._noted(highlight, lead))

    def _edge(self, highlight: Highlight) -> str:
        """Return the colour of the line beside a passage.

        Programs draw lines of one colour that follow each other as one. Every other one differs, by what nobody sees.
        """
        self._is_odd = not self._is_odd
        line = self._shades.of(highlight.themes).line
        return f"{int(line, 16) ^ self._is_odd:06x}"

    def _noted(self, highlight: Highlight, lead: Sequence[Stretch]) -> Iterator[Block]:
        if not self._is_noted(highlight):
            return
        inlines = [*lead]
        for number, theme in enumerate(self._chosen(highlight)):
            inlines += [Stretch("  ")] if number else []
            inlines.append(Stretch(self._path(theme), ("strong",), shade=self._shades.of((theme.id,))))
        if highlight.author:
            inlines.append(Stretch(f"  by {line(highlight.author)}"))
        if inlines:
            yield Paragraph("label", inlines, rightward=is_rightward(inlines[0].text))
        if highlight.note.strip():
            yield from (block for block, _ in Flow(note_body(highlight.note), Setting("note")).blocks())

    def _cited(self, item: BundledArticle, highlight: Highlight, style: str) -> Paragraph:
        """Return the citation of a passage; an address in it can be followed."""
        body = item.content.body
        number, leaf = paragraphs_of(body, highlight), printed_page(body, highlight)
        pieces = self._style.write(apart(source_of(item.article.metadata, number, page=leaf)))
        inlines = [
            Stretch(
                piece.text if piece.kind is Kind.ADDRESS else set_apart(piece.text),
                ("emphasis",) if piece.kind is Kind.EMPHASIS else (),
                followed(piece.text) if piece.kind is Kind.ADDRESS else "",
            )
            for piece in pieces
        ]
        if number is None:
            inlines.append(Stretch(" (no longer in the text)"))
        return Paragraph(style, inlines)

    def _is_noted(self, highlight: Highlight) -> bool:
        return bool(highlight.note.strip() or highlight.author or any(self._chosen(highlight)))

    def _is_led(self, highlight: Highlight) -> bool:
        """Return whether a comment names the themes: not when there are none, unless it would say nothing."""
        return any(True for _ in self._chosen(highlight)) or not highlight.note.strip()

    def _chosen(self, highlight: Highlight) -> Iterator[Theme]:
        return chosen(dict.fromkeys(highlight.themes), self._themes)

    def _path(self, theme: Theme) -> str:
        return line(path_text(theme))

    def _lines(self, item: BundledArticle, highlight: Highlight) -> Iterator[tuple[Sequence[Inline], str]]:
        """Yield the lines of a passage as they stand in the text, or as they were quoted when it is not there."""
        found = False
        shade = self._shades.of(highlight.themes)
        if highlight.status is Status.ANCHORED:
            body = item.content.body
            if self._flow is None or self._flow[0] is not body:
                self._flow = body, Flow(body, Setting())
            for inlines, text in self._flow[1].passage((highlight.start, highlight.end)):
                found = True
                yield [one._replace(shade=shade) for one in inlines], text
        if not found:
            lines = [clean_line(part) for part in highlight.quote.replace(IMAGE, "").split("\n") if part.strip()]
            yield from (([Stretch(part, shade=shade)], part) for part in lines or ["Image"])


def spoken(body: Body) -> list[Paragraph]:
    """Return a note as plain paragraphs, for margins that know no lists and no tables."""
    made: list[Paragraph] = []
    row: tuple[object, object] | None = None
    places = _places(body)
    for number, block in enumerate(body.blocks):
        inlines = _inlines(body, block)
        if number in places:
            depth, place = places[number]
            inlines.insert(0, Stretch(_INDENT * min(depth - 1, _COUNTED) + (f"{place}. " if place else "• ")))
        here = (block.attributes.get("table"), block.attributes.get("row")) if block.kind == "cell" else None
        if here is not None and here == row:
            made[-1] = replace(made[-1], inlines=[*made[-1].inlines, Stretch(" | "), *inlines])
        elif inlines:
            text = body.text[block.start : block.end]
            made.append(Paragraph("comment", inlines, rightward=is_rightward(text)))
        row = here
    return made


def _places(body: Body) -> dict[int, tuple[int, int]]:
    """Return the depth of each item of the lists of a note, and its number, by the numbers of their blocks."""
    found: dict[int, tuple[int, int]] = {}
    for members in families(body.blocks):
        if body.blocks[members[0]].kind == "item":
            found.update(zip(members, counted_items(body.blocks[one].attributes for one in members), strict=True))
    return found


def _inlines(body: Body, block: BodyBlock) -> list[Inline]:
    if block.kind == "image":
        alt = line(str(block.attributes.get("alt", "")))
        return [Stretch(f"Image: {alt}" if alt else "Image", ("emphasis",))]
    runs = [run for run in body.runs if block.start <= run.start and run.end <= block.end]
    whole = ("strong",) if block.kind == "heading" else ("code",) if block.kind == "code" else ()
    inlines: list[Inline] = []
    position = block.start
    for start, end, covering in (*segments([(run.start, run.end) for run in runs]), (block.end, block.end, ())):
        if position < start:
            inlines.append(Stretch(body.text[position:start], whole))
        if start < end:
            over = [runs[index] for index in covering]
            link = next((link for run in over if run.kind == "link" and (link := address_of(run))), "")
            kinds = (*whole, *(run.kind for run in over if run.kind != "link"))
            inlines.append(Stretch(body.text[start:end], kinds, link))
        position = end
    return inlines


def line(text: str) -> str:
    """Return a text as one line of what a document can hold."""
    return " ".join(clean_line(text).split())


def _where(item: BundledArticle, highlight: Highlight) -> str:
    body = item.content.body
    number, leaf = paragraphs_of(body, highlight), printed_page(body, highlight)
    if not number:
        return "No longer in the text"
    return f"p. {line(leaf)}, {number}" if leaf else str(number).capitalize()
