"""Alerts in words: what happened, and what of the claim is another than it was.

for told in tell(Alert.objects.open()): told.alert, told.why, told.changes
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.queries import feed
from audit.queries.subjects import touched
from newsroom.wording.text import isolated
from sources.models import Source
from sources.wording.names import name_of
from verification.domain.changes import Change, What, changes
from verification.domain.corroboration import Kind
from verification.domain.policy import Rule
from verification.models import Alert, Stance
from verification.wording.corroboration import pair
from verification.wording.names import joined
from verification.wording.passages import Seen, is_seen, opened, seen, since

_RULES: dict[str, str | Promise] = {
    Rule.INDEPENDENT_LINES: gettext_lazy("enough independent lines"),
    Rule.REVIEWS: gettext_lazy("enough reviews by others"),
    Rule.FOUR_EYES: gettext_lazy("four eyes"),
    Rule.CAPTURES: gettext_lazy("every cited page captured"),
    Rule.LONE_ANONYMOUS: gettext_lazy("not resting on one anonymous source"),
    Rule.REPLY: gettext_lazy("a reply was asked for"),
}
_FINDINGS: dict[str, str | Promise] = {
    Kind.ANACHRONISM: gettext_lazy("published before what it relies on: %(names)s"),
    Kind.COMMON_OWNER: gettext_lazy("one owner behind several lines: %(names)s"),
    Kind.INCONSISTENT_SOURCE: gettext_lazy("on both sides: %(names)s"),
    Kind.FIRST_HAND_CLAIM_OF_DERIVED_WORK: gettext_lazy("entered as first-hand, on record as derived: %(names)s"),
}

Name = Callable[[str], str]


@dataclass(frozen=True)
class Told:
    """`why` is the act that caused it, as the record tells it. `seen` is of an alert about what stands on a page."""

    alert: Alert
    why: feed.Entry
    changes: list[str]
    seen: Seen | None = None


def tell(alerts: Iterable[Alert]) -> list[Told]:
    """A fixed number of queries for any number of alerts. They come with `act` and `claim__case` selected."""
    alerts = list(alerts)
    names = _names([alert for alert in alerts if not is_seen(alert)])
    later = since(alerts)
    acts = [alert.because_of for alert in alerts]
    entries = feed.told(acts, touched([act.pk for act in acts])) if acts else []
    return [
        _told_seen(alert, entry, seen(alert, later)) if is_seen(alert) else Told(alert, entry, _counted(alert, names))
        for alert, entry in zip(alerts, entries, strict=True)
    ]


def when_opened(alerts: Collection[Alert]) -> dict[int, list[str]]:
    """By number: what was another then, and nothing of what was seen since. They come with `claim` selected."""
    names = _names([alert for alert in alerts if not is_seen(alert)])
    nothing_since = opened(alerts)
    return {
        alert.pk: seen(alert, nothing_since).sentences if is_seen(alert) else _counted(alert, names) for alert in alerts
    }


def _counted(alert: Alert, names: Mapping[tuple[int | None, str], str]) -> list[str]:
    return [_changed(change, _naming(alert, names)) for change in changes(alert.before, alert.after)]


def _told_seen(alert: Alert, entry: feed.Entry, what: Seen) -> Told:
    return Told(alert, entry, what.sentences, what)


def _changed(change: Change, name: Name) -> str:
    match change.what:
        case What.NUMBERS:
            values = {"side": Stance(change.of).label, "now": _pair(change.now), "before": _pair(change.before)}
            return _("%(side)s: %(now)s. It was: %(before)s.") % values
        case What.FINDINGS:
            return _difference(change, "findings", lambda each: _finding(each, name))
        case What.CIRCLES:
            return _difference(change, "circular", lambda each: _circle(each, name))
        case What.CONTESTED:
            return _("It is contested now.") if change.now else _("It is no longer contested.")
        case What.POLICY if change.now:
            return _("The policy is met in this now: %(rule)s.") % {"rule": _RULES[change.of]}
        case What.POLICY:
            return _("The policy is no longer met in this: %(rule)s.") % {"rule": _RULES[change.of]}
        case What.GRADE:
            values = {"source": name(change.of), "now": change.now, "before": change.before}
            return _("%(source)s is graded %(now)s. It was %(before)s.") % values


def _pair(side: dict[str, list[int]]) -> str:
    return pair(side["established"][0], side["possible"][1])


def _difference(change: Change, key: str, word: Callable[[list[str]], str]) -> str:
    before, now = change.before[key], change.now[key]
    new = [word(each) for each in now if each not in before]
    gone = [word(each) for each in before if each not in now]
    said = [_("Found: %(what)s.") % {"what": joined(new)}] if new else []
    if gone:
        said.append(_("No longer so: %(what)s.") % {"what": joined(gone)})
    return " ".join(said)


def _finding(found: list[str], name: Name) -> str:
    kind, *keys = found
    return str(_FINDINGS[kind]) % {"names": _all(keys, name)}


def _circle(keys: list[str], name: Name) -> str:
    return _("a circle of %(names)s") % {"names": _all(keys, name)}


def _all(keys: list[str], name: Name) -> str:
    return joined([name(key) for key in keys])


def _naming(alert: Alert, names: Mapping[tuple[int | None, str], str]) -> Name:
    case = alert.claim.case_id
    return lambda key: isolated(names.get((case, key)) or names.get((None, key)) or key)


def _names(alerts: list[Alert]) -> dict[tuple[int | None, str], str]:
    """By case and key: a report names sources by the keys of their case file, or by their references."""
    keys = {key for alert in alerts for change in changes(alert.before, alert.after) for key in _keys(change)}
    if not keys:
        return {}
    cases = {alert.claim.case_id for alert in alerts}
    numbers = [int(key[2:]) for key in keys if key.startswith("S-") and key[2:].isdigit()]
    known = Source.objects.filter(Q(case=None) | Q(case__in=cases)).filter(Q(key__in=keys) | Q(pk__in=numbers))
    return {(source.case_id, each): name_of(source) for source in known for each in (source.key, source.reference)}


def _keys(change: Change) -> set[str]:
    match change.what:
        case What.FINDINGS:
            return {key for side in (change.before, change.now) for each in side["findings"] for key in each[1:]}
        case What.CIRCLES:
            return {key for side in (change.before, change.now) for each in side["circular"] for key in each}
        case What.GRADE:
            return {change.of}
    return set()
