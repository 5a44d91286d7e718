"""Layers: what another coder marked, beside the reader's own marks and never joined with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.drafts import Mark
from app.library.bodies import Bodies
from app.library.database import Database
from app.library.highlights import Highlights
from app.library.library import Library, clean_text
from app.library.marks import anchor_of, found
from app.library.naming import slotted
from app.library.rounds import Rounds
from app.model import Highlight, Status, Theme
from app.rounds import Round
from app.text.anchors import Anchor, describe

Coded = tuple[Mark, Sequence[Theme]]
_Sign = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of a layer on an article, by number: passages that are new, were there as they are, and are gone."""

    made: int = 0
    kept: int = 0
    gone: int = 0
    orphaned: int = 0


class Layers:
    """The layers of one library; the reader's own goes by ``""``."""

    def __init__(self, library: Library, bodies: Bodies, highlights: Highlights, rounds: Rounds) -> None:
        """Work on an open library."""
        self._database: Database = library.database
        self._bodies = bodies
        self._highlights = highlights
        self._rounds = rounds

    def has(self, author: str) -> bool:
        """Tell whether anything in the library has this author."""
        return any(
            self._database.value(f"SELECT 1 FROM {table} WHERE author=? LIMIT 1", (author,)) is not None
            for table in ("highlight", "layer_theme")
        )

    def strangers(self, rounds: Sequence[Round]) -> frozenset[str]:
        """Return the coders of rounds that a file tells of who are others here, so that the file cannot tie up marks.

        They have marks that came from elsewhere, or other rounds of which none has been taken in.
        """
        held, coders = self._rounds.all(), self._rounds.coders()
        known, names = {(one.id, one.coder) for one in held}, {one.coder for one in held}
        own = {one.coder for one in rounds if (one.id, one.coder) in known}
        new = {one.coder for one in rounds if one.taken}.difference(coders)
        rows = self._database.rows("SELECT author FROM highlight UNION SELECT author FROM layer_theme") if new else ()
        return frozenset(new.intersection({row["author"] for row in rows} | (names - own)))

    def highlights(self, articles: Sequence[int], author: str) -> dict[int, tuple[Highlight, ...]]:
        """Return what an author marked, by article, each in the order of the text."""
        held = self._highlights.of_articles(articles)
        return {key: tuple(one for one in held.get(key, ()) if one.author == author) for key in articles}

    def outside(self, articles: Sequence[int]) -> dict[int, tuple[Highlight, ...]]:
        """Return what is in none of the coders' layers and not in the consensus, by article."""
        layers, held = self._rounds.layers(), self._highlights.of_articles(articles)
        return {key: tuple(one for one in held.get(key, ()) if one.author not in layers) for key in articles}

    def themes(self, articles: Sequence[int], author: str) -> dict[int, frozenset[str]]:
        """Return the ids of the themes that an author put on whole articles, by article."""
        table, values = ("layer_theme", [author]) if author else ("article_theme", [])
        where = " AND author=?" if author else ""
        grouped: dict[int, set[str]] = defaultdict(set)
        for part, slots in slotted(articles):
            for row in self._database.rows(
                f"""SELECT article_id, uid FROM {table} JOIN theme ON theme.id=theme_id
                    WHERE article_id IN ({slots}){where}""",
                [*part, *values],
            ):
                grouped[row["article_id"]].add(row["uid"])
        return {key: frozenset(grouped.get(key, ())) for key in articles}

    def on_articles(self, articles: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
        """Return the ids of the themes that others than the reader put on whole articles, by article and author."""
        found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for part, slots in slotted(articles):
            for row in self._database.rows(
                f"""SELECT article_id, author, uid FROM layer_theme JOIN theme ON theme.id=theme_id
                    WHERE article_id IN ({slots}) ORDER BY article_id, author, layer_theme.id""",
                part,
            ):
                held = found[row["article_id"]]
                held[row["author"]] = (*held.get(row["author"], ()), row["uid"])
        return found

    def take_in(self, article: int, themes: Mapping[str, Sequence[Theme]]) -> tuple[bool, Counter[str]]:
        """Let authors have themes on a whole article that a file says they have; tell whether any of it was new.

        What a coder's round covers stays as the coder gave it back: how many themes that cost is told, by coder.
        """
        before, coders = self.on_articles([article]), self._rounds.covered([article]).get(article, ())
        passed: Counter[str] = Counter()
        for name, own in themes.items():
            author = clean_text(name)
            if author in coders:
                held = before.get(article, {}).get(author, ())
                passed[author] += sum(theme.id not in held for theme in own)
            elif author.strip():
                for theme in own:
                    self.put_theme(article, theme, author)
        return self.on_articles([article]) != before, passed

    def put_theme(self, article: int, theme: Theme, author: str) -> None:
        """Let an author have a theme on a whole article, inside a deed."""
        self._database.execute(
            "INSERT INTO layer_theme (article_id, theme_id, author) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
            " (SELECT 1 FROM layer_theme WHERE article_id=?1 AND theme_id=?2 AND author=?3)",
            (article, theme.key, author),
        )

    def take_theme(self, article: int, theme: int, author: str) -> None:
        """Take an author's theme off a whole article, inside a deed."""
        self._database.execute(
            "DELETE FROM layer_theme WHERE article_id=? AND theme_id=? AND author=?", (article, theme, author)
        )

    def replace(self, article: int, author: str, coded: Sequence[Coded], themes: Sequence[Theme]) -> Replaced:
        """Let a layer hold just this of an article, inside a deed; what is in it so already is left alone.

        A passage that cannot be found with certainty in our text becomes an orphan of the layer.
        """
        self._replace_themes(article, author, themes)
        text = self._bodies.texts([article]).get(article, "")
        coded = [(mark, own) for mark, own in coded if mark.quote.strip()]
        spans = found(text, [mark for mark, _ in coded])
        held: dict[_Sign, list[Highlight]] = defaultdict(list)
        for one in self.highlights([article], author)[article]:
            place = (one.start, one.end) if one.status is Status.ANCHORED else one.quote
            held[place, frozenset(one.themes), one.note].append(one)
        fresh: list[tuple[Mark, Sequence[Theme], Anchor, bool]] = []
        kept = 0
        for (mark, own), span in zip(coded, spans, strict=True):
            anchor = anchor_of(mark)
            same = held.get((span or anchor.quote, frozenset(theme.id for theme in own), clean_text(mark.note)))
            if same:
                same.pop()
                kept += 1
            elif span:
                fresh.append((mark, own, describe(text, *span), False))
            else:
                lost = Anchor(0, len(anchor.quote), anchor.quote, anchor.prefix, anchor.suffix)
                fresh.append((mark, own, lost, True))
        gone = [one for left in held.values() for one in left]
        for one in gone:
            self._database.delete("highlight", one.key)
        for mark, own, where, is_lost in fresh:
            self._highlights.insert(article, where, own, mark.note, replace(mark, author=author), orphan=is_lost)
        return Replaced(len(fresh), kept, len(gone), sum(is_lost for *_, is_lost in fresh))

    def _replace_themes(self, article: int, author: str, themes: Sequence[Theme]) -> None:
        wanted = {theme.key: theme for theme in themes}
        rows = self._database.rows(
            "SELECT theme_id FROM layer_theme WHERE article_id=? AND author=?", (article, author)
        )
        for row in rows:
            if row["theme_id"] not in wanted:
                self.take_theme(article, row["theme_id"], author)
        for theme in wanted.values():
            self.put_theme(article, theme, author)
