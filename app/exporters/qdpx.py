"""REFI-QDA project (``.qdpx``) for NVivo, ATLAS.ti, MAXQDA, QualCoder and others: texts, codings, notes, variables.

Positions are Unicode code points with an exclusive end (section 10.2 of the standard, and what every program does);
texts lie in ``sources`` as UTF-8 with plain line ends and without a byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from app.exporters._base import PROGRAMS, Export, Exporter, File
from app.exporters._box import Box
from app.exporters._refi import ORIGIN, add, codes, filled, fragment, guid, root, times, written
from app.exporters._refi_aside import aside, for_this_program
from app.exporters._values import (
    chosen,
    counted,
    encoded,
    in_order,
    past_behind,
    rounds_behind,
    rules_behind,
    themes_by_id,
    timestamp,
    title_of,
)
from app.model import Article, AttributeKind, Bundle, BundledArticle, Highlight, Origin, Status, Theme
from app.options import OptionValue
from app.wording import Message

if TYPE_CHECKING:
    from lxml import etree

_NAMESPACE: Final = "urn:QDA-XML:project:1.0"
_METADATA: Final = ("Byline", "Outlet", "Section", "Address", "Published", "Accessed", "Language")
STATE: Final = "Reading state"
PASSAGES: Final = "Passages only"
_OURS: Final = (*_METADATA, STATE, PASSAGES)
_TYPES: Final[Mapping[AttributeKind, str]] = {
    AttributeKind.NUMBER: "Float",
    AttributeKind.DATE: "Date",
    AttributeKind.YES_NO: "Boolean",
}
_DECIMAL: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_YES_NO: Final[Mapping[str, str]] = {
    "yes": "true",
    "true": "true",
    "1": "true",
    "no": "false",
    "false": "false",
    "0": "false",
}


def write(bundle: Bundle, _options: Mapping[str, OptionValue]) -> Export:
    """Write the project. What it cannot carry is said, as section 7 of the standard asks."""
    project = _Project(bundle)
    return Export(
        (File("", part) for part in project.parts()), _left_behind(bundle, project.kinds), len(bundle.articles) + 1
    )


def _left_behind(bundle: Bundle, kinds: Mapping[str, str]) -> tuple[Message, ...]:
    lost = sum(one.status is Status.ORPHAN for item in bundle.articles for one in item.highlights)
    shaped = sum(item.makeup.is_shaped for item in bundle.articles)
    cut = sum(item.makeup.is_cut for item in bundle.articles)
    detailed = sum(bool(item.article.details) for item in bundle.articles)
    pictures = len({*bundle.pictures, *bundle.hidden})
    stated = sum(Origin.MINE in item.article.metadata.origins.values() for item in bundle.articles)
    return (
        *counted(lost, "One passage that is no longer in its text.", "{count} passages no longer in their texts."),
        *counted(shaped, "Headings, lists and emphasis in one article.",
                 "Headings, lists and emphasis in {count} articles."),
        *counted(pictures, "One picture.", "{count} pictures."),
        *counted(cut, "What was left out of one article.", "What was left out of {count} articles."),
        *counted(detailed, "What the page of one article says about itself.",
                 "What the pages of {count} articles say about themselves."),
        *counted(stated, "Which facts about one article you stated yourself.",
                 "Which facts about {count} articles you stated yourself."),
        *past_behind(bundle),
        *rules_behind(bundle),
        *rounds_behind(bundle),
        *for_this_program(bundle, kinds),
    )  # fmt: skip


class _Project:
    """A bundle on its way into a project: its notes, users and variables by what they belong to."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._themes = themes_by_id(bundle)
        self._items = in_order(bundle)
        self._types = _types(bundle)
        self.kinds = {one.id: self._types.get(_own_name(one.name), "") for one in bundle.attributes}
        self._variables = {_own_name(one.name): guid(one.id) for one in bundle.attributes}
        self._notes: list[tuple[str, str, str]] = []

    def parts(self) -> Iterator[bytes]:
        """Yield the ZIP file piece by piece: the texts, and last the project, which tells of all of them."""
        box = Box()
        document = root(
            "Project", _NAMESPACE, name=self._bundle.title or ORIGIN, origin=ORIGIN, **times(self._bundle.made, 0)
        )
        self._head(document)
        described: list[bytes] = []
        for item in self._items:
            described.append(fragment(self._source(item)))
            yield box.put(f"sources/{guid(item.article.id)}.txt", encoded(item.content.body.text))
        if described:
            add(document, "Sources")
        self._foot(document)
        whole = filled(written(document), "Sources", described) + aside(self._bundle, self.kinds)
        yield box.put("project.qde", whole) + box.end()

    def _head(self, document: etree._Element) -> None:
        marked = {one.author for item in self._items for one in item.highlights if one.author}
        authors = sorted(marked.union(*(item.layers for item in self._items)))
        if authors:
            users = add(document, "Users")
            for name in authors:
                add(users, "User", guid=_user(name), name=name)
        if self._bundle.themes:
            codes(add(document, "CodeBook"), self._bundle.themes, self._theme_note)
        used = self._used()
        if used:
            variables = add(document, "Variables")
            definitions = {_own_name(one.name): one.definition for one in self._bundle.attributes}
            for name in used:
                kind = self._types.get(name, "Text")
                one = add(variables, "Variable", guid=self._variable(name), name=name, typeOfVariable=kind)
                if definitions.get(name, "").strip():
                    add(one, "Description", definitions[name])

    def _used(self) -> Sequence[str]:
        """Return the variables: those of the metadata that something has, and all attributes."""
        some = {name for item in self._items for name, value in _said(item.article) if value}
        said = [name for name in _OURS if name in some]
        own = [one.name for one in self._bundle.attributes]
        own += sorted({name for item in self._items for name in item.article.attributes} - set(own))
        return list(dict.fromkeys((*said, *map(_own_name, own))))

    def _theme_note(self, theme: Theme) -> str:
        return self._noted(theme.id, f"Note on {theme.name}", theme.note)

    def _noted(self, uid: str, name: str, note: str) -> str:
        """Keep a note for the end of the document; return its GUID, ``""`` when there is none."""
        if not note.strip():
            return ""
        self._notes.append((guid(uid, "note"), name, note))
        return self._notes[-1][0]

    def _source(self, item: BundledArticle) -> etree._Element:
        article = item.article
        name = guid(article.id)
        source = root("TextSource", guid=name, name=title_of(article.metadata),
                      plainTextPath=f"internal://{name}.txt", **times(article.added, article.modified))  # fmt: skip
        for highlight in item.highlights:
            if highlight.status is Status.ANCHORED:
                self._selection(source, highlight)
        for theme in chosen(dict.fromkeys(article.themes), self._themes):
            coding = add(source, "Coding", guid=guid(article.id, theme.id))
            add(coding, "CodeRef", targetGUID=guid(theme.id))
        for author, ids in item.layers.items():
            for theme in chosen(ids, self._themes):
                coded = guid(article.id, f"{theme.id} of {author}")
                coding = add(source, "Coding", guid=coded, creatingUser=_user(author))
                add(coding, "CodeRef", targetGUID=guid(theme.id))
        if reference := self._noted(article.id, f"Note on {title_of(article.metadata)}", article.note):
            add(source, "NoteRef", targetGUID=reference)
        own = ((_own_name(name), value) for name, value in sorted(article.attributes.items()))
        for variable, value in (*_said(article), *own):
            if value:
                self._value(source, variable, value)
        return source

    def _selection(self, source: etree._Element, highlight: Highlight) -> None:
        user = _user(highlight.author) if highlight.author else ""
        selection = add(
            source,
            "PlainTextSelection",
            guid=guid(highlight.id),
            name=highlight.quote,
            startPosition=str(highlight.start),
            endPosition=str(highlight.end),
            creatingUser=user,
            **times(highlight.created, highlight.modified),
        )
        for theme in chosen(dict.fromkeys(highlight.themes), self._themes):
            coding = add(selection, "Coding", guid=guid(highlight.id, theme.id), creatingUser=user,
                         creationDateTime=timestamp(highlight.created))  # fmt: skip
            add(coding, "CodeRef", targetGUID=guid(theme.id))
        if reference := self._noted(highlight.id, f"Note on “{highlight.quote[:40]}”", highlight.note):
            add(selection, "NoteRef", targetGUID=reference)

    def _value(self, source: etree._Element, variable: str, value: str) -> None:
        kind = self._types.get(variable, "Text")
        held = add(source, "VariableValue")
        add(held, "VariableRef", targetGUID=self._variable(variable))
        add(held, f"{kind}Value", _typed(kind, value) or value)

    def _variable(self, name: str) -> str:
        """Return the GUID of a variable: that of the reader's own field, or one that its name makes."""
        if name not in self._variables:
            self._variables[name] = guid(name, "variable")
        return self._variables[name]

    def _foot(self, document: etree._Element) -> None:
        if self._notes:
            notes = add(document, "Notes")
            for uid, name, text in self._notes:
                add(add(notes, "Note", guid=uid, name=name), "PlainTextContent", text)
        if self._bundle.collections:
            held = {item.article.id for item in self._items}
            sets = add(document, "Sets")
            for collection in self._bundle.collections:
                one = add(sets, "Set", guid=guid(collection.id), name=collection.name)
                if collection.note.strip():
                    add(one, "Description", collection.note)
                for uid in collection.items:
                    if uid in held:
                        add(one, "MemberSource", targetGUID=guid(uid))
        if self._bundle.note.strip():
            add(document, "Description", self._bundle.note)


