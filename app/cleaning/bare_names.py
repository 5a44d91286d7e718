"""Names that sign an article without a "by", told by what stands beside them: a role, a day, an agency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from app.cleaning.date_lines import AND, beside_dates, is_date_line, stands_beside
from app.cleaning.phrases import Lexicon, squeezed, tokens
from app.cleaning.signatures import Signature, author, initials, is_bare_name
from app.text.names import is_house, is_person, people

_BAR: Final = re.compile(r"\s*[|·•]\s*|\s{3,}|\t")
_WITH: Final = re.compile(
    r"\s*[(]?\s*\b(?:with|avec|mit|con|com|met|med|z)\s+(?P<house>[^()]{2,30}?)[)]?\s*$", re.IGNORECASE
)
# Two letters alone are a state: ``Ann Arbor, MI``.
_CREDENTIALS: Final = re.compile(r"(?:,\s*(?:Ph\.?D|M\.D|[A-Z]{3,5})\.?|(?:,\s*[A-Z]{2,5}){2,})+$")
_ROLE: Final = 5  # words
_PLACE: Final = 3  # words
_HAN: Final = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,3}[\s　・][\u3400-\u9fff]{1,3}|[\uac00-\ud7af]{3}")
_HAN_HOUSE: Final = re.compile("[报報社网網台臺局版]$|新[闻聞]$|通信$|頻道$|频道$")
_WORDS: Final = range(2, 5)
_BEFORE: Final = " •·*–—-|"
_PARTED: Final = re.compile(r",\s+|\s+[–—-]\s+")
_LONGEST_NOTE: Final = 600  # characters


def bare_name(text: str, known: Lexicon) -> str | None:
    """Return who signs with a line that stands beside a date: people, an agency, a desk; ``None`` for other lines."""
    text = text.strip().removeprefix("【").removesuffix("】")
    if (titled := _CREDENTIALS.search(text)) and is_bare_name(text[: titled.start()], known):
        return text
    placed = _PARTED.split(text)
    text = placed[0] if len(placed) > 1 and placed[1].lower() in known.cities else text
    if squeezed(text) in known.agencies or text.lower() in known.desks:
        return text
    match = _WITH.search(text)
    plain = text[: match.start()] if match and squeezed(match["house"]) in known.agencies else text
    several = [one for part in plain.split(", ") for one in AND.split(part)]
    if all(is_bare_name(one, known) for one in several) or _is_solid_name(plain, known):
        return text
    return text if _is_caseless_name(plain, known) else None


def bare_signature(text: str, known: Lexicon) -> Signature | None:
    """Return who signs with a line that stands beside a date, and in what role: ``Ann Ek, Correspondent``."""
    person, role = author(text, known)
    name = bare_name(person if role else text, known)
    return Signature(name, role) if name else None


def shown_name(
    text: str, above: str, below: str, told: Iterable[str], known: Lexicon, *, may_repeat: bool
) -> Signature | None:
    """Return whom a line names below their initials, above their role, or where it ``may_repeat`` above itself."""
    pictured = initials(above, text)
    if not (pictured or (may_repeat and below == text) or (is_role_line(below, known) and is_no_word(text, told))):
        return None
    plain = text.title() if pictured or text.isupper() else text
    return Signature(author(text, known)[0]) if is_bare_name(plain, known) else None


def name_beside_ago(text: str, known: Lexicon) -> Signature | None:
    """Return the person whom a line names first, if the rest of it says when that was: ``Ann Ek | 3 hours ago``."""
    name, *others = _BAR.split(text)
    dated = any(is_date_line(part, known) for part in others)
    return Signature(name) if dated and is_bare_name(name, known) else None


def name_beside_role(text: str, known: Lexicon) -> Signature | None:
    """Return the people whom a line names first, if the rest of it is their role: ``Ann Ek | Guest columnist``."""
    names, *others = _BAR.split(text)
    if not others or not all(is_role_line(part.removesuffix("s"), known) for part in others):
        return None
    return Signature(names, ", ".join(others)) if all(is_bare_name(one, known) for one in AND.split(names)) else None


def dated_name(text: str, outlet: str | None, told: Sequence[str], known: Lexicon) -> str | None:
    """Return the people whom a line names beside its day, and the ``outlet`` if it has one: ``Ann Ek, 14 May 2025``.

    A place may stand there as well. What the article itself speaks of, in its lines ``told``, is no author, nor is what
    begins like a place.
    """
    parts = [part for piece in beside_dates(text, known) for part in _PARTED.split(piece)]
    names = [part for part in parts if part != outlet and not tells_when(part, known)]
    if not all(may_sign(one, told, known) for part in names for one in AND.split(part)):
        return None
    return ", ".join(names) or None


def may_sign(name: str, told: Sequence[str], known: Lexicon) -> bool:
    """Tell whether a name beside a day is a person's of whom the article does not speak."""
    if is_house(name) or "/" in name or tuple(tokens(name)) in known.bylines:
        return False
    if not (is_bare_name(name, known) or _is_caseless_name(name, known) or _is_solid_name(name, known)):
        return False
    first = name.split(maxsplit=1)[0].lower()
    within = told[:-1] if told and tells_of_author(told[-1], name) else told
    named = first not in known.common and first not in known.places
    return named and not any(name in line for line in within)


