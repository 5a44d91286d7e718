"""Whoosh's query parser, wrapped: it always answers, in bounded time, with a tree of what was typed.

The stock parser fails or misreads in ways that are listed with the tests; so a query is cut to a length and a depth, we
bring our own minus, and what still fails is read as plain words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from whoosh import query as whoosh_query
from whoosh.qparser import QueryParser, plugins, syntax

from app.search.tree import FIELD, MOST_CHARACTERS, MOST_LEVELS, SPELLINGS, Group, Parsed, Word

_UNSAID: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_MINUS: Final = re.compile(r"(^|(?<=[\s(]))[–—−](?=[^\s–—−-])")
_OLD_RANGE: Final = re.compile(r"[\[{]\s*([\w-]{0,10})\s+TO\s+([\w-]{0,10})\s*[\]}]")
_INNER_MINUS: Final = re.compile(r"(^|(?<=[\s(]))([^\W_][\w-]{0,80}:)-(?=[^\s)-])")
_NOTS: Final = re.compile(r"\bNOT\s+(?=(?:NOT\s|-))")

_NOT: Final = r"(^|(?<=[\s(]))(NOT(?=\s)|-(?=[^\s)-]))"
_AND: Final = r"(?<=\s)AND(?=\s)"
_OR: Final = r"(?<=\s)OR(?=\s)"

_CUT: Final = "Only the first {limit} characters are read."
_FLAT: Final = "There are more than {limit} brackets in one another, so brackets are not read."
_PLAIN: Final = "It could not be read as it is written, so its words are looked for."


class _Or(syntax.InfixOperator):  # type: ignore[misc]
    """``OR``: words side by side belong together before it parts them. Whoosh's own takes one word on each side."""

    def replace_self(self, _parser: object, group: Any, _position: int) -> int:
        """Make the group one of alternatives: whatever stands between two ``OR``."""
        parts: list[list[Any]] = [[]]
        for node in group:
            if isinstance(node, _Or):
                parts.append([])
            else:
                parts[-1].append(node)
        group[:] = [syntax.OrGroup([syntax.AndGroup(part) for part in parts if part])]
        return len(group)


@cache
def _parser() -> QueryParser:
    """Return Whoosh's parser with the plugins that can be trusted, and our own minus in its ``NOT``."""
    tagger = plugins.OperatorsPlugin.OpTagger
    # whoosh gathers operators in this order
    order = (
        tagger(_NOT, syntax.NotGroup, syntax.PrefixOperator),
        tagger(_AND, syntax.AndGroup),
        tagger(_OR, syntax.OrGroup, _Or),
    )
    operators = plugins.OperatorsPlugin([(one, 0) for one in order], clean=True)
    parts = [plugins.FieldsPlugin(FIELD, remove_unknown=False), plugins.PhrasePlugin(), plugins.GroupPlugin()]
    return QueryParser(None, None, plugins=[*parts, operators])


def parse(text: str) -> Parsed:
    """Return the tree of any text at all. Never raises; the time it takes is bounded."""
    notes: list[str] = []
    limit = 0
    if len(text) > MOST_CHARACTERS:
        # the beginning of a word is another word
        text = text[: MOST_CHARACTERS + 1].rpartition(" ")[0] or text[:MOST_CHARACTERS]
        notes.append(_CUT)
        limit = MOST_CHARACTERS
    text = _UNSAID.sub(" ", text).translate(SPELLINGS)
    text = _INNER_MINUS.sub(r"-\2", _OLD_RANGE.sub(r"\1..\2", _MINUS.sub("-", text)))
    text = _NOTS.sub("", text)
    if _depth(text) > MOST_LEVELS:
        text = text.replace("(", " ").replace(")", " ")
        notes.append(_FLAT)
        limit = MOST_LEVELS
    try:
        tree = _copied(_parser().parse(text, normalize=False), 0)
    except Exception:  # whatever the parser cannot read is read as words: an answer is promised
        tree = Group("and", tuple(Word("", word) for word in text.split()))
        notes.append(_PLAIN)
    return Parsed(tree, tuple(notes), limit)


def _depth(text: str) -> int:
    """Return how deep brackets are in one another, wherever they stand."""
    deepest = depth = 0
    for char in text:
        if char == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif char == ")":
            depth = max(0, depth - 1)
    return deepest


def _copied(node: Any, depth: int) -> Word | Group:
    """Return Whoosh's tree as values of ours."""
    if depth > 4 * MOST_LEVELS:
        raise RecursionError
    if isinstance(node, whoosh_query.Term):
        return Word(node.fieldname or "", node.text)
    if isinstance(node, whoosh_query.Phrase):
        return Word(node.fieldname or "", " ".join(node.words), quoted=True, slop=min(node.slop, MOST_CHARACTERS))
    if isinstance(node, whoosh_query.Not):
        return Group("not", (_copied(node.query, depth + 1),))
    kinds = {whoosh_query.And: "and", whoosh_query.Or: "or"}
    if type(node) in kinds:
        return Group(kinds[type(node)], tuple(_copied(part, depth + 1) for part in node.subqueries))
    if node is whoosh_query.NullQuery or isinstance(node, type(whoosh_query.NullQuery)):
        return Group("and", ())
    raise TypeError(type(node).__name__)
