"""Ask for a capture, and write down what came of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from audit.acts import act
from newsroom import permits
from newsroom.models import Case, User
from sources import queue
from sources.actions import addresses
from sources.archiving.result import CaptureResult
from sources.domain.captures import Reason
from sources.domain.details import stored
from sources.domain.publication import day_said
from sources.models import Capture, CapturedText, CaptureEngine, CaptureState, Source

WORKER = "capture worker"
ONE_REQUEST = timedelta(minutes=1)


def request(
    *,
    actor: User | str,
    url: str = "",
    source_id: int | None = None,
    case_id: int | None = None,
    engine: str = "",
    wake: bool = True,
) -> Capture:
    """Queue a capture of a source's address, or of any address.

    While one is under way, asking again is that one; and so it is within a minute, whatever came of it meanwhile:
    what two people click at once, or one twice, is one question. `engine` (of CaptureEngine) is the installation's own
    choice unless it is named. `wake` is false for a caller that makes the capture itself. Raises ValidationError on
    `url` for an address that is refused before anything is sent.
    """
    with transaction.atomic():
        source = Source.objects.get(pk=source_id) if source_id else None
        case = source.case if source else _case(case_id)
        permits.require(actor, "capture.request", _Place(case))
        address = url or (source.url if source else "")
        canonical = addresses.canonical(address)
        _lock_address(address)
        engine = CaptureEngine(engine or settings.CAPTURE_ENGINE)
        if (same := _already_asked(source, case, address, engine)) is not None:
            return same
        with act("capture.request", actor=actor, case=case):
            capture = Capture.objects.create(
                source=source,
                case=case,
                requested_url=address,
                canonical_url=canonical,
                engine=engine,
                requested_by=actor if isinstance(actor, User) else None,
            )
            if wake:
                transaction.on_commit(queue.wake)
    return capture


def finish(*, capture_id: UUID, owner: str, result: CaptureResult) -> bool:
    """Write the result, if `owner` still holds the lease; otherwise another worker's result is or will be the one."""
    with transaction.atomic():
        capture = _held(capture_id, owner)
        if capture is None:
            return False
        with act("capture.finish", actor=WORKER, case=capture.case, on_behalf_of=capture.requested_by):
            _end(capture, **_facts(result))
            if result.text:
                CapturedText.objects.create(capture=capture, text=result.text)
    return True


def give_up(*, capture_id: UUID) -> bool:
    """End a capture whose workers died as often as one is tried: it may be what kills them."""
    with transaction.atomic():
        stuck = queue.due().filter(pk=capture_id, attempts__gte=queue.MOST_ATTEMPTS)
        capture = stuck.select_for_update(of=("self",)).select_related("case", "requested_by").first()
        if capture is None:
            return False
        with act("capture.finish", actor=WORKER, case=capture.case, on_behalf_of=capture.requested_by):
            _end(capture, state=CaptureState.FAILED, reason=Reason.WORKER_LOST)
    return True


@dataclass(frozen=True)
class _Place:
    """Where a capture belongs, for the permission table."""

    case: Case | None


def _case(case_id: int | None) -> Case | None:
    return Case.objects.get(pk=case_id) if case_id else None


def _lock_address(address: str) -> None:
    """Until the end of the transaction: two who ask at the same moment find each other's capture."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"capture {address}"])


def _already_asked(source: Source | None, case: Case | None, address: str, engine: str) -> Capture | None:
    asked = Capture.objects.filter(source=source, case=case, requested_url=address, engine=engine)
    same = asked.unfinished() | asked.filter(requested_at__gt=Now() - ONE_REQUEST)
    return same.first()


def _held(capture_id: UUID, owner: str) -> Capture | None:
    return queue.held(capture_id, owner).select_for_update(of=("self",)).select_related("case", "requested_by").first()


def _end(capture: Capture, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(capture, name, value)
    capture.next_attempt_at = capture.lease_expires_at = None
    capture.lease_owner = capture.retry_reason = ""
    capture.save()


def _facts(result: CaptureResult) -> dict[str, Any]:
    return {
        "state": result.state,
        "reason": result.reason or "",
        "detail": stored(result.detail),
        "final_url": result.final_url,
        "redirects": list(result.redirects),
        "exchanges": [exchange.facts() for exchange in result.exchanges],
        "http_status": result.http_status,
        "media_type": result.media_type,
        "title": result.title,
        "language": result.language,
        "author": result.author,
        "published": result.published,
        "published_on": day_said(result.published),
        "text_digest": result.text_digest,
        "wacz_digest": result.wacz_digest,
        "viewport_digest": result.viewport_digest,
        "fullpage_digest": result.fullpage_digest,
        "missing": [
            {"url": each.url, "reason": each.reason, "detail": stored(each.detail), "wanted": each.wanted or ""}
            for each in result.missing
        ],
        "handling": list(result.handling),
        "banner": result.banner,
        "size": result.bytes or None,
        "engine": result.engine.upper(),
        "engine_version": result.engine_version,
        "captured_at": result.captured_at,
    }
