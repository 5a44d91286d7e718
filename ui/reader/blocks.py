"""Which blocks of a body belong together, what stands before a list's items, and which way a line runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.text.body import Block, Body

_RTL: Final = re.compile(
    "[\u0590-\u08ff\u200f\u061c\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
_BULLETS: Final = ("•", "◦", "▪")
_JOINED: Final = ("code", "callout", "cell", "item", "quote")


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks ``first`` to ``last`` (both inclusive) of a body that are drawn as one thing."""

    kind: str
    first: int
    last: int


def grouped(body: Body) -> tuple[Group, ...]:
    """Return the groups of a body, in order: lines of code, a call-out, a table, a list; all others one by one."""
    groups: list[Group] = []
    first = 0
    for number in range(1, len(body.blocks) + 1):
        if number < len(body.blocks) and _joined(body.blocks[number - 1], body.blocks[number]):
            continue
        groups.append(Group(body.blocks[first].kind, first, number - 1))
        first = number
    return tuple(groups)


def _joined(one: Block, other: Block) -> bool:
    if one.kind != other.kind or one.kind not in _JOINED:
        return False
    same = {"cell": "table", "callout": "label"}.get(one.kind)
    return same is None or one.attributes.get(same) == other.attributes.get(same)


def has_rtl(text: str) -> bool:
    """Return whether something in ``text`` may run from right to left."""
    return not text.isascii() and bool(_RTL.search(text))


def bullets(blocks: Sequence[Block]) -> list[str]:
    """Return what stands before each item of a list: a bullet, or its number among its neighbours of that depth."""
    marks: list[str] = []
    counts: list[int] = []
    for block in blocks:
        depth = block.attributes.get("depth", 1)
        depth = max(1, min(depth, 8)) if isinstance(depth, int) else 1
        del counts[depth:]
        counts.extend([0] * (depth - len(counts)))
        if block.attributes.get("ordered"):
            counts[depth - 1] += 1
            marks.append(f"{counts[depth - 1]}.")
        else:
            counts[depth - 1] = 0
            marks.append(_BULLETS[(depth - 1) % len(_BULLETS)])
    return marks
