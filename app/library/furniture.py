"""What the reader wants left out of every article of an outlet, and what was seen to repeat in its articles."""

from __future__ import annotations

from app.cleaning.repeats import LOOKED_BACK, Repeats, Rule, normal
from app.errors import InvalidInput, NotFound
from app.library.bodies import Bodies, Reanchored
from app.library.library import Library, new_uid


class Furniture:
    """The rules of a library. Outlets are compared without case."""

    def __init__(self, library: Library, bodies: Bodies) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database
        self._bodies = bodies

    def rules(self, outlet: str = "") -> tuple[Rule, ...]:
        """Return the rules for an outlet, or all of them."""
        rows = self._database.rows("SELECT * FROM furniture ORDER BY outlet, id")
        found = (Rule(row["uid"], row["outlet"], row["line"], row["kind"]) for row in rows)
        return tuple(rule for rule in found if not outlet or rule.outlet.casefold() == outlet.casefold())

    def repeats(self, outlet: str) -> Repeats:
        """Return what repeats in the latest articles of an outlet."""
        rows = self._database.rows(
            "SELECT id FROM article WHERE outlet=? AND NOT stub ORDER BY added DESC, id DESC LIMIT ?",
            (outlet, LOOKED_BACK),
        )
        keys = [row["id"] for row in rows][::-1]
        texts = self._bodies.texts(keys)
        return Repeats("\n".join((texts.get(key, ""), *self._bodies.left_out_texts(key))) for key in keys)

    def always(self, article: int, text: str, kind: str = "by hand") -> tuple[int, Reanchored]:
        """Leave the lines of ``text`` out of all articles of an article's outlet, those to come too, as one step.

        Returns how many articles changed, and what became of their highlights. Raises ``InvalidInput`` for an article
        whose outlet is not known.
        """
        row = self._database.row("SELECT outlet FROM article WHERE id=?", (article,))
        outlet = str(row["outlet"] or "") if row is not None else ""
        if not outlet:
            raise InvalidInput("The outlet of this article is not known.", "Fill it in under Article first.")
        lines = {normal(line) for line in text.split("\n")} - {""}
        with self._library.deed("Always left out of {outlet}", outlet=outlet):
            for line in sorted(lines):
                self._database.execute(
                    "INSERT INTO furniture (uid, outlet, line, kind) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
                    " (SELECT 1 FROM furniture WHERE outlet=?2 AND line=?3)",
                    (new_uid(), outlet, line, kind),
                )
            return self._cut(outlet, lines)

    def _cut(self, outlet: str, lines: set[str]) -> tuple[int, Reanchored]:
        changed = 0
        kept: list[str] = []
        moved: list[str] = []
        orphaned: list[str] = []
        for row in self._database.rows("SELECT id FROM article WHERE outlet=? ORDER BY id", (outlet,)):
            done = self._bodies.leave_out_lines(row["id"], lambda text: normal(text) in lines)
            if done is not None:
                changed += 1
                kept += done.kept
                moved += done.moved
                orphaned += done.orphaned
        return changed, Reanchored(tuple(kept), tuple(moved), tuple(orphaned))

    def forget(self, given: str) -> None:
        """Forget a rule, by its id; what it left out stays out until it is put back."""
        with self._library.deed("No longer always left out"):
            key = self._database.value("SELECT id FROM furniture WHERE uid=?", (given,))
            if key is None:
                raise NotFound("There is no such rule any more.", "Look at the ones that are.")
            self._database.delete("furniture", int(key))
