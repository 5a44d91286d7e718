from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters.jsonld import CONTEXT, EXPORTER, EXTENSION, address_iri
from app.model import Attribute, AttributeKind, Collection, Content, Interlude, LeftOut, Published

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
OA = "http://www.w3.org/ns/oa#"
# The terms of the W3C's context that we write, so that nothing has to be fetched.
TERMS = {
    "oa": OA, "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "Text": "dctypes:Text", "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector", "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage", "highlighting": "oa:highlighting", "tagging": "oa:tagging",
    "commenting": "oa:commenting", "bookmarking": "oa:bookmarking",
    "creator": {"@type": "@id", "@id": "dcterms:creator"},
    "Person": "foaf:Person", "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"}, "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"}, "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "partOf": {"@type": "@id", "@id": "as:partOf"}, "first": {"@type": "@id", "@id": "as:first"},
    "last": {"@type": "@id", "@id": "as:last"}, "format": "dc:format", "language": "dc:language",
    "created": "dcterms:created", "modified": "dcterms:modified", "generated": "dcterms:issued", "value": "rdf:value",
    "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "name": "foaf:name", "label": "rdfs:label", "total": "as:totalItems", "startIndex": "as:startIndex",
}  # fmt: skip


def items(collection: dict) -> list[dict]:
    return collection["first"]["items"] if collection["total"] else []


def is_iri(value: object) -> bool:
    if not isinstance(value, str) or not urlsplit(value).scheme:
        return False
    behind = value.replace(urlsplit(value).netloc, "", 1)
    return not re.search(r'[\s<>"{}|\\^`]|%(?![0-9a-fA-F]{2})|#.*#', value) and not re.search(r"[\[\]]", behind)


def keep_the_musts(collection: dict) -> None:
    """Fail where a MUST of https://www.w3.org/TR/annotation-model/ is broken."""
    assert CONTEXT in collection["@context"]
    assert collection["type"] == "AnnotationCollection"
    assert is_iri(collection["id"])
    assert collection["total"] == len(items(collection))
    if collection["total"]:
        page = collection["first"]
        assert page["type"] == "AnnotationPage"
        assert is_iri(page["id"])
        assert page["partOf"] == collection["id"]
        assert page["startIndex"] == 0
    assert len({item["id"] for item in items(collection)}) == collection["total"]
    for item in items(collection):
        keep_the_musts_of_one(item)


def keep_the_musts_of_one(item: dict) -> None:
    assert item["type"] == "Annotation"
    assert is_iri(item["id"])
    assert "bodyValue" not in item
    assert all(TIME.fullmatch(item[key]) for key in ("created", "modified", "generated") if key in item)
    assert is_iri(item["target"]["source"])
    for body in item.get("body", []):
        assert body["type"] == "TextualBody"
        assert isinstance(body["value"], str)
        assert body["purpose"] in ("tagging", "commenting")
    for selector in item["target"].get("selector", []):
        if selector["type"] == "TextPositionSelector":
            assert 0 <= selector["start"] <= selector["end"]
        else:
            assert isinstance(selector["exact"], str)


def test_quote_position_themes_and_note(made, exported):
    war = made.theme("War")
    drones = made.theme("Drones / tech", war, definition="what flies")
    known = {"address": "https://x.org/a", "published": Published.parse("2025-03"), "outlet": "O", "language": "en"}
    item = made.article(["👩‍👩‍👧 Two words."], [("Two", [drones], "A *note*")], "T", **known)
    collection = json.loads(exported(made.bundle(item, themes=[war, drones]), "jsonld")[""])
    keep_the_musts(collection)
    (one,) = items(collection)
    assert one["motivation"] == ["highlighting", "tagging", "commenting"]
    assert one["id"].removeprefix("urn:uuid:").replace("-", "") == item.highlights[0].id
    tag, note = one["body"]
    assert (tag["value"], tag["path"], tag["purpose"]) == ("Drones / tech", "War > Drones / tech", "tagging")
    assert note == {"type": "TextualBody", "value": "A *note*", "format": "text/markdown", "purpose": "commenting"}
    assert one["target"]["source"] == "https://x.org/a"
    quote, position = one["target"]["selector"]
    assert quote == {
        "type": "TextQuoteSelector", "exact": "Two", "prefix": "👩‍👩‍👧 ", "suffix": " words.",
    }  # fmt: skip
    assert item.content.body.text[position["start"] : position["end"]] == "Two"
    assert (one["article"]["title"], one["article"]["published"]) == ("T", "2025-03")
    assert [theme["label"] for theme in collection["themes"]] == ["War", "Drones / tech"]
    assert collection["themes"][1]["broader"] == collection["themes"][0]["id"]


