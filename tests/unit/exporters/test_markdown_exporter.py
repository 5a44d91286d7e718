from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters._markdown_body import body_markdown
from app.exporters._obsidian import LONGEST_NAME, file_name, merge, slug
from app.exporters.markdown import EXPORTER
from app.model import Attribute, AttributeKind, Interlude, Published
from app.text.body import Body, Piece, Run, clean_line
from app.text.markdown_reader import read_markdown

markdown_it = pytest.importorskip("markdown_it")
yaml = pytest.importorskip("yaml")
NAMES = [
    "-",
    "%",
    "*",
    '"',
    "\\",
    "/",
    "<",
    ">",
    ":",
    "|",
    "?",
    "#",
    "^",
    "[",
    "]",
    "\n",
    "..",
    "é",
    "CON",
    "👩‍👧",
    "a ",
]


def note_of(written: dict[str, str]) -> str:
    """Return the only note that is neither index nor codebook."""
    (note,) = (text for text in written.values() if text.startswith("---\n"))
    return note


def properties(note: str) -> dict:
    return yaml.safe_load(note.split("\n---\n", maxsplit=1)[0])


def shown(markdown: str) -> str:
    """Return all text of a Markdown document as a reader of CommonMark shows it, block by block."""
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(markdown)
    inline = ("".join(child.content for child in token.children) for token in tokens if token.type == "inline")
    code = (token.content.rstrip("\n") for token in tokens if token.type == "fence")
    return "\n".join([*inline, *code])


def passages(note: str) -> list[str]:
    """Return the text of each call-out of a passage, by our own conventions."""
    found = []
    for block in re.findall(r"^> \[!quote[^\n]*\n((?:>[^\n]*\n)+)", note, re.MULTILINE):
        lines = [line[2:] for line in block.splitlines()]
        plain = []
        for line in lines[::2]:
            if line.startswith(("> [!note]", "#theme/")):
                break
            plain.append(shown(line))
        found.append("\n".join(plain))
    return found


@given(data=st.data())
def test_the_front_matter_says_what_is_known_whatever_it_is(made, exported, data):
    values = [data.draw(made.line) for _ in range(4)]
    key = data.draw(made.line)
    about = {"attributes": {key: values[3]}}
    item = made.article(title=values[0], byline=values[1], outlet=values[2], about=about)
    known = properties(note_of(exported(made.bundle(item), "markdown")))
    assert known["title"] == (" ".join(values[0].split()) or "Untitled")
    assert known.get("author", "") == values[1]
    assert known.get("outlet", "") == values[2]
    assert known.get(key if key not in ("title", "id", "state", "tags") else f"attribute {key}") == values[3]
    assert known["id"] == item.article.id
    assert not any(isinstance(value, dict) for value in known.values())


def test_values_have_the_types_of_obsidian(made, exported):
    kinds = (
        Attribute(1, "a", "seen", AttributeKind.YES_NO), Attribute(2, "b", "cost", AttributeKind.NUMBER),
        Attribute(3, "c", "day", AttributeKind.DATE), Attribute(4, "d", "author", AttributeKind.TEXT),
    )  # fmt: skip
    about = {"attributes": {"seen": "yes", "cost": "-4.5", "day": "2025-02-01", "author": "007", "no": "null"}}
    item = made.article(published=Published.parse("2025-03-04"), about=about)
    note = note_of(exported(made.bundle(item, attributes=kinds), "markdown"))
    known = properties(note)
    assert (known["seen"], known["cost"], str(known["day"]), known["no"]) == (True, -4.5, "2025-02-01", "null")
    assert known["attribute author"] == "007"
    assert "\npublished: 2025-03-04\n" in note
    month = made.article(published=Published.parse("2025-03"))
    assert properties(note_of(exported(made.bundle(month), "markdown")))["published"] == "2025-03"


