from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ExportFailed, InvalidInput
from app.exporters._base import GROUPS, Export, Exporter, File, exporters
from app.exporting.journey import ExportReport, _run, export
from app.importers._base import File as Source
from app.importers._parts import choose
from app.model import Article, Bundle, BundledArticle, Content, Highlight, Metadata, Theme
from app.options import Option, chosen
from app.progress import Progress
from app.text.body import Body

ROOT = Path(__file__).resolve().parents[3]


def bundle(articles: int = 2) -> Bundle:
    items = []
    for number in range(articles):
        uid = f"{number:032x}"
        marks = (Highlight(number, f"{number + 1000:032x}", uid, 0, 4, "Some"),)
        items.append(
            BundledArticle(Article(number, uid, Metadata(f"T{number}")), Content(Body.of(["Some text."])), marks)
        )
    return Bundle("A set", tuple(items), (Theme(1, "7" * 32, "Night", ("Night",)),))


def run(work) -> tuple[list[Progress], ExportReport]:
    steps = []
    while True:
        try:
            steps.append(next(work))
        except StopIteration as end:
            return steps, end.value


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def made(*files: File, suffix: str = "", merge=None) -> Exporter:
    """Return an exporter that writes these files."""
    return Exporter("x", "X", suffix, lambda _bundle, _options: Export(iter(files), (), len(files)), merge=merge)


@pytest.mark.parametrize("key", sorted(key for key, one in exporters().items() if one.suffix and key != "qdc"))
def test_of_nothing_no_old_file_stays(key, tmp_path):
    target = tmp_path / f"out{exporters()[key].suffix}"
    target.write_text("of the last export")
    _, report = run(export(Bundle("", ()), key, target, {}))
    assert report.written == (target,)
    assert target.read_bytes() != b"of the last export"


@pytest.mark.parametrize("key", sorted(exporters()))
def test_every_format_goes_to_the_disk_twice_the_same(key, tmp_path):
    target = tmp_path / "not" / "there" / f"out{exporters()[key].suffix}"
    steps, report = run(export(bundle(), key, target, {}))
    done = [step.done for step in steps]
    assert done[-1] == steps[-1].total
    assert sorted(set(done)) == list(range(1, done[-1] + 1))
    assert done == sorted(done)
    assert sorted(report.written) == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    before = {path: path.read_bytes() for path in report.written}
    assert all(before.values())
    run(export(bundle(), key, target, {}))
    assert {path: path.read_bytes() for path in before} == before
    assert len(names(tmp_path)) == len(before)


@pytest.mark.parametrize("key", sorted(exporters()))
def test_every_format_is_offered_where_it_belongs_with_options_that_make_sense(key):
    exporter = exporters()[key]
    assert exporter.group in GROUPS
    assert not exporter.good_for or exporter.good_for.endswith(".")
    options = {option.key: option for option in exporter.options}
    for option in exporter.options:
        if option.needs:
            other, value = option.needs
            assert value in options[other].choices
        assert not (option.suggestions or option.names) or not option.choices


@pytest.mark.parametrize("key", sorted(key for key, one in exporters().items() if one.comes_back))
def test_what_comes_back_has_one_who_reads_it(key, tmp_path):
    target = tmp_path / f"out{exporters()[key].suffix}"
    _, report = run(export(bundle(), key, target, {}))
    path = next(path for path in report.written if path.suffix)
    assert choose(path.name, path.read_bytes()).read(Source(path.read_bytes(), path.name))


def test_a_file_that_is_too_large_to_come_back_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("app.exporting.journey.LARGEST", 3 << 20)
    many = replace(bundle(), note="x" * (3 << 20))
    _, report = run(export(many, "jsonld", tmp_path / "out.jsonld", {}))
    said = str(report.left_behind[-1])
    assert said == (
        "The way back: out.jsonld is larger than 3 MB, more than can be imported again. Pack the library instead, or "
        "export parts of it."
    )
    for key in ("text", "json"):
        _, report = run(export(many, key, tmp_path / "out", {}))
        assert report.left_behind == ()


def test_a_format_that_is_none_is_refused_with_those_that_are(tmp_path):
    with pytest.raises(InvalidInput, match=r"pptx.*csv, .*html, .*jsonld, .*markdown"):
        export(bundle(), "pptx", tmp_path / "x", {})


