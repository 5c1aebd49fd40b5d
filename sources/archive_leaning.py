"""Which bodies are leaned on, and by which files kept in pieces: in the order of the bodies, however many there are.

The files come in the order of their own digests, so all the pairs have to be sorted anew. That is done a number of them
at a time, and what was sorted waits on the disk.
"""

import heapq
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from sources.archiving.blobs import BlobAltered, BlobMissing
from sources.archiving.sharing import SharingStore

RUN = 50_000

Pair = tuple[str, str]


def leaning(store: SharingStore) -> Iterator[Pair]:
    """(body, file that leans on it), both as digests. A list that cannot be read leans on nothing."""
    pairs = _pairs(store)
    with ExitStack() as files:
        runs = []
        while run := sorted(islice(pairs, RUN)):
            file = files.enter_context(TemporaryFile("w+"))
            file.writelines(f"{body} {digest}\n" for body, digest in run)
            file.seek(0)
            runs.append(_read(file))
        yield from heapq.merge(*runs)


def _pairs(store: SharingStore) -> Iterator[Pair]:
    for digest, path in store.listing():
        if digest:
            try:
                bodies = store.bodies(path)
            except (BlobMissing, BlobAltered, OSError):
                continue
            yield from ((body, digest) for body in bodies)


def _read(file: IO[str]) -> Iterator[Pair]:
    for line in file:
        body, digest = line.split()
        yield body, digest
