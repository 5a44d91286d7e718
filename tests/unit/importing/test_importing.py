"""Importing: what is new comes in, what is known is recognised, and what cannot be read is named with a reason."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.errors import InvalidInput
from app.importers._columns import header
from app.importing import journey
from app.importing.reporting import Recalled
from app.model import Origin, Status
from app.workspace import Workspace
from tests.libraries import displaced, finished, imported, sound, tables

SAVED = Path(__file__).parents[2] / "data" / "imports" / "wall saved"

STORY = """# Night trains

The night train to Vienna runs again after six years of silence, and the first evening was sold out within hours.

A bed costs 59 euros, which is less than most people pay for a hotel room near the station in either of the cities.

Critics say the coaches are old, and that nobody who needs to arrive rested should count on them in the winter months.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    (made / "deeper").mkdir(parents=True)
    (made / "trains.md").write_text(STORY)
    (made / "deeper" / "ferries.md").write_text("# Ferries\n\nThe ferry was sold to a yard in another country.\n")
    return made


def names(taken) -> list[str]:
    return sorted(Path(one.source).name for one in taken)


def originals(workspace: Workspace) -> list[Path]:
    return [path for path in workspace.library.originals.rglob("*") if path.is_file()]


def test_a_folder_comes_in_as_one_step(workspace, folder):
    report = imported(workspace, folder)
    assert names(report.added) == ["ferries.md", "trains.md"]
    assert [str(step.label) for step in workspace.history()] == ["Import of 2 articles"]
    assert workspace.history()[0].number == report.step
    assert {path.read_bytes() for path in originals(workspace)} == {path.read_bytes() for path in folder.rglob("*.md")}
    assert workspace.search("ferry").total == 1
    workspace.undo()
    assert not any(tables(workspace.library.database).values())
    assert workspace.search("ferry").total == 0


def test_an_import_of_one_article_is_called_so(workspace, folder):
    imported(workspace, folder / "trains.md")
    assert [str(step.label) for step in workspace.history()] == ["Import of one article"]


def test_importing_again_adds_nothing_and_says_so(workspace, folder):
    imported(workspace, folder)
    before, history = tables(workspace.library.database), workspace.history()
    report = imported(workspace, folder)
    assert (report.added, report.updated, report.failed) == ((), (), ())
    assert names(report.duplicates) == ["ferries.md", "trains.md"]
    assert tables(workspace.library.database) == before
    assert workspace.history() == history
    assert len(originals(workspace)) == 2


def test_a_known_file_that_is_read_again_leaves_what_is_there_as_it_is(workspace, folder):
    report = imported(workspace, folder)
    trains = next(one for one in report.added if one.title == "Night trains")
    assert (trains.file, trains.source) == (str(folder / "trains.md"),) * 2
    workspace.bodies.leave_out(trains.key, 1)
    before = tables(workspace.library.database)
    again = workspace.import_files([folder], form=journey.Form(again=True))
    finished(again.run())
    assert [one.key for one in again.report.duplicates] == [one.key for one in report.added]
    assert (again.report.step, tables(workspace.library.database)) == (None, before)
    workspace.articles.remove([trains.key])
    once_more = workspace.import_files([folder], form=journey.Form(again=True))
    finished(once_more.run())
    assert names(once_more.report.added) == ["trains.md"]
    assert sound(workspace) == []


def test_the_same_bytes_twice_in_one_import_are_one_article(workspace, folder):
    (folder / "copy.md").write_text(STORY)
    report = imported(workspace, folder)
    assert len(report.added) == 2
    assert [str(one.reason).split(" “")[0] for one in report.skipped] == ["The same file as"]


def test_the_same_text_from_other_bytes_is_recognised_and_its_file_not_kept(workspace, folder):
    imported(workspace, folder)
    (folder / "other.md").write_text(STORY.replace("\n\n", "\n\n\n"))
    report = imported(workspace, folder / "other.md")
    assert names(report.duplicates) == ["other.md"]
    assert len(originals(workspace)) == 2


