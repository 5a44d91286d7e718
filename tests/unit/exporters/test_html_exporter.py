from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.colours import contrast, readable, rgb
from app.exporters._tints import NIGHT, PAPER, style_sheet
from app.model import Interlude, Published
from app.text.body import Piece, Run
from app.text.ranges import merge
from tests import printed
from tests.unit.exporters import browser

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"


def page(written: dict[str, str]) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(written[""])


def text_of(root: lxml.html.HtmlElement) -> str:
    """Return the text of the only article as its blocks, line by line."""
    (text,) = root.find_class("text")
    for aside in text.findall(".//aside"):
        aside.drop_tree()
    blocks = [block for block in text.iterdescendants() if block.tag in ("p", "h3", "h4", "h5", "h6", "li", "td", "th")]
    return "\n".join(str(block.text_content()) for block in blocks)


def test_the_text_is_all_there_and_marks_lie_flat_on_it(made, exported):
    war, peace = made.theme("War"), made.theme("Peace")
    marks = [("two three", [war]), ("three four.\nFive", [peace, war], "A *note*"), ((1, 5), ())]
    item = made.article(["One two three four.", "Five six."], marks)
    root = page(exported(made.bundle(item, themes=[war, peace]), "html"))
    found = root.findall(".//mark")
    assert [(mark.text_content(), mark.get("data-t")) for mark in found] == [
        ("ne ", "0"), ("t", "0 1"), ("wo ", "1"), ("three", "1 2"), (" four.", "1 2"), ("Five", "1 2"),
    ]  # fmt: skip
    assert not root.findall(".//mark//mark")
    assert text_of(root) == item.content.body.text
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert all(ids.count(f"h-{highlight.id}") == 1 for highlight in item.highlights)


@given(data=st.data())
def test_every_text_comes_back_whatever_is_marked(made, exported, data):
    lines = [line for line in data.draw(made.lines) if line] or ["x"]
    text = "\n".join(lines)
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    spans = [span for span in spans if span[0] < span[1]]
    theme = made.theme(data.draw(made.line.filter(str.strip)))
    runs = tuple(Run(0, len(lines[0]), kind) for kind in ("strong", "code"))
    item = made.article([Piece(lines[0], runs=runs), *lines[1:]], [(span, [theme], lines[0]) for span in spans])
    root = page(exported(made.bundle(item, themes=[theme]), "html"))
    assert text_of(root) == text
    marked = "".join(mark.text_content() for mark in root.findall(".//mark"))
    assert marked == "".join(text[start:end].replace("\n", "") for start, end in merge(spans))


def test_blocks_become_what_they_are(made, exported):
    cells = [
        Piece(text, "cell", {"table": 0, "row": row, "column": 0, "header": row == 0}) for row, text in enumerate("AB")
    ]
    of = [
        Piece("Heading", "heading", {"level": 2}), Piece("one", "item", {"depth": 1, "ordered": False}),
        Piece("two", "item", {"depth": 2, "ordered": True}), Piece("three", "item", {"depth": 1, "ordered": False}),
        *cells, Piece("x = 1", "code"), Piece("  y", "code"), Piece("said", "quote"),
        Piece("Title", "callout", {"label": "Title"}), Piece("inside", "callout", {"label": "Title"}),
        Piece("", "rule"), Piece("", "image", {"alt": "A <map>", "source": "https://x.org/a.png"}),
    ]  # fmt: skip
    (text,) = page(exported(made.bundle(made.article(of)), "html")).find_class("text")
    html = lxml.html.tostring(text, encoding="unicode")
    for part in (
        '<h4 dir="auto">Heading</h4>',
        '<ul><li dir="auto">one<ol><li dir="auto">two</li></ol></li><li dir="auto">three</li></ul>',
        '<tr><th dir="auto">A</th></tr><tr><td dir="auto">B</td></tr>',
        "<code>x = 1\n  y</code>",
        '<blockquote><p dir="auto">said</p></blockquote>',
        '<p class="title" dir="auto">Title</p><p dir="auto">inside</p>',
        "<hr>",
        '<p class="image" dir="auto">Image: A &lt;map&gt;</p>',
    ):
        assert part in html
    assert "a.png" not in html


