"""What a verification found, as it is kept, printed and shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from audit.verifying.findings import Finding


@dataclass(frozen=True)
class Report:
    """`root` is the one recomputed, in hex; `since` the length of the log that was taken for right unseen.

    `counts` are all findings by kind, `findings` the first of each kind.
    """

    size: int
    root: str
    checkpoints: int
    since: int
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def fits(self) -> bool:
        return not self.counts

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "fits": self.fits}
