"""A typeset report: contents, running heads, marks in colour, themes and notes in the margin, bookmarks.

typst sets it, from a template of ours and from data in which nothing can be markup. It reads files, so that the values
go into a temporary folder; it runs in a process of its own and can be stopped at any moment. Equal bundles make equal
bytes wherever the same fonts are: those that come with the program suffice for Latin, Greek, Cyrillic and Hebrew
letters, and for other scripts the fonts of the machine stand in.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.citing import written_access
from app.exporters._base import Export, Exporter, File
from app.exporters._fonts import Fonts, fonts_for
from app.exporters._flow import is_right_to_left
from app.exporters._manuscript import Manuscript, Value
from app.exporters._outline import OUTLINED, in_tree_order, parts, with_parents
from app.exporters._paper import SHEETS, SIZES, Paper
from app.exporters._typesetting import furnish, typeset
from app.exporters._values import counted, encoded, local_day, themes_by_id, title_of
from app.model import Bundle, Theme
from app.options import Option, OptionValue
from app.wording import Message

_CHUNK: Final = 1 << 20
_SAID: Final = 8
_RATE: Final = 4_500  # characters of text that one look at the process takes, of some thirty a second
_SHORT: Final = 40
_DROP: Final = 60.0
_NAMED: Final = ("title", "byline", "outlet", "section", "address", "accessed")


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the report. What it cannot carry: pictures that were not kept, what was cut, letters that no font has."""
    fonts = fonts_for(_characters(bundle))
    waits = sum(len(item.content.body.text) for item in bundle.articles) // _RATE + 2 * 20
    return Export(_files(bundle, options, fonts), _left_behind(bundle, fonts), parts(bundle) + waits)


def _files(bundle: Bundle, options: Mapping[str, OptionValue], fonts: Fonts) -> Iterator[File]:
    """Yield the PDF, and before it parts without a byte: they let the work be watched and stopped."""
    paper = Paper(str(options["paper"]), str(options["size"]), options["notes"] == "margin")
    with tempfile.TemporaryDirectory(prefix="commonplace-") as name:
        folder = Path(name)
        furnish(folder, fonts.files)
        manuscript = Manuscript(bundle, options, paper)
        with (folder / "data.json").open("wb") as file:
            for _ in _written(file, manuscript, fonts):
                yield File("", b"")
        for digest, (picture, _, _) in manuscript.pictures.items():
            if picture:
                (folder / picture).write_bytes(bundle.pictures[digest])
                yield File("", b"")
        setting = typeset(folder, paper, manuscript.heads)
        while True:
            try:
                next(setting)
            except StopIteration as ended:
                place = ended.value
                break
            yield File("", b"")
        with place.open("rb") as source:
            while chunk := source.read(_CHUNK):
                yield File("", chunk)


def _written(file: BinaryIO, manuscript: Manuscript, fonts: Fonts) -> Iterator[None]:
    """Write the values of the document as JSON, part by part: what they gathered comes after them."""
    file.write(b'{"parts":[')
    comma = b""
    for value in manuscript.parts():
        file.write(comma + _json(value))
        comma = b","
        yield
    file.write(b"]")
    for key, value in _frame(manuscript, fonts).items():
        file.write(b"," + _json(key) + b":" + _json(value))
    file.write(b"}")


