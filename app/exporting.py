"""Getting out: a bundle, an exporter and a target become files, all of each or nothing."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, Final

from app.errors import ExportFailed, InvalidInput
from app.exporters._base import Exporter, exporters
from app.model import Bundle
from app.options import OptionValue, chosen
from app.progress import Progress
from app.sketching import sketch
from app.wording import Message

_FORBIDDEN: Final = re.compile(r'[/\x00-\x1f\\<>:"|?*]')

# What the operating system says, and what a person can do about it.
_REASONS: Final[Mapping[int, tuple[str, str]]] = MappingProxyType(
    {
        errno.EACCES: ("There is no permission to write {name}.", "Choose another folder, or change its permissions."),
        errno.EPERM: ("There is no permission to write {name}.", "Choose another folder, or change its permissions."),
        errno.EROFS: ("{name} lies on a medium that can only be read.", "Choose another folder."),
        errno.ENOSPC: ("The disk is full: {name} was not written.", "Make room, or choose another disk."),
        errno.EDQUOT: ("Your share of the disk is used up: {name} was not written.", "Make room, or choose another."),
        errno.EFBIG: ("{name} grew larger than this disk allows.", "Choose another disk, or export less."),
        errno.EISDIR: ("{name} is a folder.", "Name a file to write to."),
        errno.ENOTDIR: ("{name} cannot be made: a part of its path is a file.", "Choose another folder."),
        errno.EEXIST: ("{name} cannot be made: a file of that name is there.", "Choose another name."),
        errno.ENAMETOOLONG: ("The name {name} is too long for this disk.", "Choose a shorter one."),
        errno.EINVAL: ("This disk does not allow the name {name}.", "Choose another name, without special characters."),
        errno.EILSEQ: ("This disk does not allow the name {name}.", "Choose another name, without special characters."),
        errno.EBUSY: ("{name} is open in another program.", "Close it there, and export again."),
        errno.ETXTBSY: ("{name} is open in another program.", "Close it there, and export again."),
    }
)
# Windows: sharing and lock violation; a name it cannot parse. They come as other errno values.
_WINDOWS: Final[Mapping[int, int]] = MappingProxyType({32: errno.EBUSY, 33: errno.EBUSY, 123: errno.EINVAL})


PREVIEWED: Final = 3


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote, in order, and what the format could not carry."""

    written: tuple[Path, ...]
    left_behind: tuple[Message, ...] = ()


def preview(bundle: Bundle, key: str, options: Mapping[str, str], size: int) -> list[tuple[str, bytes]]:
    """Return path and beginning, about ``size`` bytes, of the first files that an export would write; checks as it.

    Of a file that is no text it is what will stand in it, under the name of one that is.
    """
    exporter = _exporter(key)
    taken = chosen(exporter.name, exporter.options, options)
    sketched = sketch(bundle, exporter, taken)
    if sketched is not None:
        name, parts = sketched
        return [(name, _beginning(parts, size))]
    files: list[tuple[str, bytes]] = []
    for file in exporter.write(bundle, taken).files:
        if files and files[-1][0] == file.path:
            files[-1] = (file.path, files[-1][1] + file.data)
        elif len(files) == PREVIEWED:
            break
        else:
            files.append((file.path, file.data))
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


def _exporter(key: str) -> Exporter:
    exporter = exporters().get(key)
    if exporter is None:
        known = ", ".join(sorted(exporters()))
        raise InvalidInput("There is no format {key} to export to.", "Choose one of: {known}.", key=key, known=known)
    return exporter


def export(
    bundle: Bundle, key: str, target: Path, options: Mapping[str, str], written: list[Path] | None = None
) -> Generator[Progress, None, ExportReport]:
    """Write ``bundle`` in the format ``key`` to ``target``, a file or for formats of several files a folder.

    Key and options are checked at once (``InvalidInput``); the work is done as the generator is drawn from, and its
    return value is the report. Folders on the way are made. Each file is written beside its place, flushed to the
    disk, and only then put there: a failure (``ExportFailed``) or a stop leaves the old file as it was, and nothing
    half-written. ``written`` takes in each file once it is in its place, for one who stops.
    """
    exporter = _exporter(key)
    return _run(exporter, bundle, target, chosen(exporter.name, exporter.options, options), written)


