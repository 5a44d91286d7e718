"""The typeset report: what is in it, what hostile words cannot do, the same bytes, and stopping at any moment."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice, pairwise, takewhile
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from app.exporters import _apart, _typesetter
from app.exporters.pdf import EXPORTER
from app.exporting.journey import export
from app.model import Published
from app.serving import serve
from app.text.body import Piece, Run

HOSTILE = (
    '#import "@preview/secret:1.0.0": *', '#read("/etc/passwd")', "<label> @reference", "[ ] $x^2$ \\ // /* */",
    "= not a heading", "~ -- --- ... *b* _i_ `c`", '{{ 7 * 7 }} "quoted" \'quoted\'', "#{ panic() }",
)  # fmt: skip
ENDLESS = "abcdefgh" * 40
LINKS = ("https://example.org/a?b=c&d=e", "javascript:alert(1)", "file:///etc/passwd", "mailto:desk@example.org")


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x20\x60\xa0" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def rich(made):
    """Return a bundle with everything in it."""
    good, broken = png(60, 40), png(20, 20)[:50] + b"no picture any more"
    digests = [hashlib.sha256(data).hexdigest() for data in (good, broken)]
    war = made.theme("War / strikes, raids: #1", definition="What is *done* by force.")
    drones, peace = made.theme("Drones", war, colour="#f1c40f"), made.theme("Peace")
    runs = [Run(4 * place, 4 * place + 3, "link", {"address": link}) for place, link in enumerate(LINKS)]
    cells = [
        Piece(t, "cell", {"table": 0, "row": r, "column": c}) for r, t, c in ((0, "A", 0), (0, "B", 1), (1, "C", 0))
    ]
    pieces = [
        "The talks stalled on Monday, and nobody would say why.",
        Piece("The harbour", "heading", {"level": 2}),
        Piece("one two six ten", runs=tuple(runs)),
        Piece("outer", "item", {"depth": 1}), Piece("inner", "item", {"depth": 2, "ordered": True}), *cells,
        Piece("x = 1", "code"), Piece("said so", "quote"), Piece("Title", "callout", {"label": "Title"}),
        Piece("inside it", "callout", {"label": "Title"}), Piece("", "rule"),
        Piece("", "image", {"alt": "A map", "picture": digests[0]}),
        Piece("", "image", {"alt": "A torn one", "picture": digests[1]}), Piece("", "image", {"alt": "Never kept"}),
        Piece("مرحبا (UAV) بالعالم", attributes={"page": "12"}), *HOSTILE, *made.nasty, f"{ENDLESS} is read.",
        *(Piece("Incomprehensibilities", "cell", {"table": 1, "row": 0, "column": column}) for column in range(12)),
    ]  # fmt: skip
    long = " ".join(f"word{number}" for number in range(900))
    marks = [
        ("talks stalled on Monday", [war], "Who said so?"), ("on Monday, and nobody", [peace, drones], "Compare."),
        ("nobody would", [drones]), ("B", [peace], HOSTILE[0]), ("مرحبا", [peace], "ملاحظة"), ("inner", (), "No theme"),
        ("\ufffc", [war], "On the picture"), ("is read", [peace], f"See {ENDLESS}"),
        (HOSTILE[1], [war, peace, drones], long),
    ]  # fmt: skip
    item = made.article(
        pieces, marks, title="Talks #stall [at] the harbour", byline="A. Writer", outlet="The Outlet",
        address="https://example.org/talks", published=Published.parse("2025-03-04"), language="en",
        about={"note": "About **it**", "themes": (peace.id,), "attributes": {"tone": "calm"}},
    )  # fmt: skip
    lost = replace(made.orphan(item, "a passage that is gone", [war], "Lost."), author="B. Coder")
    lines = [f"Line {number} is short." for number in range(70)]
    noted = [
        (f"Line {number} is", [war, peace], f"Remark {number} on it, long enough for lines.") for number in range(70)
    ]
    items = (replace(item, highlights=(*item.highlights, lost)), made.article(lines, noted, "Many notes", 2))
    return made.bundle(
        *items, themes=[war, drones, peace], title="Talks & harbours", note="A *dossier*.",
        pictures=dict(zip(digests, (good, broken), strict=True)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def report(rich, exported_bytes):
    return exported_bytes(rich, "pdf")[""]


def words_of(data: bytes, tmp_path: Path) -> str:
    """Return the text that poppler finds, on one line."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    (tmp_path / "report.pdf").write_bytes(data)
    found = subprocess.run(["pdftotext", tmp_path / "report.pdf", "-"], capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


def test_everything_is_found_and_hostile_words_are_only_words(report, rich, made, tmp_path):
    words = words_of(report, tmp_path)
    letters = "".join(words.split())  # poppler has its own mind about spaces beside thin letters
    for line in (*HOSTILE, *made.nasty):
        if not re.search("[\u0600-\u06ff]", line):  # poppler puts signs of direction between these
            assert "".join(line.split()) in letters
    assert "مرحبا" in words
    assert letters.count(ENDLESS) == 2
    for said in (
        "talks stalled on Monday", "Who said so?", "Compare.", "On the picture", "a passage that is gone", "Lost.",
        "B. Coder", "No longer in the text", "War / strikes, raids: #1", "Drones", "Peace", "What is done by force.",
        "A. Writer", "4 March 2025", "https://example.org/talks", "tone: calm", "About it", "A dossier.", "p. 12",
        "Image: A torn one", "Image: Never kept", "word899", "2 articles · 80 highlights · 4 March 2025",
    ):  # fmt: skip
        assert said in words
    assert all(f"Remark {number} on it" in words for number in range(70))


def test_bookmarks_metadata_links_and_page_numbers(report):
    reader = pypdf.PdfReader(io.BytesIO(report))
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    below = [one.title for part in reader.outline if isinstance(part, list) for one in part]
    assert titles == ["Talks #stall [at] the harbour", "Many notes"]
    assert any("The harbour" in title for title in below)
    assert reader.metadata.title == "Talks & harbours"
    assert reader.metadata.creation_date.isoformat() == "2025-03-04T05:06:07+00:00"
    linked = {
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", ())
        if "/A" in note.get_object() and "/URI" in note.get_object()["/A"]
    }
    assert linked == {LINKS[0], LINKS[3], "https://example.org/talks"}
    assert reader.page_labels[1] == "2"
    held = re.findall(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|OpenAction|RichMedia|SubmitForm)\b", report)
    assert held == []


def test_no_letter_leaves_its_page(report):
    with pypdfium2.PdfDocument(report) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            boxes = [text.get_charbox(number) for number in range(text.count_chars())]
            assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
            assert all(low >= 0 and top <= height for _, low, _, top in boxes)
            text.close()


def test_the_lines_of_a_long_title_do_not_touch(made, exported_bytes):
    bundle = made.bundle(*(made.article(["Words."], (), "gypsyfly " * 20, number) for number in (1, 2)))
    data = exported_bytes(replace(bundle, title="gypsyfly " * 12), "pdf")[""]
    with pypdfium2.PdfDocument(data) as document:
        for page in islice(document, 2):  # the cover, and an article
            title = list(takewhile(lambda line: "gypsyfly" in line[0], lines_of(page)))
            assert len(title) > 2
            assert all(low > top for (_, low, _), (_, _, top) in pairwise(title))


def lines_of(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float]]:
    """Yield the lines of a page, each with the bottom and the top of its letters."""
    with closing(page.get_textpage()) as text:
        start = 0
        for line in text.get_text_range().split("\r\n"):
            boxes = [text.get_charbox(start + place) for place, letter in enumerate(line) if not letter.isspace()]
            yield line, min(low for _, low, _, _ in boxes), max(top for _, _, _, top in boxes)
            start += len(line) + 2


