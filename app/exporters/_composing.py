"""A bundle on its way into a printed document: the parts of its outline as paragraphs, lists, tables and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from app.citing import HOUSE, STYLES, source_parts
from app.exporters._annotating import Annotating, line
from app.exporters._composition import Block, Contents, Inline, PageOf, Paragraph, Stretch
from app.exporters._flowing import Flow, Mark, Setting, closed, followed
from app.exporters._notes import note_body
from app.exporters._opening import facts, is_the_title, legend, title_line
from app.exporters._outline import OUTLINED, Head, Heading, Part, Passage, Text, Words, heading_of, outline
from app.exporters._shading import Shades
from app.exporters._values import chosen, path_text, themes_by_id
from app.model import Bundle, BundledArticle, Metadata, Status, Theme
from app.options import Option, OptionValue
from app.text.directions import has_rightward, is_rightward, isolated

CITATIONS: Final = Option(
    "citations", "Sources", "footnote", ("footnote", "inline"), "Of passages that stand on their own: below, or beside."
)
COMMENTS: Final = Option("comments", "Themes and notes as comments", True, help="Off: in the text, after the passage.")
STYLE: Final = Option(
    "style", "Citation style", HOUSE, tuple(style.key for style in STYLES), "How the sources of passages are written."
)
COMPOSED: Final = (*OUTLINED, CITATIONS, STYLE, COMMENTS)
"""The options of every format that writes a :class:`Composer`'s blocks."""

CONTENTS: Final = "Contents"
THEMES: Final = "Themes"
_LISTED: Final = 3  # so many levels of headings stand in the contents
_WORTH_LISTING: Final = 3
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DEEPEST: Final = 6