def test_what_was_taken_away_goes_from_the_front_matter_and_what_is_of_another_hand_stays(made, exported):
    war = made.theme("War")
    about = {"attributes": {"country": "Georgia", "title": "of its own"}, "themes": (war.id,)}
    fields = (Attribute(1, "a", "country", AttributeKind.TEXT), Attribute(2, "b", "title", AttributeKind.TEXT))
    full = made.bundle(made.article(about=about, byline="Wrong Name"), themes=[war], attributes=fields)
    bare = made.bundle(made.article(), themes=[war], attributes=fields)
    first, second = (note_of(exported(of, "markdown")) for of in (full, bare))
    edited = first.replace("state:", "mood: calm\nstate:", 1)
    known = properties(merge(edited.encode(), second.encode()).decode())
    assert {"author", "themes", "country", "attribute title"} <= properties(first).keys()
    assert known == properties(second) | {"mood": "calm"}


def test_a_passage_is_a_callout_with_its_theme_note_tags_and_block_id(made, exported):
    war = made.theme("War & peace")
    drones = made.theme("Drones / tech", war)
    item = made.article(["One two.", "Three."], [("two.\nThree", [drones, war], "My *note*\n\nand more")])
    note = note_of(exported(made.bundle(item, themes=[war, drones]), "markdown"))
    uid = item.highlights[0].id
    assert (
        "\n\n> [!quote|theme-war-peace-drones-tech] War & peace > Drones / tech · War & peace · ¶ 1–2\n"
        "> two.\n>\n> Three\n>\n"
        "> > [!note] Note\n> > My *note*\n> >\n> > and more\n>\n"
        f"> #theme/war-peace/drones-tech #theme/war-peace\n\n^h-{uid}\n\n"
    ) in note


@given(data=st.data())
def test_every_passage_comes_back(made, exported, data):
    lines = data.draw(made.lines)
    theme = made.theme(data.draw(made.line.filter(str.strip)))
    text = "\n".join(lines)
    item = made.article(lines, [((0, len(text)), [theme], data.draw(made.line))])
    assert passages(note_of(exported(made.bundle(item, themes=[theme]), "markdown"))) == [text]


def test_only_marks_of_ours_begin_and_end_our_parts(made, exported):
    marks = ["%% begin annotations %%", "%% end annotations %%", "%% begin text %%", "%% end text %%"]
    record = ["%% begin record %%", "%%", "%%", "%% end record %%"]
    pieces = [*marks, *(Piece(mark, "code") for mark in marks)]
    about = {"note": "\n".join(marks)}
    item = made.article(pieces, [((0, 40), (), marks[1])], title=marks[1], about=about)
    note = note_of(exported(made.bundle(item, note=marks[1]), "markdown"))
    assert [line for line in note.split("\n") if line.strip().startswith("%%")] == marks + record


def test_an_orphan_says_so(made, exported):
    item = made.article()
    item = type(item)(item.article, item.content, (made.orphan(item, "lost words"),))
    assert "> [!quote] Passage · no longer in the text\n> lost words\n" in note_of(
        exported(made.bundle(item), "markdown")
    )


def test_the_texts_go_along_or_stay(made, exported):
    of = made.bundle(made.article(["Just this."]))
    assert "\n%% begin text %%\n\nJust this.\n\n%% end text %%\n" in note_of(exported(of, "markdown"))
    assert "Just this" not in note_of(exported(of, "markdown", texts=False))


# Names


@given(st.one_of(st.text(), st.lists(st.sampled_from(NAMES)).map("".join)), st.sampled_from(["", "3f2a91c0"]))
def test_a_name_is_one_that_every_file_system_takes(title, uid):
    name = file_name(title, uid)
    assert not re.search(r'[*"\\/<>:|?#^\[\]\x00-\x1f]', name)
    assert len(name.encode()) <= LONGEST_NAME
    assert name == name.strip(" .")
    assert name.upper() not in ("CON", "PRN", "AUX", "NUL", "COM1", "LPT1")
    assert name.endswith(uid)


def test_names_are_stable_and_no_two_alike(made, exported):
    items = [
        made.article(title=title, number=n) for n, title in enumerate(["Same", "same", "Themes", "A set", "*", None])
    ]
    of = made.bundle(*items, themes=[made.theme("War")], title="themes")
    names = list(exported(of, "markdown"))
    assert len({name.casefold() for name in names}) == len(names) == 8
    alone = exported(made.bundle(items[1]), "markdown")
    assert f"same {items[1].article.id[:8]}.md" in names
    assert f"same {items[1].article.id[:8]}.md" in alone


