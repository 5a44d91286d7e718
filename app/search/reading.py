"""From what was typed to a plan: which fields, words, themes, days and collections are meant. No query is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from app.loading import load
from app.search import dates, language, liking, preparing, schema
from app.search.designations import Designations
from app.search.entries import Names
from app.search.plan import (
    Being,
    Condition,
    Days,
    Everything,
    Member,
    Nothing,
    Plan,
    Slot,
    SlotKind,
    Text,
    Themed,
    both,
    either,
    weighed,
    without,
)
from app.search.tree import DATE_FIELDS, MOST_CHARACTERS, Group, Parsed, Word
from app.wording import Message

MOST_WORDS: Final = 32
"""How many words of a query count: enough for a pasted sentence, few enough to be answered at once."""

MOST_PATTERNS: Final = 4
MOST_WIDE: Final = 2
"""How many prefixes, wildcards and fuzzy words a query may have, and how many of them may be wide: fuzzy, or begin
with a star or question mark, so that every word must be looked at. The next are read as plain words."""

TEXT_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "title",
        "by": "byline",
        "outlet": "outlet",
        "section": "section",
        "note": "note",
        "quote": "quote",
        "leftout": "left_out",
        "text": "text",
    }
)
"""What the text fields are called in the query language, and in the schema."""

CONDITIONS: Final[tuple[Condition, ...]] = (
    "unread", "reading", "read", "archived", "annotated", "undated", "orphaned",
)  # fmt: skip
POSSESSIONS: Final[Mapping[str, Condition]] = MappingProxyType(
    {"note": "note", "notes": "note", "highlight": "highlight", "highlights": "highlight"}
)
CODE: Final = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
"""A language as it is written after ``lang:``."""

FIELDS: Final = (*TEXT_LABELS, "theme", "lang", "in", "like", "is", "has", *DATE_FIELDS)
"""The fields of the query language; the names of attributes come on top."""

ID: Final = re.compile("[0-9a-f]{32}")
"""How a kept query names a theme, a collection or an attribute, so that it means the same under any name."""

_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))
_FUZZY: Final = re.compile(r"(.*[^\s~])~([0-9])?", re.DOTALL)
_TOO_FUZZY: Final = re.compile(r"~[3-9]")
_FARTHEST: Final = 2
_LEAST_BOOST: Final = 0.1
_MOST_BOOST: Final = 10.0

_UNKNOWN_FIELD: Final = "There is no field {field}, so its words are looked for."
_UNKNOWN_VALUE: Final = "{value} means nothing after {field}:, so the words are looked for."
_TOO_MANY_WORDS: Final = "Only the first {words} words count."
_TOO_MANY_PATTERNS: Final = "There are too many words with * ? or ~ in it: only the first are read as such."
_TOO_FAR: Final = "A word may differ by {letters} letters at most."
_TOO_HEAVY: Final = "A part can count from {least} to {most} times as much as the others."
_WAITS: Final = "{field}: waits for a value, so it narrows nothing yet."
_WAITS_FOR_MORE: Final = "{value} is no value of {field}: yet, so it narrows nothing yet."


@cache
def _pieces(plain: bool) -> re.Pattern[str]:
    """Return the pattern of a stretch of letters, stars and question marks; ``plain`` ASCII needs no table of marks."""
    if plain:
        return re.compile(r"[A-Za-z0-9*?]+")
    return re.compile(rf"(?:[^\W_]|[{language.marks()}*?])+")


@dataclass(slots=True)
class Reading:
    """A query as it was understood: the plan, and a sentence about each thing that was unclear."""

    plan: Plan
    notes: list[Message] = field(default_factory=list)


class Reader:
    """Reads one query for one view."""

    def __init__(self, names: Names, passages: bool) -> None:
        """Read with these names, for articles or for passages."""
        self.names = names
        self.passages = passages
        self.themes = Designations(names.themes)
        self.words = 0
        self.patterns = 0
        self.wide = 0
        self.counted: set[object] = set()
        self.known: dict[Word, Plan | None] = {}
        self.attributes: dict[str, int] = {}
        self.reading = Reading(Everything())

    def read(self, query: str, typing: bool = False) -> Reading:
        """Return what ``query`` means, or (``typing``) what it means so far."""
        parsed = self._parsed(query, typing) if query.strip() else Parsed(Group("and", ()))
        self.reading.notes += parsed.notes
        plan = self._tree(parsed.tree)
        self.reading.plan = Everything() if plan is None else plan
        return self.reading

    def _parsed(self, query: str, typing: bool) -> Parsed:
        known = preparing.Dates(lambda text: dates.day_range(text, self.names.today) is not None, dates.may_begin)
        parsed: Parsed = load("app.search.grammar").parse(query, known, typing)
        return parsed

    def _note(self, sentence: str, **values: str | float) -> None:
        """Keep a sentence for the person, each but once; of two of a kind the first names its values."""
        if all(note.template != sentence for note in self.reading.notes):
            self.reading.notes.append(Message(sentence, values))

    def _tree(self, node: Word | Group) -> Plan | None:
        """Return the plan of a part, ``None`` when it says nothing (only punctuation, say)."""
        if isinstance(node, Word):
            if node not in self.known:
                self.known[node] = self._weighed(self._word(node), node.boost)
            return self.known[node]
        parts = [plan for part in node.parts if (plan := self._tree(part)) is not None]
        if not parts:
            return None
        if node.kind == "not":
            return without(parts[0])
        return self._weighed(either(parts) if node.kind == "or" else both(parts), node.boost)

    def _weighed(self, plan: Plan | None, boost: float) -> Plan | None:
        """Return a plan that counts as much as was asked for, within reason."""
        if plan is None or boost == 1.0:
            return plan
        kept = min(max(boost, _LEAST_BOOST), _MOST_BOOST)
        if kept != boost:
            self._note(_TOO_HEAVY, least=_LEAST_BOOST, most=int(_MOST_BOOST))
        return weighed(plan, kept)

    def _word(self, word: Word) -> Plan | None:
        """Return the plan of a word or phrase with its field."""
        if not word.field:
            if not word.quoted and (word.text in _OPERATORS or self._half_typed(word.text)):
                return None
            return self._text("", "", word)
        name = word.field.strip('"').strip()
        key = name.casefold()
        if key in TEXT_LABELS:
            return self._text(TEXT_LABELS[key], key, word)
        attribute = self._attribute(name)
        if attribute is None and ID.fullmatch(key):
            return Nothing(f"{key}:", gone=True)
        if key not in FIELDS and attribute is None:
            self._note(_UNKNOWN_FIELD, field=name)
            return self._as_words(name, word)
        if attribute is not None:
            label = self.names.attributes[attribute] if ID.fullmatch(key) else name
            found = self._text(f"{schema.ATTRIBUTE}{attribute}", label, word)
        elif self._count():
            found = self._meant(key, word)
        else:
            return None
        if found is None and word.growing:
            self._note(_WAITS_FOR_MORE, field=name, value=word.text)
            return None
        if found is None and language.tokens(word.text):
            self._note(_UNKNOWN_VALUE, field=name, value=word.text)
            return self._as_words(name, word)
        return found

    def _half_typed(self, text: str) -> bool:
        """Return whether a word is a field that waits for its value: it narrows nothing yet."""
        name = text[:-1]
        waits = text.endswith(":") and (name.casefold() in FIELDS or self._attribute(name) is not None)
        if waits:
            self._note(_WAITS, field=name)
        return waits

    def _as_words(self, name: str, word: Word) -> Plan | None:
        """Read a field that means nothing, and its value, as plain words."""
        parts = (Word("", name), replace(word, field="", boost=1.0))
        return self._tree(Group("and", parts))

    def _attribute(self, name: str) -> int | None:
        """Return the key of the attribute of this name, whatever its case, spaces and hyphens."""
        wanted = "".join(language.words(name))
        if not wanted:
            return None
        if not self.attributes:
            for key, own in self.names.attributes.items():
                self.attributes.setdefault("".join(language.words(own)), key)
            self.attributes |= self.names.attribute_ids
        return self.attributes.get(wanted)

    def _meant(self, key: str, word: Word) -> Plan | None:
        """Return the plan of a field whose values are not words, ``None`` when it has no such value."""
        value = word.text
        if key == "theme":
            return self._theme(value, word.growing)
        if key == "in":
            return self._collection(value, word.growing)
        if key == "like":
            return self._like(value, word.growing)
        if key == "lang":
            return self._language(value)
        if key == "is":
            named = value.strip().casefold()
            return next((Being(condition) for condition in CONDITIONS if condition == named), None)
        if key == "has":
            possession = POSSESSIONS.get(value.strip().casefold())
            return Being(possession) if possession else None
        found = dates.limit(key, value, self.names.today)
        return Days(*found, label=f"{key}:{value}") if found else None

    def _language(self, value: str) -> Plan | None:
        code = value.strip().casefold().replace("_", "-")
        return Being("language", code) if CODE.fullmatch(code) else None

    def _collection(self, value: str, growing: bool) -> Plan | None:
        if not value.strip():
            return None
        found = self.names.members(value.strip())
        if found is not None:
            return Member(*found, label=self.names.collections.get(value.strip().casefold(), value.strip()))
        return None if growing else Nothing(f"in:{value}", ID.fullmatch(value.strip().casefold()) is not None)

    def _like(self, value: str, growing: bool) -> Plan | None:
        """Return what has much in common with the article or highlight of an id."""
        if not value.strip():
            return None
        found = self.names.alike(value.strip(), self.passages)
        if found is not None:
            return liking.plan(found, self.passages)
        return None if growing else Nothing(f"like:{value}")

    def _theme(self, value: str, growing: bool) -> Plan | None:
        """Return the themes of a name, a path ``A > B`` or a pattern, each with all below it."""
        if ID.fullmatch(value.strip().casefold()):
            return self._known_theme(value.strip().casefold())
        typed = tuple(part.strip().casefold() for part in value.split(">"))
        if typed == ("*",):
            return Themed(frozenset(self.names.themes), value)
        if not any(typed):
            return None
        path = [
            kept for part in typed if (slots := slots_of(part, plain="exact")) if (kept := self._few_patterns(slots))
        ]
        if growing and path and path[-1][-1].kind == "exact":
            path[-1] = (*path[-1][:-1], Slot("prefix", path[-1][-1].text))
            found = self.themes.called(typed) + self.themes.like(path)
            return Themed(self.themes.below(found), f"{value}…") if found else None
        found = self.themes.called(typed) or self.themes.like(path)
        return Themed(self.themes.below(found), value) if found else Nothing(f"theme:{value}")

    def _known_theme(self, given: str) -> Plan:
        """Return the theme of an id with all below it."""
        path = self.names.themes.get(self.names.theme_ids.get(given, -1))
        if path is None:
            return Nothing(f"theme:{given}", gone=True)
        return Themed(self.themes.below([path]), " > ".join(path))

    def _text(self, name: str, label: str, word: Word) -> Plan | None:
        """Return the plan of words in a text field."""
        typed = slots_of(word.text, "exact" if word.quoted else "word")
        slots = self._counted(name, typed)
        if not slots:
            if set(word.text) == {"*"}:
                slots = (Slot("prefix", ""),)
                return Text(name, slots, label=label) if name else Everything()
            return None
        joined = "".join(slot.text for slot in slots) if name == "outlet" else ""
        if any(slot.kind == "fuzzy" for slot in slots) and _TOO_FUZZY.search(word.text):
            self._note(_TOO_FAR, letters=_FARTHEST)
        growing = word.growing and len(slots) == len(typed) and slots[-1].kind in ("word", "exact")
        text = Text(name, slots, word.slop, label, joined, growing)
        if name or not self.passages:
            return text
        named = self.themes.with_words(slots) + (self.themes.with_words(text.begun().slots) if growing else [])
        return either([text, Themed(self.themes.below(named), word.text)]) if named else text

    def _counted(self, field: str, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """Keep a query within its number of words and of patterns; what is said twice counts once."""
        if (field, slots) in self.counted:
            return slots
        kept: list[Slot] = []
        for slot in self._few_patterns(slots):
            if (field, (slot,)) in self.counted and len(slots) == 1:
                return (slot,)
            if not self._count():
                break
            kept.append(slot)
        if len(kept) == len(slots):
            self.counted.add((field, tuple(kept)))
        return tuple(kept)

    def _count(self) -> bool:
        """Count a word; returns whether there is room for it."""
        if self.words == MOST_WORDS:
            self._note(_TOO_MANY_WORDS, words=MOST_WORDS)
            return False
        self.words += 1
        return True

    def _few_patterns(self, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """Return ``slots`` with plain words for the patterns that are too many."""
        kept = []
        for slot in slots:
            if slot.kind in {"prefix", "wildcard", "fuzzy"} and self.words < MOST_WORDS:
                wide = slot.kind == "fuzzy" or slot.text[:1] in {"*", "?"}
                if self.patterns == MOST_PATTERNS or (wide and self.wide == MOST_WIDE):
                    self._note(_TOO_MANY_PATTERNS)
                    slot = Slot("word", language.fold(slot.text.replace("*", "").replace("?", "")))
                else:
                    self.patterns += 1
                    self.wide += wide
            if slot.text:
                kept.append(slot)
        return tuple(kept)


def slots_of(text: str, plain: SlotKind = "word") -> tuple[Slot, ...]:
    """Return what is looked for where ``text`` was typed: words (as ``plain``), prefixes, wildcards, fuzzy words.

    A question mark that ends a word is punctuation; ``word~`` and ``word~2`` are fuzzy.
    """
    found: list[Slot] = []
    for chunk in text.split() if set(text) & {"*", "?", "~"} else [text]:
        fuzzy = _FUZZY.fullmatch(chunk)
        if fuzzy and len(words := language.words(fuzzy[1])) == 1:
            found.append(Slot("fuzzy", words[0], min(_FARTHEST, int(fuzzy[2] or 1))))
            continue
        pieces = _pieces(chunk.isascii()).findall(chunk) if _is_pattern(chunk) else [chunk]
        for piece in pieces:
            if _is_pattern(piece):
                found += _pattern(piece, plain)
            else:
                found += [Slot(plain, word) for word in language.words(piece)]
    return tuple(found)


def _is_pattern(piece: str) -> bool:
    """Return whether stars or question marks in a stretch of letters stand for letters."""
    return "*" in piece or "?" in piece.rstrip("?")


def _pattern(piece: str, plain: SlotKind) -> list[Slot]:
    """Return the slots of one word with stars or question marks in it."""
    literal = language.words(re.sub("[*?]", "", piece))
    if len(literal) != 1:
        # nothing but stars; or a script that gives a word a character, which leaves nothing for a star to stand for
        return [Slot(plain, word) for word in literal]
    parts = re.split("([*?])", re.sub(r"\*+", "*", piece))
    folded = "".join(part if part in {"", "*", "?"} else language.fold(part) for part in parts)[: language.LONGEST]
    if folded.endswith("*") and not set(folded[:-1]) & {"*", "?"}:
        return [Slot("prefix", folded[:-1])]
    return [Slot("wildcard", folded)]


def read(query: str, names: Names, passages: bool = False, typing: bool = False) -> Reading:
    """Return what ``query`` means; of a very long one only the beginning is read.

    With ``typing`` the word at its end may be the beginning of another, and a value there may not be complete yet.
    """
    return Reader(names, passages).read(query[: MOST_CHARACTERS + 1], typing)
