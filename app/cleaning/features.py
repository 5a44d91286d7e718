"""A line of a page with what counts of it, whoever judges it."""

from __future__ import annotations

from dataclasses import dataclass

from app.cleaning.lines import Line


@dataclass(slots=True)
class Feature:
    """A line with what counts: its words, the share of stop words, how it ends, and the phrases it is.

    ``furniture`` is the kind of furniture the whole line is, ``detail`` the name of the detail, if any; ``selling``
    tells that the whole line is a phrase that sells something, ``code`` that it is a program's. Nobody changes it: it
    is not frozen since so many are made.
    """

    line: Line
    words: tuple[str, ...] = ()
    count: int = 0
    stop: float = 0.0
    full: bool = False
    bullet: bool = False
    callout: str = ""
    furniture: str | None = None
    detail: str | None = None
    selling: bool = False
    code: bool = False
