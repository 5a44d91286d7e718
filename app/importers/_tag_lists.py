"""Lists of tags in one cell of a table: JSON, a list as Python writes it, or words with commas or bars between them."""

from __future__ import annotations

import ast
import json
from typing import Any, Final

_LONGEST: Final = 20_000


def listed(cell: str) -> list[str]:
    """Return the tags in a cell. ``['a', 'b\\'c']``, ``["a", "b"]``, ``a, b`` and ``a|b`` are all in use."""
    text = cell.strip()
    if text.startswith("[") and text.endswith("]") and len(text) <= _LONGEST:
        found = entries(text)
        if found is not None:
            return found
        text = text[1:-1]
    return [tag.strip() for tag in text.split("|" if "|" in text else ",") if tag.strip()]


def entries(text: str) -> list[str] | None:
    """Return the entries of a list as JSON or Python write it, ``None`` for any other text."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or len(text) > _LONGEST:
        return None
    found = _written(text)
    if not isinstance(found, list):
        return None
    return [str(one) for one in found if isinstance(one, str | int | float) and not isinstance(one, bool)]


def _written(text: str) -> Any:
    # What is both means other things in Python: a slash behind a backslash, half a character by its number.
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
