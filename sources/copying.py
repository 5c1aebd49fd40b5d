"""One errand to another archive: take it, ask, and write down what it answered, or come again."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from audit import errands
from sources.actions import copies
from sources.actions.copies import Answered
from sources.archiving.internet_archive import InternetArchive
from sources.domain.copies import CopyFailure, CopyKind, CopyState, Memento, UnableToCopy
from sources.domain.details import Detail, Said
from sources.models import ExternalCopy
from sources.services import internet_archive

PATIENCE = timedelta(hours=2)  # with a job of theirs


def make(copy_id: int, owner: str) -> bool:
    """Ask, unless somebody else does or it is done. Returns whether something was written."""
    if not errands.take(ExternalCopy.objects.all(), copy_id, owner):
        return False
    copy = ExternalCopy.objects.select_related("capture").get(pk=copy_id)
    try:
        return (_look_up if copy.kind == CopyKind.LOOK_UP else _save)(copy, owner, internet_archive())
    except UnableToCopy as unable:
        return _unable(copy, owner, unable)


def _look_up(copy: ExternalCopy, owner: str, archive: InternetArchive) -> bool:
    at = copy.capture.captured_at or copy.capture.requested_at
    found = archive.copies(copy.capture.requested_url, at)
    if not found.mementos:
        return copies.answered(copy_id=copy.pk, owner=owner, answered=Answered(CopyState.NONE, known=0))
    first, last = found.mementos[0], found.mementos[-1]
    kept = f"{len(found.mementos)} mementos\nfirst: {_line(first)}\nlast: {_line(last)}"
    kept += f"\nlists not read: {len(found.unread)}" if found.unread else ""
    answered = replace(_found(found.nearest(at), kept, len(found.mementos)), reason=found.extent(at) or "")
    return copies.answered(copy_id=copy.pk, owner=owner, answered=answered)


def _save(copy: ExternalCopy, owner: str, archive: InternetArchive) -> bool:
    if not copy.job:
        return copies.began(copy_id=copy.pk, owner=owner, job=archive.save(copy.capture.requested_url))
    made = archive.status(copy.job)
    if made is not None:
        return copies.answered(copy_id=copy.pk, owner=owner, answered=_found(made, f"job {copy.job}\n{_line(made)}"))
    if timezone.now() - copy.asked_at > PATIENCE:
        raise UnableToCopy(CopyFailure.NEVER_FINISHED, Detail(Said.JOB, job=copy.job))
    errands.come_back(ExternalCopy.objects.all(), copy.pk, owner, errands.SOON)
    return False


def _unable(copy: ExternalCopy, owner: str, unable: UnableToCopy) -> bool:
    if unable.failure.may_pass and not errands.is_last(copy):
        wait = timedelta(seconds=unable.wait)
        errands.put_back(ExternalCopy.objects.all(), copy.pk, owner, unable.failure, wait=wait)
        return False
    answered = Answered(CopyState.FAILED, reason=unable.failure, detail=unable.detail)
    return copies.answered(copy_id=copy.pk, owner=owner, answered=answered)


def _found(memento: Memento, kept: str, known: int | None = None) -> Answered:
    return Answered(CopyState.FOUND, memento.url, memento.at, known, answer=kept)


def _line(memento: Memento) -> str:
    return f"{memento.at:%Y-%m-%d %H:%M:%S} UTC {memento.url}"
