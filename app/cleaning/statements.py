"""What the markup of a web page states about its article: meta elements, JSON-LD, title, time, link and language."""

from __future__ import annotations

import contextlib
import json
import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain, islice
from typing import Any, Final

from lxml import etree

from app.cleaning.authors import cleaned, signed, turned
from app.cleaning.date_lines import published_day, tells_change
from app.cleaning.dates import read_mail_date, read_stamp
from app.cleaning.metadata import normal
from app.cleaning.microformats import Entry, is_anothers, read_entry, site_owner
from app.cleaning.phrases import lexicon
from app.model import Published
from app.text.addresses import safe_address
from app.text.names import is_person

_ARTICLES: Final = re.compile(r"(?:Article|BlogPosting|NewsArticle|Report|Review|TechArticle|Recipe|HowTo)$")
_PAGE: Final = "WebPage"
_SUFFIX: Final = re.compile(r"\s+[|·•»–—-]\s+|\s*[|»]\s*|\s+::\s+")
# Behind a bar a few words are a section or a site.
_BARRED: Final = re.compile(r"(?<=\S)\s+\|(?:\s+[^\s|]+){1,3}\s*$")
# Behind a dash or bar, a site says what it is about.
_MOTTO: Final = re.compile(r"\s+[|·–—-]\s+(?:\S+\s+){2,}\S+$|\s+[|·–—-]$")
_LONGEST_SECTION: Final = 60
_SPACE: Final = re.compile(r"\s+")
_WRAPPING: Final = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_PUBLICATION: Final = re.compile(
    r"(?:^|[^a-z])(?:published?|publication|publish|issue|issued|pub)[\W_]*(?:date|time|on)?$", re.IGNORECASE
)
_STAMPED: Final = re.compile(r"publish|entry-date|post-date|pubdate")
_LONGEST_DATE: Final = 80
_CLOSE: Final = 4  # elements
# The site behind a title in Chinese, Japanese or Korean, which set no space between them.
_BAR: Final = re.compile("[_|｜:：-]")
_LETTERS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^_|｜:：-]{1,19}")
_SITE_WORDS: Final = 6
_TITLE_WORDS: Final = 4
_WORST: Final = 5_000_000
_DEPTH: Final = 12

_TELLING: Final = ("meta", "title", "link", "script", "time")
_TITLES: Final = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "citation_title")
_AUTHORS: Final = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
    "twitter:data1",
)  # fmt: skip
_CITED: Final = ("citation_author",)
_DATES: Final = (
    "article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date",
    "dcterms.created", "dcterms.date",
    "dcterms.issued", "citation_date", "pubdate", "publishdate", "publish-date", "date", "citation_publication_date",
    "og:published_time", "article.published", "published-date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_OUTLETS: Final = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title", "al:ios:app_name")
_SECTIONS: Final = ("article:section", "parsely-section", "sailthru.section")
_SUMMARIES: Final = ("og:description", "description", "twitter:description", "dc.description")


