"""What can be said of a text without holding it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.text.body import Body

_PLAIN: Final = frozenset(("paragraph",))


@dataclass(frozen=True, slots=True)
class Makeup:
    """What a text is made of.

    ``letters`` is how long it is, and ``is_blank`` says that they are white space; ``has_runs`` that some of it is set
    apart, and ``is_shaped`` that it is more than plain paragraphs. ``images`` are what its images say of the pictures
    that were kept of them: their SHA-256, ``""`` for each one that was not. ``is_cut`` says that something is left out.
    """

    letters: int
    is_blank: bool
    has_runs: bool
    is_shaped: bool
    images: tuple[str, ...]
    is_cut: bool


def makeup_of(body: Body, *, is_cut: bool) -> Makeup:
    """Return what a text is made of."""
    kinds = {block.kind for block in body.blocks}
    images: tuple[str, ...] = ()
    if "image" in kinds:
        images = tuple(str(block.attributes.get("picture", "")) for block in body.blocks if block.kind == "image")
    return Makeup(
        len(body.text),
        not body.text.strip(),
        bool(body.runs),
        bool(body.runs) or not kinds <= _PLAIN,
        images,
        is_cut,
    )
