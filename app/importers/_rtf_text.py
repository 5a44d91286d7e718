"""Reads an RTF file: its paragraphs, tables and pictures, what it states of itself, and what was noted in it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from app.importers import _points
from app.importers._colour_names import colour_name
from app.importers._noted import Noted
from app.importers._pictures import Pictures
from app.importers._rtf_flow import Flow
from app.importers._rtf_state import Paragraph, State, Stretch, Tables
from app.importers._rtf_tokens import CHARSETS, SPOKEN, Token, encoding, tokens
from app.importers._shown_pictures import kept

_SKIPPED: Final = frozenset({
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "nonshppict", "xe", "tc",
    "tcn", "rxe", "bkmkstart", "bkmkend", "falt", "panose", "upr", "private",
})  # fmt: skip
_INFO: Final = frozenset(("title", "author", "subject", "keywords", "doccomm", "creatim"))
_GATHERED: Final = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "listtext", "pntext", "fldinst", "pict", "annotation", "atnauthor",
    "atndate", "atnref", "atrfstart", "atrfend", "picprop", "sn", "sv",
})  # fmt: skip
_OPENING: Final = frozenset(("field", "fldrslt", "footnote", "shptxt"))
_REVIVED: Final = {"ud": "upr", "shptxt": "shpinst"}
_LINK: Final = re.compile(r'HYPERLINK\s+"([^"]{1,4096})"')


@dataclass(slots=True)
class _Group:
    """A group that is open: what holds round it, the destination it is, and the one that it begins.

    ``bare`` is true until something stands in it.
    """

    outside: State
    name: str = ""
    opened: str = ""
    bare: bool = True


class Reader:
    """Reads a file; what it found is in ``flow``, ``notes``, ``noted``, ``said``, and ``complete`` tells of its end."""

    def __init__(self, pictures: Pictures) -> None:
        """Begin with nothing; pictures are kept with ``pictures``."""
        self.tables = Tables()
        self.flow = Flow(self.tables)
        self.notes: list[list[Paragraph]] = []
        self.noted: list[Noted] = []
        self.said: dict[str, str] = {}
        self.complete = False
        self._pictures = pictures
        self._state = State()
        self._groups: list[_Group] = []
        self._gathered: dict[str, list[str]] = {}
        self._flows: list[Flow] = []
        self._fields: list[str] = []
        self._numbers: dict[str, int] = {}
        self._values: dict[str, int] = {}
        self._binary = b""
        self._alt = ""
        self._letters = bytearray()
        self._page = "cp1252"
        self._font = 0
        self._skip = 0
        self._starred = False
        self._endings: Mapping[str, Callable[[str], None]] = {
            "fldinst": self._end_instruction, "pict": self._end_picture, "annotation": self._end_annotation,
            "atrfstart": self._end_start, "atrfend": self._end_end, "footnote": self._end_note,
            "listtext": self._end_bullet, "pntext": self._end_bullet, "sv": self._end_value,
        }  # fmt: skip

    def read(self, data: bytes) -> None:
        """Read the tokens of a file, up to the end of its outermost group."""
        for token in tokens(data):
            if token.kind == "bytes":
                self._take_bytes(token)
                continue
            self._flush()
            if token.kind == "{":
                self._skip = 0
                self._groups.append(_Group(copy(self._state)))
            elif token.kind == "}":
                self._skip = 0
                self._close()
                if not self._groups:
                    self.complete = True
                    break
            elif token.kind == "binary":
                self._binary += token.data if self._state.target == "pict" else b""
            else:
                self._take_word(token)
        self._flush()
        self.flow.finish(self._state)

    def _take_bytes(self, token: Token) -> None:
        data = token.data
        if self._skip:
            cut = min(self._skip, len(data))
            self._skip -= cut
            data = data[cut:]
        self._letters += data
        if self._groups:
            self._groups[-1].bare = False

    def _flush(self) -> None:
        if self._letters:
            page = self.tables.fonts.get(self._state.font, self._page)
            text = self._letters.decode(page, "replace")
            self._letters.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        state = self._state
        if state.target == "colortbl":
            for _ in range(text.count(";")):
                red, green, blue = (self._values.pop(name, -1) for name in ("red", "green", "blue"))
                self.tables.colours.append(f"{red:02x}{green:02x}{blue:02x}" if min(red, green, blue) >= 0 else "")
        elif state.target == "body":
            if not state.hidden:
                self.flow.say(Stretch(text, self._tags(), self._colour(), state.link), state.size)
        elif state.target != "skip":
            self._gathered.setdefault(state.target, []).append(text)

    def _tags(self) -> tuple[str, ...]:
        state = self._state
        applies = (
            ("strong", state.bold),
            ("em", state.italic),
            ("sup", state.raised),
            ("code", self.tables.is_code(state.character)),
        )
        return tuple(tag for tag, is_set in applies if is_set)

    def _colour(self) -> str:
        number = self._state.colour
        return colour_name(self.tables.colours[number]) if 0 < number < len(self.tables.colours) else ""

    def _take_word(self, token: Token) -> None:
        word, number, state = token.word, token.number, self._state
        skipped, self._skip = self._skip, 0
        if word == "*":
            self._starred = True
            return
        starred, self._starred = self._starred, False
        group = self._groups[-1] if self._groups else None
        first = group is not None and group.bare
        if group is not None:
            group.bare = False
            if first and self._is_destination(word, starred):
                self._open(word, group)
                return
        if word == "u" and number is not None:
            self._skip = state.fallback
            self._say(chr(number % 65536))
        elif word in SPOKEN:
            if not skipped:
                self._say(SPOKEN[word])
        elif not state.set(word, number, self._font):
            self._set_rest(word, number)

    def _is_destination(self, word: str, starred: bool) -> bool:
        if self._state.target == "info":
            return starred or word in _INFO
        if self._state.target == "stylesheet":
            return starred and word != "cs"
        return starred or word in _SKIPPED or word in _GATHERED or word in _OPENING

    def _open(self, word: str, group: _Group) -> None:
        """Begin the destination that a group is."""
        group.name = group.opened = word
        state = self._state
        if word == "field":
            self._fields.append("")
        elif word == "fldrslt":
            state.link = self._fields[-1] if self._fields else ""
        elif word == "footnote" and state.target == "body":
            self._say_note()
            self._flows.append(self.flow)
            self.flow = Flow(self.tables)
            state.plain(self._font)
            state.plain_paragraph()
        elif word in _REVIVED:
            state.target = self._target_round(_REVIVED[word])
        elif word == "shppict":
            return
        elif state.target != "skip" and word in (_INFO if state.target == "info" else _GATHERED):
            state.target = word
            self._gathered[word] = []
        else:
            group.opened = ""
            state.target = "skip"

    def _target_round(self, word: str) -> str:
        """Return what text goes to round the nearest group that is such a destination."""
        return next((one.outside.target for one in reversed(self._groups) if one.name == word), "skip")

    def _set_rest(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "ansicpg":
            self._page = encoding(number or 1252)
        elif word in ("mac", "pc", "pca"):
            self._page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "deff":
            self._font = number or 0
            state.font = self._font
        elif word == "fcharset" and state.target == "fonttbl" and (number or 0) in CHARSETS:
            self.tables.fonts[state.font] = CHARSETS[number or 0]
        elif word == "sbasedon":
            self._values["sbasedon"] = number or 0
        elif word in ("red", "green", "blue", "yr", "mo", "dy"):
            self._values[word] = min(number or 0, 9999)
        elif word == "par" and state.target == "annotation":
            self._say("\n")
        elif state.target == "body":
            self._set_place(word)

    def _set_place(self, word: str) -> None:
        """End a paragraph, a cell or a row of the text."""
        flow, state = self.flow, self._state
        if word in ("par", "sect", "page", "nestcell"):
            flow.end_paragraph(state)
        elif word == "line":
            self._say("\n")
        elif word == "cell":
            flow.end_cell(state)
        elif word == "row":
            flow.end_row()
        elif word == "trowd":
            flow.is_header = False
        elif word == "trhdr":
            flow.is_header = True

    def _close(self) -> None:
        if not self._groups:
            return
        group = self._groups.pop()
        name = group.opened
        if name == "field":
            self._fields.pop()
        elif name in _INFO:
            self._end_info(name)
        elif name in self._endings:
            self._endings[name](self._taken(name))
        elif self._state.target == "stylesheet" and not group.opened:
            self._end_style()
        self._state = group.outside

    def _taken(self, name: str) -> str:
        """Return what a destination gathered, and forget it."""
        return "".join(self._gathered.pop(name, ()))

    def _end_style(self) -> None:
        name = self._taken("stylesheet").strip().rstrip(";").strip()
        state = self._state
        if state.character >= 0:
            self.tables.characters[state.character] = name
            return
        self.tables.styles[state.style] = name
        if "sbasedon" in self._values:
            self.tables.based[state.style] = self._values.pop("sbasedon")

    def _end_instruction(self, text: str) -> None:
        match = _LINK.search(text)
        if match and self._fields:
            self._fields[-1] = match[1]

    def _end_picture(self, text: str) -> None:
        data = self._binary
        with contextlib.suppress(ValueError):
            data = data or bytes.fromhex(text)
        self._binary = b""
        source = kept(self._pictures, data)
        if source:
            self.flow.say(Stretch("", link=self._state.link, image=source, alt=self._alt), self._state.size)
        self._alt = ""

    def _end_value(self, text: str) -> None:
        if self._taken("sn").strip() == "wzDescription":
            self._alt = text.strip()

    def _say_note(self) -> None:
        self.flow.say(Stretch(f"[{len(self.notes) + 1}]", ("sup",)), self._state.size)

    def _end_note(self, _text: str) -> None:
        if self._flows:
            blocks = self.flow.finish(self._state)
            self.notes.append([block for block in blocks if isinstance(block, Paragraph)])
            self.flow = self._flows.pop()

    def _end_bullet(self, text: str) -> None:
        self.flow.bullet = text

    def _end_start(self, text: str) -> None:
        self._numbers[text.strip()] = len(self.noted)
        self.noted.append(Noted())
        self._point(_points.begin(len(self.noted) - 1))

    def _end_end(self, text: str) -> None:
        if (number := self._numbers.get(text.strip())) is not None:
            self._point(_points.end(number))

    def _point(self, letters: str) -> None:
        self.flow.say(Stretch(letters), self._state.size)

    def _end_annotation(self, text: str) -> None:
        date, name, author = (self._taken(key) for key in ("atndate", "atnref", "atnauthor"))
        number = self._numbers.get(name.strip())
        note = Noted((), "\n\n".join(filter(None, map(str.strip, text.split("\n")))), author.strip(), _moment(date))
        if number is not None:
            self.noted[number] = note
        else:
            self.noted.append(note)
            number = len(self.noted) - 1
            self._point(_points.begin(number) + _points.end(number))

    def _end_info(self, name: str) -> None:
        text = " ".join(self._taken(name).split())
        if name == "creatim":
            day = [self._values.pop(part, 0) for part in ("yr", "mo", "dy")]
            text = "{:04}-{:02}-{:02}".format(*day) if all(day) else ""
        if text:
            self.said.setdefault(name, text)


def _moment(text: str) -> int:
    """Return a date of an annotation, packed into one number, in UTC milliseconds; 0 when it is none."""
    if not text.strip().lstrip("-").isdigit() or len(text) > 12:
        return 0
    packed = int(text)
    try:
        when = datetime(1900 + (packed >> 20 & 0x1FF), packed >> 16 & 0xF, packed >> 11 & 0x1F, packed >> 6 & 0x1F,
                        packed & 0x3F, tzinfo=UTC)  # fmt: skip
    except ValueError:
        return 0
    return max(0, int(when.timestamp() * 1000))
