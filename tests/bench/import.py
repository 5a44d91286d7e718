"""How fast files become drafts: scraped text and saved pages, beside trafilatura alone, in CPU seconds of one core.

usage: python3 packaging/dev.py bench import [PAGES] [FILES]

Real pages are taken from the folder beside the checkout where there is one, otherwise pages are made up. Texts are the
visible lines of the same pages. Then FILES files (10,000) take the whole way into a library: on one CPU and on two, by
the clock; the memory of the program at a tenth of them and at their end; and the longest wait of one who types into
the window meanwhile.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import compress, cycle, islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import trafilatura

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _journeys import files

from app.importers import _pages, scraped_text, web_page
from app.importers._base import File
from app.importing.reader import Job
from app.importing.reading import Readers
from app.text.html_reader import read_html

PAGES = 60
TEXT_BUDGET = 300.0
PAGE_BUDGET = 25.0
SIGHT_BUDGET = 55.0
TWO_BUDGET = 1.7
FILES = 10_000
TURN = 10  # files
GROWTH = 64.0  # megabytes: what a report of so many files takes, and a little
WAIT = 50.0  # milliseconds
ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str]) -> int:
    logging.disable(logging.CRITICAL)
    count = int(arguments[0]) if arguments else PAGES
    pages, gold = real_pages(count) or (made_pages(count), {})
    articles = texts()
    print(f"{len(pages)} pages, {len(articles)} texts; files a second of one core")
    plain, ours = spent(pages, trafilatura_alone, read_page)
    clear = at_first_sight(pages)
    quick = list(compress(ours, clear))
    (text,) = spent(articles, lambda data: scraped_text.read(File(data, "article.txt")))
    many = f"{rate(ours) / rate(plain):.2f}x trafilatura"
    seen = f"{rate(quick) / rate(list(compress(plain, clear))):.2f}x trafilatura; {len(quick)} of {len(pages)} pages"
    print(f"{'trafilatura alone, with metadata':<44}{rate(plain):>8.1f}")
    holds = [
        row("saved pages", rate(ours), PAGE_BUDGET, many),
        row("saved pages accepted at first sight", rate(quick), SIGHT_BUDGET, seen),
        row("scraped text", rate(text), TEXT_BUDGET, ""),
        row("reading texts: two CPUs against one", *through_processes(articles)),
        *whole_imports(int(arguments[1]) if len(arguments) > 1 else FILES),
    ]
    if gold:
        quality(pages, gold)
    return 0 if all(holds) else 1


def row(name: str, value: float, budget: float, note: str) -> bool:
    """Print a row and say whether its budget holds."""
    verdict = "holds" if value >= budget else "falls short"
    print(f"{name:<44}{value:>8.1f}  at least {budget:<6g} {verdict:<12}{note}")
    return value >= budget


def spent(files: Sequence[bytes], *readers: Callable[[bytes], object]) -> list[list[float]]:
    """Return the CPU seconds that each reader takes for each file, after one file to warm up.

    They read in turn, some files at once: what slows the machine down for a while slows all of them.
    """
    seconds: list[list[float]] = [[] for _ in readers]
    for read in readers:
        read(files[0])
    for start in range(0, len(files), TURN):
        for read, known in zip(readers, seconds, strict=True):
            for data in files[start : start + TURN]:
                started = time.process_time()
                read(data)
                known.append(time.process_time() - started)
    return seconds


def rate(seconds: Collection[float]) -> float:
    """Return files a second."""
    return len(seconds) / max(sum(seconds), 1e-9)


def at_first_sight(pages: Sequence[bytes]) -> list[bool]:
    """Tell of each page whether it is clear at first sight: no extractor is asked for a second look."""
    clear = []
    for data in pages:
        with patch.object(_pages, "extracted", wraps=_pages.extracted) as extracted:
            read_page(data)
        clear.append(not extracted.called)
    return clear


def read_page(data: bytes) -> object:
    return web_page.read(File(data, "page.html"))


def trafilatura_alone(data: bytes) -> object:
    return trafilatura.bare_extraction(data.decode("utf-8", "replace"), include_comments=False, with_metadata=True)


def through_processes(articles: Sequence[bytes]) -> tuple[float, float, str]:
    """Return how much faster texts are read on two CPUs than on one, the budget, and both rates, by the clock.

    There is a reading process for each; the two ways are measured in turn.
    """
    with tempfile.TemporaryDirectory() as folder:
        jobs = []
        for number, data in enumerate(islice(cycle(articles), 600)):
            path = Path(folder) / f"{number}.txt"
            path.write_bytes(data)
            jobs.append(Job(path, path.name))
        seconds = {1: 0.0, 2: 0.0}
        for processes in (1, 2, 2, 1, 1, 2):
            with on_cpus(processes), Readers(processes) as readers:
                list(readers.read(jobs[:32]))
                started = time.perf_counter()
                assert all(result.error is None for result in readers.read(jobs))
                seconds[processes] += time.perf_counter() - started
    one, two = (3 * len(jobs) / each for each in seconds.values())
    return two / one, TWO_BUDGET, f"{one:.0f} and {two:.0f} texts a second"


@contextmanager
def on_cpus(count: int) -> Iterator[None]:
    """Keep this process, and those that it starts, to so many CPUs, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def whole_imports(count: int) -> Iterator[bool]:
    """Import so many files in processes of their own, and print a row for each promise."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        folder.mkdir()
        files(folder, count)
        seconds = [float(measured("rate", folder, Path(place, f"library{cpus}"), str(cpus))) for cpus in (1, 2)]
        note = f"{count / seconds[0]:.0f} and {count / seconds[1]:.0f} files a second"
        yield row("a whole import: two CPUs against one", seconds[0] / seconds[1], TWO_BUDGET, note)
        early, late = measured("memory", folder, Path(place, "flat"))
        yield ceiling(
            f"memory from {count // 10:,} to {count:,} files, MB", late - early, GROWTH, f"{late:.0f} MB at the end"
        )
        waited = float(measured("typing", folder, Path(place, "typed")))
        yield ceiling("longest wait while typing, ms", waited, WAIT, f"importing {count:,} files")


def measured(*arguments: str | Path) -> Any:
    """Return what a child of this bench measured."""
    program = Path(__file__).with_name("_journeys.py")
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(program.parent)))}
    command = [sys.executable, str(program), *map(str, arguments)]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=surroundings)
    return json.loads(ended.stdout.splitlines()[-1])


def ceiling(name: str, value: float, budget: float, note: str) -> bool:
    """Print a row of something that should be small, and say whether its budget holds."""
    verdict = "holds" if value <= budget else "falls short"
    print(f"{name:<44}{value:>8.1f}  at most  {budget:<6g} {verdict:<12}{note}", flush=True)
    return value <= budget


def quality(pages: Sequence[bytes], gold: dict[int, str]) -> None:
    """Print the mean word F1 of the body against hand-made texts: ours, trafilatura's, and from the bare lines."""
    scores: dict[str, list[float]] = {"saved pages": [], "trafilatura alone": [], "visible lines as scraped text": []}
    for number, expected in gold.items():
        data = pages[number]
        lines = "\n".join(piece.text for piece in read_html(data.decode("utf-8", "replace")) if piece.text)
        document = trafilatura.bare_extraction(data.decode("utf-8", "replace"), include_comments=False)
        (page,) = web_page.read(File(data, "page.html"))
        (text,) = scraped_text.read(File(lines.encode("utf-8", "replace"), "lines.txt"))
        scores["saved pages"].append(f1(page.body.text, expected))
        scores["trafilatura alone"].append(f1((document.text or "") if document else "", expected))
        scores["visible lines as scraped text"].append(f1(text.body.text, expected))
    for name, values in scores.items():
        print(f"word F1, {name:<35}{sum(values) / len(values):>8.3f}")


