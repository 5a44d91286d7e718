"""The article: what is known of it, editable where it stands, and where each of it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from app.importers._base import importers
from app.model import METADATA_FIELDS, Article, Attribute, Content, Theme
from ui.dates import amiss, read_day, read_published
from ui.looks import Looks
from ui.panels.attributes import Attributes
from ui.panels.fields import FieldRow, OriginMark, QuietLine, head
from ui.panels.hints import EmptyHint
from ui.widgets.boxes import column, emptied, row, rule, scrolled
from ui.widgets.buttons import IconButton, button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.segments import Segments
from ui.widgets.theme_marks import ThemeTag
from ui.widgets.theme_picker import ThemePicker
from ui.wording import detail_name, filled, number, reading_time, state_names, translated

_EDGE = 16


class ArticlePanel(QWidget):
    """Metadata, state, themes, own fields, details and source of the article that is open.

    It is put together when it is looked at first, and filled whenever it is looked at. What may be sent late, when
    another article is open already, ends with the id of its article.
    """

    field_wished = Signal(str, str, str)  # field, value, article
    state_wished = Signal(str)
    attribute_wished = Signal(str, str, str)  # name, value, article
    new_attribute_wished = Signal(str, str, object)
    change_attribute_wished = Signal(str, object)  # its id, what becomes another
    delete_attribute_wished = Signal(str)
    theme_wished = Signal(object, object)
    original_wished = Signal()
    left_out_wished = Signal(bool)
    remove_wished = Signal()
    link_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no article yet."""
        super().__init__(parent)
        self._looks = looks
        self._article: Article | None = None
        self._body: Content | None = None
        self._fields: Sequence[Attribute] = ()
        self._filled = ""
        self._stale = self._built = False
        self._themes: Sequence[Theme] = ()
        self._has_original = False
        self._left_out_shown = False
        self._picker: ThemePicker | None = None
        self._lines: dict[str, QuietLine] = {}
        self._marks: dict[str, OriginMark] = {}
        self._content = QWidget(self)
        self._area = scrolled(self._content, self)
        self._hint = EmptyHint(
            looks,
            "ph.article",
            self.tr("No article is open"),
            self.tr("Open one in the list to see and correct what is known of it."),
            parent=self,
        )
        self.setLayout(column(self._hint, self._area, spacing=0))
        self.layout().setStretchFactor(self._area, 1)
        self.layout().addStretch(0)
        self._area.hide()

    # how it is put together

    def _make_parts(self) -> None:
        looks, inside = self._looks, self._content
        states = [(state.value, name) for state, name in state_names().items()]
        self.state = Segments(looks, states, self.tr("State"), inside)
        self._open_address = IconButton(looks, "ph.arrow-square-out", self.tr("Open the address"), inside, size=15)
        self._open_address.setFixedSize(24, 24)
        self._tag_box = QWidget(inside)
        self._tags = FlowLayout(self._tag_box, 5)
        self._add_theme = button(self.tr("+ Add theme"), "link", inside)
        self.attributes = Attributes(looks, inside)
        self._details = column(spacing=7)
        self._left_out = label("", "muted", inside)
        self._show_left_out = button("", "link", inside)
        self._facts = column(spacing=5)
        self._original = button(self.tr("Show original"), "", inside)
        self._remove = button(self.tr("Remove article"), "danger", inside)

    def _build(self) -> None:
        inside = self._content
        names = {
            "title": self.tr("Title"),
            "byline": self.tr("Byline"),
            "outlet": self.tr("Outlet"),
            "section": self.tr("Section"),
            "published": self.tr("Published"),
            "address": self.tr("Address"),
            "language": self.tr("Language"),
            "accessed": self.tr("Accessed"),
        }
        fields = column(spacing=1)
        for field, name in names.items():
            fields.addWidget(self._field(field, name))
        assert set(names) == set(METADATA_FIELDS)
        self._detail_head = self._section(self.tr("WHAT THE PAGE SAYS"))
        self._left_out_row = QWidget(inside)
        self._left_out_row.setLayout(row(self._left_out, None, self._show_left_out))
        inside.setLayout(
            column(
                self.state,
                4,
                fields,
                self._section(self.tr("THEMES ON THE ARTICLE")),
                self._tag_box,
                row(self._add_theme, None),
                self._section(self.tr("FIELDS OF YOUR OWN")),
                self.attributes,
                self._detail_head,
                self._details,
                self._section(self.tr("TEXT AND FILE")),
                self._facts,
                self._left_out_row,
                10,
                rule(inside),
                8,
                row(self._original, None, self._remove, spacing=8),
                None,
                margins=(0, 0, _EDGE, 24),
                spacing=6,
            )
        )

    def _section(self, words: str) -> QWidget:
        made = label(words, "section", self._content)
        made.setContentsMargins(1, 14, 0, 0)
        return made

    def _field(self, field: str, name: str) -> FieldRow:
        checks = {"published": amiss, "accessed": self._check_day}
        line = QuietLine(name, checks.get(field), self._content)
        line.setObjectName(field)
        line.setPlaceholderText(self._unknown(field))
        line.given.connect(self._field_given)
        mark = OriginMark(self._looks, self._content)
        marks = (mark, self._open_address) if field == "address" else (mark,)
        made = FieldRow(name, line, marks, self._content)
        line.refused.connect(made.complain)
        self._lines[field], self._marks[field] = line, mark
        return made

    def _unknown(self, field: str) -> str:
        known = {"published": self.tr("undated"), "accessed": self.tr("not known"), "address": self.tr("no address")}
        return known.get(field, self.tr("not known"))

    def _connect(self) -> None:
        self.state.chosen.connect(self.state_wished)
        self._open_address.clicked.connect(self._open_link)
        self._add_theme.clicked.connect(self.pick_themes)
        self.attributes.given.connect(self._attribute_given)
        self.attributes.added.connect(self.new_attribute_wished)
        self.attributes.changed.connect(self.change_attribute_wished)
        self.attributes.opened.connect(self._show_form)
        self.attributes.deleted.connect(self.delete_attribute_wished)
        self._show_left_out.clicked.connect(self._switch_left_out)
        self._original.clicked.connect(self.original_wished)
        self._remove.clicked.connect(self.remove_wished)

    # values come in

    def show_article(
        self,
        article: Article | None,
        content: Content | None = None,
        attributes: Sequence[Attribute] = (),
        themes: Sequence[Theme] = (),
        *,
        has_original: bool = False,
    ) -> None:
        """Show an article; what is being written about it stays, and is sent first when it is another article."""
        other = (article.id if article else None) != (self._article.id if self._article else None)
        if other:
            self.commit()
        self._article, self._body, self._fields, self._themes = article, content, attributes, themes
        self._has_original = has_original
        self._hint.setVisible(article is None)
        self._area.setVisible(article is not None)
        if article is None and self._built:
            self.attributes.changing.close_unless(())  # the library, with its fields, may be another one next
        self._stale = True
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what came while nobody looked."""
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        article, content = self._article, self._body
        if not self._stale or article is None or content is None:
            return
        self._stale = False
        if not self._built:
            self._built = True
            self._make_parts()
            self._build()
            self._connect()
        other, self._filled = article.id != self._filled, article.id
        if other:
            self._area.verticalScrollBar().setValue(0)
        self._show_metadata(article, force=other)
        if self._picker is not None and self._picker.isVisible():
            self._picker.show_themes(self._themes, frozenset(article.themes))
        self.state.show_key(article.state.value)
        self._show_tags(article)
        self.attributes.show_values(self._fields, article.attributes, force=other)
        self._show_details(article)
        self._show_facts(article, content)

    def show_left_out(self, shown: bool) -> None:
        """Say whether the parts that were left out are shown in the text."""
        self._left_out_shown = shown
        if self._built:
            self._show_left_out.setText(self.tr("Hide") if shown else self.tr("Show"))

    def commit(self) -> None:
        """Send whatever was changed and not saved."""
        if self._article is not None and self._built:
            for line in self._lines.values():
                line.commit()
            self.attributes.commit()

    def field(self, name: str) -> QuietLine:
        """Return the line of a field of the metadata."""
        return self._lines[name]

    def edit(self, name: str) -> None:
        """Put the keyboard into the line of a field of the metadata."""
        self._lines[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self._lines[name].selectAll()

    def add_field(self) -> None:
        """Open the form for a new field of the reader's own."""
        if self._article is not None:
            self.attributes.add()
            self._area.ensureWidgetVisible(self.attributes)

    def field_changed(self, attribute: str) -> None:
        """Close the form of a field: what was written in it is kept."""
        if self._built:
            self.attributes.changing.close_for(attribute)

    def field_refused(self, attribute: str) -> None:
        """Let the form of a field be mended and sent again."""
        if self._built:
            self.attributes.changing.send_again(attribute)

    def _show_form(self, form: QWidget) -> None:
        """Bring a form into sight that was opened just now."""
        self._content.layout().activate()
        self._area.ensureWidgetVisible(form)

    def pick_themes(self) -> None:
        """Open the picker for the themes of the whole article."""
        if self._article is None:
            return
        if self._picker is None:
            self._picker = ThemePicker(self._looks, self.window())
            self._picker.picked.connect(self._put_theme)
            self._picker.unpicked.connect(self._take_theme)
        place = self._add_theme.mapTo(self.window(), QPoint(0, 0))
        self._picker.open_at(QRect(place, self._add_theme.size()), self._themes, frozenset(self._article.themes))

    def _show_metadata(self, article: Article, *, force: bool) -> None:
        metadata = article.metadata
        for field, line in self._lines.items():
            value = getattr(metadata, field)
            line.show_value("" if value is None else str(value), force=force)
            self._marks[field].show_origin(metadata.origins.get(field) if value is not None else None)
        self._open_address.setVisible(bool(metadata.address))

    def _show_tags(self, article: Article) -> None:
        by_id = {theme.id: theme for theme in self._themes}
        wanted = [by_id[id_] for id_ in article.themes if id_ in by_id]
        tags = [item.widget() for place in range(self._tags.count()) if (item := self._tags.itemAt(place)) is not None]
        if [tag.theme for tag in tags if isinstance(tag, ThemeTag)] == wanted:
            return
        emptied(self._tags)
        for theme in wanted:
            tag = ThemeTag(self._looks, theme, self._tag_box, removable=True)
            tag.removed.connect(self._take_theme)
            self._tags.addWidget(tag)
            tag.show()
        self._tag_box.setVisible(bool(wanted))

    def _show_details(self, article: Article) -> None:
        emptied(self._details)
        for name, value in article.details.items():
            written = value if isinstance(value, str) else " · ".join(value)
            self._details.addLayout(self._fact(detail_name(name), written))
        self._detail_head.setVisible(bool(article.details))

    def _show_facts(self, article: Article, content: Content) -> None:
        emptied(self._facts)
        counted = self.tr("{count} word") if article.words == 1 else self.tr("{count} words")
        words = filled(counted, count=number(article.words))
        facts = [
            (self.tr("Length"), f"{words} · {reading_time(article.words)}"),
            (self.tr("File"), article.source),
            (self.tr("Format"), _format(article.format)),
            (self.tr("Added"), _moment(article.added)),
        ]
        for name, value in facts:
            if value:
                self._facts.addLayout(self._fact(name, value))
        count = len(content.left_out)
        self._left_out_row.setVisible(bool(count))
        parts = self.tr("{count} parts left out") if count != 1 else self.tr("{count} part left out")
        self._left_out.setText(filled(parts, count=number(count)))
        self.show_left_out(self._left_out_shown)
        self._original.setVisible(self._has_original)

    def _fact(self, name: str, value: str) -> QLayout:
        words = label(value, "", self._content, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = words.sizePolicy()
        policy.setHeightForWidth(True)
        words.setSizePolicy(policy)
        line = row(head(name, self._content), 12, words, spacing=0)
        line.setStretch(2, 1)
        line.itemAt(0).setAlignment(Qt.AlignmentFlag.AlignTop)
        return line

    # wishes go out

    def _field_given(self, value: str) -> None:
        line = self.sender()
        assert isinstance(line, QuietLine)
        assert self._article is not None
        kept = {"published": read_published, "accessed": read_day}.get(line.objectName(), str) if value else str
        self.field_wished.emit(line.objectName(), str(kept(value)), self._article.id)

    def _attribute_given(self, name: str, value: str) -> None:
        assert self._article is not None
        self.attribute_wished.emit(name, value, self._article.id)

    def _put_theme(self, theme: str) -> None:
        self.theme_wished.emit([theme], [])

    def _take_theme(self, theme: str) -> None:
        self.theme_wished.emit([], [theme])

    def _open_link(self) -> None:
        if self._article is not None and self._article.metadata.address:
            self.link_wished.emit(self._article.metadata.address)

    def _switch_left_out(self) -> None:
        self.show_left_out(not self._left_out_shown)
        self.left_out_wished.emit(self._left_out_shown)

    def _check_day(self, value: str) -> str:
        try:
            read_day(value)
        except ValueError:
            return self.tr("Write the day as 2025-03-04.")
        return ""


def _format(key: str) -> str:
    """Return the name of the format that an article was read from."""
    importer = importers().get(key)
    return translated(importer.name) if importer else key


def _moment(milliseconds: int) -> str:
    if not milliseconds:
        return ""
    local = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")
