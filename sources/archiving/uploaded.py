"""A file that somebody uploads: what it is, and what can be read out of it. Opened by nobody but a child."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from sources.archiving.extract import Extracted, extract
from sources.archiving.limits import Limits
from sources.archiving.pictures import is_whole
from sources.domain.captures import Reason
from sources.domain.uploads import LOOKED_AT, FileKind, FileRefused, HeldPage, HeldPages, Refusal, kind_of

_ROOT = Path(__file__).resolve().parents[2]
_START_UP = 20.0  # seconds a child may take to begin, on a busy machine
_SAID = ("title", "url", "text")


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Sizes in bytes. `unpacked` is of all that comes out of a WACZ."""

    file: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class Uploaded:
    """`url` is the one a WACZ itself names; text and title as of a capture."""

    kind: FileKind
    size: int
    extracted: Extracted = field(default_factory=Extracted)
    url: str = ""


def inspect(path: Path, upload_limits: UploadLimits, limits: Limits, url: str = "") -> Uploaded:
    """`url`: which page of a WACZ is meant. Raises FileRefused for what is none of the files a desk takes, is damaged,
    or does not hold that page.
    """
    size = path.stat().st_size
    if size > upload_limits.file:
        raise FileRefused(Refusal.TOO_LARGE)
    with path.open("rb") as file:
        kind = kind_of(file.read(LOOKED_AT))
    if kind is FileKind.WACZ:
        page = _wacz(path, upload_limits, limits, url)
        # The text of a WACZ is what its maker's program took out: it is not read again.
        text = extract(page["text"].encode("utf-8", "replace"), "text/plain; charset=utf-8", limits)
        title = " ".join(page["title"].replace("\0", " ").split())[:500]
        return Uploaded(kind, size, Extracted(title, text.text, text.language, text.reason), page["url"])
    if not kind.has_text:
        return Uploaded(kind, size, Extracted(reason=None if is_whole(path, kind) else Reason.FILE_CUT))
    if size > limits.decompressed_bytes:
        return Uploaded(kind, size, Extracted(reason=Reason.TEXT_OUT_OF_MEMORY))
    return Uploaded(kind, size, extract(path.read_bytes(), kind, limits))


def _wacz(path: Path, upload_limits: UploadLimits, limits: Limits, url: str) -> dict[str, str]:
    numbers = (upload_limits.unpacked, limits.reading_cpu, limits.reading_bytes, limits.text_chars)
    try:
        child = subprocess.run(
            [sys.executable, "-m", "sources.archiving.wacz_check", str(path), *map(str, numbers), url],
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
        shown = tuple(HeldPage(page["url"], page["title"]) for page in answer["pages"])
        raise FileRefused(Refusal(answer["refusal"]), answer["detail"], HeldPages(shown, answer["number"]))
    if not all(isinstance(answer.get(name), str) for name in _SAID):
        raise FileRefused(Refusal.WACZ_UNREADABLE)
    return {name: answer[name] for name in _SAID}
