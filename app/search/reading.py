"""From what was typed to a plan: which fields, words, themes, days and collections are meant. No query is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from app.loading import load
from app.model import AttributeKind
from app.search import (
    choices,
    comparing,
    dates,
    language,
    liking,
    numbers,
    preparing,
    schema,
    spellings,
    symbols,
    tongues,
)
from app.search.allowances import Allowance
from app.search.designations import Designations, collection, parted
from app.search.entries import Names
from app.search.fields import CONDITIONS, MEANT, POSSESSIONS, TEXT_LABELS, Attributes, bare, is_field
from app.search.plan import (
    Being,
    Everything,
    Member,
    Nothing,
    Plan,
    Slot,
    Text,
    Themed,
    both,
    either,
    weighed,
    without,
)
from app.search.slots import FARTHEST, slots_of
from app.search.straightening import naming
from app.search.tree import DATE_FIELDS, ID, Group, Parsed, Word, plainly, room
from app.wording import Message

_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}([./])\d{1,2}\1\d{4}")
_TOO_FUZZY: Final = re.compile(r"~[3-9]")
_NONE: Final[frozenset[int]] = frozenset()
_LEAST_BOOST: Final = 0.1
_MOST_BOOST: Final = 10.0

_UNKNOWN_FIELD: Final = "There is no field {field}, so its words are looked for."
_UNKNOWN_VALUE: Final = "{value} means nothing after {field}:, so the words are looked for."
_TOO_FAR: Final = "A word may differ by {letters} letters at most."
_TOO_HEAVY: Final = "A part can count from {least} to {most} times as much as the others."
_WAITS: Final = "{field}: waits for a value, so it narrows nothing yet."
_NO_NUMBER: Final = "{value} is no number, so it is looked for as a word."
_NO_DATE: Final = "{value} is no date, so it is looked for as a word."
_NO_SUCH_DATE: Final = "There is no such date as {value}, so the words are looked for."
_NO_ORDER: Final = "{sign} means nothing after {field}:, so it is not read."
_CIRCLE: Final = "The collection “{name}” is filled by way of itself; that part of it finds nothing."
_NAMED_LIKE: Final = "No theme is called “{name}”, so those are meant that have it in their names."
_BEGUN: Final = "{value} is no whole value of {field}:, so all are meant that begin like that."
_BESIDE: Final = "Symbols and emoji are not indexed, so they are passed over."
_ALONE: Final = "Symbols and emoji are not indexed, so look for words."
_WAITS_FOR_MORE: Final = "{value} is no value of {field}: yet, so it narrows nothing yet."


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
        self.allowance = Allowance(self._note)
        self.known: dict[Word, Plan | None] = {}
        self.attributes = Attributes(names.attributes, names.attribute_ids)
        self.reading = Reading(Everything())
        self.symbolic = False
        self.query = ""

    def read(self, query: str, typing: bool = False) -> Reading:
        """Return what ``query`` means, or (``typing``) what it means so far."""
        self.query = query
        parsed = self._parsed(query, typing) if query.strip() else Parsed(Group("and", ()))
        self.reading.notes += parsed.notes
        plan = self._tree(parsed.tree)
        if self.symbolic:
            plan = symbols.passed_over(plan) if plan is not None else None
            self._note(_ALONE if plan == symbols.UNINDEXED else _BESIDE)
        self.reading.plan = Everything() if plan is None else plan
        return self.reading

    def _parsed(self, query: str, typing: bool) -> Parsed:
        known = naming(self.attributes, self.themes, self.names.collections, self.names.stands)
        values = preparing.Values(self._is_value, self._begins_value, self._is_signed, known, self._is_day)
        parsed: Parsed = load("app.search.grammar").parse(query, values, typing)
        return parsed

    def _is_value(self, written: str, text: str) -> bool:
        """Return whether some words are one value of a field: a date, or a range of numbers."""
        kind = self._compared(written)
        if kind is AttributeKind.DATE:
            return dates.is_one(bare(written).casefold(), text, self.names.today)
        return kind is AttributeKind.NUMBER and numbers.bounds(text) is not None

    def _is_day(self, text: str) -> bool:
        """Return whether some words are a date that there is."""
        return dates.is_one("published", text, self.names.today) and not dates.is_impossible(text, self.names.today)

    def _begins_value(self, field: str, text: str) -> bool:
        written, compared, _ = field.partition(":")
        kind = self._compared(written)
        if kind is AttributeKind.DATE:
            return dates.may_begin(text)
        if kind is AttributeKind.NUMBER:
            return numbers.may_begin(text)
        return not compared and self.attributes.called(written) is None and choices.is_begun(written.casefold(), text)

    def _is_signed(self, written: str) -> bool:
        return self._compared(written) is AttributeKind.NUMBER

    def _compared(self, written: str) -> AttributeKind | None:
        """Return what the values of a field are when they can be compared."""
        attribute = self.attributes.called(written)
        if attribute is not None:
            return self.names.attribute_kinds.get(attribute)
        return AttributeKind.DATE if bare(written).casefold() in DATE_FIELDS else None

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
        if word.field.isdecimal() and word.text[:1].isdecimal():  # a time of day, or a proportion
            return self._text("", "", replace(word, field="", text=f"{word.field}:{word.text}"))
        written, _, sign = word.field.partition(":")
        sign, value = sign.strip(), word
        if not sign and not word.quoted and (match := comparing.SIGN.match(word.text)):
            sign, value = match[1], replace(word, text=word.text[match.end() :])
        attribute = self.attributes.called(written)
        if attribute is not None:
            return self._own(attribute, bare(written), sign, value)
        name, key = bare(written), bare(written).casefold()
        if ID.fullmatch(key):
            return Nothing(f"{key}:", gone=True)
        if not is_field(written):
            if not preparing.is_in_a_headline(self.query, written):
                self._note(_UNKNOWN_FIELD, field=name)
            return self._as_words(name, word)
        if key in TEXT_LABELS:
            return self._field_text(key, sign, value)
        if not self.allowance.count():
            return None
        if value.growing and key in DATE_FIELDS:
            value = replace(value, text=dates.without_the_half(value.text))
        found = self._meant(key, sign, value)
        if found is None and word.growing:
            self._note(_WAITS_FOR_MORE, field=name, value=value.text)
        elif found is None and (begun := choices.beginning(key, value.text)):
            self._note(_BEGUN, field=name, value=value.text)
            return either([one for chosen in begun if (one := self._meant(key, "", replace(value, text=chosen)))])
        elif found is None and language.tokens(value.text):
            gone = key in DATE_FIELDS and dates.is_impossible(value.text, self.names.today)
            self._note(_NO_SUCH_DATE if gone else _UNKNOWN_VALUE, field=name, value=value.text)
            return self._as_words(name, value)
        elif found is None and symbols.are_in(value.text):
            self.symbolic = True
            return symbols.UNINDEXED
        return found

    def _own(self, attribute: int, name: str, sign: str, word: Word) -> Plan | None:
        """Return the plan of a value of the reader's own attribute."""
        label = self.names.attributes[attribute] if ID.fullmatch(name.casefold()) else name
        kind = self.names.attribute_kinds.get(attribute)
        if sign == comparing.EQUAL:
            return self._whole(schema.attribute_codes(attribute)[1], label, word)
        if kind not in comparing.COMPARED:
            self._disregard(sign, label)
        elif not set(word.text) & {"*", "?", "~"} and word.text.strip():
            if not self.allowance.count():
                return None
            text = dates.without_the_half(word.text) if word.growing and kind is AttributeKind.DATE else word.text
            found = comparing.ranged(kind, attribute, sign, text, label, self.names.today)
            if found is not None:
                return found
            if word.growing:
                self._note(_WAITS_FOR_MORE, field=name, value=word.text)
                return None
            no_date = _NO_SUCH_DATE if dates.is_impossible(word.text, self.names.today) else _NO_DATE
            self._note(_NO_NUMBER if kind is AttributeKind.NUMBER else no_date, value=word.text)
        return self._text(f"{schema.ATTRIBUTE}{attribute}", label, word)

    def _field_text(self, key: str, sign: str, word: Word) -> Plan | None:
        """Return the plan of words in a text field, or of a whole outlet."""
        if sign == comparing.EQUAL and key == "outlet":
            return self._whole(schema.OUTLET, key, word)
        self._disregard(sign, key)
        return self._text(TEXT_LABELS[key], key, word)

    def _whole(self, code: str, label: str, word: Word) -> Plan | None:
        """Return what has just this value, letter by letter."""
        if not word.text.strip() or not self.allowance.count():
            return None
        return comparing.whole(code, word.text, label, word.growing)

    def _disregard(self, sign: str, name: str) -> None:
        """Say that a sign is not read."""
        if sign:
            self._note(_NO_ORDER, sign=sign, field=name)

    def _half_typed(self, text: str) -> bool:
        """Return whether a word is a field that waits for its value: it narrows nothing yet."""
        written, colon, rest = text.partition(":")
        is_known = is_field(written) or self.attributes.called(written) is not None
        waits = bool(colon) and comparing.SIGN.fullmatch(rest or "=") is not None and is_known
        if waits:
            self._note(_WAITS, field=bare(written))
        return waits

    def _as_words(self, name: str, word: Word) -> Plan | None:
        """Read a field that means nothing, and its value, as plain words."""
        parts = (Word("", name), replace(word, field="", boost=1.0))
        return self._tree(Group("and", parts))

    def _meant(self, key: str, sign: str, word: Word) -> Plan | None:
        """Return the plan of a field whose values are not words, ``None`` when it has no such value."""
        value, growing = word.text, word.growing
        if key in DATE_FIELDS and value.strip() == "*":
            return without(Being("undated"))
        if key in {"published", "on"}:
            return comparing.published(key, sign, value, self.names.today)
        if key == "theme" and sign.startswith(">"):
            return self._theme(sign + value, growing)
        if key == "lang" and sign == comparing.EQUAL:
            return comparing.whole(schema.LANGUAGE, value.lower(), key, growing) if value.strip() else None
        self._disregard(sign, key)
        if key == "theme":
            return self._theme(value, growing)
        if key == "in":
            return self._collection(value, growing)
        if key == "like":
            return self._like(value, growing)
        if key == "lang":
            code = tongues.code(value)
            return Being("language", code) if code else None
        if key == "is":
            named = MEANT.get(value.strip().casefold(), value.strip().casefold())
            return next((Being(condition) for condition in (*CONDITIONS, "highlight") if condition == named), None)
        if key == "has":
            return self._possession(value.strip().casefold())
        return comparing.published(key, "", value, self.names.today)

    def _possession(self, value: str) -> Plan | None:
        if value in choices.THEMED:
            return self._theme("*", growing=False)
        if value == choices.DATED:
            return without(Being("undated"))
        possession = POSSESSIONS.get(value)
        return Being(possession) if possession else None

    def _collection(self, value: str, growing: bool) -> Plan | None:
        if not value.strip():
            return None
        given = self._collection_id(value) or value.strip()
        found = self.names.members(given)
        if found is None and (only := collection(self.names.collections, value)):
            given, found = only, self.names.members(only)
        if found is None:
            return None if growing else Nothing(f"in:{value}", ID.fullmatch(value.strip().casefold()) is not None)
        label = self.names.collections.get(given.casefold(), value.strip())
        if found.circular:
            self._note(_CIRCLE, name=found.circular)
        if found.filled:
            return Member(*((_NONE, found.passages) if self.passages else (found.articles, _NONE)), label)
        return Member(found.articles, found.passages, label)

    def _collection_id(self, value: str) -> str | None:
        """Return the id of the collection of a name."""
        wanted = plainly(value)
        return next((given for given, name in self.names.collections.items() if plainly(name) == wanted), None)

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
        typed, label = parted(value), value.lstrip("> ")
        if typed == ("*",):
            return Themed(frozenset(self.names.themes), label)
        if not any(typed):
            return None
        path = [
            kept
            for part in typed
            if (slots := slots_of(part, plain="exact"))
            if (kept := self.allowance.few_patterns(slots))
        ]
        rooted = not typed[0]
        if growing and path and path[-1][-1].kind == "exact":
            path[-1] = (*path[-1][:-1], Slot("prefix", path[-1][-1].text))
            found = self.themes.called(typed) + self.themes.like(path, rooted)
            return Themed(self.themes.below(found), f"{label}…") if found else None
        found = self.themes.called(typed) or self.themes.like(path, rooted)
        if not found and (found := self.themes.naming(value)):
            self._note(_NAMED_LIKE, name=label)
        return Themed(self.themes.below(found), label) if found else Nothing(f"theme:{label}")

    def _known_theme(self, given: str) -> Plan:
        """Return the theme of an id with all below it."""
        path = self.names.themes.get(self.names.theme_ids.get(given, -1))
        if path is None:
            return Nothing(f"theme:{given}", gone=True)
        return Themed(self.themes.below([path]), " > ".join(path))

    def _text(self, name: str, label: str, word: Word) -> Plan | None:
        """Return the plan of words in a text field, in each of their spellings."""
        page = "" if name else spellings.page(word.text)
        if page:
            whole = replace(word, text=page, quoted=True, growing=False)
            found = [self._spelt("", "", whole), self._spelt(TEXT_LABELS["address"], "address", whole)]
        else:
            others = () if word.quoted else spellings.others(word.text)
            found = [self._spelt(name, label, replace(word, text=text)) for text in (word.text, *others)]
        if not name and not word.quoted and _DAY.fullmatch(word.text):
            found.append(comparing.published("on", "", word.text, self.names.today))
        parts = [one for one in found if one is not None]
        if symbols.are_in(word.text):
            self.symbolic = True
            if not parts and not language.tokens(word.text):
                return symbols.UNINDEXED
        return either(parts) if len(parts) > 1 else parts[0] if parts else None

    def _spelt(self, name: str, label: str, word: Word) -> Plan | None:
        """Return the plan of words as they are written."""
        typed = slots_of(word.text, "exact" if word.quoted else "word")
        slots = self.allowance.of(name, typed)
        if not slots:
            if set(word.text) == {"*"}:
                slots = (Slot("prefix", ""),)
                return Text(name, slots, label=label) if name else Everything()
            return None
        joined = "".join(slot.text for slot in slots) if name == "outlet" else ""
        if any(slot.kind == "fuzzy" for slot in slots) and _TOO_FUZZY.search(word.text):
            self._note(_TOO_FAR, letters=FARTHEST)
        growing = word.growing and len(slots) == len(typed) and slots[-1].kind in ("word", "exact")
        text = Text(name, slots, word.slop, label, joined, growing)
        if name or not self.passages:
            return text
        named = self.themes.with_words(slots) + (self.themes.with_words(text.begun().slots) if growing else [])
        return either([text, Themed(self.themes.below(named), word.text)]) if named else text


def read(query: str, names: Names, passages: bool = False, typing: bool = False) -> Reading:
    """Return what ``query`` means; of a very long one only the beginning is read.

    With ``typing`` the word at its end may be the beginning of another, and a value there may not be complete yet.
    """
    return Reader(names, passages).read(query[: room(query) + 1], typing)
