"""Whom an article is by: what its page states, what its elements are marked with, and the line that names them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from app.cleaning.bare_names import bare_name, is_no_word, is_role_line, name_beside_ago
from app.cleaning.bars import line_of
from app.cleaning.date_lines import beside_dates, is_date_line
from app.cleaning.furniture import Verdict
from app.cleaning.metadata import normal
from app.cleaning.phrases import Lexicon, tokens
from app.cleaning.signatures import author, is_bare_name, read_signature, without_by
from app.cleaning.statements import Statements
from app.text.html_reader import Part
from app.text.names import is_person

_HEAD: Final = 12
_LONGEST: Final = 14  # words
_BEHIND: Final = 4
_ABOVE: Final = 3
_HANDLE: Final = re.compile(r"[a-z0-9_.-]+")
_BETWEEN: Final = " ,;:|·•–—-()"
_PARTED: Final = re.compile(r",\s|\s[|·•–—-]+\s|[;()]")
_SEVERAL: Final = re.compile("[,/&]")
_ROLE: Final = 4  # words
_LABEL: Final = 3  # characters
_PICTURES: Final = frozenset(("image", "rule"))


@dataclass(frozen=True, slots=True)
class Byline:
    """Whom an article is by, in what role, and the number of the block that says so."""

    name: str | None = None
    role: str = ""
    number: int | None = None


def find_byline(
    parts: Sequence[Part], verdicts: Sequence[Verdict], settled: set[int], start: int, said: Statements, known: Lexicon
) -> Byline:
    """Return the byline of the article that begins with block ``start``; ``settled`` are the blocks of the title.

    People come before organisations, and what is stated before what is shown. The outlet's own name is a byline only
    where a line shows it as one.
    """
    stated = _stated(said, known)
    people = [name for name in stated if is_person(name)]
    shown = _shown(parts, verdicts, settled, start, known)
    if people and (not shown.name or normal(people[0]) not in normal(shown.name)):
        shown = Byline()
    places = shown.name.split(", ")[1:] if shown.name else []
    if people and (len(people) > 1 or not shown.name or (places and not any(map(is_person, places)))):
        return Byline(", ".join(people), shown.role, shown.number)
    if shown.name and (people or is_person(shown.name)):
        return shown
    if named := [name for name in stated if not _HANDLE.fullmatch(name)]:
        return Byline(", ".join(named))
    outlets = [name for outlet in said.outlets if (name := _squeezed(outlet))]
    if signed := [name for name in said.signed() if not _squeezed(name).startswith(tuple(outlets))]:
        return Byline(", ".join(signed))
    if shown.name:
        return shown
    if not stated and (bare := _bare(parts, verdicts, settled, start, known)).name:
        return bare
    return Byline(", ".join(stated) or next(iter([*said.authors, *said.signed()]), None))


def is_signature(text: str, name: str, known: Lexicon) -> bool:
    """Tell whether a line says a known name and nothing beside it, or only a role or a day."""
    before, found, behind = text.partition(name)
    if not found or before.strip(_BETWEEN):
        return False
    if is_date_line(behind.strip(_BETWEEN), known):
        return True
    others = [part for part in _PARTED.split(behind) if part.strip(_BETWEEN)]
    return all(_is_role(part, known) or is_date_line(part.strip(_BETWEEN), known) for part in others)


def _is_role(text: str, known: Lexicon) -> bool:
    words = [word.rstrip("s") for word in normal(text).split()]
    return 0 < len(words) <= _ROLE and (words[-1] in known.roles or words[-1] in known.ranks)


def _stated(said: Statements, known: Lexicon) -> list[str]:
    """Return the stated names without roles, without the outlet's, and each person once."""
    outlets = _outlets(said)
    found = []
    for name in said.authors:
        if _squeezed(name) in outlets:
            continue
        plain = author(without_by(name, known), known)[0]
        kept = [part for part in re.split(r",\s+", plain) if not _is_nobody(part, outlets, said, known)]
        if kept:
            found.append(", ".join(kept))
    if any(is_person(name) for name in found):
        found = [name for name in found if not _HANDLE.fullmatch(name)]
    if any(map(_HANDLE.fullmatch, found)):
        shown = set(map(normal, said.signed()))
        found = [name for name in found if not _HANDLE.fullmatch(name) or normal(name) in shown]
    return _once(found)


