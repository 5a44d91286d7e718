"""The words of one page of a PDF, with their places, as pdfium reads them.

Coordinates are points in the frame of the page's own text: x grows the way lines run, y grows downward. On a page whose
text runs from right to left x is mirrored, so that every line begins at its smallest x.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import POINTER, c_double, c_ushort, cast, create_string_buffer
from dataclasses import dataclass, field
from typing import Any, Final

from app.importers._pdf_bidi import RIGHT_TO_LEFT
from app.importers._pdf_fonts import Fonts, Style
from app.text.body import clean_line

MOST: Final = 500_000
"""So many characters of one page are read."""

HYPHEN: Final = "\x02"  # pdfium's sign for a hyphen at the end of a line

_WORD: Final = re.compile(rf"[^\s\0{HYPHEN}]+{HYPHEN}?")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FORMS: Final = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
_REVERSED_LIGATURE: Final = re.compile("[\u0622\u0623\u0625\u0627]\u0644")
_FORWARD: Final = re.compile(r"[^\W_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:[.,:/%-][^\W_\u0590-\u08ff]+)*%?")
_LIGATURE: Final = re.compile("[\ufb00-\ufb06\u2e9f\u2ef3\u2f00-\u2fd5]")
_RADICALS: Final = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰", "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙"
)
"""Radicals that stand for no ideograph by their decomposition, and the ideographs that look like them."""

_HIDDEN: Final = re.compile("\u00ad(?!$)")
_FARTHEST: Final = 1e6  # points; a place beyond is nonsense
_SMALLEST: Final = 0.5

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Word:
    """A word, or the part of one in one style. ``first`` and ``last`` are its characters' numbers on the page.

    ``spaced`` tells whether white space stands before it, ``broken`` that it ends in a hyphen where its line does.
    ``marks`` are ``(mark, start, end)``, counted from its first character.
    """

    text: str
    x0: float
    x1: float
    base: float
    style: Style
    first: int
    last: int
    spaced: bool = True
    broken: bool = False
    link: str = ""
    marks: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page's own coordinates become those of its text: quarter turns of the text, and whether x is mirrored."""

    quarter: int = 0
    mirrored: bool = False

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page in the frame of the text."""
        across, down = ((x, -y), (y, x), (-x, y), (-y, -x))[self.quarter]
        return (-across if self.mirrored else across), down

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return a box of the page as left, top, right, bottom in the frame of the text."""
        if self.quarter == 0 and x0 <= x1 and y0 <= y1:
            return (-x1, -y1, -x0, -y0) if self.mirrored else (x0, -y1, x1, -y0)
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class Page:
    """Reads one page. ``words`` are those in the page's main direction, ``sideways`` the texts in another."""

    def __init__(self, raw: Any, text: Any) -> None:
        """Read the words of a text page of pdfium's."""
        self._raw, self._text = raw, text
        self._fonts = Fonts(raw)
        self._x, self._y = c_double(), c_double()
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._boxes: dict[int, list[Box]] = {}
        count = min(MOST, max(0, raw.FPDFText_CountChars(text)))
        self._signs = self._read(count)
        right_to_left = 0 if self._signs.isascii() else len(RIGHT_TO_LEFT.findall(self._signs))
        self.rtl = right_to_left > 0 and right_to_left * 2 > len(_LETTER.findall(self._signs))
        found = [one for match in _WORD.finditer(self._signs) for one in self._pieces(match.start(), match.end())]
        turns = Counter[int]()
        for quarter, word in found:
            turns[quarter] += word.last - word.first
        main = turns.most_common(1)[0][0] if turns else 0
        self.frame = Frame(max(main, 0), self.rtl)
        self.sideways = " ".join(word.text for quarter, word in found if quarter != main)
        self.words = [word for quarter, word in found if quarter == main]
        if self.frame != Frame():
            for word in self.words:
                self._turn(word)

    def boxes(self, word: Word) -> list[Box]:
        """Return the boxes of a word's characters in the frame of the text."""
        known = self._boxes.get(word.first)
        if known is None:
            lean = self._lean(word.first)
            upright = (_stood_up(self._loose(number), *lean) for number in range(word.first, word.last))
            known = [self.frame.box(*box) for box in upright]
            self._boxes[word.first] = known
        return known

    def _lean(self, number: int) -> tuple[float, float]:
        """Return how far a character leans to the right for each point of height, and where its line is."""
        matrix = self._matrix
        self._raw.FPDFText_GetMatrix(self._text, number, matrix)
        if matrix.b or not matrix.c or not matrix.d:
            return 0.0, 0.0
        return matrix.c / matrix.d, self._look(number)[2]

    def _read(self, count: int) -> str:
        """Return the characters of the page, one for each number."""
        data = create_string_buffer(2 * count + 2)
        written = self._raw.FPDFText_GetText(self._text, 0, count, cast(data, POINTER(c_ushort)))
        signs = data.raw[: 2 * count].decode("utf-16-le", "replace")
        if written == count + 1 and len(signs) == count and "\ufffd" not in signs:
            return signs.replace("\ufffe", HYPHEN)
        unicode = self._raw.FPDFText_GetUnicode  # some have no character, or more than one
        return "".join([chr(min(unicode(self._text, number), 0x10FFFF)) for number in range(count)])

    def signs(self, word: Word) -> str:
        """Return the characters of a word, in the order of the file."""
        signs = clean_line(self._signs[word.first : word.last].replace(HYPHEN, "-"))
        return signs if len(signs) == word.last - word.first else "\ufffd" * (word.last - word.first)

    def offset(self, word: Word, number: int) -> int:
        """Return where in a word's text its character of a number (from 0) stands; the number where it is not text."""
        if self.rtl or len(word.text) == word.last - word.first:
            return number
        return len(_plain(self._signs[word.first : word.first + number]))

    def _loose(self, number: int) -> Box:
        """Return the box of a character on the page: left, bottom, right, top."""
        box = self._box
        self._raw.FPDFText_GetLooseCharBox(self._text, number, box)
        return box.left, box.bottom, box.right, box.top

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, Word]]:
        """Yield a word with its quarter turns, cut where its size or its base line changes."""
        if self.rtl:  # the marks of letters have base lines of their own
            plain = (number for number in range(start, end) if not unicodedata.combining(self._signs[number]))
            yield self._piece(start, end, self._look(next(plain, start)), spaced=True)
            return
        look = self._look(start)
        if end - start > 1 and not _one_look(look, self._look(end - 1)):
            first = start
            for number in range(start + 1, end):
                here = self._look(number)
                if not _one_look(look, here):
                    yield self._piece(first, number, look, first == start)
                    first, look = number, here
            yield self._piece(first, end, look, first == start)
        else:
            yield self._piece(start, end, look, spaced=True)

    def _look(self, number: int) -> tuple[float, float, float]:
        """Return the size of a character and its origin on the page."""
        size = self._raw.FPDFText_GetFontSize(self._text, number)
        self._raw.FPDFText_GetCharOrigin(self._text, number, self._x, self._y)
        return size, self._x.value, self._y.value

    def _piece(self, first: int, last: int, look: tuple[float, float, float], spaced: bool) -> tuple[int, Word]:
        x0, _bottom, x1, _top = self._loose(first)
        if last - first > 1:
            left, _bottom, right, _top = self._loose(last - 1)
            x0, x1 = min(x0, left), max(x1, right)
        matrix = self._matrix
        self._raw.FPDFText_GetMatrix(self._text, first, matrix)
        size, _across, base = look
        size *= math.hypot(matrix.c, matrix.d)
        if not (-_FARTHEST < x0 <= x1 < _FARTHEST and -_FARTHEST < base < _FARTHEST and size < _FARTHEST):
            x0, x1, base, size = 0.0, 0.0, 0.0, _SMALLEST
        thing = self._raw.FPDFText_GetTextObject(self._text, first)
        style = self._fonts.style(thing, max(_SMALLEST, round(size, 1)))
        text = self._signs[first:last]
        broken = text[-1] == HYPHEN
        if broken:
            text = f"{text[:-1]}-"
        if not text.isascii() and not self.rtl:
            text = self._logical(text, first)
        word = Word(_plain(text), x0, x1, -base, style, first, last, spaced, broken)
        return (0 if not matrix.b and matrix.a > 0 else _quarter(matrix.a, matrix.b)), word

    def _logical(self, text: str, first: int) -> str:
        """Return a word in the order in which it is read; pdfium may keep one from right to left as it is drawn."""
        if any(0xD800 <= ord(sign) < 0xE000 for sign in text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if not RIGHT_TO_LEFT.search(text):
            return text
        boxes = [self._loose(first + number) for number in range(len(text))]
        middles = [box[0] + box[2] for box in boxes]
        return reordered(text, middles)

    def _turn(self, word: Word) -> None:
        """Put a word into the frame of the text."""
        turned = self.boxes(word)
        word.x0 = max(-_FARTHEST, min(box[0] for box in turned))
        word.x1 = min(_FARTHEST, max(box[2] for box in turned))
        _size, across, base = self._look(word.first)
        word.base = max(-_FARTHEST, min(_FARTHEST, self.frame.point(across, base)[1]))


def _stood_up(box: Box, lean: float, base: float) -> Box:
    """Return the box of a letter as it was before it was made to lean, as browsers do without a font of italics."""
    left, bottom, right, top = box
    return (left - lean * (bottom - base), bottom, right - lean * (top - base), top) if lean else box


def _plain(text: str) -> str:
    """Return the text of a word as it is kept: Latin ligatures as letters, no hyphen where none is shown.

    Browsers print some Chinese letters as the signs of the radicals that look like them.
    """
    if text.isascii():
        return clean_line(text)
    shown = _HIDDEN.sub("", text).translate(_RADICALS)
    return clean_line(_LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), shown))


