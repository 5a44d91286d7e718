"""Planting the example library: its articles, themes, marks and collections, through the workspace alone."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from app import places
from app.errors import Conflict, LibraryError
from app.library.library import FILE
from app.workspace import Workspace

MARKS = "marks.toml"
EXAMPLE = "example"


def plant(folder: Path) -> Generator[int, None, int]:
    """Make the example library in ``folder``, which must not hold a library yet.

    Yields the articles done and returns their number.
    """
    sources = places.seeds()
    marks = tomllib.loads((sources / MARKS).read_text(encoding="utf-8"))
    # Beside its place first: a kill leaves no half-made library where a whole one is expected.
    part = folder.absolute().parent / f".{folder.name}.{os.getpid()}.part"
    try:
        if (folder / FILE).exists():
            raise Conflict(
                "There is a library in “{folder}” already.",
                "Choose another folder for the example.",
                folder=str(folder),
            )
        with Workspace(part, origin="example") as workspace:
            yield from _plant(workspace, sources, marks)
            count = workspace.articles.count()
        part.replace(folder)
    except LibraryError as error:  # it speaks of the place beside
        raise error.speaking_of({str(part): str(folder), part.name: folder.name}) from error
    except OSError as error:
        raise LibraryError(
            "The example library cannot be put into “{folder}” ({reason}).",
            "Choose an empty folder, or one that does not exist yet.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return count


def is_example(workspace: Workspace) -> bool:
    """Tell whether a library was planted as the example, so that it can wear a badge."""
    return workspace.library.setting(EXAMPLE) == "yes"


def _plant(workspace: Workspace, sources: Path, marks: Mapping[str, Any]) -> Iterator[int]:
    workspace.library.set_setting(EXAMPLE, "yes")
    workspace.library.set_setting("name", marks["library"]["name"])
    workspace.notes.write(marks["library"]["note"])
    for attribute in marks.get("attribute", ()):
        workspace.attributes.add(attribute["name"], attribute["kind"], attribute.get("choices", ()))
    for theme in marks.get("theme", ()):
        workspace.themes.add(
            theme["name"],
            under=theme.get("under"),
            colour=theme.get("colour", ""),
            definition=theme.get("definition", ""),
            digit=theme.get("digit", 0),
        )
    paths = [sources / article["file"] for article in marks["article"]]
    journey = workspace.import_files(paths)
    for progress in journey.run():
        yield progress.done
    ids = {Path(taken.source).resolve(): taken.id for taken in journey.report.added}
    for article in marks["article"]:
        _mark(workspace, ids[(sources / article["file"]).resolve()], article)
    for collection in marks.get("collection", ()):
        made = workspace.collections.add(collection["name"], collection.get("query", ""), collection.get("note", ""))
        items = [
            _item(workspace, ids[(sources / item["file"]).resolve()], item) for item in collection.get("items", ())
        ]
        if items:
            workspace.collections.put(made.id, items)


def _mark(workspace: Workspace, article: str, marks: Mapping[str, Any]) -> None:
    key = workspace.articles.key(article)
    workspace.articles.edit(key, state=marks.get("state"), attributes=marks.get("attributes", {}))
    if marks.get("note"):
        workspace.articles.note(key, marks["note"])
    if marks.get("themes"):
        workspace.articles.theme(key, marks["themes"])
    for highlight in marks.get("highlight", ()):
        nth, themes = highlight.get("nth", 1), highlight.get("themes", ())
        workspace.highlights.add_quote(key, highlight["quote"], nth, themes, highlight.get("note", ""))


def _item(workspace: Workspace, article: str, item: Mapping[str, Any]) -> str:
    """Return the id of a collection's item: the article, or the highlight in it with the quote."""
    if "quote" not in item:
        return article
    highlights = workspace.highlights.of_article(workspace.articles.key(article))
    return next(highlight.id for highlight in highlights if highlight.quote == item["quote"])
