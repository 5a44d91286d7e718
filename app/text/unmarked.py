"""Which notes are plain already: most are, and need no reader of Markdown."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = re.compile(r"[\t*_`#>\[\]|~\\<&]|^\s*(?:[-+=]|\d+[.)])|\s{2}|https?://")


def unmarked(text: str) -> bool:
    """Return whether a Markdown text is one line that reads as it is written."""
    return "\n" not in text and not _MARKS.search(text)
