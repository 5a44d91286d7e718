"""Downloads of news databases: one file, many articles, and all that each record states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers import europresse, factiva, nexis, proquest
from app.importers._base import File, Parts, Unread
from app.importers._parts import choose
from app.model import Origin, Published

DATA = Path(__file__).parents[2] / "data" / "imports"
FILES = {
    "nexis": ("nexis.docx", "nexis.rtf", "nexis.txt", "nexis-old.txt", "nexis-old.html"),
    "factiva": (
        "factiva-codes.txt", "factiva-codes.html", "factiva-codes.rtf", "factiva-display.html", "factiva-display.docx",
        "factiva-display.rtf",
    ),
    "proquest": ("proquest.txt", "proquest.rtf"),
    "europresse": ("europresse.html", "europresse.txt"),
}  # fmt: skip
ALL = [(key, name) for key, names in FILES.items() for name in names]
HEADS = (
    ("The Daily Harbour", "2024-03-04", "Ada Marsh and Ben Lowe", "en", "3"),
    ("Le Courrier du Port", "2024-03-06", "Claire Dubois", "fr", "27"),
    ("صحيفة الميناء", "2024-03-07", "ليلى حداد", "ar", "1"),
)
TITLES = ("Harbour wall to be raised by a metre", "Le port fermé pendant trois semaines", "رفع جدار الميناء مترا واحدا")
READ = {"nexis": nexis.read, "factiva": factiva.read, "proquest": proquest.read, "europresse": europresse.read}


def read(name: str, data: bytes | None = None) -> Parts:
    data = (DATA / name).read_bytes() if data is None else data
    return choose(name, data).read(File(data, name))


def outcome(reader: Callable[[File], Parts], file: File) -> Parts | str:
    """Return what a reader makes of a file: articles, or the sentence that says why there are none."""
    try:
        return reader(file)
    except ImportFailed as error:
        return error.hint


def drafts(parts: Parts) -> list[Draft]:
    return [part for part in parts if isinstance(part, Draft)]


@pytest.mark.parametrize(("key", "name"), ALL)
def test_a_download_is_recognised_by_its_content(key: str, name: str) -> None:
    assert choose(name, (DATA / name).read_bytes()).key == key


@pytest.mark.parametrize(("key", "name"), ALL)
def test_each_record_is_an_article_with_its_metadata(key: str, name: str) -> None:
    found = drafts(read(name))
    assert [part.metadata.title.removesuffix("; From our desk") for part in found if part.metadata.title] == list(
        TITLES
    )
    for draft, (outlet, day, byline, language, page) in zip(found, HEADS, strict=True):
        metadata = draft.metadata
        assert (metadata.outlet, metadata.byline, metadata.language) == (outlet, byline, language)
        assert metadata.published == Published.parse(day)
        assert metadata.origins["title"] is metadata.origins["outlet"] is metadata.origins["published"] is Origin.STATED
        assert name.startswith("europresse") or draft.details["page"] == page


@pytest.mark.parametrize(("key", "name"), ALL)
def test_the_text_is_the_article_and_nothing_else(key: str, name: str) -> None:
    first, second, _third = drafts(read(name))
    lines = first.body.text.split("\n")
    assert len(lines) == 4
    assert lines[0].startswith("The wall that keeps the sea out of Northport")
    assert lines[0].endswith("after a debate of six hours.")
    assert lines[2] == "Subject to approval: the ministry still has to sign. Copyright was not discussed."
    assert lines[3] == "In a first step, the pier will be closed for three weeks."
    assert second.body.text.count("\n") == 1


@pytest.mark.parametrize(("key", "name"), ALL)
def test_parts_are_numbered_and_named(key: str, name: str) -> None:
    assert [part.part[:12] for part in read(name)] == ["001 Harbour ", "002 Le port ", "003 رفع جدار"]


def test_nexis_keeps_what_else_is_stated() -> None:
    first = drafts(read("nexis.docx"))[0]
    assert first.metadata.section == "NEWS"
    assert first.details["words"] == "83 words"
    assert first.details["loaded"] == "March 8, 2024"
    assert first.details["copyright"] == "Copyright 2024 The Daily Harbour All Rights Reserved"
    assert first.details["graphic"] == "Photo: the wall at low tide"
    assert [piece.text for piece in first.left_out] == ["Link to Image"]


@pytest.mark.parametrize("name", ["nexis.txt", "proquest.txt"])
def test_a_line_that_counts_the_documents_is_no_title(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    for number, title in enumerate(TITLES, 1):
        begin = (
            text.rindex(f"\n{title}\n{'The' if number == 1 else ''}")
            if name == "nexis.txt"
            else text.index(f"\n\n{title}\n")
        )
        text = f"{text[:begin]}\n\nDocument {number} of 3\n{text[begin:]}"
    assert [draft.metadata.title for draft in drafts(read(name, text.encode()))] == list(TITLES)


def test_nexis_tells_time_and_edition_apart() -> None:
    whole = (DATA / "nexis.txt").read_text(encoding="utf-8")
    text = whole.replace("March 4, 2024 Monday", "March 4, 2024 Monday 10:50 AM GMT Late Edition - Final")
    first = drafts(read("nexis.txt", text.encode()))[0]
    assert first.metadata.published == Published.parse("2024-03-04")
    assert (first.details["time"], first.details["edition"]) == ("10:50 AM GMT", "Late Edition - Final")


def test_factiva_keeps_what_else_is_stated() -> None:
    for name in ("factiva-codes.txt", "factiva-codes.rtf"):
        first = drafts(read(name))[0]
        assert first.metadata.section == "NEWS"
        assert first.details["document"] == "DLYHRB0020240304ek3000001"
        assert first.details["subjects"] == ("gcat : Political/General News", "genv : Environment")
        assert first.details["publisher"] == "The Daily Harbour Limited"
        assert first.details["time"] == "12:30"


def test_a_sentence_in_capitals_is_no_factiva_code() -> None:
    text = (
        "HD The tide\nBY A. Marsh\nWC 30 words\nPD 4 March 2024\nSN The Daily Harbour\nSC DH\nLA English\nCY (c) 2024\n"
        "LP IN THE END the tide came in.\nTD\nCO IT DID AGAIN.\n\nRE-ENTER the harbour master.\nIN iport : Ports\n"
        "AN Document DLYHRB0020240304ek3000001\n"
    )
    (draft,) = drafts(read("tide.txt", text.encode()))
    assert draft.body.text == "IN THE END the tide came in.\nCO IT DID AGAIN.\nRE-ENTER the harbour master."
    assert draft.details["industries"] == "iport : Ports"


def test_proquest_takes_the_abstract_where_there_is_no_text() -> None:
    first, _second, third = drafts(read("proquest.txt"))
    assert first.metadata.address == "https://search.example.com/docview/293420?accountid=1"
    assert first.details["document"] == "293420"
    assert third.body.text == "قرر مجلس المدينة رفع جدار الميناء مترا واحدا قبل الشتاء القادم بعد نقاش طويل."
    assert third.details["note"] == "Only the abstract is in this record."


def test_europresse_keeps_where_an_article_was_printed() -> None:
    second = drafts(read("europresse.html"))[1]
    assert second.metadata.section == "Idées"
    assert second.metadata.address == "https://courrier.example/1"
    assert second.details["issue"] == "no. 431"
    assert second.details["words"] == "730 mots"
    assert second.details["document"] == "news·20240306·CP·1"


def test_a_hundred_articles_in_one_file_are_a_hundred_drafts() -> None:
    def record(number: int) -> str:
        return (
            f"Storm {number} reaches the coast\nThe Daily Harbour\nMarch {number % 28 + 1}, 2024 Monday\n"
            f"Copyright 2024 The Daily Harbour\nSection: NEWS; Pg. {number}\nLength: 12 words\nBody\n"
            f"The storm with the number {number} has reached the coast tonight. " + "It is loud. " * 12 + "\n"
            "Load-Date: March 30, 2024\nEnd of Document\n"
        )

    cover = "Date and Time: today\nJob Number: 1\nDocuments (100)\n" + "".join(
        f"{number}. Storm {number} reaches the coast\nClient/Matter: -None-\n" for number in range(1, 101)
    )
    found = drafts(read("storms.txt", (cover + "".join(map(record, range(1, 101)))).encode()))
    assert [draft.metadata.title for draft in found] == [
        f"Storm {number} reaches the coast" for number in range(1, 101)
    ]
    assert found[11].part == "012 Storm 12 reaches the coast"
    assert all(draft.body.text.count("\n") == 0 for draft in found)


def test_a_record_without_text_is_named() -> None:
    text = (DATA / "nexis.txt").read_text().replace("قرر مجلس المدينة", "").split("Body")
    whole = "Body".join([*text[:3], "\nLoad-Date: March 8, 2024\nEnd of Document\n"])
    first, second, third = read("nexis.txt", whole.encode())
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert isinstance(third, Unread)
    assert third.part == "003 رفع جدار الميناء مترا واحدا"
    assert str(third.error).startswith("This record holds no text.")


@pytest.mark.parametrize(("key", "name"), ALL)
def test_a_file_cut_off_anywhere_gives_articles_or_a_sentence(key: str, name: str) -> None:
    data = (DATA / name).read_bytes()
    for share in (1, 10, 50, 90, 99):
        assert outcome(READ[key], File(data[: len(data) * share // 100], name))


@pytest.mark.parametrize(
    "text", ["", "An ordinary text about a job.\n\nJob Number: 12\n\nIt has a body.\n", "1 of 3 documents"]
)
def test_other_texts_are_left_to_others(text: str) -> None:
    assert not any(module.sniff(text.encode()) for module in (nexis, factiva, proquest, europresse))


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"{\\rtf1 ", b"<html>", b"HD x\nAN y\n", b"1 of 1 DOCUMENTS\n"]),
)
def test_random_bytes_never_break_a_reader(data: bytes, head: bytes) -> None:
    for key, reader in READ.items():
        assert nexis.sniff(head + data) in (True, False)
        assert outcome(reader, File(head + data, f"{key}.bin"))


@pytest.mark.parametrize("unit", ["\n", "<", "1", "a ", "{\\*", "_", "HD\n", "<!--", ": "])
def test_nothing_takes_long_on_monotonous_bytes(unit: str) -> None:
    data = (unit * (100_000 // len(unit))).encode()
    for module in (nexis, factiva, proquest, europresse):
        assert module.sniff(data) in (True, False)
        assert outcome(module.read, File(data, "long.txt"))