def test_what_is_written_on_an_article_is_an_annotation_of_the_whole(made, exported):
    war = made.theme("War")
    item = made.article(about={"note": "of all", "themes": (war.id,), "attributes": {"tone": "grim"}})
    collection = json.loads(exported(made.bundle(item, themes=[war]), "jsonld")[""])
    keep_the_musts(collection)
    (one,) = items(collection)
    assert "selector" not in one["target"]
    assert one["target"]["source"] == one["article"]["id"] != one["id"]
    assert [body["value"] for body in one["body"]] == ["War", "of all"]
    assert one["article"]["attributes"] == [{"type": "PropertyValue", "name": "tone", "value": "grim"}]


def test_an_orphan_is_marked_and_has_no_position(made, exported):
    item = made.article()
    item = type(item)(item.article, item.content, (made.orphan(item, "lost words"),))
    (one,) = items(json.loads(exported(made.bundle(item), "jsonld")[""]))
    assert one["status"] == "orphan"
    assert [selector["type"] for selector in one["target"]["selector"]] == ["TextQuoteSelector"]


def test_a_collection_of_nothing_is_one(made, exported):
    collection = json.loads(exported(made.bundle(made.article()), "jsonld")[""])
    keep_the_musts(collection)
    assert (collection["total"], "first" in collection) == (0, False)


def test_annotations_stand_in_the_order_of_the_collection(made, exported):
    one, two = made.article(marks=[("Some",)]), made.article(number=2, marks=[("text",)])
    of = made.bundle(one, two, order=(two.highlights[0].id, one.article.id))
    assert [item["target"]["selector"][0]["exact"] for item in items(json.loads(exported(of, "jsonld")[""]))] == [
        "text",
        "Some",
    ]


@pytest.mark.parametrize(
    "address", ["", "no address", "www.x.org", "javascript:alert(1)", "http://[", "data:text/html,x"]
)
def test_what_is_no_address_becomes_the_name_of_the_article(made, exported, address):
    item = made.article(marks=[("Some",)], address=address)
    (one,) = items(json.loads(exported(made.bundle(item), "jsonld")[""]))
    assert one["target"]["source"] == one["article"]["id"]


def test_brackets_stand_in_a_host_alone():
    assert address_iri("https://x.org/a]]b?c[]=d#e[1]#f") == "https://x.org/a%5D%5Db?c%5B%5D=d#e%5B1%5D%23f"
    assert address_iri("http://[2001:db8::1]:80/100%25/5%") == "http://[2001:db8::1]:80/100%25/5%25"


@given(st.one_of(st.text(), st.text("a%[]#/?: ")))
def test_an_address_is_an_iri_or_nothing(address):
    assert address_iri(address) == "" or is_iri(address_iri(address))
    assert is_iri(address_iri("https://x.org/" + address.strip()))


