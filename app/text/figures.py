"""The figures of a text, each with its value: ``12,500``, ``3½``, ``3.4 million``, ``45 per cent``, ``$2bn``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from app.text.ranges import Span

PER_CENT: Final = "%"
POINTS: Final = "points"

_SPACE: Final = "[ \u00a0\u2009\u202f]"
_TIMES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "hundred": 2, "thousand": 3, "k": 3, "tausend": 3, "mille": 3, "mil": 3, "lakh": 5,
        "million": 6, "millions": 6, "millionen": 6, "mio": 6, "mn": 6, "m": 6, "millón": 6, "millones": 6, "crore": 7,
        "billion": 9, "billions": 9, "bn": 9, "b": 9, "milliarde": 9, "milliarden": 9, "mrd": 9, "milliard": 9,
        "milliards": 9, "trillion": 12, "trillions": 12, "tn": 12, "trn": 12,
    }
)  # fmt: skip
_UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "%": PER_CENT, "per cent": PER_CENT, "percent": PER_CENT, "pct": PER_CENT, "prozent": PER_CENT,
        "pour cent": PER_CENT, "por ciento": PER_CENT, "procent": PER_CENT,
        "percentage point": POINTS, "percentage points": POINTS, "prozentpunkte": POINTS,
        "$": "$", "us$": "$", "usd": "$", "dollar": "$", "dollars": "$", "€": "€", "eur": "€", "euro": "€",
        "euros": "€", "£": "£", "gbp": "£", "pound": "£", "pounds": "£", "¥": "¥", "yen": "¥", "₴": "₴",
        "hryvnia": "₴", "₽": "₽", "rouble": "₽", "roubles": "₽", "rubles": "₽", "₹": "₹", "rupees": "₹",
    }
)  # fmt: skip
_ONES: Final = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: Final[Mapping[str, int]] = MappingProxyType(
    {word: value for value, word in enumerate(_ONES, 2)}
    | {word: 10 * value for value, word in enumerate(_TENS, 2)}
    | {f"{tens}-{one}": 10 * ten + value
       for ten, tens in enumerate(_TENS, 2) for value, one in enumerate(["one", *_ONES[:8]], 1)}
)  # fmt: skip


def _either(names: Iterable[str]) -> str:
    """Return a pattern for one of some names, the longest first, with any space between their words."""
    return "|".join(
        re.escape(name).replace("\\ ", _SPACE) for name in sorted(names, key=lambda name: (-len(name), name))
    )


_MONTH: Final = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b\.?"
)
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
# No figures: days, years, times of day, feet with inches, and numbers of pages and the like.
_OTHER: Final = re.compile(
    rf"\d{{4}}-\d\d(?:-\d\d)?\b|\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d)\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.)?{_SPACE}(?:of{_SPACE})?{_MONTH}(?:,?{_SPACE}{_YEAR})?"
    rf"|\b{_MONTH}{_SPACE}\d{{1,2}}(?:st|nd|rd|th)?\b(?!{_SPACE}(?:%|per{_SPACE}cent))(?:,?{_SPACE}{_YEAR})?"
    rf"|\b{_MONTH}{_SPACE}{_YEAR}\b"
    rf"|\b\d{{1,2}}[:.]\d\d{_SPACE}?(?:a\.?m\b\.?|p\.?m\b\.?|uhr\b)|\b\d{{1,2}}:\d\d(?::\d\d)?\b"
    rf"|\b\d{{1,2}}['’′](?:{_SPACE}?\d{{1,2}}[½¼¾]?(?:[\"”″]|''|’’)|\d{{1,2}}(?!\d)[½¼¾]?)"
    rf"|\b\d{{1,2}}{_SPACE}?(?:a\.?m\b\.?|p\.?m\b\.?|o[’']clock)"
    rf"|\b{_YEAR}[–—-](?:{_YEAR}|\d\d)\b|\b{_YEAR}(?:s\b|(?![\d,.]\d|\w))(?!{_SPACE}?(?:%|per{_SPACE}cent|percent))"
    rf"|\[\d{{1,3}}\]|[§№#]{_SPACE}?\d+"
    rf"|\b(?:pages?|pp?\.|chapter|section|article|paragraph|para|table|figure|fig\.|note|footnote|no\.|nr\.|line|vol\."
    rf"|volume|part|day|week|round|phase|route|highway|room|version){_SPACE}\d+(?:[–-]\d+)?\b"
    r"|\bhttps?://\S+|\bwww\.\S+|\b\d+(?:\.\d{1,2}(?!\d)){2,}|\b\d+(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_CURRENCY: Final = rf"(?:(?P<sign>US\$|[$€£¥₴₽₹]|\b(?:USD|EUR|GBP)){_SPACE}?)?"
_POINT: Final = "\u066b"  # beside digits of Arabic
_LONGEST: Final = 28  # a longer row of digits is a key or a code
_DIGITS: Final = (
    rf"(?P<number>\d{{1,3}}(?:(?P<gap>[,.'’\u066c]|{_SPACE})\d{{3}}(?!\d))(?:(?P=gap)\d{{3}}(?!\d))*"
    rf"(?:[.,{_POINT}]\d+)?|\d+(?:[.,{_POINT}]\d+)?)"
)
VULGAR: Final = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
"""Signs for a half and other parts, which belong to the number before them."""

_PLACES: Final = Decimal("0.0001")  # of a third, which no decimals end
HALVES: Final[Mapping[str, Decimal]] = MappingProxyType({"half": Decimal("0.5"), "quarter": Decimal("0.25")})
_AND_A: Final = rf"(?:{_SPACE}and{_SPACE}a{_SPACE}(?P<half>{'|'.join(HALVES)})\b)?"
_SLASHED: Final = r"(?:1[/⁄][2-9]|2[/⁄][35]|3[/⁄][458]|4[/⁄]5|5[/⁄][68]|7[/⁄]8)(?![\d/⁄])"
_PART: Final = rf"(?:{_SPACE}?(?P<sign_part>[{VULGAR}])|(?:{_SPACE}|-)(?P<part>{_SLASHED}))?"
_WORD: Final = rf"(?P<word>{_either(WORDS)})"
_FRACTION: Final = rf"(?:{_SPACE}|-)(?:thirds|quarters|fourths|fifths|sixths|eighths|tenths)\b"
_SCALE: Final = (
    rf"(?:(?:{_SPACE}|-)?(?P<scale>{_either(name for name in _TIMES if name[1:])})\b\.?|(?P<letter>[kmb])\b)?"
)
_UNIT: Final = rf"(?:(?:{_SPACE}|-)?(?P<unit>[%€]|(?:{_either(name for name in _UNITS if name[0].isalpha())})\b))?"
_FIGURE: Final = re.compile(
    rf"(?<![\w.,/{_POINT}])(?<![^\W\d]-){_CURRENCY}"
    rf"(?:{_DIGITS}{_PART}|(?P<alone>[{VULGAR}])|\b{_WORD}\b(?!{_FRACTION})){_AND_A}{_SCALE}{_UNIT}",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(rf"{_SPACE}?(?:[–—-]|to\b|and\b|or\b){_SPACE}?")
_THOUSAND: Final = 1000
_LIST_NUMBER: Final = re.compile(r"[.)]\s")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what belongs to it, ``text[start:end]``.

    ``values`` are what it can mean, more than one where a point may part thousands or decimals. ``unit`` is ``%``,
    ``points`` (of per cent), the sign of a currency, or ``""``.
    """

    start: int
    end: int
    values: frozenset[Decimal]
    unit: str = ""

    def agrees(self, other: Figure) -> bool:
        """Tell whether another figure says the same: the same value, and no unit that contradicts."""
        if not self.values & other.values:
            return False
        if self.unit == other.unit:
            return True
        shares = {PER_CENT, POINTS}
        return not (self.unit in shares or other.unit in shares) and "" in {self.unit, other.unit}


