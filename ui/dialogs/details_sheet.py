"""What is not known of articles: a list of them, a form to fill it in, and the beginning of the text to read it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.model import Article, Gap
from ui.dialogs.details_form import DetailsForm, Given
from ui.dialogs.gap_list import GapList
from ui.dialogs.sheet import Sheet
from ui.looks import SERIF, Looks
from ui.widgets.boxes import column, row, scrolled, surface
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.wording import filled, number

_WIDE: Final = 1_120
_HIGH: Final = 740
_LIST: Final = 288
_FORM: Final = 300
_NARROW: Final = 1000  # pixels of the window
_NARROW_LIST: Final = 208
_NARROW_FORM: Final = 244
_STEPS: Final = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}


class DetailsSheet(Sheet):
    """Articles are named by their keys. What was filled in is sent when another article is chosen, or on closing.

    What is no date, and what cannot be written down, is kept until its reader has seen it again.

    ``fill_wished`` carries keys and what was given; ``undo_wished`` the steps that were made of it.
    """

    articles_wished = Signal(object)
    beginning_wished = Signal(int)
    values_wished = Signal(str)
    fill_wished = Signal(object, object)
    undo_wished = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDE, height=_HIGH)
        self.title.setText(self.tr("What is not known of articles"))
        self.setAccessibleName(self.title.text())
        self._chosen: tuple[int, ...] = ()
        self._kept: dict[tuple[int, ...], Given] = {}  # what was typed and is not written down, by the articles
        self._warned: set[tuple[int, ...]] = set()  # of whose articles it was said on closing
        self._steps: list[tuple[int, ...]] = []
        self._returns = False
        self._told = ""
        self.list = GapList(looks)
        self.form = DetailsForm(looks)
        self._text = QPlainTextEdit()
        self._about = label("", "muted")
        self._count = label("", "faint")
        self._undo = button(self.tr("Undo"), "link")
        self._trouble = label("", "error", wrap=True)
        self._done = label("", "muted", wrap=True)
        self._work, self._listed = QWidget(), QWidget()
        self._form_area = scrolled(self.form)
        self._close = button(self.tr("Close"))
        self._set_up_text(looks)
        self._lay_out()
        self._connect()

    def _set_up_text(self, looks: Looks) -> None:
        self._text.setReadOnly(True)
        self._text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTabChangesFocus(True)
        self._text.setFont(looks.font(15, family=SERIF))
        self._text.setStyleSheet(
            f"QPlainTextEdit {{ font-family: '{SERIF}'; font-size: 15px; }}"
            "QAbstractScrollArea::corner { background: transparent; border: none; }"
        )
        self._text.document().setDocumentMargin(14)
        self._text.setAccessibleName(self.tr("Beginning of the text"))

    def _lay_out(self) -> None:
        self._listed.setLayout(column(surface("card", column(self.list, margins=(3, 4, 3, 4)))))
        paper = surface("card", column(self._text, margins=(1, 1, 1, 1)))
        columns = row(self._listed, self._form_area, paper, spacing=18)
        columns.setStretch(2, 1)
        self._work.setLayout(columns)
        self._done.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._about)
        self.body.addWidget(self._work, 1)
        self.body.addWidget(self._done, 1)
        self.body.addWidget(self._trouble)
        for part in (self._count, self._undo):
            self.buttons.addWidget(part)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._close)
        self._go = self.add_primary(button(self.tr("Save, and the next")))

    def _connect(self) -> None:
        self.list.chosen.connect(self._move)
        self.list.entered.connect(self._enter)
        self.list.articles_wished.connect(self.articles_wished)
        self.form.undo_wished.connect(self._take_back)
        self.form.outlet_changed.connect(self.values_wished)
        self._undo.clicked.connect(self._take_back)
        self._close.clicked.connect(self.escape)
        self._go.clicked.connect(self._go_on)

    # what is shown

    def show_gaps(self, gaps: Sequence[Gap], *, imported: bool) -> None:
        """Show these articles, those of an import or of the whole library, and open."""
        self._steps, self._chosen, self._told = [], (), ""
        self._warned.clear()
        self._kept.clear()
        self._trouble.hide()
        about = self.tr("What was just imported. {how}") if imported else self.tr("The whole library. {how}")
        how = self.tr("Enter saves and goes to the next; several that are selected are filled in together.")
        self._about.setText(filled(about, how=how))
        self.form.show_nothing()
        self._text.clear()
        self.list.take(gaps)
        self._show_count()
        self.open()
        self._enter()

    def show_articles(self, articles: Sequence[Article]) -> None:
        """Show more of articles in the list."""
        self.list.rows.take_articles(articles)

    def show_beginning(self, article: Article, text: str) -> None:
        """Show the chosen article, and how its text begins; another one comes too late."""
        if self._chosen == (article.key,):
            fresh = not self.form.isEnabled()
            self.list.rows.take_articles([article])
            self._show_article(article, force=fresh)
            self._text.setPlainText(text)
            if fresh:
                self._enter()

    def show_values(self, values: Mapping[str, Sequence[str]]) -> None:
        """Offer values that other articles have."""
        self.form.take_values(values)

    def show_saved(self, articles: int, steps: tuple[int, ...]) -> None:
        """Say that what was filled in of so many articles is written down, in steps if that changed anything."""
        if steps:
            self._steps.append(steps)
        several = filled(self.tr("Written on {count} articles."), count=number(articles))
        self._told = self.tr("Saved.") if articles == 1 else several
        if not self._kept:
            self._trouble.hide()
        self._show_count()

    def take_back_unsaved(self, articles: tuple[int, ...], given: Given, why: str) -> bool:
        """Keep in the fields what cannot be written down, and say why; tell whether it can be tried again there.

        A sheet that was closed meanwhile opens again, once for the same articles.
        """
        if not self.isVisible() and articles in self._warned:
            return False
        self._kept[articles] = given.then(self._kept.get(articles, Given({}, ())))
        self._told = ""
        self._trouble.setText(why)
        self._trouble.show()
        was_closed = not self.isVisible()
        if was_closed:
            self._warned.add(articles)
            self.open()
            self.list.choose_all(articles)
        if articles == self._chosen:
            self._kept[articles] = self._kept[articles].then(self.form.typed())
            self._show_chosen()
        if was_closed:
            self._enter()
        self._show_count()
        return True

    def show_changed(self, keys: Collection[int], gaps: Sequence[Gap], articles: Sequence[Article]) -> None:
        """Show what is missing now of articles that were changed, here or elsewhere."""
        rows = self.list.rows
        rows.update(keys, gaps)
        rows.take_articles(articles)
        if self._returns and gaps:
            self._returns = False
            self.list.choose(min(row for gap in gaps if (row := rows.row_of(gap.article)) is not None))
        elif len(self._chosen) == 1:
            for article in articles:
                if article.key == self._chosen[0]:
                    self._show_article(article, force=False)
        self._show_count()

    def listed(self) -> Sequence[int]:
        """Return the keys of the articles in the list."""
        return self.list.rows.keys()

    def known(self, keys: Sequence[int]) -> list[int]:
        """Return those of some articles of which more is known than their keys."""
        return [key for key in keys if self.list.rows.article(key) is not None]

    def first_field(self) -> QWidget:
        """Return the list, or the button that closes when there is nothing to do."""
        return self.list if self.list.rows.left() else self._close

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make list and form narrower in a narrow window, so that something is left for the text."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._listed.setFixedWidth(_NARROW_LIST if narrow else _LIST)
        self._form_area.setFixedWidth(_NARROW_FORM if narrow else _FORM)

    # moving on

    def escape(self) -> None:
        """Close; what was filled in is sent first. Where something cannot be written down, go there once instead."""
        self._save()
        left = next((articles for articles in self._kept if articles not in self._warned), None)
        if left is None:
            self.dismiss()
            return
        self._warned.add(left)
        self.list.choose_all(left)
        if self.form.unsaid():
            self._told = self.tr("Close once more to leave this date out.")
            self.form.complain()
        else:
            self._told = self.tr("This is not saved yet. Closing once more tries to save it.")
        self._show_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back by Ctrl+Z, and by Esc what is being written; go up and down by Alt and an arrow."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._take_back()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in _STEPS:
            self._step(_STEPS[event.key()])
        elif event.key() == Qt.Key.Key_Escape and self.form.take_back():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _move(self, keys: tuple[int, ...]) -> None:
        """Send what was filled in, and show what is chosen now."""
        self._save()
        self._chosen = keys
        self._text.clear()
        several = filled(self.tr("Save for {count} articles"), count=number(len(keys)))
        self._go.setText(several if len(keys) > 1 else self.tr("Save, and the next"))
        self._show_chosen()
        if len(keys) == 1:
            self.beginning_wished.emit(keys[0])
        elif keys:
            self._text.setPlainText(self.tr("What is filled in is written on each of the articles that are selected."))
            self.values_wished.emit("")

    def _show_chosen(self) -> None:
        """Show what is known of what is chosen, and what was typed there and is not written down."""
        article = self.list.rows.article(self._chosen[0]) if len(self._chosen) == 1 else None
        if article is not None:
            self._show_article(article, force=True)
        elif len(self._chosen) > 1:
            self.form.show_several(len(self._chosen))
            self._restore()
        else:
            self.form.show_nothing()

    def _show_article(self, article: Article, *, force: bool) -> None:
        row = self.list.rows.row_of(article.key)
        self.form.show_article(article, self.list.rows.missing(row) if row is not None else (), force=force)
        if force:
            self.values_wished.emit(article.metadata.outlet or "")
            self._restore()

    def _restore(self) -> None:
        if self._chosen in self._kept:
            self.form.restore(self._kept[self._chosen])

    def _save(self) -> frozenset[str]:
        """Send what was filled in, and return the fields; what is no date is kept for when one comes back."""
        if not self._chosen or not self.form.isEnabled():
            return frozenset()
        self._kept.pop(self._chosen, None)
        if unsaid := self.form.unsaid():
            self._kept[self._chosen] = Given({"published": unsaid}, ())
        given = self.form.given()
        if given:
            self.fill_wished.emit(self._chosen, given)
        self.form.accept()
        self._show_count()
        return given.names()

    def _go_on(self) -> None:
        """Save, and go to the next article of which something is missing."""
        if self.form.unsaid():
            self.form.complain()
            return
        here, field = self._chosen, self.form.current()
        said, listed = self._save(), self.list.rows
        rows = [row for key in here if (row := listed.row_of(key)) is not None]
        following = listed.next_after(max(rows, default=-1), set(here))
        if following is None and len(rows) > 1:  # of those that were filled in together, the first that lacks more
            following = next((row for row in rows if not said.issuperset(listed.missing(row))), None)
        if following is not None:
            self.list.choose(following)
            self._enter(field, said if following in rows else ())

    def _step(self, by: int) -> None:
        field = self.form.current()
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.list.rows.rowCount():
            self.list.choose(row)
            self._enter(field)

    def _enter(self, preferred: str = "", said: Collection[str] = ()) -> None:
        """Put the keyboard into the form; what was ``said`` just now is missing no longer."""
        row = self.list.rows.row_of(self._chosen[0]) if self._chosen else None
        if row is None or not self.form.isEnabled():
            self.first_field().setFocus()
        elif not self.form.unsaid():
            self.form.enter([name for name in self.list.rows.missing(row) if name not in said], preferred)

    def _take_back(self) -> None:
        if self._steps:
            self._returns, self._told = True, ""
            self.undo_wished.emit(self._steps.pop())

    def _show_count(self) -> None:
        left, count = self.list.rows.left(), self.list.rows.rowCount()
        counted = filled(self.tr("{left} of {count} left"), left=number(left), count=number(count))
        self._count.setText(f"{self._told}  {counted}" if self._told else counted)
        self._undo.setVisible(bool(self._steps))
        for part in (self._work, self._about, self._count, self._go):
            part.setVisible(left > 0)
        self._done.setVisible(not left)
        nothing = self.tr("Nothing is missing: of every article title, outlet, date and byline are known, or settled.")
        done = self.tr("Done. Everything that was missing is filled in or settled; what you wrote is marked as yours.")
        self._done.setText(done if count else nothing)
        if not left and self.isVisible():
            self._close.setFocus()
