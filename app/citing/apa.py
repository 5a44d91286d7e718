"""APA 7: Publication Manual of the American Psychological Association, seventh edition (2020).

Reference list entries: sections 9.7 to 9.12 (names), 9.13 to 9.17 (dates), 9.34 to 9.37 (addresses, days of access);
examples 16 (newspaper article) and 110 to 114 (web pages). Mentions in a text: sections 8.10 to 8.17 and 8.23 to 8.28.
"""

from __future__ import annotations

from typing import Final

from app.citing.dates import UNDATED, american_access, is_about, month_and_day, year
from app.citing.marks import curled, inner_quotes, stopped, with_comma
from app.citing.people import initials, listed, located, short_title
from app.citing.source import Source
from app.citing.words import Line, address, emphasis, ended, line, sentence

_MOST: Final = 20  # authors that are all named (9.8)


def reference(source: Source) -> Line:
    """Return the entry of the reference list. The day of access is named where no date is: a page that may change."""
    title = stopped(curled(source.title))
    titled = line(title if source.host else emphasis(title))
    published = line(f"({_date(source)}).")
    authors = line(stopped(_authors(source), inside=False))
    head = (authors, published, titled) if authors else (titled, published)
    outlet = ended(line(emphasis(source.host))) if source.host else ()
    return sentence((*head, outlet, _address(source)), " ")


def mention(source: Source) -> Line:
    """Return what stands behind a quotation: ``Marsh & Doe, 2024, para. 4``."""
    published = year(source.published) if source.published else UNDATED
    when = f"ca. {published}" if is_about(source.published) else published
    names = [name.family for name in source.people]
    who = f"{names[0]} et al." if len(names) > 2 else listed(names, "&")
    tail = sentence((line(when), line(located(source))), ", ")
    if who:
        return line(f"{who}, ", *tail)
    return line(f"“{with_comma(inner_quotes(short_title(source)))}” ", *tail)


def _authors(source: Source) -> str:
    names = [initials(name) for name in source.people]
    if len(names) > _MOST:
        return f"{', '.join(names[: _MOST - 1])}, . . . {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


def _date(source: Source) -> str:
    published = source.published
    if published is None:
        return UNDATED
    about = "ca. " if is_about(published) else ""
    return about + ", ".join(filter(None, (year(published), month_and_day(published, american=True))))


def _address(source: Source) -> Line:
    if not source.address:
        return ()
    if source.published is None and source.accessed:
        return line(f"Retrieved {american_access(source.accessed)}, from ", address(source.address))
    return line(address(source.address))
