"""The notes of a REFI-QDA project: which of them say something of what, and which say something of nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from app.importers._refi import child, children, guid, target
from app.importers._stubs import joined
from app.importers._xml import words

if TYPE_CHECKING:
    from lxml import etree


class Notes:
    """The notes of a project, by their GUIDs. One that is asked for has found its place; the others are memos."""

    def __init__(self, root: etree._Element, text: Callable[[etree._Element], str], *, own: bool) -> None:
        """Read the notes and the links to them; ``text`` returns what a note says, ``own`` as in :meth:`on`."""
        self._own = own
        self._elements = {guid(one.get("guid")): one for one in children(child(root, "Notes"), "Note")}
        self._texts = {uid: text(one) for uid, one in self._elements.items()}
        self._placed: set[str] = set()
        self._linked: dict[str, list[str]] = defaultdict(list)
        self.links = 0
        for link in children(child(root, "Links"), "Link"):
            self._link(guid(link.get("originGUID")), guid(link.get("targetGUID")))

    def _link(self, *ends: str) -> None:
        """Keep which note a link ties to a thing (so do some programs); count it when it ties other things."""
        for note, thing in (ends, ends[::-1]):
            if note in self._texts and thing not in self._texts:
                self._linked[thing].append(note)
                return
        self.links += 1

    def on(self, element: etree._Element) -> str:
        """Return what is written on a thing: its description, notes on it, on its codings, linked.

        In ``own`` projects that is one note, to the letter.
        """
        if self._own:
            return next((self._said(target(one)) for one in children(element, "NoteRef")), "")
        owners = [element, *children(element, "Coding")]
        notes = [self._said(target(one)) for owner in owners for one in children(owner, "NoteRef")]
        return joined((words(child(element, "Description")), *notes, *self.linked(element)))

    def on_code(self, code: etree._Element) -> str:
        """Return the notes on a code; what describes it is no note."""
        notes = [self._said(target(one)) for one in children(code, "NoteRef")]
        return "\n\n".join(filter(None, (*notes, *self.linked(code))))

    def linked(self, element: etree._Element) -> Iterator[str]:
        """Yield the notes that links tie to a thing."""
        return map(self._said, self._linked.get(guid(element.get("guid")), ()))

    def _said(self, uid: str) -> str:
        self._placed.add(uid)
        return self._texts.get(uid, "")

    def memos(self) -> list[etree._Element]:
        """Return the notes that say something, and of nothing that was asked for."""
        return [one for uid, one in self._elements.items() if uid not in self._placed and self._texts[uid].strip()]

    def is_placed(self, uid: str) -> bool:
        """Tell whether a note is on something."""
        return uid in self._placed

    @property
    def coded(self) -> int:
        """Return how many passages of notes are coded, or of notes as a whole, where these are on something."""
        return sum(
            len(children(one, "PlainTextSelection", "Coding"))
            for uid, one in self._elements.items()
            if uid in self._placed
        )
