"""A REFI-QDA project: who worked on it, its codes, notes and variables, and what each says of a source."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from app.drafts import AttributeDraft, CollectionDraft, Draft, Framework, ThemeDraft
from app.errors import ImportFailed
from app.importers._archives import Archive
from app.importers._base import File, Unread
from app.importers._encodings import decode_text
from app.importers._moments import moment
from app.importers._parts import read_part
from app.importers._refi import ORIGIN, child, children, codes, exact, guid, own_id, target
from app.importers._stubs import joined
from app.importers._xml import local, words

if TYPE_CHECKING:
    from lxml import etree

STATE: Final = "Reading state"  # a variable of this program's own, as is the next
PASSAGES: Final = "Passages only"
_OWN: Final = {
    "Byline": "byline", "Outlet": "outlet", "Section": "section", "Address": "address", "Published": "published",
    "Accessed": "accessed", "Language": "language",
}  # fmt: skip
_APART: Final = " (attribute)"  # behind the name of a field of the reader's own that would be taken for one of those
_KINDS: Final = {"Float": "number", "Integer": "number", "Date": "date", "Boolean": "yes/no"}
_VALUES: Final = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


class Project:
    """What a project says, by the GUIDs of what it says it of."""

    def __init__(self, root: etree._Element, archive: Archive, file: File) -> None:
        """Read all but the sources."""
        self._file = file
        self.lost: Counter[str] = Counter()  # what has no place here, in words
        self._files = {PurePosixPath(name.replace("\\", "/")).name.casefold(): name for name in archive.names}
        self._archive = archive
        self.root = root
        self.is_own = root.get("origin") == ORIGIN
        self.fields = _OWN
        self.users = {
            guid(user.get("guid")): user.get("name") or user.get("id") or ""
            for user in children(child(root, "Users"), "User")
        }
        self.notes = {guid(note.get("guid")): self._note(note) for note in children(child(root, "Notes"), "Note")}
        found = list(codes(child(root, "CodeBook", "Codes"), self.notes, own=self.is_own))
        self.themes: tuple[ThemeDraft, ...] = tuple(theme for _guid, theme in found)
        self._paths = {uid: theme.id or " > ".join(theme.path) for uid, theme in found}
        self._variables = {
            guid(one.get("guid")): " ".join((one.get("name") or "").split())
            for one in children(child(root, "Variables"), "Variable")
        }
        self.linked, self.links = self._links()
        self._cases = self._of_cases()
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

        What nobody coded is its maker's.
        """
        maker = self.users.get(guid(element.get("creatingUser")), "")
        found: dict[str, tuple[str, ...]] = {}
        for coding in children(element, "Coding"):
            path = self._paths.get(target(child(coding, "CodeRef")), "")
            author = self.users.get(guid(coding.get("creatingUser")), "") or maker
            if path:
                found[author] = tuple(dict.fromkeys((*found.get(author, ()), path)))
        return dict(sorted(found.items(), key=lambda one: one[0] != maker)) or {maker: ()}

    def layers_of(self, source: etree._Element) -> dict[str, tuple[str, ...]]:
        """Return the themes on a source by whose they are, the reader's under ``""``: in others' projects all are."""
        found: dict[str, tuple[str, ...]] = {"": ()}
        for coding in children(source, "Coding"):
            path = self._paths.get(target(child(coding, "CodeRef")), "")
            author = self.users.get(guid(coding.get("creatingUser")), "") if self.is_own else ""
            if path:
                found[author] = tuple(dict.fromkeys((*found.get(author, ()), path)))
        return found

    def note_of(self, element: etree._Element, *more: str) -> str:
        """Return what is written on a selection or a source: its description, notes on it, on its codings, linked.

        In own projects that is one note, to the letter.
        """
        if self.is_own:
            return next((self.notes.get(target(one), "") for one in children(element, "NoteRef")), "")
        owners = [element, *children(element, "Coding")]
        notes = [self.notes.get(target(one), "") for owner in owners for one in children(owner, "NoteRef")]
        uid = guid(element.get("guid"))
        return joined((words(child(element, "Description")), *more, *notes, *self.linked.get(uid, ())))

    def moment_of(self, element: etree._Element) -> int:
        """Return when a selection was made, or first coded."""
        times = [element.get("creationDateTime"), *(one.get("creationDateTime") for one in children(element, "Coding"))]
        return next((found for time in times if (found := moment(time))), 0)

    def values_of(self, element: etree._Element) -> dict[str, str]:
        """Return the variables of a source, with those of the cases it belongs to."""
        values = dict(self._cases.get(guid(element.get("guid")), {}))
        values.update(self._values(element))
        return values

    def _values(self, element: etree._Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for value in children(element, "VariableValue"):
            name = self._variables.get(target(child(value, "VariableRef")), "")
            said = next((words(one) for one in children(value, *_VALUES)), "")
            if name and said:
                found[name] = said
        return found

    def _of_cases(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for case in children(child(self.root, "Cases"), "Case"):
            for reference in children(case, "SourceRef"):
                found[target(reference)].update(self._values(case))
        return found

    def _of_sets(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in children(child(self.root, "Sets"), "Set"):
            for member in children(one, "MemberSource"):
                found[target(member)].append(" ".join((one.get("name") or "").split()))
        return found

    def _links(self) -> tuple[dict[str, list[str]], int]:
        """Return the notes that links tie to things (so do some programs), and how many links tie other things."""
        found: dict[str, list[str]] = defaultdict(list)
        others = 0
        for link in children(child(self.root, "Links"), "Link"):
            ends = guid(link.get("originGUID")), guid(link.get("targetGUID"))
            for note, thing in (ends, ends[::-1]):
                if note in self.notes and thing not in self.notes:
                    found[thing].append(self.notes[note])
                    break
            else:
                others += 1
        return found, others

    def _note(self, note: etree._Element) -> str:
        if self.is_own:
            return exact(child(note, "PlainTextContent"))
        try:
            return joined((self.text(note) or "", words(child(note, "Description"))))
        except ImportFailed:
            return words(child(note, "Description"))

    def id_of(self, element: etree._Element) -> str:
        """Return the id in the library of an element of an own project; ``""`` in those of others."""
        return own_id(element.get("guid")) if self.is_own else ""

    def attribute(self, variable: str) -> str:
        """Return the field of the reader's own that a variable of an own project is."""
        name = variable.removesuffix(_APART)
        return name if name.casefold() in {one.casefold() for one in (*_OWN, STATE, PASSAGES)} else variable

    def framework(self) -> Framework | None:
        """Return the fields, collections and note of a project of this program's own; others have none of these."""
        if not self.is_own:
            return None
        attributes = tuple(
            AttributeDraft(self.attribute(name), _KINDS.get(one.get("typeOfVariable") or "", "text"),
                           definition=exact(child(one, "Description")), id=own_id(one.get("guid")))
            for one in children(child(self.root, "Variables"), "Variable")
            if (name := " ".join((one.get("name") or "").split())) and name not in (*_OWN, STATE, PASSAGES)
        )  # fmt: skip
        collections = tuple(
            CollectionDraft(one.get("name") or "", note=exact(child(one, "Description")), id=own_id(one.get("guid")),
                            sequence=tuple(own_id(target(member)) for member in children(one, "MemberSource")))
            for one in children(child(self.root, "Sets"), "Set")
        )  # fmt: skip
        return Framework(exact(child(self.root, "Description")), attributes, collections)

    def left(self) -> list[str]:
        """Return what the project holds that has no place here, in words."""
        graphs = len(children(child(self.root, "Graphs"), "Graph"))
        sets = sum(bool(children(one, "MemberCode", "MemberNote")) for one in
                   children(child(self.root, "Sets"), "Set"))  # fmt: skip
        about = not self.is_own and bool(words(child(self.root, "Description")) or children(self.root, "NoteRef"))
        counts = ((self.links, "links"), (graphs, "graphs"), (sets, "sets of codes or notes"))
        said = [f"{what} ({count})" for count, what in counts if count]
        return [*said, "the project’s own note"] if about else said


def sources(root: etree._Element) -> list[etree._Element]:
    """Return all sources of a project."""
    held = child(root, "Sources")
    return [] if held is None else [one for one in held if local(one).endswith("Source")]
