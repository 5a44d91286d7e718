"""What a document leaves behind of a bundle: alike for every format that is read as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from app.exporters._outline import Text, has_own_order, missing_attribute, outline
from app.exporters._values import counted, explained_fields, noted_collections, words_between
from app.model import Bundle, BundledArticle
from app.options import OptionValue
from app.pictures import kind_in
from app.wording import Message

Drawn = Callable[[bytes], object]
"""Tells of the bytes of a picture whether a format can draw them."""

KINDS: Final = frozenset(("png", "jpeg", "gif", "webp"))
"""The kinds of pictures that are kept."""

_DRAWN: Final = "drawn"
_LOST: Final = "lost"
_OTHER: Final = "of another kind"


def left_behind(
    bundle: Bundle, options: Mapping[str, OptionValue], drawn: Drawn | None = None, kinds: frozenset[str] = KINDS
) -> tuple[Message, ...]:
    """Say what a document does not carry of a bundle.

    ``drawn`` tells which pictures its format can draw, none of them without; ``kinds`` are those that it can hold.
    Raises ``InvalidInput`` for an attribute to group by that there is not.
    """
    texts = {part.item.article.id: part.item for part in outline(bundle, options) if isinstance(part, Text)}
    cut = sum(item.makeup.is_cut for item in texts.values())
    alone = missing_attribute(bundle, options)
    return (
        *_pictures(bundle, texts, drawn, kinds),
        *counted(cut, "What was left out of one article.", "What was left out of {count} articles."),
        *((Message("The groups: no article here has “{name}”.", {"name": alone}),) if alone else ()),
        *(() if has_own_order(bundle, options) else words_between(bundle)),
        *noted_collections(bundle),
        *explained_fields(bundle),
    )


def _pictures(
    bundle: Bundle, texts: Mapping[str, BundledArticle], drawn: Drawn | None, kinds: frozenset[str]
) -> tuple[Message, ...]:
    """Say for how many pictures of the texts there is a description instead."""

    @cache  # many articles may show one picture, which is read when it is asked for
    def fate(digest: str) -> str:
        kind = kind_in(bundle.pictures, digest) if drawn else None
        if kind is not None and kind not in kinds:
            return _OTHER
        return _DRAWN if kind is not None and drawn and drawn(bundle.pictures.get(digest, b"")) else _LOST

    fates = Counter(fate(digest) for item in texts.values() for digest in item.makeup.images)
    return (
        *counted(fates[_LOST], "One image: its description stands in its place.",
                 "{count} images: their descriptions stand in their places."),
        *counted(fates[_OTHER], "One picture of a kind that such documents cannot hold (WebP): its description stands "
                 "in its place.", "{count} pictures of a kind that such documents cannot hold (WebP): their "
                 "descriptions stand in their places."),
    )  # fmt: skip
