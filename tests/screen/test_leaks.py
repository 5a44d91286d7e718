"""Nothing is left of what was opened: windows, documents, threads, files and memory come back."""

from __future__ import annotations

import gc
import re
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid

from app.settings import Settings
from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened
from ui.main import make_window

ARTICLES = 30
STATUS = Path("/proc/self/status")
HANDLES = Path("/proc/self/fd")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library with some articles, highlights, themes and a collection."""
    folder = tmp_path_factory.mktemp("leaks")
    files = folder / "files"
    files.mkdir()
    for number in range(ARTICLES):
        lines = "\n\n".join(f"Paragraph {one} of {number}: a boat goes by at night." * 5 for one in range(30))
        (files / f"{number}.md").write_text(f"# Article number {number}.\n\n{lines}\n", encoding="utf-8")
    with Workspace(folder / "library") as workspace:
        imported(workspace, files)
        workspace.themes.add("Water")
        keys = workspace.articles.keys()
        for key in keys:
            workspace.highlights.add_quote(key, "boat goes by", themes=["Water"], note="A *note*.")
        workspace.collections.add("Boats", "boat")
    return folder / "library"


def settle() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()


def documents() -> int:
    """Count the documents that Python can see and Qt has not deleted."""
    return sum(1 for one in gc.get_objects() if isinstance(one, QTextDocument) and isValid(one))


def objects(window: QObject) -> Counter[str]:
    """Count what lives below a window, by class."""
    return Counter(type(one).__name__ for one in window.findChildren(QObject))


def handles() -> list[str]:
    found = []
    for one in HANDLES.glob("*") if HANDLES.is_dir() else ():
        try:
            found.append(str(one.readlink()))
        except OSError:
            pass
    return sorted(found)


def memory() -> int:
    """Return how much memory the process holds, in kB; 0 where that is not told."""
    said = re.search(r"VmRSS:\s+(\d+)", STATUS.read_text()) if STATUS.is_file() else None
    return int(said[1]) if said else 0


def grown(deed: Callable[[], None], hands: Hands, *, times: int = 2) -> Counter[str]:
    """Do something until it has made what it keeps, then some times more; return what was made again each time."""
    deed()
    settle()
    before, held = objects(hands.window), documents()
    for _ in range(times):
        deed()
    settle()
    made = objects(hands.window) - before
    made.update({"documents that Python holds": max(0, documents() - held)})
    return Counter({name: count for name, count in made.items() if count >= times})


def test_a_window_goes_with_all_that_is_its_own(qtbot, looks, tmp_path, library):
    def visit() -> None:
        window = make_window(Settings(tmp_path / "settings.json"), looks)
        window.resize(1200, 800)
        window.begin(library)
        window.show()
        hands = Hands(qtbot, window)
        hands.until(lambda: window.context.bridge.is_open())
        hands.open("Article number 3.")
        window.close()
        window.deleteLater()
        settle()

    visit()
    threads, files, held = threading.active_count(), handles(), documents()
    for _ in range(2):
        visit()
    assert threading.active_count() == threads
    assert [one for one in handles() if one not in files] == []
    assert documents() <= held
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def test_thirty_articles_leave_one_document(qtbot, looks, tmp_path, library):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        titles = hands.titles()
        assert len(titles) == ARTICLES
        for title in titles[:3]:
            hands.open(title)
        settle()
        before, held, kept = objects(hands.window), documents(), memory()
        for title in titles:
            hands.open(title)
        settle()
        assert documents() <= held + 1
        assert {name: count for name, count in (objects(hands.window) - before).items() if count > 3} == {}
        assert memory() - kept < 60_000


def test_going_between_libraries_leaves_none_open(qtbot, looks, tmp_path, library):
    other = tmp_path / "other"
    with Workspace(other):
        pass
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        window = hands.window

        def there_and_back() -> None:
            for folder in (other, library):
                window.shelf.open(str(folder))
                hands.until(lambda folder=folder: window.context.bridge.folder == folder)
                hands.rest()

        made = grown(there_and_back, hands, times=5)
        assert made == {}
        hands.until(lambda: sum(thread.name == "library" for thread in threading.enumerate()) == 1)
        assert [one for one in handles() if one.startswith(str(other))] == []


def test_what_is_opened_and_closed_is_made_once_or_goes(qtbot, looks, tmp_path, library):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        window = hands.window
        hands.open("Article number 3.")
        theme = window.context.session.themes[0].id
        boats = window.context.session.collections[0].id

        def sheet(key: str) -> Callable[[], None]:
            def open_and_close() -> None:
                hands.act(key)
                hands.key(Qt.Key.Key_Escape)

            return open_and_close

        def board(kind: str, given: str) -> Callable[[], None]:
            def open_and_close() -> None:
                (window.side.themes.board_wished if kind == "theme" else window.side.collections.open_wished).emit(
                    given
                )
                hands.rest()
                window.board.closed.emit()
                hands.rest()

            return open_and_close

        def menus() -> None:
            for open_menu in (window.menus.open_more, window.menus.open_places, window.menus.open_import):
                open_menu()
                for menu in window.findChildren(QMenu):
                    menu.close()
            hands.rest()

        def crash() -> None:
            window.messages.report(ValueError("made up"))
            hands.key(Qt.Key.Key_Escape)

        deeds = {
            **{key: sheet(key) for key in ("palette", "settings", "keys", "libraries", "typography", "export", "find")},
            "board of a theme": board("theme", theme),
            "board of a collection": board("collection", boats),
            "menus": menus,
            "crash": crash,
            "look": sheet("look"),
        }
        left = {name: made for name, deed in deeds.items() if (made := grown(deed, hands))}
        assert left == {}


def test_what_was_put_off_does_nothing_once_the_window_is_closed(qtbot, looks, tmp_path, library, monkeypatch):
    """The look at the backups comes seconds after a library was opened, perhaps too late."""
    monkeypatch.setattr("ui.shelf._BACKUP_AFTER", 400)
    before = sorted(library.glob("backups/*"))
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.window.close()
        hands.qtbot.wait(600)
        assert not hands.window.context.bridge.is_open()
    assert sorted(library.glob("backups/*")) == before


def test_no_part_walks_the_chain_of_focus():
    """PySide takes a widget for the parent of the next one in it, and in the end drops the wrappers of both."""
    ui = Path(__file__).parent.parent.parent / "ui"
    assert [file.name for file in ui.rglob("*.py") if "InFocusChain" in file.read_text(encoding="utf-8")] == []
