from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.exporters._base import exporters
from app.exporting.journey import preview
from app.model import Interlude, Published
from tests.libraries import finished

FORMATS = ("brat", "doccano", "label_studio")
BETWEEN = "One heading or text between the passages of the collection."
SCRIPTS = "<script>alert('1')</script>\n\t" * 400


def annotations(files: dict[str, str]) -> list[tuple[str, str, list[list[str]]]]:
    """Return name, text and lines of each document of a brat folder."""
    return [
        (name.removesuffix(".txt"), text, [line.split("\t") for line in files[f"{name[:-4]}.ann"].splitlines()])
        for name, text in files.items()
        if name.endswith(".txt")
    ]


def sliced(text: str, where: str) -> str:
    pairs = (pair.split(" ") for pair in where.split(";"))
    return " ".join(text[int(start) : int(end)] for start, end in pairs)


@st.composite
def marked(draw, made):
    """Return themes, and an article of random lines with random marks under random ones of them."""
    names = st.one_of(st.sampled_from(["Law", "سماء", "a, b: c/d", "😀", "Café", "Highlight", "x | y"]), made.line)
    themes = [
        made.theme(name) for name in dict.fromkeys(draw(st.lists(names.filter(str.strip), min_size=1, max_size=4)))
    ]
    lines = draw(made.lines)
    text = "\n".join(lines)
    ends = st.integers(0, len(text))
    drawn = draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=4))
    spans = [span for span in drawn if text[slice(*span)].strip()]
    notes = st.one_of(st.just(""), made.line, st.just(SCRIPTS))
    marks = [(tuple(span), draw(st.lists(st.sampled_from(themes), unique=True)), draw(notes)) for span in spans]
    return themes, made.article(lines, marks, "=T <b>")


@given(data=st.data())
def test_the_slices_of_brat_are_its_text_column(made, exported, data):
    themes, item = data.draw(marked(made))
    files = exported(made.bundle(item, themes=themes), "brat")
    ((_name, text, lines),) = annotations(files)
    assert text == item.content.body.text
    spans = [line for line in lines if line[0].startswith("T")]
    assert all(len(line) == 3 for line in lines)
    assert [line[0] for line in spans] == [f"T{number}" for number in range(1, len(spans) + 1)]
    types = dict(row.split("\t")[0:3:2] for row in files["labels.tsv"].splitlines()[1:])
    found = []
    for _number, head, words in spans:
        kind, _space, where = head.partition(" ")
        assert re.fullmatch(r"[A-Za-z0-9_-]+", kind)
        assert sliced(text, where) == words
        found.append((types[kind], words.split()))
    wanted = [(uid, one.quote.split()) for one in item.highlights for uid in one.themes or ("",)]
    assert found == wanted
    noted = [line for line in lines if line[0].startswith("#")]
    assert [" ".join(line[2].split()) for line in noted] == [
        " ".join(one.note.split()) for one in item.highlights if one.note.strip()
    ]
    assert all(re.fullmatch(r"AnnotatorNotes T\d+", line[1]) for line in noted)


def test_a_passage_of_brat_over_several_lines_is_in_fragments(made, exported):
    law = made.theme("Law")
    item = made.article(["😀 one two", "", "a\tb."], [((2, 14), [law], "why\nso")])
    ((_name, text, lines),) = annotations(exported(made.bundle(item, themes=[law]), "brat"))
    assert lines == [["T1", "Law 2 9;11 12;13 14", "one two a b"], ["#1", "AnnotatorNotes T1", "why so"]]
    assert sliced(text, "2 9;11 12;13 14") == "one two a b"


def test_the_types_of_brat_lie_below_one_another_and_keep_names_and_colours(made, exported):
    law = made.theme("Law", colour="#CF4A3A")
    paid = made.theme("Licences, payées | 1/2", law)
    sky = made.theme("سماء")
    files = exported(made.bundle(themes=[law, sky, paid]), "brat")
    short = sky.id[:8]
    assert files["annotation.conf"].split("\n\n")[0].splitlines() == [
        "[entities]", "Law", "\tLaw-Licences_payees_1_2", f"theme_{short}", "Highlight",
    ]  # fmt: skip
    assert [line for line in files["annotation.conf"].splitlines() if line.startswith("[")] == [
        "[entities]", "[relations]", "[events]", "[attributes]",
    ]  # fmt: skip
    shown = files["visual.conf"].splitlines()
    assert "Law-Licences_payees_1_2 | Law > Licences, payées ¦ 1/2 | Licences, payées ¦ 1/2" in shown
    assert "Law\tbgColor:#cf4a3a" in shown
    assert files["labels.tsv"].splitlines()[1] == f"Law\tLaw\t{law.id}\t#cf4a3a"


