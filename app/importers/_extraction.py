"""The text of a page's article as trafilatura finds it: by its main extractor alone, or by all that it can do."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from app.loading import load

if TYPE_CHECKING:
    from lxml import etree

# What trafilatura takes out of the whole page before its main extractor sees it; to look for it element by element
# takes a tenth of the time that its own expressions need.
_COMMENTS_ID: Final = re.compile("[Cc]omment(?!ary)|comol|disqus_thread|dsq-comments")
_COMMENTS_CLASS: Final = re.compile("^[Cc]omment(?!ary)|(?:article|post)-comments")
_SHARING: Final = "elementor-share-buttons"
# Pages that it looks at more closely still: with further articles below the first, and those of forums.
_ADDED: Final = re.compile("mvp-post-add-(?:box|wrap)|infinite-?scroll")
_FORUM: Final = "DiscussionForumPosting"
_LEAST: Final = 250  # characters; where its main extractor finds fewer, trafilatura goes on to look elsewhere


def extracted(root: etree._Element, thorough: bool) -> str:
    """Return the text of the article; empty when none is found. ``thorough`` compares what several extractors find."""
    text = "" if thorough else _at_first_sight(root)
    if len(text) >= _LEAST:
        return text
    document = load("trafilatura").bare_extraction(root, include_comments=False, fast=not thorough)
    return (document.text or "") if document else ""


def _at_first_sight(root: etree._Element) -> str:
    """Return what the main extractor finds; nothing for a page that needs more than that."""
    if any(_FORUM in (script.text or "") for script in root.iter("script")):
        return ""
    page: Any = copy(root)
    for element in list(page.iterdescendants("div", "section", "details", "ol", "ul", "aside")):
        name, names = element.get("id", ""), element.get("class", "")
        if _ADDED.search(name) or _ADDED.search(names):
            return ""
        comments = element.tag != "aside" and (_COMMENTS_ID.match(name) or _COMMENTS_CLASS.search(names))
        if comments or _SHARING in names:
            element.drop_tree()
    processing, extractor = load("trafilatura.htmlprocessing"), load("trafilatura.main_extractor")
    try:
        cleaned = processing.convert_tags(processing.tree_cleaning(page, _options()), _options())
        found, _text = extractor.extract_content(cleaned, _options())
    except (TypeError, ValueError):  # characters that no tree may hold
        return ""
    text: str = load("trafilatura.xml").xmltotxt(found, False)
    return text


@cache
def _options() -> Any:
    return load("trafilatura.settings").Extractor(output_format="python", fast=True, comments=False)
