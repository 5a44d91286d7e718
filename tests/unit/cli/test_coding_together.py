"""Working with a second coder from the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest


@pytest.fixture
def round_(ask, article, tmp_path) -> Path:
    """Prepare a round for Ben, who marks one passage as I do and another one alone."""
    ask("theme", "add", "Stones")
    ask("highlight", article, "--quote", "its ninety stones", "--theme", "Stones")
    folder = tmp_path / "round"
    answer = ask("coder", "prepare", str(folder), "--coder", "Ben")
    assert answer["articles"] == [article]
    theirs = ("--library", str(folder))
    assert ask("highlights", *theirs)["total"] == 0
    ask("highlight", *theirs, article, "--quote", "forty-one of its ninety stones", "--theme", "Stones")
    ask("highlight", *theirs, article, "--quote", "the third arch", "--theme", "Stones", "--note", "an arch is stones")
    ask("note", *theirs, article, "Well told")
    return folder


def test_a_round_goes_out_comes_back_and_is_decided(ask, run, round_, article, tmp_path):
    taken = ask("coder", "take-in", str(round_))
    assert (taken["coder"], taken["added"], taken["removed"], taken["notes"]) == ("Ben", 2, 0, 1)
    assert taken["left_behind"] == []
    assert ask("coder", "list")["layers"] == ["me", "Ben"]
    table = ask("coder", "agreement", "--unit", "sentences", "--csv", str(tmp_path / "table.csv"))
    assert (table["layers"], table["articles"], table["themes"][0]["marked"]) == (["me", "Ben"], 1, {"me": 1, "Ben": 2})
    assert 0 < table["overall"]["kappa"] < 1
    rows = list(csv.reader((tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["theme", "Stones", "all themes"]
    assert "kappa" in run("coder", "agreement", "--unit", "characters", "--theme", "Stones").out
    found = ask("coder", "disagreements")
    assert (found["total"], found["decided"]) == (2, 0)
    extent, alone = found["disagreements"]
    assert [each["quote"] for each in extent["theirs"]] == ["forty-one of its ninety stones"]
    assert (alone["mine"], alone["theirs"][0]["note"]) == ([], "an arch is stones")
    assert ask("coder", "decide", extent["id"][:8], "theirs")["decision"] == "theirs"
    assert ask("coder", "decide", alone["id"], "mine")["decision"] == "mine"
    assert ask("coder", "disagreements")["disagreements"] == []
    assert len(ask("coder", "disagreements", "--all")["disagreements"]) == 2
    assert ask("coder", "consensus")["passages"] == 0
    assert ask("coder", "list")["layers"] == ["me", "Ben", "Consensus"]
    assert ask("undo")["undone"] == ["Decided for “Stones”: mine"]
    shown = {one["author"]: one["quote"] for one in ask("show", article)["highlights"]}
    assert shown["Consensus"] == "forty-one of its ninety stones"
    assert "Ben" in run("highlights").out
    said = run("unhighlight", next(one["id"] for one in ask("highlights")["highlights"] if one["author"] == "Ben"))
    assert (said.code, said.out) == (1, "")


def test_of_two_rounds_of_one_coder_the_one_is_in_that_came_back(ask, run, round_, tmp_path):
    ask("coder", "prepare", str(tmp_path / "again"), "--coder", "Ben")
    ask("coder", "take-in", str(round_))
    said = run("coder", "list").out
    assert [line.split("  ")[-1] for line in said.splitlines()] == ["is in", "not back yet"]
    assert [one["taken"] is None for one in ask("coder", "list")["rounds"]] == [False, True]
    ask("coder", "take-in", str(tmp_path / "again"))
    assert "not back yet" not in run("coder", "list").out
    ask("undo", "2")
    assert "is in" not in run("coder", "list").out


def test_a_draw_says_what_it_drew(ask, run, article, tmp_path):
    drawn = ask(
        "coder", "prepare", str(tmp_path / "a"), "--coder", "Ben", "--draw", "1", "--by", "month", "--seed", "s"
    )
    assert drawn["strata"] == {"": {"drawn": 1, "of": 1}}
    assert "1 of 1" in run("coder", "prepare", str(tmp_path / "b"), "--coder", "B", "--draw", "1", "--by", "outlet").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("prepare", "X"), 2),
        (("prepare", "X", "--coder", "Ben", "--by", "outlet"), 2),
        (("prepare", "X", "--coder", "Ben", "--draw", "9"), 1),
        (("prepare", "X", "--coder", "me"), 1),
        (("take-in", "nowhere"), 1),
        (("agreement",), 1),
        (("agreement", "--unit", "pages"), 2),
        (("disagreements",), 1),
        (("decide", "abcd", "mine"), 1),
        (("decide", "abcd", "neither"), 2),
        (("consensus", "--between", "me"), 1),
    ],
)
def test_what_cannot_be_done_is_said(run, article, words, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = run("coder", *words)
    assert (said.code, said.out) == (code, "")
    assert said.err
    assert not (tmp_path / "X").exists()
