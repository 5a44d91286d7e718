"""The report on a draft as a table: as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from lxml import etree

from app.errors import ExportFailed, InvalidInput
from app.exporters._table import guard
from app.model import Article, Metadata
from app.proofing.proof import Claim, Kind, Proof, Verdict, Witness
from app.proofing.table import COLUMNS, as_csv, as_workbook, row, write
from app.text.tracing import differences

SAID = "We will not stop the cranes"
QUOTED = "We will never stop all cranes"
ARTICLE = Article(7, "a" * 32, Metadata("=Cranes\n“up”", "Ann", "Courier", address="https://example.org/1"))
WITNESS = Witness(ARTICLE, (1, 28), f"“{SAID}”, said Novak.", (1, 28), "Novak", "Courier, “Cranes”, n.d., paragraph 1")


def claim(number: int, verdict: Verdict, words: str = SAID, witness: Witness | None = WITNESS) -> Claim:
    changed = differences(words, SAID) if verdict is Verdict.ALTERED else ()
    return Claim(number, Kind.QUOTATION, (1, 1 + len(words)), f"“{words}”", (1, 1 + len(words)), verdict, "Brown",
                 witness, changed)  # fmt: skip


PROOF = Proof(
    "draft.docx",
    (
        claim(1, Verdict.VERBATIM),
        claim(2, Verdict.ALTERED, QUOTED),
        claim(3, Verdict.ANOTHER),
        Claim(4, Kind.FIGURE, (0, 2), "42", (0, 2), Verdict.ELSEWHERE, "", WITNESS, (), (WITNESS, WITNESS)),
        claim(5, Verdict.MISSING, '=HYPERLINK("x")\n, “;”\x07🚀', None),
    ),
)


NAME = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(data: bytes) -> list[list[str]]:
    """Return the rows of a workbook's first sheet (ECMA-376, part 1, 18.3 and 18.4)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        shared = etree.fromstring(archive.read("xl/sharedStrings.xml"))
        page = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    strings = ["".join(text.text or "" for text in item.iter(f"{NAME}t")) for item in shared]
    assert next(page.iter(f"{NAME}f"), None) is None
    rows = []
    for line in page.iter(f"{NAME}row"):
        values = [(cell.get("t"), cell.findtext(f"{NAME}v") or "") for cell in line]
        rows.append([strings[int(value)] if kind == "s" else value for kind, value in values])
    return rows


def test_the_table_has_a_row_for_each_claim():
    text = b"".join(as_csv(PROOF)).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == COLUMNS
    assert [row[2] for row in rows] == ["verbatim", "altered", "said by another", "elsewhere", "not found"]
    altered = dict(zip(header, rows[1], strict=True))
    assert altered["differences"] == "“not” became “never”; “the” became “all”"
    assert (altered["draft"], altered["library"], altered["said_by"]) == (QUOTED, SAID, "Novak")
    assert (altered["attributed_to"], altered["citation"]) == ("Brown", WITNESS.citation)
    assert altered["title"] == "'=Cranes\n“up”"
    elsewhere = dict(zip(header, rows[3], strict=True))
    assert elsewhere["also_in"] == f"{WITNESS.citation}; {WITNESS.citation}"
    missing = dict(zip(header, rows[4], strict=True))
    assert missing["draft"] == '\'=HYPERLINK("x")\n, “;”\x07🚀'
    assert missing["library"] == missing["citation"] == ""


def test_the_workbook_says_the_same_and_marks_what_was_altered():
    data = b"".join(as_workbook(PROOF))
    header, *rows = sheet(data)
    assert header == ["no.", *(name.replace("_", " ") for name in COLUMNS[1:])]
    assert rows[:2] == [[str(cell) for cell in map(guard, map(str, row(one)))] for one in PROOF.claims[:2]]
    assert rows[4][3] == '\'=HYPERLINK("x")\n, “;”\N{REPLACEMENT CHARACTER}🚀'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "<strike/>" in archive.read("xl/sharedStrings.xml").decode()


def test_equal_reports_are_equal_files():
    assert list(as_workbook(PROOF)) == list(as_workbook(PROOF))
    assert list(as_csv(Proof("x"))) == list(as_csv(Proof("x")))
    assert b"".join(as_workbook(Proof("x")))


def test_the_suffix_chooses_and_nothing_is_half_written(tmp_path):
    target = tmp_path / "new" / "report.CSV"
    write(PROOF, target)
    assert target.read_bytes() == b"".join(as_csv(PROOF))
    with pytest.raises(InvalidInput, match=r"ends in one of: \.csv, \.xlsx"):
        write(PROOF, tmp_path / "report.pdf")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(ExportFailed, match="is a folder"):
        write(PROOF, tmp_path / "folder.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.xlsx", "new"]
