"""Random deeds, undone and redone, over several sessions: everything always returns exactly."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.drafts import Draft
from app.errors import AppError, Conflict, NotFound
from app.library.articles import Source
from app.library.holdings import Holdings
from app.model import LeftOut, Metadata
from app.text.body import Body, Piece, Run
from tests.libraries import displaced, opened, tables

WORDS = ("train", "night", "Zug", "caf\N{LATIN SMALL LETTER E WITH ACUTE}", "cafe\N{COMBINING ACUTE ACCENT}", "قطار",
         "列车", "\N{STEAM LOCOMOTIVE}\N{VARIATION SELECTOR-16}", "59", "night train")  # fmt: skip
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
bodies = st.lists(lines, min_size=1, max_size=4)
names = st.sampled_from(["A", "B", "C", "A > B", "B > A", "A > B > C", "D"])
some_names = st.lists(names, max_size=2)
notes = st.sampled_from(["", "a note", "another *note*\n\nof two"])
places = st.floats(0, 1)
sittings = st.sampled_from(["", "a note", "the ends"])
picks = st.integers(0, 1000)


def draft(texts: list[str], left: list[str]) -> Draft:
    pieces = [Piece(text, runs=(Run(0, len(text), "strong"),)) for text in texts]
    cut = tuple(LeftOut("share", text, number) for number, text in enumerate(left))
    return Draft(Body.of(pieces), Metadata(title=texts[0]), cut)


class Deeds(RuleBasedStateMachine):
    """A reader who does everything the library can do, and changes their mind."""

    master: Path
    folder: Path
    holdings: Holdings

    @initialize()
    def open(self) -> None:
        self.folder = Path(mkdtemp())
        copytree(self.master, self.folder, dirs_exist_ok=True)
        self._open()
        self.beginning = tables(self.holdings.library.database)

    def _open(self) -> None:
        self.holdings = opened(self.folder)
        self.holdings.library.database.execute("PRAGMA synchronous=OFF")

    def article(self, pick: int) -> int | None:
        keys = self.holdings.articles.keys()
        return keys[pick % len(keys)] if keys else None

    def highlight(self, pick: int) -> str | None:
        rows = self.holdings.library.database.rows("SELECT uid FROM highlight ORDER BY id")
        return str(rows[pick % len(rows)]["uid"]) if rows else None

    def theme(self, pick: int) -> str | None:
        themes = self.holdings.themes.all()
        return themes[pick % len(themes)].id if themes else None

    def span(self, article: int, one: float, other: float) -> tuple[int, int]:
        size = len(self.holdings.bodies.content(article).body.text)
        start, end = sorted((int(one * size), int(other * size)))
        return start, max(end, start + 1)

    @rule(texts=bodies, left=st.lists(lines, max_size=2), themes=some_names, note=notes)
    def add(self, texts: list[str], left: list[str], themes: list[str], note: str) -> None:
        def deed() -> None:
            with self.holdings.library.deed("Import"):
                key = self.holdings.articles.add(draft(texts, left), Source("a.txt"))
                self.holdings.articles.theme(key, themes)
                self.holdings.articles.note(key, note)

        self.try_to(deed)

    @rule(pick=picks, texts=bodies)
    def import_again(self, pick: int, texts: list[str]) -> None:
        if (article := self.article(pick)) is not None:
            with self.holdings.library.deed("Import"):
                self.holdings.articles.update(article, draft(texts, []), Source("b.txt"))

    @rule(pick=picks, title=lines, state=st.sampled_from(["read", "unread"]), value=st.sampled_from(["", "x", "y"]))
    def edit(self, pick: int, title: str, state: str, value: str) -> None:
        if (article := self.article(pick)) is not None:
            try:
                self.holdings.articles.edit(article, {"title": title}, state, {"Tone": value})
            except NotFound:
                self.holdings.attributes.add("Tone")

    @rule()
    def delete_attribute(self) -> None:
        self.try_to(lambda: self.holdings.attributes.delete("Tone"))

    @rule(picked=st.lists(picks, min_size=1, max_size=2))
    def remove(self, picked: list[int]) -> None:
        if self.holdings.articles.count():
            self.holdings.articles.remove(sorted({self.article(pick) for pick in picked}))

    @rule(pick=picks, number=st.integers(0, 2))
    def keep(self, pick: int, number: int) -> None:
        if (article := self.article(pick)) is not None:
            self.try_to(lambda: self.holdings.bodies.keep(article, number))

    @rule(pick=picks, number=st.integers(0, 2))
    def leave_out(self, pick: int, number: int) -> None:
        if (article := self.article(pick)) is not None:
            self.try_to(lambda: self.holdings.bodies.leave_out(article, number))

    @rule(pick=picks, one=places, other=places, themes=some_names, note=notes)
    def mark(self, pick: int, one: float, other: float, themes: list[str], note: str) -> None:
        if (article := self.article(pick)) is not None:
            self.try_to(lambda: self.holdings.highlights.add(article, *self.span(article, one, other), themes, note))

    @rule(pick=picks, add=some_names, remove=some_names)
    def retheme(self, pick: int, add: list[str], remove: list[str]) -> None:
        if mark := self.highlight(pick):
            self.try_to(lambda: self.holdings.highlights.retheme(mark, add, remove))

    @rule(pick=picks, note=notes, sitting=sittings)
    def note(self, pick: int, note: str, sitting: str) -> None:
        with self.holdings.library.sittings.on(sitting):
            if mark := self.highlight(pick):
                self.holdings.highlights.note(mark, note)
            else:
                self.holdings.notes.write(note)

    @rule(pick=picks, typed=st.lists(notes, min_size=2, max_size=4))
    def type_note(self, pick: int, typed: list[str]) -> None:
        if mark := self.highlight(pick):
            for note in typed:
                with self.holdings.library.sittings.on("typed"):
                    self.holdings.highlights.note(mark, note)

    @rule(pick=picks, one=places, other=places, sitting=sittings)
    def move(self, pick: int, one: float, other: float, sitting: str) -> None:
        if mark := self.highlight(pick):
            article = self.holdings.articles.key(self.holdings.highlights.find(mark).article)
            with self.holdings.library.sittings.on(sitting):
                self.try_to(lambda: self.holdings.highlights.move(mark, *self.span(article, one, other)))

    @rule(pick=picks)
    def unmark(self, pick: int) -> None:
        if mark := self.highlight(pick):
            self.holdings.highlights.remove(mark)

    @rule(name=names, note=notes)
    def make_theme(self, name: str, note: str) -> None:
        self.try_to(lambda: self.holdings.themes.edit(self.holdings.themes.ensure(name).id, note=note))

    @rule(pick=picks, name=st.sampled_from(["A", "b", "C", "E"]), digit=st.integers(0, 9))
    def edit_theme(self, pick: int, name: str, digit: int) -> None:
        if theme := self.theme(pick):
            self.try_to(lambda: self.holdings.themes.edit(theme, new_name=name, digit=digit, definition=name * 3))

    @rule(pick=picks, under=picks, top=st.booleans())
    def move_theme(self, pick: int, under: int, top: bool) -> None:
        if theme := self.theme(pick):
            self.try_to(lambda: self.holdings.themes.move(theme, None if top else self.theme(under)))

    @rule(one=picks, other=picks)
    def merge_themes(self, one: int, other: int) -> None:
        if theme := self.theme(one):
            self.try_to(lambda: self.holdings.themes.merge(theme, self.theme(other)))

    @rule(pick=picks)
    def delete_theme(self, pick: int) -> None:
        if theme := self.theme(pick):
            self.try_to(lambda: self.holdings.themes.delete(theme))

    @rule(pick=picks, other=picks, name=st.sampled_from(["Reading", "Later"]), out=st.booleans())
    def collect(self, pick: int, other: int, name: str, out: bool) -> None:
        article = self.article(pick)
        if article is not None:
            ids = [self.holdings.articles.by_keys([article])[0].id, *filter(None, [self.highlight(other)])]
            collection = self.holdings.collections.named(name) or self.holdings.collections.add(name)
            put = self.holdings.collections.take if out else self.holdings.collections.put
            self.try_to(lambda: put(collection.id, ids))

    @rule(name=st.sampled_from(["Reading", "Later"]))
    def delete_collection(self, name: str) -> None:
        self.try_to(lambda: self.holdings.collections.delete(name))

    @rule()
    def undo(self) -> None:
        """Taking back the latest step always works: only having none is a reason not to."""
        try:
            self.holdings.library.undo()
        except NotFound:
            assert not any(step.done for step in self.holdings.library.journal.steps())

    @rule()
    def redo(self) -> None:
        self.try_to(self.holdings.library.redo)

    @rule(pick=picks)
    def play_any(self, pick: int) -> None:
        steps = self.holdings.library.journal.steps()
        if steps:
            step = steps[pick % len(steps)]
            play = self.holdings.library.undo if step.done else self.holdings.library.redo
            before = tables(self.holdings.library.database)
            try:
                play(step.number)
            except Conflict as error:
                refused = str(error)
                assert tables(self.holdings.library.database) == before
                assert "these first" in refused

    @rule()
    def reopen(self) -> None:
        self.holdings.library.close()
        self._open()

    def try_to(self, deed: object) -> None:
        """Do something that may be refused with a sentence, and then changes nothing."""
        before = tables(self.holdings.library.database)
        try:
            deed()
        except AppError:
            assert tables(self.holdings.library.database) == before

    @invariant()
    @precondition(lambda self: hasattr(self, "holdings"))
    def promises(self) -> None:
        database = self.holdings.library.database
        assert displaced(database) == []
        assert database.rows("PRAGMA foreign_key_check") == []
        themes = self.holdings.themes.all()
        assert len(themes) == database.value("SELECT count(*) FROM theme"), "a theme hangs below itself"
        assert len({tuple(map(str.casefold, theme.path)) for theme in themes}) == len(themes)
        digits = [theme.digit for theme in themes if theme.digit]
        assert len(set(digits)) == len(digits)

    def teardown(self) -> None:
        if not hasattr(self, "holdings"):
            return
        try:
            end = tables(self.holdings.library.database)
            done = sum(step.done for step in self.holdings.library.journal.steps())
            self.reopen()
            for _ in range(done):
                self.holdings.library.undo()
            assert tables(self.holdings.library.database) == self.beginning
            self.reopen()
            for _ in range(done):
                self.holdings.library.redo()
            assert tables(self.holdings.library.database) == end
        finally:
            self.holdings.library.close()
            rmtree(self.folder)


@pytest.mark.slow
def test_random_deeds_always_return_exactly(tmp_path: Path) -> None:
    opened(tmp_path / "master").library.close()
    Deeds.master = tmp_path / "master"
    run_state_machine_as_test(
        Deeds, settings=settings(max_examples=settings().max_examples // 4, stateful_step_count=30)
    )
