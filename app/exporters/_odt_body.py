"""The blocks of a document as OpenDocument text (ODF 1.3, part 3), with the automatic styles that they need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from app.exporters._composition import (
    Begin,
    Block,
    Comment,
    Contents,
    End,
    Footnote,
    Inline,
    Listing,
    PageOf,
    Paragraph,
    Picture,
    Stretch,
    Table,
    shares,
)
from app.exporters._odt_automatic import Automatic
from app.exporters._odt_styles import CONTENTS_LEVELS, STYLE_NAMES
from app.exporters._values import timestamp
from app.text.body import IMAGE

_SPACES: Final = re.compile(r"\A +| +\Z| {2,}|\t")
_PIXEL: Final = 2.54 / 96  # in centimetres
_WIDEST: Final = 16.0
_HIGHEST: Final = 18.0
_WHOLE_WIDTH: Final = 10_000


class Writing:
    """Writes blocks. What they need is gathered on the way: automatic styles and pictures."""

    def __init__(self) -> None:
        """Begin a document."""
        self.styles = Automatic()
        self.pictures: dict[str, Picture] = {}
        self._footnotes = 0
        self._tables = 0
        self._frames = 0

    def block(self, block: Block) -> str:
        """Return a block as elements of the document's text."""
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, Listing):
            return "".join(self._items(block))
        if isinstance(block, Table):
            return self._table(block)
        return self._contents(block)

    def _paragraph(self, block: Paragraph) -> str:
        style = self.styles.paragraph(_style(block), block)
        inner = "".join(self._inlines(block))
        if block.anchor:
            name = f'text:name="{block.anchor}"'
            inner = f"<text:bookmark-start {name}/>{inner}<text:bookmark-end {name}/>"
        if block.style == "heading":
            return f'<text:h text:style-name="{style}" text:outline-level="{block.level}">{inner}</text:h>'
        return f'<text:p text:style-name="{style}">{inner}</text:p>'

    def _inlines(self, block: Paragraph) -> Iterator[str]:
        link = ""
        edges = iter(_edges(block.inlines))
        for inline in block.inlines:
            wanted = inline.link if isinstance(inline, Stretch) else link if isinstance(inline, Begin | End) else ""
            if wanted != link:
                yield "</text:a>" if link else ""
                link = wanted
                yield f'<text:a xlink:type="simple" xlink:href="{escape(link)}">' if link else ""
            yield self._inline(inline, *next(edges))
        if link:
            yield "</text:a>"

    def _inline(self, inline: Inline, before: str, after: str) -> str:
        """Return a part of a paragraph that stands between two characters, ``""`` at the edges of the paragraph."""
        match inline:
            case Stretch():
                style = self.styles.stretch(inline)
                text = characters(inline.text, before, after)
                return f'<text:span text:style-name="{style}">{text}</text:span>' if style else text
            case Begin():
                return self._comment(inline.comment)
            case End():
                return f'<office:annotation-end office:name="{_name(inline.comment)}"/>'
            case Footnote():
                return self._footnote(inline)
            case Picture():
                return self._picture(inline)
            case PageOf():
                kind = 'text:reference-format="page"'
                return f'<text:tab/><text:bookmark-ref {kind} text:ref-name="{inline.anchor}"></text:bookmark-ref>'

    def _items(self, block: Listing) -> Iterator[str]:
        """Yield a list; a level is opened in the item above it."""
        opened: list[bool] = []
        for item in block.items:
            while len(opened) > item.level or (len(opened) == item.level and opened[-1] != item.ordered):
                opened.pop()
                yield "</text:list-item></text:list>"
            if len(opened) == item.level:
                yield "</text:list-item>"
            else:
                opened.append(item.ordered)
                kind = f"{'Number' if item.ordered else 'Bullet'}{'s' if item.style == 'item' else 's_20_of_20_notes'}"
                yield f'<text:list text:style-name="{kind}">'
            yield f"<text:list-item>{self._paragraph(item)}"
        yield "</text:list-item></text:list>" * len(opened)

    def _table(self, block: Table) -> str:
        self._tables += 1
        columns = "".join(
            f'<table:table-column table:style-name="{self.styles.column(round(share * _WHOLE_WIDTH))}"/>'
            for share in shares(block)
        )
        rows = [
            self._row(row, "HeadCell" if number < block.headers else "Cell") for number, row in enumerate(block.rows)
        ]
        head = f"<table:table-header-rows>{''.join(rows[: block.headers])}</table:table-header-rows>"
        style = "RightTable" if block.rightward else "Table"
        inner = f"{columns}{head if block.headers else ''}{''.join(rows[block.headers :])}"
        table = f'<table:table table:name="Table{self._tables}" table:style-name="{style}">{inner}</table:table>'
        return f'{table}<text:p text:style-name="Table_20_End"/>'

    def _row(self, row: Sequence[Sequence[Paragraph]], style: str) -> str:
        cells = "".join(
            f'<table:table-cell table:style-name="{style}" office:value-type="string">'
            f"{''.join(map(self._paragraph, cell))}</table:table-cell>"
            for cell in row
        )
        return f'<table:table-row table:style-name="Row">{cells}</table:table-row>'

    def _contents(self, block: Contents) -> str:
        """Return the contents (8.3), with their lines as they are now."""
        entry = (
            '<text:index-entry-link-start/><text:index-entry-text/><text:index-entry-tab-stop style:type="right" '
            'style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/>'
        )
        templates = "".join(
            f'<text:table-of-content-entry-template text:outline-level="{level}" text:style-name="Contents_20_{level}">'
            f"{entry}</text:table-of-content-entry-template>"
            for level in range(1, CONTENTS_LEVELS + 1)
        )
        heading = characters("".join(one.text for one in block.heading.inlines if isinstance(one, Stretch)))
        title = (
            f'<text:index-title-template text:style-name="Contents_20_Heading">{heading}</text:index-title-template>'
        )
        lines = "".join(map(self._line, block.lines))
        head = f'<text:index-title text:name="Contents_Head">{self._paragraph(block.heading)}</text:index-title>'
        return (
            '<text:table-of-content text:style-name="Contents" text:protected="true" text:name="Contents">'
            f'<text:table-of-content-source text:outline-level="{block.depth}">{title}{templates}'
            f"</text:table-of-content-source><text:index-body>{head}{lines}</text:index-body></text:table-of-content>"
        )

    def _line(self, line: Paragraph) -> str:
        inner = "".join(self._inlines(line))
        style = self.styles.paragraph(_style(line), line)
        look = 'text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link"'
        link = f'<text:a xlink:type="simple" xlink:href="#{line.target}" {look}>{inner}</text:a>'
        return f'<text:p text:style-name="{style}">{link}</text:p>'

    def _comment(self, comment: Comment) -> str:
        moment = timestamp(comment.moment)[:19]
        date = f"<dc:date>{moment}Z</dc:date>" if moment else ""
        inner = "".join(map(self._paragraph, comment.paragraphs)) or "<text:p/>"
        who = f"<dc:creator>{escape(comment.author, quote=False)}</dc:creator>"
        return f'<office:annotation office:name="{_name(comment)}">{who}{date}{inner}</office:annotation>'

    def _footnote(self, footnote: Footnote) -> str:
        self._footnotes += 1
        number = f"<text:note-citation>{self._footnotes}</text:note-citation>"
        body = self._paragraph(footnote.paragraph)
        return (
            f'<text:note text:id="ftn{self._footnotes}" text:note-class="footnote">{number}<text:note-body>{body}'
            "</text:note-body></text:note>"
        )

    def _picture(self, picture: Picture) -> str:
        self._frames += 1
        self.pictures.setdefault(picture.digest, picture)
        width, height = picture.width * _PIXEL, picture.height * _PIXEL
        scale = min(1.0, _WIDEST / width, _HIGHEST / height)
        size = f'svg:width="{width * scale:.3f}cm" svg:height="{height * scale:.3f}cm"'
        place = f'xlink:href="{picture_name(picture)}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
        alt = f"<svg:title>{escape(picture.alt, quote=False)}</svg:title>" if picture.alt else ""
        return (
            f'<draw:frame draw:style-name="Frame" draw:name="Picture {self._frames}" text:anchor-type="as-char" {size}>'
            f'<draw:image {place} draw:mime-type="image/{picture.kind}"/>{alt}</draw:frame>'
        )


