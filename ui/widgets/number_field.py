"""A number between two ends: a slider with a step down and a step up at its sides, and the number itself."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QSlider, QToolButton, QWidget

from ui.looks import Looks
from ui.widgets.boxes import row
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label


class NumberField(QWidget):
    """``chosen`` carries the number: an ``int`` where the step is 1, else a ``float``."""

    chosen = Signal(object)

    def __init__(
        self, looks: Looks, name: str, ends: tuple[float, float], step: float = 1, *, parent: QWidget | None = None
    ) -> None:
        """Offer the numbers from one end to the other; ``name`` is what a listener hears."""
        super().__init__(parent)
        self._least, self._step = ends[0], step
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, round((ends[1] - ends[0]) / step))
        self._slider.setPageStep(max(1, self._slider.maximum() // 5))
        self._slider.setAccessibleName(name)
        self._slider.setMinimumWidth(90)
        self._slider.setStyleSheet(
            "QSlider::handle:horizontal:focus { width: 10px; height: 10px; border: 2px solid palette(text); }"
        )
        self._slider.valueChanged.connect(self._moved)
        self.less: QToolButton = IconButton(looks, "ph.minus", self.tr("Less"), size=14)
        self.more: QToolButton = IconButton(looks, "ph.plus", self.tr("More"), size=14)
        self.less.clicked.connect(self._down)
        self.more.clicked.connect(self._up)
        for side in (self.less, self.more):
            side.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the slider's own keys do the same
        self._shown = label("", "muted")
        self._shown.setFixedWidth(34)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self._slider)
        self.setLayout(row(self.less, self._slider, self.more, self._shown, spacing=4))
        self.layout().setStretch(1, 1)
        self._tell()

    def show_number(self, number: float) -> None:
        """Show a number; nothing is sent."""
        self._slider.blockSignals(True)
        self._slider.setValue(round((number - self._least) / self._step))
        self._slider.blockSignals(False)
        self._tell()

    def number(self) -> int | float:
        """Return the number shown."""
        value = self._least + self._slider.value() * self._step
        return round(value) if self._step == 1 else round(value, 2)

    def _moved(self) -> None:
        self._tell()
        self.chosen.emit(self.number())

    def _tell(self) -> None:
        number = self.number()
        self._shown.setText(str(number) if isinstance(number, int) else QLocale().toString(number, "f", 1))

    def _down(self) -> None:
        self._slider.setValue(self._slider.value() - 1)

    def _up(self) -> None:
        self._slider.setValue(self._slider.value() + 1)
