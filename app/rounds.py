"""A round with another coder, as a value: who was asked to code what, and when it came back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Round:
    """What a coder was asked to code. ``articles`` are ids; times are UTC milliseconds, ``taken`` is 0 until it is in.

    ``library`` is the id of the library that asked. ``blind``: the values that the reader gave to attributes were not
    handed over.
    """

    id: str
    coder: str
    articles: tuple[str, ...] = ()
    made: int = 0
    taken: int = 0
    library: str = ""
    blind: bool = False
