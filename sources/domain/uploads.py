"""Captures made elsewhere: which files a desk takes, told by what they hold and never by their names."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sources.domain.captures import UnableToFetch
from sources.domain.urls import canonical


class FileKind(StrEnum):
    """By media type."""

    WACZ = "application/wacz+zip"
    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HTML = "text/html"
    MHTML = "multipart/related"

    @property
    def extension(self) -> str:
        return _EXTENSIONS[self]

    @property
    def has_text(self) -> bool:
        return not self.startswith("image/")


_EXTENSIONS = {
    FileKind.WACZ: "wacz",
    FileKind.PDF: "pdf",
    FileKind.JPEG: "jpg",
    FileKind.PNG: "png",
    FileKind.WEBP: "webp",
    FileKind.HTML: "html",
    FileKind.MHTML: "mhtml",
}
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|!--)[\s>-]", re.I)
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_HEAD_ENDS = re.compile(rb"\r?\n[ \t]*\r?\n")
LOOKED_AT = 4096  # bytes at the beginning of a file


class Refusal(StrEnum):
    """Why a file is not taken."""

    EMPTY = "EMPTY"
    TOO_LARGE = "TOO_LARGE"
    KIND_NOT_TAKEN = "KIND_NOT_TAKEN"
    WACZ_UNREADABLE = "WACZ_UNREADABLE"  # no zip file, or none of the kind
    WACZ_INCOMPLETE = "WACZ_INCOMPLETE"  # something that belongs into it is not there
    WACZ_ALTERED = "WACZ_ALTERED"  # a part is not what its digest says
    WACZ_TOO_LARGE = "WACZ_TOO_LARGE"  # unpacked
    WACZ_NOT_ALONE = "WACZ_NOT_ALONE"  # it wants other files or servers beside it to be played
    WACZ_WITHOUT_INDEX = "WACZ_WITHOUT_INDEX"  # so no player finds anything in it
    WACZ_REPACKED = "WACZ_REPACKED"  # its parts are compressed, so no player can begin to read in the middle
    WACZ_WITHOUT_PAGE = "WACZ_WITHOUT_PAGE"  # it lists pages and holds none of them
    WACZ_ANSWERED_NO = "WACZ_ANSWERED_NO"  # what it holds for the page is an answer that there is none, or not for us
    WACZ_LEADS_AWAY = "WACZ_LEADS_AWAY"  # what it holds for the page is a redirect to what it does not hold
    WACZ_OTHER_TIME = "WACZ_OTHER_TIME"  # than the one at which it is said to have been made
    WACZ_OTHER_PAGE = "WACZ_OTHER_PAGE"  # than the one it is said to hold
    WACZ_SEVERAL_PAGES = "WACZ_SEVERAL_PAGES"  # and nobody said which
    MHTML_OTHER_PAGE = "MHTML_OTHER_PAGE"


@dataclass(frozen=True, slots=True)
class HeldPage:
    """One page of a file; `at`: as of when, where that is the matter."""

    url: str
    title: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeldPages:
    """Some pages of a file, the first of them, and how many there are."""

    shown: tuple[HeldPage, ...] = ()
    number: int = 0


class FileRefused(Exception):
    """`detail` names the part of the file that it is about, `pages` those that it holds, where that is the matter."""

    def __init__(self, refusal: Refusal, detail: str = "", pages: HeldPages | None = None) -> None:
        super().__init__(f"{refusal}: {detail}" if detail else refusal.value)
        self.refusal = refusal
        self.detail = detail
        self.pages = pages or HeldPages()


def kind_of(start: bytes) -> FileKind:
    """What a file that begins with `start` is. Raises FileRefused."""
    if not start:
        raise FileRefused(Refusal.EMPTY)
    if start.startswith(b"PK\x03\x04"):
        return FileKind.WACZ  # or another archive: its inside will tell
    if b"%PDF-" in start[:1024]:
        return FileKind.PDF
    if start.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return FileKind.WEBP
    if not start.lstrip().startswith(b"<") and _MHTML.search(_HEAD_ENDS.split(start, 1)[0]):
        return FileKind.MHTML
    if b"\0" not in start and _HTML.search(start):
        return FileKind.HTML
    raise FileRefused(Refusal.KIND_NOT_TAKEN)


def known_by(url: str) -> str:
    """What two addresses of one page have alike: also whether it was asked for in the clear. Empty for none."""
    try:
        return canonical(url).partition("://")[2].rstrip("/")
    except UnableToFetch:
        return ""
