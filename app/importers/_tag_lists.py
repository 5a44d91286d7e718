"""Lists of tags in one cell of a table: JSON, a list as Python writes it, or words with commas or bars between them."""

from __future__ import annotations

import ast
from typing import Final

_LONGEST: Final = 20_000


def listed(cell: str) -> list[str]:
    """Return the tags in a cell. ``['a', 'b\\'c']``, ``["a", "b"]``, ``a, b`` and ``a|b`` are all in use."""
    text = cell.strip()
    if text.startswith("[") and text.endswith("]") and len(text) <= _LONGEST:
        try:
            found = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            text = text[1:-1]
        else:
            return [str(tag) for tag in found if isinstance(tag, str | int)] if isinstance(found, list) else []
    return [tag.strip() for tag in text.split("|" if "|" in text else ",") if tag.strip()]
