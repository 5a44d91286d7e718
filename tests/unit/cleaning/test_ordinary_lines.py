"""What an article says is never cut because it begins as page furniture does, in no language and in no form."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path

import pytest

from app.cleaning.lines import FULL_STOP
from app.cleaning.phrases import languages
from app.cleaning.scraped import read_scraped
from app.importers._base import File
from app.importers.web_page import read

TABLE = tomllib.loads((Path(__file__).parents[2] / "data" / "ordinary_lines.toml").read_text("utf-8"))
LINES = [(language, line) for language, known in TABLE.items() for line in known["lines"]]
LEAST = 10
SIGNS = ("ja", "zh")  # a line of few signs without a stop is dropped from so short a page, whatever it says


def tags(language: str, line: str) -> tuple[str, ...]:
    return ("p",) if FULL_STOP.search(line) else ("p", "h2") if language not in SIGNS else ()


def around(language: str, line: str) -> list[str]:
    first, *rest = TABLE[language]["article"]
    return [first, line, *rest]


def page(paragraphs: list[str], tag: str, line: str) -> bytes:
    rows = [f"<{tag}>{escape(one)}</{tag}>" if one == line else f"<p>{escape(one)}</p>" for one in paragraphs]
    return f"<title>0123</title><body><article><h1>0123</h1>{''.join(rows)}</article></body>".encode()


def test_each_language_has_ordinary_lines():
    assert TABLE.keys() == set(languages())
    assert min(len(known["lines"]) for known in TABLE.values()) >= LEAST


@pytest.mark.parametrize(("language", "line"), LINES)
def test_an_ordinary_line_stays_in_scraped_text(language, line):
    draft = read_scraped("\n\n".join(around(language, line)))
    assert draft.body.text.split("\n") == around(language, line)


@pytest.mark.parametrize(
    ("language", "line", "tag"), [(language, line, tag) for language, line in LINES for tag in tags(language, line)]
)
def test_an_ordinary_line_stays_in_a_page(language, line, tag):
    (draft,) = read(File(page(around(language, line), tag, line), "page.html"))
    assert draft.body.text.split("\n") == around(language, line)
