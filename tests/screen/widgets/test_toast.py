"""The window's one message shows all of its words, whatever stands beside them."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ui.widgets.toast import Toast

WORDS = [
    ("Nothing is chosen in the text.", "Select words, click a highlight, or walk to a paragraph with J and K.", None),
    ("Put into “Brief”.", "", ("Undo", lambda: None)),
    ("Undone: Highlight “Did you know? The Caspian Sea is the world’s largest inland…”", "", ("Redo", lambda: None)),
    ("Could not be read.", "Many words say what to do about it. " * 9, ("Again", lambda: None)),
]


@pytest.mark.parametrize("width", [1400, 760])
def test_every_word_is_in_sight(looks, shown, width):
    window = shown(QWidget(), width, 400)
    toast = Toast(looks, window)
    for what, hint, deed in [*WORDS, *reversed(WORDS)]:
        toast.say(what, hint, deed=deed)
        QApplication.processEvents()
        assert window.rect().contains(toast.geometry())
        for one in toast.findChildren(QLabel):
            if one.isVisible():
                assert one.height() + 2 >= one.heightForWidth(one.width())  # less than a line
                assert toast.rect().contains(one.geometry())
