"""W3C Web Annotation: a collection of annotations as JSON-LD.

Names of sections are those of the Web Annotation Data Model, https://www.w3.org/TR/annotation-model/ .
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from app.exporters._base import PROGRAMS, Export, Exporter, File
from app.exporters._values import (
    chosen,
    colour_of,
    counted,
    encoded,
    has_marks,
    in_order,
    is_marked,
    past_behind,
    path_text,
    rounds_behind,
    themes_by_id,
    timestamp,
    urn,
)
from app.model import Article, Attribute, Bundle, BundledArticle, Collection, Highlight, Rule, Status, Theme
from app.options import Option, OptionValue
from app.text.body import Run
from app.wording import Message

Node = dict[str, Any]

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
# Words that the W3C's context does not have: borrowed where another vocabulary has them, under a name of our own else.
EXTENSION: Final[Mapping[str, Any]] = {
    "commonplace": "urn:uuid:0a8a3a5e-8d0c-4f55-9f3c-6d9a4e1b7c20#",
    "title": "http://purl.org/dc/terms/title",
    "address": "http://schema.org/url",
    "byline": "http://schema.org/author",
    "outlet": "http://schema.org/publisher",
    "section": "http://schema.org/articleSection",
    "published": "http://schema.org/datePublished",
    "accessed": "http://purl.org/dc/terms/dateAccepted",
    "article": "commonplace:article",
    "reading": "commonplace:reading",
    "status": "commonplace:status",
    "attributes": {"@id": "http://schema.org/additionalProperty", "@container": "@set"},
    "PropertyValue": "http://schema.org/PropertyValue",
    "themes": {"@id": "commonplace:themes", "@container": "@list"},
    "theme": {"@id": "commonplace:theme", "@type": "@id"},
    "path": "commonplace:path",
    "colour": "commonplace:colour",
    "Theme": "http://www.w3.org/2004/02/skos/core#Concept",
    "broader": {"@id": "http://www.w3.org/2004/02/skos/core#broader", "@type": "@id"},
    "definition": "http://www.w3.org/2004/02/skos/core#definition",
    "note": "http://www.w3.org/2004/02/skos/core#note",
    "digit": "commonplace:digit",
    "text": "http://schema.org/articleBody",
    "structure": "commonplace:structure",
    "leftOut": "commonplace:leftOut",
    "details": "commonplace:details",
    "origins": "commonplace:origins",
    "stub": "commonplace:stub",
    "former": {"@id": "commonplace:former", "@container": "@list"},
    "private": "commonplace:private",
    "whole": "commonplace:whole",
    "fields": {"@id": "commonplace:fields", "@container": "@list"},
    "Field": "commonplace:Field",
    "kind": "commonplace:kind",
    "choices": {"@id": "commonplace:choices", "@container": "@list"},
    "rules": {"@id": "commonplace:rules", "@container": "@list"},
    "Rule": "commonplace:Rule",
    "line": "commonplace:line",
    "collections": {"@id": "commonplace:collections", "@container": "@list"},
    "Collection": "http://www.w3.org/2004/02/skos/core#OrderedCollection",
    "query": "commonplace:query",
    "interludes": {"@id": "commonplace:interludes", "@container": "@list"},
    "Interlude": "commonplace:Interlude",
    "level": "commonplace:level",
    "sequence": {"@id": "commonplace:sequence", "@type": "@id", "@container": "@list"},
}
_HOST: Final = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_STRAY_PER_CENT: Final = re.compile(r"%(?![0-9a-fA-F]{2})")
_SCHEMES: Final = frozenset(("http", "https", "ftp", "urn", "doi", "file"))
_MARKDOWN: Final = "text/markdown"


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the collection with all annotations on one page. What it leaves behind: texts, and unmarked articles.

    With ``texts`` both are there: an article without marks is an annotation that says no more than that it is kept.
    Pictures, earlier texts and rounds with other coders stay behind either way.
    """
    whole = bool(options["texts"])
    texts = 0 if whole else sum(bool(item.makeup.letters) for item in bundle.articles)
    bare = 0 if whole else sum(not is_marked(item) for item in bundle.articles)
    left: tuple[Message, ...] = (
        *counted(texts, "The full text of one article: annotations hold their passages only.",
                 "The full texts of {count} articles: annotations hold their passages only."),
        *counted(bare, "One article without highlights, themes or note.",
                 "{count} articles without highlights, themes or note."),
        *counted(len({*bundle.pictures, *bundle.hidden}) if whole else 0, "One picture.", "{count} pictures."),
        *(past_behind(bundle) if whole else ()),
        *rounds_behind(bundle),
    )  # fmt: skip
    return Export((File("", data) for data in _parts(bundle, whole=whole)), left, len(bundle.articles) + 2)


