"""The anchors of checkpoints, verified again without the network, and what stands at places we can read ourselves.

A receipt that no longer fits the checkpoint under its size is a finding, and the checkpoint it was made for a witness.
From each file elsewhere the latest checkpoint is a witness too: it stays there when the end of the log and every row
about it are gone from here.
"""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from cryptography import x509

from audit.stamps import places, said
from audit.stamps.anchored import fault
from audit.stamps.authorities import believed, configured_places, name_of, roots_of
from audit.stamps.states import AnchorKind, UnableToStamp
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import Session
from audit.verifying.signatures import Trusted
from audit.verifying.witnesses import Witness, anchors

_RECEIPTS = """
SELECT a.kind::text, a.target::text, a.checkpoint_id::bigint, coalesce(c.note, '')::text, r.note::text,
    r.sent, r.receipt
FROM public.audit_anchorreceipt r JOIN public.audit_anchor a ON a.id = r.anchor_id
LEFT JOIN public.audit_checkpoint c ON c.size = a.checkpoint_id ORDER BY r.id
"""


@anchors
def check(session: Session, trusted: Trusted) -> Iterator[Finding | Witness]:
    certificates = functools.cache(_certificates)
    for kind, where, size, checkpoint, note, sent, receipt in session.stream(_RECEIPTS):
        name = f"{name_of(where)}, checkpoint {size}"
        place: dict[str, Any] = {"kept": kind, "place": name_of(where), "size": size}
        given = {"note": note, "checkpoint": checkpoint, "sent": bytes(sent), "receipt": bytes(receipt)}
        if found := fault(kind, roots=certificates(kind, where), **given):
            yield Finding(
                Kind(f"anchor.{found.wrong}"), object=name, detail=found.detail, **place, **_by_code(found.said)
            )
        if note != checkpoint:
            yield Witness(name, note, place)
    yield from _left_elsewhere()


def _left_elsewhere() -> Iterator[Finding | Witness]:
    for place in configured_places():
        if place.kind is not AnchorKind.FILE:
            continue
        kept: dict[str, Any] = {"kept": place.kind.value, "place": place.where}
        try:
            latest = places.latest(place.where)
        except OSError as error:
            why = said.of_reading(error)
            yield Finding(Kind.ANCHOR, object=place.where, detail=str(why), **kept, **_by_code(why))
            continue
        if latest:
            yield Witness(place.where, latest, kept)


def _by_code(why: said.Said | None) -> dict[str, Any]:
    return {"code": why.code.value, "value": why.value} if why else {}


def _certificates(kind: str, where: str) -> Sequence[x509.Certificate]:
    """None where the settings name no roots for that authority: its tokens are then not believed, and that is said."""
    named = next((each for each in believed() if each.url == where), None) if kind == AnchorKind.RFC3161 else None
    try:
        return roots_of(named) if named else ()
    except UnableToStamp:
        return ()
