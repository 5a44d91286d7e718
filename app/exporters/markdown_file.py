"""Markdown as one document: headings, passages as quotations with their source, notes, and the texts if wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.citing import source_line
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._escaping import escape, escape_lines, quoted
from app.exporters._leaving import left_behind
from app.exporters._markdown_body import body_markdown
from app.exporters._notes import note_markdown
from app.exporters._outline import OUTLINED, Text, parts, theme_line
from app.exporters._values import counted, encoded
from app.exporters._words import Writing
from app.model import Bundle, BundledArticle
from app.options import OptionValue

_DEEPEST: Final = 6


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the document. What it cannot carry: colours, and where exactly in a text a passage stands."""
    marks = sum(len(item.highlights) for item in bundle.articles)
    left = (
        *counted(marks, "The exact position of one highlight and the colours of its themes.",
                 "The exact positions of {count} highlights and the colours of their themes."),
        *left_behind(bundle, options),
    )  # fmt: skip
    return Export((File("", encoded(part)) for part in _Markdown(bundle, options).parts()), left, parts(bundle) + 1)


class _Markdown(Writing):
    """A bundle on its way into one file."""

    def heading(self, level: int, text: str) -> str:
        return f"{'#' * min(_DEEPEST, level + 1)} {escape(text)}".rstrip()

    def note(self, note: str) -> str:
        return note_markdown(note)

    def explained(self, name: str, times: str, words: Sequence[str]) -> str:
        return "\n\n".join(filter(None, (f"**{escape(name)}**{times}", *words)))

    def about(self, item: BundledArticle) -> Iterator[str]:
        article = item.article
        yield escape(source_line(article.metadata))
        named = theme_line(article.themes, self._themes)
        yield f"**{escape(named)}**" if named else ""
        rows = [f"- {escape(name)}: {escape(value)}" for name, value in sorted(article.attributes.items())]
        yield "\n".join(rows)
        yield note_markdown(article.note)

    def text(self, part: Text) -> Iterator[str]:
        yield body_markdown(part.item.content.body, part.level + 1)
        if part.item.highlights:
            yield self.heading(_DEEPEST, "Passages")

    def passage(self, quote: str, labels: tuple[str, str, str], note: str) -> str:
        themes, where, author = labels
        words = (f"**{escape(themes)}**" if themes else "", escape(where), escape(author))
        return "\n\n".join(filter(None, (quoted(escape_lines(quote)), " · ".join(filter(None, words)), note)))


EXPORTER: Final = Exporter(
    key="markdown_file",
    name="Markdown document",
    suffix=".md",
    group=TO_READ,
    good_for="One text with its marks, for any editor.",
    write=write,
    options=OUTLINED,
)