class Composer:
    """Makes the blocks of a document. ``kinds`` are the kinds of pictures that its format can hold."""

    def __init__(self, bundle: Bundle, options: Mapping[str, OptionValue], kinds: frozenset[str]) -> None:
        """Take a bundle and all options of :data:`COMPOSED`."""
        self.title = line(title_line(bundle))
        self.language = _commonest(bundle)
        self._bundle = bundle
        self._options = options
        self._kinds = kinds
        self._themes = themes_by_id(bundle)
        self._shades = Shades(self._themes)
        self._notes = Annotating(self._themes, self._shades, options)
        self._listed = [part for part in self._outline() if isinstance(part, Heading | Head)]
        levels = [part.level for part in self._listed if part.level <= _LISTED]
        self._depth = max(levels, default=1)
        self._level = 0

    def parts(self) -> Iterator[Iterator[Block]]:
        """Yield the blocks part by part: the front of the document, then those of each part of the outline."""
        yield self._front()
        anchors = count(1)
        for part in self._outline():
            anchor = _anchor(next(anchors)) if isinstance(part, Heading | Head) else ""
            yield self._part(part, anchor)

    def _outline(self) -> Iterator[Part]:
        return outline(self._bundle, self._options)

    # The front

    def _front(self) -> Iterator[Block]:
        yield self._line("title", self.title)
        yield self._line("subtitle", facts(self._bundle))
        yield from self._note(self._bundle.note)
        entries = [(part, number) for number, part in enumerate(self._listed, 1) if part.level <= self._depth]
        if len(entries) >= _WORTH_LISTING:
            lines = [self._entry(part, _anchor(number)) for part, number in entries]
            yield Contents(self._line("contents heading", CONTENTS), lines, self._depth)
        yield from self._legend()

    def _legend(self) -> Iterator[Block]:
        """Yield the themes that occur, in their colours, with how often they do and what they mean."""
        used = legend(self._bundle, self._options)
        if used:
            yield self._line("contents heading", THEMES)
        for entry in used:
            name = self._named(entry.theme)
            count = [Stretch(f"  × {entry.times}")] if entry.times else []
            yield Paragraph("legend", [name, *count], rightward=is_rightward(name.text))
            yield from self._flowed(entry.definition, "definition")
            yield from self._note(entry.note)

    def _entry(self, part: Heading | Head, anchor: str) -> Paragraph:
        text = line(heading_of(part))
        return Paragraph(
            "contents", [Stretch(text), PageOf(anchor)], part.level, rightward=is_rightward(text), target=anchor
        )

    # The parts of the outline

    def _part(self, part: Part, anchor: str) -> Iterator[Block]:
        match part:
            case Heading():
                self._level = part.level
                edge = self._shades.of((part.theme.id,)).line if part.theme else ""
                yield self._heading(part, anchor, edge)
                yield from self._flowed(part.definition, "definition")
                yield from self._note(part.note)
            case Words():
                yield from self._flowed(part.text, "body", 1 + max(self._depth, self._level))
            case Head():
                yield from self._head(part, anchor)
            case Text():
                yield from self._text(part)
            case Passage():
                language = self._language(part.item)
                yield from self._notes.passage(part.item, part.highlight, language, sourced=part.sourced)

    def _heading(self, part: Heading | Head, anchor: str, edge: str = "") -> Paragraph:
        text, level = line(heading_of(part)), min(_DEEPEST, max(1, part.level))
        language = self._language(part.item) if isinstance(part, Head) else ""
        words = [Stretch(text)]
        return Paragraph("heading", words, level, False, is_rightward(text), language, edge, anchor)

    def _head(self, part: Head, anchor: str) -> Iterator[Block]:
        article, known = part.item.article, part.item.article.metadata
        if not is_the_title(part, self._bundle) or len(self._listed) > 1:
            yield self._heading(part, anchor)
        # The title stands above it.
        origin = list(_origin(known))
        yield Paragraph("source", origin, at_right=is_rightward("".join(one.text for one in origin)))
        themes = [self._named(theme) for theme in chosen(dict.fromkeys(article.themes), self._themes)]
        if themes:
            yield Paragraph("details", list(_parted([Stretch("Themes: "), *themes])))
        values = [f"{line(name)}: {line(value)}" for name, value in sorted(article.attributes.items()) if value]
        if values:
            yield self._line("details", " · ".join(values))
        yield from self._note(article.note)

    def _text(self, part: Text) -> Iterator[Block]:
        """Yield the text with its marks; what is noted on them follows each paragraph where there are no comments."""
        item = part.item
        anchored = [one for one in item.highlights if one.status is Status.ANCHORED]
        marks = [Mark((one.start, one.end), one.themes, self._notes.comment(one)) for one in anchored]
        level = 1 + max(self._depth, part.level)
        setting = Setting("body", level, self._language(item), self._bundle.pictures, self._kinds)
        for block, begun in Flow(item.content.body, setting, marks, self._shades).blocks():
            yield block
            if not self._options["comments"]:
                for number in begun:
                    yield from self._notes.beside(anchored[number])
        for one in item.highlights:
            if one.status is Status.ORPHAN:
                yield from self._notes.passage(item, one, self._language(item))

    # Small things

    def _line(self, style: str, text: str) -> Paragraph:
        return Paragraph(style, [Stretch(text)], rightward=is_rightward(text))

    def _note(self, note: str) -> Iterator[Block]:
        return self._flowed(note, "note")

    def _flowed(self, note: str, style: str, level: int = 0) -> Iterator[Block]:
        """Yield what is written in Markdown; its headings begin at ``level``, or are none."""
        if note.strip():
            blocks = (block for block, _ in Flow(note_body(note), Setting(style, level)).blocks())
            yield from closed(blocks) if style == "note" else blocks

    def _named(self, theme: Theme) -> Stretch:
        return Stretch(line(path_text(theme)), shade=self._shades.of((theme.id,)))

    def _language(self, item: BundledArticle) -> str:
        """Return the language of an article where it is not that of the document."""
        language = _spoken(item)
        return language if language != self.language else ""


def _anchor(number: int) -> str:
    return f"_Toc{number:08d}"


def _spoken(item: BundledArticle) -> str:
    language = item.article.metadata.language or ""
    return language if _LANGUAGE.fullmatch(language) else ""


def _commonest(bundle: Bundle) -> str:
    languages = Counter(filter(None, map(_spoken, bundle.articles)))
    return languages.most_common(1)[0][0] if languages else "en"


def _origin(known: Metadata) -> Iterator[Stretch]:
    """Yield what is known of an article's source, but for the title."""
    parts = (part for part in source_parts(known) if part[0] != "title")
    for number, (what, words) in enumerate(parts):
        if number:
            yield Stretch(", ")
        yield Stretch(
            isolated(words) if has_rightward(words) else words, link=followed(words) if what == "address" else ""
        )


def _parted(stretches: Sequence[Stretch]) -> Iterator[Inline]:
    """Yield stretches with a gap between them, but for the first, which leads them."""
    for number, stretch in enumerate(stretches):
        if number > 1:
            yield Stretch("   ")
        yield stretch
