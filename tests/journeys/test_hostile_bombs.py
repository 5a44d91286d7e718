"""What swells, lies about its size, leads outside or never ends costs one sentence."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.importing.reading import Result
from tests.hostile import LARGE, SAMPLES, Files, packed_again

# ---------------------------------------- entities and what lies outside


ROOTS = {
    ".rss": '<rss version="2.0"><channel><title>a</title><item><title>b</title><description>The {} sea</description>'
    "</item></channel></rss>",
    ".fodt": '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:body><office:text><t:p>The {} sea</t:p></office:text></office:body></office:document>",
    ".qdc": '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="a" name="sea"><Description>The {} sea'
    "</Description></Code></Codes></CodeBook>",
    ".xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The {} sea wall was built.</p></body></html>',
    ".webarchive": '<plist version="1.0"><dict><key>WebMainResource</key><string>{}</string></dict></plist>',
}
INSIDE = {
    "wall-pandoc.docx": ("word/document.xml", b"<w:body>"),
    "nexis.docx": ("word/document.xml", b"<w:t "),
    "wall-libreoffice.odt": ("content.xml", b"<office:text>"),
    "wall-pandoc.epub": ("ch001.xhtml", b"<body"),
    "project.qdpx": ("project.qde", b"<Description>"),
}


def declared(port: int, secret: Path) -> dict[str, tuple[str, str]]:
    """Return declarations that grow, or lead outside, each with what stands in the text for it."""
    grown = "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return {
        "bomb": (f'<!DOCTYPE r [<!ENTITY a "lolol">{grown}]>', "&i;"),
        "long": (f'<!DOCTYPE r [<!ENTITY a "{"A" * 50_000}">]>', "&a;" * 5_000),
        "file": (f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', "&x;"),
        "net": (f'<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]>', "&x;"),
        "dtd": (f'<!DOCTYPE r SYSTEM "http://127.0.0.1:{port}/x.dtd">', ""),
        "parameter": (f'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/x">%p;]>', ""),
    }


def with_entity_inside(name: str, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a sample of which one part was changed."""
    data = next(path for path in SAMPLES.rglob(name)).read_bytes()
    return packed_again(data, lambda inner, held: change(held) if inner.endswith(part) else held)


def with_entity(place: bytes, head: str, used: str, data: bytes) -> bytes:
    """Return XML with a declaration before its root, and an entity used right behind the tag that begins so."""
    start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
    body = data[start:]
    if (old := body.find(b"<!DOCTYPE")) >= 0:
        body = body[:old] + body[body.index(b">", old) + 1 :]
    at = body.index(b">", body.index(place)) + 1
    return b'<?xml version="1.0"?>' + head.encode() + body[:at] + used.encode() + body[at:]


