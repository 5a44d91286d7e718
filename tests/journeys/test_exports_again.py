"""What a library has exported again comes into one that has an earlier export of it: it adds, and says what stayed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from app.exporting.bundling import Selection
from app.importing.reporting import ImportReport
from app.model import AttributeChange
from app.workspace import Workspace
from tests.libraries import add, finished, imported

ALL: Final = (
    "themes (2), what is known of articles (1), values of fields (1), passages (1), fields (1), collections (1)"
)


def _exported(workspace: Workspace, key: str, path: Path, **options: str) -> None:
    finished(workspace.export(Selection(private=True), key, path, options))


def _otherwise(report: ImportReport) -> list[str]:
    said = (str(one.reason) for one in report.skipped)
    return [one for one in said if one.startswith("What is here stayed")]


@pytest.mark.parametrize(
    ("key", "options", "left"),
    [
        ("json", {}, ALL),
        ("jsonld", {"texts": "yes"}, ALL),
        ("qdpx", {}, ALL),
        ("hypothesis", {}, "themes (2), what is known of articles (1), passages (1)"),
        ("codebook_csv", {}, "themes (2)"),
    ],
)
def test_what_was_changed_since_the_last_export_stays_as_it_is_and_is_said_in_one_line(tmp_path, key, options, left):
    suffix = {"jsonld": "jsonld", "qdpx": "qdpx", "codebook_csv": "csv"}.get(key, "json")
    with Workspace(tmp_path / "ours") as ours, Workspace(tmp_path / "theirs") as theirs:
        trains = add(ours.holdings, "The night train runs again.", "A bed costs 59 euros.", title="Trains")
        ours.articles.edit(trains, {"address": "https://x.example/trains"})
        for name in ("Money", "Law", "Transport"):
            ours.themes.add(name)
        ours.attributes.add("Tone", "text")
        ours.articles.edit(trains, attributes={"Tone": "calm"})
        marked = ours.highlights.add(trains, 4, 9, ["Money"], "first")
        ours.collections.add("To write")
        ours.collections.put("To write", [marked.id])
        _exported(ours, key, tmp_path / f"old.{suffix}", **options)
        assert _otherwise(imported(theirs, tmp_path / f"old.{suffix}")) == []
        _exported(ours, key, tmp_path / f"same.{suffix}", **options)
        assert _otherwise(imported(theirs, tmp_path / f"same.{suffix}")) == []
        ours.highlights.note(marked.id, "first, CHANGED")
        ours.highlights.move(marked.id, 4, 15)
        ours.themes.edit("Money", new_name="Cash", definition="All that is paid")
        ours.themes.move("Transport", "Law")
        ours.articles.edit(trains, {"title": "Night trains"}, attributes={"Tone": "loud"})
        ours.attributes.edit("Tone", AttributeChange(name="Voice", definition="How it sounds"))
        ours.collections.edit("To write", new_name="Written")
        _exported(ours, key, tmp_path / f"new.{suffix}", **options)
        (said,) = _otherwise(imported(theirs, tmp_path / f"new.{suffix}"))
        assert said == (
            f"What is here stayed as it is where files say otherwise: {left}. "
            "Merging libraries joins them value by value."
        )
        assert theirs.themes.find("Money").definition == "All that is paid"
        if key != "codebook_csv":
            (article,) = theirs.articles.by_keys(theirs.articles.keys())
            (highlight,) = theirs.highlights.of_article(article.key)
            assert (highlight.quote, highlight.note) == ("night", "first, CHANGED")
