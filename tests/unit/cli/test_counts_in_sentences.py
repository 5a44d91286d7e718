"""One of a thing is said in the singular."""

from __future__ import annotations

import re

import pytest

SINGLE = re.compile(r"\b1 (?:articles|passages|highlights|themes|notes)\b")


@pytest.fixture
def said(run, article, tmp_path):
    """Return a function that runs a command which must go well, and returns what it said."""

    def call(*words: str) -> str:
        done = run(*words)
        assert done.code == 0, done.err
        return str(done.out)

    call("highlight", article, "--quote", "coffee", "--theme", "Drinks")
    return call


def test_a_library_of_one_article_is_said_to_hold_one(said, tmp_path):
    packed, there, asked = str(tmp_path / "all.commonplace"), str(tmp_path / "there"), str(tmp_path / "asked")
    other = str(tmp_path / "other")
    backup = said("backup", "--json").split('"')[3]
    sentences = {
        "pack": (said("pack", packed), "1 article packed into"),
        "unpack": (said("unpack", packed, there), "A library with 1 article is in"),
        "restore": (said("restore", backup), "Restored: 1 article."),
        "merge": (said("merge", "--library", other, there), "Merged in: 1 article, 1 highlight, 1 theme."),
        "mark-all": (said("mark-all", "baker", "--dry-run"), "1 passage. "),
        "export": (said("export", str(tmp_path / "all.csv"), "--format", "csv"), "1 article with 1 highlight written"),
        "prepare": (said("coder", "prepare", asked, "--coder", "Ben"), "holds 1 article for Ben."),
    }
    for command, (sentence, expected) in sentences.items():
        assert expected in sentence, command
        assert not SINGLE.search(sentence), command


def test_a_round_of_one_article_is_said_to_be_of_one(said, article, tmp_path):
    asked = str(tmp_path / "asked")
    said("coder", "prepare", asked, "--coder", "Ben")
    said("highlight", "--library", asked, article, "--quote", "coffee", "--theme", "Drinks")
    said("note", "--library", asked, article, "Of the river")
    taken = said("coder", "take-in", asked)
    assert "Layer of Ben, in 1 article: passages new 1, as before 0, gone 0." in taken
    assert "What the coder noted stands in the collection" in taken
    assert "Ben  1 article  is in" in said("coder", "list")
    assert said("coder", "agreement").startswith("1 article, ")
    assert "Into the consensus: 1 passage." in said("coder", "consensus")
    assert "Removed: 1 article." in said("remove", article)
