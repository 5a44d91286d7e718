"""Writing files that are all there or not at all, and what a disk refuses as a sentence for a person."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, Final

from app.errors import ExportFailed
from app.library.schema import APPLICATION

_SQLITE: Final = b"SQLite format 3\0"
_OWNER: Final = 68  # where SQLite keeps the number of the application
_HEAD: Final = 72
_FORBIDDEN: Final = re.compile(r'[/\x00-\x1f\\<>:"|?*]')
# What no path can hold. The surrogates between stand for bytes that are no letters (PEP 383).
_IMPOSSIBLE: Final = re.compile("[\0\ud800-\udc7f\udd00-\udfff]")

# The data and the length are what must be on the disk before the old file goes; the time of the file may come later.
_FLUSH: Final = getattr(os, "fdatasync", os.fsync)
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
        errno.ENOTDIR: ("{name} cannot be made: “{part}”, which it is to lie in, is a file.", "Choose another folder."),
        errno.ELOOP: ("{name} cannot be found: links on the way to it lead in a circle.", "Choose another place."),
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
_ROOM: Final = frozenset((errno.ENOSPC, errno.EDQUOT))
_DENIED: Final = 5  # Windows: access denied, which it also says of replacing a file that is open


def prepared(target: Path, *, is_folder: bool, made: list[Path] | None = None) -> Path:
    """Return the target with links followed, after making its folders; a target of the wrong kind is refused.

    ``made`` takes in the folders that were not there.
    """
    fresh = [] if made is None else made
    name = target.name or str(target)
    impossible = next(filter(_IMPOSSIBLE.search, target.parts), "")
    if impossible:
        raise ExportFailed(*_REASONS[errno.EINVAL], name=_IMPOSSIBLE.sub("\N{REPLACEMENT CHARACTER}", impossible))
    with told(name):
        root = _resolved(target)
        if is_folder and root.exists() and not root.is_dir():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        fresh += make_folders(root if is_folder else root.parent)
        if not is_folder and root.exists() and not stat.S_ISREG(root.stat().st_mode):
            code = errno.EISDIR if root.is_dir() else errno.EINVAL
            raise OSError(code, os.strerror(code))
        if not is_folder and (_is_library(root) or _is_log(root)):
            raise ExportFailed("{name} is the database of a library: nothing is written over it.",
                               "Choose another name.", name=name)  # fmt: skip
    return root


def _resolved(path: Path) -> Path:
    """Return a path with its links followed. Raises ``OSError``, for links that lead in a circle too."""
    try:
        return path.resolve()
    except RuntimeError as error:  # what Python before 3.13 says of them
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and those it lies in; return those that were not there, outermost first. Raises ``OSError``.

    Where one cannot be made, none is; where a file is in the way, ``NotADirectoryError`` has its path.
    """
    made: list[Path] = []
    try:
        for one in (*reversed(folder.parents), folder):
            if one.is_file():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(one))
            if not one.is_dir():
                one.mkdir(exist_ok=True)
                made.append(one)
    except OSError:
        drop_folders(made)
        raise
    return made


def drop_folders(folders: Sequence[Path]) -> None:
    """Take away folders that were made, the innermost first, as far as nothing is in them."""
    for one in reversed(folders):
        with suppress(OSError):
            one.rmdir()


def _is_log(path: Path) -> bool:
    """Tell whether a path is that of the log of a library's database: what was done last may be in it alone."""
    database, _, kind = path.name.rpartition("-")
    return bool(database) and kind in ("wal", "shm", "journal") and _is_library(path.with_name(database))


def _is_library(path: Path) -> bool:
    """Tell whether a file is the database of a library or a backup of one, by its head (SQLite file format, 1.3).

    The head of one that is open may say nothing yet: what was written is in its log.
    """
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except PermissionError:  # whoever may not read it is told so when it is replaced
        return False
    if not head.startswith(_SQLITE):
        return False
    return int.from_bytes(head[_OWNER:_HEAD], "big") == APPLICATION or path.with_name(f"{path.name}-wal").exists()


