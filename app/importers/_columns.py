"""Which column of a table holds which part of an article: by its name, or as someone says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from types import MappingProxyType
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File
from app.options import Option

ATTRIBUTE: Final = "attribute"
NOTHING: Final = "nothing"

DELIMITED: Final = (".csv", ".tsv", ".tab")
OBJECTS: Final = (".jsonl", ".ndjson", ".json")
SUFFIXES: Final = (*DELIMITED, *OBJECTS)
"""What the names of tables end in."""

# The names that columns go by, the more telling first.
_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "title": ("title", "headline", "heading", "article title", "webtitle", "titel", "titre", "título", "titulo",
              "überschrift", "titolo", "tytuł", "заголовок", "标题", "標題", "タイトル", "제목", "başlık", "عنوان"),
    "text": (
        "text", "body", "full text", "fulltext", "content", "article text", "article body", "articlebody", "main text",
        "maintext", "story", "article", "plain text", "content text", "text content", "transcript", "html",
        "content html", "article content", "markdown content", "texte", "texto", "volltext", "inhalt", "contenu",
        "contenido", "corps", "cuerpo", "conteúdo", "testo", "tekst", "treść", "текст", "内容", "內容", "正文",
        "本文", "본문", "metin", "النص", "lead paragraph",
    ),
    "byline": (
        "byline", "author", "authors", "by", "author name", "creator", "writer", "journalist", "written by",
        "reporter", "auteur", "auteurs", "autor", "autore", "autores", "autorin", "автор", "作者", "記者", "기자",
        "yazar", "الكاتب", "screen name", "username", "from",
    ),
    "outlet": (
        "outlet", "publication", "newspaper", "publication title", "source name", "source hostname", "media name",
        "source", "publisher", "site name", "sitename", "site",
        "website", "media outlet", "media", "journal", "magazine", "domain",
        "publisher name", "source domain", "quelle", "zeitung", "fonte", "fuente", "medio", "periódico", "giornale",
        "testata", "źródło", "источник", "来源", "來源", "媒体", "出典", "매체", "출처", "kaynak", "المصدر",
    ),
    "section": ("section", "section name", "sectionname", "category", "desk", "rubrik", "rubrique", "ressort",
                "sección", "sezione"),
    "address": (
        "address", "url", "link", "article url", "canonical url", "permalink", "source url", "web url", "weburl",
        "href", "uri", "url source", "lien", "enlace", "ссылка", "链接", "網址", "网址", "رابط",
    ),
    "published": (
        "published", "date", "publication date", "publish date", "published at", "published date", "date published",
        "pub date", "pubdate", "publishedat", "webpublicationdate", "datetime", "timestamp", "datum", "fecha",
        "datepublished", "date publish", "published on", "published time", "publish time", "date de publication",
        "date de parution", "fecha de publicación", "data di pubblicazione", "data de publicação", "data publikacji",
        "erscheinungsdatum", "veröffentlicht", "дата", "日期", "发布时间", "發布時間", "日付", "날짜", "tarih",
        "التاريخ", "created at", "created",
    ),
    "accessed": ("accessed", "access date", "date accessed", "retrieved", "date retrieved"),
    "language": ("language", "lang", "sprache", "langue", "idioma", "lingua", "język", "язык", "语言", "語言"),
    "themes": ("themes", "theme", "tags", "tag", "manual tags"),
    "note": ("note", "notes", "memo", "comment", "comments"),
})  # fmt: skip
# What lies in an object that only says how a value is written goes by the name of the object: ``title.rendered``.
_WRITTEN_INSIDE: Final = re.compile(r"\.(?:rendered|main|original|value)$")
# An object of such a name holds the fields of an article: ``fields.body``.
_HOLDING: Final = frozenset(("fields", "article", "source", "data", "attributes", "metadata", "doc", "document"))
_HOST: Final = "source hostname"  # beside it, the source is an address
_SEVERAL: Final = frozenset(("text", "themes", "note", ATTRIBUTE, NOTHING))

_SUMMARIES: Final = frozenset(("abstract", "abstract note", "summary", "excerpt", "description"))
_LONGEST_REMARK: Final = 400

FIELDS: Final = (*_NAMES, ATTRIBUTE, NOTHING)
"""What a column can hold."""

Rows = Callable[[], Iterable[Sequence[str]]]
"""Begins to read the cells of each row."""

UNMAPPED: Final = "No column of {name} is known to hold the text of the articles; its columns are: {columns}."
"""What is said of a table of whose columns nobody has said what they hold."""

_SAY: Final = "Say which does: --option columns='text=NAME', or choose it in “Import with options”."
_THEMES: Final = f"{_SAY} If its rows are themes, import it there as a codebook (--format codebook)."

OPTION: Final = Option(
    "columns",
    "Columns",
    "",
    help="Which column holds what: “title=Headline;text=Body”. Columns that are not named are recognised by their "
    "names, and become attributes where they are not.",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their names, and what each holds (one of :data:`FIELDS`)."""

    names: tuple[str, ...]
    fields: tuple[str, ...]

    def of(self, field: str) -> list[int]:
        """Return the numbers of the columns that hold a field."""
        return [number for number, held in enumerate(self.fields) if held == field]


