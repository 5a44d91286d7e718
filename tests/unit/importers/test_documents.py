"""Documents of word processors and books: one story through every format, and files that are broken."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, importers
from app.importers._parts import choose
from app.model import Origin
from app.text.body import Piece

DATA = Path(__file__).resolve().parents[2] / "data" / "imports"
FORMATS = ["docx", "odt", "epub", "rtf"]
ZIPPED = ["docx", "odt", "epub"]
DRAWN = b"\x89PNG\r\n\x1a\n"


def read(name: str, key: str | None = None, **options: bool) -> Draft:
    importer = importers()[key or name.rsplit(".", 1)[1]]
    (draft,) = importer.read(File((DATA / name).read_bytes(), name, options))
    return draft


def shape(piece: Piece) -> tuple[object, ...]:
    kept = {
        key: piece.attributes[key] for key in ("level", "depth", "ordered", "row", "column") if key in piece.attributes
    }
    text = piece.text.replace("[1]", "").replace("mc^2^", "mc2").removesuffix("1")  # notes as each of them writes them
    return piece.kind, text, *kept.items()


def runs(draft: Draft, kind: str) -> list[str]:
    return [draft.body.text[run.start : run.end] for run in draft.body.runs if run.kind == kind]


@pytest.mark.parametrize("format_key", FORMATS)
def test_a_story_is_the_same_in_every_format(format_key):
    """What Markdown says of it is what the others carry; RTF of pandoc has no quotations and no captions."""
    story = [shape(piece) for piece in read("wall.md", "markdown").body.pieces() if piece.kind != "rule"]
    draft = read(f"wall-pandoc.{format_key}")
    found = [shape(piece) for piece in draft.body.pieces() if piece.kind != "rule"]
    lost = {"rtf": {"quote": "paragraph"}}.get(format_key, {})
    story = [(lost.get(str(kind), kind), *rest) for kind, *rest in story]
    added = {("paragraph", "Ada Marsh"), ("paragraph", "2025-03-04"), ("caption", "The wall at noon")}
    assert [one for one in found if one not in added] == story
    assert runs(draft, "emphasis") == ["twice", "yet"]
    assert runs(draft, "strong") == ["nobody there"]
    assert runs(draft, "superscript") == ["[1]", "2"]
    assert runs(draft, "link") == ["the report"]
    assert [run.attributes["address"] for run in draft.body.runs if run.kind == "link"] == [
        "https://harbour.example/report"
    ]


@pytest.mark.parametrize("format_key", ["docx", "odt", "epub"])
def test_what_the_properties_state_is_stated(format_key):
    metadata = read(f"wall-pandoc.{format_key}").metadata
    assert (metadata.title, metadata.byline, metadata.language) == ("The Sea Wall Is Too Low", "Ada Marsh", "en")
    assert str(metadata.published) == "2025-03-04"
    assert set(metadata.origins.values()) == {Origin.STATED}


@pytest.mark.parametrize("format_key", ["docx", "odt", "rtf"])
def test_the_day_on_which_a_file_was_begun_is_no_day_of_publication(format_key):
    draft = read(f"wall-libreoffice.{format_key}")
    assert draft.metadata.published is None
    assert draft.metadata.byline == "Ada Marsh"
    assert draft.details["created"] == "2025-03-04"
    assert draft.details["subject"] == "What a sea wall costs"


@pytest.mark.parametrize("format_key", ["docx", "odt", "rtf"])
def test_comments_and_highlighted_stretches_become_marks(format_key):
    draft = read(f"wall-libreoffice.{format_key}")
    marks = [(mark.quote, mark.themes, mark.note, mark.author) for mark in draft.marks]
    assert marks == [
        ("nobody there looks up", (), "Ask the harbour master.\n\nHe was there.", "Ben Lowe"),
        ("The wall was built for a sea that stood a foot lower.", ("yellow",), "", ""),
        ("the county pays half", ("green",), "", ""),
        ("没有人从渔网上抬起头来", ("yellow",), "", ""),
        ("The end is open.", (), "Is it?", "Cy Hill"),
    ]
    assert all(draft.body.text[mark.start : mark.end] == mark.quote for mark in draft.marks)
    assert draft.marks[0].created == 1_741_687_500_000


@pytest.mark.parametrize("format_key", ["docx", "odt", "rtf"])
def test_structure_as_libreoffice_writes_it(format_key):
    kinds = [piece.kind for piece in read(f"wall-libreoffice.{format_key}").body.pieces()]
    assert kinds == [
        "paragraph", "heading", "paragraph", *["item"] * 7, "quote", "heading", *["cell"] * 8, "image", "caption",
        "code", "code", "heading", *["paragraph"] * 4, "item",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [f"wall-{maker}.{key}" for maker in ("pandoc", "libreoffice") for key in FORMATS])
def test_pictures_are_kept_as_they_are(name):
    draft = read(name)
    (image,) = [piece for piece in draft.body.pieces() if piece.kind == "image"]
    assert list(draft.pictures) == [image.attributes["picture"]]
    assert draft.pictures[str(image.attributes["picture"])] == (DATA / "wall.png").read_bytes()


@pytest.mark.parametrize("name", [f"wall-{maker}.{key}" for maker in ("pandoc", "libreoffice") for key in FORMATS])
def test_a_file_is_known_by_its_bytes_whatever_its_name(name):
    data = (DATA / name).read_bytes()
    assert choose("wall.bin", data).key == choose("wall.txt", data).key == name.rsplit(".", 1)[1]


@pytest.mark.parametrize("format_key", FORMATS)
@pytest.mark.parametrize("share", [0.01, 0.5, 0.98])
def test_a_file_that_was_cut_off_is_refused(format_key, share):
    data = (DATA / f"wall-pandoc.{format_key}").read_bytes()
    with pytest.raises(ImportFailed) as caught:
        importers()[format_key].read(File(data[: int(len(data) * share)], f"wall.{format_key}"))
    assert caught.value.hint


@pytest.mark.parametrize("format_key", FORMATS)
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"The sea wall is too low.", DRAWN])
def test_other_files_are_refused(format_key, data):
    with pytest.raises(ImportFailed):
        importers()[format_key].read(File(data, f"wall.{format_key}"))


@pytest.mark.parametrize("format_key", FORMATS)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(format_key, data):
    for start in (b"", b"{\\rtf1 ", b"PK\x03\x04"):
        try:
            importers()[format_key].read(File(start + data, f"wall.{format_key}"))
        except ImportFailed:
            pass


def changed(format_key: str, at: int, into: bytes) -> bytes:
    """Return a document of which some bytes are others: inside its parts, where it is an archive of parts."""
    data = (DATA / f"wall-pandoc.{format_key}").read_bytes()
    if format_key not in ZIPPED:
        at %= len(data)
        return data[:at] + into + data[at + len(into) :]
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        names = [name for name in old.namelist() if name.endswith(("ml", ".opf"))]
        victim = names[at % len(names)]
        for name in old.namelist():
            part = old.read(name)
            place = at % max(1, len(part))
            new.writestr(name, part[:place] + into + part[place + len(into) :] if name == victim else part)
    return target.getvalue()


@pytest.mark.parametrize("format_key", FORMATS)
@given(
    at=st.integers(0, 1_000_000), into=st.sampled_from([b"<", b">", b"&", b"}", b"{", b"9", b"\xff", b"/>", b"\\u-9"])
)
def test_a_document_with_some_other_bytes_is_read_or_refused(format_key, at, into):
    try:
        found = importers()[format_key].read(File(changed(format_key, at, into), f"wall.{format_key}"))
    except ImportFailed:
        return
    for draft in found:
        assert isinstance(draft, Draft)
        assert all(draft.body.text[mark.start : mark.end] == mark.quote for mark in draft.marks if mark.start >= 0)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("wall.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as DOCX"),
        ("wall.pages", b"PK\x03\x04" + bytes(600), "export it as Word"),
        ("wall.mobi", bytes(60) + b"BOOKMOBI" + bytes(600), "EPUB"),
    ],
)
def test_formats_that_are_not_read_are_named_with_what_to_do(name, data, what):
    with pytest.raises(ImportFailed) as caught:
        choose(name, data)
    assert what in str(caught.value)


def test_a_web_page_or_rich_text_that_is_called_doc_is_read():
    assert choose("wall.doc", b"{\\rtf1 The wall.}").key == "rtf"
    assert choose("wall.doc", b"<html><body><p>The wall.</p></body></html>").key == "html"