def test_the_index_leads_to_articles_and_passages_in_the_order_of_the_collection(made, exported):
    one = made.article(["Some | text ]] here."], [("text ]] here",)], title="On [war] | peace")
    two = made.article(number=2, title="Two", marks=[("Some",)])
    of = made.bundle(one, two, title="My set", order=(two.article.id, one.highlights[0].id), note="About it")
    written = exported(of, "markdown")
    links = re.findall(r"\[\[([^\]|#]+)(?:#\^([^\]|]+))?\|([^\]|]+)\]\]", written["My set.md"])
    assert [label for *_, label in links] == ["Two", "“text here”", "On war peace"]
    for name, block, _ in links:
        assert f"{name}.md" in written
        assert not block or f"\n\n^{block}\n\n" in written[f"{name}.md"]
    assert "> [!note] Note\n> About it\n" in written["My set.md"]


def test_the_codebook_says_what_themes_mean(made, exported):
    war = made.theme("War", definition="All <b>of</b> it", note="Unsure")
    drones = made.theme("Drones", war, colour="#1d9a84")
    of = made.bundle(made.article(marks=[("Some", [drones])]), themes=[war, drones])
    text = re.sub(r" %%\{[^\n]*\}%%\n", "\n", exported(of, "markdown")["Themes.md"])
    assert "## War\n\n#theme/war · 0 passages · `#888888`\n\n> [!info] Definition\n> All &lt;b>of&lt;/b> it\n" in text
    assert "### Drones\n\n#theme/war/drones · 1 passage · `#1d9a84`" in text
    assert '.callout[data-callout-metadata~="theme-war-drones"] { --callout-color: 29, 154, 132; }' in text


@given(data=st.data())
def test_a_tag_is_one_for_obsidian_and_belongs_to_one_theme(made, exported, data):
    names = data.draw(st.lists(made.line.filter(str.strip), min_size=1, max_size=4, unique=True))
    themes = [made.theme(name) for name in names]
    item = made.article(about={"themes": tuple(theme.id for theme in themes)})
    tags = properties(note_of(exported(made.bundle(item, themes=themes), "markdown")))["tags"]
    assert len(set(tags)) == len(themes)
    assert all(
        re.fullmatch(r"theme/[^\s#,.;:!?'\"()\[\]{}|*<>=+@%^&$~`\\/-][^\s#,.;:!?'\"()\[\]{}|*<>=+@%^&$~`\\/]*", tag)
        for tag in tags
    )


def test_a_slug_keeps_letters_of_every_script():
    assert [slug(name) for name in ("Drones / tech!", "Énergie", "和谈", "हिन्दी", "🔥")] == [
        "drones-tech",
        "énergie",
        "和谈",
        "हिन्दी",
        "",
    ]


# The text of an article

RUNS = st.sampled_from(["strong", "emphasis", "code", "link", "superscript", "promotion"])
TEXT = st.text("ab *_`[]<(.é😀中 -", min_size=1, max_size=20)


@st.composite
def pieces(draw) -> Piece:
    text = draw(TEXT)
    spans = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), RUNS), max_size=3))
    runs = tuple(
        Run(start, end, kind, {"address": "https://x.org/a_(b)*"}) for start, end, kind in spans if start < end
    )
    return Piece(text, draw(st.sampled_from(["paragraph", "heading", "quote", "caption"])), {}, runs)


@given(st.lists(pieces(), min_size=1, max_size=4))
def test_the_text_is_shown_whatever_runs_lie_in_it(of):
    body = Body.of(of)
    assert shown(body_markdown(body)).split() == body.text.split()


