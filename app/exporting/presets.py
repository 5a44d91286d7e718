"""Presets of the export: what, in which form, with which options, into which folder, under a name of the reader's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Preset:
    """A choice that is kept. ``what`` is the key of what is exported: its kind alone, or ``kind:`` and what tells it.

    That is an id, or the words of a search; ``called`` is what it was called. ``options`` are as the command line
    writes them; ``marked`` and ``private`` as in a selection; ``folder`` is a path.
    """

    name: str
    what: str
    format: str
    options: Mapping[str, str] = field(default_factory=dict)
    marked: bool = False
    private: bool = False
    folder: str = ""
    called: str = ""

    @property
    def kind(self) -> str:
        """Return what kind of thing is exported: ids belong to one library, kinds and searches to all."""
        return self.what.partition(":")[0]


def kept(presets: Sequence[Preset], one: Preset) -> tuple[Preset, ...]:
    """Return presets with one more, in the order of their names; it replaces the one that has its name."""
    name = " ".join(one.name.split())
    others = [other for other in presets if other.name.casefold() != name.casefold()]
    return tuple(sorted([*others, replace(one, name=name)], key=lambda preset: preset.name.casefold()))


def renamed(presets: Sequence[Preset], earlier: str, name: str) -> tuple[Preset, ...]:
    """Return presets, one of them under another name; it replaces the one that has that."""
    found = named(presets, earlier)
    return tuple(presets) if found is None else kept(without(presets, earlier), replace(found, name=name))


def without(presets: Sequence[Preset], name: str) -> tuple[Preset, ...]:
    """Return presets without the one of a name."""
    return tuple(one for one in presets if one.name != name)


def named(presets: Sequence[Preset], name: str) -> Preset | None:
    """Return the preset of a name."""
    return next((one for one in presets if one.name == name), None)


def written(one: Preset) -> dict[str, Any]:
    """Return a preset as a value that JSON can hold."""
    return {
        "name": one.name,
        "what": one.what,
        "format": one.format,
        "options": dict(one.options),
        "marked": one.marked,
        "private": one.private,
        "folder": one.folder,
        "called": one.called,
    }


def read(value: object) -> Preset | None:
    """Return the preset that :func:`written` made a value of; ``None`` for anything else."""
    if not isinstance(value, Mapping):
        return None
    texts = [value.get(key, "") for key in ("name", "what", "format", "folder", "called")]
    options = value.get("options", {})
    if not all(isinstance(text, str) for text in texts) or not isinstance(options, Mapping):
        return None
    name, what, format_, folder, called = texts
    chosen = {key: one for key, one in options.items() if isinstance(key, str) and isinstance(one, str)}
    switched = value.get("marked") is True, value.get("private") is True
    return Preset(name, what, format_, chosen, *switched, folder, called)


def read_all(values: object) -> tuple[Preset, ...]:
    """Return the presets in a list of values, in the order of their names; what is none is passed over."""
    found: tuple[Preset, ...] = ()
    for value in values if isinstance(values, list) else ():
        one = read(value)
        if one is not None and one.name.strip():
            found = kept(found, one)
    return found
