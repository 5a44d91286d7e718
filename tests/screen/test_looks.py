"""Looks: every one legible, following the system, put on without a restart."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.colours import contrast, rgb
from app.library.theme_signs import COLOURS
from ui import icons
from ui.looks import SANS, SERIF, Looks, read_looks, typefaces
from ui.reader.typography import Typography
from ui.widgets.buttons import IconButton

SOURCES = Path(__file__).resolve().parents[2] / "ui"
ICON = re.compile(r"""["']((?:ph|ri)\.[a-z0-9-]+)["']""")


@pytest.mark.parametrize("key", read_looks())
def test_every_word_can_be_read(key):
    """WCAG 2.2, 1.4.3: 4.5 to 1 for words, on every ground on which they stand."""
    colours = read_looks()[key].colours
    pairs = [
        (ink, ground)
        for ink in ("text", "muted")
        for ground in ("window", "paper", "card", "field", "hover", "selected")
    ]
    pairs += [("faint", ground) for ground in ("window", "paper", "card")]
    pairs += [
        ("on_accent", "accent"),
        ("selection_text", "selection"),
        ("text", "hit"),
        ("danger", "window"),
        ("accent", "paper"),
    ]
    weak = {pair: contrast(rgb(colours[pair[0]]), rgb(colours[pair[1]])) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("key", read_looks())
def test_every_theme_stands_out_as_a_line(key):
    look = read_looks()[key]
    for colour in COLOURS:
        assert contrast(rgb(look.theme(colour).name()), rgb(look.colours["paper"])) >= 3


def test_words_stay_legible_on_two_themes(looks):
    for look in looks.all.values():
        paper, ink = rgb(look.colours["paper"]), rgb(look.colours["text"])
        for colour in COLOURS:
            wash = rgb(look.theme(colour).name())
            ground = paper
            for _ in range(2):
                mixed = [round(a + (b - a) * look.tint) for a, b in zip(ground, wash, strict=True)]
                ground = (mixed[0], mixed[1], mixed[2])
            assert contrast(ink, ground) >= 4.5


def test_a_look_is_put_on_and_told(looks, qtbot):
    button = IconButton(looks, "ph.plus", "Add")
    qtbot.addWidget(button)
    before = button.icon().pixmap(18).toImage()
    with qtbot.waitSignal(looks.changed):
        looks.choose("dark")
    assert looks.now.dark
    assert button.icon().pixmap(18).toImage() != before
    assert QApplication.palette().window().color().name() == looks.now.colours["window"]


def test_an_unknown_look_follows_the_system(looks):
    looks.choose("neon")
    assert looks.choice == "system"


def test_the_fonts_come_along(looks):
    for family in (SANS, SERIF):
        assert looks.font(14, family=family).exactMatch()


def test_qt_does_not_lose_references_to_none(qapp):
    """PySide6 6.12 under Python 3.11 lost one at each call, until the program died."""
    thing = QObject()
    thing.setObjectName("warm")
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) - before > -100
    assert QApplication.instance() is qapp


def test_the_looks_are_three_and_ordered(looks):
    assert list(looks.all) == ["light", "sepia", "dark"]
    assert isinstance(looks, Looks)


def test_quoted_words_are_slanted_only_where_their_script_knows_it(looks):
    assert looks.quoting(14, "Nobody had asked for it.").italic()
    assert not looks.quoting(14, "تقول الشركة إن العبّارة 🚢 آمنة").italic()
    assert not looks.quoting(14, "Said “שלום” twice").italic()


def test_a_text_is_set_in_any_installed_typeface_and_in_the_serif_when_it_is_gone(looks):
    looks.icon("ph.plus")  # its font holds signs, and no letters
    found = typefaces()
    assert found
    assert not [family for family in found if family.startswith((SANS, SERIF))]
    assert not icons.families().intersection(found)
    assert all(Typography(family=family).face() == family for family in found)
    assert Typography(family="Gone With The Disk").face() == SERIF


def test_every_icon_that_the_screen_names_is_in_its_font(looks):
    named = {name for source in SOURCES.rglob("*.py") for name in ICON.findall(source.read_text(encoding="utf-8"))}
    assert len(named) > 50
    for name in sorted(named):
        looks.icon(name)
