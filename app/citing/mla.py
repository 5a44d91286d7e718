"""MLA 9: MLA Handbook, ninth edition (2021).

Works cited: sections 5.3 to 5.12 (authors), 5.23 to 5.30 (titles), 5.68 to 5.82 (dates: left out where there is none),
5.93 to 5.98 (addresses), 5.111 (days of access). Mentions in a text: sections 6.3 to 6.20.
"""

from __future__ import annotations

from app.citing.dates import is_about, month_and_day, short_access, year
from app.citing.marks import inner_quotes, stopped, with_comma
from app.citing.people import listed, located, short_title
from app.citing.source import Source
from app.citing.words import Line, address, emphasis, ended, line, sentence


def entry(source: Source) -> Line:
    """Return the entry of the list of works cited."""
    container = (
        line(emphasis(source.host)) if source.host else (),
        line(_date(source, first=not source.host)),
        line(address(source.address)) if source.address else (),
    )
    held = sentence(container, ", ")
    return sentence(
        (
            line(stopped(_authors(source), inside=False)),
            line(f"“{stopped(inner_quotes(source.title))}”"),
            ended(held),
            line(f"Accessed {stopped(short_access(source.accessed))}") if source.accessed else (),
        ),
        " ",
    )


def mention(source: Source) -> Line:
    """Return what stands behind a quotation: ``Marsh and Doe 4`` for a page, ``Marsh and Doe, par. 4`` otherwise."""
    names = [name.family for name in source.people]
    who = f"{names[0]} et al." if len(names) > 2 else listed(names, "and")
    where = source.page or located(source, "par.", "pars.")
    if not who:
        title = inner_quotes(short_title(source))
        where = source.page or where
        return line(f"“{with_comma(title) if where and not source.page else title}”", f" {where}" if where else "")
    return line(who, (" " if source.page else ", ") + where if where else "")


def _authors(source: Source) -> str:
    names = [name.spoken for name in source.people]
    if not names:
        return ""
    names[0] = source.people[0].turned
    if len(names) > 2:
        return f"{names[0]}, et al."
    return ", and ".join(names)


def _date(source: Source, *, first: bool) -> str:
    """Return the date, with a capital where it is the first thing behind a full stop."""
    published = source.published
    if published is None:
        return ""
    about = ("Circa " if first else "circa ") if is_about(published) else ""
    return about + " ".join(filter(None, (month_and_day(published, short=True), year(published))))