def test_a_picture_is_drawn_and_a_torn_one_is_described(report):
    drawn = [
        image for page in pypdf.PdfReader(io.BytesIO(report)).pages for image in page["/Resources"].get("/XObject", {})
    ]
    assert len(drawn) == 1


def test_passages_by_theme_with_notes_below_on_letter_paper(rich, exported_bytes, tmp_path):
    chosen = {"texts": False, "group": "theme", "notes": "below", "paper": "letter", "size": "large"}
    data = exported_bytes(rich, "pdf", **chosen)[""]
    words = words_of(data, tmp_path)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == [612.0, 792.0]
    assert [one.title for one in reader.outline if not isinstance(one, list)] == [
        "War / strikes, raids: #1", "Peace", "Without a theme",
    ]  # fmt: skip
    assert words.count("Remark 7 on it") == 2
    assert "The Outlet, A. Writer, “Talks #stall [at] the harbour”, 4 March 2025" in words
    assert "Line 7 is short." not in words


def test_the_same_bytes_in_another_zone_and_hour(made, exported_bytes, monkeypatch):
    theme = made.theme("War")
    bundle = made.bundle(made.article(["One two three.", "和谈 👩‍👩‍👧"], [("two", [theme], "A note")]), themes=[theme])
    first = exported_bytes(bundle, "pdf")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    if hasattr(time, "tzset"):
        time.tzset()
    assert exported_bytes(bundle, "pdf") == first
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def children() -> set[str]:
    lists = Path("/proc/self/task").glob("*/children")
    return {number for found in lists for number in found.read_text().split()}


def test_stopping_leaves_no_file_no_folder_and_no_process(made, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    target = tmp_path / "out" / "report.pdf"
    before = children()
    journey = export(made.bundle(made.article(["Some words."] * 400)), "pdf", target, {})
    while not list(tmp_path.glob("temporary/*/fonts")) or (sys.platform == "linux" and children() == before):
        next(journey)
    next(journey)
    journey.close()
    assert not target.parent.exists()
    assert list((tmp_path / "temporary").iterdir()) == []
    assert children() == before


def test_what_typst_refuses_is_said(made, tmp_path, monkeypatch):
    monkeypatch.setattr(_typesetter, "SOURCE", "missing.typ")
    source = Path(_typesetter.__file__).parents[2] / "resources" / "export" / "missing.typ"
    monkeypatch.setattr(
        "app.exporters._typesetting.shutil.copyfile", lambda _from, to: Path(to).write_text('#panic("no")')
    )
    assert not source.exists()
    journey = export(made.bundle(made.article()), "pdf", tmp_path / "report.pdf", {})
    with pytest.raises(Exception, match="could not be set"):
        list(journey)
    assert list(tmp_path.iterdir()) == []


def test_a_program_without_an_interpreter_starts_itself_to_set(tmp_path):
    assert serve(["list"]) is None
    asked = "import sys; from app.serving import serve; sys.exit(serve(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-c", asked, _apart.EXPORTING_FLAG, "survey", str(tmp_path)],
        cwd=Path(__file__).parents[3], stdin=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.wait() == 1  # there is no document in the folder
    assert (tmp_path / _typesetter.FOUND).exists()


def test_letters_without_a_font_are_named(made):
    bundle = made.bundle(made.article(["\U00013000 and \U0001fae8"]))
    chosen = {option.key: option.default for option in EXPORTER.options}
    made = EXPORTER.write(bundle, chosen)
    with closing(made.files) as parts:
        for _ in islice(parts, 3):  # what is in the article, what is round it, and then its fonts are known
            pass
    said = [str(message) for message in made.left_behind]
    assert all("that no font on this machine has" in line and "boxes stand for them" in line for line in said)
