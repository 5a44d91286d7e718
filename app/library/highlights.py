"""The reader's highlights: marked spans of an article's text with themes and notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.drafts import Mark
from app.errors import InvalidInput, NotFound
from app.library.bodies import Bodies
from app.library.database import Row, sound
from app.library.library import Library, clean_text, new_uid, now
from app.library.naming import one, slotted
from app.library.notes import Notes
from app.library.rounds import Rounds
from app.library.themes import Themes
from app.model import Highlight, Status, Theme
from app.text import quotes
from app.text.anchors import Anchor, describe, resolve
from app.text.ranges import Span

LABEL_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of passages that were to be marked: the ids of highlights that were made, and of older ones of the
    same span that got themes; how many older ones had all of it already, and how many passages are gone from the text.
    """

    made: tuple[str, ...] = ()
    themed: tuple[str, ...] = ()
    unchanged: int = 0
    gone: int = 0


class Highlights:
    """The highlights of a library. Articles are named by key, highlights by id or its beginning."""

    def __init__(self, library: Library, bodies: Bodies, themes: Themes, notes: Notes) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database
        self._bodies = bodies
        self._themes = themes
        self._notes = notes
        self._rounds = Rounds(library)

    def find(self, given: str) -> Highlight:
        """Return the highlight with this id; raises ``NotFound``."""
        return self._by_key(self._row(given)["id"])

    def of_article(self, article: int) -> tuple[Highlight, ...]:
        """Return the highlights of an article in the order of the text."""
        return self.of_articles([article]).get(article, ())

    def of_articles(self, articles: Iterable[int]) -> dict[int, tuple[Highlight, ...]]:
        """Return the highlights of several articles, by article, each in the order of the text."""
        grouped: dict[int, list[Highlight]] = defaultdict(list)
        for part, slots in slotted(list(articles)):
            rows = self._database.rows(
                f"SELECT * FROM highlight WHERE article_id IN ({slots}) ORDER BY article_id, start, end, id", part
            )
            for row, highlight in zip(rows, self._values(rows), strict=True):
                grouped[row["article_id"]].append(highlight)
        return {article: tuple(found) for article, found in grouped.items()}

    def by_keys(self, keys: Sequence[int]) -> list[Highlight]:
        """Return highlights by their keys, in that order; keys that are gone are passed over."""
        found: dict[int, Highlight] = {}
        for part, slots in slotted(list(keys)):
            rows = self._database.rows(f"SELECT * FROM highlight WHERE id IN ({slots})", part)
            found |= {highlight.key: highlight for highlight in self._values(rows)}
        return [found[key] for key in keys if key in found]

    def themes_by_article(self, articles: Sequence[int]) -> dict[str, tuple[str, ...]]:
        """Return the ids of the themes on the passages of articles, by the id of the article, the commonest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for part, slots in slotted(list(articles)):
            rows = self._database.rows(
                f"""SELECT article.uid AS article, theme.uid AS theme FROM highlight
                    JOIN highlight_theme ON highlight_theme.highlight_id=highlight.id
                    JOIN theme ON theme.id=highlight_theme.theme_id JOIN article ON article.id=highlight.article_id
                    WHERE highlight.article_id IN ({slots}) GROUP BY article.uid, theme.uid
                    ORDER BY count(*) DESC, theme.rank, theme.id""",
                part,
            )
            for row in rows:
                found[row["article"]].append(row["theme"])
        return {article: tuple(themes) for article, themes in found.items()}

    def keys_with(self, themes: Sequence[int]) -> list[int]:
        """Return the keys of the highlights that have one of these themes, in the order of the articles' texts."""
        slots = ",".join("?" * len(themes))
        rows = self._database.rows(
            f"""SELECT id FROM highlight WHERE id IN
                (SELECT highlight_id FROM highlight_theme WHERE theme_id IN ({slots}))
                ORDER BY article_id, start, end, id""",
            list(themes),
        )
        return [row["id"] for row in rows]

    def articles_with(self, theme: str, limit: int) -> list[tuple[int, int]]:
        """Return the articles with most passages of a theme, by key, each with their number."""
        rows = self._database.rows(
            """SELECT highlight.article_id AS article, count(*) AS number FROM highlight_theme
               JOIN highlight ON highlight.id=highlight_theme.highlight_id
               WHERE highlight_theme.theme_id=(SELECT id FROM theme WHERE uid=?)
               GROUP BY highlight.article_id ORDER BY number DESC, highlight.article_id DESC LIMIT ?""",
            (theme, limit),
        )
        return [(row["article"], row["number"]) for row in rows]

    def orphans(self) -> list[Highlight]:
        """Return the highlights whose passage was lost."""
        rows = self._database.rows("SELECT id FROM highlight WHERE status='orphan' ORDER BY article_id, start")
        return self.by_keys([row["id"] for row in rows])

    def displaced(self) -> list[Highlight]:
        """Return the highlights that are not where they say, which only a damaged or foreign library has."""
        rows = self._database.rows(
            """SELECT highlight.id FROM highlight LEFT JOIN body USING (article_id) WHERE status='anchored'
               AND (start < 0 OR end <= start OR substr(ifnull(text, ''), start+1, end-start) <> quote)
               ORDER BY highlight.id"""
        )
        return self.by_keys([row["id"] for row in rows])

    def put_back(self, highlight: Highlight) -> bool:
        """Put a displaced highlight back on its words, inside a deed; without them it becomes an orphan."""
        article = self._database.value("SELECT article_id FROM highlight WHERE id=?", (highlight.key,))
        text = self._bodies.texts([article]).get(article, "")
        anchor = Anchor(highlight.start, highlight.end, highlight.quote, highlight.prefix, highlight.suffix)
        span = resolve(text, anchor) if highlight.quote else None
        if span is None or text[span[0] : span[1]] != highlight.quote:
            self._database.update("highlight", highlight.key, {"status": Status.ORPHAN, "modified": now()})
            return False
        self._place(highlight.key, describe(text, *span))
        return True

    def locate(self, article: int, quote: str, nth: int = 1) -> Span:
        """Return where the ``nth`` occurrence of a quote stands, exactly or, failing that, but for typography.

        Raises ``NotFound`` when the article has no such passage.
        """
        if nth < 1:
            raise InvalidInput("Occurrences are counted from 1.", "Give --nth 1 or more.")
        text = self._bodies.texts([article]).get(article, "")
        span = quotes.find_like(text, quote, nth)
        if span is None:
            raise NotFound(
                "The text has no passage “{quote}”." if nth == 1 else "The text has “{quote}” fewer than {nth} times.",
                "Copy the words from the article's text.",
                quote=_short(quote),
                nth=nth,
            )
        return span

    def add(self, article: int, start: int, end: int, themes: Sequence[str] = (), note: str = "") -> Highlight:
        """Mark ``text[start:end]`` of an article, exactly; themes that do not exist are made.

        Raises ``InvalidInput`` when the span is empty or outside the text.
        """
        with self._library.deed("Highlight “{quote}”", quote="") as deed:
            anchor = self._described(article, start, end)
            uid = self.insert(article, anchor, [self._themes.ensure(name) for name in themes], note)
            deed.label = type(deed.label)("Highlight “{quote}”", {"quote": _short(anchor.quote)})
        return self.find(uid)

    def mark(
        self, article: int, passages: Sequence[tuple[Span, str]], themes: Sequence[Theme], note: str = ""
    ) -> Marked:
        """Mark passages of an article, each a span and its quote, inside a deed; what is marked so far gets the themes.

        A passage counts as gone when the text does not say the quote there any more. The note is for new highlights.
        """
        text = self._bodies.texts([article]).get(article, "")
        older: dict[Span, Highlight] = {}
        layers = self._rounds.layers()
        for held in self.of_article(article):
            if held.status is Status.ANCHORED and held.author not in layers:
                older.setdefault((held.start, held.end), held)
        made: list[str] = []
        themed: list[str] = []
        unchanged = gone = 0
        for (start, end), quote in dict.fromkeys(passages):
            known = older.get((start, end))
            if not quote or text[start:end] != quote:
                gone += 1
            elif known is None:
                made.append(self.insert(article, describe(text, start, end), themes, note))
            elif all(theme.id in known.themes for theme in themes):
                unchanged += 1
            else:
                self.put_themes(known.key, themes)
                themed.append(known.id)
        return Marked(tuple(made), tuple(themed), unchanged, gone)

    def insert(
        self,
        article: int,
        anchor: Anchor,
        themes: Sequence[Theme],
        note: str,
        mark: Mark | None = None,
        *,
        orphan: bool = False,
    ) -> str:
        """Make a highlight, inside a deed; return its id. ``mark`` is what another program said of it."""
        moment = now()
        uid = mark.id if mark is not None and self.is_free(mark.id) else new_uid()
        key = self._database.insert(
            "highlight",
            {
                "uid": uid,
                "status": Status.ORPHAN if orphan else Status.ANCHORED,
                "author": clean_text(mark.author) if mark is not None else "",
                "article_id": article,
                "start": anchor.start,
                "end": anchor.end,
                "quote": anchor.quote,
                "prefix": anchor.prefix,
                "suffix": anchor.suffix,
                "created": (mark.created if mark is not None else 0) or moment,
                "modified": (mark.modified if mark is not None else 0) or moment,
            },
        )
        self.put_themes(key, themes)
        if note.strip():
            told = mark or Mark("")
            self._notes.write(note, "highlight", key, private=told.private, noted=told.noted)
        return uid

    def is_free(self, uid: str) -> bool:
        """Tell whether a new highlight can have this id."""
        return bool(uid) and self._database.value("SELECT 1 FROM highlight WHERE uid=?", (uid,)) is None

    def add_quote(
        self, article: int, quote: str, nth: int = 1, themes: Sequence[str] = (), note: str = ""
    ) -> Highlight:
        """Mark the ``nth`` occurrence of a quote, found as by :meth:`locate`, in the text as it is at that moment."""
        with self._library.deed("Highlight “{quote}”", quote=_short(quote)):
            start, end = self.locate(article, quote, nth)
            return self.add(article, start, end, themes, note)

    def retheme(self, given: str, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Highlight:
        """Put themes on a highlight (making those that do not exist) and take others off."""
        row = self._own(given)
        with self._library.deed("Themes of “{quote}”", quote=_short(row["quote"])):
            gone = [self._themes.find(name) for name in remove]
            self.put_themes(row["id"], [self._themes.ensure(name) for name in add])
            self.take_themes(row["id"], gone)
        return self._by_key(row["id"])

    def note(self, given: str, text: str, *, private: bool | None = None) -> Highlight:
        """Write the note on a highlight, and say whether it stays home; an empty text removes it."""
        row = self._own(given)
        with self._library.deed("Note on “{quote}”", quote=_short(row["quote"])):
            self._notes.write(text, "highlight", row["id"])
            if private is not None:
                self._notes.set_private("highlight", row["id"], private=private)
        return self._by_key(row["id"])

    def move(self, given: str, start: int, end: int) -> Highlight:
        """Give a highlight another span of its article: its ends nudged, or an orphan placed by hand."""
        row = self._own(given)
        with self._library.deed("Highlight “{quote}” moved", quote=_short(row["quote"])):
            self._place(row["id"], self._described(row["article_id"], start, end))
        return self._by_key(row["id"])

    def remove(self, given: str) -> None:
        """Delete a highlight with its themes and its note."""
        row = self._own(given)
        with self._library.deed("Highlight “{quote}” removed", quote=_short(row["quote"])):
            self._database.delete("highlight", row["id"])

    def _place(self, key: int, anchor: Anchor) -> None:
        self._database.update(
            "highlight",
            key,
            {
                "start": anchor.start,
                "end": anchor.end,
                "quote": anchor.quote,
                "prefix": anchor.prefix,
                "suffix": anchor.suffix,
                "status": Status.ANCHORED,
                "modified": now(),
            },
        )

    def _by_key(self, key: int) -> Highlight:
        found = self.by_keys([key])
        if not found:
            raise NotFound("The highlight is gone: it was deleted in another window.", "See “highlights”.")
        return found[0]

    def _described(self, article: int, start: int, end: int) -> Anchor:
        text = self._bodies.texts([article]).get(article, "")
        if not 0 <= start < end <= len(text):
            raise InvalidInput(
                "{start}–{end} is no passage: the text has {length} characters.",
                "Give a start and an end inside it.",
                start=start,
                end=end,
                length=len(text),
            )
        return describe(text, start, end)

    def put_themes(self, highlight: int, themes: Iterable[Theme]) -> None:
        """Put themes on a highlight, by key, inside a deed."""
        for theme in themes:
            self._database.execute(
                "INSERT INTO highlight_theme (highlight_id, theme_id) SELECT ?1, ?2 WHERE NOT EXISTS"
                " (SELECT 1 FROM highlight_theme WHERE highlight_id=?1 AND theme_id=?2)",
                (highlight, theme.key),
            )

    def take_themes(self, highlight: int, themes: Iterable[Theme]) -> None:
        """Take themes off a highlight, by key, inside a deed."""
        for theme in themes:
            self._database.execute(
                "DELETE FROM highlight_theme WHERE highlight_id=? AND theme_id=?", (highlight, theme.key)
            )

    def authors(self, keys: Sequence[int]) -> frozenset[str]:
        """Return whose some highlights are, by key; ``""`` are the reader's own."""
        found: set[str] = set()
        for part, slots in slotted(list(keys)):
            rows = self._database.rows(f"SELECT DISTINCT author FROM highlight WHERE id IN ({slots})", part)
            found |= {str(row["author"]) for row in rows}
        return frozenset(found)

    def _own(self, given: str) -> Row:
        """Return the row of a highlight that may be changed; that of another coder's layer may not (``Conflict``)."""
        row = self._row(given)
        self._rounds.guard(row["author"])
        return row

    def _row(self, given: str) -> Row:
        return one(self._database, "highlight", given, "highlight", "highlights")

    def _values(self, rows: Sequence[Row]) -> list[Highlight]:
        with sound(self._database.path):
            return self._read(rows)

    def _read(self, rows: Sequence[Row]) -> list[Highlight]:
        keys = [row["id"] for row in rows]
        themes: dict[int, list[str]] = defaultdict(list)
        notes: dict[int, tuple[str, bool]] = {}
        articles: dict[int, str] = {}
        for part, slots in slotted(keys):
            for row in self._database.rows(
                f"""SELECT highlight_id, uid FROM highlight_theme JOIN theme ON theme.id=theme_id
                    WHERE highlight_id IN ({slots}) ORDER BY highlight_theme.id""",
                part,
            ):
                themes[row["highlight_id"]].append(row["uid"])
            for row in self._database.rows(
                f"SELECT highlight_id, text, private FROM note WHERE highlight_id IN ({slots})", part
            ):
                notes[row["highlight_id"]] = (row["text"], bool(row["private"]))
        for part, slots in slotted(sorted({row["article_id"] for row in rows})):
            articles |= {
                row["id"]: row["uid"]
                for row in self._database.rows(f"SELECT id, uid FROM article WHERE id IN ({slots})", part)
            }
        return [
            Highlight(
                row["id"],
                row["uid"],
                articles[row["article_id"]],
                row["start"],
                row["end"],
                row["quote"],
                row["prefix"],
                row["suffix"],
                tuple(themes.get(row["id"], ())),
                notes.get(row["id"], ("", False))[0],
                Status(row["status"]),
                row["created"],
                row["modified"],
                row["author"],
                notes.get(row["id"], ("", False))[1],
            )
            for row in rows
        ]


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    if len(line) <= LABEL_LENGTH:
        return line
    cut = line[: LABEL_LENGTH - 1]
    word = cut.rfind(" ") if line[LABEL_LENGTH - 1] != " " else len(cut)
    return (cut[:word] if word > LABEL_LENGTH // 2 else cut).rstrip(" ,;:–—‘“«„(") + "…"
