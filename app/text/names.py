"""Names of people as bylines write them: which words are a person's, and which part of them is the family's.

Nothing is guessed: a byline that is not understood to its end is one name, written as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.text.folding import folded

NO_NAME: Final = re.compile(
    r"https?://|www\.|@|\.com\b|\d{2}|[:*#<>{}]|^(?:admin|administrator|webmaster|author|authors|undefined|null|none|name"
    r"|unknown|anonymous|editor|user|guest|staff|written|[a-z]+\d[a-z\d]*)$|\bmin(?:ute)?s?\b|\bago\b|\bfollow\b"
    r"|\blog\s?in\b|\bsign\s?(?:in|up)\b"
    r"|^(?:view|read|see|more|all|about|share|published|updated|posted|contact)\b",
    re.IGNORECASE,
)
"""What stands in no name of a person."""

PARTICLES: Final = frozenset(
    ("de", "da", "di", "do", "du", "del", "della", "der", "den", "des", "dos", "la", "le", "van", "von", "vom", "zu",
     "zur", "bin", "ibn", "al", "el", "y", "e", "ten", "ter", "af", "av")
)  # fmt: skip
"""What stands in small letters inside names."""

_JOINING: Final = frozenset(("y", "e"))
# What is a role and nothing else: words that are surnames as well are left out.
_ROLES: Final = frozenset(
    ("editor", "editors", "editor-in-chief", "reporter", "reporters", "correspondent", "correspondents", "writer",
     "writers", "columnist", "journalist", "journalists", "author", "authors", "analyst", "producer",
     "photographer", "contributor", "contributors", "critic", "researcher", "fellow", "director", "manager",
     "founder", "professor", "intern", "blogger", "freelancer", "newsroom", "administrator", "senior", "chief",
     "managing", "deputy", "contributing", "associate", "executive", "assistant", "special", "guest", "general",
     "lead", "political", "politics", "foreign", "diplomatic", "investigative", "national", "international",
     "legal", "military", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "rédacteur",
     "rédactrice", "journaliste", "redactor", "redactora", "periodista", "corresponsal", "redattore",
     "giornalista")
)  # fmt: skip
# The last word of what is a house and no person.
_HOUSES: Final = frozenset(
    ("staff", "desk", "newsroom", "team", "bureau", "editors", "agency", "agencies", "agence", "agencia",
     "agenzia", "agentur", "news", "press", "media", "network", "wire", "wires", "service", "services", "times",
     "post", "tribune", "herald", "gazette", "journal", "magazine", "online", "radio", "television", "tv", "group",
     "institute", "institut", "foundation", "university", "committee", "council", "association", "company",
     "ministry", "department", "office", "syndication", "editorial", "redaktion", "rédaction", "redacción",
     "redazione")
)  # fmt: skip
_AGENCIES: Final = frozenset(
    ("reuters", "ap", "afp", "dpa", "upi", "efe", "ansa", "tass", "xinhua", "bloomberg", "interfax", "anadolu",
     "kyodo", "cnn", "bbc", "npr", "pa", "apa", "ukrinform", "yonhap")
)  # fmt: skip
_BY: Final = re.compile(r"^by[:\s]+(?=\S)", re.IGNORECASE)
_SUFFIX: Final = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV)(?=$|,|;|\s)")
_BETWEEN: Final = re.compile(r",?\s+(?:and|und|et)\s+|\s*[&;|]\s*|,\s+")
_BETWEEN_TWO: Final = re.compile(r"(?<=\S)\s+[ye]\s+(?=\S+\s+\S)")
_PLACE: Final = re.compile(r"\s+(?:in|at|of|for)\s+(?=[^\W\d_])|\s+[–—·]\s+|\s+-\s+|\s+\(")
_LETTERS: Final = re.compile(r"[A-Za-z\u00c0-\u052f]")
_LONGEST: Final = 60
_MOST_WORDS: Final = 5
_INITIALS: Final = 2  # capitals without dots that may be a given name: JD, AJ


@dataclass(frozen=True, slots=True)
class Name:
    """A person by ``family`` and ``given`` name, or an organisation, which has its whole name as ``family``."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def is_person(self) -> bool:
        """Tell people, whose given name is known, from all else."""
        return bool(self.given)

    @property
    def spoken(self) -> str:
        """Return the name as it is spoken: ``Ada van der Marsh Jr.``."""
        return " ".join(filter(None, (self.given, self.family, self.suffix)))

    @property
    def turned(self) -> str:
        """Return the name as it is sorted: ``van der Marsh, Ada, Jr.``."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix)))


def is_person(name: str) -> bool:
    """Tell whether a text looks like a person's full name."""
    words = name.replace(".", ". ").split()
    if not words or len(name) > _LONGEST or NO_NAME.search(name):
        return False
    if not _LETTERS.search(name):
        letters = (letter.isalpha() or unicodedata.category(letter)[0] == "M" for word in words for letter in word)
        return all(letters) and len(words) <= _MOST_WORDS
    capitals = [word for word in words if word[0].isupper()]
    others = [word for word in words if not word[0].isupper()]
    return 2 <= len(words) <= _MOST_WORDS and len(capitals) > 1 and PARTICLES.issuperset(others)


