"""The names of a vault's notes: of each its file, and by what name links lead to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import PurePosixPath
from typing import Final

from app.exporters._obsidian import SUFFIX, file_name, identity, short_id
from app.exporters._values import title_of
from app.model import Bundle, Collection

COLLECTIONS: Final = "Collections"


@dataclass(frozen=True, slots=True)
class Names:
    """Where notes go, as paths in the vault without their suffix: ``paths`` by id; ``links`` are what leads there."""

    paths: Mapping[str, str]
    links: Mapping[str, str]
    codebook: str
    index: str


def names(bundle: Bundle, collections: Iterable[Collection]) -> Names:
    """Return the names of all notes. No two differ in case only.

    A note that is in the vault already stays in the folder where it is, and under the name that its reader gave it;
    a name of ours goes with the title.
    """
    own = {uid: path for uid, path in _found(bundle).items() if not _is_ours(path, uid)}
    taken = {path.casefold() for path in own.values()}

    def free(*candidates: str) -> str:
        name = next(name for name in chain(candidates, _numbered(candidates[-1])) if name.casefold() not in taken)
        taken.add(name.casefold())
        return name

    codebook = free("Themes")
    paths: dict[str, str] = {}
    articles = ((item.article.id, title_of(item.article.metadata), "") for item in bundle.articles)
    for uid, title, folder in (*articles, *((one.id, one.name, COLLECTIONS) for one in collections)):
        if uid in own:
            paths[uid] = own[uid]
            continue
        found = bundle.places.get(uid)
        name = free(file_name(title, short_id(uid)), file_name(title, short_id(uid, whole=True)))
        paths[uid] = str(PurePosixPath(found).parent / name if found else PurePosixPath(folder) / name)
    index = _index(bundle, free)
    return Names(paths, _links(paths, codebook, index), codebook, index)


def _found(bundle: Bundle) -> Mapping[str, str]:
    return {uid: place.removesuffix(SUFFIX) for uid, place in bundle.places.items()}


def _is_ours(path: str, uid: str) -> bool:
    """Return whether a note has a name that an export gave it."""
    known = identity(f"{PurePosixPath(path).name}{SUFFIX}")
    return known is not None and short_id(uid, whole=True).startswith(known)


def _links(paths: Mapping[str, str], *others: str) -> Mapping[str, str]:
    """Return by what names links lead to notes: their own, or where two have the same, with their folders."""
    named: dict[str, int] = {}
    for path in (*paths.values(), *others):
        name = PurePosixPath(path).name.casefold()
        named[name] = named.get(name, 0) + 1
    return {
        uid: path if named[PurePosixPath(path).name.casefold()] > 1 else PurePosixPath(path).name
        for uid, path in paths.items()
    }


def _index(bundle: Bundle, free: Callable[..., str]) -> str:
    """Return the name of what lists the notes; that of a collection alone may be there already."""
    index = file_name(bundle.title) or "Index"
    found = None if bundle.whole or not bundle.collections else _found(bundle).get(bundle.collections[0].id)
    return found or free(index, f"{index} index")


def _numbered(name: str) -> Iterator[str]:
    return (f"{name} {number}" for number in count(2))
