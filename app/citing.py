"""A quotation with its source, as it is pasted into a text of one's own."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.model import Article, Precision, Published
from app.text.body import IMAGE, clean_line

UNDATED: Final = "n.d."
UNTITLED: Final = "Untitled"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INNER: Final = str.maketrans("“”„‟", "‘’‚‛")
_STRAIGHT: Final = re.compile(r"(?P<open>(?<![^\s(\[{—–‘“/-])\"(?=\S))|\"")
# What Markdown may read as more than a letter: a backslash where every dialect knows it, otherwise a reference.
_BACKSLASHED: Final = re.compile(r"[\\`*\[\]#]|(?<![^\W_])_|_(?![^\W_])")
_REFERENCED: Final = re.compile(r"&(?=#?\w+;)|[<~|\t]|==|%%|\^(?=\w)|(?<=\W)\$(?=\S)")
_OPENER: Final = re.compile(r"[>+-]|\d{1,9}(?=[.)])")
_WEB: Final = re.compile(r"https?://[^\s<>]+")


def citation(article: Article, paragraph: int | None = None, accessed: str | None = None) -> str:
    """Return the source line: outlet, byline, “title”, date or ``n.d.``, address, day of access, paragraph.

    What is not known is left out. ``accessed`` (an ISO day) stands in where the article has none; ``paragraph`` counts
    from 1.
    """
    return ", ".join(_parts(article, paragraph, accessed))


def quotation(quote: str, article: Article, paragraph: int | None = None, accessed: str | None = None) -> str:
    """Return ``“quote” (source)`` as plain text; each paragraph after the first opens with a quotation mark again."""
    source = f"({citation(article, paragraph, accessed)})"
    lines = [inner_quotes(line) for line in _paragraphs(quote)]
    return "\n".join(f"“{line}" for line in lines) + f"” {source}" if lines else source


def quotation_markdown(quote: str, article: Article, paragraph: int | None = None, accessed: str | None = None) -> str:
    """Return a block quote in Markdown with the source below it; nothing of the quote is read as Markdown."""
    source = "— " + ", ".join(map(_escaped, _parts(article, paragraph, accessed)))
    blocks = [_escaped(line) for line in _paragraphs(quote)]
    return "\n>\n".join(f"> {block}" for block in [*blocks, source]) + "\n"


def _parts(article: Article, paragraph: int | None, accessed: str | None) -> list[str]:
    """Return what is known of the source, in the order of the source line."""
    known = article.metadata
    day = written_access(known.accessed) or written_access(accessed)
    parts = (
        _line(known.outlet),
        _line(known.byline),
        f"“{inner_quotes(_line(known.title) or UNTITLED)}”",
        written_date(known.published),
        "".join(_line(known.address).split()),
        f"accessed {day}" if day else "",
        f"paragraph {paragraph}" if paragraph and paragraph > 0 else "",
    )
    return [part for part in parts if part]


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
        return f"{_MONTHS[published.day.month - 1]} {published.day.year}"
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
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _line(text: str | None) -> str:
    """Return a value on one line, its white space made single spaces."""
    return " ".join(clean_line(text or "").split())


def _paragraphs(quote: str) -> list[str]:
    """Return the paragraphs of a passage; the marks of images and empty lines are no words."""
    lines = (clean_line(line.replace(IMAGE, "")).strip() for line in quote.splitlines())
    return [line for line in lines if line]


def _escaped(line: str) -> str:
    """Return a line so that Markdown shows it letter by letter; an address of the web stays a link."""
    if _WEB.fullmatch(line):
        return f"<{line}>"
    written = _REFERENCED.sub(_references, _BACKSLASHED.sub(r"\\\g<0>", line))
    opener = _OPENER.match(written)
    if opener is None:
        return written
    place = opener.end() if opener[0].isdigit() else 0
    return f"{written[:place]}\\{written[place:]}"


def _references(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(letter)};" for letter in match[0])
