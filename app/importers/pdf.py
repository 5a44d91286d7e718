"""PDF: what its files are told by. They are read in :mod:`_pdf_article`, which is loaded for the first of them."""

from __future__ import annotations

from typing import Final

from app.importers._base import File, Importer, Parts
from app.importers._pdf_sign import is_pdf
from app.loading import load
from app.options import Option


def read(file: File) -> Parts:
    """Read a file of one article; raises ``ImportFailed``."""
    found: Parts = load("app.importers._pdf_article").read(file)
    return found


IMPORTER: Final = Importer(
    "pdf",
    "PDF",
    (".pdf",),
    read,
    is_pdf,
    options=(Option("colours", "Themes named after the colours of highlights", default=False),),
    splits=True,
    paged=True,
)
