r"""Rich text: letters in every encoding, what is set in groups, and what is no text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from striprtf.striprtf import rtf_to_text

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers.rtf import read

DATA = Path(__file__).resolve().parents[2] / "data" / "imports"


def one(inside: str) -> Draft:
    (draft,) = read(File(b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + inside.encode("latin-1") + b"}", "wall.rtf"))
    return draft


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_the_words_are_those_that_another_reader_finds():
    """That reader leaves notes out and shows the numbers of items."""
    (draft,) = read(File((DATA / "wall-pandoc.rtf").read_bytes(), "wall.rtf"))
    assert isinstance(draft, Draft)
    theirs = words(rtf_to_text((DATA / "wall-pandoc.rtf").read_text(encoding="utf-8")))
    text = "\n".join(piece.text for piece in draft.body.pieces()[:-1]).replace("[1]", "")
    assert [word for word in theirs if word not in ("1", "2")] == words(
        f"{draft.metadata.title} {draft.details['byline_line']} {draft.details['date_line']} {text}"
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"caf\'e9 \emdash\~\lquote x\rquote", "café —\xa0‘x’"),
        (r"\u233 \u-10179?\u-8704?", "é\U0001f600"),
        (r"\uc0\u1575\u1604\uc1  end", "ال end"),
        (r"\uc2\u28023\'ba\'a3\u27700\'cb\'ae!", "海水!"),
        (r"\u8211\endash x", "–x"),
        (r"a\{b\}\\c", "a{b}\\c"),
        ("so\r\nft\\-en", "soften"),
        (r"line\line next", "line\nnext"),
        (r"a{\v hidden}b{\deleted old}c", "abc"),
    ],
)
def test_letters(source, text):
    assert one(source).body.text == text


@pytest.mark.parametrize(
    ("charset", "source", "text"),
    [
        (204, r"\'ec\'ee\'f0\'e5", "море"),
        (128, r"\'8a\'43", "海"),
        (134, r"\'ba\'a3\'cb\'ae", "海水"),
        (178, r"\'c8\'cd\'d1", "بحر"),
        (161, r"\'e8\'dc\'eb", "θάλ"),
    ],
)
def test_each_font_has_an_encoding(charset, source, text):
    table = rf"{{\fonttbl{{\f0\fnil Arial;}}{{\f5\fnil\fcharset{charset} Other;}}}}"
    assert one(rf"{table}\f0 x {{\f5 {source}}} caf\'e9").body.text == f"x {text} café"


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Zs", "Zl", "Zp", "Co")), max_size=80))
def test_any_text_comes_through(text):
    written = "".join(
        f"\\u{unit - 65536 if unit > 32767 else unit}?"
        for unit in (
            int.from_bytes(text.encode("utf-16-le")[k : k + 2], "little")
            for k in range(0, len(text.encode("utf-16-le")), 2)
        )
    )
    draft = one(f"begin{written}end")
    plain = text.replace("\ufeff", "").replace("\xad", "").replace("\ufffc", "\ufffd")
    assert draft.body.text == f"begin{plain}end"


def test_what_stands_round_the_text_is_no_text():
    inside = r"""{\fonttbl{\f0 Arial;}}{\colortbl;\red1\green2\blue3;}{\stylesheet{\s0 Normal;}}{\*\generator X 1;}
{\header Page {\field{\*\fldinst PAGE}{\fldrslt 1}}}{\info{\title The Wall}{\author Ada}{\doccomm Short}}
{\*\unknown {\b lost}}\pard Text{\*\bkmkstart a}{\xe index} here{\upr{ansi}{\*\ud{\u228?}}}\par"""
    draft = one(inside)
    assert draft.body.text == "Text hereä"
    assert (draft.metadata.title, draft.metadata.byline, draft.details["summary"]) == ("The Wall", "Ada", "Short")


def test_styles_by_their_names_and_what_they_are_based_on():
    inside = r"""{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2\sbasedon1 Kapitel;}{\s3 Quote;}{\s4\sbasedon5 A;}
{\s5\sbasedon4 B;}}
\pard\s1 One\par\pard\s2 Two\par\pard\s3 It holds.\par\pard\s4 Text\par\pard\outlinelevel2 Three\par\pard x\par"""
    draft = one(inside)
    assert draft.metadata.title == "One"
    assert [(piece.kind, piece.attributes.get("level")) for piece in draft.body.pieces()] == [
        ("heading", 1), ("quote", None), ("paragraph", None), ("heading", 3), ("paragraph", None),
    ]  # fmt: skip


def test_bold_lines_are_headings_where_no_style_makes_any():
    draft = one(r"\pard Text of it.\par{\b What it costs}\par A lot.\par{\b Bold to the full stop.}\par x\par")
    assert [piece.kind for piece in draft.body.pieces()] == [
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
        "paragraph",
    ]


def test_lists_by_their_numbers_and_by_their_bullets():
    inside = r"""\pard{\listtext\'95\tab}\ls1\ilvl0 one\par\pard{\listtext a)\tab}\ls1\ilvl1 two\par
\pard{\pntext\'b7\tab}{\*\pn\pnlvlblt}three\par\pard\li360\fi-360\bullet\tab four\par\pard\li720\fi-360 2.\tab five\par
\pard - six\par"""
    assert [(piece.kind, piece.attributes.get("depth"), piece.attributes.get("ordered"), piece.text)
            for piece in one(inside).body.pieces()] == [
        ("item", 1, False, "one"), ("item", 2, True, "two"), ("item", 1, False, "three"), ("item", 1, False, "four"),
        ("item", 2, True, "five"), ("paragraph", None, None, "- six"),
    ]  # fmt: skip


def test_links_are_fields():
    draft = one(r'See {\field{\*\fldinst{HYPERLINK "https://harbour.example/a"}}{\fldrslt{\ul the report}}} and '
                r'{\field{\*\fldinst HYPERLINK "javascript:alert(1)"}{\fldrslt that}}.')  # fmt: skip
    assert draft.body.text == "See the report and that."
    (link,) = draft.body.runs
    assert (draft.body.text[link.start : link.end], link.attributes["address"]) == (
        "the report",
        "https://harbour.example/a",
    )


def test_a_table_has_rows_columns_and_heads():
    inside = r"""\trowd\trhdr\cellx1\cellx2\pard\intbl Year\cell Height\cell\row
\trowd\cellx1\cellx2\pard\intbl 1953\cell four\par and a half\cell\row\pard After\par"""
    pieces = one(inside).body.pieces()
    assert [(piece.text, piece.attributes.get("row"), piece.attributes.get("column"), piece.attributes.get("header"))
            for piece in pieces] == [
        ("Year", 0, 0, True), ("Height", 0, 1, True), ("1953", 1, 0, False), ("four", 1, 1, False),
        ("and a half", 1, 1, False), ("After", None, None, None),
    ]  # fmt: skip


def test_binary_pictures_are_passed_over_by_their_length():
    picture = "\x89PNG\r\n\x1a\n}}{{\\par" + "wall" * 9
    named = r"{\*\picprop{\sp{\sn wzDescription}{\sv The wall}}}"
    draft = one(rf"Before {{\pict{named}\pngblip\bin{len(picture)} {picture}}} after")
    assert [piece.kind for piece in draft.body.pieces()] == ["paragraph", "image", "paragraph"]
    assert draft.body.pieces()[1].attributes["alt"] == "The wall"
    assert list(draft.pictures.values()) == [picture.encode("latin-1")]


def test_colours_of_letters_are_marks():
    table = r"{\colortbl;\red255\green255\blue0;\red240\green240\blue240;}"
    draft = one(table + r"The {\highlight1 sea }{\b\highlight1 wall} is {\highlight2 low}.")
    assert [(mark.quote, mark.themes) for mark in draft.marks] == [("sea wall", ("yellow",))]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{\\rtf1 The wall", "ends in the middle"),
        (b"The wall", "no rich text"),
        (b"{\\rtf1 {\\b x}", "ends in the middle"),
    ],
)
def test_what_cannot_be_read_is_named(data, what):
    with pytest.raises(ImportFailed, match=what):
        read(File(data, "wall.rtf"))


def test_groups_may_be_nested_deeply():
    assert one("{" * 20_000 + "deep" + "}" * 20_000).body.text == "deep"


HEAD = r"{\pard \b \fs36 The Sea Wall\par}"


def test_names_and_a_date_below_a_large_title_are_who_wrote_it_and_when():
    draft = one(HEAD + r"{\pard Ada Marsh\par}{\pard Ben Lowe\par}{\pard 2025-03-04\par}{\pard It stands.\par}")
    assert (draft.metadata.title, draft.metadata.byline) == ("The Sea Wall", "Ada Marsh, Ben Lowe")
    assert str(draft.metadata.published) == "2025-03-04"
    assert draft.body.text == "It stands."


@pytest.mark.parametrize("line", ["Ada Marsh", "On 2025-03-04 it was opened by a minister.", "March 2025"])
def test_what_stands_alone_below_a_large_title_is_text(line):
    draft = one(HEAD + r"{\pard " + line + r"\par}{\pard It stands.\par}")
    assert draft.body.text == f"{line}\nIt stands."
    assert draft.metadata.byline is None


def test_who_signs_below_the_title_wrote_it_whoever_owns_the_word_processor():
    owner = r"{\info{\author Kim}}"
    draft = one(owner + HEAD + r"{\pard By Ada Marsh\par}{\pard 4 March 2025\par}{\pard It stands.\par}")
    assert (draft.metadata.byline, str(draft.metadata.published)) == ("Ada Marsh", "2025-03-04")
    assert draft.body.text == "It stands."
