"""What stands at the head of a Markdown text and says what it is, in the forms that it has: YAML, TOML, JSON, lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.importers._front_matter import read_lines
from app.loading import load

_YAML: Final = re.compile(r"---[ \t]*\n(?P<inside>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(?P<inside>.*?\n)?\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_BEHIND_JSON: Final = re.compile(r"[ \t]*\n")
_LINES: Final = re.compile(r"(?:[^\W\d_][\w -]{0,40}:[ \t]+\S.*\n)(?:(?:[^\W\d_][\w -]{0,40}:|[ \t]).*\n)*(?=[ \t]*\n)")
_HEADING: Final = re.compile(r"\s*#[ \t]+(?P<title>\S.*)\n(?:[ \t]*\n)+")
_PERCENT: Final = re.compile(r"%(?P<title>[ \t].*(?:\n[ \t]+\S.*)*)\n(?:%(?P<byline>(?:[ \t].*)?(?:\n[ \t]+\S.*)*)\n)?"
                             r"(?:%(?P<date>[ \t].*)\n)?")  # fmt: skip
_SAYING: Final = frozenset(("title", "author", "authors", "date", "url", "source", "language", "publisher", "keywords"))
_INNER: Final = ("extra", "params")  # where static sites keep what is their readers' own
_LONGEST: Final = 100_000
_MOST_VALUES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a text says, where it ends, and what of it cannot be read: lines of it, or why nothing can."""

    end: int
    values: Mapping[str, Any]
    problems: tuple[str, ...] = ()


def read_head(text: str) -> Head | None:
    """Return what stands at the head of a text, ``None`` where it begins with its first line."""
    for shape, read in ((_YAML, _yaml), (_TOML, _toml)):
        if match := shape.match(text):
            return _checked(match.end(), match["inside"] or "", read)
    return _json(text) or _lines(text) or _below_heading(text) or _percent(text)


def _checked(end: int, inside: str, read: Callable[[str], tuple[Any, tuple[str, ...]]]) -> Head:
    """Return the values in front matter, unless they are too many, or none."""
    if len(inside) > _LONGEST:
        return Head(end, {}, ("It is too long to be read.",))
    values, problems = read(inside)
    if values is None:
        return Head(end, {})
    if not isinstance(values, dict):
        return Head(end, {}, ("It does not consist of names and values.",))
    if sum(1 for _value in _flat(values)) > _MOST_VALUES:
        return Head(end, {}, ("It holds too many values.",))
    return Head(end, _spread(values), problems)


def _yaml(inside: str) -> tuple[Any, tuple[str, ...]]:
    yaml = load("yaml")
    try:
        return yaml.safe_load(inside), ()
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        reading = read_lines(inside)
        return reading.values, tuple(reading.strange) if reading.values else (_said(error),)


def _toml(inside: str) -> tuple[Any, tuple[str, ...]]:
    try:
        return load("tomllib").loads(inside), ()
    except (ValueError, RecursionError) as error:
        return {}, (_said(error),)


def _json(text: str) -> Head | None:
    """Return the front matter that is an object of JSON, below which a text stands."""
    if not text.startswith("{"):
        return None
    try:
        values, end = load("json").JSONDecoder().raw_decode(text[:_LONGEST])
    except (ValueError, RecursionError):
        return None
    behind = _BEHIND_JSON.match(text, end)
    if not values or behind is None or not text[end:].strip():
        return None
    return _checked(behind.end(), "", lambda _inside: (values, ()))


def _lines(text: str) -> Head | None:
    """Return the lines of ``Name: value`` at the head of a text, as MultiMarkdown has them."""
    match = _LINES.match(text[:_LONGEST])
    if match is None:
        return None
    reading = read_lines(match[0])
    told = {name.strip().lower() for name in reading.values} & _SAYING
    if reading.strange or not (told & {"title"} or len(told) > 1):
        return None
    return Head(match.end(), reading.values)


def _below_heading(text: str) -> Head | None:
    """Return the lines of ``Name: value`` right below a heading, as databases of notes export their pages."""
    heading = _HEADING.match(text[:_LONGEST])
    found = _lines(text[heading.end() :]) if heading else None
    if heading is None or found is None:
        return None
    return Head(heading.end() + found.end, {"title": heading["title"].strip(), **found.values})


def _percent(text: str) -> Head | None:
    """Return the lines behind per cent signs at the head of a text, as pandoc has them: title, authors, date."""
    match = _PERCENT.match(text[:_LONGEST])
    if match is None:
        return None
    found = {name: " ".join(value.split()) for name, value in match.groupdict().items() if value}
    byline = [part.strip() for part in re.split(r";|\n", match["byline"] or "") if part.strip()]
    return Head(match.end(), {**found, **({"byline": byline} if byline else {})})


def _spread(values: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Return values by their names, with those that a site keeps further in, unless they are said outside too."""
    found = {str(key): value for key, value in values.items()}
    for name in _INNER:
        inner = found.get(name)
        if isinstance(inner, dict):
            del found[name]
            found = {**{str(key): value for key, value in inner.items()}, **found}
    return found


def _said(error: Exception) -> str:
    return f"It is not well formed: {' '.join(str(error).split())[:200]}"


def _flat(value: Any) -> Iterator[Any]:
    """Yield the single values inside a value, stopping where aliases would multiply them without end."""
    waiting, count = [value], 0
    while waiting and count <= _MOST_VALUES:
        count += 1
        inner = waiting.pop()
        if isinstance(inner, dict):
            waiting += list(inner.values())[:_MOST_VALUES]
        elif isinstance(inner, list | tuple | set):
            waiting += list(inner)[:_MOST_VALUES]
        yield inner
