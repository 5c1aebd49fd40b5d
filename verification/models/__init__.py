from verification.models.alert import Alert, AlertsDue
from verification.models.assignment import Assignment
from verification.models.claim import Claim
from verification.models.comment import Comment
from verification.models.corroboration import Corroboration, RecountDue
from verification.models.evidence import Evidence, Hop
from verification.models.kinds import (
    AlertKind,
    AssignmentState,
    Attribution,
    Basis,
    ClaimState,
    Confidence,
    Credibility,
    Duty,
    HopKind,
    ReviewOutcome,
    Risk,
    Stance,
    VerdictValue,
)
from verification.models.lookup import Likeness, Lookup
from verification.models.mention import Mention
from verification.models.reply import ReplyRequest
from verification.models.review import Review
from verification.models.verdict import Verdict

__all__ = [
    "Alert",
    "AlertKind",
    "AlertsDue",
    "Assignment",
    "AssignmentState",
    "Attribution",
    "Basis",
    "Claim",
    "ClaimState",
    "Comment",
    "Confidence",
    "Corroboration",
    "Credibility",
    "Duty",
    "Evidence",
    "Hop",
    "HopKind",
    "Likeness",
    "Lookup",
    "Mention",
    "RecountDue",
    "ReplyRequest",
    "Review",
    "ReviewOutcome",
    "Risk",
    "Stance",
    "Verdict",
    "VerdictValue",
]
