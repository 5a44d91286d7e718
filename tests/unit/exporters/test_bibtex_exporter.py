from __future__ import annotations

import json
import re
import shutil
import subprocess

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from app.exporters._latex import escaped, paragraphs, protected, verbatim
from app.exporters.bibtex import EXPORTER
from app.model import Published

COMMANDS = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}",
}  # fmt: skip
KNOWN = {
    "byline": "Ada von Marsh and Bo Reed Jr., Northbeam News Agency",
    "outlet": "Quay & Compass",
    "address": "https://x.example/a_b?c=%20&d=1#e",
    "published": Published.parse("2025-03-04"),
    "accessed": "2025-05-06",
    "language": "en-GB",
}


def read(text):
    """Return the entries as bibtexparser sees them: type, key and raw values."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return [
        (entry.entry_type, entry.key, {field.key: field.value for field in entry.fields}) for entry in library.entries
    ]


def decoded(text):
    """Return what LaTeX prints of a value, as far as our writer goes; braces that group print nothing."""
    return re.sub(
        r"\\(text\w+)\{\}|\\([&%$#_{}])|(\{\})|~\\par |[{}]",
        lambda found: COMMANDS[found[1]] if found[1] else found[2] or ("\n" if "par" in found[0] else ""),
        text,
    )


def test_every_field_of_an_article_of_which_all_is_known(made, exported):
    theme, other = made.theme("War, and peace"), made.theme("Law")
    about = {"themes": (theme.id,), "note": "One.\n\nTwo {3}."}
    item = made.article(["Some text."], [("Some", [other], "why")], "The drone deal: NATO pays", about=about, **KNOWN)
    of = made.bundle(item, themes=[theme, other])
    ((kind, key, fields),) = read(exported(of, "bibtex", quotations=True)[""])
    assert (kind, key) == ("article", "vonmarsh2025drone")
    assert fields == {
        "author": "von Marsh, Ada and Reed, Jr., Bo and {Northbeam News Agency}",
        "title": "The drone deal: {NATO} pays",
        "journaltitle": "Quay \\& Compass",
        "entrysubtype": "newspaper",
        "date": "2025-03-04",
        "url": "https://x.example/a_b?c=%20&d=1#e",
        "urldate": "2025-05-06",
        "langid": "english",
        "keywords": "War; and peace, Law",
        "annotation": "One.~\\par Two \\{3\\}.",
        "abstract": "“Some” (para. 1)~\\par why",
    }


def test_the_words_of_classic_bibtex(made, exported):
    item = made.article(title="T", **KNOWN)
    bare = made.article(title="T", number=2, address="https://x.example/2", published=Published.parse("2025-03"))
    (_, _, fields), (kind, _, other) = read(exported(made.bundle(item, bare), "bibtex", dialect="bibtex")[""])
    assert {name: fields[name] for name in ("journal", "year", "month", "day", "note")} == {
        "journal": "Quay \\& Compass", "year": "2025", "month": "mar", "day": "4", "note": "Accessed 6 May 2025",
    }  # fmt: skip
    assert (kind, other) == ("misc", {"title": "T", "url": "https://x.example/2", "year": "2025", "month": "mar"})


@pytest.mark.parametrize(
    ("written", "date"),
    [("2025", "2025"), ("2025-03", "2025-03"), ("2025-03-04", "2025-03-04"), ("about 2025-03-04", "2025-03-04~")],
)
def test_a_date_is_as_exact_as_it_is_known(made, exported, written, date):
    text = exported(made.bundle(made.article(published=Published.parse(written))), "bibtex")[""]
    assert f"  date = {{{date}}},\n" in text


def test_of_nothing_but_a_text_there_is_an_entry(made, exported):
    assert exported(made.bundle(made.article(title=None)), "bibtex")[""] == "@online{article,\n}\n\n"


def test_keys_are_unique_and_stay_when_later_articles_come(made, exported):
    items = [
        made.article(title="The Żółw's  day", number=n, byline="Ada Marsh", about={"added": n}, published=when)
        for n, when in enumerate(
            [Published.parse("2025"), None, Published.parse("2025-01-02"), Published.parse("2025")]
        )
    ]
    whole = [key for _, key, _ in read(exported(made.bundle(*reversed(items)), "bibtex")[""])]
    assert whole == ["marsh2025zolwsc", "marsh2025zolwsb", "marshndzolws", "marsh2025zolws"]
    assert [key for _, key, _ in read(exported(made.bundle(*items[:3]), "bibtex")[""])] == [
        "marsh2025zolws", "marshndzolws", "marsh2025zolwsb",
    ]  # fmt: skip


def test_a_title_in_another_script_has_a_key(made, exported):
    items = [made.article(title="مرحبا", number=1), made.article(title="和谈", number=2, outlet="Quay")]
    assert [key for _, key, _ in read(exported(made.bundle(*items), "bibtex")[""])] == ["article", "quaynd"]


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"))))
def test_what_is_escaped_is_printed_as_it_was(text):
    for written in (escaped(text), protected(text)):
        assert decoded(written) == text
        assert balanced(written)
        assert not re.search(r"--|``|''|<<|>>|,,|[?!]`", written)


def balanced(written):
    depth = 0
    for brace in re.findall(r"[{}]", written):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@given(st.text(max_size=30))
def test_paragraphs_are_kept_and_addresses_end_nothing(text):
    lines = [line for part in text.splitlines() if (line := " ".join(part.split()))]
    assert decoded(paragraphs(text)).split("\n") == (lines or [""])
    assert not set(verbatim(text)) & set("{}\\")


@given(data=st.data())
def test_every_library_is_read(made, exported, data):
    """Whatever texts hold, nothing of them ends an entry or begins one."""
    lines = [data.draw(made.line) for _ in range(6)]
    theme = made.theme(lines[5])
    about = {"note": f"{lines[0]}\n@article{{x,\n{lines[1]}", "themes": (theme.id,)}
    item = made.article(
        [lines[2] or "x"], [((0, 1), [], lines[3])], lines[4], about=about, outlet=lines[0], byline=lines[1]
    )
    second = made.article(number=2, title="Second")
    entries = read(exported(made.bundle(item, second, themes=[theme]), "bibtex", quotations=True)[""])
    assert len(entries) == 2
    assert decoded(entries[0][2].get("title", "")) == " ".join(lines[4].split())
    assert decoded(entries[0][2].get("keywords", "")) == " ".join(theme.name.replace(",", ";").split())


def test_bibtexparser_prints_the_signs_of_latex(made, exported):
    item = made.article(title=r"50% of $5 & a_b #1 {x} \ done", outlet="Åland")
    library = bibtexparser.parse_string(
        exported(made.bundle(item), "bibtex")[""], append_middleware=[LatexDecodingMiddleware()]
    )
    (entry,) = library.entries
    assert entry["title"] == r"50% of $5 & a_b #1 {x} \ done"
    assert entry["journaltitle"] == "Åland"


def pandoc(text, dialect, path):
    program = shutil.which("pandoc")
    if not program:
        pytest.skip("pandoc is not here")
    path.write_text(text, encoding="utf-8")
    command = [program, "-f", dialect, "-t", "csljson", path]
    return json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)


@pytest.mark.parametrize("dialect", ["biblatex", "bibtex"])
def test_pandoc_reads_it(made, exported, tmp_path, dialect):
    titles = [line for line in made.nasty if line.strip() and not re.search(r"[\"'`$^]|\t|  |-{2}|\.$", line)]
    items = [made.article(title=f"{title} Of NATO", number=n, **KNOWN) for n, title in enumerate(titles)]
    read_back = pandoc(exported(made.bundle(*items), "bibtex", dialect=dialect)[""], dialect, tmp_path / "x.bib")
    assert len(read_back) == len(titles)
    for item, title in zip(read_back, titles, strict=True):
        assert item["title"].casefold() == " ".join(f"{title} Of NATO".split()).casefold()
        assert item["title"].endswith("NATO")
        assert item["container-title"] == "Quay & Compass"
        assert item["URL"] == KNOWN["address"]
        assert item["issued"]["date-parts"] == [[2025, 3, 4]]
        assert [one.get("family", one.get("literal")) for one in item["author"]] == [
            "Marsh", "Reed", "Northbeam News Agency",
        ]  # fmt: skip
    if dialect == "biblatex":
        assert read_back[0]["type"] == "article-newspaper"
        assert read_back[0]["accessed"]["date-parts"] == [[2025, 5, 6]]


def test_what_a_bibliography_cannot_hold_is_said(made):
    theme = made.theme("A, b", definition="d")
    about = {"note": "n", "attributes": {"tone": "grim"}}
    item = made.article(marks=[("Some",)], section="World", about=about, published=Published.parse("about 2025-03-04"))
    options = {"dialect": "bibtex", "notes": False, "quotations": False}
    said = [str(message) for message in EXPORTER.write(made.bundle(item, themes=[theme]), options).left_behind]
    assert said == [
        "The full text of one article: a bibliography says where it is.",
        "One passage: quotations were not wanted.",
        "The note on one article: notes were not wanted.",
        "The fields of your own of one article.",
        "The definition or note of one theme.",
        "The section of one article.",
        "That one date is only about right.",
        "The commas in the name of one theme, which would end it: semicolons stand there.",
    ]
