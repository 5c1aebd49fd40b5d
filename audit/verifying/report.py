"""What a verification found, as it is kept, printed and shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from audit.verifying.findings import Finding
from audit.verifying.remarks import Remark


@dataclass(frozen=True)
class Report:
    """`root` is the one recomputed, in hex; `since` the length of the log that was taken for right unseen.

    `counts` are all findings by kind, `findings` the first of each kind. `rows` says whether acts, rows and objects
    were looked at. `signed` is how many entries are under a checkpoint that fits; `remarks` are no findings.
    """

    size: int
    root: str
    checkpoints: int
    since: int
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    rows: bool = True
    signed: int = 0
    remarks: tuple[Remark, ...] = ()
    more_remarks: int = 0

    @property
    def fits(self) -> bool:
        return not self.counts

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "fits": self.fits}
