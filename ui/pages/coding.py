"""Working with other coders over a window: rounds go out, come back, are compared and decided."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError
from app.exporting.bundling import Selection
from app.lane import Ticket
from app.loading import load
from ui.commands import coding, opening
from ui.frame import Frame
from ui.wording import complaint, filled, number

if TYPE_CHECKING:
    from app.coding.agreeing import AgreementTable, CodingUnit
    from app.coding.deciding import Choice, Disagreement, Pair
    from app.coding.layering import LayerReport
    from app.coding.preparing import Prepared
    from ui.dialogs.agreement_sheet import AgreementSheet
    from ui.dialogs.round_sheet import RoundSheet, RoundWish
    from ui.dialogs.take_in_sheet import TakeInSheet

_FOLDER = "round_folder"


class CodingPage(QObject):
    """Opens the three sheets, and hands on what is wished in them."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window
        self._ticket: Ticket | None = None
        self._measuring: Ticket | None = None
        self._asking: Ticket | None = None
        self._deciding = 0
        window.shelf.changed.connect(self._changed)

    # out

    def prepare(self) -> None:
        """Ask what a round for a coder is to hold."""
        self._window.search.settle(partial(self._window.list.when_named, self._ask_what_to_prepare))

    def _ask_what_to_prepare(self, chosen: tuple[str, ...]) -> None:
        tr, session = self.tr, self._window.context.session
        scopes = [(tr("The whole library"), Selection())]
        query = self._window.search.query()
        if query:
            scopes.insert(0, (filled(tr("What the search finds: {query}"), query=query), Selection(query=query)))
        if len(chosen) > 1 and not self._window.search.listing().passages:
            name = filled(tr("The {count} chosen articles"), count=number(len(chosen)))
            scopes.insert(0, (name, Selection(articles=chosen)))
        scopes += [
            (filled(tr("Collection: {name}"), name=one.name), Selection(collection=one.id))
            for one in session.collections
        ]
        fields = [
            (tr("Outlet"), "outlet"),
            (tr("Month of publication"), "month"),
            (tr("Section"), "section"),
            (tr("Byline"), "byline"),
            (tr("Language"), "language"),
            *((one.name, one.name) for one in session.attributes),
        ]
        self._round.begin(scopes, fields, self._folder())

    @cached_property
    def _round(self) -> RoundSheet:
        sheet: RoundSheet = load("ui.dialogs.round_sheet").RoundSheet(self._window.looks, self._window)
        sheet.wished.connect(self._prepare)
        sheet.stop_wished.connect(self._stop)
        return sheet

    def _prepare(self, wish: RoundWish) -> None:
        chance = None
        if wish.number:
            chance = load("app.coding.preparing").Draw(wish.number, wish.by, wish.equal, wish.seed)
        self._ticket = coding.prepare(
            self._window.context,
            wish.folder,
            wish.coder,
            wish.selection,
            chance,
            wish.values,
            self._round.show_progress,
            self._prepared,
            lambda error: self._round.show_trouble(" ".join(complaint(error))),
        )

    def _prepared(self, done: Prepared) -> None:
        self._window.keep(**{_FOLDER: str(done.folder.parent)})
        self._round.dismiss()
        none = self.tr("(none)")
        strata = (f"{name or none} {drawn} / {size}" for name, (drawn, size) in done.strata.items())
        count = len(done.round.articles)
        one, many = (
            self.tr("One article for {coder} is in “{folder}”."),
            self.tr("{count} articles for {coder} are in “{folder}”."),
        )
        said = one if count == 1 else many
        self._window.messages.say(
            filled(said, count=number(count), coder=done.round.coder, folder=str(done.folder)),
            hint=" · ".join(strata) or self.tr("Hand this folder over, and take it in when it comes back."),
        )

    # in

    def take_in(self) -> None:
        """Ask for what a coder gave back."""
        self._take_in.begin(self._folder())

    @cached_property
    def _take_in(self) -> TakeInSheet:
        sheet: TakeInSheet = load("ui.dialogs.take_in_sheet").TakeInSheet(self._window.looks, self._window)
        sheet.wished.connect(self._begin_taking)
        sheet.stop_wished.connect(self._stop)
        sheet.agreement_wished.connect(self.compare)
        return sheet

    def _begin_taking(self, path: Path, name: str) -> None:
        self._ticket = coding.take_in(
            self._window.context,
            path,
            name,
            self._take_in.show_progress,
            self._taken,
            lambda error: self._take_in.show_trouble(" ".join(complaint(error))),
        )

    def _taken(self, report: LayerReport) -> None:
        self._take_in.show_report(report)
        opening.reload_marks(self._window.context)

    # compared

    def compare(self) -> None:
        """Show how far the layers agree, or say that there is only one."""
        coding.ask_layers(self._window.context, self._show)

    def _show(self, layers: tuple[str, ...]) -> None:
        if len(layers) < 2 or all(author in ("", "Consensus") for author in layers):
            self._window.messages.say(
                self.tr("No coder’s round has been taken in yet."),
                hint=self.tr("Prepare one for a coder, and take in what comes back."),
            )
            return
        self._agreement.begin(layers)

    @cached_property
    def _agreement(self) -> AgreementSheet:
        sheet: AgreementSheet = load("ui.dialogs.agreement_sheet").AgreementSheet(self._window.looks, self._window)
        sheet.compare_wished.connect(self._measure)
        sheet.questions_wished.connect(self._ask)
        sheet.decide_wished.connect(self._decide)
        sheet.settle_wished.connect(self._settle)
        sheet.save_wished.connect(self._save)
        sheet.open_wished.connect(self._open)
        return sheet

    def _measure(self, unit: CodingUnit, pair: Pair) -> None:
        if self._measuring is not None:
            self._measuring.cancel()
        bridge = self._window.context.bridge
        self._measuring = coding.measure(bridge, unit, pair, self._agreement.show_table, self._refused)

    def _ask(self, pair: Pair) -> None:
        if self._asking is not None:
            self._asking.cancel()

        def then(found: list[Disagreement]) -> None:
            self._agreement.show_questions(pair, found)

        self._asking = coding.ask_disagreements(self._window.context.bridge, pair, then, self._refused)

    def _decide(self, one: Disagreement, choice: Choice) -> None:
        self._deciding += 1

        def then(_nothing: object) -> None:
            self._deciding -= 1
            self._agreement.show_decided(one, choice)

        def refused(error: AppError) -> None:
            self._deciding -= 1
            self._refused(error)

        coding.decide(self._window.context, self._agreement.pair(), one, choice, then, refused)

    def _settle(self, pair: Pair) -> None:
        coding.settle(self._window.context, pair, lambda: None)

    def _save(self, table: AgreementTable, path: str) -> None:
        coding.write_table(self._window.context, table, Path(path))

    def _open(self, article: str, highlight: str | None) -> None:
        self._agreement.dismiss()
        opening.open_article(self._window.context, article, highlight)

    def _changed(self, _changes: object) -> None:
        """Ask again when something else than a decision changed what is shown."""
        if not self._deciding and "_agreement" in vars(self) and self._agreement.isVisible():
            self._agreement.compare()

    def _refused(self, error: AppError) -> None:
        self._window.messages.complain(error)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _folder(self) -> str:
        return str(self._window.settings.remembered(_FOLDER, str(Path.home())))
