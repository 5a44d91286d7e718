"""What tests of REFI-QDA projects share: small ones, written element by element."""

from __future__ import annotations

import io
import zipfile


def guid(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


def coded(code: int) -> str:
    return f'<Coding guid="{guid(900 + code)}"><CodeRef targetGUID="{guid(code)}"/></Coding>'


def project(sources: str, files: dict[str, bytes] | None = None, more: str = "", before: str = "") -> bytes:
    """Return a project with the codes Fear (1) and Hope (2), and what stands before and behind its sources."""
    data = io.BytesIO()
    codes = "".join(
        f'<Code guid="{guid(number)}" name="{name}" isCodable="true"/>' for number, name in ((1, "Fear"), (2, "Hope"))
    )
    with zipfile.ZipFile(data, "w") as zipped:
        zipped.writestr(
            "project.qde",
            '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Wall"><CodeBook>'
            f"<Codes>{codes}</Codes></CodeBook>{before}<Sources>{sources}</Sources>{more}</Project>",
        )
        for name, content in (files or {}).items():
            zipped.writestr(f"sources/{name}", content)
    return data.getvalue()


def selection(number: int, start: int, end: int, name: str, code: int = 1) -> str:
    return (
        f'<PlainTextSelection guid="{guid(number)}" name="{name}" startPosition="{start}" endPosition="{end}">'
        f"{coded(code)}</PlainTextSelection>"
    )