def _outlets(said: Statements) -> set[str]:
    """Return the outlet's names and those in the page's address, without spaces."""
    host = (said.address or "").split("/")[2:3]
    labels = (label for name in host for label in name.split(".") if len(label) > _LABEL)
    return {*map(_squeezed, said.outlets), *(_squeezed(name).removeprefix("www") for name in host), *labels}


def _is_nobody(name: str, outlets: Collection[str], said: Statements, known: Lexicon) -> bool:
    """Tell whether a name is the outlet's, the end of it, or only a role."""
    plain = normal(name)
    if _squeezed(name) in outlets or (" " in plain and any(normal(outlet).endswith(plain) for outlet in said.outlets)):
        return True
    words = [word.rstrip("s") for word in plain.split()]
    return all(word in known.roles or word in known.ranks for word in words)


def _once(names: Sequence[str]) -> list[str]:
    """Return names without those that hold another one, earlier or later."""
    plain = [f" {normal(name)} " for name in names]
    return [
        name
        for number, name in enumerate(names)
        if not any(
            other in plain[number] and (other != plain[number] or k < number)
            for k, other in enumerate(plain)
            if k != number
        )
    ]


def _squeezed(name: str) -> str:
    return normal(name).replace(" ", "").removesuffix("com")


def _shown(parts: Sequence[Part], verdicts: Sequence[Verdict], settled: set[int], start: int, known: Lexicon) -> Byline:
    """Return what a line near the beginning of the article says behind a "by"."""
    for number in range(max(0, start - _HEAD), min(len(parts), start + _BEHIND)):
        part = verdicts[number].feature
        if number in settled or (part.full and part.count > 6):
            continue
        text = line_of(parts[number])
        words = tokens(text)
        if len(words) > 2 * _LONGEST:
            continue
        found = read_signature(text, words[:_LONGEST], known)
        if found and found.name:
            return Byline(found.name, found.role, number)
        if found and number + 1 < len(parts):
            behind = (part for part in parts[number + 1 :] if part.piece.text and part.piece.kind != "image")
            following = line_of(next(behind, parts[number + 1])).split(" | ")[0]
            if is_person(following):
                return Byline(following, "", number)
    return Byline()


def _bare(parts: Sequence[Part], verdicts: Sequence[Verdict], settled: set[int], start: int, known: Lexicon) -> Byline:
    """Return the person named without a "by" between title and article, on the line of a date or right beside it."""
    title = min(settled, default=start)
    near = range(max(0, title - _ABOVE), min(len(parts), title + _HEAD, max(start, title) + _BEHIND))
    short = (n for n in near if n != title and not verdicts[n].feature.full and verdicts[n].feature.count <= _LONGEST)
    lines = {number: line_of(parts[number]) for number in short}
    told = [verdict.feature.line.text for verdict in verdicts if verdict.feature.full]
    dated = {number for number, text in lines.items() if is_date_line(text, known, named=True)}
    for number, text in lines.items():
        beside = beside_dates(text, known) if number in dated else ()
        alone = number > title and number not in dated | settled and not verdicts[number].feature.furniture
        if len(beside) == 1 and is_bare_name(beside[0], known):
            name: str | None = beside[0]
        elif alone and is_role_line(lines.get(_next(parts, number, 1), ""), known):
            name = text if is_bare_name(text, known) else None
        else:
            by_date = not dated.isdisjoint(_next(parts, number, step) for step in (-1, 1))
            name = bare_name(text, known) if alone and by_date else None
            ago = name_beside_ago(text, known) if number > title else None
            name = name or (ago.name if ago else None)
        if name and not _SEVERAL.search(name) and is_no_word(name, told):
            return Byline(name, "", number)
    return Byline()


def _next(parts: Sequence[Part], number: int, step: int) -> int:
    """Return the number of the block before or behind one that is no picture."""
    number += step
    while 0 < number < len(parts) and parts[number].piece.kind in _PICTURES:
        number += step
    return number
