"""What was typed, mended until a parser can read it: quotes and brackets closed, values of words kept together.

It touches no words: what it takes out or puts in are signs, and whatever could be meant otherwise is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from app.search.spellings import whole_numbers
from app.search.straightening import Naming, straightened, whole_addresses
from app.search.tree import FIELD, MOST_LEVELS, NAME, SIDES, SPELLINGS, room
from app.wording import Message

_UNSAID: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_MINUS: Final = re.compile(r"(^|(?<=[\s()]))(?:[–—−!]|-{2,})(?=[^\s–—−)!-])")
_OR: Final = re.compile(r"(?<=[\s)])\|{1,2}(?=[\s(])")
_SMALL: Final = re.compile(r"\S\s+(or|not)\s+\S")
_OLD_RANGE: Final = re.compile(r"[\[{]\s*([\w-]{0,10})\s+TO\s+([\w-]{0,10})\s*[\]}]")
_DASH: Final = "(?:[–—−]|-+)(?=[^\\s–—−)-])"
_INNER_MINUS: Final = re.compile(
    rf"(?:^|(?<=[\s(]))(?P<name>{NAME}):(?:\s*(?P<sign>[<>]=?|=))?(?P<minus>{_DASH}|\s+{_DASH}(?!\(|(?:{NAME}):))"
    r'|"[^"]*(?:"|$)'
)
_DIGIT: Final = re.compile(r"\.?\d")
_IN_BRACKETS: Final = re.compile(
    rf'(?P<opened>(?:(?<!\w)(?<!\w-)(?P<name>{NAME}):\s*)?\()|(?P<closed>\))|"[^"]*(?:"|$)'
    rf'|(?:^|(?<=[\s(]))(?P<sign>(?:[<>]=?|=)\s*)?(?P<minus>{_DASH})(?P<number>\.?\d[^\s()"^]*)'
)
_NOTS: Final = re.compile(r"\bNOT\s+(?=(?:NOT[\s(]|-))")
_LONE_BOOST: Final = re.compile(r"(?:^|(?<=[^\s(]))\s+(?=\^\d)")
_GROUP_SLOP: Final = re.compile(r"\)~\d*")
_SIDES: Final = "|".join(SIDES)
_BEFORE_VALUES: Final = re.compile(rf'{FIELD}|(?<![\w:])(?<!\w-)(?P<side>(?i:{_SIDES}))\s+|"[^"]*(?:"|$)')
_LAST_FIELD: Final = re.compile(rf"{FIELD}$")
_LAST_NAME: Final = re.compile(r'(?<!\w)(?<!\w-)(?P<name>theme|in):\s*(?P<value>[^\s"():^][^"():^]*)$', re.IGNORECASE)
_WAITING: Final = re.compile(r":\s+(?=\))")
_LAST_SIDE: Final = re.compile(rf"(?:^|(?<=[\s(]))(?P<side>{_SIDES})(?P<space>\s*)(?P<closed>\)*)$", re.IGNORECASE)
_WORD: Final = r'[^\s():^"]+'
_VALUE: Final = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,7}}")
"""As many words as a value may have, such as ``between 4 march 2024 and 2 may 2024``."""

_NEAR: Final = re.compile(r"\S\s+((?:NEAR|ADJ)(?:/?\d+)?|(?:[wWnN]|near|adj|pre)/\d+)\s+\S")
_SLASHED: Final = re.compile(r"(?:^|(?<=[\s(:]))[^\W\d_]{3,}(?:/[^\W\d_]{3,})+(?=[\s)]|$)")
_NAMED: Final = re.compile(r"(?:^|[\s(-])(?:theme|in|like|is|has|lang):\s*$", re.IGNORECASE)
_STOPS: Final = ",;，；、。،؛"
_LIST: Final = re.compile(rf"(?<![^\s(])(?<!NOT )[^\s:{_STOPS}!–—−-][^\s:{_STOPS}]*[{_STOPS}][^\s:]+")
_COMMA: Final = re.compile(rf"(?<=[^\W\d_])[{_STOPS}](?=[^\W\d_])")
_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))
_NTH: Final = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_DATE_IN_WORDS: Final = re.compile(
    rf"(?<![\w:.-])(?:{_NTH}\s+)?[^\W\d_]{{3,9}}\.?(?:\s+{_NTH},?)?,?\s+\d{{4}}(?![\w.-])", re.IGNORECASE
)
_IN_FIELD: Final = re.compile(r":\s*\([^()]*$")
_FIGURES: Final = re.compile(r"[~^][\d.]*$")
_FEW: Final = 6
"""In more words than these, *or* and *not* are words of a sentence."""

_CUT: Final = "Only the first {characters} characters are read."
_FLAT: Final = "There are more than {levels} brackets in one another, so brackets are not read."
_OPEN_QUOTE: Final = "The quotation mark is not closed, so all that follows it is one phrase."
_OPEN_BRACKET: Final = "A bracket is not closed, so it reaches to the end."
_SPARE_BRACKET: Final = "A bracket closes nothing, so it is not read."
_SLOP_OF_GROUP: Final = "The sign ~ means nothing after a bracket, so it is not read."
_SMALL_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "or": "“or” is looked for as a word; in capitals, OR means either.",
        "not": "“not” is looked for as a word; in capitals, NOT shuts out what follows.",
    }
)
_NO_NEARNESS: Final = "“{word}” is looked for as a word; words near one another are written “a b”~5."
_DATE_AS_WORDS: Final = "“{date}” is looked for as words; with published: before it, it would be a date."
_SIDE_BY_SIDE: Final = "“{words}” is looked for as words side by side; with OR between them, either will do."
_NO_DATE_YET: Final = "“{word}” is looked for as a word; with a date after it, it would be a limit in time."
_BARE_DATE: Final = "“{word} {date}” is read as a date; in quotation marks it would be words."


Accepts = Callable[[str, str], bool]
"""Says of some words whether they are a value of a field, or (while typing) may become one.

