"""The environment on machines that lack something: what is installed, and what is left to a person in one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
posix = pytest.mark.skipif(os.name != "posix", reason="apt-get is asked on Debian only")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Return packaging/environment.py, which stands outside the program."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    before = set(sys.modules)
    import environment

    yield environment
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.fixture
def apt(tmp_path, monkeypatch) -> Path:
    """Put a stand-in for Debian's installer first on the path; it writes down what it is asked for."""
    programs = tmp_path / "programs"
    programs.mkdir()
    told = tmp_path / "told"
    (programs / "apt-get").write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> "{told}"\n')
    (programs / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return told


@posix
def test_root_on_debian_gets_the_whole_set_of_libraries(environment, apt, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(environment.debian_packages, "is_debian", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (tmp_path / ".venv").mkdir()
    there = environment.Environment(tmp_path)
    assert there.install_from_debian(["libone0", "libtwo2"]) is True
    update, install = apt.read_text().splitlines()
    assert update.startswith("noninteractive ")
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends libone0 libtwo2")
    assert capsys.readouterr().err.count("\n") == 1
    assert "apt-get" in there.log.read_text()


@posix
@pytest.mark.parametrize("user", [0, 1000])
def test_a_library_that_is_still_missing_is_said_in_one_sentence(environment, apt, tmp_path, monkeypatch, user):
    monkeypatch.setattr(environment, "DRAWING", {"libabsent.so.9": "libabsent9", "libc.so.6": "libc6"})
    monkeypatch.setattr(environment, "is_debian", lambda: True)
    monkeypatch.setattr(environment.debian_packages, "is_debian", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / ".venv").mkdir()
    with pytest.raises(environment.SystemLacks) as told:
        environment.Environment(tmp_path)._have_libraries()
    sentence = str(told.value)
    assert "libabsent.so.9" in sentence
    assert "libc.so.6" not in sentence
    sudo = "" if user == 0 else "sudo "
    assert f"`{sudo}apt-get install --no-install-recommends libabsent9 libc6`" in sentence
    assert apt.exists() == (user == 0)


@posix
def test_an_installer_that_fails_is_no_success(environment, tmp_path, monkeypatch):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "apt-get").write_text("#!/bin/sh\nexit 100\n")
    (programs / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    assert environment.debian_packages.install(["libone0"], tmp_path / "log") is False


def test_where_nothing_is_missing_nothing_is_installed(environment, apt, tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "DRAWING", {})
    environment.Environment(tmp_path)._have_libraries()
    assert not apt.exists()
