"""Getting out: a bundle, an exporter and a target become files, all of each or nothing."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final, TypeVar

from app.errors import InvalidInput
from app.exporters._base import Export, Exporter, File, exporters
from app.exporters._outline import LAYERS
from app.exporters._values import counted
from app.exporting import finding
from app.exporting.placing import Placing
from app.exporting.sketching import sketch
from app.importers._base import LARGEST, allowance
from app.model import Bundle, BundledArticle
from app.options import OptionValue, chosen
from app.progress import Progress
from app.wording import Message
from app.writing import inside

PREVIEWED: Final = 3
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote, in order, what the format could not carry, and how much there was to be written."""

    written: tuple[Path, ...]
    left_behind: tuple[Message, ...] = ()
    articles: int = 0
    highlights: int = 0


def preview(
    bundle: Bundle, key: str, options: Mapping[str, str], size: int
) -> Generator[None, None, list[tuple[str, bytes]]]:
    """Return path and beginning, about ``size`` bytes, of the first files that an export would write; checks as it.

    Of a file that is no text it is what will stand in it, under the name of one that is. Yields between two parts.
    """
    exporter = _exporter(key)
    taken = chosen(exporter.name, exporter.options, options)
    bundle = _shown(bundle, taken)
    sketched = sketch(bundle, exporter, taken)
    if sketched is not None:
        name, words = sketched
        return [(name, _beginning(words, size))]
    files: list[tuple[str, bytes]] = []
    with closing(_files(exporter, exporter.write(bundle, taken))) as parts:
        for part in parts:
            yield
            if files and files[-1][0] == part.path:
                files[-1] = (part.path, files[-1][1] + part.data)
            elif len(files) == PREVIEWED:
                break
            else:
                files.append((part.path, part.data))
            if not exporter.merge and len(files[0][1]) >= size:
                break
    return [(path, data[:size]) for path, data in files]


def _beginning(parts: Iterator[bytes], size: int) -> bytes:
    data = b""
    for part in parts:
        data += part
        if len(data) >= size:
            break
    return data[:size]


def _files(exporter: Exporter, made: Export) -> Generator[File, None, None]:
    """Yield the parts of what was made; of nothing at all, an empty file."""
    if exporter.suffix:
        yield File("", b"")
    yield from made.files


def _exporter(key: str) -> Exporter:
    exporter = exporters().get(key)
    if exporter is None:
        known = ", ".join(sorted(exporters()))
        raise InvalidInput("There is no format {key} to export to.", "Choose one of: {known}.", key=key, known=known)
    return exporter


def check(key: str, options: Mapping[str, str]) -> None:
    """Raise ``InvalidInput`` for a format, or an option of it, that is none."""
    exporter = _exporter(key)
    chosen(exporter.name, exporter.options, options)


def export(
    bundle: Bundle, key: str, target: Path, options: Mapping[str, str]
) -> Generator[Progress, None, ExportReport]:
    """Write ``bundle`` in the format ``key`` to ``target``, a file or for formats of several files a folder.

    Key and options are checked at once (``InvalidInput``); the work is done as the generator is drawn from, and its
    return value is the report. Folders on the way are made. All files are written and flushed to the disk before the
    first of them takes its place: a failure (``ExportFailed``) or a stop leaves everything as it was
    (:class:`app.exporting.placing.Placing`).
    """
    exporter = _exporter(key)
    taken = chosen(exporter.name, exporter.options, options)
    return _run(exporter, bundle, target, taken)


def _run(
    exporter: Exporter, bundle: Bundle, target: Path, options: Mapping[str, OptionValue]
) -> Generator[Progress, None, ExportReport]:
    shown = _shown(bundle, options)
    watched = _watched(Progress(0, 0, target.name), finding.places(target, exporter))
    shown = replace(shown, places=(yield from watched))
    made = exporter.write(shown, options)
    with Placing(target, is_folder=not exporter.suffix) as placing:
        written, large = yield from _placed(exporter, made, target, placing)
    left_behind = (*made.left_behind, *_at_home(bundle, shown), *large)
    return ExportReport(written, left_behind, len(bundle.articles), _highlights(shown))


def _placed(
    exporter: Exporter, made: Export, target: Path, placing: Placing
) -> Generator[Progress, None, tuple[tuple[Path, ...], list[Message]]]:
    """Write what was made, and put it into its place; return the files, and what is to be said of those too large."""
    root = placing.root
    earlier: dict[Path, Mapping[str, Path]] = {}
    large: list[Message] = []
    progress = Progress(0, made.parts, root.name)
    with closing(_files(exporter, made)) as files:
        for path, parts in groupby(files, key=attrgetter("path")):
            place = inside(root, path) if path else root
            if place.parent not in earlier:
                earlier[place.parent] = finding.earlier(place.parent, exporter)
            former = _former(place, exporter, earlier[place.parent])
            head, size = b"", 0
            with placing.opened(place, target / path if path else target, exporter.merge, former) as file:
                for part in parts:
                    file.write(part.data)
                    head = head or part.data
                    size += len(part.data)
                    done = progress.done + 1
                    progress = Progress(done, max(done, made.parts), place.name)
                    yield progress
            if exporter.comes_back and size > LARGEST:
                large += _too_large(place.name, size, head)
            if placing.is_due():
                yield from (progress for _ in placing.flushed())
    written = yield from _watched(progress, placing.settled())
    return written, large


def _watched(progress: Progress, steps: Generator[None, None, Found]) -> Generator[Progress, None, Found]:
    """Yield how far it is at each step, and return what they return."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Found = end.value
            return found
        yield progress


def _too_large(name: str, size: int, head: bytes) -> tuple[Message, ...]:
    """Say of a file that it cannot be imported again for its size, when that is so."""
    limit = max(LARGEST, allowance(head))
    if size <= limit:
        return ()
    said = (
        "The way back: {name} is larger than {limit} MB, more than can be imported again. Pack the library instead, or "
        "export parts of it."
    )
    return (Message(said, {"name": name, "limit": limit // (1024 * 1024)}),)


def _at_home(bundle: Bundle, shown: Bundle) -> tuple[Message, ...]:
    """Say how many highlights of others, and how many notes, stay home."""
    layers = _highlights(bundle) - _highlights(shown)
    return (
        *counted(layers, "One highlight in a layer of other coders.", "{count} highlights in layers of other coders."),
        *counted(bundle.withheld, "One private note.", "{count} private notes."),
    )


def _shown(bundle: Bundle, options: Mapping[str, OptionValue]) -> Bundle:
    """Return a bundle without the layers of other coders where they are not wanted.

    A passage that the reader put into the collection stays, whosever it is.
    """
    if options.get(LAYERS.key, True) or not bundle.layers:
        return bundle
    collected = frozenset(bundle.order)

    def own(item: BundledArticle) -> BundledArticle:
        kept = (one for one in item.highlights if one.author not in bundle.layers or one.id in collected)
        themes = {author: ids for author, ids in item.layers.items() if author not in bundle.layers}
        return replace(item, highlights=tuple(kept), layers=themes)

    return replace(bundle, articles=tuple(map(own, bundle.articles)))


def _highlights(bundle: Bundle) -> int:
    return sum(len(item.highlights) for item in bundle.articles)


def _former(place: Path, exporter: Exporter, earlier: Mapping[str, Path]) -> Path | None:
    """Return the file that was written under an earlier title, so that what was added to it goes along."""
    identity = exporter.identity(place.name) if exporter.identity else None
    return earlier.get(identity) if identity is not None and not place.exists() else None
