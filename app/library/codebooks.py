"""Themes that came with a file, put into the tree of a library."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.drafts import Codebook, ThemeDraft
from app.library.library import clean_name, clean_text
from app.library.notes import Notes
from app.library.theme_paths import ARROW, shallow
from app.library.themes import Themes
from app.model import Theme

_ID: Final = re.compile(r"[0-9a-f]{32}")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")

_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a codebook: the paths of the themes that are new, and for the ids in it those of this library."""

    made: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)


class Codebooks:
    """Takes codebooks into one library."""

    def __init__(self, themes: Themes, notes: Notes) -> None:
        """Work on the themes of an open library."""
        self._themes = themes
        self._notes = notes

    def take_in(self, codebook: Codebook, settled: Collection[str]) -> Taken:
        """Put the themes of a codebook into the tree, inside a deed.

        A theme is known by its id, wherever it hangs now, otherwise by its path, which begins at the top. One that is
        ``settled`` (by its id) keeps what the reader said of it; a definition is filled in where there is none, a note
        joins the one that is there. Those that came with articles a moment ago get their colours, their digits and
        their order too.
        """
        made: list[str] = []
        known: dict[_Path, Theme] = {}
        ids: dict[str, str] = {}
        with self._themes.remembering():
            for draft in codebook.themes:
                path = shallow([clean_name(name) for name in draft.path if clean_text(name).strip()])
                if path:
                    theme = self._taken(draft, path, known, made)
                    self._complete(theme, draft, settled)
                    known[path] = theme
                    ids |= {draft.id: theme.id} if draft.id else {}
        self._themes.put_in_order([one.id for one in known.values() if one.id not in settled])
        return Taken(tuple(made), ids)

    def _taken(self, draft: ThemeDraft, path: _Path, known: Mapping[_Path, Theme], made: list[str]) -> Theme:
        """Return the theme of a draft, made with what is missing above it when there is none."""
        uid = draft.id if _ID.fullmatch(draft.id) else ""
        theme = self._themes.by_id(uid) if uid else None
        if theme is not None:
            return theme
        for depth, name in enumerate(path, 1):
            found = known.get(path[:depth]) or self._themes.child(name, theme)
            if found is None:
                found = self._made(draft if depth == len(path) else None, name, theme, uid)
                made.append(ARROW.join(path[:depth]))
            theme = found
        assert theme is not None
        return theme

    def _made(self, draft: ThemeDraft | None, name: str, parent: Theme | None, uid: str) -> Theme:
        under = parent.id if parent else None
        if draft is None:
            return self._themes.add(name, under=under, digit=0)
        colour = draft.colour if _COLOUR.fullmatch(draft.colour) else ""
        digit = draft.digit if 1 <= draft.digit <= 9 and draft.digit not in self._themes.digits() else 0
        return self._themes.add(name, under=under, colour=colour, digit=digit, uid=uid)

    def _complete(self, theme: Theme, draft: ThemeDraft, settled: Collection[str]) -> None:
        definition = "" if theme.definition.strip() else draft.definition
        colour = draft.colour if _COLOUR.fullmatch(draft.colour) and theme.id not in settled else ""
        digit = draft.digit if self._may_have(theme, draft, settled) else None
        if definition.strip() or (colour and colour.lower() != theme.colour) or digit:
            self._themes.edit(theme.id, definition=definition or None, colour=colour or None, digit=digit)
        self._notes.join(draft.note, "theme", theme.key, private=draft.private, noted=draft.noted)

    def _may_have(self, theme: Theme, draft: ThemeDraft, settled: Collection[str]) -> bool:
        """Tell whether a theme gets the digit that a file gives it: one that nobody said anything of, if it is free."""
        is_open = theme.id not in settled and theme.digit is None and 1 <= draft.digit <= 9
        return is_open and draft.digit not in self._themes.digits()
