"""Scraped text to a draft: the article, what was left out, and what the page says about it. No line is lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from app.cleaning.assembling import sorted_out
from app.cleaning.date_lines import any_day, published_day
from app.cleaning.features import OTHER, Feature
from app.cleaning.furniture import (
    Role,
    Verdict,
    classify_lines,
    may_head,
)
from app.cleaning.head_authors import OTHER_OR_ROW, HeadAuthors
from app.cleaning.headlines import CROWD, could_head, vote_headline
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
from app.cleaning.outlets import dated_outlet
from app.cleaning.prompts import is_sentence
from app.drafts import Draft
from app.model import Precision, Published
from app.text.body import Body

_FAR: Final = 300  # how many lines above the article may speak of it
_NEAR: Final = 6  # how far into the article a byline or a date may stand below the headline
_FEW: Final = 3  # so many lines, of a table say, may stand between the first sentences and the rest
_TOLD: Final = 2  # behind so many paragraphs no date is that of publication
_ABOVE: Final = 2  # lines above the title of which one may name somebody beside a day
_HOUSED: Final = 2  # lines below the title of which one may name its outlet
_EARLY: Final = 0.2  # of the words; further down no headline stands
_SIGNED: Final = 4  # lines
_SHORT: Final = 12  # words of a date line, or of a headline that is a sentence


def read_scraped(text: str, title: str = "") -> Draft:
    """Return the article in a scraped text of any layout; its ``title``, if that is stated elsewhere."""
    return _read(_Head(classify_lines(split(text)), subject=title))


def read_letter(text: str, subject: str) -> Draft:
    """Return the text of a letter, of which all is the article but what phrases name as furniture.

    Its title is its ``subject``, if it has one: no line of the text is taken for it but one that says the same.
    """
    return _read(_Head(classify_lines(split(text), whole=True), subject=subject))


def _read(head: _Head) -> Draft:
    verdicts = head.read()
    pieces, left_out = sorted_out(verdicts, head.page)
    metadata = metadata_of(head.imprint(), verdicts, head.page)
    return Draft(Body.of(pieces), metadata, tuple(left_out), head.details)


@dataclass
class _Head(HeadAuthors):
    """Reads what stands above the article. Each line becomes title, detail, furniture or the article's headline.

    Where the ``subject`` is stated elsewhere, it is the title.
    """

    subject: str = ""
    sections: tuple[str, ...] = ()
    published: Published | None = None
    masthead: str | None = None

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
        if title is not None and title > start:
            start = next((n for n in range(title + 1, len(self._verdicts)) if in_body(self._verdicts[n])), start)
        for number in range(max(0, start - _FAR), start):
            if number not in self._settled:
                self._read_line(number)
        start = self._read_lead(title, start)
        for number in range(start, min(start + _NEAR, len(self._verdicts))):
            if in_body(self._verdicts[number]) and number not in self._settled:
                self._read_line_inside(number)
        self._read_bare_name(title, start)
        self._read_name_inside(title, start)
        self._find_headline(title, start)
        self._give_back(start)
        for number, verdict in enumerate(self._verdicts):
            if verdict.role is Role.DETAIL and number not in self._settled:
                self._state(number, verdict.kind)
                self._read_below_label(number)
        self._read_dated_name()
        self._read_foot(start)
        self.published = self._days.first(self._top)
        self._take_out_author()
        return [verdict for number, verdict in enumerate(self._verdicts) if number != title]

    def _read_below_label(self, number: int) -> None:
        """Read the day in the line below one that only says that a day follows: ``Published``."""
        below = number + 1
        if self._verdicts[number].kind != "date_line" or any(map(str.isdigit, self._text(number))):
            return
        if below < len(self._verdicts) and below not in self._settled and self._is_date(self._verdicts[below].feature):
            self._state(below, "date_line")

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
        title = self._find_signed(start, title)
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
        """Find the title below a long head, be it among the first lines of what seems to be the article."""
        features = [verdict.feature for verdict in self._verdicts]
        stated = {above + number for number in about}
        stated |= {number for number in range(start, min(start + 2 * _NEAR, len(features))) if self._is_about(number)}
        title = vote_headline(features, start, stated, above)
        self._leave_out(start, title or 0)
        return title

    def _leave_out(self, begin: int, end: int) -> None:
        """What stands between the head of a page and a title further down is no article."""
        for number in range(begin, end):
            part = self._verdicts[number].feature
            self._verdicts[number] = Verdict(part, Role.FURNITURE, part.furniture or OTHER)

    def _find_signed(self, start: int, title: int | None) -> int | None:
        """Return the ``title``, or where nobody signs near it that in what seems to be the article: above who and when.

        Sentences about the page may stand above it.
        """
        last = len(self._verdicts)
        near = range(0) if title is None else range(max(0, title - _SIGNED), min(title + 1 + _NEAR, last))
        if last < CROWD or any(map(self._is_about, near)):
            return title
        most = _EARLY * sum(verdict.feature.count for verdict in self._verdicts[start:])
        for number in range(start, last):
            most -= self._verdicts[number].feature.count
            if most < 0:
                break
            if self._reads_byline(number) and any(map(self._states_day, range(number, min(number + _SIGNED, last)))):
                above = range(max(start, number - _SIGNED), number)
                heads = [other for other in above if could_head(self._verdicts[other].feature)]
                if heads:
                    found = max(heads, key=lambda other: self._verdicts[other].feature.count)
                    self._leave_out(start, found)
                    return found
        return title

    def _states_day(self, number: int) -> bool:
        return any_day(self._text(number), self.page.lexicon) is not None

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
        elif 0 < number - self._top <= _HOUSED and verdict.kind == OTHER and self._may_name_house(text):
            self._state(number, "byline_line")
        elif self._may_state(verdict.kind, number) and self._is_date(verdict.feature, number >= self._top - _ABOVE):
            self._state(number, "date_line")
        elif verdict.kind == OTHER and (found := sections(text, known)):
            if normal(text).startswith("home"):
                self._verdicts[number] = replace(verdict, kind="navigation")
            else:
                self._state(number, "section_line")
                self._take_sections(found)

    def _may_state(self, kind: str, number: int) -> bool:
        """Tell whether a line may say when; below the title bars part a day from a name, and no links of a page."""
        return kind in OTHER_OR_ROW if number > self._top else kind == OTHER

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
        if not part.callout and self._reads_byline(number):
            self._take_byline(number)
        elif self._is_date(part) and self._may_date(number):
            self._state(number, "date_line")

    def _find_headline(self, title: int | None, start: int) -> None:
        """Give the last line above the article back to it when it is its own headline, below the page's title."""
        number = start - 1
        if title is None or title >= number or number in self._settled:
            return
        verdict = self._verdicts[number]
        if verdict.kind == OTHER and 3 <= verdict.feature.count <= 25 and may_head(verdict.feature):
            self._verdicts[number] = Verdict(verdict.feature, Role.HEADING)

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

    def _take_sections(self, found: tuple[str, ...]) -> None:
        self.sections = self.sections or found
