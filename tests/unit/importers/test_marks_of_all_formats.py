"""What every importer of other programs' marks promises, on each of the example files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ImportFailed
from app.importers._base import File, importers
from app.importers._drafts import draft_from_json, draft_to_json
from app.importers._parts import choose
from app.options import chosen
from tests.marks import EXAMPLES, chosen_for, drafts, example, holds, parts

FILES = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix != ".md" or path.name != "README.md")
OF_EACH = {chosen_for(name).key: name for name in FILES}
KEYS = sorted(OF_EACH)


@pytest.mark.parametrize("name", FILES)
def test_marks_stand_on_their_words(name):
    found = parts(name)
    assert found
    assert all(holds(draft) for draft in drafts(name))


@pytest.mark.parametrize("name", FILES)
def test_a_draft_survives_the_way_out_of_its_process(name):
    for draft in drafts(name):
        assert draft_from_json(draft_to_json(draft), draft.pictures) == draft


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_is_shows_in_its_bytes(name):
    key = chosen_for(name).key
    if not importers()[key].general:
        assert choose("file.txt", example(name)).key == key
        assert choose("file", example(name)).key == key


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes_or_refused(name):
    data, key = example(name), chosen_for(name).key
    importer = importers()[key]
    for cut in {0, 1, 2, 3, 40, *(len(data) * part // 16 for part in range(1, 16)), len(data) - 1}:
        _refused_or_sound(key, File(data[:cut], name, chosen(importer.name, importer.options, {})))


@pytest.mark.parametrize("key", KEYS)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(key, data):
    importer = importers()[key]
    _refused_or_sound(key, File(data, "noise", chosen(importer.name, importer.options, {})))


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_damaged_bytes_are_read_or_refused(key, data):
    importer, whole = importers()[key], bytearray(example(OF_EACH[key]))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    _refused_or_sound(key, File(bytes(whole), "damaged", chosen(importer.name, importer.options, {})))


def _refused_or_sound(key: str, file: File) -> None:
    try:
        found = importers()[key].read(file)
    except ImportFailed:
        return
    assert all(holds(one) for one in found if hasattr(one, "marks"))


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("markdown", b"==b " * 200_000),
        ("markdown", b"<mark>" * 200_000),
        ("markdown", b"%% begin annotations %%\n" * 100_000),
        ("kindle", b"T\n- 1" + b"1" * 2_000_000),
        ("kindle", b"()" * 500_000 + b"x\n- Your Highlight on page 1\n\nwords\n==========\n"),
        ("koreader-sidecar", b"return {" + b'["a"] = {' * 50_000),
        ("koreader-sidecar", b"return {" + b"-- \n" * 200_000),
        ("omnivore", b"PK\x03\x04" * 100_000),
        ("codebook", b"tag,description\n" + b'"' * 500_000),
        ("bookmarks", b"<!DOCTYPE NETSCAPE-Bookmark-file-1>" + b"<DL><H3>" * 100_000),
        ("zotero-note", b'<p data-annotation="%7B">' * 100_000),
        ("hypothesis", b'{"client_version":1,"annotations":' + b"[" * 200_000),
    ],
)
def test_nothing_takes_for_ever(key, data):
    _refused_or_sound(key, File(data, "x", chosen(key, importers()[key].options, {})))
