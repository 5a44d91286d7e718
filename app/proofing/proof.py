"""What a proof of a draft says: each quotation and figure in it, and where the library has it, if it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.model import Article
from app.text.ranges import Span
from app.text.tracing import Difference


class Kind(StrEnum):
    """What a draft takes from elsewhere."""

    QUOTATION = "quotation"
    FIGURE = "figure"


class Verdict(StrEnum):
    """What the library says to a claim.

    A quotation is ``verbatim``, ``altered``, or verbatim but ``said by another`` than the draft has it. A figure is
    ``verbatim`` when the same value stands near words of its sentence, and ``elsewhere`` when it only stands in another
    context. All else is ``not found``.
    """

    VERBATIM = "verbatim"
    ALTERED = "altered"
    ANOTHER = "said by another"
    ELSEWHERE = "elsewhere"
    MISSING = "not found"


@dataclass(frozen=True, slots=True)
class Witness:
    """The passage that vouches for a claim, or comes nearest: ``text[span]`` of an article when it was looked up.

    ``context`` is the block it stands in, cut to whole sentences when that is long, and ``at`` the passage in it.
    ``speaker`` is whose words they are there, ``""`` when that is not said; ``citation`` is the source line.
    """

    article: Article
    span: Span
    context: str
    at: Span
    speaker: str
    citation: str

    @property
    def words(self) -> str:
        """Return the library's own words."""
        return self.context[self.at[0] : self.at[1]]


class Alteration(StrEnum):
    """What a draft did to the words of its source."""

    INSERTED = "inserted"
    LEFT_OUT = "left out"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One alteration: the draft's words, and the library's in their place."""

    what: Alteration
    draft: str
    library: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation or a figure of a draft: ``text[span]`` of the draft as it was read, and the verdict on it.

    ``context`` is what it stands in, and ``at`` the claim in that. ``speaker`` is whose words the draft says they are,
    ``""`` when it does not. ``differences`` lie in the words of the claim and in those of the witness. ``others`` are
    further places of a figure that stands ``elsewhere``, one in each article; there may be more than are told.
    """

    number: int
    kind: Kind
    span: Span
    context: str
    at: Span
    verdict: Verdict
    speaker: str = ""
    witness: Witness | None = None
    differences: tuple[Difference, ...] = ()
    others: tuple[Witness, ...] = ()

    @property
    def words(self) -> str:
        """Return the draft's words."""
        return self.context[self.at[0] : self.at[1]]

    @property
    def places(self) -> tuple[Witness, ...]:
        """Return all places that are told of, the best first."""
        return () if self.witness is None else (self.witness, *self.others)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return in words what was altered, in the order of the text."""
        said = self.witness.words if self.witness else ""
        return tuple(_change(self.words[slice(*one.quoted)], said[slice(*one.said)]) for one in self.differences)


def _change(draft: str, library: str) -> Change:
    if not library:
        return Change(Alteration.INSERTED, draft, library)
    return Change(Alteration.CHANGED if draft else Alteration.LEFT_OUT, draft, library)


@dataclass(frozen=True, slots=True)
class Proof:
    """The report on a draft, which goes by the name of its file; claims are in the order of its text."""

    draft: str
    claims: tuple[Claim, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Return how many claims have a verdict."""
        return sum(one.verdict is verdict for one in self.claims)
