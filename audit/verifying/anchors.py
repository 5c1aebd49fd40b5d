"""The anchors of checkpoints, verified again without the network, and what stands at places we can read ourselves.

A receipt that no longer fits the checkpoint under its size is a finding, and the checkpoint it was made for a witness.
An anchor is worth what its receipt shows: one that is said to hold and has none of that kind was put there by hand. A
receipt without its anchor was left behind, and still says what was taken out.
What lies in files elsewhere is a witness too, all of it: it stays there when the end of the log and every row about it
are gone from here. What stands here word for word the same is verified here.
"""

import functools
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from cryptography import x509

from audit.stamps import left, said
from audit.stamps.anchored import fault
from audit.stamps.authorities import believed, configured_places, name_of, roots_of
from audit.stamps.left import Left
from audit.stamps.states import BORNE_OUT, AnchorKind, StampState, UnableToStamp
from audit.verifying.checkpoints import sizes
from audit.verifying.findings import Finding, Kind
from audit.verifying.session import AT_ONCE, Session
from audit.verifying.signatures import Trusted, stated_size
from audit.verifying.witnesses import Witness, anchors

_RECEIPTS = """
SELECT a.kind::text, a.target::text, a.checkpoint_id::bigint, coalesce(c.note, '')::text, r.note::text,
    r.sent, r.receipt, r.state::text
FROM public.audit_anchorreceipt r JOIN public.audit_anchor a ON a.id = r.anchor_id
LEFT JOIN public.audit_checkpoint c ON c.size = a.checkpoint_id ORDER BY r.id
"""
_LEFT_BEHIND = """
SELECT r.note::text, c.size IS NOT NULL FROM public.audit_anchorreceipt r
LEFT JOIN public.audit_checkpoint c ON c.note = r.note
WHERE NOT EXISTS (SELECT FROM public.audit_anchor a WHERE a.id = r.anchor_id) ORDER BY r.id
"""
_UNBORNE = """
SELECT a.kind::text, a.target::text, a.checkpoint_id::bigint, a.state::text FROM public.audit_anchor a
WHERE a.state <> ALL(%s) AND (a.kind || ' ' || a.state <> ALL(%s)
    OR NOT EXISTS (SELECT FROM public.audit_anchorreceipt r WHERE r.anchor_id = a.id AND r.state = a.state))
ORDER BY a.id
"""
_STORED = "SELECT size, coalesce(note, '')::text FROM public.audit_checkpoint WHERE size = ANY(%s)"
_NOT_THERE = [StampState.QUEUED.value, StampState.FAILED.value]
_OF_A_KIND = [f"{kind} {state}" for kind, states in BORNE_OUT.items() for state in states]


@anchors
def check(session: Session, trusted: Trusted) -> Iterator[Finding | Witness]:
    yield from _left_elsewhere(session)
    certificates = functools.cache(_certificates)
    for kind, where, size, checkpoint, note, sent, receipt, state in session.stream(_RECEIPTS):
        name, place = _at(kind, where, size)
        given = {"note": note, "checkpoint": checkpoint, "sent": bytes(sent), "receipt": bytes(receipt)}
        given["state"] = state
        if found := fault(kind, roots=certificates(kind, where), **given):
            yield Finding(
                Kind(f"anchor.{found.wrong}"), object=name, detail=found.detail, **place, **_by_code(found.said)
            )
        if note != checkpoint:
            yield Witness(name, note, place)
    for kind, where, size, state in session.stream(_UNBORNE, [_NOT_THERE, _OF_A_KIND]):
        name, place = _at(kind, where, size)
        yield Finding(Kind.ANCHOR_RECEIPT, object=name, detail=state, **place)
    for note, is_here in session.stream(_LEFT_BEHIND):
        size = stated_size(note) or 0
        yield Finding(Kind.ANCHOR_REMOVED, object=removed(size), size=size)
        if not is_here:
            yield Witness(removed(size), note)


def removed(size: int) -> str:
    return f"a removed anchor, checkpoint {size}"


def _at(kind: str, where: str, size: int) -> tuple[str, dict[str, Any]]:
    """Its name in reports, and what of it a `Finding` keeps apart."""
    return f"{name_of(where)}, checkpoint {size}", {"kept": kind, "place": name_of(where), "size": size}


def _left_elsewhere(session: Session) -> Iterator[Finding | Witness]:
    for place in configured_places():
        if place.kind is not AnchorKind.FILE:
            continue
        kept: dict[str, Any] = {"kept": place.kind.value, "place": place.where}
        unread: list[OSError] = []
        try:
            for each in _not_here(session, left.everything(place.where, unread)):
                yield Witness(each.name, each.text, kept | {"place": each.name})
        except OSError as error:
            unread.append(error)
        for failed in unread:
            why = said.of_reading(failed)
            yield Finding(Kind.ANCHOR, object=place.where, detail=str(why), **kept, **_by_code(why))


def _not_here(session: Session, notes: Iterator[Left]) -> Iterator[Left]:
    """Those that do not stand among the checkpoints here, and the latest of those that do."""
    latest, newest_here = None, max(sizes(session), default=0)
    while some := [*islice(notes, AT_ONCE)]:
        stored = dict(session.rows(_STORED, [[each.size for each in some]]))
        for each in some:
            here = stored.get(each.size, "")
            if here == each.text and (latest is None or each.size >= latest.size):
                latest = each
            # Half of what stands here is no other: somebody was killed while writing it.
            # One that came there while we were reading may be of a checkpoint that was not made yet when we began.
            meanwhile = each.size > newest_here and each.at > session.began
            if not here.startswith(each.text) and not meanwhile:
                yield each
    if latest:
        yield latest


def _by_code(why: said.Said | None) -> dict[str, Any]:
    return {"code": why.code.value, "value": why.value} if why else {}


def _certificates(kind: str, where: str) -> Sequence[x509.Certificate]:
    """None where the settings name no roots for that authority: its tokens are then not believed, and that is said."""
    named = next((each for each in believed() if each.url == where), None) if kind == AnchorKind.RFC3161 else None
    try:
        return roots_of(named) if named else ()
    except UnableToStamp:
        return ()
