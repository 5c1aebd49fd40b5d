from sources.domain.captures import CaptureState
from sources.models.affiliation import Affiliation
from sources.models.assessment import SourceAssessment
from sources.models.capture import Capture, CapturedText
from sources.models.copy import ExternalCopy
from sources.models.derivation import Derivation
from sources.models.kinds import (
    CAPTURE_STATES,
    AffiliationKind,
    CaptureEngine,
    DerivationKind,
    Reliability,
    SourceKind,
    Standing,
)
from sources.models.source import Source
from sources.models.stamp import CaptureStamp

__all__ = [
    "CAPTURE_STATES",
    "Affiliation",
    "AffiliationKind",
    "Capture",
    "CaptureEngine",
    "CaptureStamp",
    "CaptureState",
    "CapturedText",
    "Derivation",
    "DerivationKind",
    "ExternalCopy",
    "Reliability",
    "Source",
    "SourceAssessment",
    "SourceKind",
    "Standing",
]
