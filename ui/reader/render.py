"""A body as a document of Qt, built detached and block by block; nothing of an article is ever read as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextOption,
)

from app.text.body import Block, Body, Run
from app.text.directions import is_rightward
from app.text.ranges import segments
from ui.looks import Look
from ui.reader.blocks import Group, grouped
from ui.reader.pictures import Pictures
from ui.reader.positions import Positions
from ui.reader.tables import fill_table, fits_table
from ui.reader.typography import Typography
from ui.wording import runs_left

OURS: Final = 1  # the user state of a block that is a block of the body
GAP: Final = 1000  # and, plus its number, of a block that keeps room for a left-out piece
GUTTER: Final = 26  # pixels of the document on either side of the text
_BELOW: Final = 200
_FIXED: Final = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_SINGLE: Final = QTextBlockFormat.LineHeightTypes.SingleHeight.value
_NONE: Final[list[Run]] = []
_EMPTY_IMAGE: Final = QUrl("reader:empty")
CALLOUT_LABEL: Final = 1.5  # height of a call-out's label in letters


@dataclass(frozen=True, slots=True)
class Gap:
    """Room of ``height`` pixels before the body's block ``before``."""

    before: int
    height: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document, where its text stands in it, which blocks belong together, and the pictures it keeps room for."""

    document: QTextDocument
    positions: Positions
    groups: Sequence[Group]
    pictures: Pictures


def render(
    body: Body,
    look: Look,
    setting: Typography,
    width: int,
    head: int,
    gaps: Sequence[Gap] = (),
    pictures: Pictures | None = None,
) -> Rendered:
    """Build the document of ``body`` for lines of ``width`` pixels, below ``head`` pixels for the header."""
    return _Renderer(body, look, setting, width, pictures or Pictures()).build(head, gaps)


class _Renderer:
    def __init__(self, body: Body, look: Look, setting: Typography, width: int, pictures: Pictures) -> None:
        self._body, self._look, self._setting, self._width = body, look, setting, width
        self._pictures = pictures
        self._formats: dict[tuple[object, ...], QTextCharFormat] = {}
        self._bases: dict[tuple[str, int, bool], QTextCharFormat] = {}
        self._blocks: dict[tuple[object, ...], QTextBlockFormat] = {}
        self._units: list[int] = []
        self._fresh = True  # the cursor stands in an empty block that can be used
        self.document = QTextDocument()

    def build(self, head: int, gaps: Sequence[Gap]) -> Rendered:
        document = self.document
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self._setting.font())
        document.setDocumentMargin(0)
        document.addResource(QTextDocument.ResourceType.ImageResource, _EMPTY_IMAGE, _nothing())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        self._margins(head)
        self._cursor = QTextCursor(document)
        self._cursor.beginEditBlock()
        groups = grouped(self._body)
        runs = _Runs(self._body.runs)
        waiting = sorted(enumerate(gaps), key=lambda item: item[1].before)
        for group in groups:
            while waiting and waiting[0][1].before <= group.first:
                self._gap(*waiting.pop(0))
            self._group(group, runs, waiting)
        for number, gap in waiting:
            self._gap(number, gap)
        if not self._units or self._fresh:
            self._shrink()
        self._cursor.endEditBlock()
        return Rendered(document, Positions(self._body, self._units), groups, self._pictures)

    def _margins(self, head: int) -> None:
        root = self.document.rootFrame()
        margins = QTextFrameFormat(root.frameFormat())
        margins.setTopMargin(head)
        margins.setBottomMargin(_BELOW)
        margins.setLeftMargin(GUTTER)
        margins.setRightMargin(GUTTER)
        root.setFrameFormat(margins)

    def _group(self, group: Group, runs: _Runs, waiting: list[tuple[int, Gap]]) -> None:
        blocks = self._body.blocks[group.first : group.last + 1]
        if group.kind == "cell" and fits_table(blocks):
            self._table(blocks, runs)
            return
        for number, block in enumerate(blocks, group.first):
            while waiting and waiting[0][1].before <= number:
                self._gap(*waiting.pop(0))
            self._block(block, group, number, runs)

    def _block(self, block: Block, group: Group, number: int, runs: _Runs) -> None:
        first, last = number == group.first, number == group.last
        rtl = is_rightward(self._body.text[block.start : block.end])
        letters = self._base(block)
        self._next_block(self._block_format(block, first=first, last=last, rtl=rtl), letters)
        self._mark()
        if block.kind == "image":
            image = QTextImageFormat()
            image.setName(_EMPTY_IMAGE.toString())
            size = self._pictures.size(str(block.attributes.get("picture", "")), self._width)
            image.setWidth(self._width if size is None else size.width())
            image.setHeight(round(self._setting.px * 6) if size is None else size.height())
            self._cursor.insertImage(image)
        else:
            self._insert(self._cursor, block, runs, letters)

    def _table(self, blocks: Sequence[Block], runs: _Runs) -> None:
        if not self._fresh:
            self._next_block(QTextBlockFormat(), QTextCharFormat())
        self._shrink()

        def fill(cursor: QTextCursor, block: Block) -> None:
            rtl = is_rightward(self._body.text[block.start : block.end])
            cursor.setBlockFormat(self._block_format(block, first=True, last=True, rtl=rtl))
            letters = self._base(block)
            cursor.setBlockCharFormat(letters)
            self._units.append(cursor.position())
            cursor.block().setUserState(OURS)
            self._insert(cursor, block, runs, letters)

        fill_table(self._cursor, blocks, self._setting, fill)
        self._cursor = self.document.rootFrame().lastCursorPosition()
        self._fresh = True
        self._shrink()

    def _gap(self, number: int, gap: Gap) -> None:
        room = QTextBlockFormat()
        room.setLineHeight(gap.height, _FIXED)
        room.setBottomMargin(self._setting.px * 0.8)
        room.setTopMargin(self._setting.px * 0.4)
        self._next_block(room, QTextCharFormat())
        self._cursor.block().setUserState(GAP + number)

    def _next_block(self, shape: QTextBlockFormat, letters: QTextCharFormat) -> None:
        if self._fresh:
            self._cursor.setBlockFormat(shape)
            self._cursor.setBlockCharFormat(letters)
            self._fresh = False
        else:
            self._cursor.insertBlock(shape, letters)

    def _mark(self) -> None:
        self._units.append(self._cursor.position())
        self._cursor.block().setUserState(OURS)

    def _shrink(self) -> None:
        """Make an empty block that Qt wants round a table as low as can be."""
        low = QTextBlockFormat()
        low.setLineHeight(1, _FIXED)
        self._cursor.setBlockFormat(low)
        small = QTextCharFormat()
        small.setProperty(QTextCharFormat.Property.FontPixelSize, 1)
        self._cursor.setBlockCharFormat(small)

    def _insert(self, cursor: QTextCursor, block: Block, runs: _Runs, letters: QTextCharFormat) -> None:
        text = self._body.text
        position = block.start
        inside = runs.of(block)
        if inside:
            for start, end, numbers in segments([(run.start, run.end) for run in inside]):
                if position < start:
                    cursor.insertText(text[position:start], letters)
                words, held = text[start:end], [inside[number] for number in numbers]
                cursor.insertText(words, self._letters(block, words, held))
                position = end
        if position < block.end:
            cursor.insertText(text[position : block.end], letters)

    def _base(self, block: Block) -> QTextCharFormat:
        """Return the letters of a block where no run changes them."""
        level = _number(block.attributes, "level", 2) if block.kind == "heading" else 0
        header = block.kind == "cell" and bool(block.attributes.get("header"))
        key = (block.kind, level, header)
        made = self._bases.get(key)
        if made is None:
            made = self._bases[key] = self._made_letters(block.kind, level, header, frozenset())
        return made

    def _letters(self, block: Block, words: str, runs: Sequence[Run]) -> QTextCharFormat:
        kinds = frozenset([run.kind for run in runs])
        if "emphasis" in kinds and runs_left(words):
            kinds = kinds - {"emphasis"} | {"strong"}  # Arabic has no italics: boxes would show
        level = _number(block.attributes, "level", 2) if block.kind == "heading" else 0
        header = block.kind == "cell" and bool(block.attributes.get("header"))
        key = (block.kind, level, header, kinds)
        made = self._formats.get(key)
        if made is None:
            made = self._formats[key] = self._made_letters(block.kind, level, header, kinds)
        if "link" in kinds:
            made = QTextCharFormat(made)
            made.setAnchorHref(next(str(run.attributes.get("address", "")) for run in runs if run.kind == "link"))
        return made

    def _made_letters(self, kind: str, level: int, header: bool, kinds: frozenset[str]) -> QTextCharFormat:
        setting, look = self._setting, self._look
        px = {"heading": setting.heading_px(level), "cell": round(setting.px * 0.86)}.get(kind, setting.px)
        px = round(setting.px * 0.84) if kind == "caption" else px
        heavy = 700 if level == 1 else 600
        font = QFont(setting.font(1.0, heavy if level or header or "strong" in kinds else 400))
        if kind == "code" or "code" in kinds:
            font, px = QFont(setting.code_font()), round(px * 0.8)
            font.setWeight(QFont.Weight(600 if "strong" in kinds else 400))
        font.setPixelSize(max(1, px))
        font.setItalic("emphasis" in kinds)
        font.setStrikeOut("struck" in kinds)
        made = QTextCharFormat()
        made.setFont(font)
        made.setForeground(look.colour("muted" if kind in ("caption", "quote") else "text"))
        if "promotion" in kinds:
            made.setForeground(look.colour("faint"))
        if "superscript" in kinds:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if "link" in kinds:
            made.setAnchor(True)
            made.setForeground(look.colour("accent"))
            made.setFontUnderline(True)
            made.setUnderlineColor(_faded(look))
        return made

    def _block_format(self, block: Block, *, first: bool, last: bool, rtl: bool) -> QTextBlockFormat:
        level = _number(block.attributes, "level", 2)
        depth = max(1, min(_number(block.attributes, "depth", 1), 8))
        label = bool(block.attributes.get("label"))
        key = (block.kind, level, depth, label, first, last, rtl)
        made = self._blocks.get(key)
        if made is None:
            made = self._blocks[key] = self._made_block(block.kind, level, depth, label, first, last, rtl)
        return made

    def _made_block(
        self, kind: str, level: int, depth: int, label: bool, first: bool, last: bool, rtl: bool
    ) -> QTextBlockFormat:
        px = self._setting.px
        high = self._setting.line_height()
        top, bottom, before, after = 0.0, px * 0.88, 0.0, 0.0
        if kind == "heading":
            high = round(self._setting.heading_px(level) * 1.27)
            top, bottom = px * 1.3, px * 0.5
        elif kind == "item":
            before, bottom = 26.0 * depth * px / 19, px * (0.88 if last else 0.4)
        elif kind == "quote":
            before, bottom = px * 1.4, px * (1.1 if last else 0.5)
        elif kind == "code":
            high = round(px * 1.32)
            before = after = px * 0.8
            top, bottom = px * (1.5 if first else 0), px * (1.9 if last else 0)
        elif kind == "callout":
            before = after = px
            top = px * (1.7 + (CALLOUT_LABEL if label else 0)) if first else 0.0
            bottom = px * (2.1 if last else 0.5)
        elif kind == "caption":
            high, bottom = round(px * 1.3), px * 1.3
        elif kind == "cell":
            high, bottom = round(px * 1.3), 0.0
        elif kind == "rule":
            high, top, bottom = round(px * 0.6), px * 0.6, px * 1.4
        elif kind == "image":
            top, bottom = px * 0.4, px * 0.6
        made = QTextBlockFormat()
        made.setLineHeight(0 if kind == "image" else high, _SINGLE if kind == "image" else _FIXED)
        made.setTopMargin(top)
        made.setBottomMargin(bottom)
        made.setLeftMargin(after if rtl else before)
        made.setRightMargin(before if rtl else after)
        made.setLayoutDirection(_direction(rtl))
        if kind == "heading":
            made.setHeadingLevel(max(1, min(level, 6)))
        return made


class _Runs:
    """The runs of a body, handed out block by block in the order of the text."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = sorted(runs, key=lambda run: run.start)
        self._next = 0

    def of(self, block: Block) -> list[Run]:
        """Return the runs in a block; blocks must be asked for in order."""
        first = self._next
        while self._next < len(self._runs) and self._runs[self._next].start < block.end:
            self._next += 1
        return self._runs[first : self._next] if self._next > first else _NONE


def _nothing() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(0)
    return image


def _number(attributes: Mapping[str, str | int | bool], name: str, otherwise: int) -> int:
    value = attributes.get(name, otherwise)
    return int(value) if isinstance(value, int) else otherwise


def _direction(rtl: bool) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight


def _faded(look: Look) -> QColor:
    colour = look.colour("accent")
    colour.setAlphaF(0.45)
    return colour
