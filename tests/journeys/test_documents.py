"""Documents and books by the command line: what they hold can be found, marked and shown like anything else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data" / "imports"


def commonplace(library: Path, *words: object) -> Any:
    ended = subprocess.run(
        [sys.executable, "-m", "app", *map(str, words), "--library", library, "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_a_document_comes_in_with_its_marks_and_its_picture(tmp_path: Path):
    library = tmp_path / "library"
    taken = commonplace(library, "import", DATA / "wall-libreoffice.docx")
    (article,) = taken["added"]
    shown = commonplace(library, "show", article["id"])
    assert (shown["title"], shown["byline"], shown["origins"]["title"]) == (
        "The Sea Wall Is Too Low", "Ada Marsh", "stated",
    )  # fmt: skip
    marks = [(one["quote"], one["themes"], one["note"], one["status"]) for one in shown["highlights"]]
    assert marks[0] == ("nobody there looks up", [], "Ask the harbour master.\n\nHe was there.", "anchored")
    assert marks[1][:2] == ("The wall was built for a sea that stood a foot lower.", ["yellow"])
    assert all(shown["text"][one["start"] : one["end"]] == one["quote"] for one in shown["highlights"])
    (image,) = [block for block in shown["blocks"] if block["kind"] == "image"]
    kept = [path.read_bytes() for path in (library / "originals").rglob("*") if path.name == image["picture"]]
    assert kept == [(DATA / "wall.png").read_bytes()]
    assert commonplace(library, "search", "theme:yellow", "--passages")["total"] == 2
    assert commonplace(library, "search", "鱼网 OR 渔网")["total"] == 1


def test_the_same_text_in_another_format_is_no_other_article(tmp_path: Path):
    library = tmp_path / "library"
    assert len(commonplace(library, "import", DATA / "wall-libreoffice.odt")["added"]) == 1
    again = commonplace(library, "import", DATA / "wall-libreoffice.docx", DATA / "wall-libreoffice.rtf")
    assert (again["added"], len(again["duplicates"])) == ([], 2)


def test_a_book_comes_in_whole_or_by_chapters(tmp_path: Path):
    book = DATA / "wall-pandoc.epub"
    assert len(commonplace(tmp_path / "whole", "import", book)["added"]) == 1
    parts = commonplace(tmp_path / "parts", "import", book, "--format", "epub", "--option", "chapters=yes")["added"]
    assert [part["title"] for part in parts] == ["The Sea Wall Is Too Low", "What it costs", "Other harbours"]
    assert len({part["source"] for part in parts}) == 3


def test_a_new_version_of_a_document_keeps_the_marks(tmp_path: Path):
    library, document = tmp_path / "library", tmp_path / "wall.odt"
    shutil.copy(DATA / "wall-libreoffice.odt", document)
    (article,) = commonplace(library, "import", document)["added"]
    shutil.copy(DATA / "wall-pandoc.odt", document)
    (updated,) = commonplace(library, "import", document)["updated"]
    assert updated["id"] == article["id"]
    states = {one["quote"]: one["status"] for one in commonplace(library, "show", article["id"])["highlights"]}
    assert len(states) == 5
    assert states["没有人从渔网上抬起头来"] == "anchored"
    assert states["the county pays half"] == "orphan"
