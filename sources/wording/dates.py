"""Dates in words: "28 November 2024", "about December 2024", "27 to 30 November 2024", and why one was refused.

Arabic month names are those of the Levant (تشرين الثاني), where they are the ones in use; digits are European.
"""

from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sources.domain.dates import LONGEST, DateRefused, End, Moment, Precision, Reason, When, parse

_LOCALES = {"ar": "ar_SY", "en": "en_GB"}


def spoken(when: When | str) -> str:
    """The date in the active language; EDTF that cannot be read comes back as it is."""
    if isinstance(when, str):
        try:
            when = parse(when)
        except DateRefused:
            return str(when)
    if when.last is None:
        return _moment(when.first) if isinstance(when.first, Moment) else ""
    if isinstance(when.first, Moment) and isinstance(when.last, Moment):
        return _("%(first)s to %(last)s") % {"first": _shortened(when.first, when.last), "last": _moment(when.last)}
    if isinstance(when.first, Moment):
        phrase = _("from %(date)s on") if when.last is End.OPEN else _("from %(date)s, end unknown")
        return phrase % {"date": _moment(when.first)}
    if isinstance(when.last, Moment):
        phrase = _("until %(date)s") if when.first is End.OPEN else _("until %(date)s, beginning unknown")
        return phrase % {"date": _moment(when.last)}
    return when.text


def sentence(refused: DateRefused) -> str:
    """What is wrong with a date, and what to do, in the active language."""
    values = {"typed": refused.part, "limit": LONGEST}
    match refused.reason:
        case Reason.TOO_LONG:
            return _("A date has at most %(limit)s characters.") % values
        case Reason.MONTH:
            return _("“%(typed)s” names a month that does not exist. Months run from 01 to 12.") % values
        case Reason.DAY if refused.last_day:
            month = {"month": _written("MMMM y", refused.last_day), "days": refused.last_day.day}
            return _("“%(typed)s” does not exist: %(month)s has %(days)s days.") % {**values, **month}
        case Reason.CLOCK:
            return _("“%(typed)s” names a time of day that does not exist.") % values
        case Reason.ORDER:
            return _("“%(typed)s” ends before it begins.") % values
        case Reason.NO_END:
            return _("“%(typed)s” has neither a beginning nor an end. Give at least one date.") % values
        case _:
            return (
                _("“%(typed)s” cannot be read as a date. Write 2024-11-28, 2024-11, 2024-12~ or 2024-11-27/2024-11-30.")
                % values
            )


def _shortened(first: Moment, last: Moment) -> str:
    """The beginning of an interval without what its end says anyway: "27", "27 November"."""
    plain = not (first.approximate or first.uncertain or last.approximate or last.uncertain)
    if plain and {first.precision, last.precision} == {Precision.DAY} and first.earliest.year == last.latest.year:
        same_month = first.earliest.month == last.latest.month
        return _written("d" if same_month else "d MMMM", first.earliest)
    return _moment(first)


def _moment(moment: Moment) -> str:
    plain = {"date": _plain(moment)}
    if moment.approximate and moment.uncertain:
        return _("perhaps about %(date)s") % plain
    if moment.approximate:
        return pgettext("a date", "about %(date)s") % plain
    if moment.uncertain:
        return pgettext("a date", "perhaps %(date)s") % plain
    return plain["date"]


def _plain(moment: Moment) -> str:
    year = {"year": moment.earliest.year, "last": moment.latest.year}
    match moment.precision:
        case Precision.CENTURY | Precision.DECADE:
            return _("between %(year)s and %(last)s") % year
        case Precision.YEAR:
            return str(moment.earliest.year)
        case Precision.SEASON:
            return _season(moment.season) % year
        case Precision.MONTH_OF_YEAR:
            return _("some month of %(year)s") % year
        case Precision.DAY_OF_YEAR:
            return _("some day of %(year)s") % year
        case Precision.MONTH:
            return _written("MMMM y", moment.earliest)
        case Precision.DAY_OF_MONTH:
            return _("some day of %(month)s") % {"month": _written("MMMM y", moment.earliest)}
        case Precision.DAY:
            return _written("d MMMM y", moment.earliest)
        case Precision.TIME:
            clock = moment.clock.replace("Z", " UTC").replace("+", " +").replace("-", " −")
            return _("%(date)s, %(time)s") % {"date": _written("d MMMM y", moment.earliest), "time": clock}


def _season(season: int) -> str:
    return (_("spring %(year)s"), _("summer %(year)s"), _("autumn %(year)s"), _("winter %(year)s to %(last)s"))[
        season - 1
    ]


def _written(pattern: str, day: date) -> str:
    language = (get_language() or "en").split("-")[0]
    return str(format_date(day, pattern, locale=_LOCALES.get(language, language)))
