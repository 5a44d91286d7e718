"""Make a small library with one of everything, and beside it what is to be found in it: ``make_library.py FILE``.

Run once for each version of the schema; the library then stays as it is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app.drafts import Draft
from app.library.articles import Source
from app.model import LeftOut, Metadata
from app.text.body import Body, Piece, Run
from app.workspace import Workspace

SHARE = LeftOut("share", "Share this story\nPrint", 1)
TRAINS = Draft(
    Body.of(
        [
            Piece("The night train to Vienna runs again \N{STEAM LOCOMOTIVE}.", runs=(Run(4, 15, "strong"),)),
            Piece("A bed costs 59 euros.", "quote"),
            Piece("Critics say the coaches are old."),
        ]
    ),
    Metadata(title="Night trains"),
    (SHARE,),
    {"source": "A timetable", "tags": ("rail", "night")},
)
FERRIES = Draft(Body.of(["بيعت العبّارة."]), Metadata(title="Ferries", language="ar"))


def fill(workspace: Workspace) -> None:
    """Put one of everything in."""
    with workspace.library.deed("Import of {count} articles", count=2):
        key = workspace.articles.add(TRAINS, Source("trains.html", "trains.html", "", "web"))
        workspace.articles.add(FERRIES, Source("ferries.txt"))
    workspace.themes.add("Transport", digit=1, definition="How things move")
    workspace.highlights.add(key, 4, 15, ["Transport > Trains", "Money"], "A *note*")
    workspace.highlights.add(key, 42, 51, ["Transport"])
    workspace.articles.theme(key, ["Transport > Trains"])
    workspace.articles.note(key, "Read it.")
    workspace.themes.edit("Money", note="Prices of 2025")
    workspace.attributes.add("Tone", "choice", ["calm", "loud"])
    workspace.articles.edit(key, {"byline": "A. Writer", "published": "about 2025-03-04"}, "read", {"Tone": "calm"})
    workspace.bodies.keep(key, 0)
    workspace.bodies.leave_out(key, 1)
    made = workspace.collections.add("Reading list", note="For the train")
    article, mark = workspace.articles.by_keys([key])[0], workspace.highlights.of_article(key)[0]
    workspace.collections.put(made.id, [article.id, mark.id])
    workspace.collections.add("Unread", "is:unread")
    workspace.notes.write("About this library")
    with workspace.library.deed("Round of {coder} taken in", coder="Ben"):
        workspace.rounds.cover([key], "Ben")
    workspace.positions.put(key, 42)
    workspace.themes.add("Gone")
    workspace.undo()


def described(workspace: Workspace) -> dict[str, list[str]]:
    """Return what is to be found in it."""
    articles = workspace.articles.by_keys(workspace.articles.keys())
    return {
        "titles": [str(article.metadata.title) for article in articles],
        "quotes": [mark.quote for mark in workspace.highlights.of_article(articles[-1].key)],
        "themes": [" > ".join(theme.path) for theme in workspace.themes.all()],
        "history": [str(step.label) for step in workspace.history()],
    }


if __name__ == "__main__":
    target = Path(sys.argv[1])
    folder = target.parent / f".{target.stem}"
    with Workspace(folder, origin="test") as making:
        fill(making)
        found = described(making)
    (folder / "library.db").rename(target)
    target.with_suffix(".json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name in ("originals", "backups", ""):
        (folder / name).rmdir()