For the latter the field may have the sign of a comparison with it, as in ``published:>``.
"""

Signed = Callable[[str], bool]
"""Says of a field whether its values may be below zero."""


class Mended(NamedTuple):
    """A query that can be parsed, what must be said about it, and whether its last word may still grow.

    ``begun``: that word is the value of a field, and more of it is to come.
    """

    text: str
    notes: tuple[Message, ...]
    growing: bool
    begun: bool


class Values(NamedTuple):
    """Which words are a value of a field as a whole, which are the beginning of one, and where one may be negative.

    ``names`` are those of the library; ``day`` says of words whether there is such a date.
    """

    whole: Accepts
    begun: Accepts
    signed: Signed
    names: Naming
    day: Callable[[str], bool]


def mended(text: str, values: Values, typing: bool = False) -> Mended:
    """Return any text at all so that it can be parsed; with ``typing`` it goes on where it ends."""
    notes: list[Message] = []
    if len(text) > (most := room(text)):
        # the beginning of a word is another word
        text = text[: most + 1].rpartition(" ")[0] or text[:most]
        notes.append(Message(_CUT, {"characters": most}))
        typing = False
    text = _UNSAID.sub(" ", text).translate(SPELLINGS)
    growing = typing and (_ends_in_a_word(text.rstrip(")")) or _ends_in_a_value(text, values))
    text = straightened(whole_addresses(text), values.names, typing=growing)
    if _depth(text) > MOST_LEVELS:
        text = text.replace("(", " ").replace(")", " ")
        notes.append(Message(_FLAT, {"levels": MOST_LEVELS}))
    stretches = _stretches(text)
    if len(stretches) % 2 == 0:
        _close_quote(stretches, notes)
    notes += _of_small_words(stretches)
    stretches = _stretches(_below_zero(turned('"'.join(stretches), values.signed), values.signed))
    stretches[::2] = [_tidied(stretch) for stretch in stretches[::2]]
    text, begun = _held_together('"'.join(stretches), values, typing, notes)
    notes += _of_dates(_stretches(text), values)
    text = '"'.join(_brackets(_stretches(_waiting(text, typing, notes)), notes))
    return Mended(text.rstrip(), tuple(notes), growing or begun, begun)


def turned(query: str, signed: Signed) -> str:
    """Return a query with each minus that follows a field before it: ``title:-drone`` is all but ``title:drone``.

    A minus that belongs to a number stays there, close to it.
    """
    spelt = query.translate(SPELLINGS)
    if ":" not in spelt:
        return query
    parts, last = [], 0
    for match in _INNER_MINUS.finditer(spelt):
        if match["name"] is None:
            continue
        if signed(match["name"]) and _DIGIT.match(spelt, match.end()):
            parts += [query[last : match.start("minus")], "-"]
        elif not match["sign"]:
            parts += [query[last : match.start()], "-", query[match.start() : match.start("minus")]]
        else:
            continue
        last = match.end()
    return "".join((*parts, query[last:]))


def is_in_a_headline(query: str, name: str) -> bool:
    """Return whether a name before a colon is a word of a pasted line, as in *The talks: what we know so far*."""
    return len(query.split()) > _FEW and f"{name}: " in query


def _below_zero(text: str, signed: Signed) -> str:
    """Return a query in which a number below zero in the brackets of its field is one: ``score:(-2 OR 3)``."""
    if "(" not in text or ":" not in text:
        return text
    parts, last, fields = [], 0, [""]
    for match in _IN_BRACKETS.finditer(text):
        if match["opened"]:
            fields.append(match["name"] or fields[-1])
        elif match["closed"]:
            fields = fields[:-1] or [""]
        elif match["minus"] and fields[-1] and signed(fields[-1]):
            sign = (match["sign"] or "").strip()
            number = f"-{match['number']}"
            parts += [text[last : match.start()], f"{sign}{number}" if sign else f'"{number}"']
            last = match.end()
    return "".join((*parts, text[last:]))


def _stretches(text: str) -> list[str]:
    """Return what stands outside quotation marks and, every second one, inside."""
    return text.split('"')


def _tidied(text: str) -> str:
    """Return what stands outside quotation marks with signs as the parser knows them."""
    text = _LIST.sub(_listed, text)
    text = _OLD_RANGE.sub(r"\1..\2", _MINUS.sub("-", _WAITING.sub(":", text)))
    return whole_numbers(_LONE_BOOST.sub("", _NOTS.sub("", _OR.sub("OR", text))))


def _listed(match: re.Match[str]) -> str:
    """Return the words of a list one by one; a list that has an operator among them stays as it is."""
    apart = _COMMA.sub(" ", match[0])
    return apart if _OPERATORS.isdisjoint(apart.split()) else match[0]


def _of_small_words(stretches: list[str]) -> list[Message]:
    """Return what must be said of an *or* or *not* in small letters, a *NEAR* or a slash, outside quotation marks."""
    if len(" ".join(stretches).split()) > _FEW:
        return []
    found = {match[1] for stretch in stretches[::2] for match in _SMALL.finditer(stretch)}
    near = next((match[1] for stretch in stretches[::2] for match in _NEAR.finditer(stretch)), None)
    slashed = next(
        (
            match[0]
            for stretch in stretches[::2]
            for match in _SLASHED.finditer(stretch)
            if not _NAMED.search(stretch, 0, match.start())
        ),
        None,
    )
    said = [Message(sentence) for word, sentence in _SMALL_WORDS.items() if word in found]
    if near:
        said.append(Message(_NO_NEARNESS, {"word": near}))
    if slashed:
        said.append(Message(_SIDE_BY_SIDE, {"words": slashed}))
    return said


def _of_dates(stretches: list[str], values: Values) -> list[Message]:
    """Return what must be said of a date in words that belongs to no field, outside quotation marks."""
    if len(" ".join(stretches).split()) > _FEW:
        return []
    found = (
        match[0]
        for stretch in stretches[::2]
        for match in _DATE_IN_WORDS.finditer(stretch)
        if not _IN_FIELD.search(stretch, 0, match.start())
    )
    date = next((date for date in found if values.day(date)), None)
    return [Message(_DATE_AS_WORDS, {"date": date})] if date else []


def _ends_in_a_word(text: str) -> bool:
    """Return whether a letter or figure (with its marks) is the last thing in ``text``, and a part of a word."""
    last = text[-1:] or " "
    return (last.isalnum() or unicodedata.category(last)[0] == "M") and not _FIGURES.search(text)


def _ends_in_a_value(text: str, values: Values) -> bool:
    """Return whether a value goes on where ``text`` ends: one in quotation marks, or the beginning of a name."""
    before, quote, inside = text.rpartition('"')
    if quote and text.count('"') % 2:
        field = _LAST_FIELD.search(before)
        return field is not None and (field["comparison"] == "=" or values.begun(field["name"], inside))
    last = _LAST_NAME.search(text)
    if last is None:
        return False
    name, value = last["name"], last["value"].strip()
    return values.names.begins_value(name, value) and not values.names.is_value(name, value)


def _waiting(text: str, typing: bool, notes: list[Message]) -> str:
    """Return a query that ends with *since* and is being typed with a colon: a date is to come."""
    if not (match := _LAST_SIDE.search(text)):
        return text
    if not typing:
        if len(text.split()) <= _FEW:
            notes.append(Message(_NO_DATE_YET, {"word": match["side"]}))
        return text
    if not match["space"]:
        return text
    return f"{text[: match.end('side')]}:{match['closed']}"


def _depth(text: str) -> int:
    """Return how deep brackets are in one another, wherever they stand."""
    deepest = depth = 0
    for char in text:
        if char == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif char == ")":
            depth = max(0, depth - 1)
    return deepest


def _close_quote(stretches: list[str], notes: list[Message]) -> None:
    """Make a phrase of what follows the last quotation mark; of a single word, that word."""
    last = stretches[-1]
    if len(last.split()) > 1:
        stretches.append("")
        notes.append(Message(_OPEN_QUOTE))
    else:
        stretches[-2:] = [stretches[-2] + last]


def _held_together(text: str, values: Values, typing: bool, notes: list[Message]) -> tuple[str, bool]:
    """Put quotation marks round values of several words, such as dates, and round the date after a bare ``since``.

    Returns too whether the last of them is one that is begun and (``typing``) goes on where the text ends.
    """
    lower = text.lower()
    if ":" not in text and not any(side in lower for side in SIDES):
        return text, False
    parts, last, field = [], 0, -1
    at_end = len(text.rstrip(" )")) if typing else -1
    begun = False
    for match in _BEFORE_VALUES.finditer(text):
        name, side, start = match["name"], match["side"], match.end()
        if name is not None:
            field = start
        elif side is None or match.start() < last or match.start() == field:
            continue  # it is a part of a value
        ends = _word_ends(text, start)
        called = side.lower() if side else name
        end = next((end for end in reversed(ends) if values.whole(called, text[start:end])), 0)
        if ends and end != at_end == ends[-1] and values.begun(side or match["text"], text[start:at_end]):
            end, begun = at_end, True
        elif side and end:
            notes.append(Message(_BARE_DATE, {"word": called, "date": text[start:end]}))
        elif end and end == ends[0]:
            continue  # a single word needs no quotation marks
        if end:
            before = f"{called}:" if side else text[match.start() : start]
            parts += [text[last : match.start()], f'{before}"{text[start:end]}"']
            last = end
    return "".join((*parts, text[last:])), begun


def _word_ends(text: str, start: int) -> list[int]:
    """Return where each of the words ends that may be a value, up to the next field, bracket or quotation mark."""
    value = _VALUE.match(text, start)
    ends = [start + word.end() for word in re.finditer(r"\S+", value[0])] if value else []
    return ends[:-1] if ends and text[ends[-1] : ends[-1] + 1] == ":" else ends


def _brackets(stretches: list[str], notes: list[Message]) -> list[str]:
    """Close what brackets were opened, and take out those that close nothing."""
    said = set()
    depth = 0
    found: list[str] = []
    if not any(bracket in stretch for stretch in stretches for bracket in "()"):
        return stretches
    for number, stretch in enumerate(stretches):
        if number % 2 == 0:
            stretch, slops = _GROUP_SLOP.subn(")", stretch)
            kept = []
            for char in stretch:
                depth += (char == "(") - (char == ")")
                if depth < 0:
                    said.add(_SPARE_BRACKET)
                    depth = 0
                    char = " "
                kept.append(char)
            stretch = "".join(kept)
            if slops:
                said.add(_SLOP_OF_GROUP)
        found.append(stretch)
    if depth:
        said.add(_OPEN_BRACKET)
        found[-1] += ")" * depth
    notes += [Message(one) for one in (_SLOP_OF_GROUP, _SPARE_BRACKET, _OPEN_BRACKET) if one in said]
    return found
