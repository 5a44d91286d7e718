"""What JSON-LD and Markdown say of marks is read again as it was, for any text and any marks on it."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.drafts import Codebook, Draft
from app.importers._base import File, importers
from app.model import BundledArticle, LeftOut
from app.text.body import RUN_KINDS, Piece, Run
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
    spans = draw(st.lists(st.tuples(ends, ends).map(sorted).filter(lambda span: _seen(text[slice(*span)])), max_size=4))
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
def test_notes_come_back_to_the_letter(made, exported, data):
    themes, item = data.draw(marked(made))
    note = _note(exported(made.bundle(item, themes=themes), "markdown"), item)
    found = read("markdown", note)
    (draft,) = (one for one in found if isinstance(one, Draft))
    assert draft.id == item.article.id
    assert draft.body == item.content.body
    assert [(m.id, m.start, m.end, m.quote, m.created, m.modified, m.themes, m.note) for m in draft.marks] == [
        (one.id, one.start, one.end, one.quote, one.created, one.modified, one.themes,
         one.note if one.note.strip() else "")
        for one in item.highlights
    ]  # fmt: skip
    told = {(theme.path, theme.id) for one in found if isinstance(one, Codebook) for theme in one.themes}
    used = {uid for one in item.highlights for uid in one.themes}
    assert used <= {uid for _path, uid in told}
    assert told <= {(one.path, one.id) for one in themes}


@given(data=st.data())
def test_passages_in_a_text_that_somebody_wrote_in_are_looked_for(made, exported, data):
    themes, item = data.draw(marked(made))
    note = _note(exported(made.bundle(item, themes=themes), "markdown"), item)
    (draft,) = (
        one for one in read("markdown", note.replace("%% end text", "Mine.\n\n%% end text")) if isinstance(one, Draft)
    )
    assert holds(draft)
    assert draft.body.text.endswith("Mine.")
    wanted = [(one.id, _seen(one.quote), one.created, one.themes) for one in item.highlights]
    assert [(mark.id, _seen(mark.quote), mark.created, mark.themes) for mark in draft.marks] == wanted


@given(data=st.data())
def test_notes_without_texts_are_a_stub(made, exported, data):
    themes, item = data.draw(marked(made))
    note = _note(exported(made.bundle(item, themes=themes), "markdown", texts=False), item)
    (draft,) = (one for one in read("markdown", note) if isinstance(one, Draft))
    assert draft.stub
    assert holds(draft)
    assert {"".join(_seen(mark.quote)) for mark in draft.marks} == {_seen(one.quote) for one in item.highlights}


def _note(files: dict[str, str], item: BundledArticle) -> str:
    return next(text for name, text in files.items() if item.article.id[:8] in name)


def _seen(quote: str) -> str:
    """Return a quote without white space and soft hyphens, which a text loses on its way through Markdown."""
    return "".join(quote.split()).replace("\xad", "")


ADDRESSES = st.sampled_from(("https://x.org/a_(b)*?c=%20&amp;d", "mailto:a@b.c", "javascript:x", ""))
LETTERS = st.text("ab *_`[]<(.é😀中 -|>#1\\&~=%$^!\t\xa0\xad", max_size=12)
FLAT = st.sampled_from(("paragraph", "heading", "item", "quote", "code", "caption", "rule", "callout", "cell", "image"))


@st.composite
def pieces(draw) -> Piece:
    kind = draw(FLAT)
    text = "" if kind == "rule" else draw(LETTERS)
    small = st.integers(0, 2)
    attributes = {
        "heading": {"level": draw(st.integers(1, 6))},
        "item": {"depth": draw(st.integers(1, 4)), "ordered": draw(st.booleans())},
        "callout": {"label": draw(st.sampled_from(("Note", "a", "", "é 😀")))},
        "cell": {"table": draw(small), "row": draw(small), "column": draw(small), "header": draw(st.booleans())},
        "image": {"alt": draw(LETTERS), "source": "https://x.org/a.png"},
    }.get(kind, {})
    kinds = st.sampled_from(sorted(RUN_KINDS))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), kinds), max_size=3))
    runs = [Run(start, end, run, {"address": draw(ADDRESSES)} if run == "link" else {})
            for start, end, run in spans if start < end]  # fmt: skip
    return Piece(text, kind, attributes, tuple(runs))


@given(st.lists(pieces(), max_size=6), st.booleans())
@example([Piece("one ~~two~~ three", runs=(Run(0, 3, "struck"), Run(12, 17, "struck")))], False)
@settings(max_examples=300)
def test_a_text_of_any_structure_comes_back_to_the_letter(made, exported, of, is_marked):
    lines = [Piece("%% end text %%", "code"), *of] if is_marked else of
    item = made.article(lines)
    (draft,) = read("markdown", _note(exported(made.bundle(item), "markdown"), item))
    assert draft.body == item.content.body


def test_what_was_left_out_comes_back_with_its_runs(made, exported):
    left = (LeftOut("share", "Share this", 0, "item", {"depth": 1, "ordered": False}, (Run(0, 5, "strong"),)),)
    item = made.article()
    item = type(item)(item.article, type(item.content)(item.content.body, left), ())
    (draft,) = read("jsonld", exported(made.bundle(item), "jsonld", texts=True)[""])
    assert draft.left_out == left
