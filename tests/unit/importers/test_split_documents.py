"""Documents that hold several articles: split where someone says that they begin, with all that they are made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drafts import Draft, Mark
from app.errors import ImportFailed
from app.importers._base import File, Parts, Unread, importers
from app.importers._parts import choose
from app.importers._split_documents import read, split_parts
from app.model import LeftOut, Metadata, Origin, Published
from app.options import chosen
from app.text.body import Body, Piece, Run

DATA = Path(__file__).parents[2] / "data" / "imports"
STORY = ["wall.md", *(f"wall-pandoc.{suffix}" for suffix in ("docx", "odt", "rtf", "epub"))]
CHAPTERS = ["The Sea Wall Is Too Low", "What it costs", "Other harbours"]

WALL = "The wall that keeps the sea out of the town will be raised by a metre, the council said."
TIDE = "Nobody in the town remembers a tide as high as the one that came in on Monday night."
BOATS = "Three of the boats that were damaged in the storm can be rented again from tomorrow on."

PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>All about the harbour</title>
<meta property="og:site_name" content="Harbour Post"><link rel="canonical" href="https://harbour.example/all"></head>
<body><article><h1>All about the harbour</h1>
<h2>The harbour wall</h2><p>By Tom Reed</p><p>{WALL}</p><ul><li>Height: a metre.</li><li>Money: none.</li></ul>
<p>End of article</p>
<h2>The highest tide</h2><p>By Ada Marsh</p><p>4 March 2024</p><p>{TIDE} <a href="https://harbour.example/tide">More</a></p>
<p>End of article</p>
<h2>Boats for rent</h2><p>{BOATS}</p></article><nav><a href="/">Home</a></nav></body></html>"""


def parts(name: str, data: bytes | None = None, **options: str) -> Parts:
    data = (DATA / name).read_bytes() if data is None else data
    importer = choose(name, data)
    return read(importer, File(data, name, chosen(importer.name, importer.options, options)))


def split(name: str, data: str | None = None, **options: str) -> list[Draft]:
    found = parts(name, None if data is None else data.encode(), **options)
    assert all(isinstance(one, Draft) for one in found)
    return [one for one in found if isinstance(one, Draft)]


def titles(drafts: list[Draft]) -> list[str | None]:
    return [draft.metadata.title for draft in drafts]


def texts(draft: Draft) -> list[str]:
    return [piece.text for piece in draft.body.pieces()]


@pytest.mark.parametrize("name", STORY)
def test_a_document_is_cut_at_its_headings_and_each_article_keeps_what_it_is_made_of(name: str) -> None:
    (whole,) = split(name)
    found = split(name, split="headings")
    assert titles(found) == CHAPTERS
    assert [draft.part for draft in found] == [f"00{n} {title}" for n, title in enumerate(CHAPTERS, 1)]
    kept = [piece for draft in found for piece in draft.body.pieces() if "footnote" not in piece.attributes]
    there = [piece for piece in whole.body.pieces() if "footnote" not in piece.attributes]
    said = {*CHAPTERS, *found[0].details.values()}
    assert kept == [piece for piece in there if piece.text not in said]
    assert sum("footnote" in piece.attributes for draft in found for piece in draft.body.pieces()) == (
        0 if name.endswith("epub") else 1
    )
    assert {digest for draft in found for digest in draft.pictures} == set(whole.pictures)
    assert found[0].metadata.byline == whole.metadata.byline
    assert found[1].metadata.byline is None
    assert found[0].details.items() >= whole.details.items()


NOTED_RTF = (
    r"{\rtf1\ansi\pard One{\super {\footnote Note one.\par More.}}\par\pard Break\par"
    r"\pard Two{\super {\footnote Note two.}}\par\pard Break\par\pard Three\par}"
)
NOTED_ODT = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
    "<text:p>One<text:note><text:note-body><text:p>Note one.</text:p><text:p>More.</text:p></text:note-body>"
    "</text:note></text:p><text:p>Break</text:p><text:p>Two<text:note><text:note-body><text:p>Note two.</text:p>"
    "</text:note-body></text:note></text:p><text:p>Break</text:p><text:p>Three</text:p></office:text></office:body>"
    "</office:document>"
)
NOTED_MARKDOWN = "One[^a]\n\nBreak\n\nTwo[^b]\n\nBreak\n\nThree\n\n[^a]: Note one.\n\n    More.\n[^b]: Note two.\n"


