"""Symbols and emoji: no index has them, so beside words they are passed over, and alone they find nothing."""

from __future__ import annotations

import unicodedata
from typing import Final

from app.search.execute import wanted_texts
from app.search.plan import Both, Either, Nothing, Plan, Weighed, Without, both, either, weighed, without

UNINDEXED: Final = Nothing("symbols")
"""What is asked for by symbols alone."""

_SYMBOLS: Final = frozenset(("So", "Sm"))  # an amount follows a sign of money, which is no more than punctuation then
_EMOJI: Final = range(0x1F000, 0x1FB00)  # of which every year has some that Python does not know yet
_DASHES: Final = frozenset("\u2212")


def are_in(text: str) -> bool:
    """Return whether a symbol stands in a text that is no sign of ASCII, as punctuation and the query language are."""
    return not text.isascii() and any(not char.isascii() and char not in _DASHES and _is_one(char) for char in text)


def _is_one(char: str) -> bool:
    return unicodedata.category(char) in _SYMBOLS or ord(char) in _EMOJI


def passed_over(plan: Plan, *, shut_out: bool = False) -> Plan | None:
    """Return a plan without :data:`UNINDEXED`, or nothing but that where no words are asked for beside it.

    Return ``None`` when only symbols were shut out, which says nothing. What is ``shut_out`` need have no words: it is
    the rest that is asked for.
    """
    match plan:
        case Without():
            part = passed_over(plan.part, shut_out=not shut_out)
            return None if part in (None, UNINDEXED) else without(part)
        case Weighed():
            part = passed_over(plan.part, shut_out=shut_out)
            return part if part in (None, UNINDEXED) else weighed(part, plan.boost)
        case Both() | Either():
            parts = [kept for part in plan.parts if (kept := passed_over(part, shut_out=shut_out)) is not None]
            others = [part for part in parts if part != UNINDEXED]
            if len(others) == len(parts):
                return _joined(plan, parts) if parts else None
            alone = not shut_out and not any(text for part in others for text in wanted_texts(part))
            if isinstance(plan, Both) and alone:
                return UNINDEXED
            return _joined(plan, others) if others else UNINDEXED
        case _:
            return plan


def _joined(plan: Both | Either, parts: list[Plan]) -> Plan:
    return both(parts) if isinstance(plan, Both) else either(parts)
