"""How far coders agree, theme by theme, and where they do not: decided one by one into the consensus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.coding.agreeing import CodingUnit
from app.coding.agreement import decimals
from app.coding.deciding import Choice
from ui.dialogs.choosing import choose_target
from ui.dialogs.codings_view import CodingsView
from ui.dialogs.question_list import QuestionList
from ui.dialogs.sheet import Sheet
from ui.dialogs.value_table import ValueTable
from ui.looks import Looks
from ui.widgets.boxes import column, row, scrolled, surface
from ui.widgets.buttons import button
from ui.widgets.fields import DropDown
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.segments import Segments
from ui.wording import filled, number, said

if TYPE_CHECKING:
    from app.coding.agreeing import AgreementTable
    from app.coding.agreement import Agreement
    from app.coding.deciding import Disagreement

_WIDE: Final = 1080
_HIGH: Final = 780
_TABLE: Final = 216
_LIST: Final = 400
_LAYER: Final = 170
_UNITS: Final = 320
_NARROW: Final = 1000  # pixels of the window
_NARROW_LIST: Final = 240
_NARROW_LAYER: Final = 110
_NARROW_UNITS: Final = 250
_LOW: Final = 150  # of the questions, at least; in a low window the sheet scrolls


class AgreementSheet(Sheet):
    """Wishes for agreement and disagreements of the two layers that are chosen, and shows both."""

    compare_wished = Signal(object, object)
    questions_wished = Signal(object)
    decide_wished = Signal(object, object)
    settle_wished = Signal(object)
    save_wished = Signal(object, str)
    open_wished = Signal(str, object)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDE, height=_HIGH)
        self.title.setText(self.tr("Agreement"))
        self.setAccessibleName(self.tr("Agreement"))
        self._table: AgreementTable | None = None
        self._mine, self._theirs = DropDown(looks), DropDown(looks)
        for field, name in ((self._mine, self.tr("One layer")), (self._theirs, self.tr("The other layer"))):
            field.setAccessibleName(name)
        units = (
            (CodingUnit.CHARACTERS.value, self.tr("Characters")),
            (CodingUnit.SENTENCES.value, self.tr("Sentences")),
            (CodingUnit.ARTICLES.value, self.tr("Articles")),
        )
        self._units = Segments(looks, units, self.tr("What is compared"), self)
        self._units.show_key(CodingUnit.SENTENCES.value)
        self.table = ValueTable(looks, self.tr("Agreement by theme"))
        self._listed = QWidget()
        self._why = label("", "muted", wrap=True)
        self.list = QuestionList(looks)
        self.codings = CodingsView(looks)
        self._count = label("", "strong")
        self._place = ElidedLabel("", "muted")
        self._choices = {choice: button("") for choice in Choice}
        self._open = button(self.tr("Open in the article"), "link")
        self._save = button(self.tr("Save the table…"), "link")
        self._settle = button(self.tr("Take over what both agree on"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        above = row(self._mine, label(self.tr("and"), "muted"), self._theirs, 10, self._units, None, self._save,
                    spacing=8)  # fmt: skip
        ground = surface("card", column(self.table, margins=(1, 1, 1, 1), spacing=0))
        ground.setFixedHeight(_TABLE)
        listed = surface("card", column(self.list, margins=(1, 4, 1, 4), spacing=0))
        self._listed.setLayout(column(listed, spacing=0))
        self._listed.setMinimumHeight(_LOW)
        deciding = row(*self._choices.values(), None, self._open, spacing=8)
        beside = column(self._place, self.codings, deciding, spacing=8)
        beside.setStretch(1, 1)
        below = row(self._listed, beside, spacing=16)
        below.setStretch(1, 1)
        inside = QWidget()
        parts = column(above, ground, self._why, row(self._count, None), below, spacing=10)
        parts.setStretch(4, 1)
        inside.setLayout(parts)
        self.body.addWidget(scrolled(inside), 1)
        self.buttons.addWidget(self._settle)
        self.buttons.addStretch(1)
        self.add_primary(button(self.tr("Done"))).clicked.connect(self.dismiss)

    def _connect(self) -> None:
        for field in (self._mine, self._theirs):
            field.currentIndexChanged.connect(self.compare)
        self._units.chosen.connect(self._measure)
        self.list.asked.connect(self._show_question)
        self.list.decided.connect(self._decide)
        for choice, pressed in self._choices.items():
            pressed.clicked.connect(lambda _checked=False, choice=choice: self._decide(choice))
        self._settle.clicked.connect(lambda: self.settle_wished.emit(self.pair()))
        self._open.clicked.connect(self._wish_open)
        self._save.clicked.connect(self._choose_target)

    # what is shown

    def begin(self, layers: Sequence[str]) -> None:
        """Open, and compare the first layer with the latest coder's; two that were chosen before stay chosen."""
        before = self.pair() if self._mine.count() else None
        for field in (self._mine, self._theirs):
            field.blockSignals(True)
            field.clear()
            for author in layers:
                field.addItem(author or self.tr("Me"), author)
        coders = [place for place, author in enumerate(layers) if author and author != "Consensus"]
        places = (0, coders[-1])
        if before is not None and set(before) <= set(layers):
            places = (layers.index(before[0]), layers.index(before[1]))
        for field, place in zip((self._mine, self._theirs), places, strict=True):
            field.setCurrentIndex(place)
            field.blockSignals(False)
        self.open()
        self.compare()

    def pair(self) -> tuple[str, str]:
        """Return the two layers that are compared."""
        return str(self._mine.currentData()), str(self._theirs.currentData())

    def compare(self) -> None:
        """Wish for agreement and disagreements of what is chosen."""
        if self.pair()[0] == self.pair()[1]:
            self._table = None
            self.table.show_rows((), ())
            self.list.take(())
            self._count.setText(self.tr("Choose two different layers."))
            return
        self._measure()
        self.questions_wished.emit(self.pair())

    def show_table(self, table: AgreementTable) -> None:
        """Show how far the layers agree."""
        if table.layers != self.pair() or table.unit.value != self._units.key():
            return
        self._table = table
        names = [author or self.tr("Me") for author in table.layers]
        head = (self.tr("Theme"), *names, self.tr("Per cent"), self.tr("Kappa"), self.tr("Alpha"))
        rows = [(" > ".join(one.theme.path), one.agreement) for one in table.rows]
        whole = (self.tr("All themes"), table.overall)
        shown = [(name, *self._measures(found)) for name, found in (*rows, whole)]
        tips = [said(found.why) if found.why else "" for _, found in (*rows, whole)]
        self.table.show_rows(head, shown, tips=tips)
        units = {
            CodingUnit.CHARACTERS: self.tr("{articles} articles, {units} decisions about characters and themes."),
            CodingUnit.SENTENCES: self.tr("{articles} articles, {units} decisions about sentences and themes."),
            CodingUnit.ARTICLES: self.tr("{articles} articles, {units} decisions about articles and themes."),
        }
        counted = filled(units[table.unit], articles=number(table.articles), units=number(table.overall.units))
        why = said(table.overall.why) if table.overall.why else ""
        self._why.setText(f"{counted} {why}".strip())
        self._save.setEnabled(bool(table.rows))

    def show_questions(self, pair: tuple[str, str], found: Sequence[Disagreement]) -> None:
        """Show where the layers disagree."""
        if pair == self.pair():
            self.list.take(found)
            self._show_count()
            self.list.setFocus()

    def show_decided(self, one: Disagreement, choice: Choice) -> None:
        """Show that a question is decided, and the next one."""
        self.list.settle(replace(one, decision=choice))
        self._show_count()

    def first_field(self) -> QWidget:
        """Return the questions."""
        return self.list

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make everything narrower in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._listed.setFixedWidth(_NARROW_LIST if narrow else _LIST)
        self._units.setFixedWidth(_NARROW_UNITS if narrow else _UNITS)
        for field in (self._mine, self._theirs):
            field.setFixedWidth(_NARROW_LAYER if narrow else _LAYER)

    # inside

    def _measure(self, _unit: str = "") -> None:
        if self.pair()[0] != self.pair()[1]:
            self.compare_wished.emit(CodingUnit(self._units.key()), self.pair())

    def _measures(self, found: Agreement) -> list[str]:
        marked = [number(count) for count in found.marked]
        measures = ((found.percent, 1, 100), (found.kappa, 3, 1), (found.alpha, 3, 1))
        return marked + [
            "–" if value is None else QLocale().toString(decimals(value, places, full), "f", places)
            for value, places, full in measures
        ]

    def _show_count(self) -> None:
        found = self.list.questions.found
        left = sum(one.decision is None for one in found)
        if not found:
            self._count.setText(self.tr("No disagreements"))
        elif not left:
            self._count.setText(filled(self.tr("All {count} disagreements are decided"), count=number(len(found))))
        else:
            text = self.tr("{left} of {count} disagreements are left")
            self._count.setText(filled(text, left=number(left), count=number(len(found))))

    def _show_question(self, one: Disagreement | None) -> None:
        names = [author or self.tr("Me") for author in self.pair()]
        self.codings.show_question(one, (names[0], names[1]))
        self._open.setVisible(one is not None)
        self._place.setText(
            "" if one is None else f"{' > '.join(one.theme.path)}  ·  {one.article.metadata.title or ''}"
        )
        for pressed in self._choices.values():
            pressed.setVisible(one is not None)
        if one is None:
            return
        key = {Choice.MINE: "M", Choice.THEIRS: "T"}
        for choice, author, has in zip((Choice.MINE, Choice.THEIRS), self.pair(), one.sides, strict=True):
            mine = self.tr("Mine ({key})") if has else self.tr("Unmarked, as mine ({key})")
            theirs = self.tr("{name}’s ({key})") if has else self.tr("Unmarked, as {name}’s ({key})")
            self._choices[choice].setText(filled(theirs if author else mine, name=author, key=key[choice]))
        self._choices[Choice.BOTH].setText(self.tr("Both (B)"))
        self._choices[Choice.BOTH].setVisible(all(one.sides))
        for choice, pressed in self._choices.items():
            ticked = "✓ " if one.decision is choice else ""
            pressed.setText(f"{ticked}{pressed.text()}")

    def _decide(self, choice: Choice) -> None:
        one = self.list.current()
        if one is not None and (choice is not Choice.BOTH or all(one.sides)):
            self.decide_wished.emit(one, choice)

    def _wish_open(self) -> None:
        one = self.list.current()
        if one is not None:
            first = next(iter((*one.mine, *one.theirs)), None)
            self.open_wished.emit(one.article.id, first.highlight if first else None)

    def _choose_target(self) -> None:
        if self._table is not None:
            choose_target(self, self.tr("Save the table"), self.tr("agreement.csv"), ".csv", self._wish_save)

    def _wish_save(self, path: str) -> None:
        self.save_wished.emit(self._table, path)