@pytest.mark.parametrize(
    ("name", "text"), [("all.rtf", NOTED_RTF), ("all.fodt", NOTED_ODT), ("all.md", NOTED_MARKDOWN)]
)
def test_a_footnote_goes_with_the_article_in_which_its_sign_stands(name: str, text: str) -> None:
    first, second, third = split(name, text, pattern="^Break$")
    assert texts(first)[-2:] == ["Note one.", "More."]
    assert texts(second)[-1] == "Note two."
    assert "Note" not in third.body.text


def test_a_footnote_of_a_page_goes_with_its_sign_not_with_the_end_of_the_page() -> None:
    def line(text: str, page: int, sign: str = "") -> Piece:
        runs = (Run(len(text) - len(sign), len(text), "superscript"),) if sign else ()
        return Piece(text, "paragraph", {"page": page}, runs)

    notes = [
        Piece(f"{sign} Note.", "paragraph", {"page": page, "footnote": sign}) for page, sign in ((1, "1"), (2, "*"))
    ]
    body = Body.of([line("One1", 1, "1"), line("Two*", 1, "*"), line("Three", 2), *notes])
    found = [one for one in split_parts((Draft(body),), {"pattern": "^T"}) if isinstance(one, Draft)]
    assert [texts(draft)[-1] for draft in found] == ["1 Note.", "* Note.", "Three"]


def test_the_rule_above_the_footnotes_parts_no_articles() -> None:
    found = split("all.md", f"# The wall\n\n{WALL}[^a]\n\n---\n\n# The tide\n\n{TIDE}\n\n[^a]: So it says.\n",
                  split="lines")  # fmt: skip
    assert [texts(draft)[1:] for draft in found] == [["So it says."], [""]]


def test_headings_of_a_level_can_be_named() -> None:
    assert titles(split("wall.md", split="headings", level="3")) == [CHAPTERS[0], "Four winters"]


def test_a_pattern_begins_an_article_in_a_pdf_and_pages_are_still_known() -> None:
    (whole,) = split("chromium-article.pdf")
    headings = [piece.text for piece in whole.body.pieces() if piece.kind == "heading"]
    found = split("chromium-article.pdf", pattern=f"^{headings[0]}$")
    assert titles(found) == [whole.metadata.title, headings[0]]
    assert all("page" in piece.attributes for draft in found for piece in draft.body.pieces())
    pages = {piece.attributes["page"] for piece in whole.body.pieces()}
    assert len(split("chromium-article.pdf", split="pages")) == len(pages)


def test_what_stands_above_a_text_is_its_title_byline_and_day() -> None:
    found = split("page.html", PAGE, split="headings")
    assert titles(found) == ["The harbour wall", "The highest tide", "Boats for rent"]
    assert [draft.metadata.byline for draft in found] == ["Tom Reed", "Ada Marsh", None]
    assert [draft.metadata.published for draft in found] == [None, Published.parse("2024-03-04"), None]
    assert [piece.kind for piece in found[0].body.pieces()] == ["paragraph", "item", "item", "paragraph"]
    assert texts(found[1])[0] == f"{TIDE} More"
    assert [run.kind for run in found[1].body.runs] == ["link"]


def test_the_first_article_whose_title_is_that_of_the_document_has_its_byline_and_day() -> None:
    first = f"# The wall\n\nBy Tom Reed\n\n4 March 2024\n\n{WALL}"
    found = split("all.md", f"{first}\n\n# The tide\n\nBy Ada Marsh\n\n{TIDE}\n", split="headings")
    assert [(draft.metadata.title, draft.metadata.byline) for draft in found] == [
        ("The wall", "Tom Reed"),
        ("The tide", "Ada Marsh"),
    ]
    assert found[0].metadata.published == Published.parse("2024-03-04")
    assert [texts(draft) for draft in found] == [[WALL], [TIDE]]
    assert found[0].details["byline_line"] == "By Tom Reed"


def test_what_a_document_states_is_not_overruled_by_the_lines_below_its_title() -> None:
    front = f"---\nauthor: Eva Lund\n---\n\n# Harbour\n\nBy Tom Reed\n\n{BOATS}"
    found = split("all.md", f"{front}\n\n## The wall\n\n{WALL}\n\n## The tide\n\n{TIDE}\n", split="headings")
    assert [draft.metadata.byline for draft in found] == ["Eva Lund", None, None]


def test_the_heading_of_an_article_is_not_taken_for_that_of_the_page() -> None:
    page = PAGE.replace("<h1>All about the harbour</h1>", "").replace("h2>", "h1>")
    for title in ("All about the harbour", "The harbour wall"):
        found = split("page.html", page.replace("<title>All about the harbour", f"<title>{title}"), split="headings")
        assert titles(found) == ["The harbour wall", "The highest tide", "Boats for rent"]
        assert [draft.metadata.byline for draft in found] == ["Tom Reed", "Ada Marsh", None]


