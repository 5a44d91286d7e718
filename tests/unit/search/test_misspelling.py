"""A better spelling is offered where a mistake is likely, and where it finds more."""

from __future__ import annotations

import pytest

from app.search.misspelling import is_likely
from tests.libraries import add


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("drnoe", "drone"), ("caspain", "caspian"), ("teh", "the"), ("wil", "will"), ("warr", "war"),
        ("milion", "million"), ("color", "colour"), ("miama", "miami"), ("defense", "defence"), ("kraine", "ukraine"),
        ("zelensky", "zelenskyy"), ("negociashon", "negociation"), ("halvorsenns", "halvorsen"),
        ("беспилотнк", "беспилотник"), ("ميامى", "ميامي"), ("μαιαμη", "μαιαμι"), ("dr\u043ene", "drone"),
    ],
)  # fmt: skip
def test_a_mistake_that_is_likely_is_taken_for_one(typed, meant):
    assert is_likely(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("drone", "drone"), ("moon", "mood"), ("dog", "do"), ("sun", "sum"), ("iraq", "iran"), ("email", "small"),
        ("covid", "could"), ("centre", "cent"), ("percent", "recent"), ("biden", "been"), ("strase", "state"),
        ("trumpet", "trump"), ("singer", "finger"), ("мама", "mama"), ("россия", "poccия"), ("بوتين", "بين"),
        ("2026", "2025"), ("6001", "6000"), ("f16", "16"), ("1st", "ist"), ("drones2", "drones"), ("xy", "yx"),
        ("x", ""), ("", ""), ("东京", "北京"),
    ],
)  # fmt: skip
def test_a_word_that_may_be_meant_as_it_is_stays(typed, meant):
    assert not is_likely(typed, meant)


@pytest.fixture
def suggested(workspace):
    """Return who suggests what, in a library of two articles."""
    key = add(workspace.holdings, "Ukraine sold 6000 drones in 2025, covid or not.", title="Drones of Miami")
    workspace.articles.edit(
        key, {"byline": "Ines Halvorsen", "outlet": "Al Bawaba", "address": "https://gazette.example/tree"}
    )
    add(workspace.holdings, "Всё о беспилотниках над Майами.", title="Беспилотник")
    return lambda query, **options: workspace.search(query, **options).suggestion


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("urkaine", "Ukraine"),
        ("Urkaine", "Ukraine"),
        ("URKAINE", "UKRAINE"),
        ("by:halvorson", "by:Halvorsen"),
        ("беспилотнк", "Беспилотник"),
        ("is:unred", "is:unread"),
        ('is:"unraed" drones', 'is:"unread" drones'),
        ("2026 urkaine", None),
        ("xyzzy urkaine", None),
        ("urkaine -drones", None),
        ("xyzzy OR urkaine", "xyzzy OR Ukraine"),
        ("2026", None),
        ("6001", None),
        ("published:urkaine", None),
        ("lang:urkaine", None),
        ("language:urkaine", None),
        ("is:urkaine", None),
        ("https://gazette.example/trees/urkaine", None),
        ("gazete.example", None),
        ("covit-19", None),
    ],
)
def test_a_better_spelling_finds_more_and_touches_no_numbers_values_and_addresses(suggested, query, better):
    assert suggested(query) == better
    assert suggested(query, typing=True) in {better, None}


def test_a_better_spelling_is_shown_as_the_library_writes_it_most_often(workspace):
    add(workspace.holdings, "Müller’s boat is gone. Mu\u0308ller saw it, and MÜLLER said so.", title="Jørgen")
    add(workspace.holdings, "A café, and Müller: the cafés of Zürich.", title="A Café")

    def suggested(query: str) -> str | None:
        return workspace.search(query).suggestion

    assert suggested("mullerr") == "Müller"
    assert suggested("MULLERR") == "MÜLLER"
    assert suggested('"mullerr saw"') == '"Müller saw"'
    assert suggested("zurrich muller") == "Zürich muller"
    assert suggested("title:jorgenn") == "title:Jørgen"
    assert suggested("caffe") == "café"
    assert suggested("Caffe") == "Café"


def test_a_better_spelling_of_a_passage_is_shown_as_it_is_written(workspace):
    key = add(workspace.holdings, "The boat of Müller is gone.", title="Boats")
    workspace.highlights.add(key, 4, 18, note="Where is Zoë?")
    assert workspace.search("mullerr", passages=True).suggestion == "Müller"
    assert workspace.search("boatt", passages=True).suggestion == "boat"
