"""REFI-QDA: the texts that lie inside sources, whatever kind these are, and the selections in them."""

from __future__ import annotations

import pytest

from app.importers._base import Unread
from tests.marks import EXAMPLES, drafts, parts, told
from tests.refi import coded, guid, project, selection
from tests.unit.importers.letters import letter

TALK = "Ann: The wall 😀 was new.\nBen: Nobody asked us.\n"


def point(number: int, place: int) -> str:
    return f'<SyncPoint guid="{guid(number)}" timeStamp="{place * 100}" position="{place}"/>'


def spoken(number: int, first: int, last: int | None, name: str, inside: str = "") -> str:
    end = f'toSyncPoint="{{{guid(last)}}}"' if last is not None else ""
    return (
        f'<TranscriptSelection guid="{guid(number)}" name="{name}" fromSyncPoint="{guid(first)}" {end}>{inside}'
        f"{coded(2)}</TranscriptSelection>"
    )


def transcript(number: int, name: str, inside: str = "", **attributes: str) -> str:
    said = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f'<Transcript guid="{guid(number)}" name="{name}" {said}>{inside}</Transcript>'


@pytest.mark.parametrize("kind", ["Audio", "Video"])
def test_the_transcript_of_a_recording_is_an_article_with_its_codings_and_notes(kind):
    second = TALK.index("Ben:")
    points = point(10, 0) + point(11, second) + point(12, TALK.index("Nobody")) + point(13, len(TALK))
    marks = spoken(20, 10, 11, "1:1") + spoken(21, 12, 13, "x", "<Description>Really?</Description>")
    text = transcript(30, "Transcript", points + marks, plainTextPath=f"internal://{guid(30)}.txt")
    source = (
        f'<{kind}Source guid="{guid(40)}" name="Ann and Ben" path="relative:///talk.mp3"><Description>On a boat.'
        f'</Description>{text}<{kind}Selection guid="{guid(41)}" begin="0" end="9"/>{coded(1)}</{kind}Source>'
    )
    found = parts("p.qdpx", project(source, {f"{guid(30)}.txt": TALK.encode()}))
    (draft,) = drafts("p.qdpx", project(source, {f"{guid(30)}.txt": TALK.encode()}))
    assert (draft.metadata.title, draft.themes, draft.note) == ("Ann and Ben", ("Fear",), "On a boat.")
    assert [(mark.quote, mark.themes, mark.note) for mark in draft.marks] == [
        ("Ann: The wall 😀 was new.", ("Hope",), ""),
        ("Nobody asked us.", ("Hope",), "Really?"),
    ]
    assert told(found) == ["This has no place here: selections in pictures, on pages or in recordings (1)."]


def test_several_transcripts_are_an_article_each_and_one_without_a_text_is_named():
    texts = (
        transcript(30, "English", "<PlainTextContent>The wall was new.</PlainTextContent>"),
        transcript(31, "Deutsch", "<PlainTextContent>Die Mauer war neu.</PlainTextContent>"),
        transcript(32, "", spoken(20, 10, 11, "Le mur"), plainTextPath="relative:///mur.txt"),
    )
    data = project(f'<AudioSource guid="{guid(40)}" name="Talk">{"".join(texts)}</AudioSource>')
    assert [(one.metadata.title, one.body.text) for one in drafts("p.qdpx", data)] == [
        ("Talk: English", "The wall was new."),
        ("Talk: Deutsch", "Die Mauer war neu."),
    ]
    assert told(parts("p.qdpx", data)) == [
        "Audio “Talk: 3” brings no text. Import its own file.",
        "This has no place here: selections without a text or words (1).",
    ]


