"""Answers: every hit shows where it is, names may change under a kept search, orders go both ways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.library.naming import Ref
from app.model import LeftOut
from app.searching.answers import Found
from app.workspace import Workspace
from tests.libraries import add, finished, sound

LONG = "Nothing of interest happens in this sentence. " * 20


@pytest.fixture
def drones(workspace: Workspace) -> Workspace:
    """Return a library with one article in which every field has words of its own, and a bystander."""
    return filled(workspace)


@pytest.fixture(scope="module")
def same_drones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return the same library for many questions."""
    with Workspace(tmp_path_factory.mktemp("drones")) as workspace:
        yield filled(workspace)


def filled(workspace: Workspace) -> Workspace:
    add(workspace.holdings, "The bystander says nothing.", title="Bystander")
    key = add(
        workspace.holdings,
        f"{LONG}A drone crossed the river. {LONG}",
        "The second paragraph names the harbour.",
        title="Strikes and talks",
        left_out=(LeftOut("boilerplate", "Subscribe to our newsletter.", 0),),
        details={
            "summary": "An admiral explains what the raids mean.",
            "sources": ("Lagos Courier", "Harbour Wire"),
            "reading_time": "5 min read",
        },
    )
    workspace.attributes.add("Tone of voice")
    workspace.articles.edit(
        key,
        {
            "byline": "Ines Halvorsen",
            "outlet": "Al Bawaba",
            "section": "Economy",
            "address": "https://www.gazette.example/strikes-and-talks",
        },
        attributes={"Tone of voice": "very critical"},
    )
    workspace.articles.note(key, "Compare with the gazette.")
    start, end = workspace.highlights.locate(key, "names the harbour")
    workspace.highlights.add(key, start, end, ["War > Naval drones"], "A promising quotation.")
    return workspace


def words_of(found: Found) -> list[str]:
    return [found.excerpt[start:end] for start, end in found.spans]


@pytest.mark.parametrize(
    ("query", "field", "marked"),
    [
        ("drones", "text", ["drone"]),
        ("strikes", "title", ["Strikes"]),
        ("halvorsen", "by", ["Halvorsen"]),
        ("bawaba", "outlet", ["Bawaba"]),
        ("outlet:albawaba", "outlet", ["Al Bawaba"]),
        ("section:economy", "section", ["Economy"]),
        ("note:gazette", "note", ["gazette"]),
        ("note:promising", "note", ["promising"]),
        ("quote:harbour", "quote", ["harbour"]),
        ("leftout:newsletter", "leftout", ["newsletter"]),
        ("admiral", "details", ["admiral"]),
        ("raided admiral", "details", ["admiral", "raids"]),
        ("drone admiral", "text", ["drone"]),
        ("details:courier", "details", ["Courier"]),
        ("address:gazette", "address", ["gazette"]),
        ("http://gazette.example", "address", ["gazette", "example"]),
        ("details:*rier", "details", ["Courier"]),
        ('details:"min read"', "details", ["min", "read"]),
        ('"tone of voice":critical', "Tone of voice", ["critical"]),
        ("drone halvorsen", "text", ["drone"]),
        ("drone quote:harbour", "quote", ["harbour"]),
        ("strikes drone", "text", ["drone"]),
        ('title:"strikes and talks"', "title", ["Strikes", "and", "talks"]),
        ("har*", "text", ["harbour"]),
        ("quote:harbuor~", "quote", ["harbour"]),
    ],
)
def test_an_article_shows_the_field_that_answered(drones, query, field, marked):
    (found,) = drones.search(query).found
    assert (found.field, words_of(found)) == (field, marked)


