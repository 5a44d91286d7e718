"""A line that is cut short offers its whole text as a tip, and that of no other."""

from PySide6.QtWidgets import QWidget

from ui.widgets.boxes import row
from ui.widgets.labels import ElidedLabel

LONG = "A title so long that it <b>cannot</b> be shown whole in a line as short as this one"


def test_the_tip_is_that_of_the_text_that_stands_there(shown):
    line = ElidedLabel()
    window = QWidget()
    window.setLayout(row(line))
    shown(window, 200, 60)
    line.setText(LONG)
    assert "&lt;b&gt;cannot&lt;/b&gt;" in line.toolTip()
    line.setText("Short")
    assert line.toolTip() == ""
    line.setText(LONG)
    window.resize(1200, 60)
    assert line.toolTip() == ""
