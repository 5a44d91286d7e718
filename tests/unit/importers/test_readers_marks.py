"""Marks from programs for reading: Kindle, Readwise, Hypothesis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ImportFailed
from app.importers._clippings import told as told_of
from app.importers._moments import moment
from app.importers._stubs import Passage, stub
from app.importers._tag_lists import listed
from app.model import Metadata, State
from tests.marks import chosen_for, drafts, holds, parts, told

AT_TEN = 1398118087000  # 21 April 2014, 22:08:07


def test_clippings_are_gathered_by_book():
    wall, boat, none = drafts("My Clippings.txt")
    assert (wall.metadata.title, wall.metadata.byline) == ("The Sea Wall (Harbour Papers)", "Ada Marsh, Ben Lowe")
    assert (boat.metadata.title, boat.metadata.byline) == ("القارب 👩‍👩‍👧", "سليم")
    assert (none.metadata.title, none.note) == ("No author at all", "A note of its own")
    assert wall.stub
    assert wall.details["bookmarks"] == ("30, 400",)


def test_of_a_passage_marked_twice_the_longer_one_stays_and_has_the_note():
    (mark,) = drafts("My Clippings.txt")[0].marks
    assert mark.quote == "The wall was built for a sea that stood a foot lower."
    assert mark.note == "But *whose* foot?"


def test_a_passage_that_the_publisher_withheld_is_told():
    assert told(parts("My Clippings.txt")) == ["Clippings without words, since the publisher’s limit was reached: 1."]


def test_clippings_are_read_in_the_languages_of_the_device():
    found = {draft.metadata.title: draft for draft in drafts("My Clippings (languages).txt")}
    assert len(found) == 9
    assert {mark.created for draft in found.values() for mark in draft.marks} == {AT_TEN}
    assert [len(draft.marks) for draft in found.values()] == [1] * 9
    notes = {title: draft.marks[0].note for title, draft in found.items() if draft.marks[0].note}
    assert notes == {
        "Die Mauer": "Wie lange?", "Le mur": "Jusqu’à quand ?", "El muro": "¿Hasta cuándo?", "海堤": "多久？",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind", "start", "end"),
    [
        ("- Your Highlight on Location 1406-7 | Added on Monday, April 21, 2014 10:08:07 PM", "highlight", 1406, 1407),
        ("- Your Note on page xii | Location 12 | Added on Monday, 21 April 2014 22:08:07", "note", 12, 12),
        ("- Your Bookmark on page 5 | Added on Monday, April 21, 2014 10:08:07 PM", "bookmark", 5, 5),
        ("- Tu marcador en la página 5 | Añadido el lunes, 21 de abril de 2014 22:08:07", "bookmark", 5, 5),
        ("- Din markering på sidan 5 | Plats 70-71 | Tillagd måndag den 21 april 2014 22:08:07", "highlight", 70, 71),
        ("- Din anteckning på sidan 5 | Plats 71 | Tillagd måndag den 21 april 2014 22:08:07", "note", 71, 71),
        ("- Ditt bokmärke på sidan 5 | Tillagt måndag den 21 april 2014 22:08:07", "bookmark", 5, 5),
        ("- Din fremhævning på side 5 | placering 70-71 | Tilføjet mandag den 21. april 2014 22.08.07",
         "highlight", 70, 71),
        ("- Ditt notat på side 5 | posisjon 71 | Lagt til mandag 21. april 2014 22.08.07", "note", 71, 71),
        ("- Muistiinpanosi sivulla 5 | sijainti 71 | Lisätty maanantaina 21. huhtikuuta 2014 22.08.07", "note", 71, 71),
        ("- Vaše poznámka na straně 5 | pozice 71 | Přidáno pondělí 21. dubna 2014 22:08:07", "note", 71, 71),
        ("- Az Ön jegyzete a(z) 5. oldalon | hely 71 | Hozzáadva: 2014. április 21., hétfő 22:08:07", "note", 71, 71),
    ],
)  # fmt: skip
def test_the_second_line_of_a_clipping(line, kind, start, end):
    said = told_of(line)
    assert (said.kind, said.start, said.end, said.created) == (kind, start, end, AT_TEN)


def test_the_notebook_of_a_kindle_app():
    (wall,) = drafts("The Sea Wall - Notebook.html")
    assert wall.stub
    assert (wall.metadata.title, wall.metadata.byline) == ("The Sea Wall", "Ada Marsh, Ben Lowe")
    assert [(mark.quote, mark.note) for mark in wall.marks] == [
        ("The wall was built for a sea that stood a foot lower, says the town, and so the wall leaks & leaks.",
         "But whose foot?"),
        ("مرحبا (UAV) بالعالم\n👩‍👩‍👧", ""),
    ]  # fmt: skip
    assert wall.note == "A note of its own"
    assert [place.partition(": ")[0] for place in wall.details["places"]] == [
        "Stone > The First Wall > Page 12 · Location 345",
        "Stone > The Note-Taker’s Bookmark > Page 13 · Location 360",
    ]
    assert wall.details["bookmarks"] == ("Stone > Page 14 · Location 390",)
    assert wall.details["citation"].startswith("Citation (APA): Marsh, A., & Lowe, B. (2019). The Sea Wall [Kindle")
    coloured = drafts("The Sea Wall - Notebook.html", colours="yes")[0]
    assert [mark.themes for mark in coloured.marks] == [("yellow",), ("blue",)]


def test_a_notebook_whose_elements_are_closed_wrongly_as_the_app_for_macs_writes_it():
    (mauer,) = drafts("Die Mauer – Notizbuch.html", colours="yes")
    assert (mauer.metadata.title, mauer.metadata.byline, mauer.note) == ("Die Mauer", "Änne Marsch", "")
    assert [(mark.quote, mark.note, mark.themes) for mark in mauer.marks] == [
        ("Die Mauer wurde für ein Meer gebaut.", "Wie lange?", ("pink",)),
        ("Eine zweite Mauer ist geplant.", "", ("orange",)),
    ]  # fmt: skip
    assert mauer.details["bookmarks"] == ("Boote > Seite 12 · Position 201",)


_PAGE = (
    "<div class='bookTitle'>T</div><div class='noteHeading'>{}</div><div class='noteText'>one</div>"
    "<div class='noteHeading'>{}</div><div class='noteText'>two</div>"
)


@pytest.mark.parametrize(
    ("highlight", "note"),
    [
        ("Surlignement(<span class='highlight_yellow'>jaune</span>) - Page 2 · Emplacement 20",
         "Note - Page 2 · Emplacement 20"),
        ("Subrayado(<span class='highlight_blue'>azul</span>) - Posición 20", "Nota - Posición 20"),
        ("ハイライト(<span class='highlight_pink'>ピンク</span>) - 3.7　開発 > ページ23 ·位置607",
         "メモ - ページ23 ·位置607"),
        ("标注(<span class='highlight_yellow'>黄色</span>) - 位置 128", "笔记 - 位置 128"),
        ("Highlight (yellow) - Page 15", "Note - Page 15"),
        ("Korostus(<span class='highlight_yellow'>keltainen</span>) - Sivu 3", "Muistiinpano - Sivu 3"),
    ],
)  # fmt: skip
def test_a_notebook_in_the_languages_of_the_apps(highlight, note):
    (draft,) = drafts("n.html", _PAGE.format(highlight, note).encode())
    assert [(mark.quote, mark.note) for mark in draft.marks] == [("one", "two")]


def test_a_note_of_a_notebook_far_behind_the_passage_before_it_is_one_on_the_book():
    page = _PAGE.format("Highlight(<span class='highlight_yellow'>yellow</span>) - Page 2", "Note - Page 4")
    (draft,) = drafts("n.html", page.encode())
    assert (draft.marks[0].note, draft.note) == ("", "two")


def test_highlights_of_readwise_with_their_tags():
    wall, boat = drafts("readwise.csv")
    first, second = wall.marks
    assert first.quote == 'The wall was built for a "sea" that stood a foot lower.'
    assert (first.themes, first.note) == (("harbour", "money"), "But *whose* foot?")
    assert second.quote == "Over two\nlines"
    assert wall.themes == ("towns", "sea")
    assert wall.details["headings"] == ("Chapter one",)
    assert boat.marks[0].quote == "مرحبا (UAV) بالعالم"


def test_colours_become_themes_when_that_is_wanted():
    wall = drafts("readwise.csv", colours="yes")[0]
    assert [mark.themes for mark in wall.marks] == [("harbour", "money", "yellow"), ("blue",)]
    assert "colours" in drafts("readwise.csv")[0].details
    assert "colours" not in wall.details


def test_the_csv_that_readwise_takes_in():
    (wall,) = drafts("readwise-import.csv")
    assert wall.metadata.address == "https://harbour.example/wall"
    assert wall.marks[0].created == moment("2021-03-04T05:06:07Z") == 1614834367000


def test_the_library_of_reader_without_its_feeds():
    found = parts("reader.csv")
    wall, later, seen = drafts("reader.csv")
    assert wall.themes == ("harbour", "Ada's", "b, c")
    assert (wall.state, later.state, seen.state) == (State.ARCHIVED, None, State.READING)
    assert wall.metadata.accessed == "2024-05-06"
    assert told(found) == ["Articles of feeds that were not saved: 1."]


def test_a_newsletter_that_reader_kept_waits_for_its_text_under_its_title():
    tagged, plain, wall = drafts("reader-newsletters.csv")
    assert (tagged.themes, tagged.state) == (("harbour", "weekly"), State.ARCHIVED)
    assert [one.metadata.title for one in (tagged, plain)] == ["The Tide Table No. 12", "The Tide Table No. 13"]
    assert (plain.metadata.address, wall.metadata.address) == (None, "https://harbour.example/wall")


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        (r'["politics\/eu", "\u00e9t\u00e9"]', ["politics/eu", "été"]), ('["a", 2, true, null]', ["a", "2"]),
        ("['a', 'b\\'c']", ["a", "b'c"]), ('["a", "b, c"]', ["a", "b, c"]), ("a, b", ["a", "b"]), ("a|b", ["a", "b"]),
        ("[]", []), ("", []), ("[a, b]", ["a", "b"]), ("[" * 5000 + "]" * 5000, ["[" * 4999 + "]" * 4999]),
        ("[__import__('os')]", ["__import__('os')"]),
    ],
)  # fmt: skip
def test_lists_of_tags(cell, tags):
    assert listed(cell) == tags


def test_annotations_of_hypothesis_with_answers_and_page_notes():
    (page,) = drafts("hypothesis.json")
    assert page.metadata.title == "The Sea Wall"
    assert (page.themes, page.note) == (("towns", "harbour"), "A page note")
    first = page.marks[0]
    assert first.quote == "the wall"
    assert (first.prefix, first.suffix) == ("The wall is old. But ", " was built for a sea that stood")
    assert first.note == "Whose *wall*?\n\nBen Lowe: The town's."
    assert (first.author, first.themes) == ("ada", ("harbour",))
    assert [mark.quote for mark in page.marks[1:]] == ["مرحبا (UAV) بالعالم", "👩‍👩‍👧 stood a foot lower"]


def test_the_csv_of_hypothesis():
    (page,) = drafts("hypothesis.csv")
    assert page.metadata.address == "https://harbour.example/wall"
    assert page.note == "ben: The town's.\n\nA page note"
    assert [mark.themes for mark in page.marks] == [("harbour", "sea"), ()]


_OLD_TABLE = """Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page
2024-05-06 07:08,https://harbour.example/wall,Public,{kind},{quote},ada,Whose *wall*?,"a,b",12
"""
_LATER_TABLE = """Created at,Author,Page,URL,Group,Annotation/Reply Type,Quote,Comment,Tags
2024-05-06 07:08,ada,12,https://harbour.example/wall,Public,{kind},{quote},Whose *wall*?,"a,b"
"""


@pytest.mark.parametrize("table", [_OLD_TABLE, _LATER_TABLE])
def test_the_csv_that_older_clients_of_hypothesis_wrote(table):
    data = table.format(kind="Annotation", quote="the wall").encode()
    assert chosen_for("x.csv", data).key == "hypothesis-csv"
    (mark,) = drafts("x.csv", data)[0].marks
    assert (mark.quote, mark.note, mark.themes, mark.author) == ("the wall", "Whose *wall*?", ("a", "b"), "ada")
    assert mark.created == 1714979280000
    assert drafts("x.csv", table.format(kind="Reply", quote="").encode())[0].note == "ada: Whose *wall*?"


@pytest.mark.parametrize(("name", "at"), [("hypothesis.html", 1714979289123), ("hypothesis.txt", 1714982880000)])
def test_what_the_client_of_hypothesis_exports_for_people(name, at):
    (page,) = drafts(name)
    assert (page.metadata.title, page.metadata.address) == ("The Sea Wall", "https://harbour.example/wall")
    assert page.note == "ben: The town's."
    assert [(mark.quote, mark.note, mark.themes, mark.author) for mark in page.marks] == [
        ("the wall was built for a sea", "Whose *wall*?\n\nQuote: the town’s", ("harbour", "sea"), "ada"),
        ("مرحبا (UAV) بالعالم", "", (), "ada"),
    ]
    assert page.marks[0].created == at
    assert page.details["places"] == ("p. 12: the wall was built for a sea",)


_OLD_TEXT = """2024-05-07 10:00
A document
urn:x-pdf:1234
Group: Public
Total users: 1
Users: ada
Total annotations: 2
Total replies: 0

