"""Which site a saved page is of: as it states, or as its notice of rights, its window's title or its address say."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from app.cleaning.furniture import Page
from app.cleaning.metadata import copyright_name
from app.cleaning.phrases import Lexicon
from app.cleaning.statements import Statements, site_behind

_NOTICE: Final = 20  # words


def outlet_of(said: Statements, title: str | None, page: Page) -> str | None:
    """Return the outlet of a page with this headline."""
    stated = next(iter(said.outlets), None)
    told = stated or _in_notice(page) or _in_title(said.title, title or "", page.lexicon)
    return told or host(said.address) or None


def host(address: str | None) -> str:
    """Return the name of the site in an address."""
    try:
        name = (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return "" if "%" in name else name


def _in_notice(page: Page) -> str | None:
    """Return who has the rights in a page, as a line below it says."""
    features = (verdict.feature for verdict in page.verdicts)
    notices = (one.line.text for one in features if one.furniture == "footer" and one.count < _NOTICE)
    return next((name for text in notices if (name := copyright_name(text))), None)


def _in_title(title: str, headline: str, known: Lexicon) -> str | None:
    """Return the site that the title of the page's window names behind the headline, unless that is a section."""
    name = site_behind(title, headline)
    return None if name is None or name.lower() in known.sections else name
