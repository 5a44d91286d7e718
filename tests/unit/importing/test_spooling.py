"""What is too much for memory lies on the disk for as long as somebody needs it, and no longer."""

from __future__ import annotations

import base64
import gc

import pytest

from app.importers._own_library import Chosen
from app.importing.reader import Job
from app.importing.reading import Readers
from app.importing.spooling import Spool
from tests.random_libraries import PICTURE

WORDS = "The wall was built for a sea that stood a foot lower, and nobody looked up from the nets that day. " * 4


def test_what_is_kept_is_there_whether_in_memory_or_on_the_disk(monkeypatch):
    monkeypatch.setattr("app.importing.spooling._IN_MEMORY", 100)
    spool, kept = Spool(), {str(number): bytes([number]) * number * 10 for number in range(12)}
    assert dict(spool) == {}
    for name, data in kept.items():
        spool.put(name, data)
        spool.put(name, b"other")
    assert dict(spool) == kept
    assert spool["3"] == kept["3"]
    assert "12" not in spool
    with pytest.raises(KeyError):
        spool["12"]


def test_it_goes_with_the_last_that_needs_it():
    spool = Spool()
    spool.put("a", b"1")
    spool.put("b", b"2")
    chosen, file = Chosen(spool, ("b",)), spool._file
    del spool
    gc.collect()
    assert dict(chosen) == {"b": b"2"}
    with pytest.raises(KeyError):
        chosen["a"]
    del chosen
    gc.collect()
    assert file.closed


def test_without_room_for_pictures_a_file_is_refused_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("app.importing.spooling._IN_MEMORY", 1)
    page = tmp_path / "page.html"
    written = base64.b64encode(PICTURE + bytes(100)).decode()
    image = f"<h1>Wall</h1><p>{WORDS}</p><img src='data:image/png;base64,{written}' alt='Wall'><p>{WORDS}</p>"
    page.write_text(image)
    with Readers(1) as readers:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
        (refused,) = (one for one in readers.read([Job(page, page.name)]) if one is not None)
        monkeypatch.setattr("tempfile.tempdir", None)
        (read,) = (one for one in readers.read([Job(page, page.name)]) if one is not None)
    assert refused.error is not None
    assert str(refused.error).startswith("The pictures of page.html cannot be kept for the moment (No such file")
    assert [len(one) for one in read.drafts[0].pictures.values()] == [len(PICTURE) + 100]


def test_only_what_is_there_can_be_chosen():
    with pytest.raises(KeyError):
        Chosen({"a": b""}, ("a", "b"))
