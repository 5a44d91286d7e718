"""The style of the house: what is known, one thing after the other, in words that need no manual."""

from __future__ import annotations

from app.citing.dates import written_access, written_date
from app.citing.marks import inner_quotes
from app.citing.source import Paragraphs, Source, source_of
from app.citing.words import Line, Words, address, sentence
from app.model import Metadata


def source_line(
    metadata: Metadata, paragraphs: Paragraphs | None = None, accessed: str | None = None, page: str = ""
) -> str:
    """Return the source line of an article, or of a passage in its ``paragraphs``, as plain text."""
    return ", ".join(words for _, words in source_parts(metadata, paragraphs, accessed, page))


def source_parts(
    metadata: Metadata, paragraphs: Paragraphs | None = None, accessed: str | None = None, page: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return the parts of the source line in order, as ``(what, words)``; what is not known is absent.

    ``what`` is one of ``outlet byline title date address accessed page paragraph``.
    """
    return _parts(source_of(metadata, paragraphs, accessed, page))


def reference(source: Source) -> Line:
    """Return the source line: outlet, byline, “title”, date or ``n.d.``, address, day of access, page, paragraph."""
    pieces = (address(words) if what == "address" else Words(words) for what, words in _parts(source))
    return sentence(((piece,) for piece in pieces), ", ")


def _parts(source: Source) -> tuple[tuple[str, str], ...]:
    day = written_access(source.accessed)
    parts = (
        ("outlet", source.outlet),
        ("byline", source.byline),
        ("title", f"“{inner_quotes(source.title)}”"),
        ("date", written_date(source.published)),
        ("address", source.address),
        ("accessed", f"accessed {day}" if day else ""),
        ("page", f"p. {source.page}" if source.page else ""),
        ("paragraph", str(source.paragraphs or "")),
    )
    return tuple(part for part in parts if part[1])
