"""``proof``: the report on a draft, for a person, as JSON and as a table."""

from __future__ import annotations

import pytest

DRAFT = """The harbour paper wrote: “The harbour is closed until further notice.”

“The harbour is open until further notice,” said nobody; it has 40 cranes, and “a thing nobody has ever seen”.

Some forty people swam.
"""


@pytest.fixture
def draft(ask, tmp_path, monkeypatch):
    monkeypatch.setenv("COMMONPLACE_LIBRARY", str(tmp_path / "library"))
    article = tmp_path / "closed.md"
    article.write_text("# Closed\n\nThe harbour is closed until further notice. It has forty cranes.\n")
    ask("import", str(article))
    path = tmp_path / "draft.md"
    path.write_text(DRAFT)
    return path


def test_each_claim_is_answered_with_where_it_stands(ask, draft, tmp_path):
    target = tmp_path / "report.csv"
    answer = ask("proof", str(draft), "--to", str(target))
    counts = {
        key: answer[key] for key in ("checked", "verbatim", "altered", "said_by_another", "elsewhere", "not_found")
    }
    assert list(counts.values()) == [5, 2, 1, 0, 1, 1]
    assert answer["draft"] == str(draft)
    verbatim, altered, figure, missing, elsewhere = answer["claims"]
    text = ask("show", verbatim["source"]["article"])["text"]
    source = verbatim["source"]
    assert text[source["start"] : source["end"]] == source["words"] == "The harbour is closed until further notice"
    assert source["citation"] == "“Closed”, n.d., paragraph 1"
    assert altered["differences"] == [{"what": "changed", "draft": "open", "library": "closed"}]
    assert (figure["kind"], figure["words"], figure["source"]["words"]) == ("figure", "40", "forty")
    assert (missing["verdict"], missing["source"]) == ("not found", None)
    assert (elsewhere["verdict"], elsewhere["source"]["words"], elsewhere["also_in"]) == ("elsewhere", "forty", [])
    assert target.read_bytes().count(b"\r\n") == 6


def test_a_person_reads_the_same(run, ask, draft, tmp_path):
    said = run("proof", str(draft))
    assert said.code == 0
    assert said.out.startswith("5 looked up: 2 verbatim, 1 altered, 0 said by another, 1 elsewhere, 1 not found.\n")
    assert "“closed” became “open”" in said.out
    assert said.out.endswith(f"in another context:\n{'':23}“Closed”, n.d., paragraph 1\n")
    assert ask("proof", str(draft), "--style", "apa")["claims"][0]["source"]["citation"] == "Closed. (n.d.)."
    said = run("proof", str(tmp_path / "none.docx"), "--json")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("none.docx is not there.")
    said = run("proof", str(draft), "--to", str(tmp_path / "report.doc"))
    assert (said.code, said.out) == (1, "")
    assert "“.doc”" in said.err
