"""Plain text: for e-mail, for printing on anything, for programs that want nothing but words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from app.citing import source_line
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._leaving import left_behind
from app.exporters._notes import note_body
from app.exporters._outline import OUTLINED, Text, parts, theme_line
from app.exporters._values import counted, encoded
from app.exporters._words import Writing
from app.model import Bundle, BundledArticle
from app.options import OptionValue
from app.text.body import IMAGE, Body, Piece

_LINES: Final = {0: "=", 1: "=", 2: "-"}
_INDENT: Final = "    "
_TOGETHER: Final = frozenset(("item", "cell", "code"))


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the text. What it cannot carry: all that is not words, such as colours, emphasis and links."""
    styled = sum(item.makeup.has_runs for item in bundle.articles)
    left = (
        *counted(styled, "The emphasis and links in one article.", "The emphasis and links in {count} articles."),
        *left_behind(bundle, options),
    )
    return Export((File("", encoded(part)) for part in _Plain(bundle, options).parts()), left, parts(bundle) + 1)


class _Plain(Writing):
    """A bundle on its way into lines of text."""

    def heading(self, level: int, text: str) -> str:
        line = _LINES.get(level)
        return f"{text}\n{line * len(text)}" if line else text

    def note(self, note: str) -> str:
        return _plain(note)

    def explained(self, name: str, times: str, words: Sequence[str]) -> str:
        return f"{name}{times}\n{_indented(words)}"

    def about(self, item: BundledArticle) -> Iterator[str]:
        article = item.article
        lines = [source_line(article.metadata), theme_line(article.themes, self._themes)]
        lines += [f"{name}: {value}" for name, value in sorted(article.attributes.items())]
        yield "\n".join(filter(None, lines))
        yield _plain(article.note)

    def text(self, part: Text) -> Iterator[str]:
        yield _words(part.item.content.body)

    def passage(self, quote: str, labels: tuple[str, str, str], note: str) -> str:
        themes, where, author = labels
        lines = "\n".join(f"> {line}".rstrip() for line in quote.split("\n"))
        words = " ".join(filter(None, (f"[{themes}]" if themes else "", where, author)))
        return f"{lines}\n{_indented((words, note))}"


def _indented(texts: Iterable[str]) -> str:
    lines = "\n".join(filter(None, texts)).split("\n")
    return "\n".join(f"{_INDENT}{line}".rstrip() for line in lines)


def _plain(note: str) -> str:
    """Return a note's words without the signs of Markdown."""
    return _words(note_body(note, as_written=True)) if note.strip() else ""


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


EXPORTER: Final = Exporter(
    key="text",
    name="Plain text",
    suffix=".txt",
    group=TO_READ,
    good_for="Nothing but words, for mails and old programs.",
    write=write,
    options=OUTLINED,
)