@pytest.mark.parametrize(
    ("query", "field", "marked"),
    [
        ("harbour", "quote", ["harbour"]),
        ("promising", "note", ["promising"]),
        ("drones", "theme", ["drones"]),
        ("harbour drones", "quote", ["harbour"]),
        ("title:strikes", "title", ["Strikes"]),
        ("by:ines", "by", ["Ines"]),
        ("text:river", "text", ["river"]),
        ("details:admiral", "details", ["admiral"]),
    ],
)
def test_a_passage_shows_the_field_that_answered(drones, query, field, marked):
    (found,) = drones.search(query, passages=True).found
    assert (found.field, words_of(found)) == (field, marked)
    assert found.highlight is not None


@pytest.mark.parametrize(
    ("query", "detail", "excerpt"),
    [
        ("admiral", "summary", "An admiral explains what the raids mean."),
        ("details:wire", "sources", "Harbour Wire"),
        ("details:read", "reading_time", "5 min read"),
        ('"*ean lagos"', "", "An admiral explains what the raids mean. Lagos Courier Harbour Wire"),
        ("crossed", "", None),
    ],
)
def test_a_hit_in_the_details_shows_the_one_it_is_in(drones, query, detail, excerpt):
    (found,) = drones.search(query).found
    assert found.detail == detail
    assert found.excerpt == excerpt or excerpt is None


def test_what_every_page_says_of_its_reading_is_found_by_name_alone(drones):
    assert drones.count("min") == 0
    assert drones.count("details:min") == 1
    assert str(drones.search("details:min").explained) == "Articles with min in any form in the details."


