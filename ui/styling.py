"""The style sheet: what the plain widgets of Qt look like. Whatever is finer is painted by its own widget."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Final

_SHEET: Final = Template("""
* { outline: none; }
QWidget[surface="window"] { background: $window; }
QWidget[surface="paper"] { background: $paper; }
QFrame[surface="card"] { background: $card; border: 1px solid $rule; border-radius: 10px; }
QFrame[surface="popover"] { background: $card; border: 1px solid $rule; border-radius: 11px; }
QFrame[role="rule"] { background: $rule; border: none; }

QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-size: 19px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="section"] { font-size: 12px; font-weight: 600; color: $faint; }
QLabel[role="muted"] { color: $muted; font-size: 13px; }
QLabel[role="faint"] { color: $faint; font-size: 13px; }
QLabel[role="small"] { color: $faint; font-size: 12px; }
QLabel[role="error"] { color: $danger; font-size: 13px; }
QLabel[role="trouble"] { color: $danger; font-size: 14px; border: 1px solid $danger; border-radius: 9px;
  padding: 9px 13px; }
QLabel[role="badge"] { background: $hover; color: $muted; font-size: 11px; font-weight: 600; border-radius: 7px;
  padding: 1px 7px; }
QLabel[role="key"] { background: $card; color: $muted; font-size: 12px; font-weight: 600; border: 1px solid $rule;
  border-radius: 5px; padding: 1px 6px; }

QLineEdit, QPlainTextEdit[role="field"], QTextEdit[role="field"], QSpinBox, QComboBox, QDateEdit {
  background: $field; color: $text; border: 1px solid $rule; border-radius: 8px; padding: 5px 9px; font-size: 14px;
  selection-background-color: $selection; selection-color: $selection_text; }
QLineEdit:focus, QPlainTextEdit[role="field"]:focus, QTextEdit[role="field"]:focus, QSpinBox:focus, QComboBox:focus,
  QDateEdit:focus { border: 1px solid $accent; }
QLineEdit[role="search"] { border-radius: 9px; padding: 7px 10px 7px 32px; }
QLineEdit[role="quiet"] { background: transparent; border: 1px solid transparent; padding: 3px 5px;
  border-radius: 6px; }
QLineEdit[role="quiet"]:hover { background: $hover; }
QLineEdit[role="quiet"]:focus { background: $field; border: 1px solid $accent; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $faint; background: $window; }
QComboBox { padding-right: 24px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $rule; padding: 4px;
  selection-background-color: $hover; selection-color: $text; }

QToolButton { border: none; border-radius: 7px; padding: 5px; background: transparent; color: $muted; font-size: 14px; }
QToolButton:hover, QToolButton:checked { background: $hover; }
QToolButton:focus { border: 1px solid $accent; padding: 4px; }
QToolButton:disabled { color: $faint; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[role="chip"] { border: 1px solid $rule; border-radius: 12px; padding: 3px 11px; font-size: 13px; }
QToolButton[role="chip"]:checked { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QToolButton[role="chip"]:focus { border: 1px solid $accent; }
QToolButton[role="chip"]:checked:focus { border: 1px solid $text; }
QToolButton[role="tab"] { padding: 5px 2px; border-radius: 0; font-weight: 600; border-bottom: 2px solid transparent; }
QToolButton[role="tab"]:hover { background: transparent; color: $text; }
QToolButton[role="tab"]:checked { background: transparent; color: $text; border-bottom: 2px solid $accent; }
QToolButton[role="tab"]:focus { border: none; padding: 5px 2px; border-bottom: 2px solid $accent; color: $accent;
  background: $hover; border-top-left-radius: 6px; border-top-right-radius: 6px; }
QToolButton[role="facet"] { padding: 2px 0; border-radius: 0; font-size: 13px; color: $faint; background: transparent;
  border-bottom: 2px solid transparent; }
QToolButton[role="facet"]:hover { color: $text; background: transparent; }
QToolButton[role="facet"]:checked { color: $text; font-weight: 600; background: transparent; }
QToolButton[role="facet"]:focus { border: none; padding: 2px 0; border-bottom: 2px solid $accent; }
QToolButton[role="place"] { font-size: 18px; font-weight: 600; color: $text; padding: 2px 6px; }
QToolButton[role="place"]:focus { padding: 1px 5px; }

QPushButton { background: $card; color: $text; border: 1px solid $rule; border-radius: 8px; padding: 6px 15px;
  font-size: 14px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $faint; background: $window; }
QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus { background: $accent; border-color: $text; }
QPushButton[role="primary"]:disabled { background: $rule; border-color: $rule; color: $faint; }
QPushButton[role="danger"] { color: $danger; }
QPushButton[role="link"] { background: transparent; border: none; color: $accent; padding: 2px 3px; font-weight: 600; }
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { text-decoration: underline; }

QCheckBox, QRadioButton { spacing: 8px; font-size: 14px; color: $text; background: transparent; }
QAbstractItemView { background: transparent; border: none; color: $text; }
.QListView { background: $card; border: 1px solid $rule; padding: 4px; selection-background-color: $selected;
  selection-color: $text; }
QAbstractScrollArea[surface="plain"], QScrollArea { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $faint; border: none; border-bottom: 1px solid $rule;
  padding: 4px 6px; font-size: 12px; font-weight: 600; }
QSplitter::handle { background: $rule; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $rule; border-radius: 3px; margin: 2px 3px; }
QScrollBar::handle:vertical { min-height: 40px; }
QScrollBar::handle:horizontal { min-width: 40px; margin: 3px 2px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
  width: 0; height: 0; }
QMenu { background: $card; color: $text; border: 1px solid $rule; border-radius: 9px; padding: 5px; font-size: 14px; }
QMenu::item { padding: 5px 26px 5px 12px; border-radius: 6px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $rule; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: $card; color: $text; border: 1px solid $rule; padding: 4px 7px; font-size: 13px; }
QProgressBar { background: $rule; border: none; border-radius: 3px; height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { height: 4px; background: $rule; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QDialog { background: $window; }
""")


def style_sheet(colours: Mapping[str, str]) -> str:
    """Return the style sheet in the colours of a look."""
    return _SHEET.substitute(colours)
