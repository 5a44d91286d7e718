"""Paths of themes, from the top down: how they are written, and how deep they may lead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.errors import InvalidInput

ARROW: Final = " > "
DEEPEST: Final = 30
"""So many levels a tree of themes may have."""


def shallow(path: Sequence[str]) -> tuple[str, ...]:
    """Return a path with no more levels than a tree may have: the names that lie too deep become one."""
    if len(path) <= DEEPEST:
        return tuple(path)
    return (*path[: DEEPEST - 1], ARROW.join(path[DEEPEST - 1 :]))


def parts(name: str) -> list[str]:
    """Return the names in a path ``A > B``; an arrow with nothing beside it is a part of a name."""
    found = [part.strip() for part in name.split(ARROW)]
    return found if all(found) else [name]


def refuse_depth(name: str, depth: int) -> None:
    """Raise ``InvalidInput`` when a theme would lie on a level that a tree does not have; those at the top are on 1."""
    if depth > DEEPEST:
        raise InvalidInput(
            "“{theme}” would lie deeper than the {levels} levels that a tree of themes can have.",
            "Hang it under a theme further up.",
            theme=name,
            levels=DEEPEST,
        )
