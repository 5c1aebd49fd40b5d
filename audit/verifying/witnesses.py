"""What is kept where we cannot reach it: checkpoints given by whoever holds them, and anchors.

They are held against the log there is. Only against them can be seen that the end of the log was cut off, or that the
whole of it was made anew and signed again.

Whatever anchors checkpoints outside says with `anchors` how its anchors are checked: it yields findings of its own,
and checkpoints that it has from outside.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.verifying.checkpoints import Signed, fits, stored_root
from audit.verifying.findings import Finding, Found, Kind
from audit.verifying.growth import Twin
from audit.verifying.log import Log
from audit.verifying.session import Session
from audit.verifying.signatures import Judged, Trusted, read, stated_size


@dataclass(frozen=True, slots=True)
class Witness:
    """A signed checkpoint from elsewhere; `name` says from where, and `where` what of that a `Finding` keeps apart."""

    name: str
    text: str
    where: Mapping[str, Any] = field(default_factory=dict)


Anchors = Callable[[Session, Trusted], Iterator[Finding | Witness]]
_anchors: list[Anchors] = []
_OF_READING = {
    Judged.NO_NOTE: Kind.WITNESS_FORM,
    Judged.BY_UNKNOWN: Kind.WITNESS_KEY,
    Judged.FALSELY: Kind.WITNESS_SIGNATURE,
}


def anchors(check: Anchors) -> Anchors:
    _anchors.append(check)
    return check


def anchored(session: Session, trusted: Trusted, found: Found, kept: list[Witness]) -> None:
    """Witnesses are put into `kept` as they come: those that were had before something broke count too."""
    for each in (each for check in _anchors for each in check(session, trusted)):
        if isinstance(each, Finding):
            found.add(each)
        else:
            kept.append(each)


def sizes(witnesses: Iterable[Witness]) -> list[int]:
    """What they say, whoever signed that: it only has the log looked at there."""
    return [size for each in witnesses if (size := stated_size(each.text)) is not None]


def check(
    session: Session,
    log: Log,
    witnesses: Iterable[Witness],
    signed: Sequence[Signed],
    trusted: Trusted,
    found: Found,
    since: int = 0,
) -> None:
    """`since` entries are taken for signed, unseen."""
    stored = {size for (size,) in session.rows("SELECT size FROM public.audit_checkpoint")}
    latest = max((each.size for each in signed if each.fits), default=since)
    for witness in witnesses:
        note = read(witness.text, trusted)
        if note.judged is not Judged.SIGNED:
            found.add(Finding(_OF_READING[note.judged], object=witness.name, detail=note.keys, **witness.where))
        elif not 0 < note.size <= log.size:
            found.add(
                Finding(Kind.WITNESS_BEYOND, log.size, object=witness.name, detail=str(note.size), **witness.where)
            )
        elif _fits(session, log, note.size, note.root) is False:
            kind = Kind.WITNESS_FORK if latest >= note.size else Kind.WITNESS_ROOT
            found.add(Finding(kind, object=witness.name, detail=str(note.size), **witness.where))
        elif note.size not in stored:
            found.add(Finding(Kind.WITNESS_ABSENT, object=witness.name, detail=str(note.size), **witness.where))


def _fits(session: Session, log: Log, size: int, root: bytes) -> bool | None:
    if size not in log.roots:  # before what was recomputed
        kept = stored_root(session, size)
        log.roots[size] = Twin(kept, kept)
    return fits(log, size, root)
