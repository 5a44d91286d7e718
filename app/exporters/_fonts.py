"""The fonts of a typeset document: those that come with the program, and others only for what these do not have.

With the program come Source Serif Pro and Source Sans Pro and the fonts inside typst, so that a text which needs no
others makes the same bytes everywhere. For other scripts the fonts of the machine stand in, and what none of them has
is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import Any, Final, NamedTuple
from unicodedata import category, name

from app.exporters._box_font import FAMILY, box_font
from app.exporters._glyphs import characters
from app.loading import load

SERIF: Final = "Source Serif Pro"
SANS: Final = "Source Sans Pro"
MONO: Final = "DejaVu Sans Mono"
_INSIDE: Final = ("Libertinus Serif", "New Computer Modern", "New Computer Modern Math")
_PACKAGES: Final = ("font_source_serif_pro", "font_source_sans_pro")
_STYLES: Final = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
# Of several fonts for a script, the first of these that there is: made for running text, of even colour.
_PREFERRED: Final = (
    "Noto Naskh", "Noto Serif", "Noto Sans", "Noto Color Emoji", "Noto", "Source Han Serif", "Geeza Pro", "Songti",
    "PingFang", "SimSun", "Microsoft", "Segoe UI", "Apple Color Emoji",
)  # fmt: skip
_PASSED: Final = frozenset(("Cc", "Cf", "Cn", "Cs", "Co", "Zs", "Zl", "Zp"))
_SELECTORS: Final = range(0xFE00, 0xFE10)
_JOINERS: Final = "\u200d\ufe0e\ufe0f"
_TRIED: Final = 3
_MANY: Final = 24
_PROOF: Final = b"#set text(font: json(bytes(sys.inputs.fonts)), fallback: false)\n#text(sys.inputs.words)"


class Fonts(NamedTuple):
    """The families for the text, for what stands round it and for code, the files they are in, and what none has.

    ``boxes`` is a font for ``missing``.
    """

    serif: tuple[str, ...]
    sans: tuple[str, ...]
    mono: tuple[str, ...]
    files: tuple[Path, ...]
    missing: str = ""
    boxes: bytes = b""


def fonts_for(used: Set[str]) -> Fonts:
    """Return the fonts for a document in which these characters occur."""
    own = [_folder(package) for package in _PACKAGES]
    files = tuple(path for folder in own for style in _STYLES for path in sorted(folder.glob(f"*-{style}.otf")))
    known = frozenset().union(*(characters(path) for path in files if path.stem.endswith("-Regular")))
    unusual = [one for one in sorted(used) if ord(one) not in known and _is_drawn(one)]
    wanted = [one for group in _scripts(unusual) for one in _undrawn(group, _INSIDE)]
    others, more = _from_machine(wanted)
    left = [one for one in wanted if not any(ord(one) in has for _, has in others)]
    missing = [one for group in _scripts(left) for one in _undrawn(group, (MONO,))]
    after = (*_INSIDE, *(family for family, _ in others), MONO, *((FAMILY,) if missing else ()))
    lost = "".join(missing)
    return Fonts(
        (SERIF, *after), (SANS, SERIF, *after), (MONO, SANS, SERIF, *after), (*files, *more), lost,
        box_font(lost + _JOINERS) if lost else b"",
    )  # fmt: skip


def _folder(package: str) -> Path:
    return Path(str(load(package).__file__)).parent / "files"


def _is_drawn(letter: str) -> bool:
    return category(letter) not in _PASSED and ord(letter) not in _SELECTORS


def _scripts(letters: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield characters in groups that one font may be expected to have: a script, or symbols."""
    groups: dict[str, list[str]] = {}
    for letter in letters:
        script = name(letter, "").split(" ")[0] if category(letter)[0] in "LMN" else ""
        groups.setdefault(script, []).append(letter)
    yield from groups.values()


def _undrawn(letters: Sequence[str], families: Sequence[str]) -> list[str]:
    """Return those characters that families inside typst do not have; of a large script a few speak for all."""
    if _can_draw("".join(letters), families):
        return []
    if len(letters) == 1 or (
        len(letters) > _MANY and not any(_can_draw(letter, families) for letter in letters[:_TRIED])
    ):
        return list(letters)
    half = len(letters) // 2
    return [*_undrawn(letters[:half], families), *_undrawn(letters[half:], families)]


def _can_draw(words: str, families: Sequence[str]) -> bool:
    """Return whether families inside typst have all of these characters: PDF/A refuses a text that has a gap."""
    typst = load("typst")
    inputs = {"fonts": json.dumps(families), "words": words}
    try:
        typst.compile(_PROOF, ignore_system_fonts=True, sys_inputs=inputs, pdf_standards="a-2b")
    except RuntimeError:
        return False
    return True


def _from_machine(letters: Sequence[str]) -> tuple[list[tuple[str, frozenset[int]]], list[Path]]:
    """Return the families of this machine that have these characters, script by script, and the files they are in."""
    if not letters:
        return [], []
    faces = load("typst").Fonts(True, False, []).fonts()
    plain = [(face, characters(Path(face.path), face.index)) for face in faces if _is_plain(face)]
    chosen: dict[str, frozenset[int]] = {}
    for group in _scripts(letters):
        wanted = {ord(letter) for letter in group}.difference(*chosen.values())
        while wanted and plain:
            face, has = min(plain, key=lambda one: (-len(wanted & one[1]), *_rank(one[0].family)))
            if not wanted & has:
                break
            chosen[face.family] = has
            wanted -= has
    files = {Path(face.path) for face in faces if face.family in chosen and face.path}
    return list(chosen.items()), sorted(files)


def _is_plain(face: Any) -> bool:
    return bool(face.path and face.style == "normal" and face.weight == 400)


def _rank(family: str) -> tuple[int, str]:
    place = next((place for place, start in enumerate(_PREFERRED) if family.startswith(start)), len(_PREFERRED))
    return place, family
