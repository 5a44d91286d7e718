"""Taguette: a project as the SQLite database it is exported as, with its documents, tags and highlights."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from app.cleaning.language import guess
from app.drafts import Codebook, Draft, Mark, ThemeDraft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._carrying import carried
from app.importers._metadata import stated
from app.importers._sqlite_file import MAGIC, Row, opened
from app.importers._stubs import named
from app.loading import load
from app.text.body import Body
from app.text.ranges import Span

_SCHEMA: Final = (b"highlight_tags", b"snippet", b"start_offset")


def read(file: File) -> Parts:
    """Read all documents of a project; raises ``ImportFailed`` for a database that is none of Taguette's."""
    with opened(file.data, file.name) as tables:
        projects = {row["id"]: row for row in tables.rows("projects", "id", "name")}
        documents = tables.rows("documents", "id", "name", "description", "filename", "project_id", "contents")
        tags = {row["id"]: row for row in tables.rows("tags", "id", "path", "description")}
        highlights = tables.rows("highlights", "id", "document_id", "start_offset", "end_offset", "snippet")
        pairs = tables.rows("highlight_tags", "highlight_id", "tag_id")
    worn: dict[int, list[str]] = defaultdict(list)
    for pair in pairs:
        if pair["tag_id"] in tags:
            worn[pair["highlight_id"]].append(_text(tags[pair["tag_id"]]["path"]))
    marked: dict[int, list[Row]] = defaultdict(list)
    for highlight in highlights:
        marked[highlight["document_id"]].append(highlight)
    themes = [
        ThemeDraft(names, definition=_text(tag["description"]).strip())
        for tag in tags.values()
        if (names := named([tag["path"]]))
    ]
    found: list[Draft | Unread | Codebook] = [Codebook(tuple(themes))] if themes else []
    for document in documents:
        project = _text(projects.get(document["project_id"], {}).get("name")) if len(projects) > 1 else ""
        found.append(_draft(document, marked[document["id"]], worn, project))
    if not found:
        raise ImportFailed("{name} is a project without documents and tags.", "Export it again.", name=file.name)
    return found


def _draft(document: Row, highlights: list[Row], worn: dict[int, list[str]], project: str) -> Draft:
    contents = _text(document["contents"])
    body = Body.of(load("app.text.html_reader").read_html(contents))
    text = _text_nodes(contents)
    wanted = _spans(text, highlights)
    marks = [
        _mark(body, highlight, span, named(worn[highlight["id"]]))
        for highlight, span in zip(highlights, carried(text, body.text, wanted), strict=True)
    ]
    details = {
        name: value
        for name, value in (
            ("description", _text(document["description"]).strip()),
            ("file", _text(document["filename"]).strip()),
            ("project", project),
        )
        if value
    }
    name = _text(document["name"]) or _text(document["filename"])
    return Draft(
        body,
        stated(title=name, derived={"language": guess(body.text) or ""}),
        details=details,
        marks=tuple(marks),
        part=name or str(document["id"]),
    )


def _spans(text: str, highlights: list[Row]) -> list[Span]:
    """Return the code points of highlights, which count bytes of UTF-8; an empty span for what lies outside."""
    data = text.encode("utf-8", "replace")
    ends = {value for row in highlights for value in (row["start_offset"], row["end_offset"]) if isinstance(value, int)}
    points: dict[int, int] = {}
    position = count = 0
    for end in sorted(end for end in ends if 0 <= end <= len(data)):
        count += sum(byte & 0xC0 != 0x80 for byte in data[position:end])
        position = end
        points[end] = count
    return [
        (points[row["start_offset"]], points[row["end_offset"]])
        if row["start_offset"] in points and row["end_offset"] in points
        else (0, 0)
        for row in highlights
    ]


def _mark(body: Body, highlight: Row, span: Span | None, themes: tuple[str, ...]) -> Mark:
    """Return the mark where the highlight stands, if its snippet says the same; else it is looked for by that."""
    quote = "".join(_text_nodes(_text(highlight["snippet"])))
    if span and (not quote.strip() or "".join(body.text[slice(*span)].split()) == "".join(quote.split())):
        return Mark(body.text[slice(*span)], *span, themes=themes)
    return Mark(quote.strip() or body.text[slice(*(span or (0, 0)))], themes=themes)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _text_nodes(markup: str) -> str:
    found: str = load("app.importers._text_nodes").text_nodes(markup)
    return found


IMPORTER: Final = Importer(
    "taguette",
    "Taguette project",
    (".sqlite3",),
    read,
    lambda data: data.startswith(MAGIC) and all(word in data for word in _SCHEMA),
)
