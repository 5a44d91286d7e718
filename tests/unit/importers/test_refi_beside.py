"""REFI-QDA: what stands beside the texts of a project comes along, or is told of: memos, cases, sets, variables."""

from __future__ import annotations

import pytest

from app.drafts import Framework
from app.model import AttributeKind
from app.workspace import Workspace
from tests.libraries import imported
from tests.marks import codebook, drafts, parts, told
from tests.refi import coded, guid, project, selection

TEXT = "Ann: The wall was new. Ben: Nobody asked us."


def source(inside: str = "", number: int = 40, name: str = "Talk", said: str = TEXT) -> str:
    text = f"<PlainTextContent>{said}</PlainTextContent>"
    return f'<TextSource guid="{guid(number)}" name="{name}">{text}{inside}</TextSource>'


def note(number: int, text: str, inside: str = "", name: str = "Memo") -> str:
    return f'<Note guid="{guid(number)}" name="{name}"><PlainTextContent>{text}</PlainTextContent>{inside}</Note>'


def refers(number: int) -> str:
    return f'<NoteRef targetGUID="{guid(number)}"/>'


def value(variable: int, kind: str, said: str) -> str:
    held = f"<{kind}Value>{said}</{kind}Value>"
    return f'<VariableValue><VariableRef targetGUID="{guid(variable)}"/>{held}</VariableValue>'


def variables(*kinds: str) -> str:
    """Return variables A, B, … (from 61) of these types."""
    made = "".join(
        f'<Variable guid="{guid(61 + number)}" name="{"ABCDEFG"[number]}" typeOfVariable="{kind}"/>'
        for number, kind in enumerate(kinds)
    )
    return f"<Variables>{made}</Variables>"


def case(name: str, inside: str, number: int = 80) -> str:
    return f'<Case guid="{guid(number)}" name="{name}">{inside}</Case>'


def test_a_memo_on_nothing_is_an_article_with_its_own_codings():
    memos = note(50, "I doubt the wall.", selection(22, 8, 16, "the wall") + coded(2), "Doubts") + note(51, "On Ann.")
    found = drafts("p.qdpx", project(source(refers(51)), more=f"<Notes>{memos}</Notes>"))
    talk, memo = found
    assert talk.note == "On Ann."
    assert (memo.metadata.title, memo.body.text, memo.themes) == ("Doubts", "I doubt the wall.", ("Hope",))
    assert [(mark.quote, mark.themes) for mark in memo.marks] == [("the wall", ("Fear",))]
    assert memo.details == {"memo_of": "Wall"}


def test_a_memo_on_what_does_not_come_in_is_an_article_too():
    region = f'<PictureSelection guid="{guid(41)}" firstX="0" firstY="0" secondX="1" secondY="1">{refers(50)}'
    picture = f'<PictureSource guid="{guid(42)}" name="Photo">{region}</PictureSelection>{refers(51)}</PictureSource>'
    memos = "".join((note(50, "Look left."), note(51, "By Ann."), note(52, "The whole study."), note(53, "An idea.")))
    more = (
        f'<Notes>{memos}</Notes><Links><Link guid="{guid(70)}" originGUID="{guid(53)}" targetGUID="{guid(1)}"/></Links>'
    )
    found = parts("p.qdpx", project(source() + picture, more=more + refers(52)))
    texts = [one.body.text for one in drafts("p.qdpx", project(source() + picture, more=more + refers(52)))]
    assert texts == [TEXT, "Look left.", "By Ann.", "The whole study."]
    assert [theme.note for theme in codebook(found).themes] == ["An idea.", ""]


def test_a_note_that_is_on_something_keeps_its_words_and_its_codings_are_told_of():
    memo = note(50, "I doubt the wall.", selection(22, 8, 16, "the wall"))
    data = project(source(refers(50)), more=f"<Notes>{memo}</Notes>")
    assert [draft.note for draft in drafts("p.qdpx", data)] == ["I doubt the wall."]
    assert told(parts("p.qdpx", data)) == ["This has no place here: codings in notes (1)."]


def test_a_case_is_named_on_its_texts_with_its_codes_and_words_and_is_a_theme_on_its_passages():
    passages = selection(20, 5, 13, "The wall") + selection(21, 28, 34, "Nobody")
    about = f'<Description>Quiet.</Description><CodeRef targetGUID="{guid(2)}"/>' + value(61, "Integer", "44")
    reference = f'<SourceRef targetGUID="{guid(40)}"/>'
    ann = case("Ann", about + reference)
    ben = case("Ben", value(61, "Integer", "51") + f'<SelectionRef targetGUID="{guid(21)}"/>', 81)
    data = project(source(passages), before=f"{variables('Integer')}<Cases>{ann}{ben}{case('Nobody', '', 82)}</Cases>")
    (draft,) = drafts("p.qdpx", data)
    assert (draft.attributes, draft.themes, draft.note) == ({"A": "44", "Case": "Ann"}, ("Hope",), "Quiet.")
    assert [(mark.quote, mark.themes) for mark in draft.marks] == [
        ("The wall", ("Fear",)), ("Nobody", ("Fear", "Cases > Ben")),
    ]  # fmt: skip
    assert [(one.path, one.note) for one in codebook(parts("p.qdpx", data)).themes][2:] == [(("Cases", "Ben"), "A: 51")]
    assert told(parts("p.qdpx", data)) == ["This has no place here: cases without a text (1)."]


