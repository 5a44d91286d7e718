"""Web Annotations of others, in all the shapes that the model allows."""

from __future__ import annotations

import json

import pytest

from app.errors import ImportFailed
from app.importers._base import Unread
from tests.marks import chosen_for, drafts, holds, parts

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
QUOTE = {"type": "TextQuoteSelector", "exact": "the wall", "prefix": "But ", "suffix": " was built"}


def written(*annotations: dict, **around: object) -> bytes:
    return json.dumps({"@context": CONTEXT, **around, "items": list(annotations)}).encode()


def annotation(**values: object) -> dict:
    target = {"source": "https://harbour.example/wall#a", "selector": QUOTE}
    return {"@context": CONTEXT, "type": "Annotation", "id": "https://x.org/1", "target": target, **values}


@pytest.mark.parametrize(
    ("body", "themes", "note"),
    [
        ({"body": "A note"}, (), "A note"),
        ({"bodyValue": "A note"}, (), "A note"),
        ({"body": {"type": "TextualBody", "value": "A note"}}, (), "A note"),
        ({"body": {"type": "TextualBody", "value": "sea"}, "motivation": "tagging"}, ("sea",), ""),
        ({"body": [{"value": "sea", "purpose": "tagging"}, {"value": "Why?"}]}, ("sea",), "Why?"),
        ({"motivation": "highlighting"}, (), ""),
    ],
)  # fmt: skip
def test_bodies(body, themes, note):
    (draft,) = drafts("a.jsonld", written(annotation(**body)))
    (mark,) = draft.marks
    assert (mark.quote, mark.themes, mark.note) == ("the wall", themes, note)
    assert (mark.prefix, mark.suffix, mark.id) == ("But ", " was built", "")
    assert draft.metadata.address == "https://harbour.example/wall"
    assert holds(draft)


@pytest.mark.parametrize(
    "selector",
    [
        [QUOTE, {"type": "TextPositionSelector", "start": 3, "end": 11}],
        {"type": "CssSelector", "value": "p", "refinedBy": QUOTE},
        {"type": "Choice", "items": [{"type": "XPathSelector", "value": "/p"}, QUOTE]},
    ],
)
def test_selectors(selector):
    (draft,) = drafts(
        "a.jsonld", written(annotation(target={"source": {"id": "https://x.org/a"}, "selector": selector}))
    )
    assert [mark.quote for mark in draft.marks] == ["the wall"]


def test_shapes_of_files():
    one = annotation(creator={"name": "Ada"}, created="2024-05-06T07:08:09Z")
    shapes = (
        one,
        [one],
        {"@context": CONTEXT, "@graph": [one]},
        {"@context": CONTEXT, "type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [one]}},
    )
    for shape in shapes:
        data = json.dumps(shape).encode()
        assert chosen_for("a.json", data).key == "jsonld"
        (draft,) = drafts("a.json", data)
        assert (draft.marks[0].author, draft.marks[0].created) == ("Ada", 1714979289000)


def test_what_quotes_no_words_is_a_note_on_the_article_and_told():
    place = {"source": "https://x.org/a", "selector": {"type": "XPathSelector", "value": "/p[1]"}}
    found = parts(
        "a.jsonld", written(annotation(target=place, body="Look here"), annotation(target="https://x.org/a", body="B"))
    )
    assert found[0].note == "Look here\n\nB"
    assert [one.passed for one in found if isinstance(one, Unread)] == [True]


def test_a_text_that_was_tampered_with_costs_the_text_only():
    article = {"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "title": "T", "text": "One", "structure": "{}"}
    (draft,) = drafts("a.jsonld", written(annotation(article=article)))
    assert (draft.stub, draft.metadata.title, draft.body.text) == (True, "T", "the wall")


@pytest.mark.parametrize("reading", [[], {}, 5, None, "lost"])
def test_a_state_that_is_none_says_nothing(reading):
    article = {"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "title": "T", "reading": reading}
    (draft,) = drafts("a.jsonld", written(annotation(article=article)))
    assert (draft.state, draft.metadata.title) == (None, "T")


@pytest.mark.parametrize("data", [b'{"@context": "http://www.w3.org/ns/anno.jsonld"}', b"[]", b"{", b"[" * 100_000])
def test_nothing_is_refused(data):
    with pytest.raises(ImportFailed):
        parts("a.jsonld", data, "jsonld")
