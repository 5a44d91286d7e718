"""REFI-QDA, the exchange format of programs for qualitative analysis: its names, and the codes that both files have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from app.drafts import ThemeDraft
from app.importers import _own_values
from app.importers._colours import colour_of
from app.importers._xml import local, words

if TYPE_CHECKING:
    from lxml import etree

ORIGIN: Final = "Commonplace"
_DEEPEST: Final = 50


def children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """Return the children of these names, in order."""
    return [] if element is None else [child for child in element if local(child) in names]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first child of a name, and so on down."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def exact(element: etree._Element | None) -> str:
    """Return the text of an element to the letter, as this program's own files are read."""
    return "" if element is None else "".join(map(str, element.itertext()))


def guid(text: str | None) -> str:
    """Return a GUID as all of them are compared: without braces, in lower case."""
    return (text or "").strip().strip("{}").lower()


def own_id(text: str | None) -> str:
    """Return the id that a GUID of this program's own files was made of; nothing for one that was made of none."""
    return _own_values.own_id(guid(text).replace("-", ""))


def position(text: str | None) -> int:
    """Return the position that an attribute holds; -1 for what is none, or is beyond all measure."""
    try:
        return int(text or "-1")
    except ValueError:
        return -1


def target(element: etree._Element | None) -> str:
    """Return the GUID that a reference names."""
    return "" if element is None else guid(element.get("targetGUID") or element.get("guid"))


def codes(
    parent: etree._Element | None, note: Callable[[etree._Element], str], *, own: bool = False
) -> Iterator[tuple[str, ThemeDraft]]:
    """Yield the codes below ``Codes``, parents first, each with its GUID; ``note`` returns what is written on one.

    The GUIDs of this program's ``own`` files are ids.
    """
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(code, ()) for code in children(parent, "Code")[::-1]]
    while waiting:
        code, above = waiting.pop()
        name = " ".join((code.get("name") or "").split())
        path = (*above, name) if name else above
        if name:
            yield (
                guid(code.get("guid")),
                ThemeDraft(
                    path,
                    colour_of(code.get("color")),
                    (exact if own else words)(child(code, "Description")),
                    note(code),
                    id=own_id(code.get("guid")) if own else "",
                ),
            )
        if len(path) < _DEEPEST:
            waiting += [(inner, path) for inner in children(code, "Code")[::-1]]
