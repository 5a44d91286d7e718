"""Who wrote a scraped article: read from the lines near its headline, and from no others."""

from __future__ import annotations

from app.cleaning.scraped import read_scraped

MENU = ("Sign in", "Boats", "By Industry", "By Role", "Engines", "Ropes", "Sails", "Paint", "Repairs", "Second hand")
TITLE = "Town will raise its harbour wall by a metre"
TEXT = (
    "The harbour wall that has stood for two hundred years will be raised by a metre, the council said on Tuesday.",
    "Fishermen had asked for it since the storm of 2023, when the sea came over the wall and carried off their boats.",
    "The wall is to be finished before the winter, and the market will move to the upper quay in the meantime.",
)


def read(*lines: str):
    return read_scraped("\n".join(lines))


def test_menus_far_above_the_headline_do_not_sign():
    draft = read(*MENU, TITLE, "By Ada Marsh", "March 4, 2025", *TEXT)
    assert draft.metadata.title == TITLE
    assert draft.metadata.byline == "Ada Marsh"
