"""Agreement between layers, theme by theme, and the disagreements, decided one by one."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coding.agreeing import CodingUnit, as_csv, chosen_layers, layers_of, measure, write_csv
from app.coding.agreement import agreement, cohen
from app.coding.deciding import Choice, decide, disagreements, find, settle
from app.drafts import Mark
from app.errors import ExportFailed, InvalidInput, NotFound
from app.library.rounds import CONSENSUS
from app.rounds import Round
from app.text.anchors import describe
from app.workspace import Workspace
from tests.libraries import add, finished, sound, tables

LINES = ("The old bridge fell. Nobody was hurt. The mayor had been warned.", "The ferry 🌉 runs again. All smile.")
ME_AND_BEN = ("", "Ben")


@pytest.fixture
def coded(workspace: Workspace) -> Workspace:
    """Return a library with a text of five sentences, coded by two, and one that neither has marked."""
    for name in ("Mayor", "=Boats"):
        workspace.themes.add(name)
    workspace.themes.add("Ships", under="=Boats")
    workspace.themes.add("Nobody uses it")
    keys = [add(workspace.holdings, *LINES, title="One"), add(workspace.holdings, "Rain. Sun.", title="Two")]
    keys.append(add(workspace.holdings, "Not in the round.", title="Three"))
    ids = [one.id for one in workspace.articles.by_keys(keys)]
    workspace.rounds.keep(Round("r1", "Ben", tuple(ids[:2]), 1, 2))
    with workspace.library.deed("Round"):
        workspace.rounds.cover(keys[:2], "Ben")
    for quote, themes in (
        ("The mayor had been warned.", ["Mayor"]),
        ("The old bridge", ["=Boats > Ships"]),
        ("smile", ["Mayor"]),
        ("Not in", ["Mayor"]),
    ):
        mark(workspace, "", quote, *themes)
    for quote, themes in (
        ("The mayor had been warned.", ["Mayor"]),
        ("old bridge fell", ["=Boats > Ships"]),
        ("ferry 🌉", ["=Boats > Ships"]),
    ):
        mark(workspace, "Ben", quote, *themes)
    with workspace.library.deed("Themes on articles"):
        workspace.layers.put_theme(keys[1], workspace.themes.find("Mayor"), "Ben")
    return workspace


def mark(workspace: Workspace, author: str, quote: str, *themes: str) -> None:
    for key in workspace.articles.keys()[::-1]:
        if quote in workspace.bodies.content(key).body.text:
            span = workspace.highlights.locate(key, quote)
            with workspace.library.deed("Mark"):
                own = [workspace.themes.find(name) for name in themes]
                held = Mark(quote, *span, author=author)
                anchor = describe(workspace.bodies.content(key).body.text, *span)
                workspace.highlights.insert(key, anchor, own, f"note of {author or 'me'}", held)
            return
    raise AssertionError(quote)


def table(workspace: Workspace, unit: str = "sentences", layers=ME_AND_BEN, theme: str | None = None):
    (*_, last) = measure(workspace.holdings, CodingUnit(unit), layers, theme)
    return last


def questions(workspace: Workspace, pair=ME_AND_BEN):
    return [one for part in disagreements(workspace.holdings, pair) for one in part]


def consensus(workspace: Workspace) -> list[tuple[str, tuple[str, ...]]]:
    names = {theme.id: theme.name for theme in workspace.themes.tree()}
    keys = workspace.articles.keys()
    held = workspace.layers.highlights(keys, CONSENSUS)
    return sorted((one.quote, tuple(names[uid] for uid in one.themes)) for own in held.values() for one in own)


# ---------------------------------------- agreement


def test_sentences_agree_as_counted_by_hand(coded):
    """Seven sentences in the round. Mayor: both 1, I alone 1. Ships: both 1, Ben alone 1, the fourth sentence."""
    found = table(coded)
    assert (found.articles, found.overall.units) == (2, 14)
    rows = {row.theme.name: row.agreement for row in found.rows}
    assert set(rows) == {"Mayor", "Ships"}
    for row, marked in (("Mayor", (2, 1)), ("Ships", (1, 2))):
        assert (rows[row].units, rows[row].marked) == (7, marked)
        assert rows[row].percent == pytest.approx(600 / 7)
        assert rows[row].kappa == pytest.approx(float(cohen({(True, True): 1, (True, False): 1, (False, False): 5})))
    assert found.overall.percent == pytest.approx(1200 / 14)


def test_characters_are_code_points(coded):
    rows = {row.theme.name: row.agreement for row in table(coded, "characters").rows}
    length = len("\n".join(LINES)) + len("Rain. Sun.")
    assert rows["Ships"].units == length
    assert rows["Ships"].marked == (len("The old bridge"), len("old bridge fell") + len("ferry 🌉"))
    differing = len("The ") + len(" fell") + len("ferry 🌉")
    assert rows["Ships"].percent == pytest.approx(100 * (length - differing) / length)


@settings(max_examples=12)
@given(st.data())
def test_units_are_counted_as_one_would_by_hand(tmp_path_factory, data):
    """Whatever two coders mark: each code point, and each sentence with a marked word in it, is a yes."""
    lines = ("One here. Two 🌉 there.", "", "Three e\u0301 and four? Five.")
    text = "\n".join(lines)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12))
    marks = {who: data.draw(st.lists(spans, max_size=4)) for who in ME_AND_BEN}
    with Workspace(tmp_path_factory.mktemp("library")) as workspace:
        key = add(workspace.holdings, *lines)
        workspace.rounds.keep(Round("r", "Ben", (workspace.articles.by_keys([key])[0].id,), 1, 2))
        theme = workspace.themes.add("T")
        yes = {who: [False] * len(text) for who in ME_AND_BEN}
        with workspace.library.deed("Marks"):
            workspace.rounds.cover([key], "Ben")
            for who, drawn in marks.items():
                for start, length in drawn:
                    span = (start, min(len(text), start + length))
                    anchor = describe(text, *span)
                    workspace.highlights.insert(key, anchor, [theme], "", Mark(anchor.quote, author=who))
                    yes[who][slice(*span)] = [True] * (span[1] - span[0])
        places = [text.index(words) for words in ("One", "Two", "Three", "Five")]
        ends = [text.index("here.") + 5, text.index("there.") + 6, text.index("four?") + 5, len(text)]
        units = {
            "characters": [(place, place + 1) for place in range(len(text))],
            "sentences": list(zip(places, ends, strict=True)),
        }
        for unit, stretches in units.items():
            said = Counter(tuple(any(yes[who][slice(*one)]) for who in ME_AND_BEN) for one in stretches)
            found = table(workspace, unit)
            if any(any(pattern) for pattern in said):
                assert found.rows[0].agreement == agreement(said)
            else:
                assert found.rows == ()


def test_articles_have_the_themes_of_their_passages_and_their_own(coded):
    rows = {row.theme.name: row.agreement for row in table(coded, "articles").rows}
    assert (rows["Mayor"].units, rows["Mayor"].marked, rows["Mayor"].percent) == (2, (1, 2), 50)
    assert (rows["Ships"].marked, rows["Ships"].percent, rows["Ships"].alpha) == ((1, 1), 100, 1)


def test_a_theme_with_those_below_it_or_none_that_was_used(coded):
    assert [row.theme.name for row in table(coded, theme="=Boats").rows] == ["Ships"]
    nothing = table(coded, theme="Nobody uses it")
    assert (nothing.rows, nothing.overall.percent) == ((), None)
    assert nothing.overall.why is not None


def test_a_layer_agrees_with_itself_and_order_makes_no_difference(coded):
    for unit in CodingUnit:
        same = table(coded, unit, ("Ben", "Ben"))
        assert all(row.agreement.percent == 100 for row in same.rows)
        one, other = table(coded, unit), table(coded, unit, ("Ben", ""))
        assert [row.agreement.alpha for row in one.rows] == [row.agreement.alpha for row in other.rows]
        assert [row.agreement.kappa for row in one.rows] == [row.agreement.kappa for row in other.rows]


def test_more_than_two_layers_have_an_alpha(coded):
    ids = coded.rounds.all()[0].articles
    coded.rounds.keep(Round("r2", "Cy", ids[:1], 3, 4))
    with coded.library.deed("Round"):
        coded.rounds.cover([coded.articles.key(ids[0])], "Cy")
    mark(coded, "Cy", "All smile", "Mayor")
    assert chosen_layers(coded.holdings) == ("", "Cy")
    assert layers_of(coded.holdings) == ("", "Ben", "Cy")
    three = table(coded, layers=chosen_layers(coded.holdings, ["me", "Ben", "Cy"]))
    assert three.articles == 1
    assert all(row.agreement.kappa is None and row.agreement.alpha is not None for row in three.rows)


def test_layers_are_named_or_it_is_said(coded, tmp_path):
    assert chosen_layers(coded.holdings) == ME_AND_BEN
    with pytest.raises(NotFound, match="Nora"):
        chosen_layers(coded.holdings, ["me", "Nora"])
    with pytest.raises(InvalidInput, match="two layers"):
        chosen_layers(coded.holdings, ["Ben"])
    with Workspace(tmp_path / "other") as other, pytest.raises(NotFound, match="No coder's round"):
        chosen_layers(other.holdings)


def test_the_table_as_csv(coded):
    rows = list(csv.reader(io.StringIO(as_csv(table(coded)))))
    assert rows[0][:6] == ["theme", "unit", "articles", "units", "marked by me", "marked by Ben"]
    assert [row[0] for row in rows[1:]] == ["Mayor", "'=Boats > Ships", "all themes"]
    assert rows[1][1:6] == ["sentences", "2", "7", "2", "1"]
    assert float(rows[1][6]) == pytest.approx(600 / 7, rel=1e-4)


def test_the_table_goes_into_new_folders_and_over_no_library(coded, tmp_path):
    target = tmp_path / "not" / "there" / "table.csv"
    for _ in range(2):
        write_csv(table(coded), target)
        assert target.read_bytes().decode("utf-8-sig") == as_csv(table(coded))
    database = coded.library.database.path
    with pytest.raises(ExportFailed, match="database of a library"):
        write_csv(table(coded), database)
    assert sorted(path.name for path in target.parent.iterdir()) == ["table.csv"]
    assert sound(coded) == []


# ---------------------------------------- disagreements


def test_only_what_differs_is_asked_about(coded):
    found = questions(coded)
    said = [(one.theme.name, [each.quote for each in one.mine], [each.quote for each in one.theirs]) for one in found]
    assert said == [
        ("Ships", ["The old bridge"], ["old bridge fell"]),
        ("Ships", [], ["ferry 🌉"]),
        ("Mayor", ["smile"], []),
        ("Mayor", [], []),
    ]
    assert (found[-1].whole, found[-1].sides) == (True, (False, True))
    assert len({one.id for one in found}) == 4
    first = found[0]
    assert first.context == LINES[0]
    assert [first.context[slice(*each.at)] for each in (*first.mine, *first.theirs)] == [
        "The old bridge",
        "old bridge fell",
    ]
    assert found[2].context == LINES[1]


def test_each_is_decided_undone_and_decided_anew(coded):
    start = tables(coded.library.database)
    before = {author: coded.layers.highlights(coded.articles.keys(), author) for author in ME_AND_BEN}
    ships, ferry, smile, whole = (one.id for one in questions(coded))

    def choose(uid: str, choice: Choice) -> None:
        decide(coded.holdings, ME_AND_BEN, find(coded.holdings, ME_AND_BEN, uid[:10]), choice)

    choose(ships, Choice.BOTH)
    choose(ferry, Choice.MINE)
    choose(smile, Choice.MINE)
    choose(whole, Choice.THEIRS)
    assert consensus(coded) == [("The old bridge", ("Ships",)), ("old bridge fell", ("Ships",)), ("smile", ("Mayor",))]
    two = next(one for one in coded.articles.by_keys(coded.articles.keys()) if one.metadata.title == "Two")
    assert coded.layers.themes([two.key], CONSENSUS)[two.key] == {coded.themes.find("Mayor").id}
    assert [one.decision for one in questions(coded)] == ["both", "mine", "mine", "theirs"]
    minutes = coded.collections.find("Consensus with Ben")
    assert [one.text for one in minutes.interludes][:2] == [
        "**=Boats > Ships** — me + Ben",
        "**=Boats > Ships** — me: no passage",
    ]
    choose(ships, Choice.THEIRS)
    assert consensus(coded) == [("old bridge fell", ("Ships",)), ("smile", ("Mayor",))]
    assert [one.decision for one in questions(coded)] == ["theirs", "mine", "mine", "theirs"]
    assert {author: coded.layers.highlights(coded.articles.keys(), author) for author in ME_AND_BEN} == before
    assert sound(coded) == []
    coded.undo()
    assert questions(coded)[0].decision == "both"
    for _ in range(4):
        coded.undo()
    assert tables(coded.library.database) == start
    with pytest.raises(NotFound):
        find(coded.holdings, ME_AND_BEN, "abcdef")


def test_what_both_agree_on_goes_into_the_consensus_once(coded):
    assert finished(settle(coded.holdings, ME_AND_BEN)) == 1
    assert consensus(coded) == [("The mayor had been warned.", ("Mayor",))]
    assert finished(settle(coded.holdings, ME_AND_BEN)) == 0
    history = coded.history()
    for one in questions(coded):
        decide(coded.holdings, ME_AND_BEN, one, Choice.MINE)
    assert len(coded.history()) == len(history) + 4
    assert table(coded, "sentences", ("", CONSENSUS)).overall.percent == 100
    assert table(coded, "characters", ("", CONSENSUS)).overall.alpha == 1


def test_decisions_are_known_whatever_their_minutes_are_called(coded):
    first, *_ = questions(coded)
    decide(coded.holdings, ME_AND_BEN, first, Choice.THEIRS)
    coded.collections.edit("Consensus with Ben", new_name="What we settled")
    assert questions(coded)[0].decision == "theirs"
    for choice in (Choice.MINE, Choice.THEIRS):
        decide(coded.holdings, ME_AND_BEN, first, choice)
        assert questions(coded)[0].decision == choice
    assert [one.name for one in coded.collections.all()] == ["What we settled"]


def test_into_how_many_highlights_a_stretch_is_cut_is_no_disagreement(coded):
    before = [one.id for one in questions(coded)]
    coded.themes.add("Fall")
    for quote in ("The old bridge fell.", "Nobody was hurt."):
        mark(coded, "", quote, "Fall")
    mark(coded, "Ben", "The old bridge fell. Nobody was hurt.", "Fall")
    assert [one.id for one in questions(coded)] == before
    assert finished(settle(coded.holdings, ME_AND_BEN)) == 2
    assert ("The old bridge fell. Nobody was hurt.", ("Fall",)) in consensus(coded)
    mark(coded, "", "All smile.", "Fall")
    mark(coded, "Ben", "The ferry 🌉 runs again. All smile.", "Fall")
    assert len(questions(coded)) == len(before) + 1


def test_a_decision_outlives_a_change_of_the_text_but_not_of_the_coding(coded):
    first = questions(coded)[0]
    decide(coded.holdings, ME_AND_BEN, first, Choice.THEIRS)
    key = coded.articles.key(first.article.id)
    with coded.library.deed("A line comes before"):
        content = coded.bodies.content(key)
        coded.bodies.leave_out(key, 1)
        assert content.body.text != coded.bodies.content(key).body.text
    assert questions(coded)[0].decision == "theirs"
    coded.highlights.move(first.mine[0].highlight, 0, 7)
    assert questions(coded)[0].decision is None
