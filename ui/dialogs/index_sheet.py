"""The search index: what it holds, what waits and why, how large it is; it can be checked and made anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from app.progress import Progress
from app.searching.indexing import IndexState, Unindexed
from app.wording import Message
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, emptied, row, scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled, number, said

_WIDTH: Final = 520
_LISTED: Final = 176  # pixels of the list of what is amiss
_MOST: Final = 200


class IndexSheet(Sheet):
    """Shows the state of the index of the open library."""

    check_wished = Signal()
    rebuild_wished = Signal()
    retry_wished = Signal()
    open_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDTH)
        self.title.setText(self.tr("Search index"))
        self._headline = label("", "strong", wrap=True)
        self._below = label("", "muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the indexing"))
        self._facts = QGridLayout()
        self._amiss = column(spacing=8)
        self._listed = scrolled(QWidget(), name=self.tr("What could not be indexed"))
        self._check = button(self.tr("Check"))
        self._rebuild = button(self.tr("Build again"))
        self._retry = button(self.tr("Try again"))
        self._retry.hide()
        self._lay_out()
        self._check.clicked.connect(self.check_wished)
        self._rebuild.clicked.connect(self.rebuild_wished)
        self._retry.clicked.connect(self.retry_wished)

    def show_state(self, state: IndexState) -> None:
        """Show what the index holds, what waits to be indexed, and what could not be and why."""
        whole, held = state.articles + state.passages, state.indexed_articles + state.indexed_passages
        self._headline.setText(self._said(state))
        self._bar.setRange(0, max(1, whole))
        self._bar.setValue(min(held, whole))
        self._bar.setVisible(state.pending > 0)
        self._show_facts(state)
        self._show_amiss(state)
        self._fit()

    def show_progress(self, progress: Progress) -> None:
        """Show how far the indexing is."""
        self._headline.setText(self._indexing(progress.total - progress.done))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._bar.show()
        self._fit()

    def show_checking(self) -> None:
        """Say that the check is under way."""
        self._tell(self.tr("Comparing every text with the index …"))
        self._check.setEnabled(False)

    def show_checked(self, problems: Sequence[Message]) -> None:
        """Say what a check has found."""
        self._check.setEnabled(True)
        if not problems:
            self._tell(self.tr("Checked: every word of the library is where the index says."))
        elif len(problems) == 1:
            self._tell(said(problems[0]))
        else:
            more = filled(
                self.tr("{first} And {count} more."), first=said(problems[0]), count=number(len(problems) - 1)
            )
            self._tell(more)

    def show_trouble(self, sentence: str) -> None:
        """Say why something could not be done."""
        self._check.setEnabled(True)
        self._tell(sentence)

    def open(self) -> None:
        """Show it, with nothing said of earlier checks."""
        if self._check.isEnabled():
            self._tell("")
        super().open()

    def _lay_out(self) -> None:
        self._facts.setContentsMargins(0, 4, 0, 4)
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(7)
        self._facts.setColumnStretch(1, 1)
        self._listed.widget().setLayout(column(self._amiss, None, margins=(0, 0, 8, 0)))
        self._listed.setFixedHeight(_LISTED)
        for part in (self._headline, self._bar):
            self.body.addWidget(part)
        self.body.addLayout(self._facts)
        for part in (self._listed, self._below):
            self.body.addWidget(part)
        self.buttons.addWidget(self._check)
        self.buttons.addWidget(self._rebuild)
        self.buttons.addWidget(self._retry)
        self.buttons.addStretch(1)
        self.add_primary(button(self.tr("Close"))).clicked.connect(self.dismiss)

    def _said(self, state: IndexState) -> str:
        if state.pending:
            return self._indexing(state.pending)
        if state.failed:
            one = len(state.failed) == 1
            template = self.tr("One entry could not be indexed.") if one else self.tr("{count} could not be indexed.")
            return filled(template, count=number(len(state.failed)))
        return self.tr("Everything in the library can be found.")

    def _indexing(self, count: int) -> str:
        if not count:
            return self.tr("Putting the index in order …")
        one = self.tr("One article or passage is still to be indexed; all else can be found.")
        many = self.tr("{count} articles and passages are still to be indexed; all else can be found.")
        return one if count == 1 else filled(many, count=number(count))

    def _show_facts(self, state: IndexState) -> None:
        emptied(self._facts)
        parts = [sum(one.kind == kind for one in state.segments) for kind in ("article", "passage")]
        of = self.tr("{count} of {total}")
        made_of = self.tr("{articles} of articles, {passages} of passages")
        rows = (
            (self.tr("Articles"), filled(of, count=number(state.indexed_articles), total=number(state.articles))),
            (self.tr("Passages"), filled(of, count=number(state.indexed_passages), total=number(state.passages))),
            (self.tr("Waiting"), number(state.pending)),
            (self.tr("Failed"), number(len(state.failed))),
            (self.tr("Size"), QLocale().formattedDataSize(state.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)),
            (self.tr("Parts"), filled(made_of, articles=number(parts[0]), passages=number(parts[1]))),
        )
        for place, (name, value) in enumerate(rows):
            self._facts.addWidget(label(name, "muted"), place, 0)
            self._facts.addWidget(label(value), place, 1)

    def _show_amiss(self, state: IndexState) -> None:
        """List the parts that are not searched, and what could not be indexed, each with its reason."""
        emptied(self._amiss)
        for one in state.damages:
            lost = self.tr("One entry cannot be read, and is indexed anew.")
            if one.documents != 1:
                several = self.tr("{count} entries cannot be read, and are indexed anew.")
                lost = filled(several, count=number(one.documents))
            self._amiss.addWidget(label(lost, wrap=True))
            self._amiss.addWidget(label(said(one.why), "small", wrap=True))
        for failed in state.failed[:_MOST]:
            self._amiss.addLayout(self._failure(failed))
        self._listed.setVisible(bool(state.damages or state.failed))
        self._retry.setVisible(bool(state.failed))

    def _failure(self, one: Unindexed) -> QVBoxLayout:
        title = one.title or self.tr("An article without a title")
        name = filled(self.tr("A passage of {title}"), title=title) if one.passage else title
        link = button(self.tr("Open"), "link")
        link.setAccessibleName(filled(self.tr("Open {title}"), title=title))
        link.clicked.connect(partial(self.open_wished.emit, one.id))
        head = row(ElidedLabel(name, "strong"), link, spacing=8)
        head.setStretch(0, 1)
        return column(head, label(said(one.reason), "small", wrap=True), spacing=1)

    def _tell(self, sentence: str) -> None:
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
        self._fit()

    def _fit(self) -> None:
        if self.isVisible():
            self.place()