ASKED = st.lists(
    st.sampled_from(
        [
            *("drone", "str*", "harbuor~", '"crossed the river"', '"paragraph harbour"~4', "ines", "naval"),
            *("title:strikes", "note:gazette", "note:promising", "quote:harbour", "by:h*", "outlet:albawaba"),
            *("section:economy", "leftout:newsletter", "details:wire", "tone-of-voice:critical", "text:river"),
            *("-zebra", "is:unread"),
        ]
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("passages", [False, True])
def test_of_many_words_each_is_marked(drones, passages):
    several = " OR ".join(f"word{number}" for number in range(20))
    hit = drones.search(f"names OR harbours OR {several}", passages=passages).found[0]
    assert words_of(hit) == ["names", "harbour"]


def test_of_many_words_those_of_the_title_are_marked(drones):
    several = " OR ".join(f"word{number}" for number in range(20))
    hit = drones.search(f"talks OR {several}").found[0]
    assert (hit.field, words_of(hit)) == ("title", ["talks"])


@given(parts=ASKED, passages=st.booleans())
def test_spans_are_never_empty_when_words_were_asked_for(same_drones, parts, passages):
    worded = [part for part in parts if not part.startswith(("-", "is:"))]
    for query in (" ".join(parts), " OR ".join(worded)):
        for found in same_drones.search(query, passages=passages).found:
            assert bool(found.spans) is bool(worded)
            assert all(0 <= start < end <= len(found.excerpt) for start, end in found.spans)


def test_an_article_found_by_a_passage_names_it(drones):
    (mark,) = drones.highlights.by_keys(drones.keys("harbour", passages=True))
    assert [found.passage for found in drones.search("note:promising").found] == [mark.id]
    assert [found.passage for found in drones.search("drone").found] == [""]


def test_where_no_word_was_asked_for_the_beginning_is_shown(drones):
    for found in drones.search("is:unread").found:
        assert found.field == "text"
        assert found.spans == ()
        assert found.excerpt.startswith(("Nothing of interest", "The bystander"))


def test_facets_tell_attributes_from_the_rest(drones):
    drones.attributes.add("Theme")
    for key in drones.keys("drone"):
        drones.articles.edit(key, attributes={"Theme": "sea"})
    facets = drones.facets("drone")
    assert facets["attribute:Theme"] == (("sea", 1),)
    assert facets["attribute:Tone of voice"] == (("very critical", 1),)
    assert facets["theme"] == (("War", 1), ("War > Naval drones", 1))


def test_orders_go_both_ways_and_the_unknown_stays_last(workspace):
    dates = {"Beta": "2025-03", "Alpha": "2025-01", "Gamma": ""}
    keys = {}
    for title, published in dates.items():
        keys[title] = add(workspace.holdings, f"A drone over {title}.", title=title)
        workspace.articles.edit(keys[title], {"published": published})

    def titles(order: str, *, reverse: bool) -> str:
        results = workspace.search("drone", order=order, reverse=reverse)
        found = [one.article.metadata.title or "" for one in results.found]
        assert workspace.keys("drone", order=order, reverse=reverse) == [keys[title] for title in found]
        return " ".join(found)

    assert titles("published", reverse=False) == "Beta Alpha Gamma"
    assert titles("published", reverse=True) == "Alpha Beta Gamma"
    assert titles("title", reverse=False) == "Alpha Beta Gamma"
    assert titles("title", reverse=True) == "Gamma Beta Alpha"
    assert titles("added", reverse=True) == "Beta Alpha Gamma"
    with pytest.raises(InvalidInput):
        workspace.search("drone", order="relevance", reverse=True)
    with pytest.raises(InvalidInput):
        workspace.keys("drone", order="colour")


# ---------------------------------------- more like this

WIRE = [
    "A warship and a platform were struck in the inland sea, insurers in the harbour said.",
    "The platform belongs to an oil company, and the warship had been moved there for safety.",
]


@pytest.fixture
def wires(workspace: Workspace) -> Workspace:
    add(workspace.holdings, *WIRE, title="First")
    add(workspace.holdings, *(f"{line} So much is known." for line in WIRE), title="Second")
    for number in range(12):
        add(
            workspace.holdings,
            f"The library of village {number} lends books on the moon and bread.",
            title=f"Far {number}",
        )
    return workspace


def test_a_near_duplicate_is_most_like_an_article_and_itself_is_not_there(wires):
    first, second = (wires.articles.by_keys(wires.keys(f"title:{name}"))[0] for name in ("First", "Second"))
    assert [found.article.id for found in wires.search(f"like:{first.id}").found] == [second.id]
    assert [found.article.id for found in wires.search(f"like:{second.id[:8]}").found] == [first.id]
    assert str(wires.search(f"like:{first.id}").explained) == "Articles that have much in common with “First”."
    assert wires.search(f"like:{first.id} -title:second").total == 0


def test_passages_are_like_passages(wires):
    keys = [wires.keys(f"title:{name}")[0] for name in ("First", "Second")]
    marks = [wires.highlights.add_quote(key, "platform belongs to an oil company") for key in keys]
    other = wires.highlights.add_quote(keys[0], "insurers in the harbour said")
    found = wires.search(f"like:{marks[0].id}", passages=True).found
    assert [one.highlight.id for one in found] == [marks[1].id]
    assert [one.article.key for one in wires.search(f"like:{marks[0].id}").found] == [keys[1]]
    assert wires.search(f"like:{other.id}", passages=True).total == 0


def test_what_is_like_nothing_and_what_is_not_there_find_nothing(wires):
    assert wires.search("like:0123456789abcdef").total == 0
    assert "like “0123456789abcdef”" in str(wires.search("like:0123456789abcdef").explained)
    lonely = add(wires.holdings, "Zebras quietly juggle oranges.", title="Lonely")
    (article,) = wires.articles.by_keys([lonely])
    assert wires.search(f"like:{article.id}").total == 0


# ---------------------------------------- searches that are kept

NAMES = st.sampled_from(
    [
        "Drones",
        "Sea",
        "war and peace",
        "A > B",
        "Über",
        'the "good" one',
        "dr*",
        "OR",
        "counter-drone",
        "is",
        "Sea?",
        "x:y",
    ]
)
TOUCHES = st.lists(st.tuples(st.sampled_from(["theme", "parent", "collection"]), NAMES), max_size=6)
QUERIES = [
    "theme:Drones",
    "theme:Sea",
    "-theme:Drones",
    "in:Chosen",
    'theme:"War > Sea" OR in:Chosen',
    "theme:War found",
]


@settings(max_examples=25, deadline=None)
@given(touches=TOUCHES)
def test_names_may_change_and_the_members_stay(tmp_path_factory, touches):
    with Workspace(tmp_path_factory.mktemp("library")) as workspace:
        keys = [add(workspace.holdings, f"Story {number} is found.", title=f"Story {number}") for number in range(4)]
        for key, theme in zip(keys, ("War > Drones", "War > Sea", "Other > Sea"), strict=False):
            workspace.highlights.add(key, 0, 5, [theme])
        workspace.collections.add("Chosen")
        workspace.collections.put("Chosen", [one.id for one in workspace.articles.by_keys(keys[2:])])
        made = {query: workspace.collections.add(f"Kept {query}", query).id for query in QUERIES}
        before = {query: _members(workspace, kept) for query, kept in made.items()}
        ids = {
            "theme": workspace.themes.find("War > Drones").id,
            "parent": workspace.themes.find("War").id,
            "collection": workspace.collections.find("Chosen").id,
        }
        for what, name in touches:
            _rename(workspace, what, ids[what], name)
        for query, kept in made.items():
            assert _members(workspace, kept) == before[query]
            found = workspace.collections.find(kept)
            assert workspace.collections.stored(found.query) == found.stored
            assert workspace.keys(found.query) == workspace.keys(found.stored)


def _members(workspace: Workspace, collection: str) -> list[Ref]:
    """Return what lies on the board of a collection."""
    layout = workspace.boards.of_collection(collection)
    assert set(workspace.boards.gather(layout.items)) == set(layout.items)
    return list(layout.items)


def _rename(workspace: Workspace, what: str, given_id: str, name: str) -> None:
    """Give a theme or collection another name, unless another one has it at that place."""
    if what == "collection":
        if workspace.collections.named(name) is None:
            workspace.collections.edit(given_id, new_name=name)
        return
    theme = workspace.themes.find(given_id)
    beside = [one for one in workspace.themes.tree() if one.parent == theme.parent and one.id != theme.id]
    if all(one.name.casefold() != name.casefold() for one in beside):
        workspace.themes.edit(given_id, new_name=name)


MARKS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["War", "War > Sea", "Sea", "Old"])), max_size=8)


