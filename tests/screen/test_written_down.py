"""What was typed while the library could not take it: the newest words go in, with the next deed or at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.places import unwritten_words
from app.settings import Settings
from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened
from ui.widgets.toast import Toast


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "ferry.md").write_text("# Ferry\n\nThe night ferry runs again.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md")
    return tmp_path / "library"


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """Return where the library is while it cannot be written to."""
    return tmp_path / "away"


@pytest.fixture
def hands(qtbot, looks, library: Path, away: Path, tmp_path: Path) -> Iterator[Hands]:
    """Return a reader whose library was taken away, and whose note “First” was refused therefore."""
    with opened(qtbot, library, tmp_path / "settings.json", looks) as reader:
        reader.open("Ferry")
        library.rename(away)
        write(reader, "First")
        reader.rest_shortly()
        assert reader.labelled("Try again")
        yield reader


def write(hands: Hands, text: str) -> None:
    hands.window.side.notes.article_note_wished.emit(text, hands.window.context.session.article.id)


def note(library: Path) -> str:
    with Workspace(library) as workspace:
        return workspace.articles.by_keys(workspace.keys(""))[0].note


def test_what_was_refused_does_not_replace_what_was_typed_since(hands, library, away):
    hands.window.context.bridge.ask(lambda _workspace: away.rename(library))
    write(hands, "Second")
    hands.click(hands.labelled("Try again"))
    hands.rest()
    assert note(library) == "Second"


def test_what_was_typed_last_can_be_tried_again_though_older_words_were_asked_for_since(hands, library, away):
    write(hands, "Second")
    hands.window.context.bridge.ask(lambda _workspace: away.rename(library))
    hands.click(hands.labelled("Try again"))
    hands.rest()
    hands.click(hands.labelled("Try again"))
    hands.rest()
    assert note(library) == "Second"


def test_what_was_refused_goes_in_with_the_next_deed(hands, library, away):
    hands.window.messages.say("Something else.")
    away.rename(library)
    hands.window.side.themes.add_wished.emit("Harbour", None)
    hands.until(lambda: hands.window.context.session.article.note == "First")


def test_what_was_refused_goes_in_before_another_library_is_opened(hands, library, away, tmp_path):
    away.rename(library)
    hands.window.shelf.make(str(tmp_path / "other"), "Other")
    hands.until(lambda: hands.window.context.session.name == "Other")
    hands.rest()
    assert note(library) == "First"


def test_what_was_refused_goes_in_before_the_window_is_closed(hands, library, away):
    away.rename(library)
    hands.window.close()
    assert note(library) == "First"


def test_what_is_not_written_when_the_window_is_closed_is_kept_and_shown_at_the_next_start(
    hands, library, away, tmp_path, qtbot, looks, monkeypatch
):
    shown: list[Path] = []
    monkeypatch.setattr(
        "ui.commands.writing.QDesktopServices.openUrl", lambda address: not shown.append(Path(address.toLocalFile()))
    )
    write(hands, "First, and more")
    hands.window.close()
    away.rename(library)
    assert note(library) == ""
    with opened(qtbot, library, tmp_path / "settings.json", looks) as again:
        assert "could not be written" in again.window.findChild(Toast).text()
        Settings(tmp_path / "settings.json").remember(windows=2)  # of another window, which knows nothing of it
        again.click(again.labelled("Show it"))
    (kept,) = shown
    assert "First, and more" in kept.read_text(encoding="utf-8")
    with opened(qtbot, library, tmp_path / "settings.json", looks) as once_more:
        assert not once_more.window.findChild(Toast).isVisible()


def test_what_was_shown_can_be_deleted_and_what_no_program_opens_is_told_of_again(
    hands, library, away, tmp_path, qtbot, looks, monkeypatch
):
    hands.window.close()
    away.rename(library)
    (kept,) = unwritten_words().iterdir()
    assert (kept.stat().st_mode & 0o77, kept.parent.stat().st_mode & 0o77) == (0, 0)
    for opens in (False, True):
        monkeypatch.setattr("ui.commands.writing.QDesktopServices.openUrl", lambda _address, opens=opens: opens)
        with opened(qtbot, library, tmp_path / "settings.json", looks) as again:
            again.click(again.labelled("Show it"))
            assert ("No program" in again.window.findChild(Toast).text()) is not opens
            assert kept.exists() is not opens
            if opens:
                again.click(again.labelled("Delete it"))
    assert not list(kept.parent.iterdir())


def test_what_another_library_did_not_take_is_shown_when_that_one_is_open_again(hands, library, away, tmp_path):
    hands.window.shelf.make(str(tmp_path / "other"), "Other")
    hands.until(lambda: hands.window.context.session.name == "Other")
    hands.rest()
    away.rename(library)
    hands.window.shelf.open(str(library))
    hands.until(lambda: hands.window.context.session.name != "Other")
    hands.rest()
    assert hands.labelled("Show it")
    assert note(library) == ""
