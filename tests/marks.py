"""What tests of importers of marks share: a file of the examples as its importer reads it."""

from __future__ import annotations

from pathlib import Path

from app.drafts import Codebook, Draft
from app.importers._base import File, Importer, Parts, Unread
from app.importers._parts import choose
from app.options import chosen

EXAMPLES = Path(__file__).parent / "data" / "imports" / "marks"


def example(name: str) -> bytes:
    return (EXAMPLES / name).read_bytes()


def chosen_for(name: str, data: bytes | None = None) -> Importer:
    return choose(name, example(name) if data is None else data)


def parts(name: str, data: bytes | None = None, key: str | None = None, **options: str) -> Parts:
    """Return what the importer of a file makes of it."""
    data = example(name) if data is None else data
    importer = choose(name, data, key)
    return importer.read(File(data, name, chosen(importer.name, importer.options, options)))


def drafts(name: str, data: bytes | None = None, key: str | None = None, **options: str) -> list[Draft]:
    return [one for one in parts(name, data, key, **options) if isinstance(one, Draft)]


def told(found: Parts) -> list[str]:
    return [str(one.error) for one in found if isinstance(one, Unread)]


def codebook(found: Parts) -> Codebook:
    (one,) = (one for one in found if isinstance(one, Codebook))
    return one


def holds(draft: Draft) -> bool:
    """Say whether each mark stands on its words, or does not say where it stands, or was lost before."""
    return all(
        draft.body.text[mark.start : mark.end] == mark.quote
        for mark in draft.marks
        if (mark.start, mark.end) != (-1, -1) and not mark.orphan
    )
