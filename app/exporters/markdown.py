"""Markdown for Obsidian: a folder with a note for each article and collection, an index, and the codebook of themes.

Each note has parts between marks that are ours. When the folder is written again these are replaced, and what a reader
wrote around them stays (:func:`app.exporters._obsidian.merge`). What Markdown cannot say stands hidden in the last of
them (``_vault_record.py``), so that the folder can be imported again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from app.citing import source_line
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._escaping import escape, escape_line, escape_lines, harmless, quoted
from app.exporters._markdown_body import body_markdown
from app.exporters._obsidian import (
    RECORD,
    SUFFIX,
    Value,
    begin,
    block_id,
    day_or_text,
    end,
    front_matter,
    identity,
    label,
    merge,
    number_or_text,
    owner,
    theme_tags,
)
from app.exporters._values import (
    chosen,
    colour_of,
    counted,
    encoded,
    in_order,
    paragraphs_of,
    past_behind,
    path_text,
    printed_page,
    rounds_behind,
    themes_by_id,
    title_of,
)
from app.exporters._vault_names import names
from app.exporters._vault_pictures import Attachments
from app.exporters._vault_record import article_record, collection_record, library_record, theme_comment
from app.model import (
    Article,
    Attribute,
    AttributeKind,
    Bundle,
    BundledArticle,
    Collection,
    Highlight,
    Interlude,
    Status,
    Theme,
)  # fmt: skip
from app.options import Option, OptionValue
from app.wording import Message

_YES: Final = frozenset(("yes", "true", "1"))
_NO: Final = frozenset(("no", "false", "0"))
_EXCERPT: Final = 60
_ANNOTATIONS: Final = "annotations"
_TEXT: Final = "text"
# What an article's front matter says by these names, so that no field of the reader's own may go by them.
_OURS: Final = frozenset((
    "title", "author", "source", "outlet", "section", "language", "published", "accessed", "state", "id", "tags",
    "themes",
))  # fmt: skip


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the folder. Behind stay rounds and earlier texts; without texts, these and where in them passages stand."""
    vault = _Vault(bundle, with_texts=bool(options["texts"]))
    files = len(bundle.articles) + len(bundle.collections) * bundle.whole + 1 + bool(bundle.themes)
    hidden = counted(len(bundle.hidden), "One picture that no text shows.", "{count} pictures that no text shows.")
    texts = (*hidden, *past_behind(bundle)) if options["texts"] else _left_behind(bundle)
    left = (*texts, *rounds_behind(bundle))
    return Export(vault.files(), left, files)


def _left_behind(bundle: Bundle) -> tuple[Message, ...]:
    texts = sum(bool(item.makeup.letters) for item in bundle.articles)
    marks = sum(len(item.highlights) for item in bundle.articles)
    return (
        *counted(texts, "The full text of one article: its note holds its passages only.",
                 "The full texts of {count} articles: notes hold their passages only."),
        *counted(marks, "Where in its text one passage stands: the note names its paragraph only.",
                 "Where in their texts {count} passages stand: notes name their paragraphs only."),
    )  # fmt: skip


