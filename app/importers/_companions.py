"""The folder that a browser makes beside a saved page for what the page shows: found, and not taken for articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_PAGES: Final = (".html", ".htm", ".xhtml")
# as browsers call it in different languages
_ENDINGS: Final = (
    "_files", "-files", ".files", " files", "_file", "-dateien", "_dateien", "_fichiers", "-fichiers", "_archivos",
    "_arquivos", "_bestanden", "_filer", "-filer", "_soubory", "_pliki", "_datoteke", "_elemei", "_tiedostot", ".fld",
)  # fmt: skip


def folder_of(page: Path) -> Path | None:
    """Return the folder of a saved page, if it has one."""
    if page.suffix.lower() not in _PAGES:
        return None
    beside = (page.with_name(page.stem + ending) for ending in _ENDINGS)
    return next((folder for folder in beside if folder.is_dir() and not folder.is_symlink()), None)


def without(folders: Sequence[str], files: Iterable[str]) -> list[str]:
    """Return the names of those folders that do not belong to a page among the files beside them."""
    stems = {Path(name).stem for name in files if Path(name).suffix.lower() in _PAGES}
    owned = {(stem + ending).lower() for stem in stems for ending in _ENDINGS}
    return [name for name in folders if name.lower() not in owned]
