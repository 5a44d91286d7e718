from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exporters._table import Kind, columns
from app.exporters._workbook import LONGEST_CELL, Sheet, cut, is_too_long, opened
from app.exporters.xlsx import EXPORTER
from app.model import Attribute, AttributeKind, Published
from app.text.body import Piece
from app.text.cells import unguard

MARKUP = "<r><t>not markup</t></r>"
ESCAPED = "_x0041_ stays"


def data(of, rows="theme") -> bytes:
    return b"".join(file.data for file in EXPORTER.write(of, {"rows": rows}).files)


def book(of, rows="theme"):
    return openpyxl.load_workbook(io.BytesIO(data(of, rows)))


def table(of, sheet="Highlights", rows="theme") -> list[dict[str, object]]:
    head, *body = book(of, rows)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def text(cell: object) -> str:
    """Return the text of a cell; openpyxl leaves the escapes of what XML cannot carry as they are."""
    plain = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), str(cell or ""))
    return unguard(plain)


def said(of, rows="theme") -> list[str]:
    return [str(message) for message in EXPORTER.write(of, {"rows": rows}).left_behind]


@pytest.fixture(scope="module")
def full(made):
    """Return a bundle with everything that a sheet has a place for."""
    war = made.theme("War, at sea: 1/2", colour="#CF4A3A", digit=3, definition="=what", note="n")
    drones = made.theme("Drones | ]] <b>", war, colour="#f5e663")
    kinds = (Attribute(1, "a", "weight", AttributeKind.NUMBER), Attribute(2, "b", "seen", AttributeKind.DATE))
    about = {
        "attributes": {"weight": "2.5", "seen": "2025-01-02", "Title": "Dr"}, "note": "of all", "words": 7,
        "themes": (drones.id,), "details": {"views": "12", "tags": ("a", "b")}, "source": "a.html",
        "added": 1741064767000,
    }  # fmt: skip
    known = {
        "byline": "A. Writer",
        "outlet": "O",
        "address": "https://x.org/",
        "published": Published.parse("2025-03-04"),
    }
    lines = [Piece("One two three.", attributes={"page": "12"}), *made.nasty, MARKUP, ESCAPED]
    whole = "\n".join(line.text if isinstance(line, Piece) else line for line in lines)
    marks = [
        ("One", [war, drones]), ("two",), ((0, len(whole)), [drones], "why\n\n" + "<script>alert(1)</script>" * 400),
        *((line, [war]) for line in (*made.nasty, MARKUP, ESCAPED)),
    ]  # fmt: skip
    item = made.article(lines, marks, "=T", about=about, **known)
    other = made.article(["Other words."], [("words", [war])], number=2, published=Published.parse("about 2025-03-04"))
    return made.bundle(item, other, themes=[war, drones], attributes=kinds)


def test_a_row_for_each_highlight_and_theme_with_numbers_and_days(full):
    first, second, bare, *_rest = table(full)
    assert [(row["Quote"], row["Theme"]) for row in (first, second, bare)] == [
        ("One", "War, at sea: 1/2"),
        ("One", "War, at sea: 1/2 > Drones | ]] <b>"),
        ("two", None),
    ]
    assert (first["Page"], first["Paragraph"], first["Start"], first["End"]) == (12, 1, 0, 3)
    assert (first["weight"], first["attribute: Title"]) == (2.5, "Dr")
    moments = [first[name].isoformat() for name in ("seen", "Published", "Created (UTC)")]
    assert moments == ["2025-01-02T00:00:00", "2025-03-04T00:00:00", "2025-03-04T05:06:07.089000"]
    assert first["Title"] == "'=T"
    last = table(full)[-1]
    assert (last["Published"], last["Title"]) == ("about 2025-03-04", "A title")


def test_a_row_for_each_highlight_with_a_mark_for_each_theme(full):
    first, bare, *_rest = table(full, rows="highlight")
    paths = ("War, at sea: 1/2", "War, at sea: 1/2 > Drones | ]] <b>")
    assert [first[path] for path in paths] == [1, 1]
    assert [bare[path] for path in paths] == [0, 0]
    assert first["Themes"] == "; ".join(paths)
    assert "Theme" not in first


