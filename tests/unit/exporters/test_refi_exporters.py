"""REFI-QDA: what is written is valid, selects the quotes in code points, and comes back with its ids."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.errors import ExportFailed
from app.exporters._base import exporters
from app.exporters.qdpx import EXPORTER
from app.exporting.bundling import Selection
from app.model import Attribute, AttributeKind, Collection, Interlude, Rule
from app.workspace import Workspace
from tests.libraries import add, finished, imported, sound

SCHEMAS = Path(__file__).parents[4] / "shared" / "schemas"
QDE = "{urn:QDA-XML:project:1.0}"
NASTY = ("=1+1", "a > b", "Tag/sub: x, y", "😀 family 👩‍👩‍👧", "e\u0301", "مرحبا", "]]> & <b>", "\u0001\uffff control")


def project(data: bytes) -> tuple[etree._Element, dict[str, str]]:
    """Return the document of a project, and its texts by the paths that the document gives."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        assert box.testzip() is None
        files = {name: box.read(name) for name in box.namelist()}
    root = etree.fromstring(files.pop("project.qde"))
    return root, {f"internal://{name.removeprefix('sources/')}": data.decode("utf-8") for name, data in files.items()}


def valid(root: etree._Element, schema: str) -> None:
    if SCHEMAS.is_dir():
        etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(root)