def test_types_of_brat_that_would_be_one_are_told_apart(made, exported):
    themes = [made.theme(name) for name in ("a b", "a-b", "a/b", "Highlight")]
    files = exported(made.bundle(themes=themes), "brat")
    assert [row.split("\t")[0] for row in files["labels.tsv"].splitlines()[1:]] == [
        "a_b", "a_b_2", "a_b_3", "Highlight", "Highlight_2",
    ]  # fmt: skip


def test_the_files_of_brat_are_called_by_title_and_id_and_found_again(made, exported):
    item = made.article(title="../Évasion: à / part? " + "x" * 100)
    names = [name for name in exported(made.bundle(item), "brat") if not name.endswith((".conf", ".tsv"))]
    stem = f"Evasion_a_part_{'x' * 45}-{item.article.id[:8]}"
    assert names == [f"{stem}.txt", f"{stem}.ann"]
    identity = exporters()["brat"].identity
    assert [identity(name) for name in names] == [f"{item.article.id[:8]}.txt", f"{item.article.id[:8]}.ann"]
    assert identity("labels.tsv") is None


@given(data=st.data())
def test_the_labels_of_doccano_stand_on_the_passages(made, exported, data):
    themes, item = data.draw(marked(made))
    (line,) = exported(made.bundle(item, themes=themes), "doccano")[""].splitlines()
    task = json.loads(line)
    assert task["text"] == item.content.body.text
    count = sum(max(1, len(one.themes)) for one in item.highlights)
    assert [task["text"][start:end] for start, end, _label in task["label"]] == [
        one.quote for one in item.highlights for _theme in one.themes or ("",)
    ]
    assert len({label for _start, _end, label in task["label"]} | {"-"}) <= len(themes) + 2
    assert len(task["label"]) == count
    assert task["Comments"] == [one.note for one in item.highlights if one.note.strip()]


def test_a_line_of_doccano(made, exported):
    law = made.theme("Law")
    paid = made.theme("Licences, paid", law)
    about = {"themes": (law.id,), "note": "of all", "attributes": {"tone": "grim"}}
    known = {"outlet": "O", "published": Published.parse("2025-03")}
    item = made.article(["😀 one two"], [("one", [paid]), ("two",)], "T", about=about, **known)
    empty = made.article([], number=2)
    (line,) = exported(made.bundle(item, empty, themes=[law, paid]), "doccano")[""].splitlines()
    assert json.loads(line) == {
        "id": 1, "text": "😀 one two", "label": [[2, 5, "Law > Licences, paid"], [6, 9, "Highlight"]], "Comments": [],
        "article_id": item.article.id, "title": "T", "outlet": "O", "published": "2025-03", "themes": ["Law"],
        "note": "of all", "attributes": {"tone": "grim"},
    }  # fmt: skip


