"""The looks of the program: colours, fonts, palette, style sheet. A new look is a new file in ``resources/looks``,
and a choice more of the setting in ``app/settings.py``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from app import places
from app.colours import readable, rgb
from ui import icons, styling
from ui.wording import runs_left

SYSTEM: Final = "system"
SANS: Final = "Source Sans Pro"
SERIF: Final = "Source Serif Pro"
MONO: Final = "DejaVu Sans Mono"
_PACKAGES: Final = ("font_source_sans_pro", "font_source_serif_pro")
_STYLES: Final = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_NAMES: Final = (
    QT_TRANSLATE_NOOP("looks", "Light"),
    QT_TRANSLATE_NOOP("looks", "Sepia"),
    QT_TRANSLATE_NOOP("looks", "Dark"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of the program, each ``#rrggbb``. ``tint`` is the opacity of a highlight, ``shadow`` 0 to 255."""

    key: str
    name: str
    dark: bool
    rank: int
    colours: Mapping[str, str]
    tint: float
    shadow: int

    def colour(self, name: str) -> QColor:
        """Return a colour by its name in the look's file, such as ``muted``."""
        return QColor(self.colours[name])

    def theme(self, colour: str) -> QColor:
        """Return a theme's colour as a line or dot on this look's paper, moved until it stands out."""
        return _theme(colour, self.colours["paper"])

    def wash(self, colour: str, strength: float = 1.0) -> QColor:
        """Return a theme's colour as the translucent ground of a passage."""
        washed = QColor(self.theme(colour))
        washed.setAlphaF(min(1.0, self.tint * strength))
        return washed


@lru_cache(maxsize=512)
def _theme(colour: str, paper: str) -> QColor:
    if not QColor.isValidColorName(colour) or len(colour) != 7:
        colour = "#888888"
    return QColor(*readable(rgb(colour), rgb(paper)))


def read_looks() -> Mapping[str, Look]:
    """Return all looks by key, in the order in which they are offered."""
    found = []
    for path in (places.resources() / "looks").glob("*.toml"):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(
            Look(
                path.stem,
                table["name"],
                table["dark"],
                table["rank"],
                MappingProxyType(table["colours"]),
                table["strength"]["tint"],
                table["strength"]["shadow"],
            )
        )
    return MappingProxyType({look.key: look for look in sorted(found, key=lambda look: (look.rank, look.key))})


class Looks(QObject):
    """The look in force, and all that is drawn with it. ``changed`` tells that there is another one now."""

    changed = Signal()

    def __init__(self, choice: str = SYSTEM, parent: QObject | None = None) -> None:
        """Start with a look by its key, or with the system's."""
        super().__init__(parent)
        self.all = read_looks()
        self.choice = SYSTEM
        self.now = self._resolved(SYSTEM)
        self._worn = False
        load_fonts()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """Put on a look by its key, or follow the system."""
        self.choice = choice if choice in self.all else SYSTEM
        look = self._resolved(self.choice)
        if not self._worn or look is not self.now:  # putting it on goes through every widget
            self._wear(look)

    @contextmanager
    def undressed(self) -> Iterator[None]:
        """Keep the style sheet off while a window is put together: each part that moves would be polished once more."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setStyleSheet("")
        yield
        application.setStyleSheet(styling.style_sheet(self.now.colours))

    def name(self, key: str) -> str:
        """Return what a look is called, for a person."""
        return QCoreApplication.translate("looks", self.all[key].name)

    def font(self, px: int, weight: int = 400, *, italic: bool = False, family: str = SANS) -> QFont:
        """Return a font of so many pixels; weights are those of CSS."""
        return font(px, weight, italic=italic, family=family)

    def quoting(self, px: int, text: str) -> QFont:
        """Return the font for quoted words: italic, but not in scripts that have none; in them, boxes would show."""
        return font(px, italic=not runs_left(text), family=SERIF)

    def icon(self, name: str, colour: str = "muted") -> QIcon:
        """Return a Phosphor icon (``ph.plus``) in a colour of the look, or in any ``#rrggbb``."""
        shade = self.now.colours.get(colour, colour)
        return icons.icon(name, shade, self.now.colours["rule"])

    def _resolved(self, choice: str) -> Look:
        if choice in self.all:
            return self.all[choice]
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return next(look for look in self.all.values() if look.dark is dark)

    def _follow(self) -> None:
        if self.choice == SYSTEM:
            self._wear(self._resolved(SYSTEM))

    def _wear(self, look: Look) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.now, self._worn = look, True
        application.setPalette(palette(look))
        application.setFont(font(14))
        application.setStyleSheet(styling.style_sheet(look.colours))
        self.changed.emit()


def palette(look: Look) -> QPalette:
    """Return the palette for what Qt draws by itself."""
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.Base: "paper",
        QPalette.ColorRole.AlternateBase: "hover",
        QPalette.ColorRole.Button: "window",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipBase: "card",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Highlight: "selection",
        QPalette.ColorRole.HighlightedText: "selection_text",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.Mid: "rule",
        QPalette.ColorRole.Light: "card",
        QPalette.ColorRole.Dark: "rule",
    }
    made = QPalette()
    for role, name in roles.items():
        made.setColor(role, look.colour(name))
    faint = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText)
    for role in faint:
        made.setColor(QPalette.ColorGroup.Disabled, role, look.colour("faint"))
    return made


@lru_cache(maxsize=256)
def font(px: int, weight: int = 400, *, italic: bool = False, family: str = SANS) -> QFont:
    """Return a font of so many pixels; weights are those of CSS. Do not change what is returned: copy it."""
    made = QFont(family)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def typefaces() -> list[str]:
    """Return the installed families besides the program’s own, without those of signs and mere names for others."""
    signs, icon_fonts = QFontDatabase.WritingSystem.Symbol, icons.families()
    return [
        family
        for family in QFontDatabase.families()
        if not family.startswith((SANS, SERIF, "@"))
        and family not in icon_fonts
        and not QFontDatabase.isPrivateFamily(family)
        and QFontDatabase.hasFamily(family)
        and QFontDatabase.isSmoothlyScalable(family)
        and any(system != signs for system in QFontDatabase.writingSystems(family))
    ]


def load_fonts() -> None:
    """Make the program's own fonts known to Qt; twice does no harm."""
    known = set(QFontDatabase.families())
    for package in _PACKAGES:
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            continue
        folder = Path(spec.submodule_search_locations[0]) / "files"
        for style in _STYLES:
            for path in folder.glob(f"*-{style}.otf"):
                if {SANS, SERIF} - known:
                    QFontDatabase.addApplicationFont(str(path))
