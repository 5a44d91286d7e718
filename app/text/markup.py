"""HTML to a tree, whatever its quality. Nothing is fetched, no entity is expanded."""

from __future__ import annotations

import re
from typing import Final

import lxml.html
from lxml import etree

# All elements are of one class: to choose one by its tag, as lxml.html does, takes longer than to read the element.
_CLASSES: Final = etree.ElementDefaultClassLookup(
    lxml.html.HtmlElement, lxml.html.HtmlComment, lxml.html.HtmlProcessingInstruction, lxml.html.HtmlEntity
)
# What is left of a page that is nested too deeply for the parser: tags that end themselves when the next one begins.
_FLAT: Final = re.compile(
    r"</?(?!(?:p|h[1-6]|li|br|hr|img|title|meta|link|script|style|html|head|body|a)\b)[a-z][^<>]*>", re.IGNORECASE
)
# What may stand in a head; anything else ends it for a browser, but not for this parser where the tag is newer than it.
_IN_HEAD: Final = frozenset((
    "base", "basefont", "bgsound", "isindex", "link", "meta", "noframes", "noscript", "object", "script", "style",
    "template", "title",
))  # fmt: skip


def parse(markup: str) -> lxml.html.HtmlElement | None:
    """Parse a page of any quality; ``None`` when nothing is in it. Nothing is fetched, no entity is expanded."""
    root, complete = _parsed(markup)
    if not complete:
        root, _complete = _parsed(_FLAT.sub("<br>", markup))
    if root is not None:
        _end_head(root)
        if " hidden" in markup:
            _put_streamed(root)
    return root


def _end_head(root: lxml.html.HtmlElement) -> None:
    """Move what is shown out of the head of a page, whose end and whose body's beginning a page need not mark."""
    head = root.find("head")
    shown = [] if head is None else [element for element in head if element.tag not in _IN_HEAD]
    if head is None or not shown:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    text, body.text = body.text, None
    body[:0] = shown
    if text:
        shown[-1].tail = (shown[-1].tail or "") + text


def _put_streamed(root: lxml.html.HtmlElement) -> None:
    """Move text that a page of React was sent late (``<div hidden id="S:1">``) to its place (``template id="B:1"``)."""
    late = [element for element in root.iter("div") if "hidden" in element.attrib and element.get("id", "")[:2] == "S:"]
    if not late:
        return
    places = {name: element for element in root.iter("template") if (name := element.get("id", ""))[:2] in ("B:", "P:")}
    for element in late:
        del element.attrib["hidden"]
        number = element.get("id", "")[2:]
        place = places.get(f"B:{number}", places.get(f"P:{number}"))
        if place is not None and element not in place.iterancestors():
            place.addprevious(element)


def _parsed(markup: str) -> tuple[lxml.html.HtmlElement | None, bool]:
    """Return the tree, and whether the parser read to the end (it stops where tags are nested 2,048 deep)."""
    data = markup.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(_CLASSES)
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, True
    complete = all(entry.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return root if isinstance(root, lxml.html.HtmlElement) else None, complete
