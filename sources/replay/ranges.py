"""A file in parts: players of archives read a few kilobytes here and there of a copy of many megabytes."""

import io
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK = 64 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)

Open = Callable[[], IO[bytes]]


def part_of(open_file: Open, request: HttpRequest, media_type: str) -> HttpResponseBase:
    """The bytes that were asked for, read as they are sent. Of several ranges at once nothing is understood: all."""
    with open_file() as file:
        size = file.seek(0, io.SEEK_END)
    wanted = _range(request.headers.get("Range", ""), size)
    start, end = wanted or (0, size)
    answer: HttpResponseBase
    if start >= end and wanted:
        answer = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    if request.method == "HEAD":
        answer = HttpResponse(content_type=media_type)
    else:
        answer = StreamingHttpResponse(_read(open_file, start, end), content_type=media_type)
    if wanted:
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    answer["Content-Length"] = str(end - start)
    answer["Accept-Ranges"] = "bytes"
    return answer


def _range(asked: str, size: int) -> tuple[int, int] | None:
    """`(start, end)` of the one range that is asked for, the end not included; None where the whole is meant."""
    match = _ONE_RANGE.fullmatch(asked.strip())
    if not match or match[0] == "bytes=-" or len(asked) > 50:
        return None
    first, last = match.groups()
    if not first:
        return max(size - int(last), 0), size
    if last and int(last) < int(first):
        return None  # RFC 9110, 14.1.1: such a range is none
    return int(first), min(int(last) + 1, size) if last else size


def _read(open_file: Open, start: int, end: int) -> Iterator[bytes]:
    with open_file() as file:
        file.seek(start)
        while start < end and (data := file.read(min(CHUNK, end - start))):
            start += len(data)
            yield data
