"""What is offered for a query that is being typed, and that it is read as what was offered."""

from __future__ import annotations

from datetime import date
from itertools import repeat

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.search import language, saying
from app.search.completing import MOST, Completions, Value, Vocabulary, complete
from app.search.designations import Designations
from app.search.entries import Membership, Names
from app.search.fields import FIELDS, Attributes
from app.search.plan import Being, Days, Everything, Member, Text, Themed
from app.search.reading import read
from app.search.tree import MOST_CHARACTERS

TODAY = date(2025, 12, 20)
UID = "ab" * 16
# names as people write them: with every sign that means something to the parser, and several scripts
NAMES = st.text(
    st.sampled_from("abcXYZ äçéІ0 1\"“”«»>:()-—–−*?&'’.,[]{}~^!（：）ー無人_"), min_size=1, max_size=14
).map(lambda name: " ".join(name.split())).filter(bool)  # fmt: skip
PLAIN = (
    st.text(st.sampled_from("abC é-1'/"), min_size=1, max_size=4).map(lambda name: " ".join(name.split())).filter(bool)
)
TYPED = st.lists(
    st.sampled_from(
        [
            "theme",
            "outlet",
            ":",
            '"',
            " ",
            "(",
            ")",
            "-",
            "drone",
            "the",
            "l",
            "OR",
            "is",
            "“",
            "：",
            "in",
            ">",
            "𝕏",
            "é",
        ]
    ),
    max_size=9,
).map("".join)


def values(*names: str) -> tuple[Value, ...]:
    return tuple(Value((name,), 1) for name in names)


KNOWN = Vocabulary(
    {
        "theme": (
            Value(("War",), 7),
            Value(("War", "Peace talks"), 3),
            Value(("Drone technology",), 14),
            Value(("Drone technology", "Sea"), 2),
            Value(("Über",), 1),
        ),
        "outlet": values("The Ledger", "Reuters", "The Times"),
        "is": values("unread", "reading", "read"),
        "has": values("note", "highlight"),
        "lang": values("en", "uk"),
        "in": (Value(("My “best”",), None, UID), Value(("Briefing",), 4)),
        "published": values("2025-12", "2025-11"),
    },
    {"tone of voice": values("very critical", "calm"), "words": values("100"), "by": values("never seen")},
    TODAY,
)


def offered(query: str, known: Vocabulary = KNOWN) -> list[str]:
    """Return what the query becomes with each completion; ``|`` is the cursor, which else is at the end."""
    before, _, after = query.partition("|")
    found = complete(before + after, len(before), known)
    return [taken(before + after, found, row) for row in range(len(found.found))] if found else []


def taken(query: str, found: Completions, row: int) -> str:
    return query[: found.start] + found.found[row].text + query[found.end :]


# ---------------------------------------- what is offered, and for what


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("th", "theme:"),
        ("drones -th", "drones -theme:"),
        ("(TH", "(theme:"),
        ("x OR out", "x OR outlet:"),
        ("tone", '"tone of voice":'),
        ("voi", '"tone of voice":'),
        ("theme:", "theme:War "),
        ("theme: ", "theme: War "),
        ("theme:pea", 'theme:"War > Peace talks" '),
        ('theme:"pea', 'theme:"War > Peace talks" '),
        ("theme:“pea", 'theme:"War > Peace talks" '),
        ("theme：pea", 'theme："War > Peace talks" '),
        ('theme:"War > pe', 'theme:"War > Peace talks" '),
        ('theme:"war>pe', 'theme:"War > Peace talks" '),
        ("theme:UBE", "theme:Über "),
        ("theme:tech", 'theme:"Drone technology" '),
        ("theme:nology", 'theme:"Drone technology" '),
        ('theme:"dr te', 'theme:"Drone technology" '),
        ("tag:tech", 'tag:"Drone technology" '),
        ("collection:br", "collection:Briefing "),
        ("date:2025-1", "date:2025-12 "),
        ("outlet:", 'outlet:"The Ledger" '),
        ("outlet:reu", 'outlet:"Reuters" '),
        ("oil outlet:the ti", 'oil outlet:"The Times" '),
        ("in:", f"in:{UID} "),
        ("in:br", "in:Briefing "),
        ("is:un", "is:unread "),
        ("-is:un", "-is:unread "),
        ("has:h", "has:highlight "),
        ("lang:", "lang:en "),
        ("published:", "published:today "),
        ("published:2025-1", "published:2025-12 "),
        ("before:y", "before:yesterday "),
        ('"tone of voice":ve', '"tone of voice":"very critical" '),
        ("tone-of-voice:ve", 'tone-of-voice:"very critical" '),
        ("words:", "words:100 "),
    ],
)
def test_the_best_completion(query, first):
    assert offered(query)[0] == first


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "t",
        "zeppelin",
        "theme:zeppelin",
        "title:dr",
        "colour:re",
        "drone the ledg",
        'outlet:"The Ledger"',
        'outlet:"The Ledger" ',
        '"theme:dr',
        '"a phrase" "theme:dr',
        "is:unread",
        "by:nev",
        "outlet:the OR led",
        "outlet:the -led",
        "thea",
    ],
)
def test_nothing_is_offered_where_nothing_can_be_meant(query):
    assert offered(query) == []