class _Vault:
    """A bundle on its way into notes: the names of its files, and the tags of its themes."""

    def __init__(self, bundle: Bundle, *, with_texts: bool) -> None:
        self._bundle = bundle
        self._with_texts = with_texts
        self._themes = themes_by_id(bundle)
        self._tags = theme_tags(bundle.themes)
        self._titles = {theme.id: _title(path_text(theme)) for theme in bundle.themes}
        self._fields = {attribute.name: attribute for attribute in bundle.attributes}
        self._attachments = Attachments(bundle.pictures)
        self._items = in_order(bundle)
        self._articles = {item.article.id: item for item in self._items}
        self._passages = {one.id: (item, one) for item in self._items for one in item.highlights}
        self._collections = bundle.collections if bundle.whole else ()
        self._names = names(bundle, self._collections)

    def files(self) -> Iterator[File]:
        """Yield the notes of the articles, the codebook, and last what lists them: its links then lead somewhere."""
        for item in self._items:
            note = self._note(item)
            yield self._file(self._names.paths[item.article.id], note)
            yield from self._attachments.fresh()
        if self._bundle.themes:
            yield self._file(self._names.codebook, self._themes_note())
        for collection in self._collections:
            yield self._file(self._names.paths[collection.id], self._collection_note(collection, collection.name))
        yield self._file(self._names.index, self._index_note())

    def _file(self, name: str, text: str) -> File:
        return File(f"{name}{SUFFIX}", encoded(text))

    # The note of an article

    def _note(self, item: BundledArticle) -> str:
        article = item.article
        properties, values = self._properties(article)
        parts = [
            front_matter(properties),
            f"# {escape(title_of(article.metadata))}",
            _own(_ANNOTATIONS, self._annotations(item)),
        ]
        if self._with_texts:
            body = item.content.body
            parts.append(_own(_TEXT, [body_markdown(body, pictures=self._attachments.places(body))]))
        parts.append(
            _own(
                RECORD,
                [
                    article_record(
                        item,
                        self._bundle,
                        self._themes,
                        self._fields,
                        values,
                        list(properties),
                        with_text=self._with_texts,
                    )
                ],
            )
        )
        return "\n\n".join(parts) + "\n"

    def _properties(self, article: Article) -> tuple[Mapping[str, Value], list[tuple[str, str, str]]]:
        """Return the front matter, and name, key and value of the fields that it says in another way."""
        known = article.metadata
        properties: dict[str, Value] = {"title": title_of(known)}
        named = (
            ("author", known.byline),
            ("source", known.address),
            ("outlet", known.outlet),
            ("section", known.section),
            ("language", known.language),
        )
        properties.update((key, value) for key, value in named if value)
        days = (("published", str(known.published or "")), ("accessed", known.accessed or ""))
        properties.update((key, day_or_text(value)) for key, value in days if value)
        properties["state"] = article.state.value
        properties["id"] = article.id
        properties["tags"] = [self._tags[theme.id] for theme in chosen(article.themes, self._themes)]
        if article.themes:
            properties["themes"] = [path_text(theme) for theme in chosen(article.themes, self._themes)]
        other: list[tuple[str, str, str]] = []
        for name, value in sorted(article.attributes.items()):
            key = f"attribute {name}" if name in _OURS or name.startswith("attribute ") else name
            written = _typed(self._fields.get(name), value)
            properties[key] = written
            if key != name or written != value:
                other.append((name, key, value))
        return properties, other

    def _annotations(self, item: BundledArticle) -> Iterator[str]:
        article = item.article
        yield escape_line(source_line(article.metadata))
        yield from _note_callout(article.note)
        yield self._tag_line(article.themes)
        for highlight in item.highlights:
            yield self._passage(item, highlight)
            # On a line of its own, blank lines around it: so Obsidian knows the id of a call-out.
            yield f"^{block_id(highlight.id)}"

    def _passage(self, item: BundledArticle, highlight: Highlight) -> str:
        themes = list(chosen(highlight.themes, self._themes))
        number, leaf = paragraphs_of(item.content.body, highlight), printed_page(item.content.body, highlight)
        names = [self._titles[theme.id] for theme in themes] or ["Passage"]
        printed = f"p. {escape(leaf)}, " if leaf else ""
        where = f"{printed}{number.named('¶', '¶')}" if number else ""
        lost = "no longer in the text" if highlight.status is Status.ORPHAN else ""
        marked = f"marked by {_title(' '.join(highlight.author.split()))}" if highlight.author else ""
        kind = f"quote|{self._callout_name(themes[0])}" if themes else "quote"
        title = " · ".join(filter(None, (*names, where, lost, marked)))
        parts = [f"[!{kind}] {title}\n{escape_lines(highlight.quote)}"]
        parts.extend(_note_callout(highlight.note))
        parts.append(self._tag_line(highlight.themes))
        return quoted("\n\n".join(filter(None, parts)))

    def _tag_line(self, ids: Iterable[str]) -> str:
        return " ".join(f"#{self._tags[theme.id]}" for theme in chosen(ids, self._themes))

    def _callout_name(self, theme: Theme) -> str:
        return self._tags[theme.id].replace("/", "-")

    # The codebook

    def _themes_note(self) -> str:
        counts: dict[str, int] = {}
        for item in self._items:
            for highlight in item.highlights:
                for uid in set(highlight.themes):
                    counts[uid] = counts.get(uid, 0) + 1
        parts = [part for theme in self._bundle.themes for part in self._theme_parts(theme, counts.get(theme.id, 0))]
        return f"# Themes\n\n{_own(_ANNOTATIONS, [*parts, *self._colours()])}\n"

    def _theme_parts(self, theme: Theme, number: int) -> Iterator[str]:
        yield f"{'#' * min(6, 1 + max(1, len(theme.path)))} {escape(theme.name)}"
        passages = "1 passage" if number == 1 else f"{number} passages"
        hidden = theme_comment(theme, self._bundle)
        yield f"#{self._tags[theme.id]} · {passages} · `{colour_of(theme)}` {hidden}"
        if len(theme.path) > 1:
            yield escape_line(path_text(theme))
        if theme.definition.strip():
            yield _callout("info", "Definition", theme.definition)
        yield from _note_callout(theme.note)

    def _colours(self) -> Iterator[str]:
        """Yield the style sheet that gives the call-outs their themes' colours, to be copied into a CSS snippet."""
        yield "## Colours"
        yield "Saved as a CSS snippet of the vault, this gives the passages the colours of their themes."
        rules = "\n".join(
            f'.callout[data-callout-metadata~="{self._callout_name(theme)}"] {{ --callout-color: {_channels(theme)}; }}'
            for theme in self._bundle.themes
        )
        yield f"```css\n{rules}\n```"

    # The index, and collections

    def _index_note(self) -> str:
        bundle = self._bundle
        if not bundle.whole and bundle.collections:
            return self._collection_note(bundle.collections[0], bundle.title)
        parts = [*_note_callout(bundle.note), *self._sequence(bundle.order or self._articles, bundle.interludes)]
        return _listing(bundle.title, parts, library_record(bundle) if bundle.whole else "")

    def _collection_note(self, collection: Collection, title: str) -> str:
        """Return the note of a collection: its headings and words, and links to articles and passages, in order."""
        properties: dict[str, Value] = {"title": title, "kind": "collection", "id": collection.id}
        parts = [*_note_callout(collection.note)]
        ids: Iterable[str] = collection.sequence
        if collection.query:
            properties["query"] = collection.query
            parts.append(f"Filled by the query {_code(collection.query)}.")
            ids = () if self._bundle.whole else self._bundle.order or self._articles
        parts.extend(self._sequence(ids, collection.interludes))
        note = _listing(title, parts, collection_record(collection, self._bundle))
        return f"{front_matter(properties)}\n\n{note}"

    def _sequence(self, ids: Iterable[str], interludes: Iterable[Interlude]) -> Iterator[str]:
        """Yield headings and connecting texts, and the lines of what stands between them."""
        texts = {one.id: one for one in interludes}
        number = 1
        for is_between, group in groupby(ids, key=texts.__contains__):
            members = list(group)
            if is_between:
                for one in map(texts.__getitem__, members):
                    heading = f"{'#' * (1 + one.level)} {escape(' '.join(one.text.split()))}"
                    # What it leaves open ends with the quotation.
                    yield from [heading] if one.level else _note_callout(one.text)
            else:
                yield "\n".join(self._lines(members, number))
                number += len(members)

    def _lines(self, ids: Iterable[str], first: int = 1) -> Iterator[str]:
        """Yield a line for each article or passage."""
        for number, uid in enumerate(ids, first):
            if uid in self._articles:
                yield f"{number}. {self._article_link(self._articles[uid].article)}"
            elif uid in self._passages:
                item, highlight = self._passages[uid]
                target = f"{self._names.links[item.article.id]}#^{block_id(highlight.id)}"
                link = f"[[{target}|“{label(_excerpt(highlight.quote))}”]]"
                yield f"{number}. {link} · {self._article_link(item.article)}"

    def _article_link(self, article: Article) -> str:
        return f"[[{self._names.links[article.id]}|{label(title_of(article.metadata)) or 'Article'}]]"


