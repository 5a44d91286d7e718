"""Articles, themes, highlights, attributes, collections and notes: what each promises to its reader."""

from __future__ import annotations

import pytest

from app.errors import AppError, Conflict, InvalidInput, NotFound
from app.library.articles import Source
from app.library.holdings import Holdings
from app.model import AttributeChange, Metadata, Origin, Published, State
from tests.libraries import add, draft, tables


def paths(holdings: Holdings) -> list[str]:
    return [" > ".join(theme.path) for theme in holdings.themes.all()]


# ---------------------------------------- articles


def test_what_the_reader_sets_is_theirs_and_stays_when_imported_again(holdings):
    stated = Metadata("Title", "By", "Outlet", origins={"title": Origin.STATED, "byline": Origin.DERIVED})
    with holdings.library.deed("Import"):
        key = holdings.articles.add(draft("One.", title="Title"), Source("a.txt"))
    holdings.articles.edit(key, {"title": "Mine", "published": "2025-03", "outlet": ""})
    with holdings.library.deed("Import"):
        new = draft("One.", "Two.")
        holdings.articles.update(key, type(new)(new.body, stated), Source("b.txt"))
    found = holdings.articles.by_keys([key])[0].metadata
    assert (found.title, found.byline, found.outlet) == ("Mine", "By", None)
    assert found.published == Published.parse("2025-03")
    assert found.origins == {
        "title": Origin.MINE, "published": Origin.MINE, "outlet": Origin.MINE, "byline": Origin.DERIVED,
    }  # fmt: skip


@pytest.mark.parametrize("value", ["yesterday", "2025-13", "2025-02-30", "03/04/2025"])
def test_no_date_is_invented(holdings, value):
    key = add(holdings, "One.")
    with pytest.raises(InvalidInput, match="is no date"):
        holdings.articles.edit(key, {"published": value})
    with pytest.raises(InvalidInput):
        holdings.articles.edit(key, state="finished")
    assert holdings.articles.by_keys([key])[0].state is State.UNREAD


def test_articles_go_by_their_id_or_a_unique_beginning_of_it(holdings):
    keys = [add(holdings, f"Text {number}.", title=str(number)) for number in range(3)]
    for key in keys:
        article = holdings.articles.by_keys([key])[0]
        assert holdings.articles.key(article.id[:10].upper()) == holdings.articles.key(f" {article.id} ") == key
    for given in ("", "ab", "zzzz", "%", "_" * 32, "0" * 40):
        with pytest.raises(NotFound):
            holdings.articles.key(given)
    holdings.library.database.execute("UPDATE article SET uid = 'abcdef' || substr(uid, 7) WHERE id <= 2")
    with pytest.raises(Conflict, match="Give more"):
        holdings.articles.key("abcd")


def test_metadata_is_one_line_that_every_file_can_carry(holdings):
    key = add(holdings, "One.")
    holdings.articles.edit(key, {"title": " A \x00title\n of\ttwo \ud800lines "})
    assert holdings.articles.by_keys([key])[0].metadata.title == "A title of two lines"


def test_a_draft_brings_its_themes_note_and_attributes(holdings):
    holdings.attributes.add("Tone", "choice", ["calm"])
    key = add(
        holdings,
        "One.",
        themes=("News > Local", "News"),
        note="Hello",
        attributes={"tone": "CALM", "Country": "Austria"},
    )
    article = holdings.articles.by_keys([key])[0]
    names = {theme.id: theme.name for theme in holdings.themes.all()}
    assert [names[theme] for theme in article.themes] == ["Local", "News"]
    assert (article.note, article.attributes) == ("Hello", {"Tone": "calm", "Country": "Austria"})


def test_nothing_that_comes_with_a_draft_keeps_it_out(holdings):
    holdings.attributes.add("Tone", "choice", ["calm"])
    holdings.themes.ensure("Rail > Money")
    holdings.themes.ensure("Sea > Money")
    key = add(holdings, "One.", themes=("Money", "\x00", " "), attributes={"Tone": "shrill", "\x00": "x", " ": "y"})
    themes = {theme.id: theme.path for theme in holdings.themes.all()}
    assert [themes[theme] for theme in holdings.articles.by_keys([key])[0].themes] == [("Money",)]
    assert holdings.articles.by_keys([key])[0].attributes == {}


