"""What was fetched and how, out of the JSON that a capture keeps of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from sources.domain.captures import ANSWERS, Wanted
from sources.wording.captures import explained


@dataclass(frozen=True, slots=True)
class Tls:
    version: str
    cipher: str
    certificate_digest: str
    subject: str
    issuer: str
    valid_from: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `cut` says in words why the body is not whole; `bytes` is the answer's size."""

    url: str
    requested_at: datetime | None
    address: str
    status: int
    bytes: int
    cut: str
    tls: Tls | None


@dataclass(frozen=True, slots=True)
class Missing:
    """What a page asked for in vain: `why` in words, `detail` as it was said, and what it `wanted` there, or empty.

    `answered`: it came, as an error, and that answer is kept.
    """

    url: str
    why: str
    detail: str
    answered: bool
    wanted: str


# What a page asks for.
WANTED = {
    Wanted.IMAGE: pgettext_lazy("asked for", "picture"),
    Wanted.STYLE: pgettext_lazy("asked for", "style sheet"),
    Wanted.SCRIPT: pgettext_lazy("asked for", "script"),
    Wanted.FONT: pgettext_lazy("asked for", "typeface"),
    Wanted.FRAME: pgettext_lazy("asked for", "frame"),
    Wanted.MEDIA: pgettext_lazy("asked for", "sound or video"),
    Wanted.DATA: pgettext_lazy("asked for", "data"),
}


def missing(facts: Iterable[dict[str, Any]]) -> list[Missing]:
    """What did not come at all first: that much is not in the copy."""
    found = [
        Missing(
            url=each["url"],
            why=explained(each["reason"]).short,
            detail=each["detail"],
            answered=each["reason"] in ANSWERS,
            wanted=str(WANTED[Wanted(each["wanted"])]) if each.get("wanted") else "",  # older captures do not say
        )
        for each in facts
    ]
    return sorted(found, key=lambda each: each.answered)


@dataclass(frozen=True, slots=True)
class Lost:
    """Of the `asked` addresses that a page asked for, how many did not come, or not whole, and how many as an error."""

    gone: int
    refused: int
    asked: int


def lost(capture: Any) -> Lost:
    """The one place where these are counted. An address counts once, whether it was answered or not."""
    refused = sum(each["reason"] in ANSWERS for each in capture.missing)
    asked = {each["url"] for each in (*capture.exchanges, *capture.missing)}
    return Lost(len(capture.missing) - refused, refused, len(asked))


def exchanges(facts: Iterable[dict[str, Any]]) -> list[Exchange]:
    return [
        Exchange(
            url=each["url"],
            requested_at=_time(each["requested_at"]),
            address=each["address"],
            status=each["status"],
            bytes=each["bytes"],
            cut=explained(each["cut"]).short if each["cut"] else "",
            tls=_tls(each["tls"]) if each["tls"] else None,
        )
        for each in facts
    ]


def _tls(facts: dict[str, Any]) -> Tls:
    times: dict[str, Any] = {name: _time(facts[name]) for name in ("valid_from", "valid_until")}
    return Tls(**(facts | times))


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
