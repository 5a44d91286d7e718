"""The blocks of a web page to a draft: the article where it stands in the page, the rest left out in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.cleaning.bare_names import is_role_line, tells_of_author
from app.cleaning.bylines import Byline, find_byline, is_signature
from app.cleaning.captions import CREDIT, captions, is_credit
from app.cleaning.choice import LONG, Extract, choose, everything
from app.cleaning.date_lines import is_date_line
from app.cleaning.features import OTHER
from app.cleaning.furniture import Page, Verdict, classify
from app.cleaning.interruptions import uninterrupted
from app.cleaning.keeping import keep
from app.cleaning.language import settle
from app.cleaning.metadata import derived_title, normal
from app.cleaning.promotion import promotions
from app.cleaning.publication import find_published
from app.cleaning.sites import host, outlet_of
from app.cleaning.standfirsts import find_standfirst
from app.cleaning.statements import Statements, site_in, without_outlet
from app.drafts import Draft
from app.model import Details, LeftOut, Metadata, Origin, Published
from app.text.body import Body, Piece
from app.text.html_reader import Part

_REGIONS: Final = {
    "nav": "navigation",
    "header": "navigation",
    "footer": "footer",
    "aside": "related",
    "form": "subscribe",
}
_BESIDE: Final = frozenset(("nav", "footer", "form"))
_BESIDE_ARTICLES: Final = _BESIDE | {"aside"}
_HEAD_DETAILS: Final = frozenset(("date_line", "reading_time", "level", "views"))
_LONGEST_FURNITURE: Final = 40
_HEAD: Final = 12
_BEGINNING: Final = 4
_FEW_MORE: Final = 12  # words that a title may be counted more than once it is made plain
_SUPPORT: Final = 3  # a vote for a title that is seen elsewhere too
_TOP: Final = 60
_LONGEST_SPEAKER: Final = 25
_PROSE: Final = 12  # words
_CONTACT: Final = re.compile(r"(?:e-?mail:?\s*)?[\w.+-]+@[\w-]+\.[\w.-]+|@\w{2,30}", re.IGNORECASE)
_TOLD: Final = 3  # so many blocks at least are the article


def read_page(parts: Sequence[Part], said: Statements, extract: Extract, whole: bool = False) -> Draft:
    """Return the article of a page.

    ``parts`` are its visible blocks; ``extract(thorough)`` gives the text of the article as an extractor sees it,
    quickly or thoroughly, and is called for pages that leave trained trees in doubt. Of a page that is ``whole`` all is
    the article.
    """
    reader = _Reader(parts, classify([part.piece.text for part in parts]), said)
    reader.choose(extract, whole)
    return reader.draft()


def read_articles(parts: Sequence[Part], said: Statements) -> Draft:
    """Return the articles of a page that holds several, in one: all but what its markup puts beside them.

    What each says of itself stays where it is. The line that shows the title of the page does not, unless the title is
    that of an article: other headings are of the same level.
    """
    reader = _Reader(parts, classify([part.piece.text for part in parts]), said)
    return reader.articles()


@dataclass
class _Reader:
    parts: Sequence[Part]
    page: Page
    said: Statements
    chosen: list[bool] = field(default_factory=list)
    details: dict[str, list[str]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    captions: frozenset[int] = frozenset()

    def choose(self, extract: Extract, whole: bool) -> None:
        """Choose the blocks of the article."""
        if whole:
            self.chosen = everything(self.parts, self.page)
        else:
            kept = keep(self.parts, self.page, choose(self.parts, self.page, self.said, extract))
            self.chosen = uninterrupted(self.parts, self.page, kept)
        self.chosen = [taken and not self._is_furniture(number) for number, taken in enumerate(self.chosen)]
        self._take_speakers()
        self.captions = captions(self.parts, self.page.verdicts, self.chosen, self.page.lexicon)
        self._take_pictures()

    def draft(self) -> Draft:
        """Put the article together."""
        title = self._title()
        standfirst = find_standfirst(self.parts, self.page, self.chosen, self.said)
        taken = [number for number, chosen in enumerate(self.chosen) if chosen]
        start, end = (taken[0], taken[-1]) if taken else (len(self.parts), len(self.parts))
        self._settle_title(title)
        byline = find_byline(self.parts, self.page.verdicts, self.settled, start, self.said, self.page.lexicon)
        if byline.role:
            self.details.setdefault("role", [byline.role])
        published, dated = find_published(
            self.parts, self.page.verdicts, self.settled, (start, end), self.said, self.page.lexicon
        )
        if standfirst is not None and standfirst not in self.settled:
            self._state(standfirst, "summary")
        self._settle_details(start, byline)
        self._leave_author(byline.name)
        pieces, left_out = self._sorted_out()
        metadata = self._metadata(title, byline.name, published, pieces, dated)
        if self.said.summary and not any(normal(self.said.summary) in normal(piece.text) for piece in pieces[:5]):
            self.details.setdefault("summary", [self.said.summary])
        return Draft(Body.of(pieces), metadata, tuple(left_out), self._details())

    def _leave_author(self, byline: str | None) -> None:
        """What tells of the author behind the article is no part of it."""
        told = [
            number
            for number, chosen in enumerate(self.chosen)
            if chosen and self.parts[number].piece.text.strip("\ufffc")
        ]
        for number in reversed(told[_TOLD:]):
            if not tells_of_author(self.parts[number].piece.text, byline):
                break
            self.chosen[number] = False

    def articles(self) -> Draft:
        """Take all blocks of a page."""
        self.chosen = [
            part.region not in _BESIDE_ARTICLES and not self._is_furniture(number)
            for number, part in enumerate(self.parts)
        ]
        self.captions = captions(self.parts, self.page.verdicts, self.chosen, self.page.lexicon)
        title = without_outlet(next(iter(self.said.titles), self.said.title), self.said.outlets, ())
        if self._is_of_article(title):
            title = ""
        self._settle_title(title)
        pieces, left_out = self._sorted_out()
        dated = Origin.STATED
        metadata = self._metadata(title, ", ".join(self.said.authors) or None, self.said.published, pieces, dated)
        return Draft(Body.of(pieces), metadata, tuple(left_out), self._details())

    def _is_of_article(self, title: str) -> bool:
        """Tell whether a title is the heading of one article among others."""
        levels = [part.piece.attributes.get("level") for part in self.parts if part.piece.kind == "heading"]
        own = (part.piece for part in self.parts if part.piece.kind == "heading")
        level = next((one.attributes.get("level") for one in own if normal(one.text) == normal(title)), None)
        return level is not None and levels.count(level) > 1

    def _is_furniture(self, number: int) -> bool:
        part = self.page.verdicts[number].feature
        kind = self.parts[number].piece.kind
        named = part.furniture or (part.detail == "disclaimer" and not part.callout)
        return bool(named) and part.count < _LONGEST_FURNITURE and kind in ("paragraph", "item", "callout")

    def _take_speakers(self) -> None:
        """Who said a quotation belongs to it."""
        for number in range(1, len(self.parts)):
            is_quote = self.parts[number].piece.kind == "quote" == self.parts[number - 1].piece.kind
            short = self.page.verdicts[number].feature.count <= _LONGEST_SPEAKER
            if is_quote and short and self.chosen[number - 1]:
                self.chosen[number] = True

    def _take_pictures(self) -> None:
        """An image, its caption or a rule between or beside chosen blocks belongs to the article."""
        before: dict[int, bool] = {}
        last = False
        kinds = ["caption" if number in self.captions else part.piece.kind for number, part in enumerate(self.parts)]
        for number, kind in enumerate(kinds):
            before[number] = last
            last = self.chosen[number] if kind not in ("image", "rule", "caption") else last
        following = False
        for number, kind in reversed(list(enumerate(kinds))):
            if kind == "image":
                inside = self.parts[number].region not in _BESIDE
                self.chosen[number] = inside and (before[number] or following)
            elif kind == "rule":
                self.chosen[number] = before[number] and following
            elif kind != "caption":
                following = self.chosen[number]
            elif self.parts[number].piece.kind == "caption":
                self.chosen[number] = self.chosen[number] or (before[number] and following)
        self._take_captions()

    def _take_captions(self) -> None:
        """The captions under an image of the article belong to it, unless they say what the article says too.

        What only says who took it is one where the page calls it so.
        """
        said = {
            verdict.feature.words
            for number, verdict in enumerate(self.page.verdicts)
            if self.chosen[number] and number not in self.captions and len(verdict.feature.words) >= LONG
        }
        held = right_under = False
        for number, part in enumerate(self.parts):
            verdict = self.page.verdicts[number]
            if number not in self.captions:
                held = right_under = part.piece.kind == "image" and self.chosen[number]
                continue
            whole = not is_credit(verdict) and verdict.feature.detail is None
            belongs = held and (whole or (right_under and part.piece.kind == "caption"))
            self.chosen[number] = (self.chosen[number] or belongs) and verdict.feature.words not in said
            right_under = False

    def _title(self) -> str | None:
        """Vote on the title: what the page states in several places, and shows as a heading, wins."""
        headings = [part.piece.text for part in self.parts if part.piece.attributes.get("level") == 1]
        second = [part.piece.text for part in self.parts if part.piece.attributes.get("level") == 2]
        shown, below = [normal(heading) for heading in headings], set(map(normal, second))
        known = below.union(shown)
        named = [*self.said.outlets, *([host(self.said.address)] if self.said.address else [])]
        named += [text for text, plain in zip(headings, shown, strict=True) if site_in(self.said.title, plain, known)]
        stated = [without_outlet(title, named, known) for title in self.said.titles]
        whole = without_outlet(self.said.title, named, known) if self.said.title else ""
        site, _, rest = whole.partition(": ")
        whole = rest if site in named and rest else whole
        votes: Counter[str] = Counter()
        written: dict[str, str] = {}
        sites = {normal(name) for name in named}
        for title, weight in [
            *((heading, 1.2 if len(headings) == 1 else 0.9) for heading in headings[:3]),
            *((title, 0.7) for title in stated),
            (whole, 0.8),
        ]:
            plain = normal(title)
            if plain and plain not in sites:
                written.setdefault(plain, title)
                votes[plain] += int(weight * 10)
        for plain in filter(votes.__contains__, map(normal, stated)):
            # as a line of the page, or behind a number or a label
            votes[plain] += _SUPPORT * any(other.endswith(" " + plain) for other in (*shown, normal(whole)))
            votes[plain] += _SUPPORT * any(part.piece.text == written[plain] for part in self.parts[:_TOP])
        if normal(whole) in below and normal(whole) not in shown:
            votes[normal(whole)] += _SUPPORT + 2  # what is shown above it is the name of the site
        return written[votes.most_common(1)[0][0]] if votes else None

    def _settle_title(self, title: str | None) -> None:
        """The line that shows the title is the title; it is not in the body again."""
        if not title:
            return
        plain = normal(title)
        most = 2 * plain.count(" ") + _FEW_MORE
        for number, part in enumerate(self.parts):
            text = part.piece.text
            if part.piece.kind not in ("heading", "paragraph") or self.page.verdicts[number].feature.count > most:
                continue
            if text and _may_be(text, plain) and normal(text) == plain:
                if self.settled:
                    self._state(number, "title_repeat")
                elif text == title:
                    self.settled.add(number)
                else:
                    self._state(number, "title_line")

    def _settle_details(self, start: int, byline: Byline) -> None:
        """Make details of the lines outside the article that say something about it."""
        if byline.number is not None:
            self._state(byline.number, "byline_line")
        begun = False
        for number in range(start, min(start + _HEAD, len(self.parts))):
            part = self.page.verdicts[number].feature
            begun = begun or (self.chosen[number] and part.full and part.count >= _PROSE)
            if begun and number >= start + _BEGINNING:
                break
            if self.chosen[number] and number not in self.settled and (name := self._head_line(number, byline)):
                self._state(number, name)
        for number in range(len(self.parts)):
            if self._is_stray_credit(number):
                self._state(number, CREDIT)
        end = max((number for number, taken in enumerate(self.chosen) if taken), default=start)
        for number in range(max(0, start - _HEAD), min(len(self.parts), end + _HEAD)):
            name = self.page.verdicts[number].feature.detail
            outside = self.parts[number].region not in ("nav", "footer", "form")
            if name and outside and not self.chosen[number] and number not in self.settled:
                self._state(number, name)

    def _head_line(self, number: int, byline: Byline) -> str | None:
        """Return the detail that a block at the head of the article is: of its author, or of itself."""
        piece = self.parts[number].piece
        signed = byline.name and is_signature(piece.text, byline.name, self.page.lexicon)
        if signed and (piece.kind != "heading" or piece.text != byline.name):
            return "byline_line"
        if byline.number == number - 1 and is_role_line(piece.text, self.page.lexicon):
            return "role_line"
        return "contact_line" if _CONTACT.fullmatch(piece.text) else self._head_detail(number)

    def _is_stray_credit(self, number: int) -> bool:
        """Tell whether a block of the article says who took a picture that is not there; numbers say other things."""
        verdict, piece = self.page.verdicts[number], self.parts[number].piece
        inside = self.chosen[number] and number not in self.captions and number not in self.settled
        stated = verdict.feature.detail == CREDIT and is_credit(verdict)
        return inside and stated and piece.kind == "paragraph" and not any(map(str.isdigit, piece.text))

    def _head_detail(self, number: int) -> str | None:
        """Return the detail that one of the first blocks of the article is: a date, a reading time, a level, views."""
        part = self.page.verdicts[number].feature
        if part.detail in _HEAD_DETAILS and part.count <= 8:
            return part.detail
        dated = self.parts[number].piece.kind != "heading" and is_date_line(part.line.text, self.page.lexicon)
        return "date_line" if dated else None

    def _state(self, number: int, name: str) -> None:
        self.settled.add(number)
        self.details.setdefault(name, []).append(self.parts[number].piece.text)

    def _details(self) -> Details:
        return {name: lines[0] if len(lines) == 1 else tuple(lines) for name, lines in self.details.items()}

    def _sorted_out(self) -> tuple[list[Piece], list[LeftOut]]:
        pieces: list[Piece] = []
        left_out: list[LeftOut] = []
        for number, part in enumerate(self.parts):
            if number in self.settled:
                continue
            if self.chosen[number]:
                pieces.append(self._dressed(self._captioned(number), self.page.verdicts[number]))
            elif part.piece.kind == "image":
                alt = str(part.piece.attributes.get("alt", ""))
                if alt:
                    left_out.append(LeftOut("image", alt, len(pieces), "image", part.piece.attributes))
            elif part.piece.kind != "rule":
                kind = self._kind(part, self.page.verdicts[number])
                piece = self._captioned(number)
                left_out.append(LeftOut(kind, piece.text, len(pieces), piece.kind, piece.attributes, piece.runs))
        return pieces, left_out

    def _captioned(self, number: int) -> Piece:
        piece = self.parts[number].piece
        return replace(piece, kind="caption", attributes={}) if number in self.captions else piece

    def _dressed(self, piece: Piece, verdict: Verdict) -> Piece:
        """Mark call-outs and promotion in a block of the article."""
        if piece.kind not in ("paragraph", "item", "quote"):
            return piece
        known = self.page.lexicon
        selling = promotions(piece.text, known) if known.promotion.may_begin_in(verdict.feature.words) else ()
        if verdict.feature.callout and piece.kind == "paragraph":
            return Piece(piece.text, "callout", {"label": verdict.feature.callout}, (*piece.runs, *selling))
        return replace(piece, runs=(*piece.runs, *selling)) if selling else piece

    @staticmethod
    def _kind(part: Part, verdict: Verdict) -> str:
        return verdict.feature.furniture or verdict.feature.detail or _REGIONS.get(part.region, OTHER)

    def _metadata(
        self, title: str | None, byline: str | None, published: Published | None, pieces: list[Piece], dated: Origin
    ) -> Metadata:
        said = self.said
        first = next((piece.text for piece in pieces if piece.kind == "paragraph"), "")
        first = first or next((piece.text for piece in pieces if piece.text), "")
        language = settle(said.language, self.page.language)
        origins = {
            "title": Origin.STATED if title else Origin.DERIVED,
            "byline": Origin.STATED,
            "outlet": Origin.STATED if said.outlets else Origin.DERIVED,
            "section": Origin.STATED,
            "address": Origin.STATED,
            "published": dated,
            "language": Origin.STATED if language == settle(said.language, None) else Origin.DERIVED,
        }
        values = Metadata(
            title=title or (derived_title(first, self.page.lexicon) if first else None),
            byline=byline,
            outlet=outlet_of(said, title, self.page),
            section=said.section,
            address=said.address,
            published=published,
            language=language,
        )
        return replace(values, origins={name: origin for name, origin in origins.items() if getattr(values, name)})


def _may_be(text: str, plain: str) -> bool:
    """Tell quickly, by its first letter, whether a text could be ``plain`` in its normal form."""
    return not text.isascii() or not text[0].isalnum() or text[0].lower() == plain[:1]
