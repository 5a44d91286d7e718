"""Markdown as one document: headings, passages as quotations with their source, notes, and the texts if wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.citing import source_line
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._escaping import escape, escape_lines, quoted
from app.exporters._markdown_body import body_markdown
from app.exporters._notes import note_markdown
from app.exporters._opening import is_the_title, title_line
from app.exporters._outline import (
    OUTLINED,
    Head,
    Heading,
    Part,
    Passage,
    Text,
    heading_of,
    outline,
    parts,
    passed_over,
    theme_line,
)
from app.exporters._values import counted, encoded, paragraph, printed_page, themes_by_id
from app.model import Bundle, BundledArticle, Highlight, Status, Theme
from app.options import OptionValue
from app.text.body import IMAGE
from app.wording import Message

_DEEPEST: Final = 6


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the document. What it cannot carry: colours, and where exactly in a text a passage stands."""
    document = _Document(bundle)
    made = (File("", encoded(part)) for part in document.written(options))
    return Export(made, (*_left_behind(bundle), *passed_over(bundle, options)), parts(bundle) + 1)


def _left_behind(bundle: Bundle) -> tuple[Message, ...]:
    marks = sum(len(item.highlights) for item in bundle.articles)
    cut = sum(item.makeup.is_cut for item in bundle.articles)
    return (
        *counted(marks, "The exact position of one highlight and the colours of its themes.",
                 "The exact positions of {count} highlights and the colours of their themes."),
        *counted(cut, "What was left out of one article.", "What was left out of {count} articles."),
    )  # fmt: skip


class _Document:
    """A bundle on its way into one file."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._themes: Mapping[str, Theme] = themes_by_id(bundle)

    def written(self, options: Mapping[str, OptionValue]) -> Iterator[str]:
        """Yield the title and then part after part, each with an empty line behind it."""
        yield f"# {escape(title_line(self._bundle))}\n\n"
        if self._bundle.note.strip():
            yield f"{note_markdown(self._bundle.note)}\n\n"
        for number, part in enumerate(outline(self._bundle, options)):
            told = self._about(part.item) if not number and is_the_title(part, self._bundle) else self._part(part)
            text = "\n\n".join(filter(None, told))
            if text:
                yield f"{text}\n\n"

    def _part(self, part: Part) -> Iterator[str]:
        match part:
            case Heading():
                yield _heading(part.level + 1, heading_of(part))
                yield note_markdown(part.note)
            case Head():
                yield _heading(part.level + 1, heading_of(part))
                yield from self._about(part.item)
            case Text():
                yield body_markdown(part.item.content.body, part.level + 1)
                yield from self._marks(part.item)
            case Passage():
                yield self._passage(part.item, part.highlight, sourced=part.sourced)
            case _:
                yield note_markdown(part.text)

    def _about(self, item: BundledArticle) -> Iterator[str]:
        article = item.article
        yield escape(source_line(article.metadata))
        named = theme_line(article.themes, self._themes)
        yield f"**{escape(named)}**" if named else ""
        rows = [f"- {escape(name)}: {escape(value)}" for name, value in sorted(article.attributes.items())]
        yield "\n".join(rows)
        yield note_markdown(article.note)

    def _marks(self, item: BundledArticle) -> Iterator[str]:
        """Yield the passages of an article whose text stands above."""
        if item.highlights:
            yield _heading(_DEEPEST, "Passages")
        for highlight in item.highlights:
            yield self._passage(item, highlight, sourced=False)

    def _passage(self, item: BundledArticle, highlight: Highlight, *, sourced: bool) -> str:
        """Return the quotation, with a line on its themes and place, and the note."""
        number, leaf = paragraph(item.content.body, highlight), printed_page(item.content.body, highlight)
        named = theme_line(highlight.themes, self._themes)
        where = _where(number, leaf, highlight)
        if sourced:
            source = source_line(item.article.metadata, number, page=leaf)
            where = f"{source}, {where}" if highlight.status is Status.ORPHAN else source
        words = (f"**{escape(named)}**" if named else "", escape(where), escape(highlight.author))
        lines = [
            quoted(escape_lines(highlight.quote.replace(IMAGE, ""))),
            " · ".join(filter(None, words)),
            note_markdown(highlight.note),
        ]
        return "\n\n".join(filter(None, lines))


def _where(number: int | None, leaf: str, highlight: Highlight) -> str:
    if highlight.status is Status.ORPHAN:
        return "no longer in the text"
    return ", ".join(filter(None, (f"p. {leaf}" if leaf else "", f"paragraph {number}")))


def _heading(level: int, text: str) -> str:
    return f"{'#' * min(_DEEPEST, level)} {escape(text)}".rstrip()


EXPORTER: Final = Exporter(
    key="markdown_file",
    name="Markdown document",
    suffix=".md",
    group=TO_READ,
    good_for="One text with its marks, for any editor.",
    write=write,
    options=OUTLINED,
)
