"""Documents of word processors and books: from blocks, and what the file states, to a draft with its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.cleaning.dates import find_date
from app.cleaning.language import guess
from app.cleaning.metadata import derived_title, normal
from app.cleaning.phrases import lexicon
from app.cleaning.signatures import without_by
from app.drafts import Draft
from app.importers._noted import Marks, Noted
from app.importers._page_furniture import page_furniture
from app.importers._pictures import Pictures
from app.importers._points import lifted
from app.importers._shown_pictures import shown
from app.importers._told import is_somebody, told_lines
from app.loading import load
from app.model import Details, LeftOut, Metadata, Origin, Published
from app.text.body import Body, Piece, Run

if TYPE_CHECKING:
    from lxml import etree

_HEAD: Final = 6
_CONTENTS: Final = "contents"
_DETAILS: Final[Mapping[str, str]] = {"author": "byline_line", "date": "date_line"}
_NEAR: Final = 9
_LONGEST_HEADING: Final = 18
_BETWEEN: Final = re.compile(r"[;,]|\s(?:and|und|et|y|e|en)\s")
_SITE: Final = re.compile(r"\s+\\?[|–—·•»-]\s+(?P<site>[^|–—·•»]{2,60})")
_LAST: Final = '?؟？)”"’»）》'


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says of itself.

    ``title`` is what its properties call it; ``shown`` holds the lines at its beginning that are styled as ``title``,
    ``author`` or ``date``; several authors stand between semicolons. What has no field of its own goes to ``details``.
    Of a word processor's file the properties ``may_be_stale``: they are those of a template, or of another text.
    """

    title: str = ""
    byline: str = ""
    outlet: str = ""
    address: str = ""
    published: Published | None = None
    language: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    details: Details = field(default_factory=dict)
    may_be_stale: bool = False


def document(pieces: Sequence[Piece], stated: Stated, noted: Sequence[Noted] = (), part: str = "",
             pictures: Mapping[str, bytes] | None = None) -> Draft:  # fmt: skip
    """Put an article together; pieces may hold points, where ``noted`` stretches begin and end.

    The line styled as a title is the title; else it is the one the properties state, else a first heading of the
    first level. The line that shows it is not in the body again.
    """
    kept, begins, ends = lifted(pieces)
    kept = [_tidy(piece) for piece in kept]
    if stated.may_be_stale and not is_somebody(stated.byline):
        stated = replace(stated, byline="")
    aside = _aside(kept, stated)
    furniture = {number: kind for number, kind in page_furniture(kept).items() if number not in aside}
    for number in begins.keys() & ends.keys():  # what somebody noted stays
        for piece in range(begins[number].piece, ends[number].piece + 1):
            if noted[number].is_somebodys:
                furniture.pop(piece, None)
    aside |= furniture
    if stated.may_be_stale and not {"author", "date"} & {*stated.shown, *aside.values()}:
        told, said = told_lines(kept, aside)
        aside |= told
        stated = replace(stated, byline=said.get("author", stated.byline), shown={**said, **stated.shown})
    title = stated.shown.get("title", "") or stated.title
    first = next((number for number, piece in enumerate(kept) if piece.kind != "image" and number not in aside), None)
    # The only heading of the first level, above all else, tells more than properties that nothing shows.
    stale = stated.may_be_stale and "title" not in (*stated.shown, *aside.values()) and sum(map(_is_title, kept)) == 1
    if (stale or not title) and first is not None and _is_title(kept[first]):
        title = kept[first].text
        aside[first] = "title"
        if site := site_behind(stated.title, title):
            stated = replace(stated, title=title, outlet=stated.outlet or site)
    if title in (stated.title, stated.shown.get("title")):
        for number in [number for number in range(len(kept)) if number not in aside][:_HEAD]:
            site = site_behind(title, kept[number].text) if kept[number].kind == "heading" else ""
            if site:  # a page that was made a document is called as in the browser
                title, aside[number] = kept[number].text, "title"
                stated = replace(stated, title=title, outlet=stated.outlet or site)
                break
    details: dict[str, str | tuple[str, ...]] = dict(stated.details)
    if stated.title and normal(stated.title) != normal(title):
        details["document_title"] = stated.title
    for name, detail in _DETAILS.items():
        lines = tuple(kept[number].text for number, aside_as in aside.items() if aside_as == name)
        if lines:
            details[detail] = lines if len(lines) > 1 else lines[0]
    left = _headed([piece for number, piece in enumerate(kept) if number not in aside])
    body = Body.of(left)
    marks = Marks(kept, aside, body).read(noted, begins, ends)
    used = {str(piece.attributes["picture"]) for piece in left if piece.attributes.get("picture")}
    found = {digest: data for digest, data in (pictures or {}).items() if digest in used}
    metadata = _metadata(title, stated, left, guess(body.text))
    left_out = tuple(_left_out(kept, aside, furniture))
    return Draft(body, metadata, left_out, details, marks=marks, pictures=found, part=part)


def site_behind(title: str, heading: str) -> str:
    """Return the name of the site that stands behind a page's heading in the title of its window; ``""``: none does."""
    rest = _SITE.fullmatch(title[len(heading) :]) if heading and title.startswith(heading) else None
    return rest["site"] if rest else ""


def blocks(root: etree._Element, pictures: Pictures) -> list[Piece]:
    """Return the blocks of a document's tree, with its pictures; those of a table of contents say so."""
    found = []
    for part in load("app.text.html_reader").read_parts(root):
        piece = shown(pictures, part.piece)
        if part.region == "nav":
            piece = replace(piece, attributes={**piece.attributes, _CONTENTS: True})
        found.append(piece)
    return found