def test_an_option_that_is_none_is_refused_with_those_that_are(tmp_path):
    with pytest.raises(InvalidInput, match=r"colour.*rows, bom"):
        export(bundle(), "csv", tmp_path / "x.csv", {"colour": "yes"})
    with pytest.raises(InvalidInput, match=r"theme, highlight"):
        export(bundle(), "csv", tmp_path / "x.csv", {"rows": "both"})
    with pytest.raises(InvalidInput, match=r"bom is yes or no, not perhaps"):
        export(bundle(), "csv", tmp_path / "x.csv", {"bom": "perhaps"})
    with pytest.raises(InvalidInput, match=r"has none"):
        chosen("X", (), {"a": "b"})
    assert names(tmp_path) == []


def test_options_are_read_as_people_write_them():
    exporter = Exporter("x", "X", "", lambda *_: Export(iter(())), (Option("a", "A", True), Option("b", "B", "text")))
    for yes in ("yes", "TRUE", "1", " on "):
        assert chosen(exporter.name, exporter.options, {"a": yes}) == {"a": True, "b": "text"}
    for no in ("no", "False", "0", "off"):
        assert chosen(exporter.name, exporter.options, {"a": no, "b": "Free"}) == {"a": False, "b": "Free"}


def test_an_export_again_replaces_our_part_and_keeps_the_readers(tmp_path):
    run(export(bundle(), "markdown", tmp_path, {}))
    note = next(path for path in tmp_path.iterdir() if path.name.startswith("T0"))
    note.write_text(note.read_text() + "\nMy own words.\n")
    (tmp_path / "Mine.md").write_text("untouched")
    run(export(bundle(), "markdown", tmp_path, {"texts": "no"}))
    assert note.read_text().endswith("\nMy own words.\n")
    assert (tmp_path / "Mine.md").read_text() == "untouched"


def test_stopping_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "x.csv"
    target.write_text("old")
    work = export(bundle(), "csv", target, {})
    next(work)
    work.close()
    assert target.read_text() == "old"
    assert names(tmp_path) == ["x.csv"]


def test_what_is_said_of_an_option_begins_like_a_sentence():
    helps = [option.help for exporter in exporters().values() for option in exporter.options if option.help]
    assert helps
    assert all(one[0].isupper() and one.endswith(".") for one in helps)


def test_stopping_among_many_files_leaves_no_folder(tmp_path):
    work = export(bundle(100), "markdown", tmp_path / "notes", {})
    for _ in range(90):
        next(work)
    work.close()
    assert list(tmp_path.iterdir()) == []


def test_an_error_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path):
    def broken():
        yield File("", b"half")
        raise RuntimeError("a bug")

    target = tmp_path / "x"
    target.write_text("old")
    exporter = Exporter("x", "X", ".x", lambda *_: Export(broken()))
    with pytest.raises(RuntimeError):
        run(_run(exporter, bundle(), target, {}))
    assert (target.read_text(), names(tmp_path)) == ("old", ["x"])


def test_parts_of_one_file_are_joined(tmp_path):
    files = [File("a/b.txt", b"1"), File("a/b.txt", b"2"), File("c.txt", b"3")]
    steps, report = run(_run(made(*files), bundle(), tmp_path / "out", {}))
    assert [path.read_bytes() for path in report.written] == [b"12", b"3"]
    assert [(step.done, step.total, step.name) for step in steps] == [(1, 3, "b.txt"), (2, 3, "b.txt"), (3, 3, "c.txt")]


def test_what_stands_there_is_merged(tmp_path):
    (tmp_path / "a").write_bytes(b"long old text")
    exporter = made(File("a", b"new"), File("b", b"new"), merge=lambda old, new: new + b"+" + old[:1])
    run(_run(exporter, bundle(), tmp_path, {}))
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"new+l", b"new")


@given(
    st.one_of(
        st.text(max_size=20),
        st.lists(st.sampled_from(["..", ".", "/", "\\", "a", "C:", "\0", "~", "link", ""]), max_size=6).map("/".join),
    ).filter(bool)
)
def test_no_name_leads_out_of_the_folder(tmp_path_factory, name):
    outside = tmp_path_factory.mktemp("outside")
    root = outside / "root"
    root.mkdir()
    (root / "link").symlink_to(outside)
    try:
        run(_run(made(File(name, b"x")), bundle(), root, {}))
    except ExportFailed:
        pass
    assert [path for path in names(outside) if not path.startswith("root/")] == []


