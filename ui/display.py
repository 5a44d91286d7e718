"""Whether a window can be opened here at all, asked before Qt is: where it cannot, Qt aborts with a misleading message.

Nothing but the standard library is used, and sentences are English: what would translate them is not there yet.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# What Qt needs from a Linux system, and the Debian package that brings it: to draw, even into memory; ..
DRAWING: Final[Mapping[str, str]] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# .. to open a window on an X screen; ..
X_WINDOW: Final[Mapping[str, str]] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# .. and on a Wayland screen.
WAYLAND_WINDOW: Final[Mapping[str, str]] = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
PATIENCE: Final = 3.0  # seconds a screen on another machine may take to answer
_X_PORT: Final = 6000


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why no window can be opened: a sentence, the next thing to do, and Debian's packages that would mend it."""

    sentence: str
    hint: str
    packages: tuple[str, ...] = ()


def trouble(surroundings: Mapping[str, str], platform: str) -> Trouble | None:
    """Say what keeps a window from opening, ``None`` when nothing does; ``platform`` is ``sys.platform``."""
    if platform in ("win32", "cygwin", "darwin"):
        return None
    if lacking := absent(DRAWING):
        return _lack(lacking, DRAWING)
    asked = {part.partition(":")[0].partition("-")[0] for part in _asked(surroundings)}
    if asked and not asked <= {"xcb", "wayland"}:
        return None
    hindrances = []
    if name := _wayland_name(surroundings, asked):
        hindrances.append(_wayland_trouble(name, surroundings))
    if (name := surroundings.get("DISPLAY", "")) and asked != {"wayland"}:
        hindrances.append(_x_trouble(name))
    if not hindrances:
        return Trouble(
            "There is no screen to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "Start Commonplace in a desktop session; its commands work in any terminal.",
        )
    return None if None in hindrances else hindrances[-1]


def absent(libraries: Iterable[str]) -> list[str]:
    """Return which of some system libraries cannot be loaded here."""
    return [library for library in libraries if not _loads(library)]


def install_command(packages: Iterable[str]) -> str:
    """Return what a person types to install some of Debian's packages."""
    rights = [] if os.name != "posix" or os.geteuid() == 0 else ["sudo"]
    return " ".join([*rights, "apt-get", "install", "--no-install-recommends", *packages])


def is_debian() -> bool:
    """Say whether this is Debian or one of its children."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def _asked(surroundings: Mapping[str, str]) -> list[str]:
    """Return the ways of drawing that the reader told Qt to take."""
    return [part for part in surroundings.get("QT_QPA_PLATFORM", "").split(";") if part]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _lack(lacking: list[str], packages: Mapping[str, str]) -> Trouble:
    """Return the trouble of missing system libraries."""
    several = len(lacking) > 1
    sentence = f"Qt needs system libraries that are missing here: {', '.join(lacking)}."
    hint = f"Type `{install_command(packages.values())}` and start again."
    if not is_debian():
        names = ", ".join(packages[library] for library in lacking)
        hint = f"Install {'them' if several else 'it'} and start again; Debian’s name for {_these(several)} is {names}."
    return Trouble(sentence, hint, tuple(packages.values()))


def _these(several: bool) -> str:
    return "these packages" if several else "the package"


def _wayland_name(surroundings: Mapping[str, str], asked: set[str]) -> str:
    """Return the name of the Wayland screen that Qt would try, or nothing."""
    if asked == {"xcb"}:
        return ""
    usual = "wayland-0" if surroundings.get("XDG_SESSION_TYPE") == "wayland" else ""
    return surroundings.get("WAYLAND_DISPLAY", "") or usual


def _wayland_trouble(name: str, surroundings: Mapping[str, str]) -> Trouble | None:
    if not _listens(str(Path(surroundings.get("XDG_RUNTIME_DIR", ".")) / name)):
        return _no_screen("WAYLAND_DISPLAY", name)
    lacking = absent(WAYLAND_WINDOW)
    return _lack(lacking, WAYLAND_WINDOW) if lacking else None


def _listens(path: str) -> bool:
    """Say whether something listens at a socket of this machine."""
    with socket.socket(socket.AF_UNIX) as plug:
        try:
            plug.connect(path)
        except (OSError, ValueError):
            return False
    return True


def _x_trouble(name: str) -> Trouble | None:
    if not _is_near(name) or not _x_answers(name):
        return _no_screen("DISPLAY", name)
    lacking = absent(X_WINDOW)
    return _lack(lacking, X_WINDOW) if lacking else None


def _no_screen(variable: str, name: str) -> Trouble:
    return Trouble(
        f"{variable} names “{name}”, and no screen can be opened there.",
        f"Set {variable} to a screen that is there, or start Commonplace in a desktop session.",
    )


def _is_near(name: str) -> bool:
    """Say whether the machine of an X screen answers soon; without asking, the X library waits for minutes."""
    host, _, number = name.partition("/")[2].rpartition(":") if name.startswith("tcp/") else name.rpartition(":")
    if host in ("", "unix") or host.startswith("/"):
        return True
    try:
        with socket.create_connection((host, _X_PORT + int(number.partition(".")[0])), timeout=PATIENCE):
            return True
    except (OSError, ValueError, OverflowError):
        return False


def _x_answers(name: str) -> bool:
    """Say whether an X screen lets us in, asked as Qt asks: with the X library."""
    try:
        address = name.encode(errors="surrogateescape")
        xcb = ctypes.CDLL("libxcb.so.1")
    except (OSError, UnicodeEncodeError):
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(address, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused
