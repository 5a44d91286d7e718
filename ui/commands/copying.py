"""Copying: passages and citations to the clipboard, in the style of the settings, as text or as rich text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication

from app import copying
from app.citing import Style, style_of
from app.copying import Cited, Copy, Form
from app.errors import NotFound
from app.text.ranges import Span
from app.workspace import Workspace
from ui.context import Context


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

    def job(workspace: Workspace) -> Copy:
        copies = [copying.copied(_looked_up(workspace, given), wanted, style) for given in ids]
        return copying.together(copies, wanted)

    context.bridge.ask(job, lambda copy: _put(context, copy, wanted))


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
