"""What Obsidian asks of a note: its name, its properties, its tags, and the part of it that is ours.

Conventions: https://help.obsidian.md/properties , /tags , /links , /callouts .
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.loading import load
from app.model import Theme
from app.pictures import kind_of

RECORD: Final = "record"
"""The part of a note that says what Markdown has no words for (see ``_vault_record``)."""

SUFFIX: Final = ".md"
TAG: Final = "theme/"
LONGEST_NAME: Final = 120  # bytes: the narrowest file systems in use take 143

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)
_NOT_IN_NAMES: Final = re.compile(r'[\s*"\\/<>:|?#^\[\]%\x00-\x1f\x7f-\x9f]+')
_NAMED: Final = re.compile(r"(?:^| )(?P<id>[0-9a-f]{8}(?:[0-9a-f]{24})?)\.md$")
_OWNER: Final = re.compile(r"""id\s*:\s*(["']?)(?P<id>[^\s"']+)\1\s*""")
_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9-]+")
_PLAIN_KEY: Final = re.compile(r"[a-z][a-z _-]*[a-z]")
_YAML_WORDS: Final = frozenset(("yes", "no", "on", "off", "true", "false", "null"))
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_ISO_DAY: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
# What a YAML file may not hold as it is: YAML 1.2, 5.1, and the line breaks of 1.1.
_NOT_IN_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BEGIN: Final = re.compile(r"%% begin (?P<part>[a-z]+) %%")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_ENTRY: Final = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"':&*!|>%@`{}\[\],-][^:\r\n]*?)\s*:(?:\s|$)"""
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A value of the front matter that stands without quotes: a number or a day."""

    text: str


def file_name(title: str, uid: str = "") -> str:
    """Return a name for a note, without its suffix: the title, as far as names may go, and the beginning of the id.

    The id keeps names apart that would be one, and a note where it is whatever else is exported beside it.
    """
    room = LONGEST_NAME - len(uid) - 1
    name = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", title.encode("utf-8", "replace").decode()))
    name = name.strip(" .").encode()[:room].decode("utf-8", "ignore").rstrip(" .\u200d")
    if _RESERVED.fullmatch(name) and not uid:
        name = f"{name} note"
    return " ".join(part for part in (name, uid) if part)


def identity(name: str) -> str | None:
    """Return the beginning of an id that the name of a note ends with, whatever title stands before it."""
    match = _NAMED.search(name)
    return match["id"] if match else None


def owner(name: str, head: bytes) -> str | None:
    """Return the id that the properties of a note say, whatever name the note has."""
    if not name.endswith(SUFFIX):
        return None
    properties, _ = _split(head.decode("utf-8-sig", "replace").splitlines() or [""])
    found = next((match for match in map(_OWNER.fullmatch, properties or ()) if match), None)
    return found["id"] if found else None


def short_id(uid: str, *, whole: bool = False) -> str:
    """Return as much of an id as keeps the names of notes apart, or all of it, in characters that names may have."""
    return _NOT_IN_IDS.sub("-", uid)[: 32 if whole else 8]


def block_id(uid: str) -> str:
    """Return the block id of a highlight: Latin letters, digits and dashes only."""
    return f"h-{_NOT_IN_IDS.sub('-', uid)}"


def theme_tags(themes: Sequence[Theme]) -> Mapping[str, str]:
    """Return for each theme id its tag without the ``#``: ``theme/war/drone-technology``, no two alike."""
    tags: dict[str, str] = {}
    taken: set[str] = set()
    for theme in themes:
        parts = [part for part in map(slug, theme.path or (theme.name,)) if part]
        tag = TAG + "/".join(parts or [short_id(theme.id)])
        if tag in taken:
            tag = f"{tag}-{short_id(theme.id)}"
        taken.add(tag)
        tags[theme.id] = tag
    return tags


def slug(name: str) -> str:
    """Return a name as a tag can hold it: lower case, dashes for all but letters, their marks, digits and ``_``."""
    letters = (
        letter if unicodedata.category(letter)[0] in "LMN" or letter == "_" else " "
        for letter in unicodedata.normalize("NFC", name).lower()
    )
    return "-".join("".join(letters).split())


def label(text: str) -> str:
    """Return ``text`` as the words of a wikilink, where neither brackets nor pipes can be written."""
    return " ".join(re.sub(r"[\[\]|\s\x00-\x1f]+", " ", text).replace("%%", "% %").split())


def scalar(value: str | bool | Plain) -> str:
    """Return a value of YAML that is read back as it is; text always in double quotes, so that no word is a number."""
    if isinstance(value, Plain):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    written = _ENCODER.encode(value)
    return written if written.isprintable() else _NOT_IN_YAML.sub(_escaped, written)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"


def number_or_text(text: str) -> str | Plain:
    """Return a number without quotes, anything else as text."""
    return Plain(text) if _NUMBER.fullmatch(text) else text


def day_or_text(text: str) -> str | Plain:
    """Return an ISO day without quotes, anything else as text."""
    return Plain(text) if _is_day(text) else text


def _is_day(text: str) -> bool:
    try:
        return _ISO_DAY.fullmatch(text) is not None and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


Value = str | bool | Plain | Sequence[str]


def front_matter(properties: Mapping[str, Value]) -> str:
    """Return the front matter, from ``---`` to ``---``; lists one item a line, nothing nested."""
    lines = ["---"]
    for key, value in properties.items():
        written = key if _PLAIN_KEY.fullmatch(key) and key not in _YAML_WORDS else scalar(key)
        if isinstance(value, str | bool | Plain):
            lines.append(f"{written}: {scalar(value)}")
        elif value:
            lines.extend((f"{written}:", *(f"  - {scalar(item)}" for item in value)))
        else:
            lines.append(f"{written}: []")
    return "\n".join((*lines, "---"))


def begin(part: str) -> str:
    """Return the line before a part of a note that is ours."""
    return f"%% begin {part} %%"


def end(part: str) -> str:
    """Return the line after a part of a note that is ours."""
    return f"%% end {part} %%"


def merge(old: bytes, new: bytes) -> bytes:
    """Return the note ``old`` with our parts and properties as they are in ``new``; all else in it stays.

    Ours are the parts between our marks, the properties that ``new`` has and those that ``old`` had from us; of the
    tags, those that name a theme. A part whose marks are gone is put at the end. What is no UTF-8 goes through as it
    is, and a picture is ours alone.
    """
    if kind_of(new) is not None:
        return new
    had = old.decode("utf-8", "surrogateescape")
    if not had.strip():
        return new
    mark = "\ufeff" if had.startswith("\ufeff") else ""
    lines = had.removeprefix(mark).split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    head, rest = _split(lines)
    new_head, new_rest = _split([line + ending for line in new.decode("utf-8", "surrogateescape").split("\n")])
    gone = _written(rest)
    for part, block in _blocks(new_rest).items():
        rest = _replaced(rest, part, block, ending)
    rule = f"---{ending}"
    merged = [rule, *_merged_properties(head or [], new_head or [], gone), rule] if head or new_head else []
    if new_head and head is None:
        merged.append(ending)
    return (mark + "\n".join([*merged, *rest])).encode("utf-8", "surrogateescape")


def _split(lines: Sequence[str]) -> tuple[list[str] | None, list[str]]:
    """Return the lines of the front matter (``None`` when there is none) and those after it."""
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.rstrip() == "---":
                return list(lines[1:number]), list(lines[number + 1 :])
    return None, list(lines)


def _blocks(lines: Sequence[str]) -> Mapping[str, list[str]]:
    """Return our parts of a note as we wrote it, by their names, marks included."""
    found: dict[str, list[str]] = {}
    for number, line in enumerate(lines):
        match = _BEGIN.fullmatch(line.strip())
        place = _place(lines[number:], match["part"]) if match else None
        if match and place:
            found[match["part"]] = list(lines[number : number + place[1]])
    return found


def _place(lines: Sequence[str], part: str) -> tuple[int, int] | None:
    """Return where a part stands: from the last mark of its beginning before the first of its end that has one."""
    first = None
    for number, line in enumerate(lines):
        if line.strip() == begin(part):
            first = number
        elif first is not None and line.strip() == end(part):
            return first, number + 1
    return None


def _replaced(lines: list[str], part: str, block: Sequence[str], ending: str) -> list[str]:
    place = _place(lines, part)
    if place:
        return [*lines[: place[0]], *block, *lines[place[1] :]]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return [*lines, ending, *block, ""]


def _written(lines: Sequence[str]) -> frozenset[str]:
    """Return the properties that we wrote into a note, as its record says."""
    block = _blocks(lines).get(RECORD, ())
    try:
        told = json.loads("\n".join(block[1:-1]).strip().strip("%"))["properties"]
        return frozenset(map(str, told))
    except (ValueError, LookupError, TypeError, RecursionError):
        return frozenset()


def _merged_properties(old: Sequence[str], new: Sequence[str], gone: Collection[str]) -> list[str]:
    """Return the lines of ``old`` with the properties of ``new`` in their places, those it lacked at the end.

    Of ``gone`` those that ``new`` lacks are left out.
    """
    ours = {key: lines for key, lines in _entries(new) if key}
    merged: list[str] = []
    for key, lines in _entries(old):
        fresh = ours.pop(key, None) if key else None
        if fresh is None and key in gone:
            continue
        merged.extend(lines if fresh is None else _merged_tags(lines, fresh) if key == "tags" else fresh)
    return [*merged, *(line for lines in ours.values() for line in lines)]


def _entries(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the properties of a front matter with the lines they take; what is none of them has the key ``""``."""
    key, taken = "", list[str]()
    for line in lines:
        match = _ENTRY.match(line)
        # Only what is indented, and the items of a list, go on with a property.
        if match or not line.startswith((" ", "\t", "-")):
            if taken:
                yield key, taken
            key, taken = _unquoted(match["key"]) if match else "", []
        taken.append(line)
    if taken:
        yield key, taken


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1].replace("''", "'")
    if not key.startswith('"'):
        return key
    try:
        return str(json.loads(key))
    except ValueError:
        return key


def _merged_tags(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the theme tags of ``new`` with the reader's own tags of ``old``; unreadable tags stay as they are."""
    yaml = load("yaml")
    try:
        had, fresh = (yaml.safe_load("\n".join(lines))["tags"] or [] for lines in (old, new))
    except (yaml.YAMLError, KeyError, TypeError):
        return list(old)
    words = had.replace(",", " ").split() if isinstance(had, str) else had
    own = [str(tag) for tag in words if not str(tag).removeprefix("#").startswith(TAG)]
    if not own:
        return list(new)
    ending = "\r" if new[0].endswith("\r") else ""
    tags = dict.fromkeys([*map(str, fresh), *own])
    return [f"tags:{ending}", *(f"  - {scalar(tag)}{ending}" for tag in tags)]
