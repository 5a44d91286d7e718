"""What is shown of files that are no text: the words in their order, the rows; everything else shows itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.exporters._base import Export, Exporter, File
from app.exporters._outline import OUTLINED
from app.exporting.journey import preview
from app.exporting.sketching import sketch
from app.model import Article, Bundle, BundledArticle, Content, Highlight, Interlude, Metadata, Theme
from app.options import Option
from app.text.body import Body
from tests.libraries import finished

PORTS = Theme(1, "t", "Ports", ("Ports",))


def bundle() -> Bundle:
    text = "The port reopened on Monday.\nNobody was told."
    mark = Highlight(1, "h", "a", 4, 8, "port", themes=("t",), note="Ask *her*.")
    article = Article(1, "a", Metadata("Ferries & <b>", outlet="Ledger"))
    item = BundledArticle(article, Content(Body.of(text.split("\n"))), (mark,))
    return Bundle("A set", (item,), (PORTS,))


def never(_bundle, _options):
    raise AssertionError("a file that takes long to make was made for a glimpse of it")


def shown(suffix, of, options=OUTLINED, **given):
    exporter = Exporter("x", "X", suffix, never, options)
    chosen = {option.key: option.default for option in options} | given
    name, parts = sketch(of, exporter, chosen)
    return name, b"".join(parts).decode()


def test_a_document_shows_its_words_without_being_made():
    for suffix in (".docx", ".odt", ".pdf", ".epub"):
        name, words = shown(suffix, bundle())
        assert name.endswith(".txt")
        assert words.startswith(
            "Ferries & <b>\nLedger, “Ferries & <b>”, n.d.\n\nThe port reopened on Monday.\n\nNobody"
        )


def test_the_options_hold():
    _, words = shown(".pdf", bundle(), group="theme", texts=False)
    assert words == "PORTS\n\n“port”\n(Ledger, “Ferries & <b>”, n.d., paragraph 1)\nPorts\nAsk her.\n\n"


def test_notes_and_connecting_texts_show_no_signs_of_markdown():
    noted = replace(
        bundle(), order=("i", "h", "a"), interludes=(Interlude("i", "And *so* on, [see](https://x.org)", 0),)
    )
    theme = replace(PORTS, definition="What `docks` are.", note="**Keep**")
    item = replace(noted.articles[0], article=replace(noted.articles[0].article, note="- one\n- *two*"))
    _, words = shown(".docx", replace(noted, articles=(item,), themes=(theme,)))
    assert words.startswith("And so on, see\n\n“port”")
    assert "- one\n- two" in words
    _, words = shown(".docx", replace(noted, articles=(item,), themes=(theme,)), group="theme", texts=False)
    assert words.startswith("PORTS\nWhat docks are.\nKeep\n")


def test_a_collection_shows_its_headings():
    ordered = replace(bundle(), order=("i", "h"), interludes=(Interlude("i", "Part one", 1),))
    assert shown(".docx", ordered)[1].startswith("PART ONE\n\n“port”")


def test_a_workbook_shows_the_rows_with_the_options_that_it_shares():
    layout = Option("rows", "Rows", "theme", ("theme", "highlight"))
    name, rows = shown(".xlsx", bundle(), (layout, Option("bom", "Odd", "never")), rows="highlight")
    assert name.endswith(".csv")
    assert "Ports" in rows.splitlines()[0]
    assert "Ports" not in shown(".xlsx", bundle(), (layout,), rows="theme")[1].splitlines()[0]


def test_the_preview_of_a_workbook_are_its_rows():
    ((name, rows),) = finished(preview(bundle(), "xlsx", {"rows": "highlight"}, 10_000))
    assert name == "rows.csv"
    assert b"Ports" in rows.splitlines()[0]


def test_text_shows_itself():
    exporter = Exporter("x", "X", ".txt", lambda _bundle, _options: Export(iter([File("", b"x")])))
    assert sketch(bundle(), exporter, {}) is None
    assert finished(preview(bundle(), "csv", {}, 10))[0][0] == ""


@pytest.mark.parametrize("key", ["docx", "odt", "pdf", "epub"])
def test_the_preview_of_a_document_are_its_words(key):
    ((name, words),) = finished(preview(bundle(), key, {}, 10_000))
    assert name == "words.txt"
    assert b"The port reopened on Monday." in words
