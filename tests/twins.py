"""Libraries of one reader that were one once: made, worked in by turns, merged, and seen as their reader sees them."""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.merging.journey import MergeReport
from app.workspace import Workspace
from tests.libraries import add, finished, sound

TEXT = ("The night train runs again. A bed costs 59 euros.", "Critics say the coaches are old.")
THEMES = ("Transport", "Money", "Weather", "Ships")
COLLECTIONS = ("List", "Tour", "Fresh", "Spare")
TONES = {"alpha": "loud", "kilo": "calm", "zulu": "shrill"}
DIGITS = {"alpha": 0, "kilo": 5, "zulu": 6}

Deed = Callable[[Workspace], object]


def pair(folder: Path) -> tuple[Path, Path]:
    """Make a library and a copy of it on the other laptop."""
    here, there = folder / "here", folder / "there"
    with Workspace(here, origin="here") as workspace:
        fill(workspace)
    copied(here, there)
    tick()
    return here, there


def copied(here: Path, there: Path) -> Path:
    """Copy a library as its reader does, onto a stick."""
    return Path(shutil.copytree(here, there))


def fill(workspace: Workspace) -> None:
    """Put one of everything in."""
    key = add(workspace.holdings, *TEXT, title="Trains")
    other = add(workspace.holdings, "Another text.", title="Other")
    workspace.themes.add("Transport", definition="How things move", digit=1)
    workspace.themes.add("Money")
    workspace.themes.add("Weather")
    workspace.themes.add("Ships")
    mark = workspace.highlights.add(key, *workspace.highlights.locate(key, "59 euros"), ["Transport"], "first note")
    workspace.highlights.add(key, *workspace.highlights.locate(key, "coaches"), ["Transport"])
    workspace.articles.note(key, "on it")
    workspace.attributes.add("Tone", "choice", ["calm", "loud", "shrill"])
    workspace.articles.edit(key, attributes={"Tone": "calm"})
    first, second = (one.id for one in workspace.articles.by_keys([key, other]))
    workspace.collections.add("List")
    workspace.collections.put("List", [first])
    workspace.collections.write("List", "A heading", 1)
    workspace.collections.add("Tour")
    workspace.collections.put("Tour", [first, mark.id, second])
    workspace.collections.write("Tour", "Between the stops")
    workspace.collections.add("Fresh", "is:unread")
    workspace.collections.add("Spare")


def tick() -> None:
    """Let the clock of the journal, which counts milliseconds, go on."""
    time.sleep(0.003)


def at(folder: Path, deed: Deed) -> None:
    """Do something in one of the libraries."""
    with Workspace(folder, create=False, origin=folder.name) as workspace:
        deed(workspace)
    tick()


def merged(into: Path, other: Path) -> MergeReport:
    """Merge one library into another, which stays sound."""
    with Workspace(into, create=False) as workspace:
        report: MergeReport = finished(workspace.merge(other))
        assert sound(workspace) == []
    tick()
    return report


def key(workspace: Workspace, words: str = "night train") -> int:
    """Return the article in whose text these words stand."""
    return int(workspace.library.database.value("SELECT article_id FROM body WHERE text LIKE ?", (f"%{words}%",)))


def mark(workspace: Workspace, words: str) -> str:
    """Return the highlight that ends with these words."""
    return next(one.id for one in workspace.highlights.of_article(key(workspace)) if one.quote.endswith(words))


def theme(workspace: Workspace, first: str) -> str:
    """Return the id of a theme by what it was called in the beginning."""
    place = THEMES.index(first)
    return str(workspace.library.database.value("SELECT uid FROM theme ORDER BY id LIMIT 1 OFFSET ?", (place,)))


def collection(workspace: Workspace, first: str) -> str:
    """Return the id of a collection by what it was called in the beginning."""
    place = COLLECTIONS.index(first)
    return str(workspace.library.database.value("SELECT uid FROM collection ORDER BY id LIMIT 1 OFFSET ?", (place,)))


def heading(workspace: Workspace) -> str:
    """Return the id of the heading in the list."""
    return workspace.collections.find(collection(workspace, "List")).interludes[0].id


def state(folder: Path) -> dict[str, object]:
    """Return all that a reader sees of a library, in the order in which they see it, without keys and times."""
    with Workspace(folder, create=False) as workspace:
        names = {one.id: one.path for one in workspace.themes.all()}
        articles = workspace.articles.by_keys(sorted(workspace.articles.keys()))
        highlights = [one for article in articles for one in workspace.highlights.of_article(article.key)]
        return {
            "articles": {
                one.id: (one.metadata, one.state, dict(one.attributes), one.note, one.themes, one.stub)
                for one in articles
            },
            "texts": {one.id: workspace.bodies.content(one.key) for one in articles},
            "highlights": {
                one.id: (one.quote, one.start, [names[theme] for theme in one.themes], one.note, one.author)
                for one in highlights
            },
            "themes": [
                (one.id, one.path, one.colour, one.digit, one.definition, one.note) for one in workspace.themes.all()
            ],
            "collections": [
                (one.id, one.name, one.query, one.note, one.sequence, one.interludes)
                for one in workspace.collections.all()
            ],
            "note": workspace.notes.text(),
            "private": workspace.notes.private(),
        }  # fmt: skip