def figures(text: str) -> list[Figure]:
    """Return the figures of a text in order: numbers in digits, and in words from two to ninety-nine.

    Days, years, times of day, numbers of pages and lists, ordinals and addresses are none, nor is what is a part of a
    name (``F-16``). In ``20–30%`` both numbers have the unit, and in ``$3–4 billion`` the first may mean billions too.
    """
    others = [found.span() for found in _OTHER.finditer(text)]
    each = list(_each(text, others))
    found = [one for one, _ in each]
    for place in range(len(found) - 2, -1, -1):
        (one, factor), following, larger = each[place], found[place + 1], each[place + 1][1]
        if _RANGE.fullmatch(text[one.end : following.start]):
            small = (value for value in one.values if factor == 1 and value < _THOUSAND)
            scaled = {(value * larger).normalize() for value in small}
            found[place] = Figure(one.start, one.end, one.values | scaled, one.unit or following.unit)
    return found


def _each(text: str, others: list[Span]) -> Iterator[tuple[Figure, Decimal]]:
    """Yield the figures one by one, each with what a word such as ``million`` makes of its number."""
    number = 0
    for found in _FIGURE.finditer(text):
        start, end = found.span()
        while number < len(others) and others[number][1] <= start:
            number += 1
        is_other = number < len(others) and others[number][0] < _number_end(found)
        if is_other or _is_part(text, found):
            continue
        values = _values(found)
        unit = _UNITS.get(" ".join((found["unit"] or found["sign"] or "").lower().split()), "")
        yield Figure(start, end, values, unit), _factor(found)


