"""Look at a watched page again: ask for a capture of it, and once that has ended, write down what it says.

The rows are the queue. A look is asked for and the next one set in one transaction; what a capture says is written, and
its `LookDue` taken away, in another. Whoever is killed in between leaves it to the next sweep, and a message that comes
twice finds nothing to do.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now

from audit.acts import act
from newsroom.models import Case
from sources.actions import captures
from sources.actions.watches import WATCH
from sources.domain.passages import Earlier
from sources.domain.watching import Sight, Sighted, sight, turn
from sources.models import Capture, Excerpt, Look, LookDue, Sighting, Source, Watch
from sources.models.watch import QUEUE_STATE
from sources.queries.looks import Copy, copy_in, taken

log = logging.getLogger(__name__)


def ask(*, watch_id: int) -> bool:
    """Ask for the capture of a watch that is due. False where it is not, or where somebody else does it just now."""
    with transaction.atomic():
        # The source first, like whoever starts a watch; not its key, which captures asked for meanwhile name.
        Source.objects.select_for_update(of=("self",), no_key=True).get(watches=watch_id)
        due = Watch.objects.due().select_for_update(of=("self",), no_key=True, skip_locked=True)
        watch = due.annotate(now=Now()).filter(pk=watch_id).first()
        if watch is None:
            return False
        # Whatever comes of it: a page that cannot be asked for must not be in the way at every sweep.
        Watch.objects.filter(pk=watch.pk).update(next_look_at=watch.due_after(watch.now))
        try:
            capture = captures.request(actor=WATCH, source_id=watch.source_id, url=watch.url)
        except ValidationError:
            log.warning("Watch %s names an address that cannot be captured.", watch.pk)
            return False
        if not capture.is_under_way:
            note([watch.pk], capture)
    return True


def note(watches: Iterable[int], capture: Capture) -> None:
    """Note that a capture has something to say, unless it was written down before. Within the caller's transaction."""
    known = set(Look.objects.filter(capture=capture).values_list("watch_id", flat=True))
    wanted = [LookDue(watch_id=pk, capture=capture) for pk in watches if pk not in known]
    LookDue.objects.bulk_create(wanted, ignore_conflicts=True)


def write(*, due_id: int) -> bool:
    """Write down what a capture says of its page and of every passage marked on it. False where that is done already.

    One act for the look, and one for each case that marked passages there: what a case marks in a page of the
    newsroom is its own affair.
    """
    with transaction.atomic():
        queued = LookDue.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=due_id).first()
        if queued is None:
            return False
        watch = Watch.objects.locked().annotate(now=Now()).get(pk=queued.watch_id)
        queued.delete()
        if watch.is_active and not Look.objects.filter(watch=watch, capture=queued.capture_id).exists():
            _write(watch, Capture.objects.get(pk=queued.capture_id))
    return True


def _write(watch: Watch, capture: Capture) -> None:
    copy = copy_in(capture)
    marked = _marked(watch)
    _hold({excerpt.case_id for excerpt in marked})
    sights, changed = _sights(copy, marked)
    reached = copy.taken.is_read or any(seen.state.is_there for seen in sights.values())
    by_case: dict[Case, list[Excerpt]] = defaultdict(list)
    for excerpt in sights:
        by_case[excerpt.case].append(excerpt)
    with act("watch.look", actor=WATCH, case=watch.case):
        look = Look.objects.create(watch=watch, capture=capture, reached=reached)
        _save(look, sights, by_case.pop(watch.case, []) if watch.case else [])
    for case, theirs in by_case.items():
        with act("watch.look", actor=WATCH, case=case):
            _save(look, sights, theirs)
    _remember(watch, look, changed)


def _hold(cases: set[int]) -> None:
    """Each case gets an act, and from the first one on nothing may be waited for (`audit.acts`): all are held now."""
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=cases).order_by("pk"))


def _marked(watch: Watch) -> list[Excerpt]:
    marked = Excerpt.objects.on_pages(watch.source, watch.canonical_url)
    return list(marked.select_related("case", "capture"))


def _save(look: Look, sights: dict[Excerpt, Sight], excerpts: Iterable[Excerpt]) -> None:
    for excerpt in excerpts:
        found = sights[excerpt].found
        Sighting.objects.create(
            look=look,
            excerpt=excerpt,
            state=sights[excerpt].state,
            start=found.start if found else None,
            end=found.end if found else None,
            text=found.words if found and found.words != excerpt.exact else "",
        )


def _sights(copy: Copy, excerpts: list[Excerpt]) -> tuple[dict[Excerpt, Sight], bool]:
    """What the copy says of each, and whether that is something else than when it was last seen, or marked."""
    latest = Sighting.objects.filter(excerpt__in=excerpts).telling().but_of_the_article().in_full().latest_of_each()
    before = {sighting.excerpt_id: sighting for sighting in latest}
    copies: dict[UUID, Copy] = {}
    sights, changed = {}, False
    for excerpt in excerpts:
        then = before.get(excerpt.pk)
        stood_in = taken(then.look.capture if then else excerpt.capture, has_text=True)
        earlier = partial(_earlier, copies, excerpt, then)
        seen = sight(copy.page, copy.taken.shows(stood_in), excerpt.quote, excerpt.position, earlier)
        seen = _as_marked(copies, excerpt, seen)
        words = then.words if then else excerpt.exact
        if seen.state is not Sighted.UNREACHABLE:
            changed |= turn(excerpt.exact, words, seen.found.words if seen.found else "") is not None
        sights[excerpt] = seen
    return sights, changed


def _as_marked(copies: dict[UUID, Copy], excerpt: Excerpt, seen: Sight) -> Sight:
    """What was struck through already when it was marked has not changed."""
    if seen.found is None or not seen.found.is_struck:
        return seen
    marked = _earlier(copies, excerpt, None)
    if not marked.page.strikes(excerpt.position):
        return seen
    return Sight(Sighted.UNCHANGED, replace(seen.found, is_struck=False))


def _earlier(copies: dict[UUID, Copy], excerpt: Excerpt, then: Sighting | None) -> Earlier:
    """Where it stood when it was last seen, or marked. Copies are read once for all that stood in them."""
    capture = then.look.capture if then else excerpt.capture
    if capture.pk not in copies:
        copies[capture.pk] = copy_in(capture)
    return Earlier(copies[capture.pk].page, then.position if then else excerpt.position)


def _remember(watch: Any, look: Look, changed: bool) -> None:
    """How the latest look went, and with that, when the next one is due. `watch.now` is the database's clock."""
    watch.looked_at = look.at
    watch.unread_looks = 0 if look.reached else watch.unread_looks + 1
    watch.unread_since = None if look.reached else watch.unread_since or look.at
    watch.changed_at = look.at if changed else watch.changed_at
    watch.next_look_at = watch.due_after(watch.now)
    Watch.objects.filter(pk=watch.pk).update(**{name: getattr(watch, name) for name in QUEUE_STATE})
