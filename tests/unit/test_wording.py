from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, NotFound
from app.wording import Message, fill


@given(st.text(), st.dictionaries(st.text("abc_", min_size=1), st.one_of(st.text(), st.integers(), st.floats())))
def test_any_template_can_be_shown(template: str, values: dict[str, object]) -> None:
    fill(template, values)


def test_slots_take_their_values() -> None:
    assert fill("{count} of {all_of_them} in “{name}”", {"count": 2, "all_of_them": 3.5, "name": "A > B"}) == (
        "2 of 3.5 in “A > B”"
    )


def test_a_slot_without_a_value_stays() -> None:
    assert fill("{what} and {that}", {"that": "this"}) == "{what} and this"


def test_values_are_never_templates() -> None:
    assert fill("{a}{b}", {"a": "{b}", "b": "{a}"}) == "{b}{a}"


def test_only_plain_names_are_slots() -> None:
    template = "{a.__class__} {a[0]} {0} {} {A} {a!r} {a:>9} {{a}}"
    assert fill(template, {"a": "x"}) == "{a.__class__} {a[0]} {0} {} {A} {a!r} {a:>9} {x}"


def test_a_message_reads_as_its_sentence() -> None:
    assert str(Message("Added {count} articles", {"count": 3})) == "Added 3 articles"
    assert str(Message("Nothing to do")) == "Nothing to do"


def test_an_error_says_what_to_do_next() -> None:
    error = NotFound("There is no article {name}.", "List them with `list`.", name="{hint} 100%")
    assert str(error) == "There is no article {hint} 100%. List them with `list`."
    assert (error.template, error.values) == ("There is no article {name}.", {"name": "{hint} 100%"})
    assert isinstance(error, AppError)
    assert str(AppError("Only this.")) == "Only this."
