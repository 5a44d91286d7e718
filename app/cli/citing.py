"""The command that cites an article or a passage."""

from __future__ import annotations

import click

from app import copying
from app.citing import HOUSE, STYLES, citation, quotation, style_of
from app.cli.marks import is_article
from app.cli.shape import Call, Command, pass_call


@click.command("cite", cls=Command)
@click.argument("identifier", metavar="ID")
@click.option("--style", "key", default=HOUSE, metavar="KEY", help=", ".join(style.key for style in STYLES))
@pass_call
def cite(call: Call, identifier: str, key: str) -> None:
    """Cite an article, or quote a highlight with its source, in a citation style."""
    style = style_of(key)
    with call.workspace() as workspace:
        whole = is_article(workspace, identifier)
        cited = copying.article_of(workspace, identifier) if whole else copying.passage_of(workspace, identifier)
        given = cited.article.id if whole else workspace.highlights.find(identifier).id
    where = (cited.article, cited.place, None, cited.page, style.key)
    value = {
        "id": given,
        "style": style.key,
        "citation": citation(*where),
        "quotation": quotation(cited.quote, *where) if cited.quote else None,
    }
    call.answer(value, str(value["quotation"] or value["citation"]))


COMMANDS = (cite,)
