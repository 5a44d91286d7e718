"""How long the reading pane and the list take to show something, each beside what plain Qt offers for it."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from _paints import Paints
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QListView, QTextBrowser, QWidget

from app.model import Article, Content, Highlight, Metadata, Theme
from app.searching.answers import Found, Results
from app.text.body import Body
from app.text.markdown_reader import read_markdown
from app.wording import Message
from ui.articles.list import ArticleList
from ui.listing import Listing
from ui.looks import Looks
from ui.reader.reader import Reader
from ui.reader.typography import Typography
from ui.reader.view import ArticleView

ROUNDS: Final = 5
FRAMES: Final = 150
MARKS: Final = 1_000
PAGE: Final = 1_200  # code points in sight
OPENING: Final = 250.0  # milliseconds to the first painted page
FRAME: Final = 16.0  # milliseconds
PATIENCE: Final = 60.0  # seconds until a measurement is given up
COLOURS: Final = ("#d64550", "#2f7fb8", "#12908a", "#9c5cc8", "#a67c00")

Row = Mapping[str, Any]


def row(
    what: str, values: Sequence[float], budget: float, unit: str = "ms", other: tuple[str, float] | None = None
) -> Row:
    """Judge measured values: their median, the 95th percentile of many; beside it what an alternative took."""
    many = len(values) >= 20
    value = statistics.quantiles(values, n=20)[-1] if many else statistics.median(values)
    return {
        "what": what,
        "value": round(value, 1),
        "worst": round(max(values), 1),
        "of": len(values),
        "unit": unit,
        "budget": budget,
        "other": other[0] if other else "",
        "other_value": round(other[1], 1) if other else None,
        "ratio": round(value / other[1], 2) if other and other[1] else None,
        "verdict": "holds" if value <= budget else "falls short",
    }


@dataclass(frozen=True)
class Stage:
    """A widget on the screen whose painting is watched."""

    widget: QWidget
    area: QAbstractScrollArea
    paints: Paints

    def take(self, deed: Callable[[], object], there: Callable[[], bool] = lambda: True) -> float:
        """Return how many milliseconds a deed took until what it changed was painted."""
        began = time.perf_counter()
        deed()
        before = self.paints.count
        while self.paints.count == before or not there():
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError("nothing was painted")
            if self.paints.count == before:
                self.area.viewport().update()
            QApplication.processEvents()
        return (time.perf_counter() - began) * 1000

    def frames(self, count: int) -> list[float]:
        """Scroll through all of it in so many frames, and return what each took."""
        bar = self.area.verticalScrollBar()
        step = max(40, min(120, bar.maximum() // count))
        return [self.take(partial(bar.setValue, number * step)) for number in range(1, count + 1)]


@contextmanager
def stage(widget: QWidget, area: QAbstractScrollArea, width: int = 1000, height: int = 900) -> Iterator[Stage]:
    """Show a widget, and take it away again."""
    widget.resize(width, height)
    widget.show()
    made = Stage(widget, area, Paints(area.viewport()))
    settle()
    yield made
    widget.close()
    widget.deleteLater()
    settle()


def settle(seconds: float = 0.2) -> None:
    """Let everything happen that waits to happen."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.002)


def manuscript(words: int, chance: random.Random) -> str:
    """Return an article of so many words in Markdown: headings, quotes, lists, links, strong words."""
    syllables = ("ka", "to", "ri", "ven", "mos", "la", "den", "shi", "ur", "ole")
    lines, written = [], 0
    while written < words:
        picked = ["".join(chance.choices(syllables, k=chance.randrange(1, 4))) for _ in range(70)]
        written += len(picked)
        picked[10] = f"**{picked[10]}**"
        picked[20] = f"[{picked[20]}](https://example.org/{written})"
        number = len(lines)
        start = "## " if number % 12 == 0 else "> " if number % 12 == 5 else "- " if number % 12 in (7, 8, 9) else ""
        lines.append(start + " ".join(picked[:8] if start == "## " else picked))
    return "\n\n".join(lines)