# ---------------------------------------- themes


def test_a_path_begins_at_the_top_whatever_else_has_that_name(holdings):
    holdings.themes.ensure("B > A")
    for _ in range(2):
        assert holdings.themes.ensure("A > B").path == ("A", "B")
    assert paths(holdings) == ["B", "B > A", "A", "A > B"]


def test_names_are_compared_without_case_and_extra_spaces(holdings):
    made = holdings.themes.add("Night  Trains")
    assert made.name == "Night Trains"
    for name in ("night trains", " NIGHT   TRAINS ", made.id, made.id[:8]):
        assert holdings.themes.find(name).id == made.id
    with pytest.raises(Conflict, match="already"):
        holdings.themes.add("NIGHT TRAINS")


@pytest.mark.parametrize("name", ["a > b", "A>B", "*", '"', "'; DROP TABLE theme; --", "%", "🚂", "abcd" * 8, "ق"])
def test_a_theme_may_have_any_name(holdings, name):
    made = holdings.themes.add(name)
    assert holdings.themes.find(name).id == made.id
    assert holdings.themes.ensure(name).id == made.id


def test_an_id_that_no_theme_has_any_more_is_refused_and_makes_no_theme(holdings):
    key = add(holdings, "One two.")
    gone = holdings.themes.add("Gone").id
    held = holdings.highlights.add(key, 0, 3, [gone]).id
    holdings.themes.delete("Gone")
    for deed in (
        lambda: holdings.highlights.add(key, 4, 7, [gone]),
        lambda: holdings.highlights.retheme(held, [gone]),
        lambda: holdings.articles.theme(key, [gone]),
    ):
        with pytest.raises(NotFound, match="That theme is gone"):
            deed()
    assert holdings.themes.all() == ()
    assert [one.id for one in holdings.highlights.of_article(key)] == [held]


def test_a_theme_merged_into_one_below_it_leaves_no_two_of_one_name(holdings):
    for path in ("A", "B > A", "C > C"):
        holdings.themes.ensure(path)
    with pytest.raises(Conflict, match="at that place"):
        holdings.themes.merge("B", "B > A")
    assert holdings.themes.merge("C", "C > C").path == ("C",)
    assert paths(holdings) == ["A", "B", "B > A", "C"]


def test_a_name_that_begins_an_id_is_a_name_of_its_own(holdings):
    """Else what is put under a new theme "2024" would go under the theme whose id happens to begin so."""
    drones, later = holdings.themes.add("Drones"), holdings.collections.add("Later")
    assert holdings.themes.find(drones.id[:8]).id == drones.id
    assert holdings.themes.ensure(drones.id[:8]).name == drones.id[:8]
    assert holdings.themes.take_in(drones.id[:9]).name == drones.id[:9]
    assert holdings.themes.ensure(drones.id).name == "Drones"
    assert holdings.collections.find(later.id[:8]).id == later.id
    assert holdings.collections.add(later.id[:8]).id != later.id


@pytest.mark.parametrize("name", ["", "  ", "\n", "\x00"])
def test_a_theme_has_a_name(holdings, name):
    with pytest.raises(InvalidInput):
        holdings.themes.add(name)
    with pytest.raises(InvalidInput):
        holdings.themes.ensure(name)


def test_two_themes_of_one_name_are_told_apart_by_their_paths(holdings):
    for path in ("Rail > Money", "Sea > Money"):
        holdings.themes.ensure(path)
    with pytest.raises(Conflict, match="Rail > Money; Sea > Money"):
        holdings.themes.find("money")
    assert holdings.themes.find("sea>money").path == ("Sea", "Money")
    holdings.themes.add("Money")
    assert holdings.themes.find("money").path == ("Money",)


def test_a_theme_never_hangs_below_itself(holdings):
    holdings.themes.ensure("A > B > C")
    for under in ("A", "B", "C"):
        with pytest.raises(InvalidInput):
            holdings.themes.move("A", under)


