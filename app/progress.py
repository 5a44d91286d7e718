"""How far a journey is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` parts (as far as they are known by now), and the name of the last one."""

    done: int
    total: int
    name: str
