"""Whose words a quotation is said to be: the name beside a verb of saying, and nobody where that is not plain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.text.names import is_house, is_person
from app.text.ranges import Span
from app.text.sentences import words

_NEAR: Final = 200
_BESIDE: Final = 9  # words between the quotation and the verb, or the verb and the name


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SAYING: Final = _listed(
    "said says say saying told tells wrote writes write added adds argued argues claimed claims warned warns"
    " explained explains insisted insists noted notes stated states replied replies asked asks admitted admits"
    " announced announces declared declares recalled recalls remarked reported reports"
    " sagte sagt sagten erklärte erklärt schrieb schreibt meinte meint betonte betont berichtete warnte"
    " dit déclaré déclare écrit écrivait affirme affirmé expliqué explique ajouté ajoute"
    " dijo dice declaró declara afirmó afirma explicó escribió escribe añadió"
)
_BY: Final = _listed("laut selon según")
_LISTENED: Final = _listed("told tells asked asks")
_PASSIVE: Final = _listed("was were been is are be being")
_PRONOUNS: Final = _listed("he she they it i we you who er sie es wir ich il elle ils elles on él ella ellos yo")
_AWAY: Final = _listed(
    "in on at to that after before during by from as when while this last with about into over under if because of for"
    " through despite following yesterday today earlier later"
)
_ARTICLES: Final = _listed("the a an der die das le la les el los las l")
_JOINING: Final = _listed("the of and")
_LINKING: Final = _listed("of van von de der den da di del la le al bin ibn el ter ten")
_TITLES: Final = _listed(
    "mr mrs ms miss dr prof professor president minister prime sir lord lady chief general colonel captain major"
    " senator governor mayor king queen prince princess spokesman spokeswoman spokesperson the of and herr frau"
    " monsieur madame señor señora editor director"
)
# Capitalised at the head of a sentence, and nobody's name.
_NO_NAMES: Final = _listed(
    "the a an this that these those it its he she his her they their we our i you there here what who why how where"
    " when no not in on at by for from with as if while after before since but and so yet or however meanwhile still"
    " then now later earlier yesterday today once also another one two three some many most few others people everyone"
    " nobody officials police witnesses residents analysts experts critics investigators prosecutors authorities"
    " sources lawyers supporters opponents researchers scientists operators staff workers neighbours monday tuesday"
    " wednesday thursday friday saturday sunday january february march april may june july august september october"
    " november december according der die das ein eine er sie wir und aber le les un une il elle el los las y según"
    " selon laut"
)
_SENTENCE_END: Final = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\b(?:Mrs|Rev|Gen|Col|Sen|Gov))"
                                  r"[.!?][\"'”’»)]*\s")  # fmt: skip
_TURN: Final = re.compile(r"\s*(?P<name>[^\W\d_][^\n:“”\"]{1,60}):\s*$")
_GAP: Final = re.compile(r"[ \u00a0]|[ \u00a0]?-[ \u00a0]?")
_JOINED: Final = re.compile("[-’']")
_FULL_STOP: Final = re.compile(r"[.。]$")
_GOES_ON: Final = re.compile(r"\s*[,–—-]?\s*(?:[a-zà-ÿ]|[,–—])")

Word = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose the words of a quotation are said to be (``""``: nobody's), and the words that say so."""

    name: str = ""
    words: str = ""


def credit(text: str, marked: Span, bounds: Span | None = None, signed: str | None = None) -> Credit:
    """Return the person or outlet whose words ``text[marked]``, marks included, are said to be.

    Looked at is the sentence round the quotation, within ``bounds`` (such as from the quotation before it to the next
    one). A quoted block is ``signed``, if only by ``""``, and may be introduced by the block before it. Where there is
    no name, or a pronoun or an office stands for it, the name is ``""``.
    """
    first, last = bounds or (0, len(text))
    start, end = marked
    if signed is not None:
        led = text[max(first, text.rfind("\n", 0, max(0, start - 1)) + 1, start - _NEAR) : start].strip()
        return Credit(_first_name(signed) or _before(led, text), f"{led} {signed}")
    line_end = text.find("\n", end)
    tail = min(last, line_end if line_end >= 0 else len(text), end + _NEAR)
    head = min(start, max(first, text.rfind("\n", 0, start) + 1, start - _NEAR))
    led, behind = _last_sentence(text[head:start]), _first_sentence(text[end:tail])
    inside = text[start:end].rstrip("\"'”’»“」")
    goes_on = not _FULL_STOP.search(inside) or bool(_GOES_ON.match(behind))
    name = (_behind(behind) if goes_on else "") or _before(led, text)
    return Credit(name, f"{led} {behind}" if goes_on else led)


