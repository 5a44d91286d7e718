"""Bundles for the tests of exporters, built from values alone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import pytest
from hypothesis import strategies as st

from app.exporters._base import exporters
from app.model import Article, Bundle, BundledArticle, Content, Highlight, Metadata, Status, Theme
from app.text.body import Body, Piece, clean_line

NASTY = (
    "=1+1", "@SUM(A1)", "'quoted", "-5", "+5", "a | b", "]] [[x|y]]", "<script>alert(1)</script>", "a & b &amp; c",
    "*stars* _under_ `ticks`", "# heading", "1. item", "- item", "> quote", "```", "---", "%% end annotations %%",
    "$x$ and $y$", "==marked==", "~~gone~~", "^h-1", "#tag",
    "👩‍👩‍👧 family", "e\u0301 a\u0308", "مرحبا (UAV) بالعالم", "和谈停滞。",
    "  spaces  ", "\tTab", "a\\b", "“quotes” 'single' \"double\"", "{{ 7 * 7 }}", "[^1]", "![x](y)", "http://x.y/z_a_",
)  # fmt: skip


def uid(*of: object) -> str:
    """Return a uid that is the same every time."""
    return uuid.uuid5(uuid.NAMESPACE_OID, repr(of)).hex


def theme(name: str, parent: Theme | None = None, **values) -> Theme:
    path = (*(parent.path if parent else ()), name)
    return Theme(1, uid("theme", path), name, path, parent.id if parent else None, **values)


def article(
    pieces: Sequence[Piece | str] = ("Some text.",),
    marks: Sequence[tuple] = (),
    title: str | None = "A title",
    number: int = 1,
    about: Mapping[str, object] | None = None,
    **known,
) -> BundledArticle:
    """Make an article; a mark is (quote or (start, end), themes, note), of which the last two may be missing."""
    body = Body.of(pieces)
    owner = uid("article", number)
    highlights = []
    for place, mark in enumerate(marks):
        what, themes, note = (*mark, *((), "")[len(mark) - 1 :])
        start = body.text.index(what) if isinstance(what, str) else what[0]
        end = start + len(what) if isinstance(what, str) else what[1]
        highlights.append(
            Highlight(
                place, uid("highlight", number, place), owner, start, end, body.text[start:end],
                body.text[max(0, start - 32) : start], body.text[end : end + 32],
                tuple(item.id for item in themes), note, created=1741064767089, modified=1741064767090,
            )
        )  # fmt: skip
    whole = Article(number, owner, Metadata(title, **known), **(about or {}))
    return BundledArticle(whole, Content(body), tuple(highlights))


def orphan(item: BundledArticle, quote: str, themes: Sequence[Theme] = (), note: str = "") -> Highlight:
    ids = tuple(one.id for one in themes)
    return Highlight(
        99, uid("orphan", quote), item.article.id, 0, len(quote), quote, "before", "after", ids, note, Status.ORPHAN
    )


def bundle(*articles: BundledArticle, themes: Sequence[Theme] = (), title: str = "A set", **values) -> Bundle:
    return Bundle(title, tuple(articles), tuple(themes), made=1741064767089, **values)


def files(of: Bundle, key: str, **options: object) -> dict[str, str]:
    """Export and return the text of each file by its path."""
    return {path: data.decode("utf-8") for path, data in raw_files(of, key, **options).items()}


def raw_files(of: Bundle, key: str, **options: object) -> dict[str, bytes]:
    """Export and return the bytes of each file by its path."""
    exporter = exporters()[key]
    chosen = {option.key: option.default for option in exporter.options} | options
    parts: dict[str, bytes] = {}
    for file in exporter.write(of, chosen).files:
        parts[file.path] = parts.get(file.path, b"") + file.data
    return parts


def _lines() -> st.SearchStrategy[str]:
    letters = st.characters(codec="utf-8")
    return st.one_of(st.sampled_from(NASTY), st.text(letters, max_size=30).map(clean_line)).map(
        lambda line: line.replace("\ufffc", " ")
    )


def _texts() -> st.SearchStrategy[list[str]]:
    return st.lists(_lines(), min_size=1, max_size=5).filter(lambda lines: "\n".join(lines).strip() != "")


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """Return the builders of values."""
    return SimpleNamespace(
        theme=theme, article=article, orphan=orphan, bundle=bundle, uid=uid, nasty=NASTY, line=_lines(), lines=_texts()
    )


@pytest.fixture(scope="session")
def exported():
    """Return the function that exports a bundle and gives back its files."""
    return files


@pytest.fixture(scope="session")
def exported_bytes():
    """Return the function that exports a bundle and gives back the bytes of its files."""
    return raw_files
