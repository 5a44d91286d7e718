"""What the lines around an article say of it: title, author and role, outlet, sections."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from app.cleaning.phrases import Lexicon, tokens

if TYPE_CHECKING:
    from app.cleaning.furniture import Feature

_LONGEST_TITLE: Final = 90
_CANDIDATES: Final = 4  # more lines than these are a page's navigation, and place says nothing
_CRUMB: Final = re.compile(r"\s*[»›>|→]\s*|\s+/\s+|\s+[-–—]\s+")
_ARROW: Final = re.compile(r"\s*[»›→]\s*|\s+>\s+")
_DATELINE: Final = re.compile(
    r"(?P<place>[^\W\d_][^\n()–—:]{1,48}?)\s*(?:\((?P<agency>[^()\n]{2,40})\)\s*)?(?:[–—]|-{1,2}(?=\s))\s*(?=\S)"
)
_VISIT: Final = re.compile(
    r"\b(?:visit|follow|check out|see)\s+(?:us at\s+)?(?:our|the)\s+(?P<name>(?:[A-Z][\w&'’.-]*\s+){1,5})"
    r"(?:page|website|site|channel|homepage)\b"
)
_COPYRIGHT: Final = re.compile(
    r"(?:copyright|©|\(c\))[\s©]*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,]*(?P<name>[^\d.|©,]{2,50}?)"
    r"(?=[.,|©]|\s+\d{4}|\s+all rights|$)",
    re.IGNORECASE,
)
_NO_HOLDER: Final = re.compile(
    r"(?:all rights|copyright|infringement|licen[sc]e|notice|policy|law|claims?|photo|image)", re.IGNORECASE
)
_SENTENCE_END: Final = re.compile(r"(?<=[^\W\d_]{2})[.!?…][\"”’»)]*(?=\s+[^a-z\s]|$)|[。！？؟]")
_AND: Final = re.compile(r"\band\b|&")
_NAME_END: Final = re.compile(
    r"\s*[|·•—]\s*|\s+[–-]\s+|\s*\(|,?\s+(?:on\s+)?(?:last\s+)?(?:updated|published|posted)\b"
    r"|,?\s+(?:on\s+)?[^\W\d_]{3,9}\.? \d|\s\d|,?\s+on(?:\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\s*$|\s*\|)"
    r"|\s+in\s+(?=[A-Z])",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|©")
_RUN_TOGETHER: Final = re.compile(r"[^\W\d_]\S*[^\W\d_](?:[ &]+\S+)*")
_SEAM: Final = re.compile(r"[^\W\d_A-Z][A-Z]|[A-Z]{2}|[^\W\d_a-zA-Z]{4}")


def normal(text: str) -> str:
    """Return ``text`` for comparison: lower case, compatibility forms resolved, only words."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def vote_title(zone: Sequence[Feature], body: Sequence[Feature], about: Collection[int] = ()) -> int | None:
    """Return the number of the line of ``zone`` (what stands above the article) that is the title, or ``None``.

    ``about`` are the numbers of bylines and dates, which are no titles.

    A title shares words with the article's beginning, stands early, comes again (in a breadcrumb too), and is no
    sentence.
    """
    known = {word for part in body[:6] for word in part.words}
    plain = [normal(part.line.text) for part in zone]
    often = Counter(plain)
    best, chosen = 0.0, None
    first = next((k for k, part in enumerate(zone) if part.count >= 4 and not part.furniture), -1)
    for number, part in enumerate(zone):
        long = [word for word in part.words if len(word) > 3]
        if number in about or part.furniture or part.detail or part.bullet or not 2 <= part.count <= 30 or not long:
            continue
        points = sum(word in known for word in long) / len(long)
        points += 0.8 * (often[plain[number]] > 1)
        points += 0.8 * any(len(o) > len(plain[number]) and o.endswith(" " + plain[number]) for o in plain)
        points += 0.35 * (number < 3) + 0.3 * (6 <= part.count <= 18) + 0.1 * (number == first)
        points -= 0.5 * (part.full and not part.line.text.endswith("?"))
        points -= 0.4 * (part.count < 4) + 0.03 * number + 0.5 * bool(_ARROW.search(part.line.text))
        points -= 0.45 * (number == len(zone) - 1 and chosen is not None and often[plain[number]] == 1)
        points -= 0.8 * (
            _is_masthead(part.line.text)
            and number + 1 < len(zone)
            and often[plain[number]] == 1
            and any(_reads_on(other) for k, other in enumerate(zone) if k > number and k not in about)
        )
        if points > best:
            best, chosen = points, number
    return chosen if best >= 0.3 else None


