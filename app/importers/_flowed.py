"""Plain text of mail as it was written: lines that a mail program broke are whole again (RFC 3676)."""

from __future__ import annotations

import re
from typing import Final

_SIGNED: Final = "-- "
_SIGNATURE: Final = 12  # lines
_URL: Final = re.compile(r"\S*[/.@]\S*$")
_SOLID: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def unflowed(text: str, delsp: bool) -> str:
    """Return a text of ``format=flowed``: a line that ends in a space goes on below, ``delsp`` says without it."""
    found: list[tuple[int, str]] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        if goes_on and found[-1][0] == depth and content != _SIGNED:
            found[-1] = (depth, _joined(found[-1][1], content, delsp))
        else:
            found.append((depth, content))
        goes_on = content.endswith(" ") and content != _SIGNED
    return "\n".join(f"{'>' * depth} {content}" if depth else content for depth, content in found)


def _joined(before: str, behind: str, delsp: bool) -> str:
    # Programs that state it and write one space all the same meant a space between two words.
    bare = before.removesuffix(" ")
    words = bare[-1:].isalpha() and behind[:1].isalpha() and not _SOLID.match(bare[-1:]) and not _URL.search(bare)
    return bare + behind if delsp and not words else before + behind


def without_signature(text: str) -> tuple[str, str]:
    """Return a text, and what stands below the line by which mail programs part it from its signature."""
    lines = text.replace("\r\n", "\n").split("\n")
    at = next((number for number in range(len(lines) - 1, -1, -1) if lines[number] == _SIGNED), -1)
    signature = "\n".join(line.strip() for line in lines[at + 1 :] if line.strip())
    if at < 1 or signature.count("\n") >= _SIGNATURE:
        return text, ""
    return "\n".join(lines[:at]), signature
