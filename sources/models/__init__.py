from sources.models.affiliation import Affiliation
from sources.models.assessment import SourceAssessment
from sources.models.capture import Capture, CapturedText
from sources.models.derivation import Derivation
from sources.models.kinds import (
    AffiliationKind,
    CaptureEngine,
    CaptureState,
    DerivationKind,
    Reliability,
    SourceKind,
    Standing,
)
from sources.models.source import Source

__all__ = [
    "Affiliation",
    "AffiliationKind",
    "Capture",
    "CaptureEngine",
    "CaptureState",
    "CapturedText",
    "Derivation",
    "DerivationKind",
    "Reliability",
    "Source",
    "SourceAssessment",
    "SourceKind",
    "Standing",
]
