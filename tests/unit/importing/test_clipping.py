"""A passage and its address become an article with one highlight, or a highlight in the article that is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.importers._base import File
from app.importers._parts import choose
from app.importing.clipping import clip, pasted
from app.workspace import Workspace
from tests.libraries import imported

PASSAGE = "A bed costs 59 euros 🚂, which is less than most people pay."
ADDRESS = "https://www.rail.example/night-trains"


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace(tmp_path / "library") as found:
        yield found


def clipped(workspace: Workspace, *given: str, **more: object):
    with clip(*given, **more) as path:
        return imported(workspace, path)


def test_a_clip_is_an_article_with_that_one_highlight(workspace):
    report = clipped(workspace, PASSAGE, ADDRESS, note="Dear", themes=["Prices > Beds"], day=date(2025, 3, 4))
    (article,) = workspace.articles.by_keys(workspace.articles.keys())
    assert [one.id for one in report.added] == [article.id]
    metadata = article.metadata
    assert (metadata.address, metadata.outlet, metadata.accessed) == (ADDRESS, "rail.example", "2025-03-04")
    assert metadata.published is None
    (highlight,) = workspace.highlights.of_article(article.key)
    assert (highlight.quote, highlight.note) == (PASSAGE, "Dear")
    assert workspace.themes.find("Prices > Beds").id == highlight.themes[0]
    assert [step.origin for step in workspace.history()] == ["command line"]


def test_where_the_article_is_there_its_passage_is_marked(workspace, tmp_path):
    page = tmp_path / "trains.md"
    page.write_text(f"---\ntitle: Night trains\nurl: {ADDRESS}\n---\n\nFirst line.\n\n{PASSAGE} Last line.\n")
    imported(workspace, page)
    report = clipped(workspace, PASSAGE, ADDRESS)
    assert (len(report.added), len(report.updated)) == (0, 1)
    (article,) = workspace.articles.keys()
    assert [one.quote for one in workspace.highlights.of_article(article)] == [PASSAGE]
    again = clipped(workspace, PASSAGE, ADDRESS, themes=["Beds"])
    assert len(again.updated) == 1
    assert len(workspace.highlights.of_article(article)) == 1


def test_the_article_takes_the_place_of_its_clip(workspace, tmp_path):
    clipped(workspace, PASSAGE, ADDRESS, note="Dear")
    page = tmp_path / "trains.md"
    page.write_text(f"---\ntitle: Night trains\nurl: {ADDRESS}\n---\n\nFirst line.\n\n{PASSAGE} Last line.\n")
    report = imported(workspace, page)
    assert (len(report.added), len(report.updated)) == (0, 1)
    (article,) = workspace.articles.by_keys(workspace.articles.keys())
    assert article.metadata.title == "Night trains"
    assert [(one.quote, one.note) for one in workspace.highlights.of_article(article.key)] == [(PASSAGE, "Dear")]


def test_without_words_or_with_a_strange_address_there_is_no_clip():
    for words in ((" \n",), (PASSAGE, "javascript:alert(1)"), (PASSAGE, "file:///etc/passwd")):
        with pytest.raises(InvalidInput), clip(*words):
            pass
    with pytest.raises(InvalidInput), pasted(" ", ""):
        pass


def test_what_is_pasted_is_read_as_what_it_is(workspace):
    with pasted("", "<h1>Ferries</h1><p>The <b>ferry</b> was sold to a yard in another country this week.</p>") as path:
        imported(workspace, path)
    with pasted("The night train runs again\n\nThe first evening was sold out within hours of it.") as path:
        imported(workspace, path)
    texts = [workspace.bodies.content(key).body.text for key in sorted(workspace.articles.keys())]
    assert "The ferry was sold" in texts[0]
    assert "sold out within hours" in texts[1]


@given(st.text(min_size=1).filter(str.strip), st.text(), st.text())
def test_any_passage_is_marked_to_the_letter_of_its_text(passage, title, note):
    with clip(passage, title=title, note=note) as path:
        data = path.read_bytes()
        importer = choose(path.name, data)
        assert importer.key == "clip"
        (draft,) = importer.read(File(data, path.name))
    (mark,) = draft.marks
    assert draft.body.text[mark.start : mark.end] == mark.quote == draft.body.text
