"""Citations: where an article or a passage is from, in the style of the reader's house or of a manual of style."""

from __future__ import annotations

from app.citing.dates import UNDATED, written_access, written_date
from app.citing.house import source_line, source_parts
from app.citing.marks import inner_quotes
from app.citing.quoting import citation, page_of, place_of, quotation
from app.citing.source import UNTITLED, Paragraphs, Source, apart, source_of
from app.citing.styles import HOUSE, STYLES, Style, style_of
from app.citing.words import Kind, Line, Words, plain

__all__ = (
    "HOUSE",
    "STYLES",
    "UNDATED",
    "UNTITLED",
    "Kind",
    "Line",
    "Paragraphs",
    "Source",
    "Style",
    "Words",
    "apart",
    "citation",
    "inner_quotes",
    "page_of",
    "place_of",
    "plain",
    "quotation",
    "source_line",
    "source_of",
    "source_parts",
    "style_of",
    "written_access",
    "written_date",
)
