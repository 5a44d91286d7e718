"""The cases of a REFI-QDA project, the people or places that its texts and passages are about or from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from app.drafts import ThemeDraft
from app.importers._refi import child, children, target
from app.importers._xml import words

if TYPE_CHECKING:
    from lxml import etree

_ABOVE: Final = "Cases"  # the theme above those of cases that passages belong to
_BETWEEN: Final = "; "


class Cases:
    """What cases say of sources and selections, by the GUIDs of these."""

    def __init__(self, root: etree._Element, values: Callable[[etree._Element], Mapping[str, str]]) -> None:
        """Read the cases; ``values`` returns the variables of one."""
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._names: dict[str, list[str]] = defaultdict(list)
        self._said: dict[str, list[str]] = defaultdict(list)
        self.codes: dict[str, list[str]] = defaultdict(list)
        self.passages: dict[str, list[str]] = defaultdict(list)
        self.themes: list[ThemeDraft] = []
        self.homeless = 0
        for case in children(child(root, "Cases"), "Case"):
            self._read(case, values(case))

    def _read(self, case: etree._Element, values: Mapping[str, str]) -> None:
        name = " ".join((case.get("name") or "").split())
        about = words(child(case, "Description"))
        codes = [target(one) for one in children(case, "CodeRef")]
        sources, passages = ([target(one) for one in children(case, kind)] for kind in ("SourceRef", "SelectionRef"))
        self.homeless += not sources and not passages
        for uid in (*sources, *passages):
            self.codes[uid] += codes
        for uid in sources:
            self._names[uid] += [name] if name else []
            self._said[uid] += [about] if about else []
            for variable, value in values.items():
                if value not in self._values[uid][variable]:
                    self._values[uid][variable].append(value)
        if passages and name:
            theme = ThemeDraft((_ABOVE, name), definition=about, note="\n".join(map(": ".join, values.items())))
            self.themes.append(theme)
            for uid in passages:
                self.passages[uid].append(" > ".join(theme.path))

    def values(self, uid: str) -> dict[str, str]:
        """Return the variables of the cases that a source belongs to; where several say different things, all."""
        return {name: _BETWEEN.join(said) for name, said in self._values.get(uid, {}).items()}

    def name(self, uid: str) -> str:
        """Return the names of the cases that a source belongs to."""
        return _BETWEEN.join(dict.fromkeys(self._names.get(uid, ())))

    def about(self, uid: str) -> list[str]:
        """Return what is written on the cases that a source belongs to."""
        return self._said.get(uid, [])
