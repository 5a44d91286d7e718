"""The JSON of a whole library: what its schema says, and what is read of a file that is not as it was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app import places
from app.drafts import Codebook, Draft, Framework, Provenance
from app.errors import ImportFailed
from app.exporters._base import exporters
from app.exporters.json import EXPORTER
from app.importers._base import File, Unread, importers
from app.importers._own_library import taken_apart
from app.importers._parts import choose
from app.model import Attribute, AttributeKind, Bundle, Collection, Content, EarlierText, Interlude, Noted
from app.rounds import Round
from app.text.body import Body, Piece
from tests.marks import example, parts
from tests.random_libraries import PICTURE

DIGEST = hashlib.sha256(PICTURE).hexdigest()
# Left out as a kind of block that there is none of: it could not be put back.
LEFT = {"kind": "share", "text": "x", "before": 0, "block": "x", "attributes": {}, "runs": []}
PART, COLLECTION, FIELD, ROUND = ("1" * 32, "2" * 32, "3" * 32, "4" * 32)


@pytest.fixture
def rich(made) -> Bundle:
    law = made.theme("Law > and", colour="#112233", digit=3, definition="D", note="n")
    item = made.article(
        ["👩‍👩‍👧 Two words.", Piece("", "image", {"alt": "", "source": "", "picture": DIGEST})],
        [("Two", [law], "A *note* " + "x" * 10_000 + "<script>")],
        title="=T </script>",
        about={"attributes": {"tone": "grim"}, "themes": (law.id,), "original": DIGEST, "added": 5},
    )
    orphan = replace(made.orphan(item, "lost", [law]), author="B. Coder", start=7, end=11)
    item = replace(
        item, highlights=(*item.highlights, orphan), layers={"B. Coder": (law.id,)}, coders=("B. Coder",),
        pictures=(DIGEST,), past=(EarlierText(Content(Body.of(["It was."])), 9, "cut by hand"),),
    )  # fmt: skip
    asked = Round(ROUND, "B. Coder", (item.article.id,), made=1741064767089, library=PART, blind=True)
    said, sequence = Interlude(PART, "Part one", 1), (PART, item.article.id)
    return made.bundle(
        item, themes=[law], note="of all", whole=True, pictures={DIGEST: PICTURE},
        rounds=(replace(asked, taken=1741064767090),), answers=replace(asked, coder="Me", articles=()),
        private=frozenset({"", law.id, item.article.id, orphan.id, COLLECTION}),
        noted={uid: Noted(PART, 7, 8) for uid in ("", law.id, item.highlights[0].id, COLLECTION)},
        attributes=(Attribute(1, FIELD, "tone", AttributeKind.CHOICE, ("grim", "gay"), "how"),),
        collections=(Collection(1, COLLECTION, "To write", "", "", sequence[1:], "", (said,), sequence),),
    )  # fmt: skip


def parsed(exported: Any, of: Bundle, **options: object) -> dict[str, Any]:
    return json.loads(exported(of, "json", **options)[""])


def read(value: object, name: str = "x.json") -> list[Any]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(importers()["commonplace"].read(File(data, name, {})))


def test_it_is_as_its_schema_says(exported, rich):
    schema = json.loads((places.resources() / "export" / EXPORTER.schema).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    value = parsed(exported, rich)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)
    assert (value["format"], value["version"]) == ("commonplace", schema["properties"]["version"]["const"])
    assert value["articles"][0]["highlights"][0]["quote"] == "Two"
    text = value["articles"][0]["text"]
    assert text[value["articles"][0]["highlights"][0]["start"] :].startswith("Two")


def test_it_is_read_as_it_was(exported, rich):
    book, frame, draft = read(parsed(exported, rich))
    assert isinstance(book, Codebook)
    assert isinstance(frame, Framework)
    assert isinstance(draft, Draft)
    (item,) = rich.articles
    assert draft.body == item.content.body
    assert (draft.metadata, draft.added, draft.modified, draft.private) == (item.article.metadata, 5, 0, True)
    assert draft.pictures == {DIGEST: PICTURE}
    assert (draft.layers, draft.coders) == ({"B. Coder": (book.themes[0].id,)}, ("B. Coder",))
    assert (frame.rounds, frame.answers) == (rich.rounds, rich.answers)
    assert (draft.earlier, draft.noted) == (item.earlier, None)
    first, orphan = draft.marks
    assert first.noted == book.themes[0].noted == frame.noted == Noted(PART, 7, 8)
    assert (first.note, first.private, first.modified) == (item.highlights[0].note, False, item.highlights[0].modified)
    assert (orphan.orphan, orphan.author, orphan.start, orphan.private) == (True, "B. Coder", 7, True)
    assert first.themes == draft.themes == (book.themes[0].id,)
    assert (book.themes[0].path, book.themes[0].private) == (("Law > and",), True)
    assert (frame.note, frame.private) == ("of all", True)
    assert (frame.attributes[0].choices, frame.attributes[0].id) == (("grim", "gay"), FIELD)
    (collection,) = frame.collections
    assert (collection.sequence, collection.private) == ((PART, item.article.id), True)
    assert collection.interludes == rich.collections[0].interludes


def test_it_is_read_line_by_line_or_as_any_other_json(exported, rich):
    data = exported(rich, "json")[""].encode()
    by_line, as_a_whole = read(data), read(json.dumps(json.loads(data), indent=1).encode())
    assert by_line == as_a_whole
    assert taken_apart(data) is not None
    assert taken_apart(data.replace(b'"pictures":{', b'"pictures": {')) is None
    nothing = b'{"format":"commonplace","version":2,"note":"n","whole":true,\n"articles":[\n],\n"pictures":{\n}}\n'
    assert [one.note for one in read(nothing)] == ["n"]


def test_a_line_that_is_no_json_costs_its_article(exported, made):
    of = made.bundle(*(made.article(number=number) for number in range(3)))
    data = exported(of, "json")[""].encode()
    whole = read(data)
    broken = data.replace(f'{{"id":"{of.articles[1].article.id}"'.encode(), b'{"id":"')
    first, lost, last = read(broken)
    assert [first, last] == [whole[0], whole[2]]
    assert (lost.part, str(lost.error)[:24]) == ("article 2", "This article was changed")


def test_of_a_large_file_only_the_layout_is_read_that_was_written(exported, rich, monkeypatch):
    monkeypatch.setattr("app.importers.commonplace_json.LARGEST", 10)
    data = exported(rich, "json")[""].encode()
    assert read(data)[-1].pictures == {DIGEST: PICTURE}
    with pytest.raises(ImportFailed, match="not laid out as Commonplace wrote it"):
        read(json.dumps(json.loads(data)).encode())


def test_the_note_on_a_part_is_not_the_librarys(exported, rich):
    _book, frame, _draft = read(parsed(exported, replace(rich, whole=False)))
    assert (frame.note, frame.private) == ("", False)


def test_pictures_can_stay_away_and_that_is_said(exported, rich):
    value = parsed(exported, rich, pictures=False)
    assert value["pictures"] == {}
    assert [str(one) for one in EXPORTER.write(rich, {"pictures": False}).left_behind] == ["One picture."]
    assert EXPORTER.write(rich, {"pictures": True}).left_behind == ()
    assert read(value)[-1].pictures == {}


@pytest.mark.parametrize("key", ["hypothesis", "jsonld", "markdown", "qdpx"])
def test_no_other_format_carries_rounds_and_each_says_so(rich, key):
    exporter = exporters()[key]
    left = exporter.write(rich, {option.key: option.default for option in exporter.options}).left_behind
    said = "The round with one coder: which articles are in it, and that nothing changes the coder's marks."
    assert said in map(str, left)


def test_a_file_of_version_1_is_read_for_ever():
    assert json.loads(example("library.json"))["version"] == 1
    book, frame, wall, two = parts("library.json")
    assert [theme.path for theme in book.themes] == [("Sea",), ("Sea", "Walls, old")]
    assert (frame.note, [one.name for one in frame.collections]) == ("A library of *two*.", ["To write", "Unread"])
    assert [mark.quote for mark in wall.marks] == ["words that went", "a sea 🌊 that", "(UAV)"]
    assert (wall.marks[0].orphan, wall.marks[2].author, len(wall.pictures)) == (True, "B. Coder", 1)
    assert (two.metadata.title, two.body.text) == ("Two", "A second article.")


def test_a_file_of_version_2_is_read_for_ever(exported, rich):
    value = parsed(exported, rich) | {"version": 2}
    del value["answers"], value["rounds"], value["articles"][0]["coders"]
    book, frame, draft = read(value)
    now = read(parsed(exported, rich))
    assert (book, frame, draft) == (now[0], replace(now[1], rounds=(), answers=None), replace(now[2], coders=()))


def test_a_file_of_version_3_is_read_for_ever(exported, rich):
    value = parsed(exported, rich) | {"version": 3}
    (item,) = value["articles"]
    for owner in (value, item, *value["themes"], *value["collections"], *item["highlights"]):
        del owner["noted"]
    del item["earlier"], item["pictures"]
    found = read(value)
    articles = tuple(replace(one, past=()) for one in rich.articles)
    assert found == read(parsed(exported, replace(rich, articles=articles, noted={})))
    assert found[2].provenance == Provenance("", "", DIGEST)


def test_what_is_said_of_a_note_or_a_source_that_makes_no_sense_is_not_believed(exported, rich):
    value = parsed(exported, rich)
    (item,) = value["articles"]
    item["noted"] = {"id": "../x", "created": "soon", "modified": []}
    item["source"] = {"name": [], "format": None, "sha256": "../../etc/passwd"}
    draft = read(value)[-1]
    assert (draft.noted, draft.provenance) == (Noted(), Provenance())
    item["noted"] = item["source"] = 5
    assert (read(value)[-1].noted, read(value)[-1].provenance) == (None, None)


def test_a_round_that_was_tampered_with_is_none(exported, rich):
    value = parsed(exported, rich)
    (asked,) = value["rounds"]
    for wrong in ({"id": "../x"}, {"coder": ""}, {"coder": None}):
        _book, frame, _draft = read({**value, "rounds": [asked | wrong, 7], "answers": asked | wrong})
        assert (frame.rounds, frame.answers) == ((), None)
    wrong = {"articles": ["x", None, *asked["articles"]], "made": "soon", "taken": [], "library": 7, "blind": 1}
    _book, frame, _draft = read({**value, "rounds": [asked | wrong]})
    assert frame.rounds == (Round(ROUND, "B. Coder", tuple(asked["articles"])),)
    many = [asked | {"coder": "B" * 501}, *(asked | {"id": f"{number:032x}"} for number in range(2000))]
    assert len(read({**value, "rounds": many})[1].rounds) == 999


def test_it_is_written_article_by_article(made):
    of = made.bundle(*(made.article(number=number) for number in range(50)))
    export = EXPORTER.write(of, {"pictures": True})
    parts = [len(file.data) for file in export.files]
    assert len(parts) > 50
    assert max(parts) < sum(parts) / 20


def test_a_codebook_alone_is_enough(exported, made):
    (book,) = read(parsed(exported, made.bundle(themes=[made.theme("Law")])))
    assert [theme.path for theme in book.themes] == [("Law",)]


def test_it_is_known_by_its_beginning(exported, rich):
    data = exported(rich, "json")[""].encode()
    assert choose("x.json", data).key == choose("x", data).key == "commonplace"
    assert choose("x.json", b"\xef\xbb\xbf \n" + data).key == "commonplace"
    assert choose("x.json", b'[{"title": "T", "text": "format commonplace"}]').key == "json"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 5}, "A newer Commonplace wrote x.json (its version is 5, this one reads 4). Update Commonplace"),
        ({"version": "1"}, "does not say which version"),
        ({"version": True}, "does not say which version"),
        ({"format": "readest"}, "no library that Commonplace wrote"),
    ],
)
def test_what_it_cannot_be_sure_of_is_refused(exported, rich, change, said):
    with pytest.raises(ImportFailed) as failed:
        read({**parsed(exported, rich), **change})
    assert said in str(failed.value)


@pytest.mark.parametrize("data", [b"[]", b"{", b'{"format":"commonplace","version":1}', b"\xff\xfe{"])
def test_a_file_without_anything_is_refused(data):
    with pytest.raises(ImportFailed):
        read(data)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "other"}, {"text": None}, {"blocks": []}, {"blocks": [1]}, {"runs": [{"start": 0}]}, {"state": "lost"},
        {"metadata": {"published": "2025-13-40"}}, {"metadata": []}, {"highlights": [{}]}, {"origins": {"title": "x"}},
        {"left_out": [None]}, {"left_out": [LEFT]},
        {"earlier": [{"made": None, "reason": "x", "text": "other", "blocks": [], "runs": [], "left_out": []}]},
        {"earlier": [5]}, {"pictures": [5]},
        {"themes": 5}, {"layers": [{"author": "B. Coder"}]}, {"details": {"a": {"b": "c"}}}, {"id": None},
    ],
)  # fmt: skip
def test_an_article_that_was_tampered_with_costs_itself(exported, rich, change):
    value = parsed(exported, rich)
    whole = value["articles"][0]
    value["articles"] = [{**whole, **change}, 7, whole]
    found = read(value)
    (unread,) = (one for one in found if isinstance(one, Unread))
    assert str(unread.error).startswith("This article was changed by another program, or damaged.")
    assert len([one for one in found if isinstance(one, Draft)]) == 1


def test_a_picture_is_only_shown_when_it_is_the_one_that_is_named(exported, rich):
    value = parsed(exported, rich)
    for wrong in ("AAAA", "no base64", 5):
        assert read({**value, "pictures": {DIGEST: wrong}})[-1].pictures == {}


def test_what_is_no_id_is_none(exported, rich):
    value = parsed(exported, rich)
    value["articles"][0]["id"] = value["articles"][0]["highlights"][0]["id"] = "../../etc/passwd"
    draft = read(value)[-1]
    assert (draft.id, draft.marks[0].id) == ("", "")
    assert draft.marks[1].id


def test_a_theme_that_the_file_does_not_describe_has_no_name(exported, rich):
    draft = read({**parsed(exported, rich), "themes": []})[-1]
    assert draft.themes == draft.marks[0].themes == draft.layers["B. Coder"] == ()
