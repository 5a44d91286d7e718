"""Queries: what each means, what it finds, and that the answer says how it was read."""

from __future__ import annotations

import fnmatch
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.search import language
from app.search.entries import ArticleEntry, Names
from app.search.likeness import like
from app.search.lines import Lines, encode
from app.search.matching import distance_within, wildcard
from app.search.nearness import near
from app.search.reading import read
from tests.sample_index import ARTICLES, NAMES, PASSAGES, SCRIPTS, indexed


@pytest.fixture(scope="module")
def index():
    with indexed(ARTICLES, PASSAGES) as found:
        yield found


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("drone", {1, 2}),
        ("DRÔNES", {1, 2}),
        ('"drone"', {1}),
        ("drone million", {2}),
        ("technology OR million happily", {1, 2}),
        ("technology OR million royalty", {1}),
        ("million royalty OR technology", {1}),
        ("million AND royalty OR technology AND drone", {1}),
        ("technology OR million AND royalty", {1}),
        ("(technology OR million) royalty", {1}),
        ("(technology OR million) AND royalty", {1}),
        ("(technology OR million) AND NOT royalty", {2}),
        ("(technology OR million) AND -royalty", {2}),
        ("(million OR technology)^3 AND royalty", {1}),
        ("title:(million OR technology) AND royalty", {1}),
        ("(lang:en OR is:read) AND royalty", {1}),
        ("wild (million OR technology) AND royalty", {1}),
        ("((million OR elections) AND dollars OR technology) AND royalty", {1}),
        ("royalty AND (technology OR million)", {1}),
        ("(technology AND royalty)^2 AND (million OR counter)", {1}),
        ("elections OR million -drone", {4}),
        ("title:(drone OR million happily)", {1}),
        ("million OR AND happily", {2}),
        ("technology OR dollars", {1, 2}),
        ("(technology OR dollars) -happily", {1}),
        ("-drone", {3, 4}),
        ("NOT drone", {3, 4}),
        ("--drone", {3, 4}),
        ("-(-drone)", {1, 2}),
        ("NOT(drone)", {3, 4}),
        ("NOT NOT(drone)", {3, 4}),
        ("NOT(NOT(drone))", {1, 2}),
        ("(million)NOT(wild)", set()),
        ('NOT"drone"', {2, 3, 4}),
        ("technology OR(dollars)", {1, 2}),
        ("(technology)OR(dollars)", {1, 2}),
        ("(technology)|(dollars)", {1, 2}),
        ("(technology OR million)AND(royalty)", {1}),
        ("title:(NOT(drone) million)", {2}),
        ("(million)-wild", set()),
        ("drone -(million wild)", {1}),
        ("alpha (beta -gamma) OR drone", {1, 2}),
        ("royalt*", {1}),
        ("roy*", {1}),
        ("royalty", {1}),
        ("*llion", {2}),
        ("w?ld", {1, 2}),
        ("t*n*gy", {1}),
        ("drnoe~", {1}),
        ("tecnology~", {1}),
        ("tecnolgy~2", {1}),
        ('"million drones"', {2}),
        ('"drones million"', set()),
        ('"million happily"~8', {2}),
        ('"million happily"~2', set()),
        ('"drnoe~ tec*"', {1}),
        ('"drnoe tec*"', set()),
        ('"tecnlogy~2 x"', set()),
        ("drone^2 million", {2}),
        ("(technology OR million)^0.5 drone^3", {1, 2}),
        ('"million drones"^4', {2}),
        ("drone ^2", {1, 2}),
        ("drone^", {1, 2}),
        ("(million drones)~5", {2}),
        ('"counter dro*"', {1}),
        ("counter-drone", {1}),
        ("counter—drones", {1}),
        ("“counter drones”", {1}),
        ("Ukraine's", {1}),
        ("20-30%", {1}),
        ("us", {1}),
        ("U.S.", {1}),
        ("无人机", {3}),
        ("机人", set()),
        ("economie", {4}),
        ("national", {4}),
        ("elections", {4}),
        ("lee", {1}),
        ("bbc", {3}),
        ("world", set()),
        ("section:world", {1}),
        ("title:drone", {1}),
        ("title: drone", {1}),
        ("title:(drone OR million)", {1, 2}),
        ("-title:(drone OR million)", {3, 4}),
        ("title:-drone", {2, 3, 4}),
        ("by:lee", {1}),
        ("outlet:albawaba", {1, 2}),
        ('outlet:"al bawaba"', {1, 2}),
        ("outlet:alb*", {1, 2}),
        ("outlet:albawaba million", {2}),
        ("leftout:share", {1}),
        ("share", set()),
        ("brussels", {1}),
        ("bruss*", {1}),
        ("brussles~", {1}),
        ("learned reuters", {1}),
        ('"wants to learn"', {1}),
        ("details:brussels", {1}),
        ("details:drone", set()),
        ("details:(reuters OR drone)", {1}),
        ('details:"min read"', {1}),
        ("details:zagreb", {1}),
        ("zagreb", set()),
        ("details:>reuters", {1}),
        ("theme:diplomacy", {2}),
        ("theme:war", {1, 2}),
        ("theme:WAR", {1, 2}),
        ('theme:"drone strikes"', {2}),
        ('theme:"War > Drone strikes"', {2}),
        ('theme:"war>drone strikes"', {2}),
        ("theme:dip*", {2}),
        ("theme:*", {1, 2}),
        ("theme:💡", set()),
        ("theme:peace", set()),
        ("-theme:war", {3, 4}),
        ("theme:war -million", {1}),
        ("note:caspian", {1}),
        ("note:again", {3}),
        ("quote:royalties", {1}),
        ("quote:technology", set()),
        ("lang:en", {1}),
        ("lang:fr OR lang:ZH", {3, 4}),
        ('in:"My set"', {1, 3}),
        ("in:other", set()),
        ("is:unread", {1}),
        ("is:reading", {4}),
        ("is:read", {2}),
        ("is:archived", {3}),
        ("is:annotated", {1, 2, 3}),
        ("is:undated", {3, 4}),
        ("is:orphaned", {2}),
        ("has:note", {1, 3}),
        ("has:highlight", {1, 2}),
        ("before:2025-03-04", {2}),
        ("before:2025", set()),
        ("after:2025-03-04", {2}),
        ("after:2025-03-03", {1, 2}),
        ("on:2025-03-04", {1, 2}),
        ("on:yesterday", {1, 2}),
        ("published:last week", {2}),
        ("since:yesterday", {1, 2}),
        ("until:2025-03-03", {2}),
        ("wild since march", {1, 2}),
        ('"since march"', set()),
        ("before:2025-03-04..2025-12", {2}),
        ("after:2024..2025-03-04", {2}),
        ("on:2025-03", {1, 2}),
        ("published:2025-01..2025-02", {2}),
        ("published:2025-03..", {1, 2}),
        ("published:..2024", set()),
        ("published:[2025-03 TO 2025-04]", {1, 2}),
        ("published>=2025-03-05", {2}),
        ("wild date < 2025-02", {2}),
        ("published:2025-03-04", {1, 2}),
        ('"tone of voice":critical', {1}),
        ("tone-of-voice:critical", {1}),
        ("toneofvoice:crit*", {1}),
        ("tone-of-voice:mild", set()),
        ("outlet:*", {1, 2, 3, 4}),
        ("section:*", {1}),
        ("", {1, 2, 3, 4}),
        ("*", {1, 2, 3, 4}),
        ("!!! -- ...", {1, 2, 3, 4}),
        ("()", {1, 2, 3, 4}),
        ("theme:", {1, 2, 3, 4}),
        ("drone theme:", {1, 2}),
        ("drone OR", {1, 2}),
        ("million AND", {2}),
        ("(million", {2}),
        ('"million drones', {2}),
        ('"drones million', set()),
        ('-"million drones', {1, 3, 4}),
        ('theme:"War', {1, 2}),
        ("technology OR (million", {1, 2}),
        ("million) OR technology", {1, 2}),
        ("What million?", set()),
        ("million?", {2}),
        ("foo:drone", set()),
        ("https://million", {2}),
        ("https://www.albawaba.example/news/drone-technology?id=7", {1}),
        ("albawaba.example/news/drone-technology?id=7&utm_source=feed", {1}),
        ("http://albawaba.example", {1}),
        ("(www.albawaba.example) drone", {1}),
        ("-albawaba.example", {2, 3, 4}),
        ("https://albawaba.example/news?a*", set()),
        ("address:albawaba", {1}),
        ("url:albawaba", {1}),
        ("counterdrones", set()),
        ("roy-alties", {1}),
        ("nation-al -roy-alty", {4}),
        ("!drone", {3, 4}),
        ("drone !million", {1}),
        ("drone!", {1, 2}),
        ("technology | dollars", {1, 2}),
        ("wild,million", {2}),
        ("(happily;nothing,million) wild", {2}),
        ("wild,OR million", set()),
        ('"wild,million"', set()),
        ("无人机，新闻", {3}),
        ("技术、新闻、中国", {3}),
        ('"技术、新闻"', set()),
        ("title:dollars,million", set()),
        ("drone -wild,words", {1}),
        ("drone NOT wild,words", {1}),
        ("technology || dollars", {1, 2}),
        ("author:lee", {1}),
        ("source:bbc", {3}),
        ("tag:diplomacy", {2}),
        ("Themes:diplomacy", {2}),
        ('tags:"drone strikes"', {2}),
        ("language:fr", {4}),
        ("date:2025-03-04", {1, 2}),
        ("title : drone", {1}),
        ("million title :dollars", {2}),
        ("tone of voice:critical", {1}),
        ("drone tone of voice:critical", {1}),
        ("-tone of voice:critical", {2, 3, 4}),
        ("theme:drone strikes", {2}),
        ("theme:War > Drone strikes million", {2}),
        ("theme:drone strikes title:million", {2}),
        ("theme:striking", {2}),
        ("theme:strikes drone", {2}),
        ("theme:war drone", {1, 2}),
        ("theme:drone strike million", {2}),
        ("has:theme", {1, 2}),
        ("-has:themes", {3, 4}),
        ("has:date", {1, 2}),
        ("is:marked", {1, 2}),
        ("lang:français", {4}),
        ("published:4.3.2025", {1, 2}),
        ("published:q1 2025", {1, 2}),
        ("2025-03-04", {1, 2}),
        ("2025-03-04 technology", {1}),
        ("drone＊", {1, 2}),
        ("tecnology～", {1}),
        ("w？ld", {1, 2}),
        ("－drone", {3, 4}),
        ("drone＾2 million", {2}),
        ("title:－drone", {2, 3, 4}),
        ("theme:＞war", {1, 2}),
        ("theme:>war", {1, 2}),
        ('theme:"> drone strikes"', set()),
        ('theme:"> war > drone strikes"', {2}),
        ("lang:english", {1}),
        ("lang:French OR lang:chinese", {3, 4}),
        ("lang:=en", {1}),
        ('outlet:="Al Bawaba"', {1}),
        ("outlet:=ALBAWABA", {2}),
        ("outlet:=bawaba", set()),
        ('outlet:="Al*"', {1}),
        ('tone-of-voice:="very critical"', {1}),
        ("tone-of-voice:=critical", set()),
        ("-outlet:=BBC", {1, 2, 4}),
        ("published:=2025", {1, 2}),
        ("published:=2025-03", {1}),
        ("published:2025-03", {1, 2}),
        ("published:<=2025-03-03", {2}),
        ('"tone of voice":-critical', {2, 3, 4}),
        ("theme:-war", {3, 4}),
        ("theme: -war", {3, 4}),
    ],
)
def test_what_a_query_finds_among_articles(index, query, articles):
    assert set(index.keys(query, NAMES)) == articles


