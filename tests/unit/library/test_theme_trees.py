"""Trees of themes are as deep as a person can use; those of a foreign file may be deeper, and hurt nothing."""

from __future__ import annotations

import pytest

from app.drafts import Codebook, ThemeDraft
from app.errors import InvalidInput
from app.library.theme_paths import ARROW, DEEPEST
from app.workspace import Workspace
from tests.libraries import add, finished, imported, sound, tables

DEEP = 1_100


@pytest.fixture
def workspace(tmp_path):
    with Workspace(tmp_path / "library", origin="test") as found:
        yield found


def nested(workspace: Workspace, first: str, levels: int) -> None:
    """Hang themes below each other as no program of ours would."""
    database = workspace.library.database
    with workspace.library.deed("Nested"):
        parent = None
        for level in range(levels):
            row = {"uid": f"{first}{level:031}", "name": first if level == 0 else f"t{level}", "parent_id": parent}
            parent = database.insert("theme", {**row, "colour": "#3b82c4", "rank": level})


def path(levels: int) -> str:
    return ARROW.join(f"t{level}" for level in range(levels))


def test_a_tree_of_any_depth_is_listed_searched_and_merged(workspace, tmp_path):
    (tmp_path / "one.md").write_text("# Night trains\n\nThe night train runs again.\n")
    imported(workspace, tmp_path / "one.md")
    nested(workspace, "a", DEEP)
    nested(workspace, "b", DEEP)
    (key,) = workspace.articles.keys()
    workspace.highlights.add_quote(key, "night train", themes=[f"a{DEEP - 1:031}"])
    themes = workspace.themes.all()
    assert len(themes) == DEEP * 2
    assert max(len(theme.path) for theme in themes) == DEEPEST
    with pytest.raises(InvalidInput, match="itself or below it"):
        workspace.themes.move(f"a{DEEP // 2:031}", f"a{DEEP - 1:031}")
    assert workspace.search("theme:a", passages=True).total == 1
    assert workspace.themes.merge("a", "b").name == "b"
    assert len(workspace.themes.all()) == DEEP
    assert workspace.search(f"theme:t{DEEP - 1}", passages=True).total == 1
    assert sound(workspace) == []
    workspace.undo()
    assert len(workspace.themes.all()) == DEEP * 2


def test_themes_that_hang_below_each_other_are_listed_and_merged_into_another_library(workspace, tmp_path):
    """No program of ours hangs them so; what was put under them must not be lost for that."""
    with Workspace(tmp_path / "foreign") as foreign:
        key = add(foreign.holdings, "The night train runs again.")
        for name, under in (("Sound", None), ("A", None), ("B", "A"), ("C", "B")):
            foreign.themes.add(name, under=under)
        foreign.highlights.add_quote(key, "night train", themes=["C"])
        foreign.library.database.execute(
            "UPDATE theme SET parent_id=(SELECT id FROM theme WHERE name='C') WHERE name='A'"
        )
        assert [theme.path for theme in foreign.themes.all()] == [("Sound",), ("A",), ("A", "B"), ("A", "B", "C")]
    for _ in range(2):
        finished(workspace.merge(tmp_path / "foreign"))
    assert [(theme.path, theme.highlights) for theme in workspace.themes.all()] == [
        (("Sound",), 0),
        (("A",), 0),
        (("A", "B"), 0),
        (("A", "B", "C"), 1),
    ]
    assert sound(workspace) == []


@pytest.mark.parametrize("levels", [DEEPEST + 1, 2_000])
def test_a_path_that_is_too_deep_is_refused_and_nothing_is_made(workspace, levels):
    with pytest.raises(InvalidInput, match=f"the {DEEPEST} levels"):
        workspace.themes.ensure(path(levels))
    assert workspace.themes.all() == ()


