"""Scraped pages: tables and lists of which no markup is left, as rows of short lines inside the article."""

from __future__ import annotations

import pytest

from app.cleaning.scraped import read_scraped

HEAD = ("Which ferry lines carried the most passengers", "By Ada Marsh", "March 4, 2025")
COUNTED = (
    "Ferries between the islands carried more people last year than in any year since the bridge was opened, and the "
    "council of the islands has now published how many of them went by which line and what each of them had to pay."
)
WAITED = (
    "Most of them went on foot or by bicycle, and only one in nine took a car along, which is why nobody had to wait "
    "for more than an hour at any of the six piers, whatever the papers of the mainland wrote about it in July."
)
DECIDED = (
    "What happens in the winter has not been decided yet, said the harbour master, who has asked for a third boat and "
    "for a crew that can be had at night, and who wants to know of both of them before the first storms come in."
)
ABOVE = (COUNTED, WAITED)
LINES = ("Northern line", "Harbour line", "Lighthouse line", "Old town line", "Sandbank line", "Night line")
BELOW = (DECIDED,)
FOOT = ("Subscribe to our newsletter", "About us", "Contact us", "Privacy policy")


def kept(*lines: str) -> tuple[str, ...]:
    return tuple(piece.text for piece in read_scraped("\n".join(lines)).body.pieces())


@pytest.mark.parametrize("cells", [("41,200", "€7.50"), ("Yes", "–"), ("€€", "#")])
def test_what_stands_on_either_side_of_a_long_table_is_the_article(cells):
    table = ("Line", "Passengers", "Fare", *(cell for name in LINES for cell in (name, *cells)))
    told = kept(*HEAD, *ABOVE, *table, *BELOW, *FOOT)
    assert told[:2] == ABOVE
    assert told[-1:] == BELOW


def test_a_list_without_its_bullets_stays_in_the_article_and_heads_nothing():
    draft = read_scraped("\n".join((*HEAD, *ABOVE, "The six lines", *LINES, "The winter", *BELOW, *FOOT)))
    assert tuple(piece.text for piece in draft.body.pieces()) == (*ABOVE, "The six lines", *LINES, "The winter", *BELOW)
    headings = [piece.text for piece in draft.body.pieces() if piece.kind == "heading"]
    assert headings == ["The winter"]


def test_a_row_of_titles_with_a_prompt_among_them_is_no_list_of_the_article():
    titles = ("Bridge closed for a week", "Who pays for the pier", "Storm in the north", "Six boats for sale")
    told = (*ABOVE, *BELOW)
    assert kept(*HEAD, *told, *titles, "Share", *titles, *told, *FOOT) == (*told, titles[-1], *told)


def test_many_short_sections_are_the_article():
    sections: list[str] = []
    for number, name in enumerate((*LINES, *LINES), 1):
        told = f"The boats of the {name.lower()} sail at eight and at noon."
        sections += (f"{number}. {name}", told, "What it costs:", "€7.50")
    assert kept(*HEAD, *ABOVE, *sections, *BELOW, *FOOT) == (*ABOVE, *sections, *BELOW)


def test_links_of_a_page_part_the_article_from_what_tells_of_the_page():
    page = "We write about the islands for those who live on them, and we have done so since the first ferry sailed."
    links = ("Log in", "Menu", "Search", "Share", "Privacy policy")
    assert kept(page, *links, *HEAD, *ABOVE, *BELOW, *FOOT) == (*ABOVE, *BELOW)
