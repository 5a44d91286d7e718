"""How long an export takes: 10,000 highlights in 2,000 articles, each format alone, in seconds of one processor.

The best of three runs counts: other work on the machine can only make one slower. The last column is by how many
megabytes a format raised the most memory that was held by then. With the full number whole libraries are exported from
their databases, too: no step may keep others waiting, and ten times as many articles may not take much more memory.

usage: python3 packaging/dev.py bench export [HIGHLIGHTS]
"""

from __future__ import annotations

import os
import random
import re
import resource
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _filled import filled
from _gathered import gathered

from app.exporters._base import exporters
from app.exporting.journey import export
from app.model import Article, Attribute, Bundle, BundledArticle, Content, Highlight, Metadata, Published, Theme
from app.text.body import Body, Piece, Run

HIGHLIGHTS = 10_000
PER_ARTICLE = 5
TEXT_BUDGET = 2.0
# Formats that are more than text, with their own seconds; a typeset book of a thousand pages is our own figure.
BUDGETS = {"xlsx": 10.0, "docx": 10.0, "odt": 10.0, "epub": 10.0, "pdf": 60.0}
RUNS = 3
SIDE_BY_SIDE = 2  # volumes of a PDF are set at a time
LIBRARIES = (1_000, 10_000)
STEP = 50.0  # milliseconds
MORE = 100.0  # megabytes
PARAGRAPHS = 14
# Like a newspaper's: a character that means something in Markdown or HTML about once in fifty words.
TEXT = """talks ceasefire the a drone over said harbour ministry of and from strike pipeline Kyiv Genève “agreement”
grain report that cost million in 2025 north sea rate was observed near coast again by naval forces on Tuesday while its
owners denied having known about any such plan before spring, when new figures come out; nobody else would comment"""
WORDS = (*re.split(r"\s", TEXT), "AT&T", "$4,000", "[sic]")


def main(arguments: Sequence[str]) -> int:
    highlights = int(arguments[0]) if arguments else HIGHLIGHTS
    bundle = made(highlights)
    written = sum(len(item.highlights) for item in bundle.articles)
    print(f"{written} highlights in {len(bundle.articles)} articles")
    print(f"{peak()} MB of memory with nothing but them")
    print(f"{'format':<15}{'cpu s':>8}{'wall s':>8}{'budget':>8}{'MB':>8}{'files':>7}{'memory':>8}")
    share = highlights / HIGHLIGHTS
    with tempfile.TemporaryDirectory(prefix="bench-export-") as kept:
        budgets = {key: BUDGETS.get(key, TEXT_BUDGET) * share for key in exporters()}
        short = [key for key, budget in budgets.items() if not measured(bundle, key, budget, Path(kept))]
    if highlights >= HIGHLIGHTS:
        short += [what for what, holds in from_libraries() if not holds]
    return 1 if short else 0


def from_libraries() -> Iterator[tuple[str, bool]]:
    """Export a library and one ten times as large; print rows, and yield of each whether its budget holds."""
    held: list[float] = []
    for articles in LIBRARIES:
        library = filled(articles)
        with tempfile.TemporaryDirectory(prefix="bench-export-") as folder:
            longest, spent, megabytes = min(gathered(library, Path(folder) / "all.json") for _ in range(RUNS))
        held.append(megabytes)
        yield f"step {articles}", line(f"{articles:,} articles, longest step", longest, STEP, "ms")
        print(f"  {spent:.1f} s of CPU, {megabytes:.0f} MB", flush=True)
    yield "memory", line("memory that ten times as many take more", held[1] - held[0], MORE, "MB")


def line(what: str, value: float, most: float, unit: str) -> bool:
    """Print what was measured, and say whether it is not too much."""
    print(f"{what:<42}{value:>8.0f} {unit} of {most:g}  {'holds' if value <= most else 'falls short'}", flush=True)
    return value <= most


def peak() -> int:
    """Return the most memory that was held by now, in megabytes: here, and in processes that an export started.

    Of these only the largest is known; it counts as often as there may be one like it at a time.
    """
    here, apart = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    held = here + SIDE_BY_SIDE * apart
    return held // (1024 if sys.platform != "darwin" else 1024**2)