def test_a_new_version_keeps_what_is_the_readers(workspace, folder):
    (taken,) = imported(workspace, folder / "trains.md").added
    key = workspace.articles.key(taken.id)
    text = workspace.bodies.content(key).body.text
    marks = []
    for quote in ("night train", "59 euros", "Critics say"):
        start = text.index(quote)
        marks.append(workspace.highlights.add(key, start, start + len(quote), ["Transport"], quote))
    workspace.articles.edit(key, {"title": "Mine", "byline": "A. Writer"}, "read")
    (folder / "trains.md").write_text(STORY.replace("# Night trains\n", "# Night trains\n\nUpdated at noon.\n").replace(
        "Critics say the coaches are old, and that nobody who needs to arrive rested should count on them in the"
        " winter months.", "They are liked."))  # fmt: skip
    report = imported(workspace, folder / "trains.md")
    (updated,) = report.updated
    assert updated.id == taken.id
    assert updated.highlights.moved == (marks[0].id, marks[1].id)
    assert updated.highlights.orphaned == (marks[2].id,)
    article = workspace.articles.by_keys([key])[0]
    assert (article.metadata.title, article.metadata.byline, article.state) == ("Mine", "A. Writer", "read")
    assert article.metadata.origins["title"] is Origin.MINE
    assert [mark.status for mark in workspace.highlights.of_article(key)].count(Status.ORPHAN) == 1
    assert displaced(workspace.library.database) == []
    assert sound(workspace) == []
    workspace.undo()
    assert workspace.bodies.content(key).body.text == text
    assert not workspace.highlights.orphans()


def test_another_article_in_the_file_of_one_before_is_another_article(workspace, folder):
    imported(workspace, folder / "trains.md")
    (folder / "trains.md").write_text(
        "# Chess\n\nThe final was a draw after nine hours, which nobody had seen before.\n"
    )
    report = imported(workspace, folder / "trains.md")
    assert names(report.added) == ["trains.md"]
    assert workspace.articles.count() == 2


def test_articles_go_into_a_collection_known_ones_too(workspace, folder):
    first = imported(workspace, folder / "trains.md").added[0].id
    report = imported(workspace, folder, collection="New ones")
    (added,) = report.added
    assert set(workspace.collections.find("new ones").items) == {first, added.id}
    assert len(workspace.history()) == 2
    workspace.undo()
    assert workspace.collections.all() == ()


def test_a_collection_that_a_query_fills_is_refused_before_anything_is_done(workspace, folder):
    workspace.collections.add("Unread", "is:unread")
    before = tables(workspace.library.database)
    with pytest.raises(InvalidInput, match="filled by its query"):
        imported(workspace, folder, collection="unread")
    assert tables(workspace.library.database) == before
    assert originals(workspace) == []


def test_what_cannot_be_read_is_named_and_its_copy_not_kept(workspace, folder):
    (folder / "empty.txt").touch()
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 400)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    (folder / "blank.txt").write_text(" \n \n")
    report = imported(workspace, folder)
    assert len(report.added) == 2
    reasons = {Path(one.source).name: str(one.reason) for one in (*report.failed, *report.skipped)}
    assert set(reasons) == {"empty.txt", "noise.txt", "picture.png", "blank.txt"}
    assert all(reason.endswith(".") and len(reason) > 15 for reason in reasons.values()), reasons
    assert len(originals(workspace)) == 2


def test_a_name_that_is_no_text_is_no_reason(workspace, folder):
    strange = folder / os.fsdecode(b"caf\xe9.md")
    try:
        strange.write_text("# Coffee\n\nThe price of coffee doubled within a year, and nobody drinks less of it.\n")
    except OSError:
        pytest.skip("this disk holds no such names")
    assert len(imported(workspace, folder).added) == 3
    (found,) = workspace.search("coffee").found
    assert found.article.source == "caf.md"
    assert len(imported(workspace, folder).duplicates) == 3


def test_a_way_that_no_file_can_have_is_one_line_in_the_report(workspace, folder):
    ways = [Path("~nobody-of-this-name/a.md"), folder / "nu\0l.md", folder / ("long" * 99), folder / "circle"]
    (folder / "circle").symlink_to("circle")
    report = imported(workspace, *ways, folder)
    assert [Path(one.source) for one in report.failed] == [*ways, folder / "circle"]
    assert len(report.added) == 2


