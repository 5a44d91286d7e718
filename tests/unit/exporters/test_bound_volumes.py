"""A report too long to be set at once: what is bound of volumes is the same document as what is set in one."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from app.errors import ExportFailed
from app.exporters import _volumes
from app.exporters._fonts import fonts_for
from app.exporters._manuscript import Manuscript
from app.exporters._outline import OUTLINED
from app.exporters._paper import Paper
from app.exporters._volumes import Volume, written
from app.exporting.journey import export
from app.model import Attribute, Published
from app.text.body import Piece, Run
from tests import printed

# Words in brackets, in pairs and not, and what looks like a file's own references and keys.
TITLES = (
    "Talks (and (what) was) said /Next 5 0 R", "One ( bracket \\ 12 0 R", "خبرة تسافر", "at:1:0:1:20.5", "Plain words",
    "/StructParent 7 /Dest 3 0 R>>", "endobj stream", "A last one",
)  # fmt: skip
PICTURE = printed.png(90, 60)


@pytest.fixture(scope="module")
def dossier(made):
    """Return a bundle of articles that each begin a page, in groups, with the same picture in several."""
    war = made.theme("War (all of it)", definition="What is *done*.", note="Watch [this](https://example.org/watch).")
    peace = made.theme("Peace", war)
    digest = hashlib.sha256(PICTURE).hexdigest()
    linked = Run(0, 7, "link", {"address": "https://example.org/(a)/9 0 R"})
    items = []
    for number, title in enumerate(TITLES):
        lines = [
            f"Sentence {number} {line} tells how the talks went on while many ships left port." for line in range(40)
        ]
        marks = [
            (f"{number} {line} tells how", [war, peace][: 1 + line % 2], f"Note {number} {line}.")
            for line in (1, 9, 30)
        ]
        pieces = [
            Piece(lines[0], runs=(linked,)), Piece("The (harbour) 4 0 R", "heading", {"level": 2}), *lines[1:20],
            *([Piece("", "image", {"alt": "The (quay) 8 0 R", "picture": digest})] if number % 3 == 0 else []),
            *(Piece(f"cell {row}", "cell", {"table": 0, "row": row, "column": 0}) for row in range(4)),
            *lines[20:],
        ]  # fmt: skip
        items.append(made.article(
            pieces, marks, title, number, {"attributes": {"tone": ("calm", "alarmed (very)")[number % 2]}},
            address=f"https://example.org/{number}", published=Published.parse("2025-03-04"),
            language="ar" if number == 2 else "en",
        ))  # fmt: skip
    return made.bundle(
        *items, themes=[war, peace], title="A (long) dossier", note="With a *note*.", pictures={digest: PICTURE},
        attributes=(Attribute(1, "t", "tone"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def both(dossier, exported_bytes):
    """Return the document that is set in one volume, and that which is bound of many."""
    chosen = {"group": "attribute", "attribute": "tone"}
    whole = exported_bytes(dossier, "pdf", **chosen)[""]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_volumes, "ENOUGH", 4_000)
        patch.setattr(_volumes, "LISTED", 100)
        return whole, exported_bytes(dossier, "pdf", **chosen)[""]


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def said(tool: str, data: bytes, tmp_path: Path, *options: str) -> str:
    """Return what one of poppler's tools says of a document."""
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    (tmp_path / "asked.pdf").write_bytes(data)
    found = subprocess.run([tool, *options, tmp_path / "asked.pdf", *(["-"] if tool == "pdftotext" else [])],
                           capture_output=True, check=True)  # fmt: skip
    return found.stdout.decode()


def outline(reader: pypdf.PdfReader) -> list[tuple]:
    """Return the entries of the outline: how deep they are, title, page, place on it."""

    def below(entries, depth: int):
        for entry in entries:
            if isinstance(entry, list):
                yield from below(entry, depth + 1)
            else:
                place = (
                    reader.get_destination_page_number(entry),
                    round(float(entry.top), 1),
                    round(float(entry.left), 1),
                )
                yield (depth, entry.title, *place)

    return list(below(reader.outline, 0))


