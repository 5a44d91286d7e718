"""Commands that are interrupted: what they say of what is there by then is true."""

from __future__ import annotations

import os
import signal

import pytest

WHOLE = "Stopped. Nothing was written, and what was there before is as it was."


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("words", [("export", "--format", "csv"), ("export", "--format", "brat"), ("pack",)])
def test_what_does_all_or_nothing_says_so(run, article, tmp_path, monkeypatch, words, sign):
    asked, before = os.open, signal.getsignal(sign)

    def interrupted(path, *given, **also):
        """Let the signal come when the first file is opened to be written."""
        if str(path).endswith(".part"):
            signal.raise_signal(sign)
        return asked(path, *given, **also)

    target = tmp_path / "new" / "out"
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", interrupted)
        said = run(words[0], str(target), *words[1:])
    assert (said.code, said.out, said.err.strip()) == (130, "", WHOLE)
    assert not target.exists()
    assert [path for path in tmp_path.rglob("*") if path.name.endswith(".part")] == []
    assert signal.getsignal(sign) is before
    assert run(words[0], str(target), *words[1:]).code == 0
