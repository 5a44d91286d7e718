"""A file that was split into articles and comes again: no article is lost, none is overwritten by a piece of itself."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.drafts import Draft
from app.importing.journey import Form
from app.importing.reporting import ImportReport
from app.importing.taking import Taking
from app.library.articles import Source
from app.model import Metadata, Published
from app.text.body import Body
from app.workspace import Workspace
from tests.libraries import finished, imported

WALL = "The wall that keeps the sea out of the town will be raised by a metre, the council said."
TIDE = "Nobody in the town remembers a tide as high as the one that came in on Monday night."
BOATS = "Three of the boats that were damaged in the storm can be rented again from tomorrow on."
DIGEST = f"# Digest\n\n{WALL}\n\n## The tide\n\n{TIDE}\n\n## The boats\n\n{BOATS}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "all.md"
    made.write_text(f"# The wall\n\n{WALL}\n\n# The tide\n\n{TIDE}\n\n# The boats\n\n{BOATS}\n")
    return made


def split(workspace: Workspace, file: Path, **options: str) -> ImportReport:
    return imported(workspace, file, form=Form(options=options))


@pytest.fixture
def archive(tmp_path: Path, file: Path) -> Path:
    made = tmp_path / "all.zip"
    with zipfile.ZipFile(made, "w") as archive:
        archive.write(file, "in/all.md")
    return made


def text(workspace: Workspace, key: int) -> str:
    return workspace.bodies.content(key).body.text


def test_what_is_missing_of_a_split_file_comes_with_its_options_and_never_as_the_whole_file(workspace, file):
    keys = [one.key for one in split(workspace, file, split="headings").added]
    workspace.articles.remove([keys[1]])
    moved = file.with_name("moved.md")
    moved.write_bytes(file.read_bytes())
    for _ in range(2):
        report = imported(workspace, moved)
        assert (report.added, report.updated, report.failed) == ((), (), ())
        (skipped,) = report.skipped
        assert "split into articles" in str(skipped.reason)
    report = split(workspace, file, split="headings")
    assert ([one.title for one in report.added], len(report.duplicates)) == (["The tide"], 2)
    assert len(imported(workspace, file).duplicates) == 3


def test_what_is_missing_of_a_split_file_in_an_archive_comes_with_its_options_and_never_as_the_whole(
    workspace, archive
):
    keys = [one.key for one in split(workspace, archive, split="headings").added]
    workspace.articles.remove([keys[1]])
    moved = archive.with_name("moved.zip")
    moved.write_bytes(archive.read_bytes())
    (skipped,) = imported(workspace, moved, form=Form(again=True)).skipped
    assert "split into articles" in str(skipped.reason)
    report = split(workspace, archive, split="headings")
    assert ([one.title for one in report.added], len(report.duplicates)) == (["The tide"], 2)


@pytest.mark.parametrize("options", [{"pattern": "^The (wall|tide|flood|boats)$"}, {"split": "headings", "level": "1"}])
@pytest.mark.parametrize("name", ["all.md", "all.zip"])
def test_a_new_version_of_a_file_is_split_as_the_old_one_was_without_a_word(workspace, file, archive, name, options):
    path = file.with_name(name)
    split(workspace, path, **options)
    file.write_text(f"# The wall\n\n{WALL} It is high time.\n\n# The tide\n\n{TIDE}\n\n# The flood\n\nIt came.\n")
    with zipfile.ZipFile(archive, "w") as changed:
        changed.write(file, "in/all.md")
    report = imported(workspace, path)
    assert [one.title for one in report.updated] == ["The wall"]
    assert [one.title for one in report.added] == ["The flood"]
    assert report.split == (str(path),)


def test_what_is_missing_of_a_split_file_comes_by_itself(workspace, file):
    keys = [one.key for one in split(workspace, file, split="headings").added]
    workspace.articles.remove([keys[1]])
    report = imported(workspace, file)
    assert ([one.title for one in report.added], len(report.duplicates)) == (["The tide"], 2)


def test_a_file_is_no_longer_split_when_that_was_undone_or_said(workspace, file):
    split(workspace, file, split="headings")
    workspace.library.undo()
    assert [one.source for one in imported(workspace, file).added] == [str(file)]
    split(workspace, file, split="headings")
    split(workspace, file, split="no")
    file.write_text(f"{file.read_text()}\nIt is cold.\n")
    report = imported(workspace, file)
    assert not report.split
    assert [one.source for one in report.updated] == [str(file)]


def test_an_article_of_a_changed_archive_is_known_though_others_stand_before_it_now(workspace, archive):
    keys = {one.title: one.key for one in split(workspace, archive, split="headings").added}
    with zipfile.ZipFile(archive, "w") as changed:
        changed.writestr("in/all.md", f"# News\n\nThere is none.\n\n# The wall\n\n{WALL} It is high time.\n")
    report = split(workspace, archive, split="headings")
    assert [one.key for one in report.updated] == [keys["The wall"]]
    assert [one.title for one in report.added] == ["News"]


def test_an_article_is_not_overwritten_by_its_beginning_when_its_file_is_split_otherwise(workspace, tmp_path):
    file = tmp_path / "all.md"
    file.write_text(f"{DIGEST}\n# Other harbours\n\n{WALL[:40]} too.\n")
    digest, _other = split(workspace, file, split="headings").added
    assert workspace.articles.named(digest.key)[1] == "Digest"
    before = text(workspace, digest.key)
    report = split(workspace, file, split="headings", level="2")
    assert text(workspace, digest.key) == before
    assert not report.updated
    assert "001 Digest" in {Path(one.source).name for one in report.added}


def test_an_article_of_a_changed_file_is_known_though_others_stand_before_it_now(workspace, file):
    keys = {one.title: one.key for one in split(workspace, file, split="headings").added}
    file.write_text(f"# News\n\nThere is none.\n\n# The wall\n\n{WALL} It is high time.\n\n# The tide\n\n{TIDE}\n")
    report = split(workspace, file, split="headings")
    assert [one.key for one in report.updated] == [keys["The wall"]]
    assert [one.title for one in report.added] == ["News"]


def test_articles_of_one_title_and_day_in_a_changed_file_are_told_apart_by_their_words(workspace):
    taking = Taking(workspace.holdings)
    known = Metadata(title="Briefing", published=Published.parse("2024-03-04"))
    with workspace.library.deed("Import"):
        one = taking.take(Draft(Body.of([WALL]), known, part="001 Briefing"), source("a"))
        taking = Taking(workspace.holdings)
        other = taking.take(Draft(Body.of([BOATS]), known, part="001 Briefing"), source("b"))
    assert (one.group, other.group) == ("added", "added")
    assert text(workspace, one.key) == WALL


def source(digit: str) -> Source:
    return Source("all.md/001 Briefing", "/in/all.md/001 Briefing", digit * 64, "markdown")


def test_a_row_of_a_table_that_is_read_otherwise_is_still_the_same_article(workspace):
    with workspace.library.deed("Import"):
        row = Source("all.csv/001 Briefing", "/in/all.csv/001 Briefing", "a" * 64, "csv")
        for text, group in ((WALL, "added"), (f"{WALL} {TIDE}", "updated")):
            draft = Draft(Body.of([text]), Metadata(title="Briefing"), part="001 Briefing")
            assert Taking(workspace.holdings).take(draft, row).group == group


def test_a_look_at_a_file_that_was_split_shows_it_as_it_was(workspace, file):
    assert finished(workspace.preview_import(file, Form())).before is None
    split(workspace, file, pattern="^The ")
    file.write_text(file.read_text() + "\n# The end\n\nNobody has said yet who is going to pay for all of this.\n")
    seen = finished(workspace.preview_import(file, Form()))
    assert (seen.total, seen.before) == (4, Form(None, {"split": "pattern", "pattern": "^The "}))
    other = finished(workspace.preview_import(file, Form(options={"split": "no"})))
    assert (other.total, other.before) == (1, None)
