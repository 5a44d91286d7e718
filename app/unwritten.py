"""Words that a library did not take before it was closed: in files of the user's own, until they are deleted.

The first line of a file names the folder of its library, so that the files are all there is to know of them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from app.places import unwritten_words

_BETWEEN: Final = "\n\n* * *\n\n"
_NO_LETTER: Final = "surrogateescape"  # the name of a folder may hold any byte
_KIND: Final = ".txt"
_SEEN: Final = ".seen.txt"


def keep(library: Path, words: Sequence[str]) -> None:
    """Put words into a file of their library; one that was not looked at yet goes on. Raises ``OSError``."""
    path, head = find(library), []
    if path is None:
        head = [_name(library)]
        path = _made()
    with path.open("a", encoding="utf-8", errors=_NO_LETTER) as file:
        file.write(_BETWEEN.join([*head, *words, ""]))


def find(library: Path) -> Path | None:
    """Return the file of words of a library that was not looked at yet."""
    return next((path for path in _files(library) if not path.name.endswith(_SEEN)), None)


def put_aside(path: Path) -> Path:
    """Take a file as looked at, and return where it is from now on. Raises ``OSError``."""
    return path.rename(path.with_suffix(_SEEN))


def put_back(path: Path) -> None:
    """Take a file that was put aside as one that was not looked at. Raises ``OSError``."""
    path.rename(path.with_name(path.name.removesuffix(_SEEN) + _KIND))


def remove_all(library: Path) -> None:
    """Remove all files of words of a library. Raises ``OSError``."""
    for path in _files(library):
        path.unlink(missing_ok=True)


def _files(library: Path) -> list[Path]:
    """Return the files of a library's words; what a foreign hand put there, or cannot be read, is passed over."""
    head = _name(library) + _BETWEEN
    return [path for path in sorted(unwritten_words().glob(f"*{_KIND}")) if _beginning(path, len(head)) == head]


def _beginning(path: Path, size: int) -> str:
    try:
        with path.open(encoding="utf-8", errors=_NO_LETTER) as file:
            return file.read(size)
    except OSError:
        return ""


def _name(library: Path) -> str:
    return str(library.absolute())


def _made() -> Path:
    """Make an empty file that nobody else can read, of a name that no other library’s words have."""
    folder = unwritten_words()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # it may be there already, and open to others
    handle, path = mkstemp(_KIND, time.strftime("%Y-%m-%d-%H%M%S-"), folder)
    os.close(handle)
    return Path(path)