@given(data=st.data())
def test_the_regions_of_label_studio_stand_on_the_passages_and_fit_the_interface(made, exported, data):
    themes, item = data.draw(marked(made))
    files = exported(made.bundle(item, themes=themes), "label_studio")
    (task,) = json.loads(files["tasks.json"])
    interface = etree.fromstring(files["labelling.xml"].encode())
    known = interface.xpath("//Label/@value")
    assert len(set(known)) == len(known) == len(themes) + 1
    regions = [region for one in task["annotations"] for region in one["result"]]
    assert [region["value"]["text"] for region in regions] == [one.quote for one in item.highlights]
    for region, highlight in zip(regions, item.highlights, strict=True):
        value = region["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        assert set(value["labels"]) <= set(known)
        assert len(value["labels"]) == max(1, len(highlight.themes))
        assert region.get("meta", {"text": [""]})["text"] == [highlight.note if highlight.note.strip() else ""]


def test_what_is_put_on_whole_articles_goes_to_label_studio_too(made, exported):
    law = made.theme('Law "of <b>"', colour="#CF4A3A", digit=3)
    item = made.article(["One."], about={"themes": (law.id,), "note": "of all"})
    plain = made.article(["Two."], number=2)
    files = exported(made.bundle(item, plain, themes=[law]), "label_studio")
    first, second = json.loads(files["tasks.json"])
    (choice,) = first["annotations"][0]["result"]
    assert (choice["type"], choice["value"]) == ("choices", {"choices": ['Law "of <b>"']})
    assert (first["data"]["note"], second["annotations"]) == ("of all", [])
    interface = etree.fromstring(files["labelling.xml"].encode())
    (label, _bare), (shown,) = interface.xpath("//Label"), interface.xpath("//Text")
    assert dict(label.attrib) == {"value": 'Law "of <b>"', "background": "#cf4a3a", "hotkey": "3"}
    (marks, whole) = interface.xpath("//Labels")[0], interface.xpath("//Choices")[0]
    assert (marks.get("name"), marks.get("toName"), shown.get("name")) == ("label", "text", "text")
    assert (whole.get("name"), shown.get("value")) == (choice["from_name"], "$text")


@pytest.mark.parametrize("key", FORMATS)
def test_orphans_and_articles_without_text_are_named(made, exported, key):
    law = made.theme("Law", definition="d")
    item = made.article(["One two."], [("One", [law], "a\nb")], "Kept")
    orphan = made.orphan(item, "lost words", [law])
    item = type(item)(item.article, item.content, (replace(item.highlights[0], author="Ada"), orphan))
    between = (Interlude("a", "A heading", 1),)
    of = made.bundle(item, made.article([], title="Bare", number=2), themes=[law], interludes=between)
    said = [str(message) for message in exporters()[key].write(of, {}).left_behind]
    assert said[:2] == [
        "One highlight that is no longer in its text: “Kept”.", "One article without a text: “Bare”.",
    ]  # fmt: skip
    assert {"The definition or note of one theme.", "Whose one highlight is.", BETWEEN} <= set(said)
    assert ("The line breaks in one note." in said) == (key == "brat")
    files = exported(of, key)
    written = "\n".join(files.values())
    assert "Bare" not in written
    count = {
        "brat": lambda: len(re.findall(r"^T\d+\t", written, re.MULTILINE)),
        "doccano": lambda: len(json.loads(files[""])["label"]),
        "label_studio": lambda: len(json.loads(files["tasks.json"])[0]["annotations"][0]["result"]),
    }
    assert count[key]() == 1


@pytest.mark.parametrize("key", ["brat", "label_studio"])
def test_a_preview_begins_with_a_text(made, key):
    of = made.bundle(*(made.article(["One two."], [("One",)], number=number) for number in range(9)))
    path, beginning = finished(preview(of, key, {}, 200))[0]
    assert path.endswith((".txt", ".json"))
    assert b"One two." in beginning


def test_what_is_said_of_many_articles_names_the_first(made):
    of = made.bundle(*(made.article([], title=f"A{number}", number=number) for number in range(7)))
    (said,) = map(str, exporters()["doccano"].write(of, {}).left_behind)
    assert said == "7 articles without a text: “A0”, “A1”, “A2”, “A3”, “A4”, …."


def test_brat_says_what_it_has_no_place_for(made):
    law = made.theme("Law")
    of = made.bundle(made.article(["One."], about={"themes": (law.id,), "note": "n"}), themes=[law])
    assert [str(message) for message in exporters()["brat"].write(of, {}).left_behind] == [
        "The themes on one article as a whole.", "The note on one article.",
    ]  # fmt: skip


def test_brat_says_that_it_knows_no_more_of_an_article_than_its_title(made):
    known = made.article(["One."], about={"attributes": {"tone": "calm"}}, outlet="The Times")
    of = made.bundle(known, made.article(["Two."], number=2))
    assert [str(message) for message in exporters()["brat"].write(of, {}).left_behind] == [
        "What else is known of one article: outlet, date, address and the like.",
        "The fields of your own of one article.",
    ]


def test_doccano_says_that_notes_are_on_no_passage_any_more(made):
    of = made.bundle(made.article(["One two."], [("One", (), "a"), ("two", (), "b"), ("two",)]))
    assert [str(message) for message in exporters()["doccano"].write(of, {}).left_behind] == [
        "On which passages of their texts 2 notes are."
    ]


@pytest.mark.parametrize("key", FORMATS)
def test_nothing_to_write_makes_files_all_the_same(made, exported, key):
    files = exported(made.bundle(), key)
    assert set(files) == {
        "brat": {"annotation.conf", "visual.conf", "labels.tsv"},
        "doccano": {""},
        "label_studio": {"labelling.xml", "tasks.json"},
    }[key]  # fmt: skip