def _said(article: Article) -> Sequence[tuple[str, str]]:
    """Return what the metadata says, as variables."""
    known = article.metadata
    values = (known.byline, known.outlet, known.section, known.address, str(known.published or ""), known.accessed)
    return (
        *zip(_METADATA, (value or "" for value in (*values, known.language)), strict=True),
        (STATE, article.state.value),
        (PASSAGES, "yes" if article.stub else ""),
    )


def _types(bundle: Bundle) -> Mapping[str, str]:
    """Return the types of variables by attribute; where a value is not of its kind, the type is text."""
    types = {_own_name(one.name): _TYPES[one.kind] for one in bundle.attributes if one.kind in _TYPES}
    for item in bundle.articles:
        for name, value in item.article.attributes.items():
            if not _typed(types.get(_own_name(name), "Text"), value):
                types.pop(_own_name(name), None)
    return types


def _own_name(name: str) -> str:
    """Return the variable of an attribute, which is never one of the metadata."""
    taken = name.casefold() in {one.casefold() for one in _OURS}
    return f"{name} (attribute)" if taken else name


def _typed(kind: str, value: str) -> str:
    """Return a value as XML Schema writes its kind, ``""`` when it is none of that kind."""
    value = value.strip()
    if kind == "Float":
        return value if _DECIMAL.fullmatch(value) else ""
    if kind == "Boolean":
        return _YES_NO.get(value.lower(), "")
    if kind == "Date":
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            return ""
    return value


def _user(name: str) -> str:
    return guid(name, "user")


EXPORTER: Final = Exporter(
    key="qdpx",
    name="REFI-QDA project",
    suffix=".qdpx",
    write=write,
    group=PROGRAMS,
    good_for="Texts and coding, for NVivo, ATLAS.ti, MAXQDA.",
    comes_back=True,
)