@given(data=st.data())
def test_every_text_comes_back(made, exported, data):
    lines, note, name = data.draw(made.lines), data.draw(made.line), data.draw(made.line.filter(str.strip))
    theme = made.theme(name)
    text = "\n".join(lines)
    item = made.article(lines, [((0, len(text)), [theme], note)])
    collection = json.loads(exported(made.bundle(item, themes=[theme]), "jsonld")[""])
    keep_the_musts(collection)
    (one,) = items(collection)
    assert one["target"]["selector"][0]["exact"] == text
    assert [body["value"] for body in one["body"]] == [name, *([note] if note.strip() else [])]


def test_it_expands_to_the_vocabulary_of_the_w3c(made, exported):
    jsonld = pytest.importorskip("pyld").jsonld
    war = made.theme("War")
    item = made.article(marks=[("Some", [war], "n")], about={"attributes": {"a": "b"}}, address="https://x.org/")
    lost = made.orphan(item, "lost words")
    item = type(item)(
        replace(item.article, details={"views": "12"}, stub=True),
        Content(item.content.body, (LeftOut("share", "Share", 0),)),
        (replace(item.highlights[0], author="B. Coder"), lost),
    )
    said, sequence = Interlude(made.uid("part"), "Part one", 1), (made.uid("part"), lost.id, item.article.id)
    of = made.bundle(
        item, themes=[war], note="of all", whole=True, private=frozenset({"", lost.id, war.id}),
        attributes=(Attribute(1, made.uid("a"), "a", AttributeKind.CHOICE, ("b", "c"), "how"),),
        collections=(Collection(1, made.uid("c"), "To write", "", "n", sequence[1:], "", (said,), sequence),),
    )  # fmt: skip
    document = json.loads(exported(of, "jsonld", texts=True)[""])
    keep_the_musts(document)

    def loader(address, _options):
        assert address == CONTEXT
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": TERMS}}

    (collection,) = jsonld.expand(document, {"documentLoader": loader})
    (page,) = collection["https://www.w3.org/ns/activitystreams#first".replace("https", "http")]
    whole, one, _lost = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert whole[f"{OA}motivatedBy"] == [{"@id": f"{OA}bookmarking"}]
    assert one["@type"] == [f"{OA}Annotation"]
    assert {value["@id"] for value in one[f"{OA}motivatedBy"]} == {
        f"{OA}highlighting", f"{OA}tagging", f"{OA}commenting",
    }  # fmt: skip
    (target,) = one[f"{OA}hasTarget"]
    assert target[f"{OA}hasSource"] == [{"@id": "https://x.org/"}]
    assert target[f"{OA}hasSelector"][0][f"{OA}exact"] == [{"@value": "Some"}]
    own = EXTENSION["commonplace"]
    (gathered,) = collection[f"{own}collections"][0]["@list"]
    assert [node["@id"].replace("-", "").rpartition(":")[2] for node in gathered[f"{own}sequence"][0]["@list"]] == [
        *sequence
    ]
    # Every key that we write has a meaning: what has none is dropped by expansion.
    shrunk = jsonld.compact(
        jsonld.expand(document, {"documentLoader": loader}), document["@context"], {"documentLoader": loader}
    )
    assert keys(shrunk) >= keys(document)


def keys(node: object) -> set[str]:
    if isinstance(node, dict):
        return {key for key in node if key != "@context"}.union(
            *(keys(value) for key, value in node.items() if key != "@context")
        )
    return set().union(*map(keys, node)) if isinstance(node, list) else set()


def test_what_annotations_with_texts_cannot_hold_is_said(made):
    of = made.bundle(made.article(), pictures={"a" * 64: b"1"}, hidden={"b" * 64: b"2"})
    assert [str(message) for message in EXPORTER.write(of, {"texts": True}).left_behind] == ["2 pictures."]


def test_what_annotations_cannot_hold_is_said(made):
    of = made.bundle(made.article(), made.article(number=2, marks=[("Some",)]))
    assert [str(message) for message in EXPORTER.write(of, {"texts": False}).left_behind] == [
        "The full texts of 2 articles: annotations hold their passages only.",
        "One article without highlights, themes or note.",
    ]
