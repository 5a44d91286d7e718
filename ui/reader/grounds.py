"""What lies under the text and is no highlight: bars of quotations, grounds of code, call-outs, bullets, rules."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.text.directions import is_rightward
from ui.looks import Looks, font
from ui.reader.blocks import bullets
from ui.reader.render import CALLOUT_LABEL, GUTTER
from ui.reader.scene import Scene, Seen
from ui.reader.tables import padding, place
from ui.reader.typography import Typography

_RADIUS = 8.0
_NUMBER = 11  # pixels high
_IN_CELL = 0.4  # as high as that share of letters, where it stands between lines
_BESIDE = 4  # pixels between a number and its paragraph
_ROOM = GUTTER - _BESIDE - 1  # pixels for a number; one of many digits is smaller


class Grounds:
    """Draws them for the blocks that can be seen."""

    def __init__(self, looks: Looks, scene: Scene, setting: Typography, width: int) -> None:
        """Draw for lines of ``width`` pixels."""
        self._looks, self._scene, self._setting, self._width = looks, scene, setting, width
        self._bullets: dict[int, list[str]] = {}

    def paint(self, painter: QPainter, seen: Sequence[Seen]) -> None:
        """Draw what lies under the blocks."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxed: set[int] = set()
        rows: dict[tuple[int, int], list[Seen]] = {}
        for one in seen:
            if one.number is None:
                continue
            kind = self._scene.body.blocks[one.number].kind
            group = self._scene.group_of[one.number]
            if kind in ("code", "callout", "quote") and group not in boxed:
                boxed.add(group)
                self._paint_box(painter, kind, group, seen)
            elif kind == "cell":
                rows.setdefault((group, place(self._scene.body.blocks[one.number])[0]), []).append(one)
            elif kind == "item":
                self._paint_bullet(painter, one)
            elif kind == "rule":
                self._paint_rule(painter, one)
            elif kind == "image":
                self._paint_image(painter, one)
            if self._setting.numbers:
                self._paint_number(painter, one, kind)
            self._paint_code_runs(painter, one)
        for cells in rows.values():
            self._paint_row(painter, cells)
        painter.restore()

    def _paint_row(self, painter: QPainter, cells: Sequence[Seen]) -> None:
        """Draw the line below a row of a table."""
        blocks = [self._scene.body.blocks[one.number] for one in cells if one.number is not None]
        header = any(block.attributes.get("header") for block in blocks)
        painter.setPen(QPen(self._looks.now.colour("faint" if header else "rule"), 1))
        low = round(max(one.rect.bottom() for one in cells) + padding(self._setting) + 2) + 0.5
        painter.drawLine(QPointF(GUTTER, low), QPointF(GUTTER + self._width, low))

    def _paint_box(self, painter: QPainter, kind: str, number: int, seen: Sequence[Seen]) -> None:
        group = self._scene.groups[number]
        mine = [one for one in seen if one.number is not None and group.first <= one.number <= group.last]
        top, bottom = mine[0].rect.top(), mine[-1].rect.bottom()
        px = self._setting.px
        if mine[0].number != group.first:
            top -= 4 * px  # it goes on above what is seen
        if mine[-1].number != group.last:
            bottom += 4 * px
        body, begin = self._scene.body, self._scene.body.blocks[group.first]
        label = str(begin.attributes.get("label", "")) if kind == "callout" else ""
        head = px * (0.85 + (CALLOUT_LABEL if label else 0)) if kind == "callout" else px * 0.6
        tail = px * (1.05 if kind == "callout" else 1.0)
        look = self._looks.now
        rtl = is_rightward(body.text[begin.start : begin.end])
        bar = GUTTER + (self._width - 3 if rtl else 0)
        if kind == "quote":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("rule").darker(112) if not look.dark else look.colour("rule").lighter(150))
            painter.drawRoundedRect(QRectF(bar, top + 3, 3, bottom - top - 4), 1.5, 1.5)
            return
        box = QRectF(GUTTER, top - head, self._width, bottom - top + head + tail)
        painter.setPen(QPen(look.colour("rule"), 1))
        painter.setBrush(_mixed(look.colour("hover"), look.colour("paper"), 0.55))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if kind == "callout":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(bar, box.top() + 8, 3, box.height() - 16), 1.5, 1.5)
            if label and mine[0].number == group.first:
                painter.setFont(font(round(px * 0.72), 600))
                painter.setPen(look.colour("accent"))
                words = QRectF(box.left() + px, box.top() + px * 0.75, box.width() - 2 * px, px * 1.2)
                shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(words.width()))
                side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
                flags = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | side
                painter.drawText(words, flags, shown)

    def _paint_bullet(self, painter: QPainter, one: Seen) -> None:
        assert one.number is not None
        number = self._scene.group_of[one.number]
        group = self._scene.groups[number]
        marks = self._bullets.get(number)
        if marks is None:
            marks = self._bullets[number] = bullets(self._scene.body.blocks[group.first : group.last + 1])
        mark = marks[one.number - group.first]
        line = one.block.layout().lineAt(0)
        if not line.isValid():
            return
        text = self._text(one)
        shape = one.block.blockFormat()
        base = one.rect.top() + line.y() + line.ascent()
        painter.setFont(self._setting.font())
        painter.setPen(self._looks.now.colour("muted"))
        metrics = QFontMetricsF(painter.font())
        if is_rightward(text):
            x = one.rect.left() + self._width - shape.rightMargin() + 9
        else:
            x = one.rect.left() + shape.leftMargin() - 9 - metrics.horizontalAdvance(mark)
        painter.drawText(QPointF(x, base), mark)

    def _paint_number(self, painter: QPainter, one: Seen, kind: str) -> None:
        """Write the number by which a paragraph is cited beside its first line; inside a table, above it."""
        assert one.number is not None
        line = one.block.layout().lineAt(0)
        if kind == "rule" or not line.isValid():
            return
        painter.setPen(self._looks.now.colour("faint"))
        written, top = str(one.number + 1), one.rect.top() + line.y()
        if kind == "cell" and place(self._scene.body.blocks[one.number])[1]:
            high = round(self._setting.px * _IN_CELL)
            painter.setFont(font(high))
            wide = QFontMetricsF(painter.font()).horizontalAdvance(written)
            x = one.rect.right() - wide if is_rightward(self._text(one)) else one.rect.left()
            painter.drawText(QPointF(x, top + high / 2), written)
            return
        painter.setFont(font(_NUMBER))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(written)
        if wide > _ROOM:
            painter.setFont(font(int(_NUMBER * _ROOM / wide)))
            wide = QFontMetricsF(painter.font()).horizontalAdvance(written)
        ascent = line.ascent() if kind != "image" else _NUMBER
        painter.drawText(QPointF(GUTTER - _BESIDE - wide, top + ascent), written)

    def _paint_rule(self, painter: QPainter, one: Seen) -> None:
        painter.setPen(QPen(self._looks.now.colour("rule"), 1))
        middle = round(one.rect.center().y()) + 0.5
        painter.drawLine(QPointF(GUTTER, middle), QPointF(GUTTER + self._width, middle))

    def _paint_image(self, painter: QPainter, one: Seen) -> None:
        assert one.number is not None
        attributes = self._scene.body.blocks[one.number].attributes
        if self._paint_picture(painter, one, str(attributes.get("picture", ""))):
            return
        look = self._looks.now
        size = self._scene.pictures.size(str(attributes.get("picture", "")), self._width)
        high = self._setting.px * 6 if size is None else size.height()
        box = QRectF(GUTTER, one.rect.top(), self._width, high).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("rule"), 1))
        painter.setBrush(_mixed(look.colour("hover"), look.colour("paper"), 0.55))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        side = 26
        icon = self._looks.icon("ph.image", "faint").pixmap(side, side)
        centre = box.center()
        painter.drawPixmap(QPointF(centre.x() - side / 2, centre.y() - side), icon)
        alt = str(attributes.get("alt", ""))
        words = alt or QCoreApplication.translate("reader", "Image, not kept with the text")
        painter.setFont(font(13))
        painter.setPen(look.colour("muted"))
        room = QRectF(box.left() + 24, centre.y() + 6, box.width() - 48, 22)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_picture(self, painter: QPainter, one: Seen, digest: str) -> bool:
        """Draw a picture that is kept, or its ground until it is decoded; tell whether it can be shown at all."""
        pictures = self._scene.pictures
        size = pictures.size(digest, self._width)
        if size is None:
            return False
        box = QRectF(GUTTER, one.rect.top(), size.width(), size.height())
        image = pictures.image(digest, size, painter.device().devicePixelRatioF())
        if image is None:
            painter.fillRect(box, _mixed(self._looks.now.colour("hover"), self._looks.now.colour("paper"), 0.55))
            return True
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, image)
        return not image.isNull()

    def _paint_code_runs(self, painter: QPainter, one: Seen) -> None:
        assert one.number is not None
        if self._scene.body.blocks[one.number].kind == "code":
            return
        px = self._setting.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_mixed(self._looks.now.colour("hover"), self._looks.now.colour("paper"), 0.8))
        for span in self._scene.code_runs(one.number):
            for rect, base in self._scene.rects(span, one.number, one):
                painter.drawRoundedRect(QRectF(rect.left() - 2, base - px * 0.84, rect.width() + 4, px * 1.12), 4, 4)

    def _text(self, one: Seen) -> str:
        assert one.number is not None
        block = self._scene.body.blocks[one.number]
        return self._scene.body.text[block.start : block.end]


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return a colour between two; ``share`` is how much of the first."""
    parts = zip((one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True)
    return QColor(*(round(b + (a - b) * share) for a, b in parts))
