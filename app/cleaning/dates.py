"""Dates as pages write them. Only what is written is read: nothing is guessed, and what may mean two days is left."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from app.loading import load
from app.model import Precision, Published

_LETTER: Final = "(?:[^\\W\\d_][\u0300-\u036f]*)"  # with its accents, also where these are characters of their own
_NAME: Final = rf"{_LETTER}{{2,14}}(?:\s(?!del\b){_LETTER}{{3,8}})?"
# Arabic pages write a month by both of its names: ``4 مارس/آذار``, ``4 مارس (آذار)``.
_MONTH: Final = rf"(?<![^\W\d_])(?P<m>{_NAME})(?![^\W\d_])(?:\s?/\s?{_NAME}(?![^\W\d_])|\s\({_NAME}\))?"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|re|º|ª|°|\.)?"
_YEAR: Final = r"(?P<y>\d{4})(?:(?!\d)|(?=\d{1,2}:\d\d))"  # scraped, the hour may stick to the year
_NUMERIC: Final = (
    re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])"),
    re.compile(r"^\s*(?P<y>\d{4})-(?P<m>\d{2})(?P<d>)\s*$"),
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<by>[/.]\s?)(?P<m>\d{1,2})(?P=by)(?P<d>\d{1,2})(?![\d/]|\.\d)"),
    re.compile(
        r"(?<!\d)(?P<era>令和|平成|昭和|民國)?\s?(?P<y>\d{1,4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]"
        r"(?:\s?(?P<d>\d{1,2})\s?[日일号號])?"
    ),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)"),
)
_SLASHED: Final = re.compile(
    r"(?<![\d/-])(?P<a>\d{1,2})\s?(?P<by>[/-])\s?(?P<b>\d{1,2})\s?(?P=by)\s?(?P<y>\d{4})(?!\d)"
)
_SHORT: Final = re.compile(r"(?<![\d./-])(?P<d>\d{1,2})(?P<by>[./])(?P<m>\d{1,2})(?P=by)(?P<y>\d{2})(?![\d./-]\d|\d)")
_NAMED: Final = (
    re.compile(
        rf"(?<![\d–])(?<!\d-)(?P<d>\d{{1,2}}){_ORDINAL}(?:\s+|\s?[-./]\s?|(?<=[.º°]))(?:de\s+|of\s+)?{_MONTH}"
        rf"\.?,?(?:\s+|[-/])?(?:de\s+|del\s+|of\s+)?{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_MONTH}\.?\s+(?P<d>\d{{1,2}}){_ORDINAL}\s?,?\s+{_YEAR}"),
    re.compile(rf"(?<!\d)(?P<y>\d{{4}})[.,]?[\s-]+{_MONTH}\.?[\s-]+(?P<d>\d{{1,2}})(?![\d:])"),
)
_MONTH_ONLY: Final = (
    re.compile(rf"(?<!\d)(?<!\d\s){_MONTH}\.?,?\s+(?:de\s+|del\s+|of\s+)?{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<y>\d{{4}})\.?\s+{_MONTH}"),
)
_MAY_DATE: Final = re.compile(r"\d{4}|\d[./]\d\d?[./]\d|\d\s?[年년]")
_NUMERIC_DAY: Final = re.compile(
    r"\d{1,2}([/.-])\d{1,2}\1\d{4}(?:,?\s+\d{1,2}[:.h]\d{2}\s?(?:h|[ap]m)?)?", re.IGNORECASE
)
_ERAS: Final = MappingProxyType({"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911})
_FIRST_YEAR: Final = 1600
_LAST_YEAR: Final = 2199
_CENTURY: Final = 2000
_MOST: Final = 20_000  # characters that are looked at: no line that states a date is longer


@dataclass(frozen=True, slots=True)
class Stated:
    """A date where it stands in a text; ``day`` is ``None`` for one that may mean two days, or none."""

    start: int
    end: int
    day: Published | None


def find_date(text: str, months: Mapping[str, int], day_first: bool = False) -> Published | None:
    """Return the first date that ``text`` states, or ``None``.

    Only the beginning of a very long text is looked at.
    ``months`` maps lower-case names to numbers. ``03/04/2025`` is a day of March or of April and so no date, but where
    the language is one that writes the ``day_first``; ``13/04/2025`` is one. Between dots the day comes first, as
    wherever dates are written so.
    """
    found = find_dates(text, months, day_first)
    return found[0].day if found else None


def find_dates(text: str, months: Mapping[str, int], day_first: bool = False) -> list[Stated]:
    """Return all dates that the beginning of ``text`` states, in their order; :func:`find_date` says which are read."""
    text = text[:_MOST]
    if not _MAY_DATE.search(text):
        return []
    found = sorted(_found(text, months, day_first), key=lambda one: (one.start, -one.end))
    kept: list[Stated] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def folded(text: str) -> str:
    """Return ``text`` without accents and without case, Turkish dots among them: ``MAYIS``, ``Mayıs`` are the same."""
    plain = text.replace("İ", "i").casefold().replace("ı", "i")
    if plain.isascii():
        return plain
    apart = "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", apart)


def is_numeric_day(text: str) -> bool:
    """Tell whether ``text`` is a date in numbers alone, with a time or not, even one that may mean two days."""
    return _NUMERIC_DAY.fullmatch(text.strip()) is not None


def read_stamp(text: str) -> Published | None:
    """Return the date at the beginning of a machine's time stamp (ISO 8601), as it is written there."""
    match = re.match(r"\s*(\d{4})-?(\d{2})(?:-?(\d{2}))?(?=$|[T\s+Z])", text)
    return _made(int(match[1]), int(match[2]), int(match[3]) if match[3] else None) if match else None


