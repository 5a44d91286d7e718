"""Nothing that comes from an article, a note or a name opens a file, a connection or a link, and no name is HTML.

Everything in the window is opened once, on a library whose every word tries something. Linux tells which files were
opened; elsewhere that part is passed over.
"""

from __future__ import annotations

import base64
import ctypes
import os
import re
import socket
import struct
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QUrl, Slot
from PySide6.QtGui import QDesktopServices, Qt, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QTextEdit, QToolTip

from app.workspace import Workspace
from tests import tour
from tests.libraries import imported
from tests.windows import opened
from ui.commands import describing
from ui.widgets.note_editor import NoteEditor

_OPENED = 0x20 | 0x1  # IN_OPEN, IN_ACCESS
_EVENT = struct.Struct("iIII")
SCHEMES = ("http", "https", "mailto", "file", "javascript", "data", "smb", "ftp")
KEPT = Path(__file__).resolve().parents[1] / "data" / "imports" / "wall saved" / "The Sea Wall_files" / "wall.png"
NAME = "R&D <b>bold</b> &amp; {0}"


class Watch:
    """Tells which of some files were opened by anyone."""

    def __init__(self, files: list[Path]) -> None:
        self._files = files
        self._library = ctypes.CDLL(None, use_errno=True)
        self._handle = self._library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert self._handle >= 0
        self._names = {
            self._library.inotify_add_watch(self._handle, os.fsencode(file), _OPENED): file.name for file in files
        }

    def opened(self) -> list[str]:
        try:
            data, place, found = os.read(self._handle, 1 << 16), 0, []
        except BlockingIOError:
            return []
        while place < len(data):
            watch, _, _, length = _EVENT.unpack_from(data, place)
            found.append(self._names[watch])
            place += _EVENT.size + length
        return found

    def close(self) -> None:
        os.close(self._handle)


