"""Captures in words: their states, why one ended as it did, what to do about it, and when it is tried again."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from sources.domain.captures import Reason, UnableToFetch
from sources.wording.capture_reasons import WORDS

OF_THE_SERVER = (Reason.HTTP_CLIENT_ERROR, Reason.HTTP_RATE_LIMITED, Reason.HTTP_SERVER_ERROR)


@dataclass(frozen=True, slots=True)
class Explanation:
    """`short` stands in a line beside a state; `happened` and `advice` are sentences."""

    short: str
    happened: str
    advice: str


def explained(reason: Reason | str) -> Explanation:
    """A typed reason in the active language."""
    return Explanation(*(str(words) for words in WORDS[Reason(reason)]))


def in_words(reason: Reason | str) -> str:
    """What happened, and what to do."""
    words = explained(reason)
    return f"{words.happened} {words.advice}"


def refusal_sentence(refused: UnableToFetch) -> str:
    """For the person who typed the address."""
    return in_words(refused.reason)


def why(capture: Any) -> str:
    """What stands beside the state of `capture`; empty where the state says it all."""
    if (at := capture.waits_until) is not None:
        return _("tries again at %(time)s (%(reason)s)") % {
            "time": time_format(timezone.localtime(at), "H:i"),
            "reason": explained(capture.retry_reason).short,
        }
    if not capture.reason:
        return ""
    short = explained(capture.reason).short
    return f"{short} ({capture.http_status})" if capture.reason in OF_THE_SERVER else short
