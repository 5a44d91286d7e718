"""A REFI-QDA project: who worked on it, its files and codes, and what all of it says of a source."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from app.drafts import Draft, ThemeDraft
from app.errors import AppError
from app.importers._archives import Archive
from app.importers._base import File, Unread
from app.importers._encodings import decode_text
from app.importers._moments import moment
from app.importers._parts import read_part
from app.importers._refi import ORIGIN, child, children, codes, exact, guid, own_id, target
from app.importers._refi_aside import Aside
from app.importers._refi_cases import Cases
from app.importers._refi_notes import Notes
from app.importers._refi_variables import Variables
from app.importers._stubs import joined
from app.importers._xml import local, parse_xml, words

if TYPE_CHECKING:
    from lxml import etree

STATE: Final = "Reading state"  # a variable of this program's own, as is the next
PASSAGES: Final = "Passages only"


class Project:
    """What a project says, by the GUIDs of what it says it of."""

    def __init__(self, document: bytes, name: str, archive: Archive, file: File) -> None:
        """Read all but the sources from a document of this name; raises ``ImportFailed`` for a damaged one."""
        root = parse_xml(document.lstrip(), name)
        self._file = file
        self.lost: Counter[str] = Counter()  # what has no place here, in words
        self.framed = 0  # selections on pages that were looked for in a text
        self._files = {PurePosixPath(name.replace("\\", "/")).name.casefold(): name for name in archive.names}
        self._archive = archive
        self.root = root
        self.is_own = root.get("origin") == ORIGIN
        self.aside = Aside(document if self.is_own else b"")
        self.users = {
            guid(user.get("guid")): user.get("name") or user.get("id") or ""
            for user in children(child(root, "Users"), "User")
        }
        self.notes = Notes(root, self._note, own=self.is_own)
        found = list(codes(child(root, "CodeBook", "Codes"), self.notes.on_code, own=self.is_own))
        self.variables = Variables(root)
        self.cases = Cases(root, self.variables.of)
        self.themes: tuple[ThemeDraft, ...] = (*(self.aside.theme(one) for _guid, one in found), *self.cases.themes)
        self._paths = {uid: theme.id or " > ".join(theme.path) for uid, theme in found}
        self.sets = self._of_sets()

    def file(self, path: str | None) -> bytes | None:
        """Return the bytes of a source inside the project, whatever its folder is called; ``None``: it is elsewhere."""
        name = PurePosixPath((path or "").partition("://")[2] or path or "").name.casefold()
        return self._archive.read(self._files[name]) if name in self._files else None

    def document(self, path: str | None) -> Draft | None:
        """Return what a formatted file inside the project holds; ``None``: it is elsewhere.

        Raises ``ImportFailed`` when it cannot be read.
        """
        data = self.file(path)
        if not path or data is None:
            return None
        found = read_part(self._file, path.rpartition("/")[2], data)
        for one in found:
            if isinstance(one, Unread):
                raise one.error
        return next((one for one in found if isinstance(one, Draft)), None)

    def text(self, source: etree._Element) -> str | None:
        """Return the plain text of a source as it is in its file, ``None`` where it has none."""
        content = child(source, "PlainTextContent")
        if content is not None:
            return "".join(str(part) for part in content.itertext())
        data = self.file(source.get("plainTextPath"))
        if data is None:
            return None
        if self.is_own:
            return data.decode("utf-8", "replace")
        return decode_text(data, source.get("name") or "").removeprefix("\ufeff") if data else ""

    def codings_of(self, element: etree._Element) -> dict[str, tuple[str, ...]]:
        """Return the themes on a selection by who put them there, its maker first: ids in own projects, else paths.

        What nobody coded is its maker's, as are the themes of the cases that it belongs to.
        """
        maker = self.users.get(guid(element.get("creatingUser")), "")
        found: dict[str, tuple[str, ...]] = {}
        for coding in children(element, "Coding"):
            path = self._paths.get(target(child(coding, "CodeRef")), "")
            author = self.users.get(guid(coding.get("creatingUser")), "") or maker
            if path:
                found[author] = tuple(dict.fromkeys((*found.get(author, ()), path)))
        uid = guid(element.get("guid"))
        if cased := (*self.cases.passages.get(uid, ()), *self._of_case(uid)):
            found[maker] = tuple(dict.fromkeys((*found.get(maker, ()), *cased)))
        return dict(sorted(found.items(), key=lambda one: one[0] != maker)) or {maker: ()}

    def layers_of(self, source: etree._Element) -> dict[str, tuple[str, ...]]:
        """Return the themes on a source by whose they are, the reader's under ``""``: in others' projects all are."""
        found: dict[str, tuple[str, ...]] = {"": ()}
        for coding in children(source, "Coding"):
            path = self._paths.get(target(child(coding, "CodeRef")), "")
            author = self.users.get(guid(coding.get("creatingUser")), "") if self.is_own else ""
            if path:
                found[author] = tuple(dict.fromkeys((*found.get(author, ()), path)))
        found[""] = tuple(dict.fromkeys((*found[""], *self._of_case(guid(source.get("guid"))))))
        return found

    def _of_case(self, uid: str) -> list[str]:
        """Return the themes of the cases that a source or a selection belongs to."""
        return [self._paths[code] for code in self.cases.codes.get(uid, ()) if code in self._paths]

    def moment_of(self, element: etree._Element) -> int:
        """Return when a selection was made, or first coded."""
        times = [element.get("creationDateTime"), *(one.get("creationDateTime") for one in children(element, "Coding"))]
        return next((found for time in times if (found := moment(time))), 0)

    def values_of(self, element: etree._Element) -> dict[str, str]:
        """Return the variables of a source, with those of the cases it belongs to, and their names."""
        uid = guid(element.get("guid"))
        values = {**self.cases.values(uid), **self.variables.of(element)}
        if self.variables.case and (name := self.cases.name(uid)):
            values[self.variables.case] = name
        return values

    def _of_sets(self) -> dict[str, list[str]]:
        """Return the sets that sources and notes belong to, each with what describes it."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in children(child(self.root, "Sets"), "Set"):
            name, about = " ".join((one.get("name") or "").split()), words(child(one, "Description"))
            for member in children(one, "MemberSource", "MemberNote"):
                found[target(member)].append(f"{name}: {about}" if about else name)
        return found

    def _note(self, note: etree._Element) -> str:
        """Return what a note says; of one that is only formatted the letters."""
        if self.is_own:
            return exact(child(note, "PlainTextContent"))
        said = ""
        with contextlib.suppress(AppError):
            said = self.text(note) or ""
            if not said and (document := self.document(note.get("richTextPath"))):
                said = document.body.text
        return joined((said, words(child(note, "Description"))))

    def id_of(self, element: etree._Element) -> str:
        """Return the id in the library of an element of an own project; ``""`` in those of others."""
        return own_id(element.get("guid")) if self.is_own else ""

    def left(self) -> list[str]:
        """Return what the project holds that has no place here, in words."""
        graphs = len(children(child(self.root, "Graphs"), "Graph"))
        sets = children(child(self.root, "Sets"), "Set")
        other = sum(bool(children(one, "MemberCode")) or any(self.notes.is_placed(target(member)) for member in
                    children(one, "MemberNote")) for one in sets)  # fmt: skip
        empty = sum(not children(one, "MemberCode", "MemberSource", "MemberNote") for one in sets)
        counts = (
            (self.notes.links, "links"), (graphs, "graphs"), (other, "sets of codes or notes"), (empty, "empty sets"),
            (self.cases.homeless, "cases without a text"), (self.notes.coded, "codings in notes"),
        )  # fmt: skip
        return [f"{what} ({count})" for count, what in counts if count and not (self.is_own and what == "empty sets")]


def sources(root: etree._Element) -> list[etree._Element]:
    """Return all sources of a project."""
    held = child(root, "Sources")
    return [] if held is None else [one for one in held if local(one).endswith("Source")]
