"""What a scraped text is known to be once its lines are read: title, author, outlet, section, day, with origins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from app.cleaning.features import logo_name
from app.cleaning.furniture import Page, Role, Verdict
from app.cleaning.metadata import copyright_name, dateline_day, dateline_outlet, derived_title, promoted_outlet
from app.model import Metadata, Origin, Published

WORDS: Final = re.compile(r"[^\W\d_]{2}")

_DATELINES: Final = 3  # paragraphs of which one may begin with a dateline


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands above an article about it. ``is_dated`` tells that its day is one of publication.

    ``outlet`` is named beside the day, ``masthead`` above all.
    """

    title: str | None
    byline: str | None
    sections: tuple[str, ...]
    published: Published | None
    is_dated: bool
    outlet: str | None
    masthead: str | None


def in_body(verdict: Verdict) -> bool:
    """Tell whether a line is one of the article's own."""
    return verdict.role in (Role.BODY, Role.HEADING)


def metadata_of(imprint: Imprint, verdicts: Sequence[Verdict], page: Page) -> Metadata:
    """Put together what is known, with its origins."""
    body = [verdict.feature.line.text for verdict in verdicts if in_body(verdict)]
    outlet = _outlet(verdicts, body, page) or imprint.outlet or imprint.masthead
    telling = next((text for text in body if WORDS.search(text) and "\t" not in text), body[0] if body else "")
    title = imprint.title or (derived_title(telling.replace("\t", " "), page.lexicon) if body else None)
    datelines = (dateline_day(text, page.lexicon) for text in body[:_DATELINES])
    origins = {
        "title": Origin.STATED if imprint.title else Origin.DERIVED,
        "byline": Origin.STATED,
        "section": Origin.STATED,
        "published": Origin.STATED if imprint.is_dated or not imprint.published else Origin.DERIVED,
        "outlet": Origin.DERIVED,
        "language": Origin.DERIVED,
    }
    values = Metadata(
        title=title,
        byline=imprint.byline,
        outlet=outlet,
        section=", ".join(imprint.sections) or None,
        published=imprint.published or next(filter(None, datelines), None),
        language=page.language,
    )
    known = {name: origin for name, origin in origins.items() if getattr(values, name)}
    return replace(values, origins=known)


def _outlet(verdicts: Sequence[Verdict], body: Sequence[str], page: Page) -> str | None:
    """Find the outlet: a logo, a copyright line, the dateline, or a sentence that invites to its page."""
    outside = [verdict for verdict in verdicts if verdict.role is Role.FURNITURE]
    logos = (logo_name(verdict.feature.line.text) for verdict in outside if verdict.kind == "logo")
    notices = (copyright_name(verdict.feature.line.text) for verdict in outside if verdict.kind == "footer")
    datelines = (dateline_outlet(text, page.lexicon) for text in body[:_DATELINES])
    return next(filter(None, chain(logos, notices, datelines, map(promoted_outlet, body))), None)
