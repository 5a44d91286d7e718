"""What else a word may be written like, which page an address means, and what people write in place of a field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search import language
from app.search.spellings import others, page, whole_numbers
from app.search.straightening import Naming, straightened, whole_addresses
from tests.sample_index import NAMES, ArticleEntry, indexed

NAMING = Naming(
    lambda written: written in ('"tone of voice"', '"very long name of a field"', "score", "source"),
    lambda name, text: text in {"theme": ("Drone strikes", "War > Drone strikes"), "in": ("My set",)}[name.casefold()],
    lambda name, text: text == ("strikes on" if name == "theme" else "set of"),
    lambda _name, text: text == "Drone str",
)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("cease-fire", "ceasefire"),
        ("Su-27", "Su27"),
        ("COVID19", "COVID 19"),
        ("F16s", "F 16s"),
        ("50km", "50 km"),
        ("10AM", "10 AM"),
        ("1.000", "1000"),
        ("6,000", "6 000"),
        ("1,200,500", "1 200 500"),
        ("6000", "6 000"),
        ("250000", "250 000"),
        *((word, None) for word in ("drone", "mother-in-law", "20-30", "5-day", "2025", "1999", "600", "3.5", "", "-")),
        *((word, None) for word in ("wild*-card", "1990s", "h2o2", "0123456", "9780141036144", "a-", "-b", "c++")),
    ],
)
def test_what_else_a_word_may_be_written_like(word, other):
    assert others(word) == (() if other is None else (other,))


@pytest.mark.parametrize(
    ("query", "articles"),
    [("cease-fire", {1, 2, 3}), ('"cease-fire"', {2, 3}), ("Su27", {1, 2}), ("Su-27", {1, 2}), ("6 000", {1, 2, 3}),
     ("6000", {1, 2, 3}), ("6,000", {1, 2, 3}), ("6.000", {1, 2, 3}), ("title:cease-fire", set()), ("-Su27", {3})],
)  # fmt: skip
def test_an_article_is_found_in_whichever_spelling_it_has(query, articles):
    made = (
        ArticleEntry(1, text="A ceasefire, a Su27, and 6,000 men."),
        ArticleEntry(2, text="The cease-fire, the Su-27, 6.000 Mann."),
        ArticleEntry(3, text="They cease fire: 6 000 men."),
    )
    with indexed(made) as index:
        assert set(index.keys(query, NAMES)) == articles


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("6 000 men", "6,000 men"),
        ("(10 000)", "(10,000)"),
        ("1\u00a0200\u202f500", "1,200,500"),
        *(
            (same, same)
            for same in ("6 00", "4 march 2025", "score: 3 100", "score:3 100", "1 2 3", "12345 678", "a1 000")
        ),
    ],
)
def test_numbers_with_spaces_are_one_number(typed, read):
    assert whole_numbers(typed) == read


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("https://www.example.org/news/2025/a-deal?id=7&utm_source=x", "example org news 2025 a deal id 7"),
        ("http://example.org/news#top", "example org news"),
        ("www.Example.org", "example org"),
        ("example.org", "example org"),
        ("bbc.co.uk/news", "bbc co uk news"),
        *((word, "") for word in ("drone", "jane@example.org", "3.5", "U.S.", "e.g.", "a b.org", "http:", "https://")),
    ],
)
def test_which_page_an_address_means(word, words):
    assert page(word) == words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("author:lee byline:x", "by:lee by:x"),
        ("intitle:war site:example.org", "title:war address:example.org"),
        ("creator:lee publication:x intext:y inurl:z", "by:lee outlet:x text:y address:z"),
        ("Tag:war", "theme:war"),
        ("source:x", "source:x"),
        ("score :3", "score:3"),
        ("title : drone", "title: drone"),
        ("tone of voice:calm", '"tone of voice":calm'),
        ("the tone of voice :calm x", 'the "tone of voice":calm x'),
        ("-tone of voice:calm", '-"tone of voice":calm'),
        ("very long name of a field:x", '"very long name of a field":x'),
        ("theme:Drone strikes in Kyiv", 'theme:"Drone strikes" in Kyiv'),
        ("theme: War > Drone strikes title:x", 'theme:"War > Drone strikes" title:x'),
        ("(tags:Drone strikes)", '(theme:"Drone strikes")'),
        ("in:My set OR drone", 'in:"My set" OR drone'),
        ("theme:strikes on Kyiv", 'theme:"strikes on" Kyiv'),
        ("in:set of drones", 'in:"set of" drones'),
        ("score > 3 drone", "score:>3 drone"),
        ("drone published>=2025-10", "drone published:>=2025-10"),
        ("Date > 2025-10-01 drone", "published:>2025-10-01 drone"),
        ("drone score<=-2", "drone score:<=-2"),
        ("tone of voice >= 2025-01", '"tone of voice":>=2025-01'),
        ("see http://x.org/author:lee author:lee", "see http://x.org/author:lee by:lee"),
        *(
            (same, same)
            for same in (
                '"author:lee"', "drone : war", "10:30", "theme:Drone", "theme:Other strikes", 'theme:"Drone strikes"',
                "my tone:calm", "https://example.org", "author", ":",
                "drone > 3", "score > many", "::", "theme:", "in: ", "theme:Drone str",
            )
        ),
    ],
)  # fmt: skip
def test_what_people_write_in_place_of_a_field(typed, read):
    assert straightened(typed, NAMING) == read
    assert straightened(read, NAMING) == read


def test_the_beginning_of_a_name_is_one_value_while_it_is_typed():
    assert straightened("theme:Drone str", NAMING, typing=True) == 'theme:"Drone str"'
    assert straightened("theme:Drone str x", NAMING, typing=True) == "theme:Drone str x"


def test_an_address_is_one_word_with_its_signs():
    typed = 'drone (https://a.example/b?c=d*e:f), www.b.example. "www.c.example x"'
    said = 'drone ("https://a.example/b?c=d*e:f"), "www.b.example". "www.c.example x"'
    assert whole_addresses(typed) == said


pieces = st.sampled_from(
    ["author:", "tone of voice", " : ", "theme:", "Drone strikes", "in:", "My set", '"', "(", ")", " ", "-", "www.a.b",
     "https://a.b/c:d", ":", "10:30", "6 000", "source", "“", "：", "\n", "score", " > ", "3", "strikes on"]
)  # fmt: skip


@given(st.lists(pieces, max_size=9).map("".join))
def test_no_word_is_lost_and_once_straightened_it_stays(query):
    once = straightened(query, NAMING)
    assert straightened(once, NAMING) == once
    names = {"author", "by"}
    kept = [word for word in language.words(query) if word not in names]
    assert [word for word in language.words(once) if word not in names] == kept
    assert language.words(whole_addresses(query)) == language.words(query)