def test_an_attribute_called_like_a_field_takes_nothing_from_it():
    names = Names({1: ("War",)}, dict(enumerate(("theme", "In", "is", "note", "quote"), 7)), today=NAMES.today)
    articles = [
        ArticleEntry(1, themes=(1,), note="plain", attributes={7: "grey", 9: "odd", 10: "own", 11: "said"}),
        ArticleEntry(2, note="own", state="read"),
    ]
    with indexed(articles) as index:
        assert index.keys("theme:war", names) == [1]
        assert index.keys('"theme":grey', names) == [1]
        assert index.keys("theme:grey", names) == []
        assert index.keys("is:read", names) == [2]
        assert index.keys('"is":odd', names) == [1]
        assert index.keys("note:own", names) == [2]
        assert index.keys('"note":own', names) == [1]
        assert index.keys('"quote":said', names) == [1]
        assert index.keys('"title":x OR "theme":war', names) == []
        assert "in the field “note”" in str(index.search('"note":own', names).explained)


@pytest.mark.parametrize(
    ("query", "text"), [("1,000*", "1,000,000 a"), ("1,00*", "1 000"), ("1,000*5", "10005"), ("1,0?0*", "1 0a0b")]
)
def test_a_number_with_grouped_digits_is_one_word_in_a_pattern_too(query, text):
    with indexed([ArticleEntry(1, text=text), ArticleEntry(2, text="1 and 2")]) as index:
        assert index.keys(query, Names()) == [1]


