"""The choices that a format offers: shown in a dialog, taken by the command line, checked in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import InvalidInput

OptionValue = str | bool
ATTRIBUTES: Final = "attributes"
CODERS: Final = "coders"
FILE: Final = "file"

_YES: Final = frozenset(("yes", "true", "1", "on"))
_NO: Final = frozenset(("no", "false", "0", "off"))


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a format offers: shown in the dialog and taken by ``--option key=value``.

    ``choices`` is empty for a yes/no option (its default is then a ``bool``) and for free text. For free text
    ``suggestions`` are values worth choosing from, and ``names`` what has names that are, too: the library's
    :data:`ATTRIBUTES`, or a :data:`FILE` of the reader's. A yes/no option with ``names`` is about what has them, such
    as other :data:`CODERS`, and says nothing where there are none. An option that ``needs`` another one, given as its
    key and value, says nothing as long as that has another value.
    """

    key: str
    name: str
    default: OptionValue
    choices: tuple[str, ...] = ()
    help: str = ""
    needs: tuple[str, str] | None = None
    suggestions: tuple[str, ...] = ()
    names: str = ""


def chosen(format_name: str, offered: Sequence[Option], given: Mapping[str, str]) -> Mapping[str, OptionValue]:
    """Return all options that a format offers, the ``given`` ones read and the defaults filled in.

    Raises ``InvalidInput``, naming what would be valid, for an option or a value that there is not.
    """
    options = {option.key: option for option in offered}
    for key in given:
        if key not in options:
            hint = "Its options are: {known}." if options else "It has none."
            known = ", ".join(options)
            raise InvalidInput("{format} has no option {key}.", hint, format=format_name, key=key, known=known)
    return {key: _value(option, given[key]) if key in given else option.default for key, option in options.items()}


def _value(option: Option, text: str) -> OptionValue:
    word = text.strip().lower()
    if isinstance(option.default, bool):
        if word in _YES or word in _NO:
            return word in _YES
        raise InvalidInput("The option {key} is yes or no, not {value}.", "Say yes or no.", key=option.key, value=text)
    if not option.choices:
        return text
    if word in option.choices:
        return word
    known = ", ".join(option.choices)
    raise InvalidInput("The option {key} cannot be {value}.", "Choose one of: {known}.", key=option.key, value=text,
                       known=known)  # fmt: skip
