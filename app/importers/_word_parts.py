"""The parts of a Word document, made ready for the library that reads them: checked, styled by ancestry, with points.

The library knows headings, quotations and captions by the names of their styles alone; a style of the writer's own
gets the name of the one it is based on. Comments and highlighted runs, which the library passes over, become points.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.errors import ImportFailed
from app.importers._archives import Archive
from app.importers._noted import Noted
from app.importers._style_names import add_shown, meaning
from app.importers._word_library import Package
from app.importers._word_lightening import lighten
from app.importers._word_marks import W, attribute, place_comments, place_highlights
from app.importers._xml import local, parse_xml, whole_number
from app.loading import load

if TYPE_CHECKING:
    from lxml import etree

_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_LINKED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}link"

_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SHOWN: Final = frozenset(("title", "author", "date"))
_NOTES: Final = frozenset(("footnotes.xml", "endnotes.xml"))
_DEEPEST: Final = 20


@dataclass(slots=True)
class Word:
    """A document ready to be read: the package for the library, and what it would have passed over."""

    package: Package
    noted: list[Noted] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)


def prepared(archive: Archive) -> Word:
    """Make a document ready; raises ``ImportFailed`` when it is none, or a part of it is damaged."""
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    trees: dict[str, etree._Element] = {}
    for name in archive.names:
        beside = posixpath.dirname(name) in (folder, f"{folder}/_rels", "_rels", "")
        if beside and name.endswith((".xml", ".rels")):
            trees[name] = parse_xml(archive.read(name))
    document = trees[main]
    if local(document) != "document" or _STRICT in document.tag:
        raise ImportFailed("It is a Word document of a kind that few programs read (Strict Open XML).",
                           "Open it, and save it as an ordinary Word document (DOCX).")  # fmt: skip
    word = Word(Package(trees, main, archive))
    styles = next((tree for name, tree in trees.items() if posixpath.basename(name) == "styles.xml"), None)
    kinds = _named(styles) if styles is not None else {}
    word.shown = _shown(document, kinds)
    comments = next((tree for name, tree in trees.items() if posixpath.basename(name) == "comments.xml"), None)
    if comments is not None:
        place_comments(document, comments, word.noted)
    texts = [tree for name, tree in trees.items() if tree is document or posixpath.basename(name) in _NOTES]
    for paragraph in (paragraph for tree in texts for paragraph in tree.iter(f"{W}p")):
        _set_level(paragraph, kinds)
        place_highlights(paragraph, word.noted)
    for tree in trees.values():
        for picture in tree.iter("{*}blip"):
            picture.attrib.pop(_LINKED, "")
        lighten(tree)
        _spell_out(tree)
    return word


def _spell_out(tree: etree._Element) -> None:
    """Put the letters of formulas, which the library passes over, into runs."""
    library = load("lxml.etree")
    for formula in tree.iter(f"{_MATHS}oMath"):
        run = library.SubElement(formula, f"{W}r")
        text = library.SubElement(run, f"{W}t")
        text.text = "".join(node.text or "" for node in formula.iter(f"{_MATHS}t"))
        formula.addprevious(run)


def _main_part(archive: Archive) -> str:
    """Return the name of the part that holds the text."""
    if "_rels/.rels" in archive:
        for relation in parse_xml(archive.read("_rels/.rels")).iter("{*}Relationship"):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in archive:
                return target
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise ImportFailed("It holds no Word document.", "Open it in Word or LibreOffice, and save it as DOCX.")


def _named(styles: etree._Element) -> dict[str, str]:
    """Give each paragraph style the name of what it means; return these by the styles' ids."""
    own = {
        attribute(style, "styleId"): style
        for style in styles.iter(f"{W}style")
        if attribute(style, "type") == "paragraph"
    }
    kinds = {}
    for name, style in own.items():
        kind = _meaning(style, own)
        if kind:
            kinds[name] = kind
    for name, kind in kinds.items():
        label = own[name].find(f"{W}name")
        if label is None:
            label = load("lxml.etree").SubElement(own[name], f"{W}name")
        label.set(f"{W}val", kind)
    return kinds


def _set_level(paragraph: etree._Element, kinds: Mapping[str, str]) -> None:
    """Make a heading of a paragraph that has a level of its own in the outline, whatever its style."""
    level = whole_number(attribute(paragraph.find(f"{W}pPr/{W}outlineLvl")))
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    if not 0 <= level < 9 or attribute(style) in kinds:
        return
    if style is None:
        style = load("lxml.etree").Element(f"{W}pStyle")
        next(paragraph.iterchildren(f"{W}pPr")).insert(0, style)
    style.set(f"{W}val", f"Heading{min(level + 1, 6)}")


def _meaning(style: etree._Element | None, own: Mapping[str, etree._Element]) -> str:
    for _step in range(_DEEPEST):
        if style is None:
            break
        known = meaning(attribute(style.find(f"{W}name")))
        level = whole_number(attribute(style.find(f"{W}pPr/{W}outlineLvl")))
        if known:
            return known
        if 0 <= level < 9:
            return f"heading {level + 1}"
        style = own.get(attribute(style.find(f"{W}basedOn")))
    return ""


def _shown(document: etree._Element, kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the first lines that are styled as title, author or date."""
    found: dict[str, str] = {}
    for number, paragraph in enumerate(document.iter(f"{W}p")):
        kind = kinds.get(attribute(paragraph.find(f"{W}pPr/{W}pStyle")), "")
        text = " ".join("".join(node.text or "" for node in paragraph.iter(f"{W}t")).split())
        if kind in _SHOWN and text:
            add_shown(found, kind, text)
        if number > _DEEPEST:
            break
    return found
