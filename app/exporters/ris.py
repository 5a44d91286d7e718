"""RIS: a record for each article, as reference managers read it.

The tags, and dates as ``YYYY/MM/DD/other``: Research Information Systems, RIS Format Specifications (2001, extended
2011). A value is one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.citing.dates import iso_day
from app.exporters._base import REFERENCES, Export, Exporter, File
from app.exporters._references import NOTES, QUOTATIONS, Entry, entries, left_behind
from app.exporters._values import counted, encoded
from app.model import Bundle, Precision, Published
from app.options import OptionValue

_END: Final = "\r\n"
_BREAK: Final = " / "


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the records. What they leave behind besides texts: the lines of notes and passages."""
    notes = [item.article.note.strip() for item in bundle.articles if options["notes"]]
    passages = [one for item in bundle.articles for one in item.highlights if options["quotations"]]
    lines = sum("\n" in note for note in notes) + sum("\n" in one.quote or bool(one.note.strip()) for one in passages)
    said = (
        *left_behind(bundle, options),
        *counted(lines, "The line breaks of one note or passage: slashes stand there.",
                 "The line breaks of {count} notes and passages: slashes stand there."),
    )  # fmt: skip
    files = (File("", encoded(_record(entry))) for entry in entries(bundle, options))
    return Export(files, said, len(bundle.articles))


def _record(entry: Entry) -> str:
    lines = (f"{tag}  - {line}{_END}" for tag, value in _values(entry) if (line := _line(value)))
    return f"{''.join(lines)}ER  - {_END}{_END}"


def _line(value: str) -> str:
    return _BREAK.join(line for part in value.splitlines() if (line := " ".join(part.split())))


def _values(entry: Entry) -> Iterator[tuple[str, str]]:
    source, known = entry.source, entry.article.metadata
    yield "TY", "NEWS" if source.outlet else "ELEC"
    yield "ID", entry.key
    for name in source.people:
        yield "AU", name.turned
    yield "TI", source.title if entry.is_titled else ""
    yield "T2", source.outlet
    yield "SE", known.section or ""
    yield from _dates(known.published)
    day = iso_day(source.accessed)
    yield "Y2", f"{day.year:04}/{day.month:02}/{day.day:02}/" if day else source.accessed
    yield "UR", source.address
    yield "LA", known.language or ""
    for word in entry.keywords:
        yield "KW", word
    yield "N1", entry.note
    for quoted in entry.quotations:
        yield "N1", quoted


def _dates(published: Published | None) -> Iterator[tuple[str, str]]:
    if published is None:
        return
    day = published.day
    yield "PY", f"{day.year:04}"
    parts = {Precision.YEAR: f"{day.year:04}///", Precision.MONTH: f"{day.year:04}/{day.month:02}//"}
    whole = f"{day.year:04}/{day.month:02}/{day.day:02}/"
    yield "DA", parts.get(published.precision, f"{whole}{'about' if published.precision is Precision.ABOUT else ''}")


EXPORTER: Final = Exporter(
    key="ris",
    name="Bibliography (RIS)",
    suffix=".ris",
    group=REFERENCES,
    good_for="A bibliography for EndNote, Mendeley and others.",
    write=write,
    options=(NOTES, QUOTATIONS),
)
