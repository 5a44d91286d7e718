"""Queries that are kept name themes, collections and attributes by id, so that they mean the same under any name.

``stored`` turns the names in a query into ids, ``shown`` turns the ids into the names of the day. What names nothing,
what is a pattern (``theme:dr*``) and what stands in quotation marks stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from app.search import language
from app.search.designations import Designations, Path
from app.search.reading import ID, TEXT_LABELS, slots_of
from app.search.tree import FIELD, MOST_CHARACTERS, SPELLINGS

_PART: Final = re.compile(rf'{FIELD}(?P<value>"[^"]*(?:"|$)|[^\s()"^]+)?|"[^"]*(?:"|$)')
_PATTERN: Final = re.compile("[*?~]")
_WORD: Final = re.compile(r"[^\W_][\w-]*")
_FIELD_NAME: Final = re.compile(r"[^\W_][\w-]{0,80}")
_LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class Known:
    """What a library's ids stand for: paths of themes, names of collections and of attributes."""

    themes: Mapping[str, Path] = field(default_factory=dict)
    collections: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _designations(self) -> Designations:
        return Designations(dict(enumerate(self.themes.values())))

    @cached_property
    def _paths(self) -> Mapping[Path, str]:
        return {path: given for given, path in self.themes.items()}

    @cached_property
    def _named_collections(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for given, name in self.collections.items():
            found.setdefault(_folded(name), given)
        return found

    @cached_property
    def _named_attributes(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for given, name in self.attributes.items():
            found.setdefault("".join(language.words(name)), given)
        return found

    def themes_called(self, value: str) -> list[str]:
        """Return the ids of the themes that a query names with ``value``, as the reading of queries finds them."""
        typed = tuple(part.strip().casefold() for part in value.split(">"))
        if not any(typed) or typed == ("*",):
            return []
        found = self._designations.called(typed)
        if not found and not _PATTERN.search(value):
            found = self._designations.like([own for part in typed if (own := slots_of(part, plain="exact"))])
        return sorted(self._paths[path] for path in found if path in self._paths)

    def collection_called(self, value: str) -> str | None:
        """Return the id of the collection of a name."""
        return self._named_collections.get(_folded(value))

    def attribute_called(self, name: str) -> str | None:
        """Return the id of the attribute of a name, whatever its case, spaces and hyphens."""
        return self._named_attributes.get("".join(language.words(name)))


_Rewrite = Callable[[Known, str, str, str], str | None]


def stored(query: str, known: Known) -> str:
    """Return ``query`` with ids for the names in it; as it is when that would be longer than what is read of one."""
    found = _rewritten(query, known, _with_ids)
    return found if len(found) <= MOST_CHARACTERS else query


def shown(query: str, known: Known) -> str:
    """Return ``query`` with names for the ids in it. An id stays where no name says the same, and where it is gone."""
    return _rewritten(query, known, _with_names)


def replaced(query: str, ids: Mapping[str, str]) -> str:
    """Return ``query`` with other ids for some: what was named is another one now."""
    return ID.sub(lambda match: ids.get(match[0], match[0]), query)


def has_ids(query: str) -> bool:
    """Tell whether there may be ids in a query."""
    return ID.search(query) is not None


def _rewritten(query: str, known: Known, rewrite: _Rewrite) -> str:
    """Return ``query`` with each field and its value as ``rewrite`` says them, where it says anything."""
    parts, last = [], 0
    for match in _PART.finditer(query.translate(SPELLINGS)):
        if match["text"] is None:
            continue
        after = query[match.end("text") + 1 : match.end()]
        said = rewrite(known, match["text"].strip('"').strip(), (match["value"] or "").strip('"').strip(), after)
        if said is not None:
            parts += [query[last : match.start()], said]
            last = match.end()
    return "".join((*parts, query[last:]))


def _with_ids(known: Known, name: str, value: str, after: str) -> str | None:
    """Return a field and its value with ids; ``after`` is all that was typed after the colon."""
    key = name.casefold()
    attribute = None if key in TEXT_LABELS else known.attribute_called(name)
    if attribute is not None:
        return f"{attribute}:{after}"
    if key == "theme":
        themes = [f"theme:{given}" for given in known.themes_called(value)]
        return f"({' OR '.join(themes)})" if len(themes) > 1 else "".join(themes) or None
    collection = known.collection_called(value) if key == "in" else None
    return f"in:{collection}" if collection else None


def _with_names(known: Known, name: str, value: str, after: str) -> str | None:
    """Return a field and its value with names; ``after`` is all that was typed after the colon."""
    key, given = name.casefold(), value.casefold()
    if key in known.attributes:
        return _attribute_named(known, key, after)
    if key == "theme" and given in known.themes:
        path = known.themes[given]
        names = (one for one in (path[-1], " > ".join(path)) if known.themes_called(one) == [given])
    elif key == "in" and given in known.collections:
        names = (one for one in (known.collections[given],) if known.collection_called(one) == given)
    else:
        return None
    return next((f"{key}:{_value(one)}" for one in names if '"' not in one), None)


def _attribute_named(known: Known, given: str, after: str) -> str | None:
    name = known.attributes[given]
    if known.attribute_called(name) != given or name.casefold() in TEXT_LABELS:
        return None
    if _FIELD_NAME.fullmatch(name):
        return f"{name}:{after}"
    return f'"{name}":{after}' if len(name) <= _LONGEST_NAME and not set(name) & {'"', ":"} else None


def _value(name: str) -> str:
    """Return a name as the value of a field."""
    return name if _WORD.fullmatch(name) else f'"{name}"'


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
