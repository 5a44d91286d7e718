"""The digits of the themes of two libraries joined: each belongs to one theme, the one that got it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.library.database import Row
from app.merging.sides import Joining
from app.wording import Message

_NEW, _OURS, _THEIRS = range(3)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A theme of ours, what digit it is to have since when, and whose wish that is."""

    theme: Row
    digit: int | None
    since: int
    whose: int

    @property
    def order(self) -> tuple[int, int, int]:
        """Return what puts the later claim first, ours before one of theirs as old, and themes that are new last."""
        return (self.whose == _NEW, -self.since, self.whose)


def take_digits(join: Joining, known: Mapping[int, Row], new: Mapping[int, Row]) -> None:
    """Let themes have their latest digits. Of two that claim one the later has it; a new theme gets what is free.

    ``known`` and ``new`` are their themes by the keys of ours.
    """
    rows = join.into.rows("SELECT * FROM theme ORDER BY rank, id")
    claims = [_claim(join, row, known.get(row["id"]), new.get(row["id"])) for row in rows]
    owners: dict[int, str] = {}
    for claim in sorted(claims, key=lambda one: one.order):
        theme, digit, name = claim.theme, claim.digit, str(claim.theme["name"])
        if digit in owners:
            said = "“{theme}” has no digit here: {digit} is that of “{other}”."
            join.said.append(Message(said, {"theme": name, "digit": digit, "other": owners[digit]}))
            digit = None
        elif digit is not None:
            owners[digit] = name
        if digit != theme["digit"]:
            join.into.update("theme", theme["id"], {"digit": digit})
            join.newest.date("theme", theme["id"], "digit", claim.since)
            if claim.whose != _NEW:
                join.newest.note("theme", name, "digit", theme["digit"], digit)


def _claim(join: Joining, ours: Row, known: Row | None, new: Row | None) -> _Claim:
    column = ("digit",)
    if new is not None:
        return _Claim(ours, new["digit"], join.newest.there("theme", new, column), _NEW)
    if known is not None and join.newest.taken("theme", ours, known, [column]):
        return _Claim(ours, known["digit"], join.newest.there("theme", known, column), _THEIRS)
    return _Claim(ours, ours["digit"], join.newest.here("theme", ours, column), _OURS)
