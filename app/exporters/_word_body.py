"""The blocks of a document as WordprocessingML (ECMA-376, part 1, section 17), with comments, footnotes and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from app.exporters._composition import (
    Begin,
    Block,
    Comment,
    Contents,
    End,
    Footnote,
    Inline,
    Listing,
    PageOf,
    Paragraph,
    Picture,
    Stretch,
    Table,
    shares,
)
from app.exporters._values import timestamp
from app.exporters._word_runs import Runs
from app.exporters._word_styles import BAR, BARRED, LIST_INDENT, STYLE_IDS, TEXT_WIDTH

_EMU: Final = 9525  # of a pixel, at 96 to the inch
_WIDEST: Final = 160 * 36000
_HIGHEST: Final = 180 * 36000
_BULLETS: Final = 1
_FURTHEST: Final = 31  # so many points may a line be away from its text (17.3.1.17)
_FIRST_NOTE: Final = 1  # those before are the lines that part notes from text
# Comments, bookmarks and footnotes have no number in common: LibreOffice 7 takes a comment's for that of a footnote.
_COMMENTS: Final = 1_000_000
_BOOKMARKS: Final = 2_000_000
_LIST_STYLES: Final = 5
_CONTENTS_STYLES: Final = 3


class Links:
    """The relationships of one part of the package, beside those that it has of itself (part 2, section 9.3)."""

    def __init__(self) -> None:
        """Begin with none."""
        self.addresses: dict[str, str] = {}
        self.pictures: dict[str, tuple[str, str]] = {}

    def address(self, address: str) -> str:
        """Return the id of an address."""
        return self.addresses.setdefault(address, f"link{len(self.addresses) + 1}")

    def picture(self, picture: Picture) -> str:
        """Return the id of a picture, which gets a name in the package."""
        number = len(self.pictures) + 1
        return self.pictures.setdefault(picture.digest, (f"picture{number}", f"picture{number}.{picture.kind}"))[0]


class Writing:
    """Writes blocks. What they lead to is gathered on the way: comments, footnotes, lists, links and pictures."""

    def __init__(self) -> None:
        """Begin a document."""
        self.links, self.comment_links, self.footnote_links = Links(), Links(), Links()
        self.comments: list[str] = []
        self.footnotes: list[str] = []
        self.lists: list[str] = []
        self._runs = Runs()
        self._anchors = 0
        self._pictures = 0

    def block(self, block: Block) -> str:
        """Return a block as elements of the document's body."""
        if isinstance(block, Paragraph):
            return self._paragraph(block, self.links)
        if isinstance(block, Listing):
            return "".join(self._items(block))
        if isinstance(block, Table):
            return self._table(block)
        return self._contents(block)

    def _paragraph(
        self, block: Paragraph, links: Links, numbers: str = "", inset: str = "", lead: str = "", style: str = ""
    ) -> str:
        style = style or _style(block)
        gap = '<w:spacing w:after="260"/>' if block.closing else ""
        side = '<w:jc w:val="right"/>' if block.at_right else ""
        around = f"{numbers}{_edge(block)}{'<w:bidi/>' if block.rightward else ''}{gap}{inset}{side}"
        inner = lead + "".join(self._inlines(block, links))
        if block.anchor:
            self._anchors += 1
            number = _BOOKMARKS + self._anchors
            begin = f'<w:bookmarkStart w:id="{number}" w:name="{block.anchor}"/>'
            inner = f'{begin}{inner}<w:bookmarkEnd w:id="{number}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{around}</w:pPr>{inner}</w:p>'

    def _inlines(self, block: Paragraph, links: Links) -> Iterator[str]:
        link = ""
        for inline in block.inlines:
            if isinstance(inline, Stretch):
                if inline.link != link:
                    yield "</w:hyperlink>" if link else ""
                    link = inline.link
                    yield f'<w:hyperlink r:id="{links.address(link)}" w:history="1">' if link else ""
                yield self._runs.runs(inline, block)
                continue
            if link and not isinstance(inline, Begin | End):
                link = ""
                yield "</w:hyperlink>"
            yield self._point(inline, links)
        if link:
            yield "</w:hyperlink>"

    def _point(self, inline: Inline, links: Links) -> str:
        """Return what is no text."""
        match inline:
            case Begin():
                self._comment(inline.comment)
                return f'<w:commentRangeStart w:id="{_COMMENTS + inline.comment.number}"/>'
            case End():
                number = _COMMENTS + inline.comment.number
                reference = f'<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/>'
                return f'<w:commentRangeEnd w:id="{number}"/><w:r>{reference}</w:r>'
            case Footnote():
                return self._footnote(inline)
            case Picture():
                return self._picture(inline, links)
            case PageOf():
                return f"<w:r><w:tab/></w:r>{_page_of(inline.anchor)}"
        return ""

    def _items(self, block: Listing) -> Iterator[str]:
        """Yield the items of a list; each ordered list in it counts from 1 by itself."""
        opened: list[tuple[bool, int]] = []
        for item in block.items:
            del opened[item.level :]
            if len(opened) == item.level and opened[-1][0] != item.ordered:
                opened.pop()
            if len(opened) < item.level:
                opened.append((item.ordered, self._new_list(item.level) if item.ordered else _BULLETS))
            place = f'<w:ilvl w:val="{item.level - 1}"/><w:numId w:val="{opened[-1][1]}"/>'
            inset = f'<w:ind w:left="{170 + LIST_INDENT * item.level}" w:hanging="{LIST_INDENT}"/>'
            is_note = item.style != "item"
            name = STYLE_IDS[item.style] if is_note else "ListNumber" if item.ordered else "ListBullet"
            depth = min(item.level, _LIST_STYLES)
            suffix = str(depth) if depth > 1 and not is_note else ""
            yield self._paragraph(
                item, self.links, f"<w:numPr>{place}</w:numPr>", inset if is_note else "", style=name + suffix
            )

    def _new_list(self, level: int) -> int:
        number = _BULLETS + 1 + len(self.lists)
        start = f'<w:lvlOverride w:ilvl="{level - 1}"><w:startOverride w:val="1"/></w:lvlOverride>'
        self.lists.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{start}</w:num>')
        return number

    def _table(self, block: Table) -> str:
        widths = [round(share * TEXT_WIDTH) for share in shares(block)]
        look = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        settings = (
            f'<w:tblStyle w:val="ArticleTable"/>{"<w:bidiVisual/>" if block.rightward else ""}'
            f'<w:tblW w:w="5000" w:type="pct"/>{look}w:noVBand="1"/>'
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(self._row(row, widths, number < block.headers) for number, row in enumerate(block.rows))
        table = f"<w:tbl><w:tblPr>{settings}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        return f'{table}<w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p>'

    def _row(self, row: Sequence[Sequence[Paragraph]], widths: Sequence[int], header: bool) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{''.join(self._paragraph(one, self.links) for one in cell)}</w:tc>"
            for cell, width in zip(row, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"

    def _contents(self, block: Contents) -> str:
        """Return the contents as a field that Word brings up to date (17.16.5.68), with its lines as they are now."""
        kind = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{block.depth}" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        lines = "".join(
            self._line(line, begin if not number else "").replace(
                "</w:p>", _END if number == len(block.lines) - 1 else "</w:p>"
            )
            for number, line in enumerate(block.lines)
        )
        heading = self._paragraph(block.heading, self.links)
        return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{heading}{lines}</w:sdtContent></w:sdt>"

    def _line(self, line: Paragraph, begin: str) -> str:
        """Return a line of the contents, which leads to its heading."""
        inner = "".join(self._inlines(line, self.links))
        style, bidi = _style(line), "<w:bidi/>" if line.rightward else ""
        link = f'<w:hyperlink w:anchor="{line.target}" w:history="1">{inner}</w:hyperlink>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi}</w:pPr>{begin}{link}</w:p>'

    def _comment(self, comment: Comment) -> None:
        lead = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
        paragraphs = comment.paragraphs or [Paragraph("comment", ())]
        inner = "".join(
            self._paragraph(one, self.comment_links, lead="" if number else lead)
            for number, one in enumerate(paragraphs)
        )
        moment = timestamp(comment.moment)[:19]
        date = f' w:date="{moment}Z"' if moment else ""
        author, initials = escape(comment.author), escape(_initials(comment.author))
        who = f'w:id="{_COMMENTS + comment.number}" w:author="{author}"{date} w:initials="{initials}"'
        self.comments.append(f"<w:comment {who}>{inner}</w:comment>")

    def _footnote(self, footnote: Footnote) -> str:
        number = _FIRST_NOTE + len(self.footnotes)
        sign = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        lead = f'{sign}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
        inner = self._paragraph(footnote.paragraph, self.footnote_links, lead=lead)
        self.footnotes.append(f'<w:footnote w:id="{number}">{inner}</w:footnote>')
        return f'{sign}<w:footnoteReference w:id="{number}"/></w:r>'

    def _picture(self, picture: Picture, links: Links) -> str:
        self._pictures += 1
        width, height = picture.width * _EMU, picture.height * _EMU
        scale = min(1.0, _WIDEST / width, _HIGHEST / height)
        size = f'cx="{max(1, round(width * scale))}" cy="{max(1, round(height * scale))}"'
        about = f'id="{self._pictures}" name="Picture {self._pictures}" descr="{escape(picture.alt)}"'
        frame = (
            f'<pic:pic><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="'
            f'{links.picture(picture)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off '
            f'x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        graphic = f'<a:graphic><a:graphicData uri="{_PICTURE}">{frame}</a:graphicData></a:graphic>'
        inline = f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {about}/>'
        return f"<w:r><w:drawing>{inline}{graphic}</wp:inline></w:drawing></w:r>"


_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def _page_of(anchor: str) -> str:
    """Return the number of a page as a field (17.16.5.45) that programs work out when they lay out the pages."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {anchor} \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _edge(block: Paragraph) -> str:
    """Return the line beside a paragraph where it is not as its style has it: of another colour, on the other side."""
    further = LIST_INDENT // 20 * (block.level - 1) if block.style == "note item" else 0
    if not block.edge and not (block.style in BARRED and (block.rightward or further)):
        return ""
    side, other = ("right", '<w:left w:val="nil"/>') if block.rightward else ("left", "")
    width, space = 24 if block.edge else 12, min(8 + further, _FURTHEST)
    line = f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" w:color="{block.edge or BAR}"/>'
    return f"<w:pBdr>{other}{line}</w:pBdr>"


def _style(block: Paragraph) -> str:
    if block.style == "heading":
        return f"Heading{block.level}"
    if block.style == "contents":
        return f"TOC{min(block.level, _CONTENTS_STYLES)}"
    return STYLE_IDS[block.style]


def _initials(author: str) -> str:
    letters = [next((letter for letter in word if letter.isalnum()), "") for word in author.split()]
    return "".join(filter(None, letters))[:3].upper()
