"""RIS: a bibliography, as reference managers and databases export it. Each record waits for its article.

The tags: Research Information Systems, RIS Format Specifications (2001, extended 2011). What Zotero and EndNote write
otherwise is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_text
from app.importers._json_file import nothing
from app.importers._metadata import stated
from app.importers._note_markup import as_note
from app.importers._stubs import About, joined, named, stub
from app.text.names import as_spoken

_TAG: Final = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?: (?P<value>.*))?$")
_BEGINNING: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*TY  ?- ")
_DAY: Final = re.compile(r"(?P<year>\d{4})(?:/(?P<month>\d{1,2}))?(?:/(?P<day>\d{1,2}))?")
_DETAILS: Final = (
    (("TY",), "type"), (("AB", "N2"), "abstract"), (("SP",), "page"), (("VL",), "volume"), (("IS",), "issue"),
    (("DO",), "doi"), (("SN",), "issn"), (("PB",), "publisher"), (("DB", "DP"), "database"),
)  # fmt: skip

Record = dict[str, list[str]]


def read(file: File) -> Parts:
    """Read all records with a title or an address; raises ``ImportFailed`` when there are none."""
    drafts = [draft for record in _records(decode_text(file.data, file.name)) if (draft := _draft(record)) is not None]
    if not drafts:
        raise nothing(file)
    return drafts


def _records(text: str) -> Iterator[Record]:
    """Yield the values of each record by their tags; a line without a tag goes on with the one above."""
    record: Record = {}
    last: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        match = _TAG.match(line.rstrip())
        if match is None:
            if last and line.strip():
                last[-1] = f"{last[-1]} {line.strip()}"
            continue
        if match["tag"] in ("TY", "ER") and record:
            yield record
            record = {}
        if match["tag"] != "ER":
            last = record.setdefault(match["tag"], [])
            last.append((match["value"] or "").strip())
    if record:
        yield record


def _draft(record: Record) -> Draft | None:
    known = stated(
        title=_first(record, "TI", "T1", "CT"),
        byline=[as_spoken(name) for name in (record.get("AU") or record.get("A1") or []) if name],
        outlet=_first(record, "T2", "JO", "JF", "JA", "BT"),
        section=_first(record, "SE"),
        address=_first(record, "UR", "L1"),
        published=_day(_first(record, "DA")) or _day(_first(record, "PY", "Y1")),
        accessed=_whole(_day(_first(record, "Y2"))),
        language=_first(record, "LA"),
    )
    if not (known.title or known.address):
        return None
    details = {name: value for tags, name in _DETAILS if (value := _first(record, *tags))}
    about = About(named(record.get("KW", [])), joined(map(as_note, record.get("N1", []))), details)
    return stub(known, (), about, colours=False)


def _first(record: Record, *tags: str) -> str:
    values: Sequence[str] = next((record[tag] for tag in tags if any(record.get(tag, ()))), ())
    return next(filter(None, values), "")


def _day(text: str) -> str:
    """Return a date as far as it is known: ``2025``, ``2025-03``, ``2025-03-04``, ``about 2025-03-04``."""
    match = _DAY.match(text.replace("-", "/"))
    if match is None:
        return ""
    parts = [match["year"], *(match[name].zfill(2) for name in ("month", "day") if match[name])]
    about = "about " if "about" in text and len(parts) == len(match.groups()) else ""
    return about + "-".join(parts)


def _whole(day: str) -> str:
    return day if len(day) == len("2025-03-04") else ""


IMPORTER: Final = Importer(
    "ris", "Bibliography (RIS)", (".ris",), read, lambda data: _BEGINNING.match(data) is not None, general=True
)
