#!/usr/bin/env python3
"""The one door for developers. It runs under a bare Python 3.11 or newer and sets up everything else by itself.

python3 packaging/dev.py run            the program; where no window can be opened, the main job in the terminal
python3 packaging/dev.py test           all checks and all tests
python3 packaging/dev.py test -k body   pytest alone, with these arguments
python3 packaging/dev.py shots DIR      draws every scene of the window in every look; --only SCENE, --look LOOK
python3 packaging/dev.py bench [NAME]   measurements; without a name, says which there are
python3 packaging/dev.py lock           asks for the newest versions and writes them into requirements.lock
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (who calls us may be any Python)
    sys.exit("dev.py: Commonplace needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import os
import re
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).resolve().parent.parent))

import debian_packages
from environment import Environment, SetupError

from ui.display import Trouble, trouble

ROOT: Final = Path(__file__).resolve().parent.parent

CHECKS: Final[Mapping[str, Sequence[str]]] = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "import sys; from importlinter.cli import lint_imports_command as c; c()", "--no-logo"),
}
# pytest's last line, e.g. "==== 3 failed, 120 passed in 40.21s ===="
SUMMARY: Final = re.compile(r"(?:no tests ran|\d+ (?:passed|failed|error|errors|skipped|deselected|xfailed)\b.*) in \d")
COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")


def surroundings() -> Mapping[str, str]:
    """Return what a child of ours sees: the environment's own Python, and nobody's modules but the checkout's."""
    astray = {"PYTHONHOME", "PYTHONPATH", "PYTHONWARNINGS", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in astray}


def call(python: Path, *arguments: str) -> int:
    """Run the environment's Python at the root of the checkout and return its exit code."""
    sys.stdout.flush()
    return subprocess.run([str(python), *arguments], cwd=ROOT, env=surroundings(), check=False).returncode


# ---------------------------------------------------------------------------------------------------- run


def hindrance(environment: Environment) -> Trouble | None:
    """Say what keeps the window from opening here, once everything was installed that we may install."""
    found = trouble(os.environ, sys.platform)
    if found and found.packages and debian_packages.may_install() and environment.install_from_debian(found.packages):
        found = trouble(os.environ, sys.platform)
    return found


def run(environment: Environment, arguments: Sequence[str]) -> int:
    """Open the window; where none can be opened, do the main job in the terminal and draw the window into a picture."""
    if "--picture" in arguments:
        return call(environment.python, "-m", "ui", *arguments)
    if "--into" not in arguments:
        found = hindrance(environment)
        if found is None:
            return call(environment.python, "-m", "ui", *arguments)
        print(f"{found.sentence} {found.hint}")
        print("So here is the main job in the terminal; at its end the window is drawn into a picture.\n")
    return call(environment.python, str(ROOT / "packaging" / "main_job.py"), *arguments)


# ---------------------------------------------------------------------------------------------------- test


def test(environment: Environment, arguments: Sequence[str]) -> int:
    """Run all checks and pytest; with arguments, pytest alone. The last line is pytest's summary."""
    results: list[tuple[str, bool, float]] = []
    for name, command in {} if arguments else CHECKS.items():
        print(f"---- {name}", flush=True)
        began = time.monotonic()
        results.append((name, call(environment.python, *command) == 0, time.monotonic() - began))
    if results:
        print("---- pytest", flush=True)
    began = time.monotonic()
    code, summary = pytest(environment.python, arguments)
    results.append(("pytest", code == 0, time.monotonic() - began))
    if len(results) > 1:
        print()
        for name, well, seconds in results:
            print(f"{name:<14} {'ok' if well else 'FAILED':<7} {seconds:6.1f} s")
        print(summary or "pytest came to no summary", flush=True)
    return next((1 for _, well, _ in results if not well), 0) if code in (0, 1) else code


