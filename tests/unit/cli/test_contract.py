"""The contract of the command line: what each command takes and answers, and how it ends."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def test_import_answers_with_what_became_of_each_file(run, tmp_path):
    good, empty = tmp_path / "good.md", tmp_path / "empty.txt"
    good.write_text("# Tides\n\nThe tide comes in twice a day, and nobody in the harbour looks up.\n", encoding="utf-8")
    empty.write_bytes(b"")
    said = run("import", "--json", str(good), str(empty), str(tmp_path / "missing.txt"))
    assert said.code == 3
    answer = said.json
    assert set(answer) >= {"added", "updated", "duplicates", "skipped", "failed", "seconds"}
    assert [Path(one["source"]).name for one in answer["added"]] == ["good.md"]
    assert answer["added"][0]["title"] == "Tides"
    assert {Path(one["source"]).name: bool(one["error"]) for one in answer["failed"]} == {
        "empty.txt": True,
        "missing.txt": True,
    }
    again = run("import", "--json", str(good))
    assert again.code == 0
    assert again.json["added"] == []
    assert [one["id"] for one in again.json["duplicates"]] == [answer["added"][0]["id"]]


def test_import_tells_what_is_in_when_the_disk_fails(run, ask, tmp_path):
    resource = pytest.importorskip("resource")
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        words = (f"tide{number}x{word % 1_500} harbour" for word in range(4_000))
        (folder / f"{number:02}.md").write_text(f"# Tides {number}\n\n{' '.join(words)}.\n", encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, before[1]))
    try:
        said = run("import", str(folder))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert said.code == 1
    assert "disk" in said.err
    added = [line for line in said.out.splitlines() if line.startswith("added  ")]
    assert 0 < len(added) < 60
    assert ask("stats")["articles"] == len(added)


def test_import_cuts_a_document_into_its_articles_and_knows_them_again(run, ask):
    words = ("import", str(ROOT / "tests" / "data" / "imports" / "wall-pandoc.docx"), "--option")
    added = ask(*words, "split=headings")["added"]
    assert [one["title"] for one in added] == ["The Sea Wall Is Too Low", "What it costs", "Other harbours"]
    assert [one["source"].split("wall-pandoc.docx/")[1] for one in added] == [
        f"00{number} {one['title']}" for number, one in enumerate(added, 1)
    ]
    again = ask(*words, "split=headings")
    assert (again["added"], again["updated"]) == ([], [])
    assert {one["id"] for one in again["duplicates"]} == {one["id"] for one in added}
    said = run(*words, "pattern=zzz", "--json")
    assert said.code == 3
    assert said.json["failed"][0]["error"].startswith("“zzz” is found nowhere in this file.")


def test_import_says_which_highlights_lost_their_passages(run, ask, tmp_path):
    path = tmp_path / "tides.md"
    text = "# Tides\n\nThe tide comes in twice a day.\n\nA clerk has written down its height every morning since.\n"
    path.write_text(text, encoding="utf-8")
    (taken,) = ask("import", str(path))["added"]
    for quote in ("twice a day", "The tide"):
        ask("highlight", taken["id"], "--quote", quote)
    path.write_text(text.replace("The tide comes in twice a day.", "It rises."), encoding="utf-8")
    assert "orphaned  Tides: 2 highlights lost their passages" in run("import", str(path)).out.splitlines()


def test_list_and_show(ask, article):
    listed = ask("list")
    assert listed["total"] == 1
    (row,) = listed["articles"]
    assert set(row) >= {"id", "title", "byline", "outlet", "published", "language", "words", "state", "highlights"}
    assert row["title"] == "A bridge reopens"
    assert row["byline"] == "Ada Marlow"
    assert row["published"] is None
    shown = ask("show", article[:8])
    assert "Share this story" not in shown["text"]
    assert "Share this story" in [piece["text"] for piece in shown["left_out"]]
    assert shown["text"] == "\n".join(shown["text"][block["start"] : block["end"]] for block in shown["blocks"])
    assert shown["origins"]["title"] == "stated"


def test_a_highlight_by_quote_and_by_span(ask, article):
    text = ask("show", article)["text"]
    by_quote = ask("highlight", article, "--quote", "the mayor 🌉, who", "--theme", "Voices", "--note", "= a *note*")
    assert by_quote["quote"] == "the mayor 🌉, who" == text[by_quote["start"] : by_quote["end"]]
    assert by_quote["themes"] == ["Voices"]
    assert by_quote["note"] == "= a *note*"
    by_span = ask("highlight", article, "--start", "4", "--end", "14", "--theme", "People > Bakers")
    assert by_span["quote"] == text[4:14]
    assert [theme["path"] for theme in ask("theme", "list")["themes"]] == [
        ["Voices"],
        ["People"],
        ["People", "Bakers"],
    ]
    assert len(ask("show", article)["highlights"]) == 2
    second = ask("highlight", article, "--quote", "the ", "--nth", "2")
    first = ask("highlight", article, "--quote", "the ", "--nth", "1")
    assert first["start"] < second["start"]


def test_marks_are_changed_and_removed(ask, run, article):
    mark = ask("highlight", article, "--quote", "forty-one", "--theme", "Figures")
    changed = ask("retheme", mark["id"][:10], "--add", "Stones", "--remove", "Figures")
    assert changed["themes"] == ["Stones"]
    assert ask("note", mark["id"], "- a list\n- of two")["note"] == "- a list\n- of two"
    assert ask("highlights")["highlights"][0]["id"] == mark["id"]
    ask("unhighlight", mark["id"])
    assert ask("highlights")["total"] == 0
    assert run("unhighlight", mark["id"]).code == 1


def test_edit_makes_values_mine_and_refuses_what_is_none(ask, run, article):
    ask("attribute", "add", "Tone", "--kind", "choice", "--choice", "warm", "--choice", "cool")
    shown = ask(
        "edit", article, "--outlet", "Harbour Post", "--published", "2025-03", "--state", "read", "--set", "Tone=warm"
    )
    assert (shown["outlet"], shown["published"], shown["state"]) == ("Harbour Post", "2025-03", "read")
    assert shown["origins"]["outlet"] == "mine"
    assert shown["attributes"] == {"Tone": "warm"}
    for words in (("--published", "2025-02-30"), ("--state", "lost"), ("--set", "Tone=hot"), ("--set", "Mood=low")):
        said = run("edit", article, *words)
        assert (said.code, said.out) == (1, "")
        assert len(said.err.strip().splitlines()) == 1
    assert ask("show", article)["published"] == "2025-03"
    assert ask("edit", article, "--outlet", "")["outlet"] is None


def test_keep_and_leave_out_are_inverse(ask, article):
    before = ask("show", article)
    number = next(piece["number"] for piece in before["left_out"] if piece["text"] == "Share this story")
    kept = ask("keep", article, str(number))
    assert "Share this story" in kept["text"].split("\n")
    block = next(
        one["number"] for one in kept["blocks"] if kept["text"][one["start"] : one["end"]] == "Share this story"
    )
    cut = ask("leave-out", article, str(block))
    assert cut["text"] == before["text"]
    assert sorted(piece["text"] for piece in cut["left_out"]) == sorted(piece["text"] for piece in before["left_out"])


def test_search_answers_with_excerpts_and_spans(ask, article):
    ask(
        "highlight", article, "--quote", "forty-one of its ninety stones", "--theme", "Figures", "--note", "count again"
    )
    answer = ask("search", "coffee")
    assert set(answer) >= {"query", "explained", "total", "hits", "facets", "suggestion", "ms", "pending"}
    (hit,) = answer["hits"]
    assert hit["id"] == hit["article"] == article
    assert [hit["excerpt"][start:end] for start, end in hit["spans"]] == ["coffee"]
    in_title = ask("search", "reopens")["hits"][0]
    assert in_title["spans"]
    passages = ask("search", "--passages", "forty")
    assert passages["hits"][0]["article"] == article
    assert passages["hits"][0]["id"] != article
    for query in ("note:again", "theme:figures", "figures", "count"):
        assert ask("search", "--passages", query)["total"] == 1, query
    assert ask("search", "theme:figures", "-coffee")["total"] == 0
    assert ask("search", "-coffee")["total"] == 0
    assert ask("search", "-zebra")["total"] == 1


def test_a_tree_of_themes(ask, run):
    ask("theme", "add", "War/Peace: a, b")
    ask("theme", "add", "Talks", "--under", "War/Peace: a, b", "--colour", "#2F7FB8", "--definition", "who meets whom")
    ask("theme", "add", "Drones")
    assert ask("theme", "edit", "Talks", "--name", "Meetings")["path"] == ["War/Peace: a, b", "Meetings"]
    assert ask("theme", "move", "Meetings", "--under", "Drones")["path"] == ["Drones", "Meetings"]
    assert run("theme", "move", "Drones", "--under", "Meetings").code == 1
    assert run("theme", "add", "drones").code == 1
    assert run("theme", "add", "X", "--colour", "red").code == 1
    ask("theme", "merge", "Meetings", "War/Peace: a, b")
    ask("theme", "delete", "Drones")
    assert [one["name"] for one in ask("theme", "list")["themes"]] == ["War/Peace: a, b"]


def test_collections(ask, run, article):
    mark = ask("highlight", article, "--quote", "the third arch")
    ask("collection", "add", "To write")
    put = ask("collection", "put", "to write", article, mark["id"][:12])
    assert put["items"] == [article, mark["id"]]
    assert ask("collection", "take", "To write", article)["items"] == [mark["id"]]
    ask("collection", "add", "Coffee", "--query", "coffee")
    assert run("collection", "put", "Coffee", article).code == 1
    assert ask("search", "in:coffee")["total"] == 1
    assert [one["name"] for one in ask("collection", "list")["collections"]] == ["To write", "Coffee"]
    ask("collection", "delete", "Coffee")
    assert run("collection", "delete", "Coffee").code == 1


def test_a_collection_is_written_between_its_things_and_put_in_order(ask, run, article):
    mark = ask("highlight", article, "--quote", "the third arch")["id"]
    ask("collection", "add", "To write")
    ask("collection", "put", "To write", article, mark)
    head = ask("collection", "write", "to write", "Part one", "--level", "1", "--before", article[:8])
    assert [one["text"] for one in head["interludes"]] == ["Part one"]
    heading = head["interludes"][0]["id"]
    assert head["sequence"] == [heading, article, mark]
    text = ask("collection", "write", "To write", "- and *then*")["interludes"][-1]
    assert (text["level"], text["text"]) == (0, "- and *then*")
    ordered = ask("collection", "order", "To write", mark[:8], text["id"], heading)
    assert ordered["sequence"] == [mark, text["id"], heading, article]
    assert ordered["items"] == [mark, article]
    assert ask("collection", "take", "To write", heading)["sequence"] == [mark, text["id"], article]
    for words in (
        ("write", "To write", " "),
        ("write", "To write", "x", "--level", "4"),
        ("write", "To write", "x", "--before", heading),
        ("write", "Nothing", "x"),
        ("order", "To write", "feedbeef"),
        ("order", "To write", "a"),
    ):
        said = run("collection", *words)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1), words


def test_a_private_note_stays_home(ask, run, article, tmp_path):
    mark = ask("highlight", article, "--quote", "the third arch")["id"]
    assert ask("note", mark, "for me alone", "--private")["private"] is True
    assert ask("note", mark, "for me, still")["private"] is True
    assert ask("note", article, "of the whole")["private"] is False
    said = run("note", article, "mine", "--private").out
    assert "stays home" in said
    target = tmp_path / "all.json"
    answer = ask("export", str(target), "--format", "json")
    assert answer["left_behind"] == ["2 private notes."]
    assert "for me" not in target.read_text(encoding="utf-8")
    assert ask("export", str(target), "--format", "json", "--private")["left_behind"] == []
    assert "for me, still" in target.read_text(encoding="utf-8")
    assert ask("undo", "2")["undone"] == ["Note on an article"] * 2
    assert ask("note", mark, "for all", "--public")["private"] is False
    assert ask("export", str(target), "--format", "json")["left_behind"] == []


def test_articles_are_exported_by_their_ids_and_with_marks_alone(ask, run, article, tmp_path):
    file = tmp_path / "tides.md"
    file.write_text("# Tides\n\nThe tide comes in twice a day, and nobody looks up.\n", encoding="utf-8")
    (added,) = ask("import", str(file))["added"]
    ask("highlight", article, "--quote", "the third arch")
    target = str(tmp_path / "some.json")
    assert ask("export", target, "--format", "json", "--article", added["id"][:8])["highlights"] == 0
    assert ask("export", target, "--format", "json", "--article", added["id"], "--article", article)["articles"] == 2
    assert ask("export", target, "--format", "json", "--marked")["articles"] == 1
    assert ask("export", target, "--format", "json", "--query", "tide", "--marked")["articles"] == 0
    assert run("export", target, "--format", "json", "--article", "feedbeef").code == 1
    assert run("export", target, "--format", "json", "--article", article, "--query", "tide").code == 1


def test_the_passages_that_a_query_finds_are_exported_alone(ask, run, article, tmp_path):
    for quote in ("the third arch", "the mayor"):
        ask("highlight", article, "--quote", quote)
    target = str(tmp_path / "some.json")
    assert ask("export", target, "--format", "json", "--query", "mayor")["highlights"] == 2
    assert ask("export", target, "--format", "json", "--query", "mayor", "--passages")["highlights"] == 1
    ask("collection", "add", "Mayors", "--query", "mayor")
    assert ask("export", target, "--format", "json", "--collection", "Mayors", "--passages")["highlights"] == 1
    assert "no search" in run("export", target, "--format", "json", "--passages").err


def test_a_library_leaves_as_json_and_comes_back(ask, article, tmp_path):
    mark = ask("highlight", article, "--quote", "the mayor 🌉", "--theme", "Voices")
    target, other = tmp_path / "all.json", str(tmp_path / "other")
    ask("export", str(target), "--format", "json")
    assert [one["id"] for one in ask("import", "--library", other, str(target))["added"]] == [article]
    assert ask("highlights", "--library", other)["highlights"] == [mark]


def test_a_schema_is_printed(ask, run):
    assert ask("formats", "--schema", "json")["properties"]["format"] == {"const": "commonplace"}
    assert json.loads(run("formats", "--schema", "json").out) == ask("formats", "--schema", "json")
    assert run("formats", "--schema", "csv").code == 1


def test_undo_redo_and_history(ask, run, article):
    ask("highlight", article, "--quote", "the third arch", "--theme", "Stones")
    steps = ask("history")["steps"]
    assert [step["state"] for step in steps] == ["done", "done"]
    both = run("undo", "2", "--step", str(steps[0]["number"]))
    assert (both.code, "not both" in both.err) == (2, True)
    assert ask("undo", "2")["undone"] == [step["label"] for step in steps]
    assert ask("list")["total"] == 0
    assert ask("search", "coffee")["total"] == 0
    assert run("undo").code == 1
    assert ask("redo", "2")["redone"] == [step["label"] for step in reversed(steps)]
    assert ask("show", article)["highlights"][0]["themes"] == ["Stones"]
    assert ask("search", "coffee")["total"] == 1


@pytest.mark.parametrize("key", ["markdown", "csv", "jsonld", "html", "json", "hypothesis"])
def test_export_writes_where_it_says(ask, article, tmp_path, key):
    ask("highlight", article, "--quote", "the third arch", "--theme", "Stones")
    target = tmp_path / "new" / "folder" / "out"
    answer = ask("export", str(target), "--format", key)
    assert (answer["articles"], answer["highlights"]) == (1, 1)
    assert answer["written"]
    assert all(Path(path).is_file() for path in answer["written"])
    first = {path: Path(path).read_bytes() for path in answer["written"]}
    again = ask("export", str(target), "--format", key)
    assert {path: Path(path).read_bytes() for path in again["written"]} == first


def test_cite_gives_the_citation_of_an_article_and_the_quotation_of_a_highlight(ask, run, article):
    whole = ask("cite", article[:8])
    assert whole == {
        "id": article, "style": "house", "citation": "Ada Marlow, “A bridge reopens”, n.d.", "quotation": None,
    }  # fmt: skip
    mark = ask("highlight", article, "--quote", "forty-one")["id"]
    said = ask("cite", mark[:12], "--style", "apa")
    assert said["citation"] == "Marlow, A. (n.d.). A bridge reopens."
    assert said["quotation"].startswith("“forty-one” (Marlow, n.d., para. ")
    assert (said["id"], said["style"]) == (mark, "apa")
    assert run("cite", mark, "--style", "apa").out.rstrip("\n") == said["quotation"]
    refused = run("cite", mark, "--style", "vancouver")
    assert (refused.code, refused.out) == (1, "")
    assert "house, apa, chicago, mla, harvard" in refused.err
    assert run("cite", "zzzz").code == 1


def test_export_refuses_in_one_sentence(ask, run, article, tmp_path):
    for words in (
        ("--format", "papyrus"),
        ("--format", "csv", "--option", "rows=zigzag"),
        ("--format", "csv", "--option", "nonsense"),
        ("--format", "csv", "--theme", "None such"),
        ("--format", "csv", "--query", "a", "--theme", "b"),
        ("--format", "docx", "--option", "group=attribute", "--option", "attribute=Tome"),
    ):
        said = run("export", str(tmp_path / "x.csv"), *words)
        assert (said.code, said.out) == (1, ""), words
        assert len(said.err.strip().splitlines()) == 1
    assert not (tmp_path / "x.csv").exists()


def test_formats_stats_check_backup_restore(ask, article):
    formats = ask("formats")
    assert {one["key"] for one in formats["importers"]} >= {"text", "html", "markdown"}
    assert {one["key"] for one in formats["exporters"]} >= {"markdown", "csv", "jsonld", "html"}
    assert ask("stats")["articles"] == 1
    assert ask("check", "--deep") == {"ok": True, "problems": [], "repaired": [], "notes": []}
    saved = ask("backup")["backup"]
    ask("remove", article)
    assert ask("list")["total"] == 0
    ask("restore", saved)
    assert ask("list")["articles"][0]["id"] == article
    assert ask("search", "coffee")["total"] == 1


def test_merge_takes_in_another_library(ask, article, tmp_path):
    other = str(tmp_path / "other")
    file = tmp_path / "tides.md"
    file.write_text("# Tides\n\nThe tide comes in twice a day, and nobody looks up.\n", encoding="utf-8")
    (added,) = ask("import", "--library", other, str(file))["added"]
    ask("highlight", "--library", other, added["id"], "--quote", "twice a day", "--theme", "Water")
    looked = ask("merge", other, "--preview")
    assert (looked["preview"], looked["articles"], looked["highlights"], looked["changed"]) == (True, 1, 1, [])
    assert ask("list")["total"] == 1
    assert ask("merge", other)["articles"] == 1
    assert ask("list")["total"] == 2
    assert ask("search", "--passages", "theme:water")["total"] == 1
    assert ask("merge", other)["articles"] == 0


def test_removal_for_good_leaves_no_word(ask, run, article, monkeypatch, tmp_path):
    ask("backup")
    ask("remove", article, "--for-good")
    assert ask("list")["total"] == 0
    assert run("undo").code == 1
    for path in Path(os.environ["COMMONPLACE_LIBRARY"]).rglob("*"):
        assert not path.is_file() or b"third arch" not in path.read_bytes(), path


def test_library_and_json_stand_anywhere_after_the_first_word(run, tmp_path):
    folder = str(tmp_path / "elsewhere")
    assert run("theme", "--library", folder, "add", "N", "--json").json["name"] == "N"
    assert run("theme", "add", "--json", "M", "--library", folder).json["name"] == "M"
    assert run("theme", "list", f"--library={folder}", "--json").json["themes"]
    assert run("search", "--library", folder, "-drone", "--json").json["total"] == 0
    assert run("search", "-drone", "-war", "--library", folder, "--json").json["query"] == "-drone -war"
    assert run("theme", "--json", "add", "-x", "--library", folder).json["name"] == "-x"


def test_wrong_usage_ends_with_2_and_a_library_that_is_not_there_with_1(run, tmp_path):
    assert run("search", "--nonsense", "x").code == 2
    assert run("frobnicate").code == 2
    assert run("highlight").code == 2
    said = run("list", "--library", str(tmp_path / "nowhere"))
    assert (said.code, said.out) == (1, "")
    assert not (tmp_path / "nowhere").exists()
    assert run("show", "abcdef12", "--library", str(tmp_path / "nowhere")).code == 1


def test_a_person_gets_lines_and_a_program_one_object(run, ask, article):
    assert run("list").out.count("\n") == 1
    assert "A bridge reopens" in run("show", article).out
    json.loads(run("list", "--json").out)


def test_the_real_program_speaks_utf8_in_any_locale(tmp_path, article):
    command = [sys.executable, "-m", "app", "list", "--json", "--library", "nowhere-é"]
    ended = subprocess.run(command, cwd=ROOT, env={"LC_ALL": "C", "PATH": ""}, capture_output=True)
    assert ended.returncode == 1
    assert ended.stdout == b""
    assert "é" in ended.stderr.decode("utf-8")
    assert ended.stderr.count(b"\n") == 1


def test_minus_signs_are_words_of_a_query(run, article):
    for query in ("-", "---", "-" * 2000, "-- -"):
        said = run("search", "--json", query)
        assert said.code == 0, query
        assert said.json["total"] == 1
    assert run("search", "--nonsense" * 1000).err.count("nonsense") < 10


def test_an_attribute_is_changed_with_the_values_of_articles(ask, run, article):
    ask("attribute", "add", "Tone", "--kind", "choice", "--choice", "warm", "--choice", "cool")
    ask("edit", article, "--set", "Tone=warm")
    changed = ask("attribute", "edit", "Tone", "--name", "Voice", "--definition", "How it is said.", "--rename", "warm",
                  "mild", "--choice", "cold", "--drop", "cool")  # fmt: skip
    assert (changed["name"], changed["definition"], changed["choices"]) == (
        "Voice",
        "How it is said.",
        ["mild", "cold"],
    )
    assert ask("show", article)["attributes"] == {"Voice": "mild"}
    said = run("attribute", "edit", "Voice", "--drop", "mild")
    assert (said.code, said.out) == (1, "")
    assert "“mild”" in said.err
    ask("undo")
    assert ask("show", article)["attributes"] == {"Tone": "warm"}


def test_what_is_no_attribute(run):
    for name in ("title", "a=b", " "):
        assert run("attribute", "add", name).code == 1


def test_the_index_says_what_it_holds_and_is_mended(ask, run, article):
    mark = ask("highlight", article, "--quote", "The river decides")["id"]
    told = ask("index")
    assert (told["articles"], told["indexed_articles"], told["pending"], told["failed"]) == (1, 1, 0, [])
    assert told["bytes"] > 0
    with closing(sqlite3.connect(Path(os.environ["COMMONPLACE_LIBRARY"]) / "library.db")) as connection, connection:
        connection.execute("UPDATE search_segment SET form=99")
    assert {part["broken"] for part in ask("index")["parts"]} == {"It was written by another version of the program."}
    assert "cannot be read: 2 parts with 2 entries" in run("index").out
    ask("note", mark, "read twice")
    assert ask("search", "coffee")["total"] == 1
    assert ask("index")["pending"] == 0
    assert ask("check", "--deep")["ok"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE search_segment SET form=99",
        "DELETE FROM search_segment",
        "UPDATE search_page SET data=x'ff'||substr(data,2) WHERE number=0",
    ],
)
def test_a_search_is_answered_after_the_index_was_mended(ask, run, article, damage):
    ask("highlight", article, "--quote", "The river decides", "--theme", "Rivers")
    for query in (("search", "coffee"), ("search", "theme:Rivers"), ("search", "river", "--passages")):
        with closing(sqlite3.connect(Path(os.environ["COMMONPLACE_LIBRARY"]) / "library.db")) as connection, connection:
            connection.execute(damage)
        looked = run(*query)
        assert (looked.code, looked.out.splitlines()[0][:8]) == (0, "1 found."), query
        assert "Indexing first what is not: 2 of 2." in looked.err
        answer = ask(*query)
        assert (answer["total"], answer["pending"]) == (1, 0)
        assert run(*query).err == ""
    with closing(sqlite3.connect(Path(os.environ["COMMONPLACE_LIBRARY"]) / "library.db")) as connection, connection:
        connection.execute("UPDATE search_segment SET form=99")
    assert len(ask("mark-all", "coffee", "--dry-run")["proposals"]) >= 1
    assert ask("check", "--deep")["ok"]


@pytest.mark.parametrize(
    "damage", ["DELETE FROM search_segment", "UPDATE search_page SET data=x'ff'||substr(data,2) WHERE number=0"]
)
def test_every_command_with_a_query_mends_the_index_first(ask, run, article, tmp_path, damage):
    ask("highlight", article, "--quote", "The river decides", "--theme", "Rivers")
    ask("collection", "add", "Filled", "--query", "theme:Rivers")
    out = tmp_path / "out.json"
    asked = {
        ("list", "coffee"): lambda said: said["total"] == 1,
        ("list", "--order", "title"): lambda said: said["total"] == 1,
        ("highlights", "river"): lambda said: said["total"] == 1,
        ("mark-all", "--dry-run", "river"): lambda said: said["proposals"],
        ("export", str(out), "--format", "json", "--query", "coffee"): lambda said: said["articles"] == 1,
        ("export", str(out), "--format", "json", "--collection", "Filled"): lambda said: said["articles"] == 1,
    }
    for command, is_right in asked.items():
        with closing(sqlite3.connect(Path(os.environ["COMMONPLACE_LIBRARY"]) / "library.db")) as connection, connection:
            connection.execute(damage)
        looked = run(*command, "--json")
        assert looked.code == 0, command
        assert is_right(looked.json), command
        assert "Indexing first what is not" in looked.err, command
        assert run(*command).err == "", command


def test_what_cannot_be_indexed_is_tried_again_only_when_that_is_wished(ask, run, article):
    with closing(sqlite3.connect(Path(os.environ["COMMONPLACE_LIBRARY"]) / "library.db")) as connection, connection:
        connection.execute("DELETE FROM search_segment")
        connection.execute("UPDATE article SET added=-9223372036854775808, words=-5")
    assert "Indexing first" in run("search", "coffee").err
    for command in (("search", "coffee"), ("list", "coffee")):
        looked = run(*command)
        assert "Indexing first" not in looked.err
        assert "1 entry is still to be indexed" in looked.err
    (failed,) = ask("index")["failed"]
    assert failed["article"] == article
    assert len(ask("index", "--again")["failed"]) == 1
    said = run("check").err
    assert "“index” says why" in said
    checked = ask("check")
    assert (checked["ok"], checked["notes"]) == (True, said.splitlines())
    with closing(sqlite3.connect(Path(os.environ["COMMONPLACE_LIBRARY"]) / "library.db")) as connection, connection:
        connection.execute("UPDATE article SET added=5, words=5")
    assert ask("index", "--again")["failed"] == []
    assert ask("search", "coffee")["total"] == 1


def test_what_cannot_be_mended_now_is_said_with_the_answer(ask, run, article):
    with closing(sqlite3.connect(Path(os.environ["COMMONPLACE_LIBRARY"]) / "library.db")) as connection, connection:
        connection.execute("DELETE FROM search_segment")
        connection.execute("UPDATE article SET added=-9223372036854775808, words=-5")
    looked = run("search", "--json", "coffee")
    assert (looked.code, looked.json["total"], looked.json["pending"]) == (0, 0, 1)
    assert "1 entry is still to be indexed" in looked.err


def test_what_is_unpacked_is_found_at_once(ask, article, tmp_path):
    ask("highlight", article, "--quote", "The river decides")
    ask("pack", str(tmp_path / "a.commonplace"))
    made = str(tmp_path / "next")
    assert ask("unpack", str(tmp_path / "a.commonplace"), made)["articles"] == 1
    assert ask("check", "--deep", "--library", made)["ok"]
    assert ask("search", "coffee", "--library", made)["total"] == 1


def test_an_id_that_is_of_nothing_is_said_to_be(run, article):
    for words in (("cite", "zzz"), ("note", "zzz", "A note"), ("retheme", "zzz", "--add", "War")):
        said = run(*words)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("There is no article and no highlight with the id “zzz”.")
