"""Bibliographies: articles without their texts, which wait for these."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers import bibtex, ris
from app.importers._base import File, Parts
from app.importers._latex_text import as_text
from app.importers._parts import choose
from app.model import Origin

RIS = """TY  - NEWS
TI  - The quay nobody paid for
AU  - Marsh, Ada
AU  - Lowe, Ben
DA  - 2024/06/04/
PY  - 2024
T2  - Harbour Post
UR  - https://harbour.example/quay
AB  - A quay cracks,
and nobody pays.
KW  - harbour
KW  - money
N1  - Ask Ada.
LA  - en
ER  -

TY  - ELEC
T1  - Tent
Y1  - 2024
ER  -
"""
BIB = r"""% made by hand
@string{hp = "Harbour Post"}
@article{marsh_quay_2024,
  title = {The {Quay} nobody paid for},
  author = {Marsh, Ada and Sund, Bj{\"o}rn},
  date = {2024-06-04},
  journaltitle = {Harbour Post},
  url = {https://harbour.example/a_quay},
  keywords = {harbour, money},
}

@online{tent, title="Tent \& tide", year=2024, month=jun, organization = {The Post}}
@comment{nothing, title = {x}}
"""


def read(name: str, text: str) -> list[Draft]:
    data = text.encode()
    found = choose(name, data).read(File(data, name))
    assert all(isinstance(draft, Draft) for draft in found)
    return [draft for draft in found if isinstance(draft, Draft)]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["zotero.ris", "zotero.txt"])
def test_a_record_of_ris_waits_for_its_article(name: str, ending: str) -> None:
    first, second = read(name, RIS.replace("\n", ending))
    assert first.stub
    assert first.body.text == ""
    known = first.metadata
    assert (known.title, known.byline) == ("The quay nobody paid for", "Ada Marsh, Ben Lowe")
    assert known.outlet == "Harbour Post"
    assert (known.address, str(known.published), known.language) == ("https://harbour.example/quay", "2024-06-04", "en")
    assert set(known.origins.values()) == {Origin.STATED}
    assert (first.themes, first.note) == (("harbour", "money"), "Ask Ada.")
    assert first.details["abstract"] == "A quay cracks, and nobody pays."
    assert (second.metadata.title, str(second.metadata.published)) == ("Tent", "2024")


@pytest.mark.parametrize("name", ["zotero.bib", "zotero.txt"])
def test_an_entry_of_bibtex_waits_for_its_article(name: str) -> None:
    first, second = read(name, BIB)
    assert first.stub
    known = first.metadata
    assert (known.title, known.byline) == ("The Quay nobody paid for", "Ada Marsh, Björn Sund")
    assert known.outlet == "Harbour Post"
    assert (known.address, str(known.published)) == ("https://harbour.example/a_quay", "2024-06-04")
    assert first.themes == ("harbour", "money")
    assert first.details["citation_key"] == "marsh_quay_2024"
    assert (second.metadata.title, second.metadata.outlet) == ("Tent & tide", "The Post")
    assert str(second.metadata.published) == "2024-06"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Bj{\"o}rn \'{e}t\'e {\ss} {\O}re \c{c}a \v{s} {\'\i}", "Björn été ß Øre ça š í"),
        (r"50\% \& more \_ \{x\} a~b -- c --- d ``e''", "50% & more _ {x} a b – c — d “e”"),
        (r"\textbf{The} wall", "The wall"),
    ],
)
def test_what_is_written_for_latex_reads_as_it_is_set(latex: str, text: str) -> None:
    assert as_text(latex) == text


def test_a_bibliography_in_rdf_is_named_with_what_to_do() -> None:
    text = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:bib='http://purl.org/net/biblio#'"
        " xmlns:z='http://www.zotero.org/namespaces/export#'><bib:Article/></rdf:RDF>"
    )
    with pytest.raises(ImportFailed, match=r"bibliography in RDF.*RIS or CSL JSON"):
        read("zotero.rdf", text)


def test_an_article_that_speaks_of_a_tag_is_no_bibliography() -> None:
    for text in ("The TY  - tag begins a record.\n", "Write to @harbour{post, or do not.\n"):
        assert choose("wall.txt", text.encode()).key == "text"


@pytest.mark.parametrize(("reader", "name"), [(ris.read, "a.ris"), (bibtex.read, "a.bib")])
def test_a_file_without_one_entry_is_named(reader: Callable[[File], Parts], name: str) -> None:
    with pytest.raises(ImportFailed, match="holds no passage and no article"):
        reader(File(b"Nothing of that kind.\n", name))


@given(st.text('@{}\\"=,# \nTYER-ab1', max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for reader, name in ((ris.read, "a.ris"), (bibtex.read, "a.bib")):
        try:
            assert reader(File(text.encode(), name))
        except ImportFailed:
            continue
