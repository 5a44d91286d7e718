"""The names of themes and collections as a query may say them: letter by letter, a pattern, or words among others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from app.search import language
from app.search.matching import matches, sequence_in
from app.search.plan import Slot
from app.search.slots import slots_of
from app.search.tree import plainly

Path = tuple[str, ...]
"""The names of a theme from the root down; as typed it may be the end of one, or (after an empty name) all of it."""


def parted(value: str) -> Path:
    """Return the names in a path as it is typed: ``A > B``, or from the root ``> A > B``."""
    return tuple(map(plainly, value.split(">")))


def collection(names: Mapping[str, str], value: str) -> str | None:
    """Return the id of the collection that is called so, else of the only one that has the words in its name."""
    wanted = plainly(value)
    called = next((given for given, name in names.items() if plainly(name) == wanted), None)
    if called is not None:
        return called
    slots = slots_of(value)
    if not slots or any(slot.kind != "word" for slot in slots):
        return None
    found = [given for given, name in names.items() if sequence_in(slots, language.words(name))]
    return found[0] if len(found) == 1 else None


class Designations:
    """The themes of a library by what they are called, for one query. Nothing is reckoned before it is asked for."""

    def __init__(self, themes: Mapping[int, Path]) -> None:
        """Know ``themes``: by key, the names from the root down."""
        self.themes = themes

    @cached_property
    def _every(self) -> frozenset[Path]:
        """Return all paths; a theme that has others below it may have no key here."""
        return frozenset(path[:depth] for path in self.themes.values() for depth in range(1, len(path) + 1))

    @cached_property
    def _words(self) -> Mapping[str, list[str]]:
        """Return the words of each name in any path."""
        return {name: language.words(name) for path in self._every for name in path}

    @cached_property
    def _by_name(self) -> Mapping[str, list[tuple[Path, Path]]]:
        """Return, for each last name, its paths as they are compared with what was typed, and as they are."""
        found: dict[str, list[tuple[Path, Path]]] = {}
        for path in self._every:
            plain = tuple(map(plainly, path))
            found.setdefault(plain[-1], []).append((plain, path))
        return found

    @cached_property
    def _by_line(self) -> Mapping[Path, list[Path]]:
        """Return the paths with an arrow in a name, by all that their last names, or all of them, are typed as."""
        found: dict[Path, list[Path]] = {}
        for path in self._every:
            ends = (path[depth:] for depth in range(len(path)))
            for said in (*ends, ("", *path)) if any(">" in name for name in path) else ():
                found.setdefault(parted(">".join(said)), []).append(path)
        return found

    @cached_property
    def _by_word(self) -> Mapping[str, set[Path]]:
        """Return, for each word, the themes that have it in their last name."""
        found: dict[str, set[Path]] = {}
        for path in self.themes.values():
            for word in self._words[path[-1]]:
                found.setdefault(word, set()).add(path)
        return found

    @cached_property
    def _by_stem(self) -> Mapping[str, list[str]]:
        """Return, for each stem, the words that have it."""
        found: dict[str, list[str]] = {}
        for word in self._by_word:
            found.setdefault(language.stem("en", word), []).append(word)
        return found

    def called(self, typed: Path) -> list[Path]:
        """Return the paths that end with these names, or that they are from the root down.

        Where there are none, an arrow may be a part of a name.
        """
        alike = self._by_name.get(typed[-1], [])
        if not typed[0]:
            found = [path for plain, path in alike if plain == typed[1:]]
        else:
            found = [path for plain, path in alike if plain[-len(typed) :] == typed]
        return found or (self._by_line.get(typed, []) if len(typed) > 1 else [])

    def like(self, path: Sequence[tuple[Slot, ...]], rooted: bool = False) -> list[Path]:
        """Return the paths whose last names (``rooted``: all of whose names) the slots stand for, name by name."""
        found = [own for own in self._every if path and self._ends(own, path)]
        return [own for own in found if len(own) == len(path)] if rooted else found

    def meant(self, value: str) -> list[Path]:
        """Return the paths that a query means by ``value``, which is no pattern."""
        typed = parted(value)
        if not any(typed) or typed == ("*",):
            return []
        found = self.called(typed) or self.like(
            [own for part in typed if (own := slots_of(part, plain="exact"))], rooted=not typed[0]
        )
        return found or self.naming(value)

    def naming(self, value: str) -> list[Path]:
        """Return the themes that have a value in their last names, its words in any form."""
        slots = slots_of(value) if ">" not in value else ()
        return self.with_words(slots) if slots and all(slot.kind == "word" for slot in slots) else []

    def begun(self, typed: Path) -> bool:
        """Return whether the names of a theme go on like this; the last one may be the beginning of another."""
        return any(
            plain[-len(typed) : -1] == typed[:-1] and plain[-1].startswith(typed[-1])
            for alike in self._by_name.values()
            for plain, _ in alike
        )

    def _ends(self, own: Path, path: Sequence[tuple[Slot, ...]]) -> bool:
        if len(path) > len(own):
            return False
        for name, slots in zip(own[len(own) - len(path) :], path, strict=True):
            words = self._words[name]
            if len(words) != len(slots) or not all(map(matches, slots, words)):
                return False
        return True

    def with_words(self, slots: tuple[Slot, ...]) -> list[Path]:
        """Return the themes in whose last name the slots stand for words that follow one another."""
        found = {path for word in self._standing(slots[0]) for path in self._by_word[word]}
        return [path for path in found if len(slots) == 1 or sequence_in(slots, self._words[path[-1]])]

    def _standing(self, slot: Slot) -> list[str]:
        """Return the words of names that a slot stands for."""
        if slot.kind == "exact":
            return [slot.text] if slot.text in self._by_word else []
        if slot.kind == "word":
            return self._by_stem.get(language.stem("en", slot.text), [])
        return [word for word in self._by_word if matches(slot, word)]

    def below(self, paths: Sequence[Path]) -> frozenset[int]:
        """Return the keys of the themes with these paths, and of all below them."""
        tops = set(paths)
        return frozenset(
            key for key, path in self.themes.items() if any(path[:depth] in tops for depth in range(1, len(path) + 1))
        )
