"""A body as HTML, with marks: every word of the text once, overlapping highlights cut into flat stretches."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from app.exporters._blocks import families, marks_by_block, runs_by_block
from app.exporters._markdown_body import is_link
from app.exporters._notes import note_body
from app.exporters._picture_size import size_of
from app.pictures import kind_of
from app.text.body import Block, Body, Run
from app.text.directions import begins_at_right, is_rightward
from app.text.ranges import Segment, Span

_ELEMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "strong": ("<strong>", "</strong>"),
    "emphasis": ("<em>", "</em>"),
    "struck": ("<s>", "</s>"),
    "superscript": ("<sup>", "</sup>"),
    "promotion": ('<span class="promotion">', "</span>"),
    "code": ("<code>", "</code>"),
}
_NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})
# From the outside in: a link is one thing however many marks lie across it.
_NESTING: Final = ("link", "strong", "emphasis", "struck", "superscript", "promotion", "code")


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight on its way into the page: span, id of its element, numbers (0 for none) and names of its themes.

    ``style`` is the class that paints a stretch with a set of theme numbers.
    """

    span: Span
    id: str
    themes: tuple[int, ...]
    names: str


class Section(NamedTuple):
    """Blocks that belong together (a paragraph, a list, a table) as HTML, with the marks that touch and begin in it."""

    html: str
    letters: int
    touching: tuple[Mark, ...] = ()
    beginning: tuple[Mark, ...] = ()


class _Stretch(NamedTuple):
    """A part of a block under the same runs (their indexes by kind) and the same marks, as HTML."""

    html: str
    runs: Mapping[str, int]


def note_html(note: str) -> str:
    """Return a note, which is Markdown from anywhere, as blocks: raw HTML in it is text."""
    if not note.strip():
        return ""
    body = note_body(note)
    if len(body.blocks) == 1 and body.blocks[0].kind == "paragraph" and not body.runs:
        return f'<p dir="auto">{_text(body.text)}</p>'
    return "".join(section.html for section in sections(body, (), lambda _themes: "", top=4))


def side_of(rightward: bool) -> str:
    """Return the attribute of an element that begins at the right, where the line beside it is, or its bullets."""
    return ' dir="rtl"' if rightward else ""


def sections(
    body: Body,
    marks: Sequence[Mark],
    style: Callable[[tuple[int, ...]], str],
    top: int = 3,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
) -> Iterator[Section]:
    """Yield the body in sections. A heading of level 1 becomes ``<h{top}>``; ``style`` names the class of a set.

    ``pictures`` are those that are written into the page, by their SHA-256.
    """
    page = _Page(body, marks, style, top, pictures)
    begun: set[int] = set()
    for members in families(body.blocks):
        html = page.section(members)
        letters = body.blocks[members[-1]].end - body.blocks[members[0]].start
        touching = sorted({index for number in members for part in page.flat.get(number, ()) for index in part[2]})
        if not touching:
            yield Section(html, letters)
            continue
        beginning = [index for index in touching if index not in begun]
        begun.update(beginning)
        yield Section(
            html, letters, tuple(marks[index] for index in touching), tuple(marks[index] for index in beginning)
        )


