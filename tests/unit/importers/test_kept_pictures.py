"""The pictures of saved pages: those inside the file and in the page's own folder, and no other file on the disk."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

import pytest

from app.drafts import Draft
from app.importers import markdown
from app.importers._base import File
from app.importers._pictures import MOST, Pictures, inline_bytes
from app.importers.web_page import read
from app.pictures import LARGEST
from tests.unit.importers.boxes import BOAT, SAMPLES, WALL

FILES = SAMPLES / "wall saved" / "The Sea Wall_files"
PNG = (FILES / "wall.png").read_bytes()
JPEG = (FILES / "boat.jpg").read_bytes()
TEXT = "<p>The wall was built for a sea that stood a foot lower, and nobody looked up from the nets that day.</p>"
DOT = bytes.fromhex("47494638396101000100800000ff0000ffffff2c00000000010001000002024401003b")


def page(image: str, folder: Path | None = None) -> Draft:
    (draft,) = read(File(f"<h1>Wall</h1>{TEXT}{image}{TEXT}".encode(), "page.html", folder=folder))
    return draft


def inline(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def shown(draft: Draft) -> list[object]:
    return [block.attributes.get("picture") for block in draft.body.blocks if block.kind == "image"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder in which a page lies."""
    home = tmp_path / "home"
    made = home / "page_files"
    (made / "deep").mkdir(parents=True)
    (made / "wall.png").write_bytes(PNG)
    (made / "deep" / "a b.jpg").write_bytes(JPEG)
    (home / "near.png").write_bytes(PNG)
    (tmp_path / "outside.png").write_bytes(PNG)
    return home


def test_what_a_picture_holds_says_what_it_is():
    draft = page(f"<img src='{inline(PNG, 'image/svg+xml')}' alt='Wall'>")
    assert shown(draft) == [WALL]
    assert draft.pictures == {WALL: PNG}
    for other in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"", DOT):
        assert shown(page(f"<img src='{inline(other)}' alt='Wall'>")) == [None]


def test_a_picture_without_words_is_shown_and_the_dot_before_it_is_not():
    assert shown(page(f"<img src='{inline(JPEG)}'>")) == [BOAT]
    assert shown(page(f"<img src='{inline(DOT)}'>")) == []
    assert shown(page(f"<img src='{inline(DOT)}' style='width: 1px !important' alt='x'>")) == []


def test_a_lazy_picture_lies_where_its_script_would_look(folder):
    draft = page(f"<img src='{inline(DOT)}' data-src='page_files/wall.png' alt=Wall>", folder)
    assert shown(draft) == [WALL]


@pytest.mark.parametrize(
    "way",
    ["page_files/wall.png", "./page_files/wall.png", "page_files/wall.png?v=2#x", "other_files/wall.png", "near.png",
     "./near.png?v=2"],
)  # fmt: skip
def test_pictures_are_taken_from_the_folder_of_the_page(way, folder):
    draft = page(f"<img src='{way}' alt=Wall>", folder)
    assert shown(draft) == [WALL]
    assert next(block for block in draft.body.blocks if block.kind == "image").attributes["source"] == ""


def test_names_are_read_as_addresses(folder):
    assert shown(page("<img src='page_files/deep/a%20b.jpg' alt=Boat>", folder)) == [BOAT]


@pytest.mark.parametrize(
    "way",
    ["../outside.png", "page_files/../../outside.png", "page_files/../near.png",
     "page_files/%2e%2e/outside.png", "page_files", "page_files/deep",
     "page_files/..%5Coutside.png", "page_files/none.png", "page_files/a%00b", "//page_files/wall.png", "a" * 5000],
)  # fmt: skip
def test_nothing_outside_the_folder_is_opened(way, folder):
    assert shown(page(f"<img src='{way}' alt=Wall>", folder)) == [None]


def test_addresses_of_the_disk_are_not_opened(folder):
    for way in (str(folder / "near.png"), (folder / "near.png").as_uri(), "http://page_files/wall.png"):
        assert shown(page(f"<img src='{way}' alt=Wall>", folder)) == [None]


def test_links_that_lead_out_pipes_and_giants_are_passed_over(folder):
    for place in (folder, folder / "page_files"):
        (place / "link.png").symlink_to(folder.parent / "outside.png")
        (place / "way").symlink_to(folder.parent)
        with (place / "giant.png").open("wb") as giant:
            giant.write(PNG)
            giant.truncate(LARGEST + 1)
        names = ["link.png", "way/outside.png", "giant.png"]
        if hasattr(os, "mkfifo"):
            os.mkfifo(place / "pipe.png")
            names.append("pipe.png")
        for name in names:
            way = (place / name).relative_to(folder).as_posix()
            assert shown(page(f"<img src='{way}' alt=Wall>", folder)) == [None], name


