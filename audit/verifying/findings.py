"""What can be wrong with a record: a closed list, so that whoever reads a finding can look up what it means.

`audit.wording.findings` says each in words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

KEPT_OF_A_KIND = 50


class Kind(StrEnum):
    # The log by itself
    ENTRY_MISSING = "entry.missing"
    ENTRY_OUTSIDE = "entry.outside"
    ENTRY_CONTENT = "entry.content"
    ENTRY_NODE = "entry.node"
    ENTRY_FORM = "entry.form"
    ENTRY_ACT = "entry.act"
    ENTRY_TWICE = "entry.twice"
    ENTRY_RECORDED_AT = "entry.recorded_at"
    ENTRY_ORDER = "entry.order"
    ENTRY_ADOPTED = "entry.adopted"
    HEAD_MISSING = "head.missing"
    HEAD_TWICE = "head.twice"
    HEAD_SIZE = "head.size"
    HEAD_PEAKS = "head.peaks"
    HEAD_TIME = "head.time"
    # What was signed
    CHECKPOINT_FORM = "checkpoint.form"
    CHECKPOINT_SIZE = "checkpoint.size"
    CHECKPOINT_KEY = "checkpoint.key"
    CHECKPOINT_SIGNATURE = "checkpoint.signature"
    CHECKPOINT_BEYOND = "checkpoint.beyond"
    CHECKPOINT_ROOT = "checkpoint.root"
    CHECKPOINT_FORK = "checkpoint.fork"
    CHECKPOINT_TIME = "checkpoint.time"
    # What is kept elsewhere
    WITNESS_FORM = "witness.form"
    WITNESS_KEY = "witness.key"
    WITNESS_SIGNATURE = "witness.signature"
    WITNESS_BEYOND = "witness.beyond"
    WITNESS_ROOT = "witness.root"
    WITNESS_FORK = "witness.fork"
    WITNESS_ABSENT = "witness.absent"
    ANCHOR = "anchor"  # a place that cannot be read
    ANCHOR_CHECKPOINT = "anchor.checkpoint"
    ANCHOR_FORM = "anchor.form"
    ANCHOR_REFUSED = "anchor.refused"
    ANCHOR_IMPRINT = "anchor.imprint"
    ANCHOR_NONCE = "anchor.nonce"
    ANCHOR_UNTRUSTED = "anchor.untrusted"
    ANCHOR_UNPINNED = "anchor.unpinned"
    ANCHOR_MAIL = "anchor.mail"
    ANCHOR_RECEIPT = "anchor.receipt"
    ANCHOR_REMOVED = "anchor.removed"
    # Acts, their rows, and what stands there now
    ACT_CHANGED = "act.changed"
    ACT_MOVED = "act.moved"
    ACT_REMOVED = "act.removed"
    ACT_ADDED = "act.added"
    ACT_BACKDATED = "act.backdated"
    ACT_POSTDATED = "act.postdated"
    ACT_ORDER = "act.order"
    HISTORY_CHANGED = "history.changed"
    HISTORY_REMOVED = "history.removed"
    HISTORY_ADDED = "history.added"
    HISTORY_MOVED = "history.moved"
    HISTORY_UNBOUND = "history.unbound"
    HISTORY_ORDER = "history.order"
    SHAPE = "shape"
    LIVE_CHANGED = "live.changed"
    LIVE_ADDED = "live.added"
    LIVE_REMOVED = "live.removed"
    # The database around them
    SCHEMA_TABLE = "schema.table"
    SCHEMA_COLUMN = "schema.column"
    SCHEMA_DEFAULT = "schema.default"
    SCHEMA_UNIQUE = "schema.unique"
    SCHEMA_CONSTRAINT = "schema.constraint"
    SCHEMA_INDEX = "schema.index"
    SCHEMA_SEQUENCE = "schema.sequence"
    SCHEMA_CHILD = "schema.child"
    SCHEMA_RULE = "schema.rule"
    SCHEMA_ROW_SECURITY = "schema.row_security"
    SCHEMA_TRIGGER_MISSING = "schema.trigger_missing"
    SCHEMA_TRIGGER_OFF = "schema.trigger_off"
    SCHEMA_TRIGGER_CHANGED = "schema.trigger_changed"
    SCHEMA_TRIGGER_UNKNOWN = "schema.trigger_unknown"
    SCHEMA_EVENT_TRIGGER = "schema.event_trigger"
    SCHEMA_SETTING = "schema.setting"
    SCHEMA_FUNCTION_MISSING = "schema.function_missing"
    SCHEMA_FUNCTION_CHANGED = "schema.function_changed"
    SCHEMA_SHADOW = "schema.shadow"
    SCHEMA_GRANT = "schema.grant"
    SCHEMA_OWNER = "schema.owner"
    # What could not be looked at
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Finding:
    """One difference and its first place, as far as it has one.

    `index` is the entry, `act` the number of the act, `table` and `row` a row of history (its `history_id`) or,
    with `object`, the object it is about. `object` is otherwise the name of what is meant: a trigger, a function, a
    file, a checkpoint's size, a part of the verification. `detail` says what differs: a column, or what stands there
    instead.

    Of an anchor, `object` is put together in English from the `kept` (the kind of place), the `place` and the `size` of
    the checkpoint, and `detail` from `code` and `value` (`audit.stamps.said`): pages put these into words.
    """

    kind: Kind
    index: int | None = None
    act: int | None = None
    table: str = ""
    row: int | None = None
    object: str = ""
    detail: str = ""
    kept: str = ""
    place: str = ""
    size: int | None = None
    code: str = ""
    value: str = ""

    def __str__(self) -> str:
        told = {name: value for name, value in asdict(self).items() if name not in _SAID_ALREADY}
        said = (f"{name} {value}" for name, value in told.items() if value not in ("", None))
        return f"{self.kind}: " + ", ".join(said)

    @classmethod
    def read(cls, said: dict[str, Any]) -> "Finding":
        return cls(**{**said, "kind": Kind(said["kind"])})


_SAID_ALREADY = frozenset(["kind", "kept", "place", "size", "code", "value"])


class Found:
    """Collects findings: all are counted, the first of each kind are kept, so a ruined log needs no more memory."""

    def __init__(self) -> None:
        self.counts: Counter[Kind] = Counter()
        self.kept: list[Finding] = []

    def add(self, finding: Finding) -> None:
        self.counts[finding.kind] += 1
        if self.counts[finding.kind] <= KEPT_OF_A_KIND:
            self.kept.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)

    @property
    def by_kind(self) -> dict[str, int]:
        return {kind.value: count for kind, count in self.counts.items()}

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.kept)

    def __bool__(self) -> bool:
        return bool(self.counts)
