"""A web page to a draft, wherever it was kept: in a file of its own, in a message, in an archive, in a crawl."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.garbage import uncollected
from app.importers._base import File
from app.importers._extraction import extracted
from app.importers._pictures import Pictures, inline_bytes
from app.importers._split_options import NO, way_of
from app.loading import load
from app.model import Details, LeftOut, Metadata, Origin, Published
from app.text.addresses import original_address

if TYPE_CHECKING:
    from lxml import etree

    from app.cleaning.statements import Statements
    from app.text.html_reader import Keep, Part

Find = Callable[[str], bytes | None]
"""Gives the bytes of what a page names by an address, as it is written in the page; ``None`` where it was not kept."""

# SingleFile keeps what is shown several times in a style sheet, and in its place an empty drawing.
_SHARED: Final = re.compile(r"(--sf-img-\d+)\s*:\s*url\(\s*[\"']?(data:image/[^\"')]+)")
_SHOWN: Final = re.compile(r"var\(\s*(--sf-img-\d+)\s*\)")
_WIDEST_SPAN: Final = 2  # digits
_LESS: Final = 2  # so many times where the text that is stated begins as what is shown, above an offer of the rest
_BEGINNING: Final = 60  # characters
_FAR_LESS: Final = 4  # so many times longer is what a page states of its article than what it shows
_MARKED_UP: Final = re.compile(r"<(?:p|br)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a page from what it lies in. ``accessed`` is an ISO day.

    What is given goes before what the page itself says, but for ``address``: a page knows its own better. A ``whole``
    page holds nothing but its article, one of ``several`` articles more than one. ``details`` are added to those of the
    page.
    """

    title: str = ""
    byline: str = ""
    outlet: str = ""
    address: str = ""
    published: Published | None = None
    accessed: str = ""
    language: str = ""
    summary: str = ""
    whole: bool = False
    several: bool = False
    details: Details = field(default_factory=dict)
    find: Find | None = None


def read_page(markup: str, file: File, around: Around) -> Draft:
    """Return the article of a file that is a page, or all of them where it is to be split into several."""
    return read_markup(markup, file.name, replace(around, several=way_of(file.options) != NO))


@uncollected()
def read_markup(markup: str, name: str, around: Around) -> Draft:
    """Return the article of a page; raises ``ImportFailed`` when it shows no text."""
    reader, statements, web = load("app.text.html_reader"), load("app.cleaning.statements"), load("app.cleaning.web")
    root = load("app.text.markup").parse(markup)
    if root is None:
        raise shows_nothing(name)
    _held = list(root.iter())  # what somebody holds need not be made anew at each walk over the page
    for image in root.iter("amp-img", "amp-anim"):
        image.tag = "img"
        del image[:]  # the same picture again, for those who run no scripts
    pictures = Pictures()
    marked = load("app.cleaning.microformats").are_in(markup)
    page, around = _unarchived(statements.read_statements(root, marked=marked), around)
    said = _said(page, around)
    shared = _shared(root) if "--sf-img-" in markup else {}
    keep = _keeper(shared, load("app.text.html_images").image_sources, pictures, around.find)
    parts = reader.read_parts(root, said.address or "", keep)
    shows = any(part.piece.text for part in parts)
    if not shows and not said.text:
        raise shows_nothing(name)
    if around.several and shows:
        articles: Draft = web.read_articles(parts, said)
        return _completed(articles, around, pictures.found)
    draft: Draft | None = None
    if shows:
        draft = web.read_page(parts, said, lambda thorough: extracted(_lightened(root), thorough), around.whole)
    if draft is None or (not around.whole and _shows_less(draft, said)):
        draft = _stated_article(parts, said)
    return _completed(draft, around, pictures.found)


def _shows_less(draft: Draft, said: Statements) -> bool:
    """Tell whether a page shows far less of its article than it states, or only its beginning above an offer."""
    shown = draft.body.text
    offers = any(left.kind == "subscribe" for left in draft.left_out)
    begins = offers and shown.partition("\n")[0][:_BEGINNING] in said.text
    return len(shown) * (_LESS if begins else _FAR_LESS) < len(said.text)


