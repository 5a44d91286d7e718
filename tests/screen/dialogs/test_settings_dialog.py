"""The settings dialog knows no setting by name: whatever stands in the table can be changed, told and put back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QSlider, QWidget

from app.settings import SETTINGS, Setting, checked
from ui.dialogs.settings_dialog import SettingsDialog
from ui.looks import typefaces
from ui.widgets.fields import CheckBox, DropDown

LEFT = Qt.MouseButton.LeftButton
TABLE = (
    Setting("tint", "Ink", "Tint & tone", "choice", "b", "How.", (("a", "Weak"), ("b", "Strong"))),
    Setting("many", "Ink", "Many", "choice", "3", "", tuple((str(n), f"Choice {n}") for n in range(6))),
    Setting("size", "Ink", "Size", "number", 5, "", least=1, most=9),
    Setting("pace", "Else", "Pace", "number", 1.5, "", least=1.0, most=2.0, step=0.1),
    Setting("loud", "Else", "Loud", "yes/no", False, "Very."),
    Setting("name", "Else", "Name", "text", "Ada"),
)


@pytest.fixture
def window(shown):
    return shown(QWidget(), 1000, 760)


@pytest.fixture
def dialog(looks, window):
    made = SettingsDialog(looks, TABLE, window)
    made.open()
    return made


def told(dialog):
    heard = []
    dialog.changed.connect(lambda key, value: heard.append((key, value)))
    return heard


def pressed(dialog, text):
    return next(one for one in dialog.findChildren(QAbstractButton) if one.text() == text)


def test_each_kind_of_setting_is_changed_by_keyboard_or_mouse(dialog, qtbot):
    heard = told(dialog)
    qtbot.mouseClick(pressed(dialog, "Weak"), LEFT)
    qtbot.keyClick(dialog.findChild(DropDown), Qt.Key.Key_Down)
    size, pace = dialog.findChildren(QSlider)
    qtbot.keyClick(size, Qt.Key.Key_Right)
    qtbot.keyClick(pace, Qt.Key.Key_Left)
    qtbot.keyClick(dialog.findChild(CheckBox), Qt.Key.Key_Space)
    line = dialog.findChild(QLineEdit)
    line.setFocus()
    qtbot.keyClicks(line, "!")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert heard == [("tint", "a"), ("many", "4"), ("size", 6), ("pace", 1.4), ("loud", True), ("name", "Ada!")]
    assert isinstance(heard[2][1], int)


def test_showing_values_tells_nothing(dialog):
    heard = told(dialog)
    dialog.show_values({"tint": "a", "many": "0", "size": 9, "pace": 2.0, "loud": True, "name": "Bo", "unknown": 1})
    assert heard == []
    assert dialog.findChild(CheckBox).isChecked()
    assert dialog.findChild(QLineEdit).text() == "Bo"
    assert dialog.findChild(DropDown).currentData() == "0"


def test_all_goes_back_to_the_defaults(dialog, qtbot):
    reset = next(one for one in dialog.findChildren(QPushButton) if "defaults" in one.text())
    assert not reset.isEnabled()
    dialog.show_values({"size": 9, "loud": True})
    heard = told(dialog)
    qtbot.mouseClick(reset, LEFT)
    assert heard == [("size", 5), ("loud", False)]
    assert not reset.isEnabled()


def test_it_opens_at_a_setting(dialog):
    dialog.dismiss()
    dialog.show_setting("loud")
    assert QApplication.focusWidget() is dialog.findChild(CheckBox)


def test_escape_closes(dialog, qtbot):
    with qtbot.waitSignal(dialog.closed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_the_real_table_is_shown_and_tells_only_what_it_may(looks, window, qtbot):
    dialog = SettingsDialog(looks, SETTINGS, window)
    dialog.open()
    heard = told(dialog)
    for slider in dialog.findChildren(QSlider):
        qtbot.keyClick(slider, Qt.Key.Key_End)
    for box in dialog.findChildren(CheckBox):
        qtbot.keyClick(box, Qt.Key.Key_Space)
    table = {setting.key: setting for setting in SETTINGS}
    assert heard
    assert all(checked(table[key], value) == value for key, value in heard)


def test_any_installed_typeface_is_offered_and_one_that_is_gone_is_kept_for_another_day(looks, window, qtbot):
    setting = next(one for one in SETTINGS if one.key == "font")
    dialog = SettingsDialog(looks, (setting,), window)
    dialog.open()
    drop, heard = dialog.findChild(DropDown), told(dialog)
    assert [drop.itemData(row) for row in range(drop.count())] == ["serif", "sans", *typefaces()]
    dialog.show_values({"font": checked(setting, "Gone With The Disk")})
    assert drop.currentData() == "serif"  # which stands in for it
    qtbot.keyClick(drop, Qt.Key.Key_End)
    assert heard == [("font", typefaces()[-1])]
