"""PDF: the order of reading, paragraphs, structure, pages to cite by, highlights, and files that cannot be read."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight
from pypdf.generic import ArrayObject, FloatObject
from pypdfium2 import PdfDocument

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers._parts import choose
from app.importers._pdf_bidi import Glyph, read_line
from app.importers.pdf import IMPORTER, read
from app.model import Origin
from app.options import chosen

FILES = Path(__file__).parents[2] / "data" / "imports"
FERRY = "The ferry between the two islands has been late on more days than it has been on time"


@cache
def one(name: str) -> Draft:
    """Read a file of the folder of test files."""
    return drafted((FILES / name).read_bytes())


def drafted(data: bytes, name: str = "a.pdf", **options: str) -> Draft:
    (draft,) = read(File(data, name, chosen(IMPORTER.name, IMPORTER.options, options)))
    assert isinstance(draft, Draft)
    return draft


def texts(draft: Draft, *kinds: str) -> list[str]:
    return [piece.text for piece in draft.body.pieces() if not kinds or piece.kind in kinds]


def document(pages: Sequence[bytes | str], *, boxes: str = "[0 0 595 842]", info: str = "", more: str = "") -> bytes:
    """Write a PDF by hand: a page for each content stream, in Helvetica; ``more`` goes into every page."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    parts.append(f"<<{info}>>".encode())
    kids = []
    for content in pages:
        stream = content if isinstance(content, bytes) else content.encode("latin-1")
        parts.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(parts) + 1)
        parts.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox {boxes}/Contents {len(parts)} 0 R{more}"
            "/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
    parts[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    return written(parts)


def written(parts: Sequence[bytes]) -> bytes:
    """Put objects, the first being number 1, into a file."""
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(out))
    return out + head + table + end


def lines(*rows: str, size: float = 11, x: float = 60, top: float = 780, leading: float = 14) -> str:
    """Write lines one below the other."""
    shown = "".join(f"({row}) Tj 0 -{leading} Td " for row in rows)
    return f"BT /F {size} Tf {x} {top} Td {shown}ET "


# ---------------------------------------- the order of reading


def test_three_columns_below_a_headline_are_read_one_after_the_other():
    draft = one("chromium-three-columns.pdf")
    assert draft.metadata.title == "Three Columns of Water"
    found = texts(draft)
    assert len(found) == 24
    assert found[:8] == found[8:16] == found[16:]
    assert found[0].startswith(FERRY)
    assert all(text.endswith(".") for text in found)


def test_two_columns_with_heads_feet_and_footnotes():
    draft = one("libreoffice-two-columns.pdf")
    words = ("first", "second", "third", "fourth", "fifth")
    headings = [f"{number} Part the {word}" for number, word in enumerate(words, 1)]
    assert texts(draft, "heading") == headings
    assert len(texts(draft, "paragraph")) == 45
    assert {(piece.kind, piece.text) for piece in draft.left_out} == {
        ("running_head", "Island Review, volume 12"), ("page_number", "1"), ("page_number", "2"), ("page_number", "3"),
    }  # fmt: skip
    notes = [piece for piece in draft.body.pieces() if piece.attributes.get("footnote")]
    assert [note.text.split()[0] for note in notes] == ["1", "2", "3", "4", "5"]
    assert list(draft.body.pieces()[-5:]) == notes
    assert notes[2].text.endswith("because the children were seasick and the teacher was not paid.")


def test_a_typeset_paper_with_broken_words():
    draft = one("groff-paper.pdf")
    assert draft.metadata.title == "On the Lateness of Ferries"
    assert texts(draft, "heading") == ["1. Part 1", "2. Part 2", "3. Part 3"]
    assert set(texts(draft, "quote")) == {texts(draft)[-1]}
    assert texts(draft, "item")[-1] == "An apology."
    prose = texts(draft, "paragraph", "quote")[4:]
    assert len(prose) == 27
    assert all(text.endswith(".") for text in prose)
    words = {word for text in prose for word in text.split() if "-" in word}
    assert words == {"well-known"}


def test_a_box_beside_the_text_does_not_cut_into_a_paragraph():
    found = texts(one("chromium-side-box.pdf"))
    assert found.count("The ferry was built in 1979 and carries thirty cars.") == 1
    box = found.index("In the box")
    assert found[box + 1].startswith("The ferry was built")
    assert all(text.endswith(".") for text in found if text != "In the box")


