"""BibTeX: an entry for each article, in the words of biblatex or in those of classic BibTeX.

The types and fields of biblatex: its manual, sections 2.1.1 and 2.2; dates that are about right: section 2.3.8
(EDTF, ISO 8601-2). Those of classic BibTeX: Patashnik, BibTeXing (1988), section 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from app.citing import written_access
from app.citing.dates import iso_day
from app.exporters._base import REFERENCES, Export, Exporter, File
from app.exporters._latex import escaped, paragraphs, protected, verbatim
from app.exporters._references import NOTES, QUOTATIONS, Entry, entries, left_behind
from app.exporters._values import counted, encoded
from app.model import Bundle, Precision, Published
from app.options import Option, OptionValue
from app.text.names import Name
from app.wording import MONTHS

_LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ar": "arabic", "cs": "czech", "da": "danish", "de": "ngerman", "el": "greek", "en": "english",
        "es": "spanish", "fa": "persian", "fi": "finnish", "fr": "french", "he": "hebrew", "hu": "magyar",
        "it": "italian", "nl": "dutch", "no": "norsk", "pl": "polish", "pt": "portuguese", "ro": "romanian",
        "ru": "russian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian",
    }  # what babel calls them
)  # fmt: skip


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the bibliography. What it leaves behind besides texts: sections, and what its words cannot say."""
    classic = options["dialect"] == "bibtex"
    known = [item.article.metadata for item in bundle.articles]
    sections = sum(bool(one.section) for one in known)
    about = sum(bool(one.published and one.published.precision is Precision.ABOUT) for one in known) if classic else 0
    split = sum("," in name for theme in bundle.themes for name in theme.path)
    said = (
        *left_behind(bundle, options),
        *counted(sections, "The section of one article.", "The sections of {count} articles."),
        *counted(about, "That one date is only about right.", "That {count} dates are only about right."),
        *counted(split, "The commas in the name of one theme, which would end it: semicolons stand there.",
                 "The commas in the names of {count} themes, which would end them: semicolons stand there."),
    )  # fmt: skip
    files = (File("", encoded(_written(entry, classic=classic))) for entry in entries(bundle, options))
    return Export(files, said, len(bundle.articles))


def _written(entry: Entry, *, classic: bool) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(entry, classic=classic) if value)
    return f"@{_kind(entry, classic=classic)}{{{entry.key},\n{fields}}}\n\n"


def _kind(entry: Entry, *, classic: bool) -> str:
    return "article" if entry.source.outlet else "misc" if classic else "online"


def _fields(entry: Entry, *, classic: bool) -> Iterator[tuple[str, str]]:
    source, known = entry.source, entry.article.metadata
    yield "author", _braced(" and ".join(map(_name, source.people)))
    yield "title", _braced(protected(source.title)) if entry.is_titled else ""
    yield "journal" if classic else "journaltitle", _braced(escaped(source.outlet))
    if classic:
        yield from _classic_dates(known.published, source.accessed)
    else:
        yield "entrysubtype", _braced("newspaper") if source.outlet else ""
        yield "date", _braced(_edtf(known.published))
    yield "url", _braced(verbatim(source.address))
    if not classic:
        day = iso_day(source.accessed)
        yield "urldate", _braced(source.accessed if day else "")
        yield "note", _braced("" if day or not source.accessed else f"Accessed {escaped(source.accessed)}")
        yield "langid", _braced(_LANGUAGES.get((known.language or "").split("-")[0].lower(), ""))
    yield "keywords", _braced(", ".join(escaped(word.replace(",", ";")) for word in entry.keywords))
    yield "annote" if classic else "annotation", _braced(paragraphs(entry.note))
    yield "abstract", _braced(paragraphs("\n".join(entry.quotations)))


def _classic_dates(published: Published | None, accessed: str) -> Iterator[tuple[str, str]]:
    """Yield year, month (by the name that every style knows) and day, which newer styles print."""
    if published is not None:
        day, precision = published.day, published.precision
        yield "year", _braced(str(day.year))
        yield "month", "" if precision is Precision.YEAR else MONTHS[day.month - 1][:3].lower()
        yield "day", _braced("" if precision in (Precision.YEAR, Precision.MONTH) else str(day.day))
    yield "note", _braced(f"Accessed {escaped(written_access(accessed))}" if accessed else "")


def _edtf(published: Published | None) -> str:
    if published is None:
        return ""
    return f"{published.day}~" if published.precision is Precision.ABOUT else str(published)


def _name(name: Name) -> str:
    """Return a name as BibTeX reads it: ``von Last, Jr, First``; braces keep an organisation whole."""
    if not name.is_person:
        return _braced(escaped(name.family))
    return ", ".join(escaped(part) for part in (name.family, name.suffix, name.given) if part)


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


EXPORTER: Final = Exporter(
    key="bibtex",
    name="BibTeX",
    suffix=".bib",
    group=REFERENCES,
    good_for="A bibliography for LaTeX, JabRef and Zotero.",
    write=write,
    options=(
        Option(
            "dialect", "For", "biblatex", ("biblatex", "bibtex"),
            "The fields of biblatex hold dates and days of access. Classic BibTeX has years, months and notes.",
        ),
        NOTES,
        QUOTATIONS,
    ),
)  # fmt: skip
