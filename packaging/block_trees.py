"""Make resources/cleaning/{sight,blocks}.npz anew: the trees that tell an article's blocks from the page around it.

usage: .venv/bin/python packaging/block_trees.py PAGES

PAGES is a folder with ``gold.jsonl`` (a line a page: ``id``, and ``text``, the article as a person found it) and
``html/ID.html.gz``. Every third page is held back: the trees never see it, so that they can be measured on it. It needs
LightGBM, which the program does not: the trees are kept as plain arrays.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

sys.path.append(str(Path(__file__).resolve().parent.parent))

from app.cleaning.blocks import Table, measure_again
from app.cleaning.choice import WHOLE, grouped, look, spans, survey
from app.cleaning.furniture import classify
from app.cleaning.phrases import tokens
from app.cleaning.statements import read_statements
from app.cleaning.trees import BLOCKS, SIGHT
from app.importers._encodings import decode_page
from app.importers._extraction import extracted
from app.text.html_reader import read_parts
from app.text.markup import parse

ROOT = Path(__file__).resolve().parent.parent
TREES = 80
HELD_BACK = 3
RUN = 4
PARAMETERS = {
    "objective": "cross_entropy", "num_leaves": 20, "max_depth": 5, "learning_rate": 0.11, "min_data_in_leaf": 60,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 20, "max_bin": 63, "seed": 1,
    "num_threads": 1, "deterministic": True, "verbose": -1,
}  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Measure the pages, grow the trees, and keep them."""
    known = list(examples(Path(arguments[0])))
    for name, number in ((SIGHT, 0), (BLOCKS, 1)):
        columns = zip(*((one[number], *one[2:]) for one in known), strict=True)
        table, labels, weights = (np.concatenate(column) for column in columns)
        model = lightgbm.train(PARAMETERS, lightgbm.Dataset(table, labels, weight=weights), TREES).dump_model()
        target = ROOT / "resources" / "cleaning" / name
        np.savez_compressed(target, **arrays([tree["tree_structure"] for tree in model["tree_info"]]))
        shape = f"{len(known)} pages, {len(labels)} blocks, {table.shape[1]} columns"
        print(f"{name}: {shape}: {target.stat().st_size} bytes")
    return 0


def examples(folder: Path) -> Iterator[tuple[Table, Table, NDArray[np.float64], NDArray[np.float64]]]:
    """Yield of each page that is not held back what ``example`` says."""
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if number % HELD_BACK == HELD_BACK - 1:
            continue
        page = json.loads(line)
        data = gzip.decompress((folder / "html" / f"{page['id']}.html.gz").read_bytes())
        if (found := example(data, page["text"])) is not None:
            yield found


def example(data: bytes, gold: str) -> tuple[Table, Table, NDArray[np.float64], NDArray[np.float64]] | None:
    """Return what is measured of a page's blocks at first sight and then, their shares in the gold, their weights."""
    root = parse(decode_page(data, "page.html"))
    said = read_statements(root) if root is not None else None
    if root is None or said is None or not (parts := read_parts(root, said.address or "")):
        return None
    page = classify([part.piece.text for part in parts])
    measures = look(parts, page, said)
    chosen, held = survey(parts, page, lambda thorough: extracted(root, thorough), measures.comments)
    blocks = [tokens(part.piece.text) for part in parts]
    lengths = np.clip([len(words) for words in blocks], 2, 100) ** 0.8
    labels = shares(blocks, list(spans(grouped(parts, WHOLE))), gold)
    return measures.table, measure_again(measures, chosen, held), labels, 100 * lengths / lengths.sum()


def shares(blocks: Sequence[Sequence[str]], together: Sequence[tuple[int, int]], gold: str) -> NDArray[np.float64]:
    """Return which share of each block's words stands in the gold; short blocks must be a line of it."""
    stream = tokens(gold)
    runs = {tuple(stream[at : at + RUN]) for at in range(len(stream) - RUN + 1)}
    lines = {tuple(tokens(line)) for line in gold.split("\n")}
    found = np.zeros(len(blocks))
    for first, end in together:
        words = [word for block in blocks[first:end] for word in block]
        covered = np.zeros(len(words), dtype=bool)
        for at in range(len(words) - RUN + 1):
            if tuple(words[at : at + RUN]) in runs:
                covered[at : at + RUN] = True
        whole = len(words) < RUN and bool(words) and tuple(words) in lines
        found[first:end] = float(whole) if len(words) < RUN else covered.mean()
    return found


def arrays(trees: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the nodes of all trees, numbered through; see app/cleaning/trees.py."""
    rows: list[tuple[int, float, int, int, float]] = []
    depth = 0

    def add(node: dict[str, Any], level: int) -> int:
        nonlocal depth
        depth = max(depth, level)
        number = len(rows)
        rows.append((0, 0.0, number, number, node.get("leaf_value", 0.0)))
        if "split_feature" in node:
            low, high = add(node["left_child"], level + 1), add(node["right_child"], level + 1)
            rows[number] = (node["split_feature"], node["threshold"], low, high, 0.0)
        return number

    roots = [add(tree, 0) for tree in trees]
    column, limit, low, high, value = zip(*rows, strict=True)
    return {
        "roots": np.array(roots, dtype=np.uint16),
        "column": np.array(column, dtype=np.uint8),
        "limit": rounded_down(np.array(limit)),
        "following": np.array([low, high], dtype=np.uint16).T.ravel(),
        "value": np.array(value, dtype=np.float32),
        "depth": np.array(depth, dtype=np.uint8),
    }


def rounded_down(limits: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return limits as smaller numbers that part the same rows."""
    small = limits.astype(np.float32)
    return np.where(small > limits, np.nextafter(small, np.float32(-np.inf)), small)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
