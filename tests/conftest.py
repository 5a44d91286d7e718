"""What every test stands on: folders of its own, and nothing left behind."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest

from tests.libraries import shared_readers

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 3.0  # seconds a process or thread may take to end after its test

# On a server the same examples every time; at a desk new ones every time.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("long", parent=hypothesis.settings.get_profile("house"), max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point every folder of the user, and the library that is used when none is named, into a folder of this test."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("COMMONPLACE_LIBRARY", str(home / "library"))
    return home


@pytest.fixture
def shared() -> Path:
    """Return the folder of real articles beside the checkout; where there is none, skip the test."""
    folder = ROOT.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("no folder of real articles beside the checkout")
    return folder


@pytest.fixture(scope="session")
def pandas() -> ModuleType:
    """Return pandas, which the environment keeps apart (pyproject.toml says why)."""
    apart = str(Path(sys.prefix) / "yardsticks")
    sys.path.append(apart)
    try:
        return importlib.import_module("pandas")
    finally:
        sys.path.remove(apart)


@pytest.fixture(scope="session", autouse=True)
def _shared_readers_end() -> Iterator[None]:
    """End the reading process that tests have shared."""
    yield
    shared_readers().close()


@pytest.fixture(autouse=True)
def _nothing_left_behind(_own_folders: Path, tmp_path: Path) -> Iterator[None]:
    """Fail a test that leaves a process, a thread or an open database behind."""
    threads, children = set(threading.enumerate()), _children()
    yield
    deadline = time.monotonic() + PATIENCE
    while (left := _left(threads, children, (tmp_path, _own_folders))) and time.monotonic() < deadline:
        gc.collect()
        time.sleep(0.02)
    assert not left, f"left behind: {', '.join(left)}"


def _left(threads: set[threading.Thread], children: set[int], folders: tuple[Path, ...]) -> list[str]:
    """Name what is there and was not there before."""
    multiprocessing.active_children()  # buries those that have ended
    alive = [thread for thread in threading.enumerate() if thread not in threads and not thread.daemon]
    return [
        *(f"thread {thread.name}" for thread in alive),
        *(f"process {child} ({_command(child)})" for child in _children() - children if not _is_shared(child)),
        *(f"open database {path}" for path in _open_databases(folders)),
    ]


def _children() -> set[int]:
    """Return the processes that we have started and that are not buried yet; empty where there is no /proc."""
    return {
        int(child)
        for task in Path("/proc/self/task").glob("*/children")
        for child in _read(task).split()
    }  # fmt: skip


def _command(process: int) -> str:
    return _read(Path(f"/proc/{process}/cmdline")).replace("\0", " ").strip() or "ended, but nobody waited for it"


def _is_shared(process: int) -> bool:
    """Say whether a process lives as long as we do: multiprocessing's own housekeeper, or the reader of all tests."""
    readers = (reader._process.pid for reader in shared_readers()._readers)
    return process in readers or "multiprocessing.resource_tracker" in _command(process)


def _open_databases(folders: tuple[Path, ...]) -> list[str]:
    """Return the databases below some folders that this process holds open."""
    below = tuple(f"{folder}{os.sep}" for folder in folders)
    held = (_target(handle) for handle in Path("/proc/self/fd").glob("*"))
    return sorted({path for path in held if path.startswith(below) and path.endswith((".db", ".db-wal"))})


def _target(handle: Path) -> str:
    try:
        return str(handle.readlink())
    except OSError:
        return ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
