"""What is too much for memory lies on the disk for as long as somebody needs it, and no longer."""

from __future__ import annotations

import gc

import pytest

from app.importers._own_library import Chosen
from app.spooling import Spool


def test_what_is_kept_is_there_whether_in_memory_or_on_the_disk(monkeypatch):
    monkeypatch.setattr("app.spooling._IN_MEMORY", 100)
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


def test_only_what_is_there_can_be_chosen():
    with pytest.raises(KeyError):
        Chosen({"a": b""}, ("a", "b"))
