"""What notes strike through, and the boxes in their lists, are seen as such wherever a format can show them."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pypdfium2
import pytest

from app.text.body import Body
from app.text.markdown_reader import read_markdown

NOTE = "So it was ~~never **said**~~ here:\n\n- [ ] ask\n- [x] read ~~twice~~\n"
WORDS = ["So it was never said here:", "☐ ask", "☑ read twice"]


@pytest.fixture
def noted(made):
    return made.bundle(made.article(["A wall stood."], [("wall", [], NOTE)], about={"note": NOTE}))


@pytest.mark.parametrize("key", ["html", "epub"])
def test_pages_strike_through_what_a_note_does(exported, exported_bytes, noted, key):
    if key == "html":
        page = exported(noted, "html")[""]
    else:
        with zipfile.ZipFile(io.BytesIO(exported_bytes(noted, key)[""])) as box:
            page = "".join(box.read(name).decode() for name in box.namelist() if name.endswith("xhtml"))
    assert (
        page.count("<s>never <strong>said</strong></s>") + page.count("<s>never </s><strong><s>said</s></strong>") == 2
    )
    assert (page.count("☐ ask"), page.count("☑ read <s>twice</s>")) == (2, 2)
    assert "~~" not in page


def test_documents_of_word_strike_it_through(exported_bytes, noted):
    document = docx.Document(io.BytesIO(exported_bytes(noted, "docx", comments=False)[""]))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert {run.text for run in runs if run.font.strike} == {"never ", "said", "twice"}
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert all(any(words in text for text in texts) for words in WORDS)


def test_open_documents_strike_it_through(exported_bytes, noted):
    with zipfile.ZipFile(io.BytesIO(exported_bytes(noted, "odt")[""])) as box:
        content = box.read("content.xml").decode()
    struck = re.findall(r'style:name="(T\d+)"[^>]*>(?:(?!</style:style>).)*line-through-style="solid"', content)
    found = "".join(re.findall(rf'<text:span text:style-name="(?:{"|".join(struck)})">([^<]*)', content))
    assert found.startswith("never saidtwice")
    assert "☐ ask" in content


def test_a_pdf_shows_the_words_and_the_boxes(exported_bytes, noted):
    document = pypdfium2.PdfDocument(exported_bytes(noted, "pdf")[""])
    text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    assert all(words in text for words in WORDS)
    assert "~~" not in text


@pytest.mark.parametrize("key", ["text", "markdown_file"])
def test_where_nothing_else_can_show_it_the_signs_stay(exported, noted, key):
    written = exported(noted, key)[""]
    assert "~~never" in written
    assert "[x] read ~~twice~~" in written


def test_code_and_what_is_no_pair_stay_as_they_are():
    text = r"`~~code~~` ~~ no ~~ ~one~ ~~~x~~~ \~~not~~ 2~~3"
    (piece,) = read_markdown(text, note=True)
    assert [run.kind for run in piece.runs] == ["code"]
    assert piece.text == "~~code~~ ~~ no ~~ ~one~ ~~~x~~~ ~~not~~ 2~~3"


def test_boxes_are_those_of_items():
    pieces = read_markdown("[ ] no\n\n- [x]no\n- [ ]\n- [y] no\n1. [X] yes\n\n   more\n- a [ ] b", note=True)
    assert [piece.text for piece in pieces] == ["[ ] no", "[x]no", "[ ]", "[y] no", "☑ yes", "more", "a [ ] b"]


def test_the_text_of_an_article_is_left_as_it_is_written():
    assert Body.of(read_markdown("- [x] ~~gone~~")).text == "[x] ~~gone~~"
