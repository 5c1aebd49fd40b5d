"""Watches in words: how often, how it stands, and what the looks saw, each with its days.

A look says what was there when it was made: "present on 3 December, absent on 9 December". Nobody saw a passage go, so
nothing here says when, or that somebody removed it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.domain.captures import Handling
from sources.domain.watching import CUT, Seen, Sighted, Stretch, Vain, stretches
from sources.models import Capture, CaptureEngine, Look, Rhythm, Sighting, StoppedBy, Watch
from sources.queries.looks import taken
from sources.wording.captures import why as why_of_capture
from sources.wording.dates import spoken
from sources.wording.handling import in_words

SIGNS = {
    Sighted.UNCHANGED: "met",
    Sighted.MOVED: "met",
    Sighted.ALTERED: "warning",
    Sighted.ABSENT: "unmet",
    Sighted.UNREACHABLE: "open",
}


@dataclass(frozen=True)
class Said:
    """Looks in a row that say the same. `sign` is one of components/mark.html, `capture` the latest of the looks.

    `note` is told of the latest that read the page: where it did not come upon the passage, why that does not show that
    it is absent.
    """

    sign: str
    text: str
    capture: Capture
    sighting: Sighting
    note: str = ""


def days(*moments: datetime, hours: bool = False, seconds: bool = False) -> list[str]:
    """Each day in words; with the time of day where `hours`, and where all of several fall on one.

    That is told to the second where `seconds`, and where it has to be for two of them to be told apart.
    """
    local = [timezone.localtime(moment) for moment in moments]
    hours = hours or (len(moments) > 1 and len({each.date() for each in local}) == 1)
    time = ("T%H:%M:%S" if seconds or _share_a_minute(moments) else "T%H:%M") if hours else ""
    return [spoken(f"{moment:%Y-%m-%d{time}}") for moment in local]


def _share_a_minute(moments: Iterable[datetime]) -> bool:
    different = set(moments)
    return len({moment.replace(second=0, microsecond=0) for moment in different}) < len(different)


def story(sightings: Iterable[Sighting]) -> list[Said]:
    """What was seen of one passage, latest first.

    The sightings come `in_full` and with where it was `marked`, in the order of the looks.
    """
    seen = list(sightings)
    found = stretches(_seen(each) for each in seen)
    by_hour = any(_day(one.latest.at) == _day(other.first.at) for one, other in pairwise(found))
    bounds = [at for stretch in found for at in (stretch.first.at, stretch.latest.at)]
    by_second = by_hour and _share_a_minute(bounds)
    latest_read = next((each for each in reversed(found) if each.latest.vain is not Vain.NOT_READ), None)
    said, begins = [], 0
    for stretch in found:
        begins += stretch.looks
        latest = seen[begins - 1]
        note = _note(latest, stretch.latest.vain) if stretch is latest_read else ""
        said.append(
            Said(_sign(stretch.latest), _stretch(stretch, by_hour, by_second), latest.look.capture, latest, note)
        )
    return said[::-1]


def _seen(sighting: Sighting) -> Seen:
    state = Sighted(sighting.state)
    vain = _vain(sighting.look) if state is Sighted.UNREACHABLE else None
    return Seen(sighting.look.at, state, sighting.words, vain)


def _vain(look: Look) -> Vain:
    return taken(look.capture, has_text=True).vain if look.reached else Vain.NOT_READ


def _sign(seen: Seen) -> str:
    return "warning" if seen.vain is Vain.ELSEWHERE else SIGNS[seen.state]


def _note(sighting: Sighting, vain: Vain | None) -> str:
    match vain:
        case Vain.IN_PART:
            how = how_read(sighting.look)
            return _("%(how)s. Whether it stands further on, nobody knows.") % {"how": f"{how[:1].upper()}{how[1:]}"}
        case Vain.WITHOUT_SCRIPTS:
            return _("The page was read without running its scripts; a browser may show more of it.")
        case Vain.ELSEWHERE if sighting.excerpt.capture.engine == CaptureEngine.UPLOAD:
            return _("The whole text of the page was read. So far the passage was seen only in a copy made elsewhere.")
    return ""


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _stretch(stretch: Stretch, by_hour: bool, by_second: bool) -> str:
    [day] = days(stretch.latest.at, hours=by_hour, seconds=by_second)
    first, latest = days(stretch.first.at, stretch.latest.at, hours=by_hour, seconds=by_second)
    values = {"state": _state(stretch), "day": day, "first": first, "latest": latest, "looks": stretch.looks}
    if stretch.looks == 1:
        return _("%(state)s on %(day)s") % values
    if not by_hour and _day(stretch.first.at) == _day(stretch.latest.at):
        words = ngettext(
            "%(state)s in %(looks)d look on %(day)s", "%(state)s in %(looks)d looks on %(day)s", stretch.looks
        )
        return words % values
    return (
        ngettext(
            "%(state)s in %(looks)d look, from %(first)s to %(latest)s",
            "%(state)s in %(looks)d looks, from %(first)s to %(latest)s",
            stretch.looks,
        )
        % values
    )


def _state(stretch: Stretch) -> str:
    if stretch.latest.vain:
        return _not_found(stretch.latest.vain)
    match stretch.latest.state:
        case Sighted.UNCHANGED:
            return _("present")
        case Sighted.MOVED:
            return _("present, in another place")
        case Sighted.ALTERED:
            return _("in other words")
        case Sighted.ABSENT:
            return _("absent")
    return _not_found(Vain.NOT_READ)


def _not_found(vain: Vain) -> str:
    match vain:
        case Vain.IN_PART:
            return _("not found in the part that was read")
        case Vain.WITHOUT_SCRIPTS:
            return _("not found on the page as read without scripts")
        case Vain.ELSEWHERE:
            return _("not found on the page")
        case Vain.NOT_READ:
            return _("page not read")


def rhythm(watch: Watch) -> str:
    """How often, and why that often."""
    if watch.every:
        return str(Rhythm(watch.every).label)
    return _("often while it is new or changes, seldom later")


def standing(watch: Watch) -> str:
    """Whether it goes on, and since when or why not."""
    if watch.is_active:
        return _("Watched since %(day)s.") % {"day": days(watch.started_at)[0]}
    if watch.stopped_by == StoppedBy.PERSON:
        return _("Not watched: somebody stopped it.")
    return _("Not watched: nothing rests on it any more.")


def latest_look(watch: Watch) -> str:
    """How it went when it was last looked at."""
    if watch.looked_at is None:
        return _("not looked at yet")
    if watch.unread_since is None:
        return _("read on %(day)s") % {"day": days(watch.looked_at)[0]}
    since, latest = days(watch.unread_since, watch.looked_at)
    return ngettext(
        "could not be read on %(day)s",
        "could not be read in %(looks)d looks, from %(since)s to %(day)s",
        watch.unread_looks,
    ) % {"day": latest, "since": since, "looks": watch.unread_looks}


def how_read(look: Look) -> str:
    """Whether a look could read its page, and if not, or not to its end, why."""
    if not look.reached:
        return f"{_('page not read')}: {not_read(look.capture)}"
    why = why_of_capture(look.capture) or ", ".join(in_words(_cut(look.capture)))
    if why:
        return f"{_('read in part')}: {why}"
    return _("read in part") if _vain(look) is Vain.IN_PART else _("read")


def _cut(capture: Capture) -> list[str]:
    return [code for code in capture.handling if Handling(code) in CUT]


def seen_as(sighting: Sighting) -> str:
    """How a passage stood, without the day."""
    if sighting.state == Sighted.UNREACHABLE and sighting.look.reached:
        return _not_found(_vain(sighting.look))
    return str(sighting.get_state_display())


def not_read(capture: Any) -> str:
    """Why a capture said nothing: what stands beside its state, or that there was no text in it."""
    return why_of_capture(capture) or _("no text in it")
