"""Saved web pages: the article, its structure, what is stated of it, and everything else in its place."""

from __future__ import annotations

import gzip

import pytest

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers.web_page import IMPORTER, read
from app.model import Origin
from app.text.html_reader import read_parts
from app.text.markup import parse
from tests.unit.importers.boxes import sample

SENTENCES = [
    "The water rises twice a day in the harbour, and nobody there looks up from the nets when it does.",
    "What has changed is the height of it: the wall was built for a sea that stood a foot lower.",
    "A ship came in on Tuesday with its cargo wet, and the captain said that he had seen worse.",
    "For the town the question is one of money, and the clerks have been counting since the spring.",
]
PAGE = f"""<!DOCTYPE html>
<!-- Page saved with SingleFile
 url: https://harbour.example/wall?utm_source=x
 saved date: Tue Mar 11 2025 10:00:00 GMT+0100 -->
<html lang="en"><head><meta charset="utf-8"><title>The Sea Wall Is Too Low | Harbour Post</title>
<meta property="og:title" content="The Sea Wall Is Too Low"><meta property="og:site_name" content="Harbour Post">
<meta property="article:section" content="World"><link rel="canonical" href="https://harbour.example/wall">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"NewsArticle",
"headline":"The Sea Wall Is Too Low","datePublished":"2025-03-04T09:00:00+01:00","author":[{{"@id":"#a"}}]}},
{{"@id":"#a","@type":"Person","name":"Ada Marsh"}}]}}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>The Sea Wall Is Too Low</h1><p class="byline">By Ada Marsh, Harbour Correspondent</p><p>5 min read</p>
<p>{SENTENCES[0]} {SENTENCES[1]}</p>
<figure><img src="/wall.jpg" alt="The wall"><figcaption>The wall at noon</figcaption></figure>
<h2>What it costs</h2><p>{SENTENCES[2]} <a href="/report">The report</a> says <em>so</em>.</p>
<ul><li>Height: a foot more than there is now.</li><li>Money: a lot less than there should be.</li></ul>
<blockquote><p>“It will hold,” said the mayor, who lives on the hill and keeps no boat.</p></blockquote>
<table><tr><th>Year</th><th>Height</th></tr><tr><td>1953</td><td>four metres</td></tr>
<tr><td>2025</td><td>three metres</td></tr></table>
<p>{SENTENCES[3]} {SENTENCES[0]}</p><p>Share this story</p></article>
<aside><h3>You may also like</h3><a href="/x">A Harbour Without Boats</a></aside>
<footer>© Harbour Post. All rights reserved.</footer></body></html>"""


def one(markup: str) -> Draft:
    (draft,) = read(File(markup.encode(), "wall.html"))
    return draft


def everything(draft: Draft) -> list[str]:
    texts = [draft.body.text, draft.metadata.title or "", *(piece.text for piece in draft.left_out)]
    for value in draft.details.values():
        texts += [value] if isinstance(value, str) else value
    return texts


def test_a_document_that_was_saved_as_a_page_is_called_by_its_title_and_is_all_the_article():
    (draft,) = read(File(sample("wall-libreoffice.html"), "wall-libreoffice.html"))
    assert (draft.metadata.title, draft.metadata.byline) == ("The Sea Wall Is Too Low", "Ada Marsh")
    kinds = [piece.kind for piece in draft.body.pieces()]
    assert kinds.count("heading") == 3
    assert (kinds.count("item"), kinds.count("cell"), kinds.count("quote"), kinds.count("code")) == (7, 8, 1, 2)
    assert not draft.left_out


def test_all_of_a_document_of_google_is_the_article():
    words = "".join(f"<p class='c1'><span>{line}</span></p>" for line in (SENTENCES[0], "Short", "Shorter"))
    draft = one(f"<html><head><style>{'.c1{}' * 3000}</style></head><body class='c0 doc-content'>{words}</body></html>")
    assert draft.body.text.split("\n") == [SENTENCES[0], "Short", "Shorter"]


def test_what_the_page_states():
    metadata = one(PAGE).metadata
    assert metadata.title == "The Sea Wall Is Too Low"
    assert metadata.byline == "Ada Marsh"
    assert metadata.outlet == "Harbour Post"
    assert metadata.section == "World"
    assert metadata.address == "https://harbour.example/wall"
    assert str(metadata.published) == "2025-03-04"
    assert metadata.accessed == "2025-03-11"
    assert metadata.language == "en"
    assert set(metadata.origins.values()) == {Origin.STATED}


def test_the_structure_of_the_article_survives():
    pieces = one(PAGE).body.pieces()
    assert [piece.kind for piece in pieces] == [
        "paragraph", "image", "caption", "heading", "paragraph", "item", "item", "quote",
        "cell", "cell", "cell", "cell", "cell", "cell", "paragraph",
    ]  # fmt: skip
    link = next(run for run in pieces[4].runs if run.kind == "link")
    assert link.attributes["address"] == "https://harbour.example/report"
    assert pieces[1].attributes == {"alt": "The wall", "source": "https://harbour.example/wall.jpg"}