def reading_rows(looks: Looks, words: int) -> Iterator[Row]:
    """Measure the reading pane with a long article."""
    chance = random.Random(7)
    text = manuscript(words, chance)
    body = Body.of(read_markdown(text))
    article = Article(1, "a", Metadata(title="A long article", language="en"), words=words)
    short = Article(2, "b", Metadata(title="A short one"), words=3)
    reader = Reader(looks)
    view = reader.findChild(ArticleView)
    assert view is not None

    def there() -> bool:
        return view.document().blockCount() > 10

    with stage(reader, view) as ours:
        opened, resized, looked = [], [], []
        for number in range(ROUNDS):
            ours.take(partial(reader.show_article, short, Content(Body.of(["One two three."]))))
            settle()
            opened.append(ours.take(partial(reader.show_article, article, Content(body)), there))
            settle()
            resized.append(ours.take(partial(reader.set_typography, Typography(px=20 + number)), there))
            settle()
            looked.append(ours.take(partial(looks.choose, ("dark", "light")[number % 2]), there))
            settle()
        plain, plain_resized = plain_opening(text)
        yield row(f"open an article of {words:,} words", opened, OPENING, other=("QTextBrowser.setMarkdown", plain))
        yield row("change its size", resized, OPENING, other=("QTextBrowser, new font", plain_resized))
        yield row("change its look", looked, OPENING)
        looks.choose("light")
        yield from marking_rows(reader, ours, body, chance)


def plain_opening(text: str) -> tuple[float, float]:
    """Return what a plain QTextBrowser takes to show Markdown, and to show it in another size."""
    browser = QTextBrowser()
    with stage(browser, browser) as theirs:
        opened, resized = [], []
        for number in range(ROUNDS):
            theirs.take(partial(browser.setMarkdown, "One two three."))
            opened.append(theirs.take(partial(browser.setMarkdown, text)))
            settle()
            font = QFont(browser.font())
            font.setPixelSize(20 + number)
            resized.append(theirs.take(partial(browser.setFont, font)))
            settle()
    return statistics.median(opened), statistics.median(resized)


def marking_rows(reader: Reader, ours: Stage, body: Body, chance: random.Random) -> Iterator[Row]:
    """Measure scrolling and marking in the article that is open, with a thousand highlights on it."""
    themes = [Theme(n, f"t{n}", f"Theme {n}", (f"Theme {n}",), colour=colour) for n, colour in enumerate(COLOURS)]
    reader.show_themes(themes)
    marks = [mark(number, body, chance) for number in range(MARKS)]
    reader.show_highlights(marks)
    settle(1)
    yield row(f"scroll a frame at {MARKS:,} highlights", ours.frames(FRAMES), FRAME)
    added = []
    for number in range(40):
        one = mark(MARKS + number, body, chance, near=reader.position())
        added.append(ours.take(partial(reader.show_highlights, [*marks, one])))
        settle(0.02)
        reader.show_highlights(marks)
        settle(0.02)
    yield row(f"mark a passage at {MARKS:,} highlights", added, FRAME)


def mark(number: int, body: Body, chance: random.Random, near: int | None = None) -> Highlight:
    """Return a highlight of 20 to 400 code points inside one block, with one to three themes."""
    at = chance.randrange(len(body.text)) if near is None else near + chance.randrange(PAGE)
    block = body.block_at(at)
    start = min(at, max(block.start, block.end - 20))
    end = min(block.end, start + chance.randrange(20, 400))
    themes = tuple(f"t{chosen}" for chosen in chance.sample(range(len(COLOURS)), chance.randrange(1, 4)))
    return Highlight(number, f"h{number}", "a", start, end, body.text[start:end], themes=themes)


def list_rows(looks: Looks, articles: int) -> Iterator[Row]:
    """Measure the list with very many articles, beside Qt's own list of as many plain lines."""
    made = [Article(key, f"{key:032x}", Metadata(title=f"Article {key}"), excerpt="x " * 90) for key in range(400)]

    def answer(listing: Listing, offset: int, limit: int) -> None:
        page = tuple(Found(made[key % 400], 1.0, "x " * 90) for key in range(offset, min(articles, offset + limit)))
        ours.take_page(listing, offset, Results(listing.query, Message("All articles."), articles, page))

    ours = ArticleList(looks)
    ours.page_wished.connect(answer)
    with stage(ours, ours, 340, 900) as shown:
        fresh = [shown.take(partial(ours.show_listing, Listing(f"word{number}"))) for number in range(ROUNDS)]
        jumps = [shown.take(partial(ours.verticalScrollBar().setValue, at * 7_000)) for at in range(1, 41)]
    theirs = QListView()
    theirs.setUniformItemSizes(True)
    lines = [f"Article {key}" for key in range(articles)]
    with stage(theirs, theirs, 340, 900) as shown:
        models = [QStringListModel(lines, theirs) for _ in range(ROUNDS)]
        plain = [shown.take(partial(theirs.setModel, model)) for model in models]
    alternative = ("QListView", statistics.median(plain))
    yield row(f"list another {articles:,} articles", fresh, FRAME, other=alternative)
    yield row(f"jump in a list of {articles:,}", jumps, FRAME)
