"""What is copied out of the text outlives the reader: the program ends as it should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COPY = """
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.model import Article, Content, Metadata
from app.text.body import Body, Piece
from ui.looks import Looks
from ui.main import make_application
from ui.reader.reader import Reader

application = make_application()
reader = Reader(Looks("light"))
reader.show_article(Article(1, "a", Metadata(title="A")), Content(Body.of([Piece("Words to copy.")]), ()))
reader.show()
for _ in range(3):
    reader.view.selectAll()
    QTest.keyClick(reader.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
print(QApplication.clipboard().text())
"""


def test_a_program_that_copied_ends_without_a_crash():
    command = [sys.executable, "-c", COPY]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)
    assert (ended.returncode, ended.stdout.strip()) == (0, "Words to copy.")
