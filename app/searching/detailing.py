"""What a page says about itself, as it is searched: the lines that tell about an article, and those of its imprint.

An imprint says when, by whom and where an article came out, and how it is to be read: its words stand on every page of
an outlet (*5 min read*, *Home » World*), so they are found only where details are asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from app.model import Details
from app.text.ranges import Span

_IMPRINT: Final = frozenset(
    (
        *(
            "byline_line",
            "role",
            "date_line",
            "section_line",
            "breadcrumb",
            "title_line",
            "title_repeat",
            "subject_line",
        ),
        *("level", "reading_time", "views", "credibility_score", "words", "length"),
        *("created", "updated", "loaded", "pages", "mimetype", "type", "publication_type", "document_type"),
    )
)


class Line(NamedTuple):
    """A line of a detail: what the detail is called, the words, and where they stand among those of all lines."""

    name: str
    text: str
    start: int


class Lines:
    """Lines of details, one below the other."""

    def __init__(self, said: Iterable[tuple[str, str]]) -> None:
        """Put lines with the names of their details below one another."""
        self.lines: list[Line] = []
        start = 0
        for name, text in said:
            self.lines.append(Line(name, text, start))
            start += len(text) + 1
        self.text = "\n".join(line.text for line in self.lines)

    def best(self, marked: Sequence[Span]) -> tuple[Line, list[Span]]:
        """Return the line with the most different words of those that are ``marked`` in the text, and where.

        Words that reach from one line to the next are in none: then the line is all of the text.
        """
        found = [(line, self._of(line, marked)) for line in self.lines]
        line, spans = max(found, key=lambda one: len({one[0].text[first:last].casefold() for first, last in one[1]}))
        return (line, spans) if spans else (Line("", self.text, 0), list(marked))

    def _of(self, line: Line, marked: Sequence[Span]) -> list[Span]:
        first, last = line.start, line.start + len(line.text)
        return [(start - first, end - first) for start, end in marked if first <= start and end <= last]


class Sorted(NamedTuple):
    """The lines that tell about an article, and those of its imprint."""

    details: Lines
    imprint: Lines


def sorted_out(details: Details) -> Sorted:
    """Return what a page says about itself, line by line."""
    said = [(name, line) for name, value in details.items() for line in ((value,) if isinstance(value, str) else value)]
    return Sorted(
        Lines(one for one in said if one[0] not in _IMPRINT), Lines(one for one in said if one[0] in _IMPRINT)
    )
