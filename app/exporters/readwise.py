"""Readwise: the CSV that its bulk import takes in (https://readwise.io/import_bulk), a highlight a row.

Themes are tags at the beginning of the note (``.economy``). Readwise takes the cells as they are and knows no guard
of ``'``: what a spreadsheet would calculate, and a note that begins like a tag, follow a word joiner, which shows
nowhere and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.exporters._base import PROGRAMS, Export, Exporter, File
from app.exporters._outline import LAYERS
from app.exporters._table import csv_lines
from app.exporters._values import (
    chosen,
    counted,
    encoded,
    facts_behind,
    has_marks,
    in_order,
    own_fields_behind,
    paragraph,
    themes_by_id,
    themes_explained,
    timestamp,
    title_of,
    words_between,
)
from app.model import Bundle, BundledArticle, Highlight, Theme
from app.options import OptionValue
from app.wording import Message

_COLUMNS: Final = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
_JOINER: Final = "\N{WORD JOINER}"
_GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", _JOINER)
_TAG_SIGN: Final = "."
_NOT_IN_TAGS: Final = re.compile(r"[\s.,;:!?]+")
_ACTION: Final = re.compile(r"c\d+|h[1-6]")  # such tags join passages and make headings


def write(bundle: Bundle, _options: Mapping[str, OptionValue]) -> Export:
    """Write the table. What it cannot carry: texts, positions, what is said of articles, and how themes are written."""
    files = (File("", data) for data in _parts(bundle))
    return Export(files, _left_behind(bundle), len(bundle.articles) + 1)


def _left_behind(bundle: Bundle) -> tuple[Message, ...]:
    texts = sum(bool(item.makeup.letters) for item in bundle.articles)
    bare = sum(not item.highlights for item in bundle.articles)
    placed = sum(len(item.highlights) for item in bundle.articles)
    said = sum(has_marks(item.article) for item in bundle.articles)
    owned = sum(bool(one.author) for item in bundle.articles for one in item.highlights)
    changed = sum(theme.path != (tag_of(theme),) for theme in bundle.themes)
    return (
        *counted(texts, "The full text of one article: a table holds its passages only.",
                 "The full texts of {count} articles: a table holds their passages only."),
        *counted(bare, "One article without highlights.", "{count} articles without highlights."),
        *counted(placed, "The exact position of one highlight: the table names its paragraph only.",
                 "The exact positions of {count} highlights: the table names their paragraphs only."),
        *counted(said, "The note and themes on one article as a whole.",
                 "The notes and themes on {count} articles as a whole."),
        *counted(owned, "Whose one highlight is.", "Whose {count} highlights are."),
        *counted(changed, "The place of one theme in the tree, and what of its name a tag cannot hold.",
                 "The places of {count} themes in the tree, and what of their names a tag cannot hold."),
        *facts_behind((item for item in bundle.articles if item.highlights), "title", "byline", "address"),
        *own_fields_behind(bundle.articles),
        *themes_explained(bundle),
        *words_between(bundle),
    )  # fmt: skip


def _parts(bundle: Bundle) -> Iterator[bytes]:
    themes = themes_by_id(bundle)
    yield encoded(csv_lines([_COLUMNS], str))
    for item in in_order(bundle):
        yield encoded(csv_lines((_row(item, highlight, themes) for highlight in item.highlights), str))


def _row(item: BundledArticle, highlight: Highlight, themes: Mapping[str, Theme]) -> Sequence[str]:
    known = item.article.metadata
    source = (title_of(known), known.byline or "", known.address or "")
    tags = (f"{_TAG_SIGN}{tag_of(theme)}" for theme in chosen(highlight.themes, themes))
    note = _guarded(highlight.note, _TAG_SIGN)
    return [
        _guarded(highlight.quote),
        *map(_guarded, source),
        " ".join(filter(None, (*dict.fromkeys(tags), note))),
        str(paragraph(item.content.body, highlight) or ""),
        timestamp(highlight.created),
    ]


def _guarded(text: str, *more: str) -> str:
    """Return a text behind a word joiner when it begins with what would act, or with one."""
    acts = text.startswith(_GUARDED) or text.lstrip().startswith((*_GUARDED, *more))
    return f"{_JOINER}{text}" if acts else text


def tag_of(theme: Theme) -> str:
    """Return the tag of a theme: its own name, an underscore for what ends a tag."""
    tag = _NOT_IN_TAGS.sub("_", theme.name).lstrip("#").strip("_") or "theme"
    return f"{tag}_" if _ACTION.fullmatch(tag) else tag


EXPORTER: Final = Exporter(
    key="readwise",
    name="Readwise (CSV)",
    suffix=".csv",
    group=PROGRAMS,
    good_for="Passages and notes, for its bulk import.",
    write=write,
    options=(LAYERS,),
)