@pytest.mark.parametrize(
    ("way", "there"),
    [
        ("../near.png", True), ("../page_files/wall.png", True), ("../../home/near.png", False),
        ("../../outside.png", False), ("../way/outside.png", False), ("../link.png", False),
        ("%2e%2e/near.png", True), ("..\\near.png", True), ("../pages/../near.png", True), ("../..", False),
    ],
)  # fmt: skip
def test_a_page_in_a_folder_that_was_given_shows_what_lies_in_that_folder_and_nothing_round_it(way, there, folder):
    (folder / "link.png").symlink_to(folder.parent / "outside.png")
    (folder / "way").symlink_to(folder.parent)
    (folder / "pages").mkdir()
    markup = f"<h1>Wall</h1>{TEXT}<img src='{way}' alt=Wall>{TEXT}".encode()
    (draft,) = read(File(markup, "page.html", folder=folder / "pages", given=folder))
    assert shown(draft) == [WALL if there else None]
    (draft,) = read(File(markup, "page.html", folder=folder / "pages"))
    assert shown(draft) == [None]


def test_a_note_shows_what_all_notes_of_its_vault_share(folder):
    (folder / "attachments").mkdir()
    (folder / "attachments" / "shared.png").write_bytes(PNG)
    (folder / "letters" / "old").mkdir(parents=True)
    data = b"# Wall\n\nIt stands.\n\n![[shared.png]]\n\n![Wall](../../near.png)\n\nIt is high."
    (draft,) = markdown.read(File(data, "note.md", folder=folder / "letters" / "old", given=folder))
    assert shown(draft) == [WALL, WALL]


def note(text: str, folder: Path | None) -> Draft:
    (draft,) = markdown.read(File(f"# Wall\n\nIt stands.\n\n{text}\n\nIt is high.".encode(), "note.md", folder=folder))
    return draft


@pytest.mark.parametrize(
    "image", ["![Wall](near.png)", "![](<near.png>)", "![[near.png]]", "![[near.png|200]]", "![[deep.png|Wall]]"]
)
def test_pictures_beside_a_note_and_among_its_attachments_are_kept(image, folder):
    (folder / "Assets").mkdir()
    (folder / "Assets" / "deep.png").write_bytes(PNG)
    draft = note(image, folder)
    assert shown(draft) == [WALL]
    assert draft.pictures == {WALL: PNG}
    assert shown(note(image, None)) == [None]


@pytest.mark.parametrize("way", ["../outside.png", "/near.png", "page_files/../near.png", "none.png", "link.png"])
def test_a_note_opens_nothing_outside_its_folder(way, folder):
    (folder / "link.png").symlink_to(folder.parent / "outside.png")
    assert shown(note(f"![Wall]({way})", folder)) == [None]


@pytest.mark.parametrize("inside", ["", "<noscript><img src='near.png' alt=Wall></noscript>", "<div fallback>No</div>"])
def test_a_picture_of_a_page_for_small_screens_is_shown_once(inside, folder):
    draft = page(f"<amp-img src='near.png' width=600 height=400 alt=Wall>{inside}</amp-img>", folder)
    assert shown(draft) == [WALL]


def test_only_what_the_article_shows_is_kept():
    navigation = f"<nav><img src='{inline(JPEG)}'></nav>"
    (draft,) = read(File(f"{navigation}<h1>Wall</h1>{TEXT}<img src='{inline(PNG)}'>{TEXT}".encode(), "page.html"))
    assert set(draft.pictures) == {WALL}


def test_the_pictures_of_one_file_have_a_limit():
    pictures = Pictures()
    kept = [pictures.add(PNG + bytes([number]) * (LARGEST - len(PNG))) for number in range(6)]
    assert [bool(digest) for digest in kept] == [True] * 5 + [False]
    assert sum(map(len, pictures.found.values())) <= MOST
    assert pictures.add(PNG + b"x" * LARGEST) is None
    assert kept[0] == hashlib.sha256(pictures.found[str(kept[0])]).hexdigest()


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("data:image/png;base64,AAEC", b"\0\1\2"),
        ("DATA:image/png;BASE64,AAEC", b"\0\1\2"),
        ("data:image/png;base64,AA%45C", b"\0\1\2"),
        ("data:,a%20b", b"a b"),
        ("data:image/png;base64,A", None),
        ("data:image/png;base64", None),
        ("https://h.example/a.png", None),
        ("", None),
    ],
)
def test_what_an_inline_address_holds(address, data):
    assert inline_bytes(address) == data
