"""Cells of tables that no spreadsheet takes for a formula, and the way back."""

from __future__ import annotations

from typing import Final

_ACTING: Final = ("=", "+", "-", "@", "\t", "\r", "'")


def guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: ``'`` goes before ``= + - @``, tab and return.

    A leading ``'`` is doubled, so that there is always a way back (:func:`unguard`).
    """
    return f"'{cell}" if cell.startswith(_ACTING) else cell


def unguard(cell: str) -> str:
    """Return the cell as it was before :func:`guard`; a ``'`` that guards nothing was written by a person and stays."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_ACTING) else cell