def _run(
    exporter: Exporter,
    bundle: Bundle,
    target: Path,
    options: Mapping[str, OptionValue],
    written: list[Path] | None = None,
) -> Generator[Progress, None, ExportReport]:
    made = exporter.write(bundle, options)
    root = _prepared(target, is_folder=not exporter.suffix)
    earlier = _earlier(root, exporter)
    written = [] if written is None else written
    done = 0
    for path, parts in groupby(made.files, key=attrgetter("path")):
        place = _inside(root, path) if path else root
        _rename_earlier(place, exporter, earlier)
        with _replacing(place, exporter.merge) as file:
            for part in parts:
                file.write(part.data)
                done += 1
                yield Progress(done, max(done, made.parts), place.name)
        written.append(target / path if path else target)
    for folder in dict.fromkeys(place.parent for place in written):
        _flush_folder(folder)
    return ExportReport(tuple(written), (*made.left_behind, *_withheld(bundle)))


def _withheld(bundle: Bundle) -> tuple[Message, ...]:
    """Say how many notes stay home."""
    if not bundle.withheld:
        return ()
    said = "One private note." if bundle.withheld == 1 else "{count} private notes."
    return (Message(said, {"count": bundle.withheld}),)


def _earlier(root: Path, exporter: Exporter) -> Mapping[str, Path]:
    """Return the files that an earlier export left in the folder, by the identity in their names."""
    if exporter.identity is None:
        return {}
    with _told(root.name):
        found = ((exporter.identity(path.name), path) for path in root.iterdir() if path.is_file())
        return {identity: path for identity, path in found if identity}


def _rename_earlier(place: Path, exporter: Exporter, earlier: Mapping[str, Path]) -> None:
    """Give a file that was written under an earlier title its new name, so that what was added to it goes along."""
    identity = exporter.identity(place.name) if exporter.identity else None
    if identity is not None and identity in earlier and not place.exists():
        with _told(place.name):
            earlier[identity].replace(place)


def _prepared(target: Path, *, is_folder: bool) -> Path:
    """Return the target with links followed, after making its folders; a target of the wrong kind is refused."""
    name = target.name or str(target)
    if "\0" in str(target):
        raise ExportFailed(*_REASONS[errno.EINVAL], name=name.replace("\0", "\N{REPLACEMENT CHARACTER}"))
    with _told(name):
        root = target.resolve()
        (root if is_folder else root.parent).mkdir(parents=True, exist_ok=True)
        if not is_folder and root.exists() and not stat.S_ISREG(root.stat().st_mode):
            code = errno.EISDIR if root.is_dir() else errno.EINVAL
            raise OSError(code, os.strerror(code))
    return root


def _inside(root: Path, path: str) -> Path:
    """Return where a file of a folder export goes. Whatever an exporter was led to name, it stays below ``root``."""
    parts = PurePosixPath(path).parts
    is_plain = bool(parts) and all(part != ".." and not _FORBIDDEN.search(part) for part in parts)
    place = root.joinpath(*parts)
    if is_plain and len(parts) == 1 and not place.is_symlink():
        return place
    with _told(path):
        has_link = any(step.is_symlink() for step in (place, *place.parents[: len(parts) - 1]))
        if not is_plain or (has_link and root not in place.resolve().parents):
            raise ExportFailed("{name} leads out of the folder {folder}.", "Move it away, and export again.",
                               name=path, folder=str(root))  # fmt: skip
        place.parent.mkdir(parents=True, exist_ok=True)
    return place.resolve() if has_link else place


@contextmanager
def _replacing(place: Path, merge: Callable[[bytes, bytes], bytes] | None) -> Iterator[BinaryIO]:
    """Open a file beside ``place`` that takes its place in the end, merged with what stands there; else it goes."""
    temporary = place.with_name(f".{secrets.token_hex(8)}.part")
    with _told(place.name):
        # Not tempfile: the file is the reader's own, with the rights that new files have here.
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                if place.exists():
                    _take_over(file, place, merge)
                    with suppress(OSError):
                        temporary.chmod(stat.S_IMODE(place.stat().st_mode))
                file.flush()
                os.fsync(handle)
            temporary.replace(place)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise


def _take_over(file: BinaryIO, place: Path, merge: Callable[[bytes, bytes], bytes] | None) -> None:
    """Bring what was written to ``file`` together with what stands at ``place``."""
    if merge:
        file.seek(0)
        data = merge(place.read_bytes(), file.read())
        file.seek(0)
        file.truncate()
        file.write(data)


def _flush_folder(folder: Path) -> None:
    """See the new names onto the disk, where folders can be flushed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what the operating system says into a sentence for a person."""
    try:
        yield
    except OSError as error:
        code = _WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno or 0)
        sentence, hint = _REASONS.get(code, ("{name} could not be written: {reason}.", "Choose another place."))
        raise ExportFailed(sentence, hint, name=name, reason=error.strerror or type(error).__name__) from error