def test_a_kept_picture_stands_in_the_page(made, exported):
    theme = made.theme("Walls")
    pieces = [
        "Before.",
        Piece("", "image", {"alt": "The <wall>", "picture": "a" * 64}),
        Piece("", "image", {"alt": "A drawing", "picture": "b" * 64}),
        Piece("", "image", {"alt": "Gone", "picture": "c" * 64}),
    ]
    kept = {"a" * 64: printed.png(3, 2), "b" * 64: b"<svg onload='x()'/>"}
    item = made.article(pieces, [((7, 10), [theme])])
    root = page(exported(made.bundle(item, themes=[theme], pictures=kept), "html"))
    (image,) = root.findall(".//img")
    assert image.get("src") == f"data:image/png;base64,{base64.b64encode(kept['a' * 64]).decode()}"
    assert image.get("alt") == "The <wall>"
    assert image.getparent().tag == "mark"
    assert [words.text_content() for words in root.find_class("image")] == ["Image: A drawing", "Image: Gone"]
    assert not page(exported(made.bundle(item, pictures=kept), "html", pictures=False)).findall(".//img")


def test_a_link_is_one_thing_under_several_marks_and_only_a_safe_one_is_one(made, exported):
    link = Run(0, 8, "link", {"address": "https://x.org/?a=1&b=\"'"})
    bad = Run(9, 12, "link", {"address": "javascript:alert(1)"})
    item = made.article([Piece("One link bad", runs=(link, bad))], [((2, 6), ()), ((4, 12), ())])
    root = page(exported(made.bundle(item), "html"))
    (text,) = root.find_class("text")
    (found,) = [a for a in text.findall(".//a") if not a.get("href").startswith("#")]
    assert (found.get("href"), found.text_content()) == ("https://x.org/?a=1&b=\"'", "One link")


def test_nothing_of_others_runs_and_nothing_is_fetched(made, exported):
    theme = made.theme(HOSTILE, colour="red;}</style><script>", definition=HOSTILE)
    known = dict.fromkeys(("byline", "outlet", "section", "language"), HOSTILE) | {"address": "javascript:alert(1)"}
    about = {"attributes": {HOSTILE: HOSTILE}, "note": HOSTILE, "themes": (theme.id,)}
    item = made.article([HOSTILE], [((0, 20), [theme], HOSTILE)], HOSTILE, about=about, **known)
    item = type(item)(item.article, item.content, (*item.highlights, made.orphan(item, HOSTILE, [theme], HOSTILE)))
    for options in ({}, {"texts": False}):
        written = exported(made.bundle(item, themes=[theme], title=HOSTILE, note=HOSTILE), "html", **options)
        root = page(written)
        assert (len(root.findall(".//script")), len(root.findall(".//style")), root.findall(".//img")) == (1, 1, [])
        attributes = {(element.tag, name) for element in root.iter() for name in element.attrib}
        assert not {name for _, name in attributes if name.startswith("on") or name in ("src", "style", "srcset")}
        assert not [a for a in root.findall(".//a") if not a.get("href").startswith(("#", "https://"))]
        assert "{{ 7*7 }}" in written[""]
        assert root.find(".//h1").text_content() == HOSTILE


