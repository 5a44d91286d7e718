"""Crawls: which records are articles, and what becomes of crawls that break off or would grow without end."""

from __future__ import annotations

import gzip

import pytest

from app.errors import ImportFailed
from app.importers._base import Unread
from tests.unit.importers.boxes import drafts, read, sample

PAGE = "<title>{0}</title><h1>{0}</h1><p>" + "The wall was built for a sea that stood a foot lower. " * 8


def crawl(*records: tuple[str, str, bytes], status: str = "200 OK", kind: str = "response", packed: bool = True,
          more: str = "") -> bytes:  # fmt: skip
    """Return a crawl of records, each with address, kind of content and content."""
    made = []
    for address, content_type, data in records:
        is_response = kind == "response"
        http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}\r\n".encode() if is_response else b""
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-03-11T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Length: {len(http) + len(data)}\r\n"
            f"Content-Type: {'application/http; msgtype=response' if is_response else content_type}\r\n\r\n"
        )
        record = head.encode() + http + data + b"\r\n\r\n"
        made.append(gzip.compress(record) if packed else record)
    return b"".join(made)


def page(title: str) -> bytes:
    return PAGE.format(title).encode()


def test_the_articles_of_a_real_crawl_and_nothing_else():
    found = drafts("crawl.warc.gz")
    assert [draft.part for draft in found] == ["harbour.example/wall.html", "harbour.example/report.html"]
    assert [draft.part for draft in drafts("crawl.wacz")] == [
        "archive/crawl.warc.gz/harbour.example/wall.html",
        "archive/crawl.warc.gz/harbour.example/report.html",
    ]


@pytest.mark.parametrize("packed", [True, False])
def test_address_and_day_are_those_of_the_record(packed):
    (draft,) = drafts("a.warc", crawl(("https://h.example/a", "text/html", page("A")), packed=packed))
    assert draft.metadata.address == "https://h.example/a"
    assert draft.metadata.accessed == "2025-03-11"


def test_only_pages_that_were_there_are_articles():
    good = crawl(("https://h.example/a", "text/html; charset=utf-8", page("A")))
    moved = crawl(("https://h.example/b", "text/html", page("B")), status="301 Moved")
    missing = crawl(("https://h.example/c", "text/html", page("C")), status="404 Not Found")
    style = crawl(
        ("https://h.example/d.css", "text/css", b"p {}"), ("https://h.example/robots.txt", "text/plain", b"x")
    )
    kept = crawl(("https://h.example/e", "text/html", page("E")), kind="resource")
    titles = [draft.metadata.title for draft in drafts("a.warc.gz", good + moved + missing + style + kept)]
    assert titles == ["A", "E"]


def test_a_pdf_that_was_fetched_along_is_an_article_too():
    scan = b"%PDF-1.4 nothing"
    data = crawl(
        ("https://h.example/a", "text/html", page("A")),
        ("https://h.example/files/pier.pdf?v=2", "application/pdf", sample("chromium-article.pdf")),
        ("https://h.example/scan.pdf", "application/pdf", scan),
    )
    first, paper, broken = read("a.warc.gz", data)
    assert isinstance(broken, Unread)
    assert broken.part == "h.example/scan.pdf"
    assert first.metadata.title == "A"
    assert paper.part == "h.example/files/pier.pdf?v=2"
    assert (paper.metadata.address, paper.metadata.accessed) == ("https://h.example/files/pier.pdf?v=2", "2025-03-11")
    assert paper.body.text == drafts("chromium-article.pdf")[0].body.text


def test_of_two_captures_the_later_is_taken():
    data = crawl(
        ("https://h.example/a", "text/html", page("Early")), ("https://h.example/a", "text/html", page("Late"))
    )
    assert [draft.metadata.title for draft in drafts("a.warc.gz", data)] == ["Late"]


def test_packed_and_chunked_pages_are_unpacked():
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page("A")), page("A"))
    (one,) = drafts(
        "a.warc.gz", crawl(("https://h.example/a", "text/html", chunked), more="Transfer-Encoding: chunked\r\n")
    )
    packed = gzip.compress(page("A"))
    (other,) = drafts(
        "a.warc.gz", crawl(("https://h.example/a", "text/html", packed), more="Content-Encoding: gzip\r\n")
    )
    assert one.body == other.body


def test_pages_that_are_no_articles_are_counted_when_nothing_else_is_there():
    links = b"<h1>All</h1>" + b"<p><a href=/x>A long line that only leads to another page of the site</a></p>" * 20
    (part,) = read(
        "a.warc.gz", crawl(("https://h.example/", "text/html", links), ("https://h.example/2", "text/html", links))
    )
    assert isinstance(part, Unread)
    assert "2 pages" in str(part.error)
    both = crawl(("https://h.example/", "text/html", links), ("https://h.example/a", "text/html", page("A")))
    assert [draft.metadata.title for draft in drafts("a.warc.gz", both)] == ["A"]


def test_a_crawl_that_breaks_off_gives_what_came_before():
    data = crawl(("https://h.example/a", "text/html", page("A")), ("https://h.example/b", "text/html", page("B")))
    first, *_rest = read("a.warc.gz", data[:-60])
    assert first.metadata.title == "A"


def test_a_page_that_grows_without_end_is_passed_over():
    bomb = gzip.compress(b"<p>" + b"0" * 60_000_000)
    data = crawl(("https://h.example/bomb", "text/html", bomb), more="Content-Encoding: gzip\r\n")
    data += crawl(("https://h.example/a", "text/html", page("A")))
    assert [draft.metadata.title for draft in drafts("a.warc.gz", data)] == ["A"]


def test_a_record_that_claims_to_be_endless_ends_the_crawl():
    data = crawl(("https://h.example/a", "text/html", page("A")), packed=False)
    lie = data.replace(b"Content-Length: ", b"Content-Length: 9999999", 1)
    with pytest.raises(ImportFailed, match="more than"):
        read("a.warc", lie)


def test_one_without_pages_says_so():
    with pytest.raises(ImportFailed, match="no web pages"):
        read("a.warc.gz", crawl(("https://h.example/d.css", "text/css", b"p {}")))
    with pytest.raises(ImportFailed, match="no crawl"):
        read("a.gz", gzip.compress(b"Something else"))


def test_a_crawl_that_was_packed_as_a_whole_is_read():
    whole = gzip.compress(gzip.decompress(sample("crawl.warc.gz")))
    assert [draft.body for draft in drafts("crawl.warc.gz", whole)] == [draft.body for draft in drafts("crawl.warc.gz")]
