"""Links on a page of a PDF, and the highlights that a reader made in another program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ctypes import POINTER, c_int, c_uint, c_ushort, cast, create_string_buffer
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from app.importers._pdf_words import Box, Frame, Page, Word
from app.text.addresses import safe_address

MOST: Final = 5_000
"""So many annotations of one page are read."""

_LONGEST: Final = 100_000  # bytes of a note
_STAMP: Final = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?(?:([+-])(\d{2})'?(\d{2})?)?")
_COLOURS: Final = {
    "yellow": (255, 212, 0), "red": (255, 60, 60), "green": (95, 178, 54), "blue": (46, 120, 229),
    "purple": (150, 100, 220), "magenta": (229, 110, 238), "orange": (241, 152, 55), "grey": (170, 170, 170),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlighted passage, or a note on the page: its boxes in the frame of the text, and what is said of it.

    A note has no boxes. ``colour`` is a name; ``created`` is in UTC milliseconds, 0 when it is not known.
    """

    boxes: tuple[Box, ...]
    note: str = ""
    author: str = ""
    colour: str = ""
    created: int = 0


def read_links(raw: Any, document: Any, page: Any, frame: Frame) -> Iterator[tuple[Box, str]]:
    """Yield the places of the links to web addresses on a page."""
    position, link, box = c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(MOST):
        if not raw.FPDFLink_Enumerate(page, position, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < size < _LONGEST or not raw.FPDFLink_GetAnnotRect(link, box):
            continue
        data = create_string_buffer(size)
        raw.FPDFAction_GetURIPath(document, action, data, size)
        address = safe_address(data.value.decode("utf-8", "replace"))
        if address and not address.startswith("#"):
            yield frame.box(box.left, box.bottom, box.right, box.top), address


def read_highlights(raw: Any, page: Any, frame: Frame) -> Iterator[Annotation]:
    """Yield the highlighted and underlined passages of a page, and the notes on it, which have no boxes."""
    for number in range(min(MOST, max(0, raw.FPDFPage_GetAnnotCount(page)))):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            kinds = (raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY)
            subtype = raw.FPDFAnnot_GetSubtype(annotation)
            note = _text(raw, annotation, b"Contents").replace("\r\n", "\n").replace("\r", "\n").strip()
            boxes = _boxes(raw, annotation, frame) if subtype in kinds else ()
            if boxes or (note and subtype in (*kinds, raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT)):
                yield Annotation(
                    boxes,
                    note,
                    _text(raw, annotation, b"T").strip(),
                    _colour(raw, annotation),
                    _stamp(_text(raw, annotation, b"CreationDate") or _text(raw, annotation, b"M")),
                )
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def put_links(words: Sequence[Word], links: Sequence[tuple[Box, str]]) -> None:
    """Give each word on a link its address."""
    for (left, top, right, bottom), address in links:
        for word in words:
            if left <= (word.x0 + word.x1) / 2 <= right and top <= word.base - 0.3 * word.style.size <= bottom:
                word.link = address


def put_marks(page: Page, annotations: Sequence[Annotation], first: int) -> None:
    """Give each word what of it each highlight covers; the highlights are numbered from ``first``."""
    for number, annotation in enumerate(annotations, first):
        for left, top, right, bottom in annotation.boxes:
            for word in page.words:
                height = word.base - 0.3 * word.style.size
                if top <= height <= bottom and word.x1 > left and word.x0 < right:
                    span = _covered(page, word, left, right)
                    if span:
                        word.marks.append((number, page.offset(word, span[0]), page.offset(word, span[1])))


def _covered(page: Page, word: Word, left: float, right: float) -> tuple[int, int] | None:
    """Return which characters of a word lie between two edges."""
    middles = [(box[0] + box[2]) / 2 for box in page.boxes(word)]
    inside = [number for number, middle in enumerate(middles) if left <= middle <= right]
    return (inside[0], inside[-1] + 1) if inside else None


def _boxes(raw: Any, annotation: Any, frame: Frame) -> tuple[Box, ...]:
    quad = raw.FS_QUADPOINTSF()
    boxes = []
    for number in range(min(MOST, raw.FPDFAnnot_CountAttachmentPoints(annotation))):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            across = (quad.x1, quad.x2, quad.x3, quad.x4)
            along = (quad.y1, quad.y2, quad.y3, quad.y4)
            boxes.append(frame.box(min(across), min(along), max(across), max(along)))
    return tuple(boxes)


def _text(raw: Any, annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size < _LONGEST:
        return ""
    data = create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key, cast(data, POINTER(c_ushort)), size)
    return data.raw.decode("utf-16-le", "replace").rstrip("\0")


def _colour(raw: Any, annotation: Any) -> str:
    """Return the name of the colour that is nearest to an annotation's, or nothing."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    kind = raw.FPDFANNOT_COLORTYPE_Color
    if not raw.FPDFAnnot_GetColor(annotation, kind, red, green, blue, alpha):
        return ""
    seen = (red.value, green.value, blue.value)
    return min(_COLOURS, key=lambda name: sum((a - b) ** 2 for a, b in zip(_COLOURS[name], seen, strict=True)))


def _stamp(text: str) -> int:
    """Return a time as PDF writes it in UTC milliseconds; 0 when it is none."""
    match = _STAMP.match(text)
    if not match:
        return 0
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return 0
    away = timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0))
    return max(0, int((moment + (away if match[7] == "-" else -away)).timestamp() * 1000))