def test_a_link_inside_the_folder_is_followed(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "a").symlink_to(tmp_path / "real")
    run(_run(made(File("a", b"new")), bundle(), tmp_path, {}))
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_target_that_is_a_link_stays_one(tmp_path):
    (tmp_path / "x.csv").symlink_to(tmp_path / "real.csv")
    _, report = run(export(bundle(), "csv", tmp_path / "x.csv", {}))
    assert report.written == (tmp_path / "x.csv",)
    assert (tmp_path / "x.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes()


def test_the_rights_of_the_old_file_stay(tmp_path):
    target = tmp_path / "x.csv"
    target.write_text("old")
    target.chmod(0o640)
    run(export(bundle(), "csv", target, {}))
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_folder_in_the_place_of_a_file_is_said(tmp_path):
    with pytest.raises(ExportFailed, match="is a folder"):
        run(export(bundle(), "csv", tmp_path, {}))


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path):
    (tmp_path / "x").write_text("old")
    for target in (tmp_path / "x", tmp_path / "x" / "y"):
        with pytest.raises(ExportFailed, match="file"):
            run(export(bundle(), "markdown", target, {}))
    assert (tmp_path / "x").read_text() == "old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_left_alone(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportFailed):
        run(export(bundle(), "csv", tmp_path / "pipe", {}))
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "a\0b.csv"])
def test_a_name_that_the_disk_refuses_is_said(tmp_path, name):
    with pytest.raises(ExportFailed, match="name"):
        run(export(bundle(), "csv", tmp_path / name, {}))
    assert names(tmp_path) == []


def test_a_disk_that_takes_no_more_leaves_the_old_file(tmp_path):
    """The limit on the size of files stands for a full disk: it fails in the same places."""
    target = tmp_path / "x.csv"
    target.write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(ExportFailed, match=r"x\.csv grew larger than this disk allows"):
            run(export(bundle(300), "csv", target, {}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert (target.read_text(), names(tmp_path)) == ("old", ["x.csv"])


@pytest.mark.parametrize(("articles", "most"), [(3000, 20_000), (3, 1_000)])
def test_a_disk_that_is_full_while_a_workbook_grows_leaves_the_old_file(articles, most, tmp_path, monkeypatch):
    """A workbook is put together in a folder of its own, before anything is written beside its target."""
    (tmp_path / "parts").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "parts"))
    target = tmp_path / "x.xlsx"
    target.write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        with pytest.raises(ExportFailed, match=r"x\.xlsx grew larger than this disk allows"):
            run(export(bundle(articles), "xlsx", target, {}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert (target.read_text(), names(tmp_path)) == ("old", ["x.xlsx"])


def test_a_folder_without_permission_is_said(tmp_path):
    """In a child, which gives up being root where the tests are run by root."""
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "x.csv").write_text("old")
    folder.chmod(0o555)
    program = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from app.errors import ExportFailed
from app.exporting.journey import export
from app.model import Bundle
from app.exporters._base import exporters
exporters()
folder = os.open({str(folder)!r}, os.O_RDONLY)
os.fchdir(folder)
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    for step in export(Bundle("x", ()), "csv", Path("x.csv"), {{}}):
        pass
except ExportFailed as error:
    print(error)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8")
    folder.chmod(0o755)
    assert "There is no permission to write x.csv." in ended.stdout, ended.stderr
    assert ((folder / "x.csv").read_text(), names(folder)) == ("old", ["x.csv"])


def test_a_note_whose_title_was_corrected_is_the_same_note(tmp_path):
    first = bundle(1)
    run(export(first, "markdown", tmp_path / "v", {}))
    (note,) = (tmp_path / "v").glob("T0 *.md")
    note.write_text(note.read_text(encoding="utf-8") + "\nMy own words.\n", encoding="utf-8")
    (item,) = first.articles
    corrected = replace(item.article, metadata=replace(item.article.metadata, title="Another title"))
    run(export(replace(first, articles=(replace(item, article=corrected),)), "markdown", tmp_path / "v", {}))
    assert not note.exists()
    (again,) = (tmp_path / "v").glob("Another title *.md")
    assert "My own words." in again.read_text(encoding="utf-8")
