"""QualCoder: a project as the SQLite database in its folder (``data.qda``), with its files, codes and codings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.drafts import Codebook, Draft, Framework, Mark, ThemeDraft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._carrying import carried
from app.importers._colours import colour_of
from app.importers._moments import moment
from app.importers._sqlite_file import MAGIC, Row, Tables, opened
from app.importers._stubs import joined
from app.importers._variables import described
from app.loading import load
from app.text.body import Body, Piece
from app.text.ranges import Span

_SCHEMA: Final = (b"code_name", b"code_text", b"code_cat")
_NOBODY: Final = "default"  # the coder's name where nobody gave one
_DEEPEST: Final = 50
_SHARED: Final = " > "
_ELSEWHERE: Final = (("code_image", "codings of pictures"), ("code_av", "codings of recordings"))
_CODING: Final = ("fid", "pos0", "pos1", "seltext", "cid", "memo", "owner", "date")
_NOTE: Final = ("fid", "pos0", "pos1", "memo", "owner", "date")


_Key = tuple[str, int]


@dataclass(slots=True)
class _Stretch:
    """What one coder says of one stretch of a text: codes, memos, annotations."""

    start: int
    end: int
    author: str
    words: str = ""
    themes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    times: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Project:
    """What a project holds, by the keys of its files."""

    files: list[Row]
    themes: tuple[ThemeDraft, ...]
    stretches: Mapping[int, list[_Stretch]]
    values: Mapping[int, dict[str, str]]
    cases: Mapping[int, list[str]]
    note: str = ""
    left: tuple[str, ...] = ()


def read(file: File) -> Parts:
    """Read the files that have text, and the codes; raises ``ImportFailed`` when there are neither."""
    with opened(file.data, file.name) as tables:
        project = _project(tables)
    found: list[Draft | Unread | Codebook | Framework] = [Codebook(project.themes)] if project.themes else []
    if project.note:
        found.append(Framework(project.note))
    found += [_draft(project, one) if _text(one["fulltext"]).strip() else _without_text(one) for one in project.files]
    if not project.files and not project.themes:
        raise ImportFailed("{name} is a project without files and codes.", "Look whether it is the right one.",
                           name=file.name)  # fmt: skip
    if project.left:
        said = ImportFailed("This has no place here: {what}.", what=", ".join(project.left))
        found.append(Unread(file.name, said, passed=True))
    return found


def _project(tables: Tables) -> _Project:
    paths, themes = _codes(tables)
    counts = ((len(tables.known(name, "owner")), what) for name, what in _ELSEWHERE)
    return _Project(
        tables.rows("source", "id", "name", "fulltext", "memo", "date"),
        themes,
        _stretches(tables.rows("code_text", *_CODING), tables.known("annotation", *_NOTE), paths),
        *_attributes(tables),
        _journal(tables),
        tuple(f"{what} ({count})" for count, what in counts if count),
    )


def _codes(tables: Tables) -> tuple[dict[int, str], tuple[ThemeDraft, ...]]:
    """Return the codes by their keys, as paths, and all themes: categories, and the codes in them or in each other."""
    rows: dict[_Key, Row] = {}
    above: dict[_Key, _Key] = {}
    for row in tables.rows("code_cat", "catid", "name", "memo", "supercatid"):
        rows["cat", row["catid"]], above["cat", row["catid"]] = row, ("cat", row["supercatid"])
    for row in tables.rows("code_name", "cid", "name", "memo", "catid", "color"):
        rows["code", row["cid"]], above["code", row["cid"]] = row, ("cat", row["catid"])
    for row in tables.known("code_name", "cid", "supercid"):
        if row["supercid"] is not None:
            above["code", row["cid"]] = ("code", row["supercid"])
    paths = {key: _path(key, rows, above) for key in rows}
    drafts = [
        ThemeDraft(path, colour_of(_text(rows[key].get("color"))), _text(rows[key]["memo"]).strip())
        for key, path in sorted(paths.items(), key=lambda one: len(one[1]))
        if path
    ]
    return {key[1]: _SHARED.join(path) for key, path in paths.items() if key[0] == "code"}, tuple(drafts)


def _path(key: _Key, rows: Mapping[_Key, Row], above: Mapping[_Key, _Key]) -> tuple[str, ...]:
    chain: list[_Key] = []
    while key in rows and key not in chain and len(chain) < _DEEPEST:
        chain.append(key)
        key = above[key]
    names = (" ".join(_text(rows[one]["name"]).split()) for one in reversed(chain))
    return tuple(filter(None, names))


def _stretches(codings: Iterable[Row], notes: Iterable[Row], paths: Mapping[int, str]) -> dict[int, list[_Stretch]]:
    """Return the stretches of each file; what one coder says of one and the same stretch is one."""
    found: dict[int, dict[tuple[int, int, str], _Stretch]] = defaultdict(dict)
    for row in (*codings, *notes):
        author = _text(row["owner"]).strip()
        start, end = (value if isinstance(value, int) else -1 for value in (row["pos0"], row["pos1"]))
        key = (start, end, "" if author == _NOBODY else author)
        stretch = found[row["fid"]].setdefault(key, _Stretch(*key))
        stretch.words = stretch.words or _text(row.get("seltext"))
        stretch.notes.append(_text(row["memo"]))
        stretch.times += filter(None, (moment(row["date"]),))
        if theme := paths.get(row.get("cid", -1)):
            stretch.themes.append(theme)
    return {fid: list(stretches.values()) for fid, stretches in found.items()}


def _attributes(tables: Tables) -> tuple[dict[int, dict[str, str]], dict[int, list[str]]]:
    """Return the attributes of each file, with those of the cases it belongs to, and the names of these."""
    own: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for row in tables.known("attribute", "name", "attr_type", "value", "id"):
        if _text(row["name"]).strip() and str(row["value"] or "").strip():
            own[_text(row["attr_type"]), row["id"]][_text(row["name"]).strip()] = str(row["value"]).strip()
    names = {row["caseid"]: _text(row["name"]).strip() for row in tables.known("cases", "caseid", "name")}
    values: dict[int, dict[str, str]] = defaultdict(dict)
    cases: dict[int, list[str]] = defaultdict(list)
    for row in tables.known("case_text", "caseid", "fid"):
        name = names.get(row["caseid"], "")
        if name and name not in cases[row["fid"]]:
            cases[row["fid"]].append(name)
            values[row["fid"]].update(own["case", row["caseid"]])
    for (kind, key), given in own.items():
        if kind == "file":
            values[key].update(given)
    return values, cases


def _journal(tables: Tables) -> str:
    """Return what was written on the project as a whole, the entries of its journal under their names."""
    memos = [_text(row["memo"]) for row in tables.known("project", "memo")]
    entries = [f"## {_text(row['name'])}\n\n{_text(row['jentry']).strip()}" for row in
               tables.known("journal", "name", "jentry") if _text(row["jentry"]).strip()]  # fmt: skip
    return joined((*memos, *entries))


def _draft(project: _Project, row: Row) -> Draft:
    dialects = load("app.importers._dialects")
    stretches = project.stretches.get(row["id"], [])
    selections = [dialects.Selection(one.start, one.end, one.words) for one in stretches]
    text, spans, _dialect = dialects.placed(_text(row["fulltext"]).removeprefix("\ufeff"), selections)
    body = Body.of(Piece(line) for line in text.split("\n") if line.strip())
    there = iter(carried(text, body.text, [span for span in spans if span]))
    marks = [_mark(one, next(there) if span else None, body) for one, span in zip(stretches, spans, strict=True)]
    homeless = (mark.note for mark in marks if not mark.quote.strip())
    name = _text(row["name"]) or str(row["id"])
    known, attributes = described(name, project.values.get(row["id"], {}), body.text)
    cases = project.cases.get(row["id"])
    return Draft(
        body,
        known,
        details={"cases": tuple(cases)} if cases else {},
        attributes=attributes,
        note=joined((_text(row["memo"]), *homeless)),
        marks=tuple(mark for mark in marks if mark.quote.strip()),
        part=name,
        added=moment(row["date"]),
    )


def _mark(one: _Stretch, span: Span | None, body: Body) -> Mark:
    """Return a stretch as a mark; where its place is lost it is looked for by its words."""
    quote = body.text[slice(*span)] if span else one.words.strip()
    themes, created = tuple(dict.fromkeys(one.themes)), min(one.times, default=0)
    return Mark(quote, *(span or (-1, -1)), themes=themes, note=joined(one.notes), created=created, author=one.author)


def _without_text(row: Row) -> Unread:
    name = _text(row["name"]) or str(row["id"])
    said = ImportFailed("“{name}” brings no text.", "Import its own file.", name=name)
    return Unread(name, said, passed=True)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


IMPORTER: Final = Importer(
    "qualcoder",
    "QualCoder project",
    (".qda",),
    read,
    lambda data: data.startswith(MAGIC) and all(word in data for word in _SCHEMA),
)
