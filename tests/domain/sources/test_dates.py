"""EDTF dates: what is read, between which days, and why the rest is refused."""

import time
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from sources.domain.dates import LONGEST, DateRefused, End, Moment, Precision, Reason, parse


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-11-28", date(2024, 11, 28), date(2024, 11, 28)),
        # a leap day in a leap year, and in a century that is one
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2000-02-29", date(2000, 2, 29), date(2000, 2, 29)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        # there is no year 0, so the first decade has nine years
        ("000X", date(1, 1, 1), date(9, 12, 31)),
        ("2024-11-XX", date(2024, 11, 1), date(2024, 11, 30)),
        ("2024-XX", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-XX-XX", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-21", date(2024, 3, 1), date(2024, 5, 31)),
        # a winter begins in December of its year
        ("2024-24", date(2024, 12, 1), date(2025, 2, 28)),
        ("9999-24", date(9999, 12, 1), date(9999, 12, 31)),
        ("2024-11-27/2024-11-30", date(2024, 11, 27), date(2024, 11, 30)),
        # begins some time in November, ends on the third: possible
        ("2024-11/2024-11-03", date(2024, 11, 1), date(2024, 11, 3)),
        # open and unknown ends bound one side only
        ("2024-11-27/..", date(2024, 11, 27), None),
        ("../2024-11", None, date(2024, 11, 30)),
        ("2024-11-27/", date(2024, 11, 27), None),
        ("/2024-11", None, date(2024, 11, 30)),
        # a time is of the day it is written with
        ("2024-11-28T23:30:00+03:00", date(2024, 11, 28), date(2024, 11, 28)),
        ("2024-11-28T23:30Z", date(2024, 11, 28), date(2024, 11, 28)),
        # typed on an Arabic or a Persian keyboard
        (" ٢٠٢٤-١١-٢٨ ", date(2024, 11, 28), date(2024, 11, 28)),
        ("۲۰۲۴", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_dates_are_bounded(text: str, earliest: date | None, latest: date | None) -> None:
    when = parse(text)
    assert (when.earliest, when.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2024-12", False, False),
        ("2024-12~", True, False),
        ("2024-12?", False, True),
        ("2024-12%", True, True),
        # one doubtful end makes the whole doubtful
        ("2024-11-27~/2024-11-30?", True, True),
    ],
)
def test_qualifiers(text: str, approximate: bool, uncertain: bool) -> None:
    when = parse(text)
    assert (when.approximate, when.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        # days and months that do not exist
        ("2024-02-31", Reason.DAY),
        ("2023-02-29", Reason.DAY),
        ("1900-02-29", Reason.DAY),
        ("2024-11-00", Reason.DAY),
        ("2024-13", Reason.MONTH),
        ("2024-00", Reason.MONTH),
        ("2024-11-27/2024-11-31", Reason.DAY),
        ("2024-11-28T25:00", Reason.CLOCK),
        ("2024-11-28T23:61:00Z", Reason.CLOCK),
        # the wrong way round
        ("2024-11-30/2024-11-27", Reason.ORDER),
        # says nothing at all
        ("../..", Reason.NO_END),
        ("/", Reason.NO_END),
        # habits of other systems, and things only level 2 knows
        ("28.11.2024", Reason.SHAPE),
        ("2024-11-28 23:30", Reason.SHAPE),
        ("2024-1-5", Reason.SHAPE),
        ("24-11-28", Reason.SHAPE),
        ("yesterday", Reason.SHAPE),
        ("", Reason.SHAPE),
        ("2024-11-2X", Reason.SHAPE),
        ("2024-XX-05", Reason.SHAPE),
        ("202X-05", Reason.SHAPE),
        ("XXXX", Reason.SHAPE),
        ("0000", Reason.SHAPE),
        ("2024-21-05", Reason.SHAPE),
        ("2024-11-28/2024-11-29/2024-11-30", Reason.SHAPE),
        ("2024T12:00", Reason.SHAPE),
        ("2024-11-28T12:00~", Reason.SHAPE),
        # digits that are none of ours
        ("２０２４", Reason.SHAPE),
        ("2024" * 20, Reason.TOO_LONG),
    ],
)
def test_what_is_no_date_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(DateRefused) as refusal:
        parse(text)
    assert refusal.value.reason is reason


def test_an_impossible_day_comes_with_the_last_possible_one() -> None:
    with pytest.raises(DateRefused) as refusal:
        parse("2024-02-31")
    assert refusal.value.last_day == date(2024, 2, 29)


def test_the_ends_are_told_apart() -> None:
    when = parse("2024-11-28/..")
    assert isinstance(when.first, Moment)
    assert when.first.precision is Precision.DAY
    assert when.last is End.OPEN
    assert parse("2024-11-28/").last is End.UNKNOWN
    assert parse("2024-11-28").last is None


years = st.one_of(st.integers(1, 9999).map("{:04}".format), st.integers(1, 999).map("{:03}X".format))
dates = st.one_of(
    years,
    st.builds("{:04}-{:02}".format, st.integers(1, 9999), st.integers(1, 12)),
    st.dates().map(str),
)
intervals = st.lists(dates.filter(lambda written: "X" not in written), min_size=2, max_size=2).map(sorted).map("/".join)


@given(st.one_of(dates, intervals), st.sampled_from(["", "~", "?"]))
def test_the_edtf_library_reads_the_same_days(written: str, qualifier: str) -> None:
    """The oracle is another implementation; intervals with unspecified digits it leaves without bounds."""
    when, theirs = parse(written + qualifier), parse_edtf(written + qualifier)
    assert when.earliest is not None
    assert when.latest is not None
    assert when.earliest.timetuple()[:3] == theirs.lower_strict()[:3]
    assert when.latest.timetuple()[:3] == theirs.upper_strict()[:3]


@given(st.text(st.sampled_from("0123456789X-/.~?%T:Z+ "), max_size=LONGEST + 5))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        when = parse(text)
    except DateRefused:
        return
    assert parse(when.text) == when


def test_a_hostile_date_costs_nothing() -> None:
    began = time.process_time()
    for hostile in ("2024-" * 100_000, "X" * 500_000, "2024/" * 100_000):
        with pytest.raises(DateRefused):
            parse(hostile)
    assert time.process_time() - began < 0.1