def header(names: Sequence[str]) -> str:
    """Return what tables with columns of these names are known by, in whatever order these stand."""
    return "\t".join(sorted(_unique(names)))


def of_file(file: File, names: Sequence[str], rows: Rows) -> Columns:
    """Return what each column of a file holds: as its option says, or as was said of a table with the same header."""
    option = str(file.options.get(OPTION.key, ""))
    said = "" if option else file.tables.get(header(names), "")
    found = understood(names, option or said, rows)
    if said and file.recalled is not None and found != understood(names, rows=rows):
        file.recalled(_told(found))
    return found


def understood(names: Sequence[str], option: str = "", rows: Rows = tuple) -> Columns:
    """Return what each column holds; raises ``ImportFailed`` when the option names what there is not.

    Where rows of several origins stand in one table, several columns hold one field: never two of them in one row.
    """
    unique = _unique(names)
    fields = _named(unique, option) if option.strip() else {}
    taken = {field for field in fields.values() if field not in _SEVERAL or field == "text"}
    first: dict[str, int] = {}
    for number, name in enumerate(unique):
        if number not in fields:
            first.setdefault(_plain(name), number)
    for number, name in enumerate(unique):
        if number not in fields and (inner := _inner(name)):
            first.setdefault(inner, number)
    others: dict[str, list[int]] = {}
    for field, known in _NAMES.items():
        if field == "address" and _HOST in first:
            known = (*known, "source")
        if field not in taken:
            found = [first[name] for name in known if name in first and first[name] not in fields]
            if found:
                fields[found[0]] = field
                others[field] = found
    groups = {field: [found[0], *(one for one in found[1:] if one not in fields)] for field, found in others.items()}
    fields |= _standing_in({field: group for field, group in groups.items() if len(group) > 1}, rows)
    return Columns(unique, tuple(fields.get(number, ATTRIBUTE) for number in range(len(unique))))


def _standing_in(groups: Mapping[str, Sequence[int]], rows: Rows) -> dict[int, str]:
    """Return the columns that hold a field where the one that goes before them is empty, and never beside it."""
    filled: set[int] = set()
    together: set[tuple[int, int]] = set()
    for row in rows() if groups else ():
        for group in groups.values():
            there = [number for number in group if number < len(row) and row[number].strip()]
            filled.update(there)
            together.update(combinations(there, 2))
        if all((group[0], number) in together for group in groups.values() for number in group[1:]):
            return {}
    found: dict[int, str] = {}
    for field, group in groups.items():
        kept = [group[0]]
        for number in group[1:]:
            if number in filled and number not in found and not any((one, number) in together for one in kept):
                kept.append(number)
                found[number] = field
    return found


