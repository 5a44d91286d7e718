"""What a typesetting process does (see ``_apart``): it runs typst once over a folder.

What it finds is data that the template shows; it opens no socket, and reads and writes in its folder alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from app.loading import load

SOURCE: Final = "document.typ"
FONTS: Final = "fonts"
FOUND: Final = "found.json"
SET: Final = "document.pdf"
_ASKED: Final = (
    "(notes: query(<note>).map(one => (one.value, one.location().page(), one.location().position().y.pt())), "
    "heights: query(<height>).map(one => one.value), "
    "heads: query(<head>).map(one => (one.value, one.location().page(), one.location().position().y.pt())))"
)


def work(task: str, folder: Path) -> int:
    """Do one of the two runs: ``survey`` finds where things stand, ``set`` writes the PDF. Return 1 when it failed."""
    try:
        (_survey if task == "survey" else _set)(folder)
    except RuntimeError as error:
        (folder / FOUND).write_text(json.dumps({"error": str(error)[:2000]}), encoding="utf-8")
        return 1
    return 0


def _survey(folder: Path) -> None:
    """Find the pictures that cannot be drawn, and then the pages and places of notes and headings."""
    data = folder / "data.json"
    broken = [path.name for path in sorted(folder.glob("picture-*")) if not _is_drawn(folder, path)]
    if broken:
        known = json.loads(data.read_text(encoding="utf-8"))
        data.write_text(json.dumps(known | {"broken": broken}, ensure_ascii=False), encoding="utf-8")
    found = json.loads(_compiler(folder).eval(_ASKED))
    (folder / FOUND).write_text(json.dumps(found | {"broken": broken}), encoding="utf-8")


def _is_drawn(folder: Path, path: Path) -> bool:
    source = f'#set page(width: 9pt, height: 9pt)\n#image("{path.name}", width: 1pt)'
    try:
        load("typst").compile(source.encode(), root=str(folder), ignore_system_fonts=True)
    except RuntimeError:
        return False
    return True


def _set(folder: Path) -> None:
    _compiler(folder).compile(output=str(folder / SET), format="pdf")


def _compiler(folder: Path) -> Any:
    typst = load("typst")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder / FONTS)])
    nowhere = str(folder / "packages")
    return typst.Compiler(
        str(folder / SOURCE), root=str(folder), font_paths=fonts, package_path=nowhere, package_cache_path=nowhere
    )
