"""Articles by the thousand, and a library that answers for them."""

from __future__ import annotations

from datetime import date

import pytest

from app.model import Article, Highlight, Metadata, Published, State, Theme
from app.searching.answers import Found, Results
from app.wording import Message

THEMES = (
    Theme(1, "t1", "Escalation", ("Escalation",), colour="#cf4a3a"),
    Theme(2, "t2", "Diplomacy", ("Diplomacy",), colour="#2f78b3"),
)


def article(number, **changes):
    """Return an article; its number is in its id and title."""
    metadata = Metadata(title=f"Title {number}", outlet="The Ledger", published=Published(date(2024, 12, 19)))
    values = {"highlights": number % 4, "excerpt": "", "state": State.UNREAD, "metadata": metadata, **changes}
    return Article(number, f"a{number}", **values)


def found(number, *, passages=False, excerpt="Drones over the Caspian Sea and beyond.", spans=((16, 23),), **changes):
    """Return a found article, or a found passage of it."""
    highlight = Highlight(number, f"h{number}", f"a{number}", 0, len(excerpt), excerpt, themes=("t1", "t2"))
    return Found(article(number, **changes), 1.0, excerpt, spans, highlight if passages else None)


class Shelf:
    """Answers page by page, as the window would, and writes down what it was asked."""

    def __init__(self, total):
        self.numbers = list(range(total)) if total <= 1_000 else range(total)
        self.asked = []
        self.suggestion = None

    def page(self, listing, offset, limit):
        rows = self.numbers[offset : offset + limit]
        made = tuple(found(number, passages=listing.passages) for number in rows)
        message = Message("Articles {query}.", {"query": listing.query})
        return Results(listing.query, message, len(self.numbers), made, suggestion=self.suggestion)

    def serve(self, view, *, named=True):
        """Answer every wish of ``view`` at once; unless ``named``, those for the ids of all rows are not."""

        def answer(listing, offset, limit):
            self.asked.append((listing.query, offset, limit))
            view.take_page(listing, offset, self.page(listing, offset, limit))

        def name(listing):
            kind = "h" if listing.passages else "a"
            view.take_names(listing, [f"{kind}{number}" for number in self.numbers])

        view.page_wished.connect(answer)
        if named:
            view.names_wished.connect(name)


@pytest.fixture
def shelf():
    """Return what makes a library of so many articles."""
    return Shelf


@pytest.fixture
def themes():
    """Return two themes."""
    return THEMES


@pytest.fixture
def make_found():
    """Return what makes one found article."""
    return found