def field_of(name: str) -> str | None:
    """Return the field that goes by a name, ``None`` when none does."""
    plain = _plain(name)
    return next((field for field, known in _NAMES.items() if plain in known), None)


def is_list_of_links(columns: Columns, rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether a table holds titles and addresses, and nothing that may be a text of which nobody said so."""
    if not (columns.of("title") and columns.of("address")):
        return False
    unknown = [number for number in columns.of(ATTRIBUTE) if _plain(columns.names[number]) not in _SUMMARIES]
    return not any(len(row[number]) > _LONGEST_REMARK for row in rows for number in unknown if number < len(row))


def require_text(columns: Columns, name: str) -> None:
    """Raise ``ImportFailed`` when no column holds the text."""
    if not columns.of("text"):
        raise ImportFailed(
            UNMAPPED,
            _THEMES if {"name", "description"}.issubset(map(_plain, columns.names)) else _SAY,
            name=name,
            columns=_listed(columns.names),
        )


def written(fields: Mapping[str, str]) -> str:
    """Return the option that says what each column (by its name) holds; the inverse of reading it."""
    return ";".join(f"{field}={_SIGN.sub(_escaped, name)}" for name, field in fields.items())


_MOST_NAMED: Final = 30
_LONGEST_NAMED: Final = 60
_SIGN: Final = re.compile(r"[;\\]")
_PAIR: Final = re.compile(r"((?:[^;\\]|\\.)*)(?:;|$)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def _listed(names: Sequence[str]) -> str:
    """Return the first names of columns, and of each the beginning, for a sentence."""
    return ", ".join(name[:_LONGEST_NAMED] for name in names[:_MOST_NAMED])


def _told(columns: Columns) -> str:
    """Return which columns hold more than an attribute, for a sentence."""
    told = (f"{field} = {columns.names[number][:_LONGEST_NAMED]}" for field in _NAMES for number in columns.of(field))
    return ", ".join(islice(told, _MOST_NAMED))


def _escaped(sign: re.Match[str]) -> str:
    return "\\" + sign[0]


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


def _inner(name: str) -> str:
    """Return what a value inside an object goes by: its own name, or that of the object that only holds it."""
    outer, _, own = _WRITTEN_INSIDE.sub("", name).rpartition(".")
    if not outer:
        return _plain(own) if own != name else ""
    return _plain(own) if _plain(outer) in _HOLDING else ""


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, each of its own; one without a name is called by its number."""
    found: list[str] = []
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        text = own = " ".join(name.split()) or f"column {number}"
        while own in seen:
            counts[text] = counts.get(text, 1) + 1
            own = f"{text} ({counts[text]})"
        seen.add(own)
        found.append(own)
    return tuple(found)


def _named(names: Sequence[str], option: str) -> dict[int, str]:
    """Return what the option says of each column it names."""
    fields: dict[int, str] = {}
    exactly = {name: number for number, name in enumerate(names)}
    loosely = {_plain(name): number for number, name in enumerate(names)}
    for part in _PAIR.findall(option):
        if not part.strip():
            continue
        field, sign, name = part.partition("=")
        field, name = field.strip().casefold(), _ESCAPED.sub(r"\1", name).strip()
        if not sign or field not in FIELDS:
            raise ImportFailed(
                "“{part}” does not say which column holds what.",
                "Write “FIELD=COLUMN;…”; the fields are: {fields}.",
                part=part.strip(),
                fields=", ".join(FIELDS),
            )
        number = exactly.get(name, loosely.get(_plain(name)))
        if number is None:
            raise ImportFailed("There is no column “{name}”.", "The columns are: {columns}.", name=name,
                               columns=_listed(names))  # fmt: skip
        fields[number] = field
    return fields
