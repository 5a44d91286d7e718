"""What a document leaves behind of a bundle: alike for every format that is read as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.exporters._base import Export, File
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

_Texts = Mapping[str, BundledArticle]


def left_behind(bundle: Bundle, options: Mapping[str, OptionValue]) -> tuple[Message, ...]:
    """Say what a document that shows no pictures does not carry of a bundle.

    Raises ``InvalidInput`` for an attribute to group by that there is not.
    """
    texts = _texts(bundle, options)
    return (*_not_shown(Counter({_LOST: _images(texts).total()})), *_left_beside(bundle, options, texts))


def illustrated(
    bundle: Bundle,
    options: Mapping[str, OptionValue],
    files: Iterator[File],
    parts: int,
    drawn: Drawn,
    kinds: frozenset[str] = KINDS,
    left: list[Message] | None = None,
) -> Export:
    """Return the files of a document that shows pictures as an export, which says what it does not carry of a bundle.

    ``drawn`` tells which pictures its format can draw, ``kinds`` are those that it can hold. They are read before the
    files are made, one in each part that comes: all of them fit neither into memory nor into one step. ``left`` is what
    there is to say beside that. Raises ``InvalidInput`` for an attribute to group by that there is not.
    """
    texts = _texts(bundle, options)
    images = _images(texts)
    said = [] if left is None else left
    said[:0] = _left_beside(bundle, options, texts)

    def fate(digest: str) -> str:
        kind = kind_in(bundle.pictures, digest)
        if kind is not None and kind not in kinds:
            return _OTHER
        return _DRAWN if kind is not None and drawn(bundle.pictures.get(digest, b"")) else _LOST

    def watched() -> Iterator[File]:
        fates: Counter[str] = Counter()
        for digest, count in images.items():
            fates[fate(digest)] += count
            yield File("", b"")
        said[:0] = _not_shown(fates)
        yield from files

    return Export(watched(), said, parts + len(images))


def _texts(bundle: Bundle, options: Mapping[str, OptionValue]) -> _Texts:
    """Return the articles whose texts stand in a document, by their ids."""
    return {part.item.article.id: part.item for part in outline(bundle, options) if isinstance(part, Text)}


def _images(texts: _Texts) -> Counter[str]:
    """Return how often each picture is shown; many articles may show the same."""
    return Counter(digest for item in texts.values() for digest in item.makeup.images)


def _left_beside(bundle: Bundle, options: Mapping[str, OptionValue], texts: _Texts) -> tuple[Message, ...]:
    """Say what beside pictures a document does not carry."""
    cut = sum(item.makeup.is_cut for item in texts.values())
    alone = missing_attribute(bundle, options)
    return (
        *counted(cut, "What was left out of one article.", "What was left out of {count} articles."),
        *((Message("The groups: no article here has “{name}”.", {"name": alone}),) if alone else ()),
        *(() if has_own_order(bundle, options) else words_between(bundle)),
        *noted_collections(bundle),
        *explained_fields(bundle),
    )


def _not_shown(fates: Counter[str]) -> tuple[Message, ...]:
    """Say for how many pictures there is a description instead."""
    return (
        *counted(fates[_LOST], "One image: its description stands in its place.",
                 "{count} images: their descriptions stand in their places."),
        *counted(fates[_OTHER], "One picture of a kind that such documents cannot hold (WebP): its description stands "
                 "in its place.", "{count} pictures of a kind that such documents cannot hold (WebP): their "
                 "descriptions stand in their places."),
    )  # fmt: skip
