"""REFI-QDA 1.5, the exchange format of programs for qualitative analysis: what its project and its codebook share.

https://www.qdasoftware.org ; elements stand in the order of the schema, and a container without content is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from app.exporters._values import colour_of, timestamp, urn
from app.loading import load
from app.model import Theme

if TYPE_CHECKING:
    from lxml import etree

ORIGIN: Final = "Commonplace"
_FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def guid(uid: str, part: str = "") -> str:
    """Return the GUID of a uid, or of a named part of what has it: always the same one."""
    return urn(uid, part).removeprefix("urn:uuid:")


def root(element: str, namespace: str = "", /, **attributes: str) -> etree._Element:
    """Return the root of a document, or of a part of one; what is added to it lies in the same namespace."""
    tag, spaces = (f"{{{namespace}}}{element}", {None: namespace}) if namespace else (element, None)
    made: etree._Element = load("lxml.etree").Element(tag, nsmap=spaces)
    for key, value in attributes.items():
        if value:
            made.set(key, clean(value))
    return made


def add(parent: etree._Element, element: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Add an element; attributes without a value are left out."""
    # Made by its parent: this is done ten times for each highlight.
    space = parent.tag[: parent.tag.rfind("}") + 1]
    made = parent.makeelement(space + element, {key: clean(value) for key, value in attributes.items() if value})
    if text:
        made.text = clean(text)
    parent.append(made)
    return made


def clean(text: str) -> str:
    """Return text without what XML 1.0 (2.2) does not allow."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)  # most of it is


def codes(parent: etree._Element, themes: Iterable[Theme], note: Callable[[Theme], str] | None = None) -> None:
    """Add the themes as codes below ``Codes``; ``note`` returns the GUID of the note on one, or ``""``."""
    held = add(parent, "Codes")
    made: dict[str, Any] = {}
    for theme in themes:
        above = made.get(theme.parent or "")
        name = theme.name if above is not None else " > ".join(theme.path or (theme.name,))
        made[theme.id] = code = add(
            held if above is None else above,
            "Code",
            guid=guid(theme.id),
            name=name or "?",
            isCodable="true",
            color=colour_of(theme).upper(),
        )
        if theme.definition.strip():
            add(code, "Description", theme.definition)
        if note and (reference := note(theme)):
            add(code, "NoteRef", targetGUID=reference)


def written(document: etree._Element) -> bytes:
    """Return a document in UTF-8, without a mark before its declaration."""
    data: bytes = load("lxml.etree").tostring(document, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return data


def fragment(part: etree._Element) -> bytes:
    """Return a part of a document as it stands inside it: a tree of all of them would be large."""
    data: bytes = load("lxml.etree").tostring(part, encoding="utf-8", xml_declaration=False)
    return data


def filled(document: bytes, element: str, fragments: Sequence[bytes]) -> bytes:
    """Return a written document with fragments in the place of an element's content, which is empty."""
    start, empty, end = document.partition(f"<{element}/>".encode())
    if not empty:
        return document
    return b"".join((start, f"<{element}>\n".encode(), *(b"%b\n" % one for one in fragments),
                     f"</{element}>".encode(), end))  # fmt: skip


def times(created: int, modified: int) -> Mapping[str, str]:
    """Return the attributes that say when something was made and changed, from UTC milliseconds."""
    return {"creationDateTime": timestamp(created), "modifiedDateTime": timestamp(modified)}
