"""Libraries: which ones the reader has had open, what is in them, and the example made anew."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import backup, places
from app.errors import Conflict, NotFound
from app.library.database import is_there
from app.library.library import FILE
from app.planting import is_example, plant
from app.settings import Settings
from app.workspace import Workspace
from ui.dialogs.new_library import folder_name, free_folder

RECENT: Final = 12
_LIST: Final = "libraries"


@dataclass(frozen=True, slots=True)
class Known:
    """A library that was open once: its name, its folder, and whether it is the example."""

    name: str
    folder: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the window shows of a library as a whole; ``article`` is the id of the one to begin with, or empty."""

    name: str
    example: bool
    article: str


def facts(workspace: Workspace) -> Facts:
    """Return what the window shows of a library."""
    return Facts(workspace.library.name, is_example(workspace), _first(workspace))


def _first(workspace: Workspace) -> str:
    """Return the article that was open last, or else read last, or else published last."""
    opened = workspace.library.setting("open")
    if opened:
        try:
            return workspace.articles.find(opened).id
        except NotFound:
            pass  # it was removed since
    read = workspace.articles.by_keys(workspace.positions.recent(1))
    if read:
        return read[0].id
    found = workspace.search("", limit=1, order="published").found
    return found[0].article.id if found else ""


def known(settings: Settings) -> list[Known]:
    """Return the libraries that were open, the latest first; those whose folder is gone are passed over."""
    return [one for one in _remembered(settings) if is_there(Path(one.folder, FILE))]


def _remembered(settings: Settings) -> list[Known]:
    """Return the libraries that were open, those too whose disk is elsewhere just now."""
    rows = [entry for entry in settings.remembered(_LIST, []) if isinstance(entry, list) and len(entry) == 3]
    return [Known(str(name), str(folder), bool(example)) for name, folder, example in rows]


def remember(settings: Settings, library: Known) -> None:
    """Put a library at the head of those that were open."""
    others = [one for one in _remembered(settings) if one.folder != library.folder]
    rows = [[one.name, one.folder, one.example] for one in [library, *others][:RECENT]]
    settings.remember(**{_LIST: rows, "library": library.folder})


def forget(settings: Settings, folder: str) -> None:
    """Leave a library out of the list; its folder stays as it is."""
    rows = [[one.name, one.folder, one.example] for one in _remembered(settings) if one.folder != folder]
    settings.remember(**{_LIST: rows})


def last(settings: Settings) -> Path | None:
    """Return the folder of the library that was open last, if it is still there."""
    folder = settings.remembered("library")
    return Path(folder) if isinstance(folder, str) and is_there(Path(folder, FILE)) else None


def missing(settings: Settings) -> str:
    """Return the folder of the library that was open last, if there is none in it any more; else nothing."""
    folder = settings.remembered("library")
    return folder if isinstance(folder, str) and not is_there(Path(folder, FILE)) else ""


def default() -> Path | None:
    """Return the folder in which a library lies when nobody names one, if there is one in it."""
    folder = places.default_library()
    return folder if is_there(folder / FILE) else None


def example_folder() -> Path:
    """Return where the example library lies, or shall lie."""
    return places.data_folder() / "example"


def planting(folder: Path) -> Generator[int, None, str]:
    """Make the example library in ``folder``, unless it is there; return the folder."""
    if not is_there(folder / FILE):
        yield from plant(folder)
    return str(folder)


def site(folder: Path, name: str) -> Path:
    """Return where a new library of that name is made: in a folder, or in one of its own where other things are in it.

    Raises ``Conflict`` when there is a library in the folder already.
    """
    try:
        held = {path.name for path in folder.iterdir()}
    except OSError:
        held = set()  # it is not there yet, or the library itself will say what is the matter with it
    if FILE in held:
        raise Conflict(
            "There is a library in “{folder}” already.",
            "Open that one, or choose another folder for the new one.",
            folder=str(folder),
        )
    return free_folder(folder / (folder_name(name) or "library")) if held else folder


def backing_up(folder: Path) -> Generator[None, None, int]:
    """Back up the library in ``folder`` on a connection of its own; return the size in bytes."""
    made = yield from backup.back_up(folder / FILE, folder / "backups")
    return made.size
