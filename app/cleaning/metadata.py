"""What the lines around an article say of it: title, outlet, sections."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Final

from app.cleaning.date_lines import begins_ago
from app.cleaning.dates import find_dates
from app.cleaning.features import Feature
from app.cleaning.outlets import is_outlet
from app.cleaning.phrases import Lexicon, squeezed, tokens
from app.cleaning.signatures import is_bare_name
from app.model import Precision, Published

_LONGEST_TITLE: Final = 90
_BELOW: Final = 0.35  # against a line below one that could be the title
_CANDIDATES: Final = 4  # more lines than these are a page's navigation, and place says nothing
_CRUMB: Final = re.compile(r"\s*[»›>|→]\s*|\s+/\s+|\s+[-–—]\s+")
_ARROW: Final = re.compile(r"\s*[»›→]\s*|\s+>\s+")
_DATELINE: Final = re.compile(
    r"(?P<place>[^\W\d_][^\n()–—:]{1,48}?)\s*(?:\((?P<agency>[^()\n]{2,40})\)\s*)?(?:[–—]|-{1,2}(?=\s))\s*(?=\S)"
)
_AGENCY: Final = re.compile(
    r"(?P<place>[^\n()/:]{0,60}?)[\s.,]*(?:\((?P<name>[^()\n]{2,40})\)|/\s?(?P<sign>[^/\n]{2,40}?)\s?/)"
    r"(?:[\s.]*(?:[–—]|-{1,2}(?=\s))|(?<=/)\.\s)|(?P<before>[^\n()/:–—]{1,60}?)\s*[–—-]\s(?P<house>[^\n.–—]{2,30})\.\s"
)
_VISIT: Final = re.compile(
    r"\b(?:visit|follow|check out|see)\s+(?:us at\s+)?(?:our|the)\s+(?P<name>(?:[A-Z][\w&'’.-]*\s+){1,5})"
    r"(?:page|website|site|channel|homepage)\b"
)
_PLACES: Final = ("page", "site", "channel")
_COPYRIGHT: Final = re.compile(
    r"(?:copyright|©|ⓒ|\(c\))[\s©ⓒ]*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,]*(?P<name>[^\d.|©ⓒ,]{2,50}?)"
    r"(?=[.,|©ⓒ]|\s+\d{4}|\s+all rights|$)",
    re.IGNORECASE,
)
_NO_HOLDER: Final = re.compile(
    r"(?:all rights|copyright|infringement|licen[sc]e|notice|policy|law|claims?|photo|image|alle rechte|tous droits"
    r"|todos os|todos los|tutti i|riproduzione|reproduc|wszelkie|alla rätt|все права|усі права|tüm hak"
    r"|無断|无断|版权|版權)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[^\W\d_]{2})[.!?…][\"”“’‘»«›‹)\]」』）】]*(?=\s+[^a-z\s]|$)|[。！？؟]")
_WORDS: Final = re.compile(r"\w+")
_RUN_TOGETHER: Final = re.compile(r"[^\W\d_]\S*[^\W\d_](?:[ &]+\S+)*")
_SEAMED: Final = re.compile("[a-zß-ÿ][A-Z]")
_SEAM: Final = re.compile(r"[^\W\d_A-Z][A-Z]|[A-Z]{2}|[^\W\d_a-zA-Z]{4}")


def normal(text: str) -> str:
    """Return ``text`` for comparison: lower case, compatibility forms resolved, only words."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_WORDS.findall(text.casefold()))


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
        if is_row(part.line.text) or begins_ago(part.line.text):
            continue
        points = sum(word in known for word in long) / len(long)
        points += 0.8 * (often[plain[number]] > 1)
        points += 0.8 * any(len(o) > len(plain[number]) and o.endswith(" " + plain[number]) for o in plain)
        points += 0.35 * (number < 3) + 0.3 * (6 <= part.count <= 18) + 0.1 * (number == first)
        points -= 0.5 * (part.full and not part.line.text.endswith("?"))
        points -= 0.4 * (part.count < 4) + 0.03 * number + 0.5 * bool(_ARROW.search(part.line.text))
        below = number > 0 and number - 1 not in about and not plain[number - 1].endswith(plain[number])
        points -= _BELOW * (below and _may_head_page(zone[number - 1]))
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