def test_every_text_is_in_its_cell_and_nothing_is_calculated(full):
    item = full.articles[0]
    quotes = [text(row["Quote"]) for row in table(full, rows="highlight")]
    assert quotes[: len(item.highlights)] == [one.quote for one in item.highlights]
    assert text(table(full, rows="highlight")[2]["Note"]) == item.highlights[2].note
    assert all(cell.data_type != "f" for sheet in book(full) for row in sheet.iter_rows() for cell in row)
    assert all(cell.hyperlink is None for sheet in book(full) for row in sheet.iter_rows() for cell in row)
    assert not any(str(row["Quote"]).startswith(("=", "+", "-", "@", "\t")) for row in table(full))


def test_the_articles_with_all_that_is_known_of_them(full):
    first, second = table(full, "Articles")
    assert (first["Title"], first["Byline"], first["Note"], first["Words"], first["File"]) == (
        "'=T", "A. Writer", "of all", 7, "a.html",
    )  # fmt: skip
    assert first["Themes"] == "War, at sea: 1/2 > Drones | ]] <b>"
    assert first["Details"] == "views: 12\ntags: a; b"
    assert first["Highlights"] == len(full.articles[0].highlights)
    assert (second["Article id"], second["Highlights"]) == (full.articles[1].article.id, 1)


def test_the_codebook_in_its_colours(full):
    war, drones = table(full, "Codebook")
    assert (war["Path"], war["Digit"], war["Definition"], war["Note"]) == ("War, at sea: 1/2", 3, "'=what", "n")
    assert (drones["Theme level 1"], drones["Theme level 2"]) == ("War, at sea: 1/2", "Drones | ]] <b>")
    marked = sum(full.themes[0].id in one.themes for item in full.articles for one in item.highlights)
    assert (war["Highlights"], war["Articles"]) == (marked, 2)
    assert (drones["Highlights"], drones["Articles"]) == (2, 1)
    sheet = book(full)["Codebook"]
    assert [sheet.cell(row, 4).fill.start_color.rgb for row in (2, 3)] == ["FFCF4A3A", "FFF5E663"]
    assert sheet.cell(2, 4).font.color.rgb != sheet.cell(3, 4).font.color.rgb


def test_how_often_each_article_has_each_theme(full):
    first, second = table(full, "Theme matrix")
    assert second["War, at sea: 1/2"] == 1
    assert second["War, at sea: 1/2 > Drones | ]] <b>"] == 0
    assert (first["Without a theme"], first["War, at sea: 1/2 > Drones | ]] <b>"]) == (1, 2)
    assert first["Highlights"] == len(full.articles[0].highlights)


def test_headers_stay_in_view_and_can_be_filtered(full):
    for sheet in book(full):
        assert sheet.freeze_panes in ("A2", "B2")
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet["A2"].alignment.wrap_text


def test_equal_bundles_make_equal_bytes_wherever_they_are_made(full, monkeypatch):
    first = data(full)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert data(full) == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        core = packed.read("docProps/core.xml").decode()
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.external_attr for part in packed.infolist()} == {0o600 << 16}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2025-03-04T05:06:07Z"}


@settings(max_examples=30)
@given(drawn=st.data())
def test_every_text_comes_back(made, drawn):
    lines, note, name = drawn.draw(made.lines), drawn.draw(made.line), drawn.draw(made.line.filter(str.strip))
    theme = made.theme(name)
    whole = "\n".join(lines)
    of = made.bundle(made.article(lines, [((0, len(whole)), [theme], note)], name), themes=[theme])
    (row,) = table(of)
    assert [text(row[key]) for key in ("Quote", "Note", "Theme")] == [whole, note, name]


