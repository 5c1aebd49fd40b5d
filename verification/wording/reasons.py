"""Why a number is what it is, sentence by sentence: what lines share, who stands behind them, what is odd in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.wording.text import isolated
from sources.models import Source
from sources.wording.names import name_of
from verification.domain.corroboration import Cause, Finding, Kind, Line, Meeting, StanceResult
from verification.models import Basis, Evidence
from verification.wording.names import carrier_name, carriers_of, names_of

MOST_MEETINGS = 12


@dataclass(frozen=True)
class Stop:
    """A source on a line: `relay` where it was checked against what it carries."""

    name: str
    url: str
    relay: bool


@dataclass(frozen=True)
class Row:
    """A line as it was completed, from the desk upwards, how it ends, and what it counted for."""

    evidence: Evidence
    stops: tuple[Stop, ...]
    ending: str
    closed: bool
    counted: str


def rows(side: StanceResult, sources: Mapping[str, Source], evidence: Mapping[str, Evidence]) -> list[Row]:
    return [
        Row(
            evidence=evidence[line.key],
            stops=tuple(
                Stop(
                    name_of(sources[station.source]),
                    sources[station.source].get_absolute_url(),
                    station.relay is not None,
                )
                for station in line.stations
            ),
            ending=_ending(line),
            closed=line.closed,
            counted=_counted(line, side),
        )
        for line in side.lines
    ]


def reasons(side: StanceResult, sources: Mapping[str, Source]) -> list[str]:
    """What leads from the lines to the numbers, the weightiest first."""
    return [*_bottlenecks(side, sources), *_cut(side, sources), *_meetings(side, sources), *_limits(side)]


def oddities(side: StanceResult, sources: Mapping[str, Source]) -> list[str]:
    """What a reader should know beside the numbers: it changes none of them."""
    circles = [
        _("%(names)s rely on one another in a circle.") % {"names": names_of(circle.sources, sources)}
        for circle in side.circular
    ]
    return [*circles, *(finding_sentence(finding, sources) for finding in side.findings)]


def finding_sentence(finding: Finding, sources: Mapping[str, Source]) -> str:
    names = [isolated(name_of(sources[key])) for key in finding.sources]
    match finding.kind:
        case Kind.ANACHRONISM:
            values = {"earlier": names[0], "later": names[1]}
            return _("%(earlier)s appeared before %(later)s, on which it relies.") % values
        case Kind.COMMON_OWNER:
            owner = sources.get(finding.because)
            values = {
                "names": names_of(finding.sources, sources),
                "owner": isolated(name_of(owner) if owner else finding.because),
            }
            return _("%(names)s, on different lines, belong to %(owner)s.") % values
        case Kind.INCONSISTENT_SOURCE:
            return _("%(name)s stands on both sides.") % {"name": names[0]}
        case Kind.FIRST_HAND_CLAIM_OF_DERIVED_WORK:
            values = {"work": names[0], "original": names_of(finding.sources[1:], sources)}
            return _("%(work)s is entered as first-hand, but is on record as made from %(original)s.") % values


def _bottlenecks(side: StanceResult, sources: Mapping[str, Source]) -> Iterator[str]:
    if side.bottlenecks and len(side.supporting) > 1:
        yield _("Every line passes through %(names)s.") % {"names": carriers_of(side.bottlenecks, sources)}


def _cut(side: StanceResult, sources: Mapping[str, Source]) -> Iterator[str]:
    if not side.smallest_cut:
        return
    values = {"names": carriers_of(side.smallest_cut, sources)}
    yield (
        ngettext(
            "If %(names)s were wrong, nothing would be left.",
            "If %(names)s were all wrong, nothing would be left.",
            len(side.smallest_cut),
        )
        % values
    )
    if not side.cut_is_smallest:
        yield _("There may be a smaller set of sources on which everything rests.")


def _meetings(side: StanceResult, sources: Mapping[str, Source]) -> Iterator[str]:
    """Lines that are no two lines, and what joins them; what joins them all was said already."""
    said = [each for each in side.meetings if each.source not in side.bottlenecks]
    by_key = {line.key: line for line in side.lines}
    for each in sorted(said, key=lambda each: -len(each.lines))[:MOST_MEETINGS]:
        ends = dict.fromkeys(by_key[key].evidence.stated[-1] for key in each.lines)
        if each.cause is Cause.COMMON_CONTROL:
            ends.pop(each.source, None)
        yield _meeting(each, names_of(ends, sources), len(ends), sources)
    if (rest := len(said) - MOST_MEETINGS) > 0:
        yield ngettext("%(number)d more source is shared.", "%(number)d more sources are shared.", rest) % {
            "number": rest
        }


def _meeting(meeting: Meeting, names: str, ends: int, sources: Mapping[str, Source]) -> str:
    number = len(meeting.lines)
    values = {"names": names, "source": isolated(carrier_name(sources[meeting.source])), "number": number}
    if meeting.cause is Cause.COMMON_CONTROL:
        return _("%(source)s stands behind %(names)s, so they are one interest and not two.") % values
    if ends > 1:
        return _("The accounts of %(names)s meet in %(source)s.") % values
    return (
        ngettext(
            "%(number)d account passes through %(source)s.", "%(number)d accounts pass through %(source)s.", number
        )
        % values
    )


def _limits(side: StanceResult) -> Iterator[str]:
    if not side.exact:
        yield _("The exact number would take more steps than are allowed: the bounds shown are proven to hold it.")


def _ending(line: Line) -> str:
    if line.goes_round:
        return _("only goes round in a circle")
    return str(Basis(line.evidence.basis).label) if line.evidence.basis in Basis.values else line.evidence.basis


def _counted(line: Line, side: StanceResult) -> str:
    if line.key in side.established_by:
        return _("counts as established")
    if line.key in side.possible_by:
        return _("counts as possible")
    return _("no line of its own")
