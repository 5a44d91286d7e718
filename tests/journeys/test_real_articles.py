"""The main job on the real articles beside the checkout or, where there are none, on the example's."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from app.exporters._base import exporters
from app.exporting.bundling import Selection
from app.workspace import Workspace
from tests.libraries import displaced, finished, imported, sound

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def sources() -> list[Path]:
    real = ROOT.parent / "shared" / "seeds"
    folder = real if real.is_dir() else ROOT / "seeds" / "articles"
    return sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md", ".html"))


@pytest.fixture
def workspace(tmp_path, sources):
    with Workspace(tmp_path / "library") as opened:
        report = imported(opened, *sources, collection="The set")
        assert (len(report.added), report.failed, report.skipped) == (len(sources), (), ())
        yield opened


def texts(workspace: Workspace) -> dict[int, str]:
    return workspace.bodies.texts(workspace.articles.keys())


def test_everything_has_a_title_and_a_text(workspace, sources):
    for article in workspace.articles.by_keys(workspace.articles.keys()):
        assert article.metadata.title
        assert article.words > 50
        assert article.source in {path.name for path in sources}


def test_queries_answer_what_a_scan_of_the_texts_says(workspace):
    for word in ("drone", "million", "peace", "royalties", "minister"):
        wanted = {key for key, text in texts(workspace).items() if f" {word} " in f" {text.lower()} "}
        assert wanted <= set(workspace.keys(word))
        exact = {key for key in workspace.keys(f'"{word}"') if word in texts(workspace)[key].lower()}
        assert wanted <= exact


def test_marks_themes_collection_and_every_export(workspace, tmp_path):
    marks = []
    for number, (key, text) in enumerate(sorted(texts(workspace).items())):
        start = text.index(" ", len(text) // 2) + 1
        end = text.index(" ", start + 60)
        marks.append(workspace.highlights.add(key, start, end, [f"Theme {number % 2}", "All"], f"Note {number}"))
        assert text[start:end] == marks[-1].quote
        assert workspace.highlights.locate(key, marks[-1].quote)
    assert workspace.search("theme:all", passages=True, limit=100).total == len(marks)
    assert displaced(workspace.library.database) == []
    for key, exporter in exporters().items():
        target = tmp_path / "out" / f"{key}{exporter.suffix}"
        report = finished(workspace.export(Selection(collection="The set"), key, target, {}))
        assert report.written
        assert all(path.stat().st_size for path in report.written)
    with (tmp_path / "out" / "csv.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert {mark.note for mark in marks} <= cells
    annotations = json.dumps(json.loads((tmp_path / "out" / "jsonld.jsonld").read_text()), ensure_ascii=False)
    assert all(json.dumps(mark.quote, ensure_ascii=False)[1:-1] in annotations for mark in marks)
    assert sound(workspace) == []
