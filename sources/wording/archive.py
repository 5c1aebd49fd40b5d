"""The numbers on the page of the archive's health, in words, each with the list behind it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.queries.archive import ACTIVE, DUE, ELSEWHERE, LONG_UNREAD, NOT_FOUND, STOPPED, UNREAD, Health

WATCHES = [
    (ACTIVE, "", _("pages watched")),
    (DUE, "waiting", _("due for a look")),
    (UNREAD, "open", _("could not be read in the latest look")),
    (LONG_UNREAD, "warning", _("could not be read for long")),
    (STOPPED, "", _("not watched any more")),
]


@dataclass(frozen=True)
class Number:
    """`sign` is one of components/mark.html, or "" where the number is no reason to look."""

    value: int
    words: Any
    sign: str
    url: str


def numbers(health: Health, case: str) -> list[Number]:
    passages = [
        (health.passage_count, "", "warning", _("passages that do not stand as they were marked")),
        (health.not_found_count, NOT_FOUND, "open", _("passages not found for long")),
        (health.elsewhere_count, ELSEWHERE, "warning", _("passages that only a copy made elsewhere holds")),
    ]
    return [
        *(
            Number(number, words, sign if number else "", _listed("archive-passages", which, case))
            for number, which, sign, words in passages
        ),
        *(
            Number(number := health.watches[which], words, sign if number else "", _listed("watch-list", which, case))
            for which, sign, words in WATCHES
        ),
    ]


def _listed(name: str, show: str = "", case: str = "") -> str:
    asked = urlencode({key: value for key, value in (("show", show), ("case", case)) if value})
    return reverse(name) + (f"?{asked}" if asked else "")
