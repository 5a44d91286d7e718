"""A command line in this process, on a library of the test's own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from app.importing.reporting import Taken
from app.workspace import Workspace
from tests.libraries import finished, imported


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the one JSON object on standard output."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs ``commonplace WORDS...`` and tells what it said."""

    def call(*words: str) -> Said:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["commonplace", *words])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return Said(int(end.value.code or 0), said.out, said.err)

    return call


@pytest.fixture
def ask(run: Run) -> Callable[..., dict[str, Any]]:
    """Return a function that runs a command with ``--json``, which must go well, and returns its answer."""

    def call(*words: str) -> dict[str, Any]:
        said = run(words[0], "--json", *words[1:])
        assert said.code == 0, said.err
        return said.json

    return call


ARTICLE = """A bridge reopens

By Ada Marlow, Staff Writer

The old bridge over the Tarn reopened on Monday after two years of repairs, and the first to cross it was a baker.

Engineers replaced forty-one of its ninety stones. “The river decides,” said the mayor 🌉, who had waited for it.

Share this story

The café at its foot serves coffee again; the queue reached the third arch before noon on the very first day.

Leave a comment
"""


@pytest.fixture
def taken_in() -> Callable[..., Sequence[Taken]]:
    """Return a function that takes files into the library, where a test is not about ``commonplace import`` itself."""

    def take(*files: Path) -> Sequence[Taken]:
        with Workspace(Path(os.environ["COMMONPLACE_LIBRARY"])) as workspace:
            report = imported(workspace, *files)
            finished(workspace.tend())
        return report.added

    return take


@pytest.fixture
def article(taken_in: Callable[..., Sequence[Taken]], tmp_path: Path) -> str:
    """Take in one article and return its id."""
    file = tmp_path / "bridge.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    (added,) = taken_in(file)
    return added.id
