"""The words that were searched for, in the order of the text, and the one that the reader went to."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.ranges import Span


class HitTrail:
    """Walks over spans of code points; after the last comes the first again."""

    def __init__(self) -> None:
        """Begin without any."""
        self.spans: tuple[Span, ...] = ()
        self.place: int | None = None

    def take(self, spans: Sequence[Span]) -> None:
        """Walk over these, from no place yet."""
        self.spans, self.place = in_order(spans), None

    def current(self) -> Span | None:
        """Return the one that was gone to."""
        return self.spans[self.place] if self.place is not None else None

    def step(self, by: int, here: int) -> Span | None:
        """Go on or back by one, the first time from ``here``, and return where that is (``None``: there are none)."""
        if not self.spans:
            return None
        if self.place is None:
            after = next((number for number, span in enumerate(self.spans) if span[0] >= here), 0)
            self.place = after if by > 0 else (after - 1) % len(self.spans)
        else:
            self.place = (self.place + by) % len(self.spans)
        return self.spans[self.place]


def in_order(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans in the order of the text, without empty ones and those that lie inside an earlier one."""
    kept: list[Span] = []
    for span in sorted(span for span in spans if span[0] < span[1]):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return tuple(kept)
