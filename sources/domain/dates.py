"""When something happened or was published, as precisely as anybody knows: EDTF (ISO 8601-2) dates and intervals.

Read here: level 0 (day, month, year, date and time, interval) and of level 1 the qualifiers ``?`` uncertain,
``~`` approximate and ``%`` both at the end of a date, seasons 21 to 24, unspecified digits from the right
(``202X``, ``2024-XX``, ``2024-11-XX``) and open (``..``) or unknown (nothing) ends of an interval.

The ``edtf`` library was tried first. It reads more, but takes intervals that end before they begin, fails with stray
errors on some input, and cannot say that February 2024 has 29 days. The tests compare every date both can read.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import Enum, StrEnum
from typing import Final

LONGEST: Final = 60


class Precision(StrEnum):
    """How much of a date is known."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    SEASON = "season"
    MONTH_OF_YEAR = "some month of a year"  # 2024-XX
    DAY_OF_YEAR = "some day of a year"  # 2024-XX-XX
    MONTH = "month"
    DAY_OF_MONTH = "some day of a month"  # 2024-11-XX
    DAY = "day"
    TIME = "time"


class End(Enum):
    """An end of an interval that is no date."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One date: its first and last possible day. ``season`` is 1 (spring) to 4; ``clock`` the time as written."""

    precision: Precision
    earliest: date
    latest: date
    season: int = 0
    clock: str = ""
    approximate: bool = False
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A date, or an interval where ``last`` is not None. ``text`` is the EDTF it was read from."""

    text: str
    first: Moment | End
    last: Moment | End | None = None

    @property
    def earliest(self) -> date | None:
        """The first day it can have been; None where the beginning is open or unknown."""
        return self.first.earliest if isinstance(self.first, Moment) else None

    @property
    def latest(self) -> date | None:
        """The last day it can have been; None where the end is open or unknown."""
        end = self.first if self.last is None else self.last
        return end.latest if isinstance(end, Moment) else None

    @property
    def approximate(self) -> bool:
        return any(moment.approximate for moment in self._moments())

    @property
    def uncertain(self) -> bool:
        return any(moment.uncertain for moment in self._moments())

    def _moments(self) -> Iterator[Moment]:
        return (end for end in (self.first, self.last) if isinstance(end, Moment))


class Reason(StrEnum):
    """Why a date was refused."""

    TOO_LONG = "too long"
    SHAPE = "no date"
    MONTH = "no such month"
    DAY = "no such day"
    CLOCK = "no such time"
    ORDER = "ends before it begins"
    NO_END = "no end is known"


class DateRefused(ValueError):
    """A text that is no date. ``part`` is the piece it is about; ``last_day`` that of a month which has no such day."""

    def __init__(self, reason: Reason, part: str, last_day: date | None = None) -> None:
        super().__init__(reason, part, last_day)
        self.reason: Final = reason
        self.part: Final = part
        self.last_day: Final = last_day


_ASCII_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?:T(?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?))?"
    r"(?P<qualifier>[?~%]?)",
    re.ASCII,
)


def parse(text: str) -> When:
    """Reads an EDTF date or interval; Arabic and Persian digits are taken for European ones. Raises DateRefused."""
    written = text.strip().translate(_ASCII_DIGITS)
    if len(written) > LONGEST:
        raise DateRefused(Reason.TOO_LONG, written[:LONGEST])
    first, slash, last = written.partition("/")
    if not slash:
        return When(written, _moment(first))
    when = When(written, _end(first), _end(last))
    if when.earliest is None and when.latest is None:
        raise DateRefused(Reason.NO_END, written)
    if when.earliest and when.latest and when.latest < when.earliest:
        raise DateRefused(Reason.ORDER, written)
    return when


def _end(written: str) -> Moment | End:
    return End(written) if written in ("", "..") else _moment(written)


def _moment(written: str) -> Moment:
    found = _DATE.fullmatch(written)
    if not found or (found["clock"] and (not found["day"] or found["day"] == "XX" or found["qualifier"])):
        raise DateRefused(Reason.SHAPE, written)
    precision, earliest, latest, season = _span(written, found["year"], found["month"] or "", found["day"] or "")
    if found["clock"]:
        precision = Precision.TIME
        _check_clock(written, found["clock"])
    qualifier = found["qualifier"]
    return Moment(
        precision, earliest, latest, season, found["clock"] or "",
        approximate=qualifier in ("~", "%"), uncertain=qualifier in ("?", "%"),
    )  # fmt: skip


def _span(written: str, year: str, month: str, day: str) -> tuple[Precision, date, date, int]:
    if int(year.replace("X", "9")) == 0 or ("X" in year and month):
        raise DateRefused(Reason.SHAPE, written)
    if not month or month == "XX":
        first, last = date(max(1, int(year.replace("X", "0"))), 1, 1), date(int(year.replace("X", "9")), 12, 31)
        if day not in ("", "XX"):
            raise DateRefused(Reason.SHAPE, written)
        vague = Precision.DAY_OF_YEAR if day else Precision.MONTH_OF_YEAR
        whole = (Precision.YEAR, Precision.DECADE, Precision.CENTURY)[year.count("X")]
        return vague if month else whole, first, last, 0
    if 21 <= int(month) <= 24:
        if day:
            raise DateRefused(Reason.SHAPE, written)
        return Precision.SEASON, *_season(int(year), int(month) - 20), int(month) - 20
    if not 1 <= int(month) <= 12:
        raise DateRefused(Reason.MONTH, written)
    first = date(int(year), int(month), 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if not day or day == "XX":
        return Precision.DAY_OF_MONTH if day else Precision.MONTH, first, last, 0
    if not 1 <= int(day) <= last.day:
        raise DateRefused(Reason.DAY, written, last)
    return Precision.DAY, first.replace(day=int(day)), first.replace(day=int(day)), 0


def _season(year: int, season: int) -> tuple[date, date]:
    """Three whole months of the northern half of the earth. A winter begins in December of its year."""
    begins = date(year, season * 3, 1)
    if season < 4:
        ends = begins.replace(month=season * 3 + 2)
    else:
        ends = date(min(year + 1, 9999), 2 if year < 9999 else 12, 1)
    return begins, ends.replace(day=calendar.monthrange(ends.year, ends.month)[1])


def _check_clock(written: str, clock: str) -> None:
    try:
        time.fromisoformat(clock)
    except ValueError as impossible:
        raise DateRefused(Reason.CLOCK, written) from impossible
