"""What must not be cut: blocks that nothing names as furniture, in the boxes of a page that hold its article.

Trees judge blocks by what they have learnt from other pages: a last short sentence, a list at the end or a note look to
them like what mostly stands there. Where such a block lies in the very box of the article's paragraphs, and is neither
a link nor a phrase of the page, it is the article's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from app.cleaning.date_lines import is_date_line
from app.cleaning.furniture import Page
from app.cleaning.surroundings import (
    LEVELS,
    are_of_comments,
    box_of,
    boxes_of,
    is_note,
    is_strange,
    kind_of,
    list_of,
    name_of,
    names_of,
    table_of,
)  # fmt: skip
from app.text.html_reader import Part

if TYPE_CHECKING:
    from lxml import etree

# Of such an element each line is of one mind with the others.
_LINES: Final = frozenset(("p", "li", "dd", "blockquote", "td"))
_PICTURES: Final = frozenset(("image", "rule", "caption"))
_BESIDE: Final = frozenset(("nav", "header", "footer", "aside", "form"))
# What pages call boxes inside the text that belong to it, and those that do not.
_INSET: Final = re.compile(
    r"call-?out|admonition|(?:^|[-_\s])alert|toggle|accordion|foot-?notes?|end-?notes?|(?:^|[-_\s])notes?(?:$|[-_\s])"
    r"|(?:^|[-_\s])(?:sub)?heading(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_LINKED: Final = 0.3
_FEW_LINKS: Final = 0.1
_TOLD: Final = 0.5  # of the prose in boxes of one kind so much must be chosen
_MAIN: Final = 0.1  # of the article so much must lie in boxes of one kind
_PROSE: Final = 12  # words
_UNSPACED: Final = 40  # characters of a script that sets no spaces between words
_LEAST: Final = 2  # words of a sentence
_FAR: Final = 4  # blocks
_SIGN: Final = 5  # characters of the sign of a note
_COPIED: Final = 4  # words
_SHORT_ITEMS: Final = 2.5  # words
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")


def keep(parts: Sequence[Part], page: Page, chosen: Sequence[bool]) -> list[bool]:
    """Tell for each block whether it belongs to the article: those that are ``chosen``, and what must not be cut."""
    if not any(chosen):
        return list(chosen)
    keeper = _Keeper(parts, page, chosen)
    keeper.keep_text()
    keeper.keep_lists()
    keeper.keep_notes()
    keeper.keep_heads()
    return keeper.taken


class _Keeper:
    """The blocks of a page while more and more of them are taken."""

    def __init__(self, parts: Sequence[Part], page: Page, chosen: Sequence[bool]) -> None:
        self.taken = list(chosen)
        self._parts = parts
        self._page = page
        told = (one and part.piece.kind != "heading" for one, part in zip(chosen, parts, strict=True))
        self._first = next((number for number, one in enumerate(told) if one), self.taken.index(True))
        self._boxes = boxes_of(parts)
        self._commented: dict[etree._Element | None, bool] = {None: False}
        self._kinds = {box: kind_of(box) for box in dict.fromkeys(self._boxes)}
        self._words = Counter(verdict.feature.words for verdict, one in zip(page.verdicts, chosen, strict=True) if one)
        self._free = [not taken and self._is_free(number) for number, taken in enumerate(chosen)]
        self._plain = self._is_plain()
        self._accepted = self._accept()

    def keep_text(self) -> None:
        """Keep lines of paragraphs, sentences, quotations, code, and terms with what they mean."""
        lines = {
            part.place
            for part, taken in zip(self._parts, self.taken, strict=True)
            if taken and part.place is not None and part.place.tag in _LINES
        }
        for number, part in self._rest():
            place = part.place
            if place is None:
                continue
            told = part.piece.kind in ("quote", "code") or place.tag in ("dt", "dd") or self._is_prose(number)
            told = told or (self._plain and part.piece.kind == "paragraph")
            near = self._is_near(number) or is_note(self._boxes[number])
            if told and (place in lines or (near and self._in_article(number))):
                self._take(number)

    def keep_lists(self) -> None:
        """Keep lists behind what is taken, or behind a heading or a line that leads to them, and those in tables."""
        for begin, end in self._lists():
            links = sum(
                _linked(self._parts[number]) * len(self._parts[number].piece.text) for number in range(begin, end)
            )
            size = sum(len(self._parts[number].piece.text) for number in range(begin, end))
            free = [number for number in range(begin, end) if self._free[number]]
            words = sum(self._page.verdicts[number].feature.count for number in free)
            if not free or links >= _LINKED * size or not all(map(self._in_article, free)):
                continue
            led = self._is_led_to(begin) and (self._plain or words >= _SHORT_ITEMS * len(free))
            if led or any(self.taken[begin:end]) or self._is_announced(begin) or self._is_in_table(begin):
                for number in free:
                    self._take(number)

    def keep_notes(self) -> None:
        """Keep the notes that signs in the text lead to, with those beside them."""
        named = {
            address.rpartition("#")[2]
            for part, taken in zip(self._parts, self.taken, strict=True)
            if taken
            for run in part.piece.runs
            if run.kind == "link"
            and run.end - run.start <= _SIGN
            and "#" in (address := str(run.attributes.get("address", "")))
        }
        if not named:
            return
        noted = {list_of(part.place) for part in self._parts if name_of(part.place) in named}
        for number, part in self._rest():
            if list_of(part.place) in noted and part.piece.kind in ("item", "paragraph"):
                self._take(number)

    def keep_heads(self) -> None:
        """Keep headings above what is taken, and lines that lead to it."""
        title = next(
            (number for number, part in enumerate(self._parts) if part.piece.attributes.get("level") == 1), None
        )
        for number in range(len(self._parts) - 2, 0 if title is None else title, -1):
            if self._free[number] and not self.taken[number] and self._follows(number) and self._heads(number):
                self._take(number)

    def _heads(self, number: int) -> bool:
        """Tell whether a block is a heading, the label of what follows, or a line that leads to it."""
        part = self._parts[number]
        if part.piece.kind == "heading":
            return True
        if number < self._first:
            return False
        labels = part.place is not None and (part.place.tag == "summary" or self._is_inset(number))
        return labels or (part.piece.text.endswith((":", "：")) and self._in_article(number))

    def _is_inset(self, number: int) -> bool:
        """Tell whether a block and the next one lie in an inset."""
        box = self._boxes[number]
        return box is not None and box is self._boxes[number + 1] and bool(_INSET.search(names_of(box)))

    def _take(self, number: int) -> None:
        """Take a block, unless one of the same words is taken; of a heading and a link to it, the heading is taken."""
        words = self._page.verdicts[number].feature.words
        if len(words) >= _COPIED and self._words[words]:
            links = [
                other
                for other in range(number)
                if self.taken[other]
                and self._page.verdicts[other].feature.words == words
                and _linked(self._parts[other])
            ]
            if self._parts[number].piece.kind != "heading" or not links:
                return
            for other in links:
                self.taken[other] = False
        self._words[words] += 1
        self.taken[number] = True

    def _is_near(self, number: int) -> bool:
        """Tell whether a block follows on one that is taken, or something close to it on both sides is."""
        if self.taken[self._above(number)]:
            return True
        before, after = self.taken[max(0, number - _FAR) : number], self.taken[number + 1 : number + _FAR + 1]
        return any(before) and any(after)

    def _above(self, number: int) -> int:
        """Return the block above one that is no picture or rule, and no heading or list that waits to be taken."""
        above = number - 1
        while above > self._first and (self._parts[above].piece.kind in _PICTURES or self._waits(above)):
            above -= 1
        return above

    def _waits(self, number: int) -> bool:
        part = self._parts[number]
        if not self._free[number] or self.taken[number]:
            return False
        if part.piece.kind == "heading":
            return not is_strange(self._boxes[number])
        waiting = part.piece.kind in ("item", "code") or (part.place is not None and part.place.tag == "dt")
        return waiting and self._in_article(number)

    def _is_in_table(self, number: int) -> bool:
        """Tell whether a list stands in a cell of a table whose cell before it is taken."""
        table = table_of(self._parts[number].place)
        return (
            number > 0
            and table is not None
            and self.taken[number - 1]
            and table is table_of(self._parts[number - 1].place)
        )

    def _is_announced(self, number: int) -> bool:
        """Tell whether the block above a list leads to it."""
        return self._parts[number - 1].piece.text.endswith((":", "：")) and self._is_led_to(number)

    def _rest(self) -> Iterator[tuple[int, Part]]:
        """Yield the blocks behind the first of the article that may be kept."""
        for number in range(self._first + 1, len(self._parts)):
            if self._free[number] and not self.taken[number]:
                yield number, self._parts[number]

    def _is_free(self, number: int) -> bool:
        """Tell whether nothing names a block as furniture or as a detail, and it is not mostly a link."""
        part, feature = self._parts[number], self._page.verdicts[number].feature
        if (
            not feature.words
            or part.piece.kind == "caption"
            or feature.furniture
            or feature.detail
            or feature.selling
            or part.region in _BESIDE
        ):
            return False
        if _ADDRESS.fullmatch(part.piece.text) or self._is_comment(self._boxes[number]):
            return False
        return _linked(part) < _LINKED and not is_date_line(part.piece.text, self._page.lexicon)

    def _is_comment(self, box: etree._Element | None) -> bool:
        chain: list[etree._Element] = []
        while box not in self._commented and box is not None:
            chain.append(box)
            box = box.getparent()
        inside = self._commented[box]
        for one in reversed(chain):
            whole = one.tag in ("html", "body", "main", "article")
            inside = not whole and (inside or are_of_comments(names_of(one)))
            self._commented[one] = inside
        return inside

    def _is_prose(self, number: int) -> bool:
        feature, text = self._page.verdicts[number].feature, self._parts[number].piece.text
        unspaced = len(text) >= _UNSPACED and text.lower() == text.upper()
        return unspaced or (feature.full and feature.count >= _LEAST) or feature.count >= _PROSE

    def _is_plain(self) -> bool:
        """Tell whether a page is a document with nothing around its text."""
        links = size = 0.0
        for part, verdict in zip(self._parts, self._page.verdicts, strict=True):
            if part.region in ("nav", "footer", "aside", "form") or (
                verdict.feature.furniture and verdict.feature.words
            ):
                return False
            links += _linked(part) * len(part.piece.text)
            size += len(part.piece.text)
        return links <= _FEW_LINKS * size and not any(is_strange(box) for box in set(self._boxes))

    def _accept(self) -> set[Hashable]:
        """Return the kinds of boxes that hold the article."""
        told: Counter[Hashable] = Counter()
        untold: Counter[Hashable] = Counter()
        for number, box in enumerate(self._boxes):
            count = self._page.verdicts[number].feature.count
            if self.taken[number]:
                told[self._kinds[box]] += count
            elif number > self._first and self._free[number] and self._is_prose(number):
                untold[self._kinds[box]] += count
        least = _MAIN * told.total()
        return {kind for kind, count in told.items() if count >= max(least, _TOLD * untold[kind])}

    def _in_article(self, number: int) -> bool:
        """Tell whether a block lies in a box of the article, or in an inset there."""
        box = self._boxes[number]
        for _ in range(LEVELS):
            if box is None or is_strange(box):
                return False
            if kind_of(box) in self._accepted:
                return True
            if not _INSET.search(names_of(box)):
                return False
            box = box_of(box.getparent())
        return False

    def _lists(self) -> Iterator[tuple[int, int]]:
        """Yield the first number of each list, and that behind its last."""
        number = 0
        while number < len(self._parts):
            end = number + 1
            if self._parts[number].piece.kind == "item":
                while end < len(self._parts) and self._parts[end].piece.kind == "item":
                    end += 1
                yield number, end
            number = end

    def _is_led_to(self, number: int) -> bool:
        """Tell whether the block above a list is taken, or is a heading below one that is."""
        above = self._above(number)
        if above < self._first:
            return False
        if self.taken[above]:
            return True
        heading = self._parts[above].piece.kind == "heading" or self._parts[above].piece.text.endswith((":", "："))
        return heading and self._free[above] and self._in_article(above) and self.taken[above - 1]

    def _follows(self, number: int) -> bool:
        """Tell whether what comes next is taken, and in the same box or one inside or right around it."""
        following = number + 1
        while following < len(self._parts) and self._parts[following].piece.kind in _PICTURES:
            following += 1
        if following == len(self._parts) or not self.taken[following]:
            return False
        own, next_box = self._boxes[number], self._boxes[following]
        if own is None or next_box is None or is_strange(own) or not self._in_article(following):
            return False
        around = {next_box, *next_box.iterancestors()}
        above: etree._Element | None = own
        for _ in range(LEVELS):
            if above is None or above.tag == "body":
                break
            if above in around:
                return True
            above = above.getparent()
        return own is next_box


def _linked(part: Part) -> float:
    """Return which share of a block is links."""
    runs = part.piece.runs
    return sum(run.end - run.start for run in runs if run.kind == "link") / len(part.piece.text) if runs else 0.0
