"""Drafts into the library: each is a new article, a new version of one, one that is there, or marks for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from app.cleaning.editions import holds_some, is_version
from app.cleaning.gauging import gauge_of, gauged
from app.cleaning.publications import are_two
from app.cleaning.repeats import Repeats, without_furniture
from app.drafts import Codebook, Draft, Framework, Mark, ThemeDraft
from app.importers._base import may_be_split
from app.importing import staying
from app.importing.reporting import Group
from app.library.articles import Source
from app.library.attributes import Misfit
from app.library.bodies import Reanchored
from app.library.frameworks import Arranged
from app.library.furniture import Learnt
from app.library.holdings import Holdings
from app.library.likenesses import Likeness, Likenesses
from app.model import Article, Origin
from app.text.addresses import is_front_page
from app.text.body import Body, Piece
from app.wording import Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft: its article, by key, what became of highlights, and which values it could not have.

    ``learnt`` is what of its outlet repeats from now on, and was left out of articles. ``passed`` counts the marks of
    coders that are not in since a round of theirs is.
    """

    group: Group
    key: int
    highlights: Reanchored
    misfits: tuple[Misfit, ...] = ()
    learnt: Learnt | None = None
    passed: Mapping[str, int] = field(default_factory=dict)


class Taking:
    """Takes drafts into one library. What one import added is no older version of what it adds later."""

    def __init__(self, holdings: Holdings) -> None:
        """Work on an open library."""
        self._holdings = holdings
        self._fresh: set[int] = set()
        self._settled = frozenset(holdings.themes.keys())
        self._outlets: dict[str, tuple[Mapping[str, str], Repeats]] = {}
        self._likenesses = Likenesses(holdings.library.database, holdings.bodies)
        # What goes by another id here than in the files: themes, articles and highlights; fields go by their names,
        # which only mean something inside one file.
        self._ids: dict[str, str] = {}
        self._expected: set[str] = set()
        self._fields: dict[str, Mapping[str, str]] = {}
        self._described: set[ThemeDraft] = set()
        self._coders: frozenset[str] = frozenset()
        self._passed: Counter[str] = Counter()
        self._stayed: Counter[str] = Counter()

    def stayed(self) -> Counter[str]:
        """Return how much stayed as it was though what was taken says otherwise, since this was asked last."""
        stayed, self._stayed = self._stayed, Counter()
        return stayed

    def expect(self, drafts: Iterable[Draft]) -> None:
        """Know beforehand what a file holds: articles of several ids are not taken for one another."""
        self._expected |= {draft.id for draft in drafts if draft.id}

    def take(self, draft: Draft, source: Source) -> Outcome:
        """Store a draft, inside a deed; return what became of it."""
        translated = self._translated(draft, source)
        self._passed = Counter()
        group, key, highlights = self._take(translated, source)
        if self._cover(key, draft) and group == "duplicate":
            group = "updated"
        self.recognise(draft, key)
        learnt = self._learn(translated, key) if group == "added" else None
        return Outcome(group, key, highlights, self._misfits(translated, key), learnt, self._passed)

    def _misfits(self, draft: Draft, key: int) -> tuple[Misfit, ...]:
        """Return which values of a draft its article could not take; it may have others for the same attributes."""
        found = self._holdings.attributes.misfits(draft.attributes)
        if not found:
            return ()
        held = {name.casefold() for name in self._holdings.articles.by_keys([key])[0].attributes}
        return tuple(one for one in found if one.name.casefold() not in held)

    def _cover(self, key: int, draft: Draft) -> bool:
        """Let an article count as coded by those who coded it in the library that it left; tell whether that is new."""
        coders = self._coders.intersection(draft.coders)
        if not coders:
            return False
        fresh = coders.difference(self._holdings.rounds.covered([key]).get(key, ()))
        for coder in sorted(fresh):
            self._holdings.rounds.cover([key], coder)
        return bool(fresh)

    def _translated(self, draft: Draft, source: Source) -> Draft:
        """Return a draft with the ids and names that its themes and fields have here."""
        fields = self._fields.get(source.original)
        if fields:
            attributes = {fields.get(name, name): value for name, value in draft.attributes.items()}
            draft = replace(draft, attributes=attributes)
        if not self._ids:
            return draft
        return replace(
            draft,
            themes=self._own(draft.themes),
            marks=tuple(replace(mark, themes=self._own(mark.themes)) for mark in draft.marks),
            layers={author: self._own(themes) for author, themes in draft.layers.items()},
        )

    def _own(self, themes: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._ids.get(theme, theme) for theme in themes)

    def _take(self, draft: Draft, source: Source) -> tuple[Group, int, Reanchored]:
        draft = gauged(self._cleaned(_titled(draft, source)))
        articles, read_from = self._holdings.articles, _read_from(draft, source)
        own = articles.by_id(draft.id) if draft.id else None
        if own is not None and (draft.stub or not articles.is_stub(own)):
            return self._enriched(own, draft)
        same = self._same(draft, read_from) if own is None else None
        if same is not None and not self._is_another(same, draft):
            changed = self._reread(same, draft, source) or (not draft.stub and articles.locate(same, draft.metadata))
            group, key, highlights = self._enriched(same, draft)
            return ("updated" if changed else group), key, highlights
        version = self._version(self._holdings.arrivals.older(draft, source) if own is None else [own], draft, source)
        if version is not None:
            followed = articles.update(version, draft, read_from)
            self._enrich(version, draft)
            return "updated", version, self._marked(version, draft, followed)
        key = articles.add(draft, read_from)
        self._fresh.add(key)
        self._layered(key, draft)
        return "added", key, self._marked(key, draft, Reanchored())

    def _same(self, draft: Draft, source: Source) -> int | None:
        """Return the article that a draft is by its text, or that a stub is about."""
        arrivals = self._holdings.arrivals
        same = arrivals.of_draft(draft, source, self._fresh)
        return arrivals.of_stub(draft, source) if same is None and draft.stub else same

    def is_edition(self, key: int, draft: Draft) -> bool:
        """Tell whether an article says what a draft says, in another version at most."""
        known, text = self._holdings.arrivals.known(key), self._holdings.bodies.texts([key]).get(key, "")
        return is_version(known, text, draft.metadata, draft.body.text, at_address=True)

    def leave_alone(self, draft: Draft, key: int) -> None:
        """Know which article a draft is that was read from the same part of its file before: no other draft is it."""
        self._fresh.add(key)
        self.recognise(draft, key)

    def recognise(self, draft: Draft, key: int) -> None:
        """Know which article of this library a draft is that is not taken."""
        if draft.id:
            self._ids[draft.id] = self._holdings.articles.named(key)[0]

    def _is_another(self, key: int, draft: Draft) -> bool:
        """Tell whether an article is, by its id, another one than a draft of the same import.

        A library that held several of one text or address left them as several.
        """
        if not draft.id:
            return False
        uid = self._holdings.articles.named(key)[0]
        return uid != draft.id and (key in self._fresh or uid in self._expected)

    def take_codebook(self, codebook: Codebook) -> tuple[str, ...]:
        """Store themes, inside a deed; return the paths of those that are new."""
        if self._described.issuperset(codebook.themes):
            return ()
        self._described.update(codebook.themes)
        taken = self._holdings.codebooks.take_in(codebook, self._settled)
        self._ids |= {theirs: ours for theirs, ours in taken.ids.items() if theirs != ours}
        self._stayed += staying.of_themes(self._holdings, codebook)
        return taken.made

    def define(self, framework: Framework, source: Source) -> tuple[Message, ...]:
        """Make the fields and know of the rounds that a file describes, inside a deed, before its articles are taken.

        Returns what did not come along. Whose round the file is says nothing of the library that takes it in.
        """
        self._fields[source.original] = {
            **self._fields.get(source.original, {}),
            **self._holdings.frameworks.define(framework),
        }
        rounds = self._holdings.rounds
        strangers = self._holdings.layers.strangers(framework.rounds)
        new = {one.coder for one in set(framework.rounds).difference(rounds.all())}
        own = [one for one in framework.rounds if one.coder not in strangers]
        self._coders |= rounds.take_in(rounds.as_here(own))
        said = "Another “{coder}” is known here: the round did not come along, and marks by “{coder}” can be changed."
        return tuple(Message(said, {"coder": one}) for one in sorted(strangers & new))

    def arrange(self, framework: Framework) -> Arranged:
        """Make the collections that a file describes and write its note, inside a deed, when its articles are in."""
        if framework.rules:
            self._outlets.clear()  # what is left out of their articles is looked up anew
        arranged = self._holdings.frameworks.arrange(framework, self._ids)
        self._stayed += staying.of_framework(self._holdings, framework)
        return arranged

    def _cleaned(self, draft: Draft) -> Draft:
        """Leave out what the reader wants left out of this outlet, and what repeats in its articles."""
        outlet = draft.metadata.outlet
        if not outlet or draft.stub or draft.id:
            return draft
        furniture, name = self._holdings.furniture, outlet.casefold()
        if name not in self._outlets:
            rules = {rule.line: rule.kind for rule in furniture.rules(outlet)}
            self._outlets[name] = rules, furniture.repeats(outlet)
        return without_furniture(draft, *self._outlets[name])

    def _learn(self, draft: Draft, key: int) -> Learnt | None:
        """Learn the lines of a new article; what surely repeats from now on is left out of those before it too."""
        outlet = draft.metadata.outlet or ""
        if draft.stub or outlet.casefold() not in self._outlets:
            return None
        _rules, repeats = self._outlets[outlet.casefold()]
        left_out = (line for piece in draft.left_out for line in piece.text.split("\n"))
        lines = repeats.learn(key, draft.body.text.split("\n"), left_out)
        return self._holdings.furniture.leave_out_learnt(outlet, repeats.articles, lines) if lines else None

    def like(self, draft: Draft) -> tuple[Likeness, ...]:
        """Return the articles, those of this import too, that say mostly what a draft says; passages are like none."""
        return () if draft.stub else self._likenesses.like(draft.body.text, gauge_of(draft))

    def _reread(self, key: int, draft: Draft, source: Source) -> bool:
        """Take over what a draft says of an article when it is of the same file, read in another way than before.

        Tells whether that changed anything.
        """
        before = self._holdings.articles.by_keys([key])[0]
        if draft.stub or key in self._fresh or before.original != source.original:
            return False
        self._holdings.articles.update(key, draft, source)
        return self._holdings.articles.by_keys([key])[0].metadata != before.metadata

    def _enriched(self, key: int, draft: Draft) -> tuple[Group, int, Reanchored]:
        """Put what a draft brings on the article that is there."""
        is_stub = self._holdings.articles.is_stub(key)
        marks = draft.marks
        if draft.stub:
            marks = self._grown(key, draft) if is_stub else tuple(map(_in_the_whole, marks))
        taken = self._holdings.marks.take_in(key, marks, stub=is_stub)
        self._ids |= taken.ids
        self._passed.update(taken.passed)
        enriched = self._enrich(key, draft)
        gained = self._holdings.articles.gain_pictures(key, draft)
        if draft.id:
            article = self._holdings.articles.by_keys([key])[0]
            self._stayed += staying.of_article(article, draft)
            self._stayed += staying.of_marks(self._holdings.highlights.of_article(key), marks)
        highlights = Reanchored((*taken.made, *taken.enriched), (), taken.orphaned)
        return ("updated" if enriched or gained or highlights != Reanchored() else "duplicate"), key, highlights

    def _enrich(self, key: int, draft: Draft) -> bool:
        """Put what was said of an article elsewhere on the one that is there; tell whether it was new."""
        layered = self._layered(key, draft)
        marked = bool(draft.stub or draft.marks or draft.id)
        if not (marked or draft.themes or draft.attributes or draft.note.strip() or draft.state):
            return layered
        # What a page says of itself is no detail of another page with the same text.
        return self._holdings.articles.enrich(key, draft if marked else replace(draft, details={})) or layered

    def _layered(self, key: int, draft: Draft) -> bool:
        """Put the themes of other coders on an article; tell whether any of it was new."""
        if not draft.layers:
            return False
        themes = self._holdings.themes
        layers = {author: [themes.take_in(name) for name in names] for author, names in draft.layers.items()}
        is_new, passed = self._holdings.layers.take_in(key, layers)
        self._passed += passed
        return is_new

    def _grown(self, key: int, draft: Draft) -> tuple[Mark, ...]:
        """Add to the text of a stub the passages that are new in a draft; return its marks on the grown text."""
        content = self._holdings.bodies.content(key)
        held = {one.id for one in self._holdings.highlights.of_article(key)}
        text, pieces = content.body.text, list(content.body.pieces())
        marks: list[Mark] = []
        taken: set[tuple[int, str]] = set()
        for mark in draft.marks:
            if mark.orphan or mark.id in held:
                marks.append(mark)
                continue
            # Where it says it stands in the text that is here, or in the draft's; otherwise anywhere, but not where
            # another one of the draft stands that has the same words.
            stands = (at for at in (mark.at, mark.start) if at >= 0 and text.startswith(mark.quote, at))
            free = (at for at in _places(text, mark.quote) if (at, mark.quote) not in taken)
            start = next(chain(stands, free), -1)
            if start < 0:
                start = len(text) + 1 if text else 0
                pieces += [Piece(line) for line in mark.quote.split("\n")]
                text = f"{text}\n{mark.quote}" if text else mark.quote
            taken.add((start, mark.quote))
            marks.append(replace(mark, start=start, end=start + len(mark.quote)))
        known = [(0, 0, len(content.body.text))] if content.body.text else []
        self._holdings.bodies.change(key, replace(content, body=Body.of(pieces)), "imported again", known)
        return tuple(marks)

    def _marked(self, key: int, draft: Draft, followed: Reanchored) -> Reanchored:
        taken = self._holdings.marks.take_in(key, draft.marks, stub=draft.stub)
        self._ids |= taken.ids
        self._passed.update(taken.passed)
        kept, orphaned = (*followed.kept, *taken.made), (*followed.orphaned, *taken.orphaned)
        return Reanchored(kept, followed.moved, orphaned)

    def _version(self, older: Sequence[int], draft: Draft, source: Source) -> int | None:
        """Return which article from the address or path of a draft that is a new version of; others are others."""
        older = [key for key in older if key not in self._fresh and not self._is_another(key, draft)]
        texts = self._holdings.bodies.texts(older) if older else {}
        found = self._holdings.articles.by_keys(older)
        return next((one.key for one in found if self._is_version(one, texts.get(one.key, ""), draft, source)), None)

    def _is_version(self, article: Article, text: str, draft: Draft, source: Source) -> bool:
        """Tell whether a draft from the address or path of an article is a new version of it, not another article.

        Other words of a part of the very same file are none: it is split otherwise than before.
        """
        address = article.metadata.address
        at_address = bool(address and address == draft.metadata.address and not is_front_page(address))
        if article.id == draft.id or (article.stub and at_address):
            return True
        is_same_file = article.original == source.original
        if is_same_file and not article.stub and may_be_split(source.format, draft.part):
            return False
        known = self._holdings.arrivals.known(article.key)
        if article.stub:
            return not are_two(known, (draft.metadata,)) and holds_some(text, draft.body.text)
        return is_version(known, text, draft.metadata, draft.body.text, at_address=at_address, part=bool(draft.part))


def _places(text: str, words: str) -> Iterator[int]:
    """Yield where words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _in_the_whole(mark: Mark) -> Mark:
    """Return a mark of a stub with the place it has in the article's own text, where that is known."""
    return replace(mark, start=mark.at, end=mark.at + len(mark.quote)) if mark.at >= 0 else mark


def _read_from(draft: Draft, source: Source) -> Source:
    """Return from which file an article was read first: not the one in which a library wrote it down."""
    told = draft.provenance
    return Source(told.name, "", told.original, told.format) if told else source


def _titled(draft: Draft, source: Source) -> Draft:
    """Return the draft with a title, from the name of its file when its importer found none.

    One that left a library without a title has none.
    """
    if draft.metadata.title or draft.id:
        return draft
    title = Path(source.name).stem or source.name
    origins = {**draft.metadata.origins, "title": Origin.DERIVED}
    return replace(draft, metadata=replace(draft.metadata, title=title, origins=origins))
