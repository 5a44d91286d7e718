"""The record at the end of a note: what Markdown has no words for, hidden from readers in a comment of Obsidian.

It is JSON in ``%% … %%``, without any sign in it that Obsidian might take for the end of the comment, a tag or a link.
Blocks and runs are written one after the other in one list: ``number, kind, attributes`` and ``start, end, kind,
attributes``. Positions are code points of the text, times UTC milliseconds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from app.exporters._markdown_body import unwritten
from app.exporters._values import chosen, colour_of, title_of
from app.model import (
    METADATA_FIELDS,
    Article,
    Attribute,
    Bundle,
    BundledArticle,
    Collection,
    Highlight,
    Interlude,
    LeftOut,
    Metadata,
    Origin,
    Status,
    Theme,
)  # fmt: skip
from app.text.body import Body, Run

VERSION: Final = 1
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
Node = dict[str, Any]


def article_record(
    item: BundledArticle,
    bundle: Bundle,
    themes: Mapping[str, Theme],
    fields: Mapping[str, Attribute],
    values: Iterable[tuple[str, str, str]],
    properties: Sequence[str],
    *,
    with_text: bool,
) -> str:
    """Return the record of an article's note.

    ``fields`` are the reader's own by name; ``values`` are those of the article that its front matter says in another
    way than the library: name, key and value. ``properties`` are the keys of the front matter that are ours, so that
    the next export takes away those that it lacks.
    """
    article = item.article
    used = [article.themes, *item.layers.values(), *(one.themes for one in item.highlights)]
    return comment({
        "version": VERSION,
        "properties": list(properties),
        "article": _article(item, bundle, values),
        "themes": [_theme(theme) for theme in _with_parents(used, themes)],
        "fields": [field_record(fields[name]) for name in sorted(article.attributes) if name in fields],
        "text": _text(item.content.body) if with_text else None,
        "left_out": [_left_out(one) for one in item.content.left_out] if with_text else None,
        "passages": [_passage(one, article, bundle, themes) for one in item.highlights],
    })  # fmt: skip


def library_record(bundle: Bundle) -> str:
    """Return the record of the index of a whole library: its note, the reader's fields and rules, its collections."""
    note = _known({"private": "" in bundle.private, "raw": exact(bundle.note)})
    fields = [{**field_record(one), "definition": one.definition} for one in bundle.attributes]
    listed = [_known({"id": one.id, "name": one.name, "query": one.query}) for one in bundle.collections]
    rules = [{"id": one.id, "outlet": one.outlet, "line": one.line, "kind": one.kind} for one in bundle.rules]
    return comment({"version": VERSION, "library": note, "fields": fields, "collections": listed, "rules": rules})


def collection_record(collection: Collection, bundle: Bundle) -> str:
    """Return the record of a collection's note: all that it is."""
    told = _known({
        "id": collection.id,
        "name": collection.name,
        "query": collection.query,
        "note": collection.note,
        "private": collection.id in bundle.private,
        "interludes": [_interlude(one) for one in collection.interludes],
        "sequence": list(collection.sequence),
    })  # fmt: skip
    return comment({"version": VERSION, "collection": told})


def theme_comment(theme: Theme, bundle: Bundle) -> str:
    """Return what stands, hidden, behind the tag of a theme in the codebook."""
    more = {"private": theme.id in bundle.private, "definition": exact(theme.definition), "note": exact(theme.note)}
    return f"%%{_safe(_json({**_theme(theme), **_known(more)}))}%%"


def comment(values: Mapping[str, Any]) -> str:
    """Return a record as a comment, a line for each passage, so that what changes is seen line by line."""
    parts = []
    for key, value in values.items():
        if value is None or value == []:
            continue
        lines = ",\n".join(map(_json, value)) if key == "passages" else ""
        parts.append(f'"{key}":[\n{lines}\n]' if lines else f'"{key}":{_json(value)}')
    inside = ",\n".join(parts)
    return _safe(f"%%\n{{{inside}}}\n%%")


def exact(text: str) -> str:
    """Return a note or definition if it does not come back from what is shown of it, otherwise ``""``."""
    changes = "&lt;" in text or "&#37;" in text or "\r" in text or text.strip("\n") != text
    return text if changes and text.strip() else ""


def _json(value: Any) -> str:
    return _ENCODER.encode(value)


