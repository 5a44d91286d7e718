"""Another library, or one's own, as a copy that may be read, brought to this version and tried things on."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, closing
from pathlib import Path

from app.backup import copy_database, room
from app.errors import LibraryError
from app.library.database import is_there, translated
from app.library.holdings import Holdings
from app.library.library import FILE, Library
from app.progress import Progress


def borrow(stack: ExitStack, folder: Path, near: Path) -> Generator[Progress, None, Holdings]:
    """Open a copy of the library in a folder, which is only read; yields progress meanwhile.

    The copy lies in ``near`` and goes with the ``stack``. Raises ``LibraryError``, which names ``folder``.
    """
    if not is_there(folder / FILE):
        raise LibraryError("There is no library in “{folder}”.", "Check the path.", folder=str(folder))
    copy = stack.enter_context(room(near))
    with translated(folder / FILE), closing(copy_database(folder / FILE, copy / FILE)) as steps:
        for _ in steps:
            yield Progress(0, 0, folder.name)
    try:
        library = Library(copy, create=False)
    except LibraryError as error:
        raise LibraryError(error.template, error.hint, **{**error.values, "folder": str(folder)}) from error
    stack.callback(library.close)
    return Holdings(library)
