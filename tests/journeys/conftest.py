"""Readers in processes of their own, articles for them, and what they said they did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.importing.reader import Job
from app.importing.reading import Readers, Result
from app.workspace import Workspace
from tests.hostile import SECONDS, Files, faults_of

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


def possible(theme: str, later: Deeds) -> set[str]:
    """Return what a theme may be called after later deeds: a merge that is done but was not confirmed counts too."""
    merges = {deed["source"]: deed["target"] for deed in later if deed["deed"] == "merge"}
    name, _, digit = theme.rpartition(" ")
    if theme in merges:
        return {merges[theme]}
    return {theme, f"{name} {int(digit) - 2}"} if digit in ("3", "4") else {theme}


def _missing(workspace: Workspace, deeds: Deeds) -> list[str]:
    lost = []
    paths = {theme.id: " > ".join(theme.path) for theme in workspace.themes.all()}
    for number, deed in enumerate(deeds):
        kind = deed["deed"]
        if kind == "article":
            there = [found.article.id for found in workspace.search(f"title:{deed['word']}").found] == [deed["id"]]
        elif kind == "highlight":
            found = [one.highlight for one in workspace.search(f"note:{deed['note']}", passages=True).found]
            wanted = [{deed["quote"]}, *(possible(name, deeds[number:]) for name in deed["themes"])]
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


@pytest.fixture(scope="module")
def readers(tmp_path_factory) -> Iterator[Readers]:
    """Yield a reading process that has read its first file."""
    path = tmp_path_factory.mktemp("first") / "first.text"
    path.write_text("The wall\n\nThe wall was built after the flood, and nobody was asked.\n")
    with Readers(jobs=1, seconds=SECONDS) as started:
        assert [result.error for result in started.read([Job(path, path.name)]) if result] == [None]
        yield started


@pytest.fixture
def read(readers, tmp_path) -> Callable[[Files], list[Result]]:
    """Return what reads files as an import does, and checks what was promised of each."""

    def reading(files: Files) -> list[Result]:
        jobs = []
        for number, (name, data) in enumerate(files):
            path = tmp_path / f"{number:05} {name}"
            path.write_bytes(data)
            jobs.append(Job(path, path.name))
        results = [result for result in readers.read(jobs) if result is not None]
        assert len(results) == len(jobs)
        faults = [f"{result.job.path}: {fault}" for result in results for fault in faults_of(result)]
        assert not faults, "\n".join(faults)
        for job in jobs:
            job.path.unlink()
        return results

    return reading