def pytest(python: Path, arguments: Sequence[str]) -> tuple[int, str]:
    """Run pytest, on two processors unless told otherwise; return its exit code and its summary line."""
    told = any(re.match(r"-n|--numprocesses|--pdb|--trace|--dist|--co", argument) for argument in arguments)
    shared = () if told or os.environ.get("PYTEST_ADDOPTS") else ("-n", "2")
    colour = ("--color=yes",) if sys.stdout.isatty() else ()
    command = [str(python), "-m", "pytest", *shared, *colour, *arguments]
    if any(argument in ("--pdb", "--trace", "-s") for argument in arguments):
        return call(python, *command[1:]), ""
    summary = ""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=surroundings(), **pipes) as work:
        assert work.stdout is not None
        for raw in work.stdout:
            sys.stdout.buffer.write(raw)
            sys.stdout.buffer.flush()
            line = raw.decode("utf-8", "replace").rstrip()
            if SUMMARY.search(COLOURS.sub("", line)):
                summary = line
    return work.returncode, summary


# ---------------------------------------------------------------------------------------------------- bench


def bench(environment: Environment, arguments: Sequence[str]) -> int:
    """Run one of the measurements in tests/bench: a file NAME.py with ``main(arguments) -> exit code``."""
    folder = ROOT / "tests" / "bench"
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    if not arguments or arguments[0] not in names:
        asked = f"there is no bench {arguments[0]!r}; " if arguments else ""
        print(f"dev.py: {asked}there are: {', '.join(names) or 'none yet'}", file=sys.stderr)
        return 2 if arguments else 0
    # By path: an installed package may have a top level "tests" of its own.
    program = "import runpy, sys; sys.exit(runpy.run_path(sys.argv[1])['main'](sys.argv[2:]))"
    return call(environment.python, "-c", program, str(folder / f"{arguments[0]}.py"), *arguments[1:])


# ---------------------------------------------------------------------------------------------------- shots


def shots(environment: Environment, arguments: Sequence[str]) -> int:
    """Draw the scenes of the window into a folder."""
    return call(environment.python, str(ROOT / "packaging" / "shots.py"), *arguments)


# ---------------------------------------------------------------------------------------------------- lock


def lock(environment: Environment, _arguments: Sequence[str]) -> int:
    """Install the newest versions that pyproject.toml allows into an environment of their own, and write them down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    asked = [*project["project"]["dependencies"], *(entry for group in groups for entry in group), "pip"]
    with tempfile.TemporaryDirectory() as folder:
        fresh = Environment(Path(folder))
        steps = (
            ("-m", "venv", "--without-pip", str(fresh.folder)),
            ("-m", "pip", "--python", str(fresh.python), "install", "--quiet", "--prefer-binary", *asked),
        )
        for step in steps:
            if code := call(environment.python, *step):
                return code
        freeze = [str(fresh.python), "-m", "pip", "freeze", "--all"]
        frozen = subprocess.run(freeze, env=surroundings(), capture_output=True, text=True, check=True)
    lines = frozen.stdout.splitlines()
    first = "# Exact versions of everything the developer's environment holds. Made by: python3 packaging/dev.py lock"
    text = "\n".join([first, *sorted(lines, key=str.lower)]) + "\n"
    (ROOT / "packaging" / "requirements.lock").write_text(text, encoding="utf-8")
    print(f"dev.py: {len(lines)} versions written; the next call installs them")
    return 0


COMMANDS: Final = {"run": run, "test": test, "shots": shots, "bench": bench, "lock": lock}


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing and do what was asked."""
    if not arguments or arguments[0] not in COMMANDS:
        print((__doc__ or "").strip(), file=sys.stdout if arguments[:1] in (["--help"], ["-h"]) else sys.stderr)
        return 0 if arguments[:1] in (["--help"], ["-h"]) else 2
    try:
        environment = Environment(ROOT)
        environment.ensure()
        return COMMANDS[arguments[0]](environment, arguments[1:])
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("dev.py: stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
