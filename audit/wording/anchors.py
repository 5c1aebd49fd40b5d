"""Where a checkpoint was taken, and what that is worth, in words that say no more than that."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from audit.models import Anchor, AnchorReceipt
from audit.stamps.states import AnchorKind, StampState
from audit.wording.receipts import filled, why

SIGNS: dict[str, str] = {
    StampState.STAMPED: "met",
    StampState.DELIVERED: "met",
    StampState.COMPLETE: "partial",
    StampState.FAILED: "unmet",
}


# What places are called to those who need not know whose they are.
CALLED: dict[str, Promise] = {
    AnchorKind.FILE: _lazy("a file elsewhere"),
    AnchorKind.MAIL: _lazy("an outsider by mail"),
}


def called(kind: str, who: str, *, named: bool) -> SafeString:
    """The place, `who` to those who run it; kept apart from the words around it."""
    if kind in CALLED and not named:
        return format_html("<bdi>{}</bdi>", CALLED[kind])
    return format_html('<bdi dir="ltr">{}</bdi>', who)


def said(anchor: Anchor, state: StampState | None, receipt: AnchorReceipt | None, *, named: bool) -> SafeString:
    """One sentence about `anchor`, which is borne out to be in `state`; `receipt` is its latest."""
    return filled(
        _words(anchor, state),
        who=called(anchor.kind, anchor.who, named=named),
        when=_moment(receipt) if receipt and receipt.said_at else "",
        why=why(anchor.reason or anchor.retry_reason),
    )


def sign(state: StampState | None) -> str:
    return "unmet" if state is None else SIGNS.get(state, "waiting")


def _words(anchor: Anchor, state: StampState | None) -> str:
    match state:
        case None:
            return _("Nothing bears out that %(who)s has it: there is no receipt")
        case StampState.STAMPED:
            return _("Was there before %(when)s, says %(who)s")
        case StampState.COMPLETE:
            return _("Leads to a block of the Bitcoin chain, by %(who)s")
        case StampState.PENDING:
            return _("%(who)s promised to put it into the Bitcoin chain")
        case StampState.DELIVERED if anchor.kind == AnchorKind.MAIL:
            return _("Sent to %(who)s, who can hold us to it")
        case StampState.DELIVERED:
            return _("Left at %(who)s")
        case StampState.FAILED:
            return _("Not anchored: %(who)s %(why)s")
    return _("%(who)s %(why)s and will be asked again") if anchor.retry_reason else _("%(who)s is being asked")


def _moment(receipt: AnchorReceipt) -> str:
    """Never earlier than what was said, where that had parts of a second."""
    at = timezone.localtime(receipt.said_at)
    at += timedelta(seconds=1 if at.microsecond else 0)
    return f"{date_format(at, 'DATE_FORMAT')} {time_format(at, 'H:i:s')}"
