"""Whatever bytes a file holds, and whatever it is called: articles come of it, or one sentence, and soon."""

from __future__ import annotations

import io
import json
import os
import random
import sys
import zipfile
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from app.importers._base import Importer, importers
from app.importers._parts import choose
from app.importing.reader import Job
from app.importing.reading import Readers
from app.workspace import Workspace
from tests.hostile import LARGE, SAMPLES, SECONDS, Files, packed_again
from tests.libraries import imported

# Each file has a limit of its own, and a test reads hundreds of them, on a machine that may be busy.
pytestmark = pytest.mark.timeout(400)

OTHER = frozenset((".py", ".png", ".jpg", ".css"))
OFTEN_HERE = 0.2
MADE = {
    "articles.csv": b"title,text,date\nThe wall,The wall was built after the flood.,2024-03-01\nTwo,Another story.,\n",
    "articles.jsonl": b'{"title": "The wall", "text": "The wall was built.", "author": {"name": "A"}, "tags": ["x"]}\n',
    "passage.clip": b'{"kind": "commonplace clip", "passage": "The wall was built.", "themes": ["sea"], "note": "n"}',
    "letter.text": b"The wall\n\nThe wall was built after the flood, and nobody was asked.\n",
    "annotations.jsonld": json.dumps({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "items": [{
            "type": "Annotation",
            "body": [{"value": "sea", "purpose": "tagging"}, {"value": "Why?"}],
            "target": {
                "source": "https://harbour.example/wall",
                "selector": {"type": "TextQuoteSelector", "exact": "the wall"},
            },
        }],
    }).encode(),
}  # fmt: skip


def samples() -> dict[str, Files]:
    """Return the small files of the tests and ours, by the key of the importer that takes them."""
    found: dict[str, Files] = {key: [] for key in importers()}
    kept = {path.name: path.read_bytes() for path in sorted(SAMPLES.rglob("*")) if path.is_file()}
    for name, data in (kept | MADE).items():
        if Path(name).suffix not in OTHER and name != "README.md" and len(data) < LARGE:
            found[choose(name, data).key].append((name, data))
    return found


FILES = samples()
SUFFIXES = sorted({suffix for importer in importers().values() for suffix in importer.suffixes})


def chance(name: str) -> random.Random:
    """Return what mutates files: the same each time on a server, another each time at a desk."""
    profile = hypothesis.settings.default
    assert profile is not None
    seed = 0 if profile.derandomize else random.SystemRandom().randrange(1 << 32)
    return random.Random(f"{name} {seed}")


def often(times: int) -> int:
    """Return how many of something to try: more of it in the long profile."""
    profile = hypothesis.settings.default
    assert profile is not None
    return times * profile.max_examples // 100


def mutated(data: bytes, random_: random.Random) -> bytes:
    """Return a copy in which bytes were flipped, cut out, doubled, put in and replaced."""
    copy = bytearray(data)
    for _ in range(random_.choice((1, 1, 2, 3, 8, 30))):
        at = random_.randrange(len(copy) + 1)
        run = random_.choice((1, 1, 2, 4, 16, 64, 500))
        kind = random_.randrange(6)
        if kind == 0 and at < len(copy):
            copy[at] ^= 1 << random_.randrange(8)
        elif kind == 1:
            del copy[at : at + run]
        elif kind == 2:
            copy[at:at] = copy[at : at + run] * random_.choice((1, 2, 20))
        elif kind == 3:
            copy[at:at] = random_.randbytes(run)
        elif kind == 4:
            copy[at : at + run] = random_.randbytes(run)
        else:
            copy[at : at + 1] = random_.choice((b"", b"\0", b"{", b"]", b"<", b'"', b"\\", b"9", b",", b"\n", b"&"))
    return bytes(copy)


def mutated_inside(data: bytes, random_: random.Random) -> bytes:
    """Return an archive of which one file was mutated, or JSON of which one value is another; else a mutated copy."""
    if data.startswith(b"PK"):
        names = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if not name.endswith("/")]
        chosen = random_.choice(names)
        return packed_again(data, lambda name, part: mutated(part, random_) if name == chosen else part)
    try:
        return json.dumps(mistaken(json.loads(data), random_)).encode()
    except ValueError:
        return mutated(data, random_)


