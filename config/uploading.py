"""Files that are sent to the desk: what is too large is let go by while it comes, before any of it is on the disk.

Django keeps all that comes before a form may say anything, for whoever sends it. What is refused here reaches the form
as a file of its size with nothing in it, so the form tells it as it tells every mistake, beside all that was typed.
"""

from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

MIB = 1024 * 1024


class NotTooLarge(FileUploadHandler):
    """Before the handlers that keep files (FILE_UPLOAD_HANDLERS): they get what is left."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:
        self.most = settings.UPLOAD_MEGABYTES * MIB
        # Room for the other fields; and several files share it all.
        self.is_hopeless = content_length > self.most + settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0
        if self.is_hopeless:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        return None if self._is_refused() else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self._is_refused():
            return None
        # Of a request that is hopeless as a whole, each file is said to be more than one may be.
        size = max(self.seen, self.most + 1)
        return UploadedFile(ContentFile(b""), self.file_name, self.content_type, size, self.charset)

    def _is_refused(self) -> bool:
        return self.is_hopeless or self.seen > self.most
