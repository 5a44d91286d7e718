"""The five real articles beside the checkout come in as a careful reader classed them, line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.drafts import Draft
from app.importers._base import File
from app.importers.scraped_text import read
from app.model import Origin

LINES_TO_GET_RIGHT = 117


def drafts(shared: Path) -> list[tuple[dict[str, Any], list[str], Draft]]:
    gold = json.loads((shared / "gold" / "seeds_gold.json").read_text(encoding="utf-8"))
    found = []
    for name, expected in sorted(gold.items()):
        data = (shared / "seeds" / name).read_bytes()
        (draft,) = read(File(data, name))
        found.append((expected, data.decode("utf-8").split("\n"), draft))
    assert len(found) == 5
    return found


def place(line: str, draft: Draft) -> str:
    """Say where a line of the source has gone."""
    text = line.strip().removeprefix("•").strip()
    for piece in draft.body.pieces():
        if text == piece.text:
            return "heading" if piece.kind == "heading" else "body"
    if text in [piece.text for piece in draft.left_out]:
        return "boilerplate"
    stated = [entry for value in draft.details.values() for entry in ([value] if isinstance(value, str) else value)]
    return "meta" if text in stated or text == draft.metadata.title else "lost"


def test_every_line_goes_where_it_belongs(shared):
    right, wrong = 0, []
    for expected, lines, draft in drafts(shared):
        for number, kind in expected["line_class"].items():
            found = place(lines[int(number) - 1], draft)
            right += found == kind
            if found != kind:
                wrong.append((expected["file"], number, kind, found))
    assert not [line for line in wrong if line[3] == "lost"]
    assert right >= LINES_TO_GET_RIGHT, wrong


def test_titles_are_right_and_the_missing_one_is_derived(shared):
    for expected, _lines, draft in drafts(shared):
        if expected["title"]:
            assert draft.metadata.title == expected["title"]
            assert draft.metadata.origins["title"] is Origin.STATED
        else:
            assert draft.metadata.title.startswith("Ukraine and the United States are close to signing a deal")
            assert draft.metadata.origins["title"] is Origin.DERIVED


def test_bylines_roles_outlets_and_no_invented_date(shared):
    found = drafts(shared)
    assert all(draft.metadata.byline == expected["byline"] for expected, _lines, draft in found)
    assert all(draft.details.get("role") == expected["byline_role"] for expected, _lines, draft in found)
    assert all(draft.metadata.published is None for _expected, _lines, draft in found)
    assert [draft.metadata.outlet for _expected, _lines, draft in found] == [
        "Banx Media Platform",
        None,
        "Gulf Independent News",
        None,
        "ALBAWABA",
    ]
    assert all(draft.metadata.language == "en" for _expected, _lines, draft in found)


def test_call_outs_questions_and_bullets_keep_their_form(shared):
    pieces = drafts(shared)[3][2].body.pieces()
    assert [piece.attributes["label"] for piece in pieces if piece.kind == "callout"] == ["Did you know?", "Pro Tip"]
    assert len([piece for piece in pieces if piece.kind == "item"]) == 5
    assert len([piece for piece in pieces if piece.text.startswith(("Q: ", "A: "))]) == 10


def test_selling_sentences_are_marked_where_they_stand(shared):
    for expected, _lines, draft in drafts(shared):
        marked = [draft.body.text[run.start : run.end] for run in draft.body.runs if run.kind == "promotion"]
        assert marked == [sentence["text"] for sentence in expected.get("inline_boilerplate", [])]
