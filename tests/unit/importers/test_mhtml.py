"""MHTML: a page and its pictures by address and by identity, however many parts there are."""

from __future__ import annotations

import time

import pytest

from app.errors import ImportFailed
from tests.unit.importers.boxes import SAMPLES, WALL, drafts, read

PICTURE = (SAMPLES / "wall saved" / "The Sea Wall_files" / "wall.png").read_bytes()
TEXT = "<p>" + "The wall was built for a sea that stood a foot lower. " * 6


def archive(page: str, *parts: str, head: str = "") -> bytes:
    lines = ["MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="=b="' + head, ""]
    for part in (page, *parts):
        lines += ["--=b=", part]
    return "\r\n".join([*lines, "--=b=--", ""]).encode()


def html(markup: str, *, location: str = "https://harbour.example/wall", more: str = "") -> str:
    return f"Content-Type: text/html; charset=utf-8{more}\r\nContent-Location: {location}\r\n\r\n{markup}"


def picture(head: str) -> str:
    body = PICTURE.hex(" ").upper().replace(" ", "=")
    return f"Content-Type: image/png\r\nContent-Transfer-Encoding: quoted-printable\r\n{head}\r\n\r\n={body}"


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("cid:wall@x", "Content-ID: <wall@x>"),
        ("img/wall.png", "Content-Location: https://harbour.example/img/wall.png"),
        ("/img/wall.png", "Content-Location: img/wall.png"),
        ("https://cdn.example/w.png", "Content-Location: https://cdn.example/w.png"),
    ],
)
def test_pictures_are_found_by_identity_and_by_address(source, head):
    (draft,) = drafts("a.mht", archive(html(f"{TEXT}<img src='{source}' alt='Wall'>{TEXT}"), picture(head)))
    assert set(draft.pictures) == {WALL}


def test_the_named_part_is_the_page_and_frames_are_not():
    frame = html("<p>A frame with an advertisement in it.", location="https://ads.example/1")
    page = html(TEXT, more="\r\nContent-ID: <root@x>")
    (draft,) = drafts("a.mht", archive(frame, page, head='; start="<root@x>"'))
    assert draft.metadata.address == "https://harbour.example/wall"
    assert "advertisement" not in draft.body.text


def test_a_page_of_a_local_disk_has_no_address():
    (draft,) = drafts("a.mht", archive(html(TEXT, location="file:///C:/Users/a/wall.htm")))
    assert draft.metadata.address is None


def test_the_letters_are_those_that_the_part_declares():
    page = b"Content-Type: text/html; charset=windows-1251\r\n\r\n" + ("<p>" + "Вода поднялась. " * 9).encode("cp1251")
    data = archive("@").replace(b"@", page)
    (draft,) = drafts("a.mht", data)
    assert draft.body.text.startswith("Вода поднялась.")


def test_ten_thousand_parts_cost_little():
    parts = [picture(f"Content-ID: <{number}@x>") for number in range(10_000)]
    data = archive(html(f"{TEXT}<img src='cid:9999@x' alt='Wall'>"), *parts)
    started = time.process_time()
    (draft,) = drafts("a.mht", data)
    assert set(draft.pictures) == {WALL}
    assert time.process_time() - started < 20


def test_parts_in_parts_without_end_are_refused():
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(5_000))
    with pytest.raises(ImportFailed):
        read("a.mht", b"MIME-Version: 1.0\r\n" + nested.encode())


def test_one_without_a_page_says_so():
    with pytest.raises(ImportFailed, match="no page"):
        read("a.mht", archive(picture("Content-ID: <a@x>")))
