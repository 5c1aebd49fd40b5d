"""The anchors of checkpoints in a bundle: the receipts whole, so that whoever has the bundle verifies them without us.

Whose mailbox a checkpoint went to, or on which disk it lies, is in the bundle of everything only, and the mail with it:
like accounts of people, it is nothing to hand to the public. What the mail says is the checkpoint, which is there all
the same.
"""

from base64 import b64encode
from itertools import groupby
from operator import itemgetter
from typing import Any

from audit import exporting
from audit.exporting import Extent, Lines
from audit.models.anchor import PRIVATE
from audit.verifying.session import Session

_ANCHORS = """
SELECT a.id, a.checkpoint_id, a.kind::text, a.target::text, a.state::text, a.reason::text,
    r.state::text, r.note::text, r.sent, r.receipt, r.said_by::text,
    coalesce(to_char(r.said_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ''),
    coalesce(to_char(r.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '')
FROM public.audit_anchor a LEFT JOIN public.audit_anchorreceipt r ON r.anchor_id = a.id
WHERE a.checkpoint_id <= %s ORDER BY a.id, r.id
"""


def lines(session: Session, extent: Extent) -> Lines:
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


def _receipt(row: tuple[Any, ...], *, withheld: bool) -> dict[str, Any]:
    state, note, sent, receipt, said_by, said_at, received_at = row
    said = {"state": state, "note": note, "received_at": received_at}
    if withheld:
        return said
    return {
        **said,
        "sent": b64encode(bytes(sent)).decode(),
        "receipt": b64encode(bytes(receipt)).decode(),
        "said_by": said_by,
        "said_at": said_at,
    }


exporting.part("anchors.jsonl", lines)
