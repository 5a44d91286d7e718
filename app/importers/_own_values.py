"""What files of this program's own say, several of them in the same words: ids, rules, rounds, themes, notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from app.drafts import ThemeDraft
from app.importers._json_file import objects, text
from app.importers._moments import moment
from app.model import Noted, Rule
from app.rounds import Round

_BEYOND: Final = 1 << 53
_MOST_ROUNDS: Final = 1000
_LONGEST_NAME: Final = 500  # of a coder
_ID: Final = re.compile(r"[0-9a-f]{32}")


def own_id(value: object) -> str:
    """Return an id as this program makes them; nothing for anything else, which nothing can be known by."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def whole(value: object) -> int:
    """Return a whole number from 0, also a time; 0 for what is none, or is beyond all measure."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _BEYOND else 0


def own_noted(value: Any) -> Noted | None:
    """Return what is told under ``noted`` of the note of a thing beside its words; ``None`` where nothing is."""
    told = value.get("noted")
    if not isinstance(told, dict):
        return None
    return Noted(own_id(told.get("id")), moment(told.get("created")), moment(told.get("modified")))


def own_rules(value: Any, uid: Callable[[object], str]) -> tuple[Rule, ...]:
    """Return what is told under ``rules`` of lines to be left out; ``uid`` reads an id as the file writes it."""
    return tuple(
        Rule(uid(one.get("id")), text(one.get("outlet")), text(one.get("line")), text(one.get("kind")))
        for one in objects(value, "rules")
    )


def own_rounds(value: Any) -> tuple[Round, ...]:
    """Return the rounds that are told of under ``rounds``, the first of too many: a library always has them at hand."""
    return tuple(filter(None, map(own_round, objects(value, "rounds")[:_MOST_ROUNDS])))


def own_round(value: Any) -> Round | None:
    """Return a round with another coder, ``None`` for what is none."""
    told = value if isinstance(value, dict) else {}
    uid, coder, asked = own_id(told.get("id")), text(told.get("coder")), told.get("articles")
    if not (uid and coder and len(coder) <= _LONGEST_NAME):
        return None
    return Round(
        uid,
        coder,
        tuple(filter(None, map(own_id, asked))) if isinstance(asked, list) else (),
        moment(told.get("made")),
        moment(told.get("taken")),
        own_id(told.get("library")),
        told.get("blind") is True,
    )


def own_themes(value: Any) -> tuple[ThemeDraft, ...]:
    """Return the themes that are described under ``themes``; one without a name is none."""
    return tuple(
        ThemeDraft(
            tuple(map(text, theme["path"])),
            text(theme.get("colour")),
            text(theme.get("definition")),
            text(theme.get("note")),
            whole(theme.get("digit")),
            text(theme.get("id")),
            theme.get("private") is True,
            own_noted(theme),
        )
        for theme in objects(value, "themes")
        if isinstance(theme.get("path"), list) and any(text(name).strip() for name in theme["path"])
    )
