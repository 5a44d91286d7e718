"""Objects of a PDF under new numbers: what is a reference changes, what is only words does not."""

from __future__ import annotations

import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters._apart import side_by_side
from app.exporters._pdf_objects import Sink, Source, references, renumbered
from app.exporters._pdf_outline import Heading, outlined

WORDS = st.lists(st.sampled_from((b"(", b")", b"\\", b" 1 0 R ", b"/A 2 0 R", b"/StructParent 3", b"x")), max_size=12)


def in_brackets(words: bytes) -> bytes:
    """Return words as typst writes them: brackets stay where each is one of a pair, and are escaped otherwise."""
    depths = [words[:end].count(b"(") - words[:end].count(b")") for end in range(len(words) + 1)]
    words = words.replace(b"\\", b"\\\\")
    if depths[-1] or min(depths) < 0:
        words = words.replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(%b)" % words


@given(words=WORDS.map(b"".join), more=WORDS.map(b"".join))
def test_words_stay_as_they_are(words, more):
    value = b"<</A %b 0 R/T%b/StructParent %b/C%b/B %b 0 R>>"
    said = in_brackets(words), in_brackets(more)
    found = renumbered(value % (b"1", said[0], b"3", said[1], b"2"), {1: 70, 2: 8}, 100)
    assert found == value % (b"70", said[0], b"103", said[1], b"8")
    assert references(found) == {"A": 70, "B": 8}


def test_a_file_that_typst_did_not_write_is_refused(tmp_path):
    written = pypdf.PdfWriter()
    written.add_blank_page(100, 100)
    for number, data in enumerate((b"", b"no file of this kind", written)):
        place = tmp_path / f"{number}.pdf"
        written.write(place) if data is written else place.write_bytes(data)
        with pytest.raises(RuntimeError):
            Source(place)


@given(levels=st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_an_entry_of_the_outline_stands_below_the_last_of_a_lower_level(levels):
    file = io.BytesIO()
    sink = Sink(file)
    pages = sink.reserve()
    page = sink.put(b"<</Type/Page/MediaBox[0 0 9 9]/Parent %d 0 R>>" % pages)
    sink.put(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page, pages)
    place = sink.put(b"[%d 0 R/XYZ 0 0 0]" % page)
    outline = outlined(sink, [Heading(level, b"/Title(%d)" % number, place) for number, level in enumerate(levels)])
    root = sink.put(b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R>>" % (pages, outline))
    sink.end(root, sink.put(b"<<>>"), sink.identity)
    found: dict[int, int | None] = {}

    def walk(entries, above: int | None) -> None:
        last = above
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, last)
            else:
                last = int(entry.title)
                found[last] = above

    walk(pypdf.PdfReader(file, strict=True).outline, None)
    assert list(found) == list(range(len(levels)))
    for number, above in found.items():
        lower = [one for one in range(number) if levels[one] < levels[number]]
        expected = max((one for one in lower if min(levels[one + 1 : number], default=9) > levels[one]), default=None)
        assert above == expected


def test_no_more_jobs_are_begun_than_may_be_at_a_time_and_all_are_ended():
    begun, ended = [], []

    def job(number: int, steps: int):
        begun.append(number)
        try:
            for _ in range(steps):
                yield
        finally:
            ended.append(number)

    most = 0
    work = side_by_side([job(number, 1 + number % 3) for number in range(7)], 2)
    for _ in work:
        most = max(most, len(begun) - len(ended))
    assert most == 2
    assert begun == list(range(7))
    assert sorted(ended) == begun
    work = side_by_side([job(number, 50) for number in (7, 8, 9)], 2)
    next(work)
    next(work)
    work.close()
    assert begun[7:] == ended[7:] == [7, 8]
