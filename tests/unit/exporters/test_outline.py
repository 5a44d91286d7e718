"""The order in which a document has a bundle: nothing marked is lost, whatever it is grouped by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.exporters._base import exporters
from app.exporters._outline import OUTLINED, Head, Heading, Passage, Text, Words, outline
from app.model import Attribute, Interlude, LeftOut

DOCUMENTS = sorted(key for key, one in exporters().items() if set(OUTLINED) <= set(one.options))


def said(bundle, group="order", attribute="", texts=False):
    """Return the parts of an outline as short words."""
    lines = []
    for part in outline(bundle, {"group": group, "attribute": attribute, "texts": texts}):
        match part:
            case Heading():
                lines.append(f"{'#' * part.level} {part.text}")
            case Head():
                lines.append(f"{'#' * part.level} [{part.item.article.metadata.title}]")
            case Text():
                lines.append(f"text of {part.item.article.metadata.title}")
            case Passage():
                lines.append(f"{part.highlight.quote}{' (source)' if part.sourced else ''}")
            case Words():
                lines.append(f"“{part.text}”")
    return lines


@pytest.fixture(scope="module")
def two(made):
    """Return two articles under a tree of themes, and the themes."""
    war = made.theme("War")
    drones = made.theme("Drones", war)
    money = made.theme("Money")
    one = made.article(["Drones cost money.", "Nobody says."], [("Drones", [drones, money]), ("Nobody",)], "One")
    about = {"themes": (war.id,), "attributes": {"Tone": "calm"}}
    other = made.article(["Talks stall."], [("Talks", [money])], "Other", 2, about, outlet="The Post")
    return one, other, (war, drones, money)


def test_article_by_article(made, two):
    one, other, themes = two
    bundle = made.bundle(one, other, themes=themes)
    assert said(bundle) == ["# [One]", "Drones", "Nobody", "# [Other]", "Talks"]
    assert said(bundle, texts=True) == ["# [One]", "text of One", "# [Other]", "text of Other"]


def test_by_theme_as_a_tree_with_what_has_none_at_the_end(made, two):
    one, other, themes = two
    bundle = made.bundle(one, other, themes=(*themes, made.theme("Unused")))
    assert said(bundle, "theme") == [
        "# War", "###### [Other]", "## Drones", "Drones (source)", "# Money", "Drones (source)", "Talks (source)",
        "# Without a theme", "Nobody (source)",
    ]  # fmt: skip
    assert said(bundle, "theme", texts=True)[-5:] == [
        "# The articles", "## [One]", "text of One", "## [Other]", "text of Other",
    ]  # fmt: skip


def test_a_note_on_an_article_is_in_every_grouping(made, two):
    one, other, themes = two
    noted = type(one)(replace(one.article, note="Mine"), one.content, one.highlights)
    worn = type(other)(replace(other.article, note="Mine"), other.content, other.highlights)
    assert said(made.bundle(noted, worn, themes=themes), "theme")[-2:] == ["# The articles", "## [One]"]
    for group in ("order", "article", "theme", "attribute"):
        for texts in (True, False):
            of = made.bundle(noted, worn, themes=themes)
            parts = outline(of, {"group": group, "attribute": "outlet", "texts": texts})
            assert {part.item.article.id for part in parts if isinstance(part, Head)} == {
                one.article.id, other.article.id
            }  # fmt: skip


@pytest.mark.parametrize("key", DOCUMENTS)
def test_it_is_said_that_words_between_stay_behind_in_another_order(made, key):
    item = made.article(["One two."], [("two", ())])
    of = made.bundle(item, order=("i", item.article.id), interludes=(Interlude("i", "Part", 1),))
    exporter = exporters()[key]
    options = {option.key: option.default for option in exporter.options}
    said = {group: [str(one) for one in exporter.write(of, options | {"group": group}).left_behind]
            for group in ("order", "article", "theme")}  # fmt: skip
    sentence = "One heading or text between the passages of the collection."
    assert [sentence in said[group] for group in ("order", "article", "theme")] == [False, True, True]


@pytest.mark.parametrize("key", DOCUMENTS)
def test_it_is_said_that_what_was_left_out_stays_behind(made, key):
    item = made.article(["One."])
    item = type(item)(item.article, replace(item.content, left_out=(LeftOut("share", "Share", 0),)))
    exporter = exporters()[key]
    options = {option.key: option.default for option in exporter.options}
    said = [str(one) for one in exporter.write(made.bundle(item), options).left_behind]
    assert "What was left out of one article." in said


def test_by_an_attribute_or_the_outlet(made, two):
    one, other, themes = two
    bundle = made.bundle(one, other, themes=themes, attributes=(Attribute(1, "a", "Tone", choices=("calm",)),))
    assert said(bundle, "attribute", "tone") == [
        "# calm",
        "## [Other]",
        "Talks",
        "# Not set",
        "## [One]",
        "Drones",
        "Nobody",
    ]
    assert said(bundle, "attribute", "outlet")[0] == "# The Post"
    with pytest.raises(InvalidInput) as caught:
        said(bundle, "attribute", " ")
    assert str(caught.value) == (
        "It is not said by which attribute to group. Choose one of: outlet, section, language, Tone."
    )
    with pytest.raises(InvalidInput) as caught:
        said(bundle, "attribute", "Tome")
    assert (
        str(caught.value) == "There is no attribute “Tome” to group by. Choose one of: outlet, section, language, Tone."
    )


def test_a_collection_is_read_in_its_order_with_what_stands_between(made, two):
    one, other, themes = two
    between = (Interlude("i1", "Prices", 1), Interlude("i2", "*First* this."))
    order = ("i1", "i2", other.highlights[0].id, one.article.id, "gone")
    bundle = made.bundle(one, other, themes=themes, order=order, interludes=between)
    assert said(bundle) == ["# Prices", "“*First* this.”", "Talks (source)", "## [One]", "Drones", "Nobody"]
    assert said(bundle, "article") == ["# [Other]", "Talks", "# [One]", "Drones", "Nobody"]


@given(st.data())
def test_no_highlight_is_lost(made, data):
    """In every grouping, with or without texts, each highlight is there, on its own or in a text."""
    above = made.theme("A")
    themes = [above, made.theme("B", above), made.theme("C")]
    some = st.lists(st.sampled_from(themes), max_size=3)
    articles = [
        made.article(["One two three."], [(word, data.draw(some)) for word in ("One", "two", "three")], f"T{n}", n)
        for n in range(data.draw(st.integers(1, 3)))
    ]
    bundle = made.bundle(*articles, themes=themes)
    group, texts = data.draw(st.sampled_from(["order", "article", "theme", "attribute"])), data.draw(st.booleans())
    seen = set()
    for part in outline(bundle, {"group": group, "attribute": "outlet", "texts": texts}):
        if isinstance(part, Passage):
            seen.add(part.highlight.id)
        if isinstance(part, Text):
            seen |= {one.id for one in part.item.highlights}
    assert seen == {one.id for item in articles for one in item.highlights}
