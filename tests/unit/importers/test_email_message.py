"""Messages and mail boxes: who sent what when, what of a letter is the article, and letters of every alphabet."""

from __future__ import annotations

import time
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from app.errors import ImportFailed
from app.importers._base import Unread
from app.model import Origin
from tests.unit.importers.boxes import WALL, drafts, read, sample

TEXT = "The wall was built for a sea that stood a foot lower. Nobody looked up from the nets. "


def letter(headers: str, body: str = TEXT, content_type: str = "text/plain; charset=utf-8") -> bytes:
    return f"{headers}\r\nMIME-Version: 1.0\r\nContent-Type: {content_type}\r\n\r\n{body}".encode()


def test_a_newsletter():
    (draft,) = drafts("newsletter.eml")
    known = draft.metadata
    assert known.title == "Who Pays for the Wall? – Šibenik’s question"
    assert (known.outlet, known.byline, str(known.published)) == ("The Tide Table", None, "2025-03-04")
    assert known.origins["published"] is Origin.STATED
    assert [piece.kind for piece in draft.body.pieces()] == [
        "paragraph", "image", "paragraph", "heading", "item", "item", "paragraph",
    ]  # fmt: skip
    assert set(draft.pictures) == {WALL}
    assert [piece.text for piece in draft.left_out] == [
        "View this email in your browser",
        "You are receiving this email because you signed up on our website.",
        "Unsubscribe",
        "© 2025 The Tide Table",
    ]
    assert draft.details["sent_from"] == "news@harbour.example"
    assert "track" not in str(draft)


@pytest.mark.parametrize(
    ("sender", "listed", "byline", "outlet"),
    [
        ("Ada Marsh <a@h.example>", False, "Ada Marsh", None),
        ("The Tide <a@h.example>", True, None, "The Tide"),
        ("Ada Marsh from The Tide <a@h.example>", True, "Ada Marsh", "The Tide"),
        ("a@h.example", True, None, None),
        ("=?utf-8?q?=C5=A0ime_Grgi=C4=87?= <a@h.example>", False, "Šime Grgić", None),
        ('"Marsh, Ada" <a@h.example>', False, "Marsh, Ada", None),
    ],
)
def test_the_sender_of_a_letter_wrote_it_and_that_of_a_newsletter_is_its_outlet(sender, listed, byline, outlet):
    headers = f"From: {sender}\r\nSubject: Wall" + ("\r\nList-Id: <x>" if listed else "")
    known = drafts("a.eml", letter(headers))[0].metadata
    assert (known.byline, known.outlet) == (byline, outlet)


@pytest.mark.parametrize(
    ("subject", "more", "title"),
    [
        ("Fwd: The wall", "List-Id: <x>", "The wall"),
        ("FW: Fw : Fwd: The wall", "", "The wall"),
        ("Re: FW: The wall", "", "The wall"),
        ("WG: AW: Die Mauer", "", "Die Mauer"),
        ("TR : Le mur", "", "Le mur"),
        ("Re[2]: The wall", "", "The wall"),
        ("回复：转发：墙", "", "墙"),
        ("R: I: Il muro", "In-Reply-To: <1@h.example>", "Il muro"),
        ("RE: The wall", "List-Id: <x>\r\nReferences: <1@h.example>", "The wall"),
        ("AW: Die Mauer", "List-Id: <x>\r\nThread-Topic: Die Mauer", "Die Mauer"),
    ],
)
def test_the_title_is_without_what_programs_put_before_a_subject(subject, more, title):
    (draft,) = drafts("a.eml", letter("From: Ada Marsh <a@h.example>\r\n" + f"Subject: {subject}\r\n{more}".strip()))
    assert draft.metadata.title == title
    assert draft.details["subject_line"] == subject