def links(reader: pypdf.PdfReader) -> list[tuple]:
    """Return the links: the page they are on, where on it, what they say, and where they lead."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    found = []
    for number, page in enumerate(reader.pages):
        for link in (note.get_object() for note in page.get("/Annots", ())):
            if "/Dest" in link:
                target, kind, *place = link["/Dest"]
                to = (pages[target.idnum], kind, *(round(float(one), 1) for one in place))
            else:
                to = (link["/A"]["/URI"],)
            found.append((number, [round(float(side), 2) for side in link["/Rect"]], link["/Contents"], *to))
    return found


def tags(reader: pypdf.PdfReader) -> list[tuple]:
    """Return the tree of tags in its order, and check that all that is tagged on a page is found from there."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    parents: dict[int, object] = {}
    waiting = [root["/ParentTree"]]
    while waiting:
        node = waiting.pop().get_object()
        numbers = node.get("/Nums", [])
        parents |= dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        if "/Limits" in node:
            assert [int(limit) for limit in node["/Limits"]] == [int(numbers[0]), int(numbers[-2])]
        waiting += node.get("/Kids", [])
    assert all(int(page["/StructParents"]) in parents for page in reader.pages)
    for page in reader.pages:
        for link in (note.get_object() for note in page.get("/Annots", ())):
            tag = parents[int(link["/StructParent"])].get_object()
            assert tag["/S"] == "/Link"
            assert link in [one["/Obj"] for one in tag["/K"] if isinstance(one, dict) and "/Obj" in one]
    found = []

    def walk(tag, above) -> None:
        assert tag["/P"] == above
        on = pages[tag.raw_get("/Pg").idnum] if "/Pg" in tag else None
        found.append((tag["/S"], on, tag.get("/Alt"), tag.get("/Lang"), len(tag["/K"])))
        for kid in tag["/K"]:
            inner = kid.get_object()
            if isinstance(inner, dict) and inner.get("/Type") == "/StructElem":
                walk(inner, tag)

    (document,) = root["/K"]
    walk(document.get_object(), root)
    assert max(parents) + 1 == root["/ParentTreeNextKey"]
    return found


def test_it_reads_the_same(both, tmp_path):
    whole, bound = both
    assert bound != whole
    assert said("pdftotext", bound, tmp_path, "-layout") == said("pdftotext", whole, tmp_path, "-layout")


def test_every_page_looks_the_same(both):
    whole, bound = (pypdfium2.PdfDocument(data) for data in both)
    assert len(bound) == len(whole) > 10
    for one, other in zip(whole, bound, strict=True):
        assert bytes(other.render(scale=0.7).buffer) == bytes(one.render(scale=0.7).buffer)
    whole.close()
    bound.close()


def test_bookmarks_links_labels_and_tags_are_the_same(both):
    whole, bound = map(read, both)
    assert outline(bound) == outline(whole)
    assert {depth for depth, *_ in outline(bound)} == {0, 1, 2}
    assert links(bound) == links(whole)
    assert [link[3] for link in links(bound) if isinstance(link[3], int)] == [
        page for depth, _, page, *_ in outline(bound) if depth < 2
    ]
    assert bound.page_labels == whole.page_labels
    assert tags(bound) == tags(whole)


def test_what_it_says_of_itself_is_the_same(both):
    whole, bound = map(read, both)
    assert bound.metadata == whole.metadata
    for key in ("/Lang", "/MarkInfo", "/ViewerPreferences"):
        assert bound.trailer["/Root"][key] == whole.trailer["/Root"][key]
    about = [
        re.sub("(?<=ID>)[^<]+", "", one.trailer["/Root"]["/Metadata"].get_data().decode()) for one in (whole, bound)
    ]
    assert about[0] == about[1]
    name = bound.trailer["/ID"][0].original_bytes.decode()
    assert bound.trailer["/Root"]["/Metadata"].get_data().decode().count(f"ID>{name}</") == 2


def test_a_picture_that_several_volumes_show_is_held_once(both):
    for data in both:
        assert data.count(b"/Subtype/Image") == 1


def test_every_object_is_where_the_table_says(both):
    data = both[1]
    begin = int(re.search(rb"startxref\n(\d+)\n%%EOF\Z", data)[1])
    lines = data[begin:].split(b"\r\n")
    assert lines[0] == b"xref\n0 %d\n0000000000 65535 f" % (len(lines) - 1)
    for number, line in enumerate(lines[1:-1], 1):
        assert data[int(line[:10]) :].startswith(b"%d 0 obj\n" % number)


def test_the_same_bytes_in_another_zone_and_hour(both, dossier, exported_bytes, monkeypatch):
    monkeypatch.setattr(_volumes, "ENOUGH", 4_000)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    if hasattr(time, "tzset"):
        time.tzset()
    assert exported_bytes(dossier, "pdf", group="attribute", attribute="tone")[""] == both[1]
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_long_contents_come_in_volumes_too(dossier, both, exported_bytes, tmp_path, monkeypatch):
    monkeypatch.setattr(_volumes, "ENOUGH", 4_000)
    monkeypatch.setattr(_volumes, "LISTED", 6)
    data = exported_bytes(dossier, "pdf", group="attribute", attribute="tone")[""]
    reader = read(data)
    before = len(reader.pages) - len(read(both[0]).pages)
    assert before == 1  # a page of contents begins where a volume does
    assert [entry[1] for entry in outline(reader)] == [entry[1] for entry in outline(read(both[0]))]
    inside = [link for link in links(reader) if isinstance(link[3], int)]
    assert [link[0] for link in inside] == [0] * 6 + [1] * 4
    titles = [entry[2] for entry in outline(reader) if entry[0] < 2]
    assert [link[3] for link in inside] == titles
    for page in titles:
        assert f"(page {page + 1})".encode() in data


