"""Which articles say mostly the same: found whenever they were added, and never stale after a text changed."""

from __future__ import annotations

from app.library.likenesses import Likenesses
from tests.libraries import add

WIRE = [
    f"The {word} was seen off the coast by a fisherman who had left the harbour before dawn."
    for word in ("ferry", "tanker", "trawler", "cutter", "barge", "yacht")
]
OTHER = [
    f"The {word} was sold at an auction to a buyer whose name the gallery would not tell."
    for word in ("painting", "vase", "clock", "desk", "mirror", "carpet")
]


def likenesses(holdings) -> Likenesses:
    found = Likenesses(holdings.library.database, holdings.bodies)
    with holdings.library.database.transaction():
        found.fill(found.missing(100))
    return found


def test_the_same_story_elsewhere_is_found_and_another_is_not(holdings):
    first = add(holdings, *WIRE, title="Wire")
    second = add(holdings, "By our own correspondent", *WIRE[:-1], title="Elsewhere")
    add(holdings, *OTHER, title="Auction")
    found = likenesses(holdings)
    assert [(one.article, one.share > 0.7) for one in found.of(first)] == [(second, True)]
    assert [one.article for one in found.of(second)] == [first]
    assert [one.article for one in found.like("\n".join(WIRE[1:]))] == [first, second]
    assert found.like("Too short to tell") == ()


def test_what_was_added_meanwhile_is_found(holdings):
    found = likenesses(holdings)
    assert found.like("\n".join(WIRE)) == ()
    keys = []
    with holdings.library.deed("Import"):
        for number in range(120):
            lines = [line.replace("coast", f"coast of island {number}") for line in WIRE]
            keys.append(add(holdings, *lines, title=f"Island {number}"))
            assert found.like("\n".join(lines))[0].article == keys[-1]


def test_a_changed_text_and_an_older_library_are_learnt_again(holdings):
    first, second = add(holdings, *WIRE, title="Wire"), add(holdings, *WIRE[::-1], title="Turned")
    assert [one.article for one in likenesses(holdings).of(first)] == [second]
    holdings.library.database.execute("DELETE FROM likeness")
    assert [one.article for one in likenesses(holdings).of(first)] == [second]
    for _ in WIRE[1:]:
        holdings.bodies.leave_out(second, 0)
    assert likenesses(holdings).missing(10) == []
    assert likenesses(holdings).of(first) == ()


def test_an_article_that_has_lost_its_text_is_not_learnt_for_ever(holdings):
    first, second = add(holdings, *WIRE, title="Wire"), add(holdings, *OTHER, title="Auction")
    holdings.library.database.execute("DELETE FROM body WHERE article_id=?", (first,))
    holdings.library.database.execute("DELETE FROM likeness")
    found = Likenesses(holdings.library.database, holdings.bodies)
    assert found.missing(10) == [second]


def test_a_text_that_changes_between_two_questions_is_compared_as_it_is_now(holdings):
    first, second = add(holdings, *WIRE, title="Wire"), add(holdings, *WIRE[::-1], title="Turned")
    found = likenesses(holdings)
    assert [one.article for one in found.of(first)] == [second]
    for _ in WIRE[1:]:
        holdings.bodies.leave_out(second, 0)
    assert found.of(first) == ()


def test_the_answers_are_the_same_however_little_is_kept_at_hand(holdings, monkeypatch):
    keys = [add(holdings, *WIRE[number:], *OTHER[:number], title=f"Mixed {number}") for number in range(6)]
    expected = [likenesses(holdings).of(key) for key in keys]
    assert any(expected)
    monkeypatch.setattr("app.library.likenesses._AT_HAND", 100)
    found = likenesses(holdings)
    assert [found.of(key) for key in (*keys, *keys)] == expected * 2
