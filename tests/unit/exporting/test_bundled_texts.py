"""The texts on their way out: read when they are asked for, and never more of them held than there is room for."""

from __future__ import annotations

from app.exporting.bundled_texts import BundledText, BundledTexts
from tests.libraries import add


def test_the_first_texts_stay_at_hand_and_of_the_others_the_last(workspace):
    keys = [add(workspace.holdings, "x" * 10, title=str(number)) for number in range(20)]
    texts = BundledTexts(workspace.bodies, most=35)
    for _ in range(2):
        found = {key: texts.of(key) for key in keys}
        assert [one.body.text for one in found.values()] == ["x" * 10] * 20
        held = {key for key in reversed(keys) if texts.of(key) is found[key]}
        assert held == {*keys[:3], *keys[-8:]}


def test_a_text_that_is_too_long_to_be_held_is_read_all_the_same(workspace):
    key = add(workspace.holdings, "A long story.")
    text = BundledText(BundledTexts(workspace.bodies, most=0), key)
    assert text().body.text == "A long story."
    assert text() is text()
