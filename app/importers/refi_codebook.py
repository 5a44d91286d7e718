"""REFI-QDA codebooks (``.qdc``): a tree of codes, with their colours and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.drafts import Codebook, Draft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._refi import ORIGIN, child, children, codes
from app.importers._xml import local, parse_xml

if TYPE_CHECKING:
    from lxml import etree

_HEAD: Final = 4096


def read(file: File) -> Parts:
    """Read the themes; raises ``ImportFailed`` when there are none. Sets of codes have no place here, and are told."""
    root = parse_xml(file.data.lstrip(), file.name)
    themes = tuple(theme for _guid, theme in codes(child(root, "Codes"), _no_note, own=root.get("origin") == ORIGIN))
    if local(root) != "CodeBook" or not themes:
        raise ImportFailed("{name} is a codebook without codes.", "Export it again.", name=file.name)
    found: list[Draft | Unread | Codebook] = [Codebook(themes)]
    names = [one.get("name") or "" for one in children(child(root, "Sets"), "Set")]
    if names:
        said = ImportFailed("Sets of codes are not kept: {names}.", names=", ".join(names))
        found.append(Unread("Sets", said, passed=True))
    return found


def _no_note(_code: etree._Element) -> str:
    """Codebooks hold no notes."""
    return ""


IMPORTER: Final = Importer(
    "qdc",
    "REFI-QDA codebook",
    (".qdc",),
    read,
    lambda data: b"<CodeBook" in data[:_HEAD] and b"urn:QDA-XML:codebook" in data[:_HEAD],
)
