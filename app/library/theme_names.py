"""What names themes: an id, a name, a path. Looked up among the themes of a library as they are at one moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from app.errors import Conflict
from app.library.theme_paths import ARROW
from app.model import Theme
from app.text.folding import folded

_SIGNS: Final[Mapping[str, Callable[[Theme], Hashable]]] = MappingProxyType(
    {
        "id": lambda theme: theme.id,
        "name": lambda theme: theme.name,
        "folded": lambda theme: folded(theme.name),
        "line": lambda theme: folded(ARROW.join(theme.path)),
        "path": lambda theme: tuple(map(folded, theme.path)),
        "place": lambda theme: (theme.parent, folded(theme.name)),
    }
)


class ThemeNames:
    """The themes of a library by all that may name them; a table is made when it is first looked into."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        """Know these themes, parents before children."""
        self._themes = {theme.key: theme for theme in themes}
        self._tables: dict[str, dict[Hashable, list[int]]] = {}

    def all(self) -> tuple[Theme, ...]:
        """Return all themes, those that were taken in last at the end."""
        return tuple(self._themes.values())

    def take(self, theme: Theme) -> None:
        """Take in a theme that is new, or that has the name and the place that it had."""
        if theme.key not in self._themes:
            for sign, table in self._tables.items():
                table.setdefault(_SIGNS[sign](theme), []).append(theme.key)
        self._themes[theme.key] = theme

    def by_key(self, key: int) -> Theme | None:
        """Return the theme with this key."""
        return self._themes.get(key)

    def by_id(self, uid: str) -> Theme | None:
        """Return the theme that has exactly this id."""
        return next(iter(self._found("id", uid)), None)

    def child(self, name: str, parent: Theme | None) -> Theme | None:
        """Return the theme of that name right below another, or at the top."""
        return next(iter(self._found("place", (parent.id if parent else None, folded(name)))), None)

    def named(self, name: str) -> Theme | None:
        """Return the theme of that name, whole id or path: what only begins an id may be a new name.

        Raises ``Conflict`` when several themes have the name and none of them, or more than one, stands at the top.
        """
        own = self.by_id(name.strip().lower())
        wanted = self._found("name", name.strip()) or self._found("folded", folded(name))
        if not wanted and own is None:
            # An arrow may also be a part of a name.
            path = tuple(folded(part) for part in name.split(ARROW.strip()))
            wanted = self._found("line", folded(name)) or self._found("path", path)
        if len(wanted) <= 1:
            return wanted[0] if wanted else own
        at_top = [theme for theme in wanted if theme.parent is None]
        if len(at_top) == 1:
            return at_top[0]
        paths = "; ".join(ARROW.join(theme.path) for theme in wanted)
        raise Conflict("Several themes are called “{name}”.", "Give the path: {paths}.", name=name, paths=paths)

    def _found(self, sign: str, value: Hashable) -> list[Theme]:
        table = self._tables.get(sign)
        if table is None:
            table = self._tables[sign] = {}
            for theme in self._themes.values():
                table.setdefault(_SIGNS[sign](theme), []).append(theme.key)
        return [self._themes[key] for key in table.get(value, ())]
