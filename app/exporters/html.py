"""One HTML page that holds everything: articles with their marks, outline, search, themes, notes, light and dark.

Nothing is fetched and nothing but our own script runs: the content security policy names it by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.citing import source_parts, written_access, written_date
from app.exporters import _tints
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._markdown_body import is_link
from app.exporters._markup import Mark, Section, note_html, sections
from app.exporters._values import (
    chosen,
    counted,
    encoded,
    in_order,
    local_day,
    paragraph,
    path_text,
    printed_page,
    themes_by_id,
    title_of,
)
from app.loading import load
from app.model import Bundle, BundledArticle, Highlight, Metadata, Status, Theme
from app.options import Option, OptionValue
from app.places import resources
from app.text.ranges import segments
from app.wording import Message

_FOLDER: Final = "export"


class _Label(NamedTuple):
    """A theme in the list of themes; ``under`` holds its number and those of all themes below it."""

    number: int
    name: str
    path: str
    depth: int
    under: str
    times: int
    definition: str


class _Passage(NamedTuple):
    """A highlight as a page shows it beside or below the text.

    ``themes`` are its numbers for the filter, ``first`` the one that colours it, ``labels`` its themes as HTML.
    """

    id: str
    themes: str
    first: int
    labels: Any
    note: Any
    quote: tuple[str, ...]
    where: str


class _Themed(NamedTuple):
    """What a page says of a set of themes: their numbers (0 for none), their labels as HTML, their paths in words."""

    numbers: tuple[int, ...]
    labels: Any
    names: str


class _Row(NamedTuple):
    """A part of the text: a section with marks and what is noted on them, or all up to the next of these."""

    html: Any
    themes: str = ""
    cards: tuple[_Passage, ...] = ()
    begun: tuple[str, ...] = ()


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the page. What it cannot carry: what was cut from the articles, and images that were not kept."""
    if not options["pictures"]:
        bundle = replace(bundle, pictures={})
    page = _Page(bundle, with_texts=bool(options["texts"]))
    return Export((File("", encoded(part)) for part in page.parts()), _left_behind(bundle), len(bundle.articles) + 2)


def _left_behind(bundle: Bundle) -> tuple[Message, ...]:
    blocks = (block for item in bundle.articles for block in item.content.body.blocks)
    held = set(bundle.pictures)
    images = sum(block.kind == "image" and block.attributes.get("picture") not in held for block in blocks)
    cut = sum(bool(item.content.left_out) for item in bundle.articles)
    return (
        *counted(images, "One image: its description stands in its place.",
                 "{count} images: their descriptions stand in their places."),
        *counted(cut, "What was left out of one article.", "What was left out of {count} articles."),
    )  # fmt: skip


