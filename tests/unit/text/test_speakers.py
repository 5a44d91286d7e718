"""Whose words a quotation is said to be, and when nobody can tell."""

from __future__ import annotations

import re

import pytest

from app.text.speakers import credit, is_same


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We stop,” said Maria Novak, the director.", "Maria Novak"),
        ("“We stop,” Novak said on Monday.", "Novak"),
        ("“We stop!” Novak told the Courier.", "Novak"),
        ("“We stop,” said the Ukrainian president, Volodymyr Zelensky.", "Volodymyr Zelensky"),
        ("“We stop,” wrote the Harbour Courier in March.", "Harbour Courier"),
        ("“We stop,” according to Ms Novak.", "Ms Novak"),
        ("Maria Novak, the head of Port Authority, said: “We stop.”", "Maria Novak"),
        ("As Anna van der Berg wrote, “we stop”.", "Anna van der Berg"),
        ("According to the Harbour Courier, “we stop”.", "Harbour Courier"),
        ("Brown left. Novak said that “we stop”.", "Novak"),
        ("Maria Novak: “We stop.”", "Maria Novak"),
        ("Ms Novak: “We stop.”", "Ms Novak"),
        ("President Brown: “We stop.”", "President Brown"),
        ("Harbour Courier: “We stop.”", "Harbour Courier"),
        ("We met Maria Novak.\nNovak: “We stop.”", "Novak"),
        ("Novak: “We stop.”\nSo Ms Novak will.", "Novak"),
        ("Lula: “We stop.”\nLula said no more.", "Lula"),
        ("Lula: “We stop.”\nNo more, said Lula.", "Lula"),
        ("Wait, said Maria Novak, who runs the port and has no part in what is said of it: “We stop.”", "Maria Novak"),
        ("So said the director: “We stop.”", ""),
        ("„Wir bleiben“, sagte Anna Weber.", "Anna Weber"),
        ("Novak’s spokesman said “we stop”.", "Novak"),
        # nobody can tell
        ("Novak: “We stop.”", ""),
        ("Warning: “Do not enter.”", ""),
        ("Warning: “Do not enter.”\nWarning: “Keep out.”\nA Warning is a Warning.", ""),
        ("Frage: „Bleiben wir?“\nDas war seine Frage, die letzte Frage.", ""),
        ("Editor’s Note: “We stop.”", ""),
        ("Breaking News: “We stop.”", ""),
        ("The Lighthouse: “We stop.”", ""),
        ("“We stop,” he told Reuters.", ""),
        ("“We stop,” said the minister.", ""),
        ("“We stop,” she said in Hamburg.", ""),
        ("She said “we stop”.", ""),
        ("Officials said “we stop”.", ""),
        ("He was told by Novak that “we stop”.", ""),
        ("“We stop.” Brown said nothing.", ""),
        ("The so-called “stop” in Hamburg.", ""),
    ],
)
def test_the_name_beside_a_verb_of_saying_is_the_speaker(text, name):
    marked = re.search("[“„][^“”]*[”“]", text)
    assert credit(text, marked.span()).name == name


def test_a_quoted_block_is_introduced_above_or_signed_below():
    above = "Ada Lovelace wrote:\nIt weaves.\nSo it does."
    assert credit(above, (20, 30), signed="").name == "Ada Lovelace"
    below = "So it is.\nIt weaves.\n— Ada Lovelace, 1843"
    assert credit(below, (10, 20), signed="Ada Lovelace, 1843").name == "Ada Lovelace"


def test_names_are_the_same_when_a_telling_word_is():
    assert is_same("Maria Novak", "Ms Novak")
    assert not is_same("Maria Novak", "President Brown")
    assert not is_same("President Novak", "President Brown")
    assert not is_same("", "")
