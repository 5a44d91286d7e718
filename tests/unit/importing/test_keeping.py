"""Copies made ahead: in order, each error with its own file, and nothing is forgotten when nobody waits any more."""

from __future__ import annotations

import time
from itertools import islice

from app.errors import ImportFailed
from app.importing.keeping import Keeping
from app.importing.originals import Originals


def written(folder, count):
    paths = [folder / f"{number:03}" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(b"%d " % number * (number * 99 % 5_000 + 1))
    return paths


def kept(folder):
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_files_come_in_their_order_and_what_cannot_be_copied_costs_itself_alone(tmp_path):
    paths = written(tmp_path, 100)
    paths[40:40] = [tmp_path / "missing", tmp_path]
    originals, spare = Originals(tmp_path / "originals"), set()
    with Keeping(originals, paths, spare) as keeping:
        came = [one for one in keeping.each() if one is not None]
    assert [path for path, _copy in came] == paths
    errors = [copy.exception() for _path, copy in came]
    assert [type(error) for error in errors[40:42]] == [ImportFailed, ImportFailed]
    assert "folder" in str(errors[41])
    copies = [(path, copy.result()) for path, copy in came if copy.exception() is None]
    assert len(copies) == 100
    assert all(originals.path(digest).read_bytes() == path.read_bytes() for path, digest in copies)
    assert not spare


def test_paths_are_drawn_a_little_ahead_and_never_as_a_whole(tmp_path):
    paths, drawn = written(tmp_path, 100), []

    def each():
        for path in paths:
            drawn.append(path)
            yield path

    with Keeping(Originals(tmp_path / "originals"), each(), set()) as keeping:
        list(islice(filter(None, keeping.each()), 10))
    assert 10 < len(drawn) < 60


def test_what_was_copied_and_not_handed_out_is_named(tmp_path):
    spare = set()
    with Keeping(Originals(tmp_path / "originals"), written(tmp_path, 100), spare) as keeping:
        given = {copy.result() for _path, copy in islice(filter(None, keeping.each()), 10)}
    assert kept(tmp_path / "originals") == given | spare
    assert not given & spare


class Endless(Originals):
    """Originals that are never done with a file."""

    given_up = False

    def put_in_steps(self, source):
        try:
            while True:
                time.sleep(0.001)
                yield
        finally:
            self.given_up = True


def test_a_copy_that_takes_long_is_given_up_between_two_steps(tmp_path):
    originals, spare = Endless(tmp_path / "originals"), set()
    with Keeping(originals, [tmp_path / "large"], spare) as keeping:
        assert next(keeping.each()) is None
    assert originals.given_up
    assert not spare
