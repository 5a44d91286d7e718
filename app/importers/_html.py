"""HTML to blocks, by the one reader of all HTML, which is loaded when the first is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.loading import load
from app.text.body import Piece

if TYPE_CHECKING:
    from lxml import etree

_READER: Final = "app.text.html_reader"


def read_html(markup: str, address: str = "") -> list[Piece]:
    """Return the blocks of a page, its links made whole with its address."""
    found: list[Piece] = load(_READER).read_html(markup, address)
    return found


def parse(markup: str) -> etree._Element | None:
    """Return the root of a page, ``None`` when there is nothing in it."""
    found: etree._Element | None = load("app.text.markup").parse(markup)
    return found


def read_tree(root: etree._Element) -> list[Piece]:
    """Return the blocks of a tree."""
    found: list[Piece] = load(_READER).read_tree(root)
    return found
