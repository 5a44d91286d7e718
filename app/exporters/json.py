"""Everything that a library holds, as one JSON document that comes back without loss.

Its form is described, field by field, by the JSON Schema in ``resources/export/library.schema.json``. Positions are
Unicode code points, ``end`` excluded; times are UTC, ``null`` where they are not known.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from app.exporters._base import PROGRAMS, Export, Exporter, File
from app.exporters._values import counted, encoded, timestamp
from app.model import (
    METADATA_FIELDS,
    Article,
    Attribute,
    Bundle,
    BundledArticle,
    Collection,
    Content,
    EarlierText,
    Highlight,
    LeftOut,
    Metadata,
    Rule,
    Theme,
)
from app.options import Option, OptionValue
from app.rounds import Round
from app.text.body import Block, Run

FORMAT: Final = "commonplace"
VERSION: Final = 4

Node = dict[str, Any]


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write all of a bundle, article by article. What it leaves behind: pictures, when they are not wanted."""
    digests = sorted({*bundle.pictures, *bundle.hidden})
    shown = digests if options["pictures"] else []
    left = () if options["pictures"] else counted(len(digests), "One picture.", "{count} pictures.")
    return Export(
        (File("", encoded(part)) for part in _parts(bundle, shown)), left, len(bundle.articles) + len(shown) + 4
    )


def _parts(bundle: Bundle, pictures: Iterable[str]) -> Iterator[str]:
    """Yield the document in parts, an article or a picture each, so that a library of any size is never in memory."""
    yield "{" + _json(_head(bundle))[1:-1]
    yield _listed("themes", (_theme(one, bundle) for one in bundle.themes))
    yield _listed("attributes", map(_attribute, bundle.attributes))
    yield _listed("collections", (_collection(one, bundle) for one in bundle.collections))
    yield _listed("rules", map(_rule, bundle.rules))
    yield _listed("rounds", map(_round, bundle.rounds))
    yield ',\n"articles":['
    for number, item in enumerate(bundle.articles):
        yield f"{',' if number else ''}\n{_json(_article(item, bundle))}"
    yield '\n],\n"pictures":{'
    between = ""
    for digest in pictures:
        data = (bundle.pictures if digest in bundle.pictures else bundle.hidden)[digest]
        yield f'{between}\n{_json(digest)}:"{b64encode(data).decode()}"'
        between = ","
    yield "\n}}\n"


def _listed(name: str, nodes: Iterable[Node]) -> str:
    lines = ",".join(f"\n{_json(node)}" for node in nodes)
    return f",\n{_json(name)}:[{lines}]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _head(bundle: Bundle) -> Node:
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": _time(bundle.made),
        "title": bundle.title,
        "whole": bundle.whole,
        **_note(bundle.note, "", bundle),
        "answers": _round(bundle.answers) if bundle.answers else None,
    }


def _time(milliseconds: int) -> str | None:
    return timestamp(milliseconds) or None


def _note(text: str, of: str, bundle: Bundle) -> Node:
    """Return the note on what has this id; ``noted`` is what is known of it beside its words, if there is one."""
    known = bundle.noted.get(of) if text else None
    noted = known and {"id": known.id, "created": _time(known.created), "modified": _time(known.modified)}
    return {"note": text, "private": of in bundle.private, "noted": noted}


def _theme(theme: Theme, bundle: Bundle) -> Node:
    return {
        "id": theme.id,
        "path": list(theme.path),
        "colour": theme.colour,
        "digit": theme.digit,
        "definition": theme.definition,
        **_note(theme.note, theme.id, bundle),
    }


def _attribute(attribute: Attribute) -> Node:
    return {
        "id": attribute.id,
        "name": attribute.name,
        "kind": attribute.kind.value,
        "choices": list(attribute.choices),
        "definition": attribute.definition,
    }


def _collection(collection: Collection, bundle: Bundle) -> Node:
    return {
        "id": collection.id,
        "name": collection.name,
        "query": collection.query,
        **_note(collection.note, collection.id, bundle),
        "interludes": [{"id": one.id, "level": one.level, "text": one.text} for one in collection.interludes],
        "sequence": list(collection.sequence),
    }


def _rule(rule: Rule) -> Node:
    return {"id": rule.id, "outlet": rule.outlet, "line": rule.line, "kind": rule.kind}


def _round(one: Round) -> Node:
    return {
        "id": one.id,
        "coder": one.coder,
        "library": one.library,
        "made": _time(one.made),
        "taken": _time(one.taken),
        "blind": one.blind,
        "articles": list(one.articles),
    }


def _article(item: BundledArticle, bundle: Bundle) -> Node:
    article = item.article
    return {
        "id": article.id,
        "metadata": _metadata(article.metadata),
        "origins": {name: origin.value for name, origin in article.metadata.origins.items()},
        "state": article.state.value,
        "details": {name: list(one) if isinstance(one, tuple) else one for name, one in article.details.items()},
        "attributes": dict(article.attributes),
        "themes": list(article.themes),
        "layers": [{"author": author, "themes": list(themes)} for author, themes in item.layers.items()],
        "coders": list(item.coders),
        **_note(article.note, article.id, bundle),
        "added": _time(article.added),
        "modified": _time(article.modified),
        "source": _source(article),
        "stub": article.stub,
        **_content(item.content),
        "pictures": list(item.pictures),
        "earlier": [_earlier(one) for one in item.earlier],
        "highlights": [_highlight(one, bundle) for one in item.highlights],
    }


def _content(content: Content) -> Node:
    body = content.body
    return {
        "text": body.text,
        "blocks": [_span(one) for one in body.blocks],
        "runs": [_span(one) for one in body.runs],
        "left_out": [_left_out(one) for one in content.left_out],
    }


def _earlier(one: EarlierText) -> Node:
    return {"made": _time(one.made), "reason": one.reason, **_content(one.content)}


def _metadata(metadata: Metadata) -> Node:
    known = {name: getattr(metadata, name) for name in METADATA_FIELDS}
    return {name: None if value is None else str(value) for name, value in known.items()}


def _source(article: Article) -> Node:
    """Return what the article was read from: the file itself stays in the library."""
    return {"name": article.source, "format": article.format, "sha256": article.original}


def _span(one: Block | Run) -> Node:
    return {"start": one.start, "end": one.end, "kind": one.kind, "attributes": dict(one.attributes)}


def _left_out(piece: LeftOut) -> Node:
    return {
        "kind": piece.kind,
        "text": piece.text,
        "before": piece.before,
        "block": piece.block,
        "attributes": dict(piece.attributes),
        "runs": [_span(one) for one in piece.runs],
    }


def _highlight(highlight: Highlight, bundle: Bundle) -> Node:
    return {
        "id": highlight.id,
        "start": highlight.start,
        "end": highlight.end,
        "quote": highlight.quote,
        "prefix": highlight.prefix,
        "suffix": highlight.suffix,
        "status": highlight.status.value,
        "themes": list(highlight.themes),
        **_note(highlight.note, highlight.id, bundle),
        "author": highlight.author,
        "created": _time(highlight.created),
        "modified": _time(highlight.modified),
    }


EXPORTER: Final = Exporter(
    key="json",
    name="Commonplace (JSON)",
    suffix=".json",
    group=PROGRAMS,
    good_for="All of it, without loss, to come back or for scripts.",
    write=write,
    options=(Option("pictures", "With the pictures", True, help="Off: the file is smaller, and its texts show none."),),
    schema="library.schema.json",
    comes_back=True,
)