def _parts(bundle: Bundle, *, whole: bool) -> Iterator[bytes]:
    """Yield the head of the collection, the annotations of each article, one a line, and the end."""
    head = _collection(bundle, whole=whole)
    if not head["total"]:
        yield encoded(_json(head) + "\n")
        return
    page = {"id": urn(bundle.title, "page 1"), "type": "AnnotationPage", "partOf": head["id"], "startIndex": 0}
    # Written by hand around the items, so that a library of any size is never in memory at once.
    yield encoded(f'{_json(head)[:-1]},\n"first":{_json(page)[:-1]},"items":[')
    themes = themes_by_id(bundle)
    between = "\n"
    for item in in_order(bundle):
        lines = ",\n".join(map(_json, _annotations(item, themes, bundle.private, whole=whole)))
        if lines:
            yield encoded(between + lines)
            between = ",\n"
    yield encoded("\n]}}\n")


def _json(node: Mapping[str, Any]) -> str:
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def _collection(bundle: Bundle, *, whole: bool) -> Node:
    """Return the collection without its page (section 5.1); an empty one has none."""
    total = sum(
        len(item.highlights) + len(item.layers) + (whole or has_marks(item.article)) for item in bundle.articles
    )
    last = {"last": urn(bundle.title, "page 1")} if total else {}
    return _known(
        {
            "@context": [CONTEXT, dict(EXTENSION)],
            "id": urn(bundle.title, "collection"),
            "type": "AnnotationCollection",
            "label": bundle.title,
            "generated": timestamp(bundle.made),
            "note": bundle.note,
            **_private("" in bundle.private),
            "whole": bundle.whole,
            "total": total,
            "themes": [{**_theme(theme), **_private(theme.id in bundle.private)} for theme in bundle.themes],
            "fields": [_field(one) for one in bundle.attributes],
            "collections": [{**_gathered(one), **_private(one.id in bundle.private)} for one in bundle.collections],
            "rules": [_rule(one) for one in bundle.rules],
            **last,
        }
    )


def _private(is_private: bool) -> Node:
    """Return what says that a note stays home when others get a copy."""
    return {"private": True} if is_private else {}


def _field(attribute: Attribute) -> Node:
    return _known(
        {
            "id": urn(attribute.id),
            "type": "Field",
            "label": attribute.name,
            "kind": attribute.kind.value,
            "choices": list(attribute.choices),
            "definition": attribute.definition,
        }
    )


def _gathered(collection: Collection) -> Node:
    """Return a collection of the reader's own: its query, or what is in it by hand, in order."""
    said = [
        {"id": urn(one.id), "type": "Interlude", "level": one.level, "value": one.text} for one in collection.interludes
    ]
    return _known(
        {
            "id": urn(collection.id),
            "type": "Collection",
            "label": collection.name,
            "query": collection.query,
            "note": collection.note,
            "interludes": said,
            "sequence": [urn(uid) for uid in collection.sequence],
        }
    )


def _rule(rule: Rule) -> Node:
    return {"id": urn(rule.id), "type": "Rule", "outlet": rule.outlet, "line": rule.line, "kind": rule.kind}


def _theme(theme: Theme) -> Node:
    return _known(
        {
            "id": urn(theme.id),
            "type": "Theme",
            "label": theme.name,
            "path": path_text(theme),
            "colour": colour_of(theme),
            "broader": urn(theme.parent) if theme.parent else "",
            "definition": theme.definition,
            "note": theme.note,
            "digit": theme.digit,
        }
    )


def _annotations(
    item: BundledArticle, themes: Mapping[str, Theme], private: frozenset[str], *, whole: bool
) -> Iterator[Node]:
    """Yield what is said of the article as a whole, with its text if that is wanted, then its highlights.

    Each other coder's themes on the article are an annotation of that coder's.
    """
    article = item.article
    about = _article(article)
    target = {"type": "SpecificResource", "source": address_iri(article.metadata.address or "") or about["id"]}
    if whole or has_marks(article):
        # Its name differs from the article's own URN, which may be the source.
        kept = ("bookmarking",) if whole else ()
        head = _head(urn(article.id, "annotation"), kept, article.added, article.modified)
        bodies = [*_tags(article.themes, themes), *_comments(article.note)]
        node = _annotation(head, bodies, target, {**about, **_content(item)} if whole else about)
        yield {**node, **_private(article.id in private)}
    for author, ids in item.layers.items():
        head = _head(urn(article.id, f"annotation of {author}"), (), 0, 0)
        yield {**_annotation(head, [*_tags(ids, themes)], target, about), **_creator(author)}
    for highlight in item.highlights:
        head = _head(urn(highlight.id), ("highlighting",), highlight.created, highlight.modified)
        bodies = [*_tags(highlight.themes, themes), *_comments(highlight.note)]
        node = _annotation(head, bodies, {**target, "selector": _selectors(highlight)}, about)
        if highlight.status is Status.ORPHAN:
            node["status"] = highlight.status.value
            node["former"] = [highlight.start, highlight.end]
        yield {**node, **_creator(highlight.author), **_private(highlight.id in private)}


