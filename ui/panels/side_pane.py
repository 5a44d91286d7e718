"""The right side of the window: themes, notes, the article and collections behind tabs; the history slides over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QToolButton, QWidget

from ui.looks import Looks
from ui.panels.article import ArticlePanel
from ui.panels.card_list import WISHES
from ui.panels.collections import CollectionsPanel
from ui.panels.history import HistoryPanel
from ui.panels.notes import NotesPanel
from ui.panels.themes import ThemesPanel
from ui.widgets.boxes import column, row, surface
from ui.widgets.buttons import IconButton, tab
from ui.widgets.carried import IDS

SLIDE_MS: Final = 140
_DWELL_MS: Final = 450  # so long something is dragged over a tab before it opens


class SidePane(QWidget):
    """The tabs of the right side. Names of tabs: ``themes``, ``notes``, ``article``, ``collections``."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show the themes first."""
        super().__init__(parent)
        self._looks = looks
        self._tabs = {
            "themes": tab(self.tr("Themes"), self),
            "notes": tab(self.tr("Notes"), self),
            "article": tab(self.tr("Article"), self),
            "collections": tab(self.tr("Collections"), self),
        }
        self._plus = IconButton(looks, "ph.plus", self.tr("New theme"), self)
        self.themes = ThemesPanel(looks, self)
        self.notes = NotesPanel(looks, self)
        self.article = ArticlePanel(looks, self)
        self.collections = CollectionsPanel(looks, self)
        self._panels: Mapping[str, QWidget] = {
            "themes": self.themes,
            "notes": self.notes,
            "article": self.article,
            "collections": self.collections,
        }
        self._stack = QStackedWidget(self)
        self._dragged_to = ""
        self._dwell = QTimer(self, singleShot=True, interval=_DWELL_MS)
        self._build()
        self._cover = surface("window", parent=self)
        self.history = HistoryPanel(looks, self._cover)
        self._cover.setLayout(row(self.history, margins=(18, 14, 0, 0)))
        self._cover.hide()
        self._slide = QPropertyAnimation(self._cover, b"pos", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._slid)
        self._connect()
        self.show_tab("themes")

    def _build(self) -> None:
        for name, button in self._tabs.items():
            button.setObjectName(name)
            button.setAcceptDrops(True)
            button.installEventFilter(self)
            button.clicked.connect(self._clicked)
        head = row(*self._tabs.values(), None, self._plus, margins=(0, 0, 4, 0), spacing=0)
        for panel in self._panels.values():
            self._stack.addWidget(panel)
        self.setLayout(column(head, self._stack, margins=(18, 14, 0, 0), spacing=10))
        self.setMinimumWidth(260)

    def _connect(self) -> None:
        self._plus.clicked.connect(self._add)
        self._dwell.timeout.connect(self._open_dragged_to)
        self.history.closed.connect(self.hide_history)
        self.notes.shown.connect(self.themes.show_highlights)
        self.notes.focused.connect(self.themes.focus)
        for wish in WISHES:
            getattr(self.themes, wish).connect(getattr(self.notes, wish))

    def show_tab(self, name: str) -> None:
        """Show the panel behind a tab; the history goes away."""
        self.hide_history()
        self._tabs[name].setChecked(True)
        tips = {
            "themes": self.tr("New theme"),
            "notes": self.tr("Write a note on the article"),
            "article": self.tr("New field"),
            "collections": self.tr("New collection"),
        }
        self._plus.show_icon("ph.plus", tips[name])
        if self._stack.currentWidget() is not self._panels[name]:
            if self._stack.isAncestorOf(self.focusWidget() or self) or self.focusWidget() in self._tabs.values():
                self._tabs[name].setFocus(Qt.FocusReason.OtherFocusReason)  # the stack would choose some field
            self._stack.setCurrentWidget(self._panels[name])

    def tab(self) -> str:
        """Return the name of the tab that is shown."""
        shown = self._stack.currentWidget()
        return next(name for name, panel in self._panels.items() if panel is shown)

    def take_keyboard(self) -> None:
        """Put the keyboard on the tab, from which the arrows go to the others and Tab into what it shows."""
        if self._cover.isVisible():
            self.history.setFocus()
        else:
            self._tabs[self.tab()].setFocus(Qt.FocusReason.TabFocusReason)

    def show_history(self) -> None:
        """Let the history slide over the tabs."""
        if self._cover.isVisible() and self._slide.endValue() == QPoint(0, 0):
            return
        self._cover.setGeometry(self.rect())
        self._move_cover(QPoint(self.width(), 0), QPoint(0, 0))
        self.history.setFocus()

    def hide_history(self) -> None:
        """Let the history slide away."""
        if self._cover.isHidden():
            return
        if self._cover.isAncestorOf(self.focusWidget() or self):
            self._tabs[self.tab()].setFocus()
        self._move_cover(self._cover.pos(), QPoint(self.width(), 0))

    def _move_cover(self, start: QPoint, end: QPoint) -> None:
        self._slide.stop()
        self._slide.setStartValue(start)
        self._slide.setEndValue(end)
        self._cover.move(start)
        self._cover.show()
        self._cover.raise_()
        if self.isVisible():
            self._slide.start()
        else:
            self._cover.move(end)
            self._slid()

    def _slid(self) -> None:
        if self._cover.x() >= self.width() or self._slide.endValue() != QPoint(0, 0):
            self._cover.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the history as large as the pane."""
        super().resizeEvent(event)
        self._cover.resize(self.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open a tab over which passages or articles are held."""
        if isinstance(event, QDragEnterEvent) and event.mimeData().hasFormat(IDS):
            self._dragged_to = watched.objectName()
            self._dwell.start()
            event.accept()
            return True
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._dwell.stop()
        return super().eventFilter(watched, event)

    def _open_dragged_to(self) -> None:
        self.show_tab(self._dragged_to)

    def _clicked(self) -> None:
        pressed = self.sender()
        assert isinstance(pressed, QToolButton)
        self.show_tab(pressed.objectName())

    def _add(self) -> None:
        deeds = {
            "themes": self.themes.add,
            "notes": self.notes.own_note.focus,
            "article": self.article.add_field,
            "collections": self.collections.add,
        }
        deeds[self.tab()]()
