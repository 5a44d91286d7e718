"""Queries that are kept name themes, collections and attributes by id, so that they mean the same under any name.

``stored`` turns the names in a query into ids, ``shown`` turns the ids into the names of the day. What names nothing,
what is a pattern (``theme:dr*``) and what stands in quotation marks stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from app.search import saying
from app.search.designations import Designations, Path, collection, parted
from app.search.fields import Attributes, bare
from app.search.preparing import turned
from app.search.straightening import Naming, naming, straightened
from app.search.tree import FIELD, ID, MOST_IDS, SPELLINGS, plainly

_PART: Final = re.compile(rf'{FIELD}(?P<value>"[^"]*(?:"|$)|[^\s()"^]+)?|"[^"]*(?:"|$)')
_PATTERN: Final = re.compile("[*?~]")


@dataclass(frozen=True)
class Known:
    """What a library's ids stand for: paths of themes, names of collections and of attributes.

    ``numbers`` are the ids of attributes whose values are numbers: a minus before one belongs to it.
    """

    themes: Mapping[str, Path] = field(default_factory=dict)
    collections: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    numbers: Collection[str] = ()

    @cached_property
    def designations(self) -> Designations:
        """Return the themes by what a query may call them."""
        return Designations(dict(enumerate(self.themes.values())))

    @cached_property
    def _paths(self) -> Mapping[Path, str]:
        return {path: given for given, path in self.themes.items()}

    @cached_property
    def _named_collections(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for given, name in self.collections.items():
            found.setdefault(plainly(name), given)
        return found

    @cached_property
    def _attributes(self) -> Attributes[str]:
        return Attributes(self.attributes, {given: given for given in self.attributes})

    def themes_called(self, value: str) -> list[str]:
        """Return the ids of the themes that a query names with ``value``, as the reading of queries finds them."""
        found = self.designations.meant(value)
        if _PATTERN.search(value) and not self.designations.called(parted(value)):
            return []
        return sorted(self._paths[path] for path in found if path in self._paths)

    def collection_called(self, value: str) -> str | None:
        """Return the id of the collection of a name."""
        return self._named_collections.get(plainly(value))

    def collection_meant(self, value: str) -> str | None:
        """Return the id of the collection that a query names with a value, as the reading of queries finds it."""
        return self.collection_called(value) or collection(self.collections, value)

    @property
    def naming(self) -> Naming:
        """Return what can be named."""
        return naming(self._attributes, self.designations, self.collections)

    def attribute_called(self, written: str) -> str | None:
        """Return the id of the attribute that the name before a colon means."""
        return self._attributes.called(written)

    def attribute_said(self, given: str) -> str:
        """Return the attribute of an id as a query names it, with its colon; empty where no name says the same."""
        return saying.field(self.attributes[given], self._attributes, given)

    def is_signed(self, written: str) -> bool:
        """Return whether the values of a field are numbers."""
        return self.attribute_called(written) in self.numbers


_Rewrite = Callable[[Known, str, str, str], str | None]


def stored(query: str, known: Known) -> str:
    """Return ``query`` with ids for the names in it; of more than are read, the first."""
    return _rewritten(turned(straightened(query, known.naming), known.is_signed), known, _with_ids)


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
    parts, last, ids = [], 0, 0
    for match in _PART.finditer(query.translate(SPELLINGS)):
        if match["name"] is None:
            continue
        after = query[match.end("name") + 1 : match.end()]
        value = bare(match["value"] or "")
        if match["comparison"] == ">":
            value = f"> {value}"  # a theme from the root down
        said = rewrite(known, match["name"], value, after)
        ids += len(ID.findall(said or ""))
        if ids > MOST_IDS:
            break
        if said is not None:
            parts += [query[last : match.start()], said]
            last = match.end()
    return "".join((*parts, query[last:]))


def _with_ids(known: Known, written: str, value: str, after: str) -> str | None:
    """Return a field and its value with ids; ``after`` is all that was typed after the colon."""
    attribute = known.attribute_called(written)
    if attribute is not None:
        return f"{attribute}:{after}"
    key = bare(written).casefold()
    if key == "theme":
        themes = [f"theme:{given}" for given in known.themes_called(value)]
        return f"({' OR '.join(themes)})" if len(themes) > 1 else "".join(themes) or None
    named = known.collection_meant(value) if key == "in" else None
    return f"in:{named}" if named else None


def _with_names(known: Known, written: str, value: str, after: str) -> str | None:
    """Return a field and its value with names; ``after`` is all that was typed after the colon."""
    key, given = bare(written).casefold(), value.casefold()
    said = ""
    if key in known.attributes:
        named = known.attribute_said(key)
        return f"{named}{after}" if named else None
    if key == "theme" and given in known.themes:
        said = saying.theme(known.themes[given], known.designations, short=True)
    elif key == "in" and given in known.collections:
        name = known.collections[given]
        said = saying.exactly(name) if known.collection_called(name) == given else ""
    return f"{key}:{said}" if said else None
