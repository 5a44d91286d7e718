"""The line below the search box while a kept search stands in it: which one, and whether it was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.model import Collection
from ui.looks import Looks
from ui.widgets.boxes import row
from ui.widgets.buttons import IconButton, button
from ui.widgets.labels import ElidedLabel
from ui.widgets.tips import plain_tip
from ui.wording import filled

_PICTURE = 15


@dataclass(frozen=True, slots=True)
class Kept:
    """A collection that is filled by a search: its id and name, its query as it was read last, and as it was opened."""

    id: str
    name: str
    written: str
    query: str


class KeptSearch(QWidget):
    """Names the collection whose search stands in the box, and offers to keep in it what was changed."""

    keep_wished = Signal(str)
    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Hold none, and take no room."""
        super().__init__(parent)
        self._looks = looks
        self._kept: Kept | None = None
        self._picture = QLabel(self)
        self._name = ElidedLabel("", "muted", self)
        self._keep = button(self.tr("Keep the change"), "link", self)
        self._keep.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._keep.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # by mouse one goes on typing where one was
        self._keep.clicked.connect(self._wish)
        close = IconButton(looks, "ph.x", self.tr("Leave this collection’s search"), self, size=12)
        close.setFixedSize(24, 24)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.closed)
        line = row(self._picture, self._name, self._keep, close, spacing=7)
        line.setStretchFactor(self._name, 1)
        self.setLayout(line)
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        looks.changed.connect(self._draw)
        self._draw()
        self.hide()

    def kept(self) -> Kept | None:
        """Return the search that stands in the box, as it is kept."""
        return self._kept

    def hold(self, kept: Kept | None) -> None:
        """Name a kept search, or none."""
        self._kept = kept
        if kept is not None:
            self._name.setText(kept.name)
            tip = filled(self.tr("The search of the collection “{name}”"), name=kept.name)
            self._name.setToolTip(plain_tip(tip))
            self._name.setAccessibleName(tip)
        self.setVisible(kept is not None)

    def show_query(self, query: str) -> None:
        """Offer to keep ``query``, where it is another one than the one that is kept."""
        self._keep.setVisible(self._kept is not None and query != self._kept.query)

    def renew(self, collections: Sequence[Collection]) -> Collection | None:
        """Follow what became of the collection; return it when it is filled by another query now."""
        if self._kept is None:
            return None
        found = next((one for one in collections if one.id == self._kept.id and one.query), None)
        if found is None:
            self.hold(None)
            return None
        other = found.query != self._kept.written
        self.hold(replace(self._kept, name=found.name, written=found.query))
        return found if other else None

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(40, super().minimumSizeHint().height())

    def _wish(self) -> None:
        if self._kept is not None:
            self.keep_wished.emit(self._kept.id)

    def _draw(self) -> None:
        picture = self._looks.icon("ph.bookmark-simple", "accent").pixmap(QSize(_PICTURE, _PICTURE))
        self._picture.setPixmap(picture)
