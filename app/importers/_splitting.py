"""One text that holds several articles, cut into them where someone says that they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._columns import field_of
from app.importers._records import day, language_code
from app.model import METADATA_FIELDS, Origin
from app.options import Option, OptionValue
from app.text.addresses import safe_address

_NO: Final = "no"
_PATTERN: Final = "pattern"
_WAYS: Final = (_NO, "lines", "pages", "titles", "gaps", _PATTERN)

OPTIONS: Final = (
    Option(
        "split",
        "Several articles in one text",
        _NO,
        _WAYS,
        help="Lines: between lines of =====, ----- or the like. Pages: at page breaks. Titles: at lines that begin "
        "with “Title:”. Gaps: at a short line below two empty ones. Pattern: at lines that hold the pattern below.",
    ),
    Option(
        "pattern",
        "Pattern",
        "",
        help="A regular expression. A line that is the same each time only stands between articles.",
    ),
)

_RULE: Final = re.compile(r"([=\-_*#~+–—])\1{4,}|(?:[*\-–—=] ){4,}[*\-–—=]")
_TITLE: Final = re.compile(r"(?:title|headline|titel|titre|título)\s?:\s*\S", re.IGNORECASE)
_LABEL: Final = re.compile(r"\s*(?P<label>[^\W\d_][\w -]{0,24}?)\s?:\s*(?P<value>\S.*)")
_LONGEST_PATTERN: Final = 500
_SHORT: Final = 120
_HEAD: Final = 12


@dataclass(frozen=True, slots=True)
class Cut:
    """One article of a text: what its first lines say of it under labels, and the rest."""

    head: Mapping[str, str]
    text: str


def is_wished(options: Mapping[str, OptionValue]) -> bool:
    """Tell whether the options say that a text holds several articles."""
    return options.get("split", _NO) != _NO or bool(options.get(_PATTERN, ""))


def cuts(text: str, options: Mapping[str, OptionValue]) -> list[Cut]:
    """Return the articles of a text, in order; raises ``ImportFailed`` for a pattern that is none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pattern = str(options.get(_PATTERN, ""))
    way = _PATTERN if pattern else str(options.get("split", _NO))
    if way == "pages":
        found: Iterator[str] = iter(text.split("\f"))
    elif way == "gaps":
        found = _at_gaps(text)
    else:
        found = _at_lines(text, {"lines": _RULE, "titles": _TITLE}.get(way) or _compiled(pattern), way)
    return [_read_head(one) for one in found if one.strip()]


def stated(draft: Draft, head: Mapping[str, str]) -> Draft:
    """Return a draft with what the lines above its text say, which is more than what could be told from the text."""
    if not head:
        return draft
    address = safe_address(head.get("address", ""))
    values = {
        **{name: " ".join(head[name].split()) for name in ("title", "byline", "outlet", "section") if name in head},
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
    if compiled.search(""):
        raise ImportFailed(
            "“{pattern}” is found even where there is nothing.", "Write a pattern that needs at least one letter.",
            pattern=pattern,
        )  # fmt: skip
    return compiled


def _at_lines(text: str, pattern: re.Pattern[str], way: str) -> Iterator[str]:
    """Yield the stretches between the lines that hold a pattern.

    Such a line begins an article; one of signs alone, or the same one each time, only stands between two.
    """
    every = text.replace("\f", "\n").split("\n")
    bounds = {number for number, line in enumerate(every) if _is_bound(line, pattern, way)}
    said = [every[number].strip() for number in bounds]
    same = len(said) > 1 and len(set(said)) == 1
    lines: list[str] = []
    for number, line in enumerate(every):
        if number in bounds:
            yield "\n".join(lines)
            lines = [] if same or not re.search(r"[^\W_]", line) else [line]
        else:
            lines.append(line)
    yield "\n".join(lines)


def _is_bound(line: str, pattern: re.Pattern[str], way: str) -> bool:
    if way == _PATTERN:
        return pattern.search(line) is not None
    found = pattern.fullmatch(line.strip()) if way == "lines" else pattern.match(line.strip())
    return found is not None


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


def _read_head(text: str) -> Cut:
    """Take the lines ``Label: value`` at the very beginning of an article, if one of them is its title."""
    lines = text.strip("\n").split("\n")
    head: dict[str, str] = {}
    end = 0
    for number, line in enumerate(lines[:_HEAD]):
        match = _LABEL.fullmatch(line.rstrip())
        field = field_of(match["label"]) if match else None
        if match and field in METADATA_FIELDS and field not in head:
            head[field] = match["value"].strip()
            end = number + 1
        elif line.strip():
            break
    return Cut(head, "\n".join(lines[end:])) if "title" in head else Cut({}, text)
