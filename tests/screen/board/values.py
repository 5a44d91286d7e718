"""Passages for tests of the board."""

from __future__ import annotations

from app.model import Article, Highlight, Metadata, Published, Theme
from ui.board.passage import Passage

THEMES = (
    Theme(1, "esc", "Escalation", ("Escalation",), None, "#c94a3b", 1, "What widens the war."),
    Theme(2, "dip", "Diplomacy", ("Diplomacy",), None, "#2f74b5", 2),
    Theme(3, "dro", "Drones & more", ("Escalation", "Drones & more"), "esc", "#1f9a83", 3),
    Theme(4, "sea", "At sea", ("Escalation", "At sea"), "esc", "#c48a16"),
)


def article(name, *, outlet=None, published=None, added=0, title="A title", byline=None, key=1):
    known = Metadata(
        title=title, outlet=outlet, byline=byline, published=Published.parse(published) if published else None
    )
    return Article(key, name, known, added=added, excerpt="The beginning of the article.")


def passage(name, whole, *, start=0, quote="what was marked", themes=("esc",), note="", paragraph=3, before="Before. "):
    mark = Highlight(1, name, whole.id, start, start + len(quote), quote, themes=themes, note=note)
    return Passage(mark, whole, f"{before}{quote} After.", (len(before), len(before) + len(quote)), paragraph)


def several(count=6):
    """Return passages of three articles: two outlets and none, three days, the last undated."""
    wholes = (
        article("a1", outlet="World Today", published="2024-12-19", added=3, title="Talks"),
        article("a2", outlet="Harbour Review", published="2024-12-15", added=2, title="Harbour", byline="Ilse Marten"),
        article("a3", added=1, title="Undated"),
    )
    return [passage(f"h{number}", wholes[number % 3], start=1000 - 10 * number) for number in range(count)]