def passages(made, count: int):
    """Return passages without an article's text, on pages that nothing but their number begins."""
    lines = [f"Passage {number} is quoted here, and it fills a line or two of the page." for number in range(count)]
    war = made.theme("War")
    marks = [(line, [war], f"Remark {number} on it.") for number, line in enumerate(lines)]
    return made.bundle(made.article(lines, marks, "Quoted"), themes=[war], title="Passages")


@pytest.mark.parametrize("chosen", [{"texts": True}, {"texts": False}, {"texts": False, "group": "theme"}])
def test_where_no_page_begins_nothing_is_lost_between_volumes(made, exported_bytes, chosen, tmp_path, monkeypatch):
    monkeypatch.setattr(_volumes, "ENOUGH", 8_000)
    monkeypatch.setattr("app.exporters._manuscript._BLOCKS", 7)
    data = exported_bytes(passages(made, 120), "pdf", **chosen)[""]
    words = said("pdftotext", data, tmp_path, "-raw")
    # A note below a paragraph repeats what it is on.
    assert list(dict.fromkeys(re.findall(r"Passage (\d+) is", words))) == [str(number) for number in range(120)]
    assert sorted(map(int, re.findall(r"Remark (\d+) on it", words))) == list(range(120))
    pages = said("pdftotext", data, tmp_path, "-layout").split("\f")[:-1]
    assert len(pages) > 3
    assert [page.split()[-1] for page in pages] == [str(number) for number in range(1, len(pages) + 1)]
    head = "War" if "group" in chosen else "Quoted"
    assert all(page.split("\n")[0].split() == ["Passages", head] for page in pages[1:])


def test_texts_in_pieces_are_set_as_one(made, exported_bytes, monkeypatch):
    bundle = passages(made, 30)
    whole = exported_bytes(bundle, "pdf")
    monkeypatch.setattr("app.exporters._manuscript._BLOCKS", 1)
    assert exported_bytes(bundle, "pdf") == whole


def test_no_volume_holds_much_more_than_is_enough(made, tmp_path, monkeypatch):
    monkeypatch.setattr(_volumes, "ENOUGH", 8_000)
    monkeypatch.setattr("app.exporters._manuscript._BLOCKS", 7)
    options = {option.key: option.default for option in OUTLINED}
    volumes: list[Volume] = []
    manuscript = Manuscript(passages(made, 300), options, Paper("a4", "medium", in_margin=True))
    list(written(tmp_path, manuscript, fonts_for(frozenset("a")), volumes))
    sizes = [(volume.folder / "data.json").stat().st_size for volume in volumes]
    assert len(sizes) > 8
    assert max(sizes) < 2 * 8_000


def test_stopping_between_volumes_keeps_the_old_file(dossier, tmp_path, monkeypatch):
    monkeypatch.setattr(_volumes, "ENOUGH", 4_000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    target = tmp_path / "out" / "report.pdf"
    target.parent.mkdir()
    target.write_bytes(b"the old one")
    journey = export(dossier, "pdf", target, {})
    while not list(tmp_path.glob("temporary/*/volume-2/found.json")):
        next(journey)
    journey.close()
    assert [path.read_bytes() for path in target.parent.iterdir()] == [b"the old one"]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_volume_that_cannot_be_set_ends_the_others_and_keeps_the_old_file(dossier, tmp_path, monkeypatch):
    monkeypatch.setattr(_volumes, "ENOUGH", 4_000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    target = tmp_path / "report.pdf"
    target.write_bytes(b"the old one")
    journey = export(dossier, "pdf", target, {})
    while not (torn := list(tmp_path.glob("temporary/*/volume-3/data.json"))):
        next(journey)
    while b"short" not in torn[0].read_bytes():
        next(journey)
    torn[0].write_bytes(b"{")
    with pytest.raises(ExportFailed, match="could not be set"):
        list(journey)
    assert target.read_bytes() == b"the old one"
    assert list((tmp_path / "temporary").iterdir()) == []


def test_progress_goes_on_volume_by_volume_to_its_end(dossier, tmp_path, monkeypatch):
    monkeypatch.setattr(_volumes, "ENOUGH", 4_000)
    seen = [(one.done, one.total) for one in export(dossier, "pdf", tmp_path / "report.pdf", {})]
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert seen[-1][0] == seen[-1][1]
