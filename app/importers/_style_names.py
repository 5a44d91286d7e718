"""What styles mean, by the names that word processors give them; these are English in any language of the program."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Final

_HEADING: Final = re.compile(r"heading[ _]?([1-9])")
_CONTENTS: Final = re.compile(r"(?:toc|contents) ?(?:[1-9]|heading)")
_MEANINGS: Final[Mapping[str, str]] = {
    "title": "title", "subtitle": "subtitle", "author": "author", "date": "date",
    "quote": "quote", "intense quote": "quote", "block text": "quote", "quotations": "quote",
    "block quotation": "quote",
    "caption": "caption", "image caption": "caption", "table caption": "caption", "illustration": "caption",
    "figure": "caption", "drawing": "caption", "figurecaption": "caption", "tablecaption": "caption",
    "figure caption": "caption",
    "html preformatted": "code", "preformatted text": "code", "source code": "code", "macro": "code",
    "footnote text": "footnote text", "endnote text": "footnote text", "footnote": "footnote text",
    "endnote": "footnote text", "horizontal line": "rule",
}  # fmt: skip
_CODE: Final = frozenset(("source text", "source_text", "verbatim char", "html code", "teletype", "example"))


def meaning(name: str) -> str:
    """Return what a paragraph style of this name is: ``heading 2``, ``title``, ``quote``, ``contents``; or nothing."""
    plain = name.strip().lower()
    if match := _HEADING.fullmatch(plain):
        return f"heading {match[1]}"
    return "contents" if _CONTENTS.fullmatch(plain) else _MEANINGS.get(plain, "")


def is_code(name: str) -> bool:
    """Tell whether a stretch of text in a style of this name is code."""
    return name.strip().lower() in _CODE


def add_shown(found: MutableMapping[str, str], kind: str, text: str) -> None:
    """Add a line that is styled as title, author or date to what is shown: the first, but of the authors each."""
    if kind == "author" and kind in found and text not in found[kind].split("; "):
        found[kind] = f"{found[kind]}; {text}"
    else:
        found.setdefault(kind, text)
