"""What a binding process does (see ``_apart``): PDFs that typst set volume by volume become one.

The one has one outline, one tree of tags, and pages that count on. Objects are copied one by one under new numbers, so
that memory stays flat: libraries that join PDFs hold the whole, and leave the tags out. Nothing here is random, nor of
the hour.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.exporters._pdf_objects import (
    Sink,
    Source,
    fingerprints,
    joined,
    numbers_in,
    references,
    renumbered,
    unreferring,
)
from app.exporters._pdf_outline import Heading, entries, headings, outlined
from app.exporters._typesetter import SET, failed

BOUND: Final = "bound.json"
"""The names of the volumes in their order, each with the levels of its headings."""

_DOCUMENT: Final = re.compile(rb"<</Type/StructElem/S/Document/P \d+ 0 R/K\[((?:\d+ 0 R ?)*)\]>>")
_TREE: Final = re.compile(rb"/K\[(\d+) 0 R\](?:/ParentTree<</Nums\[((?:\d+ \d+ 0 R ?)*)\]>>/ParentTreeNextKey \d+)?>>")
_LEAF: Final = re.compile(rb"(\d+) (\d+) 0 R")
_PAGES: Final = re.compile(rb"<</Type/Pages/Count \d+/Kids\[((?:\d+ 0 R ?)*)\]>>")
# A link of the contents: the page as it is counted, the volume, the page in it, and how high on that.
_AFAR: Final = re.compile(
    rb"(<</Type/Annot/Subtype/Link.*)/A<</Type/Action/S/URI/URI\(at:(\d+):(\d+):(\d+):([\d.]+)\)>>(.*)/Contents\(.*\)>>"
)
_COUNTED: Final = re.compile(rb"(?<=<xmpTPg:NPages>)\d+(?=<)")
_NAMED: Final = re.compile(rb"(?<=ID>)[^<]+(?=</xmpMM:(?:Instance|Document)ID>)")
_DATA: Final = re.compile(rb"\nstream\n(.*)\nendstream", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Bound:
    """What a volume of which the objects were copied adds to the whole, by their new numbers."""

    node: int
    pages: Sequence[int]
    tags: Sequence[int]
    headings: Sequence[Heading]


@dataclass(slots=True)
class _Binding:
    """A document that is being bound.

    All volumes share the objects ``pages``, ``tags``, the root of their tree, and ``document``, the only tag below it.
    ``seen`` are images by what is in them, ``leaves`` those of the tree of tags, which has ``keys`` by now.
    """

    sink: Sink
    pages: int
    tags: int
    document: int
    volumes: dict[int, _Bound] = field(default_factory=dict)
    seen: dict[bytes, int] = field(default_factory=dict)
    leaves: list[int] = field(default_factory=list)
    keys: int = 0


def work(_task: str, folder: Path) -> int:
    """Bind the volumes in a folder that :data:`BOUND` names. Return 1 when it failed."""
    volumes = json.loads((folder / BOUND).read_text(encoding="utf-8"))
    try:
        bind([(folder / name / SET, levels) for name, levels in volumes], folder / SET)
    except (RuntimeError, OSError, LookupError, ValueError) as error:
        return failed(folder, error)
    return 0


def bind(volumes: Sequence[tuple[Path, Sequence[int]]], target: Path) -> None:
    """Join volumes in their order, each a file and the levels of its headings; a file is removed when it is copied.

    Links of the form ``at:page:volume:page in it:height``, which lead to later volumes, get their targets. Raises
    ``RuntimeError`` for what typst does not write.
    """
    with target.open("wb") as file:
        sink = Sink(file)
        binding = _Binding(sink, sink.reserve(), sink.reserve(), sink.reserve())
        for place in reversed(range(len(volumes))):
            path, levels = volumes[place]
            with Source(path) as source:
                binding.volumes[place] = _copied(binding, source, levels)
                if not place:
                    _concluded(binding, source)
            path.unlink()


def _copied(binding: _Binding, source: Source, levels: Sequence[int]) -> _Bound:
    """Copy the objects of a volume, but for those that speak of the document as a whole."""
    sink, root = binding.sink, source.trailer["Root"]
    named = references(source.value(root))
    tree = _found(_TREE, source.value(named["StructTreeRoot"]))
    document, node = int(tree[1]), named["Pages"]
    listed = list(entries(source, named.get("Outlines", 0)))
    labels = numbers_in(source.value(named["PageLabels"]))
    whole = {root, source.trailer["Info"], document, *named.values(), *labels, *listed}
    numbers = {named["StructTreeRoot"]: binding.tags, document: binding.document, node: sink.reserve()}
    fresh = _numbered(binding, source, [number for number in source.numbers if number not in whole], numbers)
    for number in fresh:
        value, stream = source.read(number)
        sink.put(_aimed(binding, renumbered(value, numbers, binding.keys)) + stream, numbers[number])
    pages = [numbers[number] for number in numbers_in(_found(_PAGES, source.value(node))[1])]
    kids = len(pages), joined(pages)
    sink.put(b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (binding.pages, *kids), numbers[node])
    tags = [numbers[number] for number in numbers_in(_found(_DOCUMENT, source.value(document))[1])]
    _add_leaf(binding, {int(key): numbers[int(number)] for key, number in _LEAF.findall(tree[2] or b"")})
    return _Bound(numbers[node], pages, tags, list(headings(source, listed, levels, numbers)))


def _numbered(binding: _Binding, source: Source, copied: Sequence[int], numbers: dict[int, int]) -> list[int]:
    """Give objects their new ``numbers``, and return those that are to be written: not images that another has."""
    prints = fingerprints(source, copied)
    fresh = []
    for number in copied:
        known = binding.seen.get(prints.get(number, b""), 0)
        numbers[number] = known or binding.sink.reserve()
        if number in prints:
            binding.seen[prints[number]] = numbers[number]
        if not known:
            fresh.append(number)
    return fresh


def _found(pattern: re.Pattern[bytes], value: bytes) -> re.Match[bytes]:
    found = pattern.search(value)
    if not found:
        raise RuntimeError(f"a volume is not written as others are: {value[:80]!r}")
    return found


def _aimed(binding: _Binding, value: bytes) -> bytes:
    """Return an object; a link to a page of another volume leads there."""
    link = _AFAR.fullmatch(value) if b"/URI(at:" in value else None
    if not link:
        return value
    page = binding.volumes[int(link[3])].pages[int(link[4]) - 1]
    return b"%b/Dest[%d 0 R/XYZ 0 %b 0]%b/Contents(page %b)>>" % (link[1], page, link[5], link[6], link[2])


def _add_leaf(binding: _Binding, tagged: Mapping[int, int]) -> None:
    """Add what is tagged in a volume, under keys that count from 0, to the tree."""
    if not tagged:
        return
    first = binding.keys
    binding.keys += max(tagged) + 1
    pairs = b" ".join(b"%d %d 0 R" % (first + key, number) for key, number in sorted(tagged.items()))
    limits = first + min(tagged), first + max(tagged)
    binding.leaves.append(binding.sink.put(b"<</Limits[%d %d]/Nums[%b]>>" % (*limits, pairs)))


def _concluded(binding: _Binding, source: Source) -> None:
    """Write what speaks of the document as a whole, as its first volume says it."""
    sink = binding.sink
    volumes = [binding.volumes[place] for place in range(len(binding.volumes))]
    root = source.trailer["Root"]
    catalog = source.value(root)
    named = references(catalog)
    count = sum(len(one.pages) for one in volumes)
    kids = joined(one.node for one in volumes)
    sink.put(b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids), binding.pages)
    tags = source.value(named["StructTreeRoot"])
    sink.put(b"%b/K[%d 0 R]/ParentTree<</Kids[%b]>>/ParentTreeNextKey %d>>" % (
        tags[: _found(_TREE, tags).start()], binding.document, joined(binding.leaves), binding.keys,
    ), binding.tags)  # fmt: skip
    kids = joined(tag for one in volumes for tag in one.tags)
    sink.put(b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (binding.tags, kids), binding.document)
    whole = [heading for one in volumes for heading in one.headings]
    outlines = b"/Outlines %d 0 R" % outlined(sink, whole) if whole else b""
    labels = sink.put(b"<</Nums[0<</S/D/St 1>>]>>")
    info = sink.put(source.value(source.trailer["Info"]))
    identity = sink.identity
    said = _found(_DATA, source.read(named["Metadata"])[1])[1]
    said = _NAMED.sub(identity, _COUNTED.sub(b"%d" % count, said))
    head = b"<</Length %d/Type/Metadata/Subtype/XML>>" % len(said)
    metadata = sink.put(b"%b\nstream\n%b\nendstream" % (head, said))
    rest = (binding.pages, metadata, labels, binding.tags, outlines)
    end = b"/Pages %d 0 R/Metadata %d 0 R/PageLabels %d 0 R/StructTreeRoot %d 0 R%b>>" % rest
    sink.end(sink.put(unreferring(catalog).removesuffix(b">>") + end), info, identity)
