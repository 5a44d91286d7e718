"""A bundle in reading order: what every format that is read as a document writes, one part after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import InvalidInput
from app.exporters._values import chosen, in_order, path_text, themes_by_id, title_of
from app.model import Bundle, BundledArticle, Highlight, Theme
from app.options import ATTRIBUTES, CODERS, Option, OptionValue

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
LAYERS: Final = Option(
    "layers", "Other coders’ layers too", False, help="What they marked, and the consensus, beside your own marks.",
    names=CODERS,
)  # fmt: skip
OUTLINED: Final = (GROUP, ATTRIBUTE, TEXTS, LAYERS)


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a group; ``level`` is 1-6. ``theme`` is the one it is about, which is explained below it."""

    text: str
    level: int = 1
    theme: Theme | None = None

    @property
    def definition(self) -> str:
        """Return what its theme means, in Markdown."""
        return self.theme.definition if self.theme else ""

    @property
    def note(self) -> str:
        """Return the note on its theme, in Markdown."""
        return self.theme.note if self.theme else ""


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
    """Return the parts of a document that holds a bundle, as the options of :data:`OUTLINED` say.

    No highlight is lost: by theme, those without one stand in a group of their own, and one with several themes stands
    under each. A text is written once. No note on an article is lost either: where nothing else of the article stands
    by itself, its head does. Raises ``InvalidInput`` for an attribute that there is not.
    """
    texts = bool(options["texts"])
    group = options["group"]
    if group == "theme":
        return _by_theme(bundle, texts=texts)
    if group == "attribute":
        return _by_attribute(bundle, _attribute(bundle, options), texts=texts)
    if has_own_order(bundle, options):
        return _as_collected(bundle, texts=texts)
    return _articles(in_order(bundle), 1, texts=texts)


def has_own_order(bundle: Bundle, options: Mapping[str, OptionValue]) -> bool:
    """Tell whether a document is read in the order of its collection, with what stands between the things in it."""
    return options["group"] == "order" and bool(bundle.order)


def missing_attribute(bundle: Bundle, options: Mapping[str, OptionValue]) -> str:
    """Return the attribute by which articles are grouped when none of them has it, otherwise ``""``."""
    if options["group"] != "attribute" or not bundle.articles:
        return ""
    name = _attribute(bundle, options)
    return "" if any(_value(item, name) for item in bundle.articles) else name


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
            yield Heading(theme.name, min(DEEPEST, len(theme.path) or 1), theme)
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


def _attribute(bundle: Bundle, options: Mapping[str, OptionValue]) -> str:
    """Return the name of what articles are grouped by; raises ``InvalidInput`` for what nothing here is called."""
    name = str(options["attribute"]).strip()
    own = (key for item in bundle.articles for key in item.article.attributes)
    known = dict.fromkeys((*FIELDS, *(one.name for one in bundle.attributes), *own))
    if not name:
        raise InvalidInput("It is not said by which attribute to group.", "Choose one of: {known}.",
                           known=", ".join(known))  # fmt: skip
    if name.casefold() not in {one.casefold() for one in known}:
        raise InvalidInput(
            "There is no attribute “{name}” to group by.", "Choose one of: {known}.", name=name, known=", ".join(known)
        )
    return name


def _value(item: BundledArticle, name: str) -> str:
    """Return the article's value of an attribute, or of its outlet, section or language; ``""`` when it has none."""
    folded = name.casefold()
    own = next((value for key, value in item.article.attributes.items() if key.casefold() == folded), "")
    if own or folded not in FIELDS:
        return own.strip()
    return str(getattr(item.article.metadata, folded) or "").strip()


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
