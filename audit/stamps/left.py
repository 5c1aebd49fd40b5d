"""What lies at plain places outside, read back: every checkpoint in a folder, in a file, in a saved mail.

All of them count, and not the latest alone: whoever makes the log anew has the next checkpoint left beside the others.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from heapq import nlargest
from pathlib import Path
from typing import BinaryIO

from audit.domain.notes import notes_in
from audit.stamps.places import SEPARATOR

LONGEST = 1 << 16  # that a file of one note is read; real notes have a few hundred letters
CANDIDATES = 20
_OURS = re.compile(r"checkpoint-([0-9]{12,18})\.txt")
_SIZE = re.compile(r"[^\n]*\n([0-9]{1,18})\n")
_MAILS = re.compile(rb"^From [^\n]*\n", re.MULTILINE)  # between those that were saved as one file


@dataclass(frozen=True, slots=True)
class Left:
    """`name` is of the file it lies in, `at` when that was last written to, `size` the length it is filed under.

    `text` need not be a note.
    """

    name: str
    at: float
    size: int
    text: str


def everything(place: str, unread: list[OSError]) -> Iterator[Left]:
    """In the memory of a few. Raises OSError; of a single file in a folder it is put into `unread`."""
    target = Path(place)
    if not target.is_dir():
        yield from _of_lines(target)
        return
    for name in sorted(_ours(place)):
        path = target / name
        try:
            text, at = _text(path), path.stat().st_mtime
        except OSError as error:
            unread.append(error)
            continue
        yield from _each(path, at, text) or [Left(str(path), at, _filed(name), text)]


def newest(place: str) -> list[str]:
    """Some, of the longest log first. Raises OSError."""
    target = Path(place)
    if target.is_dir():
        return [note for name in nlargest(CANDIDATES, _ours(place)) for note in notes_in(_text(target / name))]
    with target.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST))
        found = notes_in(_plain(file.read(LONGEST)))
    return sorted(found, key=_size, reverse=True)[:CANDIDATES]


def notes_of(data: bytes) -> list[str]:
    """Every note in what somebody kept: one by itself, a file of many, or mails, in whatever way these were encoded."""
    found = notes_in(_plain(data))
    for each in _MAILS.split(data):
        for part in message_from_bytes(each, policy=policy.default).walk():
            if isinstance(payload := part.get_payload(decode=True), bytes):
                found += notes_in(_plain(payload, part.get_content_charset("utf-8")))
    return list(dict.fromkeys(found))


def _of_lines(path: Path) -> Iterator[Left]:
    """A part that is no note is half of one, of a worker that was killed, as long as there is any note."""
    found, other, at = False, "", path.stat().st_mtime
    with path.open("rb") as file:
        for part in _parts(file):
            notes = _each(path, at, part)
            found, other = found or bool(notes), other or part.strip()
            yield from notes
    if other and not found:
        yield Left(str(path), at, _size(other), other)


def _parts(file: BinaryIO) -> Iterator[str]:
    rest = b""
    while chunk := file.read(LONGEST):
        *whole, rest = (rest[-LONGEST:] + chunk).split(SEPARATOR.encode())
        yield from map(_plain, whole)
    yield _plain(rest)


def _ours(folder: str) -> list[str]:
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries]
    return [name for name in names if name.startswith("checkpoint-") and name.endswith(".txt")]


def _filed(name: str) -> int:
    found = _OURS.fullmatch(name)
    return int(found[1]) if found else 0


def _text(path: Path) -> str:
    # A pipe that somebody put there has nothing to say, and is not waited for.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        return _plain(file.read(LONGEST))


def _each(path: Path, at: float, text: str) -> list[Left]:
    return [Left(str(path), at, _size(note), note) for note in notes_in(text)]


def _size(text: str) -> int:
    found = _SIZE.match(text)
    return int(found[1]) if found else 0


def _plain(data: bytes, charset: str = "utf-8") -> str:
    try:
        text = data.decode(charset, "replace")
    except LookupError:  # a character set nobody knows
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")
