"""One table of settings, and what the program remembers of its window, in one file of the user's own.

A new setting is a new row of ``SETTINGS``: the dialog, the palette and the checks of values learn of it from there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.citing import HOUSE, STYLES
from app.errors import InvalidInput, LibraryError

Value = str | int | float | bool

_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its key, its name and help for a person, and which values it can have.

    ``kind`` is ``choice`` (one of ``choices``, whose names are beside them), ``typeface`` (one of them, or any other
    that is installed), ``number`` (from ``least`` to ``most`` by ``step``) or ``yes/no``. Settings of one ``group``
    stand together.
    """

    key: str
    group: str
    name: str
    kind: str
    default: Value
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    least: float = 0
    most: float = 0
    step: float = 1


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        "look",
        "Reading",
        "Look",
        "choice",
        "system",
        "The colours of the program.",
        (("system", "As the system"), ("light", "Light"), ("sepia", "Sepia"), ("dark", "Dark")),
    ),
    Setting(
        "font",
        "Reading",
        "Typeface",
        "typeface",
        "serif",
        "Where it is not installed, the serif stands in for it.",
        (("serif", "Serif"), ("sans", "Sans")),
    ),
    Setting("text_size", "Reading", "Text size", "number", 19, "In pixels.", least=12, most=32),
    Setting("line_height", "Reading", "Line spacing", "number", 1.6, "", least=1.3, most=2.0, step=0.1),
    Setting(
        "measure", "Reading", "Line length", "number", 66, "In characters; 60 to 75 read best.", least=50, most=90
    ),
    Setting(
        "numbers",
        "Reading",
        "Paragraph numbers",
        "yes/no",
        False,
        "In the margin: those that citations give.",
    ),
    Setting(
        "layers",
        "Reading",
        "Other coders’ layers",
        "yes/no",
        False,
        "Show what other coders marked, and the consensus, beside your own marks.",
    ),
    Setting(
        "lines",
        "Marking",
        "A kind of line for each theme",
        "yes/no",
        False,
        "Six kinds, which the list of themes shows: for eyes that colours do not tell enough.",
    ),
    Setting(
        "snap",
        "Marking",
        "Select whole words with the mouse",
        "yes/no",
        True,
        "Hold Alt while selecting to do the opposite.",
    ),
    Setting(
        "citation",
        "Citing",
        "Citation style",
        "choice",
        HOUSE,
        "For all that is copied with its source.",
        tuple((style.key, style.name) for style in STYLES),
    ),
    Setting("motion", "Window", "Smooth scrolling", "yes/no", True, "Turn it off where movement disturbs."),
    Setting(
        "idle_backup",
        "Library",
        "Back up after the start",
        "yes/no",
        True,
        "A copy without the index, only when something changed since the last one.",
    ),
)  # fmt: skip


class Settings:
    """The user's settings and what the window remembers, kept in the file ``path``; for one thread."""

    def __init__(self, path: Path) -> None:
        """Read the file; what cannot be read is put aside beside it, and the defaults hold."""
        self._path = path
        self._table = {setting.key: setting for setting in SETTINGS}
        self._values: dict[str, Value] = {}
        self._remembered: dict[str, Any] = {}
        self._read()

    def get(self, key: str) -> Value:
        """Return the value of a setting."""
        return self._values.get(key, self._table[key].default)

    def put(self, key: str, value: Value) -> None:
        """Change a setting and keep it. Raises ``InvalidInput`` for a value that it cannot have."""
        self._values[key] = checked(self._table[key], value)
        self._write()

    def values(self) -> Mapping[str, Value]:
        """Return all settings by key."""
        return {key: self.get(key) for key in self._table}

    def remembered(self, name: str, default: Any = None) -> Any:
        """Return what was remembered under a name: a value that JSON can hold."""
        return self._remembered.get(name, default)

    def remember(self, **values: Any) -> None:
        """Remember values that JSON can hold, such as the widths of the panes."""
        self._remembered |= values
        self._write()

    def _read(self) -> None:
        try:
            table = json.loads(self._path.read_text(encoding="utf-8"))
            given, remembered = table["settings"], table["remembered"]
            items = list(given.items())
            self._remembered = dict(remembered)
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._put_aside()
            return
        for key, value in items:
            try:
                self._values[key] = checked(self._table[key], value)
            except (InvalidInput, KeyError):
                continue  # an older or newer program's setting: the default holds

    def _put_aside(self) -> None:
        try:
            self._path.replace(self._path.with_suffix(".unreadable"))
        except OSError:
            pass  # it cannot be moved either; the next write says why

    def _write(self) -> None:
        # In ASCII: the name of a folder may hold bytes that are no letters, which UTF-8 cannot carry.
        text = json.dumps({"settings": self._values, "remembered": self._remembered}, indent=1)
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            raise LibraryError(
                "The settings cannot be kept in “{folder}” ({reason}).",
                "Make room or mend the permissions of that folder.",
                folder=str(self._path.parent),
                reason=error.strerror or str(error),
            ) from error


def checked(setting: Setting, value: object) -> Value:
    """Return ``value`` as a value of the setting; raises ``InvalidInput`` when it cannot be one."""
    if setting.kind == "yes/no" and isinstance(value, bool):
        return value
    if setting.kind == "choice" and isinstance(value, str) and value in dict(setting.choices):
        return value
    if setting.kind == "typeface" and isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME:
        return value  # which are installed is the screen’s to know, and another day may bring it back
    if setting.kind == "number" and isinstance(value, int | float) and _is_number(value):
        within = min(max(value, setting.least), setting.most)
        return int(within) if setting.step == 1 else round(within, 2)
    raise InvalidInput("“{value}” is no value for {name}.", "", value=str(value), name=setting.name)


def _is_number(value: object) -> bool:
    """Tell a number from yes and no, and from what JSON calls ``NaN``."""
    return not isinstance(value, bool) and not (isinstance(value, float) and math.isnan(value))
