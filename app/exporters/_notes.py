"""Notes as bodies and as Markdown: the reader of Markdown, and a short way round it for what needs no Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.exporters._escaping import harmless
from app.exporters._markdown_body import body_markdown
from app.text.body import Body, Piece, Run
from app.text.markdown_reader import read_markdown

# Letters, digits and marks that mean nothing in Markdown; no two spaces, which are read as one.
_PLAIN: Final = r"""(?:[^\W_]|\ (?!\ )|[,;.?!()'"’‘“”–—…/%-]|:(?=\s|$))"""
_WORDS: Final = rf"[^\W_](?:{_PLAIN}*[^\W_])?"
_STRESSED: Final = re.compile(
    rf"(?<![^\s(]) (?: \*\*(?P<strong>{_WORDS})\*\* | \*(?P<emphasis>{_WORDS})\* ) (?![^\s,.;:?!)])", re.VERBOSE
)
_LINE: Final = re.compile(rf"[^\W\d_](?:{_PLAIN}*[^\s\W_]|{_PLAIN}*[,;.?!()'\"’‘“”…%:])?", re.VERBOSE)
_ITEM: Final = "- "
_REACHES: Final = re.compile(r"```|~~~|^[ \t]*#|^[ \t]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_LOWEST: Final = 5


def note_body(note: str, *, as_written: bool = False) -> Body:
    """Return a note, which is Markdown from anywhere, as blocks and runs; raw HTML in it is text.

    ``as_written`` leaves the signs for what is struck through, and for boxes, where nothing else can show these.

    The reader of Markdown takes a millisecond, and most notes are a plain sentence. Paragraphs of one line and lists,
    with words stressed by stars, are read here to the same blocks; all else goes to the reader.
    """
    pieces = _simple(note)
    return Body.of(read_markdown(note, note=not as_written) if pieces is None else pieces)


def note_markdown(note: str) -> str:
    """Return a note as it can stand in a document of Markdown: harmless, and without reach beyond itself.

    Code that it leaves open would take in what comes after it, and its headings would be those of the document: such a
    note is written anew from what it says, its headings of the lowest level.
    """
    if _REACHES.search(note):
        return body_markdown(note_body(note, as_written=True), _LOWEST)
    return harmless(note)


def _simple(note: str) -> list[Piece] | None:
    """Return the blocks of a note that is simple enough, otherwise ``None``."""
    pieces: list[Piece] = []
    for block in note.strip("\n").split("\n\n"):
        lines = block.split("\n")
        is_list = block.startswith(_ITEM)
        if (len(lines) > 1 and not is_list) or (is_list and pieces and pieces[-1].kind == "item"):
            return None
        for line in lines:
            piece = _piece(line.removeprefix(_ITEM)) if line.startswith(_ITEM) == is_list else None
            if piece is None:
                return None
            pieces.append(Piece(piece.text, "item", {"depth": 1, "ordered": False}, piece.runs) if is_list else piece)
    return pieces


def _piece(line: str) -> Piece | None:
    """Return a line of plain words, some of them stressed, otherwise ``None``."""
    text = ""
    runs: list[Run] = []
    for part, kind in _parts(line):
        if kind:
            runs.append(Run(len(text), len(text) + len(part), kind))
        text += part
    return Piece(text, runs=tuple(runs)) if _LINE.fullmatch(text) else None


def _parts(line: str) -> Iterator[tuple[str, str]]:
    position = 0
    for match in _STRESSED.finditer(line):
        yield line[position : match.start()], ""
        yield match["strong"] or match["emphasis"], "strong" if match["strong"] else "emphasis"
        position = match.end()
    yield line[position:], ""
