"""Where sentences and words begin and end, in many scripts, by rules and without a model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from app.text.ranges import Span

CLOSING: Final = "\"'”’»›)\\]}」』）】〉》〕"
OPENING: Final = "\"'“‘«‹„‚([{¿¡「『（【〈《〔"
# These end a sentence wherever they stand; the others only before a space and something that can begin one.
_STRONG: Final = "。！？｡؟۔।॥։።"
ENDING: Final = f".!?…{_STRONG}‼⁇⁈⁉"

_END: Final = re.compile(
    rf"(?P<mark>[{ENDING}]+)(?P<closing>[{CLOSING}]*)(?:\[\d{{1,3}}\]|[¹²³⁰⁴-⁹])*(?P<space>\s+|$)?"
)
_WORD_BACKWARDS: Final = re.compile(r"[^\s(\[{\"'“‘«„]*")
_WORD_AFTER: Final = re.compile(rf"[{re.escape(OPENING)}\s]*(?P<word>[^\W_]+)?")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_INITIAL: Final = re.compile(r"[^\W\d_]")
_NUMBER: Final = re.compile(r"\d{1,2}")
_INNER_CAPITAL: Final = re.compile(r"[a-z]{1,3}[A-Z]")
_LONGEST_WORD: Final = 40


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Always followed by what they belong to: a dot after one of them ends no sentence inside a block.
_LEADING_ABBREVIATIONS: Final = _listed(
    "mr mrs ms mx dr prof rev hon gen col maj capt cpt lt sgt cmdr adm brig sen rep gov pres amb st mt ft vs cf viz"
    " approx dept univ hr fr frau bzw evtl ggf inkl sog vgl mme mlle mgr sra srta sig dott ing"
)
# The same when a number follows.
_COUNTING_ABBREVIATIONS: Final = _listed(
    "no nos nr vol fig figs eq sec ch p pp pg art ca jan feb mar apr jun jul aug sep sept oct nov dec"
)
# May also stand at the end of a sentence: the next word decides.
_TRAILING_ABBREVIATIONS: Final = _listed("etc inc ltd co corp bros jr sr al plc llc usw ave blvd rd")
_OPENERS: Final = _listed(
    "a an the this that these those it its he she they we you i his her their our my in on at by for from with as if"
    " when while after before since but and so yet or however meanwhile still here there what who why how where no not"
    " der die das ein eine es er sie wir und aber doch le les la un une il ils elle elles et mais el los las pero"
    " y"
)
_GERMAN_MONTHS: Final = _listed(
    "januar jänner februar märz april mai juni juli august september oktober november dezember"
)

_CJK: Final = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
_IDEOGRAPH: Final = re.compile(rf"[{_CJK}]")
# Thai, Lao, Burmese and Khmer put no spaces between words either.
_RUNNING: Final = ((0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))
_SIGNS_AFTER: Final = "\u0e33\u0eb3"  # vowels that belong to the letter before them as marks do
_STACKING: Final = "\u1039\u17d2"  # the letter after one of these is written below the one before
_COUNTED: Final = re.compile(rf"[{_CJK}]|[^\W_{_CJK}][^\s—…{_CJK}]*")


def sentences(line: str) -> list[Span]:
    """Return the spans of the sentences of one line, without the white space round them, in order.

    Abbreviations, initials and decimals end none, closing quotation marks belong to what they close, and the end of
    the line always ends one.
    """
    return list(each_sentence(line))


def each_sentence(line: str) -> Iterator[Span]:
    """Yield what :func:`sentences` returns, for those who need only the first."""
    start = 0
    for stop in _END.finditer(line):
        if _ends(line, stop):
            yield _trimmed(line, start, _last(stop))
            start = stop.end()
    if line[start:].strip():
        yield _trimmed(line, start, len(line))


def closings(line: str, first: int = 0) -> Iterator[int]:
    """Yield where the sentences of one line end, in order, but for those that end before ``first``."""
    last = 0
    # no stop reaches over a space, so those before this one end before ``first``
    for stop in _END.finditer(line, line.rfind(" ", 0, first) + 1):
        end = _last(stop)
        if end >= first and _ends(line, stop):
            last = end
            yield end
    end = len(line.rstrip())
    if end >= first and end > last:
        yield end


def sentence_at(text: str, position: int) -> Span:
    """Return the span of the sentence that holds ``position``; blocks (lines) always end one.

    The white space after a sentence belongs to it. In a blank line the span is empty.
    """
    position = max(0, min(position, len(text)))
    first = text.rfind("\n", 0, position) + 1
    last = text.find("\n", position)
    line = text[first : len(text) if last < 0 else last]
    spans = sentences(line)
    if not spans:
        return first, first
    inside = position - first
    chosen = spans[0]
    for span in spans:
        if span[0] > inside:
            break
        chosen = span
    return first + chosen[0], first + chosen[1]


def words(text: str) -> list[Span]:
    """Return the spans of the words of ``text``: letters, digits and their marks, joined by inner apostrophes, dots
    and hyphens. Characters are words of their own where nothing marks the bounds: in Chinese, Japanese, Thai, Lao,
    Burmese and Khmer.
    """
    return [match.span() for match in _word_pattern().finditer(text)]


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the spans of all that stands between ``start`` and ``end``: words, and other characters one by one."""
    return [match.span() for match in _token_pattern().finditer(text, start, len(text) if end is None else end)]


