"""Describing an article: its metadata, state, attributes and themes, and what belongs to its text."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.deeds import SoFar
from app.errors import AppError
from app.library.bodies import Reanchored
from app.model import Attribute, AttributeChange, State
from app.text.addresses import safe_address
from app.workspace import Workspace
from ui.commands.doing import carry_out
from ui.commands.opening import show_beside
from ui.commands.undoing import undoing, undoing_steps
from ui.commands.writing import write_down
from ui.context import Context
from ui.wording import filled, number

if TYPE_CHECKING:
    from app.model import Rule


def write_field(context: Context, field: str, value: str, article: str) -> None:
    """Correct a value of an article's metadata; an empty one makes it unknown."""

    def job(workspace: Workspace) -> None:
        workspace.articles.edit(workspace.articles.key(article), {field: value})

    write_down(context, ("field", article, field), value, job)


def set_state(context: Context, articles: Sequence[str], state: str) -> None:
    """Say how far the reader is with articles, as one step."""
    title = filled(context.messages.tr("Changing the state of {count} articles"), count=number(len(articles)))

    def journey(workspace: Workspace) -> Generator[SoFar, None, None]:
        return workspace.deeds.set_state(articles, state)

    carry_out(context, title, len(articles), journey, lambda _nothing, _steps: None)


def set_open_state(context: Context, state: str) -> None:
    """Say how far the reader is with the open article."""
    if context.session.article is not None:
        set_state(context, [context.session.article.id], state)


def toggle_read(context: Context) -> None:
    """Mark the open article as read, or as unread again."""
    article = context.session.article
    if article is not None:
        set_state(context, [article.id], State.UNREAD if article.state is State.READ else State.READ)


def write_attribute(context: Context, name: str, value: str, article: str) -> None:
    """Give an article a value of the reader's own; an empty one takes it away."""

    def job(workspace: Workspace) -> None:
        workspace.articles.edit(workspace.articles.key(article), attributes={name: value})

    write_down(context, ("attribute", article, name), value, job)


def add_attribute(context: Context, name: str, kind: str, choices: Sequence[str]) -> None:
    """Make a field of the reader's own."""
    context.bridge.ask(lambda workspace: workspace.attributes.add(name, kind, list(choices)))


def change_attribute(context: Context, attribute: str, change: AttributeChange) -> None:
    """Change a field of the reader's own, and the values of all articles with a choice that is renamed."""

    def then(changed: Attribute) -> None:
        context.parts.side.article.field_changed(attribute)
        said = filled(context.messages.tr("“{field}” changed."), field=changed.name)
        context.messages.say(said, deed=undoing(context))

    def refused(error: AppError) -> None:
        context.parts.side.article.field_refused(attribute)
        context.messages.complain(error)

    context.bridge.ask(lambda workspace: workspace.attributes.edit(attribute, change), then, refused=refused)


def delete_attribute(context: Context, name: str) -> None:
    """Delete a field of the reader's own with its values."""

    def then(_nothing: object) -> None:
        context.messages.say(context.messages.tr("Field deleted."), deed=undoing(context))

    context.bridge.ask(lambda workspace: workspace.attributes.delete(name), then)


def show_attributes(context: Context) -> None:
    """Ask the reader's own fields."""

    def then(attributes: tuple[Attribute, ...]) -> None:
        context.session.attributes = attributes
        context.parts.search.show_attributes(attributes)
        show_beside(context)

    context.bridge.ask(lambda workspace: workspace.attributes.all(), then, key="attributes")


def theme_article(context: Context, add: Sequence[str], remove: Sequence[str]) -> None:
    """Put themes on the whole open article, and take others off."""
    article = context.session.article
    if article is not None:
        context.bridge.ask(lambda workspace: workspace.articles.theme(article.key, list(add), list(remove)))


def keep(context: Context, number: int) -> None:
    """Put a piece that was left out back into the text: the one that the reader saw under this number."""
    article, content = context.session.article, context.session.content
    if article is None or content is None or not 0 <= number < len(content.left_out):
        return
    meant = content.left_out[number]

    def job(workspace: Workspace) -> Reanchored | None:
        pieces = workspace.bodies.content(article.key).left_out
        places = [place for place, one in enumerate(pieces) if (one.kind, one.text) == (meant.kind, meant.text)]
        place = min(places, key=lambda place: abs(place - number), default=None)
        return None if place is None else workspace.bodies.keep(article.key, place)

    context.bridge.ask(job, lambda done: _told(context, done))


def leave_out(context: Context, block: int) -> None:
    """Cut a block out of the text, the one that the reader saw there; it is kept among what was left out."""
    article, content = context.session.article, context.session.content
    if article is None or content is None or not 0 <= block < len(content.body.blocks):
        return
    meant = content.body.pieces()[block]

    def job(workspace: Workspace) -> Reanchored | None:
        blocks = workspace.bodies.content(article.key).body.pieces()
        places = [place for place, one in enumerate(blocks) if (one.kind, one.text) == (meant.kind, meant.text)]
        place = min(places, key=lambda place: abs(place - block), default=None)
        return None if place is None else workspace.bodies.leave_out(article.key, place)

    context.bridge.ask(job, lambda done: _told(context, done, cut=True))


