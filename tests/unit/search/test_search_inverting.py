"""What is written of many words at once: in order, each where it stands, in as few bytes as hold it."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search import language, segments
from app.search.entries import ArticleEntry, Names
from app.search.packing import alphabetical
from app.search.pages import SegmentDamaged, checksum
from app.search.store import Store
from tests.libraries import finished

NAMES = Names()
LETTERS = "ab'1z\u00e9\u4e00\U00020000\x00\ud800"


@given(st.lists(st.text(LETTERS, max_size=20), max_size=30), st.sampled_from(["", "a" * 7, "internationalisation"]))
def test_words_are_put_in_the_order_of_their_letters(words, beginning):
    many = [beginning + word for word in words] + words + [f"{beginning}{number % 97}" for number in range(200)]
    assert alphabetical(many) == sorted(range(len(many)), key=many.__getitem__)
    assert alphabetical(words) == sorted(range(len(words)), key=words.__getitem__)


def test_every_word_of_long_texts_stands_where_it_was_read():
    chance = random.Random(3)
    # more words than 16 bits number, more of them than are sorted at once, and a text that is longer than that
    sizes = [40_000, 0, 150_000, 60_000, 1, 20_000]
    texts = [" ".join(f"Word{chance.randrange(90_000):x}" for _ in range(size)) for size in sizes]
    texts[1], texts[4] = "U.S. \u5584\u4e4b Ukraine\u2019s", "internationalisation " * 300
    columns = segments.build("article", [ArticleEntry(key, text=text) for key, text in enumerate(texts)])
    wanted: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for document, text in enumerate(texts):
        for position, word in enumerate(language.words(text)):
            wanted[word].append((document, position))
    terms = [line for line in columns["terms"].tobytes().decode().splitlines() if line[0] == "x"]
    assert terms == [f"x{word}" for word in sorted(wanted)]
    first = columns["terms"].tobytes().decode().splitlines().index(terms[0])
    starts = np.concatenate(([0], np.cumsum([len(language.words(text)) for text in texts])))
    off, begin = (list(pairwise(columns[name][first : first + len(terms) + 1].tolist())) for name in ("off", "begin"))
    doc, often, place = (columns[name].tolist() for name in ("doc", "often", "place"))
    for term, postings, places in zip(terms, off, begin, strict=True):
        owners = [owner for row in range(*postings) for owner in [doc[row]] * int(often[row])]
        assert sorted(set(owners)) == doc[slice(*postings)]
        stands = [(owner, one - int(starts[owner])) for owner, one in zip(owners, place[slice(*places)], strict=True)]
        assert stands == wanted[term[1:]]


@pytest.mark.parametrize("often", [3, 300, 70_000])
def test_what_is_written_in_few_bytes_is_read_as_it_was_and_merged(shop, often):
    entries = [ArticleEntry(key, text="alpha " * times + "beta") for key, times in ((1, 1), (2, often), (3, 2))]
    for entry in entries:
        shop.change([entry])
    for _ in range(2):
        lives = shop.index._store.live("article")
        found = {}
        for live in lives:
            number = live.segment.lines("terms").find(b"xalpha")
            first, last = live.segment.slice("off", number, number + 2).tolist()
            own = live.segment.slice("doc", first, last)
            keys = live.segment.column("key").take(own).tolist()
            found |= dict(zip(keys, live.segment.slice("often", first, last).tolist(), strict=True))
        assert found == {1: 1, 2: often, 3: 2}
        assert shop.index.keys("alpha", NAMES)[0] == 2
        assert finished(shop.index.check(entries, ())) == []
        with shop.transaction():
            shop.index._merge(lives)
    assert shop.segments() == 1


@pytest.mark.parametrize("kind", ["<f4", "<u8", "|O", "<i4", 3, None])
def test_a_column_that_is_said_to_be_something_else_is_damaged(shop, kind):
    shop.change([ArticleEntry(1, text="alpha")])
    (written,) = shop.connection.execute("SELECT directory FROM search_segment").fetchone()
    directory = json.loads(written)
    directory["doc"][2] = kind
    forged = json.dumps(directory).encode()
    shop.connection.execute("UPDATE search_segment SET directory = ?, checksum = ?", (forged, checksum(forged)))
    store = Store(shop.connection)
    (number,) = shop.connection.execute("SELECT id FROM search_segment").fetchone()
    with pytest.raises(SegmentDamaged):
        store._segment(number)
    assert store.live("article") == ()
