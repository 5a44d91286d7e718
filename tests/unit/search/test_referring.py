"""Names become ids and ids become names, and what is not one of ours stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.referring import Known, replaced, shown, stored

WAR, DRONES, SEA, OTHER_SEA, BOOK, TONE = (digit * 32 for digit in "123456")
KNOWN = Known(
    {WAR: ("War",), DRONES: ("War", "Naval drones"), SEA: ("War", "Sea"), OTHER_SEA: ("Other", "Sea")},
    {BOOK: "My book"},
    {TONE: "Tone of voice"},
)


@pytest.mark.parametrize(
    ("query", "kept", "back"),
    [
        ("theme:war", f"theme:{WAR}", "theme:War"),
        ("theme:War>Sea", f"theme:{SEA}", 'theme:"War > Sea"'),
        ("drone -theme:“naval drones” sea", f"drone -theme:{DRONES} sea", 'drone -theme:"Naval drones" sea'),
        ("theme:naval-drones", f"theme:{DRONES}", 'theme:"Naval drones"'),
        ("theme:sea", f"(theme:{SEA} OR theme:{OTHER_SEA})", '(theme:"War > Sea" OR theme:"Other > Sea")'),
        ("(theme:War OR in:“my  book”)", f"(theme:{WAR} OR in:{BOOK})", '(theme:War OR in:"My book")'),
        ('"tone of voice":calm', f"{TONE}:calm", '"Tone of voice":calm'),
        ("ToneOfVoice:(calm OR dry)", f"{TONE}:(calm OR dry)", '"Tone of voice":(calm OR dry)'),
        ("THEME: War", f"theme:{WAR}", "theme:War"),
        ('theme:"War', f"theme:{WAR}", "theme:War"),
        ("theme:War^2", f"theme:{WAR}^2", "theme:War^2"),
    ],
)
def test_names_are_kept_as_ids(query, kept, back):
    assert stored(query, KNOWN) == kept
    assert shown(kept, KNOWN) == back


@pytest.mark.parametrize(
    "query",
    [
        "theme:dr*",
        "theme:*",
        "theme:peace",
        "in:nothing",
        "theme:",
        'say "theme:War" aloud',
        "title:War",
        "in:",
        '"theme:War',
        f"theme:{'9' * 32}",
        "like:3f2a",
        "note:War http://theme",
    ],
)
def test_the_rest_stays_as_it_was_typed(query):
    assert stored(query, KNOWN) == query
    assert shown(query, KNOWN) == query


def test_a_query_that_grows_too_long_to_be_read_is_kept_as_it_was_typed():
    query = " OR ".join(["theme:War"] * 120)
    assert stored(query, KNOWN) == query


def test_ids_are_replaced_where_they_stand():
    assert replaced(f"theme:{WAR} OR in:{BOOK}", {WAR: SEA}) == f"theme:{SEA} OR in:{BOOK}"


PIECES = st.sampled_from(
    [
        *("theme:War", 'theme:"War > Sea"', "theme:sea", "theme:dr*", "in:“My book”", "toneofvoice:calm"),
        *("drone", '"a phrase"', "OR", "-", "(", ")", '"', "theme:", "in:", " ", "^2", "“", "”", "\u3000"),
    ]
)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_what_is_shown_is_kept_as_it_was(query):
    kept = stored(query, KNOWN)
    assert stored(kept, KNOWN) == kept
    assert stored(shown(kept, KNOWN), KNOWN) == kept
