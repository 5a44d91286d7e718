"""The strip under the search box: by what the list can be narrowed, and how many articles have each value.

Its height never changes with what it shows, so that the list below it stands still while one types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from app.model import Theme
from ui.listing import Counts
from ui.looks import Looks
from ui.search.facet_list import ROW, FacetList
from ui.search.facet_values import Facet, FacetRow, facets_of, rows_of, titled
from ui.search.filters import OUTLET, THEME, Filter
from ui.widgets.boxes import column, row
from ui.widgets.buttons import tab

_SHOWN: Final = 5
_BETWEEN: Final = 11
_LONGEST: Final = 24


class FacetTabs(QWidget):
    """The names of the facets beside each other; those for which there is no room stand in a menu at the end."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Offer none yet."""
        super().__init__(parent)
        self._looks = looks
        self._facets: tuple[Facet, ...] = ()
        self._now = Facet(OUTLET)
        self._tabs: dict[Facet, QToolButton] = {}
        self._more = QToolButton(self)
        self._more.setProperty("role", "facet")
        self._more.setCheckable(True)
        self._more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._more.setIconSize(QSize(11, 11))
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setCursor(Qt.CursorShape.PointingHandCursor)
        self._more.installEventFilter(self)
        self._line = row(spacing=_BETWEEN)
        self.setLayout(row(self._line, self._more, None, spacing=_BETWEEN))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        looks.changed.connect(self._draw)
        self._draw()

    def show_facets(self, facets: Sequence[Facet]) -> None:
        """Offer these; the chosen one stays chosen as long as there is such a one."""
        if tuple(facets) == self._facets:
            return
        self._facets = tuple(facets)
        for gone in self._tabs.values():
            gone.hide()
            gone.deleteLater()
        self._tabs = {facet: self._tab(facet) for facet in self._facets}
        self._fit()

    def now(self) -> Facet:
        """Return the facet whose values are wanted."""
        return self._now

    def choose(self, facet: Facet) -> None:
        """Show another one as chosen; nothing is emitted."""
        self._now = facet
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put into the menu what has no room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(40, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the facet before or after by the arrows, and leave by Esc; buttons would keep these keys."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if step is None or self._now not in self._facets:
            return False
        self._press(self._facets[(self._facets.index(self._now) + step) % len(self._facets)])
        self._button().setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _tab(self, facet: Facet) -> QToolButton:
        made = tab(_short(titled(self, facet)), self)
        made.setProperty("role", "facet")
        made.setAutoExclusive(False)
        made.setAccessibleName(titled(self, facet))
        made.clicked.connect(partial(self._press, facet))
        made.installEventFilter(self)
        self._line.addWidget(made)
        return made

    def _press(self, facet: Facet, _checked: bool = True) -> None:
        self.choose(facet)
        self.chosen.emit(facet)

    def _button(self) -> QToolButton:
        """Return the button of the chosen facet: its own, or that of the menu."""
        own = self._tabs.get(self._now)
        return self._more if own is None or own.isHidden() else own

    def _fit(self) -> None:
        """Show as many tabs as there is room for; a menu takes the rest, and is called like a chosen one."""
        kept = self._with_room()
        for place, (facet, made) in enumerate(self._tabs.items()):
            made.setVisible(place < kept)
            made.setChecked(facet == self._now)
        rest = self._facets[kept:]
        self._more.setVisible(bool(rest))
        self._more.setChecked(self._now in rest)
        self._more.setText(self._rest_name(rest))
        self._more.setAccessibleName(self.tr("More to narrow by"))
        self._more.setMenu(self._menu(rest))

    def _with_room(self) -> int:
        """Return how many of the tabs can stand beside each other."""
        wide = [made.sizeHint().width() + _BETWEEN for made in self._tabs.values()]
        if sum(wide) - _BETWEEN <= self.width():
            return len(wide)
        for kept in range(len(wide) - 1, 0, -1):
            if sum(wide[:kept]) + self._rest_width(self._facets[kept:]) <= self.width():
                return kept
        return 0

    def _rest_width(self, rest: Sequence[Facet]) -> int:
        return self._more.fontMetrics().horizontalAdvance(self._rest_name(rest)) + 24

    def _rest_name(self, rest: Sequence[Facet]) -> str:
        return _short(titled(self, self._now)) if self._now in rest else self.tr("More")

    def _menu(self, rest: Sequence[Facet]) -> QMenu:
        if (old := self._more.menu()) is not None:
            old.deleteLater()
        menu = QMenu(self)
        for facet in rest:
            made = menu.addAction(titled(self, facet).replace("&", "&&"), partial(self._press, facet))
            made.setCheckable(True)
            made.setChecked(facet == self._now)
        return menu

    def _draw(self) -> None:
        self._more.setIcon(self._looks.icon("ph.caret-down"))


class FacetStrip(QWidget):
    """Shows the values of one facet at a time. ``toggled`` wishes a filter put on, or taken off where it is on."""

    toggled = Signal(object)
    left = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Have no counts yet."""
        super().__init__(parent)
        self._counts = Counts()
        self._filters: tuple[Filter, ...] = ()
        self._themes: Mapping[str, Theme] = {}
        self._tabs = FacetTabs(looks, self)
        self._list = FacetList(looks, self)
        self._list.setFixedHeight(_SHOWN * ROW)
        self.setLayout(column(self._tabs, self._list, spacing=4))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Narrow the list"))
        self._tabs.chosen.connect(self._draw)
        self._tabs.left.connect(self.left)
        self._list.toggled.connect(self.toggled)
        self._list.left.connect(self.left)
        self._tabs.show_facets(facets_of(self._counts))
        self._draw()

    def show_counts(self, counts: Counts) -> None:
        """Show how many articles have each value."""
        self._counts = counts
        self._tabs.show_facets(facets_of(counts))
        if self._tabs.now() not in facets_of(counts):
            self._tabs.choose(Facet(OUTLET))
        self._draw()

    def show_filters(self, filters: tuple[Filter, ...], themes: Mapping[str, Theme]) -> None:
        """Show which values are chosen; the names of themes come from ``themes``."""
        self._filters, self._themes = filters, themes
        self._draw()

    def facet(self) -> str:
        """Return which facet is shown, to be shown again the next time."""
        return self._tabs.now().key

    def show_facet(self, key: str) -> None:
        """Show a facet, if there is such a one."""
        found = next((one for one in facets_of(self._counts) if one.key == key), None)
        if found is not None:
            self._tabs.choose(found)
            self._draw()

    def values(self) -> tuple[FacetRow, ...]:
        """Return the values that are offered now."""
        return self._list.values()

    def focus(self) -> None:
        """Go to the values."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(40, super().minimumSizeHint().height())

    def _draw(self, _facet: object = None) -> None:
        facet = self._tabs.now()
        rows = rows_of(self, facet, self._counts, self._filters, self._themes)
        self._list.setAccessibleName(titled(self, facet))
        self._list.show_rows(rows, frozenset(self._filters), shares=facet.kind != THEME)


def _short(name: str) -> str:
    """Return a name for a button: not too long, and no letter of it a key."""
    return (name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…").replace("&", "&&")