def count_words(text: str) -> int:
    """Return how many words ``text`` has, as a word processor counts: what stands between spaces and holds a letter or
    a digit; each Chinese or Japanese character counts as one.
    """
    return len(_COUNTED.findall(text))


def inside_word(text: str, position: int) -> bool:
    """Return whether letters or digits stand on both sides of ``position``."""
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()


def is_ideograph(character: str) -> bool:
    """Return whether ``character`` is a Chinese or Japanese one: a word by itself as far as spaces can tell."""
    return character >= "\u3005" and bool(_IDEOGRAPH.match(character))


@cache
def _word_pattern() -> re.Pattern[str]:
    """Return the pattern of a word. ``\\w`` knows no combining marks, so that they are added here."""
    marks = _ranges(_characters("M", (0x300, 0x1E94F)))
    running = _ranges(_characters("L", *_RUNNING).translate(dict.fromkeys(map(ord, _SIGNS_AFTER))))
    inside = rf"(?:[^\W{_CJK}{running}]|[{marks}\u200c\u200d\u00ad])"
    letter = f"[{running}][{marks}{_SIGNS_AFTER}]*"
    return re.compile(
        rf"[{_CJK}][{marks}]*|{letter}(?:(?<=[{_STACKING}]){letter})*"
        rf"|[^\W{_CJK}{running}]{inside}*(?:['’.‑\-]{inside}+)*"
    )


def _characters(kind: str, *stretches: Span) -> str:
    """Return the characters of a kind (the first letter of Unicode's category) in stretches, their ends included."""
    codes = (code for first, last in stretches for code in range(first, last + 1))
    return "".join(character for character in map(chr, codes) if unicodedata.category(character)[0] == kind)


@cache
def _token_pattern() -> re.Pattern[str]:
    """Return the pattern of a word or of anything else that is not white space."""
    return re.compile(rf"{_word_pattern().pattern}|\S")


def _ranges(characters: str) -> str:
    """Return ``characters`` (ascending) as the inside of a regular expression's character class."""
    parts: list[list[int]] = []
    for code in map(ord, characters):
        if parts and parts[-1][1] == code - 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in parts)


def _last(stop: re.Match[str]) -> int:
    """Return where the sentence ends that ``stop`` closes, without the white space after it."""
    return stop.end() if stop["space"] is None else stop.start("space")


def _trimmed(line: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends; something else stands in it."""
    passage = line[start:end]
    return start + len(passage) - len(passage.lstrip()), start + len(passage.rstrip())


def _ends(line: str, end: re.Match[str]) -> bool:
    """Return whether a sentence ends at the stop that was found."""
    mark = end["mark"]
    if mark[-1] in _STRONG:
        # In Japanese a quotation is closed inside the sentence that reports it.
        return not (end["closing"] and line[end.end() : end.end() + 1] == "と")
    if end["space"] is None:
        return False
    if end.end() == len(line):
        return True
    after = _WORD_AFTER.match(line, end.end())
    following = after["word"] or "" if after else ""
    if following[:1].islower() and not _INNER_CAPITAL.match(following):
        return False
    return mark != "." or bool(end["closing"]) or not _is_abbreviation(line, end.start(), following)


def _is_abbreviation(line: str, dot: int, following: str) -> bool:
    """Return whether the dot at ``dot`` belongs to the word before it, and the sentence goes on with ``following``."""
    # going backwards the word is found where it ends, not tried from every letter before it
    found = _WORD_BACKWARDS.match(line[max(0, dot - _LONGEST_WORD) : dot][::-1])
    word = found[0][::-1].lower() if found else ""
    if word in _LEADING_ABBREVIATIONS or (word in _COUNTING_ABBREVIATIONS and following.isdigit()):
        return True
    if _NUMBER.fullmatch(word):
        # "1. First point", "3. März"
        return line[:dot].strip() == word or following.lower() in _GERMAN_MONTHS
    if word in _TRAILING_ABBREVIATIONS or _INITIAL.fullmatch(word) or _DOTTED.fullmatch(word):
        return not (following[:1].isupper() and following.lower() in _OPENERS)
    return False
