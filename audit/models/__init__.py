from audit.models.act import Act
from audit.models.history import BoundToAct, tracked

__all__ = ["Act", "BoundToAct", "tracked"]
