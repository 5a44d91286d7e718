"""Files of a news database: the records in them, and an article of each. Every database says the same in its way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from app.cleaning.dates import find_date
from app.cleaning.language import guess
from app.cleaning.metadata import derived_title
from app.cleaning.phrases import Lexicon, lexicon, month_names, tokens
from app.cleaning.signatures import author, read_signature
from app.drafts import Draft
from app.errors import AppError, ImportFailed
from app.importers._base import File, Parts, Unread, go_on
from app.importers._broken_lines import grouped
from app.importers._encodings import decode_page, decode_text
from app.importers._html import read_html
from app.importers._language_names import LANGUAGES
from app.importers._word_text import is_docx, is_rtf, read_docx, read_rtf
from app.model import METADATA_FIELDS, Details, LeftOut, Metadata, Origin, Published
from app.text.addresses import safe_address
from app.text.body import Body, Piece
from app.text.names import is_person

_LONGEST_NAME: Final = 80
_LONGEST_BYLINE: Final = 500
_LABEL: Final = re.compile(r"(?P<label>[^\W\d_][\w /-]{0,34}?)\s?[:：]\s*(?P<value>.*)", re.DOTALL)
_BULLET: Final = re.compile(r"\s*[•●▪◦‣]\s+(?=\S)")
_BY: Final = re.compile(r"^(?:by|par)[\s:]+", re.IGNORECASE)
_PLACE: Final = re.compile(r"\b(?:in|at|from)\s[^,;/|&]*?(?=\s+and\b|[,;/|&]|$)")
_BETWEEN: Final = re.compile(r"\s+(?:and|und|et|y|e)\s+|[,;/|&]")
COPYRIGHT: Final = re.compile(
    r"(?:copyright(?![,.]?\s(?-i:(?!by|of|the|ver)[a-zß-ÿ]))|\(c\)|©|all rights reserved|tous droits|alle rechte)",
    re.IGNORECASE,
)
"""How a line begins that says who holds the rights; a sentence may begin with the word too, and goes on after it."""


@dataclass(slots=True)
class Record:
    """What a record states of one article, as it is written there. ``language`` is a name or a code."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    section: str = ""
    address: str = ""
    language: str = ""
    published: Published | None = None
    details: dict[str, list[str]] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, name: str, value: str) -> None:
        """State a detail, once."""
        if value and value not in self.details.setdefault(name, []):
            self.details[name].append(value)

    def draft(self, number: int) -> Draft:
        """Return the article, as part ``number`` of its file; raises ``ImportFailed`` when the record holds none."""
        if not any(piece.text for piece in self.pieces):
            raise ImportFailed("This record holds no text.", "Look it up in the database, and download it again.")
        body = Body.of(map(_listed, self.pieces))
        spoken = language_code(self.language)
        derived = guess(body.text)
        title = self.title or derived_title(next((one.text for one in self.pieces if one.text), ""), lexicon(derived))
        address = safe_address(self.address) if self.address else None
        byline, role = _signed(self.byline, lexicon(spoken or derived))
        self.add("role", role)
        values = Metadata(
            title=title or None,
            outlet=self.outlet or None,
            byline=byline or None,
            section=self.section or None,
            address=address if address and address.startswith("http") else None,
            published=self.published,
            language=spoken or derived,
        )
        origins = {name: Origin.STATED for name in METADATA_FIELDS if getattr(values, name)}
        if not self.title and title:
            origins["title"] = Origin.DERIVED
        if not spoken and derived:
            origins["language"] = Origin.DERIVED
        details: Details = {name: all_[0] if len(all_) == 1 else tuple(all_) for name, all_ in self.details.items()}
        metadata = replace(values, origins=origins)
        return Draft(body, metadata, tuple(self.left_out), details, part=part_name(number, title))


def _listed(piece: Piece) -> Piece:
    """Return a paragraph that begins with a bullet as an item of a list, without the bullet."""
    bullet = _BULLET.match(piece.text) if piece.kind == "paragraph" else None
    if bullet is None:
        return piece
    cut = bullet.end()
    runs = (replace(run, start=max(0, run.start - cut), end=run.end - cut) for run in piece.runs if run.end > cut)
    return Piece(piece.text[cut:], "item", {**piece.attributes, "depth": 1, "ordered": False}, tuple(runs))


