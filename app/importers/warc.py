"""Crawls: the pages in a WARC file, with those of their pictures that were fetched along, and its PDFs."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from app import pictures
from app.cleaning.dates import read_stamp
from app.drafts import Codebook, Draft, Framework
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._encodings import decode_part
from app.importers._pages import Around, read_page
from app.importers._parts import guarded, read_part
from app.loading import load
from app.model import Origin
from app.text.addresses import full_address

LARGEST: Final = 200 * 1024 * 1024
"""So many bytes of pages and pictures are kept in memory at most, and so many may one record claim to have."""

_LARGEST_PAGE: Final = 20 * 1024 * 1024
_PAGES: Final = ("text/html", "application/xhtml+xml")
_PAPER: Final = "application/pdf"
_TEXTS: Final = ("paragraph", "quote", "callout", "item")
_FEWEST: Final = 200  # letters outside links, below which a page is a list of other pages
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class _Page:
    address: str
    day: str
    charset: str
    data: bytes


@dataclass(slots=True)
class _Crawl:
    """What was found in a file: pages, PDFs and pictures by address, how much of it, and whether it broke off."""

    pages: dict[str, _Page] = field(default_factory=dict)
    papers: dict[str, _Page] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    size: int = 0
    problem: ImportFailed | None = None


def read(file: File) -> Parts:
    """Read the articles among the pages; raises ``ImportFailed`` when there is none."""
    crawl = _gathered(file)
    found: list[Draft | Unread | Codebook | Framework] = []
    for page in crawl.pages.values():
        reading = partial(load("app.importers._split_containers").read_held, file, partial(_read_page, page, crawl))
        found += guarded(file, _name(page), reading)
    kept: list[Draft | Unread | Codebook | Framework]
    kept = [part for part in found if isinstance(part, Draft) and _is_article(part)]
    for paper in crawl.papers.values():
        kept += [_located(part, paper) for part in read_part(file, _name(paper), paper.data)]
    if crawl.problem is not None:
        if not kept:
            raise crawl.problem
        return (*kept, Unread("the rest", crawl.problem))
    if not kept and crawl.pages:
        hint = "Crawl the pages of the articles themselves."
        error = ImportFailed("None of the {count} pages in {name} is an article.", hint, count=len(crawl.pages),
                             name=file.name)  # fmt: skip
        return (Unread("pages", error),)
    if not kept:
        raise ImportFailed("{name} holds no web pages.", "Look whether the crawl reached the site.", name=file.name)
    return kept


def _gathered(file: File) -> _Crawl:
    """Return the pages and pictures of a crawl, as far as it can be read."""
    crawl = _walked(file.data, file.name)
    if crawl.problem is not None and file.data.startswith(_GZIP):
        # Packed as a whole and not record by record, as the rule is; then it can be unpacked as a whole.
        unpacking = zlib.decompressobj(31)
        try:
            whole = unpacking.decompress(file.data, LARGEST)
        except zlib.error:
            return crawl
        if unpacking.eof and not unpacking.unused_data:
            return _walked(whole, file.name)
    return crawl


def _walked(data: bytes, name: str) -> _Crawl:
    crawl = _Crawl()
    try:
        for record in load("warcio.archiveiterator").ArchiveIterator(io.BytesIO(data)):
            if record.length is not None and int(record.length) > LARGEST:
                raise _too_large()
            _take(record, crawl)
    except ImportFailed as error:
        crawl.problem = error
    except (load("warcio.exceptions").ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError, TypeError,
            AttributeError):  # fmt: skip
        hint = "Copy or download it again."
        crawl.problem = ImportFailed("{name} is damaged, or is no crawl.", hint, name=name)
    return crawl


def _take(record: Any, crawl: _Crawl) -> None:
    """Keep what a record holds when it is a page or a picture that was there."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    address = address.removeprefix("<").removesuffix(">")
    if not address.lower().startswith(("http://", "https://")) or record.rec_type not in ("response", "resource"):
        return
    headers = record.http_headers
    if record.rec_type == "response" and (headers is None or headers.get_statuscode() != "200"):
        return
    stated = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind, _, rest = stated.lower().partition(";")
    is_page = kind.strip() in _PAGES
    is_paper = kind.strip() == _PAPER
    if not is_page and not is_paper and not kind.startswith("image/"):
        return
    most = _LARGEST_PAGE if is_page else LARGEST if is_paper else pictures.LARGEST
    data = b"".join(_chunks(record.content_stream(), most))
    crawl.size += len(data)
    if crawl.size > LARGEST:
        raise _too_large()
    if (is_page or is_paper) and data:
        day = read_stamp(record.rec_headers.get_header("WARC-Date") or "")
        charset = rest.partition("charset=")[2].partition(";")[0]
        held = crawl.pages if is_page else crawl.papers
        held[address] = _Page(address, str(day) if day else "", charset, data)
    elif data:
        crawl.pictures[address] = data


def _chunks(stream: Any, most: int) -> Iterator[bytes]:
    """Yield the bytes of a record, none when they are more than ``most``."""
    left = most
    chunks = []
    while left >= 0 and (chunk := stream.read(65_536)):
        chunks.append(chunk)
        left -= len(chunk)
    if left >= 0:
        yield from chunks


def _read_page(page: _Page, crawl: _Crawl, file: File) -> Parts:
    def find(address: str) -> bytes | None:
        return crawl.pictures.get(full_address(address, page.address))

    markup = decode_part(page.data, page.charset, page.address)
    around = Around(address=page.address, accessed=page.day, find=find)
    return (read_page(markup, replace(file, name=page.address), around),)


def _located(part: Draft | Unread | Codebook | Framework, paper: _Page) -> Draft | Unread | Codebook | Framework:
    """Return what a PDF holds, with the address and the day at which it was fetched."""
    if not isinstance(part, Draft):
        return part
    stated: dict[str, Any] = {"address": paper.address} | ({"accessed": paper.day} if paper.day else {})
    origins = {**part.metadata.origins, **dict.fromkeys(stated, Origin.STATED)}
    return replace(part, metadata=replace(part.metadata, **stated, origins=origins))


def _is_article(draft: Draft) -> bool:
    """Tell whether a page says something itself, and does not only lead to others."""
    text = sum(block.end - block.start for block in draft.body.blocks if block.kind in _TEXTS)
    return text - sum(run.end - run.start for run in draft.body.runs if run.kind == "link") >= _FEWEST


def _name(page: _Page) -> str:
    return page.address.partition("://")[2].strip("/") or page.address


def _too_large() -> ImportFailed:
    return ImportFailed("The crawl holds more than {limit} MB of pages and pictures.", "Split it into smaller files.",
                        limit=LARGEST // (1024 * 1024))  # fmt: skip


def _sniffs(data: bytes) -> bool:
    if data.startswith(_GZIP):
        try:
            data = zlib.decompressobj(31).decompress(data[:4096], 16)
        except zlib.error:
            return False
    return data.startswith(b"WARC/")


IMPORTER: Final = Importer("warc", "Crawl (WARC)", (".warc", ".warc.gz", ".gz"), read, _sniffs, holds=True)