def test_what_a_page_puts_beside_its_articles_is_left_out() -> None:
    found = split("page.html", PAGE, split="headings")
    assert [(one.kind, one.text) for one in found[-1].left_out] == [("navigation", "Home")]
    (whole,) = split("page.html", PAGE)
    assert split("page.html", PAGE, split="headings", level="5") == [whole]


def test_what_is_said_of_the_document_is_said_of_each_article_but_its_address() -> None:
    for draft in split("page.html", PAGE, split="headings"):
        assert (draft.metadata.outlet, draft.metadata.language) == ("Harbour Post", "en")
        assert draft.metadata.address is None
        assert draft.details["document_address"] == "https://harbour.example/all"
        assert draft.details["document_title"] == "All about the harbour"


def test_who_put_the_articles_together_wrote_none_of_them() -> None:
    text = (
        f"---\ntitle: Digest\nauthor: Tom Reed\ndate: 2024-03-09\n---\n\n# The wall\n\n{WALL}\n\n# The tide\n\n{TIDE}\n"
    )
    for draft in split("all.md", text, split="headings"):
        assert (draft.metadata.byline, draft.metadata.published) == (None, None)
        assert [draft.details[f"document_{name}"] for name in ("title", "byline", "published")] == [
            "Digest",
            "Tom Reed",
            "2024-03-09",
        ]


def test_a_line_that_is_the_same_each_time_only_stands_between_articles() -> None:
    found = split("page.html", PAGE.replace("<h1>All about the harbour</h1>", ""), pattern="^End of article$")
    assert titles(found) == ["The harbour wall", "The highest tide", "Boats for rent"]
    assert "End of article" not in "".join(draft.body.text for draft in found)
    left_out = [one.text for draft in found for one in draft.left_out]
    assert left_out == ["End of article", "End of article", "Home"]


def test_what_stands_round_a_page_begins_no_article() -> None:
    nav = "<nav><p>Article 1 The wall</p><p>Article 2 The tide</p></nav>"
    page = f"<html><body>{nav}<article><h2>Article 1</h2><p>{WALL}</p><h2>Article 2</h2><p>{TIDE}</p></article></body>"
    found = split("page.html", page, pattern=r"^Article \d")
    assert [draft.body.text for draft in found] == [WALL, TIDE]
    heads = (LeftOut("running_head", "Harbour Digest", 1), LeftOut("page_number", "Harbour 2", 1))
    draft = Draft(Body.of(["Harbour news", WALL, "Harbour tides", TIDE]), Metadata(title="All"), heads)
    whole = [one for one in split_parts((draft,), {"pattern": "^Harbour"}) if isinstance(one, Draft)]
    assert titles(whole) == ["Harbour news", "Harbour tides"]


@pytest.mark.parametrize("rule", ["* * *", "———————"])
def test_a_rule_or_a_line_of_signs_stands_between_articles(rule: str) -> None:
    found = split("all.md", f"# The wall\n\n{WALL}\n\n{rule}\n\nThe tide\n\n{TIDE}\n", split="lines")
    assert titles(found) == ["The wall", "The tide"]
    assert [draft.body.text for draft in found] == [WALL, TIDE]


def test_lines_with_labels_are_metadata() -> None:
    text = "\n\n".join(
        f"Title: {title}\n\nAuthor: Ada Marsh\n\nDate: {number} March 2024\n\n{body}"
        for number, (title, body) in enumerate((("The wall", WALL), ("The tide", TIDE)), 1)
    )
    found = split("all.md", text, split="titles")
    assert titles(found) == ["The wall", "The tide"]
    assert [draft.body.text for draft in found] == [WALL, TIDE]
    assert found[1].metadata.byline == "Ada Marsh"
    assert found[1].metadata.published == Published.parse("2024-03-02")
    assert found[1].metadata.origins["title"] is Origin.STATED


def test_a_number_is_no_title_and_is_left_out() -> None:
    found = split("all.md", f"Article 1\n\n## The wall\n\n{WALL}\n\nArticle 2\n\n## The tide\n\n{TIDE}\n",
                  pattern=r"^Article \d+$")  # fmt: skip
    assert titles(found) == ["The wall", "The tide"]
    assert [draft.left_out[0].text for draft in found] == ["Article 1", "Article 2"]


