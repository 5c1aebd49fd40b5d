from audit.models.act import Act
from audit.models.checkpoint import Checkpoint
from audit.models.entry import Entry, Head, Shape
from audit.models.history import BoundToAct, tracked
from audit.models.key import LedgerKey

__all__ = ["Act", "BoundToAct", "Checkpoint", "Entry", "Head", "LedgerKey", "Shape", "tracked"]
