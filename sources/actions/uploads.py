"""Keep a capture made elsewhere. It stands beside those made here, and none replaces another."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.domain import text
from newsroom.models import User
from newsroom.typed import clean_name, clean_prose
from sources import archive
from sources.archiving.blobs import digest_of
from sources.archiving.uploaded import Uploaded, inspect
from sources.domain import urls
from sources.domain.captures import CaptureState, UnableToFetch
from sources.domain.publication import day_said
from sources.domain.uploads import FileKind, FileRefused, Refusal
from sources.models import Capture, CapturedText, CaptureEngine, Source, Upload
from sources.wording.captures import refusal_sentence
from sources.wording.uploads import why_refused

FILE_NAME = 200
# What is asked of the person, and no fault of the file.
_FIELDS = {
    Refusal.WACZ_OTHER_PAGE: "url",
    Refusal.WACZ_SEVERAL_PAGES: "url",
    Refusal.MHTML_OTHER_PAGE: "url",
    Refusal.WACZ_OTHER_TIME: "made_at",
}


def upload(
    *,
    actor: User,
    source_id: int,
    path: Path,
    file_name: str,
    url: str,
    origin: str,
    why: str,
    made_at: datetime,
) -> Capture:
    """Keep the file at `path` as a capture of `url` (or of no address) that was made at `made_at`, elsewhere.

    A file that says itself what it holds (WACZ, MHTML) has to hold that page; where no `url` is given, it is the one
    that it holds. A WACZ says too when it was made: that has to be within a day of `made_at`, and is what is kept.
    Raises ValidationError on the field that is wrong; then nothing was kept.
    """
    source = Source.objects.select_related("case").get(pk=source_id)
    permits.require(actor, "capture.upload", source)
    canonical = _checked(url, made_at)
    said = Upload(file_name=_name(file_name), origin=clean_prose(origin, text.NOTE), why=clean_prose(why, text.NOTE))
    said.full_clean(exclude=["capture", "file_digest"])
    found = _inspected(path, url, made_at)
    if found.url and not url:  # the file itself says what it is a copy of
        url, canonical = found.url, urls.canonical(found.url)
    # The file first, then the row, as with every capture.
    digest = archive.store().put_parts(_parts(path))
    with act("capture.upload", actor=actor, case=source.case, reason=why):
        capture = Capture.objects.create(
            source=source,
            case=source.case,
            requested_url=url,
            canonical_url=canonical,
            engine=CaptureEngine.UPLOAD,
            requested_by=actor,
            next_attempt_at=None,
            captured_at=found.made_at or made_at,
            **_facts(found, digest, file_name),
        )
        if found.extracted.text:
            CapturedText.objects.create(capture=capture, text=found.extracted.text)
        said.capture, said.file_digest = capture, digest
        said.save(force_insert=True)
    return capture


def _checked(url: str, made_at: datetime) -> str:
    if made_at > timezone.now():
        raise ValidationError({"made_at": _("This is still to come. When was it made?")})
    try:
        return urls.canonical(url) if url else ""
    except UnableToFetch as refused:
        raise ValidationError({"url": refusal_sentence(refused)}) from refused


def _inspected(path: Path, url: str, made_at: datetime) -> Uploaded:
    try:
        return inspect(path, archive.upload_limits(), archive.limits(), url=url, made_at=made_at)
    except FileRefused as refused:
        said = {"said": why_refused(refused), "pages": refused.pages.shown}
        sentence = ValidationError("%(said)s", code=refused.refusal.lower(), params=said)
        raise ValidationError({_FIELDS.get(refused.refusal, "file"): sentence}) from refused


def _parts(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            yield part


def _name(typed: str) -> str:
    """A file's name is no reason to refuse it: what the text policy would not have goes, and of the rest the end."""
    readable = "".join(char for char in typed if char.isprintable())
    return clean_name(readable[-FILE_NAME:], FILE_NAME) or "file"


def _facts(found: Uploaded, digest: str, file_name: str) -> dict[str, Any]:
    extracted = found.extracted
    return {
        "state": CaptureState.PARTIAL if extracted.reason else CaptureState.SUCCEEDED,
        "reason": extracted.reason or "",
        "final_url": found.final_url[: urls.MAX_LENGTH],
        "media_type": found.kind,
        "title": extracted.title or _name(file_name),
        "language": extracted.language,
        "author": extracted.author,
        "published": extracted.published,
        "published_on": day_said(extracted.published),
        "text_digest": digest_of(extracted.text.encode()) if extracted.text else "",
        "wacz_digest": digest if found.kind is FileKind.WACZ else "",
        "size": found.size,
    }
