"""Upload a capture made elsewhere, and download it again."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from newsroom.attempts import attempt
from newsroom.loading import load, load_for
from newsroom.requests import DeskRequest
from sources import archive
from sources.actions import uploads
from sources.archiving.blobs import BlobAltered, BlobMissing
from sources.domain.uploads import FileKind
from sources.forms.uploads import UploadForm
from sources.models import Capture, Source, Upload
from sources.views.downloads import damaged


@require_http_methods(["GET", "POST"])
def upload(request: DeskRequest, ref: str) -> HttpResponse:
    source = load_for("capture.upload", Source.objects.by_reference(ref).select_related("case"), request.user)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"url": source.url})
    if request.method == "POST" and form.is_valid():
        kept = _kept(form, request, source)
        if kept:
            messages.success(request, _("The copy is kept, beside those made here."))
            return redirect(kept.get_absolute_url())
        form.offer_pages()
    return render(request, "sources/capture_upload.html", {"form": form, "source": source, "section": "sources"})


def _kept(form: UploadForm, request: DeskRequest, source: Source) -> Any:
    typed = dict(form.cleaned_data)
    file: UploadedFile = typed.pop("file")
    given: dict[str, Any] = {"actor": request.user, "source_id": source.pk, "file_name": file.name or "", **typed}
    if isinstance(file, TemporaryUploadedFile):
        return attempt(form, uploads.upload, path=Path(file.temporary_file_path()), **given)
    with NamedTemporaryFile() as small:
        small.writelines(file.chunks())
        small.flush()
        return attempt(form, uploads.upload, path=Path(small.name), **given)


@require_GET
def download(request: DeskRequest, pk: UUID) -> HttpResponseBase:
    """The file as it came: handed out to be saved, never shown, and only when it is what was uploaded."""
    capture = load(Capture.objects.in_full(), request.user, pk=pk)
    upload = Upload.objects.filter(pk=capture.pk).first()
    if upload is None:
        raise Http404
    store = archive.store()
    try:
        for _part in store.parts(upload.file_digest):
            pass
    except (BlobMissing, BlobAltered) as damage:
        return damaged(request, capture, damage)
    which = f"{capture.captured_at:%Y%m%dT%H%M%SZ}-{upload.file_digest.partition(':')[2][:8]}"
    name = f"upload-{which}.{FileKind(capture.media_type).extension}"
    file = store.open(upload.file_digest)
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
