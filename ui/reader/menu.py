"""The menu of the text: what can be done with what is selected, and with the paragraph under the mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.copying import Form
from ui.wording import filled

Deed = tuple[str, Callable[[], None], bool]
"""A text, what it does and whether it can be done now."""

_MOST = 40  # letters of the words that are searched for


class TextMenu(QObject):
    """Emits what is chosen in it."""

    copy_chosen = Signal()
    quotation_chosen = Signal()
    form_chosen = Signal(object)
    highlight_chosen = Signal()
    note_chosen = Signal()
    everywhere_chosen = Signal()
    search_chosen = Signal()
    like_chosen = Signal()
    leave_out_chosen = Signal(int)
    always_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        """Open over ``parent``."""
        super().__init__(parent)
        self._over = parent

    def open(self, where: QPoint, words: str, block: int | None, *, passage: bool) -> QMenu:
        """Open at a global point, for words that are meant, if any, and a block; ``passage``: for a highlight."""
        some = bool(words)
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(
            menu,
            (self.tr("Copy"), self.copy_chosen.emit, some),
            (self.tr("Copy quotation with citation"), self.quotation_chosen.emit, some),
            (self.tr("Copy citation"), partial(self.form_chosen.emit, Form.CITATION), True),
            (self.tr("Copy as Markdown"), partial(self.form_chosen.emit, Form.MARKDOWN), True),
            (self.tr("Copy as rich text"), partial(self.form_chosen.emit, Form.RICH), True),
        )
        menu.addSeparator()
        self._fill(
            menu,
            (self.tr("Highlight"), self.highlight_chosen.emit, some),
            (self.tr("Note"), self.note_chosen.emit, some),
            (self.tr("Mark these words everywhere in the article…"), self.everywhere_chosen.emit, some),
        )
        if some:
            search = filled(self.tr("Search the library for “{words}”"), words=_shortened(words))
            self._fill(menu, (search, self.search_chosen.emit, True))
        like = self.tr("Passages like this one") if passage else self.tr("Articles like this one")
        self._fill(menu, (like, self.like_chosen.emit, True))
        menu.addSeparator()
        always, there = self.tr("Always leave this out of this outlet’s articles"), block is not None
        self._fill(
            menu,
            (self.tr("Leave this out"), partial(self.leave_out_chosen.emit, block), there),
            (always, partial(self.always_chosen.emit, block), there),
        )
        menu.popup(where)
        return menu

    def _fill(self, menu: QMenu, *deeds: Deed) -> None:
        for text, deed, possible in deeds:
            menu.addAction(text, deed).setEnabled(possible)


def _shortened(words: str) -> str:
    """Return words for a menu: on one line, not too long, and with no letter underlined."""
    flat = " ".join(words.split())
    return (flat if len(flat) <= _MOST else f"{flat[: _MOST - 1]}…").replace("&", "&&")
