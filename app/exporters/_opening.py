"""What a document says of itself at its beginning: how much is in it, of which day, its themes and what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeGuard

from app.citing import written_access
from app.exporters._outline import Head, Part, heading_of, in_tree_order, with_parents
from app.exporters._values import day_of, themes_by_id
from app.model import Bundle, Theme
from app.options import OptionValue


class Meaning(NamedTuple):
    """A theme at the beginning: how often it is used, what it means, and the note on it, both in Markdown."""

    theme: Theme
    times: int
    definition: str = ""
    note: str = ""

    @property
    def explains(self) -> bool:
        """Tell whether it says what its theme is about."""
        return bool(self.definition.strip() or self.note.strip())


def title_line(bundle: Bundle) -> str:
    """Return the title on one line, or a name for a document without one."""
    return " ".join(bundle.title.split()) or "Commonplace"


def is_the_title(part: Part, bundle: Bundle) -> TypeGuard[Head]:
    """Tell whether a part is the head of a document's only article, whose title stands above it already."""
    if not isinstance(part, Head) or len(bundle.articles) != 1:
        return False
    return " ".join(heading_of(part).split()) == title_line(bundle)


def facts(bundle: Bundle) -> str:
    """Return how many articles and highlights there are, and the day on which the library was last changed."""
    articles = len(bundle.articles)
    passages = sum(len(item.highlights) for item in bundle.articles)
    said = (
        f"{articles} article" if articles == 1 else f"{articles} articles",
        "" if not passages else f"{passages} highlight" if passages == 1 else f"{passages} highlights",
        written_access(day_of(bundle.made)) if bundle.made else "",
    )
    return " · ".join(filter(None, said))


def uses(bundle: Bundle) -> Sequence[tuple[Theme, int]]:
    """Return the themes that something here has and those above them, in the order of their tree, with their uses.

    A theme is used on passages and on whole articles alike.
    """
    counts: Counter[str] = Counter()
    for item in bundle.articles:
        for ids in (item.article.themes, *(one.themes for one in item.highlights)):
            counts.update(set(ids))
    used = with_parents(set(counts), themes_by_id(bundle))
    return [(theme, counts[theme.id]) for theme in in_tree_order(bundle.themes) if theme.id in used]


def legend(bundle: Bundle, options: Mapping[str, OptionValue]) -> Sequence[Meaning]:
    """Return the themes that are used, with what they mean: where a document is grouped by them, their headings say.

    The note on the theme that a document is all about stands at its top already.
    """
    if options["group"] == "theme":
        return [Meaning(theme, times) for theme, times in uses(bundle)]
    return [
        Meaning(theme, times, theme.definition, "" if theme.note == bundle.note else theme.note)
        for theme, times in uses(bundle)
    ]