FIELDS: dict[str, Callable[[Workspace, str], object]] = {
    "outlet": lambda space, word: space.articles.edit(key(space), {"outlet": word}),
    "title": lambda space, word: space.articles.edit(key(space), {"title": word}),
    "note": lambda space, word: space.articles.note(key(space), f"note {word}"),
    "theme": lambda space, word: space.themes.edit(theme(space, "Transport"), new_name=f"T {word}"),
    "definition": lambda space, word: space.themes.edit(theme(space, "Transport"), definition=word),
    "mark": lambda space, word: space.highlights.note(mark(space, "euros"), f"mark {word}"),
    "heading": lambda space, word: space.collections.rewrite(collection(space, "List"), heading(space), f"H {word}"),
    "collection": lambda space, word: space.collections.edit(collection(space, "List"), new_name=f"C {word}"),
    "query": lambda space, word: space.collections.edit(collection(space, "Fresh"), query=word),
}
"""Each gives one field any word."""

DEEDS: dict[str, Callable[[Workspace, str], object]] = {
    **FIELDS,
    "state": lambda space, word: space.articles.edit(key(space), state="read" if word < "m" else "archived"),
    "tone": lambda space, word: space.articles.edit(key(space), attributes={"Tone": TONES[word]}),
    "toneless": lambda space, _: space.articles.edit(key(space), attributes={"Tone": ""}),
    "under": lambda space, word: space.themes.move(
        theme(space, "Money"), theme(space, "Transport") if word < "m" else None
    ),
    "digit": lambda space, word: space.themes.edit(theme(space, "Money"), digit=DIGITS[word]),
    "on": lambda space, _: space.highlights.retheme(mark(space, "euros"), add=[theme(space, "Money")]),
    "off": lambda space, _: space.highlights.retheme(mark(space, "euros"), remove=[theme(space, "Money")]),
    "again": lambda space, word: again(space, {"alpha": "Transport", "kilo": "Weather", "zulu": "Ships"}[word]),
    "whole": lambda space, word: (
        space.articles.theme(key(space), add=[theme(space, "Money")])
        if word < "m"
        else space.articles.theme(key(space), remove=[theme(space, "Money")])
    ),
    "extent": lambda space, word: space.highlights.move(mark(space, "euros"), 30 if word < "m" else 34, 48),
    "text": lambda space, word: space.collections.write(collection(space, "Tour"), f"{space.library.origin} {word}"),
    "between": lambda space, word: space.collections.write(
        collection(space, "Tour"), f"{space.library.origin} before {word}", before=stops(space)[1]
    ),
    "tour": lambda space, word: tour(space, {"alpha": 3, "kilo": 9, "zulu": 17}[word]),
    "ranks": lambda space, word: ranks(space, {"alpha": 1, "kilo": 3, "zulu": 4}[word]),
    "shelf": lambda space, word: shelf(space, {"alpha": 1, "kilo": 3, "zulu": 4}[word]),
}  # fmt: skip


def again(space: Workspace, name: str) -> None:
    """Put a theme on a passage behind the others that are on it, and on the article."""
    for deed in ("remove", "add"):
        space.highlights.retheme(mark(space, "euros"), **{deed: [theme(space, name)]})
        space.articles.theme(key(space), **{deed: [theme(space, name)]})


def stops(space: Workspace) -> tuple[str, ...]:
    """Return what is in the tour."""
    return space.collections.find(collection(space, "Tour")).sequence


def tour(space: Workspace, number: int) -> None:
    """Put what was in the tour in the beginning into one of its orders; it was in that of the number 0."""
    first, last = (space.articles.by_keys([key(space, words)])[0].id for words in ("night train", "Another"))
    text = next(one.id for one in space.collections.find(collection(space, "Tour")).interludes if "stops" in one.text)
    space.collections.order(collection(space, "Tour"), ordered((first, mark(space, "euros"), last, text), number))


def ranks(space: Workspace, number: int) -> None:
    """Put the themes into one of their orders, those at the top by moving one after the other to the end."""
    for one in ordered([theme(space, name) for name in THEMES], number):
        if space.themes.find(one).parent is None:
            space.themes.move(one, None)


def shelf(space: Workspace, number: int) -> None:
    """Put the collections into one of their orders."""
    space.collections.arrange(ordered([collection(space, name) for name in COLLECTIONS], number))


def ordered(things: Sequence[str], number: int) -> list[str]:
    """Return things in one of their orders."""
    return list(list(itertools.permutations(things))[number])
