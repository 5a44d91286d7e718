"""What a search and a template may say, as the help shows it: tables among the resources, translated like all words."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import NamedTuple

from app import places
from ui.wording import translated


class Group(NamedTuple):
    """Examples of one kind, each with what it finds."""

    name: str
    rows: Sequence[tuple[str, str]]


def query_help() -> list[Group]:
    """Return the groups of the help on queries, in the reader's language."""
    return _read("queries")


def template_help() -> list[Group]:
    """Return the groups of the help on templates for exports, in the reader's language."""
    return _read("templates")


def _read(name: str) -> list[Group]:
    table = tomllib.loads((places.resources() / "help" / f"{name}.toml").read_text(encoding="utf-8"))
    groups = []
    for group in table["group"]:
        rows = [(translated(example), translated(meaning)) for example, meaning in group["rows"]]
        groups.append(Group(translated(group["name"]), rows))
    return groups
