"""Whether a text says what a quotation has it say, and what was altered."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from app.text.sentences import inside_word, words
from app.text.tracing import Source, differences

TEXT = (
    "“We will not stop the cranes,” said Maria Novak. The harbour – closed since\u00a0Tuesday – is quiet.\n"
    "Nobody knows who’ll pay for it; the bill of €3.4 million lies on the mayor’s desk, unopened and unread."
)
SOURCE = Source(TEXT)


def found(*pieces: str) -> str | None:
    trace = SOURCE.verbatim(pieces)
    return TEXT[slice(*trace.span)] if trace else None


def changes(quoted: str, said: str) -> list[tuple[str, str]]:
    return [(quoted[slice(*one.quoted)], said[slice(*one.said)]) for one in differences(quoted, said)]


def test_typography_and_the_case_of_the_first_letter_make_no_difference():
    assert found("we will not stop the cranes") == "We will not stop the cranes"
    assert found("harbour - closed since Tuesday - is quiet") == "harbour – closed since\u00a0Tuesday – is quiet"
    assert found("who'll pay") == "who’ll pay"
    assert found("quiet.   Nobody knows") == "quiet.\nNobody knows"
    assert found("We will Not stop") is None


def test_a_piece_is_made_of_whole_words():
    assert found("arbour") is None
    assert found("the crane") is None


def test_pieces_follow_one_another_in_order():
    assert found("The harbour", "is quiet") == "The harbour – closed since\u00a0Tuesday – is quiet"
    assert found("is quiet", "The harbour") is None
    assert SOURCE.nearly(["is quiet", "The harbour"]).score == 1.0


def test_the_words_of_a_speaker_may_be_broken_off_to_name_him():
    said = "“We stay,” said Ada, who’d know. “Come what may. The cranes – ‘all’ of them – stay too.” “Not I,” he said."
    source = Source(said)

    def passage(quote: str) -> str | None:
        trace = source.verbatim([quote])
        return source.text[slice(*trace.span)] if trace else None

    assert passage("We stay. Come what may") == "We stay,” said Ada, who’d know. “Come what may"
    assert passage("We stay. Come what may. The cranes - “all” of them - stay too") == source.text[1:86]
    assert passage("We stay. The cranes") is None
    assert passage("We stay, come what may! The cranes") is None
    assert passage("stay too. Not I") is None
    assert passage("Come what may, the cranes") is None
    assert passage("? - . We") is None


def test_a_paragraph_that_goes_on_with_the_words_of_a_speaker_opens_them_again():
    source = Source(
        "Ada: “We stay. Come what may.\n“And the cranes stay,” said Ada.\n“Not I,” he said. “Nor I.” “Never.”"
    )

    def passage(quote: str) -> str | None:
        trace = source.verbatim([quote])
        return source.text[slice(*trace.span)] if trace else None

    assert passage("Come what may. And the cranes stay") == "Come what may.\n“And the cranes stay"
    assert passage("We stay. Come what may. And the cranes stay") == source.text[6:50]
    assert passage("Nor I. Never") is None


def test_an_altered_quotation_is_found_where_most_of_it_stands():
    trace = SOURCE.nearly(["We will never stop all the cranes"])
    assert TEXT[slice(*trace.span)] == "We will not stop the cranes"
    assert SOURCE.nearly(["They would rather like to stop some of these cranes now"]) is None
    assert SOURCE.nearly(["not a crane"]) is None


def test_a_long_quotation_is_compared_whole():
    said = " ".join(f"Sentence {number} tells of crane {number * 7} and of nothing else." for number in range(300))
    source = Source(f"{TEXT} {said} {TEXT}")
    quoted = said.replace("crane 1050 ", "train 1050 ").replace("Sentence 290 ", "").replace("nothing", "Nothing", 1)
    trace = source.nearly([quoted])
    assert source.text[slice(*trace.span)].rstrip(".") == said.rstrip(".")
    found = changes(quoted, said)
    assert found[:2] == [("Nothing", "nothing"), ("train", "crane")]
    assert (found[2][0].strip(), found[2][1].strip()) == ("", "Sentence 290")
    assert source.nearly([quoted[:2500] + said[:9000][::-1]]) is None


def test_differences_are_told_word_by_word():
    said = "We will not stop the cranes, ever,"
    assert changes("we will never stop all the cranes", said) == [("never", "not"), ("all", ""), ("", ", ever")]
    assert changes("we will not stop the “cranes”, ever", "We will not stop the ‘cranes’, ever.") == []
    assert changes("", "x") == [("", "x")]


@given(st.data())
def test_any_stretch_of_whole_words_is_found_and_an_altered_one_is_not(data):
    spans = words(TEXT)
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    start, end = spans[first][0], spans[last][1]
    assume(not inside_word(TEXT, start) and not inside_word(TEXT, end))
    quote = TEXT[start:end]
    trace = SOURCE.verbatim([quote])
    assert TEXT[slice(*trace.span)].lower() == quote.lower()
    place = data.draw(st.integers(first, last))
    at = spans[place][0] - start
    altered = f"{quote[:at]}zebra{quote[at + spans[place][1] - spans[place][0] :]}"
    assert SOURCE.verbatim([altered]) is None
    near = SOURCE.nearly([altered])
    if near is not None:
        assert changes(altered, TEXT[slice(*near.span)])
