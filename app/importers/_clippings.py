"""What a Kindle writes of a clipping in the language it is set to: its kind, its place, its time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, Literal

from app.cleaning.dates import find_date
from app.cleaning.phrases import lexicon
from app.importers import _moments

Kind = Literal["highlight", "note", "bookmark"]

# Words of the second line that say what a clipping is: highlight, note, bookmark.
_WORDS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "en": (r"\bhighlight|\bclip(?:ping)?\b", r"\bnote\b", r"\bbookmark"),
        "de": (r"\bmarkierung", r"\bnotiz", r"\blesezeichen"),
        "fr": (r"\bsurlignement|\bsurlign", r"\bvotre note|\bnote sur", r"\bsignet"),
        "es": (r"\bsubrayado|\bresaltado", r"\bnota\b", r"\bmarcador"),
        "it": (r"\bevidenziazion", r"\bnota\b", r"\bsegnalibro"),
        "pt": (r"\bdestaque", r"\bnota\b", r"\bmarcador"),
        "nl": (r"\bmarkering|\bhighlight", r"\bnotitie", r"\bbladwijzer"),
        "pl": (r"\bpodkreśleni|\bzaznaczeni", r"\bnotatk", r"\bzakładk"),
        "ru": (r"\bвыделен", r"\bзаметк", r"\bзакладк"),
        "sv": (r"\bmarkering|\böverstrykning", r"\banteckning", r"\bbokmärke"),
        "da": (r"\bfremhævning|\bmarkering", r"\bnote\b", r"\bbogmærke"),
        "no": (r"\buthev|\bmarkering", r"\bnotat|\bmerknad", r"\bbokmerke"),
        "fi": (r"\bkorostu", r"\bmuistiinpano", r"\bkirjanmerk"),
        "cs": (r"\bzvýraznění", r"\bpoznámk", r"\bzáložk"),
        "hu": (r"\bkiemelés", r"\bjegyzet", r"\bkönyvjelző"),
        "tr": (r"\bvurgu", r"\bnot(?:unuz)?\b", r"\byer im"),
        "ja": ("ハイライト", "メモ", "ブックマーク"),
        "zh": ("标注|標註|标註", "笔记|筆記", "书签|書籤"),
        "ko": ("하이라이트", "메모", "북마크|책갈피"),
    }
)
_KINDS: Final[tuple[Kind, ...]] = ("highlight", "note", "bookmark")
# Words that belong to one language only when they stand beside these: Spanish and Portuguese share some.
_DATED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "es": "añadido",
        "pt": "adicionado",
        "it": "aggiunto",
        "en": "added",
        "nl": "toegevoegd",
        "fr": "ajout",
        "sv": "tillag",
        "da": "tilføjet",
        "no": "lagt til",
        "cs": "přidán",
    }
)
_RANGE: Final = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")
_CLOCK: Final = re.compile(
    r"(?P<before>上午|下午|午前|午後|오전|오후)?\s*(?P<hour>\d{1,2})\s*[:時时]\s*(?P<minute>\d{2})(?:\s*[:分]\s*(?P<second>\d{2}))?"
    r"\s*(?P<after>[AaPp]\.?\s?[Mm]\b)?"
)
_DOTTED: Final = re.compile(
    r"(?P<before>)(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?:\.(?P<second>\d{2}))?(?![\d.])(?P<after>)"
)
_AFTERNOON: Final = frozenset(("下午", "午後", "오후"))
_MORNING: Final = frozenset(("上午", "午前", "오전"))


@dataclass(frozen=True, slots=True)
class Told:
    """What the second line of a clipping says. ``start`` and ``end`` are its location or, without one, its page."""

    kind: Kind
    place: str = ""
    start: int = -1
    end: int = -1
    created: int = 0


def told(line: str) -> Told | None:
    """Read the second line of a clipping; ``None`` when it is none. A time of day without a zone is taken as UTC."""
    parts = [part.strip(" -\t") for part in line.split("|")]
    if not line.lstrip().startswith("-") or not any(letter.isdigit() for letter in line):
        return None
    kind, language = _kind(line)
    dated = _moment(parts[-1], language) if len(parts) > 1 else 0
    places = parts[:-1] if dated else parts
    ranges = [match for part in places for match in [_last(part)] if match]
    found = ranges[-1] if ranges else None
    start = int(found[1][:9]) if found else -1
    end = max(start, _end(found[1], found[2])) if found and found[2] else start
    place = ", ".join(match[0].replace(" ", "") for match in ranges)
    return Told(kind, place, start, end, dated)


def kind_of(words: str) -> Kind | None:
    """Return the kind of clipping that words name in one of the languages, ``None`` when they name none."""
    return next((kind for kind, _language in _named(words)), None)


def _kind(line: str) -> tuple[Kind, str]:
    """Return the kind of a clipping and the language in which it is said; what nobody knows is a highlight."""
    found = _named(line)
    if not found:
        return "highlight", "en"
    text = line.casefold()
    return next((one for one in found if _DATED.get(one[1], "\0") in text), found[0])


def _named(line: str) -> list[tuple[Kind, str]]:
    text = line.casefold()
    return [
        (kind, language)
        for language, words in _WORDS.items()
        for kind, pattern in zip(_KINDS, words, strict=True)
        if re.search(pattern, text)
    ]


def _last(part: str) -> re.Match[str] | None:
    return next(iter(list(_RANGE.finditer(part))[-1:]), None)


def _end(start: str, end: str) -> int:
    """Return the end of a range; older devices leave out the digits that it shares with the start."""
    return int((start[: len(start) - len(end)] + end if len(end) < len(start) else end)[:9])


def _moment(text: str, language: str) -> int:
    day = find_date(text, {**lexicon(None).months, **lexicon(language).months})
    if day is None:
        return 0
    clock = _CLOCK.search(text) or _DOTTED.search(text)
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second")) if clock else (0, 0, 0)
    half = (clock["before"] or clock["after"] or "").lower() if clock else ""
    if half in _AFTERNOON or half.startswith("p"):
        hour = hour % 12 + 12
    elif half in _MORNING or half.startswith("a"):
        hour %= 12
    try:
        return _moments.of(datetime(day.day.year, day.day.month, day.day.day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return 0
