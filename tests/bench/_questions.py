"""Questions of every class, each written for every engine."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from _corpus import FIRST_DAY, word
from whoosh import query

from app.search.entries import ArticleEntry
from app.search.plan import Both, Days, Either, Plan, Slot, Text, Without

EACH: Final = 20
TURNS: Final = 1_000
FORGOTTEN: Final = "rare terms, hundreds in turn"
"""These are more than ours remembers: each is read again."""
STOP_WORDS: Final = (("of", "the"), ("in", "the"), ("to", "the"), ("on", "the"), ("it", "is"), ("that", "the"))

Tantivy = Callable[[Any, Any], Any]
"""Makes tantivy's query; takes the module and the schema."""


@dataclass(frozen=True)
class Question:
    """One question: as our plan, as Whoosh's tree, as tantivy's query, as FTS5 writes it ("" where it has none such).

    ``days`` limits the dates. ``judged`` is Whoosh's tree for comparing sets where its own means something else: its
    fuzzy words know no swapped letters.
    """

    plan: Plan
    whoosh: query.Query
    tantivy: Tantivy
    fts: str = ""
    days: tuple[int, int] | None = None
    judged: query.Query | None = None


def _text(*words: str, kind: str = "exact", distance: int = 0, field: str = "text") -> Text:
    return Text(field, tuple(Slot(kind, one, distance) for one in words))


def _term(one: str, field: str = "text") -> Tantivy:
    return lambda t, schema: t.Query.term_query(schema, field, one)


def _boolean(*parts: tuple[str, Tantivy]) -> Tantivy:
    def made(t: Any, schema: Any) -> Any:
        return t.Query.boolean_query([(getattr(t.Occur, occur), part(t, schema)) for occur, part in parts])

    return made


def term(one: str, field: str = "text") -> Question:
    return Question(_text(one, field=field), query.Term(field, one), _term(one, field), f"{field}:{one}")


def both(one: str, two: str) -> Question:
    return Question(
        Both((_text(one), _text(two))),
        query.And([query.Term("text", one), query.Term("text", two)]),
        _boolean(("Must", _term(one)), ("Must", _term(two))),
        f"text:{one} AND text:{two}",
    )


def without(one: str, two: str) -> Question:
    return Question(
        Both((_text(one), Without(_text(two)))),
        query.And([query.Term("text", one), query.Not(query.Term("text", two))]),
        _boolean(("Must", _term(one)), ("MustNot", _term(two))),
        f"text:{one} NOT text:{two}",
    )


def either(*words: str) -> Question:
    return Question(
        Either(tuple(_text(one) for one in words)),
        query.Or([query.Term("text", one) for one in words]),
        _boolean(*(("Should", _term(one)) for one in words)),
        " OR ".join(f"text:{one}" for one in words),
    )


def phrase(*words: str) -> Question:
    return Question(
        _text(*words),
        query.Phrase("text", list(words)),
        lambda t, schema: t.Query.phrase_query(schema, "text", list(words)),
        f'text:"{" ".join(words)}"',
    )


def prefix(start: str) -> Question:
    return Question(
        _text(start, kind="prefix"),
        query.Prefix("text", start),
        lambda t, schema: t.Query.regex_query(schema, "text", f"{start}.*"),
        f"text:{start}*",
    )


def wildcard(one: str) -> Question:
    pattern = f"{one[:2]}?{one[3:5]}*"
    regex = pattern.replace("?", ".").replace("*", ".*")
    return Question(
        _text(pattern, kind="wildcard"),
        query.Wildcard("text", pattern),
        lambda t, schema: t.Query.regex_query(schema, "text", regex),
    )


def fuzzy(one: str) -> Question:
    typo = one[:3] + one[4:]
    near = query.FuzzyTerm("text", typo, prefixlength=0)
    swaps = {typo[:at] + typo[at + 1] + typo[at] + typo[at + 2 :] for at in range(len(typo) - 1)}
    return Question(
        _text(typo, kind="fuzzy", distance=1),
        near,
        lambda t, schema: t.Query.fuzzy_term_query(schema, "text", typo, 1, True),
        judged=query.Or([near, *(query.Term("text", swap) for swap in swaps)]),
    )


def ranged(one: str, first: int, last: int) -> Question:
    def made(t: Any, schema: Any) -> Any:
        days = t.Query.range_query(schema, "day", t.FieldType.Integer, first, last)
        return t.Query.boolean_query([(t.Occur.Must, _term(one)(t, schema)), (t.Occur.Must, days)])

    return Question(
        Both((_text(one), Days(first, last, ""))),
        query.And([query.Term("text", one), query.NumericRange("day", first, last)]),
        made,
        f"text:{one}",
        (first, last),
    )


def questions(articles: Sequence[ArticleEntry], seed: int) -> Mapping[str, Sequence[Question]]:
    """Return questions of every class, from words that stand in ``articles``."""
    chance = random.Random(seed)
    texts = [article.text.split() for article in chance.sample(articles, min(len(articles), 40))]
    # these ranks are in nearly every article, or in a good part of them
    common = [*(word(rank) for rank in range(1, 25)), "the", "of", "and", "to", "in", "that"]
    middling = [word(rank) for rank in range(60, 400)]

    def run(length: int) -> list[str]:
        words = chance.choice(texts)
        start = chance.randrange(len(words) - length)
        return words[start : start + length]

    def dated() -> Question:
        first = FIRST_DAY + chance.randrange(1000)
        return ranged(chance.choice(middling), first, first + 200)

    def common_pair() -> Question:
        return phrase(*(chance.choice(STOP_WORDS) if chance.random() < 0.5 else chance.sample(common, 2)))

    makers: dict[str, Callable[[], Question]] = {
        "rare term": lambda: term(max(run(30), key=len)),
        "common term": lambda: term(chance.choice(common)),
        "AND of two": lambda: both(*chance.sample(middling, 2)),
        "OR of five": lambda: either(*chance.sample(middling, 5)),
        "NOT": lambda: without(*chance.sample(middling, 2)),
        "field term": lambda: term(chance.choice(articles).title.split()[0], "title"),
        "term and range": dated,
        "phrase of three": lambda: phrase(*run(3)),
        "phrase of stop words": common_pair,
        "prefix of three letters": lambda: prefix(max(run(5), key=len)[:3]),
        "wildcard": lambda: wildcard(max(run(20), key=len)),
        "fuzzy without a prefix": lambda: fuzzy(max(run(20), key=len)),
    }
    asked = {name: [maker() for _ in range(EACH)] for name, maker in makers.items()}
    return asked | {FORGOTTEN: [term(one) for one in sorted({max(run(30), key=len) for _ in range(TURNS)})]}
