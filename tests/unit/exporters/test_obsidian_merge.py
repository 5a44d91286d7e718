from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters._obsidian import merge

yaml = pytest.importorskip("yaml")
OLD = """---
title: "Old"
tags:
  - "theme/war"
  - mine
# my own remark
rating: 5
aliases: [a, b]
tone: "grim"
---

# My own heading

Before.

%% begin annotations %%

old

%% end annotations %%

After.
"""
NEW = """---
title: "New: title"
tags:
  - "theme/peace"
outlet: "O"
---

# New

%% begin annotations %%

new

%% end annotations %%

%% begin text %%

text

%% end text %%
"""


def merged(old: str, new: str = NEW) -> str:
    return merge(old.encode(), new.encode()).decode()


def test_only_our_parts_and_properties_change():
    assert (
        merged(OLD)
        == """---
title: "New: title"
tags:
  - "theme/peace"
  - "mine"
# my own remark
rating: 5
aliases: [a, b]
tone: "grim"
outlet: "O"
---

# My own heading

Before.

%% begin annotations %%

new

%% end annotations %%

After.

%% begin text %%

text

%% end text %%
"""
    )


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "mine",
            "---",
            "%% begin annotations %%",
            "%% end annotations %%",
            "%% begin text %%",
            "title: x",
            "tags: a",
            "> q",
        ]
    )
)


@given(LINES.map("\n".join))
def test_a_second_time_changes_nothing(old):
    once = merged(old)
    assert merged(once) == once


@given(LINES.map("\n".join))
def test_nothing_is_lost_but_what_stood_in_our_parts(old):
    lines = old.split("\n")
    ends = [number for number, line in enumerate(lines) if line == "%% end annotations %%"]
    begins = [number for number, line in enumerate(lines) if line == "%% begin annotations %%"]
    part = next(((max(b for b in begins if b < end), end) for end in ends if any(b < end for b in begins)), (0, 0))
    outside = [*lines[: part[0]], *lines[part[1] :]]
    assert merged(old).split("\n").count("mine") >= outside.count("mine")


def test_what_we_wrote_comes_back_as_it_was():
    assert merged(NEW) == NEW
    assert merged("", NEW) == NEW
    assert merged("\n \n", NEW) == NEW


def test_a_part_whose_marks_are_gone_goes_to_the_end():
    result = merged("Only mine.")
    assert result.startswith('---\ntitle: "New: title"\n')
    assert "\n\nOnly mine.\n\n%% begin annotations %%\n\nnew\n" in result


def test_a_broken_part_swallows_nothing():
    old = "%% begin annotations %%\nmine, below a mark whose end is gone\n"
    once = merged(old)
    assert "mine, below a mark" in once
    assert "mine, below a mark" in merged(once)
    assert merged(once).count("\nnew\n") == 1


def test_the_line_ends_and_the_mark_of_a_file_stay():
    old = "\ufeff" + OLD.replace("\n", "\r\n")
    result = merged(old)
    assert result.startswith('\ufeff---\r\ntitle: "New: title"\r\n')
    assert "\n" not in result.replace("\r\n", "")


def test_what_is_no_text_goes_through():
    assert b"\xff\xfe mine" in merge(b"\xff\xfe mine", NEW.encode())


def test_tags_in_every_way_of_writing_them_are_kept():
    for tags in ("tags: [mine, theme/war]", "tags: mine, theme/war", "tags:\n- mine\n- theme/war", 'tags: "#mine"'):
        head = merged(f"---\n{tags}\n---\n").split("\n---\n")[0]
        assert [tag.removeprefix("#") for tag in yaml.safe_load(head)["tags"]] == ["theme/peace", "mine"]


def test_properties_that_cannot_be_read_stay():
    result = merged("---\ntags: [a, b\ntitle: 'x: y'\n---\nText")
    assert "tags: [a, b\n" in result
