"""What holds at one place of an RTF file, what its tables say, and the paragraphs that are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.importers._style_names import is_code, meaning


@dataclass(slots=True)
class State:
    """What holds inside a group; a group begins with what held round it.

    ``target`` is what text goes to: ``body``, nothing (``skip``), or the name of a destination. The settings of the
    paragraph follow those of the letters.
    """

    target: str = "body"
    bold: bool = False
    italic: bool = False
    raised: bool = False
    hidden: bool = False
    colour: int = 0
    size: int = 24
    font: int = -1
    character: int = -1
    link: str = ""
    fallback: int = 1
    style: int = 0
    outline: int = -1
    listed: int = 0
    level: int = 0
    indent: int = 0
    first: int = 0
    in_table: bool = False

    def plain(self, font: int) -> None:
        """Set the letters as they are set where nothing is said."""
        self.bold = self.italic = self.raised = self.hidden = False
        self.colour, self.size, self.font, self.character = 0, 24, font, -1

    def plain_paragraph(self) -> None:
        """Set the paragraph as it is set where nothing is said."""
        self.style, self.outline, self.listed, self.level = 0, -1, 0, 0
        self.indent = self.first = 0
        self.in_table = False

    def set(self, word: str, number: int | None, font: int) -> bool:
        """Do what a word says of letters or of the paragraph; tell whether it says anything of these.

        ``font`` is the number of the font where nothing is said.
        """
        return self._set_letters(word, number, font) or self._set_paragraph(word, number)

    def _set_letters(self, word: str, number: int | None, font: int) -> bool:
        on = number != 0
        match word:
            case "plain":
                self.plain(font)
            case "b":
                self.bold = on
            case "i":
                self.italic = on
            case "super":
                self.raised = on
            case "up":
                self.raised = number is None or number > 0
            case "nosupersub" | "sub" | "dn":
                self.raised = False
            case "v" | "deleted":
                self.hidden = on
            case "highlight" | "chcbpat" | "cb":
                self.colour = number or 0
            case "f":
                self.font = number or 0
            case "fs":
                self.size = number or 24
            case "cs":
                self.character = number or 0
            case "uc":
                self.fallback = 1 if number is None else max(0, number)
            case _:
                return False
        return True

    def _set_paragraph(self, word: str, number: int | None) -> bool:
        match word:
            case "pard":
                self.plain_paragraph()
            case "s":
                self.style = number or 0
            case "outlinelevel":
                self.outline = -1 if number is None else number
            case "ls":
                self.listed = number or 0
            case "ilvl":
                self.level = max(0, number or 0)
            case "li":
                self.indent = number or 0
            case "fi":
                self.first = number or 0
            case "intbl":
                self.in_table = True
            case _:
                return False
        return True


@dataclass(slots=True)
class Tables:
    """The tables at the beginning of a file: colours (``RRGGBB``, empty for automatic), fonts, styles."""

    colours: list[str] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    characters: dict[int, str] = field(default_factory=dict)
    based: dict[int, int] = field(default_factory=dict)

    def meaning(self, style: int) -> str:
        """Return what a paragraph style means, by its name or by those it is based on."""
        for _step in range(20):
            found = meaning(self.styles.get(style, ""))
            if found or style not in self.based or self.based[style] == style:
                return found
            style = self.based[style]
        return ""

    def is_code(self, character: int) -> bool:
        """Tell whether a character style is one for code."""
        return is_code(self.characters.get(character, ""))


@dataclass(slots=True)
class Stretch:
    """Text that is set in one way; ``image`` is the source of a picture instead, ``alt`` its description."""

    text: str
    tags: tuple[str, ...] = ()
    colour: str = ""
    link: str = ""
    image: str = ""
    alt: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: ``kind`` is what its style means, ``depth`` counts from 1 for an item of a list."""

    stretches: list[Stretch] = field(default_factory=list)
    kind: str = ""
    depth: int = 0
    ordered: bool = False
    size: int = 24

    def text(self) -> str:
        """Return the text of it."""
        return "".join(stretch.text for stretch in self.stretches)


@dataclass(slots=True)
class Grid:
    """A table: rows of cells of paragraphs; ``heads`` are the numbers of rows that are headers."""

    rows: list[list[list[Paragraph]]] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
