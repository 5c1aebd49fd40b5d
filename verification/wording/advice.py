"""The next steps that would move the numbers, in words: "Capture Tasnim itself: 1 established, at most 2"."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from newsroom.wording.text import isolated
from sources.models import Source, SourceKind
from sources.wording.names import name_of
from verification.domain.advice import Action, Advice, Change, what_would_change_it
from verification.domain.corroboration import Stance
from verification.models import Claim
from verification.queries.corroboration import Weighed
from verification.wording.corroboration import pair
from verification.wording.names import carrier_name, joined

MOST = 5
ALIKE = 2
TRIED = 100


@dataclass(frozen=True)
class Suggestion:
    """What to do, what it brings if it turns out well, and whether that is as many lines as the policy asks for."""

    stance: str
    steps: str
    outcome: str
    enough: bool


def suggestions(claim: Claim, weighed: Weighed) -> list[Suggestion]:
    """For what supports the claim, then for what contradicts it; empty where no step is known to bring anything."""
    found = []
    for stance, side in weighed.sides:
        need = claim.case.policy.least_independent_lines if stance == Stance.SUPPORTS else 0
        for each in _varied(what_would_change_it(weighed.ground, Stance(stance), most=TRIED)) if side.lines else ():
            enough = side.established.lower < need <= each.established.lower
            outcome = pair(each.established.lower, each.possible.upper)
            found.append(Suggestion(stance, _together(each, weighed.sources), outcome, enough))
    return found


def _varied(ranked: Iterable[Advice]) -> list[Advice]:
    """The best, but of those that come to the same two at most: five ways to one thing are one piece of advice."""
    outcomes: Counter[tuple[int, int]] = Counter()
    kept = []
    for each in ranked:
        outcome = each.established.lower, each.possible.upper
        outcomes[outcome] += 1
        if outcomes[outcome] <= ALIKE:
            kept.append(each)
    return kept[:MOST]


def _together(advice: Advice, sources: Mapping[str, Source]) -> str:
    return joined([str(_step(change, sources[change.source])) for change in advice.changes], most=MOST)


def _step(change: Change, source: Source) -> str:
    values = {"source": isolated(name_of(source))}
    match change.action:
        case Action.VERIFY_RELAY:
            values = {"source": isolated(carrier_name(source))}
            return _("check %(source)s against what it passes on") % values
        case Action.REACH_SOURCE if source.kind == SourceKind.PERSON:
            return _("hear it from %(source)s directly") % values
        case Action.REACH_SOURCE if source.url:
            return _("capture %(source)s itself") % values
        case Action.REACH_SOURCE:
            return _("get hold of %(source)s itself") % values
        case Action.CLOSE_END:
            return _("ask how %(source)s knows") % values
