"""The styles of an OpenDocument text (ODF 1.3, part 3, section 16), named as LibreOffice itself names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

STYLE_NAMES: Final[Mapping[str, str]] = {
    "title": "Title", "subtitle": "Subtitle", "contents heading": "Contents_20_Heading", "body": "Text_20_body",
    "quote": "Quotations", "code": "Preformatted_20_Text", "caption": "Caption", "callout": "Call-out",
    "callout title": "Call-out_20_Title", "source": "Source", "details": "Details", "definition": "Definition",
    "note": "Note", "note item": "Note_20_List", "definition item": "Definition_20_List", "item": "List",
    "passage": "Passage", "passage source": "Passage_20_Source", "label": "Label", "legend": "Legend",
    "picture": "Picture", "rule": "Horizontal_20_Line", "cell": "Table_20_Contents",
    "cell title": "Table_20_Heading", "comment": "Comment", "footnote": "Footnote",
}  # fmt: skip
"""The names of styles by those that a composed paragraph has for them; headings and lines of the contents have theirs
by level."""

CONTENTS_LEVELS: Final = 3

BARRED: Final = frozenset(("note", "note item"))
BAR: Final = "1.5pt solid #b8bbc0"
"""Which of them have a line beside them, on the side where lines begin, and what it looks like."""

_SERIF: Final = "Serif"
_SANS: Final = "Sans"
_MONO: Final = "Mono"
_GREY: Final = "#5f6368"
_INK: Final = "#1f2328"
_HEADINGS: Final = ((17, 0.85), (14, 0.7), (12, 0.55), (11, 0.5), (10.5, 0.4), (10, 0.4))
_LEVELS: Final = 9
_BULLETS: Final = "•◦▪"
_COUNTS: Final = ("1", "a", "i")
_STEP: Final = 0.6
_PADDING: Final = 0.25
_WIDTH: Final = 16
FONTS: Final = "".join(
    f'<style:font-face style:name="{name}" svg:font-family="{family}" style:font-family-generic="{kind}"/>'
    for name, family, kind in (
        (_SERIF, "Georgia", "roman"), (_SANS, "Calibri", "swiss"), (_MONO, "Consolas", "modern"),
        ("SerifAsian", "SimSun", "roman"), ("SansAsian", "'Microsoft YaHei'", "swiss"),
        ("SerifComplex", "'Times New Roman'", "roman"), ("SansComplex", "Arial", "swiss"),
    )
)  # fmt: skip


def styles(language: str) -> Iterator[str]:
    """Yield the common styles; ``language`` is that of the document, as attributes."""
    yield _defaults(language)
    yield _style("Standard", "", "", "")
    yield _style("Text body", "Standard", _space(0, 0.28, 135), "")
    yield from _headings()
    yield from _texts()
    yield from _notes()
    yield from _margins()
    yield from _characters()
    for name, counts in (("Bullets", False), ("Numbers", True)):
        yield _list(name, 0.1, 0, counts=counts)
        yield _list(f"{name} of notes", 0, _PADDING, counts=counts)
    yield (
        '<text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_Symbol" '
        'text:citation-body-style-name="Footnote_20_anchor" style:num-format="1" style:num-suffix=" " '
        'text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>'
    )


def pages(title: str) -> tuple[str, str]:
    """Return the automatic styles of the pages, and the pages: all but the first have the title at their head."""
    sides = 'fo:margin-left="2.5cm" fo:margin-right="2.5cm" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm"'
    header = '<style:header-footer-properties fo:min-height="0.5cm" fo:margin-bottom="0.6cm"/>'
    footer = '<style:header-footer-properties fo:min-height="0.5cm" fo:margin-top="0.6cm"/>'
    layout = (
        '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm" '
        f'style:print-orientation="portrait" {sides}><style:footnote-sep style:width="0.5pt" '
        'style:distance-before-sep="0.1cm" style:distance-after-sep="0.15cm" style:rel-width="25%" '
        'style:color="#b8bbc0"/></style:page-layout-properties>'
        f"<style:header-style>{header}</style:header-style><style:footer-style>{footer}</style:footer-style>"
        "</style:page-layout>"
    )
    number = (
        '<style:footer><text:p text:style-name="Footer"><text:tab/><text:page-number text:select-page="current">1'
        "</text:page-number> / <text:page-count>1</text:page-count></text:p></style:footer>"
    )
    words = f'<text:p text:style-name="Header">{escape(title, quote=False)}</text:p>'
    first = 'style:name="First_20_Page" style:display-name="First Page" style:next-style-name="Standard"'
    masters = (
        f'<style:master-page style:name="Standard" style:page-layout-name="Page"><style:header>{words}</style:header>'
        f'{number}</style:master-page><style:master-page {first} style:page-layout-name="Page"><style:header>'
        f'<text:p text:style-name="Header"/></style:header>{number}</style:master-page>'
    )
    return layout, masters


def _defaults(language: str) -> str:
    fonts = _fonts(_SERIF)
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="115%" '
        'fo:orphans="2" fo:widows="2" style:writing-mode="page" style:tab-stop-distance="1.25cm" '
        f'fo:hyphenation-ladder-count="no-limit"/><style:text-properties{fonts}{_size(10.5)}{language} '
        'fo:hyphenate="false"/></style:default-style>'
        '<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/>'
        "</style:default-style>"
        '<style:default-style style:family="graphic"/>'
        '<style:style style:name="Graphics" style:family="graphic"/>'
    )


def _fonts(name: str) -> str:
    family = _SERIF if name == _MONO else name
    return f' style:font-name="{name}" style:font-name-asian="{family}Asian" style:font-name-complex="{family}Complex"'


def _size(points: float) -> str:
    size = f"{points:g}pt"
    return f' fo:font-size="{size}" style:font-size-asian="{size}" style:font-size-complex="{size}"'


def _space(before: float, after: float, line: int = 115) -> str:
    return f' fo:margin-top="{before}cm" fo:margin-bottom="{after}cm" fo:line-height="{line}%"'


def _inset(left: float, right: float = 0.0) -> str:
    return f' fo:margin-left="{left}cm" fo:margin-right="{right}cm"'


def _ground(colour: str) -> str:
    return f' fo:background-color="{colour}"'


def _sided(side: str, line: str) -> str:
    """Return a line on one side, and none on the others."""
    others = "".join(f' fo:border-{one}="none"' for one in ("left", "right", "top", "bottom") if one != side)
    padding = _PADDING if side == "left" else 0.05
    return f' fo:border-{side}="{line}" fo:padding-{side}="{padding}cm"{others}'


_BOLD: Final = ' fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'
_ITALIC: Final = ' fo:font-style="italic" style:font-style-asian="italic" style:font-style-complex="italic"'
_UPRIGHT: Final = ' fo:font-style="normal" style:font-style-asian="normal" style:font-style-complex="normal"'
_KEPT: Final = ' fo:keep-with-next="always"'
_QUIET: Final = f'{_fonts(_SANS)} fo:color="{_GREY}"{_size(9)}'
_STRONG: Final = f'{_fonts(_SANS)}{_BOLD} fo:color="{_INK}"'


def _headings() -> Iterator[str]:
    yield _style("Title", "Standard", _space(0, 0.1) + _KEPT, _STRONG + _size(26), after="Subtitle")
    quiet = f'{_fonts(_SANS)} fo:color="{_GREY}"{_size(10.5)}'
    yield _style("Subtitle", "Standard", _space(0, 0.55), quiet, after="Text body")
    for level, (size, before) in enumerate(_HEADINGS, 1):
        slanted = _ITALIC if level == len(_HEADINGS) else ""
        yield _style(f"Heading {level}", "Standard", _space(before, 0.18, 105) + _KEPT, _STRONG + slanted + _size(size),
                     after="Text body", level=level)  # fmt: skip
    yield _style("Contents Heading", "Standard", _space(0.5, 0.2) + _KEPT, _STRONG + _size(13))
    tab = (
        f'<style:tab-stops><style:tab-stop style:position="{_WIDTH}cm" style:type="right" '
        'style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
    )
    for level in range(1, CONTENTS_LEVELS + 1):
        place = f' fo:margin-left="{(level - 1) * 0.5}cm"'
        yield _style(f"Contents {level}", "Standard", _space(0, 0.09) + place, _fonts(_SANS),
                     inside=tab.replace(f'"{_WIDTH}cm"', f'"{_WIDTH - (level - 1) * 0.5}cm"'))  # fmt: skip


def _texts() -> Iterator[str]:
    yield _style("Quotations", "Text body", _inset(0.8, 0.8), _ITALIC)
    bar = _sided("left", "2.25pt solid #8a8d93")
    yield _style("Passage", "Quotations", f"{_space(0, 0.1, 130)}{_inset(0.5, 0.5)}{bar}", _UPRIGHT)
    yield _style("Passage Source", "Standard", f"{_space(0, 0.07)}{_inset(0.5, 0.5)}", _QUIET)
    code = f"{_space(0, 0, 105)}{_ground('#f4f4f1')}"
    yield _style("Preformatted Text", "Standard", code, _fonts(_MONO) + _size(8.5))
    yield _style("Caption", "Standard", _space(0, 0.35), _QUIET, after="Text body")
    yield _style("Picture", "Standard", _space(0.15, 0.18, 100) + _KEPT, "", after="Caption")
    line = _sided("bottom", "0.5pt solid #b8bbc0")
    yield _style("Horizontal Line", "Standard", _space(0, 0.42) + line, _size(6), after="Text body")
    box = (
        f'{_space(0, 0, 125)}{_inset(0.3, 0.3)}{_ground("#f1f5f8")} fo:border="0.5pt solid #c9d5de" fo:padding="0.2cm"'
    )
    yield _style("Call-out", "Standard", box, _fonts(_SANS) + _size(10))
    yield _style("Call-out Title", "Call-out", _KEPT, _BOLD, after="Call-out")
    yield _style("Source", "Standard", _space(0, 0.28) + _KEPT, _QUIET, after="Text body")
    yield _style("Table Contents", "Standard", _space(0, 0, 105), _fonts(_SANS) + _size(9.5))
    yield _style("Table Heading", "Table Contents", _KEPT, _BOLD)
    yield _style("Table End", "Standard", _space(0, 0.1, 100), _size(6), after="Text body")


def _notes() -> Iterator[str]:
    small, ground = _fonts(_SANS) + _size(9.5), _ground("#f4f4f1") + _sided("left", BAR)
    yield _style("Details", "Standard", _space(0, 0.28), _fonts(_SANS) + _size(9), after="Text body")
    yield _style("Definition", "Standard", _space(0, 0.18), f'{_fonts(_SANS)} fo:color="{_GREY}"{_size(9.5)}')
    yield _style("Definition List", "Definition", _space(0, 0.07), "")
    yield _style("Note", "Standard", f"{_space(0, 0.18, 120)}{ground}", small)
    yield _style("Note List", "Standard", f"{_space(0, 0.18, 120)}{ground}", small)
    yield _style("Label", "Standard", f"{_space(0.07, 0.1)}{_inset(0.5)}", _fonts(_SANS) + _size(9), after="Note")
    yield _style("Legend", "Standard", _space(0.1, 0.04) + _KEPT, small, after="Definition")
    yield _style("List", "Text body", _space(0, 0.14, 130), "")


def _margins() -> Iterator[str]:
    yield _style("Comment", "Standard", _space(0, 0.07, 100), _fonts(_SANS) + _size(10))
    yield _style("Footnote", "Standard", _space(0, 0.07, 100), _fonts(_SANS) + _size(8.5))
    tab = f'<style:tab-stops><style:tab-stop style:position="{_WIDTH}cm" style:type="right"/></style:tab-stops>'
    for name in ("Header", "Footer"):
        yield _style(name, "Standard", _space(0, 0, 100), f'{_fonts(_SANS)} fo:color="{_GREY}"{_size(8.5)}', inside=tab)


def _characters() -> Iterator[str]:
    underlined = (
        ' style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"'
    )
    for name, look in (
        ("Internet link", f' fo:color="#1f5fa8"{underlined}'),
        ("Index Link", ""),
        ("Source Text", _fonts(_MONO) + _size(9)),
        ("Footnote Symbol", ""),
        ("Footnote anchor", ' style:text-position="super 58%"'),
    ):
        yield (
            f'<style:style style:name="{_coded(name)}" style:display-name="{name}" style:family="text">'
            f"<style:text-properties{look}/></style:style>"
        )


def _style(
    name: str, base: str, paragraph: str, text: str, *, after: str = "", level: int = 0, inside: str = ""
) -> str:
    about = f'style:name="{_coded(name)}" style:display-name="{name}" style:family="paragraph"'
    based = f' style:parent-style-name="{_coded(base)}"' if base else ""
    follows = f' style:next-style-name="{_coded(after)}"' if after else ""
    outline = f' style:default-outline-level="{level}"' if level else ""
    return (
        f'<style:style {about}{based}{follows}{outline} style:class="text"><style:paragraph-properties{paragraph}>'
        f"{inside}</style:paragraph-properties><style:text-properties{text}/></style:style>"
    )


def _list(name: str, start: float, padding: float, *, counts: bool) -> str:
    """Return a list; ``padding`` is how far its text is from a line beside it, which positions do not count."""
    levels = []
    for level in range(_LEVELS):
        left = start + _STEP * (level + 1)
        place = (
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" '
            f'text:list-tab-stop-position="{left + padding:.2f}cm" fo:text-indent="-{_STEP}cm" '
            f'fo:margin-left="{left:.2f}cm"/>'
            "</style:list-level-properties>"
        )
        if counts:
            form = f'style:num-suffix="." style:num-format="{_COUNTS[level % 3]}"'
            levels.append(f'<text:list-level-style-number text:level="{level + 1}" {form}>{place}'
                          "</text:list-level-style-number>")  # fmt: skip
        else:
            sign = f'text:bullet-char="{_BULLETS[level % 3]}"'
            levels.append(f'<text:list-level-style-bullet text:level="{level + 1}" {sign}>{place}'
                          "</text:list-level-style-bullet>")  # fmt: skip
    about = f'style:name="{_coded(name)}" style:display-name="{name}"'
    return f"<text:list-style {about}>{''.join(levels)}</text:list-style>"


def _coded(name: str) -> str:
    """Return the name of a style as files have it."""
    return name.replace(" ", "_20_")