@settings(max_examples=25, deadline=None)
@given(marks=MARKS, renamed=st.sampled_from(["War", "War > Sea", "Old"]))
def test_renaming_a_theme_changes_only_its_name(tmp_path_factory, marks, renamed):
    with Workspace(tmp_path_factory.mktemp("library")) as workspace:
        keys = [add(workspace.holdings, f"Story {number} is found.", title=f"Story {number}") for number in range(4)]
        for number, theme in [*marks, (0, renamed)]:
            workspace.highlights.add(keys[number], 0, 5, [theme])
        old = f'theme:"{renamed}"'
        asked = [("found", False), ("found", True), ("story -3", True), ("is:annotated", False), ("", True)]
        before = [workspace.search(query, passages=passages, order="added") for query, passages in asked]
        members = workspace.keys(old, passages=True, order="added")
        workspace.themes.edit(renamed, new_name="Fresh")
        after = [workspace.search(query, passages=passages, order="added") for query, passages in asked]
        for one, other in zip(before, after, strict=True):
            assert (one.total, one.found, one.explained) == (other.total, other.found, other.explained)
            assert {n for _, n in one.facets["theme"]} == {n for _, n in other.facets["theme"]}
        assert workspace.keys("theme:Fresh", passages=True, order="added") == members
        assert workspace.keys(old, passages=True) == []


def test_a_kept_search_is_shown_with_the_names_of_the_day(drones):
    kept = drones.collections.add("Kept", 'theme:"naval drones" "tone of voice":critical')
    assert kept.query == 'theme:"Naval drones" "Tone of voice":critical'
    drones.themes.edit("Naval drones", new_name="Boats")
    assert drones.collections.find("Kept").query == 'theme:Boats "Tone of voice":critical'
    assert len(_members(drones, "Kept")) == 2