@pytest.mark.parametrize(
    ("subject", "more"),
    [
        ("Re: your questions about the wall", "List-Unsubscribe: <https://h.example>"),
        ("I: the wall", ""),
        ("I：the wall", ""),
        ("Vs: Federer", ""),
        ("Res: judicata", ""),
        ("Recap: the wall", "In-Reply-To: <1@h.example>"),
        ("The wall. Re: its price", "In-Reply-To: <1@h.example>"),
        ("AW: Die Mauer", "List-Id: <x>\r\nThread-Topic: AW: Die Mauer"),
    ],
)
def test_a_title_that_only_looks_like_an_answer_stays(subject, more):
    (draft,) = drafts("a.eml", letter("From: Ada Marsh <a@h.example>\r\n" + f"Subject: {subject}\r\n{more}".strip()))
    assert draft.metadata.title == subject
    assert "subject_line" not in draft.details


def test_a_subject_of_nothing_but_a_prefix_is_no_title():
    page = f"<h1>The wall</h1>{f'<p>{TEXT * 3}</p>' * 4}"
    (draft,) = drafts("a.eml", letter("From: A <a@h.example>\r\nSubject: Fwd:", page, "text/html; charset=utf-8"))
    assert draft.metadata.title == "The wall"


def test_nothing_is_dated_that_is_not():
    assert drafts("a.eml", letter("From: a@h.example\r\nSubject: Wall"))[0].metadata.published is None
    assert drafts("a.eml", letter("From: a@h.example\r\nDate: soon"))[0].metadata.published is None


def test_the_page_is_preferred_and_an_empty_one_is_not():
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "a@h.example", "Wall"
    message.set_content(TEXT + "Plain.")
    message.add_alternative(f"<p>{TEXT}<b>Rich.</b></p>", subtype="html")
    assert "Rich." in drafts("a.eml", message.as_bytes())[0].body.text
    message.get_payload()[1].set_content("<p></p>", subtype="html")
    assert "Plain." in drafts("a.eml", message.as_bytes())[0].body.text


def test_what_is_attached_is_not_the_text():
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "a@h.example", "Wall"
    message.set_content(TEXT)
    message.add_attachment(f"<p>An invoice. {TEXT}", subtype="html", filename="invoice.html")
    letter, invoice = drafts("a.eml", message.as_bytes())
    assert "invoice" not in letter.body.text.lower()
    assert invoice.body.text.startswith("An invoice.")


def test_what_is_attached_comes_in_beside_the_message():
    letter, paper, forwarded = drafts("attached.eml")
    assert letter.body.text == "See the attached."
    assert "the harbour office measured the wall" in paper.body.text.lower()
    assert forwarded.body.text.startswith("The boat came in at noon")
    known = forwarded.metadata
    assert (known.title, known.byline, str(known.published)) == ("The boat was late", "Ben Lowe", "2025-03-03")
    assert [one.part for one in (letter, paper, forwarded)] == ["", "article.pdf", "The boat was late.eml"]


def attaching(**attached: bytes) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "a@h.example", "Wall"
    message.set_content(TEXT)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"a/{name}.bin")
    return message.as_bytes()


def test_an_attachment_that_cannot_be_read_is_named():
    body, *unread = read("a.eml", attaching(one=b"\0\1\2" * 200))
    assert TEXT.strip() in body.body.text
    assert [(one.part, isinstance(one, Unread)) for one in unread] == [("a-one.bin", True)]


def test_an_appointment_is_passed_over():
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "a@h.example", "Wall"
    message.set_content(TEXT)
    message.add_attachment("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", subtype="calendar", filename="invite.ics")
    _letter, invite = read("a.eml", message.as_bytes())
    assert (invite.part, invite.passed) == ("invite.ics", True)


def test_a_message_of_nothing_but_attachments_is_what_is_attached():
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = "a@h.example", "Wall"
    message.set_content("\n")
    for _twice in range(2):
        message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="wall.txt")
    assert [draft.part for draft in drafts("a.eml", message.as_bytes())] == ["wall.txt", "2 wall.txt"]


def test_messages_in_messages_end_somewhere_and_say_so():
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["Subject"] = "a@h.example", "Wall"
    inner.set_content(TEXT)
    for depth in range(4):
        outer = EmailMessage(policy=SMTP)
        outer["From"], outer["Subject"] = "a@h.example", f"Fwd {depth}"
        outer.set_content(TEXT)
        outer.add_attachment(inner)
        inner = outer
    found = read("a.eml", inner.as_bytes())
    assert [isinstance(part, Unread) for part in found] == [False, False, False, True]
    assert "one in another" in str(found[-1].error)


