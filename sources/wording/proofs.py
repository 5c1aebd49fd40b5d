"""What is proven of a capture and by whom, in words that say no more than that."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.stamps.states import StampState
from audit.wording import receipts
from audit.wording.receipts import filled
from sources.domain.copies import CopyFailure, CopyKind, CopyState
from sources.domain.timemaps import Extent
from sources.models import CaptureStamp, ExternalCopy

FAILURES: dict[str, Any] = receipts.FAILURES | {
    CopyFailure.KEYS_REFUSED: gettext_lazy("did not accept our keys"),
    CopyFailure.SERVICE_ERROR: gettext_lazy("answered that it failed"),
    CopyFailure.LIST_IN_PARTS: gettext_lazy(
        "lists its copies in parts that were not all read, and names none in those that were"
    ),
    CopyFailure.PAGE_NOT_SAVED: gettext_lazy("could not save the page"),
    CopyFailure.NEVER_FINISHED: gettext_lazy("did not finish"),
}
SIGNS: dict[str, str] = {
    StampState.STAMPED: "met",
    StampState.COMPLETE: "partial",
    StampState.PENDING: "waiting",
    StampState.QUEUED: "waiting",
    StampState.FAILED: "unmet",
    CopyState.FOUND: "met",
    CopyState.NONE: "open",
    CopyState.ASKED: "waiting",
}


def said(stamp: CaptureStamp) -> SafeString:
    """One sentence: what it proves, by whose word, or why it proves nothing yet."""
    match StampState(stamp.state):
        case StampState.STAMPED:
            words = _("Existed before %(time)s on %(date)s, says %(who)s")
        case StampState.COMPLETE:
            words = _("Leads to a block of the Bitcoin chain, by %(who)s")
        case StampState.PENDING:
            words = _("%(who)s promised to put it into the Bitcoin chain")
        case StampState.FAILED:
            words = _("No time stamp: %(who)s %(why)s")
        case _:
            words = _("%(who)s %(why)s and will be asked again") if stamp.retry_reason else _("%(who)s is being asked")
    at = _whole_second(stamp)
    return filled(
        words,
        who=format_html('<bdi dir="ltr">{}</bdi>', stamp.who),
        time=time_format(at, "H:i:s") if at else "",
        date=date_format(at, "DATE_FORMAT") if at else "",
        why=why(stamp.reason or stamp.retry_reason),
    )


def answered(copy: ExternalCopy) -> SafeString:
    """One sentence: what another archive answered."""
    made = timezone.localtime(copy.memento_at) if copy.memento_at else None
    match CopyState(copy.state):
        case CopyState.FOUND if copy.kind == CopyKind.SAVE:
            words = _("A copy made on %(date)s at %(time)s, at our request")
        case CopyState.FOUND if copy.reason == Extent.IN_PART:
            words = _("A copy made on %(date)s at %(time)s, the nearest to ours in the part of its list that was read")
        case CopyState.FOUND:
            words = _("A copy made on %(date)s at %(time)s, the nearest to ours")
        case CopyState.NONE:
            words = _("No copy is known there")
        case CopyState.FAILED:
            words = _("No answer to use: the archive %(why)s")
        case CopyState.ASKED:
            words = _("The archive is making a copy")
        case _:
            words = (
                _("The archive %(why)s and will be asked again")
                if copy.retry_reason
                else _("The archive is being asked")
            )
    return filled(
        words,
        date=date_format(made, "DATE_FORMAT") if made else "",
        time=time_format(made, "H:i") if made else "",
        why=why(copy.reason or copy.retry_reason),
    )


def why(failure: str) -> str:
    return str(FAILURES.get(failure, failure))


def sign(row: CaptureStamp | ExternalCopy) -> str:
    return SIGNS.get(row.state, "waiting")


def _whole_second(stamp: CaptureStamp) -> Any:
    """Never earlier than what was said: half a second after 14:02:31 it is only proven to be there before 14:02:32."""
    if stamp.said_at is None:
        return None
    at = timezone.localtime(stamp.said_at)
    return at.replace(microsecond=0) + timedelta(seconds=1 if at.microsecond else 0)