@given(st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_it_is_valid_and_selects_the_quotes_whatever_is_in_it(made, exported_bytes, data):
    some = st.one_of(made.line, st.sampled_from(NASTY))
    lines = [line for line in data.draw(st.lists(some, min_size=1, max_size=4)) if line] or ["x"]
    above = made.theme(data.draw(some) or "?", definition=data.draw(some), note=data.draw(some))
    themes = [above, made.theme("Below", above)]
    text = "\n".join(lines)
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    marks = [(span, themes[: data.draw(st.integers(0, 2))], data.draw(some)) for span in spans if span[0] < span[1]]
    values = {"Outlet": data.draw(some), "Count": data.draw(st.sampled_from(("1", "1.5", "many"))), "Yes": "yes"}
    about = {"attributes": values, "note": data.draw(some), "themes": (above.id,), "added": 5}
    item = made.article(lines, marks, data.draw(some), about=about, outlet=data.draw(some))
    kinds = (AttributeKind.TEXT, AttributeKind.NUMBER, AttributeKind.YES_NO)
    fields = tuple(Attribute(1, made.uid(name), name, kind) for name, kind in zip(values, kinds, strict=True))
    listed = Collection(1, made.uid("c"), "List", note=data.draw(some), items=(item.article.id,))
    of = made.bundle(item, themes=themes, attributes=fields, collections=(listed,), note=data.draw(some))
    root, texts = project(exported_bytes(of, "qdpx")[""])
    valid(root, "REFI-QDA-Project.xsd")
    (source,) = root.iter(f"{QDE}TextSource")
    written = texts[source.get("plainTextPath")]
    assert written == item.content.body.text
    selected = [
        written[int(one.get("startPosition")) : int(one.get("endPosition"))]
        for one in source.iter(f"{QDE}PlainTextSelection")
    ]
    assert selected == [one.quote for one in item.highlights]
    codebook = etree.fromstring(exported_bytes(of, "qdc")[""])
    valid(codebook, "REFI-QDA-Codebook.xsd")
    assert exported_bytes(of, "qdpx") == exported_bytes(of, "qdpx")


def test_an_empty_bundle_is_a_valid_project(made, exported_bytes):
    root, texts = project(exported_bytes(made.bundle(), "qdpx")[""])
    valid(root, "REFI-QDA-Project.xsd")
    assert texts == {}


def test_a_codebook_without_themes_is_refused_before_anything_is_written(tmp_path):
    """The schema asks for one code at least, and a file without one could not be read again."""
    with Workspace(tmp_path / "empty") as workspace, pytest.raises(ExportFailed, match="there are none yet"):
        finished(workspace.export(Selection(), "qdc", tmp_path / "new" / "out.qdc", {}))
    assert not (tmp_path / "new").exists()


@pytest.fixture
def library(workspace: Workspace) -> Workspace:
    """Fill a library with all that a project can carry."""
    rail = add(workspace.holdings, "The night train 😀 runs.", "Nobody asked.", "", " Two  spaces ", title="Rail")
    sea = add(workspace.holdings, "The ferry is late.", title=None)
    workspace.themes.add("Transport", colour="#aabbcc", definition="Moving")
    workspace.themes.add("Night, late: & early", under="Transport")
    workspace.themes.edit("Transport", note="A note on it")
    workspace.attributes.add("Tone", "choice", ("calm", "grim"))
    workspace.attributes.add("Count", "number", definition="\nHow many ")
    workspace.attributes.add("author", "yes/no")
    workspace.attributes.add("Reading state")
    values = {"Tone": "grim", "Count": "12", "author": "no", "Reading state": "late"}
    workspace.articles.edit(rail, {"outlet": "The Post"}, state="read", attributes=values)
    workspace.articles.note(rail, "\n\nOn *rail*\n")
    workspace.articles.theme(sea, ["Transport"])
    with workspace.library.deed("Layer"):
        workspace.holdings.layers.put_theme(sea, workspace.themes.find("Transport"), "Bo Ek")
        workspace.holdings.layers.put_theme(sea, workspace.themes.find("Night, late: & early"), "Bo Ek")
    workspace.highlights.add(rail, 4, 17, ["Transport > Night, late: & early"], "Why?")
    workspace.highlights.add(rail, 24, 31)
    workspace.highlights.add(rail, 36, 41, ["Transport"])
    workspace.highlights.add(rail, 7, 11)
    ids = [one.id for one in workspace.articles.by_keys([sea, rail])]
    workspace.collections.add("List", note="About it")
    workspace.collections.put("List", ids)
    workspace.notes.write("The library's own")
    return workspace


def content(workspace: Workspace) -> object:
    """Return what a project carries, as plain values: all with their ids."""
    bundle = workspace.bundle(Selection())
    themes = {theme.id: theme.path for theme in bundle.themes}
    return (
        bundle.note,
        [(one.id, one.path, one.colour, one.definition, one.note) for one in bundle.themes],
        [(one.id, one.name, one.kind == "number", one.definition) for one in bundle.attributes],
        [(one.id, one.name, one.note, one.items) for one in bundle.collections],
        sorted(
            (
                item.article.id, item.article.metadata.title, item.article.metadata.outlet, item.article.state,
                dict(item.article.attributes), item.article.note, [themes[uid] for uid in item.article.themes],
                sorted(item.layers.items()),
                item.content.body.text, item.article.added,
                [
                    (one.id, one.start, one.end, one.quote, one.note, one.author, one.created, one.modified,
                     [themes[uid] for uid in one.themes])
                    for one in item.highlights
                ],
            )
            for item in bundle.articles
        ),
    )  # fmt: skip


def test_a_project_comes_back_with_its_ids(library, tmp_path):
    finished(library.export(Selection(), "qdpx", tmp_path / "out.qdpx", {}))
    with Workspace(tmp_path / "other") as other:
        report = imported(other, tmp_path / "out.qdpx")
        assert report.failed == ()
        for came, left in zip(content(other), content(library), strict=True):
            assert came == left
        assert sound(other) == []
        before = content(other)
        imported(other, tmp_path / "out.qdpx")
        assert content(other) == before


def test_what_the_standard_has_no_place_for_comes_back_too(library, tmp_path):
    rail = library.articles.key(library.bundle(Selection()).collections[0].items[1])
    passage = library.highlights.of_article(rail)[0].id
    library.attributes.add("When", "date")
    library.articles.edit(rail, attributes={"When": "2025-03"})
    library.themes.edit("Transport", digit=7)
    library.collections.put("List", [passage])
    library.collections.write("List", "?> Then & now", 0)
    library.collections.add("Late", "title:rail")
    library.notes.set_private("article", rail, private=True)
    done = finished(library.export(Selection(private=True), "qdpx", tmp_path / "out.qdpx", {}))
    assert str(done.left_behind[-1]) == (
        "Other programs do not see this, only Commonplace reads it back: digits of themes (2), choices of fields (1), "
        "kinds of fields with other values (1), passages in collections (1), headings and texts in collections (1), "
        "queries of collections (1), that notes are private (1)."
    )
    valid(project((tmp_path / "out.qdpx").read_bytes())[0], "REFI-QDA-Project.xsd")
    with Workspace(tmp_path / "other") as other:
        assert imported(other, tmp_path / "out.qdpx").skipped == ()

        def told(workspace: Workspace) -> object:
            bundle = workspace.bundle(Selection(private=True))
            return (
                [(one.id, one.name, one.kind, one.choices) for one in bundle.attributes],
                [(one.id, one.digit) for one in bundle.themes],
                [(one.id, one.query, one.sequence, one.interludes) for one in bundle.collections],
                bundle.private,
            )

        assert told(other) == told(library)
        assert (
            other.articles.by_keys([other.articles.key(library.articles.by_keys([rail])[0].id)])[0].attributes["When"]
            == "2025-03"
        )


@pytest.mark.parametrize("aside", [b"", b"[1]", b"{", b'{"digits": [], "fields": {"": 1}, "private": 3}', b"[" * 9999])
def test_what_is_told_aside_and_makes_no_sense_costs_itself_alone(library, tmp_path, aside):
    finished(library.export(Selection(), "qdpx", tmp_path / "out.qdpx", {}))
    with zipfile.ZipFile(tmp_path / "out.qdpx") as box, zipfile.ZipFile(tmp_path / "new.qdpx", "w") as other:
        for name in box.namelist():
            data = box.read(name)
            start = data.find(b"<?commonplace ")
            other.writestr(name, data if start < 0 else data[:start] + b"<?commonplace %b?>" % aside)
    with Workspace(tmp_path / "other") as came:
        assert imported(came, tmp_path / "new.qdpx").failed == ()
        assert content(came) == content(library)


def test_a_project_whose_texts_somebody_changed_is_looked_through(library, tmp_path):
    finished(library.export(Selection(), "qdpx", tmp_path / "out.qdpx", {}))
    with zipfile.ZipFile(tmp_path / "out.qdpx") as box, zipfile.ZipFile(tmp_path / "new.qdpx", "w") as other:
        for name in box.namelist():
            other.writestr(name, box.read(name).replace(b"The night", b"Said.\n\nThe night"))
    with Workspace(tmp_path / "other") as came:
        imported(came, tmp_path / "new.qdpx")
        assert sound(came) == []
        quotes = {one.quote for item in came.bundle(Selection()).articles for one in item.highlights}
        assert "night train 😀" in quotes


def test_a_codebook_comes_back_with_its_ids(library, tmp_path):
    finished(library.export(Selection(), "qdc", tmp_path / "out.qdc", {}))
    with Workspace(tmp_path / "other") as other:
        imported(other, tmp_path / "out.qdc")
        told = [(one.id, one.path, one.colour, one.definition) for one in other.themes.all()]
        assert told == [(one.id, one.path, one.colour, one.definition) for one in library.themes.all()]


def test_what_it_cannot_carry_is_said(made):

    item = made.article(["A", "B"], [], "T")
    lost = made.orphan(item, "gone")
    of = made.bundle(type(item)(item.article, item.content, (lost,)), themes=[made.theme("X", digit=1)])
    said = [str(one) for one in EXPORTER.write(of, {}).left_behind]
    assert said == [
        "One passage that is no longer in its text.",
        "Other programs do not see this, only Commonplace reads it back: digits of themes (1).",
    ]


def test_headings_and_queries_of_collections_are_said_to_stay_behind(made):
    by_hand = Collection(1, "c" * 32, "Dossier", interludes=(Interlude("i", "Part", 1),), sequence=("i",))
    by_query = Collection(2, "d" * 32, "Found", query="war")
    of = made.bundle(made.article(), collections=(by_hand, by_query), whole=True)
    assert [str(one) for one in EXPORTER.write(of, {}).left_behind] == [
        (
            "Other programs do not see this, only Commonplace reads it back: headings and texts in collections (1), "
            "queries of collections (1)."
        )
    ]


def test_a_codebook_says_that_notes_and_digits_stay_behind(made):
    of = made.bundle(themes=[made.theme("War", digit=1, note="Mine"), made.theme("Peace", digit=2)])
    assert [str(one) for one in exporters()["qdc"].write(of, {}).left_behind] == [
        "The note on one theme.", "The digits of 2 themes."
    ]  # fmt: skip


def test_pictures_and_rules_are_said_to_stay_behind(made):
    rules = (Rule("r" * 32, "The Times", "share this", "by hand"),)
    of = made.bundle(made.article(), pictures={"a" * 64: b"1"}, hidden={"b" * 64: b"2"}, rules=rules)
    assert [str(one) for one in EXPORTER.write(of, {}).left_behind] == [
        "2 pictures.", "The rule that leaves one line out of an outlet's articles."
    ]  # fmt: skip
