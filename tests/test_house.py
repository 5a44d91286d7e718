"""The walls of the house, read from its sources: who may import whom, and how the code is kept."""

from __future__ import annotations

import ast
import gc
import importlib
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copytree, ignore_patterns

import click
import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 450
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
SCREEN = {"ui", "PySide6", "shiboken6", "PySide2", "PyQt5", "PyQt6"}
HEAVY = {"trafilatura", "pypdfium2", "pypdf", "mammoth", "docx", "xlsxwriter", "warcio", "striprtf", "typst"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# ---------------------------------------- reading the sources


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """Keep the collector from going through a million nodes again and again, and let go of them at the end."""
    gc.disable()
    yield
    gc.enable()
    for kept in (modules, nodes, called, imported):
        kept.cache_clear()


@cache
def modules(package: str = "app") -> dict[str, tuple[Path, ast.Module]]:
    """Return every module of app, or of the screen, by its full name."""
    found = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = (path, ast.parse(path.read_text(encoding="utf-8"), str(path)))
    return found


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree))


@cache
def called(tree: ast.AST) -> tuple[tuple[ast.Call, str], ...]:
    """Return every call in a tree with the name that is called, e.g. `print` or `importlib.import_module`."""
    return tuple((node, ast.unparse(node.func)) for node in nodes(tree) if isinstance(node, ast.Call))


@cache
def imported(tree: ast.AST) -> tuple[tuple[str, int], ...]:
    """Return the full name of everything a tree imports, with its line, at the top or on first use."""
    loaded = (
        (str(node.args[0].value), node.lineno)
        for node, name in called(tree)
        if name == "load" and isinstance(node.args[0], ast.Constant)
    )
    return (*stated(tree), *loaded)