def test_themes_stand_in_the_order_they_are_put_in(holdings):
    for path in ("A", "B", "C", "C > D"):
        holdings.themes.ensure(path)
    holdings.themes.move("C", None, "A")
    assert paths(holdings) == ["C", "C > D", "A", "B"]
    holdings.themes.move("B", "C", "D")
    assert paths(holdings) == ["C", "C > B", "C > D", "A"]
    holdings.themes.move("B", None)
    holdings.themes.add("E")
    assert paths(holdings) == ["C", "C > D", "A", "B", "E"]
    for _ in range(3):
        holdings.library.undo()
    assert paths(holdings) == ["C", "C > D", "A", "B"]


def test_a_new_theme_takes_the_colour_that_is_worn_least(holdings):
    made = [holdings.themes.add(f"Number {number}") for number in range(12)]
    assert len({theme.colour for theme in made}) == 12
    holdings.themes.delete("Number 4")
    assert holdings.themes.add("Another").colour == made[4].colour


def test_digits_and_colours_are_chosen_and_never_given_twice(holdings):
    made = [holdings.themes.add(str(number)) for number in range(11)]
    assert [theme.digit for theme in made] == [*range(1, 10), None, None]
    assert len({theme.colour for theme in made}) == 11
    with pytest.raises(Conflict, match="belongs to"):
        holdings.themes.edit("10", digit=3)
    holdings.themes.edit("2", digit=0)
    assert holdings.themes.edit("10", digit=3).digit == 3
    with pytest.raises(InvalidInput):
        holdings.themes.edit("1", colour="red")


def test_merging_themes_loses_nothing(holdings):
    key = add(holdings, "One two three four.")
    both = holdings.highlights.add(key, 0, 3, ["Sea > Price", "Money"])
    one = holdings.highlights.add(key, 4, 7, ["Sea > Price"])
    deep = holdings.highlights.add(key, 8, 13, ["Sea > Price > Cheap"])
    holdings.articles.theme(key, ["Sea > Price", "Money"])
    holdings.themes.edit("Price", note="Note of price", definition="What it costs")
    holdings.themes.edit("Money", note="Note of money", definition="Sums")
    holdings.themes.ensure("Money > CHEAP")
    merged = holdings.themes.merge("Price", "Money")
    assert paths(holdings) == ["Sea", "Money", "Money > CHEAP"]
    themes = {theme.id: theme.path for theme in holdings.themes.all()}
    assert [themes[theme] for mark in (both, one) for theme in holdings.highlights.find(mark.id).themes] == [
        ("Money",), ("Money",),
    ]  # fmt: skip
    assert [themes[theme] for theme in holdings.highlights.find(deep.id).themes] == [("Money", "CHEAP")]
    assert [themes[theme] for theme in holdings.articles.by_keys([key])[0].themes] == [("Money",)]
    assert (merged.note, merged.definition) == ("Note of money\n\nNote of price", "Sums\n\nWhat it costs")


def test_words_of_a_theme_that_are_only_letters_of_others_are_not_lost_when_it_is_merged(holdings):
    for name, note, definition in (("Fuel", "oil", "war"), ("Unrest", "turmoil", "warm")):
        holdings.themes.add(name, definition=definition)
        holdings.themes.edit(name, note=note)
    merged = holdings.themes.merge("Fuel", "Unrest")
    assert (merged.note, merged.definition) == ("turmoil\n\noil", "warm\n\nwar")


def test_a_deleted_theme_leaves_those_below_it_and_the_passages(holdings):
    key = add(holdings, "One two.")
    mark = holdings.highlights.add(key, 0, 3, ["A > B", "A > B > C"])
    holdings.themes.delete("B")
    assert paths(holdings) == ["A", "A > C"]
    assert len(holdings.highlights.find(mark.id).themes) == 1


# ---------------------------------------- highlights


@pytest.mark.parametrize("span", [(0, 0), (3, 1), (-1, 2), (0, 9), (8, 9)])
def test_a_highlight_lies_in_the_text(holdings, span):
    key = add(holdings, "One two.")
    before = tables(holdings.library.database)
    with pytest.raises(InvalidInput, match="is no passage"):
        holdings.highlights.add(key, *span, ["New theme"], "note")
    assert tables(holdings.library.database) == before


