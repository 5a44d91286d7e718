"""A large library for measurements, made once and kept in the user's cache, so that a second run is quick."""

from __future__ import annotations

import os
import random
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import platformdirs
from _corpus import corpus

from app.drafts import Draft
from app.library.articles import Source
from app.library.schema import VERSION
from app.model import Metadata, Origin, Published
from app.search.segments import FORM
from app.text.body import Body
from app.workspace import Workspace

BATCH: Final = 100  # articles in a transaction
MARKED: Final = 100  # one article of so many is marked
THEMES: Final = ("Escalation", "Diplomacy", "Drone technology", "Intelligence claims", "Energy and trade")
EDITION: Final = 2  # raise it when the articles shall be other ones


def filled(articles: int) -> Path:
    """Return the folder of a library of so many articles; it is made when it is not there yet."""
    name = f"bench-{articles}-{EDITION}-{VERSION}-{FORM}"
    folder = Path(platformdirs.user_cache_dir("commonplace", appauthor=False)) / name
    if not folder.exists():
        part = folder.with_name(f".{name}.{os.getpid()}.part")
        print(f"making a library of {articles:,} articles (once; kept in {folder}) ..", file=sys.stderr, flush=True)
        try:
            with Workspace(part) as workspace:
                fill(workspace, articles)
                for _ in workspace.tend():  # as an import leaves it, and idle moments
                    pass
            for older in folder.parent.glob(f"bench-{articles}-*"):
                shutil.rmtree(older)
            part.replace(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return folder


def fill(workspace: Workspace, articles: int) -> None:
    """Add articles whose words are spread as those of a language, and mark some of them."""
    chance = random.Random(7)
    for start in range(0, articles, BATCH):
        with workspace.library.deed("Import"):
            for entry in corpus(min(BATCH, articles - start), start + 1):
                workspace.articles.add(draft(entry), Source(f"{start}.txt"))
    keys = workspace.articles.keys()
    for key in keys[::MARKED]:
        at = chance.randrange(10, 200)
        workspace.highlights.add(key, at, at + chance.randrange(20, 200), [chance.choice(THEMES)], "")


def draft(entry: Any) -> Draft:
    """Return an article of the corpus as an importer would hand it over."""
    sentences = entry.text.split(". ")
    body = Body.of([". ".join(sentences[at : at + 4]) + "." for at in range(0, len(sentences), 4)])
    published = Published(date.fromordinal(entry.published[0]))
    stated = dict.fromkeys(("title", "byline", "outlet", "published", "language"), Origin.STATED)
    metadata = Metadata(
        entry.title, entry.byline, entry.outlet, published=published, language=entry.language, origins=stated
    )
    return Draft(body, metadata)
