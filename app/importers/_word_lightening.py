"""Trees of Word documents without what says nothing of text and structure: what reads them takes its time for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.importers._word_marks import W
from app.importers._xml import local

if TYPE_CHECKING:
    from lxml import etree

_SETTINGS: Final = frozenset(("pStyle", "numPr", "rStyle", "b", "i", "vertAlign", "del", "rPr", "outlineLvl"))
_SILENT: Final = tuple(
    f"{W}{name}"
    for name in ("proofErr", "lastRenderedPageBreak", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
                 "commentReference")
)  # fmt: skip
_RUN: Final = f"{W}r"
_TEXT: Final = f"{W}t"
_PROPERTIES: Final = f"{W}rPr"

_Set = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def lighten(tree: etree._Element) -> None:
    """Take out settings that say nothing of structure and elements that show nothing; join runs that are set alike."""
    for properties in tree.iter(f"{W}pPr", _PROPERTIES):
        for setting in list(properties):
            if local(setting) not in _SETTINGS:
                properties.remove(setting)
    for element in list(tree.iter(*_SILENT)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    _join_runs(tree)


def _join_runs(tree: etree._Element) -> None:
    """Make one run of those that follow each other and are set alike: programs cut them wherever they like."""
    first: etree._Element | None = None
    set_so: _Set | None = None
    words: list[etree._Element] = []
    for run in list(tree.iter(_RUN)):
        settings = _settings(run)
        parent = run.getparent()
        if settings is not None and settings == set_so and run.getprevious() is first and parent is not None:
            words += run.iterchildren(_TEXT)
            parent.remove(run)
            continue
        _join_texts(words)
        first, set_so, words = run, settings, list(run.iterchildren(_TEXT)) if settings is not None else []
    _join_texts(words)


def _join_texts(words: list[etree._Element]) -> None:
    """Put what stands in several texts into the first of them, and take the others out of its run."""
    if len(words) < 2:
        return
    first, *others = words
    first.text = "".join(word.text or "" for word in words)
    run = first.getparent()
    for other in others:
        if other.getparent() is run and run is not None:
            run.remove(other)


def _settings(run: etree._Element) -> _Set | None:
    """Return how a run is set; ``None`` for one that holds no text, or anything else than text."""
    found: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    is_text = False
    for child in run:
        if child.tag == _PROPERTIES:
            found += [(str(one.tag), tuple((str(k), str(v)) for k, v in one.attrib.items())) for one in child]
        elif child.tag == _TEXT and not len(child):
            is_text = True
        else:
            return None
    return tuple(found) if is_text else None
