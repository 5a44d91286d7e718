"""Taking in what a coder hands back: a layer of its own, that nothing overwrites and that joins with nothing."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app import places
from app.cleaning.gauging import fingerprint
from app.coding.handing import CodedArticle, Handed, hand_over, names_of
from app.drafts import ThemeDraft
from app.errors import Conflict, InvalidInput
from app.library.holdings import Holdings
from app.library.layers import Replaced
from app.library.library import clean_name, clean_text, new_uid, now
from app.library.rounds import coder_name, note_id
from app.model import Article, Theme
from app.progress import Progress
from app.rounds import Round
from app.wording import Message

_LABEL: Final = "Round of {coder} taken in"
_NOTES: Final = "Notes of {coder}"
_PART: Final = 8
_WORDLESS: Final = fingerprint("")


@dataclass(frozen=True, slots=True)
class LayerReport:
    """What came of a coder's round, by number, and a sentence for everything that did not come along as it was.

    ``made``, ``kept``, ``gone`` and ``orphaned`` count passages; ``noted`` counts the articles and themes of which the
    coder said something, and the whole; it stands in the ``collection``. ``step`` is its number in the history,
    ``None`` when all was there already.
    """

    coder: str
    articles: int = 0
    made: int = 0
    kept: int = 0
    gone: int = 0
    orphaned: int = 0
    themes: tuple[str, ...] = ()
    noted: int = 0
    collection: str = ""
    notes: tuple[Message, ...] = ()
    step: int | None = None


def take_in(holdings: Holdings, path: Path, name: str = "") -> Generator[Progress, None, LayerReport]:
    """Take in a coder's library or the file it was exported to; yields progress, returns the report.

    What the coder marked gets the coder's name for an author: what the round says, or ``name``. Coming again, it takes
    the place of what that coder said of these articles before, and of nothing else. Themes are known by id or path, the
    coder's own are made. What the coder wrote about articles, themes and the whole, and the values that the coder
    gave to attributes, become connecting text in a collection of the coder's, so that nothing of it is lost and no note
    and no value of the reader is touched. It is one step.
    """
    ours = (holdings.library.folder, holdings.library.database.path)
    if places.without_links(path) in map(places.without_links, ours):
        raise InvalidInput("A library is no round of its own.", "Name the folder that the coder gave back.")
    handed = yield from hand_over(path, holdings.library.backups)
    return (yield from _Intake(holdings, handed, path, name).run())


class _Intake:
    """One round on its way in."""

    def __init__(self, holdings: Holdings, handed: Handed, path: Path, name: str) -> None:
        self._holdings = holdings
        self._handed = handed
        self._said: list[Message] = []
        self._step: int | None = None
        self._found = self._recognised()
        if not self._found:
            raise Conflict(
                "None of the articles in “{path}” is in this library.", "Open the library that asked.", path=path.name
            )
        self._round = self._of_round(name)
        self._coder = self._round.coder
        if handed.private:
            said = "One private note stays with the coder."
            many = "{count} private notes stay with the coder."
            self._said.append(Message(said if handed.private == 1 else many, {"count": handed.private}))

    def _recognised(self) -> dict[int, CodedArticle]:
        """Return the articles that are ours too, by our keys."""
        database = self._holdings.library.database
        found: dict[int, CodedArticle] = {}
        missing = 0
        for one in self._handed.articles:
            key = self._holdings.articles.by_id(one.id) if one.id else None
            if key is None and one.fingerprint != _WORDLESS:
                key = database.value("SELECT article_id FROM body WHERE fingerprint=? LIMIT 1", (one.fingerprint,))
            if key is None:
                missing += 1
            else:
                found.setdefault(int(key), one)
        if missing:
            said = "One article is not in this library: what is marked in it stays behind."
            many = "{count} articles are not in this library: what is marked in them stays behind."
            self._said.append(Message(said if missing == 1 else many, {"count": missing}))
        return found

    def _of_round(self, name: str) -> Round:
        """Return the round that this is an answer to, with what it covers; raises ``InvalidInput``, ``Conflict``."""
        rounds, asked = self._holdings.rounds, self._handed.round
        ids = {one.id for one in self._holdings.articles.by_keys(list(self._found))}
        known = next((one for one in rounds.all() if asked is not None and one.id == asked.id), None)
        if known is None and asked is None:
            fitting = [one for one in rounds.all() if ids <= set(one.articles)]
            named = [one for one in fitting if one.coder == name]
            known = next((some[0] for some in (named, fitting) if len({one.coder for one in some}) == 1), None)
        given = name or (asked.coder if asked else known.coder if known else "")
        if not given:
            raise InvalidInput("Nothing says whose round this is.", "Give the name of the coder (--name).")
        coder = coder_name(given)
        if coder not in rounds.coders() and self._holdings.layers.has(coder):
            raise Conflict(
                "There are highlights by “{coder}” that came from elsewhere.",
                "Give this layer another name (--name).",
                coder=coder,
            )
        if asked is not None and asked.library not in ("", rounds.own_id()):
            self._said.append(Message("This round was prepared from another library, or from a copy of this one."))
        base = known or asked or Round(new_uid(), coder, made=now())
        if known is not None and known.taken and known.coder != coder:
            base = Round(new_uid(), coder, made=now(), blind=known.blind)
        here = self._holdings.articles.by_keys(list(rounds.articles(coder)))
        self._say_missing([uid for uid in base.articles if uid not in ids.union(one.id for one in here)])
        articles = tuple(sorted(ids.union(base.articles)))
        return replace(base, coder=coder, articles=articles, taken=base.taken or now())

    def _say_missing(self, ids: Sequence[str]) -> None:
        count = sum(self._holdings.articles.by_id(uid) is not None for uid in ids)
        if count:
            said = "One article of the round has not come back: it does not count in the agreement."
            many = "{count} articles of the round have not come back: they do not count in the agreement."
            self._said.append(Message(said if count == 1 else many, {"count": count}))

    def run(self) -> Generator[Progress, None, LayerReport]:
        with self._part():
            # Known before anything of it is there: what covers an article is a layer from then on.
            self._holdings.rounds.keep(self._round)
            themes, fresh = self._themes()
            noted, collection = self._note(themes)
        totals = Replaced()
        articles = list(self._found.items())
        for start in range(0, len(articles), _PART):
            part = articles[start : start + _PART]
            with self._part():
                for key, one in part:
                    totals = _added(totals, self._take(key, one, themes))
                # With what is marked in them: a take-in may be stopped between two parts.
                self._holdings.rounds.cover([key for key, _ in part], self._coder)
            yield Progress(start + len(part), len(articles), part[-1][1].title)
        return LayerReport(
            self._coder,
            len(articles),
            totals.made,
            totals.kept,
            totals.gone,
            totals.orphaned,
            fresh,
            noted,
            collection,
            tuple(self._said),
            self._step,
        )

    @contextmanager
    def _part(self) -> Iterator[None]:
        """Hold a transaction of the intake, as a part of its one step."""
        with self._holdings.library.deed(_LABEL, self._step, coder=self._coder) as deed:
            yield
        self._step = deed.changes.step or self._step

    def _themes(self) -> tuple[dict[str, Theme], tuple[str, ...]]:
        """Return our theme for each name of theirs, and the paths of those that are new."""
        ours = {theme.id: theme for theme in self._holdings.themes.tree()}
        named: dict[str, Theme] = {}
        by_path: dict[tuple[str, ...], Theme] = {}
        fresh: list[str] = []
        for draft in self._handed.themes:
            theme = ours.get(draft.id) or self._holdings.themes.child(draft.path[-1], by_path.get(draft.path[:-1]))
            if theme is None:
                theme = self._new_theme(draft, by_path.get(draft.path[:-1]))
                fresh.append(" > ".join(theme.path))
            by_path[draft.path] = theme
            named |= dict.fromkeys(names_of(draft), theme)
        return named, tuple(fresh)

    def _new_theme(self, draft: ThemeDraft, parent: Theme | None) -> Theme:
        under = parent.id if parent else None
        name, definition = clean_name(draft.path[-1]), clean_text(draft.definition)
        theme = self._holdings.themes.add(name, under=under, definition=definition, digit=0, uid=draft.id)
        return self._holdings.themes.edit(theme.id, note=draft.note) if draft.note.strip() else theme

    def _take(self, key: int, one: CodedArticle, themes: Mapping[str, Theme]) -> Replaced:
        coded = [(mark, self._resolved(mark.themes, themes)) for mark in one.marks]
        done = self._holdings.layers.replace(key, self._coder, coded, self._resolved(one.themes, themes))
        if done.orphaned:
            self._said.append(
                Message(
                    "{count} passages have no place in our text of “{title}”: they are orphans.",
                    {"count": done.orphaned, "title": one.title},
                )
            )
        return done

    def _resolved(self, names: Sequence[str], themes: Mapping[str, Theme]) -> list[Theme]:
        wanted = (themes.get(name) or self._holdings.themes.take_in(name) for name in names if name.strip())
        return list({theme.id: theme for theme in wanted}.values())

    def _note(self, themes: Mapping[str, Theme]) -> tuple[int, str]:
        """Keep what the coder said of articles, themes and the whole; return of how many things that was, and where.

        Raises ``InvalidInput`` when a query has the name of the collection.
        """
        entries = dict(self._entries(themes))
        uid, name = note_id(self._coder, _NOTES), _NOTES.replace("{coder}", self._coder)
        held = self._holdings.collections.own(uid, name)
        if not entries and (held is None or held.query):
            return 0, ""
        collection = self._holdings.collections.filled(uid, name)
        kept = {one.id: one.text for one in collection.interludes}
        covered = {note_id(self._coder, one.id) for one in self._ours()}
        covered |= set() if self._handed.note is None else {note_id(self._coder, "")}
        covered |= {note_id(self._coder, theme.id) for theme in themes.values()}
        stale = [uid for uid in kept if uid in covered and uid not in entries]
        if stale:
            self._holdings.collections.take(collection.id, stale)
        for uid, (article, text) in entries.items():
            if uid in kept:
                if kept[uid] != text:
                    self._holdings.collections.rewrite(collection.id, uid, text)
                continue
            before = ""
            if article:
                order = self._holdings.collections.put(collection.id, [article]).sequence
                before = next(iter(order[order.index(article) + 1 :]), "")
            self._holdings.collections.write(collection.id, text, before=before, uid=uid)
        self._say_values(collection.name)
        return len(entries), collection.name if entries else ""

    def _say_values(self, collection: str) -> None:
        count = sum(len(self._values(one)) for one in self._ours())
        if count:
            said = "One value that {coder} gave to an attribute stands in “{name}”: yours stay what they are."
            many = "{count} values that {coder} gave to attributes stand in “{name}”: yours stay what they are."
            told = Message(said if count == 1 else many, {"count": count, "coder": self._coder, "name": collection})
            self._said.append(told)

    def _values(self, ours: Article) -> list[str]:
        """Return what the coder gave to attributes of an article: where the reader's values were known, all others."""
        known = {} if self._round.blind else {name.casefold(): value for name, value in ours.attributes.items()}
        given = self._found[ours.key].attributes.items()
        told = sorted(
            (clean_name(name), clean_text(value).strip())
            for name, value in given
            if clean_text(name).strip() and clean_text(value).strip()
        )
        return [f"**{name}:** {value}" for name, value in told if known.get(name.casefold()) != value]

    def _ours(self) -> list[Article]:
        return self._holdings.articles.by_keys(list(self._found))

    def _entries(self, themes: Mapping[str, Theme]) -> list[tuple[str, tuple[str, str]]]:
        """Return all that the coder said and we have not: the id of that note, the article it is on, and its text."""
        found: list[tuple[str, tuple[str, str]]] = []
        whole = clean_text(self._handed.note or "").strip()
        if whole:
            found.append((note_id(self._coder, ""), ("", whole)))
        for draft in self._handed.themes:
            theme = themes[names_of(draft)[0]]
            said = [
                clean_text(text).strip()
                for text, ours in ((draft.definition, theme.definition), (draft.note, theme.note))
                if text.strip() and clean_text(text).strip() != ours.strip()
            ]
            if said:
                text = "\n\n".join((f"**{' > '.join(theme.path)}**", *said))
                found.append((note_id(self._coder, theme.id), ("", text)))
        for one in self._ours():
            note = clean_text(self._found[one.key].note).strip()
            text = "\n\n".join(filter(None, (note, *self._values(one))))
            if text:
                found.append((note_id(self._coder, one.id), (one.id, text)))
        return found


def _added(one: Replaced, other: Replaced) -> Replaced:
    return Replaced(one.made + other.made, one.kept + other.kept, one.gone + other.gone, one.orphaned + other.orphaned)
