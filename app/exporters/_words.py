"""A bundle as one file of words: title, note, what the themes mean, then part after part, an empty line between."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.citing import source_line
from app.exporters._opening import Meaning, is_the_title, legend, title_line
from app.exporters._outline import Head, Heading, Part, Passage, Text, heading_of, outline, theme_line
from app.exporters._values import paragraphs_of, path_text, printed_page, themes_by_id
from app.model import Bundle, BundledArticle, Highlight, Status
from app.options import OptionValue
from app.text.body import IMAGE

THEMES: Final = "Themes"
_GONE: Final = "no longer in the text"


class Writing(ABC):
    """A bundle on its way into one file; each format has its own signs for the same words."""

    def __init__(self, bundle: Bundle, options: Mapping[str, OptionValue]) -> None:
        """Take what is to be written, and the options of its outline."""
        self._bundle = bundle
        self._options = options
        self._themes = themes_by_id(bundle)

    def parts(self) -> Iterator[str]:
        """Yield the opening and then part after part, each with an empty line behind it."""
        yield _written(self._opening())
        for number, part in enumerate(outline(self._bundle, self._options)):
            told = self.about(part.item) if not number and is_the_title(part, self._bundle) else self._part(part)
            yield _written(told)

    def _opening(self) -> Iterator[str]:
        yield self.heading(0, title_line(self._bundle))
        yield self.note(self._bundle.note)
        explained = [entry for entry in legend(self._bundle, self._options) if entry.explains]
        if explained:
            yield self.heading(1, THEMES)
        yield from map(self._explained, explained)

    def _explained(self, entry: Meaning) -> str:
        times = f" × {entry.times}" if entry.times else ""
        return self.explained(path_text(entry.theme), times, (self.note(entry.definition), self.note(entry.note)))

    def _part(self, part: Part) -> Iterator[str]:
        match part:
            case Heading():
                yield self.heading(part.level, heading_of(part))
                yield self.note(part.definition)
                yield self.note(part.note)
            case Head():
                yield self.heading(part.level, heading_of(part))
                yield from self.about(part.item)
            case Text():
                yield from self.text(part)
                yield from (self._passage(part.item, one) for one in part.item.highlights)
            case Passage():
                yield self._passage(part.item, part.highlight, sourced=part.sourced)
            case _:
                yield self.note(part.text)

    def _passage(self, item: BundledArticle, highlight: Highlight, *, sourced: bool = False) -> str:
        number, leaf = paragraphs_of(item.content.body, highlight), printed_page(item.content.body, highlight)
        gone = _GONE if highlight.status is Status.ORPHAN else ""
        place = (gone,) if gone else (f"p. {leaf}" if leaf else "", str(number))
        where = (source_line(item.article.metadata, number, page=leaf), gone) if sourced else place
        return self.passage(
            highlight.quote.replace(IMAGE, ""),
            (theme_line(highlight.themes, self._themes), ", ".join(filter(None, where)), highlight.author),
            self.note(highlight.note),
        )

    # What formats differ in

    @abstractmethod
    def heading(self, level: int, text: str) -> str:
        """Return a heading; level 0 is the title of it all."""

    @abstractmethod
    def note(self, note: str) -> str:
        """Return what is written in Markdown."""

    @abstractmethod
    def explained(self, name: str, times: str, words: Sequence[str]) -> str:
        """Return a theme with how often it is used and what it means."""

    @abstractmethod
    def about(self, item: BundledArticle) -> Iterator[str]:
        """Yield what is known of an article, below its heading."""

    @abstractmethod
    def text(self, part: Text) -> Iterator[str]:
        """Yield the whole text of an article; its passages follow."""

    @abstractmethod
    def passage(self, quote: str, labels: tuple[str, str, str], note: str) -> str:
        """Return a passage; its labels are themes, place and whose it is, each empty where there is none."""


def _written(told: Iterable[str]) -> str:
    text = "\n\n".join(filter(None, told))
    return f"{text}\n\n" if text else ""