def test_positions_are_code_points(holdings):
    text = "\N{STEAM LOCOMOTIVE}\N{VARIATION SELECTOR-16} cafe\N{COMBINING ACUTE ACCENT} قطار 列车 train"
    key = add(holdings, text)
    start = text.index("train")
    mark = holdings.highlights.add(key, start, start + 5)
    assert (mark.quote, mark.prefix) == ("train", text[:start])
    for quote in ("قطار", "列车", "cafe\N{COMBINING ACUTE ACCENT}"):
        found = holdings.highlights.locate(key, quote)
        assert text[slice(*found)] == quote


def test_a_quote_is_found_by_its_number(holdings):
    key = add(holdings, "one two one two one")
    assert [holdings.highlights.locate(key, "one", nth) for nth in (1, 2, 3)] == [(0, 3), (8, 11), (16, 19)]
    with pytest.raises(NotFound, match="fewer than 4"):
        holdings.highlights.locate(key, "one", 4)
    with pytest.raises(NotFound, match="no passage"):
        holdings.highlights.locate(key, "three")
    with pytest.raises(InvalidInput):
        holdings.highlights.locate(key, "one", 0)


def test_highlights_come_in_the_order_of_the_text(holdings):
    key = add(holdings, "one two one two one")
    for span in ((8, 11), (0, 7), (0, 3)):
        holdings.highlights.add(key, *span)
    assert [(mark.start, mark.end) for mark in holdings.highlights.of_article(key)] == [(0, 3), (0, 7), (8, 11)]


# ---------------------------------------- attributes, collections, notes


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("choice", "LOUD", "loud"), ("number", "12.5", "12.5"), ("date", "2025-03", "2025-03"),
        ("yes/no", "TRUE", "yes"), ("yes/no", "n", "no"), ("text", " any words ", "any words"),
    ],
)  # fmt: skip
def test_values_are_kept_by_their_kind(holdings, kind, given, kept):
    key = add(holdings, "One.")
    holdings.attributes.add("Field", kind, ["calm", "loud"] if kind == "choice" else ())
    holdings.articles.edit(key, attributes={"FIELD": given})
    assert holdings.articles.by_keys([key])[0].attributes == {"Field": kept}


@pytest.mark.parametrize(
    ("kind", "given"), [("choice", "x"), ("number", "many"), ("number", "nan"), ("date", "soon"), ("yes/no", "2")]
)
def test_values_of_another_kind_are_refused(holdings, kind, given):
    key = add(holdings, "One.")
    holdings.attributes.add("Field", kind, ["calm", "loud"] if kind == "choice" else ())
    with pytest.raises(InvalidInput, match="is no value for"):
        holdings.articles.edit(key, {"title": "Not this either"}, attributes={"Field": given})
    assert holdings.articles.by_keys([key])[0].metadata.title == "Night trains"


def toned(holdings, *values):
    """Make a field with the choices calm and loud, and an article with each of some values; return their keys."""
    holdings.attributes.add("Tone", "choice", ["calm", "loud"])
    keys = [add(holdings, f"Text {number}.") for number in range(len(values))]
    for key, value in zip(keys, values, strict=True):
        holdings.articles.edit(key, attributes={"Tone": value})
    return keys


def tones(holdings, keys):
    return [article.attributes for article in holdings.articles.by_keys(keys)]


def test_a_field_is_changed_with_the_values_of_all_articles_as_one_step(holdings):
    keys = toned(holdings, "calm", "loud", "calm")
    change = AttributeChange("Voice", "How it is said.", {"Calm": "quiet"}, ("shrill", "LOUD"))
    changed = holdings.attributes.edit("tone", change)
    assert (changed.name, changed.definition, changed.choices) == (
        "Voice", "How it is said.", ("quiet", "loud", "shrill")
    )  # fmt: skip
    assert tones(holdings, keys) == [{"Voice": "quiet"}, {"Voice": "loud"}, {"Voice": "quiet"}]
    holdings.library.undo()
    assert holdings.attributes.find("Tone").choices == ("calm", "loud")
    assert tones(holdings, keys) == [{"Tone": "calm"}, {"Tone": "loud"}, {"Tone": "calm"}]
    holdings.library.redo()
    assert tones(holdings, keys)[0] == {"Voice": "quiet"}


