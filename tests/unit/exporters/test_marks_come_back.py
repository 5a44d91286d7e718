"""What JSON-LD and Markdown say of marks is read again as it was, for any text and any marks on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.drafts import Draft
from app.importers._base import File, importers
from app.model import LeftOut
from app.text.body import Run
from tests.marks import codebook, holds


def read(key: str, data: str, name: str = "x") -> list:
    return list(importers()[key].read(File(data.encode(), name, {})))


@st.composite
def marked(draw, made):
    """Return an article of random lines with random marks under random themes."""
    law = made.theme("Law", definition="D", note="n")
    themes = [law, made.theme(draw(made.line.filter(lambda line: line.strip())).strip() or "x", law)]
    lines = draw(made.lines)
    text = "\n".join(lines)
    ends = st.integers(0, len(text))
    spans = draw(
        st.lists(st.tuples(ends, ends).map(sorted).filter(lambda span: text[slice(*span)].strip()), max_size=4)
    )
    notes = st.one_of(st.just(""), made.line)
    marks = [(tuple(span), draw(st.lists(st.sampled_from(themes), unique=True)), draw(notes)) for span in spans]
    return themes, made.article(lines, marks, address="https://x.org/a")


@given(data=st.data())
def test_annotations_come_back_to_the_letter(made, exported, data):
    themes, item = data.draw(marked(made))
    of = made.bundle(item, themes=themes)
    found = read("jsonld", exported(of, "jsonld", texts=True)[""])
    (draft,) = (one for one in found if isinstance(one, Draft))
    assert draft.body == item.content.body
    assert draft.id == item.article.id
    assert [(m.id, m.start, m.end, m.quote, m.prefix, m.suffix, m.created) for m in draft.marks] == [
        (one.id, one.start, one.end, one.quote, one.prefix, one.suffix, one.created) for one in item.highlights
    ]
    assert [(m.themes, m.note) for m in draft.marks] == [
        (one.themes, one.note if one.note.strip() else "") for one in item.highlights
    ]
    assert [(theme.path, theme.id) for theme in codebook(found).themes] == [(one.path, one.id) for one in themes]


@given(data=st.data())
def test_annotations_without_texts_are_a_stub(made, exported, data):
    themes, item = data.draw(marked(made))
    found = read("jsonld", exported(made.bundle(item, themes=themes), "jsonld")[""])
    drafts = [one for one in found if isinstance(one, Draft)]
    assert len(drafts) == bool(item.highlights)
    for draft in drafts:
        assert draft.stub
        assert holds(draft)
        assert {"".join(mark.quote.split()) for mark in draft.marks} == {
            "".join(one.quote.split()) for one in item.highlights
        }


@given(data=st.data())
def test_notes_come_back_with_their_passages(made, exported, data):
    themes, item = data.draw(marked(made))
    files = exported(made.bundle(item, themes=themes), "markdown")
    note = next(text for name, text in files.items() if item.article.id[:8] in name)
    (draft,) = read("markdown", note)
    assert draft.id == item.article.id
    assert holds(draft)
    wanted = [(one.id, _seen(one.quote)) for one in item.highlights]
    assert [(mark.id, _seen(mark.quote)) for mark in draft.marks] == wanted
    for mark, one in zip(draft.marks, item.highlights, strict=True):
        assert len(mark.themes) == len(one.themes)


def _seen(quote: str) -> str:
    """Return a quote without white space and soft hyphens, which a text loses on its way through Markdown."""
    return "".join(quote.split()).replace("\xad", "")


def test_what_was_left_out_comes_back_with_its_runs(made, exported):
    left = (LeftOut("share", "Share this", 0, "item", {"depth": 1, "ordered": False}, (Run(0, 5, "strong"),)),)
    item = made.article()
    item = type(item)(item.article, type(item.content)(item.content.body, left), ())
    (draft,) = read("jsonld", exported(made.bundle(item), "jsonld", texts=True)[""])
    assert draft.left_out == left
