"""ZIP archives: what is read in them, what is passed over, and what is refused."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from app.errors import ImportFailed
from app.importers._base import Unread
from app.importers._parts import choose
from tests.unit.importers.boxes import WALL, drafts, read

NOTE = b"# Tides\n\nThe tide tables were printed in the year of the great storm, and nobody has read them since.\n"
TEXT = b"<p>" + b"The wall was built for a sea that stood a foot lower. " * 9


def zipped(*entries: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return made.getvalue()


def test_every_file_is_read_but_what_systems_leave_in_folders_and_what_pages_are_made_of():
    found = read("pages.zip")
    assert [part.part for part in found] == ["clippings/The Sea Wall.html", "clippings/notes.md", "clippings/table.xyz"]
    (strange,) = [part for part in found if isinstance(part, Unread)]
    assert "table.xyz" in str(strange.error)


def test_a_page_finds_its_pictures_in_the_archive_and_nowhere_else():
    picture = drafts("wall saved/The Sea Wall.html")[0].pictures[WALL]
    page = TEXT + b"<p><img src='%s' alt=x>" + TEXT
    ways = {
        b"p_files/a.png": True,
        b"./p_files/a.png": True,
        b"../top.png": True,
        b"../../top.png": False,
        b"/top.png": False,
        b"q.png": False,
    }
    for way, there in ways.items():
        data = zipped(("in/p.html", page.replace(b"%s", way)), ("in/p_files/a.png", picture), ("top.png", picture))
        (draft,) = drafts("pages.zip", data)
        assert bool(draft.pictures) is there, way


def test_names_are_those_that_were_written_however_letters_are_composed():
    picture = drafts("wall saved/The Sea Wall.html")[0].pictures[WALL]
    page = TEXT + b"<img src='M%C3%BChle_files/a.png' alt=x>" + TEXT
    data = zipped(("Mu\u0308hle.html", page), ("Mu\u0308hle_files/a.png", picture))
    unflagged = bytearray(data)
    for mark, place in ((b"PK\3\4", 7), (b"PK\1\2", 9)):  # the flag that says that names are in UTF-8
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            unflagged[at + place] &= ~0x08
    for whole in (data, bytes(unflagged)):
        (draft,) = drafts("pages.zip", whole)
        assert draft.part == "Mu\u0308hle.html"
        assert set(draft.pictures) == {WALL}


def test_a_name_in_an_old_encoding_is_read_too():
    data = zipped(("Muhle.md", NOTE)).replace(b"Muhle", "Mühle".encode("cp437"))
    assert [draft.part for draft in drafts("a.zip", data)] == ["Mühle.md"]


def test_an_archive_in_an_archive_is_read_and_one_deeper_is_not():
    inner = zipped(("note.md", NOTE))
    middle = zipped(("inner.zip", inner), ("note.md", NOTE))
    assert [part.part for part in drafts("a.zip", middle)] == ["inner.zip/note.md", "note.md"]
    found = read("a.zip", zipped(("middle.zip", middle), ("deep.zip", zipped(("deeper.zip", middle)))))
    read_ones = [part.part for part in found if not isinstance(part, Unread)]
    refused = [part.part for part in found if isinstance(part, Unread)]
    assert "middle.zip/note.md" in read_ones
    assert any(part.startswith("deep.zip/deeper.zip/") for part in refused)


@pytest.mark.parametrize("name", ["../note.md", "/note.md", "a/../../note.md", "C:\\note.md", "..\\note.md"])
def test_names_that_lead_outside_are_refused(name):
    with pytest.raises(ImportFailed, match="outside"):
        read("a.zip", zipped((name, NOTE)))


@pytest.mark.parametrize("name", ["../evil.md", "/evil.md", "a/../../evil.md", "C:\\evil.md"])
def test_beside_a_name_that_leads_outside_the_others_are_read(name):
    found = read("a.zip", zipped(("a.md", NOTE), (name, NOTE), ("b/c.md", NOTE)))
    assert [part.part for part in found if not isinstance(part, Unread)] == ["a.md", "b/c.md"]
    (refused,) = [part for part in found if isinstance(part, Unread)]
    assert "outside" in str(refused.error)
    assert name in str(refused.error)


def test_beside_a_locked_file_the_others_are_read():
    data = bytearray(zipped(("a.md", NOTE), ("b.md", NOTE)))
    data[6] |= 1
    data[bytes(data).index(b"PK\1\2") + 8] |= 1
    found = read("a.zip", bytes(data))
    assert [(part.part, isinstance(part, Unread)) for part in found] == [("b.md", False), ("a.md", True)]
    assert "locked" in str(found[1].error)


def test_an_archive_that_would_fill_the_disk_is_refused_at_once():
    started = time.process_time()
    with pytest.raises(ImportFailed, match="times its size"):
        read("a.zip", zipped(*((f"{number}.txt", b"0" * 30_000_000) for number in range(5))))
    assert time.process_time() - started < 20  # writing the archive included


def test_one_that_is_locked_or_holds_nothing_says_so():
    locked = bytearray(zipped(("note.md", NOTE)))
    locked[6] |= 1
    place = bytes(locked).index(b"PK\1\2")
    locked[place + 8] |= 1
    with pytest.raises(ImportFailed, match="locked"):
        read("a.zip", bytes(locked))
    with pytest.raises(ImportFailed, match="no file that can be read"):
        read("a.zip", zipped(("a.png", b"\x89PNG"), (".hidden", b"x"), ("folder/", b"")))


def test_a_broken_file_costs_one_line():
    found = read("a.zip", zipped(("bad.html", b"<html></html>"), ("good.md", NOTE)))
    assert [(part.part, isinstance(part, Unread)) for part in found] == [("bad.html", True), ("good.md", False)]


def test_documents_that_are_archives_are_left_to_their_own_formats():
    assert choose("a.zip", zipped(("mimetype", b"application/epub+zip"))).key == "zip"  # by its suffix alone
    assert choose("unknown", zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"\0"))).key == "docx"


def test_a_damaged_list_of_files_is_no_more_than_that():
    data = zipped(("note.md", NOTE))
    place = data.index(b"PK\1\2")
    newer, nameless = bytearray(data), bytearray(data)
    newer[place + 6] = 0xFF  # the version that is needed to unpack it
    nameless[place + 28] = 0
    for broken in (newer, nameless):
        with pytest.raises(ImportFailed, match="damaged"):
            read("a.zip", bytes(broken))


def test_a_damaged_file_in_an_archive_costs_one_line():
    whole = zipped(("a.md", NOTE), ("b.md", NOTE), ("c.md", NOTE))
    unnamed, changed = bytearray(whole), bytearray(whole)
    unnamed[30] = 0x80
    changed[whole.index(b"b.md") + 10] ^= 0xFF
    assert [isinstance(part, Unread) for part in read("a.zip", bytes(unnamed))] == [True, False, False]
    assert [isinstance(part, Unread) for part in read("a.zip", bytes(changed))] == [False, True, False]


def test_sizes_that_lie_do_not_fill_the_memory():
    data = bytearray(zipped(*((f"{number}.txt", b"0" * 90_000_000) for number in range(4))))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place : at + place + 4] = (1000).to_bytes(4, "little")
    assert all(isinstance(part, Unread) for part in read("a.zip", bytes(data)))