def test_what_several_cases_say_of_a_text_is_all_there():
    reference = f'<SourceRef targetGUID="{guid(40)}"/>'
    cases = "".join(
        case(name, value(61, "Integer", age) + reference, number)
        for number, (name, age) in enumerate((("Ann", "44"), ("Ben", "51"), ("Cy", "44")), 80)
    )
    (draft,) = drafts("p.qdpx", project(source(), before=f"{variables('Integer')}<Cases>{cases}</Cases>"))
    assert draft.attributes == {"A": "44; 51", "Case": "Ann; Ben; Cy"}


def test_the_description_of_a_set_comes_along():
    sets = (
        f'<Set guid="{guid(90)}" name="Coast"><Description>By the sea.</Description>'
        f'<MemberSource targetGUID="{guid(40)}"/></Set><Set guid="{guid(91)}" name="None"/>'
    )
    data = project(source(), more=f"<Sets>{sets}</Sets>")
    assert drafts("p.qdpx", data)[0].details == {"sets": ("Coast: By the sea.",)}
    assert told(parts("p.qdpx", data)) == ["This has no place here: empty sets (1)."]


def test_what_is_said_of_a_source_without_a_text_is_counted():
    audio = f'<AudioSource guid="{guid(41)}" name="Tape"><Description>Loud.</Description>{coded(1)}</AudioSource>'
    assert told(parts("p.qdpx", project(audio))) == [
        "Audio “Tape” brings no text. Import its own file.",
        "This has no place here: codings and descriptions of sources without a text (2).",
    ]


KINDS = [
    ("Integer", ("44", "7"), AttributeKind.NUMBER, ["44", "7"]),
    ("Float", ("4.5", ""), AttributeKind.NUMBER, ["4.5"]),
    ("Boolean", ("true", "0"), AttributeKind.YES_NO, ["yes", "no"]),
    ("Date", ("2025-03-04Z", "2025-03-05+01:00"), AttributeKind.DATE, ["2025-03-04", "2025-03-05"]),
    ("DateTime", ("2025-03-04T00:00:00Z", ""), AttributeKind.DATE, ["2025-03-04"]),
    ("DateTime", ("2025-03-04T09:30:00Z", ""), AttributeKind.TEXT, ["2025-03-04T09:30:00Z"]),
    ("Integer", ("44", "many"), AttributeKind.TEXT, ["44", "many"]),
    ("Text", ("44", "7"), AttributeKind.TEXT, ["44", "7"]),
]


@pytest.mark.parametrize(("kind", "said", "wanted", "values"), KINDS)
def test_variables_are_fields_of_their_kind_where_the_values_allow_it(tmp_path, kind, said, wanted, values):
    held = [value(61, kind, one) if one else "" for one in said]
    words = ("The sea wall was never repaired.", "A ferry sails to the islands at noon.")
    texts = "".join(
        source(one, number, said, said) for number, (one, said) in enumerate(zip(held, words, strict=True), 40)
    )
    (tmp_path / "p.qdpx").write_bytes(project(texts, before=variables(kind)))
    with Workspace(tmp_path / "library") as workspace:
        report = imported(workspace, tmp_path / "p.qdpx")
        assert (report.failed, report.skipped) == ((), ())
        (field,) = workspace.attributes.all()
        assert (field.name, field.kind) == ("A", wanted)
        found = (one.attributes.get("A") for one in workspace.articles.by_keys(sorted(workspace.articles.keys())))
        assert sorted(filter(None, found)) == sorted(values)


def test_the_words_on_a_project_are_the_note_of_a_library_without_one(tmp_path):
    data = project(source(), more="<Description>Of the study.</Description>")
    (framework,) = (one for one in parts("p.qdpx", data) if isinstance(one, Framework))
    assert framework.note == "Of the study."
    (tmp_path / "p.qdpx").write_bytes(data)
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "p.qdpx")
        assert workspace.notes.text() == "Of the study."
        (tmp_path / "q.qdpx").write_bytes(project(source(), more="<Description>Another.</Description>"))
        (said,) = imported(workspace, tmp_path / "q.qdpx").skipped
        assert str(said.reason) == "The library has a note of its own; that of the file is not in: Another."
