"""How far the layers of a library agree: theme by theme, on characters, sentences or whole articles."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.coding.agreement import Agreement, Pattern, agreement
from app.errors import InvalidInput, NotFound
from app.library.holdings import Holdings
from app.library.rounds import CONSENSUS
from app.model import Highlight, Status, Theme
from app.text.cells import guard
from app.text.ranges import Span, merge, overlap, segments
from app.text.sentences import sentences
from app.writing import placed, replacing

ME: Final = ""
"""The reader's own layer."""

_PART: Final = 100


class CodingUnit(StrEnum):
    """What is compared: each code point of the texts, each sentence, or each article."""

    CHARACTERS = "characters"
    SENTENCES = "sentences"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """How far coders agree about one theme: whether a unit has it."""

    theme: Theme
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """How far ``layers`` (authors; ``""`` is the reader) agree on so many ``articles``, theme by theme.

    ``overall`` takes each unit with each theme of the table as one decision: yes or no.
    """

    unit: CodingUnit
    layers: tuple[str, ...]
    articles: int
    overall: Agreement
    rows: tuple[ThemeAgreement, ...] = ()


def layers_of(holdings: Holdings) -> tuple[str, ...]:
    """Return the layers that a library holds: the reader's own, the coders' as they came, and the consensus.

    A coder who found nothing to mark has a layer, one whose round was undone has none.
    """
    rounds, layers = holdings.rounds, holdings.layers
    return (ME, *(one for one in (*rounds.coders(), CONSENSUS) if layers.has(one) or rounds.articles(one)))


