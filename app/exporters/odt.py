"""OpenDocument texts (ODT): real styles, highlights in colour, themes and notes as comments, sources as footnotes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Final

from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._box import Box
from app.exporters._composing import COMPOSED, Composer
from app.exporters._leaving import illustrated
from app.exporters._odt_automatic import language_of
from app.exporters._odt_body import Writing, picture_name
from app.exporters._odt_styles import FONTS, pages, styles
from app.exporters._outline import parts
from app.exporters._picture_size import size_of
from app.exporters._values import encoded
from app.model import Bundle
from app.options import OptionValue

_MIME: Final = "application/vnd.oasis.opendocument.text"
_KINDS: Final = frozenset(("png", "jpeg", "gif", "webp"))
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES: Final = " ".join(
    (
        *(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "style", "text", "table", "meta")),
        f'xmlns:draw="{_OASIS}:drawing:1.0"',
        f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_OASIS}:svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    )
)
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_VERSION: Final = 'office:version="1.3"'
_MADE: Final = ' manifest:version="1.3"'
_QUICK: Final = 1


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the document. What it cannot carry: what was cut from the articles, and images that were not kept."""
    files, count = _files(bundle, options), parts(bundle) + len(bundle.pictures)
    return illustrated(bundle, options, files, count, size_of, _KINDS)


def _files(bundle: Bundle, options: Mapping[str, OptionValue]) -> Iterator[File]:
    composer, writing, box = Composer(bundle, options, _KINDS), Writing(), Box()
    yield File("", box.put("mimetype", _MIME.encode(), stored=True))
    text = _Held()
    for part in composer.parts():
        text.add(encoded("".join(map(writing.block, part))))
        yield File("", b"")  # nothing is ready yet, but it can be watched and stopped
    with box.opened("content.xml") as content:
        content.write(encoded(_content_begin(writing)))
        for piece in text.pieces():
            content.write(piece)
        content.write(b"</office:text></office:body></office:document-content>")
    yield File("", box.put("styles.xml", encoded(_styles(composer))))
    yield File("", box.put("meta.xml", encoded(_meta(composer, bundle.made))))
    yield File("", box.put("META-INF/manifest.xml", encoded(_manifest(writing))))
    for digest, picture in writing.pictures.items():
        yield File("", box.put(picture_name(picture), bundle.pictures[digest], stored=True))
    yield File("", box.end())


class _Held:
    """The text on its way, packed: the styles that it turns out to need stand before it."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(_QUICK)
        self._packed: list[bytes] = []

    def add(self, data: bytes) -> None:
        self._packed.append(self._packer.compress(data))

    def pieces(self) -> Iterator[bytes]:
        self._packed.append(self._packer.flush())
        unpacker = zlib.decompressobj()
        yield from map(unpacker.decompress, self._packed)


def _content_begin(writing: Writing) -> str:
    return (
        f"{_DECLARATION}<office:document-content {_NAMESPACES} {_VERSION}><office:font-face-decls>{FONTS}"
        f"</office:font-face-decls><office:automatic-styles>{''.join(writing.styles.written())}"
        "</office:automatic-styles><office:body><office:text>"
    )


def _styles(composer: Composer) -> str:
    layout, masters = pages(composer.title)
    common = "".join(styles(language_of(composer.language)))
    return (
        f"{_DECLARATION}<office:document-styles {_NAMESPACES} {_VERSION}><office:font-face-decls>{FONTS}"
        f"</office:font-face-decls><office:styles>{common}</office:styles><office:automatic-styles>{layout}"
        f"</office:automatic-styles><office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def _meta(composer: Composer, made: int) -> str:
    """Say what the document is and when it was made; not by whom, which is for the reader to say."""
    moment = f"{datetime.fromtimestamp(made // 1000, UTC):%Y-%m-%dT%H:%M:%S}Z"
    return (
        f"{_DECLARATION}<office:document-meta {_NAMESPACES} {_VERSION}><office:meta><meta:generator>Commonplace"
        f"</meta:generator><dc:title>{escape(composer.title, quote=False)}</dc:title><meta:creation-date>{moment}"
        f"</meta:creation-date><dc:date>{moment}</dc:date><dc:language>{escape(composer.language)}</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _manifest(writing: Writing) -> str:
    """List the files of the package (ODF 1.3, part 2, 3.2)."""
    files = [("/", _MIME), *((f"{name}.xml", "text/xml") for name in ("content", "styles", "meta"))]
    files += [(picture_name(picture), f"image/{picture.kind}") for picture in writing.pictures.values()]
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"{"" if number else _MADE}/>'
        for number, (path, kind) in enumerate(files)
    )
    space = f'xmlns:manifest="{_OASIS}:manifest:1.0"'
    return f"{_DECLARATION}<manifest:manifest {space}{_MADE}>{entries}</manifest:manifest>"


EXPORTER: Final = Exporter(
    "odt",
    "OpenDocument text (ODT)",
    ".odt",
    write,
    COMPOSED,
    group=TO_READ,
    good_for="The same for LibreOffice and other programs.",
)