@pytest.mark.parametrize(
    ("charset", "words"),
    [("iso-8859-2", "Šibenik leží u moře, a voda stoupá."), ("koi8-r", "Вода поднялась над стеной ещё зимой."),
     ("iso-2022-jp", "水は壁を越えた。港では誰も見上げない。"), ("utf-8", "وارتفع الماء فوق السور في الشتاء."),
     ("unknown-8bit", "Plain letters only.")],
)  # fmt: skip
def test_letters_of_every_alphabet(charset, words):
    body = (words + "\r\n") * 3
    head = (
        f"From: a@h.example\r\nSubject: W\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    )
    data = head.encode() + body.encode("ascii" if charset == "unknown-8bit" else charset)
    assert words in drafts("a.eml", data)[0].body.text


def test_headers_in_raw_letters_and_broken_ones_are_read():
    data = letter("From: a@h.example\r\nSubject: Šibenik").replace(b"\r\nMIME", b"\r\nX: =?utf-8?b?!!!?=\r\nMIME")
    assert drafts("a.eml", data)[0].metadata.title == "Šibenik"
    broken = letter("From: a@h.example\r\nSubject: =?utf-8?b?A?= =?nowhere?q?x=ff?=")
    assert drafts("a.eml", broken)[0].metadata.title


@pytest.mark.parametrize("data", [b"no headers here", b"From: a@h.example\r\nSubject: Empty\r\n\r\n"])
def test_one_without_words_says_so(data):
    with pytest.raises(ImportFailed):
        read("a.eml", data)


def test_a_mail_box_holds_its_messages_as_they_were_written():
    found = drafts("box.mbox")
    assert [draft.part for draft in found] == ["message 1.eml", "message 2.eml", "message 3.eml"]
    assert [draft.metadata.title for draft in found][1:] == ["Notes on the tide", "سور البحر"]
    assert "\nFrom the quay one sees nothing of it." in found[1].body.text
    assert set(found[0].pictures) == {WALL}
    assert found[2].metadata.language == "ar"


def test_one_broken_message_costs_one_line():
    data = sample("box.mbox") + b"\n\nFrom x Wed Mar  5 04:30:00 2025\nSubject: Nothing\n\n"
    assert [isinstance(part, Unread) for part in read("box.mbox", data)] == [False, False, False, True]


def test_a_box_without_messages_says_so():
    with pytest.raises(ImportFailed, match="no messages"):
        read("box.mbox", b"From here to there it is a mile.\n")


def test_what_was_made_to_take_long_does_not():
    started = time.process_time()
    with pytest.raises(ImportFailed):
        read("box.mbox", b"From " + b"a 2025" * 1_000_000)
    (draft,) = drafts("a.eml", letter("From: a@h.example\r\nSubject: =?utf-8?q?" + "=41" * 1_000_000 + "?="))
    assert len(draft.metadata.title) < 5_000
    assert time.process_time() - started < 5


LETTER = (
    b"From: {}\nSubject: Hafenmauer wird erh\xf6ht\nDate: Tue, 4 Mar 2025 10:00:00 +0100\nContent-Type: text/plain\n\n"
    b"Die Hafenmauer wird um einen Meter erh\xf6ht, sagte der Stadtrat am Montag. Niemand wurde l\xe4nger gefragt.\n"
)


def test_a_subject_may_have_letters_as_they_are_in_any_encoding() -> None:
    for letter in (LETTER, LETTER.decode("latin-1").encode()):
        (draft,) = drafts("a.eml", letter)
        assert draft.metadata.title == "Hafenmauer wird erhöht"


def test_a_message_of_apple_mail_is_read_without_what_stands_round_it() -> None:
    letter = LETTER.replace(b"{}", b"Ada Marsh <a@h.example>")
    around = b'%d   \n%s<?xml version="1.0"?>\n<plist version="1.0"><dict/></plist>\n' % (len(letter), letter)
    (draft,) = drafts("1234.emlx", around)
    assert (draft.metadata.title, draft.metadata.byline) == ("Hafenmauer wird erhöht", "Ada Marsh")
    assert "plist" not in draft.body.text