def test_the_rest_of_the_page_is_kept_in_its_place():
    draft = one(PAGE)
    assert [(piece.kind, piece.text, piece.before) for piece in draft.left_out] == [
        ("navigation", "Home", 0),
        ("navigation", "World", 0),
        ("share", "Share this story", 15),
        ("related", "You may also like", 15),
        ("related", "A Harbour Without Boats", 15),
        ("footer", "© Harbour Post. All rights reserved.", 15),
    ]
    assert draft.details["byline_line"] == "By Ada Marsh, Harbour Correspondent"
    assert draft.details["role"] == "Harbour Correspondent"
    assert draft.details["reading_time"] == "5 min read"


def test_a_page_without_markup_about_itself_is_read_from_its_lines():
    body = "".join(f"<p>{sentence} {sentence}</p>" for sentence in SENTENCES)
    draft = one(f"<h1>The Sea Wall Is Too Low</h1><p>By Ada Marsh</p><p>March 4, 2025</p>{body}")
    assert draft.metadata.title == "The Sea Wall Is Too Low"
    assert draft.metadata.byline == "Ada Marsh"
    assert str(draft.metadata.published) == "2025-03-04"
    assert draft.body.text.startswith(SENTENCES[0])


def test_a_page_without_a_date_has_none():
    body = "".join(f"<p>{sentence} In 2019 that was so.</p>" for sentence in SENTENCES)
    assert one(f"<h1>The Sea Wall</h1>{body}").metadata.published is None


def test_dangerous_links_are_gone():
    links = "<a href='javascript:x()'>Here</a> <a href='data:text/html,y'>there</a>"
    body = "".join(f"<p>{sentence} {links}.</p>" for sentence in SENTENCES)
    assert not one(body).body.runs


@pytest.mark.parametrize(
    "markup",
    ["<html></html>", "<script>x</script>", "<div>" * 20_000 + "</div>" * 20_000, "<!-- -->", "<!DOCTYPE html>"],
)
def test_a_page_that_shows_nothing_is_refused(markup):
    with pytest.raises(ImportFailed):
        one(markup)


def test_deep_nesting_falls_back_to_the_visible_text():
    assert "twice a day" in one("<div>" * 20_000 + "".join(f"<p>{s}</p>" for s in SENTENCES)).body.text


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    draft = one(f"{bomb}<p>{SENTENCES[0]} &b; &c;</p>")
    assert "aaaaaaaaaa" not in draft.body.text
    assert "root:" not in draft.body.text


def test_a_page_is_known_by_its_first_bytes():
    assert IMPORTER.sniff(b"\xef\xbb\xbf<!-- saved --> <!DOCTYPE html><html>")
    assert IMPORTER.sniff(b"\n<HTML lang=de>")
    assert not IMPORTER.sniff(b"An article about <html> tags")


def test_no_visible_line_of_a_real_page_is_lost(shared):
    for path in sorted((shared / "pages" / "html").glob("*.html.gz"))[::30]:
        data = gzip.decompress(path.read_bytes())
        (draft,) = read(File(data, path.name))
        kept = set("\n".join(everything(draft)).split("\n"))
        root = parse(data.decode("utf-8", "replace"))
        assert root is not None
        for part in read_parts(root):
            if part.piece.text and part.piece.kind != "image":
                assert {part.piece.text, part.piece.text.replace("\xad", "")} & kept, (path.name, part.piece)


def test_a_quotation_keeps_its_speaker_and_a_picture_its_caption():
    first, second, third, fourth = SENTENCES
    page = (
        f"<title>Nine days</title><body><article><h1>Nine days</h1>"
        "<figure><img src='a.png' alt='The harbour'><figcaption>The harbour at noon.</figcaption></figure>"
        f"<p>{first} {second}</p><blockquote><p>“{third}”</p><footer>Edda Marlow, pilot</footer></blockquote>"
        f"<p>{fourth} {first}</p></article><footer>About us</footer></body>"
    )
    (draft,) = IMPORTER.read(File(page.encode(), "page.html"))
    kinds = {draft.body.text[block.start : block.end]: block.kind for block in draft.body.blocks}
    assert kinds["Edda Marlow, pilot"] == "quote"
    assert kinds["The harbour at noon."] == "caption"
    assert [piece.text for piece in draft.left_out] == ["About us"]


def test_hostile_beginnings_and_lists_cost_no_time():
    """Comments could be read in 2^40 ways, and the queue of a million values moved up a million times."""
    assert not IMPORTER.sniff(b"<!---->" * 40 + b"x")
    page = f"<title>A</title><script type='application/ld+json'>[{'1,' * 1_000_000}1]</script><p>{SENTENCES[0]}</p>"
    assert one(page).body.text == SENTENCES[0]


STANDFIRST = "For fifteen years the town has asked who owns the wall"