def test_a_theme_that_is_gone_is_said_to_be(drones):
    kept = drones.collections.add("Kept", "theme:Boats OR theme:War")
    drones.themes.delete("Naval drones")
    drones.themes.delete("War")
    gone = drones.collections.find(kept.id)
    assert _members(drones, "Kept") == []
    assert "a theme that is gone" in str(drones.search(gone.query).explained)
    drones.undo()
    drones.undo()
    assert len(_members(drones, "Kept")) == 2
    assert drones.collections.find("Kept").query == kept.query


def test_a_collection_and_an_attribute_that_are_gone_are_said_to_be(drones):
    drones.collections.add("Chosen")
    kept = drones.collections.add("Kept", 'in:chosen "tone of voice":critical')
    drones.collections.delete("Chosen")
    drones.attributes.delete("Tone of voice")
    said = str(drones.search(drones.collections.find(kept.id).query).explained)
    assert "a collection that is gone" in said
    assert "a field that is gone" in said


def test_ids_are_told_by_names(drones):
    theme, chosen = drones.themes.find("Naval drones"), drones.collections.add("Chosen")
    tone = drones.attributes.find("Tone of voice")
    said = str(drones.search(f"theme:{theme.id} in:{chosen.id} {tone.id}:critical").explained)
    assert [name in said for name in ("War > Naval drones", "Chosen", "Tone of voice")] == [True] * 3
    assert [one.id in said for one in (theme, chosen, tone)] == [False] * 3


def test_a_merged_theme_lives_on_in_kept_searches(drones):
    drones.themes.add("Boats")
    kept = drones.collections.add("Kept", 'theme:"Naval drones"')
    drones.themes.merge("Naval drones", "Boats")
    assert drones.collections.find("Kept").query == "theme:Boats"
    assert len(_members(drones, "Kept")) == 2
    drones.undo()
    assert drones.collections.find("Kept") == kept


def test_a_kept_search_of_another_library_names_what_is_ours(workspace, tmp_path):
    add(workspace.holdings, "The same text.", title="Same")
    ours = workspace.themes.add("Sea")
    with Workspace(tmp_path / "theirs") as theirs:
        add(theirs.holdings, "The same text.", title="Same")
        theirs.themes.add("Sea")
        theirs.collections.add("Second", "theme:sea")
        theirs.collections.add("First", "in:second OR theme:sea")
    finished(workspace.merge(tmp_path / "theirs"))
    first, second = (workspace.collections.find(name) for name in ("First", "Second"))
    assert second.stored == f"theme:{ours.id}"
    assert first.stored == f"in:{second.id} OR theme:{ours.id}"


# ---------------------------------------- collections inside one another


def test_a_chain_of_collections_finds_the_same_however_long_it_is(workspace):
    add(workspace.holdings, "A drone.", title="One")
    add(workspace.holdings, "Nothing.", title="Two")
    workspace.collections.add("C0", "drone")
    for number in range(1, 40):
        workspace.collections.add(f"C{number}", f"in:C{number - 1}")
    assert [workspace.count(f"in:C{number}") for number in (0, 1, 6, 39)] == [1, 1, 1, 1]
    assert len(_members(workspace, "C39")) == 1
    assert "itself" not in str(workspace.search("in:C39").explained)


CIRCLES = st.lists(
    st.tuples(
        st.sampled_from(["in:C{}", "in:C{} OR in:C{}", "-in:C{}", "story in:C{}"]), st.integers(0, 4), st.integers(0, 4)
    ),
    min_size=5,
    max_size=5,
)


