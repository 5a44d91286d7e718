"""Feeds: every form of them, each item an article with what is stated of it, and bombs that do not go off."""

from __future__ import annotations

import json
import time

import pytest

from app.errors import ImportFailed
from app.importers._parts import choose
from app.model import Origin
from tests.unit.importers.boxes import drafts, read, sample

TEXT = "The water rises twice a day in the harbour, and nobody there looks up."


def rss(item: str, head: str = "") -> bytes:
    return f"{head}<rss version='2.0'><channel><title>Post</title><item>{item}</item></channel></rss>".encode()


def test_what_rss_states():
    first, second, _link = read("harbour.rss")
    known = first.metadata
    assert known.title == "The Sea Wall Is Too Low — again"
    assert (known.byline, known.outlet, known.language) == ("Ada Marsh", "Harbour Post", "en")
    assert (known.address, str(known.published)) == ("https://harbour.example/wall", "2025-03-04")
    assert set(known.origins.values()) == {Origin.STATED}
    assert first.details["categories"] == ("Harbour", "Money")
    assert first.details["summary"] == "The wall was built for a sea that stood a foot lower."
    assert [piece.kind for piece in first.body.pieces()] == ["paragraph", "heading", "paragraph", "item"]
    assert "alert" not in str(first)
    link = next(run for run in first.body.runs if run.kind == "link")
    assert link.attributes["address"] == "https://harbour.example/captain"
    assert (second.metadata.byline, second.metadata.address) == ("Bo Quill", "https://harbour.example/counting")
    assert second.metadata.published is None
    assert second.body.text.startswith("For the town the question is one of money & time")


def test_items_without_a_text_are_counted():
    item = f"<title>Wall</title><description>{TEXT}</description></item><item><link>https://h.example/</link>"
    draft, untold = read("a.rss", rss(item))
    assert draft.metadata.title == "Wall"
    assert (str(untold.error).partition(".")[0], untold.passed) == ("Items without a text: 1", True)


def test_a_day_of_no_calendar_is_no_day():
    stamp = "<pubDate>Tue, 99999999999999999999 Mar 2025 09:14:00 +0200</pubDate>"
    (draft,) = drafts("a.rss", rss(f"<title>The wall</title>{stamp}<description>{TEXT}</description>"))
    assert (draft.metadata.title, draft.metadata.published) == ("The wall", None)


def test_a_summary_is_a_line_of_words():
    content = f"<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;{TEXT}</c:encoded>"
    (draft,) = drafts("a.rss", rss(f"<description>&lt;p&gt;A &lt;b&gt;wall&lt;/b&gt;</description>{content}"))
    assert draft.details["summary"] == "A wall"


def test_what_atom_states():
    first, second = drafts("harbour.atom")
    assert first.metadata.title == "The Sea Wall"
    assert first.metadata.byline == "Ada Marsh, Bo Quill"
    assert (str(first.metadata.published), first.details["updated"]) == ("2025-03-04", "2025-03-05")
    assert "قال عمدة" in first.body.text
    assert [run.kind for run in first.body.runs] == ["strong"]
    assert second.metadata.title == "1 < 2 & 3"
    assert second.metadata.published is None, "a day of updating is no day of publication"


def test_what_rdf_and_json_state():
    (one,) = drafts("harbour.rdf")
    assert (one.metadata.byline, str(one.metadata.published)) == ("Ada Marsh", "2025-03-04")
    first, second, _link = read("harbour feed.json")
    assert (first.metadata.byline, str(first.metadata.published)) == ("Ada Marsh", "2025-03-04")
    assert first.details["categories"] == ("harbour",)
    assert second.metadata.address == "https://harbour.example/sums"
    assert second.body.text.endswith("and < and > are in them.")


def test_items_of_one_name_are_told_apart():
    item = f"<title>Notes</title><description>{TEXT}</description>"
    found = drafts("a.rss", rss(f"{item}</item><item>{item.replace('twice', 'thrice')}"))
    assert [draft.part for draft in found] == ["Notes 1", "Notes 2"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_only_addresses_of_the_web_are_taken(link):
    (draft,) = drafts("a.rss", rss(f"<link>{link}</link><description>{TEXT}</description>"))
    assert draft.metadata.address is None


def test_a_feed_that_is_not_well_formed_is_read():
    (draft,) = drafts("a.rss", rss(f"<title>Salt & Water &copy; 1</title><description>{TEXT}<br></description>"))
    assert draft.metadata.title.startswith("Salt")
    assert draft.metadata.title.endswith("Water © 1")
    assert TEXT in draft.body.text


def test_elements_with_broken_names_are_read():
    data = sample("harbour.atom").replace(b"<strong>", b"<st:ro:9ng>").replace(b"</strong>", b"</st:ro:9ng>")
    assert "nobody" in drafts("harbour.atom", data)[0].body.text


def test_entities_are_not_expanded_and_nothing_is_fetched(tmp_path):
    (tmp_path / "secret.txt").write_text("the secret")
    bombs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    outside = f"<!ENTITY file SYSTEM '{(tmp_path / 'secret.txt').as_uri()}'>"
    head = f"<!DOCTYPE rss [<!ENTITY l0 'lol'>{bombs}{outside}]>"
    started = time.process_time()
    (draft,) = drafts("a.rss", rss(f"<title>A</title><description>{TEXT} &l11; &file;</description>", head))
    assert time.process_time() - started < 5
    assert len(draft.body.text) < 200
    assert "secret" not in str(draft)


def test_deep_nesting_is_borne():
    for data in (
        b"<rss><channel>" + b"<item>" * 50_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000,
    ):
        with pytest.raises(ImportFailed):
            read("a.xml" if data[:1] == b"<" else "a.json", data)


LINKS = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "x"}]}


@pytest.mark.parametrize(
    "data", [rss("<title>Link</title><link>https://h.example/</link>"), json.dumps(LINKS).encode()]
)
def test_a_feed_of_links_says_so(data):
    with pytest.raises(ImportFailed, match="without texts"):
        read("a.json" if data[:1] == b"{" else "a.rss", data)


@pytest.mark.parametrize(
    "data", [b"<opml/>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"not xml at all", b'{"a": 1}', b"[1]"]
)
def test_other_xml_and_json_is_no_feed(data):
    with pytest.raises(ImportFailed):
        read("a.xml", data, "feed")


def test_other_documents_are_not_taken_for_feeds():
    for data in (b"<opml version='2.0'><head/></opml>", b"<feed>seed</feed>", json.dumps({"items": []}).encode()):
        assert choose("notes.txt", data).key == "text"
    assert choose("notes.txt", sample("harbour.rss")).key == "feed"


def test_who_writes_a_feed_writes_what_nobody_else_signs():
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><author><name>Ada Marsh</name></author>"
        f"<entry><title>Wall</title><content>{TEXT}</content></entry><entry><title>Pier</title>"
        f"<author><name>Ben Lowe</name></author><content>{TEXT}</content></entry></feed>"
    )
    assert [draft.metadata.byline for draft in drafts("a.atom", atom.encode())] == ["Ada Marsh", "Ben Lowe"]
    items = [{"id": "1", "content_text": TEXT}, {"id": "2", "content_text": TEXT, "authors": [{"name": "Ben Lowe"}]}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Post", "authors": [{"name": "Ada Marsh"}]}
    found = drafts("a.json", json.dumps({**feed, "items": items}).encode())
    assert [draft.metadata.byline for draft in found] == ["Ada Marsh", "Ben Lowe"]
    outlet = atom.replace("Ada Marsh", "Post")
    assert [draft.metadata.byline for draft in drafts("a.atom", outlet.encode())] == [None, "Ben Lowe"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TEXT, "The post <a href='https://h.example/1'>Who pays for the wall</a> appeared first on <a>Post</a>."),
        (
            "Das Wasser steigt im Hafen zweimal am Tag, und niemand von den Leuten dort sieht noch auf.",
            "Der Beitrag <a>Wer zahlt für die Mauer</a> erschien zuerst auf <a>Post</a>.",
        ),
        (
            "L'eau monte deux fois par jour dans le port, et personne parmi les gens du quai ne lève les yeux.",
            "L’article <a>Qui paie le mur</a> est apparu en premier sur <a>Post</a>.",
        ),
        (
            "El agua sube dos veces al día en el puerto, y nadie de los que están en el muelle mira ya.",
            "La entrada <a>Quién paga el muro</a> se publicó primero en <a>Post</a>.",
        ),
        (
            "L'acqua sale due volte al giorno nel porto, e nessuno di quelli che sono sul molo la guarda più.",
            "L'articolo <a>Chi paga il muro</a> proviene da <a>Post</a>.",
        ),
    ],
)
def test_what_a_site_puts_below_each_text_of_its_feed_is_no_part_of_it(text, line):
    item = f"<title>Wall</title><description><![CDATA[<p>{text}</p><p>{line}</p>]]></description>"
    (draft,) = drafts("feed.xml", rss(item))
    assert draft.body.text == text
    assert [piece.kind for piece in draft.left_out] == ["related"]
