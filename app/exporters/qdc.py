"""REFI-QDA codebook (``.qdc``): the tree of themes with their colours and definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import ExportFailed
from app.exporters._base import PROGRAMS, Export, Exporter, File
from app.exporters._refi import ORIGIN, codes, root, written
from app.exporters._values import counted
from app.model import Bundle
from app.options import OptionValue

_NAMESPACE: Final = "urn:QDA-XML:codebook:1.0"


def write(bundle: Bundle, _options: Mapping[str, OptionValue]) -> Export:
    """Write the codebook. What it cannot carry: everything but themes, and of these the notes and digits.

    Raises ``ExportFailed`` when there is none: the schema asks for one code at least.
    """
    if not bundle.themes:
        raise ExportFailed("A codebook holds themes, and there are none yet.", "Make a theme first.")
    document = root("CodeBook", _NAMESPACE, origin=ORIGIN)
    codes(document, bundle.themes)
    noted = sum(bool(theme.note.strip()) for theme in bundle.themes)
    digits = sum(theme.digit is not None for theme in bundle.themes)
    left = (
        *counted(noted, "The note on one theme.", "The notes on {count} themes."),
        *counted(digits, "The digit of one theme.", "The digits of {count} themes."),
        *counted(len(bundle.articles), "One article: a codebook holds themes only.",
                 "{count} articles: a codebook holds themes only."),
    )  # fmt: skip
    return Export(iter((File("", written(document)),)), left)


EXPORTER: Final = Exporter(
    key="qdc",
    name="REFI-QDA codebook",
    suffix=".qdc",
    write=write,
    group=PROGRAMS,
    good_for="The themes alone, for NVivo, ATLAS.ti, MAXQDA.",
    comes_back=True,
)