def _safe(text: str) -> str:
    """Return JSON (its strings are all that these signs can be in) that Obsidian sees no sign of its own in."""
    head, tail = ("%%", "%%") if text.startswith("%%") else ("", "")
    inside = text[len(head) : len(text) - len(tail)]
    return head + inside.replace("%", "\\u0025").replace("#", "\\u0023").replace("[[", "[\\u005b") + tail


def _known(node: Node) -> Node:
    return {key: value for key, value in node.items() if value}


def _article(item: BundledArticle, bundle: Bundle, values: Iterable[tuple[str, str, str]]) -> Node:
    article, known = item.article, item.article.metadata
    node = _known({
        "added": article.added,
        "modified": article.modified,
        "stub": article.stub,
        "private": article.id in bundle.private,
        "note": exact(article.note),
        "themes": list(article.themes),
        "layers": {author: list(ids) for author, ids in item.layers.items()},
        "origins": _origins(known),
        "details": {name: list(one) if isinstance(one, tuple) else one for name, one in article.details.items()},
        "attributes": [{"name": name, "key": key, "value": value} for name, key, value in values],
    })  # fmt: skip
    if known.title != title_of(known):
        node["title"] = known.title
    return node


def _origins(known: Metadata) -> Node:
    """Return where values come from that the source does not state; ``""`` where that is not known."""
    usual = {name: Origin.STATED if getattr(known, name) is not None else "" for name in METADATA_FIELDS}
    found = {name: known.origins.get(name, "") for name in METADATA_FIELDS}
    return {name: origin for name, origin in found.items() if origin != usual[name]}


def _with_parents(used: Iterable[Iterable[str]], themes: Mapping[str, Theme]) -> Iterator[Theme]:
    """Return the themes that are used and those above them, in the order of the library."""
    wanted: set[str] = set()
    for uid in {uid for ids in used for uid in ids}:
        above: str | None = uid
        while above is not None and above in themes and above not in wanted:
            wanted.add(above)
            above = themes[above].parent
    return (theme for uid, theme in themes.items() if uid in wanted)


def _theme(theme: Theme) -> Node:
    node: Node = {"id": theme.id, "path": list(theme.path or (theme.name,)), "colour": colour_of(theme)}
    return {**node, "digit": theme.digit} if theme.digit else node


def field_record(attribute: Attribute) -> Node:
    """Return one of the reader's fields without its definition."""
    node: Node = {"id": attribute.id, "name": attribute.name, "kind": attribute.kind.value}
    return {**node, "choices": list(attribute.choices)} if attribute.choices else node


def _text(body: Body) -> Node:
    """Return what makes a body of the lines of a note again, and the sum by which it is known to be that text."""
    blocks = [
        part
        for number, block in enumerate(body.blocks)
        if block.kind != "paragraph" or block.attributes
        for part in (number, block.kind, dict(block.attributes))
    ]
    lost = {number: body.text[body.blocks[number].start : body.blocks[number].end] for number in unwritten(body)}
    return {
        "sum": hashlib.sha256(body.text.encode("utf-8", "replace")).hexdigest(),
        "count": len(body.blocks),
        **_known({"blocks": blocks, "lost": lost, "runs": _runs(body.runs)}),
    }


def _runs(runs: Iterable[Run]) -> list[Any]:
    return [part for run in runs for part in (run.start, run.end, run.kind, dict(run.attributes))]


def _left_out(one: LeftOut) -> Node:
    node = {"kind": one.kind, "text": one.text, "before": one.before, "block": one.block}
    return {**node, **_known({"attributes": dict(one.attributes), "runs": _runs(one.runs)})}


def _interlude(one: Interlude) -> Node:
    return {"id": one.id, "text": one.text, "level": one.level}


def _passage(highlight: Highlight, article: Article, bundle: Bundle, themes: Mapping[str, Theme]) -> Node:
    is_lost = highlight.status is Status.ORPHAN
    lost = {"quote": highlight.quote} if is_lost else {}
    # The text says what stands round a passage, but for that of a stub, which is made of passages.
    if is_lost or article.stub:
        lost |= {"prefix": highlight.prefix, "suffix": highlight.suffix}
    return {
        "id": highlight.id,
        "start": highlight.start,
        "end": highlight.end,
        **lost,
        **_known({
            "themes": [theme.id for theme in chosen(highlight.themes, themes)],
            "created": highlight.created,
            "modified": highlight.modified,
            "author": highlight.author,
            "private": highlight.id in bundle.private,
            "note": exact(highlight.note),
        }),
    }  # fmt: skip
