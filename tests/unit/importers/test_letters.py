"""Letters in plain text, whole to the last word, and messages that were handed on: what they hand on is the article."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from app.drafts import Draft
from tests.unit.importers.boxes import drafts

WALL = "The harbour office said on Tuesday that the sea wall would stay shut until the cracks had been measured."
MONEY = "Nobody has paid for such work in ten years, according to minutes that the council published in May."
HEAD = "From: Ada Marsh <a@h.example>\r\nSubject: {subject}\r\nDate: Tue, 4 Mar 2025 09:14:00 +0000\r\n"


def letter(*lines: str, subject: str = "The wall", kind: str = "text/plain; charset=utf-8") -> Draft:
    head = HEAD.format(subject=subject) + f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n"
    (draft,) = drafts("a.eml", (head + "\r\n".join(lines) + "\r\n").encode())
    return draft


def page(markup: str, subject: str) -> Draft:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"], message["Date"] = (
        "Me <me@h.example>",
        subject,
        "Wed, 5 Mar 2025 08:00:00 +0000",
    )
    message.set_content("x")
    message.add_alternative(markup, subtype="html")
    (draft,) = drafts("a.eml", message.as_bytes())
    return draft


def words(draft: Draft) -> set[str]:
    known = draft.metadata
    said = [draft.body.text, known.title or "", known.byline or "", known.outlet or "", repr(draft.details)]
    return set(re.findall(r"\w+", " ".join([*said, *(piece.text for piece in draft.left_out)])))


def test_no_line_of_a_letter_is_taken_for_the_title_that_its_subject_is():
    draft = letter("A short word on the wall before you go", "", WALL, "", "Best,", "Ada")
    assert draft.metadata.title == "The wall"
    assert draft.body.text.split("\n") == ["A short word on the wall before you go", WALL, "Best,", "Ada"]


def test_the_subject_does_not_stand_in_the_text_again():
    draft = letter("THE WALL", "", WALL, "", MONEY)
    assert (draft.metadata.title, draft.body.text) == ("The wall", f"{WALL}\n{MONEY}")
    assert draft.details["title_line"] == "THE WALL"


@pytest.mark.parametrize(
    "lines",
    [
        ("A line that is no title at all but short", "", WALL, "", "By Ben Lowe, our man at sea", "", MONEY),
        ("FYI", "", "From: Ben Lowe <b@h.example>", "Sent: Monday", "", WALL, "", MONEY),
        ("Dear all", "", WALL, "", "-- ", "Ada Marsh", "Tide Letters"),
        ("Hello", "", "Contact", "Share this", "", WALL),
    ],
)
@pytest.mark.parametrize("subject", ["The wall", "FW: wall", ""])
def test_no_word_of_a_letter_is_lost(lines, subject):
    expected = set(re.findall(r"\w+", " ".join(lines)))
    assert not expected - words(letter(*lines, subject=subject))


def test_a_signature_is_left_out_and_at_hand():
    draft = letter(WALL, "", MONEY, "", "-- ", "Ada Marsh", "Tide Letters")
    assert draft.body.text == f"{WALL}\n{MONEY}"
    assert [(piece.kind, piece.text) for piece in draft.left_out] == [("footer", "Ada Marsh\nTide Letters")]


def test_lines_that_flow_are_whole_again():
    flowed = "text/plain; charset=utf-8; format=flowed"
    draft = letter(
        "The harbour office said on Tuesday that the sea wall would stay shut ",
        "until the cracks had been measured, a job that nobody has paid for ",
        "in ten years.",
        "",
        "> We have asked three offices, and two ",
        "> of them wrote back.",
        "",
        " From here on nobody has paid.",
        kind=flowed,
    )
    assert [piece.kind for piece in draft.body.pieces()] == ["paragraph", "quote", "paragraph"]
    assert draft.body.text.split("\n") == [
        f"{WALL[:-1]}, a job that nobody has paid for in ten years.",
        "We have asked three offices, and two of them wrote back.",
        "From here on nobody has paid.",
    ]


def test_a_space_that_only_says_that_the_line_goes_on_is_none_of_the_text():
    flowed = "text/plain; charset=utf-8; format=flowed; delsp=yes"
    draft = letter(
        "See http://harbour.example/a/very/ ", "long/address for  ", "all the rest of it.", "", WALL, kind=flowed
    )
    assert draft.body.text.split("\n")[0] == "See http://harbour.example/a/very/long/address for all the rest of it."
    solid = letter("水は壁を越えた。港では ", "誰も見上げない。", kind=flowed)
    assert solid.body.text == "水は壁を越えた。港では誰も見上げない。"


def test_what_a_letter_quotes_are_quotations():
    draft = letter(
        "You wrote:", "> The wall is high.", ">", "> And it is old.", "", "It is neither, and we said so then."
    )
    assert [piece.kind for piece in draft.body.pieces()] == ["paragraph", "quote", "quote", "paragraph"]


FORWARDED = (
    "Worth a look.", "", "---------- Forwarded message ---------", "From: Ben Lowe <b@h.example>",
    "Date: Mon, 3 Mar 2025 at 09:14", "Subject: The boat was late", "To: <me@h.example>", "", WALL, "", MONEY,
)  # fmt: skip


def test_a_letter_that_was_handed_on_is_that_of_its_first_sender():
    draft = letter(*FORWARDED, subject="Fwd: The boat was late")
    known = draft.metadata
    assert (known.title, known.byline, str(known.published)) == ("The boat was late", "Ben Lowe", "2025-03-03")
    assert draft.body.text == f"{WALL}\n{MONEY}"
    assert draft.details["forwarded"] == FORWARDED[2:7]
    assert draft.details["forwarded_by"] == "Ada Marsh <a@h.example>"
    assert draft.details["sent_from"] == "b@h.example"
    assert [piece.text for piece in draft.left_out] == ["Worth a look."]


@pytest.mark.parametrize(
    ("subject", "block"),
    [
        ("WG: Das Boot", ("Von: Ben Lowe <b@h.example>",
                          "Gesendet: Montag, 3. März 2025 09:14", "An: Ada", "Betreff: Das Boot")),
        ("TR : Le bateau", ("De : Ben Lowe <b@h.example>", "Envoyé : lundi 3 mars 2025 09:14", "Objet : Le bateau")),
        ("Fwd: The boat", ("> Begin forwarded message:", "> ", "> From: Ben Lowe <b@h.example>",
                           "> Subject: The boat", "> Date: 3 March 2025 at 09:14:00 GMT")),
        ("FW: The boat", ("*From:* Ben Lowe [mailto:b@h.example]",
                           "*Sent:* Monday, March 3, 2025 9:14 AM", "*Subject:* The boat")),
    ],
)  # fmt: skip
def test_every_program_has_its_own_way_to_show_whose_letter_was_handed_on(subject, block):
    draft = letter("FYI", "", *block, "", WALL, "", MONEY, subject=subject)
    known = draft.metadata
    assert (known.title, known.byline, str(known.published)) == (
        subject.split(":")[1].strip(),
        "Ben Lowe",
        "2025-03-03",
    )
    assert draft.body.text == f"{WALL}\n{MONEY}"


def test_an_answer_is_the_one_who_answers_to_be_read():
    block = ("-----Original Message-----", "From: Ben Lowe <b@h.example>", "Sent: Monday", "Subject: The boat", "")
    draft = letter(WALL, "", *block, MONEY, subject="Re: The boat")
    assert (draft.metadata.title, draft.metadata.byline) == ("The boat", "Ada Marsh")
    assert draft.body.text.startswith(WALL)


def test_a_newsletter_that_was_handed_on_is_of_its_outlet():
    markup = (
        "<div>Worth a look.<br><br><div class=gmail_quote><div>---------- Forwarded message ---------<br>From: "
        "<strong>Tide Letters</strong> &lt;<a href='mailto:n@t.example'>n@t.example</a>&gt;<br>Date: Tue, 4 Mar 2025 "
        "at 09:14<br>Subject: The boat was late<br>To: &lt;me@h.example&gt;<br></div><div><h1>The boat was late</h1>"
        f"<p>By Ben Lowe</p><p>{WALL}</p><p>{MONEY}</p><p>Unsubscribe</p></div></div></div>"
    )
    draft = page(markup, "Fwd: The boat was late")
    known = draft.metadata
    assert (known.title, known.byline, known.outlet) == ("The boat was late", "Ben Lowe", "Tide Letters")
    assert str(known.published) == "2025-03-04"
    assert draft.body.text == f"{WALL}\n{MONEY}"
    assert [piece.text for piece in draft.left_out] == ["Worth a look.", "Unsubscribe"]
    assert draft.details["sent_from"] == "n@t.example"


def test_a_long_note_on_what_is_handed_on_is_not_left_out():
    note = " ".join([MONEY] * 5)
    assert letter(note, *FORWARDED[1:], subject="Fwd: The boat was late").body.text == f"{note}\n{WALL}\n{MONEY}"


def test_what_was_handed_on_twice_is_of_who_wrote_it():
    outer = ("---------- Forwarded message ---------", "From: Cy Dale <c@h.example>", "Date: 4 March 2025",
             "Subject: Fwd: The boat was late", "", "Look at this.", "")  # fmt: skip
    draft = letter(*outer, *FORWARDED[2:], subject="Fwd: Fwd: The boat was late")
    assert (draft.metadata.title, draft.metadata.byline) == ("The boat was late", "Ben Lowe")
    assert draft.body.text == f"{WALL}\n{MONEY}"
