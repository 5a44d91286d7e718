"""Garbage is not looked for during short work, and is looked for again afterwards, whatever became of it."""

from __future__ import annotations

import gc

import pytest

from app.garbage import uncollected


def test_no_garbage_is_looked_for_meanwhile_and_again_after_that():
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_work_that_fails_leaves_it_as_it_was():
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()
