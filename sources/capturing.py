"""Make one capture: take it, let an engine fetch the page, keep the file, write down what came of it."""

from uuid import UUID

from sources import archive, queue
from sources.actions import captures
from sources.archiving import http_engine
from sources.archiving.http_engine import CaptureResult
from sources.domain.captures import CaptureState
from sources.models import Capture


def make(capture_id: UUID, owner: str, *, may_wait: bool = True) -> bool:
    """Do what is asked for, unless somebody else does it or it is done. Returns whether a result was written.

    What may pass is tried again later. Where somebody stands waiting (`may_wait` false), they are told, and decide.
    """
    if not queue.take(capture_id, owner):
        return False
    capture = Capture.objects.get(pk=capture_id)
    result = http_engine.capture(
        capture.requested_url, limits=archive.limits(), allow=archive.named_exceptions(), sign=archive.signer()
    )
    if may_wait and may_try_again(capture, result) and result.reason is not None:
        queue.put_back(capture_id, owner, result.reason, not_before=result.retry_after)
        return False
    # The file first, then the row: a row never names a file that is not there whole.
    if result.wacz:
        archive.store().put(result.wacz)
    return captures.finish(capture_id=capture_id, owner=owner, result=result)


def may_try_again(capture: Capture, result: CaptureResult) -> bool:
    """A page that was kept in part is kept; only one that could not be had at all is asked for again."""
    passing = result.reason is not None and result.reason.may_pass
    return result.state is CaptureState.FAILED and passing and capture.attempts < queue.MOST_ATTEMPTS