def test_marks_go_where_their_passages_stand() -> None:
    (whole,) = split("wall.fodt")
    found = split("wall.fodt", split="headings")
    placed = [(draft, mark) for draft in found for mark in draft.marks if mark.start >= 0]
    assert all(draft.body.text[mark.start : mark.end] == mark.quote for draft, mark in placed)
    assert sorted(mark.quote for _draft, mark in placed) == sorted(mark.quote for mark in whole.marks)
    assert len({draft.part for draft, _mark in placed}) > 1


def test_a_mark_over_two_articles_becomes_two_with_one_note() -> None:
    body = Body.of([WALL, "* * * * *", TIDE])
    mark = Mark(body.text[4:-5], 4, len(body.text) - 5, themes=("sea",), note="Both.")
    draft = Draft(body, Metadata(title="The sea"), marks=(mark,), note="A digest.")
    found = [one for one in split_parts((draft,), {"split": "lines"}) if isinstance(one, Draft)]
    assert [[(one.quote, one.themes, one.note) for one in draft.marks] for draft in found] == [
        [(WALL[4:], ("sea",), "Both.")],
        [(TIDE[:-5], ("sea",), "")],
    ]
    assert [draft.note for draft in found] == ["A digest.", ""]


def test_an_article_that_begins_with_a_line_that_was_left_out_has_it_again() -> None:
    furniture = (LeftOut("related", "Read more: The tide", 1), LeftOut("footer", "All rights reserved.", 2))
    draft = Draft(Body.of([WALL, TIDE]), Metadata(title="The wall"), furniture)
    found = [one for one in split_parts((draft,), {"pattern": "^Read more: "}) if isinstance(one, Draft)]
    assert titles(found) == ["The wall", "Read more: The tide"]
    assert [draft.body.text for draft in found] == [WALL, TIDE]
    assert [[one.text for one in draft.left_out] for draft in found] == [[], ["All rights reserved."]]


def test_a_table_is_cut_between_its_rows() -> None:
    found = split("all.md", f"# Tides\n\n{TIDE}\n\n| Year | Height |\n|---|---|\n| old | four |\n| new | three |\n",
                  pattern="^three$")  # fmt: skip
    assert texts(found[1]) == ["new", "three"]


def test_a_pattern_that_is_found_nowhere_is_said() -> None:
    for name in ("wall.md", "wall-pandoc.docx"):
        with pytest.raises(ImportFailed, match="“zzz” is found nowhere in this file"):
            parts(name, pattern="zzz")
    with pytest.raises(ImportFailed, match="no pattern to split by"):
        parts("wall.md", split="pattern")


def test_what_begins_nowhere_else_is_one_article() -> None:
    (whole,) = split("wall.md")
    assert split("wall.md", pattern="^The Sea Wall") == [whole]
    assert split("wall.md", split="titles") == [whole]
    own = (Draft(whole.body, id="a"), Draft(whole.body, stub=True))
    assert split_parts(own, {"split": "headings"}) == list(own)


def test_an_article_without_text_is_named() -> None:
    found = parts("all.md", f"# Harbour\n\n## The wall\n\n## The tide\n\n{TIDE}\n".encode(), split="headings")
    assert [one.part for one in found] == ["001 The wall", "002 The tide"]
    assert isinstance(found[0], Unread)


def test_documents_can_be_cut_and_tables_cannot() -> None:
    offered = {key for key, one in importers().items() if "pattern" in {option.key for option in one.options}}
    assert {"text", "html", "markdown", "docx", "odt", "rtf", "pdf", "zip", "mbox", "warc", "wacz", "email"} <= offered
    assert not offered & {"csv", "json", "nexis", "taguette", "omnivore"}


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["heading", "paragraph", "item"]), st.text("ab 1=-", max_size=9)),
                max_size=12), st.sampled_from(["headings", "lines", "pattern"]))  # fmt: skip
def test_no_word_is_lost(blocks: list[tuple[str, str]], way: str) -> None:
    pieces = [Piece(text, kind, {"level": 1} if kind == "heading" else {}) for kind, text in blocks]
    options = {"pattern": "a"} if way == "pattern" else {"split": way}
    if way == "pattern" and not any("a" in text for _kind, text in blocks):
        return
    told: list[str] = []
    for one in split_parts((Draft(Body.of(pieces)),), options):
        told += [one.part] if isinstance(one, Unread) else []
        if isinstance(one, Draft):
            details = ["\n".join([value] if isinstance(value, str) else value) for value in one.details.values()]
            told += [one.metadata.title or "", one.body.text, *details, *(aside.text for aside in one.left_out)]
    words = {word for line in told for word in line.split()}
    assert {word for _kind, text in blocks for word in text.split() if word.isalnum()} <= words
