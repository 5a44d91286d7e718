"""HTML becomes the blocks and runs that a browser would show, whatever it is like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.addresses import safe_address
from app.text.body import Body
from app.text.html_reader import read_html, read_parts
from app.text.markup import parse


def kinds(markup: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read_html(markup)]


def runs(markup: str) -> list[tuple[str, str]]:
    (piece,) = read_html(markup)
    return [(run.kind, piece.text[run.start : run.end]) for run in piece.runs]


def test_blocks_of_every_kind_keep_their_order():
    assert kinds(
        "<h2>Tides</h2><p>One.</p><blockquote><p>Two.</p></blockquote><ul><li>Three<li>Four</ul><hr>"
        "<pre><code>a = 1\n  b</code></pre>"
        "<figure><img src='p.png' alt='A pier'><figcaption>The pier</figcaption></figure>"
    ) == [
        ("heading", "Tides"),
        ("paragraph", "One."),
        ("quote", "Two."),
        ("item", "Three"),
        ("item", "Four"),
        ("rule", ""),
        ("code", "a = 1"),
        ("code", "  b"),
        ("image", ""),
        ("caption", "The pier"),
    ]


def test_lists_know_their_depth_and_order():
    pieces = read_html("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>")
    assert [(p.text, p.attributes["depth"], p.attributes["ordered"]) for p in pieces] == [
        ("a", 1, True),
        ("b", 2, False),
        ("c", 1, True),
    ]


def test_cells_know_their_place_under_spans():
    pieces = read_html(
        "<table><tr><th>A</th><th>B</th></tr><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
    )
    places = [(p.text, p.attributes["row"], p.attributes["column"], p.attributes["header"]) for p in pieces]
    assert places == [("A", 0, 0, True), ("B", 0, 1, True), ("1", 1, 0, False), ("2", 1, 1, False), ("3", 2, 1, False)]


def test_a_table_that_only_lays_out_the_page_is_transparent():
    assert kinds("<table><tr><td><h1>Title</h1><p>Text.</p></td><td>Side</td></tr><tr><td>x</td></tr></table>") == [
        ("heading", "Title"),
        ("paragraph", "Text."),
        ("paragraph", "Side"),
        ("paragraph", "x"),
    ]


def test_white_space_collapses_as_in_a_browser():
    assert kinds("<p>  one\n two <b> three </b>four&nbsp;five </p><p>&nbsp;</p>") == [
        ("paragraph", "one two three four\xa0five")
    ]
    assert kinds("<div>a<div>b</div>c</div>") == [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]


def test_a_line_break_begins_a_block_of_the_same_kind():
    assert kinds("<blockquote>one<br>two</blockquote>") == [("quote", "one"), ("quote", "two")]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<h1>Rail grows<br>in the north</h1>", [("heading", "Rail grows in the north")]),
        ("<h2>Rail <b>grows</b><br/>\n in the north<br></h2>", [("heading", "Rail grows in the north")]),
        ("<h3>Rail grows<br><br>in the north</h3>", [("heading", "Rail grows"), ("heading", "in the north")]),
    ],
)
def test_a_heading_that_is_broken_into_lines_is_one(markup, found):
    assert kinds(markup) == found


def test_runs_nest_and_go_on_over_a_break():
    assert runs("<p>a <b>b <i>c</i></b> d<sup>2</sup> <code>e</code></p>") == [
        ("strong", "b c"),
        ("emphasis", "c"),
        ("superscript", "2"),
        ("code", "e"),
    ]
    first, second = read_html("<p><strong>one<br>two</strong></p>")
    assert [run.kind for run in first.runs + second.runs] == ["strong", "strong"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("#note", "#note"),
        ("/page", "https://site.example/page"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://[bad", "http://[bad"),
        ("#", None),
    ],
)
def test_only_harmless_links_are_kept(address, kept):
    assert safe_address(address, "https://site.example/") == kept


def test_a_relative_link_without_a_page_is_only_text():
    assert runs('<p><a href="/x">text</a></p>') == []


def test_what_a_browser_hides_is_not_there():
    assert kinds(
        "<head><title>t</title></head><body><script>a</script><style>b</style><noscript>c</noscript>"
        "<p hidden>d</p><p style='display: none'>e</p><span class='sr-only'>f</span><template>g</template>"
        "<button>h</button><form><input value=i><label>j</label></form><p>seen</p>"
    ) == [("paragraph", "seen")]


def test_the_way_back_from_a_footnote_is_not_there():
    markup = "<li><p>Note.<a href='#fnref1' class='footnote-back' role='doc-backlink'>↩︎</a></p></li>"
    assert [piece.text for piece in read_html(markup)] == ["Note."]


def test_what_word_writes_as_paragraphs_with_signs_are_items():
    sign = "<![if !supportLists]><span style='mso-list:Ignore'>{0}<span>&nbsp;&nbsp; </span></span><![endif]>"
    markup = "".join(
        f"<p class=Mso style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>{sign.format(mark)}{text}</p>"
        for level, mark, text in ((1, "·", "Money"), (2, "o", "more"), (1, "2.", "Time"))
    )
    assert [(piece.text, piece.kind, dict(piece.attributes)) for piece in read_html(markup)] == [
        ("Money", "item", {"depth": 1, "ordered": False}),
        ("more", "item", {"depth": 2, "ordered": False}),
        ("Time", "item", {"depth": 1, "ordered": True}),
    ]


def test_an_article_inside_a_form_is_seen():
    assert len(kinds("<form><p>one</p><p>two</p><p>three</p></form>")) == 3


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<title>x</title><article><p>One.</p></article>", ["One."]),
        ("<meta charset=utf-8><title>x</title><main>One. <b>Two.</b></main> Three.", ["One. Two.", "Three."]),
        ("<head><title>x</title><my-story><p>One.</p></my-story></head><body>Two.</body>", ["One.", "Two."]),
        ("<link rel=icon><section>One.</section><style>p {}</style><footer>Two.</footer><p>Three.</p>",
         ["One.", "Two.", "Three."]),
    ],
)  # fmt: skip
def test_a_page_need_not_say_where_its_head_ends(markup, found):
    assert [piece.text for piece in read_html(markup)] == found


def test_text_that_was_streamed_late_stands_in_its_place():
    assert kinds('<p>a</p><template id="B:0"></template><p>c</p><div hidden id="S:0"><p>b</p></div>') == [
        ("paragraph", "a"),
        ("paragraph", "b"),
        ("paragraph", "c"),
    ]


def test_call_outs_carry_their_label():
    pieces = read_html('<div class="callout"><p class="callout-title">Tip</p><p>Do it.</p></div>')
    assert [(p.kind, p.text, p.attributes["label"]) for p in pieces] == [
        ("callout", "Tip", "Tip"),
        ("callout", "Do it.", "Tip"),
    ]


def test_images_keep_words_but_no_data():
    (piece,) = read_html('<p><img src="data:image/png;base64,AAAA" alt="A map"></p>')
    assert piece.attributes == {"alt": "A map", "source": ""}
    assert kinds('<p>Good <img class="emoji" alt="🌊"> tide<img width=1 height=1 src=x></p>') == [
        ("paragraph", "Good 🌊 tide")
    ]


def test_regions_of_the_page_are_named():
    root = parse("<nav>a</nav><main><p>b</p></main><footer>c</footer>")
    assert root is not None
    assert [part.region for part in read_parts(root)] == ["nav", "", "footer"]


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td", "span"])
def test_deep_nesting_keeps_the_text(tag):
    opened = "<" + tag + ">"
    assert any(piece.text == "deep" for piece in read_html(opened * 20_000 + "deep"))


@given(st.text(max_size=200) | st.text(st.sampled_from("<>/abpliu =\"'&;!-\n"), max_size=200))
def test_any_markup_gives_a_body(markup):
    pieces = read_html(markup)
    body = Body.of(pieces)
    assert len(body.blocks) == len(pieces)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), min_size=1, max_size=12))
def test_the_words_of_paragraphs_survive(words):
    markup = "".join(f"<p>{word}</p>" for word in words)
    assert [piece.text for piece in read_html(markup)] == [word.strip() for word in words]
