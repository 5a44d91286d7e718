"""Of a page the article is read, however much its readers wrote below it, and what its head and foot say of it."""

from __future__ import annotations

import pytest

from app.drafts import Draft
from app.importers._base import File
from app.importers.web_page import read

TEXT = (
    "The wall of the harbour that has stood for two hundred years will be raised by a metre, the town said on Tuesday.",
    "Fishermen had asked for it since the storm of 2023, when the sea came over the wall and carried off eleven boats.",
    "It is to be finished before the winter, and the market will move to the upper quay while people work on the wall.",
)
SAID = (
    "I have fished there for forty years and nobody ever asked me what I think of the wall, but here is what I think."
)


def page(*inside: str, title: str = "Town will raise its wall", head: str = "") -> Draft:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    markup = "".join(one.replace("TEXT", text) for one in inside)
    (draft,) = read(File(f"<title>{title}</title>{head}<body>{markup}</body>".encode(), "page.html"))
    return draft


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (
            "<div>By Ann Ek</div><div>ann.ek@example.org</div><div>@annek</div><div>June 12, 2025 | 5:45 pm</div>",
            "Ann Ek",
        ),
        ("<div>Ann Ek</div><div>Senior Economics Correspondent</div><div>June 12, 2025</div>", "Ann Ek"),
        ("<div>Ann Ek | 3 hours ago | 5 min read | 14 Comments</div>", "Ann Ek"),
        ("<div>By Ann Ek</div><div>Staff Writer</div>", "Ann Ek"),
    ],
)
def test_what_the_head_says_of_who_wrote_it_and_when_is_no_part_of_the_article(head, name):
    draft = page(f"<article><h1>Town will raise its wall</h1>{head}TEXT</article>")
    assert draft.metadata.byline == name
    assert draft.body.text == "\n".join(TEXT)


def test_days_that_a_diary_tells_of_stay_in_it():
    days = "".join(f"<p>{day} March 2025</p><p>{TEXT[0]} It was day {day}.</p>" for day in range(4, 9))
    draft = page(f"<article><h1>Town will raise its wall</h1>TEXT{days}</article>")
    assert all(f"{day} March 2025" in draft.body.text for day in range(4, 9))


def test_readers_who_wrote_more_than_the_article_do_not_take_its_place():
    comments = "".join(
        f"<li class=comment id=c{number}><div class=commentBody><p>{number}: {SAID}</p><p>{SAID}</p></div></li>"
        for number in range(60)
    )
    links = "".join(f"<li><a href=/{number}>Section {number}</a></li>" for number in range(30))
    text = "<br><br>".join(TEXT)
    story = f"<div class=story><h1>Town will raise its wall</h1><div class=body><div><i>{text}</i></div></div></div>"
    draft = page(f"<nav><ul>{links}</ul></nav>{story}<ul id=commentlisting>{comments}</ul>")
    assert SAID not in draft.body.text
    assert TEXT[0] in draft.body.text
    assert sum(SAID in piece.text for piece in draft.left_out) >= 60


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<p>Dec 17, 2025 · Julian Arni</p>", "Julian Arni"),
        ("<div><span>Dec 17, 2025</span><span>Julian Arni</span></div>", "Julian Arni"),
        ("<p>Dec 17, 2025</p><p>Julian Arni</p>", "Julian Arni"),
        ("<p>Article by</p><img src=a.png alt=Face><p>Julian Arni</p>", "Julian Arni"),
        ("<p>Dec 17, 2025 · Harbours, Walls</p>", None),
    ],
)
def test_a_name_beside_the_day_signs_where_nobody_else_does(head, name):
    draft = page("<article><h1>Town will raise its wall</h1>", head, "TEXT</article>")
    assert draft.metadata.byline == name
    assert draft.body.text.strip("\ufffc\n") == "\n".join(TEXT)


@pytest.mark.parametrize("note", ["Julian Arni is a writer in Lund.", "Julian Arni writes about walls and harbours."])
def test_what_tells_of_the_author_behind_an_article_is_left_out(note):
    head = "<meta name=author content='Julian Arni'>"
    draft = page(f"<article><h1>Town will raise its wall</h1>TEXT<p>{note}</p></article>", head=head)
    assert draft.body.text == "\n".join(TEXT)
    assert note in [piece.text for piece in draft.left_out]


def test_the_title_may_stand_below_the_name_of_the_site():
    title = "Town will raise its wall"
    draft = page(f"<h1>The Harbour Blog</h1><article><h2>{title}</h2>TEXT</article>", title=title)
    assert draft.metadata.title == title
    assert draft.body.text == "\n".join(TEXT)


@pytest.mark.parametrize(
    ("times", "day"),
    [
        ("<time datetime=2025-03-04T08:00Z>today</time>", "2025-03-04"),
        ("<div><time datetime='on Tuesday March 4, 2025 @08:00PM'>on Tuesday</time></div>", "2025-03-04"),
        ("<p>Updated <time datetime=2025-03-05>today</time></p>", None),
    ],
)
def test_the_time_below_the_title_is_when_it_was_published(times, day):
    others = "".join(f"<aside><time datetime=2024-0{month}-01>then</time></aside>" for month in range(1, 6))
    draft = page(f"<article><h1>Town will raise its wall</h1>{times}TEXT</article>{others}")
    assert (str(draft.metadata.published.day) if draft.metadata.published else None) == day


def test_what_a_page_says_of_its_sales_is_a_detail_of_it():
    said = "Products are chosen independently by our editors. Purchases through our links may earn us a commission."
    draft = page(f"<article><h1>Town will raise its wall</h1><p>{said}</p>TEXT</article>")
    assert draft.body.text == "\n".join(TEXT)
    assert draft.details["disclaimer"] == said