class Outside(QObject):
    """The other programs of the system: what they were asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        for scheme in SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "open")

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.asked.append(address.toString())

    def close(self) -> None:
        for scheme in SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def outside(qapp) -> Iterator[Outside]:
    made = Outside()
    yield made
    made.close()


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.setblocking(False)
        yield made


def was_called(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.fixture
def baits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch | None]:
    """Lay out files that nobody may open, in the folder where the program runs; yield who watches them."""
    folder = tmp_path / "baits"
    folder.mkdir()
    monkeypatch.chdir(folder)
    picture = bytes.fromhex("47494638396101000100800000ff0000ffffff2c00000000010001000002024401003b")
    files = [folder / "bait.gif", folder / "bait.css", folder / "bait.html"]
    for file in files:
        file.write_bytes(picture if file.suffix == ".gif" else b"p { background: url(bait.gif) }")
    if not sys.platform.startswith("linux"):
        yield None
        return
    watch = Watch(files)
    yield watch
    watch.close()


def tries(port: int) -> list[str]:
    """Return HTML and Markdown that would open a file or a connection, run something or lead somewhere."""
    here = Path.cwd()
    return [
        *(f'<img src="{where}">' for where in addresses(port, "bait.gif")),
        *(f"![a bait]({where})" for where in addresses(port, "bait.gif")),
        *(f'<link rel=stylesheet href="{where}">' for where in addresses(port, "bait.css")),
        *(f'<style>@import "{where}";</style>' for where in addresses(port, "bait.css")),
        *(f'<table background="{where}"><tr><td>cell</td></tr></table>' for where in addresses(port, "bait.gif")),
        *(f'<p style="background-image: url({where})">ground</p>' for where in addresses(port, "bait.gif")),
        *(f'<iframe src="{where}"></iframe>' for where in addresses(port, "bait.html")),
        *(f'<object data="{where}"></object><video src="{where}"></video>' for where in addresses(port, "bait.html")),
        f'<script src="{here / "bait.html"}"></script><script>alert(1)</script>',
        *(f'<a href="{where}">link to {number}</a>' for number, where in enumerate(links(here))),
        *(f"[mark to {number}]({where})" for number, where in enumerate(links(here))),
    ]


def addresses(port: int, name: str) -> list[str]:
    here = Path.cwd() / name
    return [str(here), here.as_uri(), name, f"./{name}", f"qrc:/{name}", f"http://127.0.0.1:{port}/{name}"]


def links(here: Path) -> list[str]:
    return [
        (here / "bait.html").as_uri(),
        "javascript:alert(1)",
        "data:text/html,<b>x</b>",
        "smb://127.0.0.1/x",
        "bait.html",
    ]


def laid_out(folder: Path, port: int) -> Path:
    """Fill a library with articles, notes and names that try everything; return a file that can be imported, too."""
    bad = "\n\n".join(tries(port))
    name = name_of_all()
    words = (
        "The harbour master waits for the night ferry. Every lamp along the quay went dark in the storm of last winter."
    )
    files = folder.with_name("files")
    (files / "page_files").mkdir(parents=True)
    (files / "page_files" / "bait.gif").symlink_to(Path.cwd() / "bait.gif")
    inside = base64.b64encode(KEPT.read_bytes()).decode()
    bad += f"<img src='page_files/bait.gif' alt='way out'><img src='data:image/svg+xml;base64,{inside}' alt='kept'>"
    page = (
        f"<html><head><title>{escaped(name)}</title><meta name=author content='{escaped(name)}'>"
        f"<meta property=og:site_name content='{escaped(name)}'></head><body><article><h1>{escaped(name)}</h1>"
        f"<p>{words}</p>{bad}<p>{words} <a href='https://example.org/way?a=1&amp;b=2'>the way out</a></p></article>"
        "</body></html>"
    )
    (files / "page.html").write_text(page, encoding="utf-8")
    (files / "<b>note<b> &amp;.md").write_text(
        f"# {name}\n\n{words} {'A second page. ' * 9}\n\n{bad}\n\n[the way out](https://example.org/way?a=1&b=2)\n",
        encoding="utf-8",
    )
    more = files / "<b>more<b> &amp;.html"
    more.write_text(page.replace("harbour", "airport").replace("quay", "field"), encoding="utf-8")
    with Workspace(folder) as workspace:
        workspace.library.set_setting("name", name)
        imported(workspace, files / "page.html", files / "<b>note<b> &amp;.md")
        theme = workspace.themes.add(name)
        workspace.themes.edit(theme.id, definition=bad)
        workspace.themes.add(f"{name} 2", under=theme.id)
        workspace.attributes.add(NAME.format("field"), "text", definition=bad)
        held = workspace.articles.keys()
        assert len(held) == 2
        kept = [workspace.articles.pictures(key) for key in held]
        assert sorted(map(len, kept)) == [0, 1], "the picture inside the page, and not the one that a link leads to"
        for number, key in enumerate(workspace.articles.keys()):
            fields = dict.fromkeys(("title", "byline", "outlet", "section"), f"{name} {number}")
            workspace.articles.edit(key, fields)
            workspace.articles.edit(key, attributes={NAME.format("field"): name})
            workspace.articles.note(key, bad)
            workspace.articles.theme(key, [theme.id])
            workspace.highlights.add_quote(key, "night ferry", themes=[theme.id], note=bad)
        found = workspace.articles.by_keys(workspace.articles.keys())
        workspace.collections.add(name, note=bad)
        workspace.collections.put(name, [one.id for one in found])
        workspace.collections.add(f"{name} 2", "harbour", note=bad)
    return more


def name_of_all() -> str:
    return NAME.format(f'<img src="{Path.cwd() / "bait.gif"}">')


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;").replace('"', "&quot;")


def test_the_watch_sees_a_file_that_is_opened(qtbot, baits):
    if baits is None:
        pytest.skip("only Linux tells which files are opened")
    careless = QLabel('<img src="bait.gif">')
    qtbot.addWidget(careless)
    careless.grab()
    assert set(baits.opened()) == {"bait.gif"}


@pytest.fixture
def strays(qapp) -> Iterator[tour.Strays]:
    made = tour.Strays()
    yield made
    made.stop()


def test_a_stray_window_is_seen(qtbot, strays):
    part = QLabel("a part without a place")
    qtbot.addWidget(part)
    part.show()
    assert strays.seen == {"QLabel"}


def test_nothing_is_opened_by_looking(qtbot, looks, tmp_path, baits, server, outside, strays):
    more = laid_out(tmp_path / "library", server.getsockname()[1])
    problems: dict[str, str] = {}  # each with where it was seen first
    told: set[str] = set()
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        hands.until(lambda: len(hands.titles()) == 2)
        if baits is not None:
            baits.opened()
        words = "Every lamp along"
        markdown = tour.read(hands, f"{name_of_all()} 1", words)
        for stop in chain(markdown, tour.walk(hands, f"{name_of_all()} 0", words, more, tmp_path)):
            for fault in (*faults(), *tip_faults(told)):
                problems.setdefault(fault, stop)
            for top in QApplication.topLevelWidgets():
                if top.isVisible():
                    top.grab()
            if baits is not None and (files := baits.opened()):
                problems.setdefault(f"opened {sorted(set(files))}", stop)
            if was_called(server):
                problems.setdefault("called the server", stop)
    assert not problems, "\n".join(f"{stop}: {fault}" for fault, stop in problems.items())
    assert outside.asked == []
    assert strays.seen == set()
    assert any("bold" in tip for tip in told), "no tool tip with a name came up"


def faults() -> Iterator[str]:
    """Yield what would show a name otherwise than letter by letter."""
    for widget in tour.visible():
        if widget.inherits("QTipLabel"):
            continue  # tool tips are looked at by themselves
        if isinstance(widget, QLabel):
            if widget.textFormat() != Qt.TextFormat.PlainText and Qt.mightBeRichText(widget.text()):
                yield f"a label takes this for HTML: {widget.text()[:60]}"
            if widget.buddy() is not None and _underlines(widget.text()):
                yield f"a label underlines a letter of {widget.text()[:60]}"
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty() and _underlines(widget.text()):
            yield f"{type(widget).__name__} makes a key of {widget.text()[:60]}"
        if isinstance(widget, QMenu):
            yield from (
                f"a menu underlines a letter of {one.text()}" for one in widget.actions() if _underlines(one.text())
            )
        for where, text in tour.words_on(widget):
            tip = "tip" in where.lower()
            if not tip and ("&lt;b&gt;" in text or "&amp;amp;" in text):
                yield f"{where} is escaped twice: {text[:80]}"


def _underlines(text: str) -> bool:
    return "R&D" in text.replace("&&", "")


def tip_faults(told: set[str]) -> Iterator[str]:
    """Bring up each tool tip that was not seen before, and yield what it shows otherwise than letter by letter."""
    for widget, place, tip in tour.tips():
        if tip in told:
            continue
        told.add(tip)
        tour.hover(widget, place)
        if Qt.mightBeRichText(tip) and re.search(r"<(b|img|table|link|style)\b", tip):
            yield f"a tool tip of {type(widget).__name__} is HTML: {tip[:80]}"
        elif (
            Qt.mightBeRichText(tip)
            and "bold" in tip
            and "<b>bold</b>" not in QTextDocumentFragment.fromHtml(tip).toPlainText()
        ):
            yield f"a tool tip of {type(widget).__name__} is not shown as it is: {tip[:80]}"
        elif not Qt.mightBeRichText(tip) and "&lt;b" in tip:
            yield f"a tool tip of {type(widget).__name__} is escaped for nothing: {tip[:80]}"
        for top in QApplication.topLevelWidgets():
            if top.isVisible() and top.inherits("QTipLabel"):
                top.grab()
    QToolTip.hideText()


def test_only_a_click_on_a_link_to_the_web_leads_outside(qtbot, looks, tmp_path, baits, server, outside):
    laid_out(tmp_path / "library", server.getsockname()[1])
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        for number in (0, 1):
            hands.open(f"{name_of_all()} {number}")
            for dead in ("link to 0", "link to 1", "mark to 0", "mark to 1", "mark to 2", "mark to 3", "mark to 4"):
                if dead in hands.text:
                    hands.click_text(dead)
                    hands.window.reader.escape()
            assert outside.asked == []
            hands.click_text("the way out")
            hands.until(lambda: outside.asked)
            assert outside.asked == ["https://example.org/way?a=1&b=2"]
            outside.asked.clear()
    assert not was_called(server)
    assert baits is None or baits.opened() == []


def test_a_link_in_a_note_leads_outside_only_to_the_web(qtbot, looks, tmp_path, outside):
    note = "[away](https://example.org/a) [local](file:///etc/passwd) [run](javascript:alert(1)) [share](smb://x/y)"
    (tmp_path / "ferry.md").write_text("# The ferry\n\nIt runs at night, and nobody asked for it.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md")
        workspace.highlights.add_quote(workspace.articles.keys()[0], "at night", note=note)
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        hands.window.reader.open_note(hands.window.context.session.highlights[0].id)
        editor = hands.window.reader.card.findChild(NoteEditor)
        editor.show_preview(True)
        hands.rest()
        for word in ("local", "run", "share", "away"):
            click_word(editor.preview, word)
            hands.rest()
        assert outside.asked == ["https://example.org/a"]


def click_word(view: QTextEdit, word: str) -> None:
    cursor = view.document().find(word)
    cursor.setPosition((cursor.selectionStart() + cursor.selectionEnd()) // 2)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect(cursor).center() + QPoint(2, 0))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "smb://host/x", "x"]
)
def test_the_address_of_an_article_is_opened_only_when_it_leads_to_the_web(address, qtbot, looks, outside, tmp_path):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        said: list[str] = []
        hands.window.messages.spoken.connect(said.append)
        describing.open_link(hands.window.context, address)
        assert said == ["This link is not opened: it leads to no web page."]
        assert outside.asked == []
        describing.open_link(hands.window.context, "https://example.org/")
        assert outside.asked == ["https://example.org/"]
