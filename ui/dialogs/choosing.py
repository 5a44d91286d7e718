"""Asking for a place on the disk, without a wait: the answer comes to a method of the asker."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], None]) -> QFileDialog:
    """Ask for a folder; ``chosen`` gets its path."""
    dialog = _dialog(parent, title, start, chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def choose_file(parent: QWidget, title: str, start: str, suffix: str, chosen: Callable[[str], None]) -> QFileDialog:
    """Ask for a file that is there, with a suffix such as ``.csv``; ``chosen`` gets its path."""
    dialog = _dialog(parent, title, start, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"*{suffix}", "*"])
    dialog.open()
    return dialog


def choose_files(parent: QWidget, title: str, start: str, chosen: Callable[[list[str]], None]) -> QFileDialog:
    """Ask for one or several files that are there; ``chosen`` gets their paths."""
    dialog = QFileDialog(parent, title, start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(chosen)
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget, title: str, start: str, suffix: str, chosen: Callable[[str], None], others: Sequence[str] = ()
) -> QFileDialog:
    """Ask for a file to write, with a suffix such as ``.csv`` or one of ``others``; ``chosen`` gets its path."""
    dialog = _dialog(parent, title, "", chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix.lstrip("."))
    dialog.setNameFilters([*(f"*{one}" for one in (suffix, *others)), "*"])
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.lstrip("*.") or suffix.lstrip(".")))
    dialog.selectFile(start)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, start: str, chosen: Callable[[str], None]) -> QFileDialog:
    dialog = QFileDialog(parent, title, start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    return dialog
