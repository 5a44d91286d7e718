"""One text in several places: each publication is an article of its own, and the same one comes in once."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.importing.reporting import ImportReport
from app.workspace import Workspace
from tests.libraries import finished, imported, sound

WIRE = (
    "The ferry was sold to a yard in another country, and nobody in the harbour was asked. "
    "The price was not told. The crew learnt of it from the evening news, the oldest of them said on the pier."
)
OTHER = "Nine whales were seen from the pier on Sunday, which nobody in the town can remember to have happened before."
PAGE = "https://globe.example/ferry"
GLOBE = {"title": "Ferry sold", "outlet": "The Globe", "date": "2025-03-04", "text": WIRE}
CHRONICLE = {**GLOBE, "outlet": "The Chronicle"}


def table(path: Path, *rows: dict[str, str]) -> Path:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def brought(workspace: Workspace, folder: Path, *rows: dict[str, str]) -> ImportReport:
    """Import a table that has a name of its own each time."""
    report = imported(workspace, table(folder / f"{len(list(folder.glob('*.csv')))}.csv", *rows))
    assert report.failed == ()
    return report


def held(workspace: Workspace, *fields: str) -> list[Sequence[str | None]]:
    articles = workspace.articles.by_keys(sorted(workspace.articles.keys()))
    return [tuple(getattr(one.metadata, field) for field in fields) for one in articles]


@pytest.mark.parametrize("text", [WIRE, "Ferry sold."])
def test_a_story_in_two_outlets_is_two_articles_that_are_alike(workspace, tmp_path, text):
    rows = (
        {**GLOBE, "text": text, "Pages": "3"},
        {**GLOBE, "text": text, "outlet": "The Chronicle", "title": "Sold!", "Region": "North"},
    )
    report = brought(workspace, tmp_path, *rows)
    assert (len(report.added), report.duplicates) == (2, ())
    first, second = workspace.articles.by_keys([one.key for one in report.added])
    assert (first.metadata.outlet, dict(first.attributes)) == ("The Globe", {"Pages": "3"})
    assert (second.metadata.title, dict(second.attributes)) == ("Sold!", {"Region": "North"})
    assert [(one.taken.id, one.id, one.share) for one in report.similar] == [(second.id, first.id, 1.0)]
    again = brought(workspace, tmp_path, *reversed(rows))
    assert ([one.id for one in again.duplicates], again.added) == ([second.id, first.id], ())
    assert sound(workspace) == []


@pytest.mark.parametrize(("one", "other"), [
    ({"date": "2025-03-04"}, {"date": "2025-03-05"}),
    ({"url": "https://globe.example/ferry"}, {"url": "https://globe.example/later/ferry"}),
    ({"outlet": "The Globe"}, {"outlet": "Chronicle"}),
])  # fmt: skip
def test_another_place_is_another_publication(workspace, tmp_path, one, other):
    report = brought(workspace, tmp_path, {"text": WIRE, **one}, {"text": WIRE, **other})
    assert (len(report.added), len(report.similar)) == (2, 1)


@pytest.mark.parametrize(("one", "other"), [
    (GLOBE, GLOBE | {"title": "Ferry sold (late edition)"}),
    (GLOBE, {"text": WIRE, "title": "wire"}),
    (GLOBE, GLOBE | {"outlet": "Globe", "date": "March 2025"}),
    (GLOBE | {"url": "http://www.globe.example/ferry/"}, GLOBE | {"url": f"{PAGE}?utm_source=x#top"}),
    (GLOBE | {"url": "https://globe.example/"}, GLOBE | {"url": PAGE}),
    (GLOBE | {"url": PAGE}, GLOBE | {"url": PAGE, "date": "2025-03-05"}),
])  # fmt: skip
def test_what_nothing_tells_apart_is_one_article(workspace, tmp_path, one, other):
    brought(workspace, tmp_path, one)
    report = brought(workspace, tmp_path, other)
    assert (len(report.duplicates), report.added) == (1, ())


def test_a_text_of_which_nothing_was_known_takes_the_place_of_one_publication_only(workspace, tmp_path):
    (first,) = brought(workspace, tmp_path, {"title": "Ferry sold", "text": WIRE}).added
    workspace.highlights.add_quote(first.key, "nobody in the harbour was asked")
    report = brought(workspace, tmp_path, GLOBE | {"url": PAGE}, GLOBE | {"outlet": "The Chronicle"})
    assert ([one.id for one in report.updated], len(report.added)) == ([first.id], 1)
    assert held(workspace, "outlet", "address") == [("The Globe", PAGE), ("The Chronicle", None)]


def test_what_the_reader_corrected_is_known_again(workspace, tmp_path):
    (first,) = brought(workspace, tmp_path, GLOBE).added
    workspace.articles.edit(first.key, {"outlet": "Harbour Globe", "published": "2025-03-06"})
    report = brought(workspace, tmp_path, GLOBE, {**GLOBE, "text": OTHER})
    assert ([one.id for one in report.duplicates], len(report.added)) == ([first.id], 1)


def test_libraries_with_a_story_of_two_outlets_are_merged_to_two_articles(workspace, tmp_path):
    chronicle = GLOBE | {"outlet": "The Chronicle"}
    with Workspace(tmp_path / "theirs", origin="test") as theirs:
        brought(theirs, tmp_path, GLOBE, chronicle)
        theirs.articles.edit(theirs.articles.keys()[0], {"outlet": "Harbour Chronicle"})
    brought(workspace, tmp_path, chronicle)
    finished(workspace.merge(tmp_path / "theirs"))
    assert held(workspace, "outlet") == [("Harbour Chronicle",), ("The Globe",)]
    assert sound(workspace) == []


def test_libraries_that_read_one_file_have_one_article_whatever_each_reader_says_of_it(workspace, tmp_path):
    file = table(tmp_path / "all.csv", GLOBE)
    with Workspace(tmp_path / "theirs", origin="test") as theirs:
        imported(theirs, file)
        theirs.articles.edit(theirs.articles.keys()[0], {"outlet": "Harbour Globe"})
    imported(workspace, file)
    finished(workspace.merge(tmp_path / "theirs"))
    assert held(workspace, "outlet") == [("Harbour Globe",)]


def test_what_a_reader_did_to_one_of_two_in_a_file_does_not_make_it_the_other(workspace, tmp_path):
    file = table(tmp_path / "both.csv", GLOBE, CHRONICLE)
    first, second = (workspace.articles.find(one.id).key for one in imported(workspace, file).added)
    workspace.articles.edit(first, {"state": "read"})
    workspace.articles.remove([second])
    assert len(imported(workspace, file).added) == 1
    assert sorted(held(workspace, "outlet")) == sorted([(GLOBE["outlet"],), (CHRONICLE["outlet"],)])
