"""Annotations for Hypothesis: what its client reads, and what only this program reads beside."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Codebook, Draft
from app.exporters.hypothesis import EXPORTER, READER
from app.importers._base import File, importers
from app.importers._parts import choose
from app.model import Attribute, Bundle, Collection

# What the client's own exports have in every annotation.
KEYS = {
    "id",
    "created",
    "updated",
    "user",
    "uri",
    "text",
    "tags",
    "group",
    "permissions",
    "target",
    "document",
    "links",
}


def parsed(exported: Any, of: Bundle) -> dict[str, Any]:
    return json.loads(exported(of, "hypothesis")[""])


def read(value: object) -> list[Any]:
    return list(importers()["hypothesis"].read(File(json.dumps(value).encode(), "x.json", {})))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.fixture
def rich(made) -> Bundle:
    war = made.theme("War", definition="D", colour="#112233")
    drones = made.theme("#Drones, small", war, digit=2)
    marks = [("Two 👩‍👩‍👧 words", [war, drones], " *A* note\n"), ("Two", [], "")]
    item = made.article(["😀 Two 👩‍👩‍👧 words.", "", "End"], marks, address="https://x.org/a")
    item = replace(item, article=replace(item.article, note="Of all", themes=(war.id,)))
    second = replace(item.highlights[1], author="B. Coder / 2")
    lost = replace(made.orphan(item, "lost words", [war], "gone"), created=5, modified=6)
    item = replace(item, highlights=(item.highlights[0], second, lost))
    return made.bundle(item, made.article(number=2), themes=[war, drones], private=frozenset({lost.id}))


def test_it_has_what_the_client_reads(exported, rich):
    value = parsed(exported, rich)
    assert list(value)[:4] == ["export_date", "export_userid", "client_version", "annotations"]
    assert value["export_date"] == "2025-03-04T05:06:07.089Z"
    page, first, second, lost = value["annotations"]
    assert all(set(one) >= KEYS for one in value["annotations"])
    assert len({one["id"] for one in value["annotations"]}) == 4
    assert (page["text"], page["tags"], page["target"]) == ("Of all", ["War"], [{"source": "https://x.org/a"}])
    assert (first["text"], first["tags"]) == (" *A* note\n", ["War", "War > #Drones, small"])
    assert {one["uri"] for one in value["annotations"]} == {"https://x.org/a"}
    assert first["user"] == value["export_userid"] == READER
    assert (second["user"], second["user_info"]["display_name"]) == (
        "acct:B._Coder_2@commonplace.invalid", "B. Coder / 2",
    )  # fmt: skip
    assert all(one["permissions"]["read"] == [one["user"]] for one in value["annotations"])
    assert [selector["type"] for selector in lost["target"][0]["selector"]] == ["TextQuoteSelector"]


def test_the_clients_positions_are_utf16_units(exported, rich):
    text = rich.articles[0].content.body.text
    first = parsed(exported, rich)["annotations"][1]
    position, quote = first["target"][0]["selector"]
    assert quote["exact"] == "Two 👩‍👩‍👧 words"
    assert (position["start"], position["end"]) == (3, 3 + units(quote["exact"]))
    assert text.encode("utf-16-le")[2 * position["start"] : 2 * position["end"]].decode("utf-16-le") == quote["exact"]
    own = first["commonplace"]
    assert text[own["start"] : own["end"]] == quote["exact"]


@given(data=st.data())
def test_positions_hold_in_any_text(made, exported, data):
    lines = data.draw(made.lines)
    text = "\n".join(lines)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (one,) = parsed(exported, made.bundle(made.article(lines, [((start, end),)])))["annotations"]
    position, quote = one["target"][0]["selector"]
    assert position["start"] == units(text[:start])
    assert position["end"] - position["start"] == units(quote["exact"])


def test_this_programs_own_come_back_with_their_ids(exported, rich):
    book, draft = read(parsed(exported, rich))
    (item, _bare) = rich.articles
    assert isinstance(book, Codebook)
    assert isinstance(draft, Draft)
    assert [(one.path, one.id, one.digit) for one in book.themes] == [
        (one.path, one.id, one.digit or 0) for one in rich.themes
    ]
    assert (draft.id, draft.stub, draft.note, draft.themes) == (item.article.id, True, "Of all", item.article.themes)
    assert [(m.id, m.quote, m.themes, m.note, m.author, m.created, m.modified, m.at) for m in draft.marks] == [
        (one.id, one.quote, one.themes, one.note, one.author, one.created, one.modified, one.start)
        for one in item.highlights
    ]
    assert [(m.orphan, m.private) for m in draft.marks] == [(False, False), (False, False), (True, True)]
    assert "lost words" not in draft.body.text


def test_what_went_through_the_client_comes_back_as_anybodys(exported, rich):
    value = parsed(exported, rich)
    del value["commonplace"]
    for one in value["annotations"]:
        del one["commonplace"]
        one["id"] = one["id"][:22]
    (draft,) = read(value)
    assert (draft.id, draft.note, draft.themes) == ("", "Of all", ("War",))
    assert {(mark.quote, mark.id) for mark in draft.marks} == {
        ("Two 👩‍👩‍👧 words", ""), ("Two", ""), ("lost words", ""),
    }  # fmt: skip


def test_it_is_known_by_its_names_whatever_the_codebook_holds(exported, made):
    many = [made.theme(f"Theme {number}", definition="x" * 200) for number in range(600)]
    data = exported(made.bundle(made.article(marks=[("Some",)]), themes=many), "hypothesis")[""].encode()
    assert len(data) > 100_000
    assert choose("x.json", data).key == "hypothesis"


def test_what_annotations_cannot_hold_is_said(made):
    marked = made.article(marks=[("Some",)])
    of = made.bundle(
        marked, made.article(number=2), note="n", attributes=(Attribute(1, "a" * 32, "tone"),),
        collections=(Collection(1, "b" * 32, "To write"), Collection(2, "c" * 32, "Read")),
    )  # fmt: skip
    assert [str(one) for one in EXPORTER.write(of, {}).left_behind] == [
        "The full texts of 2 articles: annotations hold their passages only.",
        "One article without highlights, themes or note.",
        "The page of one article that has no address: Hypothesis cannot show what is marked in it.",
        "2 collections.",
        "One field of your own.",
        "The note on all of it.",
    ]


@pytest.mark.parametrize(
    "own", [{"article": 5}, {"article": "no id"}, [], {"article": "a" * 32, "themes": 5, "start": "x"}]
)
def test_a_word_of_ours_that_says_nonsense_is_passed_over(exported, rich, own):
    value = parsed(exported, rich)
    value["commonplace"] = {"themes": [{"path": 5}, {"path": []}, {}]}
    for one in value["annotations"]:
        one["commonplace"] = own
    drafts = [one for one in read(value) if isinstance(one, Draft)]
    assert len(drafts[0].marks) == 3
