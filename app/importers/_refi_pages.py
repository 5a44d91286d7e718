"""What is selected on the pages of a PDF in a REFI-QDA project, found in its text by the words that are told of it.

The standard has a frame on a page for it (``PDFSelection``), in points that no two programs count alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.importers._carrying import letters
from app.importers._refi import child, children, position
from app.text.quotes import fold, occurrences_like

if TYPE_CHECKING:
    from lxml import etree

    from app.importers._refi_project import Project
    from app.text.body import Body
    from app.text.ranges import Span

_PAGE: Final = "page"
_FEWEST: Final = 12  # letters of a name that is taken for words: shorter ones are numbers and the names of frames
_CUT: Final = ("…", "...")
_MOST: Final = 50  # places that are looked at


def framed(project: Project, source: etree._Element, body: Body) -> Iterator[tuple[etree._Element, Span | None]]:
    """Yield the selections on the pages of a source that have words, and where these stand in its text.

    ``None``: they are not there, or in several places of which the page does not tell one.
    """
    told = [(one, words) for one in children(source, "PDFSelection") if (words := _words(project, one))]
    folded = fold(body.text) if told else None
    for one, words in told:
        spans = occurrences_like(folded, body.text, words, _MOST) if folded else []
        if len(spans) > 1:
            spans = _on_page(body, spans, position(one.get("page")))
        yield one, spans[0] if len(spans) == 1 else None


def _words(project: Project, one: etree._Element) -> str:
    """Return the words of a selection: those that it brings, or a name that is made of them."""
    held = child(one, "Representation")
    brought = (project.text(held) or "").strip() if held is not None else ""
    if brought:
        return brought
    name = (one.get("name") or "").strip()
    is_passage = len(letters(name)) >= _FEWEST and " " in name and not name.endswith(_CUT)
    return name if is_passage else ""


def _on_page(body: Body, spans: list[Span], page: int) -> list[Span]:
    """Return those of several places that lie on a page, where those of the text are counted from 1.

    The standard does not say whether the first page is 0 or 1: a place on the only one of both is meant.
    """
    if not body.blocks or body.blocks[0].attributes.get(_PAGE) != "1":
        return []
    pages = {str(page), str(page + 1)}
    return [span for span in spans if body.block_at(span[0]).attributes.get(_PAGE) in pages]
