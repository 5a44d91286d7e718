"""The library's values as lines for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from app.citing import UNTITLED
from app.library.steps import Step
from app.searching.answers import Found
from app.searching.indexing import IndexState

SHORT = 8
_PLAIN: Final = frozenset(("text", "quote"))


def titled(title: str | None) -> str:
    """Return the title of an article, or what stands for it where there is none."""
    return title or UNTITLED


def article(value: dict[str, Any]) -> str:
    """Return an article on one line."""
    known = [value["outlet"], value["byline"], value["published"] or "undated", counted(value["words"], "word")]
    if value["highlights"]:
        known.append(counted(value["highlights"], "highlight"))
    return f"{value['id'][:SHORT]}  {titled(value['title'])}  ({', '.join(part for part in known if part)})"


def whole_article(value: dict[str, Any]) -> Iterator[str]:
    """Yield an article with everything about it."""
    yield value["title"] or ""
    for name in ("byline", "outlet", "section", "published", "address", "accessed", "language", "state"):
        if value[name]:
            origin = value["origins"].get(name)
            yield f"{name}: {value[name]}{f' ({origin})' if origin else ''}"
    for name, text in (value["details"] | value["attributes"]).items():
        yield f"{name}: {' · '.join(text) if isinstance(text, list) else text}"
    if value["themes"]:
        yield f"themes: {', '.join(value['themes'])}"
    if value["note"]:
        yield f"note: {value['note']}"
    yield ""
    for block in value["blocks"]:
        yield f"[{block['number']}] {value['text'][block['start'] : block['end']]}"
    if value["left_out"]:
        yield ""
        yield "Left out:"
    for piece in value["left_out"]:
        yield f"[{piece['number']}] {piece['kind']}: {piece['text']}"
    if value["highlights"]:
        yield ""
        yield "Highlights:"
    for one in value["highlights"]:
        yield from highlight(one)


def highlight(value: dict[str, Any]) -> Iterator[str]:
    """Yield a highlight on one line, and its note."""
    themes = f"  [{', '.join(value['themes'])}]" if value["themes"] else ""
    lost = "  (orphan)" if value.get("status") == "orphan" else ""
    whose = f"  — {value['author']}" if value["author"] else ""
    quote = " ".join(value["quote"].split())
    yield f"{value['id'][:SHORT]}  {value['start']}–{value['end']}  “{quote}”{themes}{lost}{whose}"
    for line in value["note"].splitlines():
        yield f"          {line}"


def theme(value: dict[str, Any]) -> str:
    """Return a theme on one line, indented by its depth."""
    digit = f"[{value['digit']}] " if value["digit"] else ""
    return f"{'  ' * (len(value['path']) - 1)}{digit}{value['name']}  {value['colour']}  {value['highlights']}"


def found(value: Found) -> Iterator[str]:
    """Yield a hit: whose it is, and its excerpt with the hits between brackets."""
    one = value.highlight.id if value.highlight else value.article.id
    names = [value.field, *([value.detail.replace("_", " ")] if value.detail else [])]
    place = "" if value.field in _PLAIN else f"  ({': '.join(names)})"
    yield f"{one[:SHORT]}  {titled(value.article.metadata.title)}{place}"
    text, position = "", 0
    for start, end in value.spans:
        text += f"{value.excerpt[position:start]}[{value.excerpt[start:end]}]"
        position = end
    yield f"          {text}{value.excerpt[position:]}"


def proposal(value: dict[str, Any]) -> Iterator[str]:
    """Yield a passage that *mark all hits* would mark: whose it is, and its words."""
    marked = "  (marked already)" if value["highlight"] else ""
    yield f"{value['number']:>4}  {value['article'][:SHORT]}  {titled(value['title'])}{marked}"
    yield f"      “{' '.join(value['quote'].split())}”"


def step(value: Step) -> str:
    """Return a step of the history on one line, in the local time."""
    made = datetime.fromtimestamp(value.made / 1000).astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{value.number:>5}  {made}  {value.label}{'' if value.done else '  (undone)'}  — {value.origin}"


def index(state: IndexState) -> Iterator[str]:
    """Yield what the index holds, a line each."""
    yield f"articles: {state.indexed_articles} of {state.articles}"
    yield f"passages: {state.indexed_passages} of {state.passages}"
    yield f"bytes: {state.size}"
    yield f"parts: {len(state.segments)}"
    if state.pending:
        yield f"still to be indexed: {state.pending}"
    for one in state.damages:
        yield f"cannot be read: {one.parts} parts with {one.documents} entries. {one.why}"
    for failed in state.failed:
        yield f"not indexed: {failed.id[:SHORT]}  {titled(failed.title)}: {failed.reason}"


def counted(count: int, what: str) -> str:
    """Return a number of things, in the singular where it is one."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
