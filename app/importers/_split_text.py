"""One text that holds several articles, split into them where someone says that they begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.cleaning.phrases import lexicon
from app.cleaning.signatures import without_by
from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._columns import field_of
from app.importers._records import day, language_code
from app.importers._split_options import GAPS, LINES, PAGES, PATTERN, TITLES, pattern_of, way_of
from app.model import METADATA_FIELDS, Origin
from app.options import OptionValue
from app.text.addresses import safe_address

_RULE: Final = re.compile(r"([=\-_*#~+–—])\1{4,}|(?:[*\-–—=] ){4,}[*\-–—=]")
_TITLE: Final = re.compile(r"(?:title|headline|titel|titre|título)\s?:\s*\S", re.IGNORECASE)
LABEL: Final = re.compile(r"\s*(?P<label>[^\W\d_][\w -]{0,24}?)\s?:\s*(?P<value>\S.*)")
"""A line that says under a label what an article is."""

_LONGEST_PATTERN: Final = 500
_SAMPLE: Final = "Ab 1."  # where a pattern is found without taking a sign, it is found in nearly every line
_SHORT: Final = 120
_HEAD: Final = 12


@dataclass(frozen=True, slots=True)
class TextPart:
    """One article of a text: what its first lines say of it under labels, and the rest.

    ``above`` and ``below`` are what was left out there, since it only stands between two articles.
    """

    head: Mapping[str, str]
    text: str
    above: str = ""
    below: str = ""


def split_text(text: str, options: Mapping[str, OptionValue]) -> list[TextPart]:
    """Return the articles of a text, in order; raises ``ImportFailed`` for a pattern that is none or found nowhere."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    way = way_of(options)
    if way == PAGES:
        return [_read_head(one) for one in text.split("\f") if one.strip()]
    if way == GAPS:
        return [_read_head(one) for one in _at_gaps(text) if one.strip()]
    return _between(_at_lines(text, line_pattern(options), way))


def _between(stretches: Iterable[tuple[str, str]]) -> list[TextPart]:
    """Return the articles of stretches, each with the line above it that only stands between two of them."""
    found: list[TextPart] = []
    above: list[str] = []
    for parting, text in stretches:
        above += [parting] if has_words(parting) else []
        if text.strip():
            found.append(replace(_read_head(text), above="\n".join(above)))
            above = []
    if found:
        found[-1] = replace(found[-1], below="\n".join(above))
    return found


def stated(draft: Draft, head: Mapping[str, str]) -> Draft:
    """Return a draft with what the lines above its text say, which is more than what could be told from the text."""
    if not head:
        return draft
    address = safe_address(head.get("address", ""))
    spoken = lexicon(draft.metadata.language)
    values = {
        **{name: " ".join(head[name].split()) for name in ("title", "outlet", "section") if name in head},
        "byline": without_by(_named(head.get("byline", "")), spoken),
        "address": address if address and address.startswith("http") else None,
        "published": day(head.get("published", "")),
        "language": language_code(head.get("language", "")),
    }
    known = {name: value for name, value in values.items() if value}
    fields = {name: known.get(name, getattr(draft.metadata, name)) for name in METADATA_FIELDS}
    origins = {**draft.metadata.origins, **dict.fromkeys(known, Origin.STATED)}
    unread = {"date_line": head["published"]} if "published" in head and "published" not in known else {}
    metadata = replace(draft.metadata, **fields, origins=origins)
    return replace(draft, metadata=metadata, details={**draft.details, **unread})


def _named(text: str) -> str:
    """Return names between semicolons as a byline has them, unless each is turned round a comma."""
    names = text.split(";") if "," not in text else [text]
    return ", ".join(filter(None, (" ".join(name.split()) for name in names)))


def line_pattern(options: Mapping[str, OptionValue]) -> re.Pattern[str]:
    """Return what a line holds at which a text is split; raises ``ImportFailed`` for a pattern that is none."""
    return {LINES: _RULE, TITLES: _TITLE}.get(way_of(options)) or _compiled(pattern_of(options))


