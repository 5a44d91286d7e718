"""Where a passage stands is said in full, in every format that says it: its paragraphs, and the address."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from app.exporters._base import exporters
from app.options import chosen

LINES = ("One two.", "Three.", "Four five.")


def written(bundle, key, **options):
    exporter = exporters()[key]
    export = exporter.write(bundle, chosen(exporter.name, exporter.options, options))
    data = b"".join(file.data for file in export.files)
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = [name for name in packed.namelist() if name.endswith(("ml", ".rels"))]
        text = "\n".join(packed.read(name).decode() for name in names)
    return re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("text", {}),
        ("text", {"group": "theme"}),
        ("markdown_file", {}),
        ("html", {"group": "theme"}),
        ("docx", {"group": "theme"}),
        ("odt", {"group": "theme"}),
        ("epub", {"group": "theme"}),
        ("template", {}),
    ],
)
def test_it_names_the_first_and_the_last(made, key, options):
    war = made.theme("War")
    item = made.article(LINES, [("two.\nThree.", [war])])
    assert "paragraphs 1–2" in written(made.bundle(item, themes=[war]), key, **options)


@pytest.mark.parametrize("key", ["bibtex", "ris", "csl"])
def test_bibliographies_abbreviate_it(made, key):
    item = made.article(LINES, [("two.\nThree.",)])
    text = written(made.bundle(item), key, quotations="true")
    assert "paras. 1–2" in text.replace("--", "–").replace("\\u2013", "–")


def test_a_note_of_a_vault_names_both(made):
    item = made.article(LINES, [("two.\nThree.",)])
    assert "¶ 1–2" in written(made.bundle(item), "markdown")


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("text", {}),
        ("markdown_file", {}),
        ("html", {}),
        ("docx", {"citations": "footnote"}),
        ("odt", {}),
        ("epub", {}),
        ("bibtex", {}),
        ("ris", {}),
        ("csl", {}),
    ],
)
def test_a_space_in_its_address_leads_to_the_same_page(made, key, options):
    item = made.article(LINES, [("two.",)], address=" https://x.org/a b?c=1 ")
    exporter = exporters()[key]
    export = exporter.write(made.bundle(item), chosen(exporter.name, exporter.options, options))
    data = b"".join(file.data for file in export.files)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(map(packed.read, packed.namelist()))
    assert b"https://x.org/a%20b?c=1" in data.replace(b"\\%", b"%")
    assert b"x.org/ab" not in data