class _Page:
    """The stretches of a body, block by block."""

    def __init__(
        self,
        body: Body,
        marks: Sequence[Mark],
        style: Callable[[tuple[int, ...]], str],
        top: int,
        pictures: Mapping[str, bytes],
    ) -> None:
        self._body = body
        self._pictures = pictures
        self._marks = marks
        self._style = style
        self._top = top
        self._named: set[int] = set()
        self._runs = runs_by_block(body)
        self.flat = marks_by_block(body, [mark.span for mark in marks])

    def section(self, members: Sequence[int]) -> str:
        """Return the HTML of blocks that belong together."""
        block = self._body.blocks[members[0]]
        if block.kind == "paragraph":
            return f'<p dir="auto">{self._inner(members[0])}</p>'
        if block.kind == "item":
            return self._list(members)
        if block.kind == "cell":
            return self._table(members)
        if block.kind == "code":
            return f'<pre dir="ltr"><code>{chr(10).join(map(self._inner, members))}</code></pre>'
        if block.kind == "quote":
            return f"<blockquote{self._side(members[0])}>{self._paragraphs(members)}</blockquote>"
        if block.kind == "callout":
            return f'<div class="callout" role="note">{self._callout(members)}</div>'
        return self._single(members[0], block)

    def _single(self, number: int, block: Block) -> str:
        if block.kind == "heading":
            level = min(6, self._top + min(6, max(1, int(block.attributes.get("level", 1)))) - 1)
            return f'<h{level} dir="auto">{self._inner(number)}</h{level}>'
        if block.kind == "rule":
            return "<hr>"
        if block.kind == "image":
            covering = [index for part in self.flat.get(number, ()) for index in part[2]]
            alt = " ".join(str(block.attributes.get("alt", "")).split())
            data = self._pictures.get(str(block.attributes.get("picture", "")), b"")
            if size_of(data):
                inside = f"data:image/{kind_of(data)};base64,{b64encode(data).decode()}"
                picture = f'<img src="{inside}" alt="{escape(alt)}">'
                return f'<p class="picture">{self._marked(covering, picture)}</p>'
            words = escape(f"Image: {alt}" if alt else "Image")
            return f'<p class="image" dir="auto">{self._marked(covering, words)}</p>'
        css = ' class="caption"' if block.kind == "caption" else ""
        return f'<p{css} dir="auto">{self._inner(number)}</p>'

    def _paragraphs(self, members: Sequence[int]) -> str:
        return "".join(f'<p dir="auto">{self._inner(number)}</p>' for number in members)

    def _callout(self, members: Sequence[int]) -> str:
        """Return the paragraphs of a call-out; the reader of HTML keeps its title as the first of them."""
        block = self._body.blocks[members[0]]
        label = block.attributes.get("label")
        if label and self._body.text[block.start : block.end] == label:
            return f'<p class="title" dir="auto">{self._inner(members[0])}</p>{self._paragraphs(members[1:])}'
        return self._paragraphs(members)

    def _list(self, members: Sequence[int]) -> str:
        """Return nested lists; a level is opened in the item above it, and never skipped."""
        parts: list[str] = []
        open_lists: list[str] = []
        for number in members:
            attributes = self._body.blocks[number].attributes
            depth = min(max(1, int(attributes.get("depth", 1))), len(open_lists) + 1)
            kind = "ol" if attributes.get("ordered") else "ul"
            while len(open_lists) > depth or (len(open_lists) == depth and open_lists[-1] != kind):
                parts.append(f"</li></{open_lists.pop()}>")
            if len(open_lists) == depth:
                parts.append("</li>")
            else:
                open_lists.append(kind)
                parts.append(f"<{kind}{self._side(number)}>")
            parts.append(f'<li dir="auto">{self._inner(number)}')
        parts.extend(f"</li></{kind}>" for kind in reversed(open_lists))
        return "".join(parts)

    def _table(self, members: Sequence[int]) -> str:
        rows: dict[int, dict[int, str]] = {}
        for number in members:
            attributes = self._body.blocks[number].attributes
            tag = "th" if attributes.get("header") else "td"
            cell = f'<{tag} dir="auto">{self._inner(number)}</{tag}>'
            row, column = int(attributes.get("row", 0)), int(attributes.get("column", 0))
            cells = rows.setdefault(row, {})
            cells[column] = cells.get(column, "") + cell
        width = 1 + max(max(cells) for cells in rows.values())
        lines = ("".join(rows[row].get(column, "<td></td>") for column in range(width)) for row in sorted(rows))
        start, end = self._body.blocks[members[0]].start, self._body.blocks[members[-1]].end
        side = side_of(begins_at_right(self._body.text, start, end))
        inner = "".join(f"<tr>{line}</tr>" for line in lines)
        return f'<div class="table"{side} tabindex="0"><table>{inner}</table></div>'

    def _side(self, number: int) -> str:
        block = self._body.blocks[number]
        return side_of(is_rightward(self._body.text[block.start : block.end]))

    def _inner(self, number: int) -> str:
        """Return the text of a block with its runs and marks."""
        block = self._body.blocks[number]
        runs = self._runs.get(number, ())
        flat = self.flat.get(number, ())
        if not runs and not flat:
            return _text(self._body.text[block.start : block.end])
        if runs:
            present = {run.kind for run in runs}
            kinds = [kind for kind in _NESTING if kind in present]
            return self._nested(self._stretches(block, runs, flat), kinds, runs)
        text = self._body.text
        parts: list[str] = []
        position = block.start
        for start, end, covering in flat:
            parts += _text(text[position:start]), self._marked(covering, _text(text[start:end]))
            position = end
        parts.append(_text(text[position : block.end]))
        return "".join(parts)

    def _stretches(self, block: Block, runs: Sequence[Run], flat: Sequence[Segment]) -> list[_Stretch]:
        edges = {block.start, block.end, *(run.start for run in runs), *(run.end for run in runs)}
        for start, end, _ in flat:
            edges.update((start, end))
        places = sorted(edges)
        stretches = []
        for start, end in pairwise(places):
            kinds = {run.kind: index for index, run in enumerate(runs) if run.start <= start and end <= run.end}
            marks = next((covering for first, last, covering in flat if first <= start and end <= last), ())
            stretches.append(_Stretch(self._marked(marks, _text(self._body.text[start:end])), kinds))
        return stretches

    def _nested(self, stretches: Sequence[_Stretch], kinds: Sequence[str], runs: Sequence[Run]) -> str:
        """Return the stretches inside the elements of ``kinds``, each run of one kind in one element."""
        if not kinds:
            return "".join([stretch.html for stretch in stretches])
        kind, inner = kinds[0], kinds[1:]
        parts = []
        for index, group in groupby(stretches, key=lambda stretch: stretch.runs.get(kind)):
            text = self._nested(list(group), inner, runs)
            opening, closing = ("", "") if index is None else _element(runs[index])
            parts.append(f"{opening}{text}{closing}")
        return "".join(parts)

    def _marked(self, covering: Sequence[int], html: str) -> str:
        """Return a stretch of text under the marks with these indexes; a mark is named where it is met first."""
        if not covering:
            return html
        marks = [self._marks[index] for index in covering]
        fresh = [self._marks[index].id for index in covering if index not in self._named]
        self._named.update(covering)
        # A mark that begins together with another has no element of its own to be found by.
        anchors = "".join(f'<span id="{escape(uid)}"></span>' for uid in fresh[1:])
        own = f' id="{escape(fresh[0])}"' if fresh else ""
        themes = tuple(sorted({number for mark in marks for number in mark.themes}))
        names = "; ".join(dict.fromkeys(mark.names for mark in marks if mark.names))
        title = f' title="{escape(names)}"' if names else ""
        numbers = " ".join(map(str, themes))
        return f'{anchors}<mark class="{self._style(themes)}" data-t="{numbers}"{own}{title}>{html}</mark>'


def _text(text: str) -> str:
    return escape(text, quote=False)


def _element(run: Run) -> tuple[str, str]:
    if run.kind != "link":
        return _ELEMENTS.get(run.kind, ("", ""))
    address = str(run.attributes.get("address", "")).strip()
    return (f'<a href="{escape(address)}" rel="noopener noreferrer">', "</a>") if is_link(address) else ("", "")
