"""The fonts of a page of a PDF: which are bold, italic or of one width."""

from __future__ import annotations

import re
from ctypes import c_void_p, cast, create_string_buffer
from dataclasses import dataclass
from typing import Any, Final

_BOLD: Final = re.compile(r"bold|black|heavy|demi|\bBX\b|CMBX|medi(?![a-z])", re.IGNORECASE)
_ITALIC: Final = re.compile(r"ital|obli|CMTI|CMSL", re.IGNORECASE)
_MONO: Final = re.compile(r"mono|mon[lp]-|courier|consol|typewriter|menlo|inconsolata|CMTT|LMMono", re.IGNORECASE)
_FIXED_FLAG, _ITALIC_FLAG, _BOLD_FLAG = 1, 1 << 6, 1 << 18
_LONGEST: Final = 256


@dataclass(frozen=True, slots=True)
class Style:
    """How a word is set: its size in points, bold, italic, in a font of one width."""

    size: float
    bold: bool = False
    italic: bool = False
    mono: bool = False


class Fonts:
    """The fonts of one page by their addresses, which hold while the page is open."""

    def __init__(self, raw: Any) -> None:
        """Begin with none."""
        self._raw = raw
        self._known: dict[int, tuple[bool, bool, bool]] = {}
        self._name = create_string_buffer(_LONGEST)

    def style(self, thing: Any, size: float) -> Style:
        """Return the style of a text object that is set in ``size`` points."""
        font = self._raw.FPDFTextObj_GetFont(thing) if thing else None
        if not font:
            return Style(size)
        key = cast(font, c_void_p).value or 0
        if key not in self._known:
            self._known[key] = self._look(font)
        return Style(size, *self._known[key])

    def _look(self, font: Any) -> tuple[bool, bool, bool]:
        length = self._raw.FPDFFont_GetBaseFontName(font, self._name, _LONGEST)
        name = self._name.raw[: max(0, min(length, _LONGEST) - 1)].decode("utf-8", "replace")
        flags = max(0, self._raw.FPDFFont_GetFlags(font))
        bold = bool(_BOLD.search(name) or flags & _BOLD_FLAG)
        italic = bool(_ITALIC.search(name) or flags & _ITALIC_FLAG)
        return bold, italic, bool(_MONO.search(name) or flags & _FIXED_FLAG)
