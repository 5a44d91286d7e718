from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ImportFailed
from app.exporters.csl_json import EXPORTER
from app.importers._base import File
from app.importers.csl_json import IMPORTER
from app.model import Origin, Precision, Published

TEXT = {"type": "string", "minLength": 1}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array", "minItems": 1, "maxItems": 1,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "circa": {"type": "boolean"},
    },
}  # fmt: skip
NAME = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"family": TEXT, "given": TEXT, "suffix": TEXT, "literal": TEXT},
    "oneOf": [{"required": ["family", "given"]}, {"required": ["literal"]}],
}
# What csl-data.json (CSL 1.0.2) asks of the fields that are written, and nothing beside them.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "type"],
        "properties": {
            **dict.fromkeys(
                ("id", "title", "container-title", "section", "URL", "language", "keyword", "note", "abstract"), TEXT
            ),
            "type": {"enum": ["article-newspaper", "webpage"]},
            "author": {"type": "array", "items": NAME, "minItems": 1},
            "issued": DATE,
            "accessed": DATE,
            "custom": {"type": "object", "required": ["article"]},
        },
    },
}
LINES = ("Ada Marsh", "Ada Marsh and Bo Reed Jr.", "Reuters", "By  Ada Marsh", "Chief Editor", "Ada Marsh, Bo Reed")
FIELDS = ("title", "byline", "outlet", "section", "address", "published", "accessed", "language")


def items(text):
    found = json.loads(text)
    jsonschema.validate(found, SCHEMA)
    return found


def back(text):
    """Return what the importer makes of a file."""
    assert IMPORTER.sniff is not None
    assert IMPORTER.sniff(text.encode())
    return IMPORTER.read(File(text.encode(), "x.json", {}))


def optional(values):
    return st.one_of(st.none(), values)


@st.composite
def metadata(draw, line):
    words = line.filter(str.strip)
    day = draw(st.dates(min_value=date(1, 1, 1)))
    return {
        "title": draw(words),
        "byline": draw(optional(st.one_of(words, st.sampled_from(LINES)))),
        "outlet": draw(optional(words)),
        "section": draw(optional(words)),
        "address": draw(optional(st.sampled_from(["https://x.example/a_b?c=1&d=2#e", "http://مثال.example/{x}"]))),
        "published": draw(optional(st.sampled_from(Precision).map(lambda precision: Published(day, precision)))),
        "accessed": draw(optional(st.sampled_from(["2025-03-04", "last May", "2025-02-30"]))),
        "language": draw(optional(st.sampled_from(["en", "pt-BR", "zh-Hant"]))),
    }


@given(data=st.data())
def test_metadata_themes_and_notes_come_back(made, exported, data):
    known = data.draw(metadata(made.line))
    names = data.draw(st.lists(made.line.map(lambda name: name.strip()).filter(bool), max_size=3, unique=True))
    themes = [made.theme(name) for name in names]
    own = themes[: data.draw(st.integers(0, len(themes)))]
    note = data.draw(made.line).strip()
    about = {"themes": tuple(one.id for one in own), "note": note}
    item = made.article(["Some."], [("Some", themes)], known.pop("title"), about=about, **known)
    text = exported(made.bundle(item, themes=themes), "csl")[""]
    items(text)
    (draft,) = back(text)
    for field in FIELDS:
        before, after = getattr(item.article.metadata, field), getattr(draft.metadata, field)
        assert after == (" ".join(before.split()) if isinstance(before, str) else before), field
        assert after is None or draft.metadata.origins[field] is Origin.STATED
    assert (draft.id, draft.note) == (item.article.id, note)
    assert draft.themes == tuple(" ".join(name.removeprefix("#").split()) for name in names[: len(own)] if name != "#")


def test_an_item_of_which_all_is_known(made, exported):
    law = made.theme("Law")
    item = made.article(
        ["Some text."], [("Some", [law], "why")], "T", byline="Ada von Marsh and Staff", outlet="Quay", section="World",
        address="https://x.example/", published=Published.parse("about 2025-03-04"), accessed="2025-05-06",
        language="en", about={"note": "n"},
    )  # fmt: skip
    (found,) = items(exported(made.bundle(item, themes=[law]), "csl", quotations=True)[""])
    assert found == {
        "id": "vonmarsh2025t",
        "type": "article-newspaper",
        "title": "T",
        "author": [{"family": "von Marsh", "given": "Ada"}, {"literal": "Staff"}],
        "container-title": "Quay",
        "section": "World",
        "issued": {"date-parts": [[2025, 3, 4]], "circa": True},
        "accessed": {"date-parts": [[2025, 5, 6]]},
        "URL": "https://x.example/",
        "language": "en",
        "keyword": "Law",
        "note": "n",
        "abstract": "“Some” (para. 1)\n\nwhy",
        "custom": {"article": item.article.id, "byline": "Ada von Marsh and Staff", "themes": []},
    }


def test_an_article_without_a_title_comes_back_by_its_address(made, exported):
    bare = made.article(title=None, address="https://x.example/a")
    nothing = made.article(title=None, number=2)
    text = exported(made.bundle(bare, nothing), "csl")[""]
    assert [item["type"] for item in items(text)] == ["webpage", "webpage"]
    (draft,) = back(text)
    assert draft.metadata.address == "https://x.example/a"
    assert draft.metadata.origins["title"] is Origin.DERIVED


def test_a_bibliography_of_nothing_is_a_list(made, exported):
    assert exported(made.bundle(), "csl")[""] == "[]\n"
    with pytest.raises(ImportFailed):
        IMPORTER.read(File(b"[]\n", "x.json", {}))


def test_pandoc_reads_it(made, exported, tmp_path):
    program = shutil.which("pandoc")
    if not program:
        pytest.skip("pandoc is not here")
    titles = [line for line in made.nasty if line.strip()]
    known = {"byline": "Ada Marsh, Reuters", "published": Published.parse("2025-03"), "outlet": "Quay & Compass"}
    of = made.bundle(*(made.article(title=title, number=n, **known) for n, title in enumerate(titles)))
    (tmp_path / "x.json").write_text(exported(of, "csl", quotations=True)[""], encoding="utf-8")
    command = [program, "-f", "csljson", "-t", "csljson", tmp_path / "x.json"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
    assert [item["id"] for item in found] == [item["id"] for item in items(exported(of, "csl")[""])]
    assert {item["container-title"] for item in found} == {"Quay & Compass"}
    assert [name.get("literal", name.get("family")) for name in found[0]["author"]] == ["Marsh", "Reuters"]
    assert found[0]["issued"] == {"date-parts": [[2025, 3]]}


def test_what_is_quoted_is_said_to_come_as_text(made):
    item = made.article(marks=[("Some",), ("text",)], about={"note": "n"})
    said = [str(one) for one in EXPORTER.write(made.bundle(item), {"notes": True, "quotations": True}).left_behind]
    assert said == [
        "The full text of one article: a bibliography says where it is.",
        "Which themes 2 passages are under: they are quoted as text.",
    ]
