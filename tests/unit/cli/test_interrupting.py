"""Commands that are interrupted: what they say of what is there by then is true."""

from __future__ import annotations

import os

import pytest

WHOLE = "Stopped. Nothing was written, and what was there before is as it was."


@pytest.mark.parametrize("words", [("export", "--format", "csv"), ("export", "--format", "brat"), ("pack",)])
def test_what_does_all_or_nothing_says_so(run, article, tmp_path, monkeypatch, words):
    asked = os.open

    def interrupted(path, *given, **also):
        """Let Ctrl-C come when the first file is opened to be written."""
        if str(path).endswith(".part"):
            raise KeyboardInterrupt
        return asked(path, *given, **also)

    target = tmp_path / "new" / "out"
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", interrupted)
        said = run(words[0], str(target), *words[1:])
    assert (said.code, said.out, said.err.strip()) == (130, "", WHOLE)
    assert not target.exists()
    assert run(words[0], str(target), *words[1:]).code == 0
