"""A reading process: takes files by name on standard input, gives drafts as JSON on standard output.

It opens no socket, starts no process and writes no file; it ends with the process that started it, however that ends.
A frame is a length (four bytes, big-endian) and that many bytes: JSON, or NUL, the SHA-256 of a picture in hexadecimal
digits, and the picture. Of a file with several articles each is sent by itself, the last with the answer.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import queue
import signal
import stat
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.drafts import Codebook, Draft, Framework
from app.errors import AppError, ImportFailed
from app.importers._base import LARGEST, SMALLER, File, Unread, allowance, importers
from app.importers._drafts import codebook_to_json, draft_to_json, framework_to_json
from app.importers._parts import broken, choose, read_with, unkept
from app.loading import load
from app.options import chosen
from app.text.body import Body

_PICTURE: Final = b"\0"
_DIGEST: Final = slice(1, 65)
MANY: Final = 20
"""So many times as long as one file may a file take that is made of many."""

_SHORTEST: Final = 0.01  # seconds; to give less than nothing would be to set no limit
_TOLD: Final = 0.5  # seconds between two signs of life
_HEAD: Final = 4096
_LINES: Final = 12
_LINE: Final = 600
_PR_SET_PDEATHSIG: Final = 1
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED: Final = (
    "socket.", "subprocess.", "os.exec", "os.system", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "pty.", "shutil.", "webbrowser.", "urllib.Request", "ftplib.", "smtplib.", "http.client.",
)  # fmt: skip


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next frame, or ``None`` at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    data = stream.read(length)
    return data if len(data) == length else None


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Write a frame at once."""
    stream.write(struct.pack(">I", len(data)) + data)
    stream.flush()


def picture_in(frame: bytes) -> tuple[str, bytes] | None:
    """Return the picture in a frame, after its SHA-256, when it holds one."""
    return (frame[_DIGEST].decode(), frame[_DIGEST.stop :]) if frame.startswith(_PICTURE) else None


def main(arguments: Sequence[str]) -> int:
    """Serve until the input ends. ``arguments``: the parent's process id, and the limit of memory (bytes; 0: none)."""
    parent, memory = int(arguments[0]), int(arguments[1])
    _end_with_parent(parent)
    source, target = _own_pipes()
    sys.dont_write_bytecode = True
    logging.disable(logging.CRITICAL)
    _limit(memory)
    importers()
    sys.addaudithook(_refuse)
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, waiting), daemon=True).start()
    while True:
        for job in json.loads(waiting.get()):
            _give_time(job["seconds"])
            answer, healthy = _answer(job, target)
            _write(target, answer)
            if not healthy:
                write_frame(target, b'{"bye":true}')
                return 0


