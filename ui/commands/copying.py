"""Copying: passages and citations to the clipboard, in the style of the settings, as text or as rich text."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from PySide6.QtCore import QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication

from app import copying
from app.citing import Style, style_of
from app.copying import Cited, Copy, Form
from app.deeds import FEW, SoFar
from app.errors import NotFound
from app.text.ranges import Span
from app.workspace import Workspace
from ui.commands.doing import carry_out
from ui.context import Context
from ui.wording import filled, number


def copy_span(context: Context, span: Span | None, form: str) -> None:
    """Copy a passage of the open article in a form, or without a span the citation of the article."""
    article, content = context.session.article, context.session.content
    if article is None or content is None:
        return
    body = content.body
    cited = copying.passage(article, body, span[0], body.text[span[0] : span[1]]) if span else Cited(article)
    _put(context, copying.copied(cited, Form(form), _style(context)), Form(form))


def copy_things(context: Context, ids: Sequence[str], form: str) -> None:
    """Copy passages and citations of articles, by their ids, one below the other."""
    style, wanted = _style(context), Form(form)

    def journey(workspace: Workspace) -> Generator[SoFar, None, Copy]:
        copies: list[Copy] = []
        for start in range(0, len(ids), FEW):
            few = ids[start : start + FEW]
            copies += [copying.copied(_looked_up(workspace, given), wanted, style) for given in few]
            yield SoFar(len(copies), len(ids), "")
        return copying.together(copies, wanted)

    title = filled(context.messages.tr("Copying {count} with their sources"), count=number(len(ids)))
    carry_out(context, title, len(ids), journey, lambda copy, _steps: _put(context, copy, wanted), is_deed=False)


def _looked_up(workspace: Workspace, given: str) -> Cited:
    try:
        return copying.passage_of(workspace, given)
    except NotFound:
        return copying.article_of(workspace, given)


def _style(context: Context) -> Style:
    return style_of(str(context.settings.get("citation")))


def _put(context: Context, copy: Copy, form: Form) -> None:
    """Put a copy on the clipboard and say so."""
    clipboard = QGuiApplication.clipboard()
    if copy.html:
        clipboard.setMimeData(_both(copy))
    else:
        clipboard.setText(copy.text)
    tr = context.messages.tr
    context.messages.say(tr("Citation copied.") if form is Form.CITATION else tr("Copied with its source."))


def _both(copy: Copy) -> QMimeData:
    """Return plain and rich text together.

    A list of Qt's makes the container: the clipboard keeps one of Python's longer than Python lives, and reaching for
    it then ends the program with a crash.
    """
    model = QStringListModel([""])
    held = model.mimeData([model.index(0)])
    for kind in held.formats():
        held.removeFormat(kind)
    held.setText(copy.text)
    held.setData("text/html", copy.html.encode("utf-8", "replace"))
    return held
