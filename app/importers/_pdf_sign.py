"""What tells a PDF from other files."""

from __future__ import annotations

from typing import Final

_HEAD: Final = 1024


def is_pdf(data: bytes) -> bool:
    """Tell from its bytes whether a file is a PDF; some have a few bytes of something else before it."""
    return b"%PDF-" in data[:_HEAD]
