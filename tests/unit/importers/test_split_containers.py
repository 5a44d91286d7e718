"""Articles in the files that others hold: each file is split by itself, in the way that is said of the container."""

from __future__ import annotations

import gzip

import pytest

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, importers
from app.importers._parts import choose, read_with
from app.importers._split_options import GAPS, HEADINGS, LINES
from app.options import chosen
from tests.unit.importers.test_zip import zipped

WALL = "The wall that keeps the sea out of the town will be raised by a metre, the council said. " * 3
TIDE = "Nobody in the town remembers a tide as high as the one that came in on Monday night. " * 3
BOATS = "Three of the boats that were damaged in the storm can be rented again from tomorrow on. " * 3
NAV = "<nav><ul><li><a href='/a'>Home</a><li><a href='/b'>World</a><li><a href='/c'>Sport</a></ul></nav>"

PAGE = f"<title>The harbour</title>{NAV}<article><h2>The wall</h2><p>{WALL}</p><h2>The tide</h2><p>{TIDE}</p></article>"
SINGLE = f"<title>Boats for rent</title>{NAV}<article><h1>Boats for rent</h1><p>{BOATS}</p></article>"
LINED = f"The wall\n\n{WALL}\n\n=====\n\nThe tide\n\n{TIDE}\n"
NOTES = f"# All\n\n## The wall\n\n{WALL}\n\n## The tide\n\n{TIDE}\n"


def read(name: str, data: bytes, **options: str) -> list[tuple[str, str | None]]:
    importer = choose(name, data)
    found = read_with(importer, File(data, name, chosen(importer.name, importer.options, options)))
    assert all(isinstance(one, Draft) for one in found)
    return [(one.part, one.metadata.title) for one in found if isinstance(one, Draft)]


def letter(markup: str, kind: str = "html") -> bytes:
    head = "From: Ada <ada@harbour.example>\nTo: b@harbour.example\nSubject: The harbour\nMIME-Version: 1.0\n"
    return (
        f"{head}Date: Tue, 4 Mar 2025 10:00:00 +0000\nContent-Type: text/{kind}; charset=utf-8\n\n{markup}\n".encode()
    )


def crawl(**pages: str) -> bytes:
    made = []
    for name, markup in pages.items():
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + markup.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://h.example/{name}\r\n"
            f"WARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: 2025-03-11T10:00:00Z\r\nContent-Length: {len(http)}\r\n"
            "Content-Type: application/http; msgtype=response\r\n\r\n"
        )
        made.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(made)


def test_each_file_in_an_archive_is_split_as_its_own_format_is() -> None:
    data = zipped(("a.html", PAGE.encode()), ("b.txt", LINED.encode()), ("c.html", SINGLE.encode()))
    assert read("all.zip", data, split=HEADINGS) == [
        ("a.html/001 The wall", "The wall"),
        ("a.html/002 The tide", "The tide"),
        ("b.txt", "The wall"),
        ("c.html", "Boats for rent"),
    ]
    assert [part for part, _title in read("all.zip", data, split=LINES)] == [
        "a.html", "b.txt/001 The wall", "b.txt/002 The tide", "c.html",
    ]  # fmt: skip


def test_what_is_not_split_is_read_as_it_is_by_itself() -> None:
    data = zipped(("a.html", PAGE.encode()), ("c.html", SINGLE.encode()))
    (whole,) = [one for one in importers()["zip"].read(File(data, "a.zip")) if one.part == "c.html"]
    importer = importers()["zip"]
    found = read_with(importer, File(data, "a.zip", chosen(importer.name, importer.options, {"split": HEADINGS})))
    assert [one for one in found if isinstance(one, Draft) and one.part == "c.html"] == [whole]


def test_archives_in_archives_are_split_too() -> None:
    data = zipped(("inner.zip", zipped(("a.md", NOTES.encode()))))
    assert [part for part, _title in read("a.zip", data, split=HEADINGS, level="2")][-1] == (
        "inner.zip/a.md/002 The tide"
    )


def test_a_pattern_splits_the_files_that_hold_it_and_must_be_in_one() -> None:
    data = zipped(("a.md", NOTES.encode()), ("b.txt", LINED.encode()), ("c.html", SINGLE.encode()))
    assert [part for part, _title in read("a.zip", data, pattern="^The (wall|tide)$")] == [
        "a.md/001 The wall", "a.md/002 The tide", "b.txt/001 The wall", "b.txt/002 The tide", "c.html",
    ]  # fmt: skip
    with pytest.raises(ImportFailed, match="found nowhere"):
        read("a.zip", data, pattern="^Chapter")


def test_the_letters_of_a_mail_box_are_split() -> None:
    gaps = f"The wall\n\n{WALL}\n\n\nThe tide\n\n{TIDE}\n"
    box = b"".join(
        b"From ada Tue Mar  4 10:00:00 2025\n" + one + b"\n" for one in (letter(PAGE), letter(gaps, "plain"))
    )
    assert [part for part, _title in read("a.mbox", box, split=HEADINGS)] == [
        "message 1.eml/001 The wall", "message 1.eml/002 The tide", "message 2.eml",
    ]  # fmt: skip
    assert len(read("a.mbox", box, split=GAPS)) == 2


def test_the_pages_of_crawls_are_split() -> None:
    data = crawl(harbour=PAGE, boats=SINGLE)
    wanted = ["h.example/harbour/001 The wall", "h.example/harbour/002 The tide", "h.example/boats"]
    assert [part for part, _title in read("a.warc.gz", data, split=HEADINGS)] == wanted
    boxed = zipped(("datapackage.json", b"{}"), ("archive/a.warc.gz", data))
    assert [part for part, _title in read("a.wacz", boxed, split=HEADINGS)] == [
        f"archive/a.warc.gz/{part}" for part in wanted
    ]


def test_what_is_attached_to_a_letter_is_split_once() -> None:
    attached = (
        "From: Ada <ada@harbour.example>\nTo: b@h.example\nSubject: Two\nDate: Tue, 4 Mar 2025 10:00:00 +0000\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
        f"{BOATS}\n\n--x\nContent-Type: text/html; name=a.html\nContent-Disposition: attachment; filename=a.html\n\n"
        f"<h1>The wall</h1><p>{WALL}</p><h2>Money</h2><p>{WALL}</p><h1>The tide</h1><p>{TIDE}</p>\n--x--\n"
    )
    assert [part for part, _title in read("a.eml", attached.encode(), split=HEADINGS)] == [
        "", "a.html/001 The wall", "a.html/002 The tide",
    ]  # fmt: skip
