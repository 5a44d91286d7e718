"""What stays as it is in a library though a file of a library's own says otherwise: an import adds, it changes nothing.

Only what is known by its id is looked at: of anything else nobody can say that it is the same thing, changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from app.drafts import Codebook, Draft, Framework, Mark
from app.library.holdings import Holdings
from app.library.library import clean_name, clean_text
from app.model import METADATA_FIELDS, Article, Highlight, Metadata, Origin
from app.text.folding import folded

ARTICLES: Final = "what is known of articles"
VALUES: Final = "values of fields"
PASSAGES: Final = "passages"
THEMES: Final = "themes"
FIELDS: Final = "fields"
COLLECTIONS: Final = "collections"


def of_article(article: Article, draft: Draft) -> Counter[str]:
    """Count what an article says otherwise than its draft, when all that was new of it is in."""
    held, told = article.metadata, draft.metadata
    facts = any(
        _differs(_fact(held, field), _fact(told, field))
        for field in METADATA_FIELDS
        if getattr(held, field) is not None and told.origins.get(field) is not Origin.DERIVED
    )
    values = {folded(name): value for name, value in article.attributes.items()}
    changed = sum(values.get(folded(name), value) != value for name, value in draft.attributes.items())
    return Counter({ARTICLES: int(facts), VALUES: changed})


def of_marks(highlights: Iterable[Highlight], marks: Iterable[Mark]) -> Counter[str]:
    """Count the highlights that have other words here."""
    held = {one.id: one.quote for one in highlights}
    said = ((mark.id, clean_text(mark.quote)) for mark in marks if mark.id)
    return Counter({PASSAGES: sum(held.get(uid, quote) != quote for uid, quote in said)})


def of_themes(holdings: Holdings, codebook: Codebook) -> Counter[str]:
    """Count the themes that go by another name, hang elsewhere, or mean or look otherwise."""
    held = {theme.id: theme for theme in holdings.themes.tree()}
    ids = {draft.path: draft.id for draft in codebook.themes}
    count = 0
    for draft in codebook.themes:
        theme = held.get(draft.id) if draft.id else None
        if theme is not None:
            moved = (theme.parent or "") != ids.get(draft.path[:-1], "") and draft.path[:-1] in ids
            count += (
                theme.name != clean_name(draft.path[-1])
                or moved
                or bool(theme.parent) != (len(draft.path) > 1)
                or _differs(theme.definition, draft.definition)
                or _differs(theme.colour, draft.colour.lower())
            )
    return Counter({THEMES: count})


def of_framework(holdings: Holdings, framework: Framework) -> Counter[str]:
    """Count the fields and the collections that are called otherwise, or are of another kind or for another purpose."""
    fields = {one.id: one for one in holdings.attributes.all()} if framework.attributes else {}
    changed = 0
    for draft in framework.attributes:
        field = fields.get(draft.id)
        changed += field is not None and (
            (field.name, field.kind) != (clean_name(draft.name), draft.kind)
            or _differs(field.definition, draft.definition)
        )
    renamed = 0
    for one in framework.collections:
        collection = holdings.collections.by_id(one.id) if one.id else None
        renamed += collection is not None and (
            collection.name != clean_name(one.name) or bool(collection.query and _differs(collection.query, one.query))
        )
    return Counter({FIELDS: changed, COLLECTIONS: renamed})


def _fact(metadata: Metadata, field: str) -> str:
    """Return what is known of a field on one line, as most files have it."""
    value = getattr(metadata, field)
    return "" if value is None else " ".join(str(value).split())


def _differs(held: str, told: str) -> bool:
    """Tell whether a file says something else than what is here; saying nothing is nothing else."""
    return bool(told.strip()) and clean_text(told).strip() != held.strip()
