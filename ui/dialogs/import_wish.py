"""What is wished in the import dialog: which files, read how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.importing.journey import Form


@dataclass(frozen=True, slots=True)
class ImportWish:
    """Files, and the form in which all of them are to be read."""

    paths: tuple[Path, ...]
    form: Form
