"""What a hit shows: the best window on whichever field answered, with the words that were found marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from app.library.holdings import Holdings
from app.model import Article, Highlight, Theme
from app.search.entries import Hit
from app.search.language import joined, spans, spans_of_all
from app.search.occurrences import Known, occurrences
from app.search.plan import Text
from app.search.schema import ATTRIBUTE, PLAIN_FIELDS, Kind, within
from app.searching.answers import Found
from app.searching.detailing import sorted_out
from app.text.excerpts import Excerpt, excerpt, head
from app.text.ranges import Span

LENGTH: Final = 240

_SEEN: Final = frozenset(("title", "byline", "outlet"))
"""Fields that stand beside an excerpt anyway, so that they are its text only when nothing else answered."""

_LINES: Final = frozenset(within("details"))

_OF_PASSAGES: Final = frozenset(("quote", "note"))

_LABELS: Final[Mapping[str, str]] = MappingProxyType({"byline": "by", "left_out": "leftout", "imprint": "details"})
"""What the query language calls fields that have another name in the index."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A field of a hit in which words of the query stand. ``name`` is the field's in the index.

    ``detail`` is what the detail is called that it shows.
    """

    name: str
    shown: Excerpt
    passage: str = ""
    detail: str = ""

    def different(self) -> int:
        """Return how many different words are marked."""
        return _different(self.shown.text, self.shown.spans)


class Showing:
    """Shows the hits of one answer."""

    def __init__(self, holdings: Holdings, asked: Sequence[Text]) -> None:
        """Show hits for which the words ``asked`` were looked for."""
        self.holdings = holdings
        self.asked = asked
        self.known = Known()
        self.fields = frozenset(name for text in asked if text.field for name in within(text.field))
        self.attributes: dict[str, str] = {}
        if any(name.startswith(ATTRIBUTE) for name in self.fields):
            self.attributes = {f"{ATTRIBUTE}{one.key}": one.name for one in holdings.attributes.all()}

    def articles(self, hits: Sequence[Hit]) -> list[Found]:
        """Return the articles that were found, in order; what is gone is passed over."""
        articles = {article.key: article for article in self.holdings.articles.by_keys([hit.key for hit in hits])}
        texts = self.holdings.bodies.texts(list(articles))
        told = [hit for hit in hits if hit.key in texts and hit.positions.get("text")]
        # cutting their texts into words at once is half the time of cutting one after another
        marked = spans_of_all([texts[hit.key] for hit in told], [hit.positions["text"] for hit in told])
        spans_of = {hit.key: own for hit, own in zip(told, marked, strict=True)}
        # a query that names quotes or notes has mostly found an article by its passages
        marks = self.holdings.highlights.of_articles(articles) if self.fields & _OF_PASSAGES else {}
        found = []
        for hit in hits:
            article = articles.get(hit.key)
            if article is not None:
                fields = self._fields(article, texts.get(hit.key, ""))
                own = [
                    *self._indexed(hit, article, fields, spans_of.get(hit.key, ())),
                    *self._in_marks(article, marks.get(hit.key, ()), self.fields & _OF_PASSAGES),
                ]
                best = self._best(own or self._said("article", fields, article)) or self._best(self._in_notes(article))
                best = best or _Candidate("text", head(fields["text"], LENGTH))
                found.append(self._found(article, hit, best, None))
        return found

    def passages(self, hits: Sequence[Hit]) -> list[Found]:
        """Return the passages that were found, in order; what is gone is passed over."""
        highlights = {one.key: one for one in self.holdings.highlights.by_keys([hit.key for hit in hits])}
        articles = {one.key: one for one in self.holdings.articles.by_keys(sorted({hit.article for hit in hits}))}
        found = []
        for hit in hits:
            highlight, article = highlights.get(hit.key), articles.get(hit.article)
            if highlight is not None and article is not None:
                best = self._best(self._in_passage(hit, highlight, article))
                best = best or _Candidate("quote", head(highlight.quote, LENGTH))
                found.append(self._found(article, hit, best, highlight))
        return found

    def _best(self, candidates: Iterable[_Candidate]) -> _Candidate | None:
        """Return the field that shows the most different words, one that was asked for by name before others."""
        every = list(candidates)
        telling = [one for one in every if one.name not in _SEEN] or every
        if len(telling) == 1:
            return telling[0]
        return max(telling, key=lambda one: (one.different(), one.name in self.fields), default=None)

    def _in_notes(self, article: Article) -> Iterator[_Candidate]:
        """Yield the note of a passage of an article in which plain words stand that stand nowhere else in it."""
        if any(not text.field for text in self.asked):
            yield from self._in_marks(article, self.holdings.highlights.of_article(article.key), {"note"})

    def _in_marks(self, article: Article, marks: Sequence[Highlight], names: Set[str]) -> Iterator[_Candidate]:
        """Yield the quote and the note with the most different words among the passages of an article."""
        for name in sorted(names, reverse=True):
            texts = [(highlight.quote if name == "quote" else highlight.note, highlight.id) for highlight in marks]
            found = [(self._occurrences("passage", name, text, article), text, passage) for text, passage in texts]
            marked, text, passage = max(found, key=lambda one: _different(one[1], one[0]), default=([], "", ""))
            if marked:
                yield _Candidate(name, excerpt(text, marked, LENGTH), passage=passage)

    def _in_passage(self, hit: Hit, highlight: Highlight, article: Article) -> Iterator[_Candidate]:
        """Yield what answers of a passage; of its article and its themes only when nothing else does."""
        fields = {"quote": highlight.quote, "note": highlight.note}
        own = list(self._indexed(hit, article, fields))
        if not own:
            text = self.holdings.bodies.texts([article.key]).get(article.key, "") if "text" in self.fields else ""
            own = list(self._said("passage", self._fields(article, text) | fields, article))
        yield from own or self._in_themes(highlight)

    def _in_themes(self, highlight: Highlight) -> Iterator[_Candidate]:
        """Yield the themes of a passage in whose path plain words stand."""
        plain = [text for text in self.asked if not text.field]
        if plain and highlight.themes:
            for theme in self._themes:
                path = " > ".join(theme.path)
                marked = occurrences(plain, path, known=self.known) if theme.id in highlight.themes else []
                if marked:
                    yield _Candidate("theme", excerpt(path, marked, LENGTH))

    @cached_property
    def _themes(self) -> tuple[Theme, ...]:
        return self.holdings.themes.tree()

    def _fields(self, article: Article, text: str) -> dict[str, str]:
        """Return the texts of an article in which a hit can stand, the most telling first."""
        metadata = article.metadata
        fields = {
            "text": text,
            "title": metadata.title or "",
            "byline": metadata.byline or "",
            "outlet": metadata.outlet or "",
            "section": metadata.section or "",
            "note": article.note,
        }
        if article.details:
            lines = sorted_out(article.details)
            fields |= {"details": lines.details.text, "imprint": lines.imprint.text}
        if "address" in self.fields:
            fields["address"] = metadata.address or ""
        if "left_out" in self.fields:
            fields["left_out"] = "\n".join(self.holdings.bodies.left_out_texts(article.key))
        if self.attributes:
            fields |= {field: article.attributes.get(name, "") for field, name in self.attributes.items()}
        return fields

    def _found(self, article: Article, hit: Hit, best: _Candidate, highlight: Highlight | None) -> Found:
        field = self.attributes.get(best.name) or _LABELS.get(best.name, best.name)
        return Found(article, hit.score, best.shown.text, best.shown.spans, highlight, field, best.passage, best.detail)

    def _indexed(
        self, hit: Hit, article: Article, fields: Mapping[str, str], in_text: Sequence[Span] = ()
    ) -> Iterator[_Candidate]:
        """Yield the fields in which the index has places of the words; what is seen anyway only where no other has.

        ``in_text`` are the spans of those in the text of an article.
        """
        placed = [name for name in fields if hit.positions.get(name)]
        for name in [name for name in placed if name not in _SEEN] or placed:
            marked = in_text if name == "text" else spans(fields[name], hit.positions[name])
            yield _candidate(article, name, fields[name], marked)

    def _said(self, kind: Kind, fields: Mapping[str, str], article: Article) -> Iterator[_Candidate]:
        """Yield the fields in which the words stand by the plain definitions: where the index tells no places."""
        for name, text in fields.items():
            marked = self._occurrences(kind, name, text, article)
            if name == "outlet" and not marked and self._is_joined(text):
                marked = [(0, len(text))]
            if marked:
                yield _candidate(article, name, text, marked)

    def _occurrences(self, kind: Kind, name: str, text: str, article: Article) -> list[Span]:
        plain = name in PLAIN_FIELDS[kind]
        asked = [one for one in self.asked if name in within(one.field) or (plain and not one.field)]
        return occurrences(asked, text, article.metadata.language, self.known) if asked and text else []

    def _is_joined(self, outlet: str) -> bool:
        """Return whether an outlet answers when it is read without its spaces."""
        without_spaces = joined(outlet)
        return any(text.joined and without_spaces.startswith(text.joined) for text in self.asked)


def _candidate(article: Article, name: str, text: str, marked: Sequence[Span]) -> _Candidate:
    """Return the excerpt of a field of an article; of the details that of the one with the most different words."""
    if name not in _LINES:
        return _Candidate(name, excerpt(text, marked, LENGTH))
    lines = sorted_out(article.details)
    line, own = (lines.details if name == "details" else lines.imprint).best(marked)
    return _Candidate(name, excerpt(line.text, own, LENGTH), detail=line.name)


def _different(text: str, marked: Sequence[Span]) -> int:
    return len({text[start:end].casefold() for start, end in marked})