def test_a_choice_that_articles_have_is_not_taken_away(holdings):
    keys = toned(holdings, "calm")
    with pytest.raises(Conflict, match="no choice any more: “calm”"):
        holdings.attributes.edit("Tone", AttributeChange("Voice", fewer=("calm",)))
    assert holdings.attributes.find("Tone").choices == ("calm", "loud")
    assert holdings.attributes.edit("Tone", AttributeChange(fewer=("Loud",))).choices == ("calm",)
    assert tones(holdings, keys) == [{"Tone": "calm"}]


def test_a_field_of_any_choices_is_closed_only_over_the_values_in_use(holdings):
    keys = [add(holdings, "One."), add(holdings, "Two.")]
    holdings.attributes.add("Tone", "choice")
    for key, value in zip(keys, ("calm", "loud"), strict=True):
        holdings.articles.edit(key, attributes={"Tone": value})
    with pytest.raises(Conflict, match="“calm”"):
        holdings.attributes.edit("Tone", AttributeChange(more=("loud",)))
    assert holdings.attributes.edit("Tone", AttributeChange(more=("loud", "calm"))).choices == ("loud", "calm")


@pytest.mark.parametrize(
    ("name", "change", "error"),
    [
        ("Tone", AttributeChange("remark"), "There is an attribute “remark” already"),
        ("Tone", AttributeChange("title"), "cannot be called"),
        ("Tone", AttributeChange(renamed={"calm": "Loud"}), "has the choice “Loud” already"),
        ("Tone", AttributeChange(renamed={"shrill": "x"}), "“shrill” is no choice of “Tone”"),
        ("Tone", AttributeChange(fewer=("shrill",)), "“shrill” is no choice of “Tone”"),
        ("Remark", AttributeChange(more=("x",)), "Only an attribute of the kind “choice”"),
        ("Mood", AttributeChange("x"), "There is no attribute “Mood”"),
    ],
)
def test_a_field_is_not_changed_into_what_it_cannot_be(holdings, name, change, error):
    toned(holdings, "calm", "loud")
    holdings.attributes.add("Remark")
    before = holdings.attributes.all()
    with pytest.raises(AppError, match=error):
        holdings.attributes.edit(name, change)
    assert holdings.attributes.all() == before


def test_a_field_that_stays_as_it_is_is_no_step(holdings):
    toned(holdings, "calm")
    before = holdings.library.journal.latest()
    holdings.attributes.edit("Tone", AttributeChange("Tone", "", {"calm": "calm"}, ("loud",)))
    assert holdings.library.journal.latest() == before


def test_choices_change_places_and_their_letters(holdings):
    keys = toned(holdings, "calm", "loud")
    holdings.attributes.edit("Tone", AttributeChange(renamed={"calm": "loud", "loud": "Calm"}))
    assert tones(holdings, keys) == [{"Tone": "loud"}, {"Tone": "Calm"}]


def test_a_collection_keeps_its_order_and_takes_each_thing_once(holdings):
    ids = [holdings.articles.by_keys([add(holdings, f"Text {number}.")])[0].id for number in range(3)]
    mark = holdings.highlights.add(holdings.articles.key(ids[0]), 0, 4)
    holdings.collections.add("List")
    holdings.collections.put("list", [ids[2], mark.id, ids[0]])
    assert holdings.collections.put("LIST", [ids[0], ids[1]]).items == (ids[2], mark.id, ids[0], ids[1])
    assert holdings.collections.take("List", [mark.id]).items == (ids[2], ids[0], ids[1])
    with pytest.raises(NotFound, match="is not in"):
        holdings.collections.take("List", [mark.id])
    holdings.articles.remove([holdings.articles.key(ids[0])])
    assert holdings.collections.find("List").items == (ids[2], ids[1])