def test_the_policy_allows_this_script_and_this_style_and_nothing_else(made, exported):
    root = page(
        exported(made.bundle(made.article(marks=[("Some", [made.theme("A")])]), themes=[made.theme("A")]), "html")
    )
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(root.find(f".//{tag}").text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_filter_knows_every_theme_with_all_below_it(made, exported):
    war = made.theme("War")
    drones = made.theme("Drones", war)
    unused = made.theme("Unused")
    item = made.article(["One two three."], [("One", [war]), ("two", [drones]), ("three",)])
    root = page(exported(made.bundle(item, themes=[unused, war, drones]), "html"))
    boxes = root.xpath("//fieldset[@id='themes']//input")
    names = [box.getparent().find_class("name")[0].text_content() for box in boxes]
    assert list(zip(names, [box.get("value") for box in boxes], strict=True)) == [
        ("War", "2 3"),
        ("Drones", "3"),
        ("No theme", "0"),
    ]
    assert root.find(".//article").get("data-t") == "0 2 3"
    sheet = root.find(".//style").text
    classes = {mark.get("class") for mark in root.findall(".//mark")}
    assert classes
    assert all(f".{name}{{" in sheet for name in classes)


def test_notes_stand_beside_their_paragraph_and_orphans_below(made, exported):
    item = made.article(["One.", "Two."], [("Two", (), "A **bold** note\n\n- <b>x</b>")])
    item = type(item)(item.article, item.content, (*item.highlights, made.orphan(item, "lost\nwords")))
    root = page(exported(made.bundle(item), "html"))
    (row,) = root.find_class("row")
    (note,) = row.find_class("note")
    html = lxml.html.tostring(note, encoding="unicode")
    assert "<strong>bold</strong>" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert row.find(".//a").get("href") == f"#h-{item.highlights[0].id}"
    (lost,) = root.findall(".//figure")
    assert [p.text_content() for p in lost.findall("blockquote/p")] == ["lost", "words"]
    assert "no longer in the text" in lost.text_content()


def test_a_note_for_which_the_margin_has_no_room_stands_below_its_paragraph(made, exported):
    long = "\n\n".join(f"Paragraph {number} of a note that goes on." for number in range(200))
    marks = [("One", (), "short"), ("said", (), long), ("Two", (), "beside the second")]
    root = page(exported(made.bundle(made.article(["One, said by all.", "Two."], marks)), "html"))
    first, second = root.find_class("row")
    (margin, below) = first.findall("aside")
    assert [note.text_content() for note in margin.find_class("note")] == ["short"]
    assert [len(note.findall("p")) for note in below.find_class("note")] == [200]
    assert (margin.get("class"), below.get("class")) == (None, "below")
    (margin,) = second.findall("aside")
    assert (margin.get("class"), margin.find_class("note")[0].text_content()) == (None, "beside the second")


def test_passages_alone_have_all_their_words_and_their_source(made, exported):
    known = {"outlet": "The Outlet", "byline": "A. Writer", "published": Published.parse("2025-03")}
    item = made.article(["One.", "Two."], [("One.\nTwo", (), "n")], "T", address="https://x.org/a", **known)
    root = page(exported(made.bundle(item), "html", texts=False))
    assert not root.find_class("text")
    (figure,) = root.findall(".//figure")
    assert [p.text_content() for p in figure.findall("blockquote/p")] == ["One.", "Two"]
    (source,) = root.find_class("source")
    assert " ".join(source.text_content().split()) == "The Outlet A. Writer March 2025 https://x.org/a"


def test_every_line_turns_with_its_script(made, exported):
    item = made.article(["مرحبا بالعالم", "和谈"], [("مرحبا", (), "ملاحظة")], "عنوان", language="ar")
    root = page(exported(made.bundle(item), "html"))
    (text,) = root.find_class("text")
    assert all(p.get("dir") == "auto" for p in text.iter("p") if not p.get("class"))
    assert (root.find(".//article").get("lang"), root.find(".//article//h2").get("dir")) == ("ar", "auto")


def test_the_same_bundle_makes_the_same_bytes(made, exported):
    theme = made.theme("A")
    of = made.bundle(made.article(marks=[("Some", [theme])]), themes=[theme])
    assert exported(of, "html") == exported(of, "html")
    assert "as of 4 March 2025" in exported(of, "html")[""]


def test_what_a_page_cannot_hold_is_said(made):
    of = made.bundle(made.article([Piece("", "image"), Piece("", "image")]))
    assert printed.left_behind(of, "html") == ["2 images: their descriptions stand in their places."]


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_can_be_told_from_its_ground(colour):
    assert contrast(readable(colour, PAPER, 3.0), PAPER) >= 3.0
    assert contrast(readable(colour, NIGHT, 4.5), NIGHT) >= 4.5


def test_a_colour_that_is_fine_stays(made):
    assert readable(rgb("#2f78b3"), PAPER, 3.0) == (0x2F, 0x78, 0xB3)
    assert "--t1:rgb(47,120,179)" in style_sheet([made.theme("A", colour="#2f78b3")], [])


@pytest.mark.slow
@pytest.mark.skipif(not browser.FOUND, reason="no Chromium here")
def test_a_browser_opens_it_from_the_disk_searches_and_filters_it(made, exported, tmp_path):
    war, peace = made.theme("War"), made.theme("Peace")
    one = made.article(["One café two."], [("two", [war], "noted")], "First")
    other = made.article(["Three four."], [("four", [peace])], "Second", 2)
    path = Path(tmp_path) / "page.html"
    path.write_text(exported(made.bundle(one, other, themes=[war, peace]), "html")[""], encoding="utf-8")
    by_id, every = "document.getElementById", "[...document.querySelectorAll('article')]"
    visible = f"{every}.filter((one) => !one.hidden).map((one) => one.querySelector('.title').textContent)"
    with browser.shown(path, tmp_path / "profile") as page:
        assert page.run(visible) == ["First", "Second"]
        page.run(f"{by_id}('find').value = 'CAFE'; {by_id}('find').dispatchEvent(new Event('input'))")
        page.until(f"{visible}.length === 1")
        assert page.run(visible) == ["First"]
        assert "1 of 2 articles, 1 time" in page.run(f"{by_id}('found').textContent")
        page.run(f"{by_id}('all').click()")
        assert page.run(visible) == ["First", "Second"]
        page.run("document.querySelectorAll('#themes input')[1].click()")
        assert page.run(visible) == ["Second"]
        assert page.complaints == []


@pytest.mark.slow
@pytest.mark.skipif(not browser.FOUND, reason="no Chromium here")
def test_a_browser_finds_words_whatever_their_signs_look_like(made, exported, tmp_path):
    one = made.article(["They don’t co‑operate; “no more”, they say."], [], "First")
    other = made.article(["They do not. No, and more."], [], "Second", 2)
    path = Path(tmp_path) / "page.html"
    path.write_text(exported(made.bundle(one, other), "html")[""], encoding="utf-8")
    by_id, every = "document.getElementById", "[...document.querySelectorAll('article')]"
    visible = f"{every}.filter((one) => !one.hidden).map((one) => one.querySelector('.title').textContent)"
    with browser.shown(path, tmp_path / "profile") as page:
        for typed in ("don't", "co-operate", '"no more"', "“no more” don’t"):
            page.run(f"{by_id}('find').value = {json.dumps(typed)}; {by_id}('find').dispatchEvent(new Event('input'))")
            page.until(f"{visible}.length === 1")
            assert page.run(visible) == ["First"]
            page.run(f"{by_id}('all').click()")
            assert page.run(visible) == ["First", "Second"]
        assert page.complaints == []


@pytest.mark.slow
@pytest.mark.skipif(not browser.FOUND, reason="no Chromium here")
def test_a_browser_finds_what_was_written_and_none_of_the_labels_of_the_page(made, exported, tmp_path):
    war = made.theme("War")
    one = made.article(
        ["Die Gänsefüßchen fehlen.", "Two."], [("fehlen.\nTwo", [war], "a remark")], "First", outlet="The Post"
    )
    other = made.article(["Nothing else."], [], "Second", 2, accessed="2025-03-04")
    path = Path(tmp_path) / "page.html"
    by_id = "document.getElementById"
    for texts in (True, False):
        path.write_text(exported(made.bundle(one, other, themes=[war]), "html", texts=texts)[""], encoding="utf-8")
        with browser.shown(path, tmp_path / f"profile{texts}") as page:
            for typed, found in (
                ("GÄNSEFÜSSCHEN" if texts else "FEHLEN", "1 time"), ("remark", "1 time"), ("post", "1 time"),
                ("war", "1 time"), ("paragraphs", ""), ("accessed", ""), ("passage", ""),
            ):  # fmt: skip
                page.run(
                    f"{by_id}('find').value = {json.dumps(typed)}; {by_id}('find').dispatchEvent(new Event('input'))"
                )
                page.until(f"{by_id}('found').textContent.startsWith('{1 if found else 0} of')")
                assert found in page.run(f"{by_id}('found').textContent"), typed
            assert page.complaints == []


@pytest.mark.skipif(not browser.FOUND, reason="no Chromium here")
def test_groups_come_and_go_with_what_stands_under_them(made, exported, tmp_path):
    war = made.theme("War")
    drones, peace = made.theme("Drones", war), made.theme("Peace")
    item = made.article(["One two three."], [("One", [drones]), ("two", [peace]), ("three", ())], "First")
    path = Path(tmp_path) / "page.html"
    of = made.bundle(item, themes=[war, drones, peace])
    path.write_text(exported(of, "html", group="theme", texts=False)[""], encoding="utf-8")
    groups = "[...document.querySelectorAll('header.group')]"
    visible = f"{groups}.filter((one) => !one.hidden).map((one) => one.textContent.trim())"
    with browser.shown(path, tmp_path / "profile") as page:
        assert page.run(visible) == ["War", "Drones", "Peace", "Without a theme"]
        page.run(
            "[...document.querySelectorAll('#themes .theme')].find((one) => one.textContent.includes('War')).click()"
        )
        assert page.run(visible) == ["War", "Drones"]
        assert page.run("[...document.querySelectorAll('article')].filter((one) => !one.hidden).length") == 1


def test_a_collection_is_a_page_with_headings_and_words_between(made, exported):
    item = made.article(["One two three."], [("two", (), "A note")], "First")
    between = (Interlude("i1", "Part <one>", 2), Interlude("i2", "See *this*: <script>"))
    order = ("i1", item.highlights[0].id, "i2", item.article.id)
    root = page(exported(made.bundle(item, order=order, interludes=between), "html"))
    (main,) = root.xpath("//main")
    shown = [child for child in main if child.get("class") != "page" and child.tag != "p"]
    assert [child.tag for child in shown] == ["header", "article", "div", "article"]
    assert shown[0].text_content().strip() == "Part <one>"
    assert "two" in shown[1].find(".//blockquote").text_content()
    assert "“First”" in shown[1].text_content()
    assert shown[2].findtext(".//em") == "this"
    assert "<script>" in shown[2].text_content()
    assert not shown[2].findall(".//script")


def test_no_two_elements_have_one_id_in_any_grouping(made, exported):
    war, peace = made.theme("War"), made.theme("Peace")
    item = made.article(["One two."], [("One", [war, peace])], about={"themes": (war.id, peace.id)})
    for group in ("order", "article", "theme", "attribute"):
        for texts in (True, False):
            options = {"group": group, "attribute": "outlet", "texts": texts}
            root = page(exported(made.bundle(item, themes=[war, peace]), "html", **options))
            ids = root.xpath("//@id")
            assert len(ids) == len(set(ids))
            linked = [address[1:] for address in root.xpath("//nav//a/@href")]
            assert set(linked) <= set(ids)


def test_whose_a_passage_is_is_said_wherever_it_stands(made, exported):
    item = made.article(["One two."], [("One", ()), ("two", (), "noted")])
    others = (*item.highlights, made.orphan(item, "gone"))
    item = type(item)(item.article, item.content, tuple(replace(one, author="Bo <Ek>") for one in others))
    for options in ({}, {"texts": False}, {"texts": False, "group": "theme"}):
        root = page(exported(made.bundle(item), "html", **options))
        assert [one.text_content() for one in root.find_class("author")] == ["Bo <Ek>"] * 3
    mine = made.article(["One two."], [("One", (), "noted")])
    assert not page(exported(made.bundle(mine), "html")).find_class("author")


def test_headings_of_a_text_stand_below_those_of_its_article(made, exported):
    item = made.article([Piece("Costs", "heading", {"level": 1}), "One."])
    item = type(item)(item.article, item.content, (made.orphan(item, "gone"),))
    between = (Interlude("i", "Part", 3),)
    root = page(exported(made.bundle(item, order=("i", item.article.id), interludes=between), "html"))
    headings = [(one.tag, one.text_content()) for one in root.find(".//main").iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert headings[1:] == [("h4", "Part"), ("h5", "A title"), ("h6", "Costs"), ("h6", "No longer in the text")]


def test_quotation_marks_in_a_title_are_the_inner_ones(made, exported):
    item = made.article(["One two."], [("One", ())], "“No corner”: more")
    root = page(exported(made.bundle(item), "html", texts=False, group="theme"))
    assert root.find_class("source")[0].find_class("title")[0].text_content() == "“‘No corner’: more”"


@pytest.mark.skipif(not browser.FOUND, reason="no Chromium here")
def test_the_keys_go_from_passage_to_passage_where_each_stands_alone(made, exported, tmp_path):
    war = made.theme("War")
    item = made.article(["One two three."], [("One", [war]), ("three", [war])], "First")
    path = Path(tmp_path) / "page.html"
    written = exported(made.bundle(item, themes=[war]), "html", group="theme", texts=False)[""]
    path.write_text(written, encoding="utf-8")
    here = "[...document.querySelectorAll('.here')].map((one) => one.querySelector('blockquote').textContent)"
    with browser.shown(path, tmp_path / "profile") as page:
        for quote in ("One", "three", "One"):
            page.run("dispatchEvent(new KeyboardEvent('keydown', { key: 'j' }))")
            assert page.run(here) == [quote]
        assert page.complaints == []
