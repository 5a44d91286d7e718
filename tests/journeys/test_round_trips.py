"""What leaves a library in a form that can be read again comes back into an empty one as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.drafts import Draft, Mark
from app.errors import Conflict
from app.exporting.bundling import Selection
from app.exporting.journey import export
from app.library.articles import Source
from app.model import LeftOut, Metadata, Origin, Published
from app.rounds import Round
from app.text.anchors import Anchor
from app.text.body import Body, Piece, Run
from app.workspace import Workspace
from tests.libraries import displaced, finished, imported, sound, tables
from tests.random_libraries import owned

ADDRESS = "https://harbour.example/wall"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Workspace]:
    """Return a library with all that makes journeys hard."""
    with Workspace(tmp_path / "home", origin="test") as workspace:
        _fill(workspace)
        yield workspace


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Workspace]:
    """Return an empty library."""
    with Workspace(tmp_path / "away", origin="test") as workspace:
        yield workspace


def _fill(workspace: Workspace) -> None:
    themes = workspace.themes
    themes.add("Law", colour="#112233", definition="What *courts* say.", digit=3)
    themes.add("Licences, paid", under="Law", colour="#abcdef")
    themes.add("Drones · small", digit=0)
    themes.add("سماء", digit=7)
    themes.edit("Law", note="See `Themes`.")
    origins = dict.fromkeys(("title", "byline", "address", "published"), Origin.STATED)
    known = Metadata(
        title="The 👩‍👩‍👧 wall", byline="Ada Marsh", outlet="Post", section="World", address=ADDRESS,
        published=Published.parse("2025-03"), accessed="2025-03-11", language="en",
        origins={**origins, "outlet": Origin.DERIVED, "section": Origin.MINE, "accessed": Origin.STATED,
                 "language": Origin.DERIVED},
    )  # fmt: skip
    body = Body.of(
        [
            Piece("The wall", "heading", {"level": 2}),
            Piece("A sea 👩‍👩‍👧 stood a foot lower; cafe\u0301 and café.", runs=(Run(2, 5, "strong"),)),
            Piece("مرحبا (UAV) بالعالم، 2025."),
            Piece("one", "item", {"depth": 1, "ordered": False}),
            Piece("two, a sea", "item", {"depth": 1, "ordered": False}),
            Piece("Who said so?", "quote"),
            Piece("See the plan.", runs=(Run(8, 12, "link", {"address": "https://harbour.example/plan"}),)),
        ]
    )
    with workspace.library.deed("Articles"):
        left = (LeftOut("share", "Share this", 2, "paragraph", {}, (Run(0, 5, "emphasis"),)),)
        whole = workspace.articles.add(
            Draft(body, known, left, {"views": "12", "tags": ("a", "b")}, themes=("Law",), note="Of *all*."),
            Source("w"),
        )
        plain = workspace.articles.add(Draft(Body.of(["No marks here."]), Metadata(title="Bare")), Source("b"))
    workspace.attributes.add("tone")
    workspace.articles.edit(whole, None, "read", {"tone": "grim, mostly"})
    workspace.articles.edit(plain, None, "archived")
    text = body.text
    for quote, names, note in (
        ("A sea 👩‍👩‍👧 stood", ["Law", "Drones · small"], "A **note**\n\n- of a list\n- <b>x</b>"),
        ("👩‍👩‍👧 stood a foot lower; cafe\u0301", ["Law > Licences, paid"], ""),
        ("(UAV) بالعالم", ["سماء"], "ملاحظة"),
        (text[text.index("and café") : text.index("بالعالم")], [], "over two blocks"),
        ("See the plan.", ["Law > Licences, paid", "سماء"], ""),
    ):
        start = text.index(quote)
        workspace.highlights.add(whole, start, start + len(quote), names, note)
    second = text.rindex("sea")
    workspace.highlights.add(whole, second, second + 3, ["Law"], "the second sea")


def _exported(workspace: Workspace, key: str, target: Path, selection: Selection | None = None, **options: str) -> None:
    finished(workspace.export(selection or Selection(), key, target, options))


def _articles(workspace: Workspace, *leave: str) -> list[dict[str, Any]]:
    found = []
    for article in workspace.articles.by_keys(sorted(workspace.articles.keys())):
        content = workspace.bodies.content(article.key)
        value = {
            "id": article.id, "state": article.state, "details": article.details, "attributes": article.attributes,
            "themes": _paths(workspace, article.themes), "note": article.note, "text": content.body.text,
            "structure": content.body.structure_json(), "left out": content.left_out,
            "metadata": article.metadata,
        }  # fmt: skip
        found.append({name: held for name, held in value.items() if name not in leave})
    return sorted(found, key=lambda one: str(one["id"]))


def _highlights(workspace: Workspace, *leave: str) -> list[dict[str, Any]]:
    found = []
    for article in workspace.articles.by_keys(sorted(workspace.articles.keys())):
        for one in workspace.highlights.of_article(article.key):
            value = {
                "article": article.id, "id": one.id, "start": one.start, "end": one.end, "quote": one.quote,
                "prefix": one.prefix, "suffix": one.suffix, "themes": _paths(workspace, one.themes), "note": one.note,
                "status": one.status, "created": one.created, "author": one.author,
            }  # fmt: skip
            found.append({name: held for name, held in value.items() if name not in leave})
    return sorted(found, key=lambda one: str(one["id"]))


def _paths(workspace: Workspace, ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    paths = {theme.id: theme.path for theme in workspace.themes.tree()}
    return [paths[uid] for uid in ids]


def _themes(workspace: Workspace, *leave: str) -> list[dict[str, Any]]:
    return [
        {
            name: value
            for name, value in {
                "id": one.id, "path": one.path, "colour": one.colour, "digit": one.digit,
                "definition": one.definition, "note": one.note,
            }.items()
            if name not in leave
        }
        for one in workspace.themes.tree()
    ]  # fmt: skip


def test_annotations_with_texts_bring_everything_back(home, away, tmp_path):
    _exported(home, "jsonld", tmp_path / "all.jsonld", texts="yes")
    report = imported(away, tmp_path / "all.jsonld")
    assert (report.failed, report.skipped, len(report.added), len(report.themes)) == ((), (), 2, 4)
    assert _articles(away) == _articles(home)
    assert _highlights(away) == _highlights(home)
    assert _themes(away) == _themes(home)
    assert sound(away) == []
    away.undo()
    assert away.articles.count() == 0
    assert away.themes.tree() == ()


def test_json_brings_everything_back_as_one_step(home, away, tmp_path):
    home.notes.write("Of the *library*", private=True)
    home.collections.add("To write", note="soon")
    article, *marks = home.articles.by_keys(home.articles.keys())[-1].id, *(one["id"] for one in _highlights(home))
    home.collections.put("To write", [marks[2], article, marks[0]])
    home.collections.write("To write", "Part one", 1, before=article)
    home.collections.add("Unread", 'is:unread OR in:"To write" theme:law')
    bundled = home.bundle(Selection(private=True))
    finished(export(bundled, "json", tmp_path / "all.json", {}))
    report = imported(away, tmp_path / "all.json")
    assert (report.failed, report.skipped, len(report.added), len(report.themes)) == ((), (), 2, 4)
    assert report.collections == ("To write", "Unread")
    leave = {"collection_item": ("rank",), "interlude": ("rank",), "article": ("path",)}
    assert owned(away.library.database, leave) == owned(home.library.database, leave)
    assert away.collections.find("To write").sequence == home.collections.find("To write").sequence
    assert [str(step.label) for step in away.history()] == ["Import of 2 articles"]
    assert sound(away) == []
    before = tables(away.library.database)
    again = tmp_path / "again.json"
    again.write_bytes((tmp_path / "all.json").read_bytes() + b"\n")
    report = imported(away, again)
    assert (report.added, report.updated, report.themes, report.collections, report.step) == ((), (), (), (), None)
    assert tables(away.library.database) == before
    away.undo()
    assert not any(tables(away.library.database).values())


def test_a_collection_comes_back_as_one(home, away, tmp_path):
    home.collections.add("To write")
    home.collections.put("To write", [one["id"] for one in _highlights(home)][:2])
    home.collections.write("To write", "And then", 0)
    _exported(home, "json", tmp_path / "one.json", selection=Selection(collection="To write"))
    assert imported(away, tmp_path / "one.json").collections == ("To write",)
    there, at_home = away.collections.find("To write"), home.collections.find("To write")
    assert (there.id, there.sequence, there.interludes) == (at_home.id, at_home.sequence, at_home.interludes)
    assert len(_highlights(away)) == 2


def test_a_file_of_the_first_version_is_read(home, away, tmp_path):
    file = tmp_path / "all.json"
    _exported(home, "json", file)
    value = json.loads(file.read_bytes())
    value["version"] = 1
    for article in value["articles"]:
        del article["layers"]
    file.write_text(json.dumps(value))
    assert len(imported(away, file).added) == 2
    assert (_articles(away), _highlights(away)) == (_articles(home), _highlights(home))


@pytest.mark.parametrize(
    ("key", "options"), [("json", {}), ("jsonld", {"texts": "yes"}), ("jsonld", {}), ("hypothesis", {}), ("qdpx", {})]
)
def test_what_another_coder_said_of_an_article_stays_that_coders(home, away, tmp_path, key, options):
    bare = home.articles.by_keys(home.keys("title:bare"))[0]
    law, drones = home.themes.find("Law"), home.themes.find("Drones · small")
    with home.library.deed("Layers"):
        for author, theme in (("B. Coder", law), ("B. Coder", drones), ("Consensus", law)):
            home.holdings.layers.put_theme(bare.key, theme, author)
    suffix = {"jsonld": "jsonld", "qdpx": "qdpx"}.get(key, "json")
    _exported(home, key, tmp_path / f"all.{suffix}", **options)
    imported(away, tmp_path / f"all.{suffix}")
    there = away.articles.key(bare.id)
    assert away.holdings.layers.on_articles([there])[there] == {"B. Coder": (law.id, drones.id), "Consensus": (law.id,)}
    assert away.articles.find(bare.id).themes == ()
    before = tables(home.library.database)
    imported(home, tmp_path / f"all.{suffix}")
    assert tables(home.library.database) == before


def test_a_file_adds_nothing_to_what_a_coders_round_covers(home, tmp_path):
    bare = home.articles.by_keys(home.keys("title:bare"))[0]
    law = home.themes.find("Law")
    with home.library.deed("Layer"):
        home.holdings.layers.put_theme(bare.key, law, "B. Coder")
        mark = Mark("marks", 3, 8, author="B. Coder")
        gone = home.highlights.insert(bare.key, Anchor(3, 8, "marks", "No ", " here."), [law], "", mark)
    _exported(home, "json", tmp_path / "all.json")
    home.highlights.remove(gone)
    with home.library.deed("Taken back"):
        home.holdings.layers.take_theme(bare.key, law.key, "B. Coder")
    home.rounds.keep(Round("r" * 32, "B. Coder", (bare.id,), made=1, taken=2))
    with home.library.deed("Taken in"):
        home.rounds.cover([bare.key], "B. Coder")
    assert imported(home, tmp_path / "all.json").updated == ()
    assert home.holdings.layers.on_articles([bare.key]) == {}
    assert home.highlights.of_article(bare.key) == ()


def test_the_layer_of_a_coder_comes_back_as_one_that_nothing_changes(home, away, tmp_path):
    wall, bare = (home.articles.by_keys(home.keys(f"title:{word}"))[0] for word in ("wall", "bare"))
    asked = Round("a" * 32, "B. Coder", (wall.id, bare.id), 1, 2, "b" * 32)
    home.rounds.keep(asked)
    home.rounds.keep(Round("c" * 32, "Not yet", (bare.id,), 3))
    with home.library.deed("Layer"):
        mark = Mark("The", 0, 3, author="B. Coder")
        uid = home.highlights.insert(wall.key, Anchor(0, 3, "The", "", " wall"), [], "so", mark)
        home.rounds.cover([wall.key, bare.key], "B. Coder")
    _exported(home, "json", tmp_path / "all.json")
    _exported(home, "json", tmp_path / "wall.json", selection=Selection(query="title:wall"))
    assert imported(away, tmp_path / "wall.json").failed == ()
    assert (away.rounds.all(), away.rounds.articles("B. Coder")) == ((asked,), {away.articles.key(wall.id)})
    with pytest.raises(Conflict, match="which nothing changes"):
        away.highlights.note(uid, "mine")
    report = imported(away, tmp_path / "all.json")
    assert ([one.id for one in report.added], report.updated) == ([bare.id], ())
    assert away.rounds.all() == home.rounds.all()
    assert away.rounds.articles("B. Coder") == {away.articles.key(one.id) for one in (wall, bare)}
    away.undo()
    assert away.rounds.articles("B. Coder") == {away.articles.key(wall.id)}


@pytest.mark.parametrize("key", ["json", "jsonld", "hypothesis", "markdown"])
def test_numbers_beyond_all_measure_cost_no_import(home, away, tmp_path, key):
    _lose_a_passage(home)
    _exported(home, key, tmp_path / "out", **({"texts": "yes"} if key == "jsonld" else {}))
    files = list((tmp_path / "out").rglob("*.md")) if key == "markdown" else [tmp_path / "out"]
    numbers = r'("start":(?=2,"end":8)|"former":\[|"(?:created|added|digit)":)\d+'
    changed = 0
    for file in files:
        said = file.read_text(encoding="utf-8")
        huge, count = re.subn(numbers, rf"\g<1>{10**30}", said)
        changed += count
        (file if key == "markdown" else tmp_path / "out.json").write_text(huge, encoding="utf-8")
    report = imported(away, tmp_path / ("out" if key == "markdown" else "out.json"))
    assert changed
    assert (len(report.added), report.failed) == (2 if key != "hypothesis" else 1, ())
    assert sound(away) == []


def _lose_a_passage(workspace: Workspace) -> None:
    with workspace.library.deed("Lost"):
        workspace.library.database.execute("UPDATE highlight SET status='orphan', start=2, end=8 WHERE quote='sea'")


def test_collections_alone_are_an_import_of_their_own(away, tmp_path):
    file = tmp_path / "one.json"
    value = {"format": "commonplace", "version": 1, "whole": True, "note": "Of it",
             "collections": [{"name": "Unread", "query": "is:unread"}]}  # fmt: skip
    file.write_text(json.dumps(value))
    report = imported(away, file)
    assert (report.collections, report.failed) == (("Unread",), ())
    assert (str(away.history()[0].label), away.notes.text()) == ("Import of collections", "Of it")


def test_annotations_of_what_is_there_change_nothing(home, tmp_path):
    for texts in ("yes", "no"):
        _exported(home, "jsonld", tmp_path / f"{texts}.jsonld", texts=texts)
        before = (_articles(home), _highlights(home), _themes(home))
        report = imported(home, tmp_path / f"{texts}.jsonld")
        assert (report.added, report.updated, report.themes) == ((), (), ())
        assert (_articles(home), _highlights(home), _themes(home)) == before


def test_annotations_without_texts_are_passages_until_the_article_comes(home, away, tmp_path):
    _exported(home, "jsonld", tmp_path / "marks.jsonld")
    (stub,) = imported(away, tmp_path / "marks.jsonld").added
    assert displaced(away.library.database) == []
    assert [one["id"] for one in _highlights(away)] == [one["id"] for one in _highlights(home)]
    assert [one["quote"] for one in _highlights(away)] == [one["quote"] for one in _highlights(home)]
    _exported(home, "jsonld", tmp_path / "all.jsonld", texts="yes")
    report = imported(away, tmp_path / "all.jsonld")
    assert [one.id for one in report.updated] == [stub.id]
    places = ("id", "start", "end", "quote")
    at_home, there = ([[one[name] for name in places] for one in _highlights(one)] for one in (home, away))
    assert there == at_home
    assert sound(away) == []


def test_notes_with_texts_bring_everything_back(home, away, tmp_path):
    _exported(home, "markdown", tmp_path / "vault")
    report = imported(away, tmp_path / "vault")
    assert (report.failed, report.skipped, len(report.added)) == ((), (), 2)
    assert _articles(away) == _articles(home)
    assert _highlights(away) == _highlights(home)
    assert _themes(away) == _themes(home)
    assert sound(away) == []


def test_notes_of_what_is_there_change_nothing(home, tmp_path):
    _exported(home, "markdown", tmp_path / "vault")
    before = (_articles(home), _highlights(home), _themes(home))
    report = imported(home, tmp_path / "vault")
    assert (report.added, report.updated, report.failed, report.themes) == ((), (), (), ())
    assert (_articles(home), _highlights(home), _themes(home)) == before


def test_notes_without_texts_are_passages(home, away, tmp_path):
    _exported(home, "markdown", tmp_path / "vault", texts="no")
    imported(away, tmp_path / "vault")
    quotes = {one["id"]: one["quote"].strip() for one in _highlights(home)}
    assert {one["id"]: one["quote"] for one in _highlights(away)} == quotes
    assert {one["id"]: (one["themes"], one["note"]) for one in _highlights(away)} == {
        one["id"]: (one["themes"], one["note"]) for one in _highlights(home)
    }
    assert sound(away) == []


def test_a_bibliography_brings_back_what_is_known_of_each_article(home, away, tmp_path):
    """Texts and passages are elsewhere. What stands at no address comes back too, and namesakes stay two."""
    bare = home.keys("title:bare")[0]
    home.articles.edit(bare, {"byline": "Ada Marsh and Bo Reed", "published": "about 2025-03-04"})
    with home.library.deed("Namesake"):
        home.articles.add(Draft(Body.of(["Other words."]), Metadata(title="Bare")), Source("c"))
    _exported(home, "csl", tmp_path / "all.json")
    report = imported(away, tmp_path / "all.json")
    assert (report.failed, report.skipped, len(report.added)) == ((), (), 3)

    def known(workspace: Workspace) -> list[tuple[Any, ...]]:
        return [
            (one["id"], replace(one["metadata"], origins={}), one["themes"], one["note"])
            for one in _articles(workspace)
        ]

    assert known(away) == known(home)
    again = imported(home, tmp_path / "all.json")
    assert (again.added, len(known(home))) == ((), 3)


def test_a_codebook_brings_the_themes_back_with_their_ids(home, away, tmp_path):
    _exported(home, "codebook_csv", tmp_path / "themes.csv")
    report = imported(away, tmp_path / "themes.csv")
    assert (report.failed, len(report.themes)) == ((), 4)
    assert _themes(away) == _themes(home)
    assert sound(away) == []
    assert imported(home, tmp_path / "themes.csv").themes == ()
    assert _themes(home) == _themes(away)


def test_passages_for_readwise_find_their_highlights_again(home, tmp_path):
    """All but one that ends in a space, which such files lose: it is marked again without that."""
    before = _highlights(home)
    _exported(home, "readwise", tmp_path / "readwise.csv")
    report = imported(home, tmp_path / "readwise.csv")
    assert (report.failed, report.added) == ((), ())
    after = _highlights(home)
    kept = [one for one in after if one["id"] in {other["id"] for other in before}]
    assert [(one["start"], one["end"], one["note"]) for one in kept] == [
        (one["start"], one["end"], one["note"]) for one in before
    ]
    (again,) = (one for one in after if one not in kept)
    assert f"{again['quote']} " in [one["quote"] for one in before]
