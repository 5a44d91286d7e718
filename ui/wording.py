"""What a person reads: the app's templates translated, numbers, days and spans of time in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.errors import AppError
from app.model import Precision, Published, State
from app.search.tree import SPELLINGS
from app.wording import Day, Message, fill


def said(message: Message) -> str:
    """Return a sentence of the app in the reader's language, each part of it that is a message too."""
    return fill(translated(message.template), {name: _spoken(value) for name, value in message.values.items()})


def _spoken(value: object) -> object:
    """Return a value of a sentence as it is said."""
    if isinstance(value, Message):
        return said(value)
    if isinstance(value, Day):
        written = QDate(value.day.year, value.day.month, value.day.day)
        return QLocale().toString(written, "MMMM yyyy" if value.month else "d MMMM yyyy")
    return _kept(value)


def _kept(value: object) -> object:
    """Return a value that keeps its own direction in a sentence: else quotation marks round it change sides."""
    return isolated(value) if isinstance(value, str) else value


def translated(template: str, context: str = "app") -> str:
    """Return a template of the app in the reader's language; its slots stay."""
    return QCoreApplication.translate(context, template) if template else ""


def complaint(error: AppError) -> tuple[str, str]:
    """Return what went wrong, and what to do next, in the reader's language."""
    return fill(translated(error.template), error.values), fill(translated(error.hint), error.values)


def filled(template: str, **values: object) -> str:
    """Put values into the ``{name}`` slots of a template that is translated already."""
    return fill(template, {name: _kept(value) for name, value in values.items()})


def unquoted(query: str) -> str:
    """Return a query as it stands between quotation marks: without its own where all of it is one phrase."""
    phrase = query.translate(SPELLINGS)
    return query[1:-1] if len(query) > 2 and phrase.find('"', 1) == len(query) - 1 and phrase[0] == '"' else query


def runs_left(text: str) -> bool:
    """Tell whether there are words in a text that are written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def isolated(text: str) -> str:
    """Return words that keep their own direction among words of another one."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if runs_left(text) else text


def in_a_row(parts: Iterable[str], between: str = " · ") -> str:
    """Return the parts that say something on one line; each keeps its own direction."""
    return between.join(isolated(part) for part in parts if part)


def number(value: int) -> str:
    """Return a number with the reader's separators: 12,418."""
    return QLocale().toString(value)


def detail_name(name: str) -> str:
    """Return what a detail of an article is called: a word of the file that it is from, and none of ours."""
    return name.replace("_", " ").capitalize()


def day(published: Published | None) -> str:
    """Return a date as it stands in a list: ``19 Dec 2024``, ``Dec 2024``, ``2024``, ``about 19 Dec 2024``."""
    if published is None:
        return QCoreApplication.translate("wording", "undated")
    shapes: Mapping[Precision, str] = {Precision.MONTH: "MMM yyyy", Precision.YEAR: "yyyy"}
    date = QDate(published.day.year, published.day.month, published.day.day)
    written = QLocale().toString(date, shapes.get(published.precision, "d MMM yyyy"))
    if published.precision is Precision.ABOUT:
        return filled(QCoreApplication.translate("wording", "about {day}"), day=written)
    return written


def ago(moment: int, now: int) -> str:
    """Return how long ago a moment was; both are UTC milliseconds."""
    minutes = max(0, now - moment) // 60_000
    if minutes < 1:
        return QCoreApplication.translate("wording", "just now")
    if minutes < 60:
        return filled(QCoreApplication.translate("wording", "{count} min ago"), count=minutes)
    if minutes < 24 * 60:
        return filled(QCoreApplication.translate("wording", "{count} h ago"), count=minutes // 60)
    if minutes < 48 * 60:
        return QCoreApplication.translate("wording", "yesterday")
    local = datetime.fromtimestamp(moment / 1000, UTC).astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")


def state_names() -> dict[State, str]:
    """Return what each state of an article is called."""
    say = QCoreApplication.translate
    return {
        State.UNREAD: say("wording", "Unread"),
        State.READING: say("wording", "Reading"),
        State.READ: say("wording", "Read"),
        State.ARCHIVED: say("wording", "Archived"),
    }


def reading_time(words: int) -> str:
    """Return how long so many words take to read, at 240 a minute."""
    minutes = max(1, round(words / 240))
    return filled(QCoreApplication.translate("wording", "{count} min read"), count=minutes)