def _json(value: Any) -> bytes:
    return encoded(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _frame(manuscript: Manuscript, fonts: Fonts) -> Value:
    """Return everything about the document but its parts."""
    bundle, paper = manuscript.bundle, manuscript.paper
    title = " ".join(bundle.title.split()) or "Commonplace"
    moment = datetime.fromtimestamp(bundle.made // 1000, UTC)
    used = _used(bundle)
    frame: Value = {
        "title": title,
        "short": title if len(title) <= _SHORT else f"{title[:_SHORT].rstrip()}…",
        "facts": _facts(bundle),
        "keywords": [theme.name for theme in used],
        "made": [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second],
        "size": paper.size,
        "page": paper.page._asdict(),
        "fonts": {"serif": fonts.serif, "sans": fonts.sans, "mono": fonts.mono},
        "contents": manuscript.contents if len(manuscript.contents) > 1 else [],
        "broken": [],
        "notes": manuscript.notes,
    }
    if not _is_single(manuscript, title):
        frame["cover"] = {
            "d": int(is_right_to_left(title)),
            "drop": _DROP if len(manuscript.contents) > 1 else 0,
            "note": manuscript.blocks(bundle.note),
            "themes": _legend(manuscript, used),
        }
    frame["sets"] = [{"fill": wash.fill, "lines": wash.lines} for wash in manuscript.palette.washes]
    return frame


def _is_single(manuscript: Manuscript, title: str) -> bool:
    """Return whether the document is one article, whose own head is the title."""
    bundle = manuscript.bundle
    alone = len(manuscript.contents) == 1 and len(bundle.articles) == 1
    return alone and title_of(bundle.articles[0].article.metadata) == title and not bundle.note.strip()


def _facts(bundle: Bundle) -> str:
    articles = len(bundle.articles)
    passages = sum(len(item.highlights) for item in bundle.articles)
    day = written_access(local_day(bundle.made, bundle.zone)) if bundle.made else ""
    said = (
        f"{articles} article" if articles == 1 else f"{articles} articles",
        f"{passages} highlight" if passages == 1 else f"{passages} highlights",
        day,
    )
    return " · ".join(filter(None, said))


def _used(bundle: Bundle) -> Sequence[Theme]:
    """Return the themes that something here has, and those above them, each followed by those below it."""
    themes = themes_by_id(bundle)
    ids = {uid for item in bundle.articles for uid in item.article.themes}
    ids.update(uid for item in bundle.articles for one in item.highlights for uid in one.themes)
    shown = with_parents(ids, themes)
    return [theme for theme in in_tree_order(bundle.themes) if theme.id in shown]


def _legend(manuscript: Manuscript, themes: Iterable[Theme]) -> list[Value]:
    counts = Counter(
        uid for item in manuscript.bundle.articles for one in item.highlights for uid in dict.fromkeys(one.themes)
    )
    return [
        {
            "name": " ".join(theme.name.split()), "colour": manuscript.palette.line((theme.id,)),
            "depth": len(theme.path) - 1, "about": manuscript.blocks(theme.definition),
            "count": str(counts[theme.id]) if counts[theme.id] else "",
        }
        for theme in themes
    ]  # fmt: skip


def _characters(bundle: Bundle) -> frozenset[str]:
    """Return the characters of all that may be written: rather too many than too few."""
    found: set[str] = set(bundle.title + bundle.note)
    for item in bundle.articles:
        article, known = item.article, item.article.metadata
        found.update(item.content.body.text, article.note, *article.attributes, *article.attributes.values())
        found.update(*(getattr(known, name) or "" for name in _NAMED))
        found.update(*(block.attributes.get("alt", "") for block in item.content.body.blocks if block.kind == "image"))
        found.update(*(part for one in item.highlights for part in (one.quote, one.note, one.author)))
    found.update(*(part for theme in bundle.themes for part in (theme.name, theme.definition, theme.note)))
    found.update(*(one.text for one in bundle.interludes))
    return frozenset(found)


def _left_behind(bundle: Bundle, fonts: Fonts) -> tuple[Message, ...]:
    blocks = (block for item in bundle.articles for block in item.content.body.blocks)
    held = set(bundle.pictures)
    images = sum(block.kind == "image" and block.attributes.get("picture") not in held for block in blocks)
    cut = sum(bool(item.content.left_out) for item in bundle.articles)
    said = (
        *counted(images, "One image: its description stands in its place.",
                 "{count} images: their descriptions stand in their places."),
        *counted(cut, "What was left out of one article.", "What was left out of {count} articles."),
    )  # fmt: skip
    if not fonts.missing:
        return said
    some = " ".join(fonts.missing[:_SAID])
    return (*said, Message(
        "The look of {count} characters that no font on this machine has ({some}): boxes stand for them; "
        "searching and copying still find them.",
        {"count": len(fonts.missing), "some": some},
    ))  # fmt: skip


EXPORTER: Final = Exporter(
    key="pdf",
    name="PDF",
    suffix=".pdf",
    write=write,
    options=(
        *OUTLINED,
        Option("notes", "Notes", "margin", ("margin", "below"), "In the margin beside the passage, or below its paragraph."),
        Option("paper", "Paper", "a4", tuple(SHEETS)),
        Option("size", "Size of the text", "medium", tuple(SIZES)),
    ),
)
