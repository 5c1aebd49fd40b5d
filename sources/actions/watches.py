"""Have an address looked at again: begin, change how often, stop. Looking itself is `sources.actions.looks`."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits, versions
from newsroom.models import User
from sources.actions import addresses
from sources.actions.reasons import clean_reason
from sources.models import Capture, Rhythm, Source, StoppedBy, Watch, WatchReason, WatchState
from sources.models.watch import QUEUE_STATE

WATCH = "watch"
"""The part of the system that watches: who acts where nobody asked for it."""


def start(
    *, actor: User | str, source_id: int, url: str = "", every: int = Rhythm.AUTOMATIC, reason: str = ""
) -> Watch:
    """Watch an address of a source, by default its own. One that is watched already is left as it is.

    A person says why. What a person stopped only a person starts again. Raises ValidationError on `url` for an
    address that is refused.
    """
    is_person = isinstance(actor, User)
    reason = clean_reason(reason, required=is_person)
    with transaction.atomic():
        # Locked, so that of two who start at once the second finds the watch of the first.
        source = Source.objects.locked().get(pk=source_id)
        permits.require(actor, "watch.start", source)
        address = url or source.url
        canonical = addresses.canonical(address)
        found = Watch.objects.locked().filter(source=source, canonical_url=canonical).first()
        if found and (found.is_active or not (is_person or found.stopped_by == StoppedBy.SYSTEM)):
            return found
        watch = found or Watch(source=source, url=address, canonical_url=canonical)
        watch.why = WatchReason.ASKED_FOR if is_person else WatchReason.EVIDENCE
        watch.every, watch.reason = every, reason
        with act("watch.start", actor=actor, case=source.case, reason=reason) as done:
            _go_on(watch, done.at)
    return watch


def change(*, actor: User, watch_id: int, version: int, every: int, reason: str) -> Watch:
    """How often it is looked at. Raises `Stale` when somebody else changed it since `version`."""
    reason = clean_reason(reason)
    with act("watch.change", actor=actor, reason=reason) as done:
        watch = _held("watch.change", actor, watch_id, version)
        done.case = watch.case
        if not watch.is_active:
            raise ValidationError(_("This page is not watched any more. Start the watch again instead."))
        watch.every, watch.reason, watch.why = every, reason, WatchReason.ASKED_FOR
        watch.next_look_at = watch.due_after(done.at)
        _save(watch)
    return watch


def stop(*, actor: User | str, watch_id: int, version: int, reason: str = "") -> Watch:
    """Not to be looked at any more. By a person with a reason; by the system where nothing rests on it."""
    reason = clean_reason(reason, required=isinstance(actor, User))
    with act("watch.stop", actor=actor, reason=reason) as done:
        watch = _held("watch.stop", actor, watch_id, version)
        done.case = watch.case
        if not watch.is_active:
            raise ValidationError(_("This page is not watched any more."))
        watch.state, watch.reason = WatchState.STOPPED, reason
        watch.stopped_by = StoppedBy.PERSON if isinstance(actor, User) else StoppedBy.SYSTEM
        watch.next_look_at = None
        _save(watch)
    return watch


def _go_on(watch: Watch, now: datetime) -> None:
    """Without a memory of how looks went before; with a look at once, unless there is a fresh copy to begin with."""
    kept = Capture.objects.kept().filter(source=watch.source, canonical_url=watch.canonical_url)
    latest = kept.order_by("-captured_at").values_list("captured_at", flat=True).first()
    watch.state, watch.stopped_by, watch.started_at = WatchState.ACTIVE, "", now
    watch.unread_since, watch.unread_looks = None, 0
    watch.next_look_at = max(now, watch.due_after(latest, fresh_at=latest)) if latest else now
    _save(watch)


def _held(name: str, actor: User | str, watch_id: int, version: int) -> Watch:
    watch = Watch.objects.locked().get(pk=watch_id)
    permits.require(actor, name, watch)
    versions.check(watch, version)
    return watch


def _save(watch: Watch) -> None:
    watch.version += 0 if watch._state.adding else 1
    watch.full_clean(validate_unique=False, validate_constraints=False, exclude=["canonical_url", *QUEUE_STATE])
    watch.save()
