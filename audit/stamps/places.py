"""Plain places outside: a folder or file on a disk that is somebody else's, and the mailbox of an outsider.

They prove no time. What they do is remember: who holds a checkpoint can tell that the log does not continue it.
"""

import os
from email.utils import formatdate, make_msgid
from pathlib import Path

from django.core.mail import DNS_NAME, EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from audit.stamps.states import Failure, UnableToStamp

ASKS = gettext_noop(
    "Please keep this message. It holds a signed checkpoint of our ledger: the number of its entries, and a digest over"
    " all of them. As long as you have it, nobody can change, remove or reorder anything before it without you being"
    " able to show it."
)
SEPARATOR = "\x1e"  # the record separator of ASCII, which no note holds


def write(place: str, size: int, note: str) -> str:
    """Leave `note` in the folder `place`, or at the end of the file; returns where. Raises UnableToStamp.

    A file that is there is never changed: one of another text under this name is what this is meant to find.
    """
    target = Path(place)
    try:
        return _new_file(target / f"checkpoint-{size:012}.txt", note) if target.is_dir() else _line_up(target, note)
    except OSError as error:
        raise UnableToStamp(Failure.COULD_NOT_WRITE, f"{place}: {error.strerror}") from error


def _new_file(path: Path, note: str) -> str:
    try:
        with path.open("x", encoding="utf-8") as file:
            _write_through(file.fileno(), note)
    except FileExistsError:
        # We were killed between writing and writing that down, or somebody left another checkpoint there.
        there = path.read_text(encoding="utf-8")
        if there == note:
            return str(path)
        if not note.startswith(there):
            raise UnableToStamp(Failure.ABOUT_SOMETHING_ELSE, f"{path} holds another checkpoint") from None
        with path.open("w", encoding="utf-8") as file:  # half of this very note
            _write_through(file.fileno(), note)
    return str(path)


def _line_up(path: Path, note: str) -> str:
    with path.open("a+b") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 1))
        whole = file.read(1) in (b"", SEPARATOR.encode())  # else somebody was killed in the middle of a note
        _write_through(file.fileno(), ("" if whole else SEPARATOR) + note + SEPARATOR)
    return str(path)


def _write_through(handle: int, text: str) -> None:
    rest = memoryview(text.encode())
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)


def mail(address: str, size: int, note: str) -> str:
    """Send `note` to one outsider; returns the message as it went. Raises UnableToStamp.

    A worker that dies between sending and writing that down sends it twice.
    """
    message = EmailMessage(
        _("Checkpoint %(size)s of the ledger") % {"size": size},
        f"{_(ASKS)}\n\n{note}",
        to=[address],
        headers={"Message-ID": make_msgid(domain=DNS_NAME.get_fqdn()), "Date": formatdate()},
    )
    try:
        message.send()
    except OSError as error:  # what mail libraries raise
        raise UnableToStamp(Failure.UNREACHABLE, type(error).__name__) from error
    return message.message().as_string()