@dataclass(frozen=True, slots=True)
class Statements:
    """What a page states, each in the order of trust.

    ``title`` is the text of the ``title`` element; ``signed`` looks for the names in elements that are marked as the
    author's, once and only when it is asked; ``written`` is the day of publication where no stamp of a machine states
    it, ``page_made`` that of the page around the article, ``changed`` one on which the article was there already,
    ``text`` is the article as the page states it for machines, ``lines`` the same with its line breaks or markup,
    ``saved`` the day of saving (ISO).
    """

    titles: tuple[str, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    signed: Callable[[], tuple[str, ...]] = tuple
    published: Published | None = None
    written: Published | None = None
    page_made: Published | None = None
    changed: Published | None = None
    outlets: tuple[str, ...] = ()
    section: str | None = None
    summary: str | None = None
    address: str | None = None
    language: str | None = None
    text: str = ""
    lines: str = ""
    saved: str | None = None


@dataclass(slots=True)
class _Data:
    """What the JSON-LD of a page holds about its article; ``pages`` are the days of the page around it."""

    headlines: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


def read_statements(root: etree._Element, *, marked: bool = True) -> Statements:
    """Read what the markup states; the visible text is not looked at. ``marked``: there may be microformats in it."""
    found: dict[str, list[etree._Element]] = {tag: [] for tag in _TELLING}
    for element in root.iter(*_TELLING):
        found[element.tag].append(element)
    found["time"] = [element for element in found["time"] if not is_anothers(element)]
    meta = _meta(found["meta"])
    data = _linked_data(found["script"])
    entry = read_entry(root) if marked else Entry()
    stamps = [*data.dates, *_all(meta, _DATES)]
    if not any(map(read_stamp, stamps)):
        stamps += entry.days
    if not any(map(read_stamp, stamps)):
        stamps += _times(root, found["time"])
    if not any(map(_day, stamps)):
        stamps += _below_title(root)
    title = next(map(_text, found["title"]), "")
    lines = max(data.texts, key=len, default="")
    return Statements(
        titles=tuple(dict.fromkeys([*data.headlines, *_all(meta, _TITLES)])) or tuple(filter(None, (entry.name,))),
        title=title,
        authors=cleaned([*data.authors, *_all(meta, _AUTHORS), *map(turned, _all(meta, _CITED))])
        or cleaned(entry.authors),
        signed=cache(partial(_signers, root, found["link"], marked=marked)),
        published=_first(map(read_stamp, stamps)) or _first(map(_day, _other_dates(meta))),
        written=_first(map(_day, stamps)),
        page_made=_first(map(read_stamp, data.pages)),
        changed=_first(map(read_stamp, _lone_stamp(found["time"]))),
        outlets=_outlets([*_all(meta, _OUTLETS)[:1], *data.publishers]),
        section=next((text for text in [*_all(meta, _SECTIONS), *data.sections] if _is_section(text)), None),
        summary=next(iter(_all(meta, _SUMMARIES)), None),
        address=_address(found["link"], meta),
        language=_language(root, meta),
        text=_plain(lines),
        lines=lines,
    )


def _outlets(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the outlet, each without the motto behind it first, then as it is stated."""
    stated = list(names)
    short = [plain for name in stated if (plain := _MOTTO.sub("", name).strip())]
    return tuple(dict.fromkeys([*short, *stated]))


def _is_section(text: str) -> bool:
    return len(text) < _LONGEST_SECTION and "://" not in text


def without_outlet(title: str, outlets: Sequence[str], headings: Collection[str]) -> str:
    """Return a page's title without the name of its site.

    A part behind (or before) a bar or dash goes when it names the outlet, or when the rest is one of the ``headings``
    of the page, which are given in their normal form.
    """
    parts = list(_SUFFIX.finditer(title))
    named = {normal(outlet) for outlet in outlets if outlet}
    for cut in reversed(parts):
        before, behind = title[: cut.start()].strip(), title[cut.end() :].strip()
        if normal(behind) in named or normal(before) in headings:
            return without_outlet(before, outlets, headings) if normal(behind) in named else before
    for cut in parts:
        before, behind = title[: cut.start()].strip(), title[cut.end() :].strip()
        if normal(before) in named or normal(behind) in headings:
            return behind
    if parts and named:
        before, behind = title[: parts[-1].start()].strip(), normal(title[parts[-1].end() :])
        if any(behind and (behind in name or name in behind) for name in named) and len(before) > len(behind):
            return before
    barred = _BARRED.sub("", title).strip()
    return barred if len(barred.split()) >= _TITLE_WORDS else title.strip()


def site_in(title: str, plain: str, headings: Collection[str]) -> bool:
    """Tell whether a heading is the part of a page's title that names the site; headings are in their normal form.

    It is the last part behind a longer one, or it stands before a colon when a longer heading stands behind that.
    """
    parts = [normal(part) for part in _SUFFIX.split(title)]
    if plain and parts[-1] == plain and max(map(len, parts)) > len(plain):
        return True
    site, _, rest = title.partition(": ")
    return normal(site) == plain and len(rest) > len(site) and normal(rest) in headings


def site_behind(title: str, headline: str) -> str | None:
    """Return the name of the site that ends a page's title behind its ``headline``; ``None`` where none stands so."""
    parts = list(_SUFFIX.finditer(title))
    plain = normal(headline)
    behind = title[len(headline) :].strip() if plain and title.startswith(headline) else ""
    if _BAR.match(behind) and _LETTERS.fullmatch(site := _BAR.split(behind)[-1].strip()):
        return site
    if not plain or not any(normal(title[: cut.start()]) == plain for cut in parts):
        return None
    name = title[parts[-1].end() :].strip(" -–—·•")
    return name if 0 < len(name.split()) <= _SITE_WORDS else None


def _meta(elements: Iterable[etree._Element]) -> Mapping[str, list[str]]:
    """Return the contents of the meta elements by their names in lower case."""
    found: dict[str, list[str]] = {}
    for element in elements:
        content = _SPACE.sub(" ", element.get("content", "")).strip()
        for key in ("property", "name", "itemprop"):
            name = element.get(key, "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def _all(meta: Mapping[str, list[str]], names: Sequence[str]) -> list[str]:
    return [content for name in names for content in meta.get(name, ())]


def _linked_data(scripts: Iterable[etree._Element]) -> _Data:
    """Read the article's node in the page's JSON-LD."""
    data = _Data()
    documents = list(_documents(scripts))
    named = {
        str(node["@id"]): node
        for document in reversed(documents)
        for node in _nodes(document)
        if "@id" in node and len(node) > 1
    }
    for document in documents:
        for node in _nodes(document):
            kinds = _strings(node.get("@type"))
            if any(map(_ARTICLES.search, kinds)):
                _read_node(node, named, data)
            elif _PAGE in kinds:
                data.pages += _strings(node.get("datePublished"))
    return data


def _documents(scripts: Iterable[etree._Element]) -> Iterator[Any]:
    for element in scripts:
        if "ld+json" in element.get("type", "").lower() and element.text and len(element.text) < _WORST:
            with contextlib.suppress(ValueError, RecursionError):
                yield json.loads(_unwrapped(element.text), strict=False)


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", text) if any(sign in text for sign in ("<!", "-->", "]]>")) else text


def _nodes(document: Any) -> Iterator[Mapping[str, Any]]:
    """Yield all objects in a JSON document, outer ones first, down to a sane depth."""
    waiting = deque([(document, 0)])
    while waiting:
        value, depth = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting += [(inner, depth + 1) for inner in value.values() if depth < _DEPTH]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in value if depth < _DEPTH]