def is_same(one: str, other: str) -> bool:
    """Return whether two names have a telling word in common: ``Maria Novak`` and ``Ms Novak``."""
    return bool(name_words(one) & name_words(other))


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name by which it is known, folded: no titles, no initials."""
    found = (name[start:end].casefold().removesuffix("'s").removesuffix("’s") for start, end in words(name))
    return frozenset(word for word in found if len(word) > 1 and word not in _TITLES and word not in _LINKING)


def _first_sentence(region: str) -> str:
    stop = _SENTENCE_END.search(region)
    return region[: stop.start() + 1] if stop else region


def _last_sentence(region: str) -> str:
    stops = list(_SENTENCE_END.finditer(region))
    return region[stops[-1].end() :] if stops else region


def _behind(region: str) -> str:
    """Return the name in what follows a quotation: ``, said Maria Novak``, ``Novak said``, ``according to Novak``."""
    spoken = words(region)
    for place, span in enumerate(spoken[:_BESIDE]):
        word = _word(region, span)
        if word in _BY or (word == "according" and _at(region, spoken, place + 1) == "to"):
            skipped = 1 if word in _BY else 2
            return _name_after(region, spoken, place + skipped, near=True)
        if word in _SAYING:
            before = [name for name in _names(region, spoken) if name[1] <= span[0]]
            if place and _at(region, spoken, place - 1) in _PRONOUNS:
                return ""
            if before:
                return _owned(region[slice(*before[0])])
            following = _at(region, spoken, place + 1)
            if word in _LISTENED or following in _PRONOUNS or following in _AWAY:
                return ""
            return _name_after(region, spoken, place + 1)
    return ""


def _before(region: str, text: str) -> str:
    """Return the name in what leads to a quotation: ``Novak said: ``, ``According to Novak, ``, ``Novak: ``.

    What stands there alone is a name where it looks like one, or where the ``text`` has it as one elsewhere.
    """
    turn = _TURN.match(region)
    sentence = _last_sentence(region)
    spoken = words(sentence)
    reach = len(spoken) if sentence.rstrip().endswith(":") else _BESIDE  # a colon leads to it from any distance
    for place in range(len(spoken) - 1, max(-1, len(spoken) - 1 - reach), -1):
        word = _word(sentence, spoken[place])
        if word in _BY or (word == "according" and _at(sentence, spoken, place + 1) == "to"):
            return _name_after(sentence, spoken, place + (1 if word in _BY else 2), near=True)
        if word in _SAYING and _at(sentence, spoken, place - 1) not in _PASSIVE:
            return _sayer(sentence, spoken, place)
    name = _first_name(turn["name"], whole=True) if turn else ""
    return name if name and (_is_full(name) or _is_known(name, text)) else ""


def _is_full(name: str) -> bool:
    """Return whether a name has a title, or several words as a person's has; what is somebody's is no name."""
    if re.search(r"['’]s\b", name):
        return False
    titled = any(name[start:end].casefold() in _TITLES - _JOINING for start, end in words(name))
    return bool(name_words(name)) and (titled or (is_person(name) and not is_house(name)))


def _is_known(name: str, text: str) -> bool:
    """Return whether a text has a name as a part of a full one, or beside a verb of saying, and not only as a label."""
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w|\s*:)", text):
        head = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _NEAR)
        region = text[head : match.end() + _NEAR].partition("\n")[0]
        place = match.start() - head
        spoken = words(region)
        around = [span for span in _names(region, spoken) if span[0] <= place < span[1]]
        if any(_is_full(region[slice(*span)]) or _is_beside_saying(region, spoken, span) for span in around):
            return True
    return False


def _is_beside_saying(region: str, spoken: list[Word], name: Word) -> bool:
    before = [span for span in spoken if span[1] <= name[0]][-1:]
    behind = [span for span in spoken if span[0] >= name[1]][:1]
    return any(_word(region, span) in _SAYING for span in (*before, *behind))


def _sayer(sentence: str, spoken: list[Word], place: int) -> str:
    """Return the name that belongs to the verb at a place, before a quotation: before the verb, or right behind it."""
    earlier, following = _at(sentence, spoken, place - 1), _at(sentence, spoken, place + 1)
    if earlier in _PRONOUNS:
        return ""
    every = _names(sentence, spoken)
    aside = sentence[: spoken[place][0]].rstrip().endswith(",")
    if aside and place + 1 < len(spoken):
        behind = [name for name in every if name[0] == spoken[place + 1][0] and sentence[name[1] : name[1] + 1] in ",:"]
        if behind:
            return sentence[slice(*behind[0])]
    names = [name for name in every if name[1] <= spoken[place][0]]
    if names:
        return _owned(sentence[slice(*(names[0] if aside else names[-1]))])
    if _word(sentence, spoken[place]) in _LISTENED or following in _PRONOUNS or following in _AWAY:
        return ""
    return _name_after(sentence, spoken, place + 1)


def _owned(name: str) -> str:
    """Return a name without the sign that something is its own."""
    return name.removesuffix("'s").removesuffix("’s")


def _first_name(region: str, *, whole: bool = False) -> str:
    """Return the first name in a line; with ``whole`` only one that is all of it."""
    spoken = words(region)
    names = _names(region, spoken)
    if not names or (whole and (names[0][0] > 0 or names[0][1] < len(region.rstrip()))):
        return ""
    return region[slice(*names[0])]


def _name_after(region: str, spoken: list[Word], place: int, *, near: bool = False) -> str:
    """Return the first name from a word on: not one that only says of what country or office somebody is."""
    if place >= len(spoken):
        return ""
    if near and _word(region, spoken[place]) in _PRONOUNS:
        return ""
    for start, end in _names(region, spoken):
        if start < spoken[place][0]:
            continue
        number = next(number for number, span in enumerate(spoken) if span[0] == start)
        if number - place > _BESIDE:
            return ""
        earlier = _at(region, spoken, number - 1) if number else ""
        following = re.match(r"\s([^\W\d_]+)", region[end:])
        is_kind = following is not None and following[1].islower() and following[1] not in _AWAY
        if number > place and (earlier in _AWAY or (earlier in _ARTICLES and is_kind)):
            continue
        return region[start:end]
    return ""


def _names(region: str, spoken: list[Word]) -> list[Word]:
    """Return the spans of the names: capitalised words in a row, with the small ones that join them."""
    found: list[Word] = []
    place = 0
    while place < len(spoken):
        first = place
        if not _is_capital(region, spoken[place]):
            place += 1
            continue
        last = place
        while last + 1 < len(spoken) and _GAP.fullmatch(region[spoken[last][1] : spoken[last + 1][0]]):
            ahead = last + 1
            if _is_capital(region, spoken[ahead]):
                last = ahead
                continue
            while ahead < len(spoken) and _word(region, spoken[ahead]) in _LINKING:
                ahead += 1
            if ahead == last + 1 or ahead == len(spoken) or not _is_capital(region, spoken[ahead]):
                break
            last = ahead
        while first <= last and _word(region, spoken[first]) in _NO_NAMES:
            first += 1
        if first <= last and any(len(word) > 1 for word in name_words(region[spoken[first][0] : spoken[last][1]])):
            found.append((spoken[first][0], spoken[last][1]))
        place = last + 1
    return found


def _is_capital(region: str, span: Word) -> bool:
    return region[span[0]].isupper()


def _word(region: str, span: Word) -> str:
    return _JOINED.split(region[span[0] : span[1]].lower())[0]


def _at(region: str, spoken: list[Word], place: int) -> str:
    return _word(region, spoken[place]) if 0 <= place < len(spoken) else ""
