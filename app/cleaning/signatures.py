"""Lines that say who wrote an article, told from headlines that begin alike: ``By Train Through the Alps``.

Behind a colon anybody may stand. Without one it has to look like a person, a role, a desk or an agency.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.cleaning.date_lines import beside_dates, stands_beside
from app.cleaning.phrases import Lexicon, tokens
from app.text.names import PARTICLES, is_house, is_person, people

_NAME_END: Final = re.compile(
    r"\s*[|·•—]\s*|\s+[–-]\s+|\s*\(|,?\s+(?:on\s+)?(?:last\s+)?(?:updated|published|posted)\b"
    r"|\s+@\w|\s{3,}"
    r"|,?\s+(?:(?:on|at)\s+)?[^\W\d_]{3,9}\.? \d|\s\d"
    r"|,?\s+on(?:\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\s*$|\s*\|)"
    r"|\s+in\s+(?=[A-Z])",
    re.IGNORECASE,
)
# A word as it is compared; signs of vowels belong to the letter before them.
_WORD: Final = re.compile("(?:[^\\W_]+(?:['’][^\\W_]+)*|©)[\u0900-\u0903\u093a-\u094f]*")
_AND: Final = re.compile(r"\band\b|&")
_BETWEEN: Final = re.compile(r",\s+|\s+(?:and|und|et|y|e|en|och|og|ja|i|и|та|ve)\s+|\s*[&;]\s*")
_STOPPED: Final = re.compile(r"(?<=[a-z]{3})\.$")
# A headline begins with a capital: ``By candlelight``.
_HANDLE: Final = re.compile("[a-z][a-z0-9_-]{3,}")
_FOR: Final = re.compile(
    r"\s+(?:of|at|for|from|with|via|avec|mit|con|com|met|med|pour|para|per|für|voor)\s+(?=[^\W\d_])"
)
# Where one of several authors is, or what, beside the name: ``Ada Marsh in Rye and Bo Ek in Hull``.
_ASIDE: Final = re.compile(
    r"\s+in\s+[^\W\d_][^,;|()]{1,40}?(?=(?:,|,?\s+(?:and|und))\s+[^\W\d_][^,;|()]{2,60}?\s+in\s+[^\W\d_])"
    r"|\s*\([^()]{2,60}\)(?=(?:,|,?\s+(?:and|und|et|y|e|en|och|og|&))\s+[^\W\d_])"
)
_SURE: Final = re.compile(r"\s*[:：/／|｜]")
_AROUND: Final = " \u00a0\u3000:：/／|｜–—-\t"
_MAIL: Final = re.compile(r"[\s(]*\S+@\S+\s*$")
# Who reports, and from where: ``（記者林怡君、陳大文／台北報導）``, ``文／王小明``, ``本报记者 王小明 通讯员 李四``.
_GLUED: Final = re.compile(
    r"(?P<sign>\s*[:：／/|｜・]?\s*)(?P<names>[\u3400-\u9fff]{2,4}(?:[、，,][\u3400-\u9fff]{2,4})*)"
    r"(?:\s+(?:通讯员|通訊員|实习生|實習生|摄影|攝影|编辑|編輯|责编|責編|图|圖)\s*[:：／/|｜・]?\s*\S{2,12})*"
    r"(?:\s*[／/]?\s*[\u3400-\u9fff]{2,6}(?:\d{1,2}日)?(?:報導|报道|報道|電|电|摄|攝))?\s*[）)〕］\]】]?"
)
# The house of a reporter, before the word for one: ``新华社记者``, ``聯合報／記者``.
_HOUSE: Final = re.compile("[\u3400-\u9fff]{1,7}[报報社网網台臺闻聞][\\s／/·]*(?=[记記]者)")
_BRACKETED: Final = re.compile(r"[\[(【〔][^\])】〕]{2,24}[\])】〕]\s*")
_HOUR: Final = "0123456789:： "
_OPENING: Final = " （(〔［[【"
_NO_REPORTER: Final = re.compile(
    "手记|手記|观察|觀察|调查|調查|协会|協會|专栏|專欄|来信|來信|连线|連線|现场|現場|问答|問答|节|節"
)
_SOLID: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What a headline goes from and to, or by: no name has these words between two others.
_TWO_PLACES: Final = re.compile(r"[^\W\d_]+ (?:y|e|zum|zur|до) [^\W\d_]+")
_TOLD: Final = 6  # so many words with a stop behind them are a sentence
_PREPOSITION: Final = 4  # characters
_BEFORE: Final = 4  # words, the first of "by" among them
_LONGEST: Final = 14  # words
_LONGEST_LINE: Final = 1000  # characters: 14 words may stand among any number of other signs
_SOLID_NAME: Final = 4  # characters of a name in Chinese, Japanese or Korean
_DESK: Final = 6  # words
_FULL_NAME: Final = 4  # words
_SURNAME: Final = 2  # words: a particle and a name are the name of a family
_CAPITAL_PARTICLES: Final = frozenset(("di", "da"))  # written with a capital in names; the others are in small letters
_SINGLE: Final = 3  # characters of a name of one word


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and in what role; ``name`` is empty for a lone "by", behind which the next line names somebody."""

    name: str
    role: str = ""


