"""One HTML page that holds everything: articles with their marks, outline, search, themes, notes, light and dark.

Nothing is fetched and nothing but our own script runs: the content security policy names it by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress, groupby
from typing import Any, Final, NamedTuple

from app.citing import inner_quotes, source_parts, written_access, written_date
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._leaving import illustrated
from app.exporters._markdown_body import is_link
from app.exporters._markup import Mark, Section, note_html, sections, side_of
from app.exporters._opening import Meaning, is_the_title, legend, title_line
from app.exporters._outline import OUTLINED, Head, Heading, Text, Words, heading_of, outline
from app.exporters._outline import Passage as Alone
from app.exporters._page_margin import PageMargin
from app.exporters._page_themes import PageThemes, page_folder, template
from app.exporters._picture_size import size_of
from app.exporters._values import (
    day_of,
    encoded,
    in_order,
    paragraphs_of,
    printed_page,
    title_of,
)
from app.loading import load
from app.model import Bundle, BundledArticle, Highlight, Metadata, Status
from app.options import Option, OptionValue
from app.text.directions import is_rightward


class _Passage(NamedTuple):
    """A highlight as a page shows it beside or below the text.

    ``themes`` are its numbers for the filter, ``first`` the one that colours it, ``labels`` its themes as HTML;
    ``author`` is whose it is, when it is another's; ``side`` is the attribute of a quotation that begins at the right.
    """

    id: str
    themes: str
    first: int
    labels: Any
    note: Any
    quote: tuple[str, ...]
    where: str
    author: str
    side: Any


class _Entry(NamedTuple):
    """A line of the contents: of an article with its number of passages, or of a group, from 1 for its level."""

    id: str
    title: str
    words: Sequence[str] = ()
    marks: int = 0
    group: int = 0


class _Theme(NamedTuple):
    """A theme at the beginning of the page: its label, how often it is used, and what it means, as HTML."""

    label: Any
    times: int
    definition: Any
    note: Any


class _Row(NamedTuple):
    """A part of the text: a section with marks and what is noted on them, or all up to the next of these."""

    html: Any
    themes: str = ""
    cards: tuple[_Passage, ...] = ()
    below: tuple[_Passage, ...] = ()
    begun: tuple[str, ...] = ()


class _Unit(NamedTuple):
    """What stands on the page by itself: a group's heading, connecting text, an article, or a passage on its own.

    An article shows its text, or those of its ``highlights`` that belong here.
    """

    part: Heading | Words | Head | Alone
    has_text: bool = False
    highlights: tuple[Highlight, ...] = ()


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the page. What it cannot carry: what was cut from the articles, and images that were not kept."""
    if not options["pictures"]:
        bundle = replace(bundle, pictures={})
    explained = [entry for entry in legend(bundle, options) if entry.explains]
    page = _Page(bundle, _units(bundle, options), explained, with_texts=bool(options["texts"]))
    files = (File("", encoded(part)) for part in page.parts())
    return illustrated(bundle, options, files, page.count, size_of)


def _units(bundle: Bundle, options: Mapping[str, OptionValue]) -> Sequence[_Unit]:
    """Return the outline with each article's head, text and passages made one."""
    units: list[_Unit] = []
    for part in outline(bundle, options):
        last = units[-1] if units else None
        if isinstance(part, Text) and last is not None:
            units[-1] = last._replace(has_text=True, highlights=part.item.highlights)
        elif isinstance(part, Alone) and not part.sourced and last is not None:
            units[-1] = last._replace(highlights=(*last.highlights, part.highlight))
        elif not isinstance(part, Text):
            units.append(_Unit(part))
    return units


