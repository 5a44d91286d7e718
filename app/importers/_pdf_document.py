"""A PDF file as pdfium opens it: its pages, labels and what it says of itself. Errors are sentences for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_ushort, cast, create_string_buffer
from datetime import date
from typing import Any, Final

from app.errors import ImportFailed
from app.importers._pdf_sign import is_pdf
from app.loading import load

MOST_PAGES: Final = 10_000
"""So many pages may a file have."""

_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_STAMP: Final = re.compile(r"(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")
_LONGEST: Final = 20_000


class Document:
    """An open PDF file. ``raw`` is pdfium's own interface."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open a file; raises ``ImportFailed`` for one that is locked, damaged or none."""
        if not is_pdf(data):
            raise ImportFailed("{name} is not a PDF.", "Check what it is, or rename it.", name=name)
        library = load("pypdfium2")
        self.raw: Any = library.raw
        try:
            self._document = library.PdfDocument(data)
        except library.PdfiumError as error:
            raise _unopened(getattr(error, "err_code", None), str(error), name) from None
        self.pages = len(self._document)
        if self.pages > MOST_PAGES:
            self.close()
            hint = "Split it into smaller files."
            raise ImportFailed("{name} has more than {most} pages.", hint, name=name, most=MOST_PAGES)

    def close(self) -> None:
        """Give back what pdfium holds."""
        self._document.close()

    @property
    def handle(self) -> Any:
        """The document, for calls of ``raw``."""
        return self._document.raw

    @contextmanager
    def page(self, number: int) -> Iterator[tuple[Any, Any] | None]:
        """Open a page and its text; ``None`` for one that cannot be read."""
        raw = self.raw
        page = raw.FPDF_LoadPage(self.handle, number)
        text = raw.FPDFText_LoadPage(page) if page else None
        try:
            yield (page, text) if text else None
        finally:
            if text:
                raw.FPDFText_ClosePage(text)
            if page:
                raw.FPDF_ClosePage(page)

    def area(self, page: Any) -> float:
        """Return the size of a page in square points."""
        return float(abs(self.raw.FPDF_GetPageWidthF(page) * self.raw.FPDF_GetPageHeightF(page)))

    def labels(self) -> tuple[str, ...]:
        """Return the labels that the file gives its pages; nothing when they only count them."""
        found = tuple(self._string(self.raw.FPDF_GetPageLabel, number) for number in range(self.pages))
        counted = all(label in ("", str(number + 1)) for number, label in enumerate(found))
        return () if counted else tuple(label or str(number + 1) for number, label in enumerate(found))

    def said(self, key: str) -> str:
        """Return what the file says of itself: ``Title``, ``Author``, ``Subject``, ``Keywords``."""
        return " ".join(self._string(self.raw.FPDF_GetMetaText, key.encode()).split())

    def created(self) -> str:
        """Return the day (ISO) on which the file was made, as it states it; empty when it does not."""
        match = _STAMP.match(self.said("CreationDate"))
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat() if match else ""
        except ValueError:
            return ""

    def _string(self, read: Any, key: Any) -> str:
        size = read(self.handle, key, None, 0)
        if not 2 < size <= _LONGEST:
            return ""
        data = create_string_buffer(size)
        read(self.handle, key, cast(data, POINTER(c_ushort)), size)
        return data.raw.decode("utf-16-le", "replace").split("\0", 1)[0].strip()


def _unopened(code: int | None, problem: str, name: str) -> ImportFailed:
    if code == _PASSWORD or "password" in problem.lower():
        hint = "Open it elsewhere with its password, and save it without one."
        return ImportFailed("{name} is locked with a password.", hint, name=name)
    hint = "Open it elsewhere and save it again, or take another copy."
    return ImportFailed("{name} is damaged: it begins like a PDF, but its pages cannot be found.", hint, name=name)
