"""Marks from elsewhere and the articles they are on find each other, whichever comes first."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.importing.journey import Form
from app.model import State, Status
from app.workspace import Workspace
from tests.libraries import displaced, imported, sound
from tests.marks import EXAMPLES, drafts

ARTICLE = """---
title: The Sea Wall
url: https://harbour.example/wall
author: Ada Marsh
---

## Stone

The wall is old. But the wall was built for a sea that stood a foot lower, says the town, and so the wall leaks.

Here is a family, 👩‍👩‍👧 stood a foot lower than before.

قال الرجل: مرحبا (UAV) بالعالم، وسكت.
"""
FILES = ["hypothesis.json", "hypothesis.csv", "readwise-import.csv", "reader.csv", "instapaper.csv", "bookmarks.html",
         "reader-newsletters.csv", "pocket.zip", "raindrop.csv", "diigo.csv", "hypothesis.html",
         "hypothesis.txt"]  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "library", origin="test") as found:
        yield found


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "wall.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def wall(workspace: Workspace) -> int:
    (key,) = (
        one.key
        for one in workspace.articles.by_keys(workspace.articles.keys())
        if one.metadata.address == "https://harbour.example/wall"
    )
    return key


def state(workspace: Workspace) -> list[tuple[str, str]]:
    return sorted((one.quote, str(one.status)) for one in workspace.highlights.of_article(wall(workspace)))


@pytest.mark.parametrize("name", FILES)
def test_marks_that_come_later_are_put_on_the_article(workspace, article, name):
    imported(workspace, article)
    text = workspace.bodies.content(wall(workspace)).body.text
    report = imported(workspace, EXAMPLES / name)
    assert report.failed == ()
    assert workspace.bodies.content(wall(workspace)).body.text == text
    assert workspace.articles.by_keys([wall(workspace)])[0].metadata.title == "The Sea Wall"
    assert displaced(workspace.library.database) == []
    assert sound(workspace) == []


@pytest.mark.parametrize("name", FILES)
def test_an_article_that_comes_later_takes_the_place_of_its_passages(workspace, article, name):
    imported(workspace, EXAMPLES / name)
    before = state(workspace)
    uid = workspace.articles.by_keys([wall(workspace)])[0].id
    (updated,) = imported(workspace, article).updated
    assert updated.id == uid
    assert len(state(workspace)) == len(before)
    assert workspace.bodies.content(wall(workspace)).body.text.startswith("Stone\n")
    assert sound(workspace) == []


def test_the_order_makes_no_difference(tmp_path, article):
    found = []
    for number, order in enumerate(((article, EXAMPLES / "hypothesis.json"), (EXAMPLES / "hypothesis.json", article))):
        with Workspace(tmp_path / str(number), origin="test") as workspace:
            for path in order:
                imported(workspace, path)
            key = wall(workspace)
            found.append([(one.start, one.end, one.quote, one.note) for one in workspace.highlights.of_article(key)])
            assert all(one.status is Status.ANCHORED for one in workspace.highlights.of_article(key))
    assert found[0] == found[1]
    assert [quote for _start, _end, quote, _note in found[0]] == [
        "the wall", "👩‍👩‍👧 stood a foot lower", "مرحبا (UAV) بالعالم",
    ]  # fmt: skip


@pytest.mark.parametrize("later", [True, False])
def test_what_another_program_told_of_an_article_stays_with_it(workspace, article, later):
    told = EXAMPLES / "reader.csv"
    for path in (article, told) if later else (told, article):
        imported(workspace, path)
    known = workspace.articles.by_keys([wall(workspace)])[0]
    assert known.state is State.ARCHIVED
    assert known.details["reading_progress"] == "0.25"
    assert known.metadata.byline == "Ada Marsh"


def test_one_title_at_two_addresses_is_two_articles(workspace, tmp_path, article):
    imported(workspace, article)
    links = tmp_path / "links.csv"
    links.write_text("title,url,time_added,tags,status\nThe Sea Wall,https://other.example/wall,1714979289,towns,\n")
    assert len(imported(workspace, links).added) == 1
    again = tmp_path / "third.md"
    again.write_text(ARTICLE.replace("harbour.example/wall", "third.example/wall").replace("old", "new"))
    assert len(imported(workspace, again).added) == 1
    assert workspace.articles.count() == 3


def test_clippings_go_to_the_one_article_of_their_title(workspace, tmp_path, article):
    imported(workspace, article)
    clippings = tmp_path / "My Clippings.txt"
    clippings.write_text(
        "The Sea Wall (Marsh, Ada)\n- Your Highlight on page 1 | Location 1-2 | Added on Monday, April 21, 2014"
        " 10:08:07 PM\n\nthe wall was built for a sea that stood a foot lower\n==========\n",
        encoding="utf-8-sig",
    )
    (updated,) = imported(workspace, clippings).updated
    assert updated.id == workspace.articles.by_keys([wall(workspace)])[0].id
    (mark,) = workspace.highlights.of_article(wall(workspace))
    assert (mark.quote, mark.status) == ("the wall was built for a sea that stood a foot lower", Status.ANCHORED)
    assert mark.created == 1398118087000


def test_the_notebook_of_a_kindle_goes_to_the_one_article_of_its_title(workspace, tmp_path, article):
    imported(workspace, article)
    notebook = tmp_path / "notebook.html"
    notebook.write_text(
        "<div class='bookTitle'>The Sea Wall</div><div class='authors'>Marsh, Ada</div><div class='noteHeading'>"
        "Highlight(<span class='highlight_blue'>blue</span>) - Page 1 · Location 9</div><div class='noteText'>the wall "
        "was built for a sea</div><div class='noteHeading'>Note - Page 1 · Location 9</div><div class='noteText'>Whose?"
        "</div>",
        encoding="utf-8",
    )
    (updated,) = imported(workspace, notebook).updated
    assert updated.id == workspace.articles.by_keys([wall(workspace)])[0].id
    (mark,) = workspace.highlights.of_article(wall(workspace))
    assert (mark.quote, mark.note, mark.status) == ("the wall was built for a sea", "Whose?", Status.ANCHORED)


def test_of_several_articles_with_a_title_the_byline_and_the_place_decide(workspace, tmp_path, article):
    imported(workspace, article)
    other = tmp_path / "other.md"
    other.write_text("---\ntitle: The Sea Wall\nauthor: Ben Lowe\n---\n\nAnother wall was built in another town.\n")
    imported(workspace, other)
    record = (
        "{title}\n- Your Highlight on page 1 | Added on Monday, April 21, 2014 10:08:07 PM\n\n{words}\n==========\n"
    )
    first = record.format(title="The Sea Wall (Lowe, Ben)", words="Another wall was built")
    second = record.format(title="The Sea Wall (Nobody)", words="Words of a third")
    clippings = tmp_path / "My Clippings.txt"
    clippings.write_text(first + second, encoding="utf-8")
    report = imported(workspace, clippings)
    assert [len(report.updated), len(report.added)] == [1, 1]
    clippings.write_text(first + second + second.replace("a third", "more"), encoding="utf-8")
    report = imported(workspace, clippings)
    assert [len(report.updated), len(report.added)] == [1, 0]
    assert workspace.articles.count() == 3
    assert workspace.highlights.orphans() == []


def test_a_file_of_clippings_that_has_grown_brings_what_is_new(workspace, tmp_path):
    whole = (EXAMPLES / "My Clippings.txt").read_bytes()
    part = tmp_path / "My Clippings.txt"
    part.write_bytes(whole.split(b"==========\r\n")[0] + b"==========\r\n")
    imported(workspace, part)
    assert workspace.articles.count() == 1
    part.write_bytes(whole)
    report = imported(workspace, part)
    assert (len(report.added), len(report.updated)) == (2, 1)
    titles = sorted(one.metadata.title or "" for one in workspace.articles.by_keys(workspace.articles.keys()))
    assert titles == ["No author at all", "The Sea Wall (Harbour Papers)", "القارب 👩‍👩‍👧"]
    assert workspace.highlights.orphans() == []
    assert sound(workspace) == []
    again = imported(workspace, shutil.copy(part, tmp_path / "copy.txt"))
    assert (again.added, again.updated) == ((), ())


def test_a_codebook_alone_is_a_step_that_can_be_undone(workspace):
    report = imported(workspace, EXAMPLES / "taguette-codebook.qdc")
    assert (report.added, report.themes) == ((), ("harbour", "harbour.wall", "سماء", "unused"))
    assert [str(step.label) for step in workspace.history()] == ["Import of a codebook"]
    assert imported(workspace, EXAMPLES / "taguette-codebook.csv").themes == ()
    assert {theme.name: theme.definition for theme in workspace.themes.tree()}["unused"] == "never worn"
    assert {theme.digit for theme in workspace.themes.tree()} == {None}
    workspace.undo()
    workspace.undo()
    assert workspace.themes.tree() == ()


def test_a_theme_of_the_readers_keeps_what_the_reader_said_of_it(workspace):
    workspace.themes.add("harbour", colour="#123456", definition="Mine.")
    imported(workspace, EXAMPLES / "taguette-codebook.csv")
    mine = workspace.themes.find("harbour")
    assert (mine.colour, mine.definition) == ("#123456", "Mine.")


def test_a_project_brings_its_codebook_and_codings(workspace):
    report = imported(workspace, EXAMPLES / "project.qdpx")
    assert (len(report.added), report.failed, len(report.skipped)) == (2, (), 2)
    (key,) = (one.key for one in workspace.articles.by_keys(workspace.articles.keys()) if one.metadata.address)
    paths = {theme.id: theme.path for theme in workspace.themes.tree()}
    marks = workspace.highlights.of_article(key)
    found = {one.author: [paths[uid] for uid in one.themes] for one in marks if one.quote == "foot lower"}
    assert found == {"Ada Marsh": [("Water", "Wall")], "Ben Lowe": [("Water", "Sea > level")]}
    assert workspace.themes.find("Water").colour == "#1b9e77"
    assert sound(workspace) == []


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.iterdir() if path.suffix != ".md"))
def test_every_example_comes_in_and_leaves_again(workspace, name):
    report = imported(workspace, EXAMPLES / name)
    assert report.failed == ()
    assert report.added or report.themes
    assert displaced(workspace.library.database) == []
    lost = {mark.id for draft in drafts(name) for mark in draft.marks if mark.orphan}
    assert {one.id for one in workspace.highlights.orphans()} == lost
    workspace.undo()
    assert workspace.articles.count() == 0


def test_newsletters_that_a_service_kept_come_in_with_their_tags_and_once(workspace):
    added = imported(workspace, EXAMPLES / "reader-newsletters.csv").added
    assert [one.title for one in added] == ["The Tide Table No. 12", "The Tide Table No. 13", "The Sea Wall"]
    themes = {theme.key: theme.name for theme in workspace.themes.all()}
    assert set(themes.values()) == {"harbour", "weekly"}
    assert imported(workspace, EXAMPLES / "reader-newsletters.csv").added == ()


def test_links_and_highlights_of_one_export_are_of_one_article(workspace):
    report = imported(workspace, EXAMPLES / "pocket.zip")
    assert len(workspace.articles.keys()) == 2
    assert (report.failed, len(state(workspace))) == ((), 2)
    assert workspace.articles.by_keys([wall(workspace)])[0].state is State.ARCHIVED


def test_a_highlight_over_two_lines_stands_on_its_words(workspace):
    imported(workspace, EXAMPLES / "omnivore-lines.zip")
    assert displaced(workspace.library.database) == []
    assert [quote for quote, _status in state(workspace)] == [
        "A second wall is planned.\nNobody has paid for it yet.",
        "The wall was built for a sea\nthat stood a foot lower",
    ]


def annotated(folder: Path, quote: str, **about: object) -> Path:
    """Write what Zotero exports of an item and one annotation on it."""
    item = {"key": "A", "itemType": "newspaperArticle", "title": "Editorial", **about}
    note = {"key": "C", "itemType": "annotation", "parentItem": "B", "annotationType": "highlight"}
    told = {"annotationText": quote, "annotationSortIndex": "1", "annotationPageLabel": "", "annotationPosition": "{}"}
    path = folder / "zotero.json"
    path.write_text(json.dumps([item, {"key": "B", "itemType": "attachment", "parentItem": "A"}, {**note, **told}]))
    return path


def by(first: str, last: str) -> dict[str, object]:
    return {"creators": [{"creatorType": "author", "firstName": first, "lastName": last}]}


@pytest.mark.parametrize("about", [
    by("J.", "Smith"), {"publicationTitle": "The Chronicle"}, by("Jane", "Roe") | {"date": "2025-03-05"},
])  # fmt: skip
def test_marks_of_a_namesake_are_of_an_article_of_their_own(workspace, tmp_path, about):
    article = tmp_path / "editorial.md"
    known = "title: Editorial\nauthor: Jane Roe\nsite: The Globe\ndate: 2025-03-04"
    article.write_text(f"---\n{known}\n---\n\nThe harbour needs a higher wall, and it needs it now.\n")
    (mine,) = imported(workspace, article).added
    for quote in ("Nobody asked the ferrymen at all.", "The ferry was sold to a yard in another country."):
        report = imported(workspace, annotated(tmp_path, quote, **about))
        assert workspace.articles.count() == 2
        assert workspace.highlights.of_article(mine.key) == ()
        assert workspace.highlights.orphans() == []
    assert (len(report.updated), report.added) == (1, ())


@pytest.mark.parametrize("about", [
    by("J.", "Roe"), {"publicationTitle": "Globe", "date": "2025-03"}, {"creators": [{"name": "Editorial board"}]},
])  # fmt: skip
def test_marks_of_an_article_whose_author_is_told_otherwise_find_it(workspace, tmp_path, about):
    article = tmp_path / "editorial.md"
    known = "title: Editorial\nauthor: Jane Roe\nsite: The Globe\ndate: 2025-03-04"
    article.write_text(f"---\n{known}\n---\n\nThe harbour needs a higher wall, and it needs it now.\n")
    imported(workspace, article)
    (updated,) = imported(workspace, annotated(tmp_path, "needs a higher wall", **about)).updated
    assert [one.quote for one in workspace.highlights.of_article(updated.key)] == ["needs a higher wall"]


def test_every_note_on_one_passage_is_kept_once(workspace, tmp_path):
    """QualCoder writes a selection with a memo for each code that is on a passage."""
    selection = (
        '<PlainTextSelection guid="{0}" name="wall" startPosition="4" endPosition="8" creatingUser="{9}">'
        '<Description>{1}</Description><Coding guid="{2}"><CodeRef targetGUID="{3}"/></Coding></PlainTextSelection>'
    )
    guid = "00000000-0000-4000-8000-0000000000{:02}".format
    user = guid(50)
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="P">'
        f'<Users><User guid="{user}" name="Ada"/></Users><CodeBook><Codes>'
        f'<Code guid="{guid(1)}" name="Stone" isCodable="true"/><Code guid="{guid(2)}" name="Sea" isCodable="true"/>'
        f'</Codes></CodeBook><Sources><TextSource guid="{guid(3)}" name="Wall" plainTextPath="internal://{guid(3)}.txt">'
        + "".join(
            selection.replace("{9}", user).format(guid(10 + n), memo, guid(20 + n), guid(n))
            for n, memo in ((1, "It is old."), (2, "It leaks."))
        )
        + "</TextSource></Sources></Project>"
    )
    for number, text in enumerate(("The wall.", "The wall.\n")):
        path = tmp_path / f"{number}.qdpx"
        with zipfile.ZipFile(path, "w") as zipped:
            zipped.writestr("project.qde", xml)
            zipped.writestr(f"sources/{guid(3)}.txt", text)
        imported(workspace, path)
        (one,) = workspace.highlights.of_article(workspace.articles.keys()[0])
        names = {theme.id: theme.name for theme in workspace.themes.all()}
        assert ([names[uid] for uid in one.themes], one.note) == (["Stone", "Sea"], "It is old.\n\nIt leaks.")


def test_the_same_words_that_were_marked_twice_stay_two_when_the_file_grows(workspace, tmp_path):
    def exported(*marks: tuple[str, str, str, str]) -> None:
        annotations = [
            {"id": uid, "uri": "https://x.example/a", "user": f"acct:{user}@h.org", "text": note, "tags": [],
             "target": [{"selector": [{"type": "TextQuoteSelector", "exact": quote}]}]}
            for uid, user, quote, note in marks
        ]  # fmt: skip
        path = tmp_path / f"{len(marks)}.json"
        path.write_text(json.dumps({"client_version": "1", "annotations": annotations}))
        imported(workspace, path)

    def noted() -> list[tuple[str, str, str]]:
        (key,) = workspace.articles.keys()
        return sorted((one.quote, one.author, one.note) for one in workspace.highlights.of_article(key))

    twice = (("1", "ada", "the wall", "first"), ("2", "ada", "the wall", "second"))
    exported(*twice)
    assert noted() == [("the wall", "ada", "first"), ("the wall", "ada", "second")]
    exported(("0", "ada", "A gull", ""), *twice, ("3", "ben", "the wall", "mine"))
    assert noted() == [("A gull", "ada", ""), ("the wall", "ada", "first"), ("the wall", "ada", "second"),
                       ("the wall", "ben", "mine")]  # fmt: skip


def test_a_note_that_was_changed_elsewhere_joins_the_one_here_and_comes_once(workspace, tmp_path, article):
    def exported(*notes: str) -> None:
        rows = [f'"the wall was built for a sea","{note}","The Sea Wall","Ada Marsh"' for note in notes]
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_text("Highlight,Note,Title,Author\n" + "\n".join(rows) + "\n")
        imported(workspace, path, form=Form("readwise"))

    def noted() -> str:
        (one,) = workspace.highlights.of_article(wall(workspace))
        return one.note

    imported(workspace, article)
    exported("Whose sea?")
    exported("Whose wall?")
    assert noted() == "Whose sea?\n\nWhose wall?"
    (one,) = workspace.highlights.of_article(wall(workspace))
    workspace.highlights.note(one.id, "The wall of the town.")
    exported("Whose sea?")
    exported("Whose wall?")
    assert noted() == "The wall of the town."
    exported("The wall of the town.\n\nThe sea of all.")
    assert noted() == "The wall of the town.\n\nThe sea of all."


def test_a_note_that_is_written_on_elsewhere_does_not_grow_with_each_export(workspace, tmp_path, article):
    def exported(note: str) -> str:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_text(f'Highlight,Note,Title\n"the wall was built for a sea","{note}","The Sea Wall"\n')
        imported(workspace, path, form=Form("readwise"))
        (one,) = workspace.highlights.of_article(wall(workspace))
        return one.note

    imported(workspace, article)
    assert exported("first") == "first"
    assert exported("first CHANGED") == "first CHANGED"
    assert exported("At first CHANGED, then not") == "At first CHANGED, then not"
    assert exported("Second") == "At first CHANGED, then not\n\nSecond"
    assert exported("A secondary one") == "At first CHANGED, then not\n\nSecond\n\nA secondary one"
    assert exported("Second\nthoughts") == "At first CHANGED, then not\n\nA secondary one\n\nSecond\nthoughts"
    assert exported("first") == "At first CHANGED, then not\n\nA secondary one\n\nSecond\nthoughts"
