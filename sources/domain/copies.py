"""Copies of a page in other archives: what can come of asking, and what the Internet Archive answers when it makes one.

Mementos are those of RFC 7089; Save Page Now 2 is the interface of the Internet Archive.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sources.domain.details import Detail, Said


class CopyKind(StrEnum):
    SAVE = "SAVE"  # have one made now
    LOOK_UP = "LOOK_UP"  # which are there


class CopyState(StrEnum):
    QUEUED = "QUEUED"
    ASKED = "ASKED"  # they are at it
    FOUND = "FOUND"
    NONE = "NONE"  # they know of none
    FAILED = "FAILED"


class CopyFailure(StrEnum):
    UNREACHABLE = "UNREACHABLE"
    NOT_ALLOWED = "NOT_ALLOWED"  # the guard refused the address, or TLS failed
    NOT_CONFIGURED = "NOT_CONFIGURED"
    KEYS_REFUSED = "KEYS_REFUSED"
    RATE_LIMITED = "RATE_LIMITED"
    SERVICE_ERROR = "SERVICE_ERROR"
    ANSWER_MALFORMED = "ANSWER_MALFORMED"
    ANSWER_TOO_LARGE = "ANSWER_TOO_LARGE"
    LIST_IN_PARTS = "LIST_IN_PARTS"  # more than are read, and those read name none
    PAGE_NOT_SAVED = "PAGE_NOT_SAVED"  # they tried, and could not
    NEVER_FINISHED = "NEVER_FINISHED"

    @property
    def may_pass(self) -> bool:
        return self in _PASSING


_PASSING = frozenset(
    {CopyFailure.UNREACHABLE, CopyFailure.RATE_LIMITED, CopyFailure.SERVICE_ERROR, CopyFailure.ANSWER_MALFORMED}
)
# What Save Page Now says where asking later may go better; everything else is about the page.
_LATER = frozenset(
    {
        "error:capture-location-error",
        "error:celery",
        "error:job-failed",
        "error:no-browsers-available",
        "error:proxy-error",
        "error:too-many-daily-captures",
        "error:too-many-requests",
        "error:user-session-limit",
    }
)


class UnableToCopy(Exception):
    """An expected end. `wait` is how many seconds the archive wants to be left alone."""

    def __init__(self, failure: CopyFailure, detail: str = "", *, wait: float = 0) -> None:
        super().__init__(f"{failure}: {detail}" if detail else failure.value)
        self.failure = failure
        self.detail = detail
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Memento:
    url: str
    at: datetime


def read_job(answer: Mapping[str, Any]) -> str:
    """The number of the job that was begun."""
    _refuse_error(answer)
    job = answer.get("job_id")
    if not isinstance(job, str) or not re.fullmatch(r"[A-Za-z0-9-]{1,100}", job):
        raise UnableToCopy(CopyFailure.ANSWER_MALFORMED, Detail(Said.NAMES_NO_JOB))
    return job


def read_status(answer: Mapping[str, Any], base: str) -> Memento | None:
    """The copy that was made; None while they are at it."""
    _refuse_error(answer)
    match answer:
        case {"status": "pending"}:
            return None
        case {"status": "success", "timestamp": str(stamp), "original_url": str(url)}:
            if not re.fullmatch(r"\d{14}", stamp, re.ASCII) or urlsplit(url).scheme not in {"http", "https"}:
                raise UnableToCopy(CopyFailure.ANSWER_MALFORMED, Detail(Said.NAMES_NO_COPY))
            try:
                at = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            except ValueError as error:
                raise UnableToCopy(CopyFailure.ANSWER_MALFORMED, Detail(Said.NAMES_NO_TIME)) from error
            return Memento(f"{base}/web/{stamp}/{url}", at)
    raise UnableToCopy(CopyFailure.ANSWER_MALFORMED, Detail(Said.NEITHER_DONE_NOR_NOT))


def _refuse_error(answer: Mapping[str, Any]) -> None:
    if answer.get("status") != "error":
        return
    code, said = str(answer.get("status_ext") or ""), str(answer.get("message") or answer.get("exception") or "")
    detail = ": ".join(filter(None, (code, said)))[:300]
    failure = CopyFailure.RATE_LIMITED if code in _LATER else CopyFailure.PAGE_NOT_SAVED
    raise UnableToCopy(failure, detail)