def _creator(author: str) -> Node:
    """Return whose an annotation is; nothing for the reader's own."""
    return {"creator": {"type": "Person", "name": author}} if author else {}


def _head(uid: str, motivation: tuple[str, ...], created: int, modified: int) -> Node:
    """Return the keys of sections 3.1 and 3.3; the bodies add to the motivation what they are for."""
    times = {"created": timestamp(created), "modified": timestamp(modified)}
    return {"id": uid, "type": "Annotation", "motivation": list(motivation), **times}


def _annotation(head: Node, bodies: list[Node], target: Node, about: Node) -> Node:
    purposes = [*head["motivation"], *dict.fromkeys(body["purpose"] for body in bodies)]
    motivation = purposes[0] if len(purposes) == 1 else purposes
    return _known({**head, "motivation": motivation, "body": bodies, "target": target, "article": about})


def _tags(ids: tuple[str, ...], themes: Mapping[str, Theme]) -> Iterator[Node]:
    for theme in chosen(ids, themes):
        yield {
            "type": "TextualBody",
            "value": theme.name,
            "purpose": "tagging",
            "path": path_text(theme),
            "theme": urn(theme.id),
        }


def _comments(note: str) -> Iterator[Node]:
    if note.strip():
        yield {"type": "TextualBody", "value": note, "format": _MARKDOWN, "purpose": "commenting"}


def _selectors(highlight: Highlight) -> list[Node]:
    """Return quote and position (4.2.4, 4.2.5: Unicode code points, as ours are); an orphan has no position."""
    quoted = _known(
        {
            "type": "TextQuoteSelector",
            "exact": highlight.quote,
            "prefix": highlight.prefix,
            "suffix": highlight.suffix,
        }
    )
    if highlight.status is Status.ORPHAN:
        return [quoted]
    return [quoted, {"type": "TextPositionSelector", "start": highlight.start, "end": highlight.end}]


def _article(article: Article) -> Node:
    """Return what is known of an article, under its own URN: it stands beside the target of each annotation."""
    known = article.metadata
    attributes = [
        {"type": "PropertyValue", "name": name, "value": value} for name, value in sorted(article.attributes.items())
    ]
    return _known(
        {
            "id": urn(article.id),
            "type": "Text",
            "address": known.address,
            "title": known.title,
            "byline": known.byline,
            "outlet": known.outlet,
            "section": known.section,
            "published": str(known.published) if known.published else "",
            "accessed": known.accessed,
            "language": known.language,
            "reading": article.state.value,
            "stub": article.stub or None,
            "attributes": attributes,
        }
    )


def _content(item: BundledArticle) -> Node:
    """Return the text of an article and all that belongs to it; what only this program knows is JSON in a text."""
    details = {name: list(value) if isinstance(value, tuple) else value for name, value in item.article.details.items()}
    left_out = [
        [one.kind, one.text, one.before, one.block, dict(one.attributes), [_run(run) for run in one.runs]]
        for one in item.content.left_out
    ]
    origins = {name: origin.value for name, origin in item.article.metadata.origins.items()}
    known = {
        "structure": item.content.body.structure_json() if item.content.body.blocks else "",
        "leftOut": _json_text(left_out),
        "details": _json_text(details),
        "origins": _json_text(origins),
    }
    return {"text": item.content.body.text, **_known(known)}


def _run(run: Run) -> list[Any]:
    return [run.start, run.end, run.kind, dict(run.attributes)]


def _json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def address_iri(address: str) -> str:
    """Return ``address`` as an IRI, what may not stand in one percent-encoded (RFC 3987); ``""`` when it is none."""
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or not (parts.netloc or parts.path):
        return ""
    host = _HOST.match(address)
    end = host.end() if host else 0
    path, hash_sign, place = address[end:].partition("#")
    return _encoded(address[:end], "[]") + _encoded(path) + hash_sign + _encoded(place)


def _encoded(part: str, brackets: str = "") -> str:
    """Return a part of an IRI; brackets stand in a host alone, and a hash only before the last part."""
    part = _STRAY_PER_CENT.sub("%25", part)
    return "".join(
        letter if letter > "\x9f" and letter.isprintable() else quote(letter, safe=f"!$%&'()*+,/:;=?@~{brackets}")
        for letter in part
    )


def _known(node: Node) -> Node:
    """Return the node without what is not known: a key that says nothing is left out. Zero is said."""
    return {key: value for key, value in node.items() if value not in ("", None, [])}


EXPORTER: Final = Exporter(
    key="jsonld",
    name="Web Annotations (JSON-LD)",
    suffix=".jsonld",
    group=PROGRAMS,
    good_for="The open standard for annotations, for other tools.",
    write=write,
    options=(
        Option("texts", "With the full texts", False, help="The articles themselves, so that all can come back."),
    ),
    comes_back=True,
)
