"""What a coder hands back: read from the folder of a library, or from a file that it was exported to."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.borrowing import borrow
from app.cleaning.gauging import gauge_of
from app.drafts import Draft, Framework, Mark, ThemeDraft
from app.errors import LibraryError
from app.importing.reader import Job
from app.importing.reading import Readers
from app.library.holdings import Holdings
from app.library.library import FILE
from app.library.rounds import CONSENSUS
from app.library.theme_paths import ARROW
from app.model import Highlight, Status
from app.progress import Progress
from app.rounds import Round


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article as a coder hands it back; ``marks`` and ``themes`` name themes by id, path or name.

    ``id`` may be empty; ``fingerprint`` then recognises the text. ``attributes`` are values by their names.
    """

    id: str
    fingerprint: str
    title: str
    marks: tuple[Mark, ...] = ()
    themes: tuple[str, ...] = ()
    note: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handed:
    """All that a coder hands back. ``round`` says for which round it is, where that is known; ``note`` is on it all:
    ``None`` where nothing tells whether there is one, as in a file of a part.

    So many ``private`` notes, on articles, themes and all of it, stay with the coder.
    """

    articles: tuple[CodedArticle, ...]
    themes: tuple[ThemeDraft, ...] = ()
    round: Round | None = None
    note: str | None = None
    private: int = 0


def hand_over(path: Path, near: Path) -> Generator[Progress, None, Handed]:
    """Read a coder's library, or the file it was exported to; the library is copied into ``near`` and only read.

    Yields progress. Raises ``LibraryError`` and ``ImportFailed``.
    """
    folder = path.parent if path.name == FILE else path
    if _is_folder(folder):
        with ExitStack() as stack:
            return _held((yield from borrow(stack, folder, near)))
    if not path.exists():
        raise LibraryError("There is nothing at “{path}”.", "Check the path.", path=str(path))
    return (yield from _of_file(path))


def _is_folder(path: Path) -> bool:
    """Tell a folder from a file; raises ``LibraryError`` where nobody may look."""
    try:
        return path.is_dir()
    except OSError as error:
        raise LibraryError(
            "“{path}” cannot be looked at ({reason}).",
            "Check the permissions of the folders it lies in.",
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def _held(holdings: Holdings) -> Handed:
    layers, private = holdings.rounds.layers(), holdings.notes.private()
    keys = sorted(holdings.articles.keys())
    marked = holdings.highlights.of_articles(keys)
    rows = holdings.library.database.rows("SELECT article_id, fingerprint FROM body")
    prints = {row["article_id"]: str(row["fingerprint"]) for row in rows}
    articles = tuple(
        CodedArticle(
            one.id,
            prints.get(one.key, ""),
            one.metadata.title or "",
            tuple(_mark(mark, mark.id in private) for mark in marked.get(one.key, ()) if mark.author not in layers),
            one.themes,
            "" if one.id in private else one.note,
            one.attributes,
        )
        for one in holdings.articles.by_keys(keys)
    )
    themes = tuple(
        ThemeDraft(one.path, one.colour, one.definition, "" if one.id in private else one.note, one.digit or 0, one.id)
        for one in holdings.themes.tree()
    )
    note = "" if "" in private else holdings.notes.text()
    left = private & {"", *(one.id for one in articles), *(one.id for one in themes)}
    return Handed(articles, themes, holdings.rounds.asked(), note, len(left))


def _mark(one: Highlight, private: bool) -> Mark:
    return Mark(
        one.quote,
        one.start,
        one.end,
        one.prefix,
        one.suffix,
        one.themes,
        one.note,
        one.created,
        one.modified,
        id=one.id,
        private=private,
        orphan=one.status is Status.ORPHAN,
    )


def _of_file(path: Path) -> Generator[Progress, None, Handed]:
    drafts: Sequence[Draft] = ()
    themes: Sequence[ThemeDraft] = ()
    frameworks: Sequence[Framework] = ()
    with Readers(1) as readers:
        for result in readers.read([Job(path, path.name)], patience=0.05):
            yield Progress(0, 0, path.name)
            if result is None:
                continue
            if result.error is not None:
                raise result.error
            drafts, frameworks = result.drafts, result.frameworks
            themes = [theme for codebook in result.codebooks for theme in codebook.themes]
    layers = {CONSENSUS, *(one.coder for frame in frameworks for one in frame.rounds if one.taken)}
    articles = tuple(
        CodedArticle(
            one.id,
            gauge_of(one).fingerprint,
            one.metadata.title or "",
            tuple(mark for mark in one.marks if mark.author not in layers),
            one.themes,
            "" if one.private else one.note,
            one.attributes,
        )
        for one in drafts
    )
    noted: list[Draft | ThemeDraft | Framework] = [*drafts, *themes, *frameworks]
    hidden = [one.note for one in noted if one.private]
    note = next(("" if one.private else one.note for one in frameworks if one.note.strip()), None)
    themes = [replace(one, note="") if one.private else one for one in themes]
    answered = next((frame.answers for frame in frameworks if frame.answers), None)
    return Handed(articles, tuple(themes), answered, note, sum(bool(note.strip()) for note in hidden))


def names_of(theme: ThemeDraft) -> tuple[str, ...]:
    """Return all that may name a theme on a mark: its id and its path."""
    return tuple(name for name in (theme.id, ARROW.join(theme.path)) if name)