@pytest.mark.parametrize(
    ("query", "article"),
    [
        ("ไทย", 21),
        ("ภาษา", 21),
        ("タワー", 22),
        ("東京", 22),
        ("カタカナ", 23),
        ("왕세자가", 24),
        ("왕세*", 24),
        ("왕셰자가~", 24),
    ],
)
def test_words_are_found_in_scripts_without_spaces_and_in_korean(query, article):
    with indexed(SCRIPTS) as index:
        assert index.keys(query, Names()) == [article]
        assert [hit.key for hit in index.search(query, Names(), typing=True).hits] == [article]


@pytest.mark.parametrize(
    ("query", "passages"),
    [
        ("drone", {11, 12}),
        ("caspian", {11}),
        ('"million drones"', {12}),
        ("war", {11, 12}),
        ("strike", {12}),
        ("diplomacy OR caspian", {11, 12}),
        ("-drone", {13}),
        ("theme:war", {11, 12}),
        ("title:drone", {11}),
        ("title:million", {12, 13}),
        ("outlet:albawaba wild", {13}),
        ("by:lee", {11}),
        ("is:read", {12, 13}),
        ("is:orphaned", {13}),
        ("is:annotated", {11, 12, 13}),
        ("has:note", {11}),
        ("note:caspian", {11}),
        ("before:2025-02", {12, 13}),
        ("on:2025-03-04", {11, 12, 13}),
        ("lang:en", {11}),
        ('in:"my set"', {11}),
        ("tone-of-voice:critical", {11}),
        ("text:happily", {12, 13}),
        ("", {11, 12, 13}),
    ],
)
def test_what_a_query_finds_among_passages(index, query, passages):
    assert set(index.keys(query, NAMES, passages=True)) == passages


