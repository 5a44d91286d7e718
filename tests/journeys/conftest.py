"""Readers in processes of their own, articles for them, and what they said they did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
READER = Path(__file__).parent / "reader_at_work.py"

Deeds = list[dict[str, Any]]


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two hundred articles; each holds its own name as a word that stands nowhere else."""
    folder = tmp_path_factory.mktemp("articles")
    for number in range(200):
        word = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") + "quax"
        (folder / f"{word}.md").write_text(
            f"# The report on {word}\n\n{filler(number)}\n\nNobody had expected {word} to be found in room {number}.\n"
        )
    return folder


def filler(number: int) -> str:
    """Return a paragraph that differs from those of the others."""
    return " ".join(f"Sentence {number}-{line} speaks of trains, beds and prices in the cities." for line in range(12))


@pytest.fixture
def started() -> Callable[[Path, Path, str], subprocess.Popen[str]]:
    """Return what starts a reader: on a library, with the articles of a folder, by a name."""

    def start(library: Path, folder: Path, name: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, READER, library, folder, name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    return start


@pytest.fixture
def missing() -> Callable[[Workspace, Deeds], list[str]]:
    """Return what names the confirmed deeds that are not in a library, or that search does not find."""
    return _missing


def _missing(workspace: Workspace, deeds: Deeds) -> list[str]:
    lost = []
    merged = {deed["source"]: deed["target"] for deed in deeds if deed["deed"] == "merge"}
    paths = {theme.id: " > ".join(theme.path) for theme in workspace.themes.all()}
    for deed in deeds:
        kind = deed["deed"]
        if kind == "article":
            there = [found.article.id for found in workspace.search(f"title:{deed['word']}").found] == [deed["id"]]
        elif kind == "highlight":
            found = [one.highlight for one in workspace.search(f"note:{deed['note']}", passages=True).found]
            wanted = [{deed["quote"]}, *({name, merged.get(name, name)} for name in deed["themes"])]
            held = [found[0].quote, *(paths[theme] for theme in found[0].themes)] if found else []
            there = [mark.id for mark in found] == [deed["id"]] and len(held) == len(wanted)
            there = there and all(one in options for one, options in zip(held, wanted, strict=True))
        elif kind == "edit":
            there = workspace.articles.find(deed["id"]).metadata.byline == deed["byline"]
        else:
            there = True
        if not there:
            lost.append(json.dumps(deed))
    return lost