def test_no_theme_is_made_moved_or_merged_too_deep(workspace):
    workspace.themes.ensure(path(DEEPEST))
    workspace.themes.ensure("High > Higher")
    before = tables(workspace.library.database)
    last, lowest = f"t{DEEPEST - 2}", f"t{DEEPEST - 1}"
    with pytest.raises(InvalidInput, match="“More” would lie deeper"):
        workspace.themes.add("More", under=lowest)
    with pytest.raises(InvalidInput, match="“High” would lie deeper"):
        workspace.themes.move("High", last)
    with pytest.raises(InvalidInput, match="“High” would lie deeper"):
        workspace.themes.merge("High", lowest)
    assert tables(workspace.library.database) == before
    assert len(workspace.themes.move("Higher", last).path) == DEEPEST
    assert workspace.themes.merge("High", lowest).name == lowest
    assert workspace.themes.merge("t0", lowest).path == (lowest,)


def test_what_comes_with_articles_too_deep_is_one_name_and_known_again(workspace, tmp_path):
    deep = "/".join(f"t{level}" for level in range(DEEP))
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"---\nthemes: [{deep}]\n---\n# {name}\n\nThe {name}.\n")
    assert len(imported(workspace, tmp_path / "one.md").added) == 1
    assert len(imported(workspace, tmp_path / "two.md").added) == 1
    themes = workspace.themes.all()
    assert len(themes) == DEEPEST
    assert ARROW.join(themes[-1].path) == path(DEEP)
    assert [article.themes for article in workspace.articles.by_keys(workspace.articles.keys())] == [
        (themes[-1].id,)
    ] * 2


def test_a_codebook_that_is_too_deep_keeps_every_theme(workspace):
    names = [f"t{level}" for level in range(DEEPEST + 3)]
    drafts = tuple(ThemeDraft(tuple(names[: level + 1]), definition=names[level]) for level in range(len(names)))
    for _ in range(2):
        with workspace.library.deed("Codebook"):
            workspace.holdings.codebooks.take_in(Codebook(drafts), workspace.themes.keys())
    found = workspace.themes.all()
    assert {theme.definition for theme in found} == set(names)
    assert len(found) == len(names)
    assert max(len(theme.path) for theme in found) == DEEPEST


def test_kept_queries_name_the_theme_that_another_was_merged_into(workspace):
    for name in ("War > Sea", "Peace > Sea"):
        workspace.themes.ensure(name)
    workspace.collections.add("Kept", '"War > Sea" theme:War OR theme:"War > Sea"')
    workspace.themes.merge("War", "Peace")
    assert workspace.collections.find("Kept").query == '"War > Sea" theme:Peace OR theme:Sea'
    finished(workspace.check(deep=True))


def test_the_themes_of_a_library_are_read_once_for_all_that_come_in(workspace):
    """However many: a bookmark service hands over thousands of tags, a project a codebook of hundreds."""
    themes, codebooks, said = workspace.themes, workspace.holdings.codebooks, []
    workspace.themes.add("Trains", digit=1)
    workspace.library.database.connection.set_trace_callback(said.append)
    with workspace.library.deed("Tags"), themes.remembering():
        made = [themes.take_in(f"Tag {number}") for number in range(30)]
        assert [themes.take_in(f" tag  {number}").id for number in range(30)] == [one.id for one in made]
        assert themes.take_in("trains > Night trains").path == ("Trains", "Night trains")
        assert themes.edit("Tag 3", new_name="Tag three").id == themes.take_in("tag three").id == made[3].id
    drafts = [ThemeDraft(("Codes", f"Code {number}"), "#112233", "What it means", "A note") for number in range(30)]
    with workspace.library.deed("Codebook"):
        taken = codebooks.take_in(Codebook(tuple(drafts)), ())
        assert codebooks.take_in(Codebook(tuple(drafts)), ()).made == ()
    workspace.library.database.connection.set_trace_callback(None)
    assert len(taken.made) == 31
    assert sum(statement.startswith("SELECT * FROM theme ORDER BY") for statement in said) <= 8
    assert themes.find("Code 7").definition == "What it means"
    assert sound(workspace) == []
