"""The only file that knows folders."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from app.loading import load

LIBRARY_VARIABLE: Final = "COMMONPLACE_LIBRARY"

_SERVICES: Final = (
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google ?drive|my drive|googledrive-.+", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("icloud ?drive|com~apple~clouddocs", "iCloud Drive"),
    ("pcloud ?drive", "pCloud"),
    ("megasync|mega", "MEGA"),
    ("seafile", "Seafile"),
    ("box|box sync", "Box"),
    ("syncthing", "Syncthing"),
)
# As the services write them: “Dropbox (Work)”, “OneDrive - Some School”, “Nextcloud2”.
_ADDED: Final = r"(?: [-(].*|\d+)?"
_MARKS: Final = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
)


def resources() -> Path:
    """Return the folder of data files that come with the program."""
    return Path(__file__).resolve().parent.parent / "resources"


def seeds() -> Path:
    """Return the folder of the example library's sources."""
    return Path(__file__).resolve().parent.parent / "seeds"


def data_folder() -> Path:
    """Return the user's data folder; it may not exist yet."""
    return Path(load("platformdirs").user_data_dir("commonplace", appauthor=False))


def unwritten_words() -> Path:
    """Return the folder of words that libraries did not take before they were closed; it may not exist yet."""
    return data_folder() / "unwritten"


def opened_files() -> Path:
    """Return the folder of copies of originals that other programs were asked to open; it may not exist yet."""
    return Path(load("platformdirs").user_cache_dir("commonplace", appauthor=False)) / "opened"


def settings_file() -> Path:
    """Return the file of the user's settings; it may not exist yet."""
    return Path(load("platformdirs").user_config_dir("commonplace", appauthor=False)) / "settings.json"


def default_library() -> Path:
    """Return the library that is used when none is named: ``COMMONPLACE_LIBRARY``, or one in the data folder."""
    named = os.environ.get(LIBRARY_VARIABLE)
    return Path(named) if named else data_folder() / "library"


def libraries_folder() -> Path:
    """Return the folder in which libraries are proposed: that of the default one, and never inside it."""
    return default_library().absolute().parent


def written(path: str) -> Path:
    """Return the path that a person wrote: ``~`` is their home, and where it names nobody a part of the path."""
    return at_home(Path(path.strip()))


def at_home(path: Path) -> Path:
    """Return a path with ``~`` as the home that it means; where it names nobody, it is a part of the path."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def without_links(path: Path) -> Path:
    """Return the absolute path that links lead to; one that leads in a circle or nowhere stays as it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def is_file(path: Path) -> bool:
    """Tell whether there is a file; where nobody may look there is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder; where nobody may look there is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def synchroniser(folder: Path) -> str:
    """Return the name of the service that keeps copies of a folder on other machines; ``""`` when none is known.

    Such a service copies a database while it is written to, or from two machines at once, and damages it. They are
    told by the names of their folders and by the files that they leave in them.
    """
    for step in (folder.absolute(), *folder.absolute().parents):
        for name, service in _SERVICES:
            if re.fullmatch(f"(?:{name}){_ADDED}", step.name, re.IGNORECASE):
                return service
        for mark, service in _MARKS:
            if is_file(step / mark) or is_folder(step / mark):
                return service
    return ""
