"""The package of a Word document: all its parts but those that are written as the text goes along.

The library makes package, header, footer and properties; what it would give every document of its own goes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from types import MappingProxyType
from typing import Any, Final

from app.exporters._languages import kind_of_language
from app.exporters._word_body import Links, Writing
from app.exporters._word_styles import defaults, list_levels, styles
from app.loading import load

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES: Final = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}/relationships" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_GATHERED: Final[Mapping[str, str]] = MappingProxyType({"comments": "comments", "footnotes": "footnotes"})
_UNWANTED: Final = ("thumbnail", "customXml", "stylesWithEffects", "fontTable", "webSettings", "extended-properties")
_PICTURES: Final = ("png", "jpeg", "gif")
_PAGE: Final = 'w:w="11906" w:h="16838"'
_MARGINS: Final = 'w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"'


class Package:
    """The parts of an empty document, and those that hold what a :class:`Writing` gathered."""

    def __init__(self, title: str, language: str, made: int) -> None:
        """Take the document's title, its language, and when it was made (UTC milliseconds, 0 for not known)."""
        document = load("docx").Document()
        self._parse = load("docx.oxml").parse_xml
        _strip(document)
        self._style(document, language)
        self._head_and_foot(document, title)
        _describe(document.core_properties, title, language, made)
        self._add_parts(document)
        target = io.BytesIO()
        document.save(target)
        with zipfile.ZipFile(target) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        section = load("lxml.etree").tostring(document.element.body.sectPr, encoding="unicode")
        self.begin = f"{DECLARATION}<w:document {NAMESPACES}><w:body>"
        self.end = f"{section}</w:body></w:document>"

    def before(self) -> Mapping[str, bytes]:
        """Return the parts that stand before the text: what the others are, and where they are found."""
        types = self._parts["[Content_Types].xml"].decode()
        known = "".join(f'<Default Extension="{kind}" ContentType="image/{kind}"/>' for kind in _PICTURES)
        first = types.index("<Default")
        return {
            "[Content_Types].xml": (types[:first] + known + types[first:]).encode(),
            "_rels/.rels": self._parts["_rels/.rels"],
        }

    def after(self, writing: Writing) -> Iterator[tuple[str, bytes]]:
        """Yield the parts that stand behind the text, without the pictures, each when it is asked for."""
        written = {"word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels", *self.before()}
        for name, data in sorted(self._parts.items()):
            if name not in written and data:
                yield name, data
        for part, links, own in (
            ("comments", writing.comment_links, writing.comments),
            ("footnotes", writing.footnote_links, [_SEPARATORS, *writing.footnotes]),
        ):
            yield f"word/_rels/{part}.xml.rels", self._related(part, links)
            yield f"word/{part}.xml", _whole(part, own)
        yield "word/_rels/document.xml.rels", self._related("document", writing.links)
        yield "word/numbering.xml", _whole("numbering", [list_levels(), _BULLETED, *writing.lists])

    def _related(self, part: str, links: Links) -> bytes:
        """Return the relationships of a part, its own and those to addresses and pictures."""
        own = self._parts.get(f"word/_rels/{part}.xml.rels", _RELATIONSHIPS).decode()
        more = [
            f'<Relationship Id="{key}" Type="{_OFFICE}/relationships/hyperlink" Target="{escape(address)}" '
            'TargetMode="External"/>'
            for address, key in links.addresses.items()
        ]
        more += [
            f'<Relationship Id="{key}" Type="{_OFFICE}/relationships/image" Target="media/{name}"/>'
            for key, name in links.pictures.values()
        ]
        return own.replace("</Relationships>", f"{''.join(more)}</Relationships>").encode("utf-8", "replace")

    def _style(self, document: Any, language: str) -> None:
        root = document.styles.element
        root.clear()
        for text in (defaults(language, kind_of_language(language)), *styles()):
            root.append(self._element(text))
        settings = document.settings.element
        for child in list(settings):
            settings.remove(child)
        for text in _SETTINGS:
            settings.append(self._element(text))

    def _head_and_foot(self, document: Any, title: str) -> None:
        section = document.element.body.sectPr
        for child in list(section):
            section.remove(child)
        for text in (f"<w:pgSz {_PAGE}/>", f"<w:pgMar {_MARGINS}/>", "<w:titlePg/>"):
            section.append(self._element(text))
        words = f'<w:r><w:t xml:space="preserve">{escape(title, quote=False)}</w:t></w:r>'
        count = _field("PAGE") + '<w:r><w:t xml:space="preserve"> / </w:t></w:r>' + _field("NUMPAGES")
        first = document.sections[0]
        for part, style, inner in (
            (first.header, "Header", words),
            (first.footer, "Footer", f"<w:r><w:tab/></w:r>{count}"),
            (first.first_page_header, "Header", ""),
            (first.first_page_footer, "Footer", f"<w:r><w:tab/></w:r>{count}"),
        ):
            part.is_linked_to_previous = False
            root = part.part.element
            for child in list(root):
                root.remove(child)
            root.append(self._element(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'))

    def _add_parts(self, document: Any) -> None:
        packuri, part = load("docx.opc.packuri").PackURI, load("docx.opc.part").Part
        package = document.part.package
        about = part(packuri("/docProps/app.xml"), _ABOUT, _APPLICATION, package)
        package.relate_to(about, f"{_OFFICE}/relationships/extended-properties")
        for name, kind in _GATHERED.items():
            made = part(packuri(f"/word/{name}.xml"), f"{_PART}.{kind}+xml", b"", document.part.package)
            document.part.relate_to(made, f"{_OFFICE}/relationships/{kind}")

    def _element(self, text: str) -> Any:
        """Return markup of ours as an element of the library's."""
        end = min(text.index(mark) for mark in (" ", ">", "/") if mark in text[1:])
        return self._parse(f"{text[:end]} {NAMESPACES}{text[end:]}")


def _strip(document: Any) -> None:
    """Take out what the library's template brings and no document of ours needs."""
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in _UNWANTED]:
            del rels[key]


def _describe(properties: Any, title: str, language: str, made: int) -> None:
    """Say what the document is and when it was made; not by whom, which is for the reader to say."""
    moment = datetime.fromtimestamp(made // 1000, UTC).replace(tzinfo=None)
    properties.title, properties.language, properties.revision = title[:_LONGEST], language, 1
    properties.created = properties.modified = moment
    properties.author = properties.comments = properties.last_modified_by = ""


def _whole(root: str, inner: Sequence[str]) -> bytes:
    return "".join((f"{DECLARATION}<w:{root} {NAMESPACES}>", *inner, f"</w:{root}>")).encode("utf-8", "replace")


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_LONGEST: Final = 255  # what the library lets a property hold
_SEPARATORS: Final = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_BULLETED: Final = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
_RELATIONSHIPS: Final = (
    DECLARATION + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
).encode()
_ABOUT: Final = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_APPLICATION: Final = (
    f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties"><Application>Commonplace</Application>'
    "</Properties>"
).encode()
_WORD: Final = "http://schemas.microsoft.com/office/word"
_SETTINGS: Final = (
    '<w:zoom w:percent="100"/>',
    '<w:defaultTabStop w:val="709"/>',
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>',
    f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{_WORD}" w:val="15"/></w:compat>',
)
