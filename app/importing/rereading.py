"""Files that are read once more: which of their articles are held already, and stay as their reader left them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.cleaning.gauging import gauge_of
from app.cleaning.publications import are_two
from app.drafts import Draft
from app.importing.taking import Taking
from app.library.arrivals import part_of
from app.library.articles import Source
from app.library.holdings import Holdings


class Rereading:
    """The files of one import whose bytes the library knows, by their SHA-256."""

    def __init__(self, holdings: Holdings, taking: Taking) -> None:
        """Begin with none."""
        self._holdings = holdings
        self._taking = taking
        self._files: set[str] = set()
        self._held: tuple[str, dict[str, dict[int, str]]] = "", {}
        self._texts: dict[str, dict[str, list[str]]] = {}

    def begin(self, digest: str) -> None:
        """Expect a file that is read once more."""
        self._files.add(digest)

    def of(self, digest: str, drafts: Sequence[Draft]) -> Sequence[Draft]:
        """Return the drafts of a file without those that are all of it, or of one in it, where its articles are held.

        Of any other file these are all of them.
        """
        if digest not in self._files:
            return drafts
        held = self._holdings.arrivals.of_parts(digest)
        gone = held.keys() - {draft.part for draft in drafts}
        kept = [draft for draft in drafts if draft.part in held or not _holds_any(draft.part, gone)]
        for draft in kept:
            self._texts.setdefault(digest, {}).setdefault(draft.part, []).append(gauge_of(draft).fingerprint)
        return kept

    def left_alone(self, draft: Draft, source: Source) -> int | None:
        """Return the article that was read from this very part of a file before: it is as its reader left it."""
        digest = source.original
        if digest not in self._files:
            return None
        if self._held[0] != digest:
            self._held = digest, self._holdings.arrivals.of_parts(digest)
        keys, texts = self._held[1].get(part_of(source.name), {}), self._texts[digest][draft.part]
        found = next(iter(keys), None) if len(texts) == 1 else self._of_its_name(draft, keys, texts)
        keys.pop(found or 0, None)
        # That one from another library was read from this file is only what that library said.
        is_said = found is not None and self._holdings.arrivals.is_away(found)
        return None if is_said and not self._taking.is_edition(found or 0, draft) else found

    def _of_its_name(self, draft: Draft, keys: Mapping[int, str], texts: Sequence[str]) -> int | None:
        """Return which of several articles that were parts of one name a draft is: by its text, unless that changed."""
        own = gauge_of(draft).fingerprint
        same = next((key for key, text in keys.items() if text == own), None)
        if same is not None:
            return same
        changed = (key for key, text in keys.items() if text not in texts)
        known = self._holdings.arrivals.known
        return next((key for key in changed if not are_two(known(key), (draft.metadata,))), None)


def _holds_any(part: str, others: Iterable[str]) -> bool:
    """Tell whether one of some parts lies in a part of a file; ``""`` is the file itself."""
    return any(other.startswith(f"{part}/" if part else "") for other in others)
