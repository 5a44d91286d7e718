"""Every action of the program: its name, its keys, where they work, and what it does. One row each.

Menus, the palette, the help and the tests are made from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence

from app.copying import Form
from ui.commands import collecting, describing, finding, marking, needing, travelling, undoing
from ui.context import Context
from ui.window import Window

WINDOW: Final = "window"
READER: Final = "reader"

GROUPS: Final = (
    QT_TRANSLATE_NOOP("actions", "Marking"),
    QT_TRANSLATE_NOOP("actions", "Moving"),
    QT_TRANSLATE_NOOP("actions", "Finding"),
    QT_TRANSLATE_NOOP("actions", "Article"),
    QT_TRANSLATE_NOOP("actions", "Library"),
    QT_TRANSLATE_NOOP("actions", "Window"),
)


@dataclass(frozen=True, slots=True)
class Action:
    """``keys`` are written as Qt writes them; ``where`` is the window, or the reader for keys that would type a letter.

    ``icon`` is a Phosphor icon for the palette and the menu. ``repeats``: it is done again while its key is held, as
    all moving is. ``needs`` tells whether there is what it works on, and
    says so where there is none; by default that is a library, and for keys of the reader the text of an article.
    """

    key: str
    name: str
    group: str
    keys: tuple[str, ...]
    run: Callable[[Window], None]
    where: str = WINDOW
    icon: str = "ph.circle"
    needs: Callable[[Context], bool] | None = None
    repeats: bool = False

    def may_run(self, context: Context) -> bool:
        """Tell whether what it needs is there; where it is not, that is said."""
        return (self.needs or (needing.text if self.where == READER else needing.library))(context)


def _put(digit: int, window: Window) -> None:
    marking.put_digit(window.context, digit)


_DIGITS: Final = tuple(
    Action(
        f"theme-{digit}",
        QT_TRANSLATE_NOOP("actions", "Put or take off the theme with this digit"),
        "Marking",
        (str(digit),),
        partial(_put, digit),
        READER,
        "ph.tag",
    )
    for digit in range(1, 10)
)

# fmt: off
ACTIONS: Final[tuple[Action, ...]] = (
    *_DIGITS,
    Action("clear-themes", QT_TRANSLATE_NOOP("actions", "Take all themes off"), "Marking", ("0",),
           lambda window: window.reader.clear_themes(), READER, "ph.eraser"),
    Action("highlight", QT_TRANSLATE_NOOP("actions", "Highlight with the last theme"), "Marking", ("H",),
           lambda window: window.highlight_or_place(), READER, "ph.highlighter-circle"),
    Action("highlighter",
           QT_TRANSLATE_NOOP("actions", "Highlighter: mark at once what the mouse selects"), "Marking", ("Shift+H",),
           lambda window: window.toggle_highlighter(), READER, "ph.highlighter-circle"),
    Action("note", QT_TRANSLATE_NOOP("actions", "Note on the passage"), "Marking", ("N",),
           lambda window: window.reader.write_note(), READER, "ph.note-pencil"),
    Action("private-note",
           QT_TRANSLATE_NOOP("actions", "Keep the note out of exports, or let it go along"), "Marking", ("Shift+N",),
           lambda window: marking.toggle_private(window.context), READER, "ph.lock-simple"),
    Action("pick-theme", QT_TRANSLATE_NOOP("actions", "Find or make a theme for the passage"), "Marking", ("T",),
           lambda window: window.reader.pick_theme(), READER, "ph.tag"),
    Action("copy-citation", QT_TRANSLATE_NOOP("actions", "Copy with citation"), "Marking", ("C",),
           lambda window: window.reader.copy_citation(), READER, "ph.quotes"),
    Action("copy-source", QT_TRANSLATE_NOOP("actions", "Copy citation"), "Marking", (),
           lambda window: window.reader.copy_as(Form.CITATION), icon="ph.quotes", needs=needing.text),
    Action("copy-markdown", QT_TRANSLATE_NOOP("actions", "Copy as Markdown, with citation"), "Marking", (),
           lambda window: window.reader.copy_as(Form.MARKDOWN), icon="ph.hash", needs=needing.text),
    Action("copy-rich", QT_TRANSLATE_NOOP("actions", "Copy as rich text, with citation"), "Marking", (),
           lambda window: window.reader.copy_as(Form.RICH), icon="ph.text-aa", needs=needing.text),
    Action("cycle", QT_TRANSLATE_NOOP("actions", "Next of the highlights that overlap here"), "Marking", ("E",),
           lambda window: window.reader.cycle(), READER, "ph.stack"),
    Action("remove-highlight", QT_TRANSLATE_NOOP("actions", "Remove the highlight"), "Marking", ("Del",),
           lambda window: window.reader.delete_highlight(), READER, "ph.trash"),
    Action("start-left", QT_TRANSLATE_NOOP("actions", "Move the highlight’s start back by a word"), "Marking", ("[",),
           lambda window: window.reader.nudge("start", -1), READER, "ph.arrow-line-left", repeats=True),
    Action("start-right", QT_TRANSLATE_NOOP("actions", "Move the highlight’s start on by a word"), "Marking", ("]",),
           lambda window: window.reader.nudge("start", 1), READER, "ph.arrow-line-right", repeats=True),
    Action("end-left",
           QT_TRANSLATE_NOOP("actions", "Move the highlight’s end back by a word"), "Marking", ("Shift+[", "{"),
           lambda window: window.reader.nudge("end", -1), READER, "ph.arrow-line-left", repeats=True),
    Action("end-right",
           QT_TRANSLATE_NOOP("actions", "Move the highlight’s end on by a word"), "Marking", ("Shift+]", "}"),
           lambda window: window.reader.nudge("end", 1), READER, "ph.arrow-line-right", repeats=True),
    Action("start-left-exact",
           QT_TRANSLATE_NOOP("actions", "Move the highlight’s start back by a character"), "Marking", ("Alt+[",),
           lambda window: window.reader.nudge("start", -1, exact=True), READER, "ph.arrow-line-left", repeats=True),
    Action("start-right-exact",
           QT_TRANSLATE_NOOP("actions", "Move the highlight’s start on by a character"), "Marking", ("Alt+]",),
           lambda window: window.reader.nudge("start", 1, exact=True), READER, "ph.arrow-line-right", repeats=True),
    Action("end-left-exact",
           QT_TRANSLATE_NOOP("actions", "Move the highlight’s end back by a character"), "Marking",
           ("Alt+Shift+[", "Alt+{"),
           lambda window: window.reader.nudge("end", -1, exact=True), READER, "ph.arrow-line-left", repeats=True),
    Action("end-right-exact",
           QT_TRANSLATE_NOOP("actions", "Move the highlight’s end on by a character"), "Marking",
           ("Alt+Shift+]", "Alt+}"),
           lambda window: window.reader.nudge("end", 1, exact=True), READER, "ph.arrow-line-right", repeats=True),
    Action("undo", QT_TRANSLATE_NOOP("actions", "Undo"), "Marking", ("Ctrl+Z",),
           lambda window: undoing.undo(window.context), icon="ph.arrow-u-up-left"),
    Action("redo", QT_TRANSLATE_NOOP("actions", "Redo"), "Marking", ("Ctrl+Shift+Z", "Ctrl+Y"),
           lambda window: undoing.redo(window.context), icon="ph.arrow-u-up-right"),
    Action("history", QT_TRANSLATE_NOOP("actions", "History: everything that was done"), "Marking", ("Ctrl+H",),
           lambda window: window.toggle_history(), icon="ph.clock-counter-clockwise"),
    Action("next-paragraph", QT_TRANSLATE_NOOP("actions", "Next paragraph"), "Moving", ("J",),
           lambda window: window.reader.next_paragraph(), READER, "ph.arrow-down"),
    Action("previous-paragraph", QT_TRANSLATE_NOOP("actions", "Previous paragraph"), "Moving", ("K",),
           lambda window: window.reader.previous_paragraph(), READER, "ph.arrow-up"),
    Action("extend", QT_TRANSLATE_NOOP("actions", "Extend the selection by a sentence"), "Moving", ("Shift+J",),
           lambda window: window.reader.extend_sentence(forward=True), READER, "ph.arrows-out-line-vertical"),
    Action("shorten", QT_TRANSLATE_NOOP("actions", "Shorten the selection by a sentence"), "Moving", ("Shift+K",),
           lambda window: window.reader.extend_sentence(forward=False), READER, "ph.arrows-in-line-vertical"),
    Action("let-go", QT_TRANSLATE_NOOP("actions", "Let go of what is chosen"), "Moving", ("Esc",),
           lambda window: window.let_go(), READER, "ph.x", needs=needing.nothing),
    Action("next-highlight", QT_TRANSLATE_NOOP("actions", "Next highlight"), "Moving", ("Alt+Down",),
           lambda window: window.reader.next_highlight(), icon="ph.arrow-down", needs=needing.text),
    Action("previous-highlight", QT_TRANSLATE_NOOP("actions", "Previous highlight"), "Moving", ("Alt+Up",),
           lambda window: window.reader.previous_highlight(), icon="ph.arrow-up", needs=needing.text),
    Action("back", QT_TRANSLATE_NOOP("actions", "Back to where you were"), "Moving", ("Alt+Left",),
           lambda window: travelling.go_back(window.context), icon="ph.arrow-left"),
    Action("forward", QT_TRANSLATE_NOOP("actions", "Forward again"), "Moving", ("Alt+Right",),
           lambda window: travelling.go_forward(window.context), icon="ph.arrow-right"),
    Action("search", QT_TRANSLATE_NOOP("actions", "Search the library"), "Finding", ("/", "Ctrl+L"),
           lambda window: window.search_library(), icon="ph.magnifying-glass"),
    Action("facets",
           QT_TRANSLATE_NOOP("actions", "Narrow the list: outlets, themes, months"), "Finding", ("Ctrl+3",),
           lambda window: window.narrow_list(), icon="ph.funnel"),
    Action("templates", QT_TRANSLATE_NOOP("actions", "What a template may say"), "Library", (),
           lambda window: window.sheets.open_templates(), icon="ph.question", needs=needing.nothing),
    Action("queries", QT_TRANSLATE_NOOP("actions", "How to search"), "Finding", ("Ctrl+F1",),
           lambda window: window.sheets.open_queries(), icon="ph.question", needs=needing.nothing),
    Action("search-selection",
           QT_TRANSLATE_NOOP("actions", "Search the library for the selection"), "Finding", ("Ctrl+Shift+F",),
           lambda window: window.reader.search_selection(), icon="ph.magnifying-glass-plus", needs=needing.text),
    Action("find", QT_TRANSLATE_NOOP("actions", "Find in the article"), "Finding", ("Ctrl+F",),
           lambda window: window.find_in_article(), icon="ph.file-search"),
    Action("next-hit", QT_TRANSLATE_NOOP("actions", "Next hit in the article"), "Finding", ("F3", "Ctrl+G"),
           lambda window: window.reader.next_hit(), icon="ph.caret-down", needs=needing.text),
    Action("previous-hit",
           QT_TRANSLATE_NOOP("actions", "Previous hit in the article"), "Finding", ("Shift+F3", "Ctrl+Shift+G"),
           lambda window: window.reader.previous_hit(), icon="ph.caret-up", needs=needing.text),
    Action("like-this",
           QT_TRANSLATE_NOOP("actions", "More like this: the focused passage, or the article"), "Finding", ("Ctrl+R",),
           lambda window: finding.list_like_meant(window.context), icon="ph.intersect"),
    Action("mark-hits", QT_TRANSLATE_NOOP("actions", "Mark all hits of the search"), "Marking", ("Ctrl+Shift+M",),
           lambda window: window.mark_hits(), icon="ph.check-square-offset"),
    Action("mark-everywhere", QT_TRANSLATE_NOOP("actions", "Mark these words everywhere in the article"), "Marking", (),
           lambda window: window.reader.mark_everywhere(), icon="ph.check-square-offset", needs=needing.text),
    Action("palette",
           QT_TRANSLATE_NOOP("actions", "Find any action, article, theme or setting"), "Finding", ("Ctrl+K",),
           lambda window: window.open_palette(), icon="ph.command", needs=needing.nothing),
    Action("read", QT_TRANSLATE_NOOP("actions", "Mark as read, or as unread"), "Article", ("R",),
           lambda window: describing.toggle_read(window.context), READER, "ph.check-circle"),
    Action("leave-out", QT_TRANSLATE_NOOP("actions", "Leave the paragraph out"), "Article", (),
           lambda window: window.reader.leave_out(), icon="ph.scissors", needs=needing.text),
    Action("always-leave-out",
           QT_TRANSLATE_NOOP("actions", "Always leave the paragraph out of this outlet’s articles"), "Article", (),
           lambda window: window.reader.leave_out(always=True), icon="ph.scissors", needs=needing.text),
    Action("left-out", QT_TRANSLATE_NOOP("actions", "Show or hide what was left out"), "Article", ("Ctrl+U",),
           lambda window: window.toggle_left_out(), icon="ph.scissors", needs=needing.text),
    Action("original", QT_TRANSLATE_NOOP("actions", "Open the original file"), "Article", ("Ctrl+Shift+O",),
           lambda window: describing.open_original(window.context), icon="ph.file-arrow-up", needs=needing.text),
    Action("compare",
           QT_TRANSLATE_NOOP("actions", "Compare with earlier texts and articles like it"), "Article",
           ("Ctrl+Shift+D",), lambda window: window.comparison_page.open(), icon="ph.git-diff", needs=needing.text),
    Action("collect",
           QT_TRANSLATE_NOOP("actions", "Put the passage or article into a collection"), "Article", ("Ctrl+D",),
           lambda window: window.collect_meant(), icon="ph.folder-plus"),
    Action("layers", QT_TRANSLATE_NOOP("actions", "Show or hide other coders’ layers"), "Article", ("Ctrl+Shift+Y",),
           lambda window: window.change("layers", not window.settings.get("layers")), icon="ph.stack-simple"),
    Action("heading-above", QT_TRANSLATE_NOOP("actions", "Heading above, in the collection"), "Article", (),
           lambda window: collecting.write_above(window.context, 1), icon="ph.text-h"),
    Action("text-above", QT_TRANSLATE_NOOP("actions", "Text above, in the collection"), "Article", (),
           lambda window: collecting.write_above(window.context, 0), icon="ph.text-t"),
    Action("remove-article", QT_TRANSLATE_NOOP("actions", "Remove the article from the library"), "Article", (),
           lambda window: window.remove_here(), icon="ph.trash"),
    Action("import-files", QT_TRANSLATE_NOOP("actions", "Import files"), "Library", ("Ctrl+O",),
           lambda window: window.intake.choose_files(), icon="ph.file-plus"),
    Action("import-folder", QT_TRANSLATE_NOOP("actions", "Import a folder"), "Library", ("Ctrl+Alt+O",),
           lambda window: window.intake.choose_folder(), icon="ph.folder-plus"),
    Action("import-as", QT_TRANSLATE_NOOP("actions", "Import with options"), "Library", ("Ctrl+Shift+I",),
           lambda window: window.intake.choose_with_options(), icon="ph.sliders-horizontal"),
    Action("paste", QT_TRANSLATE_NOOP("actions", "Paste an article or a passage"), "Library", ("Ctrl+Shift+V",),
           lambda window: window.paste_page.open(), icon="ph.clipboard-text"),
    Action("watched", QT_TRANSLATE_NOOP("actions", "Watched folders"), "Library", (),
           lambda window: window.watch_keeper.open(), icon="ph.folder-notch-open"),
    Action("details-queue", QT_TRANSLATE_NOOP("actions", "What is not known of articles"), "Library", ("Ctrl+Shift+B",),
           lambda window: window.details_page.open(), icon="ph.pencil-line"),
    Action("rules", QT_TRANSLATE_NOOP("actions", "What is always left out"), "Library", (),
           lambda window: window.rules_page.open(), icon="ph.scissors"),
    Action("export", QT_TRANSLATE_NOOP("actions", "Export"), "Library", ("Ctrl+E",),
           lambda window: window.export(), icon="ph.export"),
    Action("prepare-round", QT_TRANSLATE_NOOP("actions", "Prepare for a coder"), "Library", (),
           lambda window: window.coding_page.prepare(), icon="ph.user-plus"),
    Action("take-in-round", QT_TRANSLATE_NOOP("actions", "Take in the round of a coder"), "Library", (),
           lambda window: window.coding_page.take_in(), icon="ph.user-circle-plus"),
    Action("agreement", QT_TRANSLATE_NOOP("actions", "Agreement between coders"), "Library", ("Ctrl+Shift+A",),
           lambda window: window.coding_page.compare(), icon="ph.users"),
    Action("merge-library", QT_TRANSLATE_NOOP("actions", "Merge another library"), "Library", (),
           lambda window: window.merge_page.open(), icon="ph.git-merge"),
    Action("check-draft", QT_TRANSLATE_NOOP("actions", "Check my draft"), "Library", ("Ctrl+Shift+K",),
           lambda window: window.proof_page.open(), icon="ph.circle-wavy-check"),
    Action("save-search", QT_TRANSLATE_NOOP("actions", "Keep this search as a collection"), "Library", ("Ctrl+S",),
           lambda window: window.keep_search(), icon="ph.bookmark-simple"),
    Action("libraries", QT_TRANSLATE_NOOP("actions", "Open, make or switch libraries"), "Library", ("Ctrl+Shift+L",),
           lambda window: window.open_libraries(), icon="ph.books", needs=needing.nothing),
    Action("library-note", QT_TRANSLATE_NOOP("actions", "Note on the library"), "Library", (),
           lambda window: window.note_page.open_library(), icon="ph.note"),
    Action("backup", QT_TRANSLATE_NOOP("actions", "Back up the library now"), "Library", (),
           lambda window: window.shelf.back_up(), icon="ph.shield-check"),
    Action("pack", QT_TRANSLATE_NOOP("actions", "Pack the library into one file"), "Library", (),
           lambda window: window.moving.pack(), icon="ph.package"),
    Action("unpack", QT_TRANSLATE_NOOP("actions", "Open a packed library"), "Library", (),
           lambda window: window.moving.unpack(), icon="ph.package", needs=needing.nothing),
    Action("index", QT_TRANSLATE_NOOP("actions", "The search index"), "Library", (),
           lambda window: window.index_page.open(), icon="ph.database"),
    Action("list-pane", QT_TRANSLATE_NOOP("actions", "Show or hide the library"), "Window", ("Ctrl+1",),
           lambda window: window.toggle_pane(0), icon="ph.columns"),
    Action("side-pane", QT_TRANSLATE_NOOP("actions", "Show or hide themes and notes"), "Window", ("Ctrl+2",),
           lambda window: window.toggle_pane(2), icon="ph.columns"),
    Action("next-pane", QT_TRANSLATE_NOOP("actions", "Keyboard to the next pane"), "Window", ("F6",),
           lambda window: window.step_pane(1), icon="ph.arrow-right"),
    Action("previous-pane", QT_TRANSLATE_NOOP("actions", "Keyboard to the pane before"), "Window", ("Shift+F6",),
           lambda window: window.step_pane(-1), icon="ph.arrow-left"),
    Action("text-only", QT_TRANSLATE_NOOP("actions", "Only the text"), "Window", ("F11",),
           lambda window: window.toggle_text_only(), icon="ph.corners-out"),
    Action("show-themes", QT_TRANSLATE_NOOP("actions", "Show the themes"), "Window", ("Alt+1",),
           lambda window: window.show_tab("themes"), icon="ph.tag"),
    Action("show-notes", QT_TRANSLATE_NOOP("actions", "Show the notes"), "Window", ("Alt+2",),
           lambda window: window.show_tab("notes"), icon="ph.note"),
    Action("show-article", QT_TRANSLATE_NOOP("actions", "Show the article’s details"), "Window", ("Alt+3",),
           lambda window: window.show_tab("article"), icon="ph.article"),
    Action("show-collections", QT_TRANSLATE_NOOP("actions", "Show the collections"), "Window", ("Alt+4",),
           lambda window: window.show_tab("collections"), icon="ph.folders"),
    Action("look", QT_TRANSLATE_NOOP("actions", "Next look: light, sepia, dark"), "Window", ("Ctrl+Alt+L",),
           lambda window: window.next_look(), icon="ph.moon", needs=needing.nothing),
    Action("larger", QT_TRANSLATE_NOOP("actions", "Larger text"), "Window", ("Ctrl++", "Ctrl+="),
           lambda window: window.resize_text(1), icon="ph.text-aa"),
    Action("smaller", QT_TRANSLATE_NOOP("actions", "Smaller text"), "Window", ("Ctrl+-",),
           lambda window: window.resize_text(-1), icon="ph.text-aa"),
    Action("numbers", QT_TRANSLATE_NOOP("actions", "Show or hide the numbers of paragraphs"), "Window", (),
           lambda window: window.change("numbers", not window.settings.get("numbers")), icon="ph.hash",
           needs=needing.nothing),
    Action("typography", QT_TRANSLATE_NOOP("actions", "Size and letters of the text"), "Window", ("Ctrl+T",),
           lambda window: window.open_typography(), icon="ph.text-aa"),
    Action("settings", QT_TRANSLATE_NOOP("actions", "Settings"), "Window", ("Ctrl+,",),
           lambda window: window.open_settings(), icon="ph.gear", needs=needing.nothing),
    Action("keys", QT_TRANSLATE_NOOP("actions", "All keys"), "Window", ("?", "F1"),
           lambda window: window.open_keys(), icon="ph.keyboard", needs=needing.nothing),
    Action("quit", QT_TRANSLATE_NOOP("actions", "Quit"), "Window", ("Ctrl+Q",),
           lambda window: window.close(), icon="ph.sign-out", needs=needing.nothing),
)
# fmt: on

# What the board does with keys of its own, for the help.
BOARD_KEYS: Final[tuple[tuple[str, str], ...]] = (
    ("1 – 9", QT_TRANSLATE_NOOP("actions", "Put or take off a theme")),
    ("N", QT_TRANSLATE_NOOP("actions", "Note on the passage")),
    ("C", QT_TRANSLATE_NOOP("actions", "Copy with citation")),
    ("A", QT_TRANSLATE_NOOP("actions", "Put into a collection")),
    ("Return", QT_TRANSLATE_NOOP("actions", "Open in the article")),
    ("Del", QT_TRANSLATE_NOOP("actions", "Take out of the collection")),
    ("H  T", QT_TRANSLATE_NOOP("actions", "Heading, text above what is selected in a collection")),
    ("Shift+H  Shift+T", QT_TRANSLATE_NOOP("actions", "Heading, text at the end of a collection")),
    ("1 – 3  0", QT_TRANSLATE_NOOP("actions", "Level of a heading; text instead of it")),
    ("Alt+Up  Alt+Down", QT_TRANSLATE_NOOP("actions", "Move in the collection’s own order; with Shift, too")),
    ("Esc", QT_TRANSLATE_NOOP("actions", "Back to the article")),
)

# What the list does with keys of its own, for the help.
LIST_KEYS: Final[tuple[tuple[str, str], ...]] = (
    ("1 – 9", QT_TRANSLATE_NOOP("actions", "Put a theme on what is chosen, or take it off")),
    ("0", QT_TRANSLATE_NOOP("actions", "Take all themes off what is chosen")),
    ("Return", QT_TRANSLATE_NOOP("actions", "Open what is chosen")),
    ("Del", QT_TRANSLATE_NOOP("actions", "Remove what is chosen")),
)

# What the search box does while it offers something, for the help.
SEARCH_KEYS: Final[tuple[tuple[str, str], ...]] = (
    ("Tab", QT_TRANSLATE_NOOP("actions", "Complete a field or name")),
    ("Down  Up", QT_TRANSLATE_NOOP("actions", "Go through what is offered")),
    ("Return", QT_TRANSLATE_NOOP("actions", "Take what was chosen, or search")),
    ("Esc", QT_TRANSLATE_NOOP("actions", "Close what is offered; clear; leave")),
)


def name_of(action: Action) -> str:
    """Return the action's name in the reader's language."""
    return QCoreApplication.translate("actions", action.name)


def install(window: Window) -> Mapping[str, QAction]:
    """Make a ``QAction`` of each row, with its keys where they work, and hand them to the window."""
    made: dict[str, QAction] = {}
    for action in ACTIONS:
        owner = window if action.where == WINDOW else window.reader
        one = QAction(name_of(action), owner)
        one.setObjectName(action.key)
        one.setShortcuts([QKeySequence(keys) for keys in action.keys])
        one.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut
            if action.where == WINDOW
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        one.setAutoRepeat(action.repeats or action.group == "Moving")
        one.triggered.connect(partial(_run, action, window))
        owner.addAction(one)
        made[action.key] = one
    window.take_actions(made, ACTIONS, help_rows())
    return made


def help_rows() -> list[tuple[str, str, str]]:
    """Return group, keys and meaning of all keys, for the help."""
    translate = QCoreApplication.translate
    rows = [(translate("actions", "Marking"), "1 – 9", name_of(_DIGITS[0]))]
    rows += [
        (translate("actions", action.group), "  ".join(action.keys), name_of(action))
        for action in ACTIONS
        if action.keys and action not in _DIGITS
    ]
    own = (
        (QT_TRANSLATE_NOOP("actions", "In the list"), LIST_KEYS),
        (QT_TRANSLATE_NOOP("actions", "On the board"), BOARD_KEYS),
        (QT_TRANSLATE_NOOP("actions", "In the search box"), SEARCH_KEYS),
    )
    return rows + [(translate("actions", group), *_named(row)) for group, keys in own for row in keys]


def _named(row: tuple[str, str]) -> tuple[str, str]:
    """Return keys with what they do in the reader's language."""
    return row[0], QCoreApplication.translate("actions", row[1])


def _run(action: Action, window: Window, _checked: bool = False) -> None:
    if action.may_run(window.context):
        action.run(window)
