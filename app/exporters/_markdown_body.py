"""A body as Markdown: its blocks and runs, in the subset that every dialect reads the same way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from app.exporters._escaping import escape, escape_line, escape_lines, guard_beginning, quoted, references
from app.text.body import Body, Piece
from app.text.ranges import segments

_LINKS: Final = frozenset(("http", "https", "mailto"))
_DELIMITERS: Final = (("strong", "**"), ("emphasis", "*"))
_UNSAFE: Final = re.compile(r"""[\s()<>\\"'`*_\[\]|^{}\x00-\x20\x7f]""")
_REFERENCE: Final = re.compile(r"&(?=#?\w+;)")
_TICKS: Final = re.compile(r"`+")
_JOINED: Final = frozenset(("item", "quote", "code", "cell", "callout"))
_MARK: Final = re.compile(r"\s*%%\s*(?:begin|end)\b")


def body_markdown(body: Body) -> str:
    """Return the body's text with its structure. What Markdown has no word for (superscripts) stays as plain text."""
    return "\n\n".join(part for part in _parts(body.pieces()) if part)


def is_link(address: str) -> bool:
    """Return whether an address is one that a reader may follow: http, https or mailto."""
    try:
        return urlsplit(address.strip()).scheme.lower() in _LINKS
    except ValueError:
        return False


def _parts(pieces: Sequence[Piece]) -> Iterator[str]:
    for (kind, _), group in groupby(pieces, key=_family):
        members = list(group)
        if kind == "item":
            yield _list(members)
        elif kind == "quote":
            yield quoted("\n\n".join(_line(piece) for piece in members))
        elif kind == "code":
            yield _fenced([piece.text for piece in members])
        elif kind == "cell":
            yield _table(members)
        elif kind == "callout":
            yield _callout(members)
        else:
            yield from map(_single, members)


def _family(piece: Piece) -> tuple[str, object]:
    """Return what makes neighbouring blocks one thing: the list, the code, the table, the call-out they belong to."""
    mark = {"cell": "table", "callout": "label"}.get(piece.kind, "")
    return (piece.kind if piece.kind in _JOINED else "", piece.attributes.get(mark))


def _single(piece: Piece) -> str:
    if piece.kind == "heading":
        level = min(6, max(1, int(piece.attributes.get("level", 1))))
        return f"{'#' * level} {_line(piece)}".rstrip()
    if piece.kind == "rule":
        return "---"
    if piece.kind == "image":
        alt = str(piece.attributes.get("alt", "")).strip()
        return escape(f"[Image: {' '.join(alt.split())}]" if alt else "[Image]")
    return _line(piece)


def _line(piece: Piece) -> str:
    """Return a block's text with its runs, as a paragraph."""
    text = piece.text
    if not piece.runs:
        return escape_line(text)
    if not text.strip():
        return references(text)
    before, after = len(text) - len(text.lstrip()), len(text.rstrip())
    spans = [(run.start, run.end) for run in piece.runs]
    written = []
    position = before
    for start, end, covering in segments(spans):
        start, end = max(start, before), min(end, after)
        if start >= end:
            continue
        written.append(escape(text[position:start]))
        written.append(_run(piece, start, end, covering))
        position = end
    written.append(escape(text[position:after]))
    return references(text[:before]) + guard_beginning("".join(written)) + references(text[after:])


def _run(piece: Piece, start: int, end: int, covering: Sequence[int]) -> str:
    """Return a stretch under the strongest of its runs: Markdown's delimiters nest in too many different ways."""
    text = piece.text[start:end]
    runs = {piece.runs[index].kind: piece.runs[index] for index in covering}
    if "code" in runs and text.strip() and "\t" not in text:
        return _code(text)
    if "link" in runs and text.strip():
        address = str(runs["link"].attributes.get("address", "")).strip()
        if is_link(address):
            return f"[{escape(text)}]({_address(address)})"
    for kind, mark in _DELIMITERS:
        if kind in runs and _may_delimit(piece.text, start, end):
            return f"{mark}{escape(text)}{mark}"
    return escape(text)


def _may_delimit(text: str, start: int, end: int) -> bool:
    """Return whether ``**`` or ``*`` here is read as a delimiter everywhere (CommonMark 6.2, left- and right-flanking).

    Strict on purpose: a delimiter that is not understood shows as stars in the middle of a text.
    """
    inside = text[start].isalnum() and text[end - 1].isalnum()
    return inside and _is_outside(text[start - 1 : start]) and _is_outside(text[end : end + 1])


def _is_outside(letter: str) -> bool:
    return not letter or letter.isspace() or unicodedata.category(letter).startswith("P")


def _code(text: str) -> str:
    """Return a code span (CommonMark 6.1): a fence longer than any in it, spaces where its edges need them."""
    fence = _longer(text, 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(address: str) -> str:
    safe = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
    return _REFERENCE.sub("&amp;", safe)


def _longer(text: str, least: int) -> str:
    return "`" * max([least, *(len(run) + 1 for run in _TICKS.findall(text))])


def _fenced(lines: Sequence[str]) -> str:
    """Return a code block; one that holds lines like the marks of our parts goes out as text, which can hide them."""
    if any(map(_MARK.match, lines)):
        return "\n\n".join(map(escape_line, lines))
    fence = _longer("\n".join(lines), 3)
    return "\n".join((fence, *lines, fence))


def _list(pieces: Sequence[Piece]) -> str:
    """Return the items of a list. Four spaces a level are what all dialects agree on; no level is skipped."""
    lines: list[str] = []
    counters: list[int] = []
    for piece in pieces:
        if not piece.text.strip():
            continue
        depth = min(max(1, int(piece.attributes.get("depth", 1))), len(counters) + 1)
        counters = [*counters[:depth], *[0] * (depth - len(counters))]
        counters[-1] += 1
        mark = f"{counters[-1]}." if piece.attributes.get("ordered") else "-"
        lines.append(f"{'    ' * (depth - 1)}{mark} {_line(piece)}")
    return "\n".join(lines)


def _callout(pieces: Sequence[Piece]) -> str:
    label = " ".join(str(pieces[0].attributes.get("label", "")).split())
    # The reader of HTML keeps a call-out's title as its first line; it is not said twice.
    rest = pieces[1:] if label and pieces[0].text == label else pieces
    return quoted("\n\n".join((f"[!info] {escape(label)}".rstrip(), *(_line(piece) for piece in rest))))


def _table(pieces: Sequence[Piece]) -> str:
    """Return a table with pipes; its first row is the head, which Markdown always has."""
    rows: dict[int, dict[int, str]] = {}
    for piece in pieces:
        row, column = int(piece.attributes.get("row", 0)), int(piece.attributes.get("column", 0))
        rows.setdefault(row, {})[column] = escape_lines(piece.text).replace("|", "\\|")
    width = 1 + max(max(row) for row in rows.values())
    written = [_row([rows[number].get(column, "") for column in range(width)]) for number in sorted(rows)]
    written.insert(1, _row(["---"] * width))
    return "\n".join(written)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
