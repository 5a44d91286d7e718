"""The manuals of style, on sources of which everything, something, or nothing is known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.citing import STYLES, Kind, Paragraphs, citation, plain, quotation, source_of, style_of
from app.citing.people import initials, short_title
from app.errors import InvalidInput
from app.model import Article, Metadata, Published
from app.settings import SETTINGS
from app.text.names import Name

WHOLE = {
    "title": "Ukraine War: Russia-US “Talks”",
    "byline": "Jane Q. Doe and John Smith",
    "outlet": "World Today",
    "address": "https://world.example/talks_1",
    "published": Published.parse("2024-12-19"),
    "accessed": "2025-03-04",
}
TITLES = st.sampled_from([None, "", " ", "Pay the inventor", "Can we talk?", "Two\nlines of a title that is long"])
BYLINES = st.sampled_from(
    [None, "", "Ada Marsh", "Ada Marsh, Bo Reed Jr.", "Reuters", "Staff and A. B, C. D, E. F, G. H"]
)
OUTLETS = st.sampled_from([None, "", "Reuters", "World Today", "Example Inc."])
ADDRESSES = st.sampled_from([None, "", "https://x.example/a_b"])
ACCESSED = st.sampled_from([None, "", "2025-03-04", "last May"])
DATES = st.one_of(
    st.none(), st.sampled_from(["2024-12-19", "2024-12", "2024", "about 2024-12-19"]).map(Published.parse)
)
METADATA = st.builds(
    Metadata, title=TITLES, byline=BYLINES, outlet=OUTLETS, address=ADDRESSES, published=DATES, accessed=ACCESSED
)


def numbered(first, last=None):
    return Paragraphs(first, last or first) if first else None


def cited(style, paragraph=None, page="", last=None, **changed):
    article = Article(1, "a", Metadata(**WHOLE | changed))
    return citation(article, numbered(paragraph, last), page=page, style=style)


def quoted(style, paragraph=4, page="", last=None, **changed):
    article = Article(1, "a", Metadata(**WHOLE | changed))
    return quotation("It is “so”.", article, numbered(paragraph, last), page=page, style=style)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("house", "paragraphs 1–2"),
        ("apa", "paras. 1–2"),
        ("chicago", "paras. 1–2"),
        ("mla", "pars. 1–2"),
        ("harvard", "paras. 1–2"),
    ],
)
def test_a_passage_of_several_paragraphs_names_the_first_and_the_last(style, said):
    assert said in quoted(style, 1, last=2)


def test_apa_of_all_that_is_known():
    assert quoted("apa") == (
        "“It is ‘so’.” (Doe & Smith, 2024, para. 4)\n"
        "Doe, J. Q., & Smith, J. (2024, December 19). Ukraine War: Russia-US “Talks.” World Today. "
        "https://world.example/talks_1"
    )


def test_chicago_of_all_that_is_known():
    assert quoted("chicago") == (
        "“It is ‘so’.”\n"
        "Jane Q. Doe and John Smith, “Ukraine War: Russia-US ‘Talks,’” World Today, December 19, 2024, para. 4, "
        "https://world.example/talks_1."
    )


def test_mla_of_all_that_is_known():
    assert quoted("mla") == (
        "“It is ‘so’.” (Doe and Smith, par. 4)\n"
        "Doe, Jane Q., and John Smith. “Ukraine War: Russia-US ‘Talks.’” World Today, 19 Dec. 2024, "
        "https://world.example/talks_1. Accessed 4 Mar. 2025."
    )


def test_harvard_of_all_that_is_known():
    assert quoted("harvard") == (
        "“It is ‘so’.” (Doe and Smith, 2024, para. 4)\n"
        "Doe, J. Q. and Smith, J. (2024) ‘Ukraine War: Russia-US “Talks”’, World Today, 19 December. "
        "Available at: https://world.example/talks_1 (Accessed: 4 March 2025)."
    )


def test_a_printed_page_is_named():
    assert quoted("mla", page="A4").startswith("“It is ‘so’.” (Doe and Smith A4)\n")
    assert quoted("apa", page="iv").startswith("“It is ‘so’.” (Doe & Smith, 2024, p. iv, para. 4)\n")
    assert ", December 19, 2024, p. iv, https" in cited("chicago", page="iv")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", "Price of “Talks.” (n.d.). World Today. Retrieved March 4, 2025, from https://w.example/1"),
        ("chicago", "“Price of ‘Talks,’” World Today, n.d., accessed March 4, 2025, https://w.example/1."),
        ("mla", "“Price of ‘Talks.’” World Today, https://w.example/1. Accessed 4 Mar. 2025."),
        (
            "harvard",
            "World Today (no date) ‘Price of “Talks”’. Available at: https://w.example/1 (Accessed: 4 March 2025).",
        ),
    ],
)
def test_without_byline_and_date(style, text):
    little = {"title": "Price of “Talks”", "address": "https://w.example/1", "byline": None, "published": None}
    assert cited(style, **little) == text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("We must act.", "We must act,"),
        ("Trade with the U.S.", "Trade with the U.S.,"),
        ("And then...", "And then...,"),
        ("Who won?", "Who won?,"),
    ],
)
def test_a_comma_stands_instead_of_a_full_stop(title, shown):
    assert f"“{shown}” World Today" in cited("chicago", title=title, byline=None)


@pytest.mark.parametrize(
    ("style", "mention"),
    [
        ("apa", "(“Ukraine War: Russia-US ‘Talks,’” n.d., para. 4)"),
        ("mla", "(“Ukraine War: Russia-US ‘Talks,’” par. 4)"),
        ("harvard", "(World Today, no date, para. 4)"),
    ],
)
def test_what_has_no_byline_is_mentioned_by_its_title(style, mention):
    first = quoted(style, byline=None, published=None).splitlines()[0]
    assert first == f"“It is ‘so’.” {mention}"


@pytest.mark.parametrize(
    ("style", "month", "year", "about"),
    [
        ("apa", "(2024, December)", "(2024)", "(ca. 2024, December 19)"),
        ("chicago", ", December 2024, ", ", 2024, ", ", ca. December 19, 2024, "),
        ("mla", ", Dec. 2024, ", ", 2024, ", ", circa 19 Dec. 2024, "),
        ("harvard", "World Today, December. A", "World Today. A", "(c.2024)"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(style, month, year, about):
    for written, shown in (("2024-12", month), ("2024", year), ("about 2024-12-19", about)):
        assert shown in cited(style, published=Published.parse(written))


@pytest.mark.parametrize(
    ("style", "begin"),
    [
        ("apa", "Reuters. (2024, December 19). Ukraine War"),
        ("chicago", "Reuters, “Ukraine War: Russia-US ‘Talks,’” December 19"),
        ("mla", "Reuters. “Ukraine War: Russia-US ‘Talks.’” 19 Dec."),
        ("harvard", "Reuters (2024) Ukraine War: Russia-US “Talks”, 19 December."),
    ],
)
def test_an_outlet_that_wrote_it_itself_is_named_once(style, begin):
    assert cited(style, byline="Reuters", outlet="Reuters").startswith(begin)


@pytest.mark.parametrize(
    ("style", "text"), [("apa", "T? (n.d.)."), ("chicago", "“T?,” n.d."), ("mla", "“T?”"), ("harvard", "T? (no date).")]
)
def test_of_a_title_that_asks_and_of_nothing_else(style, text):
    assert citation(Article(1, "a", Metadata(title="T?")), style=style) == text


@pytest.mark.parametrize(
    ("style", "three", "four"),
    [
        ("apa", "A, B., C, D., & E, F. (", "A, B., C, D., E, F., & G, H. ("),
        ("chicago", "B. A, D. C, and F. E, “", "B. A et al., “"),
        ("mla", "A, B., et al. “", "A, B., et al. “"),
        ("harvard", "A, B., C, D. and E, F. (", "A, B. et al. ("),
    ],
)
def test_several_people(style, three, four):
    assert cited(style, byline="B. A, D. C and F. E").startswith(three)
    assert cited(style, byline="B. A, D. C, F. E & H. G").startswith(four)


def test_apa_names_twenty_people_at_most():
    names = ", ".join(f"A. {chr(65 + n)}x" for n in range(22))
    assert ", Sx, A., . . . Vx, A. (" in cited("apa", byline=names)


def test_names_of_publications_are_emphasised_and_addresses_are_links():
    for style in STYLES:
        line = style.write(source_of(Metadata(**WHOLE)))
        assert [words.text for words in line if words.kind is Kind.ADDRESS] == ["https://world.example/talks_1"]
        emphasised = [words.text for words in line if words.kind is Kind.EMPHASIS]
        assert emphasised == ([] if style.key == "house" else ["World Today"])


@pytest.mark.parametrize(
    ("given", "shown"), [("Jean-Paul", "S, J.-P."), ("J.K.", "S, J. K."), ("JD", "S, J. D."), ("Ada B.", "S, A. B.")]
)
def test_initials(given, shown):
    assert initials(Name("S", given)) == shown


def test_a_long_title_is_mentioned_by_its_beginning():
    assert short_title(source_of(Metadata(title="The price of the drones, and who pays"))) == "The price"
    assert short_title(source_of(Metadata(title="Pay the inventor."))) == "Pay the inventor"


def test_an_unknown_style_is_refused_and_the_known_ones_are_named():
    with pytest.raises(InvalidInput, match="house, apa, chicago, mla, harvard"):
        style_of("vancouver")
    assert style_of(" APA ").key == "apa"


def test_the_settings_offer_every_style():
    (setting,) = (one for one in SETTINGS if one.key == "citation")
    assert [key for key, _ in setting.choices] == [style.key for style in STYLES]


@given(
    METADATA,
    st.one_of(st.none(), st.builds(Paragraphs, st.integers(1, 4), st.integers(4, 9))),
    st.sampled_from(["", "iv"]),
)
def test_what_is_known_is_said_and_what_is_not_leaves_no_trace(metadata, paragraph, page):
    source = source_of(metadata, paragraph, None, page)
    for style in STYLES:
        texts = [plain(style.write(source)), plain(style.mention(source)) if style.mention else "x"]
        for text in texts:
            assert text
            assert text == " ".join(text.split())
            assert not re.search(r"None|\(\)|“”|‘’|\.\.|,,|, ,| ,|\(,|,\)|^[,.]", text), text
        assert source.address in texts[0]
        assert source.title.split()[0] in texts[0]
        assert source.outlet in texts[0]


@given(st.builds(Metadata, *[st.one_of(st.none(), st.text(max_size=20))] * 5))
def test_nothing_in_the_details_of_an_article_breaks_a_style(metadata):
    for style in STYLES:
        assert "\n" not in citation(Article(1, "a", metadata), style=style.key)


@pytest.mark.parametrize(
    "title",
    [
        "هل نتحدث؟", "Can we talk?", "So there!", "And then…", "可以谈吗？", "停火！", "和谈停滞。", "کیا ہوا۔",
        "क्या हुआ।", "He asked “why?”", "„Warum?“", "« Pourquoi ? »", "「なぜ？」",
    ],
)  # fmt: skip
@pytest.mark.parametrize("style", ["apa", "mla"])
def test_what_ends_a_title_in_any_script_needs_no_full_stop(style, title):
    said = re.sub("[\u2066-\u2069]", "", cited(style, title=title))
    assert re.search(r"[?!…؟？！。۔।][’”\"“»」‘ ]*\.", said) is None
    assert re.search(r"[?!…؟？！。۔।]", said)


@pytest.mark.parametrize("style", ["apa", "mla", "chicago", "harvard"])
@pytest.mark.parametrize("outlet", ["Yahoo!", "من هناك؟", "Wer?"])
def test_an_outlet_that_ends_a_sentence_ends_it_once(style, outlet):
    said = re.sub("[\u2066-\u2069]", "", cited(style, outlet=outlet, address=None, published=None, accessed=None))
    assert f"{outlet}." not in said
    assert outlet in said


@pytest.mark.parametrize("title", ["和谈停滞。", "Talks fail."])
def test_a_comma_takes_the_place_of_a_full_stop(title):
    assert f"{title[:-1]},” " in cited("chicago", title=title)