def test_headings_and_text_stand_between_the_things_of_a_collection(holdings):
    ids = [holdings.articles.by_keys([add(holdings, f"Text {n}.", title=f"T{n}")])[0].id for n in range(2)]
    holdings.collections.add("List")
    holdings.collections.put("List", ids)
    held = holdings.collections.write("List", "  Prices\nrise ", 1, before=ids[0])
    held = holdings.collections.write("List", "See *also*:", before=ids[1])
    heading, words = held.interludes
    assert (heading.text, heading.level, words.text, words.level) == ("Prices rise", 1, "See *also*:", 0)
    assert held.sequence == (heading.id, ids[0], words.id, ids[1])
    assert held.items == tuple(ids)
    assert holdings.collections.order("List", [ids[1], words.id]).sequence == (ids[1], words.id, heading.id, ids[0])
    assert holdings.collections.rewrite("List", words.id, "Later", 2).interludes[0].level == 2
    assert holdings.collections.rewrite("List", heading.id, " ").sequence == (ids[1], words.id, ids[0])
    for _ in range(7):
        holdings.library.undo()
    assert holdings.collections.all() == ()
    for _ in range(7):
        holdings.library.redo()
    assert holdings.collections.find("List").sequence == (ids[1], words.id, ids[0])
    with pytest.raises(InvalidInput, match="level"):
        holdings.collections.write("List", "Deep", 4)
    with pytest.raises(NotFound):
        holdings.collections.write("List", "Nowhere", before="0" * 32)


def test_a_note_can_stay_private(holdings):
    key = add(holdings, "A text.")
    holdings.notes.write("Mine alone", "article", key)
    holdings.notes.set_private("article", key, private=True)
    article = holdings.articles.by_keys([key])[0]
    assert holdings.notes.is_private("article", key)
    assert holdings.notes.private() == {article.id}
    holdings.library.undo()
    assert not holdings.notes.is_private("article", key)
    assert not holdings.notes.is_private()


def test_a_theme_that_takes_in_a_private_note_keeps_it_private(holdings):
    holdings.themes.add("Open")
    hidden = holdings.themes.add("Hidden")
    holdings.themes.edit("Open", note="For all")
    holdings.themes.edit("Hidden", note="Mine")
    holdings.notes.set_private("theme", hidden.key, private=True)
    both = holdings.themes.merge("Hidden", "Open")
    assert both.note == "For all\n\nMine"
    assert holdings.notes.is_private("theme", both.key)


def test_collections_stand_in_an_order_of_their_own(holdings):
    made = {name: holdings.collections.add(name).id for name in "abcd"}
    holdings.collections.arrange([made["c"], made["a"], "nothing", made["c"]])
    assert [one.name for one in holdings.collections.all()] == ["c", "a", "b", "d"]
    holdings.library.undo()
    assert [one.name for one in holdings.collections.all()] == ["a", "b", "c", "d"]


def test_a_collection_stays_filled_by_its_query_or_by_hand(holdings):
    holdings.collections.add("Found", "rail")
    holdings.collections.add("Mine")
    steps = len(holdings.library.journal.steps())
    for query in ("", " \n"):
        with pytest.raises(InvalidInput, match="cannot be empty"):
            holdings.collections.edit("Found", new_name="Emptied", query=query)
    with pytest.raises(InvalidInput, match="filled by hand"):
        holdings.collections.edit("Mine", query="rail")
    assert holdings.collections.find("Found").query == "rail"
    assert len(holdings.library.journal.steps()) == steps
    assert holdings.collections.edit("Found", query=" ferry ").query == "ferry"
    assert holdings.collections.edit("Mine", note="A note", query="").note == "A note"


def test_a_collection_by_query_is_not_filled_by_hand(holdings):
    holdings.collections.add("Unread", "is:unread")
    with pytest.raises(InvalidInput, match="by its query"):
        holdings.collections.put("Unread", [])


def test_notes_keep_their_lines_and_nothing_that_no_file_can_carry(holdings):
    holdings.notes.write("One\r\n\ttwo \x00\ud800\N{STEAM LOCOMOTIVE}\n")
    assert holdings.notes.text() == "One\n\ttwo \N{STEAM LOCOMOTIVE}\n"
    with pytest.raises(ValueError):
        holdings.notes.text("nonsense", 1)
