"""A bundle in reading order: what every format that is read as a document writes, one part after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.exporters._values import chosen, in_order, path_text, themes_by_id, title_of, words_between
from app.model import Bundle, BundledArticle, Highlight, Theme
from app.options import ATTRIBUTES, Option, OptionValue
from app.wording import Message

NO_THEME: Final = "Without a theme"
NOT_SET: Final = "Not set"
ARTICLES: Final = "The articles"
DEEPEST: Final = 6
FIELDS: Final = ("outlet", "section", "language")
"""What every article can be grouped by, beside the reader's own attributes."""

GROUP: Final = Option(
    "group", "Grouped by", "order", ("order", "article", "theme", "attribute"),
    "Order: as a collection has it, otherwise article by article.",
)  # fmt: skip
ATTRIBUTE: Final = Option(
    "attribute", "Attribute", "", help="The attribute to group by: outlet, or one of your own.",
    needs=("group", "attribute"), suggestions=FIELDS, names=ATTRIBUTES,
)  # fmt: skip
TEXTS: Final = Option("texts", "With the full texts", True, help="Off: the passages only.")
OUTLINED: Final = (GROUP, ATTRIBUTE, TEXTS)


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a group; ``level`` is 1-6, ``theme`` the one it is about, ``note`` Markdown on it."""

    text: str
    level: int = 1
    theme: Theme | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Connecting text of the reader's, in Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of an article, as a heading of this level: title, source line, themes, attributes and note."""

    item: BundledArticle
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """The whole text of the article whose head came last, with its highlights."""

    item: BundledArticle
    level: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A highlight on its own; ``sourced`` when it does not stand below its article's head and names its source."""

    item: BundledArticle
    highlight: Highlight
    sourced: bool = False


Part = Heading | Words | Head | Text | Passage


def outline(bundle: Bundle, options: Mapping[str, OptionValue]) -> Iterator[Part]:
    """Yield the parts of a document that holds a bundle, as the options of :data:`OUTLINED` say.

    No highlight is lost: by theme, those without one stand in a group of their own, and one with several themes stands
    under each. A text is written once. No note on an article is lost either: where nothing else of the article stands
    by itself, its head does.
    """
    texts = bool(options["texts"])
    group = options["group"]
    if group == "theme":
        yield from _by_theme(bundle, texts=texts)
    elif group == "attribute":
        yield from _by_attribute(bundle, str(options["attribute"]).strip(), texts=texts)
    elif group == "order" and bundle.order:
        yield from _as_collected(bundle, texts=texts)
    else:
        yield from _articles(in_order(bundle), 1, texts=texts)


def passed_over(bundle: Bundle, options: Mapping[str, OptionValue]) -> tuple[Message, ...]:
    """Return what an outline leaves out: what stands between the things of a collection, in any order but its own."""
    return () if options["group"] == "order" and bundle.order else words_between(bundle)


def parts(bundle: Bundle) -> int:
    """Return about how many parts an outline has, to show progress by."""
    return len(bundle.articles) + sum(len(item.highlights) for item in bundle.articles)


def _articles(items: Iterable[BundledArticle], level: int, *, texts: bool) -> Iterator[Part]:
    for item in items:
        yield Head(item, level)
        if texts and item.makeup.letters:
            yield Text(item, level)
        else:
            yield from (Passage(item, one) for one in item.highlights)


