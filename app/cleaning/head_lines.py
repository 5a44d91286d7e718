"""The lines above a scraped article and the first of it, as they are read: what each is, and what they state."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.cleaning.date_lines import is_date_line
from app.cleaning.features import Feature, is_row
from app.cleaning.furniture import Page, Role, Verdict
from app.cleaning.imprint import in_body
from app.cleaning.outlets import dated_outlet
from app.cleaning.stated_days import StatedDays
from app.model import Details


@dataclass
class HeadLines:
    """The lines of a page with their verdicts, which change as they are read. ``_top`` is the number of the title."""

    page: Page
    _details: dict[str, list[str]] = field(default_factory=dict)
    _verdicts: list[Verdict] = field(default_factory=list)
    _settled: set[int] = field(default_factory=set)
    _days: StatedDays = field(default_factory=StatedDays)
    _top: int = -1

    @property
    def details(self) -> Details:
        """What the page says about itself, verbatim: a text, or several where lines share a name."""
        return {key: lines[0] if len(lines) == 1 else tuple(lines) for key, lines in self._details.items()}

    def _told(self) -> list[str]:
        return [verdict.feature.line.text for verdict in self._verdicts if in_body(verdict)]

    def _is_date(self, part: Feature, named: bool = False) -> bool:
        text, known = part.line.text, self.page.lexicon
        if part.detail is not None or is_row(part):
            return False
        return is_date_line(text, known, named=named) or (not part.full and dated_outlet(text, known) is not None)

    def _state(self, number: int, name: str) -> None:
        """Make a detail of a line."""
        part = self._verdicts[number].feature
        self._verdicts[number] = Verdict(part, Role.DETAIL, name)
        self._settled.add(number)
        self._details.setdefault(name, []).append(part.line.text)
        if name in ("date_line", "byline_line", "reading_time"):
            self._days.add(number, part.line.text, self._text(number - 1) if number else "", self.page.lexicon)
        if name in ("date_line", "byline_line"):
            self._days.add_change(number, part.line.text, self.page.lexicon)

    def _text(self, number: int) -> str:
        return self._verdicts[number].feature.line.text