def tells_when(text: str, known: Lexicon) -> bool:
    """Tell whether a piece of a line says only at what hour, on what day of the week, or how long one reads."""
    words = tokens(text)
    return all(map(stands_beside, words)) or known.details.kind(words, text) in ("reading_time", "views")


def tells_of_author(text: str, byline: str | None) -> bool:
    """Tell whether a line behind an article begins with who wrote it: ``Ann Ek is a writer in Lund``."""
    plain = text.lstrip(_BEFORE).casefold()
    names = [
        one.family if not one.given else f"{one.given} {one.family}" for one in people(byline or "") if one.is_person
    ]
    return len(text) < _LONGEST_NOTE and any(
        plain.startswith(name.casefold()) and not plain[len(name) :][:1].isalnum() for name in names
    )


def is_no_word(text: str, told: Iterable[str]) -> bool:
    """Tell whether an article nowhere has the first word of a line in small letters, as it has no given name."""
    first = text.split(maxsplit=1)[0]
    small = re.compile(rf"(?<!\w){re.escape(first.lower())}(?!\w)")
    return first.lower() == first or not any(map(small.search, told))


def is_role_line(text: str, known: Lexicon) -> bool:
    """Tell whether a line says nothing but the role of somebody: ``Senior Economics Correspondent``.

    The place of it may stand behind a comma: ``Europe editor, London``.
    """
    text, _comma, place = text.partition(", ")
    words = tokens(text)
    if (
        not 0 < len(words) <= _ROLE
        or text.lower() in known.desks
        or len(place.split()) > _PLACE
        or place != place.strip()
    ):
        return False
    if place and not place[0].isupper():
        return False
    if text.lower() == text and words[0] in known.roles:
        return len(words) < _ROLE
    named = all(word[0].isupper() or word in known.common for word in text.split())
    return (named or _is_plain_role(text, words, known)) and words[-1] in known.roles and words[-1] not in known.desks


def _is_plain_role(text: str, words: Sequence[str], known: Lexicon) -> bool:
    """Tell whether a role is written as in a sentence: ``Transport correspondent``."""
    return text[0].isupper() and len(words) < _ROLE and known.common.isdisjoint(words)


def _is_solid_name(text: str, known: Lexicon) -> bool:
    """Tell whether a line is as long as a name in Chinese, Japanese or Korean, and no section, place or outlet."""
    if not _HAN.fullmatch(text) or _HAN_HOUSE.search(text):
        return False
    return text not in known.sections and text not in known.cities and not stands_beside(text)


def _is_caseless_name(text: str, known: Lexicon) -> bool:
    """Tell whether a line in a script without capitals is a name, with no word that every text has."""
    words = text.lower().split()
    caseless = text.upper() == text.lower() and not any(map(str.isdigit, text))
    named = len(words) in _WORDS and known.common.isdisjoint(words) and text.lower() not in known.sections
    return caseless and named and is_person(text)
