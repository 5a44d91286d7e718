"""Captions and credits of pictures: with their picture, no paragraph, and never in the place of one."""

from __future__ import annotations

import pytest

from app.cleaning.captions import ends_in_credit
from app.cleaning.phrases import lexicon
from app.cleaning.scraped import read_scraped
from app.drafts import Draft
from app.importers._base import File
from app.importers.web_page import read

TEXT = """
The harbour council voted on Monday to raise the sea wall by a metre, after a winter in which water came over it twice.
Officials said that the work would begin in the spring and that it would cost about forty million within three years.
Residents of the lower town said they were relieved but that they would believe it when they saw the first stone.
The contractor, which also built the tunnel, said that the stone would come by sea from the quarries in the north.
""".strip().split("\n")
PICTURE = '<img src="/a.jpg" alt="The sea wall" width="800" height="500">'
WAVES = "Waves break over the sea wall on Sunday"


def page(before: str = "", between: str = "", after: str = "") -> Draft:
    first, second, *others = (f"<p>{paragraph}</p>" for paragraph in TEXT)
    markup = f"""<!doctype html><html lang="en"><title>Council votes to raise the sea wall</title><body><nav><a href="/"
>
Home</a></nav><article><h1>Council votes to raise the sea wall</h1>{before}{first}{second}{between}{"".join(others)}
{after}</article></body>"""
    (draft,) = read(File(markup.encode(), "page.html"))
    assert [piece.text for piece in draft.body.pieces() if piece.text in TEXT] == TEXT
    return draft


def rest(draft: Draft) -> list[tuple[str, str]]:
    return [
        (piece.kind, piece.text) for piece in draft.body.pieces() if piece.kind != "image" and piece.text not in TEXT
    ]


@pytest.mark.parametrize(
    ("markup", "caption", "credit"),
    [
        (
            f"<figure>{PICTURE}<p class='caption'>{WAVES}.</p><p class='credit'>Photo: AFP</p></figure>",
            f"{WAVES}.",
            True,
        ),
        (f"<div>{PICTURE}<div class='media__caption'>{WAVES}. Photo: AFP</div></div>", f"{WAVES}. Photo: AFP", False),
        (f"<div class='wp-caption'>{PICTURE}<p class='wp-caption-text'>{WAVES}</p></div>", WAVES, False),
        (f"<p>{PICTURE}</p><p>{WAVES} (Bild: dpa)</p>", f"{WAVES} (Bild: dpa)", False),
        (
            f"<figure><div>{PICTURE}<span>Getty Images</span></div><figcaption>{WAVES}</figcaption></figure>",
            WAVES,
            True,
        ),
    ],
)
def test_the_picture_above_an_article_keeps_its_caption(markup, caption, credit):
    draft = page(before=markup)
    assert next(piece.kind for piece in draft.body.pieces()) == "image"
    assert rest(draft) == [("caption", caption)]
    assert ("image_credit" in draft.details) is credit


@pytest.mark.parametrize(
    "credit",
    ["Photo: AFP", "Getty Images", "REUTERS/Cleo Reed", "Cleo Reed/AFP via Getty Images", f"{WAVES}. Foto: EPA"],
)
def test_what_says_who_took_a_picture_is_its_caption_and_no_paragraph(credit):
    assert rest(page(between=f"<p>{PICTURE}</p><p><em>{credit}</em></p>")) == [("caption", credit)]


def test_a_credit_without_its_picture_is_a_detail_and_a_caption_without_it_stays_one():
    draft = page(before="<p>Photo: AFP</p>", after="<p>Photo credit: Cleo Reed/Getty Images</p>")
    assert rest(draft) == []
    assert draft.details["image_credit"] == ("Photo: AFP", "Photo credit: Cleo Reed/Getty Images")
    assert rest(page(before=f"<p>{WAVES}. (AP Photo/Cleo Reed)</p>")) == [("caption", f"{WAVES}. (AP Photo/Cleo Reed)")]


@pytest.mark.parametrize(
    "line",
    ["Photographs by a resident show water in the market.", "Waves broke over the wall again on Sunday. (Reuters)"],
)
def test_a_first_paragraph_that_begins_or_ends_like_a_caption_is_one_all_the_same(line):
    assert rest(page(before=f"<p>{line}</p>")) == [("paragraph", line)]


def test_of_a_caption_that_says_what_the_article_says_the_article_stays():
    draft = page(before=f"<figure>{PICTURE}<figcaption>{TEXT[0]}</figcaption></figure>")
    assert [piece.kind for piece in draft.body.pieces() if piece.text == TEXT[0]] == ["paragraph"]
    assert [piece.block for piece in draft.left_out if piece.text == TEXT[0]] == ["caption"]


def test_a_caption_in_scraped_text_is_no_heading():
    lines = ["Council votes to raise the sea wall", "By Ben Lowe", f"{WAVES}. REUTERS/Cleo Reed", *TEXT[:2]]
    draft = read_scraped("\n\n".join([*lines, "What it costs", *TEXT[2:]]))
    assert rest(draft) == [("caption", f"{WAVES}. REUTERS/Cleo Reed"), ("heading", "What it costs")]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("A wall. Photo: AFP", True), ("A wall (AP Photo/Cleo Reed)", True), ("A wall. Фото: ТАСС", True),
        ("The minister denied it. Reuters could not confirm this", False), ("War in brief – BBC News Verify", False),
        ("Photo: AFP", False), ("It came to nothing (AFP)", False), ("", False),
    ],
)  # fmt: skip
def test_how_captions_end(text, ends):
    assert ends_in_credit(text, lexicon("ru")) is ends
