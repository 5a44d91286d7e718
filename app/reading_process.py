"""The inside of a reading process: jobs come in as JSON, articles go out as JSON, and nothing else leaves.

A message is its length in bytes (four, the most significant first) and so many bytes of JSON. Jobs come on standard
input, answers go to what was standard output; the libraries that read formats see neither. When the other end is gone,
the process ends, whatever it is doing.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import struct
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Final

from app.errors import AppError, ImportFailed
from app.importers._base import Importer, importers
from app.importers._drafts import to_json
from app.importers._encodings import looks_like_text

READY: Final = MappingProxyType({"ready": True})
LARGEST: Final = 100 * 1024 * 1024
HEAD: Final = 4096

_LENGTH: Final = struct.Struct(">I")
_REFUSED: Final = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "pty.",
    "webbrowser.",
)


def send(stream: IO[bytes], value: Mapping[str, Any]) -> None:
    """Write a message."""
    data = json.dumps(dict(value)).encode()
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read a message; ``None`` when the other end is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        return None
    value = json.loads(data)
    return value if isinstance(value, dict) else None


def serve() -> None:
    """Read jobs until there are no more. The arguments are the limits: seconds for a file, bytes of memory."""
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - a device, not a path
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    table = importers()
    _limit(memory)
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(incoming, jobs), daemon=True).start()
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)
    send(outgoing, READY)
    while True:
        job = jobs.get()
        _set_alarm(seconds)
        send(outgoing, _answer(job, table))
        _set_alarm(0)


def _listen(incoming: IO[bytes], jobs: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Pass jobs on; end the process when the one that sends them is gone."""
    while (job := receive(incoming)) is not None:
        jobs.put(job)
    os._exit(0)


def _set_alarm(seconds: float) -> None:
    """Let the system end this process when a file takes too long and nobody is there to do it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds * 2)


def _limit(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - only some systems have it

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what no reader of files needs: connections, other programs, writing."""
    if event.startswith(_REFUSED):
        raise PermissionError(f"a reading process may not do this: {event}")
    if event == "open":
        path, _mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and path != os.devnull:
            raise PermissionError("a reading process may not write")


def _answer(job: Mapping[str, Any], table: Mapping[str, Importer]) -> dict[str, Any]:
    """Return what became of a job: drafts, or an error for a person."""
    name = Path(job["name"]).name
    try:
        data = _content(Path(job["path"]), name)
        importer = table[job["format"]] if job["format"] else _importer(data[:HEAD], name, table)
        drafts = importer.read(data, name)
        return {"format": importer.key, "drafts": [to_json(draft) for draft in drafts]}
    except AppError as error:
        return {"error": {"template": error.template, "hint": error.hint, "values": dict(error.values)}}
    except MemoryError:
        return _failed("{name} needs more memory than a file may take.", "Split it, and import the parts.", name)
    except RecursionError:
        return _failed("{name} is nested too deeply.", "Open it in another program and save it as text.", name)
    except Exception as error:  # whatever a library raises over a damaged file costs that file alone
        answer = _failed("{name} could not be read ({what}).", "Save it as text or HTML and import that.", name)
        answer["error"]["values"]["what"] = f"{type(error).__name__}: {error}"[:200]
        return answer


def _failed(template: str, hint: str, name: str) -> dict[str, Any]:
    return {"error": {"template": template, "hint": hint, "values": {"name": name}}}


def _content(path: Path, name: str) -> bytes:
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ImportFailed("{name} is larger than 100 MB.", "Split it, and import the parts.", name=name)
    if not data:
        raise ImportFailed("{name} is empty.", "Save it again and import that.", name=name)
    return data


def _importer(head: bytes, name: str, table: Mapping[str, Importer]) -> Importer:
    """Choose by the name's ending, then by the first bytes; what is text is read as text."""
    suffix = Path(name).suffix.lower()
    for importer in table.values():
        if suffix in importer.suffixes:
            return importer
    for importer in table.values():
        if importer.sniff(head):
            return importer
    if looks_like_text(head):
        return table["text"]
    raise ImportFailed("{name} is in no format that Commonplace reads.", "See the list of formats.", name=name)


if __name__ == "__main__":
    serve()