def test_a_suggestion_mends_words_that_nothing_has(index):
    assert index.search("drnoe milion", NAMES).suggestion == "drone million"
    assert index.search('title:x OR "xyzzy" OR drnoe', NAMES).suggestion == 'title:x OR "xyzzy" OR drone'
    assert index.search('"drnoe"', NAMES).suggestion == '"drone"'
    assert index.search("text:milion", NAMES).suggestion == "text:million"
    assert index.search("drnoe*", NAMES).suggestion is None
    assert index.search("drone", NAMES).suggestion is None
    assert index.search("-drnoe", NAMES).suggestion is None
    assert index.search("qqqqqqqq", NAMES).suggestion is None
    assert index.search("roy-alties", NAMES).suggestion is None
    assert index.search("counter-drnoe", NAMES).suggestion == "counter-drone"
    assert index.search("drones:milion", NAMES).suggestion == "drones:million"
    assert index.search("drnes:million", NAMES).suggestion is None
    assert index.search("caspain", NAMES, passages=True).suggestion == "caspian"


def test_facets_count_what_was_found(index):
    facets = index.search("drone", NAMES).facets
    assert facets["outlet"] == (("ALBAWABA", 1), ("Al Bawaba", 1))
    assert facets["state"] == (("read", 1), ("unread", 1))
    assert facets["month"] == (("2025", 1), ("2025-03", 1))
    assert facets["language"] == (("en", 1),)
    assert facets["theme"] == ((2, 2), (1, 1), (3, 1))
    assert facets["attribute:7"] == (("very critical", 1),)
    passages = index.search("", NAMES, passages=True).facets
    assert passages["outlet"] == (("ALBAWABA", 2), ("Al Bawaba", 1))
    assert passages["theme"] == ((2, 2), (1, 1), (3, 1))


@pytest.mark.parametrize("passages", [False, True])
@pytest.mark.parametrize("query", ["", "drone", "-caspian"])
def test_a_theme_is_counted_as_often_as_it_would_be_found(index, query, passages):
    counted = dict(index.facets(query, NAMES, passages=passages)["theme"])
    found = {
        key: index.count(f'{query} theme:"{" > ".join(path)}"', NAMES, passages=passages)
        for key, path in NAMES.themes.items()
    }
    assert counted == {key: count for key, count in found.items() if count}


