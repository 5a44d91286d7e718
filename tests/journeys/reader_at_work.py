"""A reader at work in a process of their own, who says each deed once it is done: ``LIBRARY FOLDER NAME``.

They import the files of a folder in four parts; after each part they highlight what came in, under themes of their own
and ones that all share, write notes, merge themes and edit articles. Each line on standard output is one deed as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app.workspace import Workspace

PARTS = 4
SHARED = ("Common ground", "Money > Prices")


def say(deed: str, **values: object) -> None:
    """Confirm a deed."""
    print(json.dumps({"deed": deed, **values}), flush=True)


def take_in(workspace: Workspace, paths: list[Path]) -> list[str]:
    """Import files; say each article as soon as it is in."""
    journey = workspace.import_files(paths, jobs=1)
    said: list[str] = []
    for _ in journey.run():
        for taken in journey.report.added[len(said) :]:
            said.append(taken.id)
            say("article", id=taken.id, word=Path(taken.source).stem)
    for taken in journey.report.added[len(said) :]:
        said.append(taken.id)
        say("article", id=taken.id, word=Path(taken.source).stem)
    return said


def mark(workspace: Workspace, name: str, article: str, number: int) -> None:
    """Highlight the second paragraph of an article, with themes and a note."""
    key = workspace.articles.key(article)
    body = workspace.bodies.content(key).body
    block = body.blocks[len(body.blocks) - 1]
    themes = [f"{name} {number % 5}", SHARED[number % 2]]
    note = f"note{name}{article[:12]}"
    made = workspace.highlights.add(key, block.start, block.end, themes, note)
    say("highlight", id=made.id, quote=made.quote, themes=themes, note=note)


def work(workspace: Workspace, name: str, paths: list[Path]) -> None:
    """Do it all, part by part."""
    size = -(-len(paths) // PARTS)
    for part in range(PARTS):
        taken = take_in(workspace, paths[part * size : (part + 1) * size])
        for number, article in enumerate(taken):
            mark(workspace, name, article, number)
            if number % 10 == 0:
                key = workspace.articles.key(article)
                workspace.articles.edit(key, {"byline": f"Edited by {name}"}, "read")
                say("edit", id=article, byline=f"Edited by {name}")
        for number in (3, 4):
            if workspace.themes.seek(f"{name} {number}") is not None:
                workspace.themes.merge(f"{name} {number}", f"{name} {number - 2}")
                say("merge", source=f"{name} {number}", target=f"{name} {number - 2}")


if __name__ == "__main__":
    library, folder, reader = sys.argv[1:]
    with Workspace(Path(library), origin=reader) as opened:
        work(opened, reader, sorted(Path(folder).iterdir()))
    say("end")