@pytest.mark.parametrize(("name", "first", "count"), [
    ("chromium-arabic.pdf", "تتأخر العبارة بين الجزيرتين في معظم الأيام، وقد بدأ الناس", 16),
    ("chromium-hebrew.pdf", "המעבורת בין שני האיים מאחרת ברוב הימים, והאנשים שמחכים לה", 8),
])  # fmt: skip
def test_text_from_right_to_left_in_logical_order(name, first, count):
    found = texts(one(name))
    assert len(found) == count
    assert found[0].startswith(first)
    assert all(text.endswith(".") for text in found)
    assert any(" 2023 " in text for text in found)


def test_letters_that_lean_keep_their_spaces_and_heads_printed_at_the_right_go():
    draft = one("chromium-arabic-leaning.pdf")
    assert texts(draft) == ["تتأخر العبارة بين الجزيرتين في معظم الأيام."]
    assert [left.kind for left in draft.left_out] == ["running_head", "running_head"]


def test_names_numbers_and_brackets_inside_text_from_right_to_left():
    assert texts(one("chromium-mixed.pdf")) == [
        "המעבורת Queen Mary 2 יוצאת ב־14 במאי 2024 (בשעה 10:30), כך נמסר.",
        "לפי הדו״ח של World Bank Group משנת 2019, המחיר עלה ב־12.5% בתוך שנה אחת בלבד.",
        "האתר https://ferry.example/times מפרסם את הלוח.",
        "אדם [ולא אחר] אמר: «לא היום».",
    ]


HEBREW_WORDS = st.text("אבגדהוזחטיכלמנסעפצקרשת", min_size=1, max_size=6)
FORWARD_WORDS = st.one_of(
    st.text("abcdefgXYZ", min_size=1, max_size=6), st.integers(0, 99_999).map(str), st.just("12.5"), st.just("10:30")
)


@given(st.lists(st.tuples(HEBREW_WORDS, st.one_of(st.none(), FORWARD_WORDS)), min_size=1, max_size=8))
def test_a_drawn_line_from_right_to_left_is_read_as_it_was_written(pairs):
    """Each word from left to right stands between two from right to left, so that there is one way to read the line."""
    words = [word for pair in pairs for word in pair if word] + ["סוף"]
    glyphs, x = [], 0.0
    for number, word in enumerate(words):
        drawn = word if word[0] > "z" else word[::-1]
        for sign in drawn:
            glyphs.append(Glyph(sign, x, x + 5, number, len(glyphs)))
            x += 5
        x += 3
    line = read_line(glyphs[::-1], 10)
    assert line.text == " ".join(words)
    assert [source[0] for source in line.sources if source[0] >= 0] == [n for n, word in enumerate(words) for _ in word]


def test_radicals_that_a_browser_printed_are_the_letters_that_they_look_like():
    meant = b"".join(b"<%02x> <%04x>\n" % (65 + place, ord(sign)) for place, sign in enumerate("⽇⽉⻓⻛ﬁ日"))
    table = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
    table += b"6 beginbfchar\n" + meant + b"endbfchar endcmap end"
    shown = lines("ABCDEF").encode()
    draft = drafted(
        written([
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[7 0 R]>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>",
            b"<<>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(table), table),
            b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 3 0 R>>>>>>",
        ])
    )  # fmt: skip
    assert draft.body.text == "日月长风fi日"


def test_what_libreoffice_writes_from_right_to_left():
    draft = one("libreoffice-arabic.pdf")
    assert texts(draft)[0] == "Island Review, volume 12"
    assert texts(draft)[2] == (
        "لم يقل أحد في إدارة الميناء كم من الوقت ستستغرق الإصلاحات، فالمحرك الذي طلب في الربيع "
        "عام 2023 ما زال على رصيف بعيد."
    )
    assert draft.metadata.language == "ar"
    assert draft.metadata.byline is None
    assert draft.metadata.origins["title"] is Origin.DERIVED


def test_a_turned_page_reads_like_an_upright_one():
    assert texts(one("turned.pdf")) == texts(one("chromium-article.pdf"))


# ---------------------------------------- structure


def test_the_structure_of_a_printed_page():
    kinds = [piece.kind for piece in one("chromium-article.pdf").body.pieces()]
    assert kinds == [
        "paragraph", "paragraph", "heading", "paragraph", *["item"] * 7, "quote", "heading", "paragraph", "image",
        "caption", "paragraph", *["cell"] * 12, "heading", "paragraph", *["code"] * 3, "paragraph", "paragraph",
    ]  # fmt: skip