def test_what_is_typed_whole_stays_the_first_beside_others():
    assert offered("is:read") == ["is:read ", "is:reading ", "is:unread "]
    assert offered("is:unread") == []
    assert offered("theme:war") == ["theme:War ", 'theme:"War > Peace talks" ']


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("theme:pe|", 'theme:"War > Peace talks" '),
        ("theme:pe| oil", 'theme:"War > Peace talks" oil'),
        ("theme:| oil", "theme:War oil"),
        ("theme:pe|ace oil", 'theme:"War > Peace talks" oil'),
        ('theme:"pe|ace of mind" oil', 'theme:"War > Peace talks" oil'),
        ('theme:"pe| outlet:"The Times"', 'theme:"War > Peace talks" outlet:"The Times"'),
        ('theme:|"Drone technology" oil', "theme:War oil"),
        ("(theme:pe|)", '(theme:"War > Peace talks")'),
        ("th| oil", "theme: oil"),
        ("th|em oil", "theme: oil"),
        ("𝕏 theme:pe|", '𝕏 theme:"War > Peace talks" '),
    ],
)
def test_what_it_takes_the_place_of(query, first):
    assert offered(query)[0] == first


def test_values_that_begin_so_come_before_those_with_such_a_word_and_those_below_such_a_theme():
    known = Vocabulary({"theme": (Value(("A seal",)), Value(("Sea", "Fish")), Value(("Sealing",)), Value(("Sea",)))})
    assert offered("theme:sea", known) == ["theme:Sea ", "theme:Sealing ", 'theme:"A seal" ', 'theme:"Sea > Fish" ']


def test_equals_stay_in_the_order_of_the_library():
    assert offered("outlet:the") == ['outlet:"The Ledger" ', 'outlet:"The Times" ']


def test_of_very_many_the_first_are_offered():
    known = Vocabulary({"outlet": values(*(f"Outlet {number}" for number in range(1000)))})
    assert len(offered("outlet:o", known)) == MOST


def test_an_attribute_that_is_called_like_a_field_takes_nothing_from_it():
    known = Vocabulary({"theme": values("War")}, {"Theme": values("grey")}, TODAY)
    assert offered("theme:", known) == ["theme:War "]
    assert offered('"theme":', known) == ['"theme":"grey" ']
    assert offered("the", known) == ["theme:", '"Theme":']


def test_fields_come_in_the_order_in_which_they_serve_and_none_is_missing():
    every = {one for name in FIELDS for one in offered(name[:2])}
    assert {f"{name}:" for name in FIELDS} - every == {"like:"}, "nobody types the id of an article"
    assert offered("o") == []
    assert offered("on") == ["on:"]


def test_only_days_that_are_read_are_offered():
    for query in offered("published:"):
        assert isinstance(read(query, Names(today=TODAY)).plan, Days)


# ---------------------------------------- it is always answered, and means what it says


@given(TYPED, st.integers(0, 40))
@example("theme:" + '"' * 50, 10)
def test_any_text_is_answered_and_only_what_is_typed_is_replaced(query, place):
    place = min(place, len(query))
    found = complete(query, place, KNOWN)
    if found is None:
        return
    assert 0 <= found.start <= place <= found.end <= len(query)
    assert query[found.start : place].strip('"“').casefold() == found.typed.strip('"').casefold()
    for one in found.found:
        assert one.text


