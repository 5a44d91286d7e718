"""How a query was read, in a sentence: a message of messages, so that a screen can translate each part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Final, NamedTuple, TypeGuard, TypeVar

from app.search import language, phrasing, schema, symbols
from app.search.plan import (
    Alike,
    Being,
    Both,
    Days,
    Either,
    Everything,
    Member,
    Nothing,
    Plan,
    Ranged,
    Slot,
    Text,
    Themed,
    Weighed,
    Whole,
    Without,
)
from app.search.reading import Reading
from app.wording import Message

_ALL_ARTICLES: Final = "All articles."
_ALL_PASSAGES: Final = "All passages."
_NO_ARTICLES: Final = "No articles."
_NO_PASSAGES: Final = "No passages."
_ARTICLES: Final = "Articles {query}."
_PASSAGES: Final = "Passages {query}."
_EMPTY: Final = "There is no word in it to look for."
_SENTENCES: Final = "{first} {then}"

_AND: Final = "{first} and {last}"
_OR: Final = "{first} or {last}"
_MORE: Final = "{first}, {then}"
_BUT: Final = "{wanted}, but {unwanted}"
_NOT: Final = "not {query}"
_BRACKETS: Final = "({query})"
_WITH: Final = "with {what}"
_WITHOUT: Final = "without {what}"

_ANY_THEME: Final = "under any theme"
_THEME: Final = "under the theme “{name}”"
_COLLECTION: Final = "in the collection “{name}”"
_NO_THEME: Final = "under the theme “{name}” (there is no such theme)"
_NO_COLLECTION: Final = "in the collection “{name}” (there is no such collection)"

_NO_SOURCE: Final = "like “{name}” (there is no such article and no such passage)"
_IN_LANGUAGE: Final = "in exactly the language “{code}”"
_LANGUAGES: Final = "in a language that begins with “{code}”"
_GONE_THEME: Final = "under a theme that is gone"
_GONE_COLLECTION: Final = "in a collection that is gone"
_GONE_FIELD: Final = "with a value in a field that is gone"
_ALIKE: Final = "that have much in common with “{name}”"

_BEING: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "unread": ("marked as unread", "not marked as unread"),
        "reading": ("marked as being read", "not marked as being read"),
        "read": ("marked as read", "not marked as read"),
        "archived": ("in the archive", "not in the archive"),
        "annotated": ("with annotations", "without annotations"),
        "undated": ("without a date", "with a date"),
        "orphaned": ("with passages that were lost from the text", "without passages that were lost from the text"),
        "note": ("with a note", "without a note"),
        "highlight": ("with a highlight", "without a highlight"),
        "language": ("in the language “{code}”", "not in the language “{code}”"),
    }
)
"""What is said of a state, and of what is not in it."""

_PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "{what} in the title",
        "by": "{what} in the byline",
        "outlet": "{what} in the outlet",
        "section": "{what} in the section",
        "note": "{what} in the notes",
        "quote": "{what} in the quote",
        "leftout": "{what} in what was left out",
        "details": "{what} in the details",
        "address": "{what} in the address",
        "text": "{what} in the text",
    }
)
_FIELD: Final = "{what} in the field “{field}”"

_FORMS: Final = "{words} in any form"
_QUOTED: Final = "“{words}”"
_EXACTLY: Final = "exactly “{words}”"
_BEGINNING: Final = "a value that begins with “{words}”"
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "word": _FORMS,
        "exact": _QUOTED,
        "prefix": "words that begin with “{words}”",
        "wildcard": "words like “{words}”",
        "fuzzy": "words one letter away from “{words}”",
    }
)
_NEAR: Final = "words up to {count} letters away from “{words}”"
_ANYTHING: Final = "anything"
_ONE_BETWEEN: Final = "{what} with at most one word between them"
_BETWEEN: Final = "{what} with at most {count} words between them"
_DOUBLE: Final = "{what} (counts double)"
_HALF: Final = "{what} (counts half)"
_TIMES: Final = "{what} (counts {times} times)"


Part = TypeVar("Part", Message, str)


class Clause(NamedTuple):
    """What a plan asks for, as it stands after *articles*, and the same turned round; ``several`` if it has parts."""

    said: Message
    denied: Message
    several: bool = False


def explain(reading: Reading, query: str, passages: bool) -> Message:
    """Return the sentence that says how ``query`` was read, then what could not be read as it was meant."""
    if isinstance(reading.plan, Everything):
        first = Message(_ALL_PASSAGES if passages else _ALL_ARTICLES)
        empty = [Message(_EMPTY)] if query.strip(" *") and not reading.notes else []
    elif reading.plan == symbols.UNINDEXED:
        first, empty = Message(_NO_PASSAGES if passages else _NO_ARTICLES), []
    else:
        first = Message(_PASSAGES if passages else _ARTICLES, {"query": _clause(reading.plan).said})
        empty = []
    return reduce(lambda said, one: Message(_SENTENCES, {"first": said, "then": one}), [*empty, first, *reading.notes])


def _clause(plan: Plan) -> Clause:
    """Return what a plan asks for, in words."""
    match plan:
        case Without():
            said, denied, several = _clause(plan.part)
            return Clause(denied, said, several)
        case Both():
            return _both(plan)
        case Either():
            return _either(plan)
        case Weighed() if not isinstance(plan.part, Text):
            return _turned(_weighed(_one(plan.part).said, plan.boost))
        case Text() | Weighed():
            return _with([plan], _AND)
        case Everything():
            return _possessed(Message(_ANYTHING))
        case Nothing():
            return _turned(_missing(plan))
        case Alike():
            return _turned(Message(_ALIKE, {"name": plan.label}))
        case Themed() if plan.label == "*":
            return _turned(Message(_ANY_THEME))
        case Themed():
            return _turned(Message(_THEME, {"name": plan.label}))
        case Member():
            return _turned(Message(_COLLECTION, {"name": plan.label}))
        case Days():
            return _turned(phrasing.published(plan))
        case Ranged():
            return _possessed(_placed(phrasing.compared(plan), plan.label, own=True))
        case Whole() if plan.code == schema.LANGUAGE:
            languages = _LANGUAGES if plan.value.kind == "prefix" else _IN_LANGUAGE
            return _turned(Message(languages, {"code": plan.value.text}))
        case Whole():
            what = Message(_BEGINNING if plan.value.kind == "prefix" else _EXACTLY, {"words": plan.value.text})
            return _possessed(_placed(what, plan.label, own=plan.code != schema.OUTLET))
        case Being():
            said, denied = (Message(one, {"code": plan.value}) for one in _BEING[plan.condition])
            return Clause(said, denied)


def _missing(plan: Nothing) -> Message:
    """Return what was asked for and is not there."""
    field, _, name = plan.reason.partition(":")
    if plan.gone:
        return Message({"in": _GONE_COLLECTION, "theme": _GONE_THEME}.get(field, _GONE_FIELD))
    sentences = {"in": _NO_COLLECTION, "like": _NO_SOURCE}
    return Message(sentences.get(field, _NO_THEME), {"name": name.strip()})


def _one(plan: Plan) -> Clause:
    """Return a clause as a part of a longer one: in brackets when it has parts itself."""
    said, denied, several = _clause(plan)
    return Clause(Message(_BRACKETS, {"query": said}), denied) if several else Clause(said, denied)


def _turned(said: Message) -> Clause:
    return Clause(said, Message(_NOT, {"query": said}))


def _possessed(what: Message) -> Clause:
    return Clause(Message(_WITH, {"what": what}), Message(_WITHOUT, {"what": what}))


def _is_text(plan: Plan) -> bool:
    return isinstance(plan.part if isinstance(plan, Weighed) else plan, Text)


def _with(texts: Sequence[Plan], joint: str) -> Clause:
    """Return what several texts ask for."""
    return _possessed(_listed(_things(texts, joint), joint))


def _both(plan: Both) -> Clause:
    """Return what is wanted, words first, then what is not."""
    others = [part.part for part in plan.parts if isinstance(part, Without)]
    wanted = _gathered([part for part in plan.parts if not isinstance(part, Without)], _AND)
    unwanted = [one.denied for one in _gathered(others, _OR)]
    said = [one.said for one in wanted]
    if not unwanted:
        return _grouped(said, _AND)
    if not wanted:
        return _grouped(unwanted, _AND)
    both = Message(_BUT, {"wanted": _listed(said, _AND), "unwanted": _listed(unwanted, _AND)})
    return Clause(both, Message(_NOT, {"query": Message(_BRACKETS, {"query": both})}), several=True)


def _either(plan: Either) -> Clause:
    """Return the alternatives, words first."""
    gathered = _gathered(plan.parts, _OR)
    return gathered[0] if len(gathered) == 1 else _grouped([one.said for one in gathered], _OR)


def _gathered(parts: Sequence[Plan], joint: str) -> list[Clause]:
    """Return a clause for each part, but one for all words together."""
    texts = [part for part in parts if _is_text(part)]
    return [*([_with(texts, joint)] if texts else []), *(_one(part) for part in parts if not _is_text(part))]


def _grouped(said: Sequence[Message], joint: str) -> Clause:
    """Return several clauses as one."""
    whole = _listed(said, joint)
    if len(said) == 1:
        return _turned(whole)
    return Clause(whole, Message(_NOT, {"query": Message(_BRACKETS, {"query": whole})}), several=True)


def _listed(parts: Sequence[Part], joint: str) -> Part | Message:
    """Return ``a``, ``a and b``, ``a, b and c``."""
    *firsts, last = parts
    if not firsts:
        return last
    first: Part | Message = firsts[0]
    for one in firsts[1:]:
        first = Message(_MORE, {"first": first, "then": one})
    return Message(joint, {"first": first, "last": last})


# words


def _things(texts: Sequence[Plan], joint: str) -> list[Message]:
    """Return what is looked for; plain words of one field are said in one breath."""
    plain: dict[str, list[str]] = {}
    for one in texts:
        if _is_plain(one):
            plain.setdefault(one.label, []).append(one.slots[0].said)
    things = []
    for one in texts:
        if not _is_plain(one):
            things.append(_thing(one))
        elif one.label in plain:
            words = _listed(plain.pop(one.label), joint)
            things.append(_placed(Message(_FORMS, {"words": words}), one.label, own=_is_own(one)))
    return things


def _is_own(plan: Text) -> bool:
    """Return whether words are looked for in an attribute."""
    return plan.field.startswith(schema.ATTRIBUTE)


def _is_plain(plan: Plan) -> TypeGuard[Text]:
    """Return whether a plan is one word in any form, and nothing else must be said of it."""
    return isinstance(plan, Text) and not plan.growing and len(plan.slots) == 1 and plan.slots[0].kind == "word"


def _thing(plan: Plan) -> Message:
    """Return what one text looks for, where, and how much it counts."""
    match plan:
        case Weighed():
            return _weighed(_thing(plan.part), plan.boost)
        case Text() if plan.growing and len(plan.begun().slots) < len(plan.slots):
            return _thing(plan.begun())  # the letter that was typed last narrows nothing yet
        case Text() if len(plan.slots) == 1:
            slot = plan.begun().slots[0] if plan.growing else plan.slots[0]
            return _placed(_word(slot), plan.label, own=_is_own(plan))
        case Text():
            return _placed(_phrase(plan), plan.label, own=_is_own(plan))
        case _:
            return _clause(plan).said


def _placed(what: Message, label: str, *, own: bool = False) -> Message:
    """Return what is looked for in a field, or in the reader's ``own``."""
    if not label:
        return what
    return Message(_FIELD if own else _PLACES.get(label, _FIELD), {"what": what, "field": label})


def _word(slot: Slot) -> Message:
    """Return what a single word stands for."""
    if slot.kind == "prefix" and not slot.text:
        return Message(_ANYTHING)
    if slot.kind == "fuzzy" and slot.distance > 1:
        return Message(_NEAR, {"words": slot.said, "count": slot.distance})
    return Message(_KINDS[slot.kind], {"words": slot.said})


def _phrase(plan: Text) -> Message:
    """Return words that follow one another."""
    signs = {"prefix": "*", "fuzzy": "~"}
    words = language.written(slot.said + signs.get(slot.kind, "") for slot in plan.slots) + "…" * plan.growing
    said = Message(_QUOTED, {"words": words})
    if all(slot.kind == "word" for slot in plan.slots):
        said = Message(_FORMS, {"words": said})
    if plan.slop == 1:
        return said
    return Message(_ONE_BETWEEN if plan.slop == 2 else _BETWEEN, {"what": said, "count": plan.slop - 1})


def _weighed(what: Message, boost: float) -> Message:
    """Return what is looked for with how much it counts."""
    return Message({2.0: _DOUBLE, 0.5: _HALF}.get(boost, _TIMES), {"what": what, "times": f"{boost:g}"})
