"""A round with a second coder: prepared without a trace of the first, and back as a layer that nothing overwrites."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coding.layering import take_in
from app.coding.preparing import Draw, prepare
from app.comparing import carry
from app.drafts import Mark
from app.errors import Conflict, InvalidInput, LibraryError
from app.exporters._base import exporters
from app.exporting.bundling import Selection
from app.library.rounds import CONSENSUS
from app.model import Status
from app.searching.answers import Unit
from app.workspace import Workspace
from tests.libraries import add, finished, sound, tables

TEXTS = {
    "Bridges": "The old bridge fell. Nobody was hurt. The mayor had been warned twice.",
    "Ferries": "The ferry runs again. A ticket costs nine euros. The mayor smiled 🌉.",
    "Trams": "The tram is late. Its driver whistles.",
}


@pytest.fixture
def asking(workspace: Workspace) -> Workspace:
    """Return a library with three articles, themes, marks and notes, of which much is nobody's business."""
    workspace.themes.add("Transport", definition="How things move", digit=3, colour="#2f7fb8")
    workspace.themes.add("Trains", under="Transport")
    workspace.themes.add("Mayor")
    workspace.themes.edit("Mayor", note="Only by office")
    workspace.themes.edit("Trains", note="SECRET about trains")
    workspace.notes.set_private("theme", workspace.themes.find("Trains").key, private=True)
    workspace.attributes.add("Tone", "choice", ["calm", "loud"], "How it sounds")
    for title, text in TEXTS.items():
        key = add(workspace.holdings, *text.split("  "), title=title)
        workspace.articles.edit(key, {"outlet": "Post" if title != "Trams" else "Mail"}, attributes={"Tone": "calm"})
        workspace.articles.note(key, f"SECRET note on {title}")
    bridges = key_of(workspace, "Bridges")
    workspace.highlights.add(bridges, *workspace.highlights.locate(bridges, "warned twice"), ["Mayor"], "SECRET why")
    workspace.articles.theme(bridges, ["Transport"])
    workspace.notes.write("SECRET plan")
    workspace.collections.add("SECRET list")
    return workspace


def key_of(workspace: Workspace, title: str) -> int:
    return next(one.key for one in workspace.articles.by_keys(workspace.articles.keys()) if one.metadata.title == title)


def prepared(workspace: Workspace, folder: Path, coder: str = "Ben", selection: Selection | None = None, chance=None):
    return finished(prepare(workspace, folder, coder, selection or Selection(), chance))


def marked(folder: Path, title: str, quote: str, *themes: str, note: str = "") -> str:
    """Let the coder mark a passage in the library of the round; return the highlight's id."""
    with Workspace(folder, create=False, origin="coder at work") as theirs:
        key = key_of(theirs, title)
        return theirs.highlights.add(key, *theirs.highlights.locate(key, quote), themes, note).id