def _one_look(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Tell whether two characters have one size and stand on one line, level or upright."""
    size = one[0]
    tolerance = 0.05 * size
    level = abs(one[1] - other[1]) <= tolerance or abs(one[2] - other[2]) <= tolerance
    return level and abs(size - other[0]) <= tolerance


def reordered(text: str, middles: Sequence[float]) -> str:
    """Return a word from right to left in the order of reading, from the places of its characters across the page."""
    clusters: list[tuple[float, str]] = []
    rising = middles[-1] > middles[0]
    pairs = list(zip(middles, text, strict=True))
    for middle, sign in reversed(pairs) if rising else pairs:
        if clusters and (unicodedata.combining(sign) or middle == clusters[-1][0]):
            clusters[-1] = (clusters[-1][0], clusters[-1][1] + sign)
        else:
            clusters.append((middle, sign))
    clusters = [(middle, _ligature(signs, rising)) for middle, signs in clusters]
    clusters.sort(key=lambda cluster: -cluster[0])
    joined = "".join(signs for _, signs in clusters)
    forward = _FORWARD.sub(lambda match: match[0][::-1], joined)
    return unicodedata.normalize("NFKC", forward) if _FORMS.search(forward) else forward


def _ligature(signs: str, rising: bool) -> str:
    """Return the letters of one glyph in order: lam comes before alef in the one that is never missing."""
    if len(signs) == 1 or all(map(unicodedata.combining, signs[1:])):
        return signs
    kept = signs[::-1] if rising else signs
    return kept[::-1] if _REVERSED_LIGATURE.match(kept) else kept


def _quarter(a: float, b: float) -> int:
    """Return how many quarter turns to the left a text runs; -1 for one that runs aslant."""
    if abs(b) <= abs(a) * 0.1:
        return 0 if a >= 0 else 2
    if abs(a) <= abs(b) * 0.1:
        return 1 if b > 0 else 3
    return -1
