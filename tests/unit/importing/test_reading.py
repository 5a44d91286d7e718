"""Reading processes: in order, with limits, and a bad file costs itself alone."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.gauging import gauge
from app.drafts import Draft
from app.errors import ImportFailed
from app.importers import _worker
from app.importers._drafts import draft_from_json, draft_to_json
from app.importers._worker import read_frame
from app.importing import reader
from app.importing.reader import Job
from app.importing.reading import Readers
from app.model import LeftOut, Metadata, Origin, Precision, Published
from app.text.body import Body, Piece, Run

ROOT = Path(__file__).resolve().parents[3]
PICTURES = ROOT / "tests" / "data" / "imports"
TEXT = "A tide table\n\nThe water rises twice a day, and nobody in the harbour ever looks up from the nets.\n"

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(
    st.lists(texts, min_size=1, max_size=4),
    texts,
    st.dictionaries(texts, st.one_of(texts, st.lists(texts, max_size=3).map(tuple)), max_size=3),
    st.lists(texts, max_size=3),
)
def test_a_draft_survives_the_way_through_json(lines, title, details, themes):
    runs = (Run(0, 1, "link", {"address": "https://example.org"}),) if lines[0] else ()
    draft = Draft(
        Body.of([Piece(lines[0], "item", {"depth": 1, "ordered": False}, runs), *lines[1:]]),
        Metadata(title=title, published=Published.parse("2025-03"), origins={"title": Origin.DERIVED}),
        (LeftOut("share", title, 1, "paragraph", {}, (Run(0, 1, "strong"),)),),
        details,
        {"Tone": title},
        tuple(themes),
        title,
    )
    assert draft_from_json(draft_to_json(draft), draft.pictures) == draft
    assert draft.metadata.published is not None
    assert draft.metadata.published.precision is Precision.MONTH


def write(folder: Path, count: int) -> list[Job]:
    jobs = []
    for number in range(count):
        path = folder / f"{number}.txt"
        path.write_text(f"{TEXT}\nThis is the file with the number {number}, and it ends here.\n", encoding="utf-8")
        jobs.append(Job(path, str(path)))
    return jobs


def endless(folder: Path) -> Job:
    """Return a job that takes a process all the time it may have."""
    path = folder / "endless.txt"
    path.write_text("a" * 60 + "b\n")
    return Job(path, str(path), options={"pattern": "(a+)+$"})


def test_the_texts_of_many_files_are_gauged_where_they_are_read(tmp_path):
    with Readers(2) as readers:
        drafts = [result.drafts[0] for result in readers.read(write(tmp_path, 20))]
    assert len(drafts) == 20
    assert all(draft.gauge == gauge(draft.body.text) for draft in drafts)


def test_a_process_may_begin_before_there_is_a_file_and_ends_when_none_comes(tmp_path):
    jobs = write(tmp_path, 2)
    with Readers(1) as readers:
        readers.begin()
        readers.begin()
        assert [result.job for result in readers.read(jobs)] == jobs
    with Readers(1) as readers:
        readers.begin()


def test_nobody_waits_until_slow_jobs_are_drawn(tmp_path):
    drawn = []

    def slowly():
        for job in write(tmp_path, 12):
            time.sleep(0.01)
            drawn.append(job)
            yield job

    with Readers(2) as readers:
        steps = readers.read(slowly(), patience=0.02)
        assert next(steps) is None
        assert len(drawn) < 12
        found = [result.job for result in steps if result is not None]
    assert found == drawn
    assert len(found) == 12


def test_nobody_waits_for_jobs_that_are_not_ready(tmp_path):
    jobs = write(tmp_path, 2)

    def slowly():
        for job in (None, jobs[0], None, None, jobs[1], None):
            time.sleep(0.01)
            yield job

    with Readers(1) as readers:
        found = list(readers.read(slowly(), patience=0.005))
    assert [result.job for result in found if result is not None] == jobs
    assert found[0] is None
    with Readers(1) as readers:
        assert [result.job for result in readers.read(slowly())] == jobs


def test_the_articles_of_a_file_come_one_by_one_and_their_pictures_as_they_are(tmp_path, monkeypatch):
    """What is sent at once is read while nothing else of the program can go on."""
    frames = []

    def heard(stream):
        frame = read_frame(stream)
        frames.append(frame or b"")
        return frame

    monkeypatch.setattr(reader, "read_frame", heard)
    path, picture = tmp_path / "pages.zip", (PICTURES / "wall.png").read_bytes()
    page = f'<title>{{0}}</title><h1>{{0}}</h1><p>{TEXT * 20}</p><img src="wall.png" alt="A wall">'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("wall.png", picture)
        for number in range(20):
            archive.writestr(f"{number}.html", page.format(f"Page {number}"))
    with Readers(1) as readers:
        (result,) = readers.read([Job(path, str(path))])
    assert len(result.drafts) == 20
    assert {data for draft in result.drafts for data in draft.pictures.values()} == {picture}
    assert max(map(len, frames)) < 3 * len(result.drafts[0].body.text) + len(picture)
    assert sum(picture in frame for frame in frames) == 20


def test_a_process_reads_on_while_nobody_asks_for_what_it_has_read(tmp_path, monkeypatch):
    """What came is stored meanwhile, and no core is idle until that is done."""
    heard = []

    def hear(stream):
        frame = read_frame(stream)
        heard.append(frame)
        return frame

    monkeypatch.setattr(reader, "read_frame", hear)
    jobs = write(tmp_path, 40)
    with Readers(1) as readers:
        results = readers.read(jobs)
        found = [next(results)]
        deadline = time.monotonic() + 20
        while len(heard) < 12 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(heard) >= 12
        found += results
    assert [result.job for result in found] == jobs


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_handed_over_to_a_process_that_dies_is_read_by_another(tmp_path, processes):
    jobs = write(tmp_path, 60)
    with Readers(processes, seconds=1) as readers:
        results = list(readers.read([*jobs[:20], endless(tmp_path), *jobs[20:]]))
    assert [result.error is None for result in results] == [True] * 20 + [False] + [True] * 40


def test_the_articles_of_one_file_are_not_taken_for_those_of_the_next(tmp_path):
    (good,) = write(tmp_path, 1)
    table = tmp_path / "many.csv"
    table.write_text("title,text\n" + "".join(f"A {number},It is the text {number}.\n" for number in range(300)))
    with Readers(1) as readers:
        many, one = readers.read([Job(table, str(table)), good])
    assert [len(many.drafts), len(one.drafts)] == [300, 1]


def test_results_come_in_the_order_of_the_jobs(tmp_path):
    jobs = write(tmp_path, 40)
    jobs[7] = Job(tmp_path / "none.txt", "none.txt")
    with Readers(2) as readers:
        results = list(readers.read(iter(jobs)))
    assert [result.job for result in results] == jobs
    assert results[7].error is not None
    assert all(result.error is None for result in results[:7] + results[8:])
    assert all(f"number {n}," in results[n].drafts[0].body.text for n in range(40) if n != 7)


def test_nothing_is_started_for_nothing():
    with Readers(2) as readers:
        assert list(readers.read([])) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 20),
        ("nothing.xyz", b"\x00\x01\x02\xff" * 100),
        ("deep.html", b"<div>" * 20_000 + b"</div>" * 20_000),
    ],
)
def test_a_bad_file_costs_one_sentence(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    (good,) = write(tmp_path, 1)
    with Readers(1) as readers:
        bad, fine = readers.read([Job(tmp_path / name, name), good])
    assert bad.error is not None
    assert "\n" not in str(bad.error)
    assert fine.error is None


def test_a_file_that_takes_too_long_is_given_up_and_the_others_are_read(tmp_path):
    slow = tmp_path / "slow.txt"
    slow.write_text("a word, and another. " * 1_500_000, encoding="utf-8")
    jobs = [*write(tmp_path, 3), Job(slow, str(slow)), *write(tmp_path, 5)[3:]]
    with Readers(1, seconds=3) as readers:
        results = list(readers.read(jobs))
    assert [result.error is None for result in results] == [True, True, True, False, True, True]
    assert "slow.txt" in str(results[3].error)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system does not count how long a process works")
def test_a_file_is_read_though_its_process_was_halted_for_longer_than_it_may_work(tmp_path):
    first, second = write(tmp_path, 2)
    with Readers(1, seconds=1) as readers:
        assert [result.error for result in readers.read([first])] == [None]
        process = readers._readers[0]._process.pid
        os.kill(process, signal.SIGSTOP)
        waking = threading.Timer(2.0, os.kill, (process, signal.SIGCONT))
        waking.start()
        assert [result.error for result in readers.read([second])] == [None]
        waking.join()
        assert readers._readers[0]._process.pid == process


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process cannot be halted")
def test_a_process_that_only_waits_is_given_up_too(tmp_path):
    first, second, third = write(tmp_path, 3)
    with Readers(1, seconds=0.5) as readers:
        assert [result.error for result in readers.read([first])] == [None]
        os.kill(readers._readers[0]._process.pid, signal.SIGSTOP)
        halted, fine = readers.read([second, third])
    assert halted.error is not None
    assert "took longer" in str(halted.error)
    assert fine.error is None


def test_a_pattern_that_takes_too_long_is_blamed_and_not_the_file(tmp_path):
    with Readers(1, seconds=1) as readers:
        (result,) = readers.read([endless(tmp_path)])
    assert str(result.error) == "Splitting by “(a+)+$” took too long. Write a simpler pattern."


def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path):
    large = tmp_path / "large.html"
    large.write_bytes(b"<p>word " * 9_000_000)
    (good,) = write(tmp_path, 1)
    with Readers(1, memory=400 << 20) as readers:
        bad, fine = readers.read([Job(large, str(large)), good])
    assert bad.error is not None
    assert fine.error is None


def test_a_process_reads_with_the_importers_beside_it():
    """Another copy of the program may be installed: what is read is read by this one."""
    assert Path(reader._command()[-1]).samefile(ROOT)


def test_processes_end_with_their_parent(tmp_path):
    program = (
        "import sys, time; from pathlib import Path\n"
        "from app.importing.reader import Job; from app.importing.reading import Readers\n"
        "readers = Readers(1).__enter__(); next(readers.read([Job(Path(sys.argv[1]), 'a.txt')]))\n"
        "print(readers._readers[0]._process.pid, flush=True); time.sleep(60)"
    )
    (job,) = write(tmp_path, 1)
    command = [sys.executable, "-c", program, str(job.path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(child, 0)
        parent.kill()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _alive(child):
        time.sleep(0.05)
    assert not _alive(child)


def _alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_container_may_take_as_long_as_its_parts_together(tmp_path):
    page = "<title>{0}</title><h1>{0}</h1>" + f"<p>{TEXT * 6}</p>" * 8
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(400):
            archive.writestr(f"{number}.html", page.format(f"Page {number}"))
    with Readers(1, seconds=1.0) as readers:
        started = time.monotonic()
        (result,) = readers.read([Job(path, str(path))])
    assert result is not None
    assert result.error is None
    assert len(result.drafts) == 400
    assert time.monotonic() - started > 1.0, "the test is too small to say something"


@pytest.mark.skipif(os.name != "posix", reason="elsewhere who copies a file brings it to the disk")
def test_a_file_that_cannot_be_brought_to_the_disk_is_not_read(tmp_path, monkeypatch):
    """What reads a file settles it first; that its disk fails is a sentence like any other."""
    path = tmp_path / "article.txt"
    path.write_text("The harbour was closed for three days. Nobody knew why.", encoding="utf-8")
    with Readers(1) as readers:
        (result,) = readers.read([Job(path, path.name, settled=True)])
    assert result.error is None

    def failing(_handle):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("app.importers._worker.os.fsync", failing)
    with pytest.raises(ImportFailed, match="could not be kept"):
        _worker._settle(path)


@pytest.fixture
def untimed():
    """Let no time be counted any more in this process."""
    yield
    _worker._give_time(0.0)


@pytest.mark.usefixtures("untimed")
def test_nothing_of_a_file_comes_back_before_it_is_on_the_disk(tmp_path, monkeypatch):
    path = tmp_path / "two.jsonl"
    path.write_text(f"{json.dumps({'title': 'One', 'text': TEXT})}\n{json.dumps({'title': 'Two', 'text': TEXT})}\n")
    job = {
        "number": 1, "path": str(path), "name": path.name, "format": None, "options": {}, "folder": None, "given": None,
        "glimpse": 0, "tables": {}, "seconds": 600.0, "gauged": False, "settled": True,
    }  # fmt: skip
    sent = io.BytesIO()
    answer, healthy = _worker._answer(job, sent)
    assert (healthy, answer["total"], b"One" in sent.getvalue()) == (True, 2, True)

    def failing(_handle):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("app.importers._worker.os.fsync", failing)
    sent = io.BytesIO()
    answer, healthy = _worker._answer(job, sent)
    assert (healthy, "draft" in answer, sent.getvalue()) == (True, False, b"")
    assert "could not be kept" in answer["error"][0]