def read_mail_date(text: str) -> Published | None:
    """Return the day that a date of a message or feed (RFC 5322) states, in the zone it was written in."""
    try:
        found = load("email.utils").parsedate(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return _made(found[0], found[1], found[2]) if found and found[1] and found[2] else None


def _found(text: str, months: Mapping[str, int], day_first: bool) -> Iterator[Stated]:
    """Yield the dates of each form; they may overlap."""
    for pattern in _NUMERIC:
        for match in pattern.finditer(text):
            year = int(match["y"]) + _ERAS.get(match.groupdict().get("era") or "", 0)
            if made := _made(year, int(match["m"]), int(match["d"]) if match["d"] else None):
                yield Stated(match.start(), match.end(), made)
    for match in _SLASHED.finditer(text):
        yield Stated(match.start(), match.end(), _slashed(int(match["a"]), int(match["b"]), int(match["y"]), day_first))
    for match in _SHORT.finditer(text) if day_first else ():
        if made := _made(_CENTURY + int(match["y"]), int(match["m"]), int(match["d"])):
            yield Stated(match.start(), match.end(), made)
    dated = [*_named(text, _NAMED, months)]
    yield from dated
    for one in _named(text, _MONTH_ONLY, months):
        if not any(other.start < one.end and one.start < other.end for other in dated):
            yield one


def _named(text: str, patterns: Sequence[re.Pattern[str]], months: Mapping[str, int]) -> Iterator[Stated]:
    for pattern in patterns:
        at = 0
        while match := pattern.search(text, at):
            month = _month(match["m"], months)
            # What looks like the name of a month may hide one that begins inside it.
            at = match.end() if month else match.start() + max(1, match["m"].find(" ") + 1)
            if month:
                day = match.groupdict().get("d")
                yield Stated(match.start(), match.end(), _made(int(match["y"]), month, int(day) if day else None))


def _month(name: str, months: Mapping[str, int]) -> int | None:
    """Return the number of a month by its name, whatever its case and accents, and behind the Hebrew "in"."""
    plain = " ".join(name.lower().split())
    return months.get(plain) or months.get(folded(name)) or months.get(plain.removeprefix("ב"))


def _slashed(first: int, second: int, year: int, day_first: bool) -> Published | None:
    if first > 12 >= second or first == second or (day_first and second <= 12):
        return _made(year, second, first)
    return _made(year, first, second) if second > 12 >= first else None


def _made(year: int, month: int, day: int | None) -> Published | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return Published(date(year, month, day or 1), Precision.DAY if day else Precision.MONTH)
    except (ValueError, OverflowError):
        return None
