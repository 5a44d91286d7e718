"""What a page knows of themes: their numbers, labels and colours, and a class for every set of them that occurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.exporters import _tints
from app.exporters._opening import uses
from app.exporters._values import chosen, in_order, path_text, themes_by_id
from app.loading import load
from app.model import Bundle, BundledArticle, Status, Theme
from app.places import resources
from app.text.ranges import segments

_FOLDER: Final = "export"


class Label(NamedTuple):
    """A theme in the list of themes; ``under`` holds its number and those of all themes below it."""

    number: int
    name: str
    path: str
    depth: int
    under: str
    times: int
    definition: str


class Themed(NamedTuple):
    """What a page says of a set of themes: their numbers (0 for none), their labels as HTML, their paths in words."""

    numbers: tuple[int, ...]
    labels: Any
    names: str


@cache
def template(name: str) -> Any:
    """Return a template, in the sandbox and with everything escaped that is not marked as HTML."""
    jinja2, sandbox = load("jinja2"), load("jinja2.sandbox")
    environment = sandbox.SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(page_folder()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def page_folder() -> Path:
    """Return the folder of templates, style sheet and script."""
    return resources() / _FOLDER


class PageThemes:
    """The themes of a bundle on a page, by number: 1 is the first, 0 stands for none."""

    def __init__(self, bundle: Bundle) -> None:
        """Number the themes."""
        self._bundle = bundle
        self._themes = themes_by_id(bundle)
        self._numbers = {uid: number for number, uid in enumerate(self._themes, 1)}
        self._safe = load("markupsafe").Markup
        self.plain = self._label(0, None)
        self._sets: dict[tuple[int, ...], str] = {}
        self._met: dict[tuple[str, ...], Themed] = {}

    def style_sheet(self) -> str:
        """Return the rules for all sets of themes that overlap somewhere: it stands before the texts that need it."""
        for item in in_order(self._bundle):
            self._collect(item)
        return _tints.style_sheet(self._bundle.themes, list(self._sets))

    def _collect(self, item: BundledArticle) -> None:
        """Give a class to every set of themes of the article: the style sheet stands before the text that needs it."""
        marks = [self.themed(h.themes).numbers for h in item.highlights if h.status is Status.ANCHORED]
        spans = [(h.start, h.end) for h in item.highlights if h.status is Status.ANCHORED]
        for _, _, covering in segments(spans):
            self.style(tuple(sorted({number for index in covering for number in marks[index]})))

    def themed(self, ids: tuple[str, ...]) -> Themed:
        """Return what is said of a set of themes, by their ids."""
        if ids not in self._met:
            themes = list(chosen(dict.fromkeys(ids), self._themes))
            self._met[ids] = Themed(
                tuple(self._numbers[theme.id] for theme in themes) or (0,),
                self._safe(" ").join(self._label(self._numbers[theme.id], theme) for theme in themes),
                ", ".join(map(path_text, themes)),
            )
        return self._met[ids]

    def _label(self, number: int, theme: Theme | None) -> Any:
        name, path = (theme.name, path_text(theme)) if theme else ("Note", "No theme")
        return self._safe(template("label.html").render(number=number, name=name, path=path))

    def style(self, themes: tuple[int, ...]) -> str:
        """Return the class that paints a stretch with a set of theme numbers."""
        return self._sets.setdefault(themes, f"k{len(self._sets)}")

    def labels(self) -> Sequence[Label]:
        """Return the themes that are used here, and those above them, with the numbers of all below each."""
        below, lines = self._below()
        labels = []
        for theme, times in uses(self._bundle):
            number = self._numbers[theme.id]
            under, depth = " ".join(map(str, below[number])), len(lines[number]) - 1
            labels.append(Label(number, theme.name, path_text(theme), depth, under, times, theme.definition))
        return labels

    def _below(self) -> tuple[Mapping[int, list[int]], Mapping[int, list[int]]]:
        """Return for each theme number itself and all numbers below it, and the numbers from its root down to it."""
        below: dict[int, list[int]] = {number: [number] for number in self._numbers.values()}
        lines: dict[int, list[int]] = {}
        for uid, number in self._numbers.items():
            line = [number]
            parent = self._themes[uid].parent
            while parent in self._numbers and self._numbers[parent] not in line:
                below[self._numbers[parent]].append(number)
                line.insert(0, self._numbers[parent])
                parent = self._themes[parent].parent
            lines[number] = line
        return below, lines