def _aside(pieces: Sequence[Piece], stated: Stated) -> dict[int, str]:
    """Return which pieces are not of the body: a table of contents, the lines that show title, author and date."""
    found = {number: _CONTENTS for number, piece in enumerate(pieces) if _CONTENTS in piece.attributes}
    wanted = {normal(text): name for name, text in stated.shown.items()}
    wanted |= {normal(one): "author" for one in _authors(stated)}
    if stated.title and "title" not in stated.shown:
        wanted.setdefault(normal(stated.title), "title")
    head = [number for number in range(len(pieces)) if number not in found][:_HEAD]
    for number in head:
        piece = pieces[number]
        name = wanted.get(normal(piece.text)) if piece.text else None
        if name and (name != "date" or name not in found.values()) and piece.kind in ("heading", "paragraph"):
            found[number] = name
    return found


def _authors(stated: Stated) -> Iterator[str]:
    """Yield the names that are stated and shown, together and one by one."""
    for text in (stated.byline, stated.shown.get("author", "")):
        yield from filter(None, (text, *(part.strip() for part in _BETWEEN.split(text))))


def _left_out(pieces: Sequence[Piece], aside: Mapping[int, str], furniture: Mapping[int, str]) -> Iterator[LeftOut]:
    before = 0
    for number, piece in enumerate(pieces):
        if number not in aside:
            before += 1
        elif piece.text and (number in furniture or aside[number] == _CONTENTS):
            attributes = {key: value for key, value in piece.attributes.items() if key != _CONTENTS}
            kind = furniture.get(number, "navigation")
            yield LeftOut(kind, piece.text, before, piece.kind, attributes, piece.runs)


def _headed(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with headings where there are none: short lines, all in bold, over text that is not."""
    if any(piece.kind == "heading" for piece in pieces):
        return pieces
    bold = [_is_bold(piece) for piece in pieces]
    return [
        replace(piece, kind="heading", attributes={"level": 2}, runs=_runs_inside(piece))
        if bold[number] and number + 1 < len(pieces) and not bold[number + 1] and may_head(piece)
        else piece
        for number, piece in enumerate(pieces)
    ]


def _is_bold(piece: Piece) -> bool:
    runs = [run for run in piece.runs if run.kind == "strong"]
    return bool(piece.text.strip()) and sum(run.end - run.start for run in runs) >= len(piece.text) - 1


def may_head(piece: Piece) -> bool:
    """Tell whether a paragraph is short and open enough to be a heading."""
    words = piece.text.split()
    if piece.kind != "paragraph" or not piece.text.strip():
        return False
    short = len(words) <= _LONGEST_HEADING and len(piece.text) <= _LONGEST_HEADING * 8
    last = piece.text.rstrip()[-1]
    return short and (last.isalnum() or last in _LAST)


def _runs_inside(piece: Piece) -> tuple[Run, ...]:
    return tuple(run for run in piece.runs if run.kind != "strong")


def _tidy(piece: Piece) -> Piece:
    """Return a piece without links to other places of the file, and with runs that touch as one."""
    kept: list[Run] = []
    for run in piece.runs:
        if str(run.attributes.get("address", "")).startswith("#"):
            continue
        near = range(len(kept) - 1, max(-1, len(kept) - _NEAR), -1)
        last = next((k for k in near if _is_same(kept[k], run)), None)
        if last is not None and not piece.text[kept[last].end : run.start].strip(" "):
            kept[last] = replace(kept[last], end=max(run.end, kept[last].end))
        else:
            kept.append(run)
    return piece if len(kept) == len(piece.runs) else replace(piece, runs=tuple(kept))


def _is_same(one: Run, other: Run) -> bool:
    return one.kind == other.kind and one.attributes == other.attributes


def _is_title(piece: Piece) -> bool:
    return piece.kind == "heading" and piece.attributes.get("level") == 1


def _metadata(title: str, stated: Stated, pieces: Sequence[Piece], spoken: str | None) -> Metadata:
    language = stated.language
    if stated.may_be_stale and spoken and language.replace("_", "-").lower().partition("-")[0] != spoken:
        language = ""  # what a word processor is set to, not what is written
    known = lexicon(language or spoken)
    derived = ""
    if not title:
        heading = next((piece.text for piece in pieces[:3] if piece.kind == "heading"), "")
        first = next((piece.text for piece in pieces if piece.text and piece.kind not in ("code", "image")), "")
        derived = heading or (derived_title(first, known) if first else "")
    signed = (stated.shown.get("author", ""), stated.byline)  # what is shown goes before what may be stale
    byline = next(filter(None, signed if stated.may_be_stale else reversed(signed)), "")
    dated = find_date(stated.shown["date"], known.months, known.day_first) if stated.shown.get("date") else None
    values = {
        "title": title or derived or None,
        "byline": without_by(_listed(byline), known) or None,
        "outlet": stated.outlet or None,
        "address": stated.address or None,
        "language": language or spoken,
    }
    published = stated.published or dated
    origins = {name: Origin.STATED for name, value in values.items() if value}
    if derived:
        origins["title"] = Origin.DERIVED
    if values["language"] and not language:
        origins["language"] = Origin.DERIVED
    if published:
        origins["published"] = Origin.STATED
    return Metadata(**values, published=published, origins=origins)


def _listed(names: str) -> str:
    """Return names between semicolons as a byline has them, unless each is turned round a comma."""
    return names if "," in names else ", ".join(filter(None, (one.strip() for one in names.split(";"))))
