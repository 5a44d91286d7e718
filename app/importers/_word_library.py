"""The library that turns Word documents into HTML, held so that a damaged document costs a sentence.

It is handed trees that are read already: what it would make of an archive by itself it reads three times more slowly.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.errors import ImportFailed
from app.importers._archives import Archive
from app.loading import load

if TYPE_CHECKING:
    from lxml import etree

Picture = Callable[[Any], Mapping[str, str]]
"""Gives the attributes of an image; its ``open`` gives a file."""

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
# The names that the library has for namespaces.
_PREFIXES: Final[Mapping[str, str]] = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    _OFFICE: "r",
    f"{_DRAWING}/wordprocessingDrawing": "wp",
    f"{_DRAWING}/main": "a",
    f"{_DRAWING}/picture": "pic",
    f"{_PACKAGE}/content-types": "content-types",
    f"{_PACKAGE}/relationships": "relationships",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:word": "office-word",
    "http://schemas.microsoft.com/office/word/2010/wordml": "wordml",
}
_BARE: Final = frozenset(("w:p", "w:r", "w:t"))  # of their attributes the library reads none
_CHOICE: Final = "mc:AlternateContent"
_CHOSEN: Final = "mc:Fallback"


@dataclass(slots=True)
class Package:
    """A document: its parts that are XML, the name of the one with the text, and the archive that has its pictures."""

    trees: Mapping[str, etree._Element]
    main: str
    archive: Archive
    _pictures: dict[str, bytes] = field(default_factory=dict)

    def open(self, name: str) -> io.BytesIO:
        """Return a picture as a file, an empty one where there is none; the library asks for each time it is shown."""
        if name not in self._pictures:
            self._pictures[name] = self.archive.read(name) if name in self.archive else b""
        return io.BytesIO(self._pictures[name])


def converted(package: Package, name: str, picture: Picture, styles: str = "") -> str:
    """Return a document as HTML. ``styles`` say what its styles mean, as the library wants it; comments are left out.

    Raises ``ImportFailed``.
    """
    try:
        return _Converter(package).html(picture, styles)
    except MemoryError:
        raise
    except Exception as problem:  # a damaged document may break the library anywhere
        raise ImportFailed("{name} is a damaged Word document: its text cannot be read.",
                           "Download it again, or open it in Word or LibreOffice and save it anew.",
                           name=name) from problem  # fmt: skip


class _Converter:
    """Hands the library one document, part by part."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names: dict[str, str] = {}
        self._xml = load("mammoth.docx.xmlparser")
        self._relations = load("mammoth.docx.relationships_xml")

    def html(self, picture: Picture, styles: str) -> str:
        """Return the document with its notes as HTML."""
        main, bodies, notes = self._package.main, self._bodies(), load("mammoth.docx.notes_xml")
        found: list[Any] = []
        for kind, read in (
            ("footnotes", notes.read_footnotes_xml_element),
            ("endnotes", notes.read_endnotes_xml_element),
        ):
            if (part := self._part_of(kind)) is not None:
                found += read(self._tree(part), body_reader=bodies(part)).value
        reading, conversion = load("mammoth.docx.document_xml"), load("mammoth.conversion")
        document = reading.read_document_xml_element(self._tree(main), body_reader=bodies(main), notes=found).value
        wanted = {
            "style_map": styles,
            "convert_image": load("mammoth").images.img_element(picture),
            "output_format": "html",
        }
        options = load("mammoth.options").read_options(wanted).value
        markup: str = conversion.convert_document_element_to_html(document, **options).value
        return markup

    def _bodies(self) -> Callable[[str], Any]:
        """Return what gives the reader of a part with text."""
        styles_xml, numbering_xml = load("mammoth.docx.styles_xml"), load("mammoth.docx.numbering_xml")
        types_xml, body_xml = load("mammoth.docx.content_types_xml"), load("mammoth.docx.body_xml")
        types, styles, numbers = "[Content_Types].xml", self._part_of("styles"), self._part_of("numbering")
        content_types = types_xml.empty_content_types
        if types in self._package.trees:
            content_types = types_xml.read_content_types_xml_element(self._tree(types))
        known = styles_xml.read_styles_xml_element(self._tree(styles)) if styles else styles_xml.Styles.EMPTY
        numbering = numbering_xml.Numbering.EMPTY
        if numbers:
            numbering = numbering_xml.read_numbering_xml_element(self._tree(numbers), styles=known)

        def reader(part: str) -> Any:
            return body_xml.reader(
                numbering=numbering,
                content_types=content_types,
                relationships=self._related(part),
                styles=known,
                docx_file=self._package,
                files=load("mammoth.docx.files").Files(None, external_file_access=False),
            )

        return reader

    def _part_of(self, kind: str) -> str | None:
        """Return the name of the part of a kind, which the text names or which has its usual name; or none."""
        folder = posixpath.dirname(self._package.main)
        targets = self._related(self._package.main).find_targets_by_type(f"{_OFFICE}/{kind}")
        named = (posixpath.join(folder, target).lstrip("/") for target in targets)
        return next((name for name in (*named, f"word/{kind}.xml") if name in self._package.trees), None)

    def _related(self, part: str) -> Any:
        """Return what a part says of the parts that belong to it."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._package.trees:
            return self._relations.Relationships.EMPTY
        return self._relations.read_relationships_xml_element(self._tree(relations))

    def _tree(self, name: str) -> Any:
        return self._nodes(self._package.trees[name])[0]

    def _nodes(self, element: etree._Element) -> list[Any]:
        """Return an element as the library knows elements; of several ways to show something the plainest."""
        name = self._name(element.tag)
        children: list[Any] = [] if element.text is None else [self._xml.text(element.text)]
        for child in element:
            if isinstance(child.tag, str):
                children += self._nodes(child)
        if name == _CHOICE:
            return next((child.children for child in children if getattr(child, "name", "") == _CHOSEN), [])
        attributes = {} if name in _BARE else {self._name(key): value for key, value in element.attrib.items()}
        return [self._xml.element(name, attributes, children)]

    def _name(self, tag: Any) -> str:
        known = self._names.get(tag)
        if known is None:
            space, _brace, name = str(tag).rpartition("}")
            prefix = _PREFIXES.get(space[1:]) if space else None
            known = self._names[tag] = f"{prefix}:{name}" if prefix else str(tag)
        return known
