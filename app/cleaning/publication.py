"""When an article was published: as its page states it for machines, as it shows it, or as its address has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Final

from lxml import etree

from app.cleaning.bars import line_of
from app.cleaning.date_lines import any_day, is_date_line, published_day, tells_change
from app.cleaning.dates import read_stamp
from app.cleaning.features import Feature
from app.cleaning.furniture import Verdict
from app.cleaning.phrases import Lexicon
from app.cleaning.signatures import read_signature
from app.cleaning.statements import Statements
from app.model import Origin, Precision, Published
from app.text.html_reader import Part

_HEAD: Final = 12
_BEHIND: Final = 4
_SHORT: Final = 6  # words
_LINE: Final = 12  # words
_MARKED_LINE: Final = 25  # words
_DATED: Final = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|published|posted|pubdate|timestamp|entry-meta|post-meta|article-meta|byline)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OUTSIDE: Final = frozenset(("nav", "aside", "footer", "form"))
_IN_ADDRESS: Final = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?P<by>[/-])(?P<m>0?[1-9]|1[0-2])(?:(?P=by)(?P<d>0?[1-9]|[12]\d|3[01]))(?=[/_.+-]|$)"
)
_DAY: Final = timedelta(days=1)

_Read = Callable[[str, Lexicon], Published | None]


def find_published(
    parts: Sequence[Part],
    verdicts: Sequence[Verdict],
    settled: set[int],
    span: tuple[int, int],
    said: Statements,
    known: Lexicon,
) -> tuple[Published | None, Origin]:
    """Return the day of the article from the first to the last block of ``span``, and whether the page states it.

    ``settled`` are the blocks of the title. A day after that of saving is none, nor is one that is shown and is the day
    of saving: pages show what day it is. Where a page states only when it was changed, that day is derived.
    """
    latest = _latest(said)
    in_address = _addressed(said.address)
    if said.published and said.published.day <= latest:
        return _local(said.published, in_address), Origin.STATED
    shown, changed = (
        (day for day in _shown(parts, verdicts, settled, span, known, read) if day.day.isoformat() != said.saved)
        for read in (published_day, any_day)
    )
    stated = ((day, Origin.STATED) for day in chain(shown, (said.written,)))
    derived = ((day, Origin.DERIVED) for day in chain((in_address, said.changed), changed, (said.page_made,)))
    found = ((day, origin) for day, origin in chain(stated, derived) if day and day.day <= latest)
    return next(found, (None, Origin.DERIVED))


def _latest(said: Statements) -> date:
    """Return the last day on which the page can have been published; it may be tomorrow elsewhere on earth."""
    return (date.fromisoformat(said.saved) if said.saved else datetime.now(UTC).date()) + _DAY


def _addressed(address: str | None) -> Published | None:
    match = _IN_ADDRESS.search(address or "")
    return read_stamp(f"{match['y']}-{match['m']:0>2}-{match['d']:0>2}") if match else None


def _local(stated: Published, in_address: Published | None) -> Published:
    """Return the day in the address where the stated one, often in universal time, is the day beside it."""
    if in_address and stated.precision is Precision.DAY and abs(stated.day - in_address.day) == _DAY:
        return in_address
    return stated


def _shown(
    parts: Sequence[Part],
    verdicts: Sequence[Verdict],
    settled: set[int],
    span: tuple[int, int],
    known: Lexicon,
    read: _Read,
) -> Iterator[Published]:
    """Yield the days that lines of their own near the beginning show, then longer lines there, then lines below."""
    title, last = min(settled, default=span[0]), span[1]
    near = [*range(title, title + _HEAD), *range(span[0] - _HEAD, span[0] + _BEHIND), *range(title - _BEHIND, title)]
    held = [number for number in near if 0 <= number <= min(last, len(parts) - 1) and number not in settled]
    lines = {number: line_of(parts[number]) for number in held}
    skipped = {number for number in held if read is published_day and _is_told_changed(verdicts, number)}
    for number in held:
        part = verdicts[number].feature
        own = not _is_chapter(parts[number]) and is_date_line(lines[number], known, named=True)
        if part.count <= _LINE and (part.detail == "date_line" or own) and number not in skipped:
            yield from _days(read(lines[number], known))
    for number in held:
        part, kind = verdicts[number].feature, parts[number].piece.kind
        under = title < number <= title + _SHORT and kind != "heading" and _is_about(part, known)
        if part.count <= _MARKED_LINE and (under or _is_marked(parts[number].place)) and number not in skipped:
            yield from _full_days(read(part.line.text, known))
    for number in range(last + 1, min(last + _HEAD, len(parts))):
        part = verdicts[number].feature
        if part.count <= _LINE and (part.detail == "date_line" or _is_marked(parts[number].place)):
            yield from _full_days(read(part.line.text, known))
    for number in range(1, len(parts)):
        before, part = verdicts[number - 1].feature, verdicts[number].feature
        labelled = before.detail == "date_line" and before.count <= 2 and part.count <= _BEHIND
        if labelled and parts[number].region not in _OUTSIDE:
            changed = read is published_day and _is_told_changed(verdicts, number)
            yield from () if changed else _days(read(part.line.text, known))


def _is_told_changed(verdicts: Sequence[Verdict], number: int) -> bool:
    return number > 0 and tells_change(verdicts[number - 1].feature.line.text)


def _is_about(part: Feature, known: Lexicon) -> bool:
    """Tell whether a line below the title says who wrote the article, or sets a date apart from what else it says."""
    text = part.line.text
    return read_signature(text, part.words, known) is not None or is_date_line(text, known, _MARKED_LINE, named=True)


def _days(found: Published | None) -> Iterator[Published]:
    if found:
        yield found


def _full_days(found: Published | None) -> Iterator[Published]:
    yield from (day for day in _days(found) if day.precision is Precision.DAY)


def _is_chapter(part: Part) -> bool:
    """Tell whether a block is a heading inside an article, which may well be a day that it tells of."""
    return part.piece.kind == "heading" and part.piece.attributes.get("level") in (2, 3)


def _is_marked(place: etree._Element | None) -> bool:
    for _ in range(2):
        if place is None:
            return False
        if _DATED.search(place.get("class", "")):
            return True
        place = place.getparent()
    return False
