"""A small library for search, and indexes in memory: one of that library, and one of any articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from app.search.entries import ArticleEntry, Membership, Names, PassageEntry
from app.search.index import TABLES, Index


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


ARTICLES = (
    ArticleEntry(
        1,
        "Drone technology",
        "Ukraine’s counter-drones and royalties in the U.S. grew 20–30% in wild Kyiv.",
        byline="Ann Lee",
        outlet="Al Bawaba",
        section="World",
        language="en",
        published=(day("2025-03-04"), day("2025-03-04")),
        attributes={7: "very critical"},
        left_out="Share this story",
        details="Brussels wants to learn.\nSources Reuters",
        imprint="5 min read\nHome » Zagreb",
        address="https://www.albawaba.example/news/drone-technology?id=7",
    ),
    ArticleEntry(
        2,
        "Million dollars",
        "A million drones; wild words about nothing, happily.",
        outlet="ALBAWABA",
        state="read",
        themes=(1,),
        published=(day("2025-01-01"), day("2025-12-31")),
    ),
    ArticleEntry(
        3, "无人机新闻", "中国的无人机技术", outlet="BBC", language="zh", state="archived", note="read *again*"
    ),
    ArticleEntry(4, "Élections", "Les économies nationales", language="fr", state="reading", outlet="Le Monde"),
)
SCRIPTS = (
    ArticleEntry(21, "", "ภาษาไทย", language="th"),
    ArticleEntry(22, "", "東京タワーへ行きました", language="ja"),
    ArticleEntry(23, "", "カタカナとひらがな", language="ja"),
    ArticleEntry(24, "", "왕세자가 말했다", language="ko"),
)
PASSAGES = (
    PassageEntry(11, 1, "counter-drones and royalties", "the caspian route", themes=(2,), start=11),
    PassageEntry(12, 2, "million drones", themes=(1, 3), start=2),
    PassageEntry(13, 2, "wild words", orphan=True, start=18),
)
THEMES = {1: ("Diplomacy",), 2: ("War",), 3: ("War", "Drone strikes"), 4: ("💡",)}


def members(name: str) -> Membership | None:
    return Membership(frozenset({3}), frozenset({11})) if name.casefold() == "my set" else None


NAMES = Names(THEMES, {7: "Tone of voice"}, members, date(2025, 3, 5))


@contextmanager
def indexed(articles: Sequence[ArticleEntry], passages: Sequence[PassageEntry] = ()) -> Iterator[Index]:
    """Give an index of these."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in TABLES:
            connection.execute(statement)
        found = Index(connection)
        connection.execute("BEGIN")
        found.change(articles, passages)
        connection.execute("COMMIT")
        yield found
    finally:
        connection.close()