def stated(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield what the import statements of a tree name; `from app import model` is app.model."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"a relative import in line {node.lineno}"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                known = whole in modules("app") or whole in modules("ui")
                yield (whole if known else str(node.module)), node.lineno


def inside(name: str, *packages: str) -> bool:
    """Say whether a module is one of the packages, or in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def breaches(members: str, *allowed: str) -> list[str]:
    """Return where modules of `members` import parts of app that are not allowed to them."""
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for module, (path, tree) in modules().items()
        if inside(module, members)
        for name, line in imported(tree)
        if inside(name, "app") and not inside(name, *allowed)
    ]


def where(found: Iterator[tuple[Path, int, str]]) -> str:
    return "\n".join(f"{path.relative_to(ROOT)}:{line} {what}" for path, line, what in found)


def everything() -> dict[str, tuple[Path, ast.Module]]:
    """Return every module of app and of the screen."""
    return modules("app") | modules("ui")


def calls(package: str = "") -> Iterator[tuple[Path, ast.Call, str]]:
    """Yield every call with the name that is called."""
    for path, tree in (modules(package) if package else everything()).values():
        yield from ((path, node, name) for node, name in called(tree))


# ---------------------------------------- who may import whom


def test_app_never_imports_the_screen():
    seen = (
        (path, line, f"imports {name}")
        for path, tree in modules().values()
        for name, line in imported(tree)
        if name.split(".")[0] in SCREEN
    )
    assert not where(seen)


def test_text_imports_nothing_of_ours_but_itself():
    assert not breaches("app.text", "app.text")


def test_text_touches_no_file_and_no_database():
    outside = {"os", "pathlib", "shutil", "tempfile", "subprocess", "socket", "sqlite3", "sqlite_utils", "whoosh"}
    seen = (
        (path, line, f"imports {name}")
        for module, (path, tree) in modules().items()
        if inside(module, "app.text")
        for name, line in imported(tree)
        if name.split(".")[0] in outside
    )
    assert not where(seen)


def test_model_stands_on_text():
    assert not breaches("app.model", "app.text", "app.wording", "app.rounds")
    assert not breaches("app.drafts", "app.text", "app.model", "app.rounds")
    assert not breaches("app.rounds")
    assert not breaches("app.garbage")


@pytest.mark.parametrize("package", ["app.importers", "app.exporters"])
def test_a_format_sees_values_and_never_the_library(package):
    """What formats share stands in modules that begin with an underscore; a format never imports another."""
    own = [module for module in modules() if inside(module, package) and module.split(".")[-1].startswith("_")]
    floor = (
        "app.text",
        "app.cleaning",
        "app.model",
        "app.drafts",
        "app.errors",
        "app.wording",
        "app.places",
        "app.colours",
        "app.citing",
        "app.garbage",
        "app.loading",
        "app.options",
        "app.pictures",
        "app.rounds",
    )
    table = f"_base.py imports {package}"  # the table of formats walks its own package
    wrong = breaches(package, *own, *floor)
    assert [line for line in wrong if re.sub(r":\d+", "", line).split("/")[-1] != table] == []


def test_search_never_imports_the_library():
    seen = (
        (path, line, f"imports {name}")
        for module, (path, tree) in modules().items()
        if inside(module, "app.search")
        for name, line in imported(tree)
        if inside(name, "app.library", "app.workspace", "app.cli", "app.importers", "app.exporters")
    )
    assert not where(seen)


def test_only_the_database_opens_connections_and_transactions():
    seen = (
        (path, node.lineno, f"calls {name}")
        for path, node, name in calls()
        if name in ("sqlite3.connect", "sqlite_utils.Database")
        and path.name not in ("database.py", "backup.py", "_sqlite_file.py")
    )
    assert not where(seen)


def test_there_are_no_circles():
    graph = {
        module: {name for name, _ in imported(tree) if name in modules()} for module, (_, tree) in modules().items()
    }
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, "a circle: " + " -> ".join((*trail[trail.index(module) :], module))
        if module not in done:
            for name in sorted(graph[module]):
                walk(name, (*trail, module))
            done.add(module)

    for module in sorted(graph):
        walk(module, ())


def test_imports_stand_at_the_top():
    """But for the one door that loads on first use: a heavy library, a journey, the window."""
    doors = {"app/loading.py"}
    seen = []
    for path, tree in everything().values():
        functions = [
            node for node in nodes(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        ]
        for function in functions:
            seen += [(path, line, f"imports {name} inside {function.name}") for name, line in stated(function)]
    for path, node, name in calls():
        if (
            name in ("__import__", "import_module", "importlib.import_module")
            and path.relative_to(ROOT).as_posix() not in doors
        ):
            seen.append((path, node.lineno, f"calls {name}"))
    assert not where(seen)


def test_what_is_imported_is_asked_for():
    """Every foreign module that app imports belongs to a package that pyproject.toml names."""
    plain = re.compile(r"[-_.]+")
    asked = {plain.sub("-", re.split(r"[<>=!~;\[ ]", entry)[0]).lower() for entry in PROJECT["project"]["dependencies"]}
    owners = importlib.metadata.packages_distributions()
    seen = []
    for path, tree in everything().values():
        for name, line in imported(tree):
            top = name.split(".")[0]
            held = {plain.sub("-", owner).lower() for owner in owners.get(top, ())}
            if top not in sys.stdlib_module_names and top not in ("app", "ui") and not held & asked:
                seen.append((path, line, f"imports {top}, which pyproject.toml does not name"))
    assert not where(seen)


def test_only_the_lane_and_its_journeys_block():
    """The screen's thread never waits: no answer is waited for, no events are pumped, no file is read by a part."""
    banned = ("processEvents", "result", "sleep", "waitForFinished", "waitForDone", "exec_")
    seen = ((path, node.lineno, f"calls {name}") for path, node, name in calls("ui") if name.split(".")[-1] in banned)
    assert not where(seen)


def test_nothing_from_an_article_becomes_html():
    banned = ("setHtml", "insertHtml", "setMarkdown", "insertMarkdown", "toHtml", "appendHtml")
    seen = ((path, node.lineno, f"calls {name}") for path, node, name in calls("ui") if name.split(".")[-1] in banned)
    assert not where(seen)


def test_only_commands_and_the_bridge_know_the_library():
    allowed = (
        "ui.__main__",
        "ui.commands",
        "ui.bridge",
        "ui.shelf",
        "ui.sheets",
        "ui.refresh",
        "ui.menus",
        "ui.window",
        "ui.frame",
    )
    seen = (
        (path, line, f"imports {name}")
        for module, (path, tree) in modules("ui").items()
        if not inside(module, *allowed)
        for name, line in imported(tree)
        if inside(name, "app.workspace", "app.library", "sqlite3", "sqlite_utils") and name != "app.library.steps"
    )
    assert not where(seen)


# ---------------------------------------- how the code is kept


def test_no_module_is_a_drawer():
    folders = [ROOT / name for name in ("app", "ui", "tests", "packaging")]
    assert not [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.stem in DRAWERS and "__pycache__" not in str(path)
    ]


def test_a_file_can_be_read_in_one_sitting():
    lengths = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8").count("\n") for path, _ in everything().values()
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_only_the_command_line_prints():
    seen = ((path, node.lineno, "prints") for path, node, name in calls() if name == "print")
    assert not where(item for item in seen if not item[0].is_relative_to(ROOT / "app" / "cli"))


def test_nothing_is_executed_from_data():
    banned = {"pickle", "cPickle", "shelve", "marshal", "dill", "cloudpickle"}
    seen = [
        (path, line, f"imports {name}")
        for path, tree in everything().values()
        for name, line in imported(tree)
        if name.split(".")[0] in banned
    ]
    seen += [
        (path, node.lineno, f"calls {name}") for path, node, name in calls() if name in ("eval", "exec", "compile")
    ]
    assert not where(seen)


def test_there_is_no_state_in_modules():
    """At the top of a module stand constants: upper case, and typed Final or Mapping where the value could change."""
    seen = []
    for path, tree in everything().values():
        for node in top_level(tree.body):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                seen += [(path, node.lineno, complaint) for complaint in state(node)]
        seen += [(path, node.lineno, "has a global") for node in nodes(tree) if isinstance(node, ast.Global)]
    assert not where(seen)


def top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a module, those under a top-level `if` or `try` too."""
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody"):
            if isinstance(node, ast.If | ast.Try | ast.With):
                yield from top_level(getattr(node, part, []))


def state(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> Iterator[str]:
    """Yield what is wrong with an assignment at the top of a module."""
    typed = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
    final = re.match(r"(typing\.)?Final\b", typed)
    fixed = final or re.match(
        r"(typing\.)?(Mapping|Sequence|Collection|frozenset|tuple|TypeAlias|re\.Pattern)\b", typed
    )
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        for part in target.elts if isinstance(target, ast.Tuple) else [target]:
            name = ast.unparse(part)
            if isinstance(node, ast.AugAssign) or not isinstance(part, ast.Name):
                yield f"changes {name}"
            elif not final and not re.fullmatch(r"__\w+__|_?[A-Z]\w*", name) and not is_decorator(node.value):
                yield f"{name} is neither a constant (UPPER_CASE, or Final) nor a type"
            elif node.value is not None and is_mutable(node.value) and not fixed and name != "__all__":
                yield f"{name} can be changed: type it Final or Mapping, or make it a tuple or frozenset"


def is_decorator(value: ast.expr | None) -> bool:
    """Say whether an expression makes a decorator, which has the name of a function."""
    return isinstance(value, ast.Call) and "decorator" in ast.unparse(value.func)


def is_mutable(value: ast.expr) -> bool:
    """Say whether an expression makes something that can be changed."""
    if isinstance(value, ast.Call):
        makers = {
            "list",
            "dict",
            "set",
            "defaultdict",
            "deque",
            "bytearray",
            "OrderedDict",
            "Counter",
            "Lock",
            "RLock",
            "Queue",
        }
        return ast.unparse(value.func).split(".")[-1] in makers
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


# ---------------------------------------- what is handed out


def shipped() -> Iterator[tuple[Path, str]]:
    """Yield every text file that leaves the house."""
    folders = [ROOT / name for name in ("app", "ui", "resources", "seeds", "packaging", ".ci")]
    files = [
        path for folder in folders for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]
    files += [path for path in ROOT.iterdir() if path.suffix in (".md", ".toml") or path.name == "LICENSE"]
    for path in files:
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_names_a_place_on_somebodys_machine():
    place = re.compile(r"(?<![\w.>:/}-])/(?:work|root|home|Users|tmp|opt|mnt)/\w|\.\./shared|file://|[A-Z]:\\Users")
    seen = (
        (path, number, line.strip())
        for path, text in shipped()
        for number, line in enumerate(text.splitlines(), 1)
        if place.search(line)
    )
    assert not where(seen)


def test_the_lock_names_versions_and_nothing_else():
    lines = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line)] == []


def test_the_changelog_knows_the_version():
    assert f"## {PROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def python(program: str, *arguments: str) -> str:
    """Run a program in a Python of its own at the root of the checkout and return what it printed."""
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_app_runs_where_there_is_no_screen():
    """Every module of app can be imported where importing PySide6 or ui is refused."""
    program = """
import importlib, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "ui"}:
            raise ImportError(f"{name} is refused")