def picture_name(picture: Picture) -> str:
    """Return the name of a picture's file in the package."""
    return f"Pictures/{picture.digest[:32]}.{picture.kind}"


def characters(text: str, before: str = "", after: str = "") -> str:
    """Return text as it stands in a paragraph between two characters, ``""`` at the paragraph's edges.

    Readers make one space of several, and none of those at the edges (6.1.2): these are written as elements.
    """
    pieces = []
    position = 0
    for match in _SPACES.finditer(text):
        pieces.append(escape(text[position : match.start()], quote=False))
        position = match.end()
        previous = text[match.start() - 1] if match.start() else before
        following = text[position] if position < len(text) else after
        pieces.append(_spaces(match[0], previous, following))
    pieces.append(escape(text[position:], quote=False))
    return "".join(pieces)


def _spaces(spaces: str, previous: str, following: str) -> str:
    if spaces == "\t":
        return "<text:tab/>"
    is_plain = previous not in ("", " ") and following != ""
    count = len(spaces) - is_plain
    element = f'<text:s text:c="{count}"/>' if count > 1 else "<text:s/>" * count
    return f" {element}" if is_plain else element


def _edges(inlines: Sequence[Inline]) -> Iterator[tuple[str, str]]:
    """Yield for each part of a paragraph the characters before and after it; notes between them are none."""
    ends = [_ends(inline) for inline in inlines]
    after = ""
    following = []
    for first, _ in reversed(ends):
        following.append(after)
        after = first or after
    before = ""
    for (_, last), after in zip(ends, reversed(following), strict=True):
        yield before, after
        before = last or before


def _ends(inline: Inline) -> tuple[str, str]:
    if isinstance(inline, Stretch):
        return inline.text[:1], inline.text[-1:]
    return ("", "") if isinstance(inline, Begin | End) else (IMAGE, IMAGE)


def _style(block: Paragraph) -> str:
    if block.style in ("heading", "contents"):
        kind = "Heading" if block.style == "heading" else "Contents"
        return f"{kind}_20_{block.level}"
    return STYLE_NAMES[block.style]


def _name(comment: Comment) -> str:
    return f"comment{comment.number}"
