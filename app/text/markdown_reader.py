"""Markdown to blocks, for articles and for notes: Markdown, then HTML, then the one reader of HTML.

HTML inside the Markdown stays text: it never becomes structure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import punctuation
from threading import get_ident
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import AutolinkInlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from app.text.body import Piece
from app.text.html_reader import NOTE_SIGN, STRUCK, read_tree
from app.text.markdown_blocks import REPLACED, Lines
from app.text.markup import parse
from app.text.unmarked import unmarked

if TYPE_CHECKING:
    from lxml import etree

_CALLOUT: Final = re.compile(
    r"\[!(?P<type>[\w-]+)(?:\|[^\]]*)?\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n(?P<rest>.*))?", re.DOTALL
)
# An address in the text: it ends before the signs of its sentence, and holds brackets in pairs. Where the library has
# put a mark of its own (an escaped letter is one), it is not known what the address is.
_ADDRESS: Final = (
    r"(?<![^\s(*_~])(https?://(?![^\s<>]{0,2000}\x02)"
    r"(?:[^\s<>()]|\([^\s<>()]{0,2000}\))*(?:[^\s<>()?!.,:;*_~'\"]|\([^\s<>()]{0,2000}\)))"
)
_TILDES: Final = r"(?<!~)(~~)(?![\s~])((?:[^~]|~(?!~))*?[^\s~])~~(?!~)"  # the words are the second group
_BOX: Final = re.compile(r"\s*\[(?P<sign>[ xX])\][ \t]+(?=\S)")
_EMPTY, _CHECKED = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH CHECK}"
_LONGEST: Final = 2_000_000
_MOST_OPEN: Final = 200  # brackets that are never closed take the library quadratic time


def read_markdown(text: str, *, note: bool = False) -> list[Piece]:
    """Return the blocks of a Markdown text: headings, lists, quotations, code, tables, footnotes, call-outs, links.

    In a ``note``, ``~~words~~`` are struck through and ``[ ]``, ``[x]`` before the words of an item are boxes (GitHub
    Flavored Markdown 5.3, 6.5). The text of an article is left as it is written.

    Text that is too long, too deeply nested or too full of open brackets to be understood comes back as plain
    paragraphs, line by line.
    """
    if not text.strip():
        return []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _LONGEST or text.count("[") - text.count("]") > _MOST_OPEN:
        return _plain(text)
    converter = _converter(get_ident(), note)
    try:
        root = parse(converter.convert(text))
        return [] if root is None else read_tree(_with_signs(root))
    except RecursionError:
        return _plain(text)
    finally:
        converter.reset()  # references and footnotes of one text are not those of the next


def _with_signs(root: etree._Element) -> etree._Element:
    """Return a tree in which each footnote has the sign that stands for it in the text."""
    notes = (item for item in root.iter("li") if item.get("id", "").startswith("fn:"))
    for number, item in enumerate(notes, 1):
        item.set(NOTE_SIGN, str(number))
    return root


def _plain(text: str) -> list[Piece]:
    return [Piece(line.strip()) for line in text.split("\n") if line.strip()]


@lru_cache(maxsize=16)
def _converter(_thread: int, note: bool) -> Markdown:
    """Return the converter of a thread: making one takes longer than reading most notes."""
    converter = Markdown(extensions=["footnotes"], output_format="html", tab_length=4)
    _read_our_way(converter)
    if note:
        _read_signs_of_notes(converter)
    return converter


def plain(text: str) -> str:
    """Return a Markdown text as it reads, without its marks: a line for each block, a bullet before each item."""
    if unmarked(text):
        return text.strip()
    lines = ("• " + piece.text if piece.kind == "item" else piece.text for piece in read_markdown(text))
    return "\n".join(line for line in lines if line.strip())


def _read_our_way(md: Markdown) -> None:
    """Let raw HTML be text, and a quotation that begins with ``[!note]`` a call-out."""
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    for name in REPLACED:
        md.parser.blockprocessors.deregister(name)
    md.parser.blockprocessors.register(Lines(md.parser), "lines", 200)
    md.ESCAPED_CHARS = list(punctuation)
    md.inlinePatterns.register(_Addresses(_ADDRESS, md), "address", 105)
    md.treeprocessors.register(_Callouts(md), "callouts", 30)


def _read_signs_of_notes(md: Markdown) -> None:
    """Let what is struck through be so, and boxes in lists be boxes."""
    md.inlinePatterns.register(SimpleTagInlineProcessor(_TILDES, STRUCK), "struck", 65)
    md.treeprocessors.register(_Boxes(md), "boxes", 29)


class _Boxes(Treeprocessor):
    """Turns the signs for what is to be done, and for what is, into boxes that can be seen in any text."""

    def run(self, root: Element) -> None:
        """Change the items below ``root``, before their inline marks are read."""
        for item in root.iter("li"):
            first = next(iter(item), None)
            holder = first if not (item.text or "").strip() and first is not None and first.tag == "p" else item
            match = _BOX.match(holder.text or "")
            if match:
                holder.text = f"{_EMPTY if match['sign'] == ' ' else _CHECKED} {(holder.text or '')[match.end() :]}"


class _Addresses(AutolinkInlineProcessor):
    """Makes a link of an address in the text, as GitHub and Obsidian do, unless it is that of a link already."""

    ANCESTOR_EXCLUDES = ("a",)


class _Callouts(Treeprocessor):
    """Turns ``> [!type] Title`` (Obsidian, GitHub) into the call-out that the reader of HTML knows."""

    def run(self, root: Element) -> None:
        """Change the quotations below ``root``, before their inline marks are read."""
        for quote in root.iter("blockquote"):
            first = next(iter(quote), None)
            match = _CALLOUT.match(first.text or "") if first is not None and first.tag == "p" else None
            if first is None or match is None:
                continue
            title, rest = match["title"].strip(), (match["rest"] or "").strip()
            quote.tag = "div"
            quote.set("class", "callout")
            quote.set("data-label", title or match["type"].capitalize())
            self._replace(quote, first, title, rest)

    @staticmethod
    def _replace(quote: Element, first: Element, title: str, rest: str) -> None:
        """Put the title (unless the text says it again) and the text in the place of the first paragraph."""
        quote.remove(first)
        following = rest or next((part.text or "" for part in quote), "")
        lines = [title] if title and not following.startswith(title) else []
        for place, line in enumerate([*lines, rest] if rest else lines):
            paragraph = SubElement(quote, "p")
            paragraph.text = line
            quote.remove(paragraph)
            quote.insert(place, paragraph)
