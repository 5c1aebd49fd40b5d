"""Why there is no receipt, in words that follow the name of whoever was asked."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from audit.stamps.said import Code
from audit.stamps.states import Failure

FAILURES: dict[str, Any] = {
    Failure.UNREACHABLE: _("did not answer"),
    Failure.NOT_ALLOWED: _("is at an address that may not be asked"),
    Failure.TLS_FAILED: _("could not prove who it is"),
    Failure.RATE_LIMITED: _("was asked too often"),
    Failure.ANSWER_NOT_OK: _("answered that it failed"),
    Failure.ANSWER_TOO_LARGE: _("answered with more than a receipt can have"),
    Failure.ANSWER_MALFORMED: _("answered with something that is no receipt"),
    Failure.NOT_GRANTED: _("refused to stamp it"),
    Failure.ABOUT_SOMETHING_ELSE: _("stamped something else"),
    Failure.NONCE_DIFFERS: _("gave an answer to another question"),
    Failure.NOT_TRUSTED: _("signed with a key that is not believed"),
    Failure.TIME_IMPLAUSIBLE: _("named a time that cannot be right"),
    Failure.NOT_CONFIGURED: _("is not set up here any more"),
    Failure.COULD_NOT_WRITE: _("could not be written to"),
    Failure.NEVER_COMPLETED: _("never kept its promise"),
}


DETAILS: dict[Code, Any] = {
    Code.NO_REPLY: _("this is no time stamp reply"),
    Code.NO_QUERY: _("what was sent is no time stamp query"),
    Code.UNREADABLE_STAMP: _("the token cannot be read"),
    Code.NO_SIGNER: _("the signer's certificate is not in the token"),
    Code.NO_ROOTS: _("no root certificates are set"),
    Code.STATUS: _("the authority answered with status %(value)s"),
    Code.NO_CALENDAR: _("a promise in it names no calendar"),
    Code.NO_BLOCK: _("it names the Bitcoin chain and no block of it"),
    Code.NO_PROOF: _("it is no OpenTimestamps proof of version 1"),
    Code.NO_DIGEST: _("it is a proof about something else than a SHA-256 digest"),
    Code.BEYOND_THE_END: _("there are bytes after the end"),
    Code.TOO_DEEP: _("it is deeper or longer than a proof may be"),
    Code.UNKNOWN_STEP: _("it takes a step that no calendar takes (%(value)s)"),
    Code.CUT_SHORT: _("it ends too early"),
    Code.TOO_LARGE_A_NUMBER: _("there is a number in it larger than anything a proof counts"),
    Code.TOO_LONG_A_FIELD: _("there is a field in it longer than a proof may have"),
    Code.LEADS_NOWHERE: _("the proof leads to nobody we know"),
    Code.GONE: _("it is not there any more"),
    Code.FORBIDDEN: _("access to it is refused"),
    Code.UNREADABLE: _("it cannot be read (%(value)s)"),
    Code.LIBRARY: _("the library that checks it says “%(value)s”"),
}


def in_detail(code: Code, value: str) -> str:
    """What exactly is wrong; what a library or an authority said stays in its own words."""
    return str(DETAILS[code]) % {"value": value}


def why(failure: str) -> str:
    return str(FAILURES.get(failure, failure))


def filled(words: str, **values: str | SafeString) -> SafeString:
    """Names and times of a sentence, as they are, in whatever order the language puts them."""
    return format_html(words.replace("{", "{{").replace("}", "}}").replace("%(", "{").replace(")s", "}"), **values)
