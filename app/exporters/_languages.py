"""Languages by the scripts that word processors keep apart: each has fonts and a dictionary of its own."""

from __future__ import annotations

from typing import Final

_RIGHTWARD: Final = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"))
_EAST_ASIAN: Final = frozenset(("ja", "ko", "yue", "zh"))


def kind_of_language(code: str) -> str:
    """Return ``bidi`` for a BCP 47 code of a language written from the right, ``eastAsia``, or ``val`` for others.

    These are the names that WordprocessingML has for them (ECMA-376, part 1, 17.3.2.20).
    """
    base = code.split("-", maxsplit=1)[0].lower()
    return "bidi" if base in _RIGHTWARD else "eastAsia" if base in _EAST_ASIAN else "val"
