"""The day on which a page says it was published, where it says it in a way that has one meaning.

What only people can read (``3 ديسمبر``, ``03/12/2026``, ``two days ago``) stays as it was said: no day is made of it.
"""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_SLASHES = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})")  # as Highwire's citation_* tags have it
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}(?::[0-9]{2})? ?[+-]?\w*")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.,]+ ?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?")
FIRST_YEAR = 1000  # a year before is a zero that was never set


def day_said(text: str) -> date | None:
    """In the zone that `text` is written in: the day a reader of the page was told. None for half a date."""
    try:
        day = _read(text.strip())
    except (ValueError, OverflowError):
        return None
    return day if day and day.year >= FIRST_YEAR else None


def _read(text: str) -> date | None:
    if _ISO.fullmatch(text):
        return datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z")).date()
    if slashes := _SLASHES.fullmatch(text):
        return date(*map(int, slashes.groups()))
    if _MAIL.fullmatch(text):
        return parsedate_to_datetime(text).date()
    return None