def plain_title(zone: Sequence[Feature], about: Collection[int], known: Lexicon, names: bool) -> int | None:
    """Return the line of ``zone`` that is a title by its place alone, however short: the first that nothing else is.

    A name of the outlet in capitals, or of a person, gives way to a line below it, and is no title unless ``names``.
    """
    found = [
        number
        for number, part in enumerate(zone)
        if number not in about and _may_be_title(part, known) and not breadcrumb(part.line.text, None, known)
    ]
    if len(found) > _CANDIDATES:
        return None
    better = [k for k in found if not _is_masthead(zone[k].line.text) and not _is_full_name(zone[k].line.text, known)]
    return next(iter(better or (found[-1:] if names else [])), None)


def masthead(above: Sequence[str], title: str) -> str | None:
    """Return the line in capitals among those above the title that is the outlet's name."""
    return None if title.isupper() else next((text for text in above if _is_masthead(text)), None)


def derived_title(text: str, known: Lexicon) -> str:
    """Make a title from an article's beginning: its first sentence without the dateline, cut at a word."""
    dateline = _DATELINE.match(text)
    if dateline and _is_dateline(dateline, known):
        text = text[dateline.end() :]
    end = _SENTENCE_END.search(text, 12)
    sentence = text[: end.end() if end else len(text)].strip().rstrip(".。")
    if len(sentence) <= _LONGEST_TITLE:
        return sentence
    cut = sentence[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return f"{cut}…"


def byline_rest(text: str, words: Sequence[str], known: Lexicon) -> str | None:
    """Return what stands behind "by" in a line that names an author; ``""`` for a lone "by"; ``None`` for others."""
    if len(words) > 14:
        return None
    for phrase in known.bylines:
        if tuple(words[: len(phrase)]) != phrase:
            continue
        last = next(islice(_WORD.finditer(text), len(phrase) - 1, None), None)
        behind = text[last.end() :].strip(" :–—-\t") if last else ""
        if not behind:
            return ""
        if behind[0].isupper() or not behind[0].isascii() or behind[0].isdigit():
            return None if re.search(r"[.!?]$", behind) and len(words) > 8 else behind
    return None


def author(text: str, known: Lexicon) -> tuple[str, str]:
    """Split what stands behind "by" into name and role; a role alone is both (``Chief Editor``).

    A desk or a team signs with its whole name.
    """
    name = _NAME_END.split(text, maxsplit=1)[0].strip(" ,;:/")
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


def is_name(text: str, known: Lexicon) -> bool:
    """Tell whether a line could be a person's name: two to four words, the first with a capital."""
    words = text.split()
    if not 2 <= len(words) <= 4 or len(text) > 40 or not words[0][0].isupper() or text.lower() in known.sections:
        return False
    return all(re.fullmatch(r"[^\W\d_][\w.'’-]*", word) for word in words) and not text.isupper()


def initials(text: str, name: str) -> bool:
    """Tell whether ``text`` is the initial or the initials of ``name``, as they stand in for a picture."""
    letters = [word[0].upper() for word in name.split() if word[0].isalpha()]
    if not text.isalpha() or len(text) > 3 or not text.isupper() or not letters:
        return False
    return text == letters[0] or text == "".join(letters) or text == letters[0] + letters[-1]


def sections(text: str, known: Lexicon) -> tuple[str, ...]:
    """Return the sections that a line consists of, also when they are run together; an empty tuple if it is no such."""
    if len(text) > 160:
        return ()
    named = known.sections.get(text.strip().lower())
    if named:
        return (named,)
    parts = [part for part in re.split(r"\s*[|/,·•]\s*", text) if part]
    if len(parts) > 1 and all(part.lower() in known.sections for part in parts):
        return tuple(known.sections[part.lower()] for part in parts)
    return _run_together(text, known) if _SEAM.search(text) and _RUN_TOGETHER.fullmatch(text) else ()


def breadcrumb(text: str, title: str | None, known: Lexicon) -> tuple[str, ...] | None:
    """Return the parts of a breadcrumb between its root and the title; ``None`` when the line is no breadcrumb."""
    parts = [part.strip() for part in _CRUMB.split(text) if part.strip()]
    if len(parts) < 2 or not _CRUMB.search(text):
        return None
    plain = normal(title) if title else ""
    ends = bool(plain) and (normal(parts[-1]) == plain or normal(text).endswith(" " + plain))
    root = known.furniture.kind(tokens(parts[0])) == "navigation"
    if not (ends and len(parts) > 1 and (root or _ARROW.search(text))) and not (root and _ARROW.search(text)):
        return None
    middle = parts[1:] if root else parts
    return tuple(part for part in middle if normal(part) != plain and not (plain and plain.endswith(normal(part))))


def dateline_outlet(text: str, known: Lexicon) -> str | None:
    """Return the agency in a dateline: ``KYIV (Reuters) –``, or ``OUTLET –`` where that is no place.

    A name in capitals is a place when the list of cities has it or when the text names it again.
    """
    match = _DATELINE.match(text)
    if not match:
        return None
    if match["agency"]:
        return match["agency"].strip() if match["place"].isupper() or _is_dateline(match, known) else None
    place = match["place"].strip()
    if not place.isupper() or len(place) < 4 or place.lower() in known.cities or "," in place:
        return None
    again = re.search(rf"\b{re.escape(place)}\b", text[match.end() :], re.IGNORECASE)
    return None if again else place


def promoted_outlet(text: str) -> str | None:
    """Return the name in "visit our X page"."""
    match = _VISIT.search(text)
    return match["name"].strip() if match else None


def copyright_name(text: str) -> str | None:
    """Return whom a copyright line names."""
    match = _COPYRIGHT.search(text)
    name = re.sub(r"^by\s+", "", match["name"].strip(" -–—:")) if match else ""
    return name if re.search(r"[^\W\d_]{2}", name) and not _NO_HOLDER.match(name) else None


def _may_be_title(part: Feature, known: Lexicon) -> bool:
    """Tell whether a line is no furniture, detail, section or sentence, and has letters."""
    text = part.line.text
    if part.furniture or part.detail or part.bullet or part.count > 30 or not any(map(str.isalpha, text)):
        return False
    return not (part.full and part.count >= 4 and not text.endswith("?")) and not sections(text, known)


def _is_full_name(text: str, known: Lexicon) -> bool:
    return is_name(text, known) and text.rsplit(maxsplit=1)[-1][0].isupper()


def _is_masthead(text: str) -> bool:
    words = text.split()
    return text.isupper() and 2 <= len(words) <= 6 and all(any(map(str.isalpha, word)) for word in words)


def _reads_on(part: Feature) -> bool:
    """Tell whether a line below a name in capitals looks like the headline."""
    return not part.furniture and not part.detail and part.count >= 4 and not part.full and not part.line.text.isupper()


def _is_dateline(match: re.Match[str], known: Lexicon) -> bool:
    place = match["place"].strip()
    return place.isupper() or place.split(",")[0].lower() in known.cities


def _split_role(name: str) -> tuple[str, str, str]:
    parts = re.split(r"(,|\s/\s)", name, maxsplit=1)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (name, "", "")


def _is_role(text: str, known: Lexicon) -> bool:
    """Tell whether what follows on a name and a comma is the role: its first part names one, and no second person."""
    first, *rest = (part.split() for part in text.split(","))
    if not any(word.lower() in known.roles for word in first):
        return False
    joined = any(_AND.fullmatch(word) for word in first)
    return not joined or (not rest and all(_is_rank(word, known) or word == "&" for word in first))


def _is_rank(word: str, known: Lexicon) -> bool:
    plain = word.strip(",.").lower()
    return plain in known.roles or plain in known.ranks


def _run_together(text: str, known: Lexicon) -> tuple[str, ...]:
    """Cut ``WORLDUSAEurope`` into sections of the list; every letter must belong to one, and there must be two."""
    lower = text.lower()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(text) + 1):
        for start in sorted(best):
            piece = lower[start:end].strip()
            named = known.sections.get(piece)
            if named and text[start:end].lstrip()[0].isupper():
                found = (*best[start], named)
                if end not in best or len(found) < len(best[end]):
                    best[end] = found
    found = best.get(len(text), ())
    return found if len(found) > 1 else ()
