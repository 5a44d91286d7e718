"""Every word that the program itself says goes through the translation: no English slips past it.

A translator puts brackets round all that it is asked for. The library that is shown is written in words that begin
with “zz”, so that whatever else stands outside the brackets must have been written into the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QPainter

from app.exporters._base import exporters
from app.workspace import Workspace
from tests import tour
from tests.libraries import imported
from tests.windows import opened

TITLE = "Zzferry zznight"
WORDS = "zzeveryone zzlooked zzout"
# What need not be translated: the program's name, keys, formats, the sign for capitals, the language of searches.
OURS = {
    "commonplace", "ctrl", "alt", "shift", "esc", "del", "return", "space", "home", "end", "tab", "up", "down", "f",
    "left", "right", "kb", "mb", "json", "md", "px", "aa", "or",
    *(exporter.suffix.removeprefix(".") for exporter in exporters().values()),
}  # fmt: skip
MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
_BRACKETED = re.compile(r"⟦[^⟦⟧]*(?:⟧|…|$)")
_PLACE = re.compile(
    r"/\S*|[\w.]+\.(?:md|html|csv|tsv|json|jsonld|xml|conf|txt|ann|bib|ris)\b|https?:|#rrggbb|\b[0-9a-f]{8,}\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


class Bracketing(QTranslator):
    """Translates by putting brackets round everything."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str = "", number: int = -1) -> str:
        return f"⟦{source}⟧" if source else ""


@pytest.fixture
def bracketed(qapp) -> Iterator[None]:
    translator = Bracketing()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def painted(monkeypatch) -> set[str]:
    """Take down every text that is painted by hand."""
    texts: set[str] = set()
    draw = QPainter.drawText

    def noting(self, *arguments):
        texts.update(one for one in arguments if isinstance(one, str))
        return draw(self, *arguments)

    monkeypatch.setattr(QPainter, "drawText", noting)
    return texts


def bare(text: str) -> list[str]:
    """Return the words of a text that neither the translator nor the library has brought in."""
    while (inside := _BRACKETED.sub(" ", text)) != text:
        text = inside
    return [word for word in _WORD.findall(_PLACE.sub(" ", text)) if not _is_known(word.lower())]


def _is_known(word: str) -> bool:
    return word.startswith("zz") or word in OURS or word in MONTHS or len(word) == 1


def written(folder: Path) -> Path:
    """Fill a library with words that begin with zz; return a file that can be imported, too."""
    files = folder.with_name("zzfiles")
    files.mkdir()
    lines = (
        "Zzferry zzruns zzat zznight. Zznobody zzhad zzasked zzfor zzit.",
        "Zzeveryone zzelse zzsleeps, zzbut zzeveryone zzlooked zzout. Zzthey zzsaw zzlamps.",
    )
    (files / "zzferry.md").write_text(f"# {TITLE}\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    (files / "zzother.md").write_text("# Zzother zzthing\n\nZzsomething zzelse zzhappened zzhere.\n", encoding="utf-8")
    more = files / "zzmore.md"
    more.write_text("# Zzmore\n\nZzmore zzof zzit, zzand zzno zzend.\n", encoding="utf-8")
    with Workspace(folder) as workspace:
        workspace.library.set_setting("name", "Zzlibrary")
        imported(workspace, files / "zzferry.md", files / "zzother.md")
        water = workspace.themes.add("Zzwater")
        workspace.themes.edit(water.id, definition="Zzall zzthat zzflows.")
        workspace.themes.add("Zzsea", under=water.id)
        workspace.themes.add("Zzempty")
        workspace.attributes.add("Zztone", "choice", ["zzcalm", "zzloud"])
        workspace.attributes.add("Zzcount", "number")
        workspace.attributes.add("Zzday", "date")
        workspace.attributes.add("Zzsure", "yes/no")
        key = next(one.key for one in map(workspace.articles.find, _ids(workspace)) if one.metadata.title == TITLE)
        fields = {"byline": "Zza. Zzwriter", "outlet": "Zzpost", "section": "Zzcity", "address": "https://zz.zz/zz"}
        workspace.articles.edit(key, {**fields, "published": "2025-03-04"}, attributes={"Zztone": "zzcalm"})
        workspace.articles.note(key, "Zznote zzon zzit.")
        workspace.articles.theme(key, [water.id])
        workspace.highlights.add_quote(key, "zzat zznight", themes=[water.id], note="Zzby *zzboat*.")
        workspace.highlights.add_quote(key, "zznight. Zznobody")
        workspace.collections.add("Zzboats", note="Zzfor zzlater.")
        workspace.collections.put("Zzboats", _ids(workspace))
        workspace.collections.add("Zznothing")
        workspace.collections.add("Zzsearched", "zzlamps")
    return more


def _ids(workspace: Workspace) -> list[str]:
    return [one.id for one in workspace.articles.by_keys(workspace.articles.keys())]


@pytest.mark.usefixtures("bracketed")
def test_every_word_is_translated_and_what_takes_the_keyboard_has_a_name(qtbot, looks, tmp_path, painted):
    more = written(tmp_path / "zzlibrary")
    nameless: dict[str, str] = {}
    slipped: dict[str, str] = {}  # where it was seen first, and on what

    def note(stop: str, where: str, text: str) -> None:
        for word in bare(text.replace(str(tmp_path), "")):
            slipped.setdefault(word, f"{stop}: {where}: {text[:120]!r}")

    with opened(qtbot, tmp_path / "zzlibrary", tmp_path / "settings.json", looks) as hands:
        hands.until(lambda: len(hands.titles()) == 2)
        for stop in tour.walk(hands, TITLE, WORDS, more, tmp_path):
            for widget in tour.visible():
                for where, text in tour.words_on(widget):
                    note(stop, where, text)
            hands.window.grab()
            for text in painted:
                note(stop, "painted", text)
            painted.clear()
            nameless |= dict.fromkeys(tour.nameless(), stop)
    assert not slipped, "\n".join(f"{word!r}  {where}" for word, where in slipped.items())
    assert not nameless


@pytest.mark.usefixtures("bracketed")
def test_an_empty_library_is_translated(qtbot, looks, tmp_path, painted):
    slipped: dict[str, str] = {}
    with opened(qtbot, tmp_path / "zzlibrary", tmp_path / "settings.json", looks) as hands:
        for tab in ("themes", "notes", "article", "collections", "themes"):
            hands.window.show_tab(tab)
            hands.window.grab()
            for widget in tour.visible():
                for where, text in tour.words_on(widget):
                    for word in bare(text.replace(str(tmp_path), "")):
                        slipped.setdefault(word, f"{tab}: {where}: {text[:120]!r}")
            for text in painted:
                for word in bare(text):
                    slipped.setdefault(word, f"{tab}: painted: {text[:120]!r}")
    assert not slipped, "\n".join(f"{word!r}  {where}" for word, where in slipped.items())


def test_a_word_that_slipped_past_is_found(bracketed):
    assert bare("⟦Import files⟧ (Ctrl+O) zzferry 12") == []
    assert bare("⟦Import {what}⟧ files") == ["files"]
    assert bare("⟦By ⟦the⟧ sea⟧ 3 Dec") == []
    assert bare("⟦A long sente…") == []
    assert bare("/home/reader/⟦The whole library⟧.csv https://zz.zz/zz Zzthing 8e4ae37f.md") == []
