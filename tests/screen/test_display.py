"""Whether a window can be opened is said before Qt is asked: on sockets and libraries as they really are."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import display
from ui.display import trouble

ROOT = Path(__file__).resolve().parent.parent.parent
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only here a window may lack a screen")


def x_welcome() -> bytes:
    """Return what an X screen with one root window says to a client that it lets in."""
    screen = struct.pack("<IIIIIHHHHHHIBBBB", 1, 2, 0, 0, 0, 800, 600, 200, 150, 1, 1, 3, 0, 0, 24, 0)
    setup = struct.pack("<IIIIHHBBBBBBBB4x", 1, 0x400000, 0xFFFFF, 256, 0, 65535, 1, 0, 0, 0, 32, 32, 8, 255)
    return struct.pack("<BxHHH", 1, 11, 0, (len(setup) + len(screen)) // 4) + setup + screen


def x_refusal(reason: bytes = b"no entry") -> bytes:
    return struct.pack("<BBHHH", 0, len(reason), 11, 0, len(reason) // 4) + reason


@contextmanager
def x_screen(answer: bytes) -> Iterator[str]:
    """Stand where an X screen would, for any number of clients, and yield the name for DISPLAY."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        spare = taken.getsockname()[1]
    number = max(spare, 6001) - 6000
    with socket.create_server(("127.0.0.1", 6000 + number)) as door:

        def serve() -> None:
            while True:
                try:
                    client, _ = door.accept()
                except OSError:
                    return
                with client:
                    if client.recv(4096):
                        client.sendall(answer)
                        client.recv(4096)

        servant = threading.Thread(target=serve)
        servant.start()
        yield f"127.0.0.1:{number}"
        door.shutdown(socket.SHUT_RDWR)
        servant.join()


@linux
def test_without_any_name_of_a_screen_there_is_none():
    found = trouble({}, "linux")
    assert found is not None
    assert "DISPLAY" in found.sentence
    assert found.packages == ()


@linux
@pytest.mark.parametrize(
    "name", [":5977", ":5977.0", "localhost:59000", "unix:5977", "junk", "", ":", "no such host:1", "/"]
)
def test_a_screen_that_is_not_there_is_named(name):
    found = trouble({"DISPLAY": name}, "linux")
    assert found is not None
    assert name in found.sentence
    assert found.packages == ()


@linux
@given(st.text(st.characters(exclude_characters="\0"), max_size=20))
def test_any_name_of_a_screen_is_answered(name):
    surroundings = {"DISPLAY": name, "WAYLAND_DISPLAY": name[::-1], "XDG_RUNTIME_DIR": "/nowhere"}
    found = trouble(surroundings, "linux")
    assert found is None or found.sentence  # a desktop's own ":0" may be among them


@linux
def test_a_screen_that_answers_is_no_trouble_once_the_libraries_are_there():
    with x_screen(x_welcome()) as name:
        found = trouble({"DISPLAY": name}, "linux")
    if display.absent(display.X_WINDOW):
        assert found is not None
        assert found.packages == tuple(display.X_WINDOW.values())
    else:
        assert found is None


@linux
def test_a_screen_that_refuses_us_is_said():
    with x_screen(x_refusal()) as name:
        found = trouble({"DISPLAY": name}, "linux")
    assert found is not None
    assert name in found.sentence


@linux
def test_a_wayland_screen_is_enough(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    surroundings = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": "."}
    gone = trouble(surroundings, "linux")
    assert gone is not None
    assert "wayland-7" in gone.sentence
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("wayland-7")
        door.listen()
        found = trouble(surroundings | {"DISPLAY": ":5977"}, "linux")
    assert (found is None) == (not display.absent(display.WAYLAND_WINDOW))


@linux
def test_drawing_into_memory_needs_no_screen():
    assert trouble({"QT_QPA_PLATFORM": "offscreen"}, "linux") is None
    assert trouble({"QT_QPA_PLATFORM": "xcb:arguments"}, "linux") is not None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_there_is_always_a_screen(platform):
    assert trouble({}, platform) is None


@linux
def test_a_missing_library_is_named_with_what_to_type(monkeypatch):
    monkeypatch.setattr(display, "X_WINDOW", {"libxcb-absent.so.9": "libxcb-absent9", "libc.so.6": "libc6"})
    with x_screen(x_welcome()) as name:
        found = trouble({"DISPLAY": name}, "linux")
    assert found is not None
    assert "libxcb-absent.so.9" in found.sentence
    assert "libc.so.6" not in found.sentence
    assert "libxcb-absent9" in found.hint
    assert found.packages == ("libxcb-absent9", "libc6")


def test_it_is_answered_without_qt():
    program = "import sys; import ui.display; print(*sorted(name for name in sys.modules if 'PySide' in name))"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert ended.stdout.strip() == ""
