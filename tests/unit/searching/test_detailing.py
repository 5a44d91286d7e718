"""What a page says about itself: which lines plain words find, and which of them a hit shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.searching.detailing import sorted_out

SAID = {
    "summary": "Drones over the harbour.",
    "reading_time": "5 min read",
    "sources": ("Harbour Wire", "Lagos Courier"),
    "abstract": "",
    "breadcrumb": "Home » World",
}


def test_what_tells_about_the_article_stands_apart_from_its_imprint():
    lines = sorted_out(SAID)
    assert lines.details.text == "Drones over the harbour.\nHarbour Wire\nLagos Courier\n"
    assert lines.imprint.text == "5 min read\nHome » World"
    assert sorted_out({}).details.text == sorted_out({}).imprint.text == ""


def test_the_line_with_the_most_different_words_is_shown():
    lines = sorted_out(SAID).details
    text = lines.text

    def at(word, after=0):
        start = text.index(word, after)
        return start, start + len(word)

    line, spans = lines.best([at("harbour"), at("Harbour"), at("Wire")])
    assert (line.name, [line.text[start:end] for start, end in spans]) == ("sources", ["Harbour", "Wire"])
    line, spans = lines.best([at("harbour"), at("Courier")])
    assert (line.name, [line.text[start:end] for start, end in spans]) == ("summary", ["harbour"])
    across = at("Wire\nLagos")
    assert lines.best([across]) == (("", text, 0), [across])


names = st.sampled_from(("summary", "sources", "reading_time", "level", "keywords"))
values = st.one_of(st.text(max_size=9), st.lists(st.text(max_size=9), max_size=3).map(tuple))


@given(st.dictionaries(names, values))
def test_every_line_stands_in_one_of_both_and_where_it_says(details):
    both = sorted_out(details)
    for lines in both:
        assert all(lines.text[one.start :].startswith(one.text) for one in lines.lines)
    said = [line for value in details.values() for line in ([value] if isinstance(value, str) else value)]
    assert sorted(one.text for lines in both for one in lines.lines) == sorted(said)
