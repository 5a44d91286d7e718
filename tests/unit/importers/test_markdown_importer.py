"""Markdown files: front matter becomes metadata, the rest the article."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers.markdown import read
from app.model import Origin

DOUBLINGS = [f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]" for before, after in pairwise("abcdefghi")]
NOTE = """---
title: "The Sea Wall"
author: ["[[Ada Marsh]]", Ben Lowe]
url: https://harbour.example/wall
site: Harbour Post
published: 2025-03-04
accessed: 2025-03-11
language: en
section: World
tags: [harbour/wall, "#money"]
rating: 5
places:
  - the pier
  - the hill
---

# The Sea Wall

The wall was built for a sea that stood a foot **lower**.

- one
- two
"""


def one(text: str) -> Draft:
    (draft,) = read(File(text.encode(), "wall.md"))
    return draft


def test_front_matter_becomes_metadata():
    draft = one(NOTE)
    metadata = draft.metadata
    assert (metadata.title, metadata.byline, metadata.outlet) == ("The Sea Wall", "Ada Marsh, Ben Lowe", "Harbour Post")
    assert (metadata.address, metadata.section, metadata.language) == ("https://harbour.example/wall", "World", "en")
    assert (str(metadata.published), metadata.accessed) == ("2025-03-04", "2025-03-11")
    assert set(metadata.origins.values()) == {Origin.STATED}
    assert draft.themes == ("harbour > wall", "money")
    assert draft.details == {"rating": "5", "places": ("the pier", "the hill")}


def test_the_title_is_not_said_twice():
    assert [piece.kind for piece in one(NOTE).body.pieces()] == ["paragraph", "item", "item"]
    assert one("---\ntitle: Another\n---\n# The Sea Wall\n\nText.").body.text == "The Sea Wall\nText."


def test_the_first_heading_is_the_title_when_none_is_stated():
    draft = one("# The Sea Wall\n\nText.")
    assert draft.metadata.title == "The Sea Wall"
    assert draft.metadata.origins["title"] is Origin.STATED
    assert draft.body.text == "Text."


def test_without_any_title_one_is_derived():
    draft = one("The wall was built for a lower sea. It stands.")
    assert draft.metadata.title == "The wall was built for a lower sea"
    assert draft.metadata.origins["title"] is Origin.DERIVED


@pytest.mark.parametrize(
    "front",
    [
        "title: [unclosed",
        "- a list\n- of things",
        "\n".join(["a: &a [x,x,x,x,x,x,x,x,x]", *DOUBLINGS]),
        "!!python/object/apply:os.system ['true']",
    ],
    ids=["open", "list", "bomb", "object"],
)
def test_broken_front_matter_is_text_and_a_detail(front):
    draft = one(f"---\n{front}\n---\n\nThe text is here.")
    assert "The text is here." in draft.body.text
    assert front.split("\n")[0] in draft.body.text
    assert draft.details["front_matter"]


@pytest.mark.parametrize(
    ("line", "details"),
    [
        ("series: Harbours: the walls", {"series": "Harbours: the walls"}),
        ("published: 2024-02-30", {"published": "2024-02-30"}),
        ("section: {{section}}", {"front_matter": "section: {{section}}"}),
        ("places:\n\t- the pier\n\t- the hill", {"places": ("the pier", "the hill")}),
        ("note: @mayor\n[[broken", {"note": "@mayor", "front_matter": "[[broken"}),
        ("note: [unclosed\n!!python/object/apply:os.system ['true']", None),
    ],
    ids=["colon", "day", "template", "tab", "at", "many"],
)
def test_a_bad_line_of_front_matter_costs_that_line_only(line, details):
    front = f"title: The wall: a story\nauthor: Ada Marsh\n{line}\ntags: [harbour/wall, 'sea, tide']"
    draft = one(f"---\n{front}\n---\nText.")
    assert (draft.metadata.title, draft.metadata.byline) == ("The wall: a story", "Ada Marsh")
    assert draft.themes == ("harbour > wall", "sea, tide")
    assert draft.body.text == "Text."
    if details is None:
        assert len(draft.details["front_matter"]) == 2
    else:
        assert draft.details == details


def test_broken_front_matter_may_hold_lists_and_long_values():
    front = "title: a: b\ntags:\n- one\n- 'two'\nabout: >\n  first words\n  and more # a remark"
    draft = one(f"---\n{front}\nempty:\ndate: 2024-03-04\n---\nText.")
    assert draft.themes == ("one", "two")
    assert draft.details == {"about": "first words and more"}
    assert str(draft.metadata.published) == "2024-03-04"


def test_a_value_that_does_not_fit_its_field_is_a_detail():
    draft = one("---\nsource: a friend\npublished: last spring\nlanguage: the usual\n---\nText.")
    assert draft.metadata.address is None
    assert draft.metadata.published is None
    assert draft.details == {"source": "a friend", "published": "last spring", "language": "the usual"}


@pytest.mark.parametrize(
    "key", ["Publication date", "publication_date", "pubDate", "Date of publication", "published on"]
)
def test_the_words_of_a_key_may_stand_apart(key):
    draft = one(f"---\nSource URL: https://x.org/a\n{key}: 2024-03-04\nAccess date: 2024-03-05\n---\nText.")
    assert (draft.metadata.address, str(draft.metadata.published)) == ("https://x.org/a", "2024-03-04")
    assert (draft.metadata.accessed, draft.details) == ("2024-03-05", {})


def test_an_address_that_nobody_encoded_is_one_where_that_is_certain():
    draft = one("---\nurl: https://x.org/My long/Paper 2.pdf\n---\nText.")
    assert (draft.metadata.address, draft.details) == ("https://x.org/My%20long/Paper%202.pdf", {})
    for said in ("https://x.org/a (see b)", "https://x.org/a and https://x.org/b.pdf", "https://x.org a.pdf"):
        draft = one(f"---\nurl: {said}\n---\nText.")
        assert (draft.metadata.address, draft.details) == (None, {"url": said})


def test_a_note_of_ours_without_its_record_keeps_its_address_to_the_letter():
    draft = one(
        f"---\ntitle: T\nsource: https://x.org/a b?c= d\nSource url: https://y.org\nid: {'a' * 32}\n---\n\n# T\n\n"
        "%% begin annotations %%\n\n%% end annotations %%\n\n%% begin text %%\n\nText.\n\n%% end text %%\n"
    )
    assert (draft.id, draft.metadata.address) == ("a" * 32, "https://x.org/a b?c= d")
    assert draft.attributes == {"Source url": "https://y.org"}


def test_a_rule_at_the_beginning_is_no_front_matter():
    assert "Text." in one("---\n\nText.").body.text


def test_html_in_the_file_stays_text():
    assert one("A <b>b</b>.").body.text == "A <b>b</b>."


def test_comments_as_html_has_them_are_not_in_the_text():
    draft = one("# Wall\n\nOne.\n<!--more-->\n\nTwo `<!-- code -->` three <!-- open\n\n```\n<!-- x -->\n```\n")
    assert draft.details["comment"] == "more"
    assert draft.body.text == "One.\nTwo <!-- code --> three <!-- open\n<!-- x -->"


def test_an_empty_file_is_refused():
    with pytest.raises(ImportFailed):
        one(" \n")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=150))
def test_any_front_matter_is_read(front):
    draft = one(f"---\n{front}\n---\n\nThe text is here.")
    assert "The text is here." in draft.body.text


def test_a_list_directly_below_a_line_is_a_list():
    pieces = one("# Points\n\nThree of them:\n- one\n- two\n").body.pieces()
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("paragraph", "Three of them:"),
        ("item", "one"),
        ("item", "two"),
    ]


FORMS = {
    "toml": '+++\ntitle = "The Sea Wall"\nauthors = ["Ada Marsh", "Ben Lowe"]\ndate = 2025-03-04T09:14:00+02:00\n'
            'tags = ["harbour", "money"]\n[extra]\nsource = "https://harbour.example/wall"\n+++\n',
    "json": '{\n  "title": "The Sea Wall",\n  "authors": ["Ada Marsh", "Ben Lowe"],\n  "date": "2025-03-04",\n'
            '  "tags": ["harbour", "money"],\n  "params": {"source": "https://harbour.example/wall"}\n}\n',
    "lines": "Title: The Sea Wall\nAuthor: Ada Marsh, Ben Lowe\nDate: 2025-03-04\nTags: harbour, money\n"
             "Source: https://harbour.example/wall\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_front_matter_has_more_forms_than_one(form):
    draft = one(f"{FORMS[form]}\nThe wall was built.\n\nIt stands.\n")
    metadata = draft.metadata
    assert (metadata.title, metadata.byline) == ("The Sea Wall", "Ada Marsh, Ben Lowe")
    assert (str(metadata.published), metadata.address) == ("2025-03-04", "https://harbour.example/wall")
    assert draft.themes == ("harbour", "money")
    assert draft.body.text == "The wall was built.\nIt stands."
    assert metadata.origins["title"] is Origin.STATED


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (
            "% The Sea\n  Wall\n% Ada Marsh; Ben Lowe\n% 2025-03-04\n",
            ("The Sea Wall", "Ada Marsh, Ben Lowe", "2025-03-04"),
        ),
        ("% The Sea Wall\n% Ada Marsh\n  Ben Lowe\n", ("The Sea Wall", "Ada Marsh, Ben Lowe", "None")),
        ("% The Sea Wall\n%\n% March 4, 2025\n", ("The Sea Wall", None, "2025-03-04")),
        ("% The Sea Wall\n", ("The Sea Wall", None, "None")),
    ],
)
def test_the_lines_of_pandoc_say_title_authors_and_date(head, told):
    draft = one(f"{head}\nThe wall was built.")
    metadata = draft.metadata
    assert (metadata.title, metadata.byline, str(metadata.published)) == told
    assert draft.body.text == "The wall was built."


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "The Sea Wall"}',
        '{"title": "The Sea Wall"} is how it begins.\n\nMore.',
        "{{< figure >}}\n\nThe wall.",
        "Note: the wall stands.\nIt is high.\n\nMore.",
        "Question: is it high?\nAnswer: it is.\n\nMore.",
        "+++ more\n\nThe wall.",
        "%d of them\n\nThe wall.",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text):
    assert one(text).body.text == "\n".join(line for line in text.split("\n\n")).replace("\nIt is", " It is").replace(
        "\nAnswer", " Answer"
    )


def test_toml_that_is_not_well_formed_stays_in_the_text_and_is_told():
    draft = one("+++\ntitle = The Sea Wall\n+++\nThe wall was built.")
    assert "title = The Sea Wall" in draft.body.text
    assert draft.details["front_matter"].startswith("It is not well formed")


def test_lines_of_properties_below_the_heading_say_what_the_article_is():
    draft = one(
        "# Who pays for the wall\n\nAuthor: Ada Marsh\nURL: https://h.example/wall\nPublished: March 4, 2025\n"
        "Tags: harbour, money\n\nThe wall was built for a sea that stood a foot lower.\n"
    )
    known = draft.metadata
    assert (known.title, known.byline, known.address, str(known.published)) == (
        "Who pays for the wall", "Ada Marsh", "https://h.example/wall", "2025-03-04",
    )  # fmt: skip
    assert draft.themes == ("harbour", "money")
    assert draft.body.text == "The wall was built for a sea that stood a foot lower."


def test_an_answer_below_the_heading_is_text():
    draft = one("# Who pays\n\nQuestion: Who pays for the wall?\nAnswer: Nobody.\n\nThe wall was built for a sea.\n")
    assert draft.body.text.startswith("Question: Who pays for the wall?")


def test_the_only_heading_of_the_first_level_is_the_title_below_what_leads_elsewhere():
    draft = one(
        "[Skip to content](#main)\n\n- [Home](https://h.example/)\n- [News](https://h.example/news)\n\n"
        "![Wall](https://h.example/wall.jpg)\n\n# Who pays for the wall\n\nThe wall was built for a sea.\n\n"
        "## Cost\n\nMuch.\n"
    )
    assert draft.metadata.title == "Who pays for the wall"
    assert [piece.text for piece in draft.body.pieces()] == ["\ufffc", "The wall was built for a sea.", "Cost", "Much."]
    assert [(left.kind, left.text) for left in draft.left_out] == [
        ("navigation", "Skip to content"), ("navigation", "Home"), ("navigation", "News"),
    ]  # fmt: skip


def test_a_heading_below_a_text_is_not_its_title():
    text = "The wall was built for a sea that stood a foot lower, and nobody measured it since.\n\n# Cost\n\nMuch."
    draft = one(text)
    assert "Cost" in draft.body.text.split("\n")
    assert draft.left_out == ()


def test_who_signs_below_the_title_and_when_is_told_where_nothing_states_it():
    text = "The wall was built for a sea that stood a foot lower, and nobody has measured it since the spring."
    line = "By [Ada Marsh](https://h.example/ada) | March 4, 2025 | 5 min read"
    draft = one(f"# Who pays for the wall\n\n{line}\n\n{text}\n")
    assert (draft.metadata.byline, str(draft.metadata.published)) == ("Ada Marsh", "2025-03-04")
    assert draft.body.text == text
    assert draft.details["byline_line"] == "By Ada Marsh | March 4, 2025 | 5 min read"
    apart = one(f"# Who pays for the wall\n\nBy Ada Marsh\n\n4 March 2025\n\n{text}\n")
    assert (apart.metadata.byline, str(apart.metadata.published)) == ("Ada Marsh", "2025-03-04")
    assert apart.body.text == text


def test_who_signs_stays_in_a_note_whose_front_matter_states_another():
    draft = one("---\nauthor: Ben Low\n---\n\n# Who pays\n\nBy Ada Marsh\n\nThe wall was built for a sea.\n")
    assert draft.metadata.byline == "Ben Low"
    assert draft.body.text.startswith("By Ada Marsh")