@cache
def _template(name: str) -> Any:
    """Return a template, in the sandbox and with everything escaped that is not marked as HTML."""
    jinja2, sandbox = load("jinja2"), load("jinja2.sandbox")
    environment = sandbox.SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(_folder()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def _folder() -> Path:
    return resources() / _FOLDER


class _Page:
    """A bundle on its way onto the page: themes by number, and a class for every set of themes that occurs."""

    def __init__(self, bundle: Bundle, *, with_texts: bool) -> None:
        self._bundle = bundle
        self._with_texts = with_texts
        self._themes = themes_by_id(bundle)
        self._numbers = {uid: number for number, uid in enumerate(self._themes, 1)}
        self._items = in_order(bundle)
        self._safe = load("markupsafe").Markup
        self._plain = self._label(0, None)
        self._sets: dict[tuple[int, ...], str] = {}
        self._met: dict[tuple[str, ...], _Themed] = {}

    def parts(self) -> Iterator[str]:
        """Yield the page piece by piece: its beginning, each article, its end."""
        for item in self._items:
            self._collect(item)
        style = (_folder() / "page.css").read_text(encoding="utf-8")
        style += _tints.style_sheet(self._bundle.themes, list(self._sets))
        script = (_folder() / "page.js").read_text(encoding="utf-8")
        yield _template("begin.html").render(
            title=self._bundle.title,
            note=self._html(self._bundle.note),
            made=written_access(local_day(self._bundle.made, self._bundle.zone)) if self._bundle.made else "",
            style=self._safe(style),
            policy=_policy(style, script),
            themes=self._labels(),
            loose=sum(self._themed(h.themes).numbers == (0,) for item in self._items for h in item.highlights),
            passages=sum(len(item.highlights) for item in self._items),
            with_texts=self._with_texts,
            articles=[self._entry(item) for item in self._items],
        )
        article = _template("article.html")
        for item in self._items:
            yield article.render(self._article(item))
        yield _template("end.html").render(script=self._safe(script))

    def _collect(self, item: BundledArticle) -> None:
        """Give a class to every set of themes of the article: the style sheet stands before the text that needs it."""
        marks = [self._themed(h.themes).numbers for h in item.highlights if h.status is Status.ANCHORED]
        spans = [(h.start, h.end) for h in item.highlights if h.status is Status.ANCHORED]
        for _, _, covering in segments(spans):
            self._style(tuple(sorted({number for index in covering for number in marks[index]})))

    def _html(self, note: str) -> Any:
        return self._safe(note_html(note))

    def _themed(self, ids: tuple[str, ...]) -> _Themed:
        if ids not in self._met:
            themes = list(chosen(dict.fromkeys(ids), self._themes))
            self._met[ids] = _Themed(
                tuple(self._numbers[theme.id] for theme in themes) or (0,),
                self._safe(" ").join(self._label(self._numbers[theme.id], theme) for theme in themes),
                ", ".join(map(path_text, themes)),
            )
        return self._met[ids]

    def _label(self, number: int, theme: Theme | None) -> Any:
        name, path = (theme.name, path_text(theme)) if theme else ("Note", "No theme")
        return self._safe(_template("label.html").render(number=number, name=name, path=path))

    def _style(self, themes: tuple[int, ...]) -> str:
        return self._sets.setdefault(themes, f"k{len(self._sets)}")

    # Themes

    def _labels(self) -> Sequence[_Label]:
        """Return the themes that are used here, and those above them, with the numbers of all below each."""
        counts: dict[int, int] = {}
        for item in self._items:
            for ids in (item.article.themes, *(highlight.themes for highlight in item.highlights)):
                for number in self._themed(ids).numbers:
                    counts[number] = counts.get(number, 0) + 1
        below, lines = self._below()
        labels = []
        for uid, number in sorted(self._numbers.items(), key=lambda entry: lines[entry[1]]):
            theme = self._themes[uid]
            if any(counts.get(member) for member in below[number]):
                under = " ".join(map(str, below[number]))
                depth = len(lines[number]) - 1
                label = (theme.name, path_text(theme), depth, under, counts.get(number, 0), theme.definition)
                labels.append(_Label(number, *label))
        return labels

    def _below(self) -> tuple[Mapping[int, list[int]], Mapping[int, list[int]]]:
        """Return for each theme number itself and all numbers below it, and the numbers from its root down to it."""
        below: dict[int, list[int]] = {number: [number] for number in self._numbers.values()}
        lines: dict[int, list[int]] = {}
        for uid, number in self._numbers.items():
            line = [number]
            parent = self._themes[uid].parent
            while parent in self._numbers and self._numbers[parent] not in line:
                below[self._numbers[parent]].append(number)
                line.insert(0, self._numbers[parent])
                parent = self._themes[parent].parent
            lines[number] = line
        return below, lines

    # Articles

    def _entry(self, item: BundledArticle) -> Mapping[str, Any]:
        """Return an article's line in the outline."""
        known = item.article.metadata
        words = ", ".join(filter(None, (known.outlet, written_date(known.published))))
        return {
            "id": _article_id(item),
            "title": title_of(known),
            "words": words,
            "count": len(item.highlights),
        }

    def _article(self, item: BundledArticle) -> Mapping[str, Any]:
        """Return what the template shows of an article."""
        article, body, known = item.article, item.content.body, item.article.metadata
        marks = [self._mark(highlight) for highlight in item.highlights if highlight.status is Status.ANCHORED]
        shown = {_element_id(highlight): self._passage(item, highlight) for highlight in item.highlights}
        text: list[_Row] = []
        listed = list(shown.values())
        if self._with_texts:
            parts = sections(body, marks, self._style, pictures=self._bundle.pictures)
            text = list(self._text(parts, shown))
            begun = {uid for row in text for uid in row.begun}
            listed = [passage for uid, passage in shown.items() if uid not in begun]
        numbers = {number for highlight in item.highlights for number in self._themed(highlight.themes).numbers}
        whole = self._themed(article.themes)
        return {
            "id": _article_id(item),
            "title": title_of(known),
            "language": known.language or "",
            "source": _source(known),
            "themes": _numbers(numbers.union(whole.numbers if article.themes else ())),
            "labels": whole.labels,
            "attributes": sorted(article.attributes.items()),
            "note": self._html(article.note),
            "text": text,
            "listed": listed,
            "plain": self._plain,
        }

    def _text(self, parts: Iterator[Section], shown: Mapping[str, _Passage]) -> Iterator[_Row]:
        for is_marked, group in groupby(parts, key=lambda section: bool(section.touching)):
            if not is_marked:
                yield _Row(self._safe("\n".join(section.html for section in group)))
                continue
            for section in group:
                passages = [shown[mark.id] for mark in section.beginning]
                yield _Row(
                    self._safe(section.html),
                    _numbers(number for mark in section.touching for number in mark.themes),
                    tuple(passage for passage in passages if passage.labels or passage.note),
                    tuple(passage.id for passage in passages),
                )

    def _mark(self, highlight: Highlight) -> Mark:
        themed = self._themed(highlight.themes)
        return Mark((highlight.start, highlight.end), _element_id(highlight), themed.numbers, themed.names)

    def _passage(self, item: BundledArticle, highlight: Highlight) -> _Passage:
        number, leaf = paragraph(item.content.body, highlight), printed_page(item.content.body, highlight)
        printed = f"p. {leaf}, " if leaf else ""
        themed = self._themed(highlight.themes)
        return _Passage(
            id=_element_id(highlight),
            themes=_numbers(themed.numbers),
            first=themed.numbers[0],
            labels=themed.labels,
            note=self._html(highlight.note),
            quote=tuple(highlight.quote.split("\n")),
            where=f"{printed}paragraph {number}" if number else "no longer in the text",
        )


def _element_id(highlight: Highlight) -> str:
    return f"h-{highlight.id}"


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
        Option("texts", "With the full texts", True, help="No: the passages only, each with its source."),
        Option("pictures", "With the pictures", True, help="Those that came with the articles, inside the page."),
    ),
)
