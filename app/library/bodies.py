"""The texts of articles: kept with what was left out of them, and changed without losing a highlight."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.cleaning.gauging import gauge
from app.cleaning.repeats import UNRULED
from app.drafts import Gauge
from app.errors import InvalidInput, NotFound
from app.library.database import Row
from app.library.library import Library, as_json, now
from app.library.naming import slotted
from app.model import Content, LeftOut, Status
from app.text.alignment import Pair, cut, reverse
from app.text.anchors import Anchor, describe, reanchor, resolve
from app.text.body import Body, Piece, Run
from app.text.ranges import Span

BY_HAND: Final = "by hand"
"""The kind of what the reader cut."""

PUT_BACK: Final = "put back"
"""To what a text gave way into which the reader put back what was left out of it."""


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of the highlights of an article when its text changed, by their ids."""

    kept: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()


class Bodies:
    """The texts of a library's articles, by the key of the article."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database

    def content(self, article: int) -> Content:
        """Return the text of an article and what was left out of it."""
        row = self._database.row("SELECT * FROM body WHERE article_id=?", (article,))
        if row is None:
            raise NotFound("The article has no text.", "Run “check --deep”.")
        return content_of(row)

    def texts(self, articles: Sequence[int]) -> dict[int, str]:
        """Return only the texts, by article."""
        return {
            row["article_id"]: row["text"]
            for part, slots in slotted(articles)
            for row in self._database.rows(f"SELECT article_id, text FROM body WHERE article_id IN ({slots})", part)
        }

    def fingerprints(self, articles: Sequence[int]) -> dict[int, str]:
        """Return what is equal for texts of the same words, by article."""
        return {
            row["article_id"]: row["fingerprint"]
            for part, slots in slotted(articles)
            for row in self._database.rows(
                f"SELECT article_id, fingerprint FROM body WHERE article_id IN ({slots})", part
            )
        }

    def searched(self, article: int) -> tuple[str, list[str]]:
        """Return the text of an article, empty where there is none, and the texts of what was left out of it."""
        row = self._database.row("SELECT text, left_out FROM body WHERE article_id=?", (article,))
        return (row["text"], _texts_in(row["left_out"])) if row else ("", [])

    def left_out_texts(self, article: int) -> list[str]:
        """Return the texts of what was left out of an article."""
        return self.searched(article)[1]

    def is_sound(self, article: int) -> bool:
        """Tell whether the text of an article and its structure can be read and fit each other."""
        try:
            self.content(article)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            return False
        except NotFound:
            pass
        return True

    def mend(self, article: int) -> None:
        """Make a text without a structure, or no text at all, into plain paragraphs, inside a deed.

        What was left out becomes plain text too, as far as it can be read.
        """
        text = self.texts([article]).get(article)
        pieces = tuple(LeftOut("other", piece, 0) for piece in self.left_out_texts(article))
        content = Content(Body.of((text or "").split("\n")), pieces)
        if text is None:
            self.add(article, content)
        else:
            self._database.update("body", article, _columns(content, gauge(content.body.text)), by="article_id")
        self._database.update("article", article, article_columns(gauge(content.body.text)))

    def add(self, article: int, content: Content, known: Gauge | None = None) -> None:
        """Store the text of a new article, of which its gauge may be ``known``. Only inside a deed."""
        known = known or gauge(content.body.text)
        self._database.insert("body", {"article_id": article, **_columns(content, known)})
        self.learn(article, known.bands)

    def learn(self, article: int, bands: bytes) -> None:
        """Keep the numbers by which a text is known that says mostly the same, inside a transaction."""
        self._database.execute("INSERT OR REPLACE INTO likeness VALUES (?, ?)", (article, bands))

    def change(
        self,
        article: int,
        content: Content,
        reason: str,
        pairs: Sequence[Pair] | None = None,
        *,
        by_words: bool = False,
    ) -> Reanchored:
        """Replace the text of an article inside a deed; the old one is kept as a version.

        Highlights follow their passages; the ones whose passage is gone become orphans and keep what they were.
        Orphans whose passage is back are anchored again. ``pairs`` is what the two texts have in common, where the
        caller knows it. ``by_words``: the old text says nothing of where passages stand in the new one.
        """
        row = self._database.row("SELECT * FROM body WHERE article_id=?", (article,))
        if row is None:
            raise NotFound("The article has no text.", "Run “check --deep”.")
        old = content_of(row)
        if old == content:
            return Reanchored()
        self._database.insert(
            "version",
            {
                "article_id": article,
                "made": now(),
                "reason": reason,
                **{name: row[name] for name in ("text", "structure", "left_out")},
            },
        )
        known = gauge(content.body.text)
        self._database.update("body", article, _columns(content, known), by="article_id")
        self._database.update("article", article, article_columns(known))
        if old.body.text == content.body.text:
            return Reanchored()
        self.learn(article, known.bands)
        return self._reanchor(article, "" if by_words else old.body.text, content.body.text, pairs)

    def _reanchor(self, article: int, old: str, new: str, pairs: Sequence[Pair] | None) -> Reanchored:
        rows = self._database.rows("SELECT * FROM highlight WHERE article_id=? ORDER BY start, end, id", (article,))
        held = [row for row in rows if row["status"] == Status.ANCHORED]
        outcomes = dict(
            zip((row["id"] for row in held), reanchor(old, new, [_anchor(row) for row in held], pairs), strict=True)
        )
        result: dict[str, list[str]] = {"kept": [], "moved": [], "orphaned": []}
        for row in rows:
            outcome = outcomes.get(row["id"])
            if outcome is None:
                self._return_home(row, new)
            elif outcome.status == "orphaned":
                result["orphaned"].append(row["uid"])
                self._database.update("highlight", row["id"], {"status": Status.ORPHAN, "modified": now()})
            else:
                result["kept" if outcome.status == "kept" else "moved"].append(row["uid"])
                self._place(row, outcome.anchor)
        return Reanchored(*(tuple(result[name]) for name in ("kept", "moved", "orphaned")))

    def _return_home(self, row: Row, text: str) -> None:
        """Anchor an orphan again when its very words are in the text again."""
        span = resolve(text, _anchor(row))
        if span is not None and text[span[0] : span[1]] == row["quote"]:
            self._place(row, describe(text, *span))

    def _place(self, row: Row, anchor: Anchor) -> None:
        columns = {
            "start": anchor.start,
            "end": anchor.end,
            "quote": anchor.quote,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "status": Status.ANCHORED,
        }
        if any(row[name] != value for name, value in columns.items()):
            self._database.update("highlight", row["id"], {**columns, "modified": now()})

    def keep(self, article: int, number: int) -> Reanchored:
        """Put what was left out, counted from 0, back into the text at its place."""
        with self._library.deed("Put back what was left out of “{title}”", title=self._title(article)):
            content = self.content(article)
            if not 0 <= number < len(content.left_out):
                raise InvalidInput(
                    "There is no left-out piece {number}: this article has {count}, counted from 0.",
                    "See them with “show”.",
                    number=number,
                    count=len(content.left_out),
                )
            back = kept(content, number)
            place = min(content.left_out[number].before, len(content.body.blocks))
            count = len(back.body.blocks) - len(content.body.blocks)
            pairs = reverse(cut(len(back.body.text), _lines(back.body, place, count)))
            return self.change(article, back, PUT_BACK, pairs)

    def leave_out(self, article: int, number: int) -> Reanchored:
        """Cut a block, counted from 0, out of the text and keep it among what was left out."""
        with self._library.deed("Cut a block from “{title}”", title=self._title(article)):
            content = self.content(article)
            if not 0 <= number < len(content.body.blocks):
                raise InvalidInput(
                    "There is no block {number}: this article has {count}, counted from 0.",
                    "See them with “show”.",
                    number=number,
                    count=len(content.body.blocks),
                )
            pairs = cut(len(content.body.text), _lines(content.body, number, 1))
            return self.change(article, left_out(content, number), "cut by hand", pairs)

    def leave_out_lines(self, article: int, wanted: Callable[[str], bool]) -> Reanchored | None:
        """Cut every block whose text is ``wanted`` out of the text, inside a deed; ``None`` when there is none.

        Tables, code and pictures stay.
        """
        content = self.content(article)
        cuttable = (pair for pair in enumerate(content.body.pieces()) if pair[1].text and pair[1].kind not in UNRULED)
        return self.leave_out_all(article, content, [number for number, piece in cuttable if wanted(piece.text)])

    def leave_out_all(
        self, article: int, content: Content, numbers: Sequence[int], kind: str = BY_HAND
    ) -> Reanchored | None:
        """Cut blocks, by their ascending numbers, out of a ``content`` that is held, inside a deed.

        ``None``, and nothing is cut, when there are none, or there would be no others.
        """
        if not numbers or len(numbers) == sum(1 for piece in content.body.pieces() if piece.text.strip()):
            return None
        for number in reversed(numbers):
            content = left_out(content, number, kind)
        return self.change(article, content, "cut by a rule")

    def _title(self, article: int) -> str:
        return str(self._database.value("SELECT title FROM article WHERE id=?", (article,)) or "")


def _texts_in(left_out: str | None) -> list[str]:
    """Return the texts of what was left out, as far as what is kept of it can be read."""
    try:
        return [str(piece[1]) for piece in json.loads(left_out or "[]")]
    except (ValueError, TypeError, LookupError):
        return []


def kept(content: Content, number: int) -> Content:
    """Return the content with left-out piece ``number`` back in the body; the inverse of :func:`left_out`."""
    piece = content.left_out[number]
    pieces = list(content.body.pieces())
    place = min(piece.before, len(pieces))
    whole = Body.of(Piece(line, piece.block, piece.attributes) for line in piece.text.split("\n"))
    lines = replace(whole, runs=piece.runs).pieces() if whole.text == piece.text else whole.pieces()
    pieces[place:place] = lines
    rest = [
        other
        if other.before < place or (other.before == place and index < number)
        else replace(other, before=other.before + len(lines))
        for index, other in enumerate(content.left_out)
        if index != number
    ]
    return Content(Body.of(pieces), tuple(rest))


def left_out(content: Content, number: int, kind: str = BY_HAND) -> Content:
    """Return the content with block ``number`` of the body among what was left out, by default as cut by hand."""
    pieces = list(content.body.pieces())
    cut = pieces.pop(number)
    before = [other for other in content.left_out if other.before <= number]
    after = [replace(other, before=other.before - 1) for other in content.left_out if other.before > number]
    piece = LeftOut(kind, cut.text, number, cut.kind, cut.attributes, cut.runs)
    return Content(Body.of(pieces), (*before, piece, *after))


def article_columns(known: Gauge) -> dict[str, Any]:
    """Return the columns of the article's row that are made from its text."""
    return {"words": known.words, "excerpt": known.excerpt, "modified": now()}


