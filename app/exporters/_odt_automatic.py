"""The automatic styles of an OpenDocument text (ODF 1.3, part 3, 16.2): one for every look that paragraphs have."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from app.exporters._composition import Paragraph, Stretch
from app.exporters._languages import kind_of_language
from app.exporters._odt_styles import BAR, BARRED

_Stretches = tuple[tuple[str, ...], str, str]
_Paragraphs = tuple[str, bool, str, str, bool, bool, int, bool]
_FIXED: Final = (
    '<style:style style:name="Table" style:family="table"><style:table-properties style:rel-width="100%" '
    'table:align="margins" fo:margin-top="0.1cm" fo:margin-bottom="0.1cm"/></style:style>'
    '<style:style style:name="RightTable" style:family="table"><style:table-properties style:rel-width="100%" '
    'table:align="margins" fo:margin-top="0.1cm" fo:margin-bottom="0.1cm" style:writing-mode="rl-tb"/></style:style>'
    '<style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
    "</style:style>"
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.12cm" '
    'fo:border="none" fo:border-bottom="0.5pt solid #d5d7da"/></style:style>'
    '<style:style style:name="HeadCell" style:family="table-cell"><style:table-cell-properties fo:padding="0.12cm" '
    'fo:border="none" fo:border-top="0.5pt solid #8a8d93" fo:border-bottom="0.5pt solid #8a8d93" '
    'fo:background-color="#f4f4f1"/></style:style>'
    '<style:style style:name="Contents" style:family="section"><style:section-properties style:editable="false"/>'
    "</style:style>"
    '<style:style style:name="Frame" style:family="graphic" style:parent-style-name="Graphics">'
    '<style:graphic-properties style:vertical-pos="top" style:vertical-rel="baseline"/></style:style>'
)


class Automatic:
    """Finds or makes the style of every look. They are named in the order in which they are met."""

    def __init__(self) -> None:
        """Begin with none."""
        self._paragraphs: dict[_Paragraphs, str] = {}
        self._stretches: dict[_Stretches, str] = {}
        self._columns: dict[int, str] = {}

    def paragraph(self, style: str, block: Paragraph) -> str:
        """Return the name of a style for a paragraph: its own style, or one that is based on it."""
        is_first = block.style == "title"
        level = block.level if block.style == "note item" else 0
        is_plain = not (block.rightward or block.at_right or block.language or block.edge)
        if is_plain and not (block.closing or is_first or level):
            return style
        edge = f"2.25pt solid #{block.edge}" if block.edge else BAR if block.style in BARRED else ""
        key = (style, block.rightward, block.language, edge, block.closing, is_first, level, block.at_right)
        return self._paragraphs.setdefault(key, f"P{len(self._paragraphs) + 1}")

    def stretch(self, stretch: Stretch) -> str:
        """Return the name of a style for a stretch of text, ``""`` when it needs none."""
        fill, line = stretch.shade or ("", "")
        if not stretch.kinds and not fill:
            return ""
        return self._stretches.setdefault((stretch.kinds, fill, line), f"T{len(self._stretches) + 1}")

    def column(self, width: int) -> str:
        """Return the name of a style for a column that is so many parts of a table wide."""
        return self._columns.setdefault(width, f"Column{width}")

    def written(self) -> Iterator[str]:
        """Yield all styles."""
        yield _FIXED
        for width, name in self._columns.items():
            properties = f'<style:table-column-properties style:rel-column-width="{width}*"/>'
            yield f'<style:style style:name="{name}" style:family="table-column">{properties}</style:style>'
        for paragraph, name in self._paragraphs.items():
            yield _paragraph(name, *paragraph)
        for stretch, name in self._stretches.items():
            yield _stretch(name, *stretch)


def _paragraph(
    name: str,
    parent: str,
    rightward: bool,
    language: str,
    edge: str,
    closing: bool,
    is_first: bool,
    level: int,
    at_right: bool,
) -> str:
    # Where lines begin, said so that no program takes it for the left.
    direction = ' style:writing-mode="rl-tb"' if rightward else ""
    direction += ' fo:text-align="right"' if rightward or at_right else ""
    side = "right" if rightward else "left"
    border = f' fo:border-{side}="{edge}" fo:padding-{side}="{0.25 + 0.6 * max(0, level - 1):.2f}cm"' if edge else ""
    gap = ' fo:margin-bottom="0.46cm"' if closing else ""
    # The place of an item beside a line is its own, not that of the list: LibreOffice takes but one of the two.
    place = ' fo:margin-left="0.6cm" fo:text-indent="-0.6cm"' if level else ""
    other = ' fo:border-left="none" fo:padding-left="0cm"' if edge and rightward else ""
    spoken = f"<style:text-properties{language_of(language)}/>" if language else ""
    first = ' style:master-page-name="First_20_Page"' if is_first else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}"{first}>'
        f"<style:paragraph-properties{direction}{gap}{place}{border}{other}/>{spoken}</style:style>"
    )


def _stretch(name: str, kinds: tuple[str, ...], fill: str, line: str) -> str:
    parts = (
        ' fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"',
        ' fo:font-style="italic" style:font-style-asian="italic" style:font-style-complex="italic"',
        ' style:text-line-through-style="solid" style:text-line-through-type="single"',
        ' style:text-position="super 58%"',
        ' fo:color="#767676"',
    )
    looks = zip(("strong", "emphasis", "struck", "superscript", "promotion"), parts, strict=True)
    look = "".join(part for kind, part in looks if kind in kinds)
    shade = (
        f' fo:background-color="#{fill}" style:text-underline-style="solid" style:text-underline-width="auto" '
        f'style:text-underline-color="#{line}"'
    )
    parent = ' style:parent-style-name="Source_20_Text"' if "code" in kinds else ""
    return (
        f'<style:style style:name="{name}" style:family="text"{parent}><style:text-properties{look}'
        f"{shade if fill else ''}/></style:style>"
    )


def language_of(code: str) -> str:
    """Return a BCP 47 code as the attributes that name a language, its script and its country (20.202, 20.196)."""
    suffix = {"bidi": "-complex", "eastAsia": "-asian"}.get(kind_of_language(code), "")
    language, *rest = code.split("-")
    country = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), "none")
    prefix = "style" if suffix else "fo"
    return f' {prefix}:language{suffix}="{escape(language.lower())}" {prefix}:country{suffix}="{escape(country)}"'