def test_what_is_longer_than_a_cell_is_cut_and_said(made):
    smiles = "😀" * LONGEST_CELL
    of = made.bundle(made.article([smiles], [((0, len(smiles)), (), "=" + "x" * LONGEST_CELL), ("😀",)]))
    row, short = table(of)
    assert row["Quote"] == "😀" * (LONGEST_CELL // 2) + "…"
    assert row["Note"] == "'=" + "x" * (LONGEST_CELL - 3) + "…"
    assert short["Quote"] == "😀"
    assert "The ends of 2 texts: a cell holds 32,767 characters." in said(of)
    assert not any("cell" in sentence for sentence in said(made.bundle(made.article())))


@given(st.integers(-3, 3), st.sampled_from(["x", "😀", "=x", "é"]))
def test_what_is_cut_is_what_is_too_long(more, letters):
    whole = letters * ((LONGEST_CELL + more) // len(letters.encode("utf-16-le")) * 2)
    whole += "y" * (LONGEST_CELL + more - len(whole.encode("utf-16-le")) // 2)
    guarded = "'" + whole if whole.startswith("=") else whole
    assert is_too_long(whole) == (cut(guarded) != guarded)
    assert len(cut(guarded).encode("utf-16-le")) // 2 <= LONGEST_CELL


def test_rows_beyond_the_last_go_on_in_a_further_sheet(tmp_path):
    shown = columns("quote", "start")
    with opened("A set", 0, most_rows=4) as made:
        rows = made.add(Sheet("Rows", shown, [20, 8]))
        other = made.add(Sheet("Other", shown, [20, 8]))
        for number in range(7):
            rows.write([f"quote {number}", str(number)])
        other.write(["alone", ""])
        whole = b"".join(made.finish())
    found = openpyxl.load_workbook(io.BytesIO(whole))
    assert found.sheetnames == ["Rows", "Other", "Rows 2", "Rows 3"]
    names = ("Rows", "Rows 2", "Rows 3")
    assert [[row[1] for row in found[name].iter_rows(min_row=2, values_only=True)] for name in names] == [
        [0, 1, 2], [3, 4, 5], [6],
    ]  # fmt: skip
    assert {found[name]["A1"].value for name in names} == {"Quote"}
    assert all(found[name].auto_filter.ref == found[name].dimensions for name in names)


def test_what_is_no_number_and_no_day_stays_text():
    shown = columns("start", "published", "created")
    assert [column.kind for column in shown] == [Kind.NUMBER, Kind.DAY, Kind.MOMENT]
    rows = [("007", "2025-02-30", "x"), ("1e5", "1850-01-01", "1850-01-01T00:00:00.000Z"), ("-5", "2025", "")]
    with opened("A set", 0) as made:
        sheet = made.add(Sheet("Rows", shown, [20, 20, 20]))
        for row in rows:
            sheet.write(row)
        whole = b"".join(made.finish())
    found = [*openpyxl.load_workbook(io.BytesIO(whole))["Rows"].iter_rows(min_row=2, values_only=True)]
    assert found == [rows[0], rows[1], (-5, "2025", None)]


def test_one_who_stops_leaves_nothing_open(full, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    parts = iter(EXPORTER.write(full, {"rows": "theme"}).files)
    for _ in range(2):
        next(parts)
    assert [*tmp_path.iterdir()]
    parts.close()
    assert not [*tmp_path.iterdir()]


def test_an_empty_bundle_is_a_workbook(made):
    assert book(made.bundle()).sheetnames == ["Highlights", "Articles", "Codebook", "Theme matrix"]


def test_what_a_workbook_cannot_hold_is_said(made):
    of = made.bundle(made.article(), made.article(number=2), note="Of all of it.")
    assert said(of) == ["The full texts of 2 articles: a table holds their passages only.", "The note on all of it."]
    many = made.bundle(themes=[made.theme(f"T{number}") for number in range(16_400)])
    assert said(many) == ["The columns of 20 themes: a sheet holds 16,384 columns."]


def test_pandas_reads_it(full, pandas, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(data(full))
    found = pandas.read_excel(path, sheet_name=None)
    assert len(found["Highlights"]) == len(table(full))
    assert found["Highlights"]["Start"].dtype.kind in "if"
    assert found["Theme matrix"]["Highlights"].sum() == sum(len(item.highlights) for item in full.articles)


def test_libreoffice_shows_the_passages(full, tmp_path):
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        pytest.skip("LibreOffice or pdftotext is not here")
    (tmp_path / "x.xlsx").write_bytes(data(full))
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "x.xlsx"], check=True, capture_output=True, timeout=110)
    ended = subprocess.run([reader, "-raw", tmp_path / "x.pdf", "-"], check=True, capture_output=True, timeout=60)
    shown = "".join(ended.stdout.decode().split())
    passages = (
        "'=1+1",
        "'@SUM(A1)",
        "''quoted",
        "<script>alert(1)</script>",
        "]] [[x|y]]",
        MARKUP,
        ESCAPED,
    )
    assert [passage for passage in passages if "".join(passage.split()) not in shown] == []
