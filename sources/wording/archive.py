"""The numbers on the page of the archive's health, in words, each with the list behind it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.queries.archive import ACTIVE, DUE, LONG_UNREAD, STOPPED, UNREAD, Health

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
    turned = health.passage_count
    passages = _("passages that do not stand as they were marked")
    return [
        Number(turned, passages, "warning" if turned else "", _listed("archive-passages", case=case)),
        *(
            Number(number := health.watches[which], words, sign if number else "", _listed("watch-list", which, case))
            for which, sign, words in WATCHES
        ),
    ]


def _listed(name: str, show: str = "", case: str = "") -> str:
    asked = urlencode({key: value for key, value in (("show", show), ("case", case)) if value})
    return reverse(name) + (f"?{asked}" if asked else "")
