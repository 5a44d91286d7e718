"""The rows under the search box: views, filters in force, articles or passages and their order, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QSizePolicy, QToolButton, QWidget

from app.model import Theme
from app.searching.answers import Results
from ui.listing import ADDED, OLDEST, PUBLISHED, RELEVANCE, TITLE, Listing
from ui.looks import Looks
from ui.search.facet_values import worded
from ui.search.filters import ALL, ATTRIBUTE, MARKED, THEME, UNREAD, Filter
from ui.widgets.boxes import emptied, row
from ui.widgets.buttons import Chip, button, tab
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.tips import plain_tip
from ui.wording import filled, number, said, unquoted

_PLAIN: Final = ("Articles {query}.", "Passages {query}.", "All articles.", "All passages.")
_LONGEST: Final = 28


class ViewChips(QWidget):
    """All, Unread, Marked: one of the three. Where there is little room their counts go."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show all."""
        super().__init__(parent)
        words = {ALL: self.tr("All"), UNREAD: self.tr("Unread"), MARKED: self.tr("Marked")}
        self._chips = {key: Chip(word, self) for key, word in words.items()}
        self._counts: dict[str, str] = dict.fromkeys(words, "")
        self._group = QButtonGroup(self)
        for chip in self._chips.values():
            self._group.addButton(chip)
        self._chips[ALL].setChecked(True)
        self._group.buttonClicked.connect(self._pressed)
        self.setLayout(row(*self._chips.values(), None))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def chosen(self) -> str:
        """Return which articles are shown: all, the unread or the marked ones."""
        return next(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, view: str) -> None:
        """Show another one; nothing is emitted."""
        self._chips[view].setChecked(True)
        self._fit()

    def show_counts(self, everything: int, unread: int, marked: int) -> None:
        """Show how many there are of each."""
        counts = zip((ALL, UNREAD, MARKED), (everything, unread, marked), strict=True)
        self._counts = {key: number(count) for key, count in counts}
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave counts out where there is no room for them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        every = tuple(self._chips)
        for shown in (every, (self.chosen(),), ()):
            for key, chip in self._chips.items():
                chip.show_count(self._counts[key] if key in shown else "")
            wide = sum(chip.sizeHint().width() + 6 for chip in self._chips.values()) - 6
            if wide <= self.width():
                break

    def _pressed(self) -> None:
        self._fit()
        self.changed.emit()


