"""Marking: passages highlighted, put under themes, noted, moved, taken off, and copied with their source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.errors import AppError, NotFound
from app.text.ranges import Span
from app.workspace import Workspace
from ui.commands.doing import carry_out
from ui.commands.opening import come_to_text, open_waiting_note
from ui.commands.undoing import undoing, undoing_steps
from ui.commands.writing import write_down
from ui.context import Context
from ui.wording import filled, number


def put(context: Context, theme: str) -> None:
    """Put a theme on what is meant, on the board where that is in front; take it off where it is on."""
    (context.parts.board if context.parts.centre.is_board() else context.parts.reader).put_theme(theme)


def put_digit(context: Context, digit: int) -> None:
    """Put the theme with a digit on what is meant; without such a theme, say so."""
    theme = next((one for one in context.session.themes if one.digit == digit), None)
    if theme is None:
        say_no_digit(context, digit)
    else:
        put(context, theme.id)


def put_by_place(context: Context, digit: int) -> None:
    """Do what a digit does whose key types something else; 0 takes all themes off."""
    if digit:
        put_digit(context, digit)
    else:
        context.parts.reader.clear_themes()


def say_no_digit(context: Context, digit: int) -> None:
    """Say that no theme has a digit, and how one gets it."""
    tr = context.messages.tr
    if not context.session.themes:
        context.messages.say(
            tr("There are no themes yet."),
            hint=tr("Make one under Themes, or press T on a passage and type its name."),
        )
    else:
        what = filled(tr("No theme has the digit {digit}."), digit=digit)
        context.messages.say(what, hint=tr("Give it to one under Themes."))


def mark(context: Context, span: Span, theme: str) -> None:
    """Highlight a span of the open article with a theme (none: without one)."""
    _mark(context, span, theme, note=False)


def mark_for_note(context: Context, span: Span) -> None:
    """Highlight a span with the theme that was used last, and open its note."""
    _mark(context, span, "", note=True)


def mark_again(context: Context, span: Span) -> None:
    """Highlight a span with the theme that was used last; without one when that is gone."""
    _mark(context, span, context.session.last_theme, note=False, again=True)


def _mark(context: Context, span: Span, theme: str, *, note: bool, again: bool = False) -> None:
    article = context.session.article
    if article is None:
        return
    start, end = span

    def job(workspace: Workspace) -> tuple[str, str]:
        wanted = theme and (not again or workspace.themes.by_id(theme) is not None)
        made = workspace.highlights.add(article.key, start, end, [theme] if wanted else [])
        return made.id, made.themes[0] if made.themes else ""

    def then(made: tuple[str, str]) -> None:
        context.session.last_theme = made[1] or context.session.last_theme
        context.messages.announce(context.messages.tr("Highlighted."))
        if note:
            context.session.note_to_open = made[0]
            open_waiting_note(context)
        else:
            context.parts.reader.marked(made[0])

    def refused(error: AppError) -> None:
        context.parts.reader.unmarked()
        context.messages.complain(error)

    context.bridge.ask(job, then, refused=refused)


def retheme(context: Context, highlight: str, add: Sequence[str], remove: Sequence[str]) -> None:
    """Put themes on a highlight and take others off."""

    def job(workspace: Workspace) -> str:
        workspace.highlights.retheme(highlight, list(add), list(remove))
        return workspace.themes.ensure(add[0]).id if add else ""

    def then(last: str) -> None:
        context.session.last_theme = last or context.session.last_theme
        _say_themes(context, [last] if last else [], remove)

    _ask_for(context, highlight, job, then)


def put_last(context: Context, highlight: str) -> None:
    """Put the theme that was used last on a highlight that is there; where there is nothing to put, say so."""
    tr = context.messages.tr
    last, mark = context.session.theme(context.session.last_theme), context.session.highlight(highlight)
    if last is None:
        context.messages.say(
            tr("This is highlighted already, and no theme was used yet."),
            hint=tr("Press the digit of a theme, or T to find or make one."),
        )
    elif mark is not None and last.id in mark.themes:
        context.messages.say(filled(tr("“{theme}” is on this passage already."), theme=last.name))
    else:
        retheme(context, highlight, (last.id,), ())


def say_bare(context: Context) -> None:
    """Say that there is no theme to take off."""
    context.messages.say(context.messages.tr("There is no theme on this passage."))


def _say_themes(context: Context, added: Sequence[str], removed: Sequence[str]) -> None:
    """Have a screen reader say what was put on and taken off: others see it."""
    tr = context.messages.tr
    for said, ids in ((tr("Put on: {themes}."), added), (tr("Taken off: {themes}."), removed)):
        names = [theme.name for one in ids if (theme := context.session.theme(one)) is not None]
        if names:
            context.messages.announce(filled(said, themes=", ".join(names)))


def remove(context: Context, highlight: str) -> None:
    """Delete a highlight; it can be undone."""
    remove_all(context, [highlight])


def remove_all(context: Context, highlights: Sequence[str]) -> None:
    """Delete some highlights, as one step; it can be undone."""
    count, tr = len(highlights), context.messages.tr

    def then(_nothing: object, steps: tuple[int, ...]) -> None:
        many = filled(tr("{count} highlights removed."), count=number(count))
        context.messages.say(tr("Highlight removed.") if count == 1 else many, deed=undoing_steps(context, steps))

    title = filled(tr("Removing {count} highlights"), count=number(count))
    carry_out(context, title, count, lambda workspace: workspace.deeds.remove_highlights(highlights), then)


def move(context: Context, highlight: str, span: Span) -> None:
    """Move the ends of a highlight; moved several times in a row, it is one step."""

    def job(workspace: Workspace) -> None:
        with workspace.library.sittings.on(f"ends {highlight}"):
            workspace.highlights.move(highlight, *span)

    _ask_for(context, highlight, job)


def place(context: Context, highlight: str, span: Span) -> None:
    """Give a lost passage a place."""
    context.bridge.ask(lambda workspace: workspace.highlights.move(highlight, *span))


def _ask_for(
    context: Context, highlight: str, job: Callable[[Workspace], Any], then: Callable[[Any], None] | None = None
) -> None:
    """Change a highlight, and tell the reader, who may have asked for more of it by now, that it was done or not."""
    reader = context.parts.reader

    def done(value: Any) -> None:
        reader.answered(highlight)
        if then is not None:
            then(value)

    def refused(error: AppError) -> None:
        reader.refused(highlight)
        context.messages.complain(error)

    context.bridge.ask(job, done, refused=refused)


def note(context: Context, highlight: str, text: str) -> None:
    """Write the note on a highlight; saved several times in a row, it is one step."""

    def job(workspace: Workspace) -> None:
        with workspace.library.sittings.on(f"note {highlight}"):
            workspace.highlights.note(highlight, text)

    write_down(context, ("note", highlight), text, job)


def note_article(context: Context, text: str, article: str) -> None:
    """Write the note on an article, which need not be open any more; saved several times in a row, it is one step."""

    def job(workspace: Workspace) -> None:
        with workspace.library.sittings.on(f"note {article}"):
            workspace.articles.note(workspace.articles.key(article), text)

    write_down(context, ("note", article), text, job)


def set_private(context: Context, given: str, private: bool) -> None:
    """Keep the note on a passage, or on a whole article, out of exports, or let it go along again."""

    def job(workspace: Workspace) -> None:
        try:
            owner, key = "highlight", workspace.highlights.find(given).key
        except NotFound:
            owner, key = "article", workspace.articles.key(given)
        workspace.notes.set_private(owner, key, private=private)

    def then(_nothing: object) -> None:
        tr = context.messages.tr
        said = tr("The note stays out of exports.") if private else tr("The note goes along when it is exported.")
        context.messages.say(said, deed=undoing(context))

    context.bridge.ask(job, then)


def toggle_private(context: Context) -> None:
    """Keep the note of the focused passage, or of the open article, out of exports, or let it go along again."""
    article = context.session.article
    mark = context.session.highlight(context.parts.reader.focused() or "")
    owner = mark if mark is not None else article
    if owner is not None and owner.note.strip():
        set_private(context, owner.id, not owner.private)
    else:
        tr = context.messages.tr
        context.messages.say(tr("There is no note here yet."), hint=tr("N writes one on the passage."))


def note_anything(context: Context, given: str, text: str) -> None:
    """Write the note on a passage, or on a whole article, by its id; saved several times in a row, it is one step."""

    def job(workspace: Workspace) -> None:
        with workspace.library.sittings.on(f"note {given}"):
            try:
                workspace.highlights.note(given, text)
            except NotFound:
                workspace.articles.note(workspace.articles.key(given), text)

    write_down(context, ("note", given), text, job)


def place_orphan(context: Context, highlight: str) -> None:
    """Let the reader select where a lost passage stands now."""
    come_to_text(context)
    context.session.orphan_to_place = highlight
    tr = context.messages.tr
    context.messages.say(tr("Select where the passage stands now, then press H."), hint=tr("Esc leaves it as it is."))
