"""BibTeX and BibLaTeX: a bibliography, as reference managers export it. Each entry waits for its article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_text
from app.importers._json_file import nothing
from app.importers._latex_text import as_text
from app.importers._metadata import stated
from app.importers._note_markup import as_note
from app.importers._stubs import About, joined, named, stub
from app.text.names import as_spoken

_ENTRY: Final = re.compile(r"@(?P<type>[A-Za-z]{2,30})\s*\{\s*(?P<key>[^\s,{}]{0,200})\s*,")
_FIELD: Final = re.compile(r"\s*,?\s*(?P<name>[A-Za-z][\w-]{0,40})\s*=\s*")
_BARE: Final = re.compile(r"[\w.:-]{1,40}")
_JOINED: Final = re.compile(r"\s*#\s*")
_SNIFFED: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:%|@string)[^\n]*\n\s*)*@[A-Za-z]{2,30}\s*\{[^\n{}]{0,200},\s*\n?\s*[A-Za-z][\w-]*\s*="
)
_NO_ENTRY: Final = frozenset(("comment", "string", "preamble"))
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AND: Final = re.compile(r"\s+and\s+")
_LONGEST: Final = 1_000_000
_DETAILS: Final = (
    ("abstract", "abstract"), ("pages", "page"), ("volume", "volume"), ("number", "issue"), ("doi", "doi"),
    ("issn", "issn"),
)  # fmt: skip


def read(file: File) -> Parts:
    """Read all entries with a title or an address; raises ``ImportFailed`` when there are none."""
    found = _entries(decode_text(file.data, file.name))
    drafts = [draft for key, kind, fields in found if (draft := _draft(key, kind, fields)) is not None]
    if not drafts:
        raise nothing(file)
    return drafts


def _entries(text: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield the key, the type and the fields of each entry, as they are written."""
    at = 0
    while match := _ENTRY.search(text, at):
        at = match.end()
        fields: dict[str, str] = {}
        while field := _FIELD.match(text, at):
            value, at = _value(text, field.end())
            fields.setdefault(field["name"].lower(), value)
            while joined := _JOINED.match(text, at):
                more, at = _value(text, joined.end())
                fields[field["name"].lower()] += more
        if match["type"].lower() not in _NO_ENTRY:
            yield match["key"], match["type"].lower(), fields


def _value(text: str, at: int) -> tuple[str, int]:
    """Return a value that begins at a place, in braces, in quotation marks or bare, and where it ends."""
    first = text[at : at + 1]
    if first not in ("{", '"'):
        bare = _BARE.match(text, at)
        return (bare[0], bare.end()) if bare else ("", at)
    depth = 0
    number = at
    for number in range(at, min(len(text), at + _LONGEST)):
        sign = text[number]
        if sign in "{}" and text[number - 1] != "\\":
            depth += 1 if sign == "{" else -1
        if (first == "{" and depth == 0) or (first == '"' and number > at and sign == '"' and depth == 0):
            return text[at + 1 : number], number + 1
    return text[at + 1 : number], number + 1


def _draft(key: str, kind: str, fields: Mapping[str, str]) -> Draft | None:
    said = {name: as_text(value) for name, value in fields.items() if name != "author"}
    address = fields.get("url", "").replace("\\", "").strip()
    known = stated(
        title=": ".join(filter(None, (said.get("title"), said.get("subtitle")))),
        byline=[as_spoken(as_text(name)) for name in _AND.split(fields.get("author", "")) if name.strip()],
        outlet=said.get("journaltitle") or said.get("journal") or said.get("organization") or said.get("publisher"),
        address=address,
        published=said.get("date") or _day(said),
        accessed=said.get("urldate"),
        language=said.get("langid") or said.get("language"),
    )
    if not (known.title or known.address):
        return None
    details = {"type": kind, "citation_key": key}
    details |= {name: value for field, name in _DETAILS if (value := said.get(field))}
    note = joined(map(as_note, (said.get("note", ""), said.get("annotation") or said.get("annote", ""))))
    about = About(named(re.split(r"[,;]", said.get("keywords", ""))), note, details)
    return stub(known, (), about, colours=False)


def _day(said: Mapping[str, str]) -> str:
    """Return the date that year, month and day make up, as far as they are known."""
    year, month, day = said.get("year", ""), said.get("month", ""), said.get("day", "")
    if not re.fullmatch(r"\d{4}", year):
        return ""
    if month[:3].lower() in _MONTHS:
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    if not re.fullmatch(r"\d{1,2}", month):
        return year
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if re.fullmatch(r"\d{1,2}", day) else [])])


IMPORTER: Final = Importer(
    "bibtex", "Bibliography (BibTeX)", (".bib", ".bibtex"), read, lambda data: _SNIFFED.match(data[:8192]) is not None,
    general=True,
)  # fmt: skip