def _may_head_page(part: Feature) -> bool:
    """Tell whether a line could be the title by its looks, so that the line below it is more likely its summary."""
    run_together = _SEAMED.search(part.line.text) is not None
    return not part.furniture and not part.detail and not part.full and 4 <= part.count <= 18 and not run_together


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
    better = [k for k in found if not _is_masthead(zone[k].line.text) and not is_bare_name(zone[k].line.text, known)]
    return next(iter(better or (found[-1:] if names else [])), None)


def masthead(above: Sequence[str], title: str, known: Lexicon) -> str | None:
    """Return the line above the title that is the outlet's name, be it in capitals.

    It has a word that names of outlets have: ``WAR IN UKRAINE`` is in capitals too.
    """
    lines = [] if title.isupper() else [text for text in above if _is_masthead(text) and not sections(text, known)]
    named = (text for text in above if not text.isupper() and is_outlet(text, known, is_barred=True))
    return next(chain((text for text in lines if not known.houses.isdisjoint(tokens(text))), named), None)


def derived_title(text: str, known: Lexicon) -> str:
    """Make a title from an article's beginning: its first sentence without the dateline, cut at a word."""
    agency, dateline = _AGENCY.match(text), _DATELINE.match(text)
    if agency and dateline_outlet(text, known):
        text = text[agency.end() :].lstrip()
    elif dateline and _is_dateline(dateline, known):
        text = text[dateline.end() :]
    end = _SENTENCE_END.search(text, 12)
    sentence = text[: end.end() if end else len(text)].strip().rstrip(".。")
    if len(sentence) <= _LONGEST_TITLE:
        return sentence
    cut = sentence[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return f"{cut}…"


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
    """Return the agency in a dateline: ``KYIV (Reuters) –``, or ``REUTERS –``.

    Only agencies of the list are: any town may stand in capitals before a dash, and so may ``EXCLUSIVE``.
    """
    if match := _AGENCY.match(text):
        names = re.split(r"\s*[/,]\s*", match["name"] or match["sign"] or match["house"])
        return next((name for name in names if squeezed(name) in known.agencies), None)
    match = _DATELINE.match(text)
    place = match["place"].strip() if match else ""
    return place if place.isupper() and squeezed(place) in known.agencies else None


def dateline_day(text: str, known: Lexicon) -> Published | None:
    """Return the day in a dateline: ``KYIV, March 4, 2025 (Reuters) –``."""
    match = _AGENCY.match(text) or _DATELINE.match(text)
    place = match["place"] or match.groupdict().get("before") or "" if match else ""
    dates = find_dates(place, known.months, known.day_first)
    if not match or not dates or not (dateline_outlet(text, known) or text[: dates[0].start].isupper()):
        return None
    return dates[0].day if dates[0].day and dates[0].day.precision is Precision.DAY else None


def promoted_outlet(text: str) -> str | None:
    """Return the name in "visit our X page"."""
    match = _VISIT.search(text) if any(place in text for place in _PLACES) else None
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
    if is_row(text):
        return False
    return not (part.full and part.count >= 4 and not text.endswith("?")) and not sections(text, known)


def is_row(text: str) -> bool:
    """Tell whether a line is a row of a table, its cells parted by tabs."""
    return text.count("\t") > 1


def _is_masthead(text: str) -> bool:
    words = text.split()
    return text.isupper() and 2 <= len(words) <= 6 and all(any(map(str.isalpha, word)) for word in words)


def _reads_on(part: Feature) -> bool:
    """Tell whether a line below a name in capitals looks like the headline."""
    return not part.furniture and not part.detail and part.count >= 4 and not part.full and not part.line.text.isupper()


def _is_dateline(match: re.Match[str], known: Lexicon) -> bool:
    place = match["place"].strip()
    return place.isupper() or place.split(",")[0].lower() in known.cities


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
