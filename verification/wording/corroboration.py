"""What the engine found, as the sentence people read: "Three accounts, one line: everything reached us through Middle
East Eye."

First how many accounts come down to how many lines and why, then what keeps lines from being established. Whole
sentences, so that a language orders its words; counted things have a phrase each, so that Arabic can count.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.wording.text import isolated
from sources.models import Source
from sources.wording.names import name_of
from verification.domain.corroboration import Cause, Count, Line, StanceResult
from verification.wording.names import carrier_name, joined, names_of

_ACCOUNTS: tuple[str | Promise, ...] = (
    gettext_lazy("One account"),
    gettext_lazy("Two accounts"),
    gettext_lazy("Three accounts"),
    gettext_lazy("Four accounts"),
    gettext_lazy("Five accounts"),
    gettext_lazy("Six accounts"),
    gettext_lazy("Seven accounts"),
    gettext_lazy("Eight accounts"),
    gettext_lazy("Nine accounts"),
    gettext_lazy("Ten accounts"),
)
_LINES: tuple[str | Promise, ...] = (
    gettext_lazy("one line"),
    gettext_lazy("two lines"),
    gettext_lazy("three lines"),
    gettext_lazy("four lines"),
    gettext_lazy("five lines"),
    gettext_lazy("six lines"),
    gettext_lazy("seven lines"),
    gettext_lazy("eight lines"),
    gettext_lazy("nine lines"),
    gettext_lazy("ten lines"),
)


def pair(established: int, possible: int) -> str:
    return _("%(established)d established, at most %(possible)d") % {"established": established, "possible": possible}


def number(count: Count) -> str:
    """A number, or the proven bounds of one."""
    return str(count.lower) if count.exact else _("%(low)d to %(high)d") % {"low": count.lower, "high": count.upper}


def sentence(side: StanceResult, sources: Mapping[str, Source]) -> str:
    """One to three sentences on one side of a claim, in the active language; "" where nothing is on that side."""
    if not side.lines:
        return ""
    if not side.supporting:
        return _only_round(len(side.lines))
    said = [_of_one(side.supporting[0], sources) if len(side.lines) == 1 else _of_many(side, sources)]
    if len(side.lines) > 1 and (open_ends := side.possible_origins) and side.established.upper < side.possible.upper:
        said.append(_not_said(open_ends, sources))
    elif len(side.lines) > 1 and not side.origins:
        said.append(_not_said(side.possible_origins, sources))
    if (control := _control(side, sources)) and side.established.upper < side.possible.upper:
        said.append(control)
    if round_ones := len(side.lines) - len(side.supporting):
        said.append(_only_round(round_ones))
    # Translators: between two sentences.
    return _(" ").join(said)


def _of_one(line: Line, sources: Mapping[str, Source]) -> str:
    """Who knows, and who carried it to the desk."""
    end = isolated(name_of(sources[line.evidence.stated[-1]]))
    carried = [isolated(carrier_name(sources[key])) for key in reversed(line.evidence.stated[:-1])]
    values = {"end": end, "carriers": joined(list(dict.fromkeys(carried)), most=4)}
    if line.closed and carried:
        return _("One line: %(end)s, carried by %(carriers)s.") % values
    if line.closed:
        return _("One line: %(end)s itself, in our hands.") % values
    if carried:
        return _("One open line, carried by %(carriers)s: how %(end)s knows is not said.") % values
    return _("One open line: how %(end)s knows is not said.") % values


def _of_many(side: StanceResult, sources: Mapping[str, Source]) -> str:
    values = {
        "accounts": _phrase(_ACCOUNTS, len(side.supporting)) or _accounts(len(side.supporting)),
        "lines": _phrase(_LINES, side.possible.upper) or _lines(side.possible.upper),
    }
    if not side.possible.exact:
        bounds = {"low": side.possible.lower, "high": side.possible.upper}
        return _("%(accounts)s, at least %(low)d and at most %(high)d lines: an interval, proven but not exact.") % {
            **values,
            **bounds,
        }
    if side.possible.upper == len(side.supporting):
        return _("%(accounts)s, %(lines)s: no two of them share a source.") % values
    if len(side.smallest_cut) == 1 and side.possible.upper == 1:
        return _through(side, side.smallest_cut[0], values, sources)
    if (shared := _most_shared(side)) is None:
        return _("%(accounts)s, %(lines)s.") % values
    source, among = shared
    values |= {"source": isolated(carrier_name(sources[source])), "number": str(among)}
    return _("%(accounts)s, %(lines)s: %(number)s of them pass through %(source)s.") % values


def _through(side: StanceResult, source: str, values: dict[str, str], sources: Mapping[str, Source]) -> str:
    if source in {*side.origins, *side.possible_origins}:
        values |= {"source": isolated(name_of(sources[source]))}
        return _("%(accounts)s, %(lines)s: everything goes back to %(source)s.") % values
    values |= {"source": isolated(carrier_name(sources[source]))}
    return _("%(accounts)s, %(lines)s: everything reached us through %(source)s.") % values


def _most_shared(side: StanceResult) -> tuple[str, int] | None:
    shared = [(len(each.lines), each.source) for each in side.meetings if each.cause is Cause.SHARED_SOURCE]
    return max(shared, key=lambda each: each[0])[::-1] if shared else None


def _not_said(ends: tuple[str, ...], sources: Mapping[str, Source]) -> str:
    values = {"names": names_of(ends, sources)}
    return ngettext("How %(names)s knows is not said.", "How %(names)s know is not said.", len(ends)) % values


def _control(side: StanceResult, sources: Mapping[str, Source]) -> str:
    origin = {line.key: line.ends[0] for line in side.lines if line.closed}
    for each in side.meetings:
        if each.cause is Cause.COMMON_CONTROL:
            ends = sorted({origin[key] for key in each.lines})
            values = {"owner": isolated(name_of(sources[each.source])), "names": names_of(ends, sources)}
            if each.source in ends:
                return _("%(names)s are one hand.") % values
            return _("%(owner)s stands behind %(names)s.") % values
    return ""


def _only_round(accounts: int) -> str:
    return ngettext(
        "%(number)d account only goes round in a circle and counts for nothing.",
        "%(number)d accounts only go round in a circle and count for nothing.",
        accounts,
    ) % {"number": accounts}


def _phrase(phrases: tuple[str | Promise, ...], count: int) -> str:
    return str(phrases[count - 1]) if 0 < count <= len(phrases) else ""


def _accounts(count: int) -> str:
    return ngettext("%(number)d account", "%(number)d accounts", count) % {"number": count}


def _lines(count: int) -> str:
    return ngettext("%(number)d line", "%(number)d lines", count) % {"number": count}
