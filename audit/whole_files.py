"""A file that leaves the house: whole under its name, or not there at all.

with whole_file(path) as file:
    file.write(...)
    settle(file)
    ...                     # put on record that it leaves

Whether there is a place for it is found out before anything is done, and whether there is room before anything is on
record. It gets its name at the end of the block: what has one is on record, and a disk that is full leaves neither half
a file nor a record of one. Only where somebody takes the name meanwhile is there a record and no file.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class NameTaken(OSError):
    """It was whole, and on record, before it could not be given its name."""


@contextmanager
def whole_file(path: Path, *, may_replace: bool = False) -> Iterator[BinaryIO]:
    """Raises OSError, also where something has that name that is not to be replaced."""
    if path.is_dir() or (path.exists() and not may_replace):
        found = errno.EISDIR if path.is_dir() else errno.EEXIST
        raise OSError(found, os.strerror(found), str(path))
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}.half")
    try:
        with half.open("xb") as file:
            yield file
        try:
            half.replace(path) if may_replace else _named(half, path)
        except OSError as error:
            raise NameTaken(error.errno, error.strerror, str(path)) from error
    finally:
        half.unlink(missing_ok=True)


def settle(file: BinaryIO) -> None:
    """All of it is on the disk after this, or OSError is raised."""
    file.flush()
    os.fsync(file.fileno())


def _named(half: Path, path: Path) -> None:
    try:
        path.hardlink_to(half)  # refuses where somebody was faster
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        half.replace(path)


def sentence(path: Path, error: OSError) -> str:
    """For whoever asked for it, on the command line."""
    why = error.strerror or type(error).__name__
    if isinstance(error, NameTaken):
        return f"{path} cannot be written: {why}. Nothing was left there, but it is on record by now that it left."
    return f"{path} cannot be written: {why}. Nothing was written, and nothing was put on record."
