"""A vault of notes: the whole library out, into an empty one, and the same is there, with the same ids."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.drafts import Draft, Mark
from app.exporting.bundling import Selection
from app.importing.originals import Originals
from app.library.articles import Source
from app.library.schema import JOURNALLED
from app.model import LeftOut, Metadata, Origin, Published, Rule
from app.text.body import Body, Piece, Run
from app.workspace import Workspace
from tests.libraries import add, finished, imported, sound, tables

# What no note carries: the files that articles came from, the ids and times of notes, and ranks as numbers (the order
# that they make is compared). Earlier texts stay at home.
NOT_CARRIED = {
    "article": {"source", "path", "original", "format"},
    "theme": {"rank"},
    "collection": {"rank"},
    "collection_item": {"rank"},
    "interlude": {"rank"},
    "note": {"uid", "created", "modified"},
}
AT_HOME = {"version"}
OWNERS = ("article", "theme", "highlight", "collection", "attribute")

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 8, 8) + bytes(40)
DIGEST = hashlib.sha256(PICTURE).hexdigest()
PIECES = [
    Piece("A heading", "heading", {"level": 2}),
    Piece("The night 😀 train\xa0runs 2**3 [sic] & e\u0301.", runs=(Run(4, 9, "superscript"), Run(12, 17, "strong"))),
    Piece("", "image", {"alt": "A | map", "source": "https://x.org/a.png", "picture": DIGEST}),
    Piece("مرحبا (UAV) بالعالم", "caption"),
    Piece("Buy now", runs=(Run(0, 7, "promotion"),)),
    Piece("Title", "callout", {"label": "Title"}), Piece("said", "callout", {"label": "Title"}),
    Piece("a|b", "cell", {"table": 0, "row": 0, "column": 0, "header": True}),
    Piece("", "cell", {"table": 0, "row": 0, "column": 1}),
    Piece("", "rule"),
    Piece("%% end text %%", "code"),
    Piece("Nobody asked.", "quote"),
]  # fmt: skip
LEFT = LeftOut("share", "Share this", 1, "item", {"depth": 1, "ordered": False}, (Run(0, 5, "strong"),))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Workspace]:
    """Fill a library with all that its reader can make in it."""
    with Workspace(tmp_path / "lib") as workspace:
        filled(workspace)
        yield workspace


def filled(workspace: Workspace) -> None:
    text = Body.of(PIECES).text
    known = Metadata(
        "=Rail: “a/b” [x] #1?", "[[Ada]] & Bob", "The Post", "World", "https://x.org/a?b=c", Published.parse("2025-03"),
        "2025-04-01", "en", {"title": Origin.STATED, "language": Origin.DERIVED, "byline": Origin.MINE},
    )  # fmt: skip
    holdings = workspace.holdings
    at = text.index("night")
    marks = (
        Mark("night 😀", at, at + 7, note="<b>&lt;b> 100%%\n\n> q\n", created=5000, author="Zoë · the other"),
        Mark("was lost\n", 3, 12, "before", "after", ("Elsewhere",), created=7000, orphan=True),
        Mark("ght 😀 train", at + 2, at + 13, note="at home", private=True, created=6000),
    )
    draft = Draft(
        Body.of(PIECES), known, (LEFT,), {"type": "news", "sources": ("a", "b, c")}, {}, marks=marks,
        pictures={DIGEST: PICTURE}, added=111, modified=222,
    )  # fmt: skip
    with holdings.library.deed("Article “{title}”", title="Rail"):
        rail = holdings.articles.add(draft, Source("rail.txt"))
        holdings.marks.take_in(rail, marks)
    Originals(holdings.library.originals).put_bytes(PICTURE)
    sea = add(holdings, "The ferry is late.", title="Same")
    add(holdings, "Another text of that title.", title="Same")
    add(holdings, title=None)
    themes = workspace.themes
    themes.add("Zebra", colour="#aabbcc", definition="Moving &lt;i>\n\n100%%")
    themes.add("a/b: x, y · 😀", under="Zebra", digit=7)
    themes.add("Apple", digit=3)
    themes.move("Apple", None, before="Elsewhere")
    themes.edit("Zebra", note="A note on it\n\n%% end annotations %%")
    workspace.attributes.add("Tone", "choice", ("calm", "grim"), "How it sounds")
    workspace.attributes.add("Count", "number")
    workspace.attributes.add("author", "yes/no")
    workspace.attributes.add("Unused", "date")
    values = {"Tone": "grim", "Count": "12.50", "author": "no"}
    workspace.articles.edit(rail, {}, state="reading", attributes=values)
    workspace.articles.note(rail, "On *rail*\n\n- <script>x</script>")
    workspace.articles.theme(rail, ["Zebra", "a/b: x, y · 😀"])
    with workspace.library.deed("Layer"):
        for author in ("Zoë · the other", "A. Third"):
            holdings.layers.put_theme(sea, themes.find("Zebra"), author)
        holdings.furniture.take_in([Rule("a" * 32, "The Post", "buy 10% %% [[now]]", "by hand")])
    first, _lost, last = holdings.highlights.of_article(rail)
    workspace.highlights.retheme(first.id, add=["a/b: x, y · 😀", "Apple"])
    ids = {name: workspace.articles.by_keys([key])[0].id for name, key in (("rail", rail), ("sea", sea))}
    collections = workspace.collections
    collections.add("List: a/b?", note="About it &lt;p>")
    collections.put("List: a/b?", [ids["sea"], last.id, ids["rail"]])
    collections.write("List: a/b?", "Beginning # 1", 1, before=ids["sea"])
    collections.write("List: a/b?", "And *then*\n\n%% end annotations %%", 0, before=last.id)
    collections.add("Found", "theme:Apple")
    collections.add("Empty")
    workspace.notes.write("The library's own &lt;b>")


def content(workspace: Workspace) -> dict[str, object]:
    """Return what the reader owns, table by table: rows by the ids of what they name, and the orders of things."""
    database = workspace.library.database
    uids = {name: {row["id"]: row["uid"] for row in database.rows(f"SELECT id, uid FROM {name}")} for name in OWNERS}
    found: dict[str, object] = {}
    for table in JOURNALLED:
        rows = []
        for row in database.rows(f'SELECT * FROM "{table}"') if table not in AT_HOME else ():
            values = {}
            for name, value in dict(row).items():
                owner = "theme" if name == "parent_id" else name.removesuffix("_id")
                known = uids.get(owner, {}) if name.endswith("_id") else {}
                if name != "id" and name not in NOT_CARRIED.get(table, ()):
                    values[name] = known.get(value) if known else value
                if name in ("origins", "details"):
                    values[name] = json.loads(row[name])
            rows.append(values)
        found[table] = sorted(rows, key=repr)
    found["order of themes"] = [theme.path for theme in workspace.themes.all()]
    found["order in collections"] = {one.name: one.sequence for one in workspace.collections.all()}
    return found


def vault(workspace: Workspace, folder: Path, *, private: bool = True) -> Path:
    finished(workspace.export(Selection(private=private), "markdown", folder, {}))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def same(came: Workspace, left: Workspace) -> None:
    theirs = content(left)
    for table, rows in content(came).items():
        assert rows == theirs[table], table


def test_a_vault_comes_back_with_all_ids(library, tmp_path):
    folder = vault(library, tmp_path / "vault")
    with Workspace(tmp_path / "other") as other:
        report = imported(other, folder)
        assert (report.failed, report.skipped) == ((), ())
        same(other, library)
        assert sound(other) == []
        before = tables(other.library.database)
        again = imported(other, folder)
        assert (again.failed, again.skipped, again.step) == ((), (), None)
        assert tables(other.library.database) == before
        # What the other library writes is the same but for the order in which the index lists articles.
        written, back = files(folder), files(vault(other, tmp_path / "back"))
        assert {name for name in written if name in back and written[name] == back[name]} == set(written) - {"lib.md"}


def test_a_vault_changes_nothing_where_it_came_from(library, tmp_path):
    before = tables(library.library.database)
    for private in (True, False):
        report = imported(library, vault(library, tmp_path / f"vault {private}", private=private))
        assert (report.failed, report.skipped) == ((), ())
        assert tables(library.library.database) == before


NAMES = (
    "- item", "+ plus", "* star", "# x", "## y", "1. x", "2) y", "[x](y)", "a#b", "a|b", "a^b", "[[x]]", "![[x]]",
    "> q", "```", "~~~ z", "---", "===", "a > b", "a · b", "^h-1", "#tag", "%% x %%", "<b>x</b>", "&lt;x", "`c`",
    "**b**", "x\\", "\\", "$x$", "|", "true", "1", "2025-01-01", ": a", "a: b", "'q'", "- [ ] t", "]]>",
    "😀", "a\u200db", "_u_", "!",
    "Zebra", "zebra 2", "no longer in the text", "¶ 3", "marked by Zoë", "Passage", "x" * 300,
)  # fmt: skip


def _themed(workspace: Workspace) -> None:
    """Fill a library with themes of all these names, each with another one of its name below it."""
    text = "The night train runs and nobody asked. " * 3
    key = add(workspace.holdings, text, title="- item")
    with workspace.library.deed("Themed"):
        for place, name in enumerate(NAMES):
            above = workspace.themes.add(name, definition=name)
            below = workspace.themes.add(name, under=above.id)
            made = workspace.highlights.add(key, place, place + 4, [])
            workspace.highlights.retheme(made.id, add=[below.id, above.id] if place % 2 else [above.id])
            workspace.articles.theme(key, [above.id, below.id])


@pytest.mark.parametrize("texts", ["yes", "no"])
def test_themes_of_any_name_gain_no_twin(tmp_path, texts):
    with Workspace(tmp_path / "lib") as workspace:
        _themed(workspace)
        finished(workspace.export(Selection(private=True), "markdown", tmp_path / "vault", {"texts": texts}))
        before = tables(workspace.library.database)
        assert imported(workspace, tmp_path / "vault").themes == ()
        assert tables(workspace.library.database) == before
        with Workspace(tmp_path / "other") as other:
            imported(other, tmp_path / "vault")
            assert [one.path for one in other.themes.all()] == [one.path for one in workspace.themes.all()]


def test_themes_of_any_name_gain_no_twin_from_notes_without_records(tmp_path):
    """As an older program wrote them, or somebody who took what is hidden in them for a mistake."""
    with Workspace(tmp_path / "lib") as workspace:
        _themed(workspace)
        folder = vault(workspace, tmp_path / "vault")
        for note in folder.rglob("*.md"):
            text = note.read_text(encoding="utf-8").partition("%% begin record %%")[0]
            note.write_text(re.sub(r" %%\{.*\}%%$", "", text, flags=re.MULTILINE), encoding="utf-8")
        before = tables(workspace.library.database)
        assert imported(workspace, folder).themes == ()
        assert tables(workspace.library.database) == before


def test_a_packed_vault_comes_back_too(library, tmp_path):
    folder = vault(library, tmp_path / "vault")
    with zipfile.ZipFile(tmp_path / "vault.zip", "w") as box:
        for name, data in files(folder).items():
            box.writestr(name, data)
    with Workspace(tmp_path / "other") as other:
        assert imported(other, tmp_path / "vault.zip").failed == ()
        same(other, library)


def test_a_second_export_changes_no_byte_and_keeps_what_a_reader_wrote(library, tmp_path):
    folder = vault(library, tmp_path / "vault")
    first = files(folder)
    assert files(vault(library, folder)) == first
    for name in first:
        if name.endswith(".md"):
            path = folder / name
            path.write_text(f"{path.read_text(encoding='utf-8')}\nMine: {name}\n", encoding="utf-8")
    mine = files(vault(library, folder))
    assert files(vault(library, folder)) == mine
    for name, data in first.items():
        assert mine[name] == (data + f"\nMine: {name}\n".encode() if name.endswith(".md") else data)


def test_a_renamed_article_and_collection_keep_their_notes(library, tmp_path):
    folder = vault(library, tmp_path / "vault")
    (note,) = folder.glob("=Rail*.md")
    (listed,) = (folder / "Collections").glob("List*.md")
    for path in (note, listed):
        path.write_text(f"{path.read_text(encoding='utf-8')}\nMine.\n", encoding="utf-8")
    library.articles.edit(library.articles.key(note.stem[-8:]), {"title": "Ferry"})
    library.collections.edit("List: a/b?", new_name="Other")
    vault(library, folder)
    assert not note.exists()
    assert not listed.exists()
    assert (folder / f"Ferry {note.stem[-8:]}.md").read_text(encoding="utf-8").endswith("\nMine.\n")
    assert (folder / "Collections" / f"Other {listed.stem[-8:]}.md").read_text(encoding="utf-8").endswith("\nMine.\n")


def test_a_collection_comes_back_as_it_is_read(library, tmp_path):
    folder = tmp_path / "one"
    finished(library.export(Selection(collection="List: a/b?"), "markdown", folder, {}))
    index = (folder / "List a b.md").read_text(encoding="utf-8")
    assert "\n## Beginning \\# 1\n" in index
    with Workspace(tmp_path / "other") as other:
        imported(other, folder)
        (came,) = other.collections.all()
        left = library.collections.find("List: a/b?")
        assert (came.id, came.name, came.note, came.sequence) == (left.id, left.name, left.note, left.sequence)
        assert came.interludes == left.interludes
