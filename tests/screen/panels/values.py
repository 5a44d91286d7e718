"""Values for the panels: an article with themes and highlights."""

from __future__ import annotations

from datetime import date

from app.library.steps import Step
from app.model import (
    Article,
    Attribute,
    AttributeKind,
    Collection,
    Content,
    Highlight,
    LeftOut,
    Metadata,
    Origin,
    Published,
    State,
    Status,
    Theme,
)
from app.text.body import Block, Body
from app.wording import Message

NOON = 1_766_145_600_000
DAY = 86_400_000

THEMES = (
    Theme(1, "war", "War", ("War",), None, "#cf4a3a", 1, highlights=140),
    Theme(2, "esc", "Escalation", ("War", "Escalation"), "war", "#d9772b", 2, highlights=14),
    Theme(3, "dro", "Drones", ("War", "Drones"), "war", "#1d9a84", 3, highlights=31),
    Theme(4, "dip", "Diplomacy", ("Diplomacy",), None, "#2f78b3", None, "Talks", highlights=23),
)
HIGHLIGHTS = (
    Highlight(1, "one", "art", 10, 20, "the first passage", themes=("war",), note="Compare the *figures*"),
    Highlight(2, "two", "art", 30, 40, "the second passage", themes=("esc", "dip")),
    Highlight(3, "three", "art", 50, 60, "the third passage"),
    Highlight(4, "lost", "art", 5, 9, "a lost passage", note="kept", status=Status.ORPHAN),
)
ARTICLE = Article(
    1,
    "art",
    Metadata(
        "Drone strikes",
        "Chief Editor",
        "World Today",
        None,
        "https://example.org/a",
        Published(date(2025, 3, 4)),
        "2025-03-05",
        "en",
        {"title": Origin.STATED, "outlet": Origin.DERIVED, "published": Origin.MINE},
    ),
    State.READING,
    {"sources": ("Reuters", "AP")},
    {"Tone": "hawkish", "Checked": "no"},
    ("war",),
    "The note of the article",
    1200,
    4,
    NOON,
    NOON,
    "drones.html",
    "ab" * 32,
    "html",
)
OTHER = Article(2, "other", Metadata("Another one"))
CONTENT = Content(Body("Text", (Block(0, 4),)), (LeftOut("share", "Share", 0), LeftOut("related", "More", 0)))
ATTRIBUTES = (
    Attribute(1, "a1", "Tone", AttributeKind.CHOICE, ("hawkish", "dovish")),
    Attribute(2, "a2", "Score", AttributeKind.NUMBER),
    Attribute(3, "a3", "Event", AttributeKind.DATE),
    Attribute(4, "a4", "Checked", AttributeKind.YES_NO),
    Attribute(5, "a5", "Remark", AttributeKind.TEXT),
    Attribute(6, "a6", "Country", AttributeKind.CHOICE),
)
COLLECTIONS = (
    Collection(1, "brief", "Brief", items=("x", "y")),
    Collection(2, "found", "Found ones", query="drone*"),
    Collection(3, "empty", "Empty"),
)


def step(number: int, label: str, made: int = NOON, origin: str = "window", *, done: bool = True) -> Step:
    return Step(number, Message(label), made, origin, done, 10)