def test_a_very_long_query_is_answered():
    for query in ("x " * MOST_CHARACTERS + "theme:pe", '"' * MOST_CHARACTERS, ":" * MOST_CHARACTERS):
        complete(query, len(query), KNOWN)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3).map(tuple), min_size=1, max_size=5, unique=True))
@example([("Sea",), ("Drones", "Sea")])
@example([("*",), ("Sea",)])
@example([('Said "so"',), ("War > peace",), ("100%", "***"), ("???",), ("[A TO B]",), ("War –Peace",)])
def test_a_completed_theme_is_that_theme_with_all_below_it(paths):
    ids = [f"{key:032x}" for key in range(1, len(paths) + 1)]
    names = Names(themes=dict(enumerate(paths, 1)), theme_ids={one: key for key, one in enumerate(ids, 1)})
    found = complete("theme:", 6, Vocabulary({"theme": tuple(map(Value, paths, repeat(1), ids))}))
    designations = Designations(names.themes)
    assert [one.value.path for one in found.found] == paths
    for one in found.found:
        reading = read(f"theme:{one.text}", names)
        assert isinstance(reading.plan, Themed)
        assert not reading.notes
        assert reading.plan.keys == designations.below([one.value.path])


@given(st.lists(st.lists(PLAIN, min_size=1, max_size=3).map(tuple), min_size=1, max_size=6, unique=True))
@example([("Sea",), ("Drones", "Sea"), ("Drones",)])
def test_a_theme_that_can_be_said_letter_by_letter_brings_no_other_one(paths):
    names = Names(themes=dict(enumerate(paths, 1)))
    found = complete("theme:", 6, Vocabulary({"theme": tuple(Value(path) for path in paths)}))
    designations = Designations(names.themes)
    for one in found.found:
        plan = read(f"theme:{one.text}", names).plan
        assert isinstance(plan, Themed)
        assert plan.keys == designations.below([one.value.path])


@given(NAMES)
@example("The Times")
@example("50* Stars")
@example("R&D “Weekly”")
@example("NOT known")
def test_a_completed_outlet_or_attribute_value_is_that_value_word_for_word(value):
    known = Vocabulary({"outlet": (Value((value,)),)}, {"tone": (Value((value,)),)})
    for query, plain in (("outlet:", "outlet"), ("tone:", "attribute:7")):
        found = offered(query, known)
        if not found:
            assert not language.words(value)
            continue
        reading = read(found[0], Names(attributes={7: "tone"}))
        assert isinstance(reading.plan, Text)
        assert not reading.notes
        assert reading.plan.field == plain
        assert [slot.text for slot in reading.plan.slots] == language.words(value)
        assert {slot.kind for slot in reading.plan.slots} == ({"exact"} if '"' in found[0] else {"word"})


@given(NAMES)
@example("War：Peace")
@example("War –Peace")
@example("a:-b")
def test_a_completed_collection_is_that_collection(name):
    asked = []

    def members(typed: str) -> Membership:
        asked.append(typed)
        return Membership(frozenset((1,)), frozenset())

    query = offered("in:", Vocabulary({"in": (Value((name,), None, UID),)}))[0]
    assert isinstance(read(query, Names(members=members)).plan, Member)
    assert asked in ([name], [UID])


@given(NAMES)
@example("tone: of voice")
@example("–by")
@example("🌍")
def test_a_completed_attribute_is_that_attribute(name):
    said = saying.field(name, Attributes({name: name}, {}), name)
    known = Vocabulary({}, {name: values("calm")})
    if not said:
        assert complete(said, len(said), known) is None
        return
    query = offered(said, known)[0]
    plan = read(query, Names(attributes={7: name})).plan
    assert isinstance(plan, Text)
    assert (plan.field, plan.slots[0].text) == ("attribute:7", "calm")


@pytest.mark.parametrize(
    ("query", "plan"),
    [("is:rea", Being("reading")), ("has:n", Being("note")), ("lang:u", Being("language", "uk"))],
)
def test_completed_words_are_conditions(query, plan):
    assert read(offered(query)[0], Names()).plan == plan


def test_a_completed_field_waits_for_its_value():
    for query in offered("th"):
        assert read(query, Names()).plan == Everything()
