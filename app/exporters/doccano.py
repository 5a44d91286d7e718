"""doccano: sequence labelling as JSON lines, an article a line (https://doccano.github.io/doccano/).

Positions are code points, the end exclusive. What doccano does not know of an article it keeps beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.exporters._base import TRAINING, Export, Exporter, File
from app.exporters._outline import LAYERS
from app.exporters._training import about, labels, left_behind, spans, with_text
from app.exporters._values import counted, encoded
from app.model import Bundle, BundledArticle
from app.options import OptionValue


def write(bundle: Bundle, _options: Mapping[str, OptionValue]) -> Export:
    """Write a line for each article that has a text; one without highlights is one to be labelled."""
    items = with_text(bundle)
    noted = sum(bool(one.note.strip()) for item in items for one in spans(item))
    left = (
        *left_behind(bundle, whole=True),
        *counted(
            noted, "On which passage of its text one note is.", "On which passages of their texts {count} notes are."
        ),
    )
    return Export((File("", data) for data in _parts(bundle, items)), left, len(items) + 1)


def _parts(bundle: Bundle, items: Sequence[BundledArticle]) -> Iterator[bytes]:
    named = labels(bundle)
    yield b""  # a file is written, however few articles have a text
    for number, item in enumerate(items, 1):
        labelled = [(one.start, one.end, label) for one in spans(item) for label in named.of(one)]
        line = {
            "id": number,
            "text": item.content.body.text,
            "label": labelled,
            "Comments": [one.note for one in spans(item) if one.note.strip()],
            **about(item, named),
        }
        yield encoded(json.dumps(line, ensure_ascii=False) + "\n")


EXPORTER: Final = Exporter(
    key="doccano",
    name="doccano (JSON lines)",
    suffix=".jsonl",
    group=TRAINING,
    good_for="Texts with labelled spans, to train models with.",
    write=write,
    options=(LAYERS,),
)