def test_stopping_keeps_what_is_in(workspace, folder):
    for number in range(40):
        (folder / f"{number}.md").write_text(f"# Title {number}\n\nThe text of article number {number} stands here.\n")
    journey = workspace.import_files([folder], jobs=1)
    steps = journey.run()
    assert any(progress.done == 20 for progress in steps)
    steps.close()
    report = journey.report
    assert len(report.added) >= 20
    assert workspace.articles.count() == len(report.added) == len(originals(workspace))
    assert len(workspace.history()) == 1
    assert sound(workspace) == []
    imported(workspace, folder)
    assert workspace.articles.count() == 42


def test_progress_counts_every_file(workspace, folder):
    (folder / "empty.txt").touch()
    journey = workspace.import_files([folder, folder / "nothing.md"], jobs=1)
    last = list(journey.run())[-1]
    assert (last.done, last.total) == (4, 4)


def test_nobody_waits_until_known_files_are_recognised(workspace, folder, tmp_path):
    imported(workspace, folder)
    copies = tmp_path / "copies"
    copies.mkdir()
    for number in range(300):
        (copies / f"{number}.md").write_text(STORY)
    work = workspace.import_files([copies], jobs=1)
    steps = list(work.run(patience=0.02))
    assert any(0 < step.done < 300 for step in steps)
    assert all(step.name for step in steps if step.done)
    assert len(work.report.duplicates) == 300


def test_how_many_files_there_are_is_known_before_the_first_is_read(workspace, tmp_path):
    for number in range(60):
        (tmp_path / f"{number}.md").write_text(f"# Number {number}\n\nAn article of its own, {number * 7919}.\n")
    steps = list(workspace.import_files([tmp_path], jobs=1).run())
    assert {step.total for step in steps if step.done} == {60}


def test_no_paths_and_empty_folders_are_no_error(workspace, tmp_path):
    (tmp_path / "nothing").mkdir()
    assert imported(workspace).step is None
    report = imported(workspace, tmp_path / "nothing")
    assert [str(one.reason) for one in report.skipped] == ["There are no files in this folder."]


def test_an_article_that_was_removed_can_come_in_again(workspace, folder):
    imported(workspace, folder)
    workspace.articles.remove(workspace.articles.keys())
    assert len(imported(workspace, folder).added) == 2
    workspace.undo()
    workspace.undo()
    assert workspace.articles.count() == 2
    assert sound(workspace) == []


def test_a_step_that_was_undone_during_an_import_is_not_continued(workspace, folder, tmp_path):
    """What comes after is a step of its own; undoing all of it works."""
    for number in range(60):
        (folder / f"{number}.md").write_text(f"# Title {number}\n\nThe text of article number {number} stands here.\n")
    journey = workspace.import_files([folder], jobs=1)
    with Workspace(tmp_path / "library") as other:
        for _ in journey.run():
            if len(other.history()) == 1 and other.history()[0].done:
                other.undo()
    assert len(workspace.history()) == 2
    workspace.undo()
    assert not any(tables(workspace.library.database).values())


