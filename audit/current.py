"""The act that is being done, and a history row of each of its writes so far."""

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.models.act import Act

act: ContextVar["Act | None"] = ContextVar("act", default=None)
rows: ContextVar[list[Any]] = ContextVar("rows")


class UnrecordedWriteError(RuntimeError):
    """A tracked row was about to be written outside of an act."""


def act_writing(what: str) -> "Act":
    """The act that writes `what`. Raises UnrecordedWriteError where there is none."""
    if (found := act.get()) is None:
        raise UnrecordedWriteError(f"{what} cannot be written outside of an act.")
    return found