def f1(text: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over words."""
    found, wanted = Counter(re.findall(r"\w+", text.lower())), Counter(re.findall(r"\w+", expected.lower()))
    shared = (found & wanted).total()
    return 2 * shared / (found.total() + wanted.total()) if shared else 0.0


def real_pages(count: int) -> tuple[list[bytes], dict[int, str]] | None:
    """Return pages and their texts as people found them; ``None`` where there are none."""
    folder = ROOT.parent / "shared" / "pages"
    if not (folder / "gold.jsonl").is_file():
        return None
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = rows[:: max(1, len(rows) // count)][:count]
    pages = [gzip.decompress((folder / "html" / f"{found['id']}.html.gz").read_bytes()) for found in rows]
    return pages, {number: found["text"] for number, found in enumerate(rows)}


def made_pages(count: int) -> list[bytes]:
    """Return pages of fifty paragraphs with a frame of links."""
    links = "".join(f'<li><a href="/{number}">Section {number}</a></li>' for number in range(80))
    pages = []
    for page in range(count):
        body = "".join(
            f"<p>In the year {page + number} the water rose again, and the clerks of the harbour wrote it down.</p>"
            for number in range(50)
        )
        head = f"<title>Report {page}</title><nav><ul>{links}</ul></nav>"
        pages.append(f"<html>{head}<article><h1>Report {page}</h1>{body}</article></html>".encode())
    return pages


def texts() -> list[bytes]:
    """Return real scraped articles where there are some, otherwise those of the example library."""
    real = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
    return [path.read_bytes() for path in real or sorted((ROOT / "seeds" / "articles").glob("*.txt"))] * 10


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