def always_leave_out(context: Context, block: int) -> None:
    """Cut what a block says out of every article of this outlet, those to come too."""
    article, content = context.session.article, context.session.content
    if article is None or content is None or not 0 <= block < len(content.body.blocks):
        return
    text = content.body.pieces()[block].text

    def then(done: tuple[int, Reanchored]) -> None:
        tr = context.messages.tr
        outlet, count = article.metadata.outlet or "", done[0]
        what = filled(tr("Always left out of {outlet} from now on."), outlet=outlet)
        if count > 1:
            what = filled(
                tr("Left out of {count} articles of {outlet}, and of those to come."),
                count=number(count),
                outlet=outlet,
            )
        context.messages.say(what, hint=_lost(context, done[1]), deed=undoing(context))

    context.bridge.ask(lambda workspace: workspace.furniture.always(article.key, text), then)


def ask_rules(context: Context, then: Callable[[Sequence[Rule]], None]) -> None:
    """Ask what is always left out, of which outlets."""
    context.bridge.ask(lambda workspace: workspace.furniture.rules(), then, key="rules")


def forget_rule(context: Context, rule: str) -> None:
    """Leave a line out of new articles no longer; where it was left out, it can be put back."""

    def then(_nothing: object) -> None:
        tr = context.messages.tr
        context.messages.say(
            tr("No longer always left out."),
            hint=tr("What was left out before stays out, and can be put back in each article."),
            deed=undoing(context),
        )

    context.bridge.ask(lambda workspace: workspace.furniture.forget(rule), then)


def name_pasted(context: Context, article: str, title: str, address: str) -> None:
    """Give an article that was pasted the title and the address that were written beside it."""
    fields = {name: value for name, value in (("title", title), ("address", address)) if value}
    if fields:
        context.bridge.ask(lambda workspace: workspace.articles.edit(workspace.articles.key(article), fields))


def _told(context: Context, done: Reanchored | None, *, cut: bool = False) -> None:
    if done is None:
        return  # another click, or another program, was quicker
    tr = context.messages.tr
    what = tr("Left out. It is kept, and can be put back.") if cut else tr("Put back into the text.")
    context.messages.say(what, hint=_lost(context, done), deed=undoing(context))


def _lost(context: Context, done: Reanchored) -> str:
    """Return how many highlights lost their passages; nothing when none did."""
    tr, count = context.messages.tr, len(done.orphaned)
    if count == 1:
        return tr("One highlight lost its passage; it is listed under Notes.")
    many = tr("{count} highlights lost their passages; they are listed under Notes.")
    return filled(many, count=number(count)) if count else ""


def remove_articles(context: Context, articles: Sequence[str]) -> None:
    """Remove articles from the library; it can be undone."""
    count, tr = len(articles), context.messages.tr

    def then(_nothing: object, steps: tuple[int, ...]) -> None:
        what = tr("Article removed.") if count == 1 else filled(tr("{count} articles removed."), count=number(count))
        context.messages.say(what, deed=undoing_steps(context, steps))

    title = filled(tr("Removing {count} articles"), count=number(count))
    carry_out(context, title, count, lambda workspace: workspace.deeds.remove_articles(articles), then)


def erase(context: Context, articles: Sequence[str]) -> None:
    """Erase articles with every trace of them. There is no undo."""
    count = len(articles)

    def then(kept: int) -> None:
        tr = context.messages.tr
        done = tr("Erased.") if count == 1 else filled(tr("{count} articles erased."), count=number(count))
        if kept:
            done += " " + tr("The file holds other articles too: it stays, with these words, until all are erased.")
        context.messages.say(done)
        context.bridge.changed_elsewhere.emit()  # erasing is no deed: nothing else tells what to show again

    context.bridge.ask(lambda workspace: workspace.erase([workspace.articles.key(one) for one in articles]), then)


def remove_open(context: Context) -> None:
    """Remove the open article from the library; it can be undone."""
    if context.session.article is not None:
        remove_articles(context, [context.session.article.id])


def open_original(context: Context) -> None:
    """Open the stored file of the open article with the program that the system has for it."""
    article = context.session.article
    if article is not None:
        context.bridge.ask(lambda workspace: workspace.original(article.key), _open_file)


def _open_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_link(context: Context, address: str) -> None:
    """Open a link outside, if it is one that may be opened."""
    safe = safe_address(address)
    if safe is None or safe.startswith("#"):
        context.messages.say(context.messages.tr("This link is not opened: it leads to no web page."))
        return
    QDesktopServices.openUrl(QUrl(safe, QUrl.ParsingMode.StrictMode))
