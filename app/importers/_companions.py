"""Which files may be articles, and what lies beside them for what they show: found, and not taken for articles.

That is the folder that a browser makes beside a saved page, and the pictures beside pages and notes. No name in a file
leads out of the folder in which the file lies or, where that lies in a folder that its reader gave, out of that.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from app.importers._elsewhere import SUFFIXES
from app.pictures import LARGEST

if TYPE_CHECKING:
    from app.importers._base import File

ATTACHMENTS: Final = "attachments"

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PICTURE: Final = re.compile(r"[0-9a-f]{64}\.(?:png|jpeg|gif|webp)")
# what systems and word processors leave in folders
_SYSTEM: Final = frozenset(("__macosx", "thumbs.db", "desktop.ini", "$recycle.bin"))
_HIDDEN: Final = (".", "~$")
_NOTES: Final = (".md", ".markdown")
# where notes keep what they show, as the programs call it that write them
_PLACES: Final = (
    ATTACHMENTS,
    "Attachments",
    "assets",
    "Assets",
    "images",
    "Images",
    "media",
    "_resources",
    "resources",
)
_PAGES: Final = (".html", ".htm", ".xhtml")
# as browsers call it in different languages
_ENDINGS: Final = (
    "_files", "-files", ".files", " files", "_file", "-dateien", "_dateien", "_fichiers", "-fichiers", "_archivos",
    "_arquivos", "_bestanden", "_filer", "-filer", "_soubory", "_pliki", "_datoteke", "_elemei", "_tiedostot", ".fld",
)  # fmt: skip


def folder_of(page: Path) -> Path | None:
    """Return the folder in which a page or a note lies, which may show what lies there; ``None`` for other files."""
    return page.parent if page.suffix.lower() in (*_NOTES, *_PAGES) else None


def finder(file: File) -> Callable[[str], bytes | None] | None:
    """Return what finds what a page or a note names by an address; ``None`` where nothing lies beside it."""
    folder, beside, given = file.folder, file.beside, file.given
    if folder is None and beside is None:
        return None
    name = PurePosixPath(file.name)
    # A page may have another name by now than the one its pictures' folder was called by.
    renamed = [name.stem + ending for ending in _ENDINGS] if name.suffix.lower() in _PAGES else []
    places = _PLACES if name.suffix.lower() in _NOTES else ()

    def find(address: str) -> bytes | None:
        steps = _steps(address)
        if not steps:
            return None
        ways = [steps, *((place, *steps) for place in places)]
        if folder is None:
            found = (beside("/".join(way)) for way in ways) if beside is not None else iter(())
            return next((data for data in found if data is not None), None)
        ways += [(other, *steps[1:]) for other in renamed if len(steps) > 1]
        looked = [(folder, way) for way in ways if ".." not in way]
        if given is not None and folder.is_relative_to(given):
            around = folder.relative_to(given).parts
            looked += [(given, led) for way in ways if ".." in way and (led := _led((*around, *way)))]
            # where a collection of notes keeps what all of them show
            looked += [(given, way) for way in ways if name.suffix.lower() in _NOTES and ".." not in way]
        return next((data for place, way in looked if (data := read_inside(place, way)) is not None), None)

    return find


def _led(steps: Sequence[str]) -> tuple[str, ...]:
    """Return where steps lead, some of which lead up; nowhere if that is above the first."""
    led: list[str] = []
    for step in steps:
        if step != "..":
            led.append(step)
        elif led:
            led.pop()
        else:
            return ()
    return tuple(led)


def _steps(address: str) -> tuple[str, ...]:
    """Return the steps of a relative address from a file's folder; none for any other."""
    try:
        split = urlsplit(address)
    except ValueError:
        return ()
    path = PurePosixPath(unquote(split.path).replace("\\", "/"))
    if split.scheme or split.netloc or path.is_absolute() or "\0" in str(path):
        return ()
    return path.parts


def without(folders: Sequence[str], files: Iterable[str]) -> list[str]:
    """Return the names of those folders that do not belong to a page among the files beside them."""
    stems = {Path(name).stem for name in files if Path(name).suffix.lower() in _PAGES}
    owned = {(stem + ending).lower() for stem in stems for ending in _ENDINGS}
    return [name for name in folders if name.lower() not in owned]


def is_passed_over(name: str) -> bool:
    """Tell whether a file or folder is by its name none of a reader's.

    It is hidden, the system's own, or a picture that this program put beside its notes.
    """
    return name.startswith(_HIDDEN) or name.lower() in _SYSTEM or _PICTURE.fullmatch(name) is not None


def files_in(
    folder: Path, suffixes: Set[str], unreadable: Callable[[OSError], None] | None = None
) -> Iterator[tuple[Path, bool]]:
    """Yield the files in a folder, and in those in it, and tell of each whether its name is one of an article.

    ``suffixes`` are those that are read. What is passed over, or belongs to a saved page, is not among the files.
    """
    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in without(folders, names) if not is_passed_over(name))
        here = Path(place)
        for name in sorted(names):
            if not is_passed_over(name):
                path = here / name
                suffix = path.suffix.lower()
                yield path, not suffix or suffix in suffixes or suffix in SUFFIXES


def read_inside(folder: Path, steps: tuple[str, ...]) -> bytes | None:
    """Return the bytes of a regular file in a folder, unless it is large or a link leads out of the folder to it."""
    try:
        path = folder.joinpath(*steps).resolve(strict=True)
        if not path.is_relative_to(folder.resolve(strict=True)):
            return None
        handle = os.open(path, _FLAGS)
    except (OSError, ValueError, RuntimeError):
        return None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return None
        with os.fdopen(handle, "rb", closefd=False) as opened:
            return opened.read(LARGEST + 1)
    except OSError:
        return None
    finally:
        os.close(handle)