def _stated_article(parts: Sequence[Part], said: Statements) -> Draft:
    """Return the article that a page states for machines and shows next to nothing of; what it shows is left out."""
    reader, web = load("app.text.html_reader"), load("app.cleaning.web")
    lines = (f"<p>{escape(unescape(line))}</p>" for line in said.lines.splitlines())
    stated = reader.read_html(said.lines if _MARKED_UP.search(said.lines) else "".join(lines))
    named = replace(said, title="") if said.titles else said  # a page that shows nothing is mostly called "Loading"
    draft: Draft = web.read_page([reader.Part(piece) for piece in stated], named, lambda _thorough: "", whole=True)
    end = len(draft.body.blocks)
    shown = (
        LeftOut("other", part.piece.text, end, part.piece.kind, part.piece.attributes, part.piece.runs)
        for part in parts
        if part.piece.text and part.piece.kind != "image"
    )
    return replace(draft, left_out=(*draft.left_out, *shown))


def shows_nothing(name: str) -> ImportFailed:
    """Return the error for a page without a word."""
    return ImportFailed(
        "{name} shows no text.",
        "Open the page in a browser, wait until the article is there, and save it again.",
        name=name,
    )


def _unarchived(page: Statements, around: Around) -> tuple[Statements, Around]:
    """Return what a copy in an archive of the web states of the page it was made from, and where the copy is."""
    copy = page.address or around.address
    own = original_address(copy)
    if own == copy:
        return page, around
    outlets = tuple(name for name in page.outlets if name.casefold() not in copy.casefold().split("/"))
    return replace(page, address=own, outlets=outlets), replace(around, details={**around.details, "archived_at": copy})


def _said(page: Statements, around: Around) -> Statements:
    """Return what is stated of the article, by the page and around it."""
    return replace(
        page,
        titles=(around.title,) if around.title else page.titles,
        title=around.title or page.title,
        authors=(around.byline,) if around.byline else page.authors,
        published=around.published or page.published,
        outlets=(around.outlet,) if around.outlet else page.outlets,
        summary=around.summary or page.summary,
        address=page.address or around.address or None,
        language=around.language or page.language,
        saved=around.accessed or None,
    )


def _shared(root: etree._Element) -> dict[str, str]:
    """Return the pictures that a page holds once and shows several times, by their names."""
    return dict(found for style in root.iter("style") for found in _SHARED.findall(style.text or ""))


def _keeper(
    shared: Mapping[str, str],
    sources: Callable[[Mapping[str, str]], Iterable[str]],
    pictures: Pictures,
    find: Find | None,
) -> Keep:
    def keep(attributes: Mapping[str, str]) -> str | None:
        shown = _SHOWN.search(attributes.get("style", ""))
        inline = inline_bytes(shared.get(shown[1], "") if shown else attributes.get("src", ""))
        if inline is not None and (digest := pictures.add(inline)):
            return digest
        for address in sources(attributes) if find is not None else ():
            data = find(address) if find is not None else None
            if data is not None and (digest := pictures.add(data)):
                return digest
        return None

    return keep


def _lightened(root: etree._Element) -> etree._Element:
    """Return the markup after pictures, drawings, scripts, styles and endless cells are taken out of it.

    They only slow down what looks for the article.
    """
    for element in root.iter("script", "style"):
        if "ld+json" not in element.get("type", ""):
            element.text = None
    for element in list(root.iter("svg")):
        # broken markup puts articles into drawings
        if next(element.iter("p"), None) is None:
            del element[:]
    for element in root.iter("img"):
        if element.get("src", "")[:5].lower() == "data:":
            element.set("src", "")
    for element in root.iter("td", "th"):
        for name in ("colspan", "rowspan"):
            if len(element.get(name, "")) > _WIDEST_SPAN:
                del element.attrib[name]
    return root


def _completed(draft: Draft, around: Around, found: Mapping[str, bytes]) -> Draft:
    """Add what was stated around the page, and those of the pictures that the article shows."""
    metadata = draft.metadata
    if around.accessed:
        metadata = _stated(metadata, "accessed", around.accessed)
    details = {**draft.details, **around.details}
    if around.title and metadata.title != around.title:
        details["title_line"] = metadata.title or ""
        metadata = _stated(metadata, "title", around.title)
    if around.byline and metadata.byline != around.byline:
        metadata = _stated(metadata, "byline", around.byline)
    shown = [block.attributes.get("picture") for block in draft.body.blocks]
    shown += [piece.attributes.get("picture") for piece in draft.left_out]
    pictures = {digest: data for digest, data in found.items() if digest in shown}
    return replace(draft, metadata=metadata, details=details, pictures=pictures)


def _stated(metadata: Metadata, name: str, value: str) -> Metadata:
    changed: dict[str, Any] = {name: value, "origins": {**metadata.origins, name: Origin.STATED}}
    return replace(metadata, **changed)