def mistaken(value: Any, random_: random.Random) -> Any:
    """Return a value in which one thing, somewhere, is of another kind than it should be."""
    inner = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    if not inner or random_.random() < OFTEN_HERE:
        return random_.choice((None, True, 5, -1, 1e308, 10**30, "", "x", [], [1], [None], {}, {"a": 1}, "\ud800"))
    place = random_.choice(inner)
    value[place] = mistaken(value[place], random_)
    return value


def test_there_is_a_file_of_every_format():
    assert [key for key, files in FILES.items() if not files] == []


@pytest.mark.parametrize("importer", importers().values(), ids=lambda one: one.key)
def test_damaged_files_of_a_format(importer: Importer, read):
    random_ = chance(importer.key)
    given: Files = []
    each = often(max(2, 16 // len(FILES[importer.key])))
    for name, data in FILES[importer.key]:
        given += [(name, data[: random_.randrange(len(data))]) for _ in range(each)]
        given += [(name, mutated(data, random_)) for _ in range(each)]
        given += [(name, mutated_inside(data, random_)) for _ in range(each)]
        given += [(f"wrong{suffix}", data) for suffix in random_.sample(SUFFIXES, 3)]
        given.append((name, b""))
    for suffix in importer.suffixes:
        given += [(f"random{suffix}", random_.randbytes(size)) for size in (1, 50, 3000)]
        given += [(f"nothing{suffix}", bytes(3000)), (f"ones{suffix}", b"\xff" * 3000)]
    read(given)


@pytest.mark.parametrize("importer", importers().values(), ids=lambda one: one.key)
def test_long_lines_and_deep_nesting(importer: Importer, read):
    suffix = importer.suffixes[0]
    read([
        (f"line{suffix}", b"a" * 1_000_000),
        (f"words{suffix}", b"harbour night, " * 20_000),
        (f"tags{suffix}", b"<div>" * 3_000 + b"x" + b"</div>" * 3_000),
        (f"brackets{suffix}", b"[" * 100_000),
        (f"objects{suffix}", b'{"a":' * 20_000),
        (f"quotes{suffix}", b'title,text\n"' + b'a""' * 50_000),
        (f"number{suffix}", b'[{"text":' + b"9" * 10_000 + b"}]"),
    ])  # fmt: skip


# ---------------------------------------- names, and what lies beside


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names that are not UTF-8, and pipes")
def test_names_that_are_not_text_and_what_lies_beside_a_page(tmp_path):
    folder, outside = tmp_path / "in", tmp_path / "secret.png"
    (folder / "page_files").mkdir(parents=True)
    outside.write_bytes((SAMPLES / "wall.png").read_bytes())
    (folder / "page_files" / "way out.png").symlink_to(outside)
    os.mkfifo(folder / "page_files" / "pipe.png")
    words = "<p>The sea wall was built after the flood, and nobody was asked what it would cost.</p>" * 4
    pictures = "".join(
        f"<img src='{name}'>" for name in ("page_files/way%20out.png", "page_files/pipe.png", "../secret.png")
    )
    (folder / "page.html").write_text(f"<article><h1>The wall</h1>{words}{pictures}{words}</article>")
    Path(os.fsdecode(os.fsencode(folder) + b"/wall \xff\xfe.md")).write_bytes((SAMPLES / "wall.md").read_bytes())
    with Readers(jobs=1, seconds=SECONDS) as readers:
        jobs = [Job(path, path.name, folder=folder) for path in sorted(folder.iterdir()) if path.is_file()]
        results = [result for result in readers.read(iter(jobs)) if result is not None]
    assert [result.error for result in results] == [None, None]
    assert [list(draft.pictures) for result in results for draft in result.drafts] == [[], []]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names that are not UTF-8")
def test_half_characters_stop_no_import(tmp_path):
    halves = '[{"text": "The \\ud800 sea wall", "title": "a\\udfff", "tags": ["\\ud800"], "x\\ud801": "\\ud802"}]'
    (tmp_path / "halves.json").write_text(halves)
    (tmp_path / "last.md").write_text("# The ferry\n\nIt runs at night.\n")
    named = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.md"))
    named.write_text("The sea wall was built after the flood, and nobody was asked.\n")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "halves.json", named, tmp_path / "last.md")
        assert len(workspace.articles.keys()) == 3