def _signed(byline: str, known: Lexicon) -> tuple[str, str]:
    """Return who signs with a byline, without a "by", and in what role; nobody of several is lost."""
    plain = _BY.sub("", byline)
    if len(plain) > _LONGEST_BYLINE:
        return plain, ""
    found = read_signature(byline, tokens(byline), known)
    name, role = (found.name, found.role) if found and found.name else author(plain, known)
    if not name:
        return plain, ""
    before, _name, behind = byline.partition(name)
    rest = _PLACE.sub("", behind.replace(role, ""))
    if any(is_person(part.strip()) for part in _BETWEEN.split(rest)):
        return byline.removeprefix(before).replace(" / ", ", "), ""
    return name, role


def part_name(number: int, title: str) -> str:
    """Return the name of an article in a file of several: ``012 Title``."""
    plain = " ".join(re.sub(r"[/\\]", "-", title).split())[:_LONGEST_NAME].strip()
    return f"{number:03} {plain}".strip()


def drafts(chunks: Iterable[Sequence[Piece]], read: Callable[[Sequence[Piece]], Record], file: File) -> Parts:
    """Return the article of each record; one that cannot be read is an ``Unread``. Raises ``ImportFailed`` for none."""
    parts: list[Draft | Unread] = []
    for number, chunk in enumerate(chunks, 1):
        try:
            parts.append(read(chunk).draft(number))
        except AppError as error:
            parts.append(Unread(part_name(number, plain(chunk[0]) if chunk else ""), error))
        go_on(file)
    if not any(isinstance(part, Draft) for part in parts):
        raise ImportFailed(
            "{name} looks like the download of a news database, but no article was found in it.",
            "Download the full texts, not a list of titles; or import it as another format.",
            name=file.name,
        )
    return parts


def blocks(file: File, starts: re.Pattern[str]) -> list[Piece]:
    """Return the paragraphs of a file of any kind. Lines that ``starts`` matches never go on with the one above.

    Raises ``ImportFailed``.
    """
    if is_docx(file.data):
        return read_docx(file.data, file.name)
    if is_rtf(file.data):
        return read_rtf(file.data, file.name)
    if b"<" in file.data[:512] and re.match(
        rb"\W*<(?:!doctype|html|head|body|\?xml|!--)", file.data[:512], re.IGNORECASE
    ):
        return read_html(decode_page(file.data, file.name))
    return grouped(decode_text(file.data, file.name), starts)


def plain(piece: Piece) -> str:
    """Return the text of a block with one space for each white space."""
    return " ".join(piece.text.split())


def labelled(piece: Piece, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """Return which of the ``labels`` (in small letters, with what they mean) stands before a colon, and its value."""
    match = _LABEL.match(plain(piece))
    meaning = labels.get(match["label"].casefold()) if match else None
    return (meaning, match["value"].strip()) if match and meaning else None


def tail(pieces: Sequence[Piece], belongs: Callable[[Piece], bool], start: int = 0) -> int:
    """Return where the run of blocks begins that ends a record and of which each ``belongs`` to what follows a text."""
    at = len(pieces)
    while at > start and belongs(pieces[at - 1]):
        at -= 1
    return at


def divided(pieces: Sequence[Piece], begins: Callable[[Piece], bool]) -> list[list[Piece]]:
    """Return the stretches that begin with a block which ``begins`` one; what stands before the first is the first."""
    number = 0
    numbers: list[int] = []
    for piece in pieces:
        number += begins(piece)
        numbers.append(number)
    together = groupby(zip(numbers, pieces, strict=True), key=lambda pair: pair[0])
    stretches = {number: [piece for _number, piece in group] for number, group in together}
    return [stretches.get(0, []), *(stretch for number, stretch in stretches.items() if number)]


def apart(pieces: Iterable[Piece], alone: re.Pattern[str]) -> Iterator[Piece]:
    """Yield blocks, and as one of its own what stands ``alone`` in its line: in a PDF others may stand close to it."""
    for piece in pieces:
        match = alone.search(piece.text) if piece.kind != "cell" else None
        if match is None or match[0] == piece.text:
            yield piece
        else:
            parts = (piece.text[: match.start()], match[0], piece.text[match.end() :])
            yield from (Piece(part.strip()) for part in parts if part.strip())


def day(text: str) -> Published | None:
    """Return the date that a line states in any language."""
    return find_date(text, month_names())


def language_code(name: str) -> str | None:
    """Return the code of a language that is named in English or in itself, or is a code already."""
    plain_name = name.casefold().replace("\N{COMBINING DOT ABOVE}", "")  # of a Turkish İ in small letters
    for word in re.findall(r"[^\W\d_]+", plain_name):
        if word in LANGUAGES:
            return LANGUAGES[word]
    return name.casefold() if re.fullmatch(r"[A-Za-z]{2}", name) else None
