"""Whoosh's view of the index: our words as an analyser of its own, and our fields as its schemas."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from whoosh.analysis import Token, Tokenizer
from whoosh.fields import KEYWORD, TEXT, Schema

from app.search import language
from app.search.schema import ATTRIBUTE, TEXT_FIELDS, Kind


class FoldingTokenizer(Tokenizer):  # type: ignore[misc]
    """Whoosh's door to our tokens: what ``language`` cuts and folds, as an analyser for a Whoosh field."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        **options: Any,
    ) -> Iterator[Token]:
        """Yield the folded tokens of ``value``, as Whoosh wants them: one object, changed at each step."""
        token = Token(positions, chars, **{key: options[key] for key in ("mode", "removestops") if key in options})
        for position, match in enumerate(language.pattern_for(value).finditer(value)):
            token.text = language.fold(match[0])
            token.boost = 1.0
            if positions:
                token.pos = start_pos + position
            if chars:
                token.startchar, token.endchar = (start_char + place for place in match.span())
            yield token


@cache
def schema(kind: Kind) -> Schema:
    """Return the Whoosh schema of a kind of documents: which fields there are, and which of them have positions."""
    names = {name: TEXT(analyzer=FoldingTokenizer(), phrase=True) for name, _ in TEXT_FIELDS[kind]}
    found = Schema(**names, theme=KEYWORD(), language=KEYWORD(), state=KEYWORD())
    if kind == "article":
        found.add(f"{ATTRIBUTE}*", TEXT(analyzer=FoldingTokenizer(), phrase=True), glob=True)
    return found
