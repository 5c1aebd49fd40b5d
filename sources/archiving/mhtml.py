"""What is in a page saved as MHTML (RFC 2557). Runs in the reader's child only (reader.py)."""

import email
from dataclasses import dataclass
from email.errors import CloseBoundaryNotFoundDefect, NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect
from email.message import Message

from sources.domain.uploads import known_by

_PAGES = ("text/html", "application/xhtml+xml")
_CUT = (CloseBoundaryNotFoundDefect, NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """`url` is the address that the file itself names, or empty; `is_whole` that each of its parts has an end."""

    data: bytes
    content_type: str
    url: str
    is_whole: bool


def saved_page(data: bytes) -> SavedPage:
    """Its first part that is a page, and what it says of itself."""
    file = email.message_from_bytes(data)
    parts = list(file.walk())
    page = next((part for part in parts if part.get_content_type() in _PAGES), None)
    body = page.get_payload(decode=True) if page is not None else b""
    return SavedPage(
        data=body if isinstance(body, bytes) else b"",
        content_type=str(page.get("content-type")) if page is not None else "text/html",
        url=_address(file, "snapshot-content-location") or _address(page, "content-location"),
        is_whole=not any(isinstance(defect, _CUT) for part in parts for defect in part.defects),
    )


def _address(part: Message | None, name: str) -> str:
    """One of the web. Long ones are folded into several lines."""
    said = "".join(str(part.get(name) or "").split()) if part is not None else ""
    return said if known_by(said) else ""