def read_signature(text: str, words: Sequence[str], known: Lexicon) -> Signature | None:
    """Return who signs with a line, or ``None`` where it is none that names an author. ``words`` are its tokens."""
    if len(words) > _LONGEST or len(text) > _LONGEST_LINE:
        return None
    found = _glued(text, known) or _after(text, words, lambda word: word in known.genres or word in known.cities, known)
    if found is None and any(map(str.isdigit, text)):
        pieces = [(piece, tokens(piece)) for piece in beside_dates(text, known)]
        behind = (
            _glued(piece.lstrip(_HOUR), known) or _after(piece, own, stands_beside, known) for piece, own in pieces
        )
        found = next((one for one in behind if one and one.name), None)
    return found or _before(text, known)


def is_bare_name(text: str, known: Lexicon) -> bool:
    """Tell whether a line could be a person's full name and nothing else; scripts without capitals do not tell."""
    named = text.lower() in known.sections or text.lower() in known.cities
    told = _is_told(text, known) or len(text.split()) > _FULL_NAME
    return text[:1].isupper() and not text.isupper() and not named and not told and is_person(text)


def without_by(text: str, known: Lexicon) -> str:
    """Return a stated byline without a word for "by" before it; of a family's name that begins like one it is part."""
    words = text.split()
    for signs in known.bylines:
        count = len(signs)
        if tuple(sign for word in words[:count] for sign in tokens(word)) != signs or len(words) == count:
            continue
        particle = count == 1 and signs[0] in PARTICLES
        if not particle or (len(words) > _SURNAME and words[0].islower() == (signs[0] in _CAPITAL_PARTICLES)):
            return " ".join(words[count:])
    return text


def author(text: str, known: Lexicon) -> tuple[str, str]:
    """Split what stands behind "by" into name and role; a role alone is both (``Chief Editor``).

    A desk or a team signs with its whole name.
    """
    plain = _NAME_END.split(_ASIDE.sub("", text), maxsplit=1)[0].strip(" ,;:/")
    name = _STOPPED.sub("", " ".join(plain.split()))
    before = _role_before(name, known)
    if before:
        return name[len(before) :].strip(), before
    if "," not in name and name.rpartition(" ")[2].lower() in known.desks:
        return name, ""
    person, comma, title = _split_role(name)
    if comma and _is_role(title, known):
        return person.strip(), title.strip()
    name = re.split(r"\s+/\s+", name, maxsplit=1)[0].rstrip(" /|")
    words = name.split()
    begin = len(words)
    while begin and _is_rank(words[begin - 1], known):
        begin -= 1
    role = words[begin:]
    while role and role[0].lower() in ("in", "of", "at", "and", "for", "the"):
        role = role[1:]
    if not role or not any(word.strip(",").lower() in known.roles for word in role):
        return name, ""
    rest = " ".join(words[: len(words) - len(role)]).rstrip(" ,")
    return (rest, " ".join(role)) if rest else (name, name)


def _role_before(name: str, known: Lexicon) -> str:
    """Return the role that stands before a person's full name, or nothing: ``onze redacteur Sanne de Vries``."""
    words = name.split()
    for count in range(min(_BEFORE, len(words) - 2), 0, -1):
        role = words[:count]
        said = all(_is_rank(word, known) or word.lower() in known.common for word in role)
        if said and role[-1].lower() in known.roles and is_person(" ".join(words[count:])):
            return " ".join(role)
    return ""


def initials(text: str, name: str) -> bool:
    """Tell whether ``text`` is the initial or the initials of ``name``, as they stand in for a picture."""
    letters = [word[0].upper() for word in name.split() if word[0].isalpha()]
    if not text.isalpha() or len(text) > 3 or not text.isupper() or not letters:
        return False
    return text == letters[0] or text == "".join(letters) or text == letters[0] + letters[-1]


def _glued(text: str, known: Lexicon) -> Signature | None:
    """Return who stands behind a Chinese or Japanese word for "by" without a space: ``記者林怡君／台北報導``."""
    plain = text.lstrip(_OPENING)
    house = _HOUSE.match(plain)
    plain = plain[house.end() :] if house else plain
    by = next((phrase[0] for phrase in known.bylines if plain.startswith(phrase[0])), "") if plain else ""
    match = _GLUED.fullmatch(plain, len(by)) if _SOLID.match(by) else None
    if match is None or _NO_REPORTER.fullmatch(match["names"]) or (len(by) == 1 and not match["sign"].strip()):
        return None
    return Signature(match["names"])