def layer(workspace: Workspace, author: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Return what an author marked: the words, the themes and the note."""
    names = {theme.id: theme.name for theme in workspace.themes.all()}
    keys = workspace.articles.keys()
    return sorted(
        (one.quote, tuple(names[theme] for theme in one.themes), one.note)
        for key in keys
        for one in workspace.highlights.of_article(key)
        if one.author == author
    )


# ---------------------------------------- prepare


def test_a_place_that_cannot_be_is_said_by_the_name_it_was_given(asking, tmp_path):
    (tmp_path / "FILE").write_text("in the way")
    with pytest.raises(LibraryError) as caught:
        prepared(asking, tmp_path / "FILE" / "round")
    assert f"“{tmp_path / 'FILE' / 'round'}”" in str(caught.value)
    assert ".part" not in str(caught.value)


def test_a_round_holds_articles_and_codebook_and_nothing_else(asking, tmp_path):
    before = tables(asking.library.database)
    done = prepared(asking, tmp_path / "round")
    assert tables(asking.library.database) == before
    with Workspace(tmp_path / "round", create=False) as theirs:
        texts = {one.id: theirs.bodies.content(one.key) for one in theirs.articles.by_keys(theirs.articles.keys())}
        assert texts == {
            one.id: asking.bodies.content(one.key) for one in asking.articles.by_keys(asking.articles.keys())
        }
        ours, others = ({one.id: one for one in space.themes.all()} for space in (asking, theirs))
        assert [(one.id, one.path, one.colour, one.digit, one.definition) for one in ours.values()] == [
            (one.id, one.path, one.colour, one.digit, one.definition) for one in others.values()
        ]
        assert {one.name: one.note for one in others.values()} == {
            "Transport": "",
            "Trains": "",
            "Mayor": "Only by office",
        }
        (tone,) = theirs.attributes.all()
        assert tone.id == asking.attributes.find("Tone").id
        assert (tone.name, tone.kind, tone.choices, tone.definition) == (
            "Tone",
            "choice",
            ("calm", "loud"),
            "How it sounds",
        )
        assert all(one.attributes == {} for one in theirs.articles.by_keys(theirs.articles.keys()))
        counts = theirs.stats()
        assert (counts["highlights"], counts["collections"], counts["steps"], counts["notes"]) == (0, 0, 0, 1)
        assert theirs.rounds.asked() is not None
        assert (theirs.rounds.asked().id, theirs.rounds.asked().coder) == (done.round.id, "Ben")
        assert theirs.rounds.asked().library == asking.rounds.own_id()
        assert theirs.search("mayor").total == 2
        assert sound(theirs) == []
    for path in (tmp_path / "round").rglob("*"):
        assert not path.is_file() or b"SECRET" not in path.read_bytes(), path
    assert [one.id for one in asking.rounds.all()] == [done.round.id]
    assert asking.rounds.coders() == ()


def test_values_of_attributes_go_along_where_they_are_wished(asking, tmp_path):
    finished(prepare(asking, tmp_path / "round", "Ben", Selection(), values=True))
    with Workspace(tmp_path / "round", create=False) as theirs:
        assert all(one.attributes == {"Tone": "calm"} for one in theirs.articles.by_keys(theirs.articles.keys()))


def test_articles_are_chosen_or_drawn(asking, tmp_path):
    chosen = prepared(asking, tmp_path / "a", selection=Selection(query="mayor"))
    assert len(chosen.round.articles) == 2
    drawn = prepared(asking, tmp_path / "b", chance=Draw(2, "outlet", equal=True, seed="x"))
    again = prepared(asking, tmp_path / "c", chance=Draw(2, "outlet", equal=True, seed="x"))
    assert drawn.strata == {"Mail": (1, 1), "Post": (1, 2)}
    assert drawn.round.articles == again.round.articles
    by_tone = prepared(asking, tmp_path / "d", chance=Draw(1, "Tone"))
    assert by_tone.strata == {"calm": (1, 3)}
    assert prepared(asking, tmp_path / "e", chance=Draw(1, "month")).strata == {"": (1, 3)}
    with pytest.raises(InvalidInput, match="no field “Colour”"):
        prepared(asking, tmp_path / "f", chance=Draw(1, "Colour"))
    with pytest.raises(InvalidInput, match="cannot be drawn from 2"):
        prepared(asking, tmp_path / "f", selection=Selection(query="mayor"), chance=Draw(3))
    with pytest.raises(InvalidInput, match="no articles to code"):
        prepared(asking, tmp_path / "f", selection=Selection(query="zebra"))
    assert not (tmp_path / "f").exists()


def test_a_round_never_lands_on_what_is_there(asking, tmp_path):
    prepared(asking, tmp_path / "round")
    with pytest.raises(Conflict, match="already"):
        prepared(asking, tmp_path / "round")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(LibraryError, match="full"):
        prepared(asking, tmp_path / "full")
    assert (tmp_path / "full" / "letter.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []
    for name in ("", "Consensus", "me"):
        with pytest.raises(InvalidInput):
            prepared(asking, tmp_path / "x", name)
    assert len(asking.rounds.all()) == 1


# ---------------------------------------- take in


def test_a_round_comes_back_as_a_layer_of_its_own(asking, tmp_path):
    folder = tmp_path / "round"
    prepared(asking, folder)
    same = marked(folder, "Bridges", "warned twice", "Mayor", note="as I see it")
    marked(folder, "Ferries", "The ferry runs again", "Trains", "Sea > Ships")
    with Workspace(folder, create=False) as theirs:
        theirs.articles.theme(key_of(theirs, "Trams"), ["Mayor"])
        theirs.articles.note(key_of(theirs, "Trams"), "Hard to code")
        theirs.themes.edit("Mayor", note="Also the deputy")
    own, before = layer(asking, ""), tables(asking.library.database)
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    report = finished(take_in(asking.holdings, folder))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == files
    assert (report.coder, report.articles, report.made, report.gone, report.orphaned) == ("Ben", 3, 2, 0, 0)
    assert report.themes == ("Sea", "Sea > Ships")
    assert layer(asking, "Ben") == [
        ("The ferry runs again", ("Trains", "Ships"), ""),
        ("warned twice", ("Mayor",), "as I see it"),
    ]
    assert layer(asking, "") == own
    assert asking.highlights.find(same).author == "Ben"
    trams = key_of(asking, "Trams")
    mayor = asking.themes.find("Mayor").id
    assert asking.layers.themes([trams], "Ben") == {trams: frozenset({mayor})}
    assert asking.articles.by_keys([trams])[0].themes == ()
    assert asking.articles.by_keys([trams])[0].note == "SECRET note on Trams"
    notes = asking.collections.find("Notes of Ben")
    assert [one.text for one in notes.interludes] == ["**Mayor**\n\nAlso the deputy", "Hard to code"]
    assert notes.items == (asking.articles.by_keys([trams])[0].id,)
    assert (report.noted, report.collection) == (2, "Notes of Ben")
    assert asking.themes.find("Mayor").note == "Only by office"
    assert asking.search("theme:ships", passages=True).total == 1
    assert sound(asking) == []
    assert str(asking.history()[0].label) == "Round of Ben taken in"
    asking.undo()
    assert tables(asking.library.database) == before


def toned(folder: Path, **tones: str) -> None:
    """Let the coder give articles, by their titles, a tone."""
    with Workspace(folder, create=False) as theirs:
        for title, tone in tones.items():
            theirs.articles.edit(key_of(theirs, title), {}, attributes={"Tone": tone})


def told(asking: Workspace) -> list[str]:
    return [one.text for one in asking.collections.find("Notes of Ben").interludes]


@pytest.mark.parametrize("exported", [False, True])
def test_values_that_a_coder_gave_come_back_beside_the_readers(asking, tmp_path, exported):
    folder = path = tmp_path / "round"
    prepared(asking, folder)
    toned(folder, Trams="loud", Bridges="calm")
    with Workspace(folder, create=False) as theirs:
        theirs.articles.note(key_of(theirs, "Trams"), "Hard to code")
        if exported:
            path = tmp_path / "round.json"
            finished(theirs.export(Selection(), "json", path, {}))
    before = tables(asking.library.database)
    report = finished(take_in(asking.holdings, path))
    assert sorted(told(asking)) == ["**Tone:** calm", "Hard to code\n\n**Tone:** loud"]
    assert (report.noted, report.collection) == (2, "Notes of Ben")
    assert [str(one) for one in report.notes] == [
        "2 values that Ben gave to attributes stand in “Notes of Ben”: yours stay what they are."
    ]
    assert {one.attributes["Tone"] for one in asking.articles.by_keys(asking.articles.keys())} == {"calm"}
    assert finished(take_in(asking.holdings, path)).step is None
    asking.undo()
    assert tables(asking.library.database) == before


def test_a_corrected_value_takes_the_place_of_the_first_one(asking, tmp_path):
    prepared(asking, tmp_path / "round")
    toned(tmp_path / "round", Trams="calm")
    finished(take_in(asking.holdings, tmp_path / "round"))
    toned(tmp_path / "round", Trams="loud")
    finished(take_in(asking.holdings, tmp_path / "round"))
    assert told(asking) == ["**Tone:** loud"]
    toned(tmp_path / "round", Trams="")
    assert finished(take_in(asking.holdings, tmp_path / "round")).noted == 0
    assert told(asking) == []


def test_of_values_that_were_handed_over_only_others_come_back(asking, tmp_path):
    finished(prepare(asking, tmp_path / "round", "Ben", Selection(), values=True))
    toned(tmp_path / "round", Trams="loud")
    report = finished(take_in(asking.holdings, tmp_path / "round"))
    assert told(asking) == ["**Tone:** loud"]
    assert "One value" in str(report.notes[0])


def test_coming_again_takes_the_place_of_that_layer_only(asking, tmp_path):
    for coder in ("Ben", "Cy"):
        prepared(asking, tmp_path / coder, coder)
        marked(tmp_path / coder, "Bridges", "Nobody was hurt", "Mayor", note=f"by {coder}")
        stays = marked(tmp_path / coder, "Trams", "whistles", "Mayor")
        finished(take_in(asking.holdings, tmp_path / coder))
    assert stays
    again = finished(take_in(asking.holdings, tmp_path / "Ben"))
    assert (again.made, again.kept, again.gone, again.step) == (0, 2, 0, None)
    keys = {one.key for one in asking.highlights.of_article(key_of(asking, "Trams")) if one.author == "Ben"}
    own, cy = layer(asking, ""), layer(asking, "Cy")
    before = tables(asking.library.database)
    with Workspace(tmp_path / "Ben", create=False) as theirs:
        bridges = key_of(theirs, "Bridges")
        (wrong,) = theirs.highlights.of_article(bridges)
        theirs.highlights.remove(wrong.id)
        theirs.highlights.add(bridges, *theirs.highlights.locate(bridges, "The old bridge fell"), ["Transport"])
        theirs.articles.note(bridges, "Corrected")
    report = finished(take_in(asking.holdings, tmp_path / "Ben"))
    assert (report.made, report.kept, report.gone) == (1, 1, 1)
    assert layer(asking, "Ben") == [("The old bridge fell", ("Transport",), ""), ("whistles", ("Mayor",), "")]
    assert (layer(asking, ""), layer(asking, "Cy")) == (own, cy)
    assert {one.key for one in asking.highlights.of_article(key_of(asking, "Trams")) if one.author == "Ben"} == keys
    assert len(asking.rounds.all()) == 2
    asking.undo()
    assert tables(asking.library.database) == before


def test_notes_of_a_corrected_round_take_the_place_of_the_first_ones(asking, tmp_path):
    prepared(asking, tmp_path / "round")
    with Workspace(tmp_path / "round", create=False) as theirs:
        theirs.articles.note(key_of(theirs, "Trams"), "First thought")
        theirs.notes.write("About it all")
    finished(take_in(asking.holdings, tmp_path / "round"))
    asking.collections.write("Notes of Ben", "My reply")
    with Workspace(tmp_path / "round", create=False) as theirs:
        theirs.articles.note(key_of(theirs, "Trams"), "Second thought")
        theirs.notes.write("")
    finished(take_in(asking.holdings, tmp_path / "round"))
    texts = [one.text for one in asking.collections.find("Notes of Ben").interludes]
    assert texts == ["Second thought", "My reply"]
    for words in ("", "Third thought"):
        with Workspace(tmp_path / "round", create=False) as theirs:
            theirs.articles.note(key_of(theirs, "Trams"), words)
        finished(take_in(asking.holdings, tmp_path / "round"))
    notes = asking.collections.find("Notes of Ben")
    assert [one.text for one in notes.interludes] == ["Third thought", "My reply"]
    assert notes.sequence == (notes.items[0], *(one.id for one in notes.interludes))


def test_what_a_coder_said_of_an_article_goes_with_it_when_it_is_erased(asking, tmp_path):
    prepared(asking, tmp_path / "round")
    marked(tmp_path / "round", "Trams", "whistles", "Mayor", note="VERY loud")
    for words in ("VERY first", "VERY last"):
        with Workspace(tmp_path / "round", create=False) as theirs:
            theirs.articles.note(key_of(theirs, "Trams"), words)
            theirs.articles.note(key_of(theirs, "Bridges"), "stays")
        finished(take_in(asking.holdings, tmp_path / "round"))
    asking.erase([key_of(asking, "Trams")])
    assert [one.text for one in asking.collections.find("Notes of Ben").interludes] == ["stays"]
    for path in asking.library.folder.rglob("*"):
        assert not path.is_file() or b"VERY" not in path.read_bytes(), path
    assert sound(asking) == []


@settings(max_examples=4)
@given(st.data())
def test_a_layer_is_what_the_coder_marked_whatever_that_is(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("coding")
    text = "The ferry 🌉 runs again.\nA ticket costs ni\u0301ne euros."
    spans = st.tuples(st.integers(0, len(text) - 2), st.integers(1, 9))
    drawn = st.lists(st.tuples(spans, st.lists(st.sampled_from(["A", "B", "C > D"]), max_size=2)), max_size=5)
    with Workspace(folder / "ours") as ours:
        key = add(ours.holdings, *text.split("\n"))
        ours.themes.add("A")
        ours.highlights.add(key, 4, 9, ["A"], "mine")
        prepared(ours, folder / "round")
        before = tables(ours.library.database)
        for _ in range(2):
            with Workspace(folder / "round", create=False) as theirs:
                (their,) = theirs.articles.keys()
                for one in theirs.highlights.of_article(their):
                    theirs.highlights.remove(one.id)
                for (start, length), themes in data.draw(drawn):
                    quote = text[start : start + length]
                    if quote.strip():
                        theirs.highlights.add(their, start, start + len(quote), themes, f"note {start}")
                wanted = [(*said[:1], tuple(sorted(said[1])), said[2]) for said in layer(theirs, "")]
            finished(take_in(ours.holdings, folder / "round"))
            found = [(*said[:1], tuple(sorted(said[1])), said[2]) for said in layer(ours, "Ben")]
            assert sorted(found) == sorted(wanted)
            assert layer(ours, "") == [("ferry", ("A",), "mine")]
            assert finished(take_in(ours.holdings, folder / "round")).step is None
        while (step := ours.own_step(done=True)) is not None and "Round of" in str(step.label):
            ours.undo()
        assert tables(ours.library.database) == before


def test_a_passage_that_our_text_has_not_is_an_orphan_of_the_layer(asking, tmp_path):
    prepared(asking, tmp_path / "round")
    marked(tmp_path / "round", "Trams", "Its driver whistles", "Mayor")
    trams = key_of(asking, "Trams")
    asking.library.database.execute(
        "UPDATE body SET text='The tram is late.', structure='[]' WHERE article_id=?", (trams,)
    )
    report = finished(take_in(asking.holdings, tmp_path / "round"))
    (lost,) = [one for one in asking.highlights.of_article(trams) if one.author == "Ben"]
    assert (lost.quote, lost.status, report.orphaned) == ("Its driver whistles", Status.ORPHAN, 1)
    assert any("orphan" in str(note) for note in report.notes)
    assert finished(take_in(asking.holdings, tmp_path / "round")).step is None


def test_nothing_overwrites_a_layer_or_joins_with_it(asking, tmp_path):
    folder = tmp_path / "round"
    prepared(asking, folder)
    theirs = marked(folder, "Trams", "whistles", "Mayor")
    marked(folder, "Ferries", "The mayor smiled 🌉.", "Mayor")
    finished(take_in(asking.holdings, folder))
    trams = key_of(asking, "Trams")
    for deed in (
        lambda: asking.highlights.retheme(theirs, add=["Transport"]),
        lambda: asking.highlights.note(theirs, "mine now"),
        lambda: asking.highlights.move(theirs, 0, 3),
        lambda: asking.highlights.remove(theirs),
    ):
        with pytest.raises(Conflict, match="layer of Ben"):
            deed()
    held = layer(asking, "Ben")
    span = asking.highlights.locate(trams, "whistles")
    with asking.library.deed("Marks come"):
        asking.holdings.marks.take_in(trams, [Mark("whistles", *span, themes=("Transport",))])
        asking.highlights.mark(trams, [(span, "whistles")], [asking.themes.find("Trains")])
    assert layer(asking, "Ben") == held
    assert layer(asking, "") == [("warned twice", ("Mayor",), "SECRET why"), ("whistles", ("Transport", "Trains"), "")]
    proposals = {one.quote: one.highlight for one in finished(asking.propose("mayor", Unit.SENTENCE)).found}
    assert proposals["The mayor smiled 🌉."] == ""
    assert len(carry(asking.holdings, trams, add(asking.holdings, TEXTS["Trams"], title="Again"))) == 1


def test_what_comes_from_one_file_is_joined_only_where_nobody_knows_whose_it_is(workspace):
    """Two marks of another program by one author on one passage are one; those with ids of ours are themselves."""
    key = add(workspace.holdings, "The tram is late.", title="Trams")

    def coming(*marks: Mark) -> list[tuple[str, str]]:
        with workspace.library.deed("Marks come"):
            workspace.holdings.marks.take_in(key, marks)
        return sorted((one.author, one.id) for one in workspace.highlights.of_article(key))

    assert len(coming(Mark("tram", 4, 8), Mark("tram", 4, 8, themes=("A",)))) == 1
    two = coming(Mark("late", 12, 16, author="Ada"), Mark("late", 12, 16, author="Bo"))
    assert len(two) == 3
    assert coming(Mark("tram", 4, 8), Mark("late", 12, 16, author="Bo")) == two
    ids = ("a" * 32, "b" * 32, "c" * 32)
    marks = [Mark("The", 0, 3, id=uid, author=author) for uid, author in zip(ids, ("", "", "Ben"), strict=True)]
    assert {("", ids[0]), ("", ids[1]), ("Ben", ids[2])} <= set(coming(*marks))
    assert len(coming(*marks)) == 6


def test_whose_round_it_is_must_be_known_and_its_own(asking, tmp_path):
    folder = tmp_path / "round"
    prepared(asking, folder)
    marked(folder, "Trams", "whistles", "Mayor")
    with closing(sqlite3.connect(folder / "library.db")) as connection, connection:
        connection.execute("DELETE FROM setting WHERE name='round'")
    assert finished(take_in(asking.holdings, folder)).coder == "Ben"  # the only round with these articles
    prepared(asking, tmp_path / "second", "Cy")
    with pytest.raises(InvalidInput, match="whose round"):
        finished(take_in(asking.holdings, folder))
    assert finished(take_in(asking.holdings, folder, "Dana")).coder == "Dana"
    trams = key_of(asking, "Trams")
    with asking.library.deed("Marks of a PDF"):
        asking.holdings.marks.take_in(trams, [Mark("late", 12, 16, author="Ed")])
    with pytest.raises(Conflict, match="came from elsewhere"):
        finished(take_in(asking.holdings, folder, "Ed"))
    with pytest.raises(InvalidInput):
        finished(take_in(asking.holdings, folder, CONSENSUS))
    with pytest.raises(InvalidInput, match="no round of its own"):
        finished(take_in(asking.holdings, asking.library.folder))
    with pytest.raises(LibraryError, match="nothing at"):
        finished(take_in(asking.holdings, tmp_path / "nowhere"))
    Workspace(tmp_path / "empty").close()
    with pytest.raises(Conflict, match="None of the articles"):
        finished(take_in(asking.holdings, tmp_path / "empty"))


@pytest.mark.parametrize("key", sorted({"json", "jsonld"} & exporters().keys()))
def test_a_file_that_the_round_was_exported_to_comes_back_as_the_folder_does(asking, tmp_path, key):
    folder, file = tmp_path / "round", tmp_path / f"round.{key}"
    prepared(asking, folder)
    marked(folder, "Bridges", "Nobody was hurt", "Mayor", "Sea > Ships", note="ours")
    with Workspace(folder, create=False) as theirs:
        finished(theirs.export(Selection(), key, file, {}))
    report = finished(take_in(asking.holdings, file))
    assert (report.coder, report.made, report.orphaned) == ("Ben", 1, 0)
    assert layer(asking, "Ben") == [("Nobody was hurt", ("Mayor", "Ships"), "ours")]
    assert finished(take_in(asking.holdings, folder)).made == 0


def test_settings_of_a_stranger_break_nothing(asking):
    for value in ("{", "[1, {}]", '{"id": 5}', json.dumps([{"id": "a", "coder": "B", "articles": 5, "taken": "x"}])):
        asking.library.set_setting("rounds", value)
        asking.library.set_setting("round", value)
        assert asking.rounds.coders() == ()
        asking.rounds.asked()
