"""A search pane on the screen, and answers for it."""

from __future__ import annotations

import pytest

from app.model import Attribute, Theme
from app.searching.answers import Results
from app.wording import Message
from ui.search.pane import SearchPane

FACETS = {"outlet": (("The Ledger", 12), ("R&D “Weekly”", 3)), "language": (("en", 14), ("uk", 1))}


@pytest.fixture
def themes():
    """Return a small tree of themes."""
    return (
        Theme(1, "t1", "Drones", ("Drones",), colour="#1d9a84"),
        Theme(2, "t2", "Sea", ("Drones", "Sea"), "t1", colour="#2f78b3"),
        Theme(3, "t3", "Said “so”", ("Said “so”",), colour="#cf4a3a"),
    )


@pytest.fixture
def pane(looks, shown, themes):
    """Return a search pane that knows the themes; its wishes are in ``pane.wishes``."""
    made = SearchPane(looks)
    shown(made, 330, 700)
    made.filter_button.setGeometry(290, 0, 30, 30)
    made.show_themes(themes)
    made.show_attributes((Attribute(1, "a1", "Tone"), Attribute(2, "a2", "Tone of voice")))
    made.wishes = []
    made.listing_wished.connect(made.wishes.append)
    return made


@pytest.fixture
def answer():
    """Return what makes an answer."""

    def made(query="", total=1204, suggestion=None, template="Articles {query}.", said="with it"):
        return Results(query, Message(template, {"query": said}), total, (), FACETS, suggestion)

    return made