def test_orders(index):
    assert index.keys("", NAMES, order="published") == [1, 2, 3, 4]
    assert index.keys("", NAMES, order="title") == [1, 4, 2, 3]
    assert index.keys("", NAMES, True, "title") == [11, 12, 13]
    assert index.keys("", NAMES, order="added") == [1, 2, 3, 4]
    assert index.keys("drone", NAMES) == [1, 2]


def test_exact_forms_rank_first(index):
    assert index.keys("text:drones OR text:drone", NAMES)[0] in {1, 2}
    assert index.keys("royalties", NAMES) == index.keys("royalty", NAMES) == [1]
    hits = {hit.key: hit.score for hit in index.search("text:royalties", NAMES).hits}
    assert hits[1] > index.search("text:royalty", NAMES).hits[0].score


def test_hits_lead_to_the_words_in_the_text(index):
    hit = index.search('"counter drone" OR "million drones" OR roy*', NAMES).hits[0]
    by_key = {article.key: article for article in ARTICLES}
    text = by_key[hit.key].text
    shown = [text[start:end] for start, end in language.spans(text, hit.positions["text"])]
    assert shown in (["royalties"], ["million", "drones"])
    passage = index.search("caspian", NAMES, passages=True).hits[0]
    assert (passage.key, passage.article, dict(passage.positions)) == (11, 1, {"note": (1,)})
    assert dict(index.positions("wild -drone", NAMES, 1)) == {"text": (12,)}
    assert index.positions("wild", NAMES, 99) == {}


def test_pages_of_hits_follow_one_another(index):
    whole = [hit.key for hit in index.search("", NAMES).hits]
    pages = [hit.key for start in range(0, 6, 2) for hit in index.search("", NAMES, limit=2, offset=start).hits]
    assert pages == whole == [1, 2, 3, 4]
    assert index.search("", NAMES, limit=0).hits == ()


near_words = st.text(alphabet="abcdeé无", max_size=7)


@settings(max_examples=300)
@given(near_words.filter(bool), st.sets(near_words.filter(bool), max_size=12), st.integers(1, 2))
def test_nearness_is_the_distance_letter_by_letter(word, others, most):
    lines = Lines(encode(sorted(f"x{other}" for other in others | {"zz"})))
    found = {lines[number].decode()[1:] for number in near(word, most, b"x", lines)}
    assert found == {other for other in others | {"zz"} if distance_within(word, other, most)}


@settings(max_examples=300)
@given(st.text(alphabet="ab*?é", max_size=8), st.text(alphabet="abé", max_size=8))
def test_wildcards_match_as_in_file_names(pattern, word):
    assert (re.fullmatch(wildcard(pattern), word.encode()) is not None) == fnmatch.fnmatchcase(word, pattern)


@settings(max_examples=300)
@given(st.text(alphabet="ab*?é", max_size=8), st.sets(st.text(alphabet="abé", min_size=1, max_size=8), max_size=12))
@example("a*?*b", {"ab", "aab", "aabb"})
@example("*a*a*", {"a", "aa", "ba"})
def test_all_words_at_once_are_matched_as_each_by_itself(pattern, words):
    lines = Lines(encode(sorted([*(f"x{word}" for word in words), "ya", "zab"])))
    found = {lines[number].decode()[1:] for number in like(pattern, b"x", lines)}
    assert found == {word for word in words if fnmatch.fnmatchcase(word, pattern)}


def test_no_wildcard_tries_again_and_again():
    word = "a" * 100
    assert re.fullmatch(wildcard("*a" * 30 + "*b"), word.encode()) is None
    assert re.fullmatch(wildcard("*a" * 30), word.encode())


def test_reading_touches_nothing_but_names():
    assert read("drone", Names()).plan == read("  drone ", Names()).plan
    assert read("is:nothing", Names()).notes


def test_a_first_letter_after_other_words_of_a_phrase_narrows_nothing_yet(index):
    def found(query):
        return {hit.key for hit in index.search(query, NAMES, limit=100, typing=True).hits}

    assert found('"drone"') == found('"drone z') != set()
    assert found('"drone zz') == set()