def _compiled(pattern: str) -> re.Pattern[str]:
    if not pattern.strip():
        raise ImportFailed("There is no pattern to split by.", "Write one, or choose another way to split.")
    try:
        if len(pattern) > _LONGEST_PATTERN:
            raise ImportFailed("The pattern is longer than {most} signs.", "Shorten it.", most=_LONGEST_PATTERN)
        compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise ImportFailed(
            "“{pattern}” is no regular expression ({problem}).", "Mend it, or choose another way to split.",
            pattern=pattern, problem=str(error),
        ) from error  # fmt: skip
    if any(found and not found[0] for found in map(compiled.search, ("", _SAMPLE))):
        raise ImportFailed(
            "“{pattern}” is found even where there is nothing.", "Write a pattern that needs at least one letter.",
            pattern=pattern,
        )  # fmt: skip
    return compiled


class FoundNowhere(ImportFailed):
    """A pattern that nothing in a file holds."""


def found_nowhere(pattern: re.Pattern[str]) -> FoundNowhere:
    """Return the error for a pattern that nothing in a file holds."""
    return FoundNowhere(
        "“{pattern}” is found nowhere in this file.", "Mend the pattern, or choose another way to split.",
        pattern=pattern.pattern,
    )  # fmt: skip


def _at_lines(text: str, pattern: re.Pattern[str], way: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches between the lines that hold a pattern, each behind such a line if it is no part of it."""
    every = text.replace("\f", "\n").split("\n")
    bounds = {number for number, line in enumerate(every) if is_bound(line, pattern, way)}
    if way == PATTERN and not bounds:
        raise found_nowhere(pattern)
    parting = only_parting([every[number].strip() for number in bounds])
    above = ""
    lines: list[str] = []
    for number, line in enumerate(every):
        if number in bounds:
            yield above, "\n".join(lines)
            above, lines = (line.strip(), []) if line.strip() in parting else ("", [line])
        else:
            lines.append(line)
    yield above, "\n".join(lines)


def is_bound(line: str, pattern: re.Pattern[str], way: str) -> bool:
    """Tell whether a text is split at a line."""
    if way == PATTERN:
        return pattern.search(line) is not None
    found = pattern.fullmatch(line.strip()) if way == LINES else pattern.match(line.strip())
    return found is not None


def only_parting(lines: Sequence[str]) -> frozenset[str]:
    """Return those of the lines at which a text is split that begin no article, but only stand between two.

    They have signs alone, or all of them are the same.
    """
    said = frozenset(lines)
    if len(lines) > 1 and len(said) == 1:
        return said
    return frozenset(line for line in said if not has_words(line))


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit in a text."""
    return re.search(r"[^\W_]", text) is not None


def _at_gaps(text: str) -> Iterator[str]:
    """Yield the stretches that begin with a short line below at least two empty ones."""
    lines: list[str] = []
    empty = 0
    for line in text.replace("\f", "\n\n\n").split("\n"):
        content = line.strip()
        if content and empty > 1 and len(content) <= _SHORT and not re.search(r"[.!?…:;,]$", content):
            yield "\n".join(lines)
            lines = []
        empty = 0 if content else empty + 1
        lines.append(line)
    yield "\n".join(lines)


def _read_head(text: str) -> TextPart:
    """Take what stands under labels at the very beginning of an article."""
    lines = text.strip("\n").split("\n")
    head, end = labelled(lines)
    return TextPart(head, "\n".join(lines[end:])) if head else TextPart({}, text)


def labelled(lines: Sequence[str]) -> tuple[Mapping[str, str], int]:
    """Return what the first lines ``Label: value`` say, if one of them is the title, and how many lines these are."""
    head: dict[str, str] = {}
    end = 0
    for number, line in enumerate(lines[:_HEAD]):
        match = LABEL.fullmatch(line.rstrip())
        field = field_of(match["label"]) if match else None
        if match and field in METADATA_FIELDS and field not in head:
            head[field] = match["value"].strip()
            end = number + 1
        elif line.strip():
            break
    return (head, end) if "title" in head else ({}, 0)
