"""brat: a folder with each text, its annotations beside it, and the types of these (https://brat.nlplab.org).

Standoff positions are code points, the end exclusive (standoff.html). A type is made of ASCII letters, digits, ``-``
and ``_``: ``labels.tsv`` says which theme each stands for, ``visual.conf`` has brat show the names of themes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.exporters._base import TRAINING, Export, Exporter, File
from app.exporters._outline import LAYERS
from app.exporters._training import Labels, fragments, labels, left_behind, spans, unused, with_text
from app.exporters._values import chosen, colour_of, counted, encoded, facts_behind, own_fields_behind, title_of
from app.model import Bundle, BundledArticle, Highlight, Theme
from app.options import OptionValue
from app.text.body import clean_line
from app.wording import Message

TYPES: Final = "annotation.conf"
SHOWN: Final = "visual.conf"
MAP: Final = "labels.tsv"

_NOT_IN_TYPES: Final = re.compile(r"[^A-Za-z0-9]+")
_NAMED: Final = re.compile(r"-(?P<id>[0-9a-f]{8})(?P<suffix>\.(?:txt|ann))$")
_LONGEST_NAME: Final = 60
_SHORT: Final = 8
_GREY: Final = "#cfd2d6"


def write(bundle: Bundle, _options: Mapping[str, OptionValue]) -> Export:
    """Write the folder. A note becomes one line; what brat has no place for is said."""
    items = with_text(bundle)
    return Export(_files(bundle, items), _left_behind(bundle, items), 3 + 2 * len(items))


def _left_behind(bundle: Bundle, items: Sequence[BundledArticle]) -> tuple[Message, ...]:
    lines = sum("\n" in one.note.strip() for item in bundle.articles for one in spans(item))
    return (
        *left_behind(bundle),
        *facts_behind(items, "title"),
        *own_fields_behind(items),
        *counted(lines, "The line breaks in one note.", "The line breaks in {count} notes."),
    )


def _files(bundle: Bundle, items: Sequence[BundledArticle]) -> Iterator[File]:
    named = labels(bundle)
    types = _types(bundle.themes)
    bare = unused(_ascii(named.bare), set(types.values()))
    taken: set[str] = set()
    for item in items:
        name = _file_name(item, taken)
        yield File(f"{name}.txt", encoded(item.content.body.text))
        yield File(f"{name}.ann", encoded("".join(_lines(item, named, types, bare))))
    yield File(TYPES, encoded(_annotation_conf(bundle.themes, types, bare)))
    yield File(SHOWN, encoded(_visual_conf(named, types, bare)))
    yield File(MAP, encoded(_map(named, types, bare)))


def _lines(item: BundledArticle, named: Labels, types: Mapping[str, str], bare: str) -> Iterator[str]:
    """Yield a text-bound annotation for each theme of each highlight, and the note of a highlight on the first."""
    number = noted = 0
    for highlight in spans(item):
        worn = [types[theme.id] for theme in chosen(highlight.themes, named.themes)] or [bare]
        where, words = _where(item.content.body.text, highlight)
        for place, label in enumerate(worn if words else ()):
            number += 1
            yield f"T{number}\t{label} {where}\t{words}\n"
            if place == 0 and highlight.note.strip():
                noted += 1
                yield f"#{noted}\tAnnotatorNotes T{number}\t{_on_one_line(highlight.note)}\n"


def _where(text: str, highlight: Highlight) -> tuple[str, str]:
    """Return the fragments of a passage, a line of it each, as brat writes them, and their words."""
    parts = fragments(text, (highlight.start, highlight.end))
    return ";".join(f"{start} {end}" for start, end in parts), " ".join(text[start:end] for start, end in parts)


def _on_one_line(text: str) -> str:
    return " ".join(clean_line(text).split())


def _types(themes: Sequence[Theme]) -> Mapping[str, str]:
    """Return the type of each theme, by its id: its path in ASCII, or its id where nothing is left of that."""
    taken: set[str] = set()
    types: dict[str, str] = {}
    for theme in themes:
        parts = [_ascii(name) or f"theme_{_short(theme.id)}" for name in theme.path or (theme.name,)]
        types[theme.id] = unused("-".join(parts), taken)
    return types


def _ascii(text: str) -> str:
    """Return a text in ASCII letters and digits, without accents, an underscore for all else."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return _NOT_IN_TYPES.sub("_", plain).strip("_")


def _short(uid: str) -> str:
    return _NOT_IN_TYPES.sub("", uid)[:_SHORT]


def _file_name(item: BundledArticle, taken: set[str]) -> str:
    """Return the name of an article's files: its title in ASCII and the beginning of its id, the same every time."""
    title = _ascii(title_of(item.article.metadata))[:_LONGEST_NAME].strip("_")
    return unused("-".join(filter(None, (title or "article", _short(item.article.id)))), taken)


def identity(name: str) -> str | None:
    """Return what a file of an article is called but for the title: the beginning of its id, and its suffix."""
    match = _NAMED.search(name)
    return match["id"] + match["suffix"] if match else None


def _annotation_conf(themes: Sequence[Theme], types: Mapping[str, str], bare: str) -> str:
    """Return the types that can be put on a text, below one another as the themes are (configuration.html)."""
    below: dict[str | None, list[Theme]] = {}
    for theme in themes:
        below.setdefault(theme.parent if theme.parent in types else None, []).append(theme)

    def indented(parent: str | None, level: int) -> Iterator[str]:
        for theme in below.get(parent, ()):
            yield "\t" * level + types[theme.id]
            yield from indented(theme.id, level + 1)

    return "\n".join(
        ("[entities]", *indented(None, 0), bare, "", "[relations]", "", "[events]", "", "[attributes]", "")
    )


def _visual_conf(named: Labels, types: Mapping[str, str], bare: str) -> str:
    names = [(types[uid], named.names[uid], theme.name) for uid, theme in named.themes.items()]
    shown = (f"{kind} | {_in_bars(path)} | {_in_bars(name)}" for kind, path, name in names)
    colours = (f"{types[uid]}\tbgColor:{colour_of(theme)}" for uid, theme in named.themes.items())
    drawn = ("SPAN_DEFAULT\tfgColor:black, bgColor:lightgrey, borderColor:darken", *colours, f"{bare}\tbgColor:{_GREY}")
    return "\n".join(("[labels]", *shown, f"{bare} | {named.bare}", "", "[drawing]", *drawn, ""))


def _in_bars(text: str) -> str:
    """Return a name that can stand between the bars of a list of labels."""
    return _on_one_line(text).replace("|", "¦") or "-"


def _map(named: Labels, types: Mapping[str, str], bare: str) -> str:
    rows = [("type", "theme", "id", "colour")]
    rows += [(types[uid], named.names[uid], uid, colour_of(theme)) for uid, theme in named.themes.items()]
    rows.append((bare, "", "", ""))
    return "".join("\t".join(row) + "\n" for row in rows)


EXPORTER: Final = Exporter(
    key="brat",
    name="brat (standoff)",
    suffix="",
    group=TRAINING,
    good_for="Labelled spans beside each text, in a folder.",
    write=write,
    options=(LAYERS,),
    identity=identity,
)
