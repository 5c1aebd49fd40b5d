"""Make one capture: take it, let an engine fetch the page, keep the file, write down what came of it."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from sources import archive, engines, queue, turns
from sources.actions import captures
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState, Reason
from sources.models import Capture

# A restart of PostgreSQL takes seconds; what takes longer is found again by the sweep.
DATABASE_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)

log = logging.getLogger(__name__)


def make_next(owner: str) -> bool:
    """Make the capture whose turn it is. Returns whether there was one."""
    capture_id = turns.take_next(owner)
    if capture_id is None:
        return False
    _make(capture_id, owner)
    return True


def make(capture_id: UUID, owner: str, *, may_wait: bool = True) -> bool:
    """Do what is asked for, unless somebody else does it or it is done. Returns whether a result was written.

    What may pass is tried again later. Where somebody stands waiting (`may_wait` false), they are told, and decide.
    """
    return queue.take(capture_id, owner) and _make(capture_id, owner, may_wait=may_wait)


def _make(capture_id: UUID, owner: str, *, may_wait: bool = True) -> bool:
    """The same for what `owner` has taken. The lease lasts until the result is written."""
    with queue.renewed(capture_id, owner):
        capture = Capture.objects.get(pk=capture_id)
        result = engines.capture(capture.requested_url, capture.engine)
        again = may_wait and may_try_again(capture, result)
        if not again:
            # The file first, then the row: a row never names a file that is not there whole.
            result = _stored(result)
            again = may_wait and may_try_again(capture, result)
        return _when_the_database_answers(lambda: _written(capture_id, owner, result, again=again))


def _written(capture_id: UUID, owner: str, result: CaptureResult, *, again: bool) -> bool:
    if result.retry_after:
        turns.leave_alone(result.final_url, result.retry_after)
    if again and result.reason is not None:
        queue.put_back(capture_id, owner, result.reason, not_before=result.retry_after)
        return False
    return captures.finish(capture_id=capture_id, owner=owner, result=result)


def may_try_again(capture: Capture, result: CaptureResult) -> bool:
    """A page that was kept in part is kept; only one that could not be had at all is asked for again."""
    passing = result.reason is not None and result.reason.may_pass
    return result.state is CaptureState.FAILED and passing and capture.attempts < queue.MOST_ATTEMPTS


def _stored(result: CaptureResult) -> CaptureResult:
    """The result with its files in the archive; or the result of having no room for them."""
    try:
        if result.wacz:
            archive.store().put_apart(result.wacz, result.wacz_bodies)
        for picture in filter(None, (result.viewport, result.fullpage)):
            archive.store().put(picture)
    except OSError as error:
        log.error("The archive keeps no file: %s", error.strerror)
        return replace(
            CaptureResult(CaptureState.FAILED, result.url, result.captured_at, Reason.NOT_STORED, error.strerror or ""),
            redirects=result.redirects,
        )
    return result


def _when_the_database_answers(write: Callable[[], bool]) -> bool:
    """A page that was fetched is not fetched again because PostgreSQL was restarted just then.

    Writing twice writes once: after a commit whose answer was lost, the capture is no longer ours to write.
    """
    for pause in DATABASE_PAUSES:
        try:
            return write()
        except (OperationalError, InterfaceError):
            log.warning("The database does not answer; a result waits for %s s.", pause)
            connection.close()
            time.sleep(pause)
    return write()