@settings(max_examples=25, deadline=None)
@given(circles=CIRCLES)
def test_collections_that_name_one_another_are_answered_whatever_is_asked_first(tmp_path_factory, circles):
    with Workspace(tmp_path_factory.mktemp("library")) as workspace:
        for number in range(5):
            add(workspace.holdings, f"Story w{number}.", title=f"Story {number}")
            workspace.collections.add(f"C{number}", "empty")
        for number, (pattern, one, other) in enumerate(circles):
            workspace.collections.edit(f"C{number}", query=f"{pattern.format(one, other)} OR w{number}")
        alone = [set(workspace.keys(f"in:C{number}")) for number in range(5)]
        for first, second in ((0, 1), (1, 0), (4, 2)):
            assert set(workspace.keys(f"in:C{first} in:C{second}")) == alone[first] & alone[second]
            assert set(workspace.keys(f"in:C{first} OR in:C{second}")) == alone[first] | alone[second]
        assert all(number in {article - 1 for article in found} for number, found in enumerate(alone))


def test_a_circle_is_said_to_be_one_and_many_that_name_one_another_are_answered(workspace):
    add(workspace.holdings, "A drone.", title="One")
    every = [f"C{number}" for number in range(12)]
    for name in every:
        workspace.collections.add(name, "drone")
    for name in every:
        workspace.collections.edit(name, query=" OR ".join(["drone", *(f"in:{other}" for other in every)]))
    found = workspace.search("in:C3")
    assert found.total == 1
    assert "The collection “C3” is filled by way of itself" in str(found.explained)
    workspace.collections.add("Outside", "in:C3")
    assert workspace.count("in:Outside") == 1
    assert "The collection “C3” is filled by way of itself" in str(workspace.search("in:Outside").explained)


@pytest.mark.parametrize("name", ["The “deal”", "Sea？", "A: b (c)", "–x", "“”", "Sea > land"])
def test_a_kept_search_for_any_name_means_the_same_when_what_is_shown_of_it_is_kept(drones, name):
    theme = drones.themes.add("Plain")
    chosen = drones.collections.add("Chosen", "drone")
    (key,) = drones.keys("drone")
    drones.highlights.add(key, 0, 5, ["Plain"])
    kept = drones.collections.add("Kept", "theme:Plain in:Chosen")
    drones.themes.edit(theme.id, new_name=name)
    drones.collections.edit(chosen.id, new_name=name)
    shown = drones.collections.find("Kept").query
    assert drones.keys(shown) == [key]
    drones.collections.edit("Kept", query=shown)
    assert drones.collections.find("Kept").stored == kept.stored


def test_a_theme_at_the_top_is_shown_by_its_name_also_when_there_is_one_below_of_that_name(drones):
    drones.themes.add("Sea")
    drones.themes.add("Sea", under="War")
    kept = drones.collections.add("Kept", 'theme:"> Sea" OR theme:"War > Sea"')
    assert kept.query == 'theme:"> Sea" OR theme:"War > Sea"'
    assert drones.themes.find("Sea").id in kept.stored


def test_a_csv_column_called_like_a_field_does_not_change_kept_searches(drones):
    kept = drones.collections.add("Kept", "theme:War")
    (key,) = drones.keys("drone")
    drones.articles.edit(key, attributes={})
    for name in ("Theme", "in", "Is"):
        drones.attributes.add(name)
    drones.articles.edit(key, attributes={"Theme": "grey"})
    assert drones.keys("theme:war") == [key]
    assert drones.keys('"theme":grey') == [key]
    assert drones.collections.add("Own", '"theme":grey').query == '"Theme":grey'
    assert drones.keys(drones.collections.find("Kept").query) == [key]
    assert drones.collections.find("Kept") == kept


@pytest.mark.parametrize("order", ["relevance", "published", "added", "title"])
@pytest.mark.parametrize("passages", [False, True])
def test_ids_are_those_of_the_answer_in_its_order(workspace, order, passages):
    for number in (3, 1, 4, 5, 2):
        key = add(workspace.holdings, "A ferry. " * number, title=f"Number {number}")
        workspace.highlights.add_quote(key, "A ferry.")
    for typing, query in ((False, "ferry"), (True, "fer"), (False, "fer")):
        found = workspace.search(query, passages=passages, order=order, typing=typing, limit=50).found
        ids = finished(workspace.ids(query, passages=passages, order=order, typing=typing))
        assert ids == [one.highlight.id if one.highlight else one.article.id for one in found]
        assert bool(ids) == (query == "ferry" or typing)


