"""The check finds each kind of damage and says it in a sentence; the repair mends what can be mended."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from app.importing.originals import Originals
from app.model import Status
from app.search.index import Index
from app.text.body import Piece
from app.workspace import Workspace
from tests.libraries import add, displaced, finished, imported, sound


def filled(workspace: Workspace, tmp_path: Path) -> int:
    (tmp_path / "trains.txt").write_text("Night trains\n\nThe night train runs again.\n\nA bed costs 59 euros.\n" * 2)
    (taken,) = imported(workspace, tmp_path / "trains.txt").added
    key = workspace.articles.key(taken.id)
    text = workspace.bodies.content(key).body.text
    for quote in ("night train", "59 euros"):
        start = text.index(quote)
        workspace.highlights.add(key, start, start + len(quote), ["Transport"])
    return key


def execute(workspace: Workspace, statement: str) -> None:
    workspace.library.database.execute("PRAGMA foreign_keys=OFF")
    workspace.library.database.execute(statement)
    workspace.library.database.execute("PRAGMA foreign_keys=ON")


def repaired(workspace: Workspace) -> list[str]:
    report = finished(workspace.check(deep=True, repair=True))
    assert report.ok, [str(problem) for problem in report.problems]
    assert sound(workspace) == []
    assert displaced(workspace.library.database) == []
    return [str(sentence) for sentence in report.repaired]


def test_a_sound_library_is_sound(workspace, tmp_path):
    filled(workspace, tmp_path)
    for deep in (False, True):
        assert finished(workspace.check(deep=deep)).ok
    assert repaired(workspace) == ["The index was made anew."]


DAMAGES: dict[str, tuple[str, str, str]] = {
    "a highlight beside its words": (
        "UPDATE highlight SET start=start+1, end=end+1",
        "is not where it says",
        "is on its words again",
    ),
    "a highlight whose words are nowhere": (
        "UPDATE highlight SET quote='words of another text altogether' WHERE id=1",
        "is not where it says",
        "is an orphan now",
    ),
    "a highlight of nothing": ("UPDATE highlight SET end=start, quote='' WHERE id=1", "is not where", "is an orphan"),
    "a highlight outside the text": ("UPDATE highlight SET start=90000, end=90011", "is not where", "on its words"),
    "a structure that does not fit": (
        "UPDATE body SET structure='{\"blocks\": [[0, 3, \"paragraph\", {}]], \"runs\": []}'",
        "does not fit its text",
        "has a plain structure now",
    ),
    "a structure that is none": ("UPDATE body SET structure='nonsense'", "does not fit its text", "plain structure"),
    "left-out text that is none": ("UPDATE body SET left_out='[[1]]'", "does not fit its text", "plain structure"),
    "no text": ("DELETE FROM body", "has no text", "has an empty text now"),
    "no index": ("DELETE FROM search_segment", "index", "index was made anew"),
    "a damaged page of the index": (
        "UPDATE search_page SET data=zeroblob(length(data))", "index", "index was made anew",
    ),
    "another text than the index has": (
        "UPDATE article SET title='Another title entirely'", "index has other words", "index was made anew",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_found_said_and_mended(workspace, tmp_path, name):
    filled(workspace, tmp_path)
    statement, said, mended = DAMAGES[name]
    execute(workspace, statement)
    problems = sound(workspace)
    assert any(said in problem for problem in problems), problems
    assert sound(workspace) == problems, "looking changes nothing"
    assert any(mended in sentence for sentence in repaired(workspace))


def test_a_repair_is_a_step_that_can_be_undone(workspace, tmp_path):
    key = filled(workspace, tmp_path)
    execute(workspace, "UPDATE highlight SET quote='words of another text altogether' WHERE id=1")
    repaired(workspace)
    assert [mark.status for mark in workspace.highlights.of_article(key)] == [Status.ORPHAN, Status.ANCHORED]
    assert str(workspace.history()[0].label) == "Repair of 1 highlights"


def test_a_mended_text_keeps_its_words_and_highlights(workspace, tmp_path):
    key = filled(workspace, tmp_path)
    text = workspace.bodies.content(key).body.text
    marks = [(mark.start, mark.end, mark.quote) for mark in workspace.highlights.of_article(key)]
    execute(workspace, "UPDATE body SET structure='{}'")
    repaired(workspace)
    assert workspace.bodies.content(key).body.text == text
    assert [(mark.start, mark.end, mark.quote) for mark in workspace.highlights.of_article(key)] == marks


def _missing(folder: Path) -> None:
    next(folder.glob("??/*")).unlink()


def _changed(folder: Path) -> None:
    next(folder.glob("??/*")).write_bytes(b"other bytes")


@pytest.mark.parametrize("damage", [_missing, _changed])
def test_a_missing_or_changed_original_is_said(workspace, tmp_path, damage: Callable[[Path], None]):
    filled(workspace, tmp_path)
    damage(workspace.library.originals)
    assert finished(workspace.check()).ok
    assert [problem for problem in sound(workspace) if "original" in problem]


def test_a_missing_picture_is_said_of_each_article_that_shows_it(workspace):
    image = Piece("\N{OBJECT REPLACEMENT CHARACTER}", "image", {"picture": hashlib.sha256(b"a").hexdigest()})
    digest = Originals(workspace.library.originals).put_bytes(b"a")
    for title in ("One", "Two"):
        add(workspace.holdings, "Words.", image, title=title, pictures={digest: b""})
    assert sound(workspace) == []
    _missing(workspace.library.originals)
    assert finished(workspace.check()).ok
    assert [problem.split(" of ")[0] for problem in sound(workspace)] == ["A picture", "A picture"]


def test_rows_that_refer_to_nothing_are_said(workspace, tmp_path):
    filled(workspace, tmp_path)
    execute(workspace, "DELETE FROM theme")
    assert any("refers to something that is gone" in problem for problem in sound(workspace))


def test_a_quick_check_finds_what_is_quickly_found(workspace, tmp_path):
    filled(workspace, tmp_path)
    execute(workspace, "UPDATE highlight SET start=start+1, end=end+1 WHERE id=1")
    execute(workspace, "DELETE FROM search_segment WHERE kind='passage'")
    problems = [str(problem) for problem in finished(workspace.check()).problems]
    assert len(problems) == 2


def test_a_repair_removes_originals_that_nothing_refers_to_but_none_in_use(workspace, tmp_path):
    """Those that the history can bring back are in use, and so are those that an import may be about to store."""
    key = filled(workspace, tmp_path)
    kept = list(workspace.library.originals.glob("??/*"))
    workspace.articles.remove([key])
    repaired(workspace)
    assert list(workspace.library.originals.glob("??/*")) == kept
    workspace.undo()
    workspace.undo()
    fresh = workspace.library.originals / "ab" / ("ab" * 32)
    fresh.parent.mkdir(exist_ok=True)
    fresh.write_bytes(b"about to be stored")
    repaired(workspace)
    assert fresh.is_file()


def test_an_old_spare_original_is_removed(workspace, monkeypatch):
    monkeypatch.setattr("app.importing.originals._ABANDONED", -60.0)
    spare = workspace.library.originals / "ab" / ("ab" * 32)
    spare.parent.mkdir()
    spare.write_bytes(b"left by an import that was killed")
    assert "Originals that nothing refers to were removed: 1." in repaired(workspace)
    assert not spare.exists()


def test_editing_the_language_keeps_passages_and_index_in_step(workspace):
    key = add(workspace.holdings, "Die Züge fahren nachts.")
    workspace.highlights.add(key, 4, 8)
    workspace.articles.edit(key, {"language": "de"})
    assert sound(workspace) == []
    workspace.undo()
    assert sound(workspace) == []


def test_the_check_says_what_it_is_at(workspace, tmp_path):
    filled(workspace, tmp_path)
    assert list(dict.fromkeys(workspace.check(deep=True))) == ["file", "texts", "highlights", "originals", "index"]


def test_what_another_process_writes_meanwhile_is_no_fault(workspace, tmp_path, monkeypatch):
    filled(workspace, tmp_path)
    with Workspace(tmp_path / "library") as other:
        for deep, name in ((False, "keys"), (True, "check")):
            asked = getattr(Index, name)

            def meanwhile(index: Index, *arguments, asked=asked, **options):
                add(other.holdings, "Another article.")
                return asked(index, *arguments, **options)

            with monkeypatch.context() as patch:
                patch.setattr(Index, name, meanwhile)
                assert finished(workspace.check(deep=deep)).ok


def test_a_repair_beside_another_program_says_what_it_did(workspace, tmp_path):
    filled(workspace, tmp_path)
    workspace.library.database.execute("PRAGMA busy_timeout=50")
    with Workspace(tmp_path / "library") as other, other.library.database.snapshot():
        assert other.articles.count() == 1
        report = finished(workspace.check(deep=True, repair=True))
    assert [str(sentence) for sentence in report.repaired] == ["The index was made anew."]
    assert "Another program keeps the library open" in str(report.problems[0])
