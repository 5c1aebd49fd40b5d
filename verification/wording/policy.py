"""The policy's result in words, line by line: what is asked for, and how far the claim is."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.models import LoneAnonymous
from sources.models import Source
from sources.wording.names import name_of
from verification.domain.policy import Outcome, Result, Rule
from verification.queries.policy import PolicyReport

_STATE = {Outcome.MET: "met", Outcome.NOT_MET: "unmet", Outcome.PENDING: "waiting"}


def policy_points(report: PolicyReport, lone_anonymous: str) -> list[dict[str, str]]:
    """What `components/policy.html` shows. `lone_anonymous` is what the policy says about such a source."""
    sources = report.weighed.sources
    return [
        {
            "state": _STATE[result.outcome],
            "label": _label(result),
            "detail": _detail(result, report, lone_anonymous, sources),
        }
        for result in report.results
    ]


def open_points_sentence(report: PolicyReport) -> str:
    if report.met:
        return _("The policy is met.")
    number = report.open_points
    return ngettext("%(number)d point of the policy is open.", "%(number)d points of the policy are open.", number) % {
        "number": number
    }


def _label(result: Result) -> str:
    number = {"number": result.need}
    match result.rule:
        case Rule.INDEPENDENT_LINES:
            return ngettext("%(number)d independent line", "%(number)d independent lines", result.need) % number
        case Rule.REVIEWS:
            return ngettext("%(number)d review by others", "%(number)d reviews by others", result.need) % number
        case Rule.FOUR_EYES:
            return _("Four eyes")
        case Rule.CAPTURES:
            return _("Every cited page captured")
        case Rule.LONE_ANONYMOUS:
            return _("Not resting on one anonymous source")
        case Rule.REPLY:
            return _("A reply was asked for")


def _detail(result: Result, report: PolicyReport, lone_anonymous: str, sources: Mapping[str, Source]) -> str:
    met = result.outcome is Outcome.MET
    match result.rule:
        case Rule.INDEPENDENT_LINES:
            return _lines(result, report, sources)
        case Rule.REVIEWS:
            return _count(result)
        case Rule.CAPTURES:
            return _captures(result, report.made_elsewhere)
        case Rule.FOUR_EYES:
            return "" if met else _("somebody judged what they had gathered")
        case Rule.LONE_ANONYMOUS if met:
            return ""
        case Rule.LONE_ANONYMOUS if lone_anonymous == LoneAnonymous.SECOND_EDITOR:
            return _("needs a review by a second editor")
        case Rule.LONE_ANONYMOUS:
            return _("the policy of this case does not allow it")
        case Rule.REPLY:
            return "" if met else _("nobody was asked yet")


def _count(result: Result) -> str:
    return _("%(have)d of %(need)d") % {"have": result.have, "need": result.need}


def _captures(result: Result, made_elsewhere: int) -> str:
    """A copy that somebody uploaded is one, and that it is no other is said."""
    if not made_elsewhere:
        return _count(result)
    words = ngettext(
        "%(count)s, %(number)d of them only as a copy made elsewhere",
        "%(count)s, %(number)d of them only as copies made elsewhere",
        made_elsewhere,
    )
    return words % {"count": _count(result), "number": made_elsewhere}


def _lines(result: Result, report: PolicyReport, sources: Mapping[str, Source]) -> str:
    supports = report.weighed.result.supports
    numbers = {"established": supports.established.lower, "possible": supports.possible.upper}
    said = _("%(established)d established, at most %(possible)d") % numbers
    if result.outcome is Outcome.MET or not result.open_ends:
        return said
    names = _(", ").join(name_of(sources[key]) for key in result.open_ends[:3])
    return _("%(said)s; how they know is not said: %(names)s") % {"said": said, "names": names}
