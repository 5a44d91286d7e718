"""The developer's environment: ``.venv/`` at the root of the checkout, made, mended and kept up by this file alone.

It runs under a bare Python and uses nothing but the standard library. What is installed stands in requirements.lock.
The environment calls itself ready (``.venv/.ready``) only after every dependency was imported once; until then a mark
(``.venv/.unfinished``) says that a set-up began, and the next one starts from nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import debian_packages

from ui.display import DRAWING, absent, install_command, is_debian

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

EDITION: Final = 1  # raise it when an environment made by an older version of this file must be made anew

_VERSION: Final = "{}.{}".format(*sys.version_info)
_TELL_VERSION: Final = "import sys; print('{}.{}'.format(*sys.version_info))"
_IMPORT_ALL: Final = """
import importlib, importlib.metadata, importlib.util, re, sys
wanted = {re.sub(r"[-_.]+", "-", name).lower() for name in sys.argv[1:]}
modules = {}
for module, owners in importlib.metadata.packages_distributions().items():
    for owner in owners:
        modules.setdefault(re.sub(r"[-_.]+", "-", owner).lower(), set()).add(module)
for name in sorted(wanted):
    if name not in modules and not name.startswith("types-"):
        sys.exit(f"{name} is not installed")
    for module in sorted(modules.get(name, ())):
        if module.isidentifier() and not module.startswith("_") and not module.endswith("__mypyc"):
            if importlib.util.find_spec(module) is not None:  # a wheel may list folders that it does not bring
                importlib.import_module(module)
if "lxml" in wanted:
    importlib.import_module("lxml.html.clean")
if "pyside6-essentials" in wanted:
    importlib.import_module("PySide6.QtWidgets")