def test_lists_keep_their_depth_and_numbers():
    items = [piece for piece in one("chromium-article.pdf").body.pieces() if piece.kind == "item"]
    assert [(item.attributes["depth"], item.attributes["ordered"]) for item in items] == [
        (1, False), (1, False), (2, False), (1, False), (1, True), (1, True), (1, True),
    ]  # fmt: skip
    assert items[1].text.endswith("the crossing is closed to everything but the mail.")
    assert items[4].text == "First the hull."


def test_levels_tables_code_and_runs():
    pieces = one("chromium-article.pdf").body.pieces()
    headings = [(piece.attributes["level"], piece.text) for piece in pieces if piece.kind == "heading"]
    assert headings == [(2, "What the islanders want"), (2, "A question of ice"), (3, "The report")]
    cells = [piece for piece in pieces if piece.kind == "cell"]
    assert [cell.text for cell in cells[:6]] == ["Year", "Crossings", "Late", "2021", "610", "204"]
    assert cells[0].attributes["header"] is True
    assert (cells[5].attributes["row"], cells[5].attributes["column"]) == (1, 2)
    assert [piece.text for piece in pieces if piece.kind == "code"][-1] == "    stay_in_harbour()"
    runs = {run.kind: (pieces[1].text[run.start : run.end], run.attributes) for run in pieces[1].runs}
    assert runs["link"] == ("full report", {"address": "https://ferry.example/report"})
    assert runs["emphasis"][0] == "hard to find"
    assert runs["strong"][0] == "harder to read."


def test_pictures_are_kept_in_their_place():
    draft = one("chromium-article.pdf")
    (picture,) = [piece for piece in draft.body.pieces() if piece.kind == "image"]
    data = draft.pictures[str(picture.attributes["picture"])]
    assert data.startswith(b"\x89PNG")
    assert hashlib.sha256(data).hexdigest() == picture.attributes["picture"]


def test_a_large_initial_begins_its_word():
    beside = lines(
        "he water in the harbour is low and the boats", "lie on their sides, with their nets hung up to", x=90
    )
    below = lines("dry, and nobody looks at them but the gulls, which", "wait for the tide.", x=60, top=752)
    draft = drafted(document([lines("T", size=34, x=60, top=766) + beside + below]))
    (text,) = texts(draft)
    assert text == (
        "The water in the harbour is low and the boats lie on their sides, with their nets hung up to dry, "
        "and nobody looks at them but the gulls, which wait for the tide."
    )


def jpeg() -> bytes:
    """Return a grey JPEG of 64 by 64 pixels, written by hand."""
    return bytes.fromhex(
        "ffd8ffdb004300" + "01" * 64 + "ffc0000b080040004001011100"
        "ffc40014000100000000000000000000000000000000ffc40014100100000000000000000000000000000000ffda0008010100003f00"
    ) + bytes(16) + b"\xff\xd9"  # fmt: skip


def test_a_jpeg_picture_is_kept_as_it_is():
    data = jpeg()
    image = b"<</Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceGray/BitsPerComponent 8"
    image += b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream" % (len(data), data)
    content = f"q 200 0 0 200 60 400 cm /I Do Q {lines('The water is low.')}".encode()
    draft = drafted(written([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[5 0 R]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<<>>",
        (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 3 0 R>>"
        b"/XObject<</I 7 0 R>>>>>>"), b"<</Length %d>>stream\n%s\nendstream" % (len(content), content), image,
    ]))  # fmt: skip
    assert [piece.kind for piece in draft.body.pieces()] == ["paragraph", "image"]
    assert list(draft.pictures.values()) == [data]


def test_real_hyphens_stay_and_those_of_line_ends_go():
    rows = (
        "The administration of the harbour is a well-", "known body. It meets in the harbour admin-",
        "istration building, with a self-", "made chairman who is a friend of the Franco-",
        "Prussian party, and who owns the long-lost ware-", "house by the quay. Nobody minds the long-",
        "lost house.",
    )  # fmt: skip
    (text,) = texts(drafted(document([lines(*rows)])))
    assert text == (
        "The administration of the harbour is a well-known body. It meets in the harbour administration building, "
        "with a self-made chairman who is a friend of the Franco-Prussian party, and who owns the long-lost warehouse "
        "by the quay. Nobody minds the long-lost house."
    )


# ---------------------------------------- pages


def test_blocks_say_on_which_page_they_begin():
    pages = [piece.attributes["page"] for piece in one("chromium-article.pdf").body.pieces()]
    assert pages == sorted(pages)
    assert set(pages) == {"1", "2"}


def test_labels_of_the_file_are_the_pages_to_cite():
    pages = [piece.attributes["page"] for piece in one("labelled.pdf").body.pieces()]
    assert list(dict.fromkeys(pages)) == ["i", "101", "102"]