def _read_node(node: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]], data: _Data) -> None:
    data.headlines += [_plain(text) for text in _strings(node.get("headline"))]
    data.authors = data.authors or [_plain(name) for name in _names(node.get("author"), named)]
    data.dates += _strings(node.get("datePublished"))
    data.publishers += [_plain(name) for name in _names(node.get("publisher"), named)]
    data.texts += _strings(node.get("articleBody"))
    data.sections += [_plain(text) for text in _strings(node.get("articleSection"))]


def _names(value: Any, named: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the names of people or organisations: strings, objects with a name, references, lists of these."""
    names: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            names.append(entry)
        elif isinstance(entry, dict):
            entry = {**named.get(str(entry.get("@id")), {}), **entry}
            names += _strings(entry.get("name"))
    return names


def _strings(value: Any) -> list[str]:
    return [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, str) and entry]


def _plain(text: str) -> str:
    """Return a text of JSON-LD without the markup and entities that some sites leave in it."""
    if "&" in text or "<" in text:
        try:
            fragment = etree.fromstring(f"<p>{text}</p>".encode(), etree.HTMLParser(encoding="utf-8"))
        except (etree.ParserError, etree.XMLSyntaxError):
            return text
        text = "".join(map(str, fragment.itertext())) if fragment is not None else text
    return _SPACE.sub(" ", text).strip()


def _signers(root: etree._Element, links: Iterable[etree._Element], *, marked: bool) -> tuple[str, ...]:
    """Return who signs a page that states no author, or else whose page it links to, or whose site it is."""
    found = signed(root)
    if found:
        return found
    return cleaned([*_linked_authors(links), *(site_owner(root) if marked else ())])[:1]


def _linked_authors(links: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the people whom links to the page of the author name."""
    for link in links:
        name = _SPACE.sub(" ", link.get("title", "")).strip()
        if "author" in link.get("rel", "").lower().split() and is_person(name):
            yield name


def _other_dates(meta: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the contents of elements whose names, whatever a site made of them, speak of publication."""
    yield from (text for name, contents in meta.items() if _PUBLICATION.search(name) for text in contents)


def _day(text: str) -> Published | None:
    """Return the day in a stamp, in the form of machines or as people write it."""
    if found := read_stamp(text):
        return found
    return published_day(text, lexicon(None)) or read_mail_date(text) if len(text) < _LONGEST_DATE else None


def _times(root: etree._Element, times: Sequence[etree._Element]) -> Iterator[str]:
    """Yield the stamps of elements that say they hold the day of publication."""
    for element in root.iter("time", "span", "abbr", "p", "div"):
        held, names = element.get("itemprop"), element.get("class")
        if not held and not names:
            continue
        marks = f"{held or ''} {names or ''}".lower()
        is_stamp = "datepublished" in marks or (element.tag == "time" and _STAMPED.search(marks))
        if is_stamp and not is_anothers(element):
            yield element.get("datetime") or element.get("content") or element.get("title") or _text(element)
    for element in times:
        if "pubdate" in element.attrib:
            yield element.get("datetime", "")
    yield from _lone_stamp(element for element in times if not _is_of_change(element))


def _below_title(root: etree._Element) -> Iterator[str]:
    """Yield the day of the first time that stands close below the title, and is not one of a change."""
    title = next(root.iter("h1"), None)
    after = islice(title.itersiblings(), _CLOSE) if title is not None else ()
    around = (
        () if title is None else (one for above in islice(title.iterancestors(), 2) for one in above.itersiblings())
    )
    for element in (time for one in chain(after, islice(around, _CLOSE)) for time in one.iter("time")):
        beside = next(element.iterancestors("aside", "nav", "footer"), None) is not None
        if not (beside or _is_of_change(element) or is_anothers(element)):
            yield element.get("datetime") or _text(element)
            return


def _lone_stamp(elements: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the day of elements that all state the same."""
    stamps = {stamp[:10] for element in elements if (stamp := element.get("datetime"))}
    if len(stamps) == 1:
        yield from stamps


def _first(days: Iterable[Published | None]) -> Published | None:
    return next(filter(None, days), None)


def _is_of_change(element: etree._Element) -> bool:
    """Tell whether the text before a time says that something was changed then."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        return parent is not None and tells_change(parent.text or "")
    return tells_change(f"{_text(before)} {before.tail or ''}")


def _address(links: Iterable[etree._Element], meta: Mapping[str, list[str]]) -> str | None:
    canonical = [link.get("href", "") for link in links if link.get("rel", "").lower() == "canonical"]
    for address in [*canonical, *_all(meta, ("og:url", "twitter:url", "parsely-link"))]:
        kept = safe_address(address)
        if kept and kept.lower().startswith("http"):
            return kept
    return None


def _language(root: etree._Element, meta: Mapping[str, list[str]]) -> str | None:
    html = root if root.tag == "html" else next(root.iter("html"), root)
    stated = html.get("lang") or next(iter(_all(meta, ("og:locale", "content-language", "language"))), "")
    match = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", stated.strip())
    return match[0].lower() if match else None


def _text(element: etree._Element) -> str:
    return _SPACE.sub(" ", "".join(map(str, element.itertext()))).strip()