def _number_end(found: re.Match[str]) -> int:
    return max(found.end("number"), found.end("alone"), found.end("word"))


def _is_part(text: str, found: re.Match[str]) -> bool:
    """Return whether a number is a part of a word or a name, is a name itself, or numbers a line."""
    start, end = found.span()
    if len(found["number"] or "") > _LONGEST:
        return True
    after = text[end : end + 1]
    if after.isalpha() or after == "_" or (found["number"] and re.match(r"[.,/]\d|-\d{3}", text[end:])):
        return True
    is_first = start == 0 or text[start - 1] == "\n"
    plain = found["number"] and not (found["scale"] or found["letter"] or found["unit"] or found["sign"])
    return bool(plain and is_first and _LIST_NUMBER.match(text, end))


def _values(found: re.Match[str]) -> frozenset[Decimal]:
    factor = _factor(found)
    half = HALVES.get((found["half"] or "").lower(), Decimal(0))
    if found["word"]:
        return frozenset({((WORDS[found["word"].lower()] + half) * factor).normalize()})
    part = half + fraction(found["sign_part"] or found["part"] or found["alone"] or "")
    written = (found["number"] or "0").replace(_POINT, ".")
    return frozenset(((value + part) * factor).normalize() for value in _numbers(written, found["gap"]))


def _factor(found: re.Match[str]) -> Decimal:
    return Decimal(10) ** _TIMES.get((found["scale"] or found["letter"] or "").lower(), 0)


def fraction(sign: str) -> Decimal:
    """Return what a sign such as ``½``, or ``1/2``, is worth, to four places; 0 for ``""``."""
    above, _, below = unicodedata.normalize("NFKC", sign).replace("/", "⁄").partition("⁄")
    return (Decimal(above) / Decimal(below)).quantize(_PLACES).normalize() if below else Decimal(0)


def _numbers(written: str, gap: str | None) -> Iterator[Decimal]:
    """Yield what digits can mean: a single point or comma before three of them parts thousands, or decimals."""
    if gap is None:
        yield Decimal(written.replace(",", "."))
        return
    whole = written.replace(gap, "") if gap not in ".," else written
    if gap in ".,":
        other = "," if gap == "." else "."
        whole = written.replace(gap, "").replace(other, ".")
        if gap == "." and written.count(".") == 1 and "," not in written:
            yield Decimal(written)
    yield Decimal(whole.replace(",", "."))