def test_a_selection_between_points_that_say_nothing_keeps_its_words_and_is_told_of_where_it_has_none():
    inside = f'<PlainTextContent>{TALK}</PlainTextContent><SyncPoint guid="{guid(10)}" timeStamp="5"/>'
    marks = spoken(20, 10, 99, "The wall") + spoken(21, 10, None, "", "<Description>Why?</Description>")
    data = project(f'<VideoSource guid="{guid(40)}" name="T">{transcript(30, "", inside + marks)}</VideoSource>')
    (draft,) = drafts("p.qdpx", data)
    assert [(mark.quote, mark.start) for mark in draft.marks] == [("The wall", -1)]
    assert draft.note == "Why?"
    assert told(parts("p.qdpx", data)) == ["This has no place here: selections without a text or words (1)."]


def test_the_description_of_a_picture_is_its_text():
    described = (
        f'<TextDescription guid="{guid(30)}" name="t"><PlainTextContent>A wall 😀 by the sea.</PlainTextContent>'
        f"{selection(20, 9, 15, 'by the')}{coded(2)}</TextDescription>"
    )
    region = f'<PictureSelection guid="{guid(41)}" firstX="0" firstY="0" secondX="1" secondY="1">{coded(1)}'
    source = f'<PictureSource guid="{guid(40)}" name="Photo">{described}{region}</PictureSelection></PictureSource>'
    (draft,) = drafts("p.qdpx", project(source))
    assert (draft.metadata.title, draft.themes, [mark.quote for mark in draft.marks]) == (
        "Photo",
        ("Hope",),
        ["by the"],
    )
    said = ["This has no place here: selections in pictures, on pages or in recordings (1)."]
    assert told(parts("p.qdpx", project(source))) == said


def test_a_page_file_without_its_text_is_read_itself():
    page = next(path for path in sorted(EXAMPLES.parent.glob("*.pdf")) if "article" in path.name)
    (alone,) = drafts(page.name, page.read_bytes())
    source = f'<PDFSource guid="{guid(40)}" name="Page" path="internal://{guid(40)}.pdf"></PDFSource>'
    (draft,) = drafts("p.qdpx", project(source, {f"{guid(40)}.pdf": page.read_bytes()}))
    assert (draft.body.text, draft.metadata.title) == (alone.body.text, "Page")
    elsewhere = project(source.replace("internal", "relative"))
    assert told(parts("p.qdpx", elsewhere)) == ["PDF “Page” brings no text. Import its own file."]


def frame(number: int, page: int, name: str, inside: str = "") -> str:
    return (
        f'<PDFSelection guid="{guid(number)}" name="{name}" page="{page}" firstX="1" firstY="2" secondX="3" '
        f'secondY="4">{inside}{coded(2)}</PDFSelection>'
    )


def brought(number: int, words: str) -> str:
    held = f"<PlainTextContent>{words}</PlainTextContent>"
    return f'<Representation guid="{guid(number)}" name="r">{held}</Representation>'


def test_frames_on_pages_are_passages_where_their_words_stand_once():
    text = "The wall 😀 was new.\nNobody asked us.\nThe wall fell, nobody asked."
    frames = (
        frame(20, 0, "1:1", "<Description>So?</Description>" + brought(60, "was new.\nNobody  asked us.")),
        frame(21, 0, "The wall fell, nobody"),
        frame(22, 0, "Frame 22", brought(61, "The wall")),
        frame(23, 0, "", brought(62, "no such words")),
        frame(24, 0, "was new. Nobody..."),
        frame(25, 0, "us."),
        frame(26, 0, ""),
    )
    whole = f'<Representation guid="{guid(30)}" name="t"><PlainTextContent>{text}</PlainTextContent></Representation>'
    data = project(f'<PDFSource guid="{guid(40)}" name="Page">{"".join(frames)}{whole}</PDFSource>')
    (draft,) = drafts("p.qdpx", data)
    assert [(mark.quote, mark.themes, mark.note) for mark in draft.marks] == [
        ("was new.\nNobody asked us.", ("Hope",), "So?"),
        ("The wall fell, nobody", ("Hope",), ""),
    ]
    assert all(draft.body.text[mark.start : mark.end] == mark.quote for mark in draft.marks)
    (said,) = told(parts("p.qdpx", data))
    assert said == (
        "This has no place here: selections in pictures, on pages or in recordings (3), selections on pages "
        "whose words stand in the text nowhere, or in several places (2)."
    )


