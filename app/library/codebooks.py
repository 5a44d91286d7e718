"""Themes that came with a file, put into the tree of a library."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from app.drafts import Codebook, ThemeDraft
from app.library.library import Library, clean_name, clean_text
from app.library.themes import ARROW, Themes
from app.model import Theme

_ID: Final = re.compile(r"[0-9a-f]{32}")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


class Codebooks:
    """Takes codebooks into one library."""

    def __init__(self, library: Library, themes: Themes) -> None:
        """Work on an open library."""
        self._library = library
        self._themes = themes

    def take_in(self, codebook: Codebook, settled: Collection[str]) -> tuple[str, ...]:
        """Put the themes of a codebook into the tree, inside a deed; return the paths of those that are new.

        A path begins at the top. A theme that is ``settled`` (by its id) keeps what the reader said of it; definition
        and note are filled in where there is none. One that came with an article a moment ago gets its colour too.
        """
        made: list[str] = []
        for draft in codebook.themes:
            names = [clean_name(name) for name in draft.path if clean_text(name).strip()]
            if names:
                made += self._taken(draft, names, settled)
        return tuple(made)

    def _taken(self, draft: ThemeDraft, names: Sequence[str], settled: Collection[str]) -> list[str]:
        made: list[str] = []
        theme: Theme | None = None
        for depth, name in enumerate(names, 1):
            found = self._themes.child(name, theme)
            if found is None:
                found = self._made(draft if depth == len(names) else None, name, theme)
                made.append(ARROW.join(names[:depth]))
            theme = found
        if theme is not None:
            definition = "" if theme.definition.strip() else draft.definition
            note = "" if theme.note.strip() else draft.note
            colour = draft.colour if _COLOUR.fullmatch(draft.colour) and theme.id not in settled else ""
            if definition.strip() or note.strip() or colour:
                self._themes.edit(theme.id, definition=definition or None, note=note or None, colour=colour or None)
        return made

    def _made(self, draft: ThemeDraft | None, name: str, parent: Theme | None) -> Theme:
        under = parent.id if parent else None
        if draft is None:
            return self._themes.add(name, under=under, digit=0)
        colour = draft.colour if _COLOUR.fullmatch(draft.colour) else ""
        digit = draft.digit if 1 <= draft.digit <= 9 and draft.digit not in self._themes.digits() else 0
        uid = draft.id if _ID.fullmatch(draft.id) else ""
        return self._themes.add(name, under=under, colour=colour, digit=digit, uid=uid)
