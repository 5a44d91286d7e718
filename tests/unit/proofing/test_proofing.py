"""Checking a draft against the library: what is verbatim, altered, said by another, and not found."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from docx import Document
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.drafts import Draft
from app.errors import ImportFailed
from app.library.articles import Source
from app.library.holdings import Holdings
from app.model import Metadata
from app.proofing.journey import proofread
from app.proofing.proof import Alteration, Claim, Kind, Proof, Verdict
from app.text.body import Body, Piece
from app.workspace import Workspace
from tests.libraries import finished, tables

HARBOUR = (
    "“We will not stop the cranes,” said Maria Novak, who runs the port. “Not until the war is over.”",
    "Trade fell by 45 per cent in March, to 12,500 containers. John Brown, the mayor, left.",
    "The harbour – closed since Tuesday – is quiet, and nobody knows who’ll pay.",
    "“It has to end,” Brown said. “We cannot pay three million euros a week for it.”",
)
QUAY = ("The cranes cost 2 billion dollars.", "Half of the town works there, and the other half waits.")
LINES = (
    "Maria Novak told us: “We will not stop the cranes.” And she said: “Not … the war is over”.",
    "“We will never stop all the cranes,” she said. “Nobody said this anywhere at all.”",
    "John Brown said that “we will not stop the cranes” in March.",
    "Trade fell by 45% to 12 500 containers, at $2bn; 99 cranes stand.",
)
SAID = [
    ("We will not stop the cranes.", "verbatim"),
    ("Not … the war is over", "verbatim"),
    ("We will never stop all the cranes,", "altered"),
    ("Nobody said this anywhere at all.", "not found"),
    ("we will not stop the cranes", "said by another"),
    ("45%", "verbatim"),
    ("12 500", "verbatim"),
    ("$2bn", "verbatim"),
    ("99", "not found"),
]


def put(holdings: Holdings, title: str, outlet: str, *lines: str | Piece) -> None:
    with holdings.library.deed("Article “{title}”", title=title):
        known = Metadata(title, outlet=outlet, language="en")
        holdings.articles.add(Draft(Body.of(lines), known), Source(f"{title}.txt"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace(tmp_path_factory.mktemp("proof") / "library", origin="test") as found:
        put(found.holdings, "Cranes", "Harbour Courier", *HARBOUR)
        put(found.holdings, "Costs", "Quay & Compass", *QUAY)
        yield found


def checked(library: Workspace, *lines: str) -> tuple[Claim, ...]:
    return finished(proofread(library.holdings, library._index, Body.of(lines)))


def verdicts(claims: tuple[Claim, ...]) -> list[tuple[str, str]]:
    return [(one.words, one.verdict.value) for one in claims]


def as_markdown() -> bytes:
    return "\n\n".join(("# My draft", *LINES)).encode()


def as_docx() -> bytes:
    document, target = Document(), io.BytesIO()
    document.add_heading("My draft", 0)
    for line in LINES:
        document.add_paragraph(line)
    document.save(target)
    return target.getvalue()


def as_odt() -> bytes:
    target = io.BytesIO()
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
    )
    lines = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:text><text:h>My draft</text:h>{lines}</office:text>"
            "</office:body></office:document-content>",
        )
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("draft.md", as_markdown()),
        ("draft.docx", as_docx()),
        ("draft.odt", as_odt()),
        ("draft.txt", "\n\n".join(LINES).encode()),
    ],
)
def test_every_quotation_and_figure_of_a_draft_is_looked_up_and_nothing_of_it_is_kept(library, tmp_path, name, data):
    before = tables(library.library.database)
    path = tmp_path / name
    path.write_bytes(data)
    proof: Proof = finished(library.proof(path))
    assert verdicts(proof.claims) == SAID
    assert [one.number for one in proof.claims] == list(range(1, len(SAID) + 1))
    assert (proof.draft, proof.count(Verdict.MISSING)) == (name, 2)
    assert tables(library.library.database) == before


def test_a_claim_tells_the_passage_its_speaker_and_the_citation(library):
    one, *_ = checked(library, LINES[0])
    assert (one.kind, one.speaker, one.context[slice(*one.at)]) == (Kind.QUOTATION, "Maria Novak", one.words)
    witness = one.witness
    text = "\n".join(HARBOUR)
    assert witness.words == text[slice(*witness.span)] == "We will not stop the cranes"
    assert (witness.speaker, witness.article.metadata.title) == ("Maria Novak", "Cranes")
    assert witness.citation == "Harbour Courier, “Cranes”, n.d., paragraph 1"


def test_what_was_altered_is_told_in_the_words_of_both(library):
    one, *_ = checked(library, "“We will stop the big cranes,” she said.")
    assert [(each.what, each.draft, each.library) for each in one.changes] == [
        (Alteration.LEFT_OUT, "", "not"),
        (Alteration.INSERTED, "big", ""),
    ]


@pytest.mark.parametrize(
    ("draft", "verdict", "speaker"),
    [
        ("“We cannot pay three million euros a week,” said John Brown.", "verbatim", "Brown"),
        ("“We cannot pay three million euros a week,” said Maria Novak.", "said by another", "Brown"),
        ("“We cannot pay three million euros a week,” he said.", "verbatim", "Brown"),
        ("“We cannot pay three million euros a week,” the Harbour Courier reported.", "verbatim", "Brown"),
        ("“Half of the town works there,” said John Brown.", "said by another", "Quay & Compass"),
        ("“Half of the town works there,” wrote Quay and Compass.", "verbatim", ""),
        ("As the Evening Post wrote, “the harbour – closed since Tuesday – is quiet”.", "said by another",
         "Harbour Courier"),
        ("“The harbour - closed since Tuesday - is quiet”, said Maria Novak.", "verbatim", ""),
    ],
)  # fmt: skip
def test_words_are_said_by_another_only_when_that_is_plain(library, draft, verdict, speaker):
    (one,) = checked(library, draft)
    assert (one.verdict.value, one.witness and one.witness.speaker) == (verdict, speaker)


@pytest.mark.parametrize("mark", ["> ", ""])
@pytest.mark.parametrize("behind", ["\n{mark}— John Brown", "  \n{mark}— John Brown", " – John Brown"])
def test_the_name_below_or_behind_a_quotation_says_whose_it_is_and_is_no_word_of_it(library, tmp_path, mark, behind):
    path = tmp_path / "draft.md"
    path.write_text(f"{mark}“We will not stop the cranes.”{behind.format(mark=mark)}\n")
    (one,) = finished(library.proof(path)).claims
    assert (one.verdict, one.speaker, one.witness.speaker) == (Verdict.ANOTHER, "John Brown", "Maria Novak")
    assert one.words.rstrip(".") == "We will not stop the cranes"


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Trade fell by forty-five percent.", "verbatim"),
        ("Trade fell by 45 drones.", "not found"),
        ("The weather improved by 45%.", "elsewhere"),
        ("There were 12.5 thousand containers.", "verbatim"),
        ("The cranes cost two billion.", "verbatim"),
        ("The cranes cost €2bn.", "not found"),
        ("A week costs €3m.", "verbatim"),
        ("The weather improved by 54%.", "not found"),
    ],
)
def test_a_figure_needs_its_value_and_a_word_of_its_sentence(library, draft, expected):
    (one,) = checked(library, draft)
    assert (one.kind, one.verdict.value) == (Kind.FIGURE, expected)
    assert bool(one.places) == (expected != "not found")


def test_a_figure_in_another_context_is_told_with_its_places(workspace):
    for place in ("Berlin", "Kiel"):
        put(workspace.holdings, place, "Kurier", f"Rund 42 Prozent wollen das in {place}. Sie zahlt 42 Euro.")
    (one,) = checked(workspace, "Es sind 42 % der Leute.")
    assert (one.verdict, [each.words for each in one.places]) == (Verdict.ELSEWHERE, ["42 Prozent"] * 2)
    assert {each.article.metadata.title for each in one.places} == {"Berlin", "Kiel"}
    (one,) = checked(workspace, "Es sind 42 Dollar.")
    assert (one.verdict, one.places) == (Verdict.MISSING, ())


def test_a_half_is_part_of_its_figure_in_the_draft_and_in_the_library(workspace):
    forms = {"rails": "3½ billion", "tunnels": "3 ½ billion", "stations": "3 1/2 billion", "bridges": "3.5bn"}
    forms |= {"ferries": "three and a half billion", "quays": "3 and a half billion"}
    for what, figure in forms.items():
        put(workspace.holdings, what, "Courier", f"The {what} cost {figure} euros.")
    for what in forms:
        for words in ("3½ billion", "3.5 billion", "three and a half billion"):
            (one,) = checked(workspace, f"Some {words} for the {what}.")
            assert (one.words, one.verdict, one.witness.article.metadata.title) == (words, Verdict.VERBATIM, what)
        (other,) = checked(workspace, f"Some 3 billion for the {what}.")
        assert other.verdict is Verdict.MISSING


def test_the_numbers_of_a_range_are_found_where_they_stand_apart(workspace):
    put(workspace.holdings, "Loans", "Courier", "Between $3bn and $4bn was lent to the port.")
    claims = checked(workspace, "Some $3–4 billion was lent.")
    assert verdicts(claims) == [("$3", "verbatim"), ("4 billion", "verbatim")]


def test_a_quotation_in_one_that_is_found_is_not_looked_up_again(library):
    claims = checked(library, "“The harbour ‘closed since Tuesday’ – is lost at sea and never comes back to us”")
    assert verdicts(claims)[1] == ("closed since Tuesday", "verbatim")
    (one,) = checked(library, "“‘We will not stop the cranes,’ said Maria Novak, who runs the port.”")
    assert one.verdict is Verdict.VERBATIM


def test_what_one_article_plainly_says_counts_more_than_what_another_leaves_open(workspace):
    quote = "“The map has lost its safe corner for ever.”"
    signed = [
        Piece(quote, "quote"),
        Piece("Commander Ada Quill, retired attaché", "quote"),
        "It rained on the harbour.",
    ]
    put(workspace.holdings, "Open", "Open", f"A speaker in the hall said: {quote}", "It rained.", "Paul Black slept.")
    draft = "“The map has lost its safe corner for ever,” said Paul Black."
    assert [one.verdict for one in checked(workspace, draft)] == [Verdict.VERBATIM]
    put(workspace.holdings, "Signed", "Signed", *signed, "Paul Black was there, too.")
    (one,) = checked(workspace, draft)
    assert (one.verdict, one.witness.speaker) == (Verdict.ANOTHER, "Commander Ada Quill")


def test_the_article_where_the_speaker_says_it_is_preferred(workspace):
    for number in range(20):
        put(workspace.holdings, f"Echo {number}", "Echo", "“We have always kept our word here,” said Ann Green.")
    put(workspace.holdings, "Origin", "Origin", "“We have always kept our word here,” said Paul Black at length. " * 2,
        *("Many other words stand in this article, and none of them matters." for _ in range(40)))  # fmt: skip
    (one,) = checked(workspace, "“We have always kept our word here,” said Paul Black.")
    assert (one.verdict, one.witness.article.metadata.title) == (Verdict.VERBATIM, "Origin")


TEXT = "\n".join(HARBOUR[1:3])
SPANS = [found.span() for found in re.finditer(r"[^\W\d]+(?:’[^\W\d]+)?|[\d,]+\d", TEXT)]
EVERYTHING = " ".join((*HARBOUR, *QUAY)).lower()
STRETCHES = st.tuples(st.integers(0, len(SPANS) - 1), st.integers(0, len(SPANS) - 1)).map(sorted)
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(STRETCHES)
def test_any_stretch_of_an_article_in_marks_is_verbatim(library, stretch):
    quote = TEXT[SPANS[stretch[0]][0] : SPANS[stretch[1]][1]].replace("\n", " ")
    claims = checked(library, f"He said “{quote}” again.")
    assert verdicts(claims) == [(quote, "verbatim")]


@MANY
@given(STRETCHES, st.data())
def test_an_altered_stretch_is_never_verbatim(library, stretch, data):
    first, last = SPANS[stretch[0]][0], SPANS[stretch[1]][1]
    start, end = SPANS[data.draw(st.integers(*stretch))]
    word = data.draw(st.sampled_from(["", "zebra", "not", "the", "harbour", "45", "Tuesday", "quiet quiet"]))
    assume(word != TEXT[start:end])
    quote = f"{TEXT[first:start]}{word}{TEXT[end:last]}".replace("\n", " ")
    assume(quote.strip(" –,.") and quote.strip(" –,.").lower() not in EVERYTHING)
    claims = checked(library, f"He said “{quote}” again.")
    assert all(one.verdict in {Verdict.ALTERED, Verdict.MISSING} for one in claims)
    assert all(one.changes for one in claims if one.verdict is Verdict.ALTERED)


def test_a_row_of_digits_without_end_is_no_figure(library):
    claims = checked(library, f"The key is {'7' * 5000}, and {'7' * 29}; 99 cranes stand.")
    assert verdicts(claims) == [("99", "not found")]


def test_a_draft_without_claims_has_an_empty_report(library, tmp_path):
    path = tmp_path / "draft.md"
    path.write_text("# Nothing\n\nNothing is quoted here.\n")
    assert finished(library.proof(path)).claims == ()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("draft.md", b"", "draft.md is empty."),
        ("draft.docx", as_docx()[:2000], "damaged"),
        ("draft.docx", None, "draft.docx is not there."),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(library, tmp_path, name, data, sentence):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ImportFailed) as caught:
        finished(library.proof(path))
    assert sentence in str(caught.value)


def test_ten_thousand_quotations_are_looked_up_and_progress_is_told(library):
    some = [f"He said “we will not stop the cranes {number}”, and “the harbour {number}”." for number in range(50)]
    journey = proofread(library.holdings, library._index, Body.of(some * 100))
    told = []
    while True:
        try:
            told.append(next(journey))
        except StopIteration as end:
            claims = end.value
            break
    assert len(claims) == 10_000
    assert {one.total for one in told} == {0, 10_000}
    assert [one.done for one in told] == sorted(one.done for one in told)
