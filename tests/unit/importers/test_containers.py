"""One article in whatever browsers and crawlers keep it, and what every container must bear."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import ImportFailed
from app.importers._archives import LARGEST
from app.importers._parts import choose
from app.model import Origin
from tests.unit.importers.boxes import SAMPLES, bears, drafts, is_the_wall, read, sample

HOLDERS = {
    "wall saved/The Sea Wall.html": "html",
    "wall singlefile.html": "html",
    "wall.mhtml": "mhtml",
    "wall.webarchive": "webarchive",
    "crawl.warc.gz": "warc",
    "crawl.wacz": "wacz",
    "pages.zip": "zip",
}
KEPT = {
    "wall.mhtml": "mhtml", "wall.webarchive": "webarchive", "crawl.warc.gz": "warc", "crawl.wacz": "wacz",
    "pages.zip": "zip", "newsletter.eml": "email", "attached.eml": "email", "box.mbox": "mbox", "harbour.rss": "feed",
    "harbour.atom": "feed", "harbour.rdf": "feed", "harbour feed.json": "feed",
}  # fmt: skip


@pytest.mark.parametrize("name", HOLDERS)
def test_the_same_article_comes_out_of_every_container(name):
    found = [part for part in _lenient(name) if part.metadata.title == "The Sea Wall Is Too Low"]
    assert len(found) == 1
    assert is_the_wall(found[0])


def _lenient(name):
    return drafts(name) if name != "pages.zip" else drafts(name, _without_strangers())


def _without_strangers() -> bytes:
    """Return the ZIP without the file of a format that nobody knows."""
    kept = io.BytesIO()
    with zipfile.ZipFile(SAMPLES / "pages.zip") as whole, zipfile.ZipFile(kept, "w") as less:
        for entry in whole.infolist():
            if not entry.filename.endswith(".xyz"):
                less.writestr(entry, whole.read(entry))
    return kept.getvalue()


@pytest.mark.parametrize(("name", "day"), [("wall.mhtml", "2026-11-29"), ("crawl.warc.gz", "2026-11-29")])
def test_the_day_of_keeping_is_when_it_was_accessed(name, day):
    metadata = drafts(name)[0].metadata
    assert metadata.accessed == day
    assert metadata.origins["accessed"] is Origin.STATED


@pytest.mark.parametrize(("name", "key"), KEPT.items())
def test_a_container_is_known_by_its_bytes_under_any_name(name, key):
    data = sample(name)
    assert choose(name, data).key == key
    assert choose("download", data).key == key
    assert choose("page.txt", data).key == key


@pytest.mark.parametrize(("name", "key"), KEPT.items())
def test_a_container_cut_off_anywhere_is_borne(name, key):
    data = sample(name)
    for end in {1, 2, 10, 100, len(data) // 4, len(data) // 2, len(data) * 3 // 4, len(data) - 30, len(data) - 1}:
        bears(key, name, data[:end])


@pytest.mark.parametrize(("name", "key"), KEPT.items())
def test_another_file_under_the_name_is_borne(name, key):
    for other in ("crawl.warc.gz", "newsletter.eml", "wall singlefile.html", "harbour.rss", "pages.zip"):
        bears(key, name, sample(other))
    for data in (
        b" ",
        b"\0" * 300,
        b"Just some words.",
        b"PK\3\4",
        b"\x1f\x8b\x08",
        b"From ",
        b"{",
        b"<rss",
        b"WARC/1.0",
    ):
        bears(key, name, data)


@pytest.mark.parametrize(("name", "key"), KEPT.items())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.binary(max_size=400))
def test_any_bytes_are_borne(name, key, data):
    bears(key, name, data)


@pytest.mark.parametrize(("name", "key"), KEPT.items())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_bytes_inside_it_are_borne(name, key, data):
    whole = sample(name)
    place = data.draw(st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=20))
    bears(key, name, whole[:place] + noise + whole[place + len(noise) :])


def with_recording(data: bytes, name: str) -> bytes:
    """Return an archive with a recording too large to be read, packed as such things are: not very well."""
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, random.Random(7).randbytes(2 << 20) + bytes(LARGEST))
    return target.getvalue()


def test_recordings_beside_a_project_do_not_keep_its_texts_out():
    project = sample("marks/project.qdpx")
    small, large = read("a.qdpx", project), read("a.qdpx", with_recording(project, "sources/talk.wav"))
    assert [one.part for one in large] == [one.part for one in small]


@pytest.mark.parametrize(
    ("name", "member", "hint"),
    [
        ("pages.zip", "talk.txt", "Unpack it"),
        ("marks/omnivore.zip", "content/talk.html", "Make several archives"),
        ("wall-pandoc.docx", "word/media/talk.wav", "without recordings and pictures"),
    ],
)
def test_what_to_do_about_a_large_archive_loses_nothing_of_it(name, member, hint):
    with pytest.raises(ImportFailed, match="more than 200 MB") as refused:
        read(name.rpartition("/")[2], with_recording(sample(name), member))
    assert hint in str(refused.value)
