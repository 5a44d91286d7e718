"""Word documents of plain lines, for tests."""

from __future__ import annotations

import io

import docx


def letter(*lines: str) -> bytes:
    """Return a Word document of a line for each paragraph."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