def as_spoken(names: str) -> str:
    """Return the names of a bibliography, ``Marsh, Ada;Lowe, Ben``, as a byline: ``Ada Marsh, Ben Lowe``."""
    return ", ".join(filter(None, map(_turned_round, names.split(";"))))


def _turned_round(name: str) -> str:
    """Return one name as it is spoken, ``King, Martin, Jr.`` too; one with more commas stays as it is."""
    parts = [part.strip() for part in name.split(",")]
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(f" {part}")]
    last, *first = [part for part in parts if part not in suffixes]
    if len(first) > 1 or len(suffixes) > 1 or not all((last, *first)):
        return name.strip()
    return " ".join((*first, last, *suffixes))


@lru_cache(256)
def people(byline: str | None, outlet: str | None = None) -> tuple[Name, ...]:
    """Return whom a byline names, in its order: people, and agencies beside them; none for an empty one.

    A byline that is the ``outlet``'s own name, or of which some part is neither a person, an agency, a role nor a
    place, is one organisation. Names in scripts in which the order of their parts cannot be told are kept whole.
    """
    text = _BY.sub("", " ".join((byline or "").split())).strip(" ,;|")
    if not text:
        return ()
    if folded(text) == folded(outlet or ""):
        return (Name(text),)
    parts = _parts(text)
    found = [] if parts is None else list(dict.fromkeys(_named(parts)))
    return tuple(found) if any(name.is_person for name in found) else (Name(text),)


def are_others(byline: str, other: str) -> bool:
    """Tell whether two bylines name other people; what names a house or a role, and no person, tells nothing."""
    one, two = _telling(byline), _telling(other)
    return bool(one and two) and not any(_may_be(name, namesake) for name in one for namesake in two)


def _telling(byline: str) -> list[Name]:
    """Return the people in a byline, those too whose names cannot be taken apart."""
    return [name for name in people(byline) if name.is_person or not _LETTERS.search(name.family)]


def _may_be(name: Name, other: Name) -> bool:
    """Tell whether two names may be one person's, of whom one tells only an initial."""
    given, theirs = (folded(one.given).replace(".", " ").split()[:1] for one in (name, other))
    if folded(name.family) != folded(other.family) or not (given and theirs):
        return folded(name.spoken) == folded(other.spoken)
    short, long = sorted((given[0], theirs[0]), key=len)
    return long.startswith(short) if len(short) == 1 else short == long


def _parts(text: str) -> list[str] | None:
    """Return the names in a byline; ``None`` where not every part of it is understood."""
    parts = [
        part.strip()
        for piece in _BETWEEN.split(_SUFFIX.sub(r" \1", text))
        for part in (_BETWEEN_TWO.split(piece) if len(piece.split()) > _MOST_WORDS - 1 else [piece])
    ]
    kept = [part for part in parts if part and not _is_role(part)]
    return kept if all(_person(part) or is_house(part) for part in kept) else None


def _named(parts: Sequence[str]) -> Iterator[Name]:
    for part in parts:
        yield _person(part) or Name(part)


def _person(part: str) -> Name | None:
    """Return a person whose given and family names can be told apart, without the place they write from."""
    whole = _PLACE.split(part, maxsplit=1)[0].strip(" ,;")
    suffix = ""
    if match := _SUFFIX.search(whole):
        whole, suffix = whole[: match.start()], match[1]
    words = whole.split()
    if not is_person(whole) or not _LETTERS.search(whole) or any(map(_is_no_name, words)) or is_house(whole):
        return None
    if not whole.isupper() and any(_is_acronym(word) for word in words):
        return None
    first = len(words) - 1
    while first > 1 and _is_particle(words[first - 1]):
        first -= 1
    if words[first] in _JOINING and first > 1:
        first -= 1
    if all(map(_is_particle, words[:first])):
        return None
    return Name(" ".join(words[first:]), " ".join(words[:first]), suffix)


def _is_particle(word: str) -> bool:
    """Tell particles, written with a capital or not; a capital alone is an initial."""
    return word in PARTICLES or (len(word) > 1 and word.istitle() and word.lower() in PARTICLES)


def _is_no_name(word: str) -> bool:
    plain = word.casefold().strip(".,")
    return plain in _ROLES or plain in _AGENCIES or plain == "the"


def _is_acronym(word: str) -> bool:
    return len(word) > _INITIALS and word.isupper() and word.isalpha()


def _is_role(part: str) -> bool:
    words = part.casefold().split()
    return bool(words) and words[-1] in _ROLES and len(words) <= _MOST_WORDS and not _person(part)


def is_house(part: str) -> bool:
    """Tell whether a name is that of an agency, an outlet or a desk, by its first or last word."""
    words = part.casefold().split()
    return bool(words) and (words[-1] in _HOUSES or words[0] in _AGENCIES)
