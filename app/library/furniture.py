"""What the reader wants left out of every article of an outlet, and what was seen to repeat in its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from app.cleaning.repeats import LOOKED_BACK, REPEATED, UNRULED, Repeats, normal, surely_round
from app.errors import InvalidInput, NotFound
from app.library.bodies import Bodies, Reanchored
from app.library.carrying import words_of
from app.library.library import Library, clean_text, new_uid
from app.library.versions import Versions
from app.model import Rule


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of an outlet: lines, in normal form, that were left out of articles, and one as it stood."""

    outlet: str
    lines: frozenset[str]
    articles: frozenset[int]
    first: str


class Furniture:
    """The rules of a library. Outlets are compared without case."""

    def __init__(self, library: Library, bodies: Bodies) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database
        self._bodies = bodies
        self._versions = Versions(library)

    def rules(self, outlet: str = "") -> tuple[Rule, ...]:
        """Return the rules for an outlet, or all of them."""
        rows = self._database.rows("SELECT * FROM furniture ORDER BY outlet, id")
        found = (Rule(row["uid"], row["outlet"], row["line"], row["kind"]) for row in rows)
        return tuple(rule for rule in found if not outlet or _is_same(rule.outlet, outlet))

    def repeats(self, outlet: str) -> Repeats:
        """Return what repeats in the latest articles of an outlet."""
        names = self._spellings(outlet)
        slots = ", ".join("?" for _ in names)
        rows = self._database.rows(
            f"SELECT id FROM article WHERE outlet IN ({slots}) AND NOT stub ORDER BY added DESC, id DESC LIMIT ?",
            (*names, LOOKED_BACK),
        )
        keys = [row["id"] for row in rows][::-1]
        texts = self._bodies.texts(keys)
        repeats = Repeats()
        for key in keys:
            left_out = "\n".join(self._bodies.left_out_texts(key))
            repeats.learn(key, texts.get(key, "").split("\n"), left_out.split("\n"))
        return repeats

    def leave_out_learnt(self, outlet: str, articles: Iterable[int], lines: Set[str]) -> Learnt | None:
        """Leave what surely repeats out of the articles of an outlet that taught it, inside a deed.

        That is much less than what is cut from articles to come: see ``surely_round``. What their reader put back into
        them stays, and so does all of an article that is marked: it is being worked on, and what was done there is to
        be undone without this. Returns ``None`` when nothing was cut.
        """
        cut: dict[str, str] = {}
        changed: set[int] = set()
        for key, text in self._bodies.texts(self._unmarked(articles)).items():
            if lines.isdisjoint(map(normal, text.split("\n"))):
                continue
            content = self._bodies.content(key)
            pieces, back = content.body.pieces(), self._versions.put_back(key, content.left_out)
            numbers = [number for number in surely_round(pieces, lines) if words_of(pieces[number].text) not in back]
            if self._bodies.leave_out_all(key, content, numbers, REPEATED) is not None:
                changed.add(key)
                cut |= {normal(pieces[number].text): pieces[number].text for number in numbers}
        return Learnt(outlet, frozenset(cut), frozenset(changed), next(iter(cut.values()))) if cut else None

    def _unmarked(self, articles: Iterable[int]) -> list[int]:
        """Return those of some articles that carry no highlight."""
        return [
            key
            for key in articles
            if self._database.row("SELECT 1 FROM highlight WHERE article_id=? LIMIT 1", (key,)) is None
        ]

    def always(self, article: int, text: str, kind: str = "by hand") -> tuple[int, Reanchored]:
        """Leave the lines of ``text`` out of all articles of an article's outlet, those to come too, as one step.

        Returns how many articles changed, and what became of their highlights. Raises ``InvalidInput`` for an article
        whose outlet is not known, and for a line of a table or of code.
        """
        row = self._database.row("SELECT outlet FROM article WHERE id=?", (article,))
        outlet = str(row["outlet"] or "") if row is not None else ""
        if not outlet:
            raise InvalidInput("The outlet of this article is not known.", "Fill it in under Article first.")
        lines = {normal(line) for line in text.split("\n")} - {""}
        kinds = {piece.kind for piece in self._bodies.content(article).body.pieces() if normal(piece.text) in lines}
        if kinds and UNRULED.issuperset(kinds):
            raise InvalidInput(
                "A table or code is only cut by hand, not from every article of an outlet.", "Cut this block alone."
            )
        known = {rule.line for rule in self.rules(outlet)}
        with self._library.deed("Always left out of {outlet}", outlet=outlet):
            for line in sorted(lines - known):
                self._database.insert("furniture", {"uid": new_uid(), "outlet": outlet, "line": line, "kind": kind})
            return self._cut(outlet, lines)

    def take_in(self, rules: Iterable[Rule]) -> Mapping[str, int]:
        """Keep the rules that a file brings, inside a deed; the articles that are there stay as they are.

        Returns how many of them are new, by outlet.
        """
        held = self.rules()
        new: Counter[str] = Counter()
        places, ids = {(rule.outlet.casefold(), rule.line) for rule in held}, {rule.id for rule in held}
        for rule in rules:
            outlet, line = clean_text(rule.outlet), clean_text(rule.line)
            # One that was cut may end with a space.
            line = line if line.rstrip() == normal(line) else normal(line)
            if outlet.strip() and line.strip() and (outlet.casefold(), line) not in places:
                uid = new_uid() if rule.id in ids or not rule.id else rule.id
                self._database.insert(
                    "furniture", {"uid": uid, "outlet": outlet, "line": line, "kind": clean_text(rule.kind)}
                )
                places.add((outlet.casefold(), line))
                ids.add(uid)
                new[outlet] += 1
        return new

    def _cut(self, outlet: str, lines: set[str]) -> tuple[int, Reanchored]:
        changed = 0
        kept: list[str] = []
        moved: list[str] = []
        orphaned: list[str] = []
        names = self._spellings(outlet)
        slots = ", ".join("?" for _ in names)
        for row in self._database.rows(f"SELECT id FROM article WHERE outlet IN ({slots}) ORDER BY id", names):
            done = self._bodies.leave_out_lines(row["id"], lambda text: normal(text) in lines)
            if done is not None:
                changed += 1
                kept += done.kept
                moved += done.moved
                orphaned += done.orphaned
        return changed, Reanchored(tuple(kept), tuple(moved), tuple(orphaned))

    def _spellings(self, outlet: str) -> tuple[str, ...]:
        """Return the outlet's name in every case in which articles have it."""
        rows = self._database.rows("SELECT DISTINCT outlet FROM article WHERE outlet IS NOT NULL")
        return tuple(row["outlet"] for row in rows if _is_same(row["outlet"], outlet))

    def forget(self, given: str) -> None:
        """Forget a rule, by its id; what it left out stays out until it is put back."""
        with self._library.deed("No longer always left out"):
            key = self._database.value("SELECT id FROM furniture WHERE uid=?", (given,))
            if key is None:
                raise NotFound("There is no such rule any more.", "Look at the ones that are.")
            self._database.delete("furniture", int(key))


def _is_same(one: str, other: str) -> bool:
    """Tell whether two names are of one outlet, in whatever case they are written."""
    return one.casefold() == other.casefold()