def test_structure_is_read_back(made):
    of = [
        Piece("Heading", "heading", {"level": 2}),
        Piece(
            "A word in bold, a link.", runs=(Run(2, 6, "strong"), Run(18, 22, "link", {"address": "https://x.org/a"}))
        ),
        Piece("one", "item", {"depth": 1, "ordered": False}),
        Piece("two", "item", {"depth": 2, "ordered": False}),
        Piece("three", "item", {"depth": 1, "ordered": False}),
        Piece("said", "quote"),
        Piece("x = 1", "code"),
        Piece("  y | z", "code"),
    ]
    read = Body.of(read_markdown(body_markdown(Body.of(of))))
    assert [(piece.text, piece.kind) for piece in read.pieces()] == [(piece.text, piece.kind) for piece in of]
    assert [(run.start, run.end, run.kind) for run in read.runs] == [(10, 14, "strong"), (26, 30, "link")]
    assert [piece.attributes.get("depth") for piece in read.pieces()[2:5]] == [1, 2, 1]


def test_strong_and_emphasis_together_stay_together():
    runs = (Run(4, 15, "emphasis"), Run(9, 13, "strong"), Run(20, 24, "strong"), Run(20, 24, "emphasis"))
    written = body_markdown(Body.of([Piece("One word bold x and both.", runs=runs)]))
    assert written == "One *word* ***bold*** *x* and ***both***."
    (read,) = read_markdown(written)
    assert {run.kind for run in read.runs if run.start == 20} == {"strong", "emphasis"}


def test_a_table_keeps_its_cells():
    cells = [("A", 0, 0), ("b|c", 0, 1), ("", 1, 0), ("d", 1, 1)]
    body = Body.of(Piece(text, "cell", {"table": 0, "row": row, "column": column}) for text, row, column in cells)
    assert body_markdown(body) == "| A | b\\|c |\n| --- | --- |\n|  | d |"


def test_an_image_and_a_rule_have_words_and_nothing_is_fetched():
    body = Body.of([Piece("", "image", {"alt": "A map", "source": "https://x.org/a.png"}), Piece("", "rule")])
    assert body_markdown(body) == "\\[Image: A map\\]\n\n---"


@given(st.lists(st.text("`~a \n", max_size=8).map(clean_line), min_size=1, max_size=3))
def test_code_is_fenced_so_that_it_cannot_end_early(lines):
    body = Body.of(Piece(line, "code") for line in lines)
    (token,) = markdown_it.MarkdownIt("commonmark").parse(body_markdown(body))
    assert token.content == "\n".join(lines) + "\n"


def test_without_texts_it_says_what_stays_behind(made):
    item = made.article(marks=[("Some",)])
    said = [
        [str(one) for one in EXPORTER.write(made.bundle(item, made.article(number=2)), {"texts": texts}).left_behind]
        for texts in (True, False)
    ]
    assert said == [
        [],
        ["The full texts of 2 articles: notes hold their passages only.",
         "Where in its text one passage stands: the note names its paragraph only."],
    ]  # fmt: skip


def test_whose_a_passage_is_stands_on_it(made, exported):
    item = made.article(marks=[("Some",)])
    theirs = tuple(replace(one, author="Zoë [x] · Y") for one in item.highlights)
    note = note_of(exported(made.bundle(replace(item, highlights=theirs)), "markdown"))
    assert "> [!quote] Passage · ¶ 1 · marked by Zoë \\[x\\] &#183; Y\n" in note


def test_the_record_holds_no_sign_of_obsidian(made, exported):
    about = {"details": {"a": "%% #tag [[link]] %%"}}
    note = note_of(exported(made.bundle(made.article(about=about)), "markdown"))
    record = note.split("%% begin record %%\n\n%%\n")[1].split("\n%%\n\n%% end record %%")[0]
    assert not re.search(r"%|#|\[\[", record)
    assert json.loads(record)["article"]["details"] == about["details"]


def test_the_index_of_a_collection_has_what_stands_between_its_things(made, exported):
    one, other = made.article(["One."], [("One", ())], "First"), made.article(["Two."], [], "Second", 2)
    between = (Interlude("i", "Part # one", 1), Interlude("j", "See *this*.\n```\n%% end annotations %%\n```"))
    order = ("i", one.article.id, "j", other.article.id)
    written = exported(made.bundle(one, other, title="Dossier", order=order, interludes=between), "markdown")
    index = written["Dossier.md"]
    assert re.search(r"## Part \\# one\n\n1\. .*First.*\n\n> \[!note\] Note\n> See \*this\*\.\n(> .*\n)+\n2\. ", index)
    assert index.count("\n%% end annotations %%") == 1
