"""A scraped page is read in every language: what is round the article goes, who wrote it and when is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.cleaning.scraped import read_scraped

PAGES = tomllib.loads((Path(__file__).parents[2] / "data" / "scraped_pages.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_page_is_read_in_its_language(language, between):
    page = PAGES[language]
    lines = [(line[0], line[2:]) for line in page["lines"]]
    draft = read_scraped(between.join(line for _sign, line in lines))
    assert draft.body.text.split("\n") == [line for sign, line in lines if sign == "+"]
    assert draft.metadata.title == next(line for sign, line in lines if sign == "#")
    assert draft.metadata.byline == page["byline"]
    assert str(draft.metadata.published.day) == page["day"]
    assert draft.metadata.language == language
