"""The pictures of texts as attachments of a vault: each once, named by what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.exporters._base import File
from app.pictures import kind_in
from app.text.body import Body

FOLDER: Final = "attachments"


class Attachments:
    """The pictures of a bundle on their way into a vault."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        """Take the pictures by their SHA-256."""
        self._pictures = pictures
        self._places: dict[str, str] = {}
        self._fresh: list[str] = []

    def places(self, body: Body) -> Mapping[str, str]:
        """Return where the pictures that a text shows lie, by SHA-256."""
        found: dict[str, str] = {}
        for block in body.blocks:
            digest = str(block.attributes.get("picture", "")) if block.kind == "image" else ""
            place = self._place(digest) if digest else ""
            if place:
                found[digest] = place
        return found

    def fresh(self) -> Iterator[File]:
        """Yield the pictures that :meth:`places` has named since it was last asked."""
        fresh, self._fresh = self._fresh, []
        for digest in fresh:
            yield File(self._places[digest], self._pictures[digest])

    def _place(self, digest: str) -> str:
        if digest not in self._places:
            kind = kind_in(self._pictures, digest) if digest.isalnum() else None
            self._places[digest] = f"{FOLDER}/{digest}.{kind}" if kind else ""
            self._fresh += [digest] if kind else []
        return self._places[digest]
