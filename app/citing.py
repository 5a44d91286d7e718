"""A quotation with its source, as it is pasted into a text of one's own."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.model import Article, Metadata, Precision, Published
from app.text.body import IMAGE, Body, clean_line
from app.wording import MONTHS

UNDATED: Final = "n.d."
UNTITLED: Final = "Untitled"
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INNER: Final = str.maketrans("“”„‟", "‘’‚‛")
_STRAIGHT: Final = re.compile(r"(?P<open>(?<![^\s(\[{—–‘“/-])\"(?=\S))|\"")


def citation(article: Article, paragraph: int | None = None, accessed: str | None = None, page: str = "") -> str:
    """Return the source line: outlet, byline, “title”, date or ``n.d.``, address, day of access, page, paragraph.

    What is not known is left out. ``accessed`` (an ISO day) stands in where the article has none; ``paragraph`` counts
    from 1; ``page`` is as :func:`page_of` gives it.
    """
    return source_line(article.metadata, paragraph, accessed, page)


def quotation(
    quote: str, article: Article, paragraph: int | None = None, accessed: str | None = None, page: str = ""
) -> str:
    """Return ``“quote” (source)`` as plain text; each paragraph after the first opens with a quotation mark again."""
    source = f"({citation(article, paragraph, accessed, page)})"
    lines = [inner_quotes(line) for line in _paragraphs(quote)]
    return "\n".join(f"“{line}" for line in lines) + f"” {source}" if lines else source


def page_of(body: Body, position: int) -> str:
    """Return the page of a printed source on which the block that holds ``position`` begins; empty if it has none."""
    return str(body.block_at(position).attributes.get("page", "")) if body.blocks else ""


def source_line(metadata: Metadata, paragraph: int | None = None, accessed: str | None = None, page: str = "") -> str:
    """Return the source line of an article, or of a passage in its ``paragraph`` (from 1), as plain text."""
    return ", ".join(words for _, words in source_parts(metadata, paragraph, accessed, page))


def source_parts(
    metadata: Metadata, paragraph: int | None = None, accessed: str | None = None, page: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return the parts of the source line in order, as ``(what, words)``; what is not known is absent.

    ``what`` is one of ``outlet byline title date address accessed page paragraph``.
    """
    day = written_access(metadata.accessed) or written_access(accessed)
    parts = (
        ("outlet", _line(metadata.outlet)),
        ("byline", _line(metadata.byline)),
        ("title", f"“{inner_quotes(_line(metadata.title) or UNTITLED)}”"),
        ("date", written_date(metadata.published)),
        ("address", "".join(_line(metadata.address).split())),
        ("accessed", f"accessed {day}" if day else ""),
        ("page", f"p. {_line(page)}" if _line(page) else ""),
        ("paragraph", f"paragraph {paragraph}" if paragraph and paragraph > 0 else ""),
    )
    return tuple(part for part in parts if part[1])


def inner_quotes(text: str) -> str:
    """Return ``text`` as it stands inside double quotation marks: its own double ones become single ones.

    Straight ones open before a word and close behind it. Marks of other languages (« », 「 」) stay.
    """
    return _STRAIGHT.sub(lambda mark: "‘" if mark["open"] else "’", text.translate(_INNER))


def written_date(published: Published | None) -> str:
    """Return a day of publication as exactly as it is known, such as ``4 March 2025``; ``n.d.`` if it is not."""
    if published is None:
        return UNDATED
    if published.precision is Precision.YEAR:
        return str(published.day.year)
    if published.precision is Precision.MONTH:
        return f"{MONTHS[published.day.month - 1]} {published.day.year}"
    about = "about " if published.precision is Precision.ABOUT else ""
    return about + _written_day(published.day)


def written_access(accessed: str | None) -> str:
    """Return a day of access in words, or as it stands when it is no ISO day; empty when it is not known."""
    text = _line(accessed)
    if not _ISO_DAY.fullmatch(text):
        return text
    try:
        return _written_day(date.fromisoformat(text))
    except ValueError:
        return text


def _written_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _line(text: str | None) -> str:
    """Return a value on one line, its white space made single spaces."""
    return " ".join(clean_line(text or "").split())


def _paragraphs(quote: str) -> list[str]:
    """Return the paragraphs of a passage; the marks of images and empty lines are no words."""
    lines = (clean_line(line.replace(IMAGE, "")).strip() for line in quote.splitlines())
    return [line for line in lines if line]
