"""What the bibliographies share: an entry for each article, its key, its keywords, its passages as text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.citing import Source, inner_quotes, source_of
from app.citing.people import located
from app.exporters._values import (
    chosen,
    counted,
    in_order,
    own_fields_behind,
    paragraphs_of,
    path_text,
    printed_page,
    themes_by_id,
    themes_explained,
)
from app.model import Article, Bundle, BundledArticle, Highlight, Theme
from app.options import Option, OptionValue
from app.wording import Message

NOTES: Final = Option("notes", "With notes on articles", True, help="The note that you wrote on the whole article.")
QUOTATIONS: Final = Option(
    "quotations", "With quotations", False, help="Every passage, with your note on it, as an annotation of its entry."
)
_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_ARTICLES: Final = frozenset(("a", "an", "the"))
_FOLDED: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_NOTHING: Final = "article"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a bibliography.

    ``keywords`` are the paths of all its themes, those of its passages behind its own; ``own`` are only its own.
    ``note`` and ``quotations`` are empty when they are not wanted.
    """

    key: str
    article: Article
    source: Source
    keywords: tuple[str, ...]
    own: tuple[str, ...]
    note: str
    quotations: tuple[str, ...]

    @property
    def is_titled(self) -> bool:
        """Tell whether the article's title is known."""
        return bool((self.article.metadata.title or "").strip())


def entries(bundle: Bundle, options: Mapping[str, OptionValue]) -> Iterable[Entry]:
    """Return an entry for each article, in the order of the bundle, each made when it is asked for."""
    sources = {item.article.id: source_of(item.article.metadata) for item in bundle.articles}
    keys, themes = _keys(bundle, sources), themes_by_id(bundle)
    return (_entry(item, keys[item.article.id], sources[item.article.id], themes, options) for item in in_order(bundle))


def left_behind(bundle: Bundle, options: Mapping[str, OptionValue]) -> tuple[Message, ...]:
    """Return what no bibliography holds, and what was not wanted in this one."""
    items = bundle.articles
    texts = sum(bool(item.makeup.letters) for item in items)
    passages = sum(len(item.highlights) for item in items)
    notes = 0 if options["notes"] else sum(bool(item.article.note.strip()) for item in items)
    passing = (
        counted(passages, "Which theme one passage is under: it is quoted as text.",
                "Which themes {count} passages are under: they are quoted as text.")
        if options["quotations"]
        else counted(passages, "One passage: quotations were not wanted.",
                     "{count} passages: quotations were not wanted.")
    )  # fmt: skip
    return (
        *counted(texts, "The full text of one article: a bibliography says where it is.",
                 "The full texts of {count} articles: a bibliography says where they are."),
        *passing,
        *counted(notes, "The note on one article: notes were not wanted.",
                 "The notes on {count} articles: notes were not wanted."),
        *own_fields_behind(items),
        *themes_explained(bundle),
    )  # fmt: skip


def folded(text: str) -> str:
    """Return the Latin letters and the digits of a text in lower case, without accents: what every program reads."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return _NO_LETTERS.sub("", plain)


def _entry(
    item: BundledArticle, key: str, source: Source, themes: Mapping[str, Theme], options: Mapping[str, OptionValue]
) -> Entry:
    article = item.article
    own = tuple(map(_keyword, chosen(article.themes, themes)))
    passing = (_keyword(theme) for one in item.highlights for theme in chosen(one.themes, themes))
    return Entry(
        key,
        article,
        source,
        tuple(dict.fromkeys((*own, *passing))),
        own,
        article.note.strip() if options["notes"] else "",
        tuple(_quoted(item, one) for one in item.highlights) if options["quotations"] else (),
    )


def _keyword(theme: Theme) -> str:
    return " ".join(path_text(theme).split())


def _quoted(item: BundledArticle, highlight: Highlight) -> str:
    """Return a passage with where it stands, and the note on it as a paragraph of its own."""
    body = item.content.body
    where = located(Source("", page=printed_page(body, highlight), paragraphs=paragraphs_of(body, highlight)))
    quoted = f"“{inner_quotes(highlight.quote)}”" + (f" ({where})" if where else "")
    return f"{quoted}\n\n{highlight.note.strip()}" if highlight.note.strip() else quoted


def _keys(bundle: Bundle, sources: Mapping[str, Source]) -> Mapping[str, str]:
    """Return a key for each article, by its id: ``marsh2025wall``, with a letter behind it where it is taken.

    Letters go by when articles came into the library, so that a key stays when later ones are exported too.
    """
    taken: set[str] = set()
    last: Counter[str] = Counter()
    found = {}
    articles = (item.article for item in bundle.articles)
    for article in sorted(articles, key=lambda one: (one.added, one.id)):
        key = first = _key(article, sources[article.id])
        while key in taken:
            last[first] += 1
            key = first + _lettered(last[first])
        taken.add(key)
        found[article.id] = key
    return found


def _key(article: Article, source: Source) -> str:
    who = folded(source.people[0].family if source.people else source.outlet)
    when = str(source.published.day.year) if source.published else "nd"
    words = [folded(word) for word in (article.metadata.title or "").split()]
    return f"{who}{when if who else when.removeprefix('nd')}{_first(words)}" or _NOTHING


def _first(words: Sequence[str]) -> str:
    """Return the first word that says something."""
    return next((word for word in words if word and word not in _ARTICLES), "")


def _lettered(number: int) -> str:
    """Return ``b`` for 1, ``c`` for 2, ``aa`` behind ``z``."""
    number += 1
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters
