"""Steps of the history, and what is said of one that cannot be undone or redone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Conflict
from app.wording import Message


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo takes back. ``made`` is UTC milliseconds; ``origin`` says where it was done; ``size`` is bytes."""

    number: int
    label: Message
    made: int
    origin: str
    done: bool
    size: int


def conflict(step: Step, others: Sequence[Step]) -> Conflict:
    """Return why a step cannot be played, and which others are in its way, by name and number."""
    names = ", ".join(f"“{other.label}” ({other.number})" for other in others[:5])
    if len(others) > 5:
        names += ", …"
    if not others:
        return Conflict("“{step}” cannot be played back: the library has changed since.", "", step=str(step.label))
    if step.done:
        return Conflict(
            "“{step}” cannot be undone alone: later steps build on it.",
            "Undo these first: {others}.",
            step=str(step.label),
            others=names,
        )
    return Conflict(
        "“{step}” cannot be redone yet: it builds on steps that are undone.",
        "Redo these first: {others}.",
        step=str(step.label),
        others=names,
    )
