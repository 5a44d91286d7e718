"""What stands in the place of the list when there is nothing to list, and what to do next."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.listing import Listing
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.wording import filled, number, unquoted

_LONGEST: Final = 40


class EmptyPage(QWidget):
    """A few centred words and one or two buttons."""

    import_wished = Signal()
    clear_wished = Signal()
    suggestion_wished = Signal(str)
    widen_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self._looks = looks
        self._picture = ""
        self._suggestion = ""
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._first = self._words("strong")
        self._second = self._words("muted")
        self._import = button(self.tr("Import files…"), "primary", self)
        self._meant = button("", "link", self)
        self._wider = button("", "link", self)
        self._clear = button(self.tr("Clear the search"), "link", self)
        self._import.clicked.connect(self.import_wished)
        self._clear.clicked.connect(self.clear_wished)
        self._meant.clicked.connect(lambda: self.suggestion_wished.emit(self._suggestion))
        self._wider.clicked.connect(self.widen_wished)
        self._buttons = (self._import, self._meant, self._wider, self._clear)
        centred = [row(None, one, None) for one in self._buttons]
        self.setLayout(
            column(None, self._icon, 6, self._first, self._second, 8, *centred, None, None, margins=(22, 12, 22, 12))
        )
        looks.changed.connect(self._draw)

    def show_no_articles(self) -> None:
        """Say that the library is empty."""
        self._say(
            "ph.books",
            self.tr("No articles yet"),
            self.tr("Drop articles here, or import files: saved pages, text, PDF, Word."),
        )
        self._offer(self._import)

    def show_no_passages(self) -> None:
        """Say that nothing was highlighted yet."""
        self._say(
            "ph.highlighter-circle",
            self.tr("No passages yet"),
            self.tr("Select words in an article and press a digit: what you mark is listed here."),
        )
        self._offer()

    def show_nothing_found(self, listing: Listing, suggestion: str | None) -> None:
        """Say that nothing answers what was typed, or fits the filters, and what may help."""
        if listing.typed:
            typed = unquoted(listing.typed.strip())
            typed = typed if len(typed) <= _LONGEST else typed[:_LONGEST].rstrip() + "…"
            said = filled(self.tr("Nothing found for “{query}”"), query=typed)
            hint = self.tr("Try fewer words, or only the beginning of one with a star: drone*")
        else:
            said = self.tr("Nothing fits the filters")
            hint = self.tr("Take one of them away, and more is listed again.")
        self._say("ph.magnifying-glass", said, hint)
        self._suggestion = listing.without_filters(suggestion) if suggestion else ""
        self._clear.setText(self.tr("Clear the search") if listing.typed else self.tr("Clear the filters"))
        if self._suggestion:
            words = unquoted(self._suggestion)[:_LONGEST]
            self._meant.setText(filled(self.tr("Did you mean “{words}”?"), words=words).replace("&", "&&"))
        self._offer(*([self._meant] if self._suggestion else []), self._clear)

    def show_unfiltered(self, count: int) -> None:
        """Offer what is found without the filters, if there is something."""
        if count:
            one, more = self.tr("One is found without the filters"), self.tr("{count} are found without the filters")
            self._wider.setText(one if count == 1 else filled(more, count=number(count)))
        self._wider.setVisible(bool(count))

    def take_focus(self) -> None:
        """Give the keyboard to the first thing that can be done here, if there is one."""
        for one in self._buttons:
            if not one.isHidden():
                one.setFocus()
                return

    def _words(self, role: str) -> QLabel:
        made = label("", role, self, wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def _say(self, picture: str, first: str, second: str) -> None:
        self._picture = picture
        self._first.setText(first)
        self._second.setText(second)
        self._draw()

    def _offer(self, *buttons: QWidget) -> None:
        for one in self._buttons:
            one.setVisible(one in buttons)

    def _draw(self) -> None:
        if self._picture:
            self._icon.setPixmap(self._looks.icon(self._picture, "faint").pixmap(QSize(34, 34)))