def inside(root: Path, path: str) -> Path:
    """Return where a file of a folder export goes. Whatever an exporter was led to name, it stays below ``root``.

    The folders on the way there are not made.
    """
    parts = PurePosixPath(path).parts
    is_plain = bool(parts) and all(part != ".." and not _FORBIDDEN.search(part) for part in parts)
    place = root.joinpath(*parts)
    if is_plain and len(parts) == 1 and not place.is_symlink():
        return place
    with told(path):
        has_link = any(step.is_symlink() for step in (place, *place.parents[: len(parts) - 1]))
        if not is_plain or (has_link and root not in _resolved(place).parents):
            raise ExportFailed("{name} leads out of the folder {folder}.", "Move it away, and export again.",
                               name=path, folder=str(root))  # fmt: skip
    return place.resolve() if has_link else place


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that is written beside its place, and takes it in the end.

    ``whole`` is the name of what is not written when it is not, ``""`` where that is the file alone.
    """

    place: Path
    temporary: Path
    file: BinaryIO
    whole: str = ""

    @classmethod
    def opened(cls, place: Path, folder: Path | None = None, whole: str = "") -> Beside:
        """Open a new one, in a ``folder`` on the same disk or beside its place. Raises ``OSError``."""
        temporary = (folder or place.parent) / f".{secrets.token_hex(8)}.part"
        # Not tempfile: the file is the reader's own, with the rights that new files have here.
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        return cls(place, temporary, os.fdopen(handle, "w+b"), whole)

    def take_over(self, merge: Callable[[bytes, bytes], bytes] | None = None, former: Path | None = None) -> bool:
        """Take the rights of what stands at the place, and bring both together; tell whether that changes it.

        ``former`` is where it stands when that is another place.
        """
        place = former or self.place
        with suppress(OSError):
            self.temporary.chmod(stat.S_IMODE(place.stat().st_mode))
        if merge is None:
            return True
        self.file.seek(0)
        old = place.read_bytes()
        data = merge(old, self.file.read())
        self.file.seek(0)
        self.file.truncate()
        self.file.write(data)
        return data != old

    def flush(self) -> None:
        """See what was written onto the disk, and close it. Raises ``ExportFailed``."""
        with told(self.place.name, self.whole):
            self.file.flush()
            _FLUSH(self.file.fileno())
            self.file.close()

    def put(self) -> None:
        """Put the file into its place. Raises ``ExportFailed``."""
        with told(self.place.name, self.whole):
            try:
                self.temporary.replace(self.place)
            except PermissionError as error:
                is_denied = getattr(error, "winerror", None) == _DENIED
                if is_denied and self.place.is_file() and os.access(self.place, os.W_OK):
                    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY)) from error
                raise

    def drop(self) -> None:
        """Close the file and take it away, unless it has its place by now."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self.temporary.unlink()


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """Yield where a file goes, and see its name onto the disk; its folders are made, and go again if it fails.

    Raises ``ExportFailed``.
    """
    made: list[Path] = []
    place = prepared(target, is_folder=False, made=made)
    try:
        with told(place.name):
            yield place
    except BaseException:
        drop_folders(made)
        raise
    flush_folder(place.parent)


@contextmanager
def replacing(place: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``place`` that takes its place in the end, or goes."""
    with told(place.name):
        beside = Beside.opened(place)
        try:
            yield beside.file
            if place.exists():
                beside.take_over()
            beside.flush()
            beside.put()
        except BaseException:
            beside.drop()
            raise


def flush_folder(folder: Path) -> None:
    """See the new names onto the disk, where folders can be flushed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def told(name: str, whole: str = "") -> Iterator[None]:
    """Turn what the operating system says into a sentence for a person.

    ``whole`` is the name of what does not fit onto a disk when the file ``name`` does not.
    """
    try:
        yield
    except OSError as error:
        code = _WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno or 0)
        sentence, hint = _REASONS.get(code, ("{name} could not be written: {reason}.", "Choose another place."))
        said = whole if whole and code in _ROOM else name
        part = Path(error.filename).name if isinstance(error.filename, str) else Path(name).parent.name
        reason = error.strerror or type(error).__name__
        raise ExportFailed(sentence, hint, name=said, reason=reason, part=part) from error
