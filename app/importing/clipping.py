"""What lies on the clipboard, written down as a file that is then imported like any other."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app.errors import InvalidInput
from app.importers.clip import KIND
from app.text.addresses import site


@contextmanager
def clip(
    passage: str,
    address: str = "",
    title: str = "",
    note: str = "",
    themes: Sequence[str] = (),
    day: date | None = None,
) -> Iterator[Path]:
    """Write down a passage with where it is from, and yield the file; ``day`` is when that was looked at.

    Raises ``InvalidInput`` for a passage without words, and for an address that is none of the web.
    """
    if not passage.strip():
        raise InvalidInput("There is no passage to clip.", "Copy one first.")
    _checked(address)
    held = {"kind": KIND, "passage": passage, "address": address.strip(), "title": " ".join(title.split()),
            "note": note, "themes": list(themes), "accessed": day.isoformat() if day else ""}  # fmt: skip
    with _file("passage.clip", json.dumps(held, ensure_ascii=False).encode("utf-8", "replace")) as path:
        yield path


@contextmanager
def pasted(text: str, markup: str = "", address: str = "") -> Iterator[Path]:
    """Write down an article that was pasted, and yield the file: the markup where there is some, else the text.

    Raises ``InvalidInput`` where there is no text, and for an address that is none of the web.
    """
    if not text.strip() and not markup.strip():
        raise InvalidInput("There is no text to paste.", "Copy an article first.")
    _checked(address)
    name = "pasted.html" if markup.strip() else "pasted.txt"
    data = f"<!doctype html><meta charset=utf-8>{markup}" if markup.strip() else text
    with _file(name, data.encode("utf-8", "replace")) as path:
        yield path


def _checked(address: str) -> None:
    if address.strip() and not site(address):
        raise InvalidInput("“{address}” is no address of the web.", "It begins with https://.", address=address.strip())


@contextmanager
def _file(name: str, data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="commonplace-") as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        yield path
