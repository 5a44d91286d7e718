"""What stands above a scraped text: lines that say what it is, headers of mail, or the signs of Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.drafts import Draft
from app.importers import _forwarded
from app.importers._columns import field_of
from app.importers._records import day
from app.importers._split_text import LABEL, stated
from app.loading import load
from app.model import METADATA_FIELDS, LeftOut, Origin

_KNOWN: Final = 2  # labels of so many fields make a block of them
_LONGEST: Final = 2_000  # characters of a line under a label
_RULE: Final = re.compile(r"\W{2,}")
_FENCE: Final = "---"
_MARKED: Final = "markdown content:"
_TEXT: Final = re.compile(r"(?P<label>[^\W\d_][^\W_ ]*(?: [^\W\d_]+)?)\s?:(?P<value>[ \t].*|)", re.DOTALL)
_SIGNS: Final = re.compile(r"^#{2,6} (?=\S.{0,118}$)", re.MULTILINE)
_MARKS: Final = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]{1,200}\]\(https?://[^\s()]{1,500}\)"),
    re.compile(r"\*\*[^\s*][^*\n]{0,200}\*\*"),
    re.compile(r"^```", re.MULTILINE),
)
_BOLD: Final = re.compile(r"(?P<above>\s*)(?P<signs>\*\*|__)(?=\S)(?P<title>[^\n*]+?)(?<=\S)(?P=signs)[ \t]*(?=\n|$)")
_TAG: Final = re.compile(r"\s*<(?:!doctype|html|head|body|article|div|section|p|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_PAGE: Final = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:p|div|h[1-6]|li|article|section|body)\s*>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_FEW: Final = 2  # closed elements that make markup of a text, and entities that come from one
_BEGINNING: Final = 100_000  # characters


def read_pasted(text: str) -> Draft | None:
    """Return the article below a block of labels, or of a message with its headers; ``None`` where neither stands."""
    return _message(text) or _labelled(text)


def is_markdown(text: str) -> bool:
    """Tell whether a text is written in Markdown: its headings are, and one other sign at least."""
    heading, *others = _MARKS
    beginning = text[:_BEGINNING]
    return heading.search(beginning) is not None and any(sign.search(beginning) for sign in others)


def headed(text: str) -> str:
    """Return a text whose first line is all bold with that line as its heading; of one without other signs, plain."""
    bold = _BOLD.match(text)
    if bold is None:
        return text
    rest = text[bold.end() :]
    marked = any(sign.search(rest[:_BEGINNING]) for sign in _MARKS)
    return f"{bold['above']}{'# ' * marked}{bold['title']}{rest}"


def unsigned(text: str) -> str:
    """Return a text that has no other signs of Markdown without those of its headings."""
    return _SIGNS.sub("", text)


def is_markup(text: str) -> bool:
    """Tell whether a text is one of HTML: it begins with an element, and several end in it."""
    beginning = text[:_BEGINNING]
    return _TAG.match(beginning) is not None and len(_CLOSED.findall(beginning)) >= _FEW


def is_fragment(text: str) -> bool:
    """Tell whether markup is that of an article alone, without the page round it."""
    return _PAGE.match(text) is None


def unescaped(text: str) -> str:
    """Return a text with the letters that its entities stand for, if it has several and no element."""
    if "&" not in text or _CLOSED.search(text) or len(_ENTITY.findall(text[:_BEGINNING])) < _FEW:
        return text
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def read_marked(text: str) -> Draft:
    """Return the article in a text that is written in Markdown."""
    part, statements = load("app.text.html_reader").Part, load("app.cleaning.statements").Statements
    parts = [part(piece) for piece in load("app.text.markdown_reader").read_markdown(text)]
    draft: Draft = load("app.cleaning.web").read_page(parts, statements(), lambda _thorough: "", whole=True)
    return draft


def _message(text: str) -> Draft | None:
    found = _forwarded.of_pasted(text.replace("\r\n", "\n").replace("\r", "\n"))
    if found is None:
        return None
    forward, rest = found
    draft: Draft = load("app.cleaning.scraped").read_letter(rest, forward.title)
    origins = {**draft.metadata.origins, **({"published": Origin.STATED} if forward.published else {})}
    published = forward.published or draft.metadata.published
    return _forwarded.attributed(
        replace(draft, metadata=replace(draft.metadata, published=published, origins=origins)), forward
    )


def _labelled(text: str) -> Draft | None:
    """Read what stands below lines like ``Title: …``, of which one is the title, or two at least say something else."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    block, rest = _fenced(lines) or _block(lines)
    said: dict[str, str] = {}
    for line in block:
        match = LABEL.fullmatch(line.rstrip())
        field = field_of(match["label"]) if match else None
        if match and field in METADATA_FIELDS:
            said.setdefault(field, match["value"].strip())
    if len(said) < _KNOWN or not {"title", "address"}.intersection(said):
        return None
    rule = next((line for line in rest if line.strip()), "")
    left = (LeftOut("other", rule.strip(), 0),) if _RULE.fullmatch(rule.strip()) else ()
    below = "\n".join(rest[rest.index(rule) + 1 :] if left else rest)
    if is_markdown(below) or (block and block[-1].casefold() == _MARKED):
        draft = read_marked(below)
        if site := load("app.cleaning.statements").site_behind(said.get("title", ""), draft.metadata.title or ""):
            said = {"outlet": site, **said, "title": draft.metadata.title or ""}
    else:
        draft = load("app.cleaning.scraped").read_scraped(unsigned(below), said.get("title", ""))
    draft = stated(draft, said)
    if accessed := day(said.get("accessed", "")):
        origins = {**draft.metadata.origins, "accessed": Origin.STATED}
        draft = replace(draft, metadata=replace(draft.metadata, accessed=str(accessed), origins=origins))
    header = tuple(line.strip() for line in block)
    return replace(draft, details={"header": header, **draft.details}, left_out=(*left, *draft.left_out))


def _fenced(lines: Sequence[str]) -> tuple[list[str], Sequence[str]] | None:
    """Return the labels between two rules at the very beginning, and the lines below; ``None`` where none stand so."""
    begin = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[begin].rstrip() != _FENCE:
        return None
    block, rest = _block(lines[begin + 1 :])
    return (block, rest[1:]) if block and rest and rest[0].rstrip() == _FENCE else None


def _block(lines: Sequence[str]) -> tuple[list[str], Sequence[str]]:
    """Return the first lines that are not empty, as long as each has a label, and the lines below.

    Empty lines may stand between labels that are known. The label of the text itself is the last.
    """
    found: list[str] = []
    end = 0
    for number, line in enumerate(lines):
        match = LABEL.fullmatch(line.rstrip()) if len(line) <= _LONGEST else None
        parted = bool(found) and end < number
        if found and (begun := _TEXT.match(line)) and field_of(begun["label"]) == "text":
            label = f"{begun['label'].strip()}:"
            return [*found, label], [*filter(None, [begun["value"].strip()]), *lines[number + 1 :]]
        if match and not (parted and field_of(match["label"]) not in METADATA_FIELDS):
            found.append(line)
            end = number + 1
        elif line.strip():
            break
    return found, lines[end:]
