"""The command that looks up the quotations and figures of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from app.citing import HOUSE, STYLES, style_of
from app.cli.indexing import readied
from app.cli.shape import Call, Command, pass_call
from app.loading import load
from app.proofing.proof import Claim, Proof, Verdict, Witness

_SHOWN: Final = 200


@click.command("proof", cls=Command, whole=True)
@click.argument("file", metavar="FILE")
@click.option("--to", "target", metavar="TABLE", help="Write the report to this file too: .csv or .xlsx.")
@click.option("--style", default=HOUSE, metavar="KEY", help=", ".join(style.key for style in STYLES))
@pass_call
def proof(call: Call, file: str, target: str | None, style: str) -> None:
    """Look up every quotation and figure of a draft (DOCX, ODT, Markdown, ...) in the library.

    Each is verbatim, altered, said by another than the draft has it, or not found; a figure may stand elsewhere, in
    another context. The draft is not kept.
    """
    if target is not None:
        load("app.proofing.table").writer(Path(target))  # a wrong name is told before the work is done
    key = style_of(style).key
    with call.workspace() as workspace:
        readied(workspace, "")
        found: Proof = call.finish(workspace.proof(Path(file), key))
    if target is not None:
        load("app.proofing.table").write(found, Path(target))
    counts = {verdict: found.count(verdict) for verdict in Verdict}
    value = {
        "draft": file,
        "checked": len(found.claims),
        **{verdict.value.replace(" ", "_"): count for verdict, count in counts.items()},
        "claims": [_claim(one) for one in found.claims],
        "written": target,
    }
    said = ", ".join(f"{count} {verdict.value}" for verdict, count in counts.items())
    call.answer(
        value, f"{len(found.claims)} looked up: {said}.", *(line for one in found.claims for line in _lines(one))
    )


def _claim(one: Claim) -> dict[str, Any]:
    """Return a claim; ``start`` and ``end`` are code points of the draft, those of ``source`` of its article's text."""
    return {
        "number": one.number,
        "kind": one.kind.value,
        "verdict": one.verdict.value,
        "start": one.span[0],
        "end": one.span[1],
        "words": one.words,
        "context": one.context,
        "speaker": one.speaker,
        "source": None if one.witness is None else _source(one.witness),
        "also_in": [_source(each) for each in one.others],
        "differences": [
            {"what": each.what.value, "draft": each.draft, "library": each.library} for each in one.changes
        ],
    }


def _source(witness: Witness) -> dict[str, Any]:
    return {
        "article": witness.article.id,
        "title": witness.article.metadata.title,
        "start": witness.span[0],
        "end": witness.span[1],
        "words": witness.words,
        "speaker": witness.speaker,
        "citation": witness.citation,
    }


def _lines(one: Claim) -> Iterator[str]:
    """Yield a claim for a person: the verdict, the words, and where they are from."""
    yield f"{one.number:>4}  {one.verdict.value:<15}  {_short(one.words)}"
    if one.witness is None:
        return
    for each in one.changes:
        yield f"{'':23}{load('app.proofing.table').told(each)}"
    if one.verdict is Verdict.ANOTHER:
        yield f"{'':23}said by {one.witness.speaker}, not by {one.speaker}"
    if one.verdict is Verdict.ELSEWHERE:
        yield f"{'':23}in another context:"
    for place in one.places:
        yield f"{'':23}{place.citation}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


COMMANDS = (proof,)
