from __future__ import annotations

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from app.exporters.ris import EXPORTER
from app.model import Published


def test_every_tag_of_an_article_of_which_all_is_known(made, exported):
    law, war = made.theme("Law"), made.theme("War, and peace")
    item = made.article(
        ["Some text."], [("Some", [war], "why\nnot")], "T", byline="Ada von Marsh and Bo Reed Jr., Reuters",
        outlet="Quay", section="World", address="https://x.example/", published=Published.parse("about 2025-03-04"),
        accessed="2025-05-06", language="en", about={"note": "One.\n\nTwo.", "themes": (law.id,)},
    )  # fmt: skip
    (found,) = rispy.loads(exported(made.bundle(item, themes=[law, war]), "ris", quotations=True)[""])
    assert found == {
        "type_of_reference": "NEWS",
        "id": "vonmarsh2025t",
        "authors": ["von Marsh, Ada", "Reed, Bo, Jr.", "Reuters"],
        "title": "T",
        "secondary_title": "Quay",
        "section": "World",
        "year": "2025",
        "date": "2025/03/04/about",
        "access_date": "2025/05/06/",
        "urls": ["https://x.example/"],
        "language": "en",
        "keywords": ["Law", "War, and peace"],
        "notes": ["One. / Two.", "“Some” (para. 1) / why / not"],
    }


@pytest.mark.parametrize(
    ("written", "date"), [("2025", "2025///"), ("2025-03", "2025/03//"), ("2025-03-04", "2025/03/04/")]
)
def test_a_date_is_as_exact_as_it_is_known(made, exported, written, date):
    (found,) = rispy.loads(exported(made.bundle(made.article(published=Published.parse(written))), "ris")[""])
    assert (found["year"], found["date"]) == ("2025", date)


def test_what_is_not_known_is_not_there(made, exported):
    assert exported(made.bundle(made.article(title=None)), "ris")[""] == "TY  - ELEC\r\nID  - article\r\nER  - \r\n\r\n"


@given(data=st.data())
def test_no_text_ends_a_record_or_begins_a_tag(made, exported, data):
    hostile = st.one_of(
        made.line, st.sampled_from(["ER  - ", "x\r\nER  - \r\nTY  - BOOK", "TI  - y", "a\u2028ER  - \u0085b"])
    )
    title, note, name = data.draw(hostile), data.draw(hostile), data.draw(made.line)
    theme = made.theme(name)
    about = {"note": note, "themes": (theme.id,)}
    item = made.article(["Some."], [("Some", [], note)], title, about=about, outlet=title, byline=title)
    text = exported(made.bundle(item, made.article(number=2, title="Z"), themes=[theme]), "ris", quotations=True)[""]
    found = rispy.loads(text)
    assert [one["type_of_reference"] for one in found] == ["NEWS" if " ".join(title.split()) else "ELEC", "ELEC"]
    assert (
        found[0].get("title", "") == " ".join(title.replace("\ufffc", " ").split())
        or "\n" in title
        or "\u2028" in title
    )
    assert found[0].get("keywords", [""]) == [" ".join(name.split())]
    assert len(found[0]["notes"]) == (2 if note.strip() else 1)


def test_line_breaks_are_said_to_be_gone(made):
    item = made.article(marks=[("Some", [], "why"), ("text",)], about={"note": "a\nb"})
    said = [str(one) for one in EXPORTER.write(made.bundle(item), {"notes": True, "quotations": True}).left_behind]
    assert said[-1] == "The line breaks of 2 notes and passages: slashes stand there."
