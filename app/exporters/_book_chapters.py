"""The chapters of a book: the parts of an outline as XHTML, each chapter with the notes on its passages at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.citing import source_parts
from app.exporters._book_text import BookText, boxed, href, note_xhtml, said, side
from app.exporters._flow import flow
from app.exporters._markdown_body import is_link
from app.exporters._outline import Head, Heading, Part, Passage, Text, Words, heading_of
from app.exporters._values import paragraphs_of, printed_page
from app.exporters._washes import Palette
from app.model import Highlight, Status
from app.text.directions import has_rightward, is_rightward

GONE: Final = "No longer in the text"
_LEAD: Final = 60
_DEEPEST: Final = 6


@dataclass(slots=True)
class Chapter:
    """A file of the book in the making: its pieces, its notes, and its headings as words, level and id."""

    palette: Palette
    shown: Callable[[str], str]
    pieces: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Write a part."""
        if isinstance(part, Heading):
            self._heading(part)
        elif isinstance(part, Head):
            self._head(part)
        elif isinstance(part, Words):
            self.pieces.append(note_xhtml(part.text))
        elif isinstance(part, Text):
            self._text(part)
        else:
            self._passage(part)

    def body(self) -> str:
        """Return the chapter as the inside of a page."""
        inside = "\n".join(filter(None, self.pieces))
        if self.notes:
            listed = "\n".join(self.notes)
            inside += f'\n<section class="notes" epub:type="footnotes">\n{listed}\n</section>'
        return f'<section epub:type="chapter">\n{inside}\n</section>'

    def _titled(self, words: str, level: int, before: str = "") -> None:
        uid = f"s{len(self.headings) + 1}"
        self.headings.append((words, level, uid))
        tag = min(level, _DEEPEST)
        self.pieces.append(f'<h{tag} id="{uid}"{_side(words)}>{before}{said(words)}</h{tag}>')

    def _heading(self, part: Heading) -> None:
        self._titled(heading_of(part), part.level, self._dot(part.theme.id) if part.theme else "")
        self.pieces += (boxed("quiet", part.definition), boxed("note", part.note))

    def _head(self, part: Head) -> None:
        article = part.item.article
        self._titled(heading_of(part), part.level)
        source = [_linked(words) for what, words in source_parts(article.metadata) if what != "title"]
        attributes = [f"{said(name)}: {said(value)}" for name, value in sorted(article.attributes.items())]
        lines = [
            f'<p class="source">{" · ".join(source)}</p>',
            self._labels(article.themes),
            f'<p class="attributes">{"; ".join(attributes)}</p>' if attributes else "",
        ]
        self.pieces.append(f'<div class="head">{"".join(lines)}</div>')
        self.pieces.append(boxed("note", article.note))

    def _text(self, part: Text) -> None:
        highlights = part.item.highlights
        marks = [one for one in highlights if one.status is Status.ANCHORED]
        begun: set[int] = set()

        def ends(place: int) -> str:
            return self._reference(marks[place])

        def classes(places: Sequence[int]) -> str:
            return f"k{self.palette.place(marks[place] for place in places)}"

        writer = BookText(min(part.level + 1, _DEEPEST), classes, ends, self.shown)
        for section in flow(part.item.content.body, [(one.start, one.end) for one in marks]):
            begun.update(section.begins)
            self.pieces.append(writer.section(section))
        rest = [one for place, one in enumerate(marks) if place not in begun]
        rest += [one for one in highlights if one.status is not Status.ANCHORED]
        if rest:
            level = min(part.level + 1, _DEEPEST)
            self.pieces.append(f"<h{level}>{GONE}</h{level}>")
            for one in rest:
                self._passage(Passage(part.item, one))

    def _reference(self, highlight: Highlight) -> str:
        """Return the number of the note on a passage, where there is one, and put the note at the chapter's end."""
        noted = self._noted(highlight)
        if not noted:
            return ""
        number = len(self.notes) + 1
        words = " ".join(highlight.quote.replace("\ufffc", " ").split())
        short = words if len(words) <= _LEAD else f"{words[:_LEAD].rsplit(' ', 1)[0]} …"
        back = f'<a role="doc-backlink" epub:type="backlink" href="#r{number}">{number}</a>'
        self.notes.append(
            f'<aside epub:type="footnote" role="doc-footnote" id="n{number}">'
            f'<p class="quoted"{_side(short)}>{back} {said(short)}</p>{noted}</aside>'
        )
        return f'<a class="ref" epub:type="noteref" role="doc-noteref" href="#n{number}" id="r{number}">{number}</a>'

    def _noted(self, highlight: Highlight) -> str:
        """Return themes, author and note of a highlight; nothing where it has none."""
        author = f'<p class="quiet">{said(highlight.author)}</p>' if highlight.author else ""
        return self._labels(highlight.themes) + author + note_xhtml(highlight.note)

    def _passage(self, part: Passage) -> None:
        highlight, body = part.highlight, part.item.content.body
        number, leaf = paragraphs_of(body, highlight), printed_page(body, highlight)
        if part.sourced:
            known = source_parts(part.item.article.metadata, number, page=leaf)
            where = ", ".join(_linked(words) for _, words in known)
        else:
            words = ", ".join(filter(None, (f"p. {leaf}" if leaf else "", str(number or ""))))
            where = said(words or "no longer in the text")
        lines = [line for line in highlight.quote.replace("\ufffc", "").split("\n") if line.strip()]
        rtl = bool(lines) and is_rightward(lines[0])
        quote = "".join(f"<p{side(is_rightward(line), rtl)}>{said(line)}</p>" for line in lines)
        colour = f"t{self.palette.numbers(highlight.themes)[0]}"
        quoted = f'<blockquote class="{colour}"{side(rtl)}>{quote}</blockquote>' if quote else ""
        self.pieces.append(f'<div class="passage">{quoted}<p class="source">{where}</p>{self._noted(highlight)}</div>')

    def _labels(self, ids: Sequence[str]) -> str:
        return labels(self.palette, ids)

    def _dot(self, uid: str) -> str:
        return f'<span class="dot t{self.palette.numbers((uid,))[0]}">●</span>'


def labels(palette: Palette, ids: Sequence[str]) -> str:
    """Return the names of themes, each with a dot in its colour; nothing for none."""
    names = (
        f'<span class="label"><span class="dot t{palette.numbers((uid,))[0]}">●</span>{said(name)}</span>'
        for uid, name in palette.named(ids)
    )
    written = " ".join(names)
    return f'<p class="labels">{written}</p>' if written else ""


def chapters(parts: Iterator[Part]) -> Iterator[list[Part]]:
    """Yield the parts chapter by chapter: one for each article that comes with its text, and for each first heading.

    Headings go with what follows them.
    """
    chapter: list[Part] = []
    is_open = False
    for part in parts:
        begins = isinstance(part, Heading | Head) and (part.level == 1 or any(isinstance(one, Text) for one in chapter))
        if begins and is_open:
            yield chapter
            chapter, is_open = [], False
        chapter.append(part)
        is_open = is_open or not isinstance(part, Heading | Head)
    if chapter:
        yield chapter


def _side(words: str) -> str:
    return side(is_rightward(words))


def _linked(words: str) -> str:
    if not is_link(words):
        return f"<bdi>{said(words)}</bdi>" if has_rightward(words) else said(words)
    return f'<a href="{href(words)}">{said(words)}</a>'
