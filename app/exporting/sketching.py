"""What will stand in a file that is no text, without making it: the words of a document, the rows of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.citing import inner_quotes, source_line
from app.exporters._base import Exporter, exporters
from app.exporters._outline import OUTLINED, Head, Heading, Part, Passage, Text, Words, outline, theme_line
from app.exporters._plain import plain, plain_note
from app.exporters._values import encoded, paragraphs_of, themes_by_id, title_of
from app.model import Bundle, Theme
from app.options import OptionValue

_DOCUMENTS: Final = frozenset((".docx", ".odt", ".pdf", ".epub"))
_WORKBOOKS: Final = frozenset((".xlsx", ".ods"))
_TABLE: Final = "csv"


def sketch(
    bundle: Bundle, exporter: Exporter, options: Mapping[str, OptionValue]
) -> tuple[str, Iterator[bytes]] | None:
    """Return a file name, whose end says how it is shown, and its parts; ``None`` for a format that shows itself."""
    if exporter.suffix in _DOCUMENTS:
        known = {option.key: option.default for option in OUTLINED}
        return "words.txt", _words(bundle, known | dict(options))
    if exporter.suffix in _WORKBOOKS:
        table = exporters()[_TABLE]
        alike = {one.key: options.get(one.key) for one in exporter.options}
        chosen = {one.key: _taken(alike.get(one.key), one.default, one.choices) for one in table.options}
        return "rows.csv", (file.data for file in table.write(bundle, chosen).files)
    return None


def _taken(value: OptionValue | None, default: OptionValue, choices: tuple[str, ...]) -> OptionValue:
    """Return the value of an option if another one of that name can have it, too."""
    fits = isinstance(value, bool) if isinstance(default, bool) else value in choices
    return value if fits and value is not None else default


def _words(bundle: Bundle, options: Mapping[str, OptionValue]) -> Iterator[bytes]:
    themes = themes_by_id(bundle)
    for part in outline(bundle, options):
        lines = [line for line in _lines(part, themes) if line.strip()]
        yield encoded("\n".join(lines) + "\n\n" if lines else "")


def _lines(part: Part, themes: Mapping[str, Theme]) -> Iterator[str]:
    """Yield what a part says, as plain text."""
    if isinstance(part, Heading):
        yield from (" ".join(part.text.split()).upper(), plain_note(part.definition), plain_note(part.note))
    elif isinstance(part, Words):
        yield plain_note(part.text)
    elif isinstance(part, Head):
        article = part.item.article
        yield title_of(article.metadata)
        yield from (source_line(article.metadata), theme_line(article.themes, themes), plain_note(article.note))
    elif isinstance(part, Text):
        yield plain(part.item.content.body)
    elif isinstance(part, Passage):
        yield from _passage(part, themes)


def _passage(part: Passage, themes: Mapping[str, Theme]) -> Iterator[str]:
    yield f"“{inner_quotes(part.highlight.quote)}”"
    if part.sourced:
        where = paragraphs_of(part.item.content.body, part.highlight)
        yield f"({source_line(part.item.article.metadata, where)})"
    yield from (theme_line(part.highlight.themes, themes), plain_note(part.highlight.note))