class _Page:
    """A bundle on its way onto the page."""

    def __init__(
        self, bundle: Bundle, units: Sequence[_Unit], explained: Sequence[Meaning], *, with_texts: bool
    ) -> None:
        self._bundle = bundle
        self._units = units
        self._explained = explained
        self._with_texts = with_texts
        self._named: set[str] = set()
        self.count = len(units) + 2
        self._themes = PageThemes(bundle)
        self._items = in_order(bundle)
        self._safe = load("markupsafe").Markup

    def parts(self) -> Iterator[str]:
        """Yield the page piece by piece: its beginning, each article, its end."""
        style = (page_folder() / "page.css").read_text(encoding="utf-8") + self._themes.style_sheet()
        script = (page_folder() / "page.js").read_text(encoding="utf-8")
        yield template("begin.html").render(
            title=title_line(self._bundle),
            note=self._html(self._bundle.note),
            made=written_access(day_of(self._bundle.made)) if self._bundle.made else "",
            style=self._safe(style),
            policy=_policy(style, script),
            themes=self._themes.labels(),
            explained=[self._meaning(entry) for entry in self._explained],
            loose=sum(self._themes.themed(h.themes).numbers == (0,) for item in self._items for h in item.highlights),
            passages=sum(len(item.highlights) for item in self._items),
            with_texts=self._with_texts,
            articles=len(self._items),
            entries=list(self._entries()),
        )
        for number, unit in enumerate(self._units):
            yield self._unit(number, unit)
        yield template("end.html").render(script=self._safe(script))

    def _unit(self, number: int, unit: _Unit) -> str:
        part = unit.part
        if isinstance(part, Heading):
            shown = {"id": _group_id(number), "level": min(6, part.level + 1), "title": heading_of(part)}
            about = {"definition": self._html(part.definition), "note": self._html(part.note)}
            return str(template("group.html").render(**shown, **about))
        if isinstance(part, Words):
            return str(template("words.html").render(text=self._html(part.text)))
        if isinstance(part, Head):
            titled = bool(number) or not is_the_title(part, self._bundle)
            return str(template("article.html").render(self._article(unit, part.item, part.level, titled=titled)))
        passage = self._passage(part.item, part.highlight)
        source = _source(part.item.article.metadata)
        title = inner_quotes(title_of(part.item.article.metadata))
        return str(template("passage.html").render(passage=passage, source=source, title=title))

    def _html(self, note: str) -> Any:
        return self._safe(note_html(note))

    def _meaning(self, entry: Meaning) -> _Theme:
        label = self._themes.themed((entry.theme.id,)).labels
        return _Theme(label, entry.times, self._html(entry.definition), self._html(entry.note))

    def _entries(self) -> Iterator[_Entry]:
        """Yield a line of the contents for each group, and for each article where it is met first."""
        met: set[str] = set()
        for number, unit in enumerate(self._units):
            if isinstance(unit.part, Heading):
                depth = min(unit.part.level - 1, 5)
                yield _Entry(_group_id(number), heading_of(unit.part), group=depth + 1)
            elif isinstance(unit.part, Head) and unit.part.item.article.id not in met:
                met.add(unit.part.item.article.id)
                known = unit.part.item.article.metadata
                words = tuple(filter(None, (known.outlet, written_date(known.published))))
                marks = len(unit.part.item.highlights)
                yield _Entry(_article_id(unit.part.item), title_of(known), words, marks)

    def _article(self, unit: _Unit, item: BundledArticle, level: int, *, titled: bool) -> Mapping[str, Any]:
        """Return what the template shows of an article."""
        article, body, known = item.article, item.content.body, item.article.metadata
        uid = self._once(_article_id(item))
        shown = {_element_id(highlight): self._passage(item, highlight) for highlight in unit.highlights}
        text: list[_Row] = []
        listed = list(shown.values())
        if unit.has_text:
            marks = [self._mark(highlight) for highlight in unit.highlights if highlight.status is Status.ANCHORED]
            parts = sections(body, marks, self._themes.style, min(6, level + 2), self._bundle.pictures)
            text = list(self._text(parts, shown, {_element_id(one): one.note for one in unit.highlights}))
            begun = {one for row in text for one in row.begun}
            listed = [passage for one, passage in shown.items() if one not in begun]
        numbers = {number for highlight in unit.highlights for number in self._themes.themed(highlight.themes).numbers}
        whole = self._themes.themed(article.themes)
        return {
            "id": uid,
            "level": min(6, level + 1),
            "below": min(6, level + 2),
            "title": title_of(known) if titled else "",
            "language": known.language or "",
            "source": _source(known),
            "themes": _numbers(numbers.union(whole.numbers if article.themes else ())),
            "labels": whole.labels,
            "attributes": sorted(article.attributes.items()),
            "note": self._html(article.note),
            "text": text,
            "listed": listed,
            "plain": self._themes.plain,
        }

    def _once(self, uid: str) -> str:
        """Return the id of an element where it is used first, and nothing after that: under two themes it is twice."""
        fresh = uid not in self._named
        self._named.add(uid)
        return uid if fresh else ""

    def _text(
        self, parts: Iterator[Section], shown: Mapping[str, _Passage], notes: Mapping[str, str]
    ) -> Iterator[_Row]:
        margin = PageMargin()
        for is_marked, group in groupby(parts, key=lambda section: bool(section.touching)):
            members = list(group)
            if not is_marked:
                margin.pass_by(sum(section.letters for section in members))
                yield _Row(self._safe("\n".join(section.html for section in members)))
                continue
            for section in members:
                passages = [shown[mark.id] for mark in section.beginning]
                cards = [passage for passage in passages if passage.labels or passage.note or passage.author]
                fits = margin.beside(section.letters, [notes[card.id] for card in cards])
                yield _Row(
                    self._safe(section.html),
                    _numbers(number for mark in section.touching for number in mark.themes),
                    tuple(compress(cards, fits)),
                    tuple(card for card, fit in zip(cards, fits, strict=True) if not fit),
                    tuple(passage.id for passage in passages),
                )

    def _mark(self, highlight: Highlight) -> Mark:
        themed = self._themes.themed(highlight.themes)
        return Mark((highlight.start, highlight.end), _element_id(highlight), themed.numbers, themed.names)

    def _passage(self, item: BundledArticle, highlight: Highlight) -> _Passage:
        number, leaf = paragraphs_of(item.content.body, highlight), printed_page(item.content.body, highlight)
        printed = f"p. {leaf}, " if leaf else ""
        themed = self._themes.themed(highlight.themes)
        return _Passage(
            id=_element_id(highlight),
            themes=_numbers(themed.numbers),
            first=themed.numbers[0],
            labels=themed.labels,
            note=self._html(highlight.note),
            quote=tuple(highlight.quote.split("\n")),
            where=f"{printed}{number}" if number else "no longer in the text",
            author=" ".join(highlight.author.split()),
            side=self._safe(side_of(is_rightward(highlight.quote))),
        )


def _element_id(highlight: Highlight) -> str:
    return f"h-{highlight.id}"


def _group_id(number: int) -> str:
    return f"g-{number}"


def _article_id(item: BundledArticle) -> str:
    return f"a-{item.article.id}"


def _numbers(themes: Iterable[int]) -> str:
    """Return theme numbers as the script reads them."""
    return " ".join(map(str, sorted(set(themes))))


def _source(known: Metadata) -> Sequence[tuple[str, str, str]]:
    """Return the source line's parts as ``(what, words, address to follow or "")``; the title stands above it."""
    parts = [part for part in source_parts(known) if part[0] != "title"]
    return [(what, words, words if what == "address" and is_link(words) else "") for what, words in parts]


def _policy(style: str, script: str) -> str:
    """Return the page's content security policy: nothing but this style sheet and this script, and images inside."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


EXPORTER: Final = Exporter(
    key="html",
    name="HTML page",
    suffix=".html",
    group=TO_READ,
    good_for="A page to read and print, with its highlights.",
    write=write,
    options=(
        *OUTLINED,
        Option("pictures", "With the pictures", True, help="Those that came with the articles, inside the page."),
    ),
)
