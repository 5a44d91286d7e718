"""What a person can choose to export, and the choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.exporting.bundling import Selection


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that can be exported: its name for a person, how many articles or passages it has, and how to get it.

    ``count`` below 0 is not known and not shown; ``says`` tells what goes along; a file of it is ``called`` so, or else
    by its name.
    """

    key: str
    name: str
    count: int
    selection: Selection
    says: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """A whole choice: what, in which format with which options (as the command line writes them), and where to."""

    scope: str
    selection: Selection
    format: str
    options: Mapping[str, str]
    target: Path
