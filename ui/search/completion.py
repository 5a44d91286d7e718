"""Completion in the search box: which fields, themes, outlets and other values may be meant, offered under it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from app.search.completing import ATTRIBUTE, Completion, Completions, Vocabulary, complete
from ui.looks import Looks
from ui.widgets.offers import Offer, Offers
from ui.widgets.units import points, units
from ui.wording import filled, number

RESTED: Final = 180
"""Milliseconds without a key after which a word is taken for the beginning of a field: most words are just words."""

_DATE: Final = "ph.calendar-blank"
_WORDS: Final = "ph.text-t"
_FIELDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "theme": ("ph.tag", QT_TRANSLATE_NOOP("completion", "a theme and all below it")),
        "outlet": ("ph.newspaper", QT_TRANSLATE_NOOP("completion", "where it was published")),
        "is": ("ph.circle-half", QT_TRANSLATE_NOOP("completion", "unread, read, annotated")),
        "has": ("ph.note-pencil", QT_TRANSLATE_NOOP("completion", "a note, a highlight")),
        "in": ("ph.folder", QT_TRANSLATE_NOOP("completion", "a collection")),
        "published": (_DATE, QT_TRANSLATE_NOOP("completion", "a day, month, year or range")),
        "after": (_DATE, QT_TRANSLATE_NOOP("completion", "published after a day")),
        "before": (_DATE, QT_TRANSLATE_NOOP("completion", "published before a day")),
        "on": (_DATE, QT_TRANSLATE_NOOP("completion", "published on a day")),
        "since": (_DATE, QT_TRANSLATE_NOOP("completion", "published since a day")),
        "until": (_DATE, QT_TRANSLATE_NOOP("completion", "published until a day")),
        "title": (_WORDS, QT_TRANSLATE_NOOP("completion", "words of the title")),
        "by": ("ph.user", QT_TRANSLATE_NOOP("completion", "who wrote it")),
        "note": ("ph.note", QT_TRANSLATE_NOOP("completion", "words of your notes")),
        "quote": ("ph.quotes", QT_TRANSLATE_NOOP("completion", "words of a passage")),
        "lang": ("ph.translate", QT_TRANSLATE_NOOP("completion", "its language")),
        "section": (_WORDS, QT_TRANSLATE_NOOP("completion", "section of the outlet")),
        "leftout": ("ph.scissors", QT_TRANSLATE_NOOP("completion", "what was left out")),
        "address": ("ph.link", QT_TRANSLATE_NOOP("completion", "its address on the web")),
        "details": ("ph.info", QT_TRANSLATE_NOOP("completion", "what the page says about itself")),
        "text": (_WORDS, QT_TRANSLATE_NOOP("completion", "words of the text")),
        ATTRIBUTE: ("ph.sliders-horizontal", QT_TRANSLATE_NOOP("completion", "a field of yours")),
    }
)
"""For each field its icon and what it means."""

_UNKNOWN: Final = (_WORDS, "")


class Completer(QObject):
    """Watches a search box, and offers what may be meant by what stands before its cursor.

    It needs a vocabulary, for which it asks whenever the keyboard comes to the box; what is offered is reckoned anew
    from what stands in the box at that moment, so that no offer is ever late. The keys stay the box's: see
    :class:`~ui.widgets.offers.Offers`.
    """

    vocabulary_wished = Signal()

    def __init__(self, looks: Looks, box: QLineEdit, parent: QObject) -> None:
        """Watch ``box``."""
        super().__init__(parent)
        self._looks = looks
        self._box = box
        self._known: Vocabulary | None = None
        self._now: Completions | None = None
        self._list: Offers | None = None
        self._refused: int | None = None
        self._taking = False
        self._waiting = False
        self._rest = QTimer(self, singleShot=True, interval=RESTED)
        self._rest.timeout.connect(self._show)
        box.installEventFilter(self)
        box.textEdited.connect(self._typed)
        box.textChanged.connect(self._leave)
        box.cursorPositionChanged.connect(self._follow)

    def take_vocabulary(self, known: Vocabulary) -> None:
        """Know what the library's names are now."""
        if self._box.hasFocus():
            self._known = known
            if self._waiting:
                self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the names when the keyboard comes, and forget them when it goes: they may change until next time."""
        if event.type() is QEvent.Type.FocusIn:
            self.vocabulary_wished.emit()
        elif event.type() is QEvent.Type.FocusOut:
            self._known, self._waiting = None, False
            self._hide()
        return False

    def _typed(self) -> None:
        self._waiting = self._known is None
        self._look()

    def _look(self) -> None:
        """Offer what may be meant now: values at once, fields when the typing rests."""
        text = self._box.text()
        place = points(text, self._box.cursorPosition())
        found = complete(text, place, self._known) if self._known is not None else None
        if found is None or found.start != self._refused:
            self._refused = None
        if found is None or self._refused is not None:
            self._hide()
            return
        self._now = found
        if found.found[0].names_field and not self._is_shown():
            self._rest.start()
        else:
            self._show()

    def _follow(self) -> None:
        """Offer for another place when the cursor moves while something is offered."""
        if self._is_shown() and not self._taking:
            self._look()

    def _leave(self, text: str) -> None:
        """Offer nothing when the program writes into the box; what its reader types is looked at on its own."""
        if not text or not self._box.isModified():
            self._hide()

    def _show(self) -> None:
        if self._now is not None and self._box.hasFocus():
            offers = [self._offer(one) for one in self._now.found]
            self._offers().offer(offers, self._now.typed, self.tr("Tab completes · Esc closes"))

    def _hide(self) -> None:
        self._now = None
        self._rest.stop()
        if self._list is not None:
            self._list.hide()

    def _is_shown(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _offers(self) -> Offers:
        """Return the list, made when it is needed first: it lies in the window, which the box is in by then."""
        if self._list is None:
            self._list = Offers(self._looks, self._box, self.tr("Completions"))
            self._list.taken.connect(self._take)
            self._list.refused.connect(self._refuse)
        return self._list

    def _refuse(self) -> None:
        """Offer nothing more for this word."""
        self._refused = self._now.start if self._now is not None else None

    def _take(self, row: int) -> None:
        """Write a completion into the box, so that it can be undone; after a field its values are offered."""
        now = self._now
        if now is None:
            return
        text, chosen = self._box.text(), now.found[row]
        start = units(text, now.start)
        length = units(text, now.end) - start
        if units(text) - length + units(chosen.text) > self._box.maxLength():
            return
        self._taking = True
        self._box.setSelection(start, length)
        self._box.insert(chosen.text)
        self._taking = False
        if chosen.names_field:
            self._look()
        else:
            self._hide()

    def _offer(self, one: Completion) -> Offer:
        """Return how a completion is shown."""
        icon, meaning = _FIELDS.get(one.kind, _UNKNOWN)
        if one.names_field:
            return Offer(f"{one.value.text}:", QCoreApplication.translate("completion", meaning), icon)
        parent = len(one.value.text) - len(one.value.path[-1])
        hint, counted = self._counts(one)
        name = ", ".join(part for part in (one.value.text, counted) if part)
        return Offer(one.value.text, hint, icon, one.value.colour, parent, name)

    def _counts(self, one: Completion) -> tuple[str, str]:
        """Return what stands at the right of a value, and how it is said to those who listen."""
        count = one.value.count
        if count is None:
            by_search = self.tr("by search") if one.kind == "in" else ""
            return by_search, by_search
        shown = number(count)
        said = self.tr("1 article") if count == 1 else filled(self.tr("{count} articles"), count=shown)
        if one.kind == "lang" and (language := _language(one.value.text)):
            return f"{language}  {shown}", f"{language}, {said}"
        return shown, said


def _language(code: str) -> str:
    """Return the name of a language, empty when Qt knows none."""
    language = QLocale(code.replace("-", "_")).language()
    return "" if language is QLocale.Language.C else QLocale.languageToString(language)
