"""What is always left out of the articles of an outlet, line by line; a rule can be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.model import Rule
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, emptied, row, scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled, number

_WIDTH: Final = 620
_LISTED: Final = 240  # pixels
_MOST: Final = 300  # rules that are shown


class RulesSheet(Sheet):
    """Lists the rules by outlet."""

    forget_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDTH)
        self.title.setText(self.tr("What is always left out"))
        self.setAccessibleName(self.title.text())
        hint = self.tr(
            "These lines are cut from every article of their outlet, also from those to come. The menu of a paragraph "
            "in the text adds one."
        )
        self._rows = column(spacing=6)
        self._listed = scrolled(QWidget())
        self._listed.widget().setLayout(column(self._rows, None, margins=(0, 0, 8, 0)))
        self._listed.setFixedHeight(_LISTED)
        for part in (label(hint, "muted", wrap=True), self._listed):
            self.body.addWidget(part)
        self.buttons.addStretch(1)
        self.add_primary(button(self.tr("Close"))).clicked.connect(self.dismiss)

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Show these rules, those of an outlet together."""
        emptied(self._rows)
        for place, (outlet, held) in enumerate(groupby(rules[:_MOST], key=lambda rule: rule.outlet)):
            if place:
                self._rows.addSpacing(8)
            self._rows.addWidget(ElidedLabel(outlet, "strong"))
            for rule in held:
                self._rows.addLayout(self._row(rule))
        if not rules:
            self._rows.addWidget(label(self.tr("Nothing is always left out yet."), "faint"))
        if len(rules) > _MOST:
            more = filled(self.tr("and {count} more"), count=number(len(rules) - _MOST))
            self._rows.addWidget(label(more, "faint"))

    def _row(self, rule: Rule) -> QHBoxLayout:
        forget = button(self.tr("Forget"), "link")
        forget.setAccessibleName(filled(self.tr("Forget “{line}”"), line=rule.line))
        forget.clicked.connect(partial(self.forget_wished.emit, rule.id))
        made = row(ElidedLabel(rule.line), forget, spacing=12)
        made.setStretch(0, 1)
        return made
