"""The reader's own fields on articles, each with a kind and, for a choice, its values."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import Conflict, InvalidInput, NotFound
from app.library.database import Row
from app.library.library import Library, as_json, clean_name, clean_text, new_uid
from app.library.naming import by_uid
from app.model import METADATA_FIELDS, Attribute, AttributeChange, AttributeKind, Published
from app.text.folding import folded
from app.wording import Message

_YES: Final = frozenset({"yes", "y", "true", "1", "on"})
_NO: Final = frozenset({"no", "n", "false", "0", "off"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that an article cannot have in the reader's attribute of that name, and why."""

    name: str
    reason: Message


class Attributes:
    """The attributes of a library and their values on articles."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._library = library
        self._database = library.database

    def all(self) -> tuple[Attribute, ...]:
        """Return all attributes in the order in which they were made."""
        return tuple(_attribute(row) for row in self._database.rows("SELECT * FROM attribute ORDER BY id"))

    def find(self, name: str) -> Attribute:
        """Return the attribute of that name or id; raises ``NotFound``."""
        found = next((one for one in self.all() if folded(one.name) == folded(name)), None)
        if found is not None:
            return found
        row = by_uid(self._database, "attribute", name)
        if row is None:
            raise NotFound(
                "There is no attribute “{name}”.", "See “attribute list”, or make it with “attribute add”.", name=name
            )
        return _attribute(row)

    def add(
        self, name: str, kind: str = "text", choices: Sequence[str] = (), definition: str = "", uid: str = ""
    ) -> Attribute:
        """Make an attribute; ``choices`` are the values of a choice (none: any value, and it grows with use).

        ``uid`` is the id it is to have, if that is free.
        """
        name = _checked_name(name)
        try:
            kind = AttributeKind(kind)
        except ValueError:
            raise InvalidInput(
                "“{kind}” is no kind of attribute.",
                "Kinds are: {kinds}.",
                kind=kind,
                kinds=", ".join(AttributeKind),
            ) from None
        if choices and kind is not AttributeKind.CHOICE:
            raise InvalidInput("Only an attribute of the kind “choice” has choices.", "Add it with --kind choice.")
        with self._library.deed("New attribute “{name}”", name=name):
            held = self.all()
            _refuse_taken(name, held)
            is_free = uid and all(one.id != uid for one in held)
            key = self._database.insert(
                "attribute",
                {
                    "uid": uid if is_free else new_uid(),
                    "name": name,
                    "kind": kind,
                    "choices": as_json([clean_name(choice) for choice in choices]),
                    "definition": clean_text(definition),
                },
            )
        return next(one for one in self.all() if one.key == key)

    def complete(self, attribute: Attribute, choices: Sequence[str] = (), definition: str = "") -> None:
        """Give an attribute a definition where it has none, and a choice more choices, inside a deed."""
        columns: dict[str, str] = {}
        known = {one.casefold() for one in attribute.choices}
        more = [one for one in map(clean_name, choices) if one.casefold() not in known] if known else []
        if more:
            columns["choices"] = as_json([*attribute.choices, *more])
        if clean_text(definition).strip() and not attribute.definition.strip():
            columns["definition"] = clean_text(definition)
        if columns:
            self._database.update("attribute", attribute.key, columns)

    def edit(self, name: str, change: AttributeChange) -> Attribute:
        """Change an attribute, and with a choice that is renamed the values of all articles that have it.

        Raises ``Conflict`` when articles have a value that would be no choice any more, or a name is taken.
        """
        attribute = self.find(name)
        columns: dict[str, str] = {}
        with self._library.deed("Attribute “{name}” changed", name=attribute.name):
            if change.name is not None:
                columns["name"] = _checked_name(change.name)
                _refuse_taken(columns["name"], [one for one in self.all() if one.key != attribute.key])
            if change.definition is not None:
                columns["definition"] = clean_text(change.definition)
            if change.renamed or change.more or change.fewer:
                if attribute.kind is not AttributeKind.CHOICE:
                    raise InvalidInput(
                        "Only an attribute of the kind “choice” has choices.", "Make another one with --kind choice."
                    )
                renamed = {old.casefold(): clean_name(new) for old, new in change.renamed.items()}
                choices = _changed(attribute, renamed, change)
                self._carry_over(attribute, renamed, choices)
                columns["choices"] = as_json(choices)
            held = {"name": attribute.name, "definition": attribute.definition, "choices": as_json(attribute.choices)}
            columns = {column: value for column, value in columns.items() if held[column] != value}
            if columns:
                self._database.update("attribute", attribute.key, columns)
        return next(one for one in self.all() if one.key == attribute.key)

    def _carry_over(self, attribute: Attribute, renamed: Mapping[str, str], choices: Sequence[str]) -> None:
        """Give articles the new names of their values; raises ``Conflict`` where some would be no choice."""
        rows = self._database.rows("SELECT id, value FROM attribute_value WHERE attribute_id=?", (attribute.key,))
        given = {row["id"]: renamed.get(row["value"].casefold(), row["value"]) for row in rows}
        lost = dict.fromkeys(value for value in given.values() if choices and value not in choices)
        if lost:
            raise Conflict(
                "Articles have values that would be no choice any more: {values}.",
                "Keep or rename these, or give the articles other values first.",
                values=", ".join(f"“{value}”" for value in lost),
            )
        for row in rows:
            if given[row["id"]] != row["value"]:
                self._database.update("attribute_value", row["id"], {"value": given[row["id"]]})

    def delete(self, name: str) -> None:
        """Delete an attribute with its values on all articles."""
        attribute = self.find(name)
        with self._library.deed("Attribute “{name}” deleted", name=attribute.name):
            self._database.delete("attribute", attribute.key)

    def put(self, article: int, name: str, value: str) -> None:
        """Give an article a value, inside a deed; an empty value takes it away. Raises ``InvalidInput``."""
        attribute = self.find(name)
        value = clean_text(value).strip()
        where = (article, attribute.key)
        row = self._database.row("SELECT * FROM attribute_value WHERE article_id=? AND attribute_id=?", where)
        if not value:
            if row is not None:
                self._database.delete("attribute_value", row["id"])
            return
        value = self._checked(attribute, value)
        if row is None:
            self._database.insert(
                "attribute_value", {"article_id": article, "attribute_id": attribute.key, "value": value}
            )
        elif row["value"] != value:
            self._database.update("attribute_value", row["id"], {"value": value})

    def take_in(self, article: int, name: str, value: str) -> None:
        """Give an article a value that came with it, inside a deed; an attribute that is new is made, for any text.

        A value that the reader's own attribute of that name cannot have is left behind, as is one of an attribute that
        there cannot be; see :meth:`misfits`.
        """
        if not clean_text(name).strip():
            return
        with contextlib.suppress(InvalidInput):
            if all(one.name.casefold() != clean_name(name).casefold() for one in self.all()):
                self.add(name)
            self.put(article, clean_name(name), value)

    def misfits(self, values: Mapping[str, str]) -> tuple[Misfit, ...]:
        """Return those of some values, by the names of their attributes, that :meth:`take_in` leaves behind."""
        known = {one.name.casefold(): one for one in self.all()} if values else {}
        found = []
        for name, value in values.items():
            if not clean_text(name).strip() or not clean_text(value).strip():
                continue
            name = clean_name(name)
            try:
                if name.casefold() in known:
                    self._checked(known[name.casefold()], clean_text(value).strip())
                else:
                    _checked_name(name)
            except InvalidInput as error:
                found.append(Misfit(name, Message(f"{error.template} {error.hint}", error.values)))
        return tuple(found)

    def _checked(self, attribute: Attribute, value: str) -> str:
        """Return the value as it is kept for its kind."""
        if attribute.kind is AttributeKind.CHOICE and attribute.choices:
            found = next((one for one in attribute.choices if one.casefold() == value.casefold()), None)
            if found is None:
                raise _refused(attribute, value, "one of: " + ", ".join(attribute.choices))
            return found
        if attribute.kind is AttributeKind.NUMBER:
            try:
                finite = math.isfinite(float(value))
            except ValueError:
                finite = False
            if not finite:
                raise _refused(attribute, value, "a number")
        if attribute.kind is AttributeKind.DATE:
            try:
                return str(Published.parse(value))
            except ValueError:
                raise _refused(attribute, value, "a date such as 2025-03-04 or 2025-03") from None
        if attribute.kind is AttributeKind.YES_NO:
            if value.casefold() not in _YES | _NO:
                raise _refused(attribute, value, "yes or no")
            return "yes" if value.casefold() in _YES else "no"
        return value


def _checked_name(name: str) -> str:
    """Return the name of an attribute as it is kept; raises ``InvalidInput`` for one that none can have."""
    name = clean_name(name)
    if "=" in name or name.casefold() in METADATA_FIELDS:
        raise InvalidInput(
            "An attribute cannot be called “{name}”.", "Choose a name without “=” that is no field.", name=name
        )
    return name


def _refuse_taken(name: str, held: Sequence[Attribute]) -> None:
    if any(one.name.casefold() == name.casefold() for one in held):
        raise Conflict("There is an attribute “{name}” already.", "Choose another name.", name=name)


def _changed(attribute: Attribute, renamed: Mapping[str, str], change: AttributeChange) -> list[str]:
    """Return the choices of an attribute as they are from now on; ``renamed`` goes by names in small letters."""
    held = {choice.casefold() for choice in attribute.choices}
    for choice in (*change.renamed, *change.fewer):
        if held and choice.casefold() not in held:
            raise NotFound(
                "“{choice}” is no choice of “{name}”.",
                "Give one of: {choices}.",
                choice=choice,
                name=attribute.name,
                choices=", ".join(attribute.choices),
            )
    gone = {choice.casefold() for choice in change.fewer}
    taken = held - gone - renamed.keys()
    kept: dict[str, str] = {}
    for choice in attribute.choices:
        if (key := choice.casefold()) in gone:
            continue
        now = renamed.get(key, choice)
        if key in renamed and (now.casefold() in taken or now.casefold() in kept):
            raise Conflict(
                "“{name}” has the choice “{choice}” already.", "Choose another.", name=attribute.name, choice=now
            )
        kept.setdefault(now.casefold(), now)
    for choice in map(clean_name, change.more):
        kept.setdefault(choice.casefold(), choice)
    return list(kept.values())


def _refused(attribute: Attribute, value: str, wanted: str) -> InvalidInput:
    return InvalidInput(
        "“{value}” is no value for “{name}”.", "Give {wanted}.", value=value, name=attribute.name, wanted=wanted
    )


def _attribute(row: Row) -> Attribute:
    return Attribute(
        row["id"],
        row["uid"],
        row["name"],
        AttributeKind(row["kind"]),
        tuple(json.loads(row["choices"])),
        row["definition"],
    )
