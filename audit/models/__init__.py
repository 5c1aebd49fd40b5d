from audit.models.act import Act
from audit.models.anchor import Anchor, AnchorReceipt
from audit.models.checkpoint import Checkpoint
from audit.models.entry import Entry, Head, Shape
from audit.models.growing import OnlyGrows
from audit.models.history import BoundToAct, tracked
from audit.models.key import LedgerKey
from audit.models.verification import RunState, VerificationRun

__all__ = [
    "Act",
    "Anchor",
    "AnchorReceipt",
    "BoundToAct",
    "Checkpoint",
    "Entry",
    "Head",
    "LedgerKey",
    "OnlyGrows",
    "RunState",
    "Shape",
    "VerificationRun",
    "tracked",
]
