"""Every query is answered and explained, whatever is in it; how fast is measured by the bench."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.model import AttributeKind
from app.search.entries import Membership
from app.wording import Message
from tests.sample_index import ARTICLES, PASSAGES, indexed
from tests.sample_index import NAMES as PLAIN


def members(name: str) -> Membership | None:
    return Membership(frozenset((1,)), frozenset(), "ring") if name == "c" * 32 else PLAIN.members(name)


NAMES = replace(
    PLAIN,
    attributes={7: "Tone of voice", 8: "score", 9: "Theme"},
    attribute_kinds={8: AttributeKind.NUMBER, 9: AttributeKind.DATE},
    collections={"c" * 32: "Ring"},
    members=members,
)


@pytest.fixture(scope="module")
def index():
    with indexed(ARTICLES, PASSAGES) as found:
        yield found


OPERATORS = [
    "drone", "a", "(", ")", '"', " ", "-", "*", "?", "~", "~2", ":", "OR", " AND ", " NOT ", "title:", "theme:", "is:",
    "[", "]", " TO ", "..", "^", "\\", "+", "2025-02-30", "published:", "\x00", "\ud800", "’", "–", "无", "é",
    ":=", ":>", "<=", "=", "score:", '"theme":', " to ", "3", "-2", ".5", "1,000", "in:my set", 'in:"ring"', "＊", "－",
    "^2", "^0.5", "^999", ")~3", '-"', "--", " since ", "last week", "until:", "between ", " and ", "march", "in:", "“",
]  # fmt: skip


@settings(max_examples=400)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(OPERATORS), max_size=40).map("".join)), st.booleans(), st.booleans()
)
@example("alpha (beta -gamma) OR delta", False, False)
@example("published:[20251301 TO 20260101]", False, False)
@example('"":x', False, True)
@example("title:-(-", True, True)
@example("NOT NOT NOT x", False, False)
@example("- -x OR", False, True)
@example("^2", False, True)
@example("^2^2^", False, False)
@example("()^2 -()^2", False, False)
@example('published:"', False, True)
@example("since since since march", False, True)
def test_every_query_is_answered(index, query, passages, typing):
    answer = index.search(query, NAMES, passages=passages, typing=typing)
    assert isinstance(answer.explained, Message)
    said = str(answer.explained)
    assert said
    assert "{" not in said.replace(query, "") or "{" in query
    assert typing or answer.total == len(index.keys(query, NAMES, passages))
    assert len(answer.hits) == min(20, answer.total)
    for hit in answer.hits:
        index.positions(query, NAMES, hit.key, passages, typing)


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize(
    "query",
    [
        "a" * 100_000,
        "drone " * 20_000,
        "(" * 100_000,
        ")" * 100_000,
        "((a) " * 20_000,
        "(drone OR " * 40 + "a" + ")" * 40,
        "-(drone " * 45 + "a" + ")" * 45,
        "-" * 100_000,
        "- " * 50_000,
        "--a " * 25_000,
        "*" * 100_000,
        "*",
        "* * *",
        "*a" * 50_000,
        "?" * 100_000,
        '"' * 100_000,
        '"a ' * 30_000,
        "[to" * 30_000,
        "a:" * 50_000,
        "nofield:" * 10_000 + "x",
        "nofield:drone",
        "published:2025-02-30",
        "before:2025-13 after:0000 on:99999",
        "published:last " * 200,
        "since " * 300,
        "since march " * 160,
        "score:" + "1 - " * 400,
        "score:" + "9" * 1_990,
        "score:-" * 280,
        "score:>=" * 240 + "2",
        "outlet:=" + "*?" * 990,
        "a:=" * 600,
        "theme:" + "> " * 900,
        " OR ".join(f"theme:{n:032x}" for n in range(200)),
        " ".join(f"in:{n:032x}" for n in range(200)),
        ("f" * 32 + " ") * 3_000,
        "published:since since since since",
        "published:" + "between a and " * 140,
        "NOT " * 20_000,
        "OR " * 20_000,
        "a OR " * 20_000,
        "x~ " * 30_000,
        "x^9 " * 30_000,
        "x^" + "9" * 1_900,
        "^2 " * 600,
        ")~3" * 600,
        " ".join(f"*{n}*" for n in range(500)),
        " ".join(f"{n}?{n}*" for n in range(500)),
        '"' + "a b " * 400 + '"~9',
        '"a* b~ c?d e~2"~3',
        "the a of and to in",
        "... !!! — “” ‘’ ;;; ,,,",
        "a.b." * 30_000,
        "1,000" * 20_000,
        "\x00",
        "dro\x00ne",
        "\ud800",
        "\udfff drone \ud800",
        "\x00\ud800" * 40_000,
        "'s" * 50_000,
        "e\u0301" * 50_000,
        "\u0301",
        "{query} {words} {first}",
    ],
    ids=lambda query: ascii(query[:24]),
)
def test_hostile_queries_are_answered(index, query, typing):
    """A hang is ended by the limit of every test."""
    for passages in (False, True):
        answer = index.search(query, NAMES, passages=passages, typing=typing)
        assert str(answer.explained)
        assert answer.total == index.count(query, NAMES, passages) or typing


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("dro\x00ne", []),
        ("\udfff drone \ud800", [1, 2]),
        ("\x00drone", [1, 2]),
        ("drone \x00", [1, 2]),
        ("*", [1, 2, 3, 4]),
        ("?!*", [1, 2, 3, 4]),
        ("the a of", []),
        ("in", [1]),
        ("nofield: drone", []),
        ("drone ... ;;; “”", [1, 2]),
        ("drone {query}", []),
    ],
)
def test_what_cannot_be_meant_takes_nothing_from_what_is(index, query, keys):
    assert sorted(index.keys(query, NAMES)) == keys