def chosen_layers(holdings: Holdings, named: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the layers that are to be compared: those that are named, else the reader's and the latest coder's.

    Raises ``NotFound`` and ``InvalidInput``.
    """
    held = layers_of(holdings)
    if not named:
        coders = [author for author in held if author not in (ME, CONSENSUS)]
        if not coders:
            raise NotFound("No coder's round has been taken in yet.", "Prepare one, and take in what comes back.")
        return (ME, coders[-1])
    wanted = dict.fromkeys(ME if name.casefold() == "me" else name for name in named)
    for name in wanted:
        if name not in held:
            known = ", ".join(author or "me" for author in held)
            raise NotFound("There is no layer of “{name}”.", "There are: {known}.", name=name, known=known)
    if len(wanted) < 2:
        raise InvalidInput("Agreement is between two layers at least.", "Name another one.")
    return tuple(wanted)


def common_articles(holdings: Holdings, layers: Sequence[str]) -> list[int]:
    """Return the articles that all of the layers cover, by key: those of the rounds that they have in common."""
    rounds = holdings.rounds
    covered = [rounds.articles(author) for author in layers if author not in (ME, CONSENSUS)]
    if covered:
        return sorted(frozenset.intersection(*covered))
    return sorted(frozenset().union(*(rounds.articles(author) for author in rounds.coders())))


def measure(
    holdings: Holdings, unit: CodingUnit, layers: Sequence[str], theme: str | None = None
) -> Iterator[AgreementTable]:
    """Yield the table of agreement as it grows with the articles; the last one is the whole.

    A theme counts on the units that its highlights touch; a sentence has it when any of its words has. Themes on whole
    articles count where articles are compared, together with those of their passages; there an orphan counts too.
    ``theme`` takes only that one and those below it. Themes that none of the layers has are left out.
    """
    wanted = holdings.themes.branch(theme)
    counts: dict[str, Counter[Pattern]] = {one.id: Counter() for one in wanted}
    used: set[str] = set()
    keys, total = common_articles(holdings, layers), 0
    for start in range(0, max(len(keys), 1), _PART):
        part = keys[start : start + _PART]
        total += _count(holdings, unit, layers, part, counts, used)
        yield _table(unit, layers, start + len(part), wanted, counts, used, total)


def _count(
    holdings: Holdings,
    unit: CodingUnit,
    layers: Sequence[str],
    keys: Sequence[int],
    counts: Mapping[str, Counter[Pattern]],
    used: set[str],
) -> int:
    """Count the patterns of articles in which somebody said yes; return how many units the articles have."""
    texts = holdings.bodies.texts(keys)
    marked = [holdings.layers.highlights(keys, author) for author in layers]
    whole = [holdings.layers.themes(keys, author) for author in layers]
    total = 0
    for key in keys:
        units = _units(unit, texts.get(key, ""))
        total += units if isinstance(units, int) else len(units)
        for uid in counts:
            spans = [_spans(one[key], uid) for one in marked]
            found: Counter[Pattern]
            if unit is CodingUnit.ARTICLES:
                said: Pattern = tuple(
                    uid in themes[key] or any(uid in one.themes for one in held[key])
                    for themes, held in zip(whole, marked, strict=True)
                )
                found = Counter({said: 1})
            elif not any(spans):
                continue
            elif isinstance(units, int):
                found = _on_characters(spans)
            else:
                found = _on_sentences(spans, units)
            for pattern, count in found.items():
                if any(pattern):
                    used.add(uid)
                    counts[uid][pattern] += count
    return total


def _units(unit: CodingUnit, text: str) -> int | list[Span]:
    """Return the sentences of a text, or how many units it is."""
    if unit is CodingUnit.ARTICLES:
        return 1
    if unit is CodingUnit.CHARACTERS:
        return len(text)
    found: list[Span] = []
    place = 0
    for line in text.split("\n"):
        found += [(place + start, place + end) for start, end in sentences(line)]
        place += len(line) + 1
    return found


def _spans(held: Iterable[Highlight], theme: str) -> list[Span]:
    return merge((one.start, one.end) for one in held if theme in one.themes and one.status is Status.ANCHORED)


def _on_characters(spans: Sequence[Sequence[Span]]) -> Counter[Pattern]:
    owners = [coder for coder, own in enumerate(spans) for _ in own]
    found: Counter[Pattern] = Counter()
    for start, end, over in segments([span for own in spans for span in own]):
        said = {owners[number] for number in over}
        found[tuple(coder in said for coder in range(len(spans)))] += end - start
    return found


def _on_sentences(spans: Sequence[Sequence[Span]], units: Sequence[Span]) -> Counter[Pattern]:
    return Counter(tuple(any(overlap(span, unit) for span in own) for own in spans) for unit in units)


def _table(
    unit: CodingUnit,
    layers: Sequence[str],
    articles: int,
    wanted: Sequence[Theme],
    counts: Mapping[str, Counter[Pattern]],
    used: set[str],
    total: int,
) -> AgreementTable:
    nobody: Pattern = (False,) * len(layers)
    rows: list[ThemeAgreement] = []
    pooled: Counter[Pattern] = Counter()
    for theme in wanted:
        if theme.id in used:
            patterns = counts[theme.id] + Counter({nobody: total - counts[theme.id].total()})
            rows.append(ThemeAgreement(theme, agreement(patterns)))
            pooled += patterns
    return AgreementTable(unit, tuple(layers), articles, agreement(pooled), tuple(rows))


def as_csv(table: AgreementTable) -> str:
    """Return the table as CSV (RFC 4180) with a row for each theme and one for all; a measure without value is empty.

    A cell that a spreadsheet would take for a formula gets a ``'`` before it.
    """
    names = [author or "me" for author in table.layers]
    written = io.StringIO()
    rows = csv.writer(written)
    head = ("theme", "unit", "articles", "units", *(f"marked by {name}" for name in names))
    rows.writerow([*map(guard, head), "percent", "kappa", "alpha", "remark"])
    for name, found in (
        *((" > ".join(row.theme.path), row.agreement) for row in table.rows),
        ("all themes", table.overall),
    ):
        marked = found.marked or (0,) * len(names)
        measures = ["" if value is None else f"{value:.6g}" for value in (found.percent, found.kappa, found.alpha)]
        rows.writerow(
            [guard(name), table.unit.value, table.articles, found.units, *marked, *measures, str(found.why or "")]
        )
    return written.getvalue()


def write_csv(table: AgreementTable, path: Path) -> None:
    """Write the table as CSV, with a byte order mark, in place of a file that is there. Raises ``ExportFailed``."""
    with placed(path) as place, replacing(place) as file:
        file.write(as_csv(table).encode("utf-8-sig"))