sys.meta_path.insert(0, Refuse())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""
    python(program, *(name for name in modules() if not name.endswith("__main__")))


def test_the_tables_of_formats_need_no_heavy_library():
    program = """
import sys
from app.exporters._base import exporters
from app.importers._base import importers
importers(), exporters()
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""
    assert HEAVY & set(python(program).split()) == set()


def test_what_reads_a_format_is_loaded_for_its_first_file():
    """The table is read by every reading process, and in the window when an article is shown."""
    program = """
import sys
from app.importers._base import importers
importers()
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""
    assert {"lxml", "email", "plistlib", "platformdirs"} & set(python(program).split()) == set()


def test_the_wheel_carries_everything(tmp_path):
    """Built from a copy, the wheel holds app, resources and seeds, file by file, and nothing else."""
    source = tmp_path / "source"
    copytree(ROOT, source, ignore=ignore_patterns(".*", "__pycache__", "tests", "build", "dist", "*.egg-info"))
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        tmp_path,
        source,
    ]
    ended = subprocess.run(
        build, capture_output=True, text=True, env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    )
    assert ended.returncode == 0, ended.stderr
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    folders = [ROOT / name for name in ("app", "ui", "resources", "seeds")]
    files = {
        path for folder in folders for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == {path.relative_to(ROOT).as_posix() for path in files}


# ---------------------------------------- the manual


def commands() -> set[str]:
    """Return every command of the command line as it is typed, e.g. `theme add`."""
    groups = [
        value for value in vars(importlib.import_module("app.cli.main")).values() if isinstance(value, click.Group)
    ]
    top = max(groups, key=lambda group: len(group.commands))

    def walk(group: click.Group, before: tuple[str, ...]) -> Iterator[str]:
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                yield from walk(command, (*before, name))
            elif not command.hidden:
                yield " ".join((*before, name))

    return set(walk(top, ()))


def test_the_readme_names_every_command_and_no_other():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)`", readme, re.MULTILINE)
    named = {" ".join(re.match(r"[a-z-]+(?: [a-z-]+)*", row)[0].split()) for row in rows}
    assert named == commands()
