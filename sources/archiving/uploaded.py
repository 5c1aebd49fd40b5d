"""A file that somebody uploads: what it is, and what can be read out of it. Opened by nobody but a child."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sources.archiving.browser.frames import Document, with_frames
from sources.archiving.extract import Extracted, extract, frames_in
from sources.archiving.limits import Limits
from sources.archiving.pictures import is_whole
from sources.domain.captures import Reason
from sources.domain.uploads import LOOKED_AT, FileKind, FileRefused, HeldPage, HeldPages, Refusal, kind_of, known_by

_ROOT = Path(__file__).resolve().parents[2]
_START_UP = 20.0  # seconds a child may take to begin, on a busy machine
_SAID = ("title", "url", "text", "played_as", "at")
_HEAD = 64 * 1024
_END = 4096
_END_OF_PDF = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Sizes in bytes. `unpacked` is of all that comes out of a WACZ."""

    file: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class Uploaded:
    """`url` is the one that a WACZ or a saved page itself names; text and title as of a capture. Of a WACZ also what is
    played: the address that it led to, and the time of its answer.
    """

    kind: FileKind
    size: int
    extracted: Extracted = field(default_factory=Extracted)
    url: str = ""
    final_url: str = ""
    made_at: datetime | None = None


def inspect(path: Path, upload_limits: UploadLimits, limits: Limits, *, url: str, made_at: datetime) -> Uploaded:
    """`url`, `made_at`: which page is meant and as of when, where the file itself says what it holds.

    Raises FileRefused for what is none of the files a desk takes, is damaged, or does not hold that page as of then.
    """
    size = path.stat().st_size
    if size > upload_limits.file:
        raise FileRefused(Refusal.TOO_LARGE)
    with path.open("rb") as file:
        kind = kind_of(file.read(LOOKED_AT))
    if kind is FileKind.WACZ:
        page = _wacz(path, upload_limits, limits, url, made_at)
        # The text of a WACZ is what its maker's program took out: it is not read again.
        text = extract(page["text"].encode("utf-8", "replace"), "text/plain; charset=utf-8", limits)
        title = " ".join(page["title"].replace("\0", " ").split())[:500]
        extracted = Extracted(title, text.text, text.language, text.reason)
        at = datetime.fromisoformat(page["at"])
        return Uploaded(kind, size, extracted, page["url"], page["played_as"], at)
    if not kind.has_text:
        return Uploaded(kind, size, Extracted(reason=None if is_whole(path, kind) else Reason.FILE_CUT))
    found = _read(path, size, kind, limits)
    if kind is FileKind.PDF and not _pdf_ends(path, size):
        found = replace(found, reason=Reason.FILE_CUT)
    if url and found.url and known_by(found.url) != known_by(url):
        raise FileRefused(Refusal.MHTML_OTHER_PAGE, pages=HeldPages((HeldPage(found.url, found.title),), 1))
    return Uploaded(kind, size, found, found.url, found.url)


def _read(path: Path, size: int, kind: FileKind, limits: Limits) -> Extracted:
    if size > limits.decompressed_bytes:
        found = Extracted(reason=Reason.TEXT_OUT_OF_MEMORY)
    else:
        found = extract(data := path.read_bytes(), kind, limits)
        if kind is FileKind.HTML:
            found = _with_its_frames(found, data, limits)
    if kind is FileKind.MHTML and not found.url:  # one that is too long to be read says in its head what it is of
        with path.open("rb") as file:
            found = replace(found, url=extract(file.read(_HEAD), kind, limits).url)
    return found


def _with_its_frames(page: Extracted, data: bytes, limits: Limits) -> Extracted:
    pages, reason = frames_in(data, FileKind.HTML, limits)
    found = with_frames(page, (Document("about:srcdoc", each) for each in pages), limits)
    return replace(found, reason=found.reason or reason)


def _pdf_ends(path: Path, size: int) -> bool:
    """Where its last table begins is the last that a PDF says (ISO 32000-2, 7.5.5); most readers put up with a little
    behind it. One that breaks off may be drawn all the same, as far as it goes.
    """
    with path.open("rb") as file:
        file.seek(max(0, size - _HEAD))
        ends = _END_OF_PDF.findall(file.read().rstrip(b"\0 \t\r\n")[-_END:])
    return bool(ends) and int(ends[-1]) < size


def _wacz(path: Path, upload_limits: UploadLimits, limits: Limits, url: str, made_at: datetime) -> dict[str, str]:
    numbers = (upload_limits.unpacked, limits.reading_cpu, limits.reading_bytes, limits.text_chars)
    try:
        child = subprocess.run(
            [
                sys.executable,
                "-m",
                "sources.archiving.wacz_check",
                str(path),
                *map(str, numbers),
                url,
                made_at.isoformat(),
            ],
            cwd=_ROOT,
            env={"LANG": "C.UTF-8"},
            capture_output=True,
            timeout=_START_UP + limits.reading_wall,
            check=False,
        )
        answer = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise FileRefused(Refusal.WACZ_UNREADABLE, "reading it took too long or too much memory") from error
    if "refusal" in answer:
        shown = tuple(
            HeldPage(page["url"], page["title"], datetime.fromisoformat(page["at"]) if page["at"] else None)
            for page in answer["pages"]
        )
        raise FileRefused(Refusal(answer["refusal"]), answer["detail"], HeldPages(shown, answer["number"]))
    if not all(isinstance(answer.get(name), str) for name in _SAID):
        raise FileRefused(Refusal.WACZ_UNREADABLE)
    return {name: answer[name] for name in _SAID}
