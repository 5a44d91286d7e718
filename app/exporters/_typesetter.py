"""What a typesetting process does (see ``_apart``): it runs typst once over a volume of a document.

What it finds is data that the template shows; it opens no socket, and reads and writes in its folder alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from app.loading import load

SOURCE: Final = "document.typ"
DATA: Final = "data.json"
PLACED: Final = "placed.json"
FONTS: Final = "fonts"
FOUND: Final = "found.json"
SET: Final = "document.pdf"
_ASKED: Final = (
    "(notes: query(<note>).map(one => (one.value, one.location().page(), one.location().position().y.pt())), "
    "heights: query(<height>).map(one => one.value), "
    "heads: query(<head>).map(one => (one.value, one.location().page(), one.location().position().y.pt())), "
    "levels: query(heading).map(one => one.level), pages: query(<end>).map(one => one.location().page()).last())"
)


def work(task: str, folder: Path, name: str = "") -> int:
    """Do one of the two runs over the volume of this name in a folder, and return 1 when it failed.

    ``survey`` finds where things stand, ``set`` writes the PDF.
    """
    place = folder / name
    try:
        (_survey if task == "survey" else _set)(place)
    except (RuntimeError, OSError) as error:
        return failed(place, error)
    return 0


def failed(folder: Path, error: Exception) -> int:
    """Say in a folder why what was to be done there failed, and return the status for that."""
    (folder / FOUND).write_text(json.dumps({"error": str(error)[:2000]}), encoding="utf-8")
    return 1


def _survey(folder: Path) -> None:
    """Find the pictures that cannot be drawn, and then the pages and places of notes and headings."""
    data = folder / DATA
    known = json.loads(data.read_text(encoding="utf-8"))
    broken = [name for name in sorted(known["pictures"]) if not _is_drawn(folder.parent, name)]
    if broken:
        data.write_text(json.dumps(known | {"broken": broken}, ensure_ascii=False), encoding="utf-8")
    found = json.loads(_compiler(folder).eval(_ASKED))
    (folder / FOUND).write_text(json.dumps(found), encoding="utf-8")


def _is_drawn(folder: Path, name: str) -> bool:
    source = f'#set page(width: 9pt, height: 9pt)\n#image("{name}", width: 1pt)'
    try:
        load("typst").compile(source.encode(), root=str(folder), ignore_system_fonts=True)
    except RuntimeError:
        return False
    return True


def _set(folder: Path) -> None:
    _compiler(folder).compile(output=str(folder / SET), format="pdf")


def _compiler(folder: Path) -> Any:
    typst = load("typst")
    root = folder.parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(root / FONTS)])
    nowhere = str(root / "packages")
    return typst.Compiler(
        str(folder / SOURCE), root=str(root), font_paths=fonts, package_path=nowhere, package_cache_path=nowhere
    )
