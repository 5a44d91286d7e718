"""A passage, or the source of an article, on its way to the clipboard: as text, as Markdown, as rich text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from app.citing import Kind, Line, Paragraphs, Style, Words, citation, page_of, place_of, quotation, source_of
from app.citing.quoting import paragraphs
from app.exporters._escaping import escape as escaped
from app.exporters._escaping import escape_line
from app.model import Article, Status
from app.text.addresses import safe_address
from app.text.body import Body
from app.workspace import Workspace


class Form(StrEnum):
    """In which form something is copied."""

    QUOTATION = "quotation"
    CITATION = "citation"
    MARKDOWN = "markdown"
    RICH = "rich"


@dataclass(frozen=True, slots=True)
class Copy:
    """What goes to the clipboard: plain text, and for programs that take it the same as HTML (``""``: none)."""

    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """An article, or a passage of it by its words, its ``place`` and ``page``."""

    article: Article
    quote: str = ""
    place: Paragraphs | None = None
    page: str = ""


def article_of(workspace: Workspace, given: str) -> Cited:
    """Return the article with this id; raises ``NotFound``."""
    return Cited(workspace.articles.find(given))


def passage_of(workspace: Workspace, given: str) -> Cited:
    """Return the passage of the highlight with this id; raises ``NotFound``."""
    found = workspace.highlights.find(given)
    article = workspace.articles.find(found.article)
    body = workspace.bodies.content(article.key).body
    return passage(article, body, found.start, found.quote, anchored=found.status is Status.ANCHORED)


def passage(article: Article, body: Body, start: int, quote: str, *, anchored: bool = True) -> Cited:
    """Return a passage that begins at ``start``, in code points; of one that is not in the text only its words."""
    if not anchored:
        return Cited(article, quote)
    return Cited(article, quote, place_of(body, start, quote), page_of(body, start))


def copied(cited: Cited, form: Form, style: Style) -> Copy:
    """Return what is copied. Without a passage, a quotation is the citation alone."""
    where = (cited.article, cited.place, None, cited.page, style.key)
    if form is Form.QUOTATION:
        return Copy(quotation(cited.quote, *where))
    if form is Form.CITATION:
        return Copy(citation(*where))
    source = source_of(cited.article.metadata, cited.place, None, cited.page)
    whole = style.write(source)
    mention = style.mention(source) if style.mention and style.mention is not style.write else ()
    if form is Form.MARKDOWN:
        return Copy(_markdown(cited.quote, mention, whole))
    return Copy(quotation(cited.quote, *where) if cited.quote else citation(*where), _html(cited.quote, mention, whole))


def together(copies: Sequence[Copy], form: Form) -> Copy:
    """Return several copies as one: citations a line each, all else a paragraph apart."""
    between = "\n" if form is Form.CITATION else "\n\n"
    return Copy(between.join(copy.text for copy in copies), "".join(copy.html for copy in copies))


def _markdown(quote: str, mention: Line, whole: Line) -> str:
    """Return a quotation of CommonMark with the citation as its last paragraph."""
    quoted = [escape_line(words) for words in paragraphs(quote)]
    source = "".join(map(_in_markdown, whole))
    if not quoted:
        return source
    if mention:
        quoted[-1] += f" ({''.join(map(_in_markdown, mention))})"
    return "\n>\n".join(f"> {words}" for words in (*quoted, f"— {source}"))


def _html(quote: str, mention: Line, whole: Line) -> str:
    """Return a block quotation with the citation below it; it holds text, italics and links, and nothing else."""
    quoted = [escape(words, quote=False) for words in paragraphs(quote)]
    source = "".join(map(_in_html, whole))
    if not quoted:
        return f"<p>{source}</p>"
    if mention:
        quoted[-1] += f" ({''.join(map(_in_html, mention))})"
    inside = "".join(f'<p dir="auto">{words}</p>' for words in quoted)
    return f"<blockquote>{inside}</blockquote><p>— {source}</p>"


def _in_markdown(words: Words) -> str:
    if words.kind is Kind.EMPHASIS:
        return f"*{escaped(words.text)}*"
    if words.kind is Kind.ADDRESS and _is_link(words.text) and not set(words.text) & set("<>"):
        return f"<{words.text}>"
    return escaped(words.text)


def _in_html(words: Words) -> str:
    text = escape(words.text, quote=False)
    if words.kind is Kind.EMPHASIS:
        return f"<i>{text}</i>"
    if words.kind is Kind.ADDRESS and _is_link(words.text):
        return f'<a href="{escape(words.text)}">{text}</a>'
    return text


def _is_link(text: str) -> bool:
    return text.lower().startswith(("http://", "https://")) and safe_address(text) == text
