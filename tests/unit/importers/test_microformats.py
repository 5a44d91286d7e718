"""Pages that tell in microformats whom they are by and when they came out, as personal sites do."""

from __future__ import annotations

import pytest

from app.importers._base import File
from app.importers.web_page import read
from app.model import Metadata, Origin
from tests.unit.importers.test_web_page_statements import PROSE

CARD = '<a class="p-author h-card" href="https://ada.example/">Ada Marsh</a>'
NOTE = "<p>The ferry runs again.</p>"
DAY = '<time class="dt-published" datetime="2025-03-04T10:00:00+01:00">last spring</time>'
REPLY = (
    '<div class="p-comment h-cite"><a class="p-author h-card" href="https://ben.example/">Ben Low</a>'
    '<time class="dt-published" datetime="2025-06-07">7 June</time><p class="p-content">I have been there.</p></div>'
)


def metadata(markup: str) -> Metadata:
    (draft,) = read(File(f"<html>{markup}</html>".encode(), "page.html"))
    return draft.metadata


def page(inside: str, around: str = "", head: str = "", behind: str = "") -> Metadata:
    entry = f'<h1 class="p-name">Harbours</h1><div class="e-content">{PROSE}</div>{inside}'
    return metadata(
        f'<head>{head}</head><body>{around}<main><article class="h-entry">{entry}</article>{behind}</main></body>'
    )


@pytest.mark.parametrize(
    "author",
    [
        CARD,
        f"<footer>{CARD}</footer>",
        '<span class="p-author">Ada Marsh</span>',
        '<data class="p-author h-card" value="Ada Marsh"></data>',
        (
            '<div class="p-author h-card vcard"><img src="/a.png" alt="A face"><a class="u-url" href="/">'
            '<span class="p-name">Ada Marsh</span></a><p class="p-note">I write on boats and live near one.</p></div>'
        ),
        '<a class="p-author h-card" href="/"><img src="/a.png" alt="Ada Marsh"></a>',
        f'{CARD}<div class="u-in-reply-to h-cite"><a class="p-author h-card" href="/">Ben Low</a></div>',
        f"{REPLY}{CARD}",
    ],
)
def test_the_author_of_the_entry_is_that_of_the_article(author):
    found = page(author)
    assert (found.byline, found.origins["byline"]) == ("Ada Marsh", Origin.STATED)


def test_every_author_of_the_entry_is_named():
    assert page(f'{CARD} <a class="p-author h-card" href="/">Cy Dunn</a>').byline == "Ada Marsh, Cy Dunn"


@pytest.mark.parametrize(
    ("day", "published"),
    [
        (DAY, "2025-03-04"),
        (f'{DAY}<time class="dt-updated" datetime="2025-06-07">June</time>', "2025-03-04"),
        (
            '<time class="dt-updated" datetime="2025-06-07">June</time><b class="dt-published">2025-03-04</b>',
            "2025-03-04",
        ),
        ('<abbr class="dt-published" title="2025-03-04">in spring</abbr>', "2025-03-04"),
        ('<data class="dt-published" value="2025-03-04">in spring</data>', "2025-03-04"),
        ('<p class="dt-published"><b class="value">2025-03-04</b> at <b class="value">10:00</b></p>', "2025-03-04"),
        (f"{REPLY}{DAY}", "2025-03-04"),
        (REPLY, "None"),
    ],
)
def test_the_day_of_the_entry_is_that_of_the_article(day, published):
    assert str(page(day).published) == published


def test_who_has_the_site_signs_what_nobody_else_does():
    site = '<header class="h-card"><a class="p-name u-url" rel="me" href="/">Ada Marsh</a></header>'
    assert page("", site).byline == "Ada Marsh"
    assert page("", f"{site}<p>By Ben Low</p>").byline == "Ben Low"
    assert page('<b class="p-author">Ben Low</b>', site).byline == "Ben Low"
    assert page("", '<header class="h-card"><a class="p-name" href="/">Harbours and more</a></header>').byline is None
    assert page("", f'{site}<div class="h-card"><b class="p-name">Cy Dunn</b></div>').byline is None


@pytest.mark.parametrize(
    ("card", "name"),
    [
        ('<a class="h-card" rel="me" href="/">Ada Marsh</a>', "Ada Marsh"),
        (
            '<div class="h-card"><b class="p-name">Ada Marsh</b><a rel="me" href="https://b.example/ada">B</a></div>',
            "Ada Marsh",
        ),
        ('<div class="h-card"><b class="p-name">Ada Marsh</b></div>', None),
        ('<a class="h-card" rel="me" href="/">The Island Shop</a><a class="h-card" href="/">Ada Marsh</a>', None),
    ],
)
def test_a_page_without_an_entry_is_by_who_says_that_the_site_is_theirs(card, name):
    markup = f"<body><footer>{card}</footer><article><h1>Harbours</h1>{PROSE}</article></body>"
    assert metadata(markup).byline == name


def test_a_link_to_the_author_may_name_them():
    assert page("", head='<link rel="author" href="/about" title="Ada Marsh">').byline == "Ada Marsh"
    assert page("", head='<link rel="author" href="/humans.txt" title="Who we are">').byline is None


@pytest.mark.parametrize(
    "behind", [REPLY, f'<section class="h-feed"><h2>More</h2><div class="h-entry">{CARD}{DAY}</div></section>']
)
def test_who_wrote_something_else_is_no_author(behind):
    found = page("", behind=behind)
    assert (found.byline, found.published) == (None, None)


def test_what_the_page_states_elsewhere_comes_first():
    head = '<meta name="author" content="Cy Dunn"><meta property="article:published_time" content="2024-01-02">'
    found = page(f"{CARD}{DAY}", head=head)
    assert (found.byline, str(found.published)) == ("Cy Dunn", "2024-01-02")


@pytest.mark.parametrize("title", ["Notes by Ada Marsh", "Harbours in winter | Ada Marsh", ""])
def test_the_name_of_the_entry_is_the_title(title):
    entry = f'<div class="p-name">Harbours in winter</div>{CARD}<div class="e-content">{PROSE}</div>'
    found = metadata(
        f'<head><title>{title}</title></head><body><p>Ada Marsh</p><article class="h-entry">{entry}</article></body>'
    )
    assert (found.title, found.byline) == ("Harbours in winter", "Ada Marsh")


def test_an_entry_without_a_name_of_its_own_gets_none_from_its_text():
    found = metadata(f'<body><article class="h-entry"><div class="p-name e-content">{NOTE}</div></article></body>')
    assert found.title == "The ferry runs again"
    assert found.origins["title"] is Origin.DERIVED