def test_printed_numbers_are_the_pages_to_cite():
    numbers = range(153, 157)
    pages = [lines(f"Harbour Review {n}", top=820) + lines(f"It tells of boat {n * 7} and its crew.") for n in numbers]
    draft = drafted(document(pages))
    assert [piece.attributes["page"] for piece in draft.body.pieces()] == [str(number) for number in numbers]
    assert [piece.text for piece in draft.left_out] == [f"Harbour Review {number}" for number in numbers]


def test_what_a_browser_prints_round_a_page_is_left_out():
    draft = one("chromium-printed.pdf")
    assert texts(draft) == texts(one("chromium-article.pdf"))
    assert len(draft.left_out) == 4


def test_the_address_that_a_browser_printed():
    page = lines("11/29/26, 1:33 PM A Page of Water", top=830, size=8) + lines("A short text about water.", top=700)
    draft = drafted(document([page + lines("https://water.example/page 1/1", top=20, size=8)]))
    assert draft.metadata.address == "https://water.example/page"
    assert texts(draft) == ["A short text about water."]


# ---------------------------------------- what is known of the article


def test_metadata_of_the_page_and_the_file():
    metadata, details = one("chromium-article.pdf").metadata, one("chromium-article.pdf").details
    assert metadata.title == "The Ferry That Is Always Late"
    assert metadata.byline == "Orla Quint"
    assert str(metadata.published) == "2024-03-14"
    assert metadata.language == "en"
    assert metadata.origins["title"] is Origin.STATED
    assert details["pages"] == "2"
    assert str(details["created"]) > "2026"


@pytest.mark.parametrize(
    "title", ["Microsoft Word - ferry.docx", "ferry_final_v2", "untitled", "Annual Report Template"]
)
def test_a_title_that_is_none_gives_way_to_the_largest_text(title):
    page = lines("A Harbour Without Boats", size=20) + lines("The water is low and nobody comes.", top=700)
    draft = drafted(document([page], info=f"/Title({title})/Author(admin)/CreationDate(D:20240102030405Z)"))
    assert draft.metadata.title == "A Harbour Without Boats"
    assert draft.metadata.origins["title"] is Origin.DERIVED
    assert draft.metadata.byline is None
    assert draft.metadata.published is None
    assert draft.details["created"] == "2024-01-02"


# ---------------------------------------- highlights


def placed(lines: Sequence[tuple[int, int, str]]) -> str:
    """Return the content of a page: lines of a size at a height."""
    return "".join(f"BT /F {size} Tf 1 0 0 1 57 {height} Tm ({text}) Tj ET " for size, height, text in lines)


def test_authors_that_the_file_states_leave_the_head_of_the_text():
    page = placed([(24, 780, "The Cost of Stone"), (12, 745, "Ann Ek"), (12, 720, "Jo Sund"), (12, 680, f"{FERRY}.")])
    draft = drafted(document([page], info="/Title(The Cost of Stone)/Author(Ann Ek, Jo Sund)"))
    assert (draft.metadata.title, draft.metadata.byline) == ("The Cost of Stone", "Ann Ek, Jo Sund")
    assert texts(draft) == [f"{FERRY}."]
    assert draft.details["byline_line"] == "Ann Ek, Jo Sund"


def test_a_heading_in_the_middle_of_the_text_is_not_its_title():
    text = [(12, 780, f"{FERRY}."), (12, 740, f"{FERRY}, twice."), (20, 700, "Sand"), (12, 660, f"{FERRY}, again.")]
    draft = drafted(document([placed(text)]))
    assert "Sand" in texts(draft, "heading")
    assert (draft.metadata.title or "").startswith("The ferry between")
    assert draft.metadata.origins["title"] is Origin.DERIVED


def test_highlights_become_marks_where_they_are():
    draft = one("highlighted.pdf")
    assert [(mark.quote, mark.note, mark.author, mark.themes) for mark in draft.marks] == [
        ("begun to keep a book of its delays", "Where is this book?", "", ()),
        ("waiting for papers and for a crane. The full report", "", "Second reader", ()),
        ("longer than I have waited for my husband, and he was at sea for half of our marriage", "A quotation", "", ()),
    ]
    assert all(draft.body.text[mark.start : mark.end] == mark.quote for mark in draft.marks)
    assert {mark.created for mark in draft.marks} == {1710926100000}
    assert draft.note == "p. 1: Ask the harbour master."