class ViewSwitch(QWidget):
    """Articles or passages, and in which order."""

    changed = Signal()
    order_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """List articles."""
        super().__init__(parent)
        self._looks = looks
        self._articles = tab(self.tr("Articles"), self)
        self._passages = tab(self.tr("Passages"), self)
        self._articles.setChecked(True)
        self._sort = QToolButton(self)
        self._sort.setObjectName("order")
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setIconSize(QSize(15, 15))
        self._sort.setCursor(Qt.CursorShape.PointingHandCursor)
        self._sort.setFont(looks.font(13))
        self._names = {
            RELEVANCE: (self.tr("Best match"), self.tr("Best match first")),
            PUBLISHED: (self.tr("Newest"), self.tr("Newest published first")),
            OLDEST: (self.tr("Oldest"), self.tr("Oldest published first")),
            ADDED: (self.tr("Added"), self.tr("Last added first")),
            TITLE: (self.tr("Title"), self.tr("By title, A to Z")),
        }
        self._sort.setMenu(self._menu())
        self.setLayout(row(self._articles, 8, self._passages, None, self._sort, spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._articles.clicked.connect(self.changed)
        self._passages.clicked.connect(self.changed)
        looks.changed.connect(self._draw)
        self._draw()
        self.show_order(PUBLISHED, worded=False)

    def passages(self) -> bool:
        """Return whether passages are listed."""
        return self._passages.isChecked()

    def choose(self, passages: bool) -> None:
        """List passages, or articles; nothing is emitted."""
        (self._passages if passages else self._articles).setChecked(True)

    def show_order(self, order: str, *, worded: bool) -> None:
        """Show the order in force; the best match can be chosen only where there are words to match."""
        self._sort.setText(self._names[order][0])
        tip = filled(self.tr("Order: {order}"), order=self._names[order][1])
        self._sort.setToolTip(tip)
        self._sort.setAccessibleName(tip)
        self._actions[order].setChecked(True)
        self._actions[RELEVANCE].setEnabled(worded)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return room for the two words and the sign of the order."""
        tabs = self._articles.sizeHint().width() + self._passages.sizeHint().width()
        return QSize(tabs + 46, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the word for the order where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        style = Qt.ToolButtonStyle
        self._sort.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        tabs = self._articles.sizeHint().width() + self._passages.sizeHint().width()
        if tabs + self._sort.sizeHint().width() + 20 > self.width():
            self._sort.setToolButtonStyle(style.ToolButtonIconOnly)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: dict[str, QAction] = {}
        for order, (_, name) in self._names.items():
            action = self._actions[order] = menu.addAction(name)
            action.setCheckable(True)
            action.setData(order)
            group.addAction(action)
        group.triggered.connect(self._chosen)
        return menu

    def _chosen(self, action: QAction) -> None:
        self.order_wished.emit(action.data())

    def _draw(self) -> None:
        self._sort.setIcon(self._looks.icon("ph.sort-ascending"))


class ActiveFilters(QWidget):
    """A chip for each filter in force; pressing it takes the filter away."""

    removed = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show none, and take no room."""
        super().__init__(parent)
        self._looks = looks
        self._shown: tuple[tuple[Filter, str], ...] = ()
        self._flow = FlowLayout(self)
        looks.changed.connect(self._draw)
        self.hide()

    def show_filters(self, filters: tuple[Filter, ...], themes: Mapping[str, Theme]) -> None:
        """Show these; the names of themes come from ``themes``."""
        shown = tuple((one, self._name(one, themes)) for one in filters)
        if shown != self._shown:
            self._shown = shown
            self._draw()

    def _name(self, one: Filter, themes: Mapping[str, Theme]) -> str:
        if one.kind == THEME:
            theme = themes.get(one.value)
            return " > ".join(theme.path) if theme is not None else ""
        if one.kind == ATTRIBUTE:
            return f"{one.name}: {one.value}"
        return worded(self, one)

    def _draw(self) -> None:
        emptied(self._flow)
        for one, name in self._shown:
            chip = Chip(shortened(name), self, checkable=False)
            chip.setIcon(self._looks.icon("ph.x"))
            chip.setIconSize(QSize(11, 11))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            tip = filled(self.tr("Take the filter “{name}” away"), name=name)
            chip.setToolTip(plain_tip(tip))
            chip.setAccessibleName(tip)
            chip.setProperty("filter", one)
            chip.clicked.connect(self._pressed)
            self._flow.addWidget(chip)
        self.setVisible(bool(self._shown))
        self.updateGeometry()

    def _pressed(self) -> None:
        self.removed.emit(self.sender().property("filter"))


class InfoLine(QWidget):
    """How many were found, in which spelling it may find more, and how the query was read."""

    suggestion_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self._strong = QFontMetrics(looks.font(14, 600))
        self._suggestion = ""
        self._total = label("", "faint", self)
        self._explained = ElidedLabel("", "faint", self)
        self._link = button("", "link", self)
        self._link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._link.setMinimumWidth(20)
        self._link.hide()
        self._total.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._link.clicked.connect(self._take)
        line = row(self._total, self._link, self._explained, spacing=8)
        line.setStretchFactor(self._explained, 1)
        self.setLayout(line)
        self.setFixedHeight(22)

    def show_waiting(self) -> None:
        """Say that it is searching."""
        self._total.setText(self.tr("Searching…"))
        self._link.hide()
        self._explained.setText("")

    def show_nothing(self) -> None:
        """Say nothing."""
        self._total.setText("")
        self._link.hide()
        self._explained.setText("")

    def show_answer(self, listing: Listing, results: Results, operators: bool) -> None:
        """Say how many were found; ``operators`` tells that the query is more than words."""
        known = results.total or listing.query  # of an empty library the list says so itself
        self._total.setText(self._counted(results.total, listing.passages) if known else "")
        explained = said(results.explained)
        telling = operators or results.explained.template not in _PLAIN
        self._suggestion = listing.without_filters(results.suggestion) if results.suggestion else ""
        self._link.setVisible(bool(self._suggestion and results.total))  # with nothing to list, the list offers it
        self._explained.setText(self._missing(results) or (explained if telling else ""))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the link where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _missing(self, results: Results) -> str:
        """Return what is to be said of what could not be looked at."""
        waiting = results.pending - results.refused
        if waiting > 0:
            return filled(self.tr("{count} more are still to be indexed"), count=number(waiting))
        return ""

    def _counted(self, total: int, passages: bool) -> str:
        if passages:
            template = self.tr("1 passage") if total == 1 else self.tr("{count} passages")
        else:
            template = self.tr("1 article") if total == 1 else self.tr("{count} articles")
        return filled(template, count=number(total))

    def _fit(self) -> None:
        whole = filled(self.tr("Did you mean “{words}”?"), words=unquoted(self._suggestion))
        room = self.width() - self._total.sizeHint().width() - 22
        shown = self._strong.elidedText(whole, Qt.TextElideMode.ElideRight, room)
        self._link.setText(shown.replace("&", "&&"))
        self._link.setToolTip(plain_tip(whole) if shown != whole else "")

    def _take(self) -> None:
        self.suggestion_wished.emit(self._suggestion)


def shortened(name: str) -> str:
    """Return a name for a button: not too long, and no letter of it a key."""
    name = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    return name.replace("&", "&&")
