"""Who signs without a "by" is told by what stands beside the name, and what tells of the author is no article."""

from __future__ import annotations

import pytest

from app.cleaning.phrases import lexicon, tokens
from app.cleaning.scraped import read_scraped
from app.cleaning.signatures import Signature, read_signature

TEXT = (
    "The wall of the harbour that has stood for two hundred years will be raised by a metre, the town said on Tuesday.",
    "Fishermen had asked for it since the storm of 2023, when the sea came over the wall and carried off eleven boats.",
    "It is to be finished before the winter.",
)
TITLE = "Town will raise the wall of its harbour by a metre"
SIGNS = (
    "台北捷運公司今天表示,環狀線自明天起調整離峰班距,由六分鐘縮短為五分鐘。",
    "公司指出,這項措施將試辦三個月,再決定是否延續。",
)


def read(*lines: str):
    return read_scraped("\n".join(lines))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (("Ann Ek", "4 March 2025"), "Ann Ek"),
        (("4 March 2025", "Ann Ek"), "Ann Ek"),
        (("Ann Ek | 3 hours ago",), "Ann Ek"),
        (("Ann Ek | 3 hours ago | 5 min read | 14 Comments",), "Ann Ek"),
        (("Ann Ek", "Senior Economics Correspondent", "4 March 2025"), "Ann Ek"),
        (("By Ann Ek", "Staff Writer"), "Ann Ek"),
        (("The Sea Wall | 3 comments",), None),
    ],
)
def test_who_signs_below_the_title(head, name):
    draft = read(TITLE, *head, *TEXT)
    assert draft.metadata.byline == name
    assert draft.metadata.title == TITLE
    assert draft.body.text.endswith("\n".join(TEXT))
    assert name is None or draft.body.text == "\n".join(TEXT)


def test_a_name_above_its_role_signs_above_the_title_too():
    draft = read("Ann Ek", "Senior Economics Correspondent", "4 March 2025", TITLE, *TEXT)
    assert (draft.metadata.byline, draft.details["role"]) == ("Ann Ek", "Senior Economics Correspondent")


def test_when_is_not_said_by_how_long_ago_it_was():
    assert read(TITLE, "Ann Ek | 3 hours ago", *TEXT).metadata.published is None


@pytest.mark.parametrize(
    ("title", "head", "name", "day"),
    [
        ("台北捷運環狀線明起調整班距", ("2025/04/10 14:22", "記者林怡君／台北報導"), "林怡君", "2025-04-10"),
        ("台北捷運環狀線明起調整班距", ("2025年03月05日 08:30 来源：新华社", "记者 王小明"), "王小明", "2025-03-05"),
        ("台北捷運環狀線明起調整班距", ("林怡君", "2025-04-10 14:22"), "林怡君", "2025-04-10"),
    ],
)
def test_who_signs_in_chinese(title, head, name, day):
    draft = read(title, *head, *SIGNS)
    assert draft.metadata.byline == name
    assert str(draft.metadata.published.day) == day
    assert draft.body.text == "\n".join(SIGNS)


@pytest.mark.parametrize(
    ("code", "line", "name"),
    [
        ("zh", "記者林怡君／台北報導", "林怡君"),
        ("zh", "（記者林怡君、陳大文／台北報導）", "林怡君、陳大文"),
        ("zh", "记者王小明", "王小明"),
        ("zh", "文／王小明", "王小明"),
        ("zh", "本报记者 王小明 通讯员 李四", "王小明"),
        ("zh", "记者手记", None),
        ("zh", "记者从水利部门获悉今年水位回落", None),
        ("zh", "文化部門", None),
        ("ja", "記者会の様子", None),
    ],
)
def test_words_for_by_need_no_space_in_chinese(code, line, name):
    assert read_signature(line, tokens(line), lexicon(code)) == (None if name is None else Signature(name))


@pytest.mark.parametrize(
    "line", ["27/01/2025 18h20  Atualizado há 2 meses", "Publicado em 27/01/2025, atualizado há 3 dias"]
)
def test_a_date_line_may_say_how_long_ago_it_was_changed(line):
    text = (
        "A conta de luz vai ficar mais cara em fevereiro para os consumidores, informou nesta segunda-feira a agência.",
        "O aumento se deve à falta de chuvas no Sudeste, que obrigou o governo a acionar usinas térmicas em janeiro.",
    )
    draft = read("Conta de luz sobe em fevereiro", line, *text)
    assert str(draft.metadata.published.day) == "2025-01-27"
    assert draft.body.text == "\n".join(text)


@pytest.mark.parametrize("note", ["Ann Ek is a writer in Lund", "Ann Ek can be reached at ann.ek@example.org."])
def test_what_tells_of_the_author_is_left_out(note):
    draft = read(TITLE, "By Ann Ek", *TEXT, note)
    assert draft.body.text == "\n".join(TEXT)
    assert note in [piece.text for piece in draft.left_out]


def test_an_article_may_end_with_somebody_else():
    last = "Ben Lowe is the last who fishes there, and he says that he will stay until the wall is finished."
    assert read(TITLE, "By Ann Ek", *TEXT, last).body.text.endswith(last)