@pytest.mark.parametrize(
    ("name", "words", "page", "wanted"),
    [
        ("groff-paper.pdf", "post office. For", 1, "2"), ("groff-paper.pdf", "post office. For", 3, "3"),
        ("groff-paper.pdf", "post office. For", 2, None), ("labelled.pdf", "matters. The council", 101, None),
    ],
)  # fmt: skip
def test_of_words_that_stand_on_several_pages_the_page_tells_which_are_meant_where_it_is_certain(
    name, words, page, wanted
):
    """The first page may be 0 or 1 of a project's, and pages may be printed with other numbers."""
    data = (EXAMPLES.parent / name).read_bytes()
    source = f'<PDFSource guid="{guid(40)}" name="Page" path="internal://{guid(40)}.pdf">{frame(20, page, words)}'
    (draft,) = drafts("p.qdpx", project(f"{source}</PDFSource>", {f"{guid(40)}.pdf": data}))
    assert [draft.body.block_at(mark.start).attributes["page"] for mark in draft.marks] == ([wanted] if wanted else [])


LINES = ("The wall 😀 was new.", "", "", "Nobody\tasked us.", "The end.")


@pytest.mark.parametrize("names", [("was new", "asked"), ("1:1", "1:2"), ("", "")])
def test_a_text_that_is_formatted_only_has_its_selections_where_its_lines_are_counted_with_the_empty_ones(names):
    whole = "\n".join(LINES)
    marks = "".join(
        selection(20 + number, whole.index(word), whole.index(word) + len(word), name)
        for number, (word, name) in enumerate(zip(("was new", "asked"), names, strict=True))
    )
    source = f'<TextSource guid="{guid(40)}" name="Rich" richTextPath="internal://{guid(40)}.docx">{marks}</TextSource>'
    (draft,) = drafts("p.qdpx", project(source, {f"{guid(40)}.docx": letter(*LINES)}))
    assert draft.body.text == "The wall 😀 was new.\nNobody asked us.\nThe end."
    assert [(mark.quote, mark.themes) for mark in draft.marks] == [("was new", ("Fear",)), ("asked", ("Fear",))]
    assert draft.details == {"positions": "in the formatted text"}


def test_positions_that_a_formatted_text_does_not_bear_out_leave_the_words():
    marks = selection(20, 3, 10, "asked us") + selection(21, 6, 12, "1:2") + selection(22, 2, 7, "")
    source = f'<TextSource guid="{guid(40)}" name="Rich" richTextPath="internal://{guid(40)}.docx">{marks}</TextSource>'
    data = project(source, {f"{guid(40)}.docx": letter(*LINES)})
    (draft,) = drafts("p.qdpx", data)
    assert [(mark.quote, mark.start) for mark in draft.marks] == [("asked us", -1), ("1:2", -1)]
    assert told(parts("p.qdpx", data)) == ["This has no place here: selections without a text or words (1)."]


def test_a_damaged_document_costs_its_text_alone_and_nothing_where_the_plain_text_is_there():
    rich = f'richTextPath="internal://{guid(40)}.docx"'
    alone = f'<TextSource guid="{guid(41)}" name="Alone" {rich}/>'
    source = (
        f'<TextSource guid="{guid(40)}" name="Both" {rich}><PlainTextContent>Words.</PlainTextContent></TextSource>'
    )
    data = project(source + alone, {f"{guid(40)}.docx": letter("Words.")[:900]})
    assert [one.body.text for one in drafts("p.qdpx", data)] == ["Words."]
    (unread,) = (one for one in parts("p.qdpx", data) if isinstance(one, Unread))
    assert (unread.part, unread.passed) == ("Alone", False)
