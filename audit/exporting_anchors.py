"""The anchors of checkpoints in a bundle: the receipts whole, so that whoever has the bundle verifies them without us.

Whose mailbox a checkpoint went to, or on which disk it lies, is in the bundle of everything only, and the mail with it:
like accounts of people, it is nothing to hand to the public. What the mail says is the checkpoint, which is there all
the same.
"""

from base64 import b64encode
from itertools import groupby
from operator import itemgetter
from typing import Any

import psycopg

from audit import exporting
from audit.exporting import Extent, Lines
from audit.models.anchor import PRIVATE
from audit.verifying.session import Session
from audit.verifying.signatures import stated_size

_ANCHORS = """
SELECT a.id, a.checkpoint_id, a.kind::text, a.target::text, a.state::text, a.reason::text,
    r.state::text, coalesce(r.note, '')::text, r.sent, r.receipt, r.said_by::text,
    coalesce(to_char(r.said_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ''),
    coalesce(to_char(r.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '')
FROM public.audit_anchor a LEFT JOIN public.audit_anchorreceipt r ON r.anchor_id = a.id
WHERE a.checkpoint_id <= %s ORDER BY a.id, r.id
"""


_LEFT_BEHIND = """
SELECT r.state::text, coalesce(r.note, '')::text, r.sent, r.receipt, r.said_by::text, '', ''
FROM public.audit_anchorreceipt r
WHERE NOT EXISTS (SELECT FROM public.audit_anchor a WHERE a.id = r.anchor_id) ORDER BY r.id
"""
REMOVED = "REMOVED"  # of an anchor whose receipt is left


def lines(session: Session, extent: Extent) -> Lines:
    try:
        with session.attempt():
            yield from _there(session, extent)
            yield from _left_behind(session, extent)
    except psycopg.Error:  # a table of them is gone: of the others there is still a bundle
        return


def _there(session: Session, extent: Extent) -> Lines:
    for _anchor, rows in groupby(session.stream(_ANCHORS, [extent.size]), key=itemgetter(0)):
        there = list(rows)
        _id, size, kind, place, state, reason = there[0][:6]
        withheld = kind in PRIVATE and not extent.everything
        yield {
            "checkpoint": size,
            "kind": kind,
            "place": "" if withheld else place,
            "state": state,
            "reason": reason,
            "receipts": [_receipt(row[6:], withheld=withheld) for row in there if row[6] is not None],
        }


def _left_behind(session: Session, extent: Extent) -> Lines:
    """Of which kind of place they are is gone with the anchor; so they are kept back as those of people are."""
    for row in session.stream(_LEFT_BEHIND):
        receipt = _receipt(row, withheld=not extent.everything)
        size = stated_size(receipt["note"]) or 0
        yield {"checkpoint": size, "kind": "", "place": "", "state": REMOVED, "reason": "", "receipts": [receipt]}


def _receipt(row: tuple[Any, ...], *, withheld: bool) -> dict[str, Any]:
    state, note, sent, receipt, said_by, said_at, received_at = row
    said = {"state": state, "note": note, "received_at": received_at}
    if withheld:
        return said
    return {
        **said,
        "sent": b64encode(bytes(sent or b"")).decode(),
        "receipt": b64encode(bytes(receipt or b"")).decode(),
        "said_by": said_by,
        "said_at": said_at,
    }


exporting.part("anchors.jsonl", lines)
