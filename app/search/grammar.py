"""Whoosh's query parser, wrapped: it always answers, in bounded time, with a tree of what was typed.

The stock parser fails or misreads in ways that are listed with the tests; so a query is mended first, we bring our own
minus, and what still fails is read as plain words.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, Final

from whoosh import query as whoosh_query
from whoosh.qparser import QueryParser, plugins, syntax

from app.search.preparing import Values, mended
from app.search.tree import FIELD, MOST_CHARACTERS, MOST_LEVELS, Group, Parsed, Word
from app.wording import Message

_NOT: Final = r'(^|(?<=[\s()]))(NOT(?=[\s("])|-(?=[^\s)-]))'
_AND: Final = r'(?<=[\s)])AND(?=[\s("])'
_OR: Final = r'(?<=[\s)])OR(?=[\s("])'

_PLAIN: Final = "It could not be read as it is written, so its words are looked for."


class _Joint(syntax.InfixOperator):  # type: ignore[misc]
    """``AND`` and ``OR``: words side by side belong together before ``OR`` parts them; ``AND`` says no more than that.

    Whoosh's own ``OR`` takes one word on each side; its own ``AND`` adds what follows a bracket to the inside of it.
    """

    def replace_self(self, _parser: object, group: Any, position: int) -> int:
        """Take an ``AND`` out; for an ``OR``, make the group one of alternatives: whatever stands between two of it."""
        if self.grouptype is syntax.AndGroup:
            del group[position]
            return position
        parts: list[list[Any]] = [[]]
        for node in group:
            if isinstance(node, _Joint):
                parts.append([])
            else:
                parts[-1].append(node)
        group[:] = [syntax.OrGroup([syntax.AndGroup(part) for part in parts if part])]
        return len(group)


@cache
def _parser(weighed: bool) -> QueryParser:
    """Return Whoosh's parser with the plugins that can be trusted, and our own minus in its ``NOT``.

    Each plugin takes its time at every letter, so that for weights is there only for a query with ``^`` in it.
    """
    tagger = plugins.OperatorsPlugin.OpTagger
    # whoosh gathers operators in this order
    order = (
        tagger(_NOT, syntax.NotGroup, syntax.PrefixOperator),
        tagger(_AND, syntax.AndGroup, _Joint),
        tagger(_OR, syntax.OrGroup, _Joint),
    )
    operators = plugins.OperatorsPlugin([(one, 0) for one in order], clean=True)
    fields = plugins.FieldsPlugin(FIELD, remove_unknown=False)
    parts = [fields, plugins.PhrasePlugin(), plugins.GroupPlugin(), *([plugins.BoostPlugin()] if weighed else [])]
    return QueryParser(None, None, plugins=[*parts, operators])


def parse(text: str, values: Values, typing: bool = False) -> Parsed:
    """Return the tree of any text at all. Never raises; the time it takes is bounded.

    ``values`` says which words are one value; with ``typing`` the last word is one that may still grow.
    """
    whole = mended(text, values, typing)
    notes = whole.notes
    try:
        tree = _copied(_parser("^" in whole.text).parse(whole.text, normalize=False), 0)
    except Exception:  # whatever the parser cannot read is read as words: an answer is promised
        tree = Group("and", tuple(Word("", word) for word in whole.text.split()))
        notes = (*notes, Message(_PLAIN))
    return Parsed(_growing(tree, whole.begun) if whole.growing else tree, notes)


def _growing(node: Word | Group, begun: bool) -> Word | Group:
    """Return a tree whose last word may still grow.

    What is shut out does not grow, or all would go with one letter; but what is ``begun`` shuts out nothing yet.
    """
    if isinstance(node, Word):
        return replace(node, growing=True)
    if (node.kind == "not" and not begun) or not node.parts:
        return node
    return replace(node, parts=(*node.parts[:-1], _growing(node.parts[-1], begun)))


def _copied(node: Any, depth: int) -> Word | Group:
    """Return Whoosh's tree as values of ours."""
    if depth > 4 * MOST_LEVELS:
        raise RecursionError
    if isinstance(node, whoosh_query.Term):
        return Word(node.fieldname or "", node.text, boost=node.boost)
    if isinstance(node, whoosh_query.Phrase):
        slop = min(node.slop, MOST_CHARACTERS)
        return Word(node.fieldname or "", " ".join(node.words), True, slop, node.boost)
    if isinstance(node, whoosh_query.Not):
        return Group("not", (_copied(node.query, depth + 1),))
    kinds = {whoosh_query.And: "and", whoosh_query.Or: "or"}
    if type(node) in kinds:
        return Group(kinds[type(node)], tuple(_copied(part, depth + 1) for part in node.subqueries), node.boost)
    if node is whoosh_query.NullQuery or isinstance(node, type(whoosh_query.NullQuery)):
        return Group("and", ())
    raise TypeError(type(node).__name__)
