"""What `merge` says of a library that was one with ours once."""

from __future__ import annotations

import shutil


def test_merge_tells_what_it_puts_on_things_that_are_here(ask, run, tmp_path):
    here, there = str(tmp_path / "here"), str(tmp_path / "there")
    file = tmp_path / "bridge.md"
    file.write_text("# A bridge reopens\n\nThe café at its foot serves coffee again.\n", encoding="utf-8")
    (added,) = ask("import", "--library", here, str(file))["added"]
    marked = ask("highlight", "--library", here, added["id"], "--quote", "coffee")["id"]
    shutil.copytree(here, there)
    ask("retheme", "--library", there, marked, "--add", "Drinks")
    addition = {"kind": "highlight", "name": "coffee", "field": "theme", "before": "", "after": "Drinks"}
    looked = ask("merge", "--library", here, there, "--preview")
    assert (looked["themes"], looked["highlights"], looked["added"]) == (1, 0, [addition])
    assert "highlight “coffee”, theme: + “Drinks”" in run("merge", "--library", here, there).out.splitlines()
    assert ask("merge", "--library", here, there)["added"] == []
