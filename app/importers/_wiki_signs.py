"""What notes of Obsidian write that Markdown has no signs for: links in brackets, pictures, comments, tags, places."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_FENCE: Final = re.compile(r" {0,3}(?P<sign>`{3,}|~{3,})")
_CODE: Final = re.compile(r"(`{1,9})[^`\n]{1,2000}\1")
_COMMENT: Final = re.compile(r"(?<![\d%\\])%%(?!%)(?P<said>.*?)%%", re.DOTALL)
_LINK: Final = re.compile(r"(?P<shown>!?)\[\[(?P<target>[^\[\]|\n\\]{0,400})(?:\\?\|(?P<said>[^\[\]\n]{1,400}))?\]\]")
_PICTURE: Final = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|avif)$", re.IGNORECASE)
_SIZE: Final = re.compile(r"\d+(?:x\d+)?$")
_TAG: Final = r"#(?=[\w/-]*[^\W\d])[\w/-]+"
_LABEL: Final = (
    r"(?:[-*][ \t]+)?\*{0,2}(?i:tags?|topics?|keywords?|schlagwörter|mots-clés|etiquetas)\*{0,2}::?\*{0,2}[ \t]+"
)
_TAGS: Final = re.compile(rf"[ \t]*(?:{_LABEL})?{_TAG}(?:[ \t,]+{_TAG})*[ \t]*$")
_BEGINS: Final = re.compile(r" {0,3}(?=#[^\s#])")  # no heading, which has a space there
_PLACE: Final = re.compile(r"(?:^|(?<=[\s.!?…\])\w]))\^[A-Za-z0-9-]+[ \t]*$")


@dataclass(frozen=True, slots=True)
class Written:
    """A note as Markdown, its tags, and its comments."""

    markdown: str
    tags: tuple[str, ...]
    comments: tuple[str, ...]


def as_markdown(text: str) -> Written:
    """Return a note with links, pictures and what looks like a heading as Markdown has them; code stays as it is.

    Lines that hold nothing but tags, comments, and what names a place are not in its text. A tag within a sentence is
    one of its words.
    """
    found: list[str] = []
    tags: list[str] = []
    comments: list[str] = []
    for part, is_code in _parts(text):
        if is_code:
            found.append(part)
            continue
        part, unseen = _without_unseen(part)
        comments += [
            " ".join(said.split()) for said in (*unseen, *(match["said"] for match in _COMMENT.finditer(part)))
        ]
        found.append("\n".join(_lines(_COMMENT.sub("", part), tags)))
    return Written("\n".join(found), tuple(dict.fromkeys(tags)), tuple(filter(None, comments)))


def _without_unseen(text: str) -> tuple[str, list[str]]:
    """Return a text without comments as HTML has them, which no program shows, and these; in code they are text."""
    codes = [match.span() for match in _CODE.finditer(text)] if "<!--" in text else []
    starts = [start for start, _stop in codes]
    kept: list[str] = []
    said: list[str] = []
    at = look = 0
    while (begin := text.find("<!--", look)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        before = bisect(starts, begin) - 1
        if (before >= 0 and begin < codes[before][1]) or text[begin - 1 : begin] == "\\":
            look = begin + 4
            continue
        kept.append(text[at:begin])
        said.append(text[begin + 4 : end])
        at = look = end + 3
    return "".join((*kept, text[at:])), said


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of lines that are fenced code, and the others."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        sign = _FENCE.match(line)
        if not fence and sign:
            yield "\n".join(lines), False
            lines, fence = [line], sign["sign"]
            continue
        lines.append(line)
        if fence and sign and sign["sign"].startswith(fence) and not line.strip().strip(fence[0]):
            yield "\n".join(lines), True
            lines, fence = [], ""
    yield "\n".join(lines), bool(fence)


def _lines(text: str, tags: list[str]) -> Iterator[str]:
    """Yield the lines of a text as Markdown; the tags that stand alone in one are added to ``tags``."""
    for line in text.split("\n"):
        if _TAGS.match(line):
            tags += re.findall(_TAG, line)
            yield ""
            continue
        plain = _BEGINS.sub(lambda match: f"{match[0]}\\", line, count=1) if _BEGINS.match(line) else line
        yield _PLACE.sub("", _linked(plain)) if "[[" in plain or "^" in plain else plain


def _linked(line: str) -> str:
    """Return a line whose links between notes are the words that they show, and whose pictures are pictures."""
    if "[[" not in line:
        return line
    codes = [match.span() for match in _CODE.finditer(line)]

    def shown(match: re.Match[str]) -> str:
        if any(start < match.start() < end for start, end in codes):
            return match[0]
        target, said = match["target"].strip(), (match["said"] or "").strip()
        if match["shown"] and _PICTURE.search(target):
            return f"![{'' if _SIZE.match(said) else said}](<{target}>)"
        note, _sign, heading = target.partition("#")
        return said or " > ".join(filter(None, (note, heading.removeprefix("^").replace("#", " > "))))

    return _LINK.sub(shown, line)
