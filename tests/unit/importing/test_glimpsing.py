"""A look at a file before it is imported."""

from __future__ import annotations

from pathlib import Path

from app.importing.glimpsing import FIRST, Glimpse
from app.importing.journey import Form
from app.importing.reporting import ImportReport
from app.workspace import Workspace

DATA = Path(__file__).parents[2] / "data" / "imports"


def glimpse(workspace: Workspace, path: Path, form: Form) -> Glimpse:
    journey = workspace.preview_import(path, form)
    while True:
        try:
            next(journey)
        except StopIteration as end:
            return end.value


def test_the_first_articles_of_a_table_are_shown_and_all_are_counted(workspace, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("title,text,tone\n" + "".join(f"A {n},It is the text {n}. {'x ' * 9000},good\n" for n in range(40)))
    seen = glimpse(workspace, path, Form())
    assert (seen.format, seen.total, len(seen.first), seen.error) == ("csv", 40, FIRST, None)
    assert seen.columns == {"title": "title", "text": "text", "tone": "attribute"}
    assert seen.first[1].metadata.title == "A 1"
    assert len(seen.first[1].body.text) < 1000
    assert workspace.stats()["articles"] == 0


def test_the_columns_are_told_even_where_none_holds_the_text(workspace, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("a,b\nThe wall,It stands.\n")
    seen = glimpse(workspace, path, Form())
    assert seen.columns == {"a": "attribute", "b": "attribute"}
    assert "its columns are: a, b." in str(seen.error)
    seen = glimpse(workspace, path, Form("csv", {"columns": "title=a;text=b"}))
    assert seen.first[0].metadata.title == "The wall"


def test_any_file_can_be_looked_at(workspace, tmp_path):
    assert glimpse(workspace, DATA / "nexis.docx", Form()).total == 3
    assert glimpse(workspace, DATA / "nexis.docx", Form("text", {"pattern": "^End of Document$"})).format == "text"
    assert str(glimpse(workspace, tmp_path / "none.csv", Form()).error).startswith("none.csv is not there.")


def test_the_articles_of_a_document_are_shown_as_they_would_be_cut(workspace):
    seen = glimpse(workspace, DATA / "wall-pandoc.docx", Form("docx", {"split": "headings"}))
    assert [draft.metadata.title for draft in seen.first] == [
        "The Sea Wall Is Too Low",
        "What it costs",
        "Other harbours",
    ]
    assert seen.total == 3


def imported(workspace: Workspace, path: Path, columns: str) -> ImportReport:
    work = workspace.import_files([path], form={path: Form("csv", {"columns": columns})})
    for _progress in work.run():
        pass
    return work.report


def test_a_file_is_read_again_when_its_columns_are_said_anew(workspace, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("lead,rest,name,where\nThe wall,It stands.,On walls,Harbour Post\n")
    for columns, text in (("text=lead", "The wall"), ("text=rest", "It stands.")):
        report = imported(workspace, path, columns)
        (taken,) = (*report.added, *report.updated)
        assert workspace.bodies.content(workspace.articles.find(taken.id).key).body.text == text


def test_what_is_said_anew_of_the_same_text_is_taken_over_but_for_what_the_reader_set(workspace, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("rest,name,where\nIt stands.,On walls,Harbour Post\n")
    (first,) = imported(workspace, path, "text=rest").added
    workspace.articles.edit(workspace.articles.find(first.id).key, {"outlet": "The Post"})
    (again,) = imported(workspace, path, "text=rest;title=name;outlet=where").updated
    assert again.id == first.id
    metadata = workspace.articles.find(first.id).metadata
    assert (metadata.title, metadata.outlet) == ("On walls", "The Post")
    assert imported(workspace, path, "text=rest;title=name;outlet=where").updated == ()
