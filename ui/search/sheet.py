"""What opens at the funnel: states, themes, outlets and languages to narrow the list by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem, QWidget

from app.model import State, Theme
from ui.looks import Looks
from ui.search.filters import LANGUAGE, NOTE, OUTLET, STATE, THEME, UNDATED, Filter
from ui.search.rows import shortened, worded
from ui.widgets.boxes import column, row
from ui.widgets.buttons import Chip, button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.theme_marks import paint_square
from ui.wording import number

_WIDE: Final = 316
_MOST: Final = 8
_LINE: Final = 27
_HIGHEST: Final = 8 * _LINE
_ID: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Facets = Mapping[str, tuple[tuple[str, int], ...]]


class _TickDelegate(QStyledItemDelegate):
    """Draws a tick at the right of a chosen theme, in place of a box at its left."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the box out."""
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the name, and the tick."""
        super().paint(painter, option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value:
            place = option.rect
            icon = self._looks.icon("ph.check-bold", "accent")
            icon.paint(painter, place.right() - 22, place.center().y() - 7, 15, 15)


class FilterSheet(QWidget):
    """The filters that can be chosen, and those that are."""

    changed = Signal(object)
    left = Signal()

    def __init__(
        self,
        looks: Looks,
        filters: tuple[Filter, ...],
        themes: Sequence[Theme],
        facets: Facets,
        parent: QWidget | None = None,
    ) -> None:
        """Offer the themes, and the outlets and languages that the answer has."""
        super().__init__(parent)
        self._looks = looks
        self._filters = filters
        self._chips: list[tuple[Chip, Filter]] = []
        self.setFixedWidth(_WIDE)
        states = [Filter(STATE, state.value) for state in State]
        self._tree = self._themes(themes)
        self._reset = button(self.tr("Reset"), "link", self)
        self._reset.clicked.connect(self._clear)
        parts: list[QWidget | None] = [
            self._section(self.tr("State"), [*states, Filter(NOTE), Filter(UNDATED)], {}),
            self._titled(self.tr("Themes"), self._tree) if themes else None,
            self._facet(self.tr("Outlet"), OUTLET, facets),
            self._facet(self.tr("Language"), LANGUAGE, facets),
        ]
        self.setLayout(column(*(part for part in parts if part is not None), row(None, self._reset), spacing=12))
        self._show()

    def focus_first(self) -> None:
        """Go to the first thing that can be chosen."""
        self._chips[0][0].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def filters(self) -> tuple[Filter, ...]:
        """Return what is chosen, in the order in which it was."""
        return self._filters

    def _facet(self, title: str, kind: str, facets: Facets) -> QWidget | None:
        counts = dict(facets.get(kind, ())[:_MOST])
        chosen = [one.value for one in self._filters if one.kind == kind and one.value not in counts]
        values = [Filter(kind, value) for value in (*chosen, *counts) if value]
        return self._section(title, values, counts) if values else None

    def _section(self, title: str, filters: Sequence[Filter], counts: Mapping[str, int]) -> QWidget:
        holder = QWidget(self)
        flow = FlowLayout(holder)
        for one in filters:
            name = worded(self, one)
            chip = Chip(shortened(name), holder)
            chip.setAccessibleName(name)
            if one.value in counts:
                chip.show_count(number(counts[one.value]))
            chip.clicked.connect(self._pressed)
            self._chips.append((chip, one))
            flow.addWidget(chip)
        return self._titled(title, holder)

    def _titled(self, title: str, content: QWidget) -> QWidget:
        holder = QWidget(self)
        holder.setLayout(column(label(title, "section", holder), content))
        return holder

    def _themes(self, themes: Sequence[Theme]) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setHeaderHidden(True)
        tree.setIndentation(16)
        tree.setIconSize(QSize(13, 13))
        tree.setUniformRowHeights(True)
        tree.setAccessibleName(self.tr("Themes"))
        tree.setRootIsDecorated(any(theme.parent for theme in themes))
        items: dict[str, QTreeWidgetItem] = {}
        for theme in themes:
            item = QTreeWidgetItem([theme.name])
            item.setData(0, _ID, theme.id)
            item.setIcon(0, self._square(theme))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Unchecked)
            item.setSizeHint(0, QSize(10, _LINE))
            items[theme.id] = item
        for theme in themes:
            above = items.get(theme.parent or "")
            if above is None:
                tree.addTopLevelItem(items[theme.id])
            else:
                above.addChild(items[theme.id])
        tree.expandAll()
        tree.setFixedHeight(min(_HIGHEST, max(1, len(themes)) * _LINE + 2))
        tree.setItemDelegate(_TickDelegate(self._looks, tree))
        tree.itemChanged.connect(self._ticked)
        tree.itemClicked.connect(self._toggle)
        self._items = items
        return tree

    def _square(self, theme: Theme) -> QIcon:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(13, 13) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_square(painter, QPointF(6.5, 6.5), self._looks.now.theme(theme.colour))
        painter.end()
        return QIcon(picture)

    def _ticked(self, item: QTreeWidgetItem) -> None:
        self._put(Filter(THEME, item.data(0, _ID)), item.checkState(0) == Qt.CheckState.Checked)

    def _toggle(self, item: QTreeWidgetItem) -> None:
        on = item.checkState(0) == Qt.CheckState.Checked
        item.setCheckState(0, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _pressed(self) -> None:
        for chip, one in self._chips:
            if chip is self.sender():
                self._put(one, chip.isChecked())

    def _put(self, one: Filter, on: bool) -> None:
        if on is (one in self._filters):
            return
        others = tuple(other for other in self._filters if other != one)
        self._filters = (*others, one) if on else others
        self._show()
        self.changed.emit(self._filters)

    def _clear(self) -> None:
        self._filters = ()
        self._show()
        self.changed.emit(())

    def _show(self) -> None:
        for chip, one in self._chips:
            chip.setChecked(one in self._filters)
        self._tree.blockSignals(True)
        for key, item in self._items.items():
            on = Filter(THEME, key) in self._filters
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._tree.blockSignals(False)
        self._reset.setEnabled(bool(self._filters))
