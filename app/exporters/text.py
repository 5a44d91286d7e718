"""Plain text: for e-mail, for printing on anything, for programs that want nothing but words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from app.citing import source_line
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._notes import note_body
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
from app.text.body import IMAGE, Body, Piece
from app.wording import Message

_LINES: Final = {1: "=", 2: "-"}
_INDENT: Final = "    "
_TOGETHER: Final = frozenset(("item", "cell", "code"))


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the text. What it cannot carry: all that is not words, such as colours, emphasis and links."""
    document = _Document(bundle)
    made = (File("", encoded(part)) for part in document.written(options))
    return Export(made, (*_left_behind(bundle), *passed_over(bundle, options)), parts(bundle) + 1)


def _left_behind(bundle: Bundle) -> tuple[Message, ...]:
    styled = sum(item.makeup.has_runs for item in bundle.articles)
    cut = sum(item.makeup.is_cut for item in bundle.articles)
    return (
        *counted(styled, "The emphasis and links in one article.", "The emphasis and links in {count} articles."),
        *counted(cut, "What was left out of one article.", "What was left out of {count} articles."),
    )


class _Document:
    """A bundle on its way into lines of text."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._themes: Mapping[str, Theme] = themes_by_id(bundle)

    def written(self, options: Mapping[str, OptionValue]) -> Iterator[str]:
        """Yield the title and then part after part, each with an empty line behind it."""
        title = title_line(self._bundle)
        yield f"{title}\n{'=' * len(title)}\n\n"
        if self._bundle.note.strip():
            yield f"{_plain(self._bundle.note)}\n\n"
        for number, part in enumerate(outline(self._bundle, options)):
            told = self._about(part.item) if not number and is_the_title(part, self._bundle) else self._part(part)
            text = "\n\n".join(filter(None, told))
            if text:
                yield f"{text}\n\n"

    def _part(self, part: Part) -> Iterator[str]:
        match part:
            case Heading():
                yield _heading(part.level, heading_of(part))
                yield _plain(part.note)
            case Head():
                yield _heading(part.level, heading_of(part))
                yield from self._about(part.item)
            case Text():
                yield _words(part.item.content.body)
                yield from (self._passage(part.item, one, sourced=False) for one in part.item.highlights)
            case Passage():
                yield self._passage(part.item, part.highlight, sourced=part.sourced)
            case _:
                yield _plain(part.text)

    def _about(self, item: BundledArticle) -> Iterator[str]:
        article = item.article
        lines = [source_line(article.metadata), theme_line(article.themes, self._themes)]
        lines += [f"{name}: {value}" for name, value in sorted(article.attributes.items())]
        yield "\n".join(filter(None, lines))
        yield _plain(article.note)

    def _passage(self, item: BundledArticle, highlight: Highlight, *, sourced: bool) -> str:
        number, leaf = paragraph(item.content.body, highlight), printed_page(item.content.body, highlight)
        if sourced:
            lost = ", no longer in the text" if highlight.status is Status.ORPHAN else ""
            where = f"{source_line(item.article.metadata, number, page=leaf)}{lost}"
        elif highlight.status is Status.ORPHAN:
            where = "no longer in the text"
        else:
            where = ", ".join(filter(None, (f"p. {leaf}" if leaf else "", f"paragraph {number}")))
        quote = "\n".join(f"> {line}".rstrip() for line in highlight.quote.replace(IMAGE, "").split("\n"))
        words = (f"[{theme_line(highlight.themes, self._themes)}]" if highlight.themes else "", where, highlight.author)
        below = "\n".join(filter(None, (" ".join(filter(None, words)), _plain(highlight.note))))
        return "\n".join((quote, *(f"{_INDENT}{line}".rstrip() for line in below.split("\n"))))


def _plain(note: str) -> str:
    """Return a note's words without the signs of Markdown."""
    return _words(note_body(note)) if note.strip() else ""


def _words(body: Body) -> str:
    """Return a text with a line between its paragraphs; lists, tables and code stay together."""
    written: list[str] = []
    for kind, group in groupby(body.pieces(), key=lambda piece: piece.kind if piece.kind in _TOGETHER else ""):
        pieces = list(group)
        if kind == "cell":
            rows = groupby(pieces, key=lambda piece: (piece.attributes.get("table"), piece.attributes.get("row")))
            written.append("\n".join("\t".join(piece.text for piece in row) for _, row in rows))
        elif kind:
            written.append("\n".join(map(_line, pieces)))
        else:
            written += map(_line, pieces)
    return "\n\n".join(filter(None, written))


def _line(piece: Piece) -> str:
    if piece.kind == "item":
        return f"{'  ' * (int(piece.attributes.get('depth', 1)) - 1)}- {piece.text}"
    if piece.kind == "image":
        return f"[{piece.attributes.get('alt') or 'Image'}]"
    return piece.text.replace(IMAGE, "")


def _heading(level: int, text: str) -> str:
    line = _LINES.get(level)
    return f"{text}\n{line * len(text)}" if line else text


EXPORTER: Final = Exporter(
    key="text",
    name="Plain text",
    suffix=".txt",
    group=TO_READ,
    good_for="Nothing but words, for mails and old programs.",
    write=write,
    options=OUTLINED,
)
