"""The verdicts on the claims of a draft, as they are said and coloured."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.proofing.proof import Claim, Kind, Verdict

COLOURS: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.VERBATIM: "#2c8a4b",
        Verdict.ALTERED: "#c27c0e",
        Verdict.ANOTHER: "#7a4fc0",
        Verdict.ELSEWHERE: "#2f6fb3",
        Verdict.MISSING: "#c0392b",
    }
)
_NAMES: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.VERBATIM: QT_TRANSLATE_NOOP("verdicts", "Verbatim"),
        Verdict.ALTERED: QT_TRANSLATE_NOOP("verdicts", "Altered"),
        Verdict.ANOTHER: QT_TRANSLATE_NOOP("verdicts", "Said by another"),
        Verdict.ELSEWHERE: QT_TRANSLATE_NOOP("verdicts", "Elsewhere"),
        Verdict.MISSING: QT_TRANSLATE_NOOP("verdicts", "Not found"),
    }
)
_SAME_FIGURE: Final = QT_TRANSLATE_NOOP("verdicts", "Same figure")


def name_of(verdict: Verdict) -> str:
    """Return a verdict in the reader's language."""
    return QCoreApplication.translate("verdicts", _NAMES[verdict])


def verdict_on(claim: Claim) -> str:
    """Return the verdict on a claim; a figure that may be written otherwise is the same, not verbatim."""
    if claim.kind is Kind.FIGURE and claim.verdict is Verdict.VERBATIM:
        return QCoreApplication.translate("verdicts", _SAME_FIGURE)
    return name_of(claim.verdict)
