"""Colours as other programs write them."""

from __future__ import annotations

import re
from typing import Final

_HEX: Final = re.compile(r"#?(?:(?P<short>[0-9a-fA-F]{3})|(?P<long>[0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?)$")


def colour_of(text: str | None) -> str:
    """Return ``#rgb``, ``#rrggbb`` or ``#rrggbbaa`` as ``#rrggbb``; nothing for what is no colour."""
    match = _HEX.match((text or "").strip())
    if not match:
        return ""
    return "#" + (match["long"] or "".join(2 * letter for letter in match["short"])).lower()
