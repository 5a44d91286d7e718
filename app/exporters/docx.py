"""Word documents (DOCX): real styles, highlights in colour, themes and notes as comments, sources as footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._box import Box
from app.exporters._composing import COMPOSED, Composer
from app.exporters._leaving import illustrated
from app.exporters._outline import parts
from app.exporters._picture_size import size_of
from app.exporters._values import encoded
from app.exporters._word_body import Writing
from app.exporters._word_package import Package
from app.model import Bundle
from app.options import OptionValue

_KINDS: Final = frozenset(("png", "jpeg", "gif"))


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the document. What it cannot carry: what was cut from the articles, and some pictures."""
    files, count = _files(bundle, options), parts(bundle) + len(bundle.pictures)
    return illustrated(bundle, options, files, count, size_of, _KINDS)


def _files(bundle: Bundle, options: Mapping[str, OptionValue]) -> Iterator[File]:
    composer, writing, box = Composer(bundle, options, _KINDS), Writing(), Box()
    package = Package(composer.title, composer.language, bundle.made)
    for name, data in package.before().items():
        yield File("", box.put(name, data))
    with box.opened("word/document.xml") as document:
        document.write(encoded(package.begin))
        for part in composer.parts():
            document.write(encoded("".join(map(writing.block, part))))
            yield File("", b"")  # nothing is ready yet, but it can be watched and stopped
        document.write(encoded(package.end))
    for name, data in package.after(writing):
        yield File("", box.put(name, data))
    for digest, (_key, name) in writing.links.pictures.items():
        yield File("", box.put(f"word/media/{name}", bundle.pictures[digest], stored=True))
    yield File("", box.end())


EXPORTER: Final = Exporter(
    "docx",
    "Word document (DOCX)",
    ".docx",
    write,
    COMPOSED,
    group=TO_READ,
    good_for="To be edited and sent round, with comments.",
)
