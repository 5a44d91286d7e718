"""The codebook as a table: a theme a row, what it means, and how often it is used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.exporters._values import colour_of
from app.model import Bundle, Theme

COLUMNS: Final = ("path", "colour", "digit", "definition", "note", "id", "highlights", "articles")

_ARROW: Final = re.compile(r"(\\*)>")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many highlights of a bundle have a theme, and how many of its articles, on themselves or on a passage.

    By the ids of the themes; what lies below a theme is not counted with it.
    """

    highlights: Mapping[str, int]
    articles: Mapping[str, int]


def tally(bundle: Bundle) -> Tally:
    """Count the themes of a bundle."""
    highlights: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for item in bundle.articles:
        worn = set(item.article.themes)
        for highlight in item.highlights:
            highlights.update(set(highlight.themes))
            worn.update(highlight.themes)
        articles.update(worn)
    return Tally(highlights, articles)


def codebook_row(theme: Theme, counts: Tally) -> Sequence[str]:
    """Return what stands in the :data:`COLUMNS` of a theme."""
    return [
        written_path(theme),
        colour_of(theme),
        str(theme.digit or ""),
        theme.definition,
        theme.note,
        theme.id,
        *counted_cells(theme, counts),
    ]


def counted_cells(theme: Theme, counts: Tally) -> Sequence[str]:
    """Return the numbers of highlights and articles that have a theme."""
    return [str(counts.highlights.get(theme.id, 0)), str(counts.articles.get(theme.id, 0))]


def written_path(theme: Theme) -> str:
    r"""Return a theme's path as ``A > B``, an arrow inside a name as ``\>``, so that the names can be told again."""
    return " > ".join(_ARROW.sub(r"\1\1\\>", name) for name in theme.path or (theme.name,))
