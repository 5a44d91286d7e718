"""A new version of an article, or another article from the same place."""

from __future__ import annotations

import pytest

from app.cleaning.editions import holds_some, is_version
from app.model import Metadata, Published


def known(title: str = "Briefing", day: str = "", outlet: str | None = None) -> Metadata:
    return Metadata(title=title, published=Published.parse(day) if day else None, outlet=outlet)


def story(word: str, count: int, shared: int = 0) -> str:
    """Return a text of so many sentences of six words, of which the first are the same in every story."""
    words = (f"{'all' if n < 6 * shared else word}{n}" for n in range(6 * count))
    return " ".join(words)


SHORT, LONG = 10, 40
MONDAY, TUESDAY = "2025-03-03", "2025-03-04"


@pytest.mark.parametrize(
    ("size", "shared", "days", "titles", "here", "there"),
    [
        # size, sentences in common, days, whether the titles are the same; version from one file, from one address
        (SHORT, 0, ("", ""), True, False, False),
        (SHORT, 5, ("", ""), True, True, True),
        (SHORT, 5, ("", ""), False, True, True),
        (SHORT, 0, (MONDAY, MONDAY), True, True, True),
        (SHORT, 0, (MONDAY, MONDAY), False, False, False),
        (SHORT, 5, (MONDAY, TUESDAY), True, False, True),
        (SHORT, 8, (MONDAY, TUESDAY), True, True, True),
        (LONG, 0, (MONDAY, MONDAY), True, False, False),
        (LONG, 8, (MONDAY, MONDAY), True, True, True),
        (LONG, 8, ("", ""), True, False, True),
        (LONG, 8, ("", ""), False, False, False),
    ],
)
def test_likeness_day_title_and_address_decide(size, shared, days, titles, here, there):
    one, two = known(day=days[0]), known("Briefing" if titles else "Evening briefing", days[1])
    texts = story("spring", size, shared), story("autumn", size, shared)
    assert is_version([one], texts[0], two, texts[1], at_address=False) is here
    assert is_version([one], texts[0], two, texts[1], at_address=True) is there


def test_another_outlet_is_another_article_unless_it_has_the_address():
    texts = story("spring", SHORT, 9), story("spring", SHORT, 8)
    one, two = known(outlet="Globe"), known(outlet="Chronicle")
    assert not is_version([one], texts[0], two, texts[1], at_address=False)
    assert is_version([one], texts[0], two, texts[1], at_address=True)
    assert is_version([one, two], texts[0], two, texts[1], at_address=False)


@pytest.mark.parametrize(
    ("text", "new", "same"),
    [
        ("A quillbrax was seen. She called it a vornelup.", "A quillbrax was seen again. It is a vornelup.", True),
        ("A quillbrax was seen. She called it a vornelup.", "Nine whales were seen from the pier on Sunday.", False),
        ("One.", "Two.", False),
        ("", "A quillbrax was seen.", True),
    ],
)
def test_of_short_texts_the_words_decide(text, new, same):
    assert is_version([known()], text, known(), new, at_address=False) is same


def test_an_article_holds_some_of_its_passages():
    text = story("spring", LONG)
    assert holds_some(f"{story('spring', 2)}\n{story('winter', 2)}", text)
    assert holds_some("spring3 spring4", text)
    assert not holds_some(story("winter", 4), text)
