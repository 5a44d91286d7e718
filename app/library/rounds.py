"""Rounds with other coders: who was asked to code what, and whose layers a library holds.

What a library knows of its rounds is a setting of its own, and has no history. Which articles a coder has coded has
one: a round that is undone covers nothing, and what covers nothing ties nothing up.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from app.errors import Conflict, InvalidInput
from app.library.library import Library, as_json, clean_name, new_uid
from app.rounds import Round

CONSENSUS: Final = "Consensus"
"""The author of what was decided about disagreements: a layer of the reader's own."""

_ASKED: Final = "rounds"
_ANSWERED: Final = "round"
_ID: Final = "id"
_RESERVED: Final = frozenset({CONSENSUS.casefold(), "me"})
_MANY: Final = 500  # rows looked up at once


class Rounds:
    """The rounds of one library."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._library = library

    def own_id(self) -> str:
        """Return the id of this library, which it gets when it is asked for first."""
        held = self._library.setting(_ID)
        if held is None:
            held = new_uid()
            self._library.set_setting(_ID, held)
        return held

    def all(self) -> tuple[Round, ...]:
        """Return the rounds that this library asked for, the oldest first; what cannot be read is passed over."""
        return tuple(_rounds(self._library.setting(_ASKED)))

    def keep(self, one: Round) -> None:
        """Keep a round, in place of what was known of it."""
        self._keep({each.id: each for each in (*self.all(), one)})

    def take_in(self, rounds: Sequence[Round]) -> frozenset[str]:
        """Know of the rounds that another library asked for too, where that knows more of them.

        Returns their coders, as far as a round of theirs has been taken in.
        """
        held = {one.id: one for one in self.all()}
        before = dict(held)
        for one in rounds:
            if _is_coder(one.coder) and (one.id not in held or one.taken > held[one.id].taken):
                held[one.id] = one
        if held != before:
            self._keep(held)
        return frozenset(one.coder for one in rounds).intersection(self._taken())

    def as_here(self, rounds: Sequence[Round]) -> list[Round]:
        """Return rounds of a file; one of whose articles the coder coded all here is only asked for: nothing comes."""
        covered = {one: self._ids_of(one) for one in {one.coder for one in rounds}.intersection(self.coders())}
        return [
            replace(one, taken=0) if one.articles and covered.get(one.coder, set()).issuperset(one.articles) else one
            for one in rounds
        ]

    def _ids_of(self, coder: str) -> set[str]:
        rows = self._library.database.rows(
            "SELECT uid FROM layer_article JOIN article ON article.id=article_id WHERE author=?", (coder,)
        )
        return {str(row["uid"]) for row in rows}

    def _keep(self, rounds: Mapping[str, Round]) -> None:
        found = sorted(rounds.values(), key=lambda one: (one.made, one.id))
        self._library.set_setting(_ASKED, as_json([_written(one) for one in found]))

    def asked(self) -> Round | None:
        """Return the round that this library was made for, if it is a coder's."""
        return next(iter(_rounds(self._library.setting(_ANSWERED), alone=True)), None)

    def answer(self, one: Round) -> None:
        """Say of this library that it was made for a round."""
        self._library.set_setting(_ANSWERED, as_json(_written(replace(one, articles=()))))

    def coders(self) -> tuple[str, ...]:
        """Return whose layers have been taken in, in that order; one that was undone is none."""
        taken = self._taken()
        rows = self._library.database.rows("SELECT DISTINCT author FROM layer_article") if taken else ()
        covering = {row["author"] for row in rows}
        return tuple(one for one in taken if one in covering)

    def present(self) -> frozenset[str]:
        """Return the ids of the rounds that have been taken in; one that was undone is not there."""
        coders = self.coders()
        covered = {coder: self._ids_of(coder) for coder in coders}
        return frozenset(
            one.id
            for one in self.all()
            if one.taken and one.coder in covered and not covered[one.coder].isdisjoint(one.articles)
        )

    def _taken(self) -> tuple[str, ...]:
        """Return whose rounds have been taken in, in that order, those that were undone too."""
        taken = sorted((one for one in self.all() if one.taken), key=lambda one: one.taken)
        return tuple(dict.fromkeys(one.coder for one in taken))

    def layers(self) -> frozenset[str]:
        """Return the authors of all layers: what they marked is never joined with anything else."""
        return frozenset((*self.coders(), CONSENSUS))

    def articles(self, coder: str) -> frozenset[int]:
        """Return the keys of the articles that a coder coded, those without a mark too."""
        rows = self._library.database.rows("SELECT article_id FROM layer_article WHERE author=?", (coder,))
        return frozenset(row["article_id"] for row in rows)

    def covered(self, articles: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Return who coded articles, by article; those that nobody coded are left out."""
        found: dict[int, list[str]] = defaultdict(list)
        for start in range(0, len(articles), _MANY):
            part = list(articles[start : start + _MANY])
            for row in self._library.database.rows(
                f"""SELECT article_id, author FROM layer_article WHERE article_id IN ({",".join("?" * len(part))})
                    ORDER BY article_id, author""",
                part,
            ):
                found[row["article_id"]].append(row["author"])
        return {article: tuple(coders) for article, coders in found.items()}

    def cover(self, articles: Iterable[int], coder: str) -> None:
        """Let articles count as coded by a coder, inside a deed."""
        for article in articles:
            self._library.database.execute(
                "INSERT INTO layer_article (article_id, author) SELECT ?1, ?2 WHERE NOT EXISTS"
                " (SELECT 1 FROM layer_article WHERE article_id=?1 AND author=?2)",
                (article, coder),
            )

    def guard(self, author: str) -> None:
        """Refuse a change of what another coder marked (``Conflict``)."""
        if author and author in self.coders():
            raise Conflict(
                "This is from the layer of {coder}, which nothing changes.",
                "Mark the passage yourself, or decide about it under “Agreement”.",
                coder=author,
            )


def coder_name(name: str) -> str:
    """Return the name of a coder, cleaned; raises ``InvalidInput`` for one that means something else."""
    cleaned = clean_name(name)
    if cleaned.casefold() in _RESERVED:
        raise InvalidInput("A coder cannot be called “{name}”.", "Give another name.", name=cleaned)
    return cleaned


def _is_coder(name: str) -> bool:
    """Tell whether a name is one that a coder of this program has."""
    with suppress(InvalidInput):
        return coder_name(name) == name
    return False


def note_id(coder: str, of: str) -> str:
    """Return the id that a coder's note on a thing (its id) has in a collection, so that it is known again."""
    return hashlib.sha256(f"note of {coder}\n{of}".encode()).hexdigest()[:32]


def _written(one: Round) -> dict[str, Any]:
    return {
        "id": one.id,
        "coder": one.coder,
        "articles": list(one.articles),
        "made": one.made,
        "taken": one.taken,
        "library": one.library,
        "blind": one.blind,
    }


def _rounds(text: str | None, *, alone: bool = False) -> Iterable[Round]:
    try:
        held = json.loads(text or "[]")
    except ValueError:
        return
    for one in [held] if alone else held if isinstance(held, list) else []:
        if isinstance(one, dict) and isinstance(one.get("id"), str) and isinstance(one.get("coder"), str):
            yield Round(
                one["id"],
                one["coder"],
                _ids(one.get("articles")),
                _number(one.get("made")),
                _number(one.get("taken")),
                str(one.get("library") or ""),
                one.get("blind") is True,
            )


def _ids(value: object) -> tuple[str, ...]:
    return tuple(str(uid) for uid in value) if isinstance(value, list) else ()


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
