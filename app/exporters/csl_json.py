"""CSL-JSON: an item for each article, as citation processors read it (schema csl-data.json, version 1.0.2).

What the fields of the schema cannot hold exactly stands in ``custom``, which is there for that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.citing.dates import iso_day
from app.exporters._base import REFERENCES, Export, Exporter, File
from app.exporters._references import NOTES, QUOTATIONS, Entry, entries, left_behind
from app.exporters._values import encoded
from app.model import Bundle, Precision, Published
from app.options import OptionValue
from app.text.names import Name

_BETWEEN: Final = ", "


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the items; what they leave behind are texts, positions and the reader's own fields."""
    return Export(_files(bundle, options), left_behind(bundle, options), len(bundle.articles) + 1)


def _files(bundle: Bundle, options: Mapping[str, OptionValue]) -> Iterator[File]:
    begin = "["
    for entry in entries(bundle, options):
        text = json.dumps(_item(entry), ensure_ascii=False, indent=1)
        yield File("", encoded(f"{begin}\n{text}"))
        begin = ","
    yield File("", encoded("\n]\n" if begin == "," else "[]\n"))


def _item(entry: Entry) -> dict[str, Any]:
    source, known = entry.source, entry.article.metadata
    day = iso_day(source.accessed)
    item: dict[str, Any] = {
        "id": entry.key,
        "type": "article-newspaper" if source.outlet else "webpage",
        "title": source.title if entry.is_titled else "",
        "author": [_name(name) for name in source.people],
        "container-title": source.outlet,
        "section": " ".join((known.section or "").split()),
        "issued": _date(known.published),
        "accessed": {"date-parts": [[day.year, day.month, day.day]]} if day else {},
        "URL": source.address,
        "language": known.language or "",
        "keyword": _BETWEEN.join(entry.keywords),
        "note": entry.note,
        "abstract": "\n\n".join(entry.quotations),
        "custom": _custom(entry, accessed="" if day else source.accessed),
    }
    return {name: value for name, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    if not name.is_person:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: words for part, words in parts.items() if words}


def _date(published: Published | None) -> dict[str, Any]:
    if published is None:
        return {}
    day, precision = published.day, published.precision
    known = {Precision.YEAR: 1, Precision.MONTH: 2}.get(precision, 3)
    date: dict[str, Any] = {"date-parts": [[day.year, day.month, day.day][:known]]}
    return {**date, "circa": True} if precision is Precision.ABOUT else date


def _custom(entry: Entry, accessed: str) -> dict[str, Any]:
    """Return the article's id, and byline, day of access and own themes where the fields do not give them back."""
    source = entry.source
    spoken = _BETWEEN.join(name.spoken for name in source.people)
    custom: dict[str, Any] = {"article": entry.article.id}
    if spoken != source.byline:
        custom["byline"] = source.byline
    if accessed:
        custom["accessed"] = accessed
    if entry.keywords != entry.own or any("," in word for word in entry.own):
        custom["themes"] = list(entry.own)
    return custom


EXPORTER: Final = Exporter(
    key="csl",
    name="Bibliography (CSL-JSON)",
    suffix=".json",
    group=REFERENCES,
    good_for="A bibliography for Zotero and pandoc.",
    write=write,
    options=(NOTES, QUOTATIONS),
)
