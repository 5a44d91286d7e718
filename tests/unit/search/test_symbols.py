"""Symbols and emoji are in no index: beside words they are passed over, alone they find nothing, and either is said."""

from __future__ import annotations

import pytest

from tests.libraries import add

BESIDE = "Symbols and emoji are not indexed, so they are passed over."
ALONE = "Symbols and emoji are not indexed, so look for words."


@pytest.fixture
def answered(workspace):
    """Return who finds what and how it was read, in a library of three articles."""
    add(workspace.holdings, "A drone 😀 crossed the river at 50°C.", title="Drone ★")
    read = add(workspace.holdings, "The bridge was closed.", title="Bridge")
    key = add(workspace.holdings, "Talks → truce.", title="Talks")
    workspace.articles.edit(read, state="read")
    workspace.themes.add("💡")
    workspace.articles.theme(key, ["💡"])

    def answer(query: str, **options: bool) -> tuple[set[str], str]:
        results = workspace.search(query, **options)
        return {one.article.metadata.title for one in results.found}, str(results.explained)

    return answer


@pytest.mark.parametrize(
    "query",
    [
        "😀", "★", "→", '"★ →"', "😀 🎉", "👍🏽", "🇺🇦", "❤️", "\U0001fae8", "title:😀", "(😀)", "😀*", "😀~", "😀^2",
        "is:read 😀", "-drone 😀", "😀 OR ★", "note:(★ OR →)",
        "published:😀", "is:😀", "lang:😀",
    ],
)  # fmt: skip
@pytest.mark.parametrize("typing", [False, True])
def test_alone_they_find_nothing(answered, query, typing):
    assert answered(query, typing=typing) == (set(), f"No articles. {ALONE}")


def test_alone_they_find_no_passages_either(answered):
    assert answered("😀", passages=True) == (set(), f"No passages. {ALONE}")


@pytest.mark.parametrize(
    ("query", "titles", "read"),
    [
        ("drone 😀", {"Drone ★"}, "Articles with drone in any form."),
        ("😀 drone", {"Drone ★"}, "Articles with drone in any form."),
        ("drone😀", {"Drone ★"}, "Articles with drone in any form."),
        ("title:★ drone", {"Drone ★"}, "Articles with drone in any form."),
        ('"talks → truce"', {"Talks"}, "Articles with “talks truce”."),
        ("50°C", {"Drone ★"}, "Articles with “50 C” in any form."),
        ("😀 OR drone", {"Drone ★"}, "Articles with drone in any form."),
        ("(is:read 😀) bridge", {"Bridge"}, "Articles with bridge in any form and marked as read."),
        ("(is:read 😀) OR drone", {"Drone ★"}, "Articles with drone in any form."),
        ("😀 OR is:read", {"Bridge"}, "Articles marked as read."),
        ("bridge -😀", {"Bridge"}, "Articles with bridge in any form."),
        ("-(drone 😀)", {"Bridge", "Talks"}, "Articles without drone in any form."),
        ("-😀", {"Drone ★", "Bridge", "Talks"}, "All articles."),
        ("-(😀 -drone)", {"Drone ★"}, "Articles with drone in any form."),
        ("-(😀 is:read)", {"Drone ★", "Talks"}, "Articles not marked as read."),
        (
            "bridge -(drone -(😀 is:read))",
            {"Bridge"},
            "Articles with bridge in any form, but without drone in any form.",
        ),
    ],
)
def test_beside_anything_else_they_are_passed_over(answered, query, titles, read):
    assert answered(query) == (titles, f"{read} {BESIDE}")


@pytest.mark.parametrize(
    "query", ["!!!", "…", "−", "a − b", "$", "€", "£", "+", "<", "=", "~", "^", "|", "´", "§", "•", "？", "～", "＝"]
)
def test_signs_of_punctuation_and_of_the_query_language_are_none(answered, query):
    assert "Symbols" not in answered(query)[1]


def test_the_name_of_a_theme_may_be_one(answered):
    assert answered("theme:💡") == ({"Talks"}, "Articles under the theme “💡”.")