"""


class SetupError(Exception):
    """The environment could not be made: one sentence for the developer, with the next thing to do."""


class SystemLacks(SetupError):
    """Something is missing from the system itself, and making the environment anew would not help."""


class Environment:
    """The virtual environment of one checkout."""

    def __init__(self, root: Path) -> None:
        """Name the places; touch nothing."""
        self.root = root
        self.folder = root / ".venv"
        self.lock = root / "packaging" / "requirements.lock"
        self.stamp = self.folder / ".ready"
        self.unfinished = self.folder / ".unfinished"
        self.yardsticks = self.folder / "yardsticks"
        self.log = self.folder / "setup.log"
        self.programs = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.programs / ("python.exe" if os.name == "nt" else "python")

    # ------------------------------------------------------------------------------------------------ is it ready?

    def ensure(self) -> Path:
        """Make the environment ready, if it is not, and return its Python."""
        if not self._is_ready():
            with _alone(self.root / ".venv.lock"):
                if not self._is_ready():  # another set-up may have done it while we waited
                    self._make()
        else:
            self._have_libraries()  # a checkout may be carried to another machine
        return self.python

    def _wanted(self) -> str:
        """Return what the environment must be made from, as one number."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        parts = (
            EDITION,
            self.lock.read_text(encoding="utf-8"),
            json.dumps([project["project"], project["dependency-groups"]], sort_keys=True),
            _VERSION,
            str(self.root),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def _is_ready(self) -> bool:
        """Say whether the stamp fits, nothing that was installed has gone since, and its Python starts."""
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
            fits = stamp["made_from"] == self._wanted() and self._holds().issuperset(stamp["holds"])
        except (OSError, ValueError, KeyError, TypeError, SetupError):
            return False
        return fits and not self.unfinished.exists() and self._starts()

    def _starts(self) -> bool:
        """Say whether the environment's Python runs and is of our version (3.11.2 and 3.11.7 are one)."""
        try:
            asked = subprocess.run(
                [self.python, "-I", "-S", "-c", _TELL_VERSION],
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=60,
                check=False,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return asked.returncode == 0 and asked.stdout.strip() == _VERSION

    def _packages(self) -> Path:
        """Return the folder into which packages are installed."""
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{_VERSION}" / "site-packages"

    # ------------------------------------------------------------------------------------------------ making it

    def _make(self) -> None:
        """Bring what is there up to date; where that fails, or a set-up was interrupted, start from nothing."""
        began = time.monotonic()
        if self._starts() and not self.unfinished.exists():
            _say("bringing .venv up to date ..")
            try:
                self._fill()
            except SystemLacks:
                raise
            except SetupError:
                _say(".venv is beyond mending; making it anew ..")
                self._from_nothing()
        else:
            _say("making .venv (once; this takes a minute or two) ..")
            self._from_nothing()
        _say(f"ready after {time.monotonic() - began:.0f} s")

    def _from_nothing(self) -> None:
        try:
            if self.folder.is_symlink() or self.folder.is_file():
                self.folder.unlink()
            elif self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir()
            self.unfinished.touch()
        except OSError as error:
            raise SetupError(f"{self.folder} cannot be written: {error.strerror}. Free it and call again.") from error
        self._run([sys.executable, "-m", "venv", "--without-pip", str(self.folder)], "an environment cannot be made")
        self._fill()

    def _fill(self) -> None:
        """Install what the lock names, import it once, and set the stamp."""
        self._have_libraries()
        self.stamp.unlink(missing_ok=True)
        self.unfinished.touch()
        self._have_pip()
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "install", "--no-input", "--quiet"]
        yardsticks = _asked(self.root, "yardsticks")
        locked = {name: f"{name}=={version}" for name, version in _locked(self.lock).items()}
        apart = [locked.pop(name) for name in yardsticks]
        # The pip that comes with Python 3.11 loses lxml's extra without a word, so pip itself comes first.
        network = "Look at the network and call again"
        self._run([*pip, locked["pip"]], f"pip could not be brought up to date. {network}")
        _say(f"installing {len(locked)} packages ..")
        self._run([*pip, "--prefer-binary", *locked.values()], f"packages could not be installed. {network}")
        self._remove_all_but({*locked, "commonplace"})
        target = ["--target", str(self.yardsticks), "--upgrade", "--no-deps", "--prefer-binary", *apart]
        self._run([*pip, *target], f"packages could not be installed. {network}")
        itself = ["--no-deps", "--no-build-isolation", "-e", str(self.root)]
        self._run([*pip, *itself], "the checkout could not be installed")
        # Whoosh's sources hold escapes that warn when they are compiled, and in the tests warnings are errors.
        whoosh = str(self._packages() / "whoosh")
        self._run([self.python, "-W", "ignore", "-m", "compileall", "-q", whoosh], "Whoosh could not be compiled")
        self._run(
            [self.python, "-W", "ignore", "-c", _IMPORT_ALL, *(set(_asked(self.root, "", "dev")) & set(locked))],
            "a package cannot be imported",
        )
        made = self.stamp.with_suffix(".new")
        made.write_text(json.dumps({"made_from": self._wanted(), "holds": sorted(self._holds())}), encoding="utf-8")
        made.replace(self.stamp)
        self.unfinished.unlink()

    def _holds(self) -> set[str]:
        """Return the names of what is installed."""
        entries = [*self._packages().iterdir(), *self.yardsticks.iterdir()]
        return {entry.name for entry in entries if not entry.name.startswith("__")}

    def _remove_all_but(self, names: set[str]) -> None:
        """Take away what an older lock named and this one does not."""
        there = {_plain(entry.name.rsplit("-", 2)[0]) for entry in self._packages().glob("*-*.dist-info")}
        if over := sorted(there - names):
            self._run([self.python, "-m", "pip", "uninstall", "-y", *over], "old packages could not be removed")

    def _have_pip(self) -> None:
        """Bring pip into the environment, whatever this machine has to offer for that."""
        into = ["--disable-pip-version-check", "--python", str(self.python), "install", "--no-input", "pip"]
        ways = (
            ([self.python, "-m", "pip", "--version"],),
            ([self.python, "-m", "ensurepip", "--upgrade", "--default-pip"],),
            ([sys.executable, "-m", "pip", *into],),
        )
        if any(self._try(*way) for way in ways):
            return
        if debian_packages.may_install():
            _say("this Python has no pip; installing Debian's python3-venv ..")
            if debian_packages.install(["python3-venv"], self.log) and any(self._try(*way) for way in ways):
                return
        hint = "sudo apt-get install python3-venv" if is_debian() else f"{sys.executable} -m ensurepip --user"
        raise SystemLacks(f"This Python has no pip, and none could be had. Type `{hint}` and call again.")

    def _have_libraries(self) -> None:
        """Have the system's libraries with which Qt draws; where that is not for us to do, say what to type."""
        if not sys.platform.startswith("linux") or not (lacking := absent(DRAWING)):
            return
        if debian_packages.may_install():
            self.install_from_debian(DRAWING.values())
            lacking = absent(DRAWING)
        if lacking:
            hint = f"Type `{install_command(DRAWING.values())}`" if is_debian() else "Install them"
            raise SystemLacks(
                f"Qt draws with libraries that are missing here: {', '.join(lacking)}. {hint} and call again."
            )

    def install_from_debian(self, packages: Iterable[str]) -> bool:
        """Install some of Debian's packages that Qt needs, and say so; say whether it went well."""
        names = list(packages)
        _say(f"Qt needs Debian's {', '.join(names)}; installing ..")
        return debian_packages.install(names, self.log)

    # ------------------------------------------------------------------------------------------------ running

    def _try(self, command: Sequence[object]) -> bool:
        """Run a command, its words into the log; say whether it went well."""
        with self.log.open("a", encoding="utf-8") as log:
            log.write("$ " + " ".join(map(str, command)) + "\n")
            log.flush()
            try:
                ended = subprocess.run(
                    [str(part) for part in command],
                    cwd=self.root,
                    env=_quiet_surroundings(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    check=False,
                )
            except OSError as error:
                log.write(f"{error}\n")
                return False
        return ended.returncode == 0

    def _run(self, command: Sequence[object], sentence: str) -> None:
        """Run a command that must go well."""
        if not self._try(command):
            words = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
            last = next((line.strip() for line in reversed(words) if _tells(line)), words[-1] if words else "")
            raise SetupError(f"{sentence} ({last}). All of it is in {self.log.relative_to(self.root)}.")


def _tells(line: str) -> bool:
    """Say whether a line of the log looks like the reason."""
    return line.startswith(("ERROR", "E: ")) or "Error:" in line or "is not installed" in line


def _plain(name: str) -> str:
    """Return a package's name in the one form in which names can be compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked(lock: Path) -> Mapping[str, str]:
    """Return the versions that the lock names, by plain name."""
    lines = (line.split("#")[0].strip() for line in lock.read_text(encoding="utf-8").splitlines())
    return {_plain(name): version for name, version in (line.split("==") for line in lines if line)}


def _asked(root: Path, *groups: str) -> Sequence[str]:
    """Return the names in some groups of dependencies in pyproject.toml; the program's own are the group ""."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    all_of_them = project["dependency-groups"] | {"": project["project"]["dependencies"]}
    return [_plain(re.split(r"[<>=!~;\[ ]", entry)[0]) for group in groups for entry in all_of_them[group]]


def _quiet_surroundings() -> Mapping[str, str]:
    """Return the surroundings without what would lead pip or Python elsewhere."""
    astray = {"PYTHONHOME", "PYTHONPATH", "PYTHONWARNINGS", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    kept = {name: value for name, value in os.environ.items() if name not in astray}
    return kept | {"PIP_USER": "0", "PIP_ROOT_USER_ACTION": "ignore"}


def _say(sentence: str) -> None:
    print(f"dev.py: {sentence}", file=sys.stderr, flush=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other set-up of this checkout is at work. The lock goes with the process that holds it."""
    try:
        file = path.open("a+b")
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}. Free it and call again.") from error
    with file:
        told = False
        while not _taken(file.fileno()):
            if not told:
                _say("another set-up is at work; waiting for it ..")
                told = True
            time.sleep(0.2)
        yield


def _taken(file: int) -> bool:
    """Try to take the lock on an open file; it is given back when the file is closed."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
