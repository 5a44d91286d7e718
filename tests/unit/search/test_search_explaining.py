"""The answer says how its query was read, in sentences of a person, and each part of them can be translated."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import AttributeKind
from app.search import explaining
from app.search.explaining import explain
from app.search.reading import read
from app.wording import Day, Message
from tests.sample_index import NAMES


def said(query: str, *, passages: bool = False, typing: bool = False) -> str:
    return str(explain(read(query, NAMES, passages, typing), query, passages))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "All articles."),
        ("drone", "Articles with drone in any form."),
        ("drone million war", "Articles with drone, million and war in any form."),
        ("-drone", "Articles without drone in any form."),
        ("-drone -war", "Articles without drone or war in any form."),
        ("-(drone war)", "Articles not with drone and war in any form."),
        ("-(-drone)", "Articles with drone in any form."),
        ('"drone technology" OR royalt*', "Articles with “drone technology” or words that begin with “royalt”."),
        ("counter-drone", "Articles with “counter drone” in any form or counterdrone in any form."),
        ("su27", "Articles with su27 in any form or “su 27” in any form."),
        ("20-30", "Articles with “20 30” in any form."),
        ("mother-in-law", "Articles with “mother in law” in any form."),
        ("10:30", "Articles with “10 30” in any form."),
        ("2025-03-04", "Articles with “2025 03 04” in any form or published on 4 March 2025."),
        ("albawaba.example", "Articles with “albawaba example” or “albawaba example” in the address."),
        ("has:theme", "Articles under any theme."),
        ("-theme:*", "Articles not under any theme."),
        ("summary:x", "Articles with x in any form in the details."),
        (
            "theme:strikes",
            (
                "Articles under the theme “strikes”."
                " No theme is called “strikes”, so those are meant that have it in their names."
            ),
        ),
        (
            "drone or war",
            "Articles with drone, or and war in any form. “or” is looked for as a word; in capitals, OR means either.",
        ),
        (
            "drone not war",
            (
                "Articles with drone, not and war in any form."
                " “not” is looked for as a word; in capitals, NOT shuts out what follows."
            ),
        ),
        ('"drone or war"', "Articles with “drone or war”."),
        ("or war", "Articles with or and war in any form."),
        ("what is to be done or not done", "Articles with what, is, to, be, done, or and not in any form."),
        ("drnoe~", "Articles with words one letter away from “drnoe”."),
        ("drnoe~2 w?ld", "Articles with words up to 2 letters away from “drnoe” and words like “w?ld”."),
        ('"a b"~2', "Articles with “a b” with at most one word between them."),
        ('"a b"~5', "Articles with “a b” with at most 4 words between them."),
        ("drone^2 war", "Articles with drone in any form (counts double) and war in any form."),
        ("(a OR b)^0.5", "Articles with a or b in any form (counts half)."),
        ("title:drone^2.5", "Articles with drone in any form in the title (counts 2.5 times)."),
        ("theme:war -million", "Articles under the theme “war”, but without million in any form."),
        ("-theme:war", "Articles not under the theme “war”."),
        ("theme:peace", "Articles under the theme “peace” (there is no such theme)."),
        ("in:other", "Articles in the collection “other” (there is no such collection)."),
        ("by:lee is:unread", "Articles with lee in any form in the byline and marked as unread."),
        ("is:undated lang:fr", "Articles without a date and in the language “fr”."),
        ("tone-of-voice:critical", "Articles with critical in any form in the field “tone-of-voice”."),
        ("a OR b c", "Articles with a in any form or with b and c in any form."),
        ("a b OR c", "Articles with c in any form or with a and b in any form."),
        ("(a OR theme:war) c", "Articles with c in any form and (with a in any form or under the theme “war”)."),
        ("on:2025-03-04", "Articles published on 4 March 2025."),
        ("published:2025-03", "Articles published in March 2025."),
        ("published:2025", "Articles published in 2025."),
        ("published:last week", "Articles published from 24 February 2025 to 2 March 2025."),
        ("before:march", "Articles published before 1 March 2025."),
        ("after:2025-03-04", "Articles published after 4 March 2025."),
        ("published:..2024", "Articles published until 31 December 2024."),
        ("after:9999", "Articles published on no day at all."),
    ],
)
def test_how_it_was_read_is_said(query, sentence):
    assert said(query) == sentence


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("score:2", "Articles with 2 in the field “score”."),
        ("score:-2.50", "Articles with -2.5 in the field “score”."),
        ("score:3..5", "Articles with 3 to 5 in the field “score”."),
        ("score:>2", "Articles with more than 2 in the field “score”."),
        ("score:>=2", "Articles with 2 or more in the field “score”."),
        ("score:<2", "Articles with less than 2 in the field “score”."),
        ("score:..1,000", "Articles with 1000 or less in the field “score”."),
        ("-score:>2", "Articles without more than 2 in the field “score”."),
        ("seen:2025-03-04", "Articles with 4 March 2025 in the field “seen”."),
        ("seen:2025-03", "Articles with a day from 1 March 2025 to 31 March 2025 in the field “seen”."),
        ("seen:>=2025-03", "Articles with a day since 1 March 2025 in the field “seen”."),
        ("seen:<2025-03", "Articles with a day until 28 February 2025 in the field “seen”."),
        ('score:="2.50"', "Articles with exactly “2.50” in the field “score”."),
        ('outlet:="The Times"', "Articles with exactly “The Times” in the outlet."),
        ("lang:=en", "Articles in exactly the language “en”."),
        ("lang:english", "Articles in the language “en”."),
        ("published:*", "Articles with a date."),
        ("-date:*", "Articles without a date."),
        ("published:=2025-03", "Articles surely published in March 2025."),
        ("published:>2025-03", "Articles published after 31 March 2025."),
        ("score:many", "many is no number, so it is looked for as a word."),
        ("seen:often", "often is no date, so it is looked for as a word."),
        ("title:>drone", "> means nothing after title:, so it is not read."),
        ("lang:klingon", "klingon means nothing after lang:, so the words are looked for."),
        (
            "is:un",
            "Articles marked as unread or without a date. un is no whole value of is:, so all are meant",
        ),
        ("is:un drone", "Articles with drone in any form and (marked as unread or without a date)."),
        ("has:n", "Articles with a note. n is no whole value of has:, so all are meant that begin like that."),
        ("lang:engl", "Articles in the language “en”. engl is no whole value of lang:"),
        ("lang:ger", "Articles in the language “de”."),
        ("lang:und", "Articles in the language “und”."),
        ("is:read", "Articles marked as read."),
    ],
)
def test_how_values_are_compared_is_said(query, sentence):
    assert sentence in str(explain(read(query, OWN), query, False))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("!!!", "There is no word in it to look for. All articles."),
        ("foo:bar", "There is no field foo, so its words are looked for."),
        ("before:2025-13-01", "There is no such date as 2025-13-01, so the words are looked for."),
        ("published:2025-02-30", "There is no such date as 2025-02-30, so the words are looked for."),
        ("drone since march", "“since march” is read as a date; in quotation marks it would be words."),
        ("drone theme:", "theme: waits for a value, so it narrows nothing yet."),
        ("drone theme: ", "Articles with drone in any form. theme: waits for a value, so it narrows nothing yet."),
        ("(by: ) drone", "Articles with drone in any form. by: waits for a value, so it narrows nothing yet."),
        ("drone NEAR/5 strike", "“NEAR/5” is looked for as a word; words near one another are written “a b”~5."),
        ("drone w/5 strike", "“w/5” is looked for as a word; words near one another are written “a b”~5."),
        (
            "Ukraine/Russia talks",
            (
                "Articles with “Ukraine Russia” in any form and talks in any form."
                " “Ukraine/Russia” is looked for as words side by side; with OR between them, either will do."
            ),
        ),
        (
            "19 December 2025",
            (
                "Articles with 19, December and 2025 in any form."
                " “19 December 2025” is looked for as words; with published: before it, it would be a date."
            ),
        ),
        ("(drones Dec. 19th, 2025)", "“Dec. 19th, 2025” is looked for as words"),
        ("drones march 2025 -war", "“march 2025” is looked for as words"),
        ("(title:drone/war)", "“drone/war” is looked for as words side by side"),
        ("drone since ", "“since” is looked for as a word; with a date after it, it would be a limit in time."),
        ('"drone tech', "The quotation mark is not closed, so all that follows it is one phrase."),
        ("(drone OR war", "A bracket is not closed, so it reaches to the end."),
        ("drone) war", "A bracket closes nothing, so it is not read."),
        ("(drone war)~5", "The sign ~ means nothing after a bracket, so it is not read."),
        ("drnoe~3", "A word may differ by 2 letters at most."),
        ("drone^100", "A part can count from 0.1 to 10 times as much as the others."),
        ("drone " * 333 + "million", "Articles with drone in any form. Only the first 2000 characters are read."),
        ("a" * 3000, "Only the first 2000 characters are read."),
        ("(" * 60 + "drone", "There are more than 50 brackets in one another, so brackets are not read."),
        ("a " * 60 + "b* " * 60, "Articles with a in any form and words that begin with “b”."),
        ("a* " * 20 + "b* " * 20, "Articles with words that begin with “a”"),
        (" ".join(f"is:read in:set{n}" for n in range(40)), "Only the first 32 words count."),
        (" ".join(f"w{n}" for n in range(300)), "Only the first 32 words count."),
        (" ".join(f"{n}*" for n in range(20)), "only the first are read as such."),
    ],
)
def test_what_was_read_otherwise_than_it_was_written_is_said(query, sentence):
    assert sentence in said(query)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("drone mill", "Articles with drone in any form and words that begin with “mill”."),
        ("title:dro", "Articles with words that begin with “dro” in the title."),
        ('"million dr', "Articles with “million dr…”."),
        ('"million d', "Articles with “million”."),
        ("theme:di", "Articles under the theme “di…”."),
        ("-dro", "Articles without dro in any form."),
        ("drone ", "Articles with drone in any form."),
        ("is:unr", "All articles. unr is no value of is: yet, so it narrows nothing yet."),
        ("published:last w", "All articles. last w is no value of published: yet, so it narrows nothing yet."),
        ("is:un ", "All articles. un is no value of is: yet, so it narrows nothing yet."),
        ("-is:un", "All articles. un is no value of is: yet, so it narrows nothing yet."),
        ("has:n ", "All articles. n is no value of has: yet, so it narrows nothing yet."),
        ("lang:e ", "All articles. e is no value of lang: yet, so it narrows nothing yet."),
        ("lang:ge", "All articles. ge is no value of lang: yet, so it narrows nothing yet."),
        ("lang: ", "All articles. lang: waits for a value, so it narrows nothing yet."),
        ("since ", "All articles. since: waits for a value, so it narrows nothing yet."),
        ("drone Before ", "Articles with drone in any form. Before: waits for a value, so it narrows nothing yet."),
        (
            "(drone (since ",
            "Articles with drone in any form. A bracket is not closed, so it reaches to the end.",
        ),
        ("since", "Articles with words that begin with “since”."),
        ('"ever since ', "Articles with “ever since”."),
    ],
)
def test_what_is_half_typed_is_said(query, sentence):
    assert said(query, typing=True).startswith(sentence)


@pytest.mark.parametrize(
    "query",
    [
        '"drone/war"',
        "theme:wall/harbour",
        "24/7",
        "AC/DC",
        "km/h",
        "and/or",
        "12/05/2025",
        "albawaba.example/news",
        "https://a.example/news",
    ],
)
def test_of_a_slash_that_parts_no_two_words_nothing_is_said(query):
    assert "side by side" not in said(query)


def test_of_a_headline_with_a_colon_nothing_is_said_but_its_words():
    headline = "The strikes and the talks: what we know by now"
    assert said(headline).endswith("know, by and now in any form.")
    assert "There is no field talks" in said("talks: what we know")
    assert "There is no field talks" in said("the strikes and the talks:what we know by now")
    assert "by: waits" not in said(headline)


@pytest.mark.parametrize(
    "query",
    ["published:19 December 2025", "drone since march 2025", "on: 19 december 2025", '"march 2025"', "title:march 2025",
     "31 February 2025", "published:(3 March 2025)", "title:(3 March 2025)", "drones 2025", "march 20255",
     "drone 31 march", "published:march 2024..april 2025", "seit Oktober 2025"],
)  # fmt: skip
def test_of_what_is_a_date_already_or_none_nothing_is_said(query):
    assert "looked for as words" not in said(query)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("Café Zoë", "Articles with Café and Zoë in any form."),
        ("«Café de Flore»", "Articles with “Café de Flore”."),
        ("title:Müller", "Articles with Müller in any form in the title."),
        ("Май", "Articles with Май in any form."),
        ("U.S. Ukraine’s", "Articles with U.S. and Ukraine’s in any form."),
        ("Roy* W?ld Drnoe~", "Articles with words that begin with “Roy”, words like “W?ld” and words one letter away"),
        ('"(Drnoe~', "Articles with words one letter away from “Drnoe”."),
        ("Drone drone", "Articles with Drone in any form."),
        ("乌克兰 无人机", "Articles with “乌克兰” in any form and “无人机” in any form."),
        ('"石油 平台 Kyiv 3"', "Articles with “石油平台 Kyiv 3”."),
        ("ภาษาไทย", "Articles with “ภาษาไทย” in any form."),
        ("왕세자가 말했다", "Articles with 왕세자가 and 말했다 in any form."),
    ],
)
def test_words_are_said_as_they_were_typed(query, sentence):
    assert said(query).startswith(sentence)


def test_a_word_that_grows_is_said_as_it_was_typed():
    assert said("drone Kyi", typing=True) == "Articles with drone in any form and words that begin with “Kyi”."


def test_of_passages_it_is_said_too():
    assert said("war", passages=True) == "Passages with war in any form or under the theme “war”."
    assert said("", passages=True) == "All passages."


def templates(message: Message) -> set[str]:
    """Return every template that a message is made of."""
    inner = [value for value in message.values.values() if isinstance(value, Message)]
    return {message.template}.union(*map(templates, inner))


WRITTEN = {
    node.value
    for name in ("explaining", "phrasing", "reading", "preparing", "grammar")
    for node in ast.walk(ast.parse(Path(explaining.__file__).with_name(f"{name}.py").read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
OWN = replace(
    NAMES,
    attributes={7: "Score", 8: "Seen"},
    attribute_kinds={7: AttributeKind.NUMBER, 8: AttributeKind.DATE},
)
PARTS = (
    "zzword", "-zzword", '"zz zzword"', "zz*", "z?z", "zz~2", "zz^2", "title:zz", "theme:war", "in:zz", "is:read",
    "has:note", "lang:zz", "published:2025", "before:2025", "since:2025-02..2025-04", "(", ")", "OR", "zz:zz",
    "theme:", '"', "zz^99", "outlet:=zz", "lang:=zz", "published:=2025", "published:>2025", "title:>zz", "score:>zz",
    "score:>2", "score:<=-2", "score:2..3", "score:2", "seen:2025", "seen:2025-03-04", "seen:>2025", "seen:<9999",
    "seen:..", "seen:zz", "lang:english", "★", "-★", "title:★",
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join), st.booleans(), st.booleans())
def test_every_word_of_it_is_one_that_can_be_translated(query, passages, typing):
    message = explain(read(query, OWN, passages, typing), query, passages)
    assert templates(message) <= WRITTEN
    assert not re.search(r"\{[a-z_]+\}", str(message))


def test_a_message_words_its_parts():
    day = Message("on {day}", {"day": Day(date(2025, 3, 4))})
    assert str(Message("{what}, {when}", {"what": 3, "when": day})) == "3, on 4 March 2025"


@pytest.mark.parametrize(
    ("query", "typed", "whole"),
    [
        (
            'outlet:="N',
            "Articles with a value that begins with “N” in the outlet.",
            "Articles with exactly “N” in the outlet.",
        ),
        (
            "tone-of-voice:=lo",
            "Articles with a value that begins with “lo” in the field “tone-of-voice”.",
            "Articles with exactly “lo” in the field “tone-of-voice”.",
        ),
        ("-lang:=e", "Articles not in exactly the language “e”.", "Articles not in exactly the language “e”."),
        ("lang:=e", "Articles in a language that begins with “e”.", "Articles in exactly the language “e”."),
    ],
)
def test_of_a_whole_value_that_still_grows_it_is_said_that_it_is_a_beginning(query, typed, whole):
    assert said(query, typing=True) == typed
    assert said(query) == whole
