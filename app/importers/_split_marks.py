"""The marks of a document that was split into articles, each in the article where its passage stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.drafts import Draft, Mark
from app.text.body import Body


def shared_out(document: Draft, articles: Sequence[Draft], numbers: Sequence[Sequence[int]]) -> list[Draft]:
    """Return articles with the marks of their document, and the first with its note.

    ``numbers`` are those that the blocks of each article have in the document, -1 for what is no block there. What
    reaches over several articles becomes a mark in each, with its note in the first. What was marked in no block of
    any, such as a title, is looked for by its words.
    """
    marks: list[list[Mark]] = [[] for _ in articles]
    for mark in document.marks if articles else ():
        held = False
        for place, article in enumerate(articles):
            moved = _moved(mark, document.body, numbers[place], article.body)
            if moved is not None:
                marks[place].append(replace(moved, note="", id="") if held else moved)
                held = True
        if not held:
            marks[_holder(mark.quote, articles)].append(replace(mark, start=-1, end=-1))
    return [
        replace(article, marks=tuple(marks[place]), note="" if place else document.note)
        for place, article in enumerate(articles)
    ]


def _moved(mark: Mark, old: Body, numbers: Sequence[int], new: Body) -> Mark | None:
    """Return a mark where it stands in an article with these blocks of the document; nothing where it does not."""
    if mark.orphan or mark.start < 0:
        return None
    stretches = [
        (here.start + max(0, mark.start - there.start), here.start + min(mark.end, there.end) - there.start)
        for here, there in (
            (new.blocks[place], old.blocks[number]) for place, number in enumerate(numbers) if number >= 0
        )
        if mark.start < there.end and there.start < mark.end
    ]
    if not stretches:
        return None
    start, end = stretches[0][0], stretches[-1][1]
    return replace(mark, start=start, end=end, quote=new.text[start:end])


def _holder(quote: str, articles: Sequence[Draft]) -> int:
    """Return which article says what is quoted, in its title or its text; the first where none does."""
    told = (f"{article.metadata.title}\n{article.body.text}" for article in articles)
    return next((place for place, text in enumerate(told) if quote.strip() and quote in text), 0)
