"""Programs in scraped text are kept to the line, and short lines of pages are not taken for one."""

from __future__ import annotations

import pytest

from app.cleaning.scraped import read_scraped

ABOVE = "Every crossing is an object, and the page asks the server for the next twenty of them when it is opened."
BELOW = (
    "After that the list is drawn, and the reader sees the name of each boat together with its hour of leaving.",
    "Errors are shown in red above the list, so that nobody waits in vain at the landing.",
)

PYTHON = """import json
from pathlib import Path

def crossings(path):
    rows = [
        row
        for row in json.loads(Path(path).read_text())
    ]
    return sorted(
        rows
    )
"""
SCRIPT = """fetch('/crossings')
  .then(r => {
    if (!r.ok) {
      throw new Error(r.status)
    }
    return r.json()
  })
;
"""
FLAT = """const list = document_list();
if (list.length) {
show(list);
}
else
{
hide(list);
}
"""


def read(code: str):
    return read_scraped(f"Handling crossings\n\nBy Ada Marsh\n\n{ABOVE}\n\n{code}\n" + "\n\n".join(BELOW))


@pytest.mark.parametrize("code", [PYTHON, SCRIPT, FLAT])
def test_no_line_of_a_program_is_left_out(code):
    draft = read(code)
    lines = [line for line in code.splitlines() if line.strip()]
    assert [piece.text for piece in draft.body.pieces()] == [ABOVE, *lines, *BELOW]
    assert [piece.kind for piece in draft.body.pieces()] == [
        "paragraph",
        *["code"] * len(lines),
        "paragraph",
        "paragraph",
    ]
    assert not draft.left_out


MENU = """Home
Print
If you like this
For you
Try our app
From the archive
"""
WIKI = """History
[
edit
]
"""
MEASURING = """window.dataLayer = window.dataLayer || [];
function gtag(){
dataLayer.push(arguments);
}
gtag('js', new Date());
"""


HANDLES = """@adamarsh
@harbourledger
@dover
Author(s)
Topic(s)
"""


@pytest.mark.parametrize("lines", [MENU, WIKI, MEASURING, HANDLES])
def test_short_lines_of_a_page_are_no_program(lines):
    assert "code" not in {piece.kind for piece in read(lines).body.pieces()}


def test_points_of_a_law_and_of_a_list_are_no_program():
    points = ("(a) the harbour master;", "(b) the council (or its engineer);", "(c) the county; and", "(d) the court.")
    draft = read("\n".join(points))
    assert "code" not in {piece.kind for piece in draft.body.pieces()}
