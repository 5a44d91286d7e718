"""Which wish of which part becomes which command. Nothing else stands here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ui.commands import (
    boards,
    collecting,
    completing,
    copying,
    describing,
    doing,
    finding,
    marking,
    opening,
    recalling,
    theming,
    theming_rows,
    undoing,
    ways,
)
from ui.context import Context


def wire(context: Context) -> None:
    """Connect the parts of the window with what their wishes do."""
    _wire_list(context)
    _wire_reader(context)
    _wire_themes(context)
    _wire_notes(context)
    _wire_article(context)
    _wire_board(context)
    context.parts.deeds.stop_wished.connect(_doing(doing.stop, context))


def _doing(command: Callable[..., None], context: Context) -> Callable[..., Any]:
    return partial(command, context)


def _wire_list(context: Context) -> None:
    parts = context.parts
    parts.search.listing_wished.connect(_doing(finding.show_listing, context))
    parts.search.completer.vocabulary_wished.connect(_doing(completing.show_vocabulary, context))
    parts.search.facets_wished.connect(_doing(finding.show_facets, context))
    parts.search.entered.connect(_doing(recalling.keep_search, context))
    parts.search.keep_wished.connect(_doing(collecting.change_search, context))
    parts.search.forget_wished.connect(_doing(recalling.forget_search, context))
    parts.search.forget_all_wished.connect(_doing(recalling.forget_searches, context))
    parts.search.open_first_wished.connect(parts.list.open_first)
    parts.search.down_pressed.connect(parts.list.setFocus)
    parts.search.left.connect(parts.centre.take_keyboard)
    parts.list.page_wished.connect(_doing(finding.ask_page, context))
    parts.list.open_wished.connect(_doing(opening.open_article, context))
    parts.list.open_wished.connect(lambda *_row: recalling.keep_search(context))
    parts.list.remove_wished.connect(_doing(describing.remove_articles, context))
    parts.list.unmark_wished.connect(_doing(marking.remove_all, context))
    parts.list.names_wished.connect(_doing(finding.ask_names, context))
    parts.list.overfilled.connect(_doing(finding.say_too_many, context))
    parts.list.digit_pressed.connect(_doing(theming_rows.by_digit, context))
    parts.list.up_pressed.connect(parts.search.focus_box)
    parts.list.clear_wished.connect(parts.search.clear)
    parts.list.widen_wished.connect(parts.search.widen)
    parts.list.suggestion_wished.connect(parts.search.take_suggestion)


def _wire_reader(context: Context) -> None:
    reader = context.parts.reader
    reader.mark_wished.connect(_doing(marking.mark, context))
    reader.again_wished.connect(_doing(marking.put_last, context))
    reader.bare.connect(_doing(marking.say_bare, context))
    reader.view.digit_pressed.connect(_doing(marking.put_by_place, context))
    reader.jumps.left.connect(_doing(ways.leave_position, context))
    reader.note_mark_wished.connect(_doing(marking.mark_for_note, context))
    reader.retheme_wished.connect(_doing(marking.retheme, context))
    reader.remove_wished.connect(_doing(marking.remove, context))
    reader.move_wished.connect(_doing(marking.move, context))
    reader.private_wished.connect(_doing(marking.set_private, context))
    reader.note_wished.connect(_doing(marking.note, context))
    reader.citation_wished.connect(_doing(copying.copy_span, context))
    reader.focus_changed.connect(_doing(_focused, context))
    reader.position_changed.connect(_doing(opening.keep_position, context))
    reader.scrolled.connect(_doing(opening.show_progress, context))
    reader.keep_wished.connect(_doing(describing.keep, context))
    reader.leave_out_wished.connect(_doing(describing.leave_out, context))
    reader.always_wished.connect(_doing(describing.always_leave_out, context))
    reader.link_wished.connect(_doing(describing.open_link, context))
    reader.undo_wished.connect(_doing(undoing.undo, context))
    reader.hits_changed.connect(_doing(opening.show_walk, context))
    reader.came_to.connect(context.messages.announce)
    context.parts.centre.hits.next_wished.connect(reader.next_hit)
    context.parts.centre.hits.previous_wished.connect(reader.previous_hit)
    reader.like_wished.connect(_doing(finding.list_like_meant, context))
    reader.search_wished.connect(_doing(finding.search_passage, context))


def _focused(context: Context, highlight: str | None) -> None:
    opening.show_marks(context)
    context.parts.side.notes.focus(highlight)
    theming.show_also(context)


def _wire_themes(context: Context) -> None:
    themes = context.parts.side.themes
    themes.put_wished.connect(_doing(marking.put, context))
    themes.board_wished.connect(partial(boards.open_board, context, boards.THEME))
    themes.add_wished.connect(_doing(theming.add, context))
    themes.rename_wished.connect(_doing(theming.rename, context))
    themes.recolour_wished.connect(_doing(theming.recolour, context))
    themes.digit_wished.connect(_doing(theming.number, context))
    themes.define_wished.connect(_doing(theming.define, context))
    themes.move_wished.connect(_doing(theming.move, context))
    themes.dropped.connect(_doing(theming_rows.put, context))
    themes.merge_wished.connect(_doing(theming.merge, context))
    themes.delete_wished.connect(_doing(theming.delete, context))
    themes.selected.connect(_doing(theming.show_also_of, context))
    themes.article_wished.connect(_doing(opening.open_article, context))


def _wire_notes(context: Context) -> None:
    notes = context.parts.side.notes
    notes.focus_wished.connect(_doing(opening.show_highlight, context))
    notes.private_wished.connect(_doing(marking.set_private, context))
    notes.note_wished.connect(_doing(marking.note, context))
    notes.remove_wished.connect(_doing(marking.remove, context))
    notes.remove_all_wished.connect(_doing(marking.remove_all, context))
    notes.retheme_wished.connect(_doing(marking.retheme, context))
    notes.put_all_wished.connect(_doing(theming_rows.put, context))
    notes.take_all_wished.connect(_doing(theming_rows.take, context))
    notes.digit_pressed.connect(_doing(theming_rows.by_digit, context))
    notes.place_wished.connect(_doing(marking.place_orphan, context))
    notes.article_note_wished.connect(_doing(marking.note_article, context))


def _wire_article(context: Context) -> None:
    panel = context.parts.side.article
    panel.field_wished.connect(_doing(describing.write_field, context))
    panel.state_wished.connect(_doing(describing.set_open_state, context))
    panel.attribute_wished.connect(_doing(describing.write_attribute, context))
    panel.new_attribute_wished.connect(_doing(describing.add_attribute, context))
    panel.change_attribute_wished.connect(_doing(describing.change_attribute, context))
    panel.delete_attribute_wished.connect(_doing(describing.delete_attribute, context))
    panel.theme_wished.connect(_doing(describing.theme_article, context))
    panel.original_wished.connect(_doing(describing.open_original, context))
    panel.left_out_wished.connect(_doing(opening.show_left_out, context))
    panel.remove_wished.connect(_doing(describing.remove_open, context))
    panel.link_wished.connect(_doing(describing.open_link, context))
    collections = context.parts.side.collections
    collections.open_wished.connect(_doing(collecting.open_collection, context))
    collections.board_wished.connect(partial(boards.open_board, context, boards.COLLECTION))
    collections.add_wished.connect(_doing(collecting.add, context))
    collections.note_wished.connect(_doing(collecting.describe, context))
    collections.delete_wished.connect(_doing(collecting.delete, context))
    collections.arrange_wished.connect(_doing(collecting.arrange, context))
    collections.put_wished.connect(_doing(collecting.put, context))
    history = context.parts.side.history
    history.undo_wished.connect(_doing(undoing.undo_step, context))
    history.redo_wished.connect(_doing(undoing.redo_step, context))


def _wire_board(context: Context) -> None:
    board = context.parts.board
    board.open_wished.connect(_doing(opening.open_article, context))
    board.retheme_wished.connect(_doing(theming_rows.retheme, context))
    board.private_wished.connect(_doing(marking.set_private, context))
    board.note_wished.connect(_doing(marking.note_anything, context))
    board.remove_wished.connect(_doing(collecting.take, context))
    board.citation_wished.connect(_doing(copying.copy_things, context))
    board.reorder_wished.connect(_doing(collecting.order, context))
    board.interlude_wished.connect(_doing(collecting.write, context))
    board.digit_missed.connect(_doing(marking.say_no_digit, context))
    board.dropped.connect(_doing(collecting.put_here, context))
    board.closed.connect(_doing(boards.close_board, context))
