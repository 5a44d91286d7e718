"""The first articles of a file as they would be read, as plain words: nothing of a file is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.looks import Looks
from ui.widgets.boxes import column, emptied, rule, scrolled, surface
from ui.widgets.labels import ElidedLabel, label
from ui.wording import complaint, day, filled, in_a_row, number

if TYPE_CHECKING:
    from app.drafts import Draft
    from app.importing.glimpsing import Glimpse

_EXCERPT: Final = 240


class GlimpseView(QWidget):
    """Shows title, outlet, date and the first lines of a few articles, and how many there are."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._looks = looks
        self._head = ElidedLabel(self.tr("PREVIEW"), "section")
        self._count = label("", "small", wrap=True)
        self._list = column(spacing=10, margins=(18, 14, 18, 14))
        inside = QWidget()
        inside.setLayout(self._list)
        self._area = scrolled(inside)
        self._message = label("", "muted", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setMargin(24)
        paper = surface("card", column(self._area, self._message, margins=(1, 1, 1, 1), spacing=0))
        self.setLayout(column(self._head, paper, self._count, spacing=6))
        self.layout().setStretch(1, 1)
        self.say(self.tr("The first articles appear here."))

    def say(self, message: str) -> None:
        """Show no article, but a sentence."""
        self._message.setText(message)
        self._message.show()
        self._area.hide()
        self._count.clear()

    def show_glimpse(self, glimpse: Glimpse) -> None:
        """Show what a file holds, or why nothing of it can be read."""
        if glimpse.error is not None:
            self.say(" ".join(complaint(glimpse.error)).strip())
            return
        if not glimpse.total:
            self.say(self._without_articles(glimpse.themes))
            return
        emptied(self._list)
        for place, draft in enumerate(glimpse.first):
            if place:
                self._list.addWidget(rule())
            self._add(draft)
        self._list.addStretch(1)
        self._count.setText(self._counted(glimpse))
        self._message.hide()
        self._area.show()
        self._area.verticalScrollBar().setValue(0)

    def titles(self) -> list[str]:
        """Return the titles that are shown."""
        shown = (self._list.itemAt(place).widget() for place in range(self._list.count()))
        return [one.text() for one in shown if isinstance(one, QLabel) and one.property("role") == "strong"]

    def _without_articles(self, themes: int) -> str:
        if not themes:
            return self.tr("There is no article in this file.")
        if themes == 1:
            return self.tr("This file describes one theme. It comes in without an article.")
        told = self.tr("This file describes {count} themes. They come in without an article.")
        return filled(told, count=number(themes))

    def _counted(self, glimpse: Glimpse) -> str:
        one = self.tr("One article in all.")
        several = filled(self.tr("{count} articles in all."), count=number(glimpse.total))
        told = one if glimpse.total == 1 else several
        if glimpse.unread:
            reason = complaint(glimpse.unread[0].error)[0]
            parts = len(glimpse.unread)
            more = (
                self.tr("One part cannot be read: {reason}")
                if parts == 1
                else self.tr("{count} parts cannot be read: {reason}")
            )
            unread = filled(more, count=number(parts), reason=reason)
            told = f"{told} {unread}"
        return told

    def _add(self, draft: Draft) -> None:
        known = draft.metadata
        self._list.addWidget(label(known.title or self.tr("Untitled"), "strong", wrap=True))
        about = [known.outlet or "", day(known.published) if known.published else "", known.byline or ""]
        line = in_a_row(part for part in about if part)
        self._list.addWidget(label(line or self.tr("No outlet and no date are known."), "small", wrap=True))
        text = " ".join(draft.body.text.split())
        if text:
            cut = text[:_EXCERPT].rsplit(" ", 1)[0] + "…" if len(text) > _EXCERPT else text
            self._list.addWidget(label(cut, "", wrap=True))
