"""The styles and lists of a Word document (ECMA-376, part 1, 17.7 and 17.9), named as Word itself names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

TEXT_WIDTH: Final = 9070
"""How wide the text is, in twentieths of a point: A4 with margins of 25 mm."""

STYLE_IDS: Final[Mapping[str, str]] = {
    "title": "Title", "subtitle": "Subtitle", "contents heading": "TOCHeading", "body": "BodyText", "quote": "Quote",
    "code": "HTMLPreformatted", "caption": "Caption", "callout": "Callout", "callout title": "CalloutTitle",
    "source": "Source", "details": "Details", "definition": "Definition", "definition item": "DefinitionList",
    "note": "Note", "note item": "NoteList", "passage": "Passage", "passage source": "PassageSource",
    "label": "Label", "legend": "Legend", "picture": "Picture", "rule": "Rule", "cell": "TableText",
    "cell title": "TableHeading", "comment": "CommentText", "footnote": "FootnoteText", "item": "ListBullet",
}  # fmt: skip
"""The ids of styles by the names that a composed paragraph has for them; headings and items have theirs by level."""

BARRED: Final = frozenset(("note", "note item"))
BAR: Final = "b8bbc0"
"""Which of them have a line beside them, on the side where lines begin, and of which colour."""

_SERIF: Final = ("Georgia", "SimSun", "Times New Roman")
_SANS: Final = ("Calibri", "Microsoft YaHei", "Arial")
_MONO: Final = ("Consolas", "SimSun", "Courier New")
_GREY: Final = "5f6368"
_INK: Final = "1f2328"
_HEADINGS: Final = ((34, 480), (28, 400), (24, 320), (22, 280), (21, 240), (20, 240))
_LEVELS: Final = 9
_BULLETS: Final = "•◦▪"
_COUNTS: Final = ("decimal", "lowerLetter", "lowerRoman")
LIST_INDENT: Final = 340
"""How far each level of a list is set in, in twentieths of a point."""
_GROUND: Final = '<w:shd w:val="clear" w:color="auto" w:fill="f4f4f1"/>'


_SIDES: Final = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
)
_LETTERS: Final = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph '
    'Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)
_TABLES: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
    f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{_SIDES}</w:tblCellMar></w:tblPr></w:style>'
)


def _fonts(names: tuple[str, str, str]) -> str:
    latin, asian, complex_script = names
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{asian}" w:cs="{complex_script}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _space(before: int, after: int, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour}"/>'


def _beside(colour: str, size: int = 12, space: int = 8) -> str:
    return f'<w:pBdr><w:left w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/></w:pBdr>'


def _box(colour: str) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="6" w:color="{colour}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return f"<w:pBdr>{sides}</w:pBdr>"


def defaults(language: str, kind: str) -> str:
    """Return the settings of all text: fonts for every script, and the language of the document, of this ``kind``."""
    tags = {"val": "en", "eastAsia": "zh-CN", "bidi": "ar-SA", kind: language}
    spoken = "".join(f' w:{name}="{escape(tag)}"' for name, tag in tags.items())
    runs = f"<w:rPr>{_fonts(_SERIF)}{_size(21)}<w:lang{spoken}/></w:rPr>"
    return f"<w:docDefaults><w:rPrDefault>{runs}</w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"


def styles() -> Iterator[str]:
    """Yield every style, those that others are based on first."""
    yield _style("Normal", "Normal", "", _space(0, 0, 264), "", default=True)
    yield from (_LETTERS, _TABLES)
    yield _style("BodyText", "Body Text", "Normal", _space(0, 160, 312), "")
    yield from _headings()
    yield from _texts()
    yield from _notes()
    yield from _lists()
    yield from _margins()
    yield from _characters()
    yield _table()


def _headings() -> Iterator[str]:
    sans = _fonts(_SANS)
    yield _style("Title", "Title", "Normal", f"<w:keepNext/>{_space(0, 60, 240)}",
                 f"{sans}<w:b/><w:bCs/>{_colour(_INK)}{_size(52)}", after="Subtitle")  # fmt: skip
    yield _style("Subtitle", "Subtitle", "Normal", _space(0, 320, 240), f"{sans}{_colour(_GREY)}{_size(21)}",
                 after="BodyText")  # fmt: skip
    for level, (size, before) in enumerate(_HEADINGS, 1):
        setting = f'<w:keepNext/><w:keepLines/>{_space(before, 100, 252)}<w:outlineLvl w:val="{level - 1}"/>'
        slanted = "<w:i/><w:iCs/>" if level == len(_HEADINGS) else ""
        yield _style(f"Heading{level}", f"heading {level}", "Normal", setting,
                     f"{sans}<w:b/><w:bCs/>{slanted}{_colour(_INK)}{_size(size)}", after="BodyText")  # fmt: skip
    yield _style("TOCHeading", "TOC Heading", "Normal", f"<w:keepNext/>{_space(280, 100)}",
                 f"{sans}<w:b/><w:bCs/>{_colour(_INK)}{_size(26)}", after="Normal")  # fmt: skip
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    for level in (1, 2, 3):
        place = f'<w:ind w:left="{(level - 1) * 300}" w:right="600"/>'
        yield _style(f"TOC{level}", f"toc {level}", "Normal", f"{tab}{_space(0, 50)}{place}", sans, after="Normal")


def _texts() -> Iterator[str]:
    sans, small = _fonts(_SANS), _size(18)
    quiet = f"{sans}{_colour(_GREY)}{small}"
    yield _style("Quote", "Quote", "BodyText", f'{_space(0, 160, 312)}<w:ind w:left="454" w:right="454"/>',
                 "<w:i/><w:iCs/>")  # fmt: skip
    yield _style("Passage", "Passage", "Quote", f'<w:keepLines/>{_beside("8a8d93", 24)}{_space(0, 60, 300)}'
                 '<w:ind w:left="284" w:right="284"/>', '<w:i w:val="0"/><w:iCs w:val="0"/>')  # fmt: skip
    yield _style("PassageSource", "Passage Source", "Normal", f'{_space(0, 40)}<w:ind w:left="284" w:right="284"/>',
                 quiet)  # fmt: skip
    code = _GROUND + _space(0, 0, 252)
    yield _style("HTMLPreformatted", "HTML Preformatted", "Normal", code, f"{_fonts(_MONO)}{_size(17)}")
    yield _style("Caption", "caption", "Normal", _space(0, 200), quiet, after="BodyText")
    yield _style("Picture", "Picture", "Normal", f"<w:keepNext/>{_space(80, 100, 240)}", "", after="Caption")
    line = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="b8bbc0"/></w:pBdr>'
    yield _style("Rule", "Horizontal Line", "Normal", f"{line}{_space(0, 240)}", _size(12), after="BodyText")
    ground = '<w:shd w:val="clear" w:color="auto" w:fill="f1f5f8"/>'
    inset = '<w:ind w:left="170" w:right="170"/>'
    yield _style(
        "Callout", "Call-out", "Normal", f"{_box('c9d5de')}{ground}{_space(0, 0, 300)}{inset}", f"{sans}{_size(20)}"
    )
    yield _style("CalloutTitle", "Call-out Title", "Callout", "<w:keepNext/>", "<w:b/><w:bCs/>", after="Callout")
    yield _style("Source", "Source", "Normal", f"<w:keepNext/>{_space(0, 160)}", quiet, after="BodyText")
    yield _style("TableText", "Table Text", "Normal", _space(40, 40, 252), f"{sans}{_size(19)}")
    yield _style("TableHeading", "Table Heading", "TableText", "<w:keepNext/>", "<w:b/><w:bCs/>")
    yield _style("TableEnd", "Table End", "Normal", _space(0, 60, 240), _size(12), after="BodyText")


def _notes() -> Iterator[str]:
    sans, small = _fonts(_SANS), _size(19)
    inset = '<w:ind w:left="170"/>'
    bar = _beside(BAR)
    yield _style("Details", "Details", "Normal", _space(0, 160), f"{sans}{_size(18)}", after="BodyText")
    yield _style("Definition", "Definition", "Normal", _space(0, 100, 276), f"{sans}{_colour(_GREY)}{_size(19)}")
    yield _style("Note", "Note", "Normal", f"{bar}{_GROUND}{_space(0, 100, 288)}{inset}", f"{sans}{small}")
    yield _style("NoteList", "Note List", "Note", "", "")
    yield _style("DefinitionList", "Definition List", "Definition", _space(0, 40, 276), "")
    yield _style(
        "Label", "Label", "Normal", _space(40, 60) + '<w:ind w:left="284"/>', f"{sans}{_size(18)}", after="Note"
    )
    yield _style(
        "Legend", "Legend", "Normal", f"<w:keepNext/>{_space(60, 20)}", f"{sans}{_size(19)}", after="Definition"
    )


def _lists() -> Iterator[str]:
    for kind in ("Bullet", "Number"):
        for depth in range(1, 6):
            suffix = f" {depth}" if depth > 1 else ""
            yield _style(f"List{kind}{suffix.strip()}", f"List {kind}{suffix}", "BodyText", _space(0, 80, 300), "")


def _margins() -> Iterator[str]:
    sans = _fonts(_SANS)
    yield _style("CommentText", "annotation text", "Normal", _space(0, 40, 240), f"{sans}{_size(20)}")
    yield _style("FootnoteText", "footnote text", "Normal", _space(0, 40, 240), f"{sans}{_size(17)}")
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    for name in ("Header", "Footer"):
        yield _style(name, name.lower(), "Normal", f"{tabs}{_space(0, 0, 240)}", f"{sans}{_colour(_GREY)}{_size(17)}")


def _characters() -> Iterator[str]:
    yield _character("Hyperlink", "Hyperlink", '<w:color w:val="1f5fa8"/><w:u w:val="single"/>')
    yield _character("HTMLCode", "HTML Code", f"{_fonts(_MONO)}{_size(18)}")
    yield _character("CommentReference", "annotation reference", _size(16))
    yield _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>')


def _table() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>'
        for side, colour in (("top", "8a8d93"), ("bottom", "8a8d93"), ("insideH", "d5d7da"))
    )
    first = '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="f4f4f1"/></w:tcPr>'
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="ArticleTable"><w:name w:val="Article Table"/><w:basedOn '
        f'w:val="TableNormal"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>{first}</w:tblStylePr></w:style>'
    )


_BUILT_IN: Final = frozenset((
    "Normal", "BodyText", "Title", "Subtitle", "TOCHeading", "Quote", "HTMLPreformatted", "Caption", "CommentText",
    "FootnoteText", "Header", "Footer",
))  # fmt: skip


def _style(key: str, name: str, base: str, paragraph: str, run: str, *, after: str = "", default: bool = False) -> str:
    is_own = key not in _BUILT_IN and not key.startswith(("Heading", "TOC", "List"))
    kind = ' w:default="1"' if default else ' w:customStyle="1"' if is_own else ""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    follows = f'<w:next w:val="{after}"/>' if after else ""
    settings = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{key}"><w:name w:val="{name}"/>{based}{follows}<w:qFormat/>'
        f"{settings}{look}</w:style>"
    )


def _character(key: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn '
        f'w:val="DefaultParagraphFont"/><w:rPr>{run}</w:rPr></w:style>'
    )


def list_levels() -> str:
    """Return the two lists that all lists of a document are made of: number 0 has bullets, number 1 counts."""
    bullets = "".join(_level(level, "bullet", _BULLETS[level % 3]) for level in range(_LEVELS))
    counts = "".join(_level(level, _COUNTS[level % 3], f"%{level + 1}.") for level in range(_LEVELS))
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return (
        f'<w:abstractNum w:abstractNumId="0">{kind}{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{kind}{counts}</w:abstractNum>'
    )


def _level(level: int, form: str, text: str) -> str:
    place = f'<w:ind w:left="{57 + LIST_INDENT * (level + 1)}" w:hanging="{LIST_INDENT}"/>'
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc '
        f'w:val="left"/><w:pPr>{place}</w:pPr></w:lvl>'
    )
