"""The JSON of a library taken apart as this program lays it out: an article a line, a picture a line.

So a file of hundreds of megabytes is never a value as a whole, and of its pictures one at a time is decoded.
"""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from app.loading import load
from app.pictures import LARGEST, kind_of
from app.text.body import Body

Node = Mapping[str, Any]

# No text in JSON has a line break in it: these stand where the program wrote them, and nowhere else.
_ARTICLES: Final = b',\n"articles":['
_PICTURES: Final = b'\n],\n"pictures":{'
_END: Final = b"\n}}\n"
_PICTURE: Final = re.compile(rb'\n"(?P<digest>[0-9a-f]{64})":"(?P<data>[A-Za-z0-9+/=]*)"(?=,?\n)')


class Encoded(Mapping[str, bytes]):
    """Pictures by their SHA-256, written in base64, each decoded when it is asked for."""

    def __init__(self, written: Mapping[str, str | memoryview]) -> None:
        """Give what is written; it need not make sense."""
        self._written = written
        self._sound: dict[str, bool] = {}

    def __getitem__(self, digest: str) -> bytes:
        """Return a picture; raises ``KeyError``, and ``ValueError`` for what is no base64."""
        return binascii.a2b_base64(self._written[digest], strict_mode=True)

    def __contains__(self, digest: object) -> bool:
        """Tell whether a picture is written, without decoding it."""
        return digest in self._written

    def __iter__(self) -> Iterator[str]:
        """Yield the SHA-256 of all that is written."""
        return iter(self._written)

    def __len__(self) -> int:
        """Return how many are written."""
        return len(self._written)

    def of(self, body: Body, more: Iterable[str] = ()) -> Mapping[str, bytes]:
        """Return those that a text shows, or that are named besides, and that are what they are called."""
        shown = (str(block.attributes.get("picture", "")) for block in body.blocks if block.kind == "image")
        named = dict.fromkeys((*shown, *more))
        return Chosen(self, tuple(digest for digest in named if self._is_sound(digest)))

    def _is_sound(self, digest: str) -> bool:
        if digest not in self._sound:
            self._sound[digest] = digest in self._written and self._is_what_it_is_called(digest)
        return self._sound[digest]

    def _is_what_it_is_called(self, digest: str) -> bool:
        try:
            data = self[digest]
        except ValueError:
            return False
        called: str = load("hashlib").sha256(data).hexdigest()
        return called == digest and len(data) <= LARGEST and kind_of(data) is not None


class Chosen(Mapping[str, bytes]):
    """Some of the pictures that are there, by their SHA-256, each read when it is asked for."""

    def __init__(self, pictures: Mapping[str, bytes], digests: tuple[str, ...]) -> None:
        """Choose those of ``digests``; raises ``KeyError`` when one is not among them."""
        for digest in digests:
            if digest not in pictures:
                raise KeyError(digest)
        self._pictures = pictures
        self._digests = digests

    def __getitem__(self, digest: str) -> bytes:
        """Return a picture; raises ``KeyError``."""
        if digest not in self._digests:
            raise KeyError(digest)
        return self._pictures[digest]

    def __contains__(self, digest: object) -> bool:
        """Tell whether a picture is among them, without reading it."""
        return digest in self._digests

    def __iter__(self) -> Iterator[str]:
        """Yield their SHA-256."""
        return iter(self._digests)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._digests)


def taken_apart(data: bytes) -> tuple[Node, Iterator[Any], Encoded] | None:
    """Return what stands before the articles, each of them (``None`` for one that is no JSON any more), the pictures.

    ``None``: the file is laid out in another way.
    """
    first, last = data.find(_ARTICLES), data.rfind(_PICTURES)
    if not (0 < first <= last and data.endswith(_END)):
        return None
    try:
        head = json.loads(data[:first].decode("utf-8-sig") + "}")
    except (ValueError, RecursionError):
        return None
    view = memoryview(data)
    found = _PICTURE.finditer(data, last)
    pictures = {match["digest"].decode(): view[slice(*match.span("data"))] for match in found}
    return head, _lines(data, first + len(_ARTICLES), last), Encoded(pictures)


def _lines(data: bytes, start: int, end: int) -> Iterator[Any]:
    while start < end:
        following = data.find(b"\n", start + 1, end)
        following = end if following < 0 else following
        try:
            yield json.loads(data[start:following].decode("utf-8").strip().rstrip(","))
        except (ValueError, RecursionError):
            yield None
        start = following