def _after(text: str, words: Sequence[str], passes: Callable[[str], bool], known: Lexicon) -> Signature | None:
    """Return who stands behind the first "by" of a line, before which stand only words that ``passes`` lets pass."""
    for at in range(min(_BEFORE, len(words))):
        for phrase in known.bylines:
            if tuple(words[at : at + len(phrase)]) == phrase:
                return _behind(text, at + len(phrase), known, at == 0)
        if not passes(words[at]):
            break
    return None


def _behind(text: str, count: int, known: Lexicon, begins: bool) -> Signature | None:
    """Return who stands behind the first ``count`` words of a line, which say "by"."""
    places = [match.end() for _number, match in zip(range(count), _WORD.finditer(text), strict=False)]
    if len(places) < count:
        return None
    behind = text[places[-1] :].removeprefix(".")
    name = behind.strip(_AROUND)
    if not name:
        return Signature("")
    found = Signature(*author(name, known))
    if not (name[0].isupper() or not name[0].isascii() or name[0].isdigit() or found.name != name):
        handle = text[: places[-1]].islower() and _HANDLE.fullmatch(name) and name not in known.common
        return Signature(name) if handle or _is_desk(_FOR.split(name, maxsplit=1)[0], known) else None
    sure = _SURE.match(behind) is not None
    told = re.search(r"[.!?]$", name) and len(name.split()) > _TOLD
    dated = found.name.lower() in known.months and found.name != name  # only the day follows
    if not found.name or dated or told or (not sure and _TWO_PLACES.fullmatch(name)):
        return None
    # Behind "by" a name of one word may stand; behind a noun it makes another of it: ``Haber Türk``.
    small = begins and (count > 1 or places[0] <= _PREPOSITION)
    return found if sure or found.role or _is_signature(found.name, known, small) else None


def _before(text: str, known: Lexicon) -> Signature | None:
    """Return who stands before a word that says "by" or, in Chinese, Japanese and Korean, before a role."""
    plain = _MAIL.sub("", text).strip()
    dateline = _BRACKETED.match(plain)
    plain = plain[dateline.end() :] if dateline else plain
    name, _space, last = plain.rpartition(" ")
    role = bool(_SOLID.match(last)) and last in known.roles
    if not name or not (role or last.lower() in known.bylines_behind):
        return None
    return Signature(name, last if role else "") if _is_signature(name, known) else None


def _is_signature(name: str, known: Lexicon, single: bool = False) -> bool:
    """Tell whether what stands behind "by" is somebody: people, a desk, an agency, or a single name."""
    parts = [part for part in _BETWEEN.split(name) if part]
    first = _FOR.split(parts[0] if parts else name, maxsplit=1)[0]
    words = name.split()
    if _is_desk(first, known) or is_house(first):
        return True
    if not any(map(str.isupper, name)):
        return _is_caseless_name(words, known)
    if _is_told(first, known):
        return False
    if is_person(first) or any(one.is_person for one in people(name)):
        return True
    plain = all(len(part) >= _SINGLE and part.isalpha() and part[0].isupper() for part in parts)
    return single and plain and (len(words) == 1 or "&" in name)


def _is_told(name: str, known: Lexicon) -> bool:
    """Tell whether more words than a name of two has stand there, and some that every text has."""
    rest = name.lower().split()[1:]
    return len(rest) > 1 and any(word in known.common and word not in PARTICLES for word in rest)


def _is_desk(name: str, known: Lexicon) -> bool:
    """Tell whether a name is that of people who sign together: ``The Gazette Editorial Team``, ``onze redactie``."""
    words = name.lower().split()
    return bool(words) and len(words) <= _DESK and words[-1] in known.desks


def _is_caseless_name(words: Sequence[str], known: Lexicon) -> bool:
    """Tell whether words in a script without capitals may be a name: short, and no word that every text has."""
    solid = all(map(_SOLID.match, words))
    if solid:
        return len(words) <= 2 and all(len(word) <= _SOLID_NAME for word in words)
    return 2 <= len(words) <= _SOLID_NAME and known.common.isdisjoint(words) and is_person(" ".join(words))


def _split_role(name: str) -> tuple[str, str, str]:
    parts = re.split(r"(,|\s/\s)", name, maxsplit=1)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (name, "", "")


def _is_role(text: str, known: Lexicon) -> bool:
    """Tell whether what follows on a name and a comma is the role: its first part names one, and no second person."""
    first, *rest = (part.split() for part in text.split(","))
    if not any(word.lower() in known.roles or word.lower().removesuffix("s") in known.roles for word in first):
        return False
    joined = any(_AND.fullmatch(word) for word in first)
    return not joined or (not rest and all(_is_rank(word, known) or word == "&" for word in first))


def _is_rank(word: str, known: Lexicon) -> bool:
    plain = word.strip(",.").lower()
    return plain in known.roles or plain in known.ranks