Annotation 1:
2024-05-06 08:08
Comment: Whose *wall*?

Say.
ada
Quote: "the wall"
Tags: a, b
Page: iii

Annotation 2:
2024-05-06 08:10
Comment: On the page
ada
Quote: "null"
"""
_OLD_PAGE = """<html lang="en"><head><title>Annotations on &quot;A document&quot;</title></head><body><section><p>
<strong>A document</strong></p><p><a href="urn:x-pdf:1234">urn:x-pdf:1234</a></p><table><tr><td>Total annotations:</td>
<td>2</td></tr></table></section><section><h1>Annotations</h1><article><h2>Annotation 1:</h2><p><time
datetime="2024-05-06T08:08:00Z">2024-05-06 08:08</time></p><p>Comment: Whose *wall*?\n\nSay.</p><p>ada</p><p>Quote:
<blockquote>the wall</blockquote></p><p>Tags: a, b</p><p>Page: iii</p></article><article><h2>Annotation 2:</h2><p><time
datetime="2024-05-06T08:10:00Z">2024-05-06 08:10</time></p><p>Comment: On the page</p><p>ada</p><p>Quote:
<blockquote></blockquote></p></article></section></body></html>"""


@pytest.mark.parametrize(("name", "text"), [("x.txt", _OLD_TEXT), ("x.html", _OLD_PAGE)])
def test_what_older_clients_of_hypothesis_exported_for_people(name, text):
    (page,) = drafts(name, text.encode())
    (mark,) = page.marks
    assert (mark.quote, mark.note, mark.themes, mark.author) == ("the wall", "Whose *wall*?\n\nSay.", ("a", "b"), "ada")
    assert (mark.created, page.note) == (1714982880000, "On the page")
    assert page.details == {"uri": "urn:x-pdf:1234", "places": ("p. iii: the wall",)}


def test_a_file_of_its_format_without_a_passage_is_refused():
    with pytest.raises(ImportFailed, match="holds no passage"):
        drafts("x.json", b'{"client_version": "1", "annotations": []}')
    assert chosen_for("x.json", b'{"client_version": "1", "annotations": []}').key == "hypothesis"


@given(st.lists(st.text(max_size=40), max_size=8), st.booleans())
def test_a_stub_holds_each_passage_once(quotes, colours):
    passages = [Passage(quote, note="n", themes=("t",), colour="red") for quote in quotes]
    draft = stub(Metadata(title="T"), passages, colours=colours)
    assert holds(draft)
    assert len({mark.quote for mark in draft.marks}) == len(draft.marks)
    assert sum(len(mark.quote) for mark in draft.marks) + max(0, len(draft.marks) - 1) == len(draft.body.text)


def test_of_the_same_words_those_are_one_passage_that_their_source_knows_as_one():
    known = (("1", "Ada", "a"), ("2", "Ada", "b"), ("1", "Ada", "c"), ("1", "Ben", "d"))
    found = stub(Metadata(title="T"), [Passage("w", note, author=by, known_as=uid) for uid, by, note in known],
                 colours=False)  # fmt: skip
    assert found.body.text == "w\nw\nw"
    assert [(mark.start, mark.author, mark.note) for mark in found.marks] == [
        (0, "Ada", "a\n\nc"), (2, "Ada", "b"), (4, "Ben", "d"),
    ]  # fmt: skip
    placed = [Passage("w", uid, at=at, known_as=uid) for uid, at in (("1", 5), ("2", 5), ("3", 9))]
    assert [mark.note for mark in stub(Metadata(title="T"), placed, colours=False).marks] == ["1\n\n2", "3"]