def test_no_entity_grows_or_leads_outside(read, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the combination is 4711")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        given: Files = []
        for kind, (head, used) in declared(server.getsockname()[1], secret).items():
            start = '<?xml version="1.0"?>' + head
            given += [(f"{kind}{suffix}", (start + root.format(used)).encode()) for suffix, root in ROOTS.items()]
            for name, (part, place) in INSIDE.items():
                given.append(
                    (f"{kind} {name}", with_entity_inside(name, part, partial(with_entity, place, head, used)))
                )
        results = read(given)
        with pytest.raises(BlockingIOError):
            server.accept()
    for result in results:
        assert "4711" not in repr(result.drafts) + repr(result.codebooks)
        assert all(len(draft.body.text) < LARGE for draft in result.drafts), result.job.name


# ---------------------------------------- archives


ARCHIVES = ["pages.zip", "wall-pandoc.docx", "wall-pandoc.odt", "wall-pandoc.epub", "nexis.docx", "crawl.wacz",
            "omnivore.zip", "project.qdpx"]  # fmt: skip


def archive_bombs(data: bytes) -> dict[str, bytes]:
    """Return an archive with what swells, lies about its size, goes outside, lies in itself or is there too often."""
    swollen = packed_again(data, lambda _name, part: part + bytes(30_000_000))
    lying = bytearray(swollen)
    shared = bytearray(data)
    first = struct.unpack_from("<I", data, data.index(b"PK\1\2") + 42)[0]
    for packed in (lying, shared):
        at = 0
        while (at := packed.find(b"PK\1\2", at)) >= 0:
            if packed is lying:
                struct.pack_into("<I", packed, at + 24, 100)
            else:
                struct.pack_into("<I", packed, at + 42, first)
            at += 4
    found = {"swollen": swollen, "lying": bytes(lying), "shared": bytes(shared)}
    for kind, name in (("up", "../../../escaped.txt"), ("absolute", "/escaped.txt"), ("drive", "C:\\escaped.txt")):
        found[kind] = with_member(data, name, b"out of the archive")
    found["nested"] = data
    for number in range(6):
        found["nested"] = with_member(data, f"inner{number}.zip", found["nested"])
    return found


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as packed:
        packed.writestr(name, content)
    return target.getvalue()


def leads_outside(result: Result) -> bool:
    """Tell whether a file of an archive was refused for its name, which costs the others nothing."""
    return any("outside" in str(part.error) for part in result.unread)


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_that_mean_harm(name, read, tmp_path):
    data = next(path for path in SAMPLES.rglob(name)).read_bytes()
    results = read([(f"{kind} {name}", bomb) for kind, bomb in archive_bombs(data).items()])
    refused = {result.job.name.split()[1] for result in results if result.error or leads_outside(result)}
    assert refused >= {"swollen", "up", "absolute", "drive"}
    assert not any("out of the archive" in draft.body.text for result in results for draft in result.drafts)
    assert list(tmp_path.iterdir()) == []


def test_an_archive_of_many_large_ones_is_given_up_in_time(read):
    data = b""
    for depth in range(3):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(8):
                packed.writestr(f"{number}.zip" if depth else f"{number}.txt", data or b"harbour " * 200_000)
        data = target.getvalue()
    (result,) = read([("wide.zip", data)])
    assert result.error or result.unread


# ---------------------------------------- PDF


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of objects, of which the first is its root."""
    found, places = b"%PDF-1.7\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n" % number + held + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return found + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(found),
    )  # fmt: skip


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)


ROOT = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Annots[7 0 R 7 0 R]"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>")  # fmt: skip
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FORM = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")
NOTE = b"<</Type/Annot/Subtype/Highlight/Parent 7 0 R/Popup 7 0 R/Rect[0 0 9 9]/QuadPoints[0 0 9 9]/IRT 7 0 R>>"


@pytest.mark.parametrize(
    "data",
    [
        pdf(ROOT, b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 5>>", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 5>>"),
        pdf(ROOT, b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"),
        pdf(ROOT, b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
        pdf(ROOT, *(b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 1>>" % (n, n) for n in range(3, 40)), FONT),
        pdf(ROOT, b"<</Type/Pages/Kids[3 0 R]/Count 1/X %s%s>>" % (b"[" * 50_000, b"]" * 50_000), PAGE),
        pdf(ROOT, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream(b"/X Do BT /F 12 Tf 9 9 Td (sea) Tj ET"), FONT,
            FORM, NOTE),
        pdf(ROOT, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE,
            stream(zlib.compress(bytes(50_000_000)), b"/Filter/FlateDecode"), FONT, FORM, NOTE),
        pdf(ROOT, b"<</Type/Pages/Kids[%s]/Count 2000>>" % (b"3 0 R " * 2000), PAGE,
            stream(b"BT /F 12 Tf 9 9 Td (sea) Tj ET"), FONT, FORM, NOTE),
    ],
    ids=["circle", "own child", "count", "doubled", "brackets", "form in itself", "swollen", "one page often"],
)  # fmt: skip
def test_documents_that_never_end(data, read):
    read([("a.pdf", data)])


# ---------------------------------------- other sizes that lie


def test_other_sizes_that_lie(read):
    crawled = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: %d\r\n\r\n"
               b"HTTP/1.1 200 OK\r\n")  # fmt: skip
    claimed = struct.pack(">QQQ", 1, 0, 18)
    shared = [bytes([0xA8, *[number + 1] * 8]) for number in range(10)] + [b"\x51a"]
    offsets = b"".join(struct.pack(">H", 8 + sum(map(len, shared[:number]))) for number in range(len(shared)))
    end = struct.pack(">QQQ", len(shared), 0, 8 + sum(map(len, shared)))
    read([
        ("long.warc", crawled % 99_999_999_999 + b"Content-Type: text/html\r\n\r\n<p>words</p>"),
        ("negative.warc", crawled % -5 + b"Content-Type: text/html\r\n\r\n<p>words</p>"),
        ("shared.webarchive", b"bplist00" + b"".join(shared) + offsets + bytes(6) + b"\x02\x01" + end),
        ("long.webarchive", b"bplist00\x4f\x13" + b"\x7f" * 8 + b"\x08" + bytes(6) + b"\1\1" + claimed),
        ("spans.html", b"<p>sea</p><table>" + b"<tr><td rowspan=65534 colspan=1000>x</td></tr>" * 2_000 + b"</table>"),
        ("binary.rtf", b"{\\rtf1 \\bin2000000000 The sea}"),
        ("fallbacks.rtf", b"{\\rtf1\\uc99999999 " + b"\\u-99999999999 ?" * 1_000 + b"}"),
        ("aliases.md", b"---\na: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
            b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
        ) + b"---\nThe sea wall was built.\n"),
        ("parts.eml", b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)
        ) + b"Content-Type: text/plain\n\nThe sea\n"),
        ("hosts.eml", b"From: a@b.c\nSubject: x\nContent-Type: text/plain; charset=idna\n\nThe sea \xff\n"),
        ("name.json", b'[{"' + b"k" * 300_000 + b'": 1, "b": 2}]'),
        ("columns.csv", b",".join([b"same"] * 100_000) + b"\n1\n"),
    ])  # fmt: skip