@pytest.mark.parametrize(
    "head",
    [
        f"<header><h1>The wall</h1><p class='article__desc'>{STANDFIRST}</p></header>",
        f"<header><h1>The wall</h1><p class='post-excerpt'>{STANDFIRST}</p></header>",
        f"<h1>The wall</h1><h2 class='pw-subtitle-paragraph'>{STANDFIRST}</h2>",
        f"<h1>The wall</h1><div data-gu-name='standfirst'><p>{STANDFIRST}</p></div>",
        f"<h1>The wall</h1><p class='content--summary'>{STANDFIRST}</p>",
        f"<h1>The wall</h1><p class='standfirst'>{STANDFIRST}.</p>",
    ],
)
def test_a_standfirst_is_the_summary_wherever_it_stands(head):
    told = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    draft = one(f"<title>The wall</title><body><article>{head}<div>{told}</div></article>")
    assert draft.details["summary"].rstrip(".") == STANDFIRST
    assert draft.body.text.split("\n") == SENTENCES
    assert not draft.left_out


def test_a_box_that_is_called_a_summary_and_holds_the_article_is_none():
    told = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    draft = one(f"<title>The wall</title><body><article><h1>The wall</h1><div class='summary'>{told}</div></article>")
    assert draft.body.text.split("\n") == SENTENCES


STATED = "\\n\\n".join(SENTENCES)


@pytest.mark.parametrize("shown", ["", "<p>Loading…</p>", "<p>The water rises twice a day. Subscribe to read on.</p>"])
@pytest.mark.parametrize("text", [STATED, "".join(f"<p>{sentence}<\\/p>" for sentence in SENTENCES)])
def test_an_article_that_its_page_only_states_is_read_from_there(shown, text):
    data = f'{{"@type": "NewsArticle", "headline": "The wall", "articleBody": "{text}"}}'
    draft = one(f"<title>Loading</title><script type='application/ld+json'>{data}</script><body><div>{shown}</div>")
    assert draft.metadata.title == "The wall"
    assert draft.body.text.split("\n") == SENTENCES
    assert [f"<p>{piece.text}</p>" for piece in draft.left_out] == [shown] * bool(shown)


def test_an_article_that_is_offered_below_its_beginning_is_read_from_what_the_page_states():
    data = f'{{"@type": "NewsArticle", "headline": "The wall", "articleBody": "{STATED}"}}'
    head = f"<title>The wall</title><script type='application/ld+json'>{data}</script>"
    begun = f"<body><article><h1>The wall</h1><p>{SENTENCES[0]}</p><p>{SENTENCES[1][:50]}</p>"
    offer = "<div><h3>This article is for subscribers</h3><p>Subscribe to continue reading.</p></div></article>"
    assert one(head + begun + offer).body.text.split("\n") == SENTENCES
    assert one(head + begun + "</article>").body.text == f"{SENTENCES[0]}\n{SENTENCES[1][:50]}"


def test_a_publisher_is_found_in_the_next_data_of_its_page():
    article = '{"@type": "NewsArticle", "headline": "The wall", "publisher": {"@id": "#us"}}'
    house = '{"@type": "Organization", "@id": "#us", "name": "Harbour Post"}'
    data = "".join(f"<script type='application/ld+json'>{one}</script>" for one in (article, house))
    told = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    assert one(f"<title>The wall</title>{data}<body><h1>The wall</h1>{told}").metadata.outlet == "Harbour Post"


def test_a_title_that_is_seen_on_the_page_goes_before_names_of_the_site():
    told = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    meta = "<meta property='og:title' content='Walls: who pays?'>"
    site = f"<title>Tide</title>{meta}<body><div>Walls: who pays?</div>{told}"
    archive = (
        "<title>[2406.1] On the Width of Walls</title><meta name=citation_title content='On the Width of Walls'><body>"
        f"<h1>Physics</h1><h1>Title:On the Width of Walls</h1>{told}"
    )
    assert [one(page).metadata.title for page in (site, archive)] == ["Walls: who pays?", "On the Width of Walls"]


def test_a_place_behind_a_name_is_no_author():
    told = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    head = "<title>The wall</title><meta name=author content='Anna Eck'><meta name=dcterms.date content=2024-06-04>"
    metadata = one(f"{head}<body><h1>The wall</h1><p>By Anna Eck, Visby</p>{told}").metadata
    assert (metadata.byline, str(metadata.published)) == ("Anna Eck", "2024-06-04")


SIGNED = (
    "<head><title>The tide tables are wrong</title><meta name=author content='Ada Marsh'></head><body><article>"
    "<h1>The tide tables are wrong</h1><div class=line>{line}</div>"
    + "<p>The harbour office printed its tables for the year in March, and by April the boats had stopped "
    "believing them. Nobody there could say where the numbers had come from, or who had asked for them.</p>"
    * 4
    + "</article></body>"
)


@pytest.mark.parametrize(
    "line",
    ["Ada Marsh, harbour correspondent — 21 December 2025", "Ada Marsh | 21 December 2025", "Ada Marsh, editor"],
)
def test_a_line_that_says_only_whose_article_it_is_is_no_part_of_it(line):
    draft = one(SIGNED.format(line=line))
    assert draft.metadata.byline == "Ada Marsh"
    assert line not in draft.body.text
    assert line in everything(draft)


def test_a_sentence_that_begins_with_the_author_stays():
    line = "Ada Marsh, who keeps the tables, would not say where they come from."
    assert line in one(SIGNED.format(line=line)).body.text
