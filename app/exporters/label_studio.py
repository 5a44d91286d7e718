"""Label Studio: tasks as JSON, and the labelling interface that shows them (https://labelstud.io/guide/export).

The target is a folder, since neither file is of use without the other. Positions are code points, the end exclusive:
Label Studio's editor counts them, whatever its units inside are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from app.exporters._base import TRAINING, Export, Exporter, File
from app.exporters._training import Labels, about, labels, left_behind, spans, with_text
from app.exporters._values import chosen, colour_of, encoded
from app.model import Bundle, BundledArticle, Highlight
from app.options import OptionValue

TASKS: Final = "tasks.json"
INTERFACE: Final = "labelling.xml"

_SPANS: Final = "label"
_WHOLE: Final = "themes"
_TEXT: Final = "text"
_GREY: Final = "#8a8d93"


def write(bundle: Bundle, _options: Mapping[str, OptionValue]) -> Export:
    """Write a task for each article that has a text; one without highlights is one to be labelled."""
    items = with_text(bundle)
    return Export(_files(bundle, items), left_behind(bundle, whole=True), len(items) + 3)


def _files(bundle: Bundle, items: Sequence[BundledArticle]) -> Iterator[File]:
    named = labels(bundle)
    yield File(TASKS, b"[")
    for number, item in enumerate(items, 1):
        between = ",\n" if number > 1 else "\n"
        yield File(TASKS, encoded(between + json.dumps(_task(number, item, named), ensure_ascii=False)))
    yield File(TASKS, b"\n]\n")
    yield File(INTERFACE, encoded(_interface(named)))


def _task(number: int, item: BundledArticle, named: Labels) -> dict[str, Any]:
    result = [_region(one, item.content.body.text, named) for one in spans(item)]
    worn = [named.names[theme.id] for theme in chosen(item.article.themes, named.themes)]
    if worn:
        result.append(_result(item.article.id, _WHOLE, "choices", {"choices": worn}))
    annotations = [{"result": result}] if result else []
    return {
        "id": number,
        "data": {_TEXT: item.content.body.text, **about(item, named)},
        "annotations": annotations,
    }


def _region(highlight: Highlight, text: str, named: Labels) -> dict[str, Any]:
    start, end = highlight.start, highlight.end
    value = {"start": start, "end": end, "text": text[start:end], "labels": named.of(highlight)}
    note = {"meta": {"text": [highlight.note]}} if highlight.note.strip() else {}
    return {**_result(highlight.id, _SPANS, "labels", value), **note}


def _result(uid: str, name: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": uid, "from_name": name, "to_name": _TEXT, "type": kind, "value": value}


def _interface(named: Labels) -> str:
    """Return the labelling interface: a label for each theme in its colour, and the themes of whole articles."""
    spans_of, whole = [], []
    for theme in named.themes.values():
        value = _attribute(named.names[theme.id])
        key = f' hotkey="{theme.digit}"' if theme.digit else ""
        spans_of.append(f'    <Label value={value} background="{colour_of(theme)}"{key}/>')
        whole.append(f"    <Choice value={value}/>")
    spans_of.append(f'    <Label value={_attribute(named.bare)} background="{_GREY}"/>')
    choices = [f'  <Choices name="{_WHOLE}" toName="{_TEXT}" choice="multiple">', *whole, "  </Choices>"]
    lines = (
        "<View>",
        "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
        f'  <Labels name="{_SPANS}" toName="{_TEXT}" choice="multiple">',
        *spans_of,
        "  </Labels>",
        f'  <Text name="{_TEXT}" value="${_TEXT}"/>',
        *(choices if whole else ()),
        "</View>",
    )
    return "\n".join(lines) + "\n"


def _attribute(text: str) -> str:
    return f'"{escape(text)}"'


EXPORTER: Final = Exporter(
    key="label_studio",
    name="Label Studio (tasks and interface)",
    suffix="",
    group=TRAINING,
    good_for="Tasks with labelled spans, and their interface.",
    write=write,
)