def _by_theme(bundle: Bundle, *, texts: bool) -> Iterator[Part]:
    """Yield the tree of themes with the passages under each; themes that nothing here has, or has below, are absent."""
    items = in_order(bundle)
    themes = themes_by_id(bundle)
    under: dict[str, list[Passage]] = {}
    whole: dict[str, list[BundledArticle]] = {}
    loose: list[Passage] = []
    for item in items:
        for theme in chosen(dict.fromkeys(item.article.themes), themes):
            whole.setdefault(theme.id, []).append(item)
        for highlight in item.highlights:
            passage = Passage(item, highlight, sourced=True)
            named = list(chosen(dict.fromkeys(highlight.themes), themes))
            for theme in named:
                under.setdefault(theme.id, []).append(passage)
            if not named:
                loose.append(passage)
    used = with_parents(under.keys() | whole.keys(), themes)
    for theme in in_tree_order(bundle.themes):
        if theme.id in used:
            yield Heading(theme.name, min(DEEPEST, len(theme.path) or 1), theme, theme.note)
            if not texts:
                yield from (Head(item, DEEPEST) for item in whole.get(theme.id, ()))
            yield from under.get(theme.id, ())
    if loose:
        yield Heading(NO_THEME)
        yield from loose
    shown = {item.article.id for several in whole.values() for item in several}
    noted = [item for item in items if item.article.note.strip() and item.article.id not in shown]
    if texts and items:
        yield Heading(ARTICLES)
        yield from _articles(items, 2, texts=True)
    elif noted:
        yield Heading(ARTICLES)
        yield from (Head(item, 2) for item in noted)


def with_parents(ids: Iterable[str], themes: Mapping[str, Theme]) -> set[str]:
    """Return the ids of themes and of all above them."""
    found: set[str] = set()
    for uid in ids:
        above: str | None = uid
        while above is not None and above in themes and above not in found:
            found.add(above)
            above = themes[above].parent
    return found


def in_tree_order(themes: Sequence[Theme]) -> Iterator[Theme]:
    """Yield themes so that each is followed by those below it, siblings in the order in which they come."""
    below: dict[str | None, list[Theme]] = {}
    ids = {theme.id for theme in themes}
    for theme in themes:
        below.setdefault(theme.parent if theme.parent in ids else None, []).append(theme)
    waiting = below.get(None, [])[::-1]
    while waiting:
        theme = waiting.pop()
        yield theme
        waiting += below.get(theme.id, [])[::-1]


def _by_attribute(bundle: Bundle, name: str, *, texts: bool) -> Iterator[Part]:
    """Yield the articles under the values of an attribute, in the order of its choices, then of the alphabet."""
    groups: dict[str, list[BundledArticle]] = {}
    for item in in_order(bundle):
        groups.setdefault(_value(item, name), []).append(item)
    choices = next((one.choices for one in bundle.attributes if one.name.casefold() == name.casefold()), ())
    places = {choice: place for place, choice in enumerate(choices)}
    for value in sorted(groups, key=lambda one: (not one, places.get(one, len(places)), one.casefold(), one)):
        yield Heading(value or NOT_SET)
        yield from _articles(groups[value], 2, texts=texts)


def _value(item: BundledArticle, name: str) -> str:
    """Return the article's value of an attribute, or of its outlet, section or language; ``""`` when it has none."""
    folded = name.casefold()
    own = next((value for key, value in item.article.attributes.items() if key.casefold() == folded), "")
    if own or folded not in ("", *FIELDS):
        return own.strip()
    return str(getattr(item.article.metadata, folded or "outlet") or "").strip()


def _as_collected(bundle: Bundle, *, texts: bool) -> Iterator[Part]:
    """Yield a collection as it is read: its headings, connecting text, articles and passages in their order."""
    interludes = {one.id: one for one in bundle.interludes}
    articles = {item.article.id: item for item in bundle.articles}
    passages = {one.id: (item, one) for item in bundle.articles for one in item.highlights}
    level = 0
    for uid in bundle.order:
        if uid in interludes:
            interlude = interludes[uid]
            level = interlude.level or level
            yield Heading(interlude.text, interlude.level) if interlude.level else Words(interlude.text)
        elif uid in articles:
            yield from _articles([articles[uid]], level + 1, texts=texts)
        elif uid in passages:
            yield Passage(*passages[uid], sourced=True)


def theme_line(ids: Iterable[str], themes: Mapping[str, Theme]) -> str:
    """Return the paths of themes on one line, as they stand beside a passage."""
    return "; ".join(path_text(theme) for theme in chosen(dict.fromkeys(ids), themes))


def heading_of(part: Heading | Head) -> str:
    """Return the words of a heading on one line."""
    return title_of(part.item.article.metadata) if isinstance(part, Head) else " ".join(part.text.split())
