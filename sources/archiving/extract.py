"""Title, text, language, author and date of a page, read in a process that may die of it (reader.py)."""

import json
import os
import select
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources.archiving.limits import Limits
from sources.archiving.media import is_html, is_pdf, media_type
from sources.domain.captures import Reason

_ROOT = Path(__file__).resolve().parents[2]
_START_UP = 30.0  # seconds the reader may take to load its parsers, on a busy machine


@dataclass(frozen=True, slots=True)
class Extracted:
    """`text`: one paragraph a line. `language`: primary subtag or empty. `reason`: what is wrong with the text.

    `author` and `published` are in the page's own words (byline.py); `url` is the address that an MHTML names.
    `besides`: how many characters at the end of the text stand outside of the page's article.
    """

    title: str = ""
    text: str = ""
    language: str = ""
    reason: Reason | None = None
    author: str = ""
    published: str = ""
    url: str = ""
    besides: int = 0

    @property
    def article(self) -> str:
        return self.text[: len(self.text) - self.besides]


def extract(data: bytes, content_type: str, limits: Limits) -> Extracted:
    """Read `data` as its Content-Type says: HTML, PDF, or else plain text. Never raises over what a page holds."""
    return _reader.read(data, content_type, limits)


def frames_in(data: bytes, content_type: str, limits: Limits) -> tuple[tuple[str, ...], Reason | None]:
    """The markup of the pages that a saved page holds in its frames, and why these are not all."""
    return _reader.frames(data, content_type, limits)


def _kind(media_type: str) -> str:
    if is_pdf(media_type):
        return "pdf"
    if media_type == "multipart/related":
        return "mhtml"
    return "html" if is_html(media_type) else "plain"


class _Reader:
    """The one reader of this process. After a fork the child starts its own: one pipe cannot serve two askers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def read(self, data: bytes, content_type: str, limits: Limits) -> Extracted:
        try:
            return _checked(self._done(_kind(media_type(content_type)), data, content_type, limits), limits)
        except (OSError, ValueError):
            return Extracted(reason=Reason.TEXT_FAILED)

    def frames(self, data: bytes, content_type: str, limits: Limits) -> tuple[tuple[str, ...], Reason | None]:
        try:
            return _checked_frames(self._done("frames", data, content_type, limits))
        except (OSError, ValueError):
            return (), Reason.TEXT_FAILED

    def _done(self, kind: str, data: bytes, content_type: str, limits: Limits) -> dict[str, Any]:
        """Raises OSError or ValueError where there is no answer."""
        job = {
            "length": len(data),
            "kind": kind,
            "content_type": content_type,
            "text_chars": limits.text_chars,
            "wall": limits.reading_wall,
            "cpu": limits.reading_cpu,
            "memory": limits.reading_bytes,
        }
        with self._lock:
            try:
                answer = json.loads(self._ask(json.dumps(job).encode() + b"\n" + data, limits))
                if not isinstance(answer, dict):
                    raise ValueError("not an answer of the reader")
            except (OSError, ValueError):
                self._stop()
                raise
        return answer

    def _ask(self, request: bytes, limits: Limits) -> bytes:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(request)
        process.stdin.flush()
        if not select.select([process.stdout], [], [], _START_UP + limits.reading_wall)[0]:
            raise OSError("the reader does not answer")
        return process.stdout.readline()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sources.archiving.reader"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,
            )
            self._owner = os.getpid()
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _checked_frames(answer: dict[str, Any]) -> tuple[tuple[str, ...], Reason | None]:
    if "frames" not in answer:
        return (), Reason(answer["reason"])
    pages = answer["frames"]
    if not isinstance(pages, list) or not all(isinstance(page, str) for page in pages):
        raise ValueError("not an answer of the reader")
    return tuple(pages), None if answer["whole"] is True else Reason.TEXT_TRUNCATED


def _checked(answer: dict[str, Any], limits: Limits) -> Extracted:
    """The child parsed hostile input: its answer is data like any other. Raises ValueError for anything unexpected."""
    said = {key: answer[key] for key in ("title", "text", "language", "author", "published", "url")}
    if not all(isinstance(value, str) for value in said.values()) or len(said["text"]) > limits.text_chars:
        raise ValueError("not an answer of the reader")
    if not isinstance(answer["besides"], int) or not 0 <= answer["besides"] <= len(said["text"]):
        raise ValueError("not an answer of the reader")
    reason = Reason(answer["reason"]) if answer["reason"] else None
    return Extracted(**said, reason=reason, besides=answer["besides"])


_reader = _Reader()
