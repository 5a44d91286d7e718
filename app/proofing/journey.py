"""Checking a draft of the reader's own against the library: every quotation and figure in it is looked up.

The draft is read in a process of its own, as an import is, and is never stored.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.citing import HOUSE, citation, page_of, place_of
from app.drafts import Draft
from app.errors import ImportFailed
from app.importing.reader import Job
from app.importing.reading import Readers
from app.library.bodies import kept
from app.library.holdings import Holdings
from app.model import Content, Origin
from app.progress import Progress
from app.proofing.crediting import credited, source_credit, standing
from app.proofing.proof import Claim, Kind, Proof, Verdict, Witness
from app.proofing.sourcing import Reading, Sources, content_words, shared
from app.search.index import Index
from app.searching.gathering import surroundings
from app.text.body import Body, Piece
from app.text.figures import Figure, figures
from app.text.quotations import Quotation, quotations
from app.text.ranges import Span, merge
from app.text.sentences import sentence_at, words
from app.text.tracing import Difference, Trace, differences

_PATIENCE: Final = 0.02
_SECONDS: Final = 60.0
_FEWEST_SAID: Final = 4  # so many words are somebody's own; fewer anybody may use
_CERTAIN: Final = 0.95
_ENOUGH: Final = 0.5
_NAME: Final = 60
_PLACES: Final = 5  # of a figure in another context


def proof(holdings: Holdings, index: Index, path: Path, style: str = HOUSE) -> Generator[Progress, None, Proof]:
    """Look up every quotation and figure of a draft; yields progress, returns the report.

    Its citations are in a ``style`` of :data:`app.citing.STYLES`. Raises ``ImportFailed`` when the file cannot be read.
    """
    body, language = yield from _read(path)
    claims = yield from proofread(holdings, index, body, language, style)
    return Proof(path.name, claims)


def proofread(
    holdings: Holdings, index: Index, body: Body, language: str = "", style: str = HOUSE
) -> Generator[Progress, None, tuple[Claim, ...]]:
    """Look up every quotation and figure of a text; yields progress, returns the claims in the order of the text.

    A figure inside a quotation is not looked up by itself, and neither is a quotation inside one that stands in the
    library. ``language`` (BCP 47) is that of the text, English where it is not known.
    """
    found = quotations(body)
    yield Progress(0, 0, "")
    wanted: list[tuple[Span, int | Figure]] = [((one.start, one.end), number) for number, one in enumerate(found)]
    wanted += [((one.start, one.end), one) for one in _figures(body, found)]
    wanted.sort(key=lambda one: (one[0][0], -one[0][1]))
    proofing = _Proofing(Sources(holdings, index), body, language, style)
    claims: list[Claim] = []
    settled = -1
    for done, (span, what) in enumerate(wanted):
        if isinstance(what, int) and span[1] <= settled:
            continue
        steps = proofing.quotation(found, what) if isinstance(what, int) else proofing.figure(what)
        name = " ".join(body.text[slice(*span)].split())[:_NAME]
        claim = yield from _told(Progress(done, len(wanted), name), steps)
        if claim.kind is Kind.QUOTATION and claim.verdict in {Verdict.VERBATIM, Verdict.ANOTHER}:
            settled = span[1]
        claims.append(replace(claim, number=len(claims) + 1))
    yield Progress(len(wanted), len(wanted), "")
    return tuple(claims)


def _told(progress: Progress, steps: Generator[None, None, Claim]) -> Generator[Progress, None, Claim]:
    """Yield how far the proof is at each step on the way to a claim."""
    yield progress
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: Claim = done.value
            return found
        yield progress


def _read(path: Path) -> Generator[Progress, None, tuple[Body, str]]:
    """Read a draft in a process of its own, and return it with its language; yields whenever it is not ready yet."""
    with Readers(1, _SECONDS) as readers:
        for result in readers.read([Job(path, str(path))], _PATIENCE):
            if result is None:
                yield Progress(0, 0, path.name)
                continue
            if result.error is not None:
                raise result.error
            if not result.drafts:
                unread = result.unread[0].error if result.unread else None
                raise unread or ImportFailed("{name} holds no text.", "Choose the file of your draft.", name=path.name)
            pieces = [piece for draft in result.drafts for piece in _pieces(draft)]
            return Body.of(pieces), result.drafts[0].metadata.language or ""
    raise ImportFailed("{name} could not be read.", "Try again.", name=path.name)


def _pieces(draft: Draft) -> Iterator[Piece]:
    """Yield all that a draft says: its title, and its text with what an import would leave out."""
    title = draft.metadata.title or ""
    content = Content(draft.body, draft.left_out)
    while content.left_out:
        content = kept(content, 0)
    pieces = content.body.pieces()
    if draft.metadata.origins.get("title") is Origin.STATED and not any(piece.text == title for piece in pieces[:3]):
        yield Piece(title, "heading", {"level": 1})
    yield from pieces


def _figures(body: Body, quoted: Sequence[Quotation]) -> list[Figure]:
    """Return the figures of a draft outside its quotations; code has none, and neither has a mark of a footnote."""
    apart = [(one.start, one.end) for one in quoted]
    apart += [(run.start, run.end) for run in body.runs if run.kind == "superscript"]
    apart += [(block.start, block.end) for block in body.blocks if block.kind == "code"]
    merged = merge(apart)
    ends = [end for _, end in merged]
    found = []
    for one in figures(body.text):
        place = bisect_right(ends, one.start)
        if place == len(merged) or merged[place][0] >= one.end:
            found.append(one)
    return found


class _Proofing:
    """One proof: the draft, and the library it is looked up in. Each journey yields after every article it reads."""

    def __init__(self, sources: Sources, body: Body, language: str, style: str) -> None:
        self._sources = sources
        self._body = body
        self._language = language
        self._style = style
        self._known: dict[tuple[object, ...], Claim] = {}

    def quotation(self, found: Sequence[Quotation], number: int) -> Generator[None, None, Claim]:
        """Look up a quotation of the draft."""
        one, text = found[number], self._body.text
        speaker = credited(self._body, found, number).name
        pieces = [text[slice(*piece)] for piece in one.pieces]
        bare = self._claim(Kind.QUOTATION, (one.start, one.end), speaker)
        key = (Kind.QUOTATION, bare.words, speaker)
        if key not in self._known:
            claim = yield from self._verbatim(bare, pieces)
            if claim is None:
                claim = yield from self._altered(bare, one, pieces)
            self._known[key] = claim
        known = self._known[key]
        return replace(bare, verdict=known.verdict, witness=known.witness, differences=known.differences)

    def figure(self, one: Figure) -> Generator[None, None, Claim]:
        """Look up a figure of the draft: the same value near the most words of its sentence."""
        bare = self._claim(Kind.FIGURE, (one.start, one.end))
        about = self._about(one, bare)
        best: tuple[Reading, Figure] | None = None
        most = 0 if about else -1
        keys = self._sources.counting(one, about)
        yield
        for reading in self._sources.readings(keys):
            for other in reading.figures:
                near = shared(about, reading, other) if one.agrees(other) else -1
                if near > most:
                    best, most = (reading, other), near
            yield
            if best is not None and most >= _ENOUGH * len(about):
                break
        if best is None:
            return (yield from self._elsewhere(bare, one))
        return replace(
            bare, verdict=Verdict.VERBATIM, witness=_witness(best[0], (best[1].start, best[1].end), self._style)
        )

    def _elsewhere(self, bare: Claim, one: Figure) -> Generator[None, None, Claim]:
        """Return the verdict on a figure that stands near no word of its sentence: where else it stands."""
        found: list[Witness] = []
        keys = self._sources.counting(one, ())
        yield
        for reading in self._sources.readings(keys):
            other = next((each for each in reading.figures if one.agrees(each)), None)
            yield
            if other is not None:
                found.append(_witness(reading, (other.start, other.end), self._style))
            if len(found) == _PLACES:
                break
        if not found:
            return bare
        return replace(bare, verdict=Verdict.ELSEWHERE, witness=found[0], others=tuple(found[1:]))

    def _about(self, one: Figure, bare: Claim) -> tuple[str, ...]:
        """Return what the sentence of a figure is about; where it is bare of words, what its paragraph is about."""
        text = self._body.text
        for start, end in (
            sentence_at(text, one.start),
            (bare.span[0] - bare.at[0], bare.span[0] - bare.at[0] + len(bare.context)),
        ):
            passage = text[start:end]
            within = [(each.start, each.end) for each in figures(passage)]
            if about := content_words(passage, self._language, within):
                return about
        return ()

    def _claim(self, kind: Kind, span: Span, speaker: str = "") -> Claim:
        text = self._body.text
        first, last = surroundings(text, span)
        at = span[0] - first, span[1] - first
        return Claim(0, kind, span, text[first:last], at, Verdict.MISSING, speaker)

    def _verbatim(self, bare: Claim, pieces: Sequence[str]) -> Generator[None, None, Claim | None]:
        """Return the verdict on a quotation that stands in the library.

        An article where its speaker says it is best; then one where plainly another does, then one that says nothing.
        """
        best: Claim | None = None
        for name in dict.fromkeys(("", bare.speaker)):
            if name and best is None:
                break
            keys = self._sources.saying(pieces, name)
            yield
            for reading in self._sources.readings(keys):
                trace = reading.source.verbatim(pieces)
                yield
                if trace is None:
                    continue
                claim, agrees = _said(bare, reading, trace, self._style)
                if agrees:
                    return claim
                if best is None or (best.verdict, claim.verdict) == (Verdict.VERBATIM, Verdict.ANOTHER):
                    best = claim
        return best

    def _altered(self, bare: Claim, one: Quotation, pieces: Sequence[str]) -> Generator[None, None, Claim]:
        """Return the verdict on a quotation that no article has to the letter."""
        best: tuple[Reading, Trace] | None = None
        keys = self._sources.resembling(pieces)
        yield
        for reading in self._sources.readings(keys):
            trace = reading.source.verbatim(pieces) or reading.source.nearly(pieces)
            yield
            if trace is not None and (best is None or trace.score > best[1].score):
                best = reading, trace
                if trace.score >= _CERTAIN:
                    break
        if best is None:
            return bare
        reading, trace = best
        changed = () if trace.exact else tuple(_changes(bare, one, pieces, reading, trace))
        if not changed:
            return _said(bare, reading, trace, self._style)[0]
        return replace(
            bare, verdict=Verdict.ALTERED, witness=_witness(reading, trace.span, self._style), differences=changed
        )


def _said(bare: Claim, reading: Reading, trace: Trace, style: str) -> tuple[Claim, bool]:
    """Return the verdict on words that stand in an article, and whether that agrees about whose they are."""
    claim = replace(bare, verdict=Verdict.VERBATIM, witness=_witness(reading, trace.span, style))
    if not bare.speaker or len(words(bare.words)) < _FEWEST_SAID:
        return claim, True
    found = standing(reading, trace.span, source_credit(reading, trace.span), bare.speaker)
    if found.another is None or claim.witness is None:
        return claim, found.agrees
    return replace(claim, verdict=Verdict.ANOTHER, witness=replace(claim.witness, speaker=found.another)), False


def _changes(
    bare: Claim, one: Quotation, pieces: Sequence[str], reading: Reading, trace: Trace
) -> Iterator[Difference]:
    """Yield where a quotation differs from the passage: piece by piece, in the words of the claim and the witness."""
    start, end = trace.span
    for place, piece, span in zip(one.pieces, pieces, trace.spans, strict=True):
        by = place[0] - bare.span[0]
        if span is None or span[0] < start or span[1] > end:
            yield Difference((by, by + len(piece)), (end - start, end - start))
            continue
        for each in differences(piece, reading.text[slice(*span)]):
            quoted, said = each.quoted, each.said
            yield Difference((quoted[0] + by, quoted[1] + by), (said[0] + span[0] - start, said[1] + span[0] - start))


def _witness(reading: Reading, span: Span, style: str) -> Witness:
    first, last = surroundings(reading.text, span)
    said = source_credit(reading, span)
    source = citation(
        reading.article,
        place_of(reading.body, span[0], reading.text[slice(*span)]),
        page=page_of(reading.body, span[0]),
        style=style,
    )
    at = span[0] - first, span[1] - first
    return Witness(reading.article, span, reading.text[first:last], at, said.name if said else "", source)
