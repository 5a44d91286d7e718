"""A quotation with its source, as it is pasted into a text of one's own."""

from __future__ import annotations

from app.citing.marks import inner_quotes
from app.citing.source import Paragraphs, source_of
from app.citing.styles import HOUSE, style_of
from app.citing.words import plain
from app.model import Article
from app.text.body import IMAGE, Body, clean_line


def citation(
    article: Article,
    place: Paragraphs | None = None,
    accessed: str | None = None,
    page: str = "",
    style: str = HOUSE,
) -> str:
    """Return the citation of an article, or of a passage in it, as plain text; what is not known is left out.

    ``accessed`` (an ISO day) stands in where the article has none; ``place`` is as :func:`place_of` gives it and
    ``page`` as :func:`page_of`; ``style`` is a key of ``STYLES``.
    Raises ``InvalidInput`` for a style that there is not.
    """
    return plain(style_of(style).write(source_of(article.metadata, place, accessed, page)))


def quotation(
    quote: str,
    article: Article,
    place: Paragraphs | None = None,
    accessed: str | None = None,
    page: str = "",
    style: str = HOUSE,
) -> str:
    """Return ``“quote” (source)`` as plain text; each paragraph after the first opens with a quotation mark again.

    A style that mentions its sources in brackets, or cites them in footnotes, has its whole citation in a line below.
    Raises ``InvalidInput`` for a style that there is not.
    """
    chosen, source = style_of(style), source_of(article.metadata, place, accessed, page)
    mention = plain(chosen.mention(source)) if chosen.mention else ""
    whole = plain(chosen.write(source))
    lines = [inner_quotes(line) for line in paragraphs(quote)]
    if not lines:
        return f"({whole})" if mention == whole else whole
    quoted = "\n".join(f"“{line}" for line in lines) + "”" + (f" ({mention})" if mention else "")
    return quoted if mention == whole else f"{quoted}\n{whole}"


def page_of(body: Body, position: int) -> str:
    """Return the page of a printed source on which the block that holds ``position`` begins; empty if it has none."""
    return str(body.block_at(position).attributes.get("page", "")) if body.blocks else ""


def place_of(body: Body, start: int, quote: str) -> Paragraphs:
    """Return the paragraphs in which a passage lies that begins at ``start``, in code points."""
    last = start + max(0, len(quote.rstrip()) - 1)
    return Paragraphs(body.block_number(start) + 1, body.block_number(last) + 1)


def paragraphs(quote: str) -> list[str]:
    """Return the paragraphs of a passage; the marks of images and empty lines are no words."""
    lines = (clean_line(line.replace(IMAGE, "")).strip() for line in quote.splitlines())
    return [line for line in lines if line]
