"""The quick look at a page finds what trafilatura finds in full, and looks no further than it must."""

from __future__ import annotations

from pathlib import Path

import pytest
import trafilatura
from lxml import etree

from app.importers._extraction import extracted
from app.text.markup import parse

SAVED = Path(__file__).parents[2] / "data" / "imports" / "wall singlefile.html"
PARAGRAPHS = "".join(
    f"<p>In the {ordinal} year the wall was mended from the harbour up to the old gate, and nobody was paid for it.</p>"
    for ordinal in ("first", "second", "third", "fourth", "fifth")
)
REMARK = "My father laid some of those stones himself, and he never said a word about it to any of us."
REMARKS = f"<p>{REMARK}</p><p>{REMARK[::-1]}</p>"
FORUM = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'


def page(body: str, head: str = "") -> etree._Element:
    root = parse(f"<html><head><title>The wall</title>{head}</head><body>{body}</body></html>")
    assert root is not None
    return root


def in_full(root: etree._Element) -> str:
    document = trafilatura.bare_extraction(root, include_comments=False, fast=True)
    return (document.text or "") if document else ""


@pytest.mark.parametrize(
    "root",
    [
        parse(SAVED.read_text("utf-8")),
        page(f"<article><h1>The wall</h1>{PARAGRAPHS}</article><div id='comments'>{REMARKS}</div>"),
        page(f"<article>{PARAGRAPHS}<section class='post-comments'>{REMARKS}</section></article>"),
        page(f"<article>{PARAGRAPHS}<div class='commentary'>{REMARKS}</div></article>"),
        page(f"<article>{PARAGRAPHS}<div class='comment'>{REMARKS}</div></article>", FORUM),
        page(f"<div class='post-content'>{PARAGRAPHS}</div><div class='infinite-scroll'><h2>B</h2>{REMARKS}</div>"),
        page(f"<article>{PARAGRAPHS}<div class='elementor-share-buttons'><p>{REMARK}</p></div></article>"),
        page("<article><p>Too short.</p></article><div class='story'>A line, and another<br>line.</div>"),
        page(f"<article>{PARAGRAPHS}<p>A bell &#1; and a mark &#xFDD0; here.</p></article>"),
        page(""),
    ],
    ids=["saved", "comments", "inside", "commentary", "forum", "further", "shared", "short", "controls", "empty"],
)
def test_the_quick_look_finds_what_is_found_in_full(root):
    before = etree.tostring(root)
    assert extracted(root, thorough=False) == in_full(root)
    assert etree.tostring(root) == before


def test_remarks_of_readers_are_not_the_article_but_a_forum_s_are():
    article = f"<article>{PARAGRAPHS}<div class='comment'>{REMARKS}</div></article>"
    assert REMARK not in extracted(page(article), thorough=False)
    assert REMARK in extracted(page(article, FORUM), thorough=False)


def test_where_the_main_extractor_finds_nothing_others_are_asked():
    text = extracted(page(f"<aside>{PARAGRAPHS}</aside>" * 2 + f"<figure>{PARAGRAPHS}</figure>"), thorough=False)
    assert "harbour" in text