def _anchor(row: Row) -> Anchor:
    return Anchor(row["start"], row["end"], row["quote"], row["prefix"], row["suffix"])


def _lines(body: Body, first: int, count: int) -> Span:
    """Return the span of ``count`` blocks with the line break that goes with them."""
    start, end = body.blocks[first].start, body.blocks[first + count - 1].end
    if first + count < len(body.blocks):
        return start, end + 1
    return max(0, start - 1), end


def _columns(content: Content, known: Gauge) -> dict[str, Any]:
    return {**text_columns(content), "fingerprint": known.fingerprint}


def text_columns(content: Content) -> dict[str, Any]:
    """Return the columns in which the tables of bodies and of versions hold a content."""
    return {
        "text": content.body.text,
        "structure": content.body.structure_json(),
        "left_out": as_json([_written(piece) for piece in content.left_out]),
    }


def content_of(row: Row) -> Content:
    """Return the content in a row of the table of bodies, or of versions."""
    return Content(Body.from_json(row["text"], row["structure"]), left_out_of(row))


def left_out_of(row: Row) -> tuple[LeftOut, ...]:
    """Return what was left out, in a row of the table of bodies, or of versions."""
    return tuple(_read(*piece) for piece in json.loads(row["left_out"]))


def _written(piece: LeftOut) -> list[object]:
    runs = [[run.start, run.end, run.kind, dict(run.attributes)] for run in piece.runs]
    return [piece.kind, piece.text, piece.before, piece.block, dict(piece.attributes), runs]


def _read(
    kind: str, text: str, before: int, block: str, attributes: dict[str, Any], runs: Sequence[Sequence[Any]]
) -> LeftOut:
    return LeftOut(kind, text, before, block, attributes, tuple(Run(*run) for run in runs))
