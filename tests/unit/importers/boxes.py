"""What tests of containers share: the sample files, read as the reading process reads them, and what all must bear."""

from __future__ import annotations

from pathlib import Path

from app.drafts import Draft
from app.errors import AppError
from app.importers import _companions
from app.importers._base import File, Parts, Unread
from app.importers._parts import choose

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "imports"
WALL = "7f79f6866cb4c5bd4da064030e322c2cfa3d838c894ede50fad0c2ee83d7ce8f"
BOAT = "1980895ad5a345c503f39458b4776a73248f4fe13059c920b5fc7f5587e4b81c"
KINDS = [
    "paragraph", "image", "caption", "heading", "paragraph", "item", "item", "image", "paragraph", *["cell"] * 6,
    "paragraph",
]  # fmt: skip
"""The blocks of the article about the sea wall, in whatever it was kept."""


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def read(name: str, data: bytes | None = None, as_format: str | None = None) -> Parts:
    """Read a sample, or other bytes under its name."""
    content = sample(name) if data is None else data
    folder = _companions.folder_of(SAMPLES / name) if data is None else None
    return choose(Path(name).name, content, as_format).read(File(content, Path(name).name, folder=folder))


def drafts(name: str, data: bytes | None = None) -> list[Draft]:
    """Read a sample of which nothing may be unreadable."""
    found = read(name, data)
    assert not [part for part in found if isinstance(part, Unread)]
    return [part for part in found if isinstance(part, Draft)]


def is_the_wall(draft: Draft) -> bool:
    """Check that a draft is the article about the sea wall, whole and with its pictures."""
    assert draft.metadata.title == "The Sea Wall Is Too Low"
    assert (draft.metadata.byline, draft.metadata.outlet) == ("Ada Marsh", "Harbour Post")
    assert draft.metadata.address == "http://harbour.example/wall.html"
    assert str(draft.metadata.published) == "2025-03-04"
    pieces = draft.body.pieces()
    assert [piece.kind for piece in pieces] == KINDS
    assert "قال عمدة المدينة" in pieces[8].text
    assert {run.kind for run in pieces[4].runs} == {"link", "emphasis", "strong"}
    assert [piece.attributes.get("picture") for piece in pieces if piece.kind == "image"] == [WALL, BOAT]
    assert set(draft.pictures) == {WALL, BOAT}
    assert [piece.text for piece in draft.left_out] == ["Home", "World", "© Harbour Post. All rights reserved."]
    return True


def bears(key: str, name: str, data: bytes) -> None:
    """Read what may be anything: there are articles, parts with reasons, or one sentence."""
    found: Parts = ()
    refused: AppError | None = None
    try:
        found = read(name, data, key)
    except AppError as error:
        refused = error
    assert refused is None or (str(refused) and refused.hint)
    for part in found:
        if isinstance(part, Draft):
            assert set(part.pictures) <= _named(part)
        else:
            assert str(part.error)
            assert part.part


def _named(draft: Draft) -> set[object]:
    shown = {block.attributes.get("picture") for block in draft.body.blocks}
    return shown | {piece.attributes.get("picture") for piece in draft.left_out}