def test_plain_words_find_what_the_reader_wrote_in_notes_below_what_is_in_texts(workspace):
    texts = {"Bridge": "The bridge was closed.", "Tunnel": "A tunnel was opened.", "Ferry": "The ferry was late."}
    keys = {title: add(workspace.holdings, text, title=title) for title, text in texts.items()}
    workspace.articles.note(keys["Tunnel"], "Compare the *bridge* of 1990.")
    workspace.highlights.add(keys["Ferry"], 4, 9, ["Boats"], "Slower than the bridge, says Anna.")
    found = workspace.search("bridge").found
    assert found[0].article.metadata.title == "Bridge"
    assert {(one.article.metadata.title, one.field) for one in found} == {
        ("Bridge", "text"), ("Tunnel", "note"), ("Ferry", "note"),
    }  # fmt: skip
    shown = next(one for one in found if one.article.metadata.title == "Ferry")
    assert shown.excerpt == "Slower than the bridge, says Anna."
    assert [shown.excerpt[start:end] for start, end in shown.spans] == ["bridge"]
    assert shown.passage
    assert workspace.keys("text:bridge") == [keys["Bridge"]]
    assert workspace.keys("anna ferry") == [keys["Ferry"]]
    assert sorted(workspace.keys("-bridge")) == []
    assert workspace.keys('"says anna"') == [keys["Ferry"]]
    assert workspace.keys("ann*") == [keys["Ferry"]]
    workspace.undo()
    assert workspace.keys("anna") == []


@pytest.mark.parametrize(
    "query", ["-bridge", "bridge", "ferry -note:anna", "theme:Boats OR tunnel", "has:highlight", ""]
)
def test_a_collection_that_a_query_fills_has_in_each_view_what_the_query_finds_there(workspace, query):
    for title in ("Bridge", "Tunnel", "Ferry"):
        key = add(workspace.holdings, f"The {title.lower()} was closed.", "It is not the bridge.", title=title)
        workspace.highlights.add(key, 0, 3, ["Boats"], f"{title} of Anna")
        workspace.highlights.add(key, 25, 30, ["Bridge"])
    workspace.collections.add("Filled", query or "*")
    for passages in (False, True):
        every, found = (set(workspace.keys(asked, passages=passages)) for asked in ("", query))
        assert set(workspace.keys("in:Filled", passages=passages)) == found
        assert set(workspace.keys("-in:Filled", passages=passages)) == every - found


def test_on_the_board_of_a_theme_lie_the_articles_that_have_it_too(workspace):
    key = add(workspace.holdings, "Snow fell.")
    workspace.themes.add("Whole")
    workspace.themes.add("Below", under="Whole")
    workspace.articles.theme(key, ["Whole > Below"])
    mark = workspace.highlights.add(key, 0, 4, ["Whole"])
    layout = workspace.boards.of_theme(workspace.themes.find("Whole").id)
    assert set(layout.items) == {("article", key), ("highlight", mark.key)}


def test_a_number_is_found_in_the_digits_of_any_script(workspace):
    add(workspace.holdings, "بلغ عدد المسيّرات ٦٠٠٠ في عام ٢٠٢٥.", title="المسيّرات")
    add(workspace.holdings, "There were 6,000 drones in 2025.", title="Drones")
    for query in ("2025", "٢٠٢٥", "٦٠٠٠", "6000", "6,000 ٢٠٢٥"):
        results = workspace.search(query)
        assert results.total == 2, query
        assert all(one.excerpt[start:end] for one in results.found for start, end in one.spans)
    assert sound(workspace) == []
