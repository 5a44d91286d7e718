"""Who wrote a scraped article, in what role and for which house: read from the lines around its headline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from app.cleaning.bare_names import (
    bare_signature,
    dated_name,
    is_no_word,
    is_role_line,
    name_beside_ago,
    name_beside_role,
    shown_name,
    tells_of_author,
)
from app.cleaning.features import OTHER, Feature
from app.cleaning.furniture import Role
from app.cleaning.head_lines import HeadLines
from app.cleaning.imprint import in_body
from app.cleaning.outlets import dated_outlet, house_line, signed_outlet
from app.cleaning.phrases import squeezed, tokens
from app.cleaning.signatures import Signature, author, initials, read_signature
from app.text.names import is_person

OTHER_OR_ROW: Final = frozenset((OTHER, "navigation"))
"""Bars part the pieces of a row of links, and those of a line that says who wrote and when."""

_NEAR: Final = 6  # lines between the title and a name
_FEW: Final = 3  # first lines of the article of which one may be a name
_TOLD: Final = 2  # paragraphs that no note about the author stands before
_SIGNED: Final = 14  # words of a line that says nothing but who wrote and when
_PIECES: Final = re.compile(r"\s[|·•–—-]\s")
_BARS: Final = re.compile(r"\s[|·•]\s")
_ELSEWHERE: Final = frozenset(("related", "comment"))
_ABOUT_THE_ARTICLE: Final = frozenset(("date_line", "reading_time", "level", "views"))


@dataclass
class HeadAuthors(HeadLines):
    """Finds the author in the lines of a page."""

    byline: str | None = None
    house: str | None = None
    title: str | None = None
    _signatures: dict[int, Signature | None] = field(default_factory=dict)

    def _take_out_author(self) -> None:
        """What tells of the author behind the article is no part of it."""
        told = [number for number, verdict in enumerate(self._verdicts) if in_body(verdict)]
        for number in reversed(told[_TOLD:]):
            if not tells_of_author(self._text(number), self.byline):
                break
            self._verdicts[number] = replace(self._verdicts[number], role=Role.FURNITURE, kind="footer")

    def _reads_byline(self, number: int) -> bool:
        """Tell whether a line names the author and none did before; far above the title are menus: ``By Industry``."""
        far = self._top >= 0 and number < self._top - _NEAR
        found = None if self.byline or far else self._signature(number)
        if found is None or found.name:
            return found is not None
        return number + 1 < len(self._verdicts) and is_person(self._text(number + 1))

    def _signature(self, number: int) -> Signature | None:
        """Return who signs with a line; it is asked several times of most."""
        if number not in self._signatures:
            self._signatures[number] = self._read_signature(self._verdicts[number].feature)
        return self._signatures[number]

    def _read_signature(self, part: Feature) -> Signature | None:
        """Read who signs with a line; of a long one its first piece may say it."""
        if part.full:
            return None
        text, words = part.line.text, part.words
        if len(words) > _SIGNED:
            text = _PIECES.split(text, maxsplit=1)[0]
            words = tuple(tokens(text)) if len(text) < len(part.line.text) else words
        return read_signature(text, words, self.page.lexicon) or name_beside_role(text, self.page.lexicon)

    def _take_byline(self, number: int) -> None:
        found = self._signature(number) or Signature("")
        self._state(number, "byline_line")
        if not found.name:
            found = Signature(*author(self._text(number + 1), self.page.lexicon))
            self._state(number + 1, "byline_line")
            number += 1
        self._sign(found)
        behind = (house_line(part, self.page.lexicon) for part in _BARS.split(self._text(number))[1:])
        self.house = self.house or next(filter(None, behind), None)
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
        self.byline, house = signed_outlet(found.name, self.page.lexicon)
        self.house = house or self.house
        if found.role:
            self._details.setdefault("role", [found.role])

    def _read_bare_name(self, title: int | None, start: int) -> None:
        """Find an author without "by": a name that something else shows to be one, or beside a date or the like."""
        for number in range(start):
            if (
                self.byline
                or title is None
                or number in self._settled
                or self._verdicts[number].kind not in OTHER_OR_ROW
            ):
                continue
            text, known = self._text(number), self.page.lexicon
            above = self._text(number - 1) if number else ""
            close = abs(number - title) <= _NEAR and number + 1 < start
            following = self._text(number + 1) if close else ""
            found = shown_name(text, above, following, self._told(), known, may_repeat=number > title)
            if found is None and (number > title or self._is_over(number, title)):
                beside = self._is_beside_date(number, title, start)
                found = bare_signature(text, known) if beside else name_beside_ago(text, known)
            if found:
                self._state(number, "byline_line")
                self._sign(found)
                self._read_below_name(number + 1)
                if initials(above, text):
                    self._verdicts[number - 1] = replace(self._verdicts[number - 1], role=Role.FURNITURE, kind="avatar")

    def _read_name_inside(self, title: int | None, start: int) -> None:
        """Find an author without "by" above the date, where both stand in the first lines of the article."""
        for number in range(start, min(start + _FEW, len(self._verdicts) - 1)):
            part = self._verdicts[number]
            is_own = in_body(part) or part.kind == OTHER
            if self.byline or title is None or not is_own or number + 1 not in self._days.published:
                continue
            found = None if part.feature.full else bare_signature(self._text(number), self.page.lexicon)
            if found and is_no_word(self._text(number), self._told()):
                self._state(number, "byline_line")
                self._sign(found)

    def _read_foot(self, start: int) -> None:
        """Find an author who signs right below the article, or with its last line, where nobody does above it."""
        told = [number for number, verdict in enumerate(self._verdicts) if in_body(verdict)]
        if self.byline or len(told) <= _TOLD:
            return
        for number in range(max(start, told[-1]), min(told[-1] + 1 + _NEAR, len(self._verdicts))):
            if self._verdicts[number].kind in _ELSEWHERE:
                break
            if self._reads_byline(number):
                self._take_byline(number)
                below = next((n for n in range(number + 1, len(self._verdicts)) if n not in self._settled), number)
                if not self._days.published and self._is_date(self._verdicts[below].feature):
                    self._state(below, "date_line")
                break

    def _is_over(self, number: int, title: int) -> bool:
        """Tell whether a line stands right above the title together with one that says when."""
        beside = [number - 1] if number == title - 1 else range(number + 1, title) if title - _FEW <= number else ()
        dated = any(other >= 0 and self._verdicts[other].kind == "date_line" for other in beside)
        return dated and is_no_word(self._text(number), self._told())

    def _read_dated_name(self) -> None:
        """Find the author on the line of the date where no other line names one."""
        number = self._days.near(self._top)
        if number is not None and not self.byline and self.title is not None:
            text, known = self._text(number), self.page.lexicon
            self.byline = dated_name(text, dated_outlet(text, known), self._told(), known)

    def _is_beside_date(self, number: int, title: int, start: int) -> bool:
        """Tell whether a line below the title stands close above or right below one that says when, the title aside."""
        near = {self._verdicts[n].kind for n in range(number + 1, min(number + 3, start))}
        if not _ABOUT_THE_ARTICLE.isdisjoint(near):
            return True
        above = number - 2 if number - 1 == title else number - 1
        below = above >= 0 and self._verdicts[above].kind in _ABOUT_THE_ARTICLE
        return below and is_no_word(self._text(number), self._told())

    def _may_name_house(self, text: str) -> bool:
        """Tell whether a line below the title is the name of an outlet, and take it."""
        known = self.page.lexicon
        if self.house or squeezed(text) in known.agencies or house_line(text, known) != text:
            return False
        self.house = text
        return True
