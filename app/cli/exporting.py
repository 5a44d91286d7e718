"""Commands that hand things on: export, formats."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app import places
from app.cli import lines
from app.cli.indexing import readied
from app.cli.shape import Call, Command, assigned, pass_call
from app.errors import InvalidInput
from app.exporters._base import exporters
from app.exporting.bundling import Selection
from app.importers._base import importers


@click.command("export", cls=Command, whole=True)
@click.argument("target", metavar="TO")
@click.option("--format", "key", required=True, metavar="KEY", help="A key of `formats`.")
@click.option("--query", metavar="Q", help="What this query finds.")
@click.option("--passages", is_flag=True, help="Of the query, or a collection filled by one, the passages it finds.")
@click.option("--collection", metavar="NAME", help="What is in this collection.")
@click.option("--theme", metavar="NAME", help="What is under this theme and below it.")
@click.option("--article", "articles", multiple=True, metavar="ID", help="This article; may be said several times.")
@click.option("--marked", is_flag=True, help="Only articles with highlights, themes or a note.")
@click.option("--private", is_flag=True, help="With the notes that otherwise stay home.")
@click.option("--option", "options", multiple=True, metavar="K=V", help="A choice of the format.")
@pass_call
def export(
    call: Call,
    target: str,
    key: str,
    query: str | None,
    collection: str | None,
    theme: str | None,
    articles: tuple[str, ...],
    options: tuple[str, ...],
    *,
    passages: bool,
    marked: bool,
    private: bool,
) -> None:
    """Write articles with their highlights, themes and notes to a file, or a folder for formats of several files."""
    chosen = assigned(options)
    with call.workspace() as workspace:
        readied(workspace, query, collection)
        selection = Selection(query, collection, theme, articles or None, marked, private, passages)
        report = call.finish(workspace.export(selection, key, Path(target), chosen))
    left_behind = [str(sentence) for sentence in report.left_behind]
    value = {
        "written": [str(path) for path in report.written],
        "articles": report.articles,
        "highlights": report.highlights,
        "left_behind": left_behind,
    }
    whole, marks = lines.counted(report.articles, "article"), lines.counted(report.highlights, "highlight")
    said = f"{whole} with {marks} written to {target}."
    call.answer(value, said, *left_behind)


@click.command("formats", cls=Command)
@click.option("--schema", metavar="KEY", help="Print the JSON Schema of what this format writes instead.")
@pass_call
def formats(call: Call, schema: str | None) -> None:
    """List the formats that can be imported and exported."""
    if schema is not None:
        text = _schema(schema)
        call.answer(json.loads(text), text.rstrip("\n"))
        return
    inward = [
        {"key": one.key, "name": one.name, "suffixes": list(one.suffixes)}
        for one in sorted(importers().values(), key=lambda one: one.key)
    ]
    outward = [
        {
            "key": one.key,
            "name": one.name,
            "suffix": one.suffix,
            "options": [
                {"key": option.key, "name": option.name, "default": option.default, "choices": list(option.choices)}
                for option in one.options
            ],
        }
        for one in sorted(exporters().values(), key=lambda one: one.key)
    ]
    said = [f"import  {one.key}  {one.name}  {' '.join(one.suffixes)}" for one in importers().values()]
    said += [f"export  {one.key}  {one.name}  {one.suffix or 'a folder'}" for one in exporters().values()]
    call.answer({"importers": inward, "exporters": outward}, *said)


def _schema(key: str) -> str:
    """Return the JSON Schema of a format; raises ``InvalidInput`` for one that has none."""
    described = {one.key: one.schema for one in exporters().values() if one.schema}
    if key not in described:
        known = ", ".join(sorted(described))
        raise InvalidInput("There is no schema of the format {key}.", "There is one of: {known}.", key=key, known=known)
    return (places.resources() / "export" / described[key]).read_text(encoding="utf-8")


COMMANDS = (export, formats)
