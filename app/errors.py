"""Known errors: each is a sentence for a person, with the next thing to do. Anything else that is raised is a bug."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from app.wording import fill


class AppError(Exception):
    """An error a person can do something about.

    ``template`` says what went wrong and ``hint`` what to do next; both may hold ``{name}`` slots for ``values``.
    """

    def __init__(self, template: str, hint: str = "", **values: str | int | float) -> None:
        """Keep the template, the hint and their values apart, so that a screen can translate them."""
        super().__init__(template)
        self.template = template
        self.hint = hint
        self.values = values

    def __str__(self) -> str:
        """Return the whole sentence in English."""
        return fill(f"{self.template} {self.hint}".strip(), self.values)

    def speaking_of(self, names: Mapping[str, str]) -> Self:
        """Return the same error with other names for things: where something is made is not where it is to be."""
        values = dict(self.values)
        for old, new in names.items():
            values = {key: one.replace(old, new) if isinstance(one, str) else one for key, one in values.items()}
        return type(self)(self.template, self.hint, **values)


class LibraryError(AppError):
    """The library cannot be opened, read or written: locked, too new, damaged, disk full."""


class LibraryDamaged(LibraryError):
    """The library's file holds what nobody can have written there; a backup can take its place."""


class LibraryGone(LibraryError):
    """The library that was opened is not in its folder any more; what is written now would be lost."""


class ImportFailed(AppError):
    """A file could not be read as an article."""


class ExportFailed(AppError):
    """A file could not be written."""


class NotFound(AppError):
    """What was named is not in the library."""


class Conflict(AppError):
    """What was asked for contradicts something that was done since, or that exists already."""


class InvalidInput(AppError):
    """What was given cannot be understood."""


class Cancelled(Exception):
    """The person stopped the work. No error: what is done stays done."""