def spent() -> float:
    """Return the seconds of the processor that were spent by now, those of ended children included."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measured(bundle: Bundle, key: str, budget: float, kept: Path) -> bool:
    """Export, print the row, and say whether the budget holds."""
    before = peak()
    cpu, wall, files, size = min(once(bundle, key, kept) for _ in range(RUNS if key not in BUDGETS else 1))
    verdict = "holds" if cpu <= budget else "falls short"
    row = f"{key:<15}{cpu:>8.2f}{wall:>8.2f}{budget:>8.1f}{size:>8.1f}{files:>7}{peak() - before:>+8}  {verdict}"
    print(row, flush=True)
    return cpu <= budget


def once(bundle: Bundle, key: str, kept: Path) -> tuple[float, float, int, float]:
    """Export into a new folder; return seconds of the processor and of the clock, files and megabytes.

    Thousands of files are ``kept`` to the end: for minutes after they were deleted, ext4 looks for room for new ones at
    several times the cost.
    """
    folder = Path(tempfile.mkdtemp(dir=kept))
    cpu, wall = spent(), time.perf_counter()
    for _ in export(bundle, key, folder / "export", {}):
        pass
    cpu, wall = spent() - cpu, time.perf_counter() - wall
    files = [path for path in folder.rglob("*") if path.is_file()]
    return cpu, wall, len(files), sum(path.stat().st_size for path in files) / 1e6


def made(highlights: int) -> Bundle:
    """Return a bundle of this many highlights, the same every time."""
    dice = random.Random(7)
    themes = []
    for number in range(24):
        parent = themes[number // 3] if number >= 6 else None
        path = (*(parent.path if parent else ()), f"Theme {number}")
        colour = f"#{dice.randrange(1 << 24):06x}"
        themes.append(Theme(number, uid(dice), path[-1], path, parent.id if parent else None, colour))
    articles = [article(dice, number, themes) for number in range(-(-highlights // PER_ARTICLE))]
    return Bundle("Bench", tuple(articles), tuple(themes), (Attribute(1, uid(dice), "tone"),), made=1767600000000)


def article(dice: random.Random, number: int, themes: Sequence[Theme]) -> BundledArticle:
    body = Body.of(paragraph(dice) for _ in range(PARAGRAPHS))
    owner = uid(dice)
    title = f"Article {number}: " + " ".join(dice.choices(WORDS, k=6))
    known = Metadata(
        title, "A. Writer", "The Outlet", None, f"https://example.org/{number}", Published.parse("2025-03")
    )
    marks = sorted((mark(dice, body, owner, themes) for _ in range(PER_ARTICLE)), key=lambda item: item.start)
    about = Article(number, owner, known, attributes={"tone": dice.choice(("calm", "alarmed"))}, note="Checked.")
    content = Content(body)
    return BundledArticle(about, content, tuple(marks), known=content.makeup)


def paragraph(dice: random.Random) -> Piece:
    text = " ".join(dice.choices(WORDS, k=60))
    runs = (
        (Run(0, 9, "strong"), Run(40, 60, "link", {"address": "https://example.org/a"})) if dice.random() < 0.2 else ()
    )
    return Piece(text, runs=runs)


def mark(dice: random.Random, body: Body, owner: str, themes: Sequence[Theme]) -> Highlight:
    start = dice.randrange(len(body.text) - 400)
    end = start + dice.randrange(40, 300)
    text = body.text
    ids = tuple(theme.id for theme in dice.sample(themes, dice.choice((0, 1, 1, 1, 2))))
    note = dice.choice(("", "", "Compare with the other piece: who said so?", "A *stressed* note\n\n- one\n- two"))
    context = (text[max(0, start - 32) : start], text[end : end + 32])
    times = {"created": 1767000000000, "modified": 1767000000000}
    return Highlight(0, uid(dice), owner, start, end, text[start:end], *context, ids, note, **times)


def uid(dice: random.Random) -> str:
    return uuid.UUID(int=dice.getrandbits(128)).hex


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
