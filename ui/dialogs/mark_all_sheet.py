"""Marking all hits of a search: as what, under which themes, and which of them not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from app.model import Theme
from app.progress import Progress
from app.searching.answers import Proposal, Proposals, Unit
from ui.dialogs.proposal_list import ProposalList
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, emptied, row, surface
from ui.widgets.buttons import button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.segments import Segments
from ui.widgets.theme_marks import ThemeTag
from ui.widgets.theme_picker import ThemePicker
from ui.wording import filled, number, said

_WIDE: Final = 860
_HIGH: Final = 720
_OWN_COLOUR: Final = "#888888"  # of a theme that is to be made
_LOOKING, _CHOOSING, _MARKING = "looking", "choosing", "marking"


class MarkAllSheet(Sheet):
    """Asks for proposals by ``look_up_wished``, shows them, and wishes those marked that are not refused."""

    look_up_wished = Signal(object)
    mark_wished = Signal(object, object)
    stop_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden sheet."""
        super().__init__(looks, parent, "", width=_WIDE, height=_HIGH)
        self.title.setText(self.tr("Mark all hits"))
        self.setAccessibleName(self.tr("Mark all hits"))
        self._proposals: Proposals | None = None
        self._themes: dict[str, Theme] = {}
        self._known: Mapping[str, Theme] = {}
        self._doing = _CHOOSING
        units = (
            (Unit.WORD.value, self.tr("Words")),
            (Unit.SENTENCE.value, self.tr("Sentences")),
            (Unit.PARAGRAPH.value, self.tr("Paragraphs")),
        )
        self._explained = ElidedLabel("", "muted", self)
        self._units = Segments(looks, units, self.tr("What is marked for each hit"), self)
        self._units.setFixedWidth(300)
        self._tags = QWidget(self)
        self._flow = FlowLayout(self._tags)
        self._add = button(self.tr("Theme…"), "", self)
        self._add.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.list = ProposalList(looks, self)
        self._nothing = label("", "muted", self, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count = label("", "faint", self)
        self._all = button(self.tr("All"), "link", self)
        self._none = button(self.tr("None"), "link", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self.picker = ThemePicker(looks, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        above = row(self._units, 6, self._add, column(3, self._tags, spacing=0), spacing=10)
        above.setStretch(3, 1)
        ground = surface("card", column(self.list, self._nothing, margins=(1, 6, 1, 6), spacing=0), self)
        below = row(self._count, 6, self._all, self._none, None, spacing=8)
        for part in (self._explained, above):
            self.body.addWidget(part) if isinstance(part, QWidget) else self.body.addLayout(part)
        self.body.addWidget(ground, 1)
        self.body.addLayout(below)
        self.body.addWidget(self._bar)
        self._cancel = button(self.tr("Cancel"))
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._cancel)
        self._go = self.add_primary(button(""))

    def _connect(self) -> None:
        self._units.chosen.connect(self._look_up)
        self._add.clicked.connect(self._pick)
        self.picker.picked.connect(self._put_theme)
        self.picker.unpicked.connect(self._take_theme)
        self.list.changed.connect(self._show_count)
        self._all.clicked.connect(lambda: self.list.refuse_all(refused=False))
        self._none.clicked.connect(lambda: self.list.refuse_all(refused=True))
        self._cancel.clicked.connect(self.escape)
        self._go.clicked.connect(self._mark)

    # what is shown

    def begin(self, unit: Unit, themes: Sequence[Theme], chosen: Sequence[Theme]) -> None:
        """Open, and ask for the proposals of a unit; ``chosen`` themes are put on unless they are taken away."""
        self._known = {theme.id: theme for theme in themes}
        self._themes = {theme.id: theme for theme in chosen}
        self._show_themes()
        self._units.show_key(unit.value)
        self._explained.setText("")
        self.list.take(())
        self.open()
        self._look_up()

    def unit(self) -> Unit:
        """Return what is marked for each hit."""
        return Unit(self._units.key())

    def show_progress(self, progress: Progress) -> None:
        """Show how far the looking up, or the marking, is."""
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)

    def show_proposals(self, proposals: Proposals) -> None:
        """Show what would be marked; an answer about another unit comes too late."""
        if proposals.unit is not self.unit() or self._doing == _MARKING:
            return
        self._proposals = proposals
        self._explained.setText(said(proposals.explained))
        self.list.take(proposals.found)
        self._nothing.setText(self.tr("No passage of a text holds a hit. Words in titles and notes cannot be marked."))
        self._show(_CHOOSING)
        if proposals.found:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, sentence: str, hint: str) -> None:
        """Say why nothing can be proposed, and what to do."""
        self._proposals = None
        self.list.take(())
        self._nothing.setText(f"{sentence}\n{hint}".strip())
        self._show(_CHOOSING)

    def begin_marking(self) -> None:
        """Show that what was chosen is being marked."""
        self._show(_MARKING)

    def chosen(self) -> tuple[Proposal, ...]:
        """Return what is not refused."""
        return self.list.proposals.chosen()

    def themes(self) -> tuple[str, ...]:
        """Return the themes that are put on, by id, or by name where they are to be made."""
        return tuple(self._themes)

    def first_field(self) -> QWidget:
        """Return the list: what is chosen otherwise is a Shift+Tab away."""
        return self.list

    def escape(self) -> None:
        """Stop what is going on; where nothing is, or only the looking up, close."""
        self.stop_wished.emit()
        if self._doing != _MARKING:
            self.dismiss()

    # inside

    def _look_up(self, _unit: str = "") -> None:
        self._show(_LOOKING)
        self._bar.setRange(0, 0)
        self.look_up_wished.emit(self.unit())

    def _mark(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.mark_wished.emit(chosen, self.themes())

    def _show(self, doing: str) -> None:
        self._doing = doing
        empty = doing == _CHOOSING and not self.list.proposals.found
        self._nothing.setVisible(empty)
        self.list.setVisible(not empty)
        self.list.setEnabled(doing == _CHOOSING)
        self._bar.setVisible(doing != _CHOOSING)
        for part in (self._units, self._add, self._tags):
            part.setEnabled(doing != _MARKING)
        self._cancel.setText(self.tr("Stop") if doing == _MARKING else self.tr("Cancel"))
        self._show_count()

    def _show_count(self) -> None:
        found, chosen = self.list.proposals.found, self.chosen()
        if self._doing == _LOOKING:
            self._count.setText(self.tr("Looking through the articles…"))
        elif self._doing == _MARKING:
            self._count.setText(self.tr("Marking…"))
        else:
            self._count.setText(self._counted(found, chosen))
        ready = self._doing == _CHOOSING and bool(found)
        self._all.setVisible(ready)
        self._none.setVisible(ready)
        one, many = self.tr("Mark 1 passage"), self.tr("Mark {count} passages")
        self._go.setText(one if len(chosen) == 1 else filled(many, count=number(len(chosen))))
        self._go.setEnabled(ready and bool(chosen))

    def _counted(self, found: Sequence[Proposal], chosen: Sequence[Proposal]) -> str:
        if not found:
            return ""
        parts = [filled(self.tr("{chosen} of {count} chosen"), chosen=number(len(chosen)), count=number(len(found)))]
        if marked := sum(bool(one.highlight) for one in found):
            parts.append(filled(self.tr("{count} marked already"), count=number(marked)))
        if self._proposals is not None and not self._proposals.complete:
            parts.append(self.tr("there are more"))
        return " · ".join(parts)

    # themes

    def _pick(self) -> None:
        corner = self._add.mapTo(self, QPoint(0, 0))
        anchor = QRect(corner, self._add.size())
        self.picker.open_at(anchor, tuple(self._known.values()), frozenset(self._themes))

    def _put_theme(self, theme: str) -> None:
        path = tuple(part.strip() for part in theme.split(">"))
        known = self._known.get(theme) or Theme(0, theme, path[-1], path, colour=_OWN_COLOUR)
        self._themes[theme] = known
        self._show_themes()

    def _take_theme(self, theme: str) -> None:
        self._themes.pop(theme, None)
        self._show_themes()

    def _show_themes(self) -> None:
        emptied(self._flow)
        for theme in self._themes.values():
            tag = ThemeTag(self._looks, theme, self._tags, removable=True)
            tag.removed.connect(self._take_theme)
            self._flow.addWidget(tag)
            tag.show()
        first = next(iter(self._themes.values()), None)
        self.list.show_themes(self._known, first.colour if first is not None else "")
        self._add.setText(self.tr("Another theme…") if self._themes else self.tr("Theme…"))
