"""The facets of an answer as rows: which values there are, what they are called, and how many articles have each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QWidget

from app.model import State, Theme
from ui.listing import Counts
from ui.search.filters import ATTRIBUTE, LANGUAGE, LIKE, MONTH, NOTE, OUTLET, STATE, THEME, UNDATED, Filter
from ui.wording import filled, state_names

FIXED: Final = (OUTLET, THEME, MONTH, STATE, LANGUAGE)
OWN: Final = "attribute:"
_BETWEEN: Final = " > "


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing by which articles differ; an attribute of the reader's own has a ``name``."""

    kind: str
    name: str = ""

    @property
    def key(self) -> str:
        """Return under which name its counts come."""
        return f"{OWN}{self.name}" if self.name else self.kind


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value to narrow by. ``depth`` is how deep a theme or a month stands in a tree, ``colour`` that of a theme."""

    filter: Filter
    name: str
    count: int
    depth: int = 0
    colour: str = ""


def facets_of(counts: Counts) -> tuple[Facet, ...]:
    """Return what there is to narrow by: what every library has, then the attributes of this one."""
    own = [name.removeprefix(OWN) for name in counts.facets if name.startswith(OWN)]
    return (*(Facet(kind) for kind in FIXED), *(Facet(ATTRIBUTE, name) for name in own))


def rows_of(
    speaker: QWidget, facet: Facet, counts: Counts, filters: Sequence[Filter], themes: Mapping[str, Theme]
) -> tuple[FacetRow, ...]:
    """Return the values of a facet; one that is chosen stays, though nothing that is listed has it."""
    counted = dict(counts.facets.get(facet.key, ()))
    if facet.kind == THEME:
        return _themes(counted, filters, themes)
    for one in filters:
        if (one.kind, one.name) == (facet.kind, facet.name):
            counted.setdefault(one.value, 0)
    if facet.kind == MONTH:
        rows = _months(counted)
    else:
        values = sorted(counted, key=list(State).index) if facet.kind == STATE else counted
        found = [Filter(facet.kind, value, facet.name) for value in values if value]
        rows = [FacetRow(one, worded(speaker, one), counted[one.value]) for one in found]
    for single, above in ((NOTE, STATE), (UNDATED, MONTH)):
        one = Filter(single)
        if above == facet.kind and (counts.single.get(single) or one in filters):
            rows.append(FacetRow(one, worded(speaker, one), counts.single.get(single, 0)))
    return tuple(rows)


def _months(counted: Mapping[str, int]) -> list[FacetRow]:
    """Return the years, the latest first, and below each its months."""
    years: dict[str, int] = {}
    for month, count in counted.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    rows = [FacetRow(Filter(MONTH, year), year, count) for year, count in years.items() if year]
    below = [
        FacetRow(Filter(MONTH, month), QLocale().standaloneMonthName(int(month[5:])), count, 1)
        for month, count in counted.items()
        if len(month) > len("2025")
    ]
    return sorted(rows + below, key=lambda row: (row.filter.value[:4], row.depth == 0, row.filter.value), reverse=True)


def _themes(counted: Mapping[str, int], filters: Sequence[Filter], themes: Mapping[str, Theme]) -> tuple[FacetRow, ...]:
    """Return the themes that something has, in the order of the tree; those above one of them stand there too."""
    chosen = {one.value for one in filters if one.kind == THEME}
    wanted = {theme.path for theme in themes.values() if _BETWEEN.join(theme.path) in counted or theme.id in chosen}
    shown = {path[:depth] for path in wanted for depth in range(1, len(path) + 1)}
    return tuple(
        FacetRow(
            Filter(THEME, theme.id),
            theme.name,
            counted.get(_BETWEEN.join(theme.path), 0),
            len(theme.path) - 1,
            theme.colour,
        )
        for theme in themes.values()
        if theme.path in shown
    )


def titled(speaker: QWidget, facet: Facet) -> str:
    """Return what a facet is called."""
    fixed = {
        OUTLET: speaker.tr("Outlet"),
        THEME: speaker.tr("Theme"),
        MONTH: speaker.tr("Month"),
        STATE: speaker.tr("State"),
        LANGUAGE: speaker.tr("Language"),
    }
    return facet.name or fixed[facet.kind]


def worded(speaker: QWidget, one: Filter) -> str:
    """Return a filter in a word or two."""
    if one.kind == STATE:
        return state_names()[State(one.value)]
    if one.kind in (OUTLET, ATTRIBUTE):
        return one.value
    if one.kind == LIKE:
        return filled(speaker.tr("Like “{title}”"), title=one.name)
    if one.kind == LANGUAGE:
        spoken = QLocale(one.value).language()
        return one.value if spoken == QLocale.Language.C else QLocale.languageToString(spoken)
    if one.kind == MONTH and len(one.value) == len("2025"):
        return one.value
    if one.kind == MONTH:
        return QLocale().toString(QDate.fromString(f"{one.value}-01", "yyyy-MM-dd"), "MMMM yyyy")
    return {NOTE: speaker.tr("Has a note"), UNDATED: speaker.tr("Undated")}[one.kind]