def _listing(title: str, parts: Iterable[str], record: str) -> str:
    """Return a note that leads to others."""
    hidden = f"\n\n{_own(RECORD, [record])}" if record else ""
    return f"# {escape(' '.join(title.split())) or 'Index'}\n\n{_own(_ANNOTATIONS, parts)}{hidden}\n"


def _code(text: str) -> str:
    """Return a query as it is written, between ticks when it has none itself."""
    line = " ".join(text.split())
    return escape(line) if "`" in line or "%%" in line else f"`{line}`"


def _own(part: str, contents: Iterable[str]) -> str:
    """Return a part of a note that is ours, between its marks."""
    return "\n\n".join((begin(part), *filter(None, contents), end(part)))


def _title(path: str) -> str:
    """Return the path of a theme as a part of a title, between the dots that part it."""
    return escape(path).replace("·", "&#183;")


def _note_callout(note: str) -> Iterator[str]:
    if note.strip():
        yield _callout("note", "Note", note)


def _callout(kind: str, title: str, text: str) -> str:
    return quoted(f"[!{kind}] {title}\n{harmless(text)}")


def _excerpt(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT].rstrip()}…"


def _channels(theme: Theme) -> str:
    colour = colour_of(theme)
    return ", ".join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))


def _typed(attribute: Attribute | None, value: str) -> Value:
    """Return the value of an attribute in the type that Obsidian has for its kind."""
    kind = attribute.kind if attribute else AttributeKind.TEXT
    word = value.strip().lower()
    if kind is AttributeKind.YES_NO and (word in _YES or word in _NO):
        return word in _YES
    if kind is AttributeKind.NUMBER:
        return number_or_text(value.strip())
    if kind is AttributeKind.DATE:
        return day_or_text(value)
    return value


EXPORTER: Final = Exporter(
    key="markdown",
    name="Markdown folder (Obsidian)",
    suffix="",
    group=TO_READ,
    good_for="A note for each article, linked, for a vault.",
    write=write,
    options=(Option("texts", "With the full texts", True, help="The article's text below the passages of each note."),),
    merge=merge,
    identity=identity,
    owner=owner,
    comes_back=True,
)
