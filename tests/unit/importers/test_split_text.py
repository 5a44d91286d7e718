"""One text that holds several articles: split where someone says that they begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers._split_text import split_text
from app.importers.scraped_text import IMPORTER, read
from app.model import Origin, Published
from app.options import chosen

DATA = Path(__file__).parents[2] / "data" / "imports"
WALL = "The harbour wall\n\nThe wall that keeps the sea out of the town will be raised by a metre, the council said.\n"
TIDE = "The highest tide\n\nNobody in the town remembers a tide as high as the one that came in on Monday night.\n"
BOATS = "Boats for rent\n\nThree of the boats that were damaged in the storm can be rented again from tomorrow on.\n"
TITLES = ["The harbour wall", "The highest tide", "Boats for rent"]


def split(text: str | bytes, **options: str) -> list[Draft]:
    data = text.encode() if isinstance(text, str) else text
    found = read(File(data, "all.txt", chosen("Plain text", IMPORTER.options, options)))
    return [part for part in found if isinstance(part, Draft)]


@pytest.mark.parametrize("line", ["=====", "-" * 40, "* * * * *", "____________", "———————"])
def test_a_line_of_signs_stands_between_articles(line: str) -> None:
    found = split(f"{WALL}\n{line}\n{TIDE}\n{line}\n\n{BOATS}", split="lines")
    assert [draft.metadata.title for draft in found] == TITLES
    assert [draft.part for draft in found] == [f"00{n} {title}" for n, title in enumerate(TITLES, 1)]
    assert line not in "".join(draft.body.text for draft in found)


def test_articles_begin_on_pages_of_their_own() -> None:
    assert [draft.metadata.title for draft in split(f"{WALL}\f{TIDE}\f{BOATS}", split="pages")] == TITLES


def test_a_short_line_below_a_gap_begins_an_article() -> None:
    assert [draft.metadata.title for draft in split(f"{WALL}\n\n\n{TIDE}\n\n\n{BOATS}", split="gaps")] == TITLES


def test_what_stands_under_labels_above_a_text_is_its_metadata() -> None:
    text = "".join(
        f"Title: {one.partition(chr(10))[0]}\nAuthor: Ada Marsh\nSource: Harbour Post\nDate: {n} March 2024\n"
        f"URL: https://harbour.example/{n}\n\n{one.partition(chr(10))[2].strip()}\n\n"
        for n, one in enumerate((WALL, TIDE, BOATS), 1)
    )
    found = split(text, split="titles")
    assert [draft.metadata.title for draft in found] == TITLES
    assert found[1].metadata.byline == "Ada Marsh"
    assert found[1].metadata.outlet == "Harbour Post"
    assert found[1].metadata.address == "https://harbour.example/2"
    assert found[1].metadata.published == Published.parse("2024-03-02")
    assert found[1].metadata.origins["outlet"] is Origin.STATED
    assert found[1].body.text.startswith("Nobody in the town")


def test_a_pattern_begins_an_article_and_is_kept_where_it_says_something() -> None:
    text = f"Article 1\n{WALL}Article 2\n{TIDE}%%\n{BOATS}"
    found = split_text(text, {"pattern": r"^Article \d+$|^%%$"})
    assert [part.text.split("\n")[0] for part in found] == ["Article 1", "Article 2", "Boats for rent"]


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        *((pattern, "is found even where there is nothing") for pattern in ("x*", r"\b", r"(?=\w)")),
        ("(", "is no regular expression"),
        ("a" * 501, "longer than 500"),
    ],
)
def test_a_pattern_that_is_none_is_refused(pattern: str, sentence: str) -> None:
    with pytest.raises(ImportFailed, match=sentence):
        split(WALL, pattern=pattern)
    with pytest.raises(ImportFailed, match="no pattern to split by"):
        split(WALL, split="pattern")


def test_a_line_that_only_stands_between_articles_is_left_out_and_not_lost() -> None:
    found = split(f"By Tom Reed\n{WALL}\nBy Tom Reed\n{TIDE}\nBy Tom Reed", pattern="^By ")
    assert [[one.text for one in draft.left_out] for draft in found] == [["By Tom Reed"], ["By Tom Reed"] * 2]


def test_a_pattern_that_is_found_nowhere_is_said() -> None:
    with pytest.raises(ImportFailed, match="“Article 1” is found nowhere in this file"):
        split(WALL, pattern="Article 1")


def test_without_a_wish_a_text_is_one_article() -> None:
    (draft,) = split(f"{WALL}\n=====\n{TIDE}")
    assert draft.part == ""


def test_word_and_rtf_files_are_split_as_text_when_someone_says_so() -> None:
    for name in ("nexis.docx", "nexis.rtf"):
        found = split((DATA / name).read_bytes(), pattern="^End of Document$")
        assert len(found) == 3


@given(st.text(alphabet="ab =-\n\f:T", max_size=200), st.sampled_from(["lines", "pages", "titles", "gaps"]))
def test_no_letter_is_lost_by_splitting(text: str, way: str) -> None:
    joined = "".join(label for part in split_text(text, {"split": way}) for label in [*part.head.values(), part.text])
    assert sum(map(str.isalpha, joined)) <= sum(map(str.isalpha, text))
    if way in ("pages", "gaps") and not any("title" in part.head for part in split_text(text, {"split": way})):
        assert [sign for sign in joined if sign.isalpha()] == [sign for sign in text if sign.isalpha()]
