"""Scraped text to a draft: the article, what was left out, and what the page says about it. No line is lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from app.cleaning.assembling import sorted_out
from app.cleaning.bare_names import (
    bare_signature,
    dated_name,
    is_no_word,
    is_role_line,
    name_beside_ago,
    shown_name,
    tells_of_author,
)
from app.cleaning.date_lines import is_date_line, published_day
from app.cleaning.features import Feature
from app.cleaning.furniture import (
    OTHER,
    Page,
    Role,
    Verdict,
    classify,
    is_row,
    may_head,
)
from app.cleaning.headlines import CROWD, vote_headline
from app.cleaning.imprint import WORDS, Imprint, in_body, metadata_of
from app.cleaning.lines import split
from app.cleaning.metadata import (
    breadcrumb,
    masthead,
    normal,
    plain_title,
    sections,
    vote_title,
)
from app.cleaning.outlets import dated_outlet, house_line, signed_outlet
from app.cleaning.prompts import is_sentence
from app.cleaning.signatures import Signature, author, initials, read_signature
from app.cleaning.stated_days import StatedDays
from app.drafts import Draft
from app.model import Details, Precision, Published
from app.text.body import Body
from app.text.names import is_person

_FAR: Final = 300  # how many lines above the article may speak of it
_NEAR: Final = 6  # how far into the article a byline or a date may stand below the headline
_FEW: Final = 3  # so many lines, of a table say, may stand between the first sentences and the rest
_TOLD: Final = 2  # behind so many paragraphs no date is that of publication
_SHORT: Final = 12  # words of a date line, or of a headline that is a sentence
_UNKNOWN: Final = frozenset((OTHER, "navigation"))  # bars part the pieces of a row of links, and those of a byline
_ABOUT_THE_ARTICLE: Final = frozenset(("date_line", "reading_time", "level", "views"))


def read_scraped(text: str, title: str = "") -> Draft:
    """Return the article in a scraped text of any layout; its ``title``, if that is stated elsewhere."""
    return _read(_Head(classify(split(text), scraped=True), title))


def read_letter(text: str, subject: str) -> Draft:
    """Return the text of a letter, of which all is the article but what phrases name as furniture.

    Its title is its ``subject``, if it has one: no line of the text is taken for it but one that says the same.
    """
    return _read(_Head(classify(split(text), scraped=True, whole=True), subject))


def _read(head: _Head) -> Draft:
    verdicts = head.read()
    pieces, left_out = sorted_out(verdicts, head.page)
    metadata = metadata_of(head.imprint(), verdicts, head.page)
    return Draft(Body.of(pieces), metadata, tuple(left_out), head.details)


@dataclass
class _Head:
    """Reads what stands above the article. Each line becomes title, detail, furniture or the article's headline.

    Where the ``subject`` is stated elsewhere, it is the title.
    """

    page: Page
    subject: str = ""
    title: str | None = None
    byline: str | None = None
    sections: tuple[str, ...] = ()
    published: Published | None = None
    masthead: str | None = None
    house: str | None = None
    _details: dict[str, list[str]] = field(default_factory=dict)
    _verdicts: list[Verdict] = field(default_factory=list)
    _settled: set[int] = field(default_factory=set)
    _days: StatedDays = field(default_factory=StatedDays)
    _top: int = -1

    @property
    def details(self) -> Details:
        """What the page says about itself, verbatim: a text, or several where lines share a name."""
        return {key: lines[0] if len(lines) == 1 else tuple(lines) for key, lines in self._details.items()}

    def imprint(self) -> Imprint:
        """Return what was found about the article, once the head is read."""
        dated = self._days.near(self._top)
        outlet = None if dated is None else dated_outlet(self._text(dated), self.page.lexicon)
        return Imprint(
            self.title,
            self.byline,
            self.sections,
            self.published,
            bool(self._days.published),
            outlet or self.house,
            self.masthead,
        )

    def read(self) -> list[Verdict]:
        """Return the verdicts as they are once the head is read; all but the title are left out, detail or body."""
        self._verdicts = list(self.page.verdicts)
        start = next((n for n, verdict in enumerate(self._verdicts) if in_body(verdict)), len(self._verdicts))
        title = self._find_subject(start) if self.subject else self._find_title(start)
        for number in range(max(0, start - _FAR), start):
            if number not in self._settled:
                self._read_line(number)
        start = self._read_lead(title, start)
        for number in range(start, min(start + _NEAR, len(self._verdicts))):
            if in_body(self._verdicts[number]) and number not in self._settled:
                self._read_line_inside(number)
        self._read_bare_name(title, start)
        self._find_headline(title, start)
        self._give_back(start)
        for number, verdict in enumerate(self._verdicts):
            if verdict.role is Role.DETAIL and number not in self._settled:
                self._state(number, verdict.kind)
        self.published = self._days.first(self._top)
        self._read_dated_name()
        self._take_out_author()
        return [verdict for number, verdict in enumerate(self._verdicts) if number != title]

    def _take_out_author(self) -> None:
        """What tells of the author behind the article is no part of it."""
        told = [number for number, verdict in enumerate(self._verdicts) if in_body(verdict)]
        for number in reversed(told[_TOLD:]):
            if not tells_of_author(self._text(number), self.byline):
                break
            self._verdicts[number] = self._verdicts[number]._replace(role=Role.FURNITURE, kind="footer")

    def _find_title(self, start: int) -> int | None:
        """Find the title above the article, or as the heading that begins it."""
        above = max(0, start - _FAR)
        zone = [verdict.feature for verdict in self._verdicts[above:start]]
        body = [verdict.feature for verdict in self._verdicts[start:] if in_body(verdict)]
        about = frozenset(number for number in range(len(zone)) if self._is_about(above + number))
        title = self._find_in_crowd(above, start, about) if len(zone) >= CROWD else None
        voted = vote_title(zone, body, about) if title is None else None
        title = above + voted if voted is not None else title
        if title is None and body:
            alone = self.page.plain and start == 0 and len(body) > 1 and body[1].line.gap > 0
            named = body[0].count >= 2 or (alone and WORDS.search(body[0].line.text) is not None)
            heads = len(body) > 1 and self._heads(start) and named
            found = plain_title(zone, about, self.page.lexicon, names=not heads)
            title = above + found if found is not None else (start if heads else None)
        if title is not None:
            self.title, self._top = self._text(title), title
            self._settled.add(title)
            known = self.page.lexicon
            self.masthead = masthead(
                [self._text(number) for number in range(above, min(title, start))], self.title, known
            )
            for number in range(above, start):
                if number != title and normal(self._text(number)) == normal(self.title):
                    self._state(number, "title_repeat")
        return title

    def _find_in_crowd(self, above: int, start: int, about: Collection[int]) -> int | None:
        """Find the title below a long head; what stands between the head and a title further down is no article."""
        features = [verdict.feature for verdict in self._verdicts]
        stated = {above + number for number in about}
        stated |= {number for number in range(start, min(start + 2 * _NEAR, len(features))) if self._is_about(number)}
        title = vote_headline(features, start, stated, above)
        for number in range(start, title or 0):
            self._verdicts[number] = Verdict(features[number], Role.FURNITURE, features[number].furniture or OTHER)
        return title

    def _find_subject(self, start: int) -> int | None:
        """Find the line that says the title that is stated elsewhere."""
        near = range(min(len(self._verdicts), start + _NEAR))
        title = next((number for number in near if normal(self._text(number)) == normal(self.subject)), None)
        self.title = self.subject if title is None else self._text(title)
        if title is not None:
            self._top = title
            self._settled.add(title)
        return title

    def _heads(self, start: int) -> bool:
        """Tell whether the article begins with its headline: a heading, or a sentence above a byline or a date."""
        if self._is_about(start):
            return False
        short = self._verdicts[start].feature.count <= _SHORT
        above_all = start == 0 and len(self._verdicts) > 1 and short and self._is_about(1)
        return self._verdicts[start].role is Role.HEADING or above_all

    def _is_about(self, number: int) -> bool:
        """Tell whether a line is a byline or a date, and so never the title."""
        return self._reads_byline(number) or self._is_date(self._verdicts[number].feature)

    def _read_line(self, number: int) -> None:
        """Read one line above the article."""
        verdict, text = self._verdicts[number], self._text(number)
        known = self.page.lexicon
        crumbs = breadcrumb(text, self.title, known)
        if crumbs is not None:
            self._state(number, "breadcrumb")
            self._take_sections(tuple(known.sections.get(part.lower(), part) for part in crumbs))
        elif self._reads_byline(number):
            self._take_byline(number)
        elif verdict.role is Role.DETAIL:
            self._state(number, verdict.kind)
        elif self._may_state(verdict.kind, number) and self._is_date(verdict.feature, named=number > self._top):
            self._state(number, "date_line")
        elif verdict.kind == OTHER and (found := sections(text, known)):
            if normal(text).startswith("home"):
                self._verdicts[number] = verdict._replace(kind="navigation")
            else:
                self._state(number, "section_line")
                self._take_sections(found)

    def _may_state(self, kind: str, number: int) -> bool:
        """Tell whether a line may say when; below the title bars part a day from a name, and no links of a page."""
        return kind in _UNKNOWN if number > self._top else kind == OTHER

    def _read_lead(self, title: int | None, start: int) -> int:
        """Give sentences below the title back to the article, and return where it begins with them.

        One alone above a byline, a date or the like is the summary.
        """
        if title is None or title >= start:
            return start
        below = range(title + 1, start)
        stated = [number for number in below if self._verdicts[number].role is Role.DETAIL]
        lead = [number for number in below if self._may_lead(number)]
        if len(lead) == 1 and stated and stated[-1] > lead[0] and self._is_summary(self._verdicts[lead[0]].feature):
            self._state(lead[0], "summary")
            return start
        first = min([start, *lead])
        within = [number for number in range(first, start) if self._is_left(number)]
        for number in within if len(within) <= len(lead) + _FEW else lead:
            part = self._verdicts[number].feature
            heads = may_head(part) and self._verdicts[number + 1].feature.count > part.count
            self._verdicts[number] = Verdict(part, Role.HEADING if heads else Role.BODY)
        return first

    def _give_back(self, start: int) -> None:
        """Give what is left below the title back to the article where it stands on no page of a site."""
        for number in range(start - 1, self._top, -1) if self.page.plain else ():
            if self._is_left(number):
                part, following = self._verdicts[number].feature, self._verdicts[number + 1]
                heads = may_head(part) and in_body(following) and following.feature.count > part.count
                self._verdicts[number] = Verdict(part, Role.HEADING if heads else Role.BODY)

    def _may_lead(self, number: int) -> bool:
        part = self._verdicts[number].feature
        return self._is_left(number) and (is_sentence(part) or self._is_summary(part))

    def _is_left(self, number: int) -> bool:
        """Tell whether a line is nothing that is known of pages."""
        verdict = self._verdicts[number]
        unknown = verdict.role is Role.FURNITURE and verdict.kind == OTHER and bool(verdict.feature.words)
        return unknown and number not in self._settled

    def _read_line_inside(self, number: int) -> None:
        """Take a byline or a date out of the first lines of the article."""
        part = self._verdicts[number].feature
        if part.count <= 14 and not part.callout and self._reads_byline(number):
            self._take_byline(number)
        elif self._is_date(part) and self._may_date(number):
            self._state(number, "date_line")

    def _reads_byline(self, number: int) -> bool:
        """Tell whether a line names the author and none did before."""
        found = None if self.byline else self._signature(number)
        if found is None or found.name:
            return found is not None
        return number + 1 < len(self._verdicts) and is_person(self._text(number + 1))

    def _signature(self, number: int) -> Signature | None:
        part = self._verdicts[number].feature
        return None if part.full else read_signature(part.line.text, part.words, self.page.lexicon)

    def _take_byline(self, number: int) -> None:
        found = self._signature(number) or Signature("")
        self._state(number, "byline_line")
        if not found.name:
            found = Signature(*author(self._text(number + 1), self.page.lexicon))
            self._state(number + 1, "byline_line")
            number += 1
        self._sign(found)
        self._read_below_name(number + 1)

    def _read_below_name(self, number: int) -> None:
        """Read the lines below the author that say in what role or for which house that was."""
        for line in range(number, min(number + 2, len(self._verdicts))):
            text = self._text(line)
            house = house_line(text, self.page.lexicon)
            if is_role_line(text, self.page.lexicon):
                self._details.setdefault("role", [text])
                self._state(line, "role_line")
            elif house and self.house is None:
                self.house = house
                self._state(line, "byline_line")
            else:
                break

    def _sign(self, found: Signature) -> None:
        self.byline, self.house = signed_outlet(found.name, self.page.lexicon)
        if found.role:
            self._details.setdefault("role", [found.role])

    def _read_bare_name(self, title: int | None, start: int) -> None:
        """Find an author without "by": a name that something else shows to be one, or beside a date or the like."""
        for number in range(start):
            if self.byline or title is None or number in self._settled or self._verdicts[number].kind not in _UNKNOWN:
                continue
            text, known = self._text(number), self.page.lexicon
            above = self._text(number - 1) if number else ""
            close = abs(number - title) <= _NEAR and number + 1 < start
            following = self._text(number + 1) if close else ""
            found = shown_name(text, above, following, self._told(), known, may_repeat=number > title)
            if found is None and number > title:
                beside = self._is_beside_date(number, title, start)
                found = bare_signature(text, known) if beside else name_beside_ago(text, known)
            if found:
                self._state(number, "byline_line")
                self._sign(found)
                self._read_below_name(number + 1)
                if initials(above, text):
                    self._verdicts[number - 1] = self._verdicts[number - 1]._replace(role=Role.FURNITURE, kind="avatar")

    def _read_dated_name(self) -> None:
        """Find the author on the line of the date where no other line names one."""
        number = self._days.near(self._top)
        if number is not None and not self.byline and self.title is not None:
            text, known = self._text(number), self.page.lexicon
            self.byline = dated_name(text, dated_outlet(text, known), self._told(), known)

    def _is_beside_date(self, number: int, title: int, start: int) -> bool:
        """Tell whether a line below the title stands close above or right below one that says when."""
        near = {self._verdicts[n].kind for n in range(number + 1, min(number + 3, start))}
        if not _ABOUT_THE_ARTICLE.isdisjoint(near):
            return True
        below = number - 1 > title and self._verdicts[number - 1].kind in _ABOUT_THE_ARTICLE
        return below and is_no_word(self._text(number), self._told())

    def _told(self) -> list[str]:
        return [verdict.feature.line.text for verdict in self._verdicts if in_body(verdict)]

    def _find_headline(self, title: int | None, start: int) -> None:
        """Give the last line above the article back to it when it is its own headline, below the page's title."""
        number = start - 1
        if title is None or title >= number or number in self._settled:
            return
        verdict = self._verdicts[number]
        if verdict.kind == OTHER and 3 <= verdict.feature.count <= 25 and may_head(verdict.feature):
            self._verdicts[number] = Verdict(verdict.feature, Role.HEADING)

    def _is_date(self, part: Feature, named: bool = False) -> bool:
        text, known = part.line.text, self.page.lexicon
        if part.detail is not None or is_row(part):
            return False
        return is_date_line(text, known, named=named) or (not part.full and dated_outlet(text, known) is not None)

    def _may_date(self, number: int) -> bool:
        """Tell whether a date inside the article is its own: later ones, and months, are headings of what it tells."""
        day = published_day(self._text(number), self.page.lexicon)
        before = [self._verdicts[other] for other in range(self._top + 1, number)]
        told = sum(in_body(verdict) and verdict.feature.full and verdict.feature.count > _SHORT for verdict in before)
        dated = any(self._top < other < number for other in self._days.published)
        near = day.precision is Precision.DAY if day else number - 1 in self._settled
        return told < _TOLD and not dated and near

    @staticmethod
    def _is_summary(part: Feature) -> bool:
        return not part.furniture and not part.detail and part.count >= 8 and (part.full or part.count >= 14)

    def _state(self, number: int, name: str) -> None:
        """Make a detail of a line."""
        part = self._verdicts[number].feature
        self._verdicts[number] = Verdict(part, Role.DETAIL, name)
        self._settled.add(number)
        self._details.setdefault(name, []).append(part.line.text)
        if name in ("date_line", "byline_line"):
            self._days.add(number, part.line.text, self._text(number - 1) if number else "", self.page.lexicon)
        if name == "date_line":
            self._days.add_change(number, part.line.text, self.page.lexicon)

    def _take_sections(self, found: tuple[str, ...]) -> None:
        self.sections = self.sections or found

    def _text(self, number: int) -> str:
        return self._verdicts[number].feature.line.text
