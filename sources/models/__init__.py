from sources.domain.captures import CaptureState
from sources.models.affiliation import Affiliation
from sources.models.assessment import SourceAssessment
from sources.models.capture import Capture, CapturedText
from sources.models.copy import ExternalCopy
from sources.models.derivation import Derivation
from sources.models.excerpt import Excerpt
from sources.models.host_rest import HostRest
from sources.models.kinds import (
    CAPTURE_STATES,
    SIGHTINGS,
    AffiliationKind,
    CaptureEngine,
    DerivationKind,
    Reliability,
    Rhythm,
    SourceKind,
    Standing,
    StoppedBy,
    WatchReason,
    WatchState,
)
from sources.models.look import Look, LookDue, Sighting
from sources.models.source import Source
from sources.models.stamp import CaptureStamp
from sources.models.upload import Upload
from sources.models.watch import Watch

__all__ = [
    "CAPTURE_STATES",
    "SIGHTINGS",
    "Affiliation",
    "AffiliationKind",
    "Capture",
    "CaptureEngine",
    "CaptureStamp",
    "CaptureState",
    "CapturedText",
    "Derivation",
    "DerivationKind",
    "Excerpt",
    "ExternalCopy",
    "HostRest",
    "Look",
    "LookDue",
    "Reliability",
    "Rhythm",
    "Sighting",
    "Source",
    "SourceAssessment",
    "SourceKind",
    "Standing",
    "StoppedBy",
    "Upload",
    "Watch",
    "WatchReason",
    "WatchState",
]
