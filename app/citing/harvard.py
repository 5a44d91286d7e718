"""Harvard, in the form of Cite Them Right (Pears and Shields, 12th edition, 2022): newspaper articles and web pages.

An article without a byline stands under its newspaper; dates that are missing are said to be, ``no date``.
"""

from __future__ import annotations

from typing import Final

from app.citing.dates import is_about, month_and_day, written_access, year
from app.citing.marks import curled
from app.citing.people import initials, listed, located
from app.citing.source import Source
from app.citing.words import Line, address, emphasis, ended, line, sentence

_UNDATED: Final = "no date"
_MOST: Final = 3  # authors that are all named


def entry(source: Source) -> Line:
    """Return the entry of the list of references."""
    title = curled(source.title)
    newspaper = line(emphasis(source.host)) if source.host else ()
    who = _named(source, tuple(initials(name) for name in source.people))
    day = month_and_day(source.published) if source.published else ""
    titled = line(f"‘{title}’" if newspaper else emphasis(title))
    behind = newspaper if source.people else ()
    head = line(*who, f" ({_year(source)}) ", *titled) if who else line(*titled, f" ({_year(source)})")
    return sentence((ended(sentence((head, behind, line(day)), ", ")), _address(source)), " ")


def mention(source: Source) -> Line:
    """Return what stands behind a quotation: ``Marsh and Doe, 2024, para. 4``."""
    who = _named(source, tuple(name.family for name in source.people)) or line(emphasis(curled(source.title)))
    return sentence((who, line(_year(source)), line(located(source))), ", ")


def _named(source: Source, names: tuple[str, ...]) -> Line:
    """Return the authors; where there are none, the newspaper."""
    if len(names) > _MOST:
        return line(f"{names[0]} ", emphasis("et al."))
    if names:
        return line(listed(names, "and", comma=False))
    return line(emphasis(source.host)) if source.host else ()


def _year(source: Source) -> str:
    if source.published is None:
        return _UNDATED
    return f"{'c.' if is_about(source.published) else ''}{year(source.published)}"


def _address(source: Source) -> Line:
    accessed = f"Accessed: {written_access(source.accessed)}" if source.accessed else ""
    if not source.address:
        return line(f"({accessed}).") if accessed else ()
    return line("Available at: ", address(source.address), f" ({accessed})." if accessed else ".")
