"""Plain text: for e-mail, for printing on anything, for programs that want nothing but words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.citing import source_line
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._leaving import left_behind
from app.exporters._outline import OUTLINED, Text, parts, theme_line
from app.exporters._plain import plain, plain_note
from app.exporters._values import counted, encoded
from app.exporters._words import Writing
from app.model import Bundle, BundledArticle
from app.options import OptionValue

_LINES: Final = {0: "=", 1: "=", 2: "-"}
_INDENT: Final = "    "


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
        return plain_note(note)

    def explained(self, name: str, times: str, words: Sequence[str]) -> str:
        return f"{name}{times}\n{_indented(words)}"

    def about(self, item: BundledArticle) -> Iterator[str]:
        article = item.article
        lines = [source_line(article.metadata), theme_line(article.themes, self._themes)]
        lines += [f"{name}: {value}" for name, value in sorted(article.attributes.items())]
        yield "\n".join(filter(None, lines))
        yield plain_note(article.note)

    def text(self, part: Text) -> Iterator[str]:
        yield plain(part.item.content.body)

    def passage(self, quote: str, labels: tuple[str, str, str], note: str) -> str:
        themes, where, author = labels
        lines = "\n".join(f"> {line}".rstrip() for line in quote.split("\n"))
        words = " ".join(filter(None, (f"[{themes}]" if themes else "", where, author)))
        return f"{lines}\n{_indented((words, note))}"


def _indented(texts: Iterable[str]) -> str:
    lines = "\n".join(filter(None, texts)).split("\n")
    return "\n".join(f"{_INDENT}{line}".rstrip() for line in lines)


EXPORTER: Final = Exporter(
    key="text",
    name="Plain text",
    suffix=".txt",
    group=TO_READ,
    good_for="Nothing but words, for mails and old programs.",
    write=write,
    options=OUTLINED,
)
