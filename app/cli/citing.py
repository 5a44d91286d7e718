"""The command that cites an article or a passage."""

from __future__ import annotations

import click

from app import copying
from app.citing import HOUSE, STYLES, citation, quotation, style_of
from app.cli.marks import is_article
from app.cli.shape import Call, Command, pass_call
from app.model import Status


@click.command("cite", cls=Command)
@click.argument("identifier", metavar="ID")
@click.option("--style", "key", default=HOUSE, metavar="KEY", help=", ".join(style.key for style in STYLES))
@pass_call
def cite(call: Call, identifier: str, key: str) -> None:
    """Cite an article, or quote a highlight with its source, in a citation style."""
    style = style_of(key)
    with call.workspace() as workspace:
        if is_article(workspace, identifier):
            cited = copying.Cited(workspace.articles.find(identifier))
            given = cited.article.id
        else:
            found = workspace.highlights.find(identifier)
            article = workspace.articles.find(found.article)
            body = workspace.bodies.content(article.key).body
            anchored = found.status is Status.ANCHORED
            cited = copying.passage(article, body, found.start, found.quote, anchored=anchored)
            given = found.id
    where = (cited.article, cited.paragraph, None, cited.page, style.key)
    value = {
        "id": given,
        "style": style.key,
        "citation": citation(*where),
        "quotation": quotation(cited.quote, *where) if cited.quote else None,
    }
    call.answer(value, str(value["quotation"] or value["citation"]))


COMMANDS = (cite,)
