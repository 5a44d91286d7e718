"""The styles of an OpenDocument text: what a paragraph or a stretch of text is, by its style and those above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.importers._colour_names import colour_name
from app.importers._style_names import is_code, meaning
from app.importers._xml import local, whole_number

if TYPE_CHECKING:
    from lxml import etree

_OASIS: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = f"{_OASIS}office:1.0}}"
TEXT: Final = f"{_OASIS}text:1.0}}"
STYLE: Final = f"{_OASIS}style:1.0}}"
TABLE: Final = f"{_OASIS}table:1.0}}"
FO: Final = f"{_OASIS}xsl-fo-compatible:1.0}}"

_ESCAPED: Final = re.compile(r"_([0-9a-f]{1,4})_")
_BOLD: Final = frozenset(("bold", "600", "700", "800", "900"))
_SLANTED: Final = frozenset(("italic", "oblique"))
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text is set: the HTML tags it stands for, and the colour it is marked with."""

    tags: tuple[str, ...] = ()
    colour: str = ""


@dataclass(slots=True)
class Styles:
    """All styles of a document. ``own`` are those the program made of single settings, by family and name."""

    own: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    common: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    ordered: dict[tuple[str, int], bool] = field(default_factory=dict)

    def add(self, root: etree._Element) -> None:
        """Take the styles of one part of the document in."""
        for style in root.iter(f"{STYLE}style"):
            parent = style.getparent()
            automatic = parent is not None and local(parent) == "automatic-styles"
            key = (style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", ""))
            (self.own if automatic else self.common)[key] = style
        for listing in root.iter(f"{TEXT}list-style"):
            for level in listing:
                number = whole_number(level.get(f"{TEXT}level", ""))
                if local(level).startswith("list-level-style"):
                    key_level = (listing.get(f"{STYLE}name", ""), number)
                    self.ordered[key_level] = local(level).endswith("number") and bool(level.get(f"{STYLE}num-format"))

    def paragraph(self, name: str) -> tuple[str, int]:
        """Return what a paragraph of this style is, with its level for a heading: ``("heading", 2)``."""
        line = self._line("paragraph", name)
        for style in line:
            for label in (style.get(f"{STYLE}display-name", ""), style.get(f"{STYLE}name", "")):
                kind, _space, level = meaning(_plain(label)).partition(" ")
                if kind:
                    return kind, int(level) if kind == "heading" else 0
            outline = whole_number(style.get(f"{STYLE}default-outline-level", ""))
            if outline > 0:
                return "heading", outline
        # A style that a document only names is the program's own.
        last = line[-1].get(f"{STYLE}parent-style-name", "") if line else name
        kind, _space, level = meaning(_plain(last)).partition(" ")
        return kind, int(level) if kind == "heading" else 0

    def setting(self, name: str) -> Look:
        """Return how the text of a paragraph is set by settings of its own; a heading's style does not count."""
        style = self.own.get(("paragraph", name))
        return Look() if style is None else _look([style])

    def stretch(self, name: str) -> Look:
        """Return how a stretch of text of this style is set."""
        return _look(self._line("text", name))

    def is_ordered(self, name: str, level: int) -> bool:
        """Tell whether a list of this style counts its items at a level (from 1)."""
        return self.ordered.get((name, level), False)

    def list_of(self, name: str) -> str:
        """Return the style of the lists that paragraphs of a style stand in."""
        for style in self._line("paragraph", name):
            if found := style.get(f"{STYLE}list-style-name", ""):
                return found
        return ""

    def _line(self, family: str, name: str) -> list[etree._Element]:
        """Return a style and those it is based on."""
        found: list[etree._Element] = []
        while name and len(found) < _DEEPEST:
            style = self.own.get((family, name))
            if style is None or style in found:
                style = self.common.get((family, name))
            if style is None or style in found:
                break
            found.append(style)
            name = style.get(f"{STYLE}parent-style-name", "")
        return found


def _plain(name: str) -> str:
    """Return the name of a style as people see it: other characters than letters are written ``_20_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)


def _look(styles: list[etree._Element]) -> Look:
    values: dict[str, str] = {}
    code = False
    for style in styles:
        code = code or is_code(_plain(style.get(f"{STYLE}name", "")))
        for properties in style.iter(f"{STYLE}text-properties"):
            for key, value in properties.attrib.items():
                values.setdefault(str(key), str(value))
    raised = values.get(f"{STYLE}text-position", "").split(" ")[0]
    tags = [
        tag
        for tag, applies in (
            ("code", code),
            ("strong", values.get(f"{FO}font-weight", "") in _BOLD),
            ("em", values.get(f"{FO}font-style", "") in _SLANTED),
            ("sup", raised == "super" or (raised.endswith("%") and raised[0].isdigit() and raised != "0%")),
        )
        if applies
    ]
    return Look(tuple(tags), colour_name(values.get(f"{FO}background-color", "")))