def test_a_copy_that_another_import_removed_meanwhile_is_made_again(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(journey, "BATCH_SECONDS", 3600)  # however slow the machine: read, and not stored yet
    file = tmp_path / "tide.txt"
    file.write_text("The water rises twice a day in the harbour, and nobody there looks up from the nets.\n")
    work = workspace.import_files([file])
    run = work.run()
    next(step for step in run if step.done)
    (copy,) = (path for path in workspace.library.originals.rglob("*") if path.is_file())
    copy.unlink()
    list(run)
    assert copy.read_bytes() == file.read_bytes()
    assert len(work.report.added) == 1


def test_a_file_of_many_articles_is_stored_in_small_steps_that_are_one_deed(workspace, tmp_path):
    table = tmp_path / "many.csv"
    rows = (f"Storm {number},The storm with the number {number} came in tonight.\n" for number in range(100))
    table.write_text("title,text\n" + "".join(rows))
    work = workspace.import_files([table])
    there = [len(work.report.added) for _progress in work.run()]
    assert there[:3] == [journey.BATCH, 2 * journey.BATCH, 3 * journey.BATCH]
    assert len(work.report.added) == 100
    assert len(workspace.history()) == 1
    again = workspace.import_files([table])
    assert [progress.done for progress in again.run()][-1:] in ([], [1])
    assert len(again.report.duplicates) == 100


def test_an_article_of_a_file_of_many_that_was_removed_comes_in_again(workspace, tmp_path):
    table = tmp_path / "many.csv"
    rows = (f"Storm {number},The storm with the number {number} came in tonight.\n" for number in range(3))
    table.write_text("title,text\n" + "".join(rows))
    first, second, third = imported(workspace, table).added
    workspace.bodies.leave_out(third.key, 0)
    before = tables(workspace.library.database)
    workspace.articles.remove([first.key])
    workspace.articles.remove([second.key])
    report = imported(workspace, table)
    assert ([one.title for one in report.added], [one.id for one in report.duplicates]) == (
        ["Storm 0", "Storm 1"], [third.id],
    )  # fmt: skip
    assert workspace.bodies.content(third.key).body.text == ""
    again = imported(workspace, table)
    assert (len(again.duplicates), again.step) == (3, None)
    for _ in range(3):
        workspace.undo()
    assert tables(workspace.library.database) == before


def test_an_article_that_was_removed_comes_in_again_though_another_removal_was_undone(workspace, tmp_path):
    table = tmp_path / "many.csv"
    table.write_text("title,text\nOne,The first storm came in.\nTwo,The second one left.\nThree,The third stayed.\n")
    keys = [one.key for one in imported(workspace, table).added]
    for key in keys:
        workspace.articles.remove([key])
    steps = [step.number for step in workspace.history()][::-1]
    workspace.undo(steps[1])
    workspace.undo(steps[3])
    assert [one.title for one in imported(workspace, table).added] == ["Two"]
    assert len(imported(workspace, table).duplicates) == 3
    for _ in range(3):
        workspace.undo()
    assert not any(tables(workspace.library.database).values())


def test_of_parts_of_one_name_the_one_that_was_removed_comes_in_again(workspace, tmp_path):
    entries = [
        {"title": "Briefing", "url": f"https://example.org/{number}", "is_archived": 0,
         "content": f"<p>The storm with the number {number} came in tonight.</p><p>It left again.</p>"}
        for number in range(3)
    ]  # fmt: skip
    box = tmp_path / "box.json"
    box.write_text(json.dumps(entries))
    first, second, _third = imported(workspace, box).added
    workspace.bodies.leave_out(second.key, 1)
    workspace.articles.remove([first.key])
    report = imported(workspace, box)
    (added,) = report.added
    assert workspace.articles.by_keys([added.key])[0].metadata.address == "https://example.org/0"
    assert len(report.duplicates) == 2
    assert workspace.bodies.content(second.key).body.text == "The storm with the number 1 came in tonight."


def test_values_that_do_not_fit_are_one_line_for_each_attribute(workspace, tmp_path):
    workspace.attributes.add("Reach", "number")
    workspace.attributes.add("Tone", "choice", ["calm", "loud"])
    table = tmp_path / "many.csv"
    table.write_text(
        "title,text,reach,Tone\n"
        'One,The first storm came in tonight.,"1,234",mixed\n'
        'Two,The second storm came in tonight.,"2,345",calm\n'
        "Three,The third storm came in tonight.,12,loud\n"
    )
    report = imported(workspace, table)
    assert [str(one.reason) for one in report.skipped] == [
        "2 values of “reach” did not come along. The first: “1,234” is no value for “Reach”. Give a number.",
        "A value of “Tone” did not come along. “mixed” is no value for “Tone”. Give one of: calm, loud.",
    ]
    assert [(one.source, one.file) for one in report.skipped] == [(str(table / "001 One"), str(table))] * 2
    values = {one.metadata.title: one.attributes for one in workspace.articles.by_keys(workspace.articles.keys())}
    assert values == {"One": {}, "Two": {"Tone": "calm"}, "Three": {"Reach": "12", "Tone": "loud"}}
    for one in workspace.articles.by_keys(workspace.articles.keys()):
        workspace.articles.edit(one.key, attributes={"Reach": "7", "Tone": "calm"})
    table.write_text(table.read_text() + "Four,The fourth storm came in tonight.,8,loud\n")
    assert imported(workspace, table).skipped == ()


def test_what_is_known_of_a_table_holds_for_those_like_it_wherever_they_lie(workspace, tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    for name, table in (("one", "Kop\nEen muur.,Muur"), ("other", "Naam\nEen dijk.,Dijk")):
        (made / f"{name}.csv").write_text(f"Verhaal,{table}\n")
    with zipfile.ZipFile(made / "more.zip", "w") as archive:
        archive.writestr("two.jsonl", '{"Kop": "Getij", "Verhaal": "Het getij."}\n')
    letter = EmailMessage()
    letter["Subject"] = "Tables"
    letter.set_content("Here they are.")
    letter.add_attachment("Verhaal,Kop\nEen boot.,Boot\n", subtype="csv", filename="three.csv")
    (made / "letter.eml").write_bytes(letter.as_bytes())
    journey = workspace.import_files([made], jobs=1, tables={header(["Kop", "Verhaal"]): "title=Kop;text=Verhaal"})
    finished(journey.run())
    assert sorted(one.title for one in journey.report.added) == ["Boot", "Getij", "Muur", "Tables"]
    assert [Path(one.source).name for one in journey.report.unmapped] == ["other.csv"]
    assert journey.report.recalled == (Recalled("title = Kop, text = Verhaal", 3),)


def test_columns_that_are_read_otherwise_than_by_their_names_are_told_of(workspace, tmp_path):
    for name, names in (("one", "title,text,teaser"), ("two", "title,text,lead")):
        (tmp_path / f"{name}.csv").write_text(f"{names}\nWall {name},The text {name}.,The teaser {name}.\n")
    said = {
        header(["title", "text", "teaser"]): "title=title;attribute=text;text=teaser",
        header(["title", "text", "lead"]): "title=title;text=text;attribute=lead",
    }
    journey = workspace.import_files([tmp_path / "one.csv", tmp_path / "two.csv"], jobs=1, tables=said)
    finished(journey.run())
    texts = [workspace.bodies.content(one.key).body.text for one in journey.report.added]
    assert texts == ["The teaser one.", "The text two."]
    assert journey.report.recalled == (Recalled("title = title, text = teaser", 1),)


def test_a_page_shows_the_pictures_in_the_folder_that_was_given_with_it_also_when_it_comes_alone_later(
    workspace, tmp_path
):
    given = tmp_path / "site"
    (given / "pages").mkdir(parents=True)
    (given / "img").mkdir()
    shutil.copy(SAVED / "The Sea Wall_files" / "wall.png", given / "img" / "wall.png")
    shutil.copy(SAVED / "The Sea Wall_files" / "boat.jpg", tmp_path / "outside.jpg")
    words = "<p>The wall was built for a sea that stood a foot lower, and nobody looked up that day.</p>" * 3
    shows = "<img src='../img/wall.png' alt=Wall><img src='../../outside.jpg' alt=Boat>"
    page = given / "pages" / "wall.html"
    page.write_text(f"<h1>The wall</h1>{words}{shows}{words}")
    (taken,) = imported(workspace, given).added
    assert len(workspace.articles.pictures(taken.key)) == 1
    page.write_text(f"<h1>The tide</h1>{words.replace('wall', 'tide')}{shows}")
    work = workspace.import_files([page], folders=[given])
    for _progress in work.run():
        pass
    (taken,) = (*work.report.added, *work.report.updated)
    assert len(workspace.articles.pictures(taken.key)) == 1


def test_every_file_is_brought_to_the_disk_by_whoever_reads_it(workspace, folder, monkeypatch):
    made, jobs = journey.Job, []

    def job(*arguments, **options):
        jobs.append(made(*arguments, **options))
        return jobs[-1]

    monkeypatch.setattr(journey, "Job", job)
    imported(workspace, folder)
    assert len(jobs) == 2
    assert {one.settled for one in jobs} == {os.name == "posix"}
