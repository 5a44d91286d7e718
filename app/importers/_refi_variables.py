"""The variables of a REFI-QDA project: what they say of a source, and the fields of the reader's own they become."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from app.drafts import AttributeDraft
from app.importers._refi import child, children, guid, target
from app.importers._variables import METADATA
from app.importers._xml import words
from app.model import Published

if TYPE_CHECKING:
    from lxml import etree

KINDS: Final = {"Float": "number", "Integer": "number", "Date": "date", "DateTime": "date", "Boolean": "yes/no"}
"""The kinds of fields, by the types of variables; all others are text."""

CASE: Final = ("Case", "Case name")
"""The field that holds the names of cases, and what it is called where a variable has that name."""

_VALUES: Final = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T00:00:00(?:\.0*)?)?(?:Z|[+-]\d\d:\d\d)?")
_YES_NO: Final = {"true": "yes", "1": "yes", "false": "no", "0": "no"}


class Variables:
    """The variables of a project, by their GUIDs."""

    def __init__(self, root: etree._Element) -> None:
        """Read what they are."""
        self.all = children(child(root, "Variables"), "Variable")
        self.names = {guid(one.get("guid")): " ".join((one.get("name") or "").split()) for one in self.all}
        taken = {name.casefold() for name in self.names.values()}
        self.case = next((name for name in CASE if name.casefold() not in taken), "")

    def of(self, element: etree._Element) -> dict[str, str]:
        """Return what the variables say of a source or a case."""
        found: dict[str, str] = {}
        for value in children(element, "VariableValue"):
            name = self.names.get(target(child(value, "VariableRef")), "")
            said = next((words(one) for one in children(value, *_VALUES)), "")
            if name and said:
                if children(value, "BooleanValue"):
                    said = _YES_NO.get(said.casefold(), said)
                found[name] = _day(said) if children(value, "DateValue", "DateTimeValue") else said
        return found

    def fields(self, values: Iterable[tuple[str, str]]) -> tuple[AttributeDraft, ...]:
        """Return the fields that the variables are whose ``values`` articles have, each of its kind if these allow it.

        What variables say that are metadata is none of them.
        """
        said = list(values)
        return tuple(
            AttributeDraft(name, _kind(KINDS.get(one.get("typeOfVariable") or "", "text"),
                                       [value for key, value in said if key == name]),
                           definition=words(child(one, "Description")))
            for one in self.all
            if (name := self.names[guid(one.get("guid"))]) and name.casefold() not in METADATA
        )  # fmt: skip


def _day(value: str) -> str:
    """Return a day without the zone that XML Schema may write behind it, also when it is a time at midnight."""
    match = _DAY.fullmatch(value)
    return match[1] if match else value


def _kind(kind: str, values: Iterable[str]) -> str:
    return kind if kind == "text" or all(_fits(kind, value) for value in values) else "text"


def _fits(kind: str, value: str) -> bool:
    if kind == "yes/no":
        return value in _YES_NO.values()
    try:
        return bool(Published.parse(value)) if kind == "date" else math.isfinite(float(value))
    except ValueError:
        return False
