"""Preparing a round for a second coder: a library of its own with articles and the codebook, and nothing else."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.coding.drawing import draw
from app.drafts import Draft
from app.errors import AppError, Conflict, InvalidInput, LibraryError
from app.exporting.bundling import Selection
from app.importing.originals import Originals
from app.library.articles import Source
from app.library.library import FILE, new_uid, now
from app.library.rounds import coder_name
from app.model import Article, Bundle, BundledArticle
from app.progress import Progress
from app.rounds import Round
from app.workspace import Workspace
from app.writing import drop_folders, make_folders

MONTH: Final = "month"
FIELDS: Final = ("outlet", "byline", "section", "language", MONTH)
"""What a draw can be stratified by, besides the reader's own attributes."""

_PART: Final = 16


@dataclass(frozen=True, slots=True)
class Draw:
    """A random draw of ``number`` articles: by strata of a field or attribute, when ``by`` names one."""

    number: int
    by: str = ""
    equal: bool = False
    seed: str = "1"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was prepared: the round, where its library is, and how many articles came of how many in each stratum."""

    round: Round
    folder: Path
    strata: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def prepare(
    workspace: Workspace,
    folder: Path,
    coder: str,
    selection: Selection,
    chance: Draw | None = None,
    *,
    values: bool = False,
) -> Generator[Progress, None, Prepared]:
    """Write a library for a coder into ``folder``, which must not be there or be empty; yields the articles done.

    It holds the chosen articles, or those of them that were drawn, with the themes and attributes of this library, by
    their ids, and neither marks nor notes on anything but themes; private notes stay home too, and so do the files
    that the articles were read from, for they may have been marked. What the reader gave to attributes is a coding as
    well: the coder only sees it where ``values`` are wished. Raises ``InvalidInput`` and ``LibraryError``.
    """
    coder = coder_name(coder)
    _refuse_taken(folder)
    if chance and chance.by:
        _check_field(workspace, chance.by)
    found = _articles(workspace, selection)
    if not found:
        raise InvalidInput("There are no articles to code.", "Choose some, or loosen the query.")
    strata = {one.id: _stratum(one, chance.by if chance else "") for one in found}
    ids = draw(strata, chance.number, chance.seed, equal=chance.equal) if chance else tuple(strata)
    made = Round(new_uid(), coder, ids, now(), library=workspace.rounds.own_id(), blind=not values)
    # Beside its place first: a kill leaves no half-made library where a whole one is expected.
    part = folder.absolute().parent / f".{folder.name}.{os.getpid()}.part"
    around: list[Path] = []
    try:
        around += make_folders(part.parent)
        with Workspace(part, origin="coder") as target:
            yield from _fill(workspace, target, made)
        with suppress(FileNotFoundError):
            folder.rmdir()
        part.replace(folder)
    except LibraryError as error:  # it speaks of the place beside
        raise error.speaking_of({str(part): str(folder), part.name: folder.name}) from error
    except OSError as error:
        raise LibraryError(
            "The library for “{coder}” cannot be put into “{folder}” ({reason}).",
            "Choose an empty folder, or one that does not exist yet.",
            coder=coder,
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        drop_folders(around)  # what has the library in it by now stays
    workspace.rounds.keep(made)
    return Prepared(made, folder, _counted(strata, ids) if chance and chance.by else {})


def _refuse_taken(folder: Path) -> None:
    try:
        is_taken = (folder / FILE).exists()
    except PermissionError as error:
        raise LibraryError(
            "“{folder}” may not be looked into.", "Choose another folder.", folder=str(folder)
        ) from error
    except OSError:  # whether it can be made is seen when it is
        is_taken = False
    if is_taken:
        raise Conflict("There is a library in “{folder}” already.", "Choose another folder.", folder=str(folder))


def _articles(workspace: Workspace, selection: Selection) -> list[Article]:
    """Return the articles of a selection, without their texts."""
    if selection.theme is not None:
        return [item.article for item in workspace.bundle(selection).articles]
    if selection.articles is not None:
        keys: Sequence[int] = [workspace.articles.key(given) for given in selection.articles]
    elif selection.collection is not None:
        found = workspace.collections.find(selection.collection)
        keys = workspace.keys(found.stored) if found.query else workspace.collections.keys(found)[0]
    elif selection.query is not None:
        keys = workspace.keys(selection.query)
    else:
        keys = sorted(workspace.articles.keys())
    return workspace.articles.by_keys(list(dict.fromkeys(keys)))


def _check_field(workspace: Workspace, by: str) -> None:
    known = (*FIELDS, *(one.name for one in workspace.attributes.all()))
    if by.casefold() not in {name.casefold() for name in known}:
        raise InvalidInput(
            "There is no field “{name}” to draw by.", "Choose one of: {known}.", name=by, known=", ".join(known)
        )


def _stratum(article: Article, by: str) -> str:
    """Return the stratum of an article, empty when it has no value in that field."""
    name = by.casefold()
    published = article.metadata.published
    if name == MONTH:
        return published.day.isoformat()[:7] if published else ""
    if name in FIELDS:
        return getattr(article.metadata, name) or ""
    return next((value for one, value in article.attributes.items() if one.casefold() == name), "")


def _counted(strata: Mapping[str, str], drawn: Sequence[str]) -> dict[str, tuple[int, int]]:
    sizes, shares = Counter(strata.values()), Counter(strata[uid] for uid in drawn)
    return {name: (shares[name], sizes[name]) for name in sorted(sizes)}


def _fill(workspace: Workspace, target: Workspace, made: Round) -> Generator[Progress, None, None]:
    target.rounds.answer(made)
    target.library.set_setting("name", f"{workspace.library.name} ({made.coder})")
    bundle = workspace.bundle(Selection(articles=()))
    _put_codebook(target, bundle)
    # In the order of ids, which says nothing about how they were found.
    ids = sorted(made.articles)
    for start in range(0, len(ids), _PART):
        part = workspace.bundle(Selection(articles=tuple(ids[start : start + _PART])))
        with target.library.deed("Round for {coder}", coder=made.coder), target.themes.remembering():
            for item in part.articles:
                _put_article(target, item, part.pictures, {} if made.blind else item.article.attributes)
        yield Progress(min(start + _PART, len(ids)), len(ids), part.articles[-1].article.metadata.title or "")
    with target.library.database.transaction():
        target.library.database.execute("DELETE FROM step")


def _put_codebook(target: Workspace, bundle: Bundle) -> None:
    for theme in bundle.themes:
        target.themes.add(
            theme.name,
            under=theme.parent,
            colour=theme.colour,
            definition=theme.definition,
            digit=theme.digit or 0,
            uid=theme.id,
        )
        if theme.note:
            target.themes.edit(theme.id, note=theme.note)
    for attribute in bundle.attributes:
        target.attributes.add(attribute.name, attribute.kind, attribute.choices, attribute.definition, attribute.id)


def _put_article(
    target: Workspace, item: BundledArticle, pictures: Mapping[str, bytes], attributes: Mapping[str, str]
) -> None:
    article, body = item.article, item.content.body
    shown = {str(block.attributes["picture"]) for block in body.blocks if "picture" in block.attributes}
    held: dict[str, bytes] = {}
    for digest in sorted(shown & pictures.keys()):
        try:
            Originals(target.library.originals).put_bytes(pictures[digest])
        except AppError:
            continue
        held[digest] = b""
    draft = Draft(
        body,
        article.metadata,
        item.content.left_out,
        article.details,
        attributes,
        pictures=held,
        stub=article.stub,
        id=article.id,
    )
    target.articles.add(draft, Source(article.source, format=article.format))