def test_a_highlight_in_text_from_right_to_left():
    data = (FILES / "chromium-hebrew.pdf").read_bytes()
    with closing(PdfDocument(data)) as document, closing(document[0]) as page, closing(page.get_textpage()) as found:
        assert found.count_rects() > 1
        x0, y0, x1, y1 = found.get_rect(1)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.add_annotation(0, Highlight(rect=(x0, y0, x1, y1), quad_points=ArrayObject(
        [FloatObject(value) for value in (x0, y1, x1, y1, x0, y0, x1, y0)])))  # fmt: skip
    out = BytesIO()
    writer.write(out)
    draft = drafted(out.getvalue())
    (mark,) = draft.marks
    assert draft.body.text[mark.start : mark.end] == mark.quote
    assert mark.quote in texts(one("chromium-hebrew.pdf"))[0] or mark.quote in (draft.metadata.title or "")


def test_colours_become_themes_on_request():
    draft = drafted((FILES / "highlighted.pdf").read_bytes(), colours="yes")
    assert [mark.themes for mark in draft.marks] == [("yellow",), ("red",), ("green",)]


# ---------------------------------------- what cannot be read


def failure(data: bytes) -> str:
    with pytest.raises(ImportFailed) as raised:
        drafted(data)
    return str(raised.value)


def scan() -> bytes:
    """Return a PDF whose one page is a picture."""
    pixels = zlib.compress(bytes(200 * 280))
    image = b"<</Type/XObject/Subtype/Image/Width 200/Height 280/ColorSpace/DeviceGray/BitsPerComponent 8"
    image += b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(pixels), pixels)
    content = b"595 0 0 842 0 0 cm /I Do"
    return written([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</I 6 0 R>>>>>>",
        b"<<>>", b"<</Length %d>>stream\n%s\nendstream" % (len(content), content), image,
    ])  # fmt: skip


def test_a_scan_is_named_as_one():
    assert failure(scan()) == (
        "a.pdf is a scan: it holds pictures of pages, no text. "
        "Run text recognition (OCR) over it, and import what that makes."
    )


def test_files_that_hold_no_text():
    assert "is locked with a password" in failure((FILES / "locked.pdf").read_bytes())
    assert "holds no text" in failure(document([""]))
    assert "is damaged" in failure(b"%PDF-1.7\n")
    assert "is not a PDF" in failure(b"PK\x03\x04")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_read_or_refused(share):
    data = (FILES / "chromium-article.pdf").read_bytes()
    with suppress(ImportFailed):
        assert drafted(data[: int(len(data) * share)]).body.text


def test_a_loop_in_the_page_tree_ends():
    data = written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[3 0 R 2 0 R]>>",
                    b"<</Type/Pages/Parent 2 0 R/Count 9/Kids[2 0 R 3 0 R]>>", b"<<>>"])  # fmt: skip
    assert "is damaged" in failure(data)


@pytest.mark.parametrize("boxes", ["[595 842 0 0]", "[-9e9 -9e9 9e9 9e9]", "[0 0 0 0]", "[-300 -400 295 442]"])
def test_strange_boxes_do_no_harm(boxes):
    assert texts(drafted(document([lines("The water is low", "and nobody comes.")], boxes=boxes)))


def test_text_at_absurd_places_and_sizes():
    page = lines("far", x=9e8, top=-9e8) + lines("huge", size=1e7) + lines("none", size=0)
    assert "The water is low." in texts(drafted(document([page + lines("The water is low.")])))


def test_a_page_of_many_characters_and_a_file_of_many_pages():
    long = lines(*["water and boats " * 8] * 1500, leading=0.5, size=0.5)
    assert len(drafted(document([long])).body.text) > 180_000
    words = ["water", "harbour", "boat", "gull", "rope", "net", "tide", "wall"]
    pages = [lines(f"The {words[number % 7]} is older than the {words[number % 5]}.") for number in range(300)]
    many = drafted(document(pages))
    assert many.body.pieces()[-1].attributes["page"] == "300"


def test_a_file_is_known_by_its_bytes_and_its_suffix():
    assert choose("a.pdf", b"%PDF-1.4\n").key == "pdf"
    assert choose("paper", b"%PDF-1.4\n").key == "pdf"
    assert choose("a.txt", b"%PDF-1.4\n" + bytes(9)).key == "pdf"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    with suppress(ImportFailed):
        drafted(b"%PDF-1.7\n" + data)


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused(place, noise):
    data = document([lines("The water is low", "and nobody comes."), lines("It will rise again.")])
    place %= len(data)
    with suppress(ImportFailed):
        assert drafted(data[:place] + noise + data[place + len(noise) :]).body.text
