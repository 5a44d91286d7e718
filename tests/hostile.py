"""What the tests of hostile files share: samples of every format, archives packed again, and what an answer owes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from app.importers._parts import broken
from app.importing.reading import Result

SAMPLES = Path(__file__).resolve().parent / "data" / "imports"
LARGE = 300_000
SECONDS = 30.0
LONGEST = 3_000
STUMBLED = broken("", ValueError()).template
GIVEN_UP = ("longer than", "broke the process")

Files = list[tuple[str, bytes]]


def packed_again(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(name, change(name, source.read(name)))
    return target.getvalue()


def faults_of(result: Result) -> Iterator[str]:
    """Yield what a person would not understand of an answer."""
    errors = [result.error] if result.error else [part.error for part in result.unread]
    if not errors and not result.drafts and not result.codebooks:
        yield "neither articles nor a reason"
    for error in errors:
        said = str(error)
        if error.template == STUMBLED or any(words in said for words in GIVEN_UP):
            yield said
        elif not said.endswith(".") or "\n" in said or len(said.split()) < 4 or len(said) > LONGEST or "Error" in said:
            yield f"no sentence: {said}"