def _write(target: BinaryIO, value: dict[str, Any]) -> None:
    # Half a character, which JSON can name and no text may hold, becomes a question mark.
    write_frame(target, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _teller(target: BinaryIO, seconds: float) -> Callable[[], None]:
    """Return what tells the parent, now and then, that a file of many parts is being read.

    Each part may take so many seconds of this process's own time, and all of them :data:`MANY` times as long.
    """
    told = [time.monotonic()]
    last = time.process_time() + seconds * MANY

    def tell() -> None:
        _give_time(min(seconds, last - time.process_time()))
        if time.monotonic() - told[0] > _TOLD:
            told[0] = time.monotonic()
            write_frame(target, b'{"going_on":true}')

    return tell


def _give_time(seconds: float) -> None:
    """Let this process be ended once it has worked for so many seconds, where the platform can; 0: no limit.

    Time in which others worked, or nobody did, is none of them: a slow machine refuses no file.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, max(seconds, _SHORTEST) if seconds else 0.0)


def _answer(job: dict[str, Any], target: BinaryIO) -> tuple[dict[str, Any], bool]:
    """Read one file, and send all of its drafts but the last; false: this process should not go on."""
    number, name = job["number"], Path(job["name"]).name
    recalled: dict[str, None] = {}
    known: dict[str, Any] = {}
    try:
        data = _bytes(job["path"], name)
        if job["settled"]:
            _settle(Path(job["path"]))
        importer = choose(name, data, job["format"])
        folder, given = (Path(job[one]) if job[one] else None for one in ("folder", "given"))
        options = chosen(importer.name, importer.options, job["options"])
        file = File(
            data, name, options, folder=folder, given=given, going_on=_teller(target, job["seconds"]),
            tables=job["tables"], recalled=recalled.setdefault,
        )  # fmt: skip
        known["format"] = importer.key
        if job["glimpse"] and importer.columns:
            known["columns"] = dict(importer.columns(file))
        found = read_with(importer, file)
        drafts = [one for one in found if isinstance(one, Draft) and _says_something(one)]
        unread = [one for one in found if isinstance(one, Unread)]
        codebooks = [one for one in found if isinstance(one, Codebook)]
        frameworks = [one for one in found if isinstance(one, Framework)]
        if not drafts and not unread and not codebooks and not frameworks:
            raise ImportFailed("{name} holds no article.", "Open the file and look at its text.", name=name)
        known |= {"total": len(drafts), "recalled": list(recalled)}
        return known | {
            "number": number,
            "draft": _sent(drafts, job, target),
            "unread": [[one.part, one.passed, *_told(one.error)] for one in unread],
            "codebooks": [codebook_to_json(codebook) for codebook in codebooks],
            "frameworks": [framework_to_json(framework) for framework in frameworks],
        }, True
    except AppError as error:
        return known | _failure(number, error), True
    except MemoryError:
        hint = "Split the file and try again."
        return _failure(number, ImportFailed("{name} needs too much memory to be read.", hint, name=name)), False
    except Exception as problem:  # a hostile file may break a library anywhere; it costs one line
        return _failure(number, broken(name, problem)), True


def _sent(drafts: Sequence[Draft], job: dict[str, Any], target: BinaryIO) -> dict[str, Any] | None:
    """Send drafts with their pictures, all but the last, which is returned: most files have no other."""
    most = job["glimpse"]
    last = None
    for draft in _gauged(drafts[: most or None], job):
        if last is not None:
            _write(target, {"draft": last})
        for digest, picture in ({} if most else draft.pictures).items():
            write_frame(target, _PICTURE + digest.encode() + picture)
        last = draft_to_json(_beginning(draft) if most else draft)
    return last


def _gauged(drafts: Sequence[Draft], job: dict[str, Any]) -> Iterable[Draft]:
    """Yield drafts with what a library reckons of their texts, when that was asked for."""
    return map(load("app.cleaning.gauging").gauged, drafts) if job["gauged"] else drafts


def _beginning(draft: Draft) -> Draft:
    """Return a draft with no more than the beginning of its text, for a look at it."""
    pieces = [replace(piece, text=piece.text[:_LINE], runs=()) for piece in draft.body.pieces()[:_LINES]]
    return replace(draft, body=Body.of(pieces), left_out=(), marks=(), pictures={}, details={})


def _says_something(draft: Draft) -> bool:
    """Tell whether there is something to keep: a text, an address, marks, a note, or the entry of a list.

    Such an entry has a title, and says more of its article, which may stand nowhere else: a book, a letter by mail.
    """
    entry = draft.stub and draft.metadata.title and (draft.details or draft.themes or draft.state)
    return bool(draft.body.text.strip() or draft.metadata.address or draft.marks or draft.note or draft.id or entry)


def _told(error: AppError) -> tuple[str, str, dict[str, Any]]:
    return error.template, error.hint, dict(error.values)


def _failure(number: int, error: AppError) -> dict[str, Any]:
    return {"number": number, "error": _told(error)}


def _bytes(path: str, name: str) -> bytes:
    """Return the contents of a regular file; raises ``ImportFailed`` with a sentence for everything else."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        if Path(path).is_dir():
            raise IsADirectoryError
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise _unopened(error, name) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ImportFailed("{name} is a pipe or a device, not a file.", "Choose a file.", name=name)
        try:
            limit = LARGEST if status.st_size <= LARGEST else max(LARGEST, allowance(file.read(_HEAD)))
            if status.st_size > limit:
                raise ImportFailed("{name} is larger than {limit} MB.", SMALLER, name=name, limit=limit >> 20)
            file.seek(0)
            data = file.read(limit + 1)
        except OSError as error:
            raise _unopened(error, name) from None
    if not data:
        raise ImportFailed("{name} is empty.", "Check the file, or leave it out.", name=name)
    return data


def _settle(path: Path) -> None:
    """Bring a file and its name to the disk: to wait for that here keeps nobody waiting.

    Raises ``ImportFailed``.
    """
    try:
        for each in (path, path.parent):
            handle = os.open(each, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
    except OSError as error:
        raise unkept(error) from None


def _unopened(error: OSError | ValueError, name: str) -> ImportFailed:
    if isinstance(error, FileNotFoundError):
        return ImportFailed("{name} is not there.", "Check its name.", name=name)
    if isinstance(error, IsADirectoryError):
        return ImportFailed("{name} is a folder.", "Choose the files in it.", name=name)
    if isinstance(error, PermissionError):
        return ImportFailed("{name} may not be opened.", "Give yourself permission to read it.", name=name)
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ImportFailed("{name} cannot be opened: {reason}.", "Check its name and its disk.", name=name, reason=reason)


def _listen(source: BinaryIO, waiting: queue.SimpleQueue[bytes]) -> None:
    """Take frames while the main thread reads files; end the process when the parent's end of the pipe is gone."""
    while (frame := read_frame(source)) is not None:
        waiting.put(frame)
    os._exit(0)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what reading a file never needs (an audit hook)."""
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0
        if isinstance(flags, int) and flags & _WRITES:
            raise PermissionError("a reading process writes no file")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"a reading process does not do this: {event}")


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes to the parent, and put nothing in their places: no library can print between the frames."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return source, target


def _end_with_parent(parent: int) -> None:
    """Ask Linux to kill this process when its parent dies, even if this one is busy; elsewhere the pipe tells."""
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


def _limit(memory: int) -> None:
    """Limit the address space, where the platform can, and leave no core files."""
    if os.name == "posix":
        resource = load("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory and sys.platform != "darwin":
            _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
            limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
