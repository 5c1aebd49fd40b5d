"""Why there is no receipt, in words that follow the name of whoever was asked."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

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


def why(failure: str) -> str:
    return str(FAILURES.get(failure, failure))


def filled(words: str, **values: str | SafeString) -> SafeString:
    """Names and times of a sentence, as they are, in whatever order the language puts them."""
    return format_html(words.replace("{", "{{").replace("}", "}}").replace("%(", "{").replace(")s", "}"), **values)
