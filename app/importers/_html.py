"""HTML to blocks, by the one reader of all HTML, which is loaded when the first is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from app.cleaning.metadata import normal
from app.loading import load
from app.text.body import Piece

if TYPE_CHECKING:
    from lxml import etree

_READER: Final = "app.text.html_reader"


def read_html(markup: str, address: str = "") -> list[Piece]:
    """Return the blocks of a page, its links made whole with its address."""
    found: list[Piece] = load(_READER).read_html(markup, address)
    return found


def read_text(markup: str, address: str, title: str, quoted: Iterable[str]) -> list[Piece]:
    """Return the blocks of an article's text, without the heading above them that shows its title.

    Where one of the passages that are ``quoted`` from it stands in that heading, it stays.
    """
    pieces = read_html(markup, address)
    shown = normal(title)
    first = next((number for number, piece in enumerate(pieces) if piece.text.strip()), 0)
    shows = len(pieces) > first + 1 and pieces[first].kind == "heading" and normal(pieces[first].text) == shown
    if not shows or any(shown in said or said in shown for said in filter(None, map(normal, quoted))):
        return pieces
    return [*pieces[:first], *pieces[first + 1 :]]


def parse(markup: str) -> etree._Element | None:
    """Return the root of a page, ``None`` when there is nothing in it."""
    found: etree._Element | None = load("app.text.markup").parse(markup)
    return found


def read_tree(root: etree._Element) -> list[Piece]:
    """Return the blocks of a tree."""
    found: list[Piece] = load(_READER).read_tree(root)
    return found
