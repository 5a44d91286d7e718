"""Chicago, notes and bibliography: The Chicago Manual of Style, 17th edition (2017), as a footnote.

Newspapers: sections 14.191 to 14.200; websites: 14.205 to 14.207; days of access: 14.12; titles that end in a question
mark keep their comma: 6.125; dates that are not certain or not known: 14.145.
"""

from __future__ import annotations

from typing import Final

from app.citing.dates import UNDATED, american_access, is_about, month_and_day, year
from app.citing.marks import inner_quotes, with_comma
from app.citing.people import listed, located
from app.citing.source import Source
from app.citing.words import Line, address, emphasis, ended, line, sentence
from app.model import Precision

_MOST: Final = 3  # authors that are all named in a note (14.76)


def note(source: Source) -> Line:
    """Return the footnote. The day of access is named where no day of publication is."""
    names = [name.spoken for name in source.people]
    who = f"{names[0]} et al." if len(names) > _MOST else listed(names, "and")
    accessed = f"accessed {american_access(source.accessed)}" if source.accessed and not source.published else ""
    rest = (
        line(emphasis(source.host)) if source.host else (),
        line(_date(source)),
        line(accessed),
        line(located(source)),
        line(address(source.address)) if source.address else (),
    )
    begin = f"{who}, “" if who else "“"
    return ended(line(f"{begin}{with_comma(inner_quotes(source.title))}” ", *sentence(rest, ", ")))


def _date(source: Source) -> str:
    published = source.published
    if published is None:
        return UNDATED
    about = "ca. " if is_about(published) else ""
    between = " " if published.precision is Precision.MONTH else ", "
    return about + between.join(filter(None, (month_and_day(published, american=True), year(published))))
