"""Is a file that calls itself WACZ one, whole and unaltered? A program of its own, as it opens strangers' archives.

    python -m sources.archiving.wacz_check FILE MOST_BYTES SECONDS MEMORY TEXT_CHARS URL

Prints one line of JSON: `refusal` and `detail`, or `title`, `url` and `text` of the page that is `URL`, or of the only
one where that is empty, as the archive's list of pages has them; a page counts that its WARCs hold. Where there is no
such page: `refusal`, `pages` (those there are, the first of them) and their `number`. Everything is read in parts and
counted while it is unpacked: what the archive's own table says of sizes is not believed.
"""

import hashlib
import json
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator, Set
from typing import IO, Any

from warcio.exceptions import ArchiveLoadFailed

from sources.archiving.warc_answers import answered
from sources.domain.uploads import FileRefused, HeldPage, HeldPages, Refusal, known_by

_MOST_PARTS = 10_000
_MOST_OF_JSON = 8 * 1024 * 1024
_CHUNK = 1 << 20
_NEEDED = ("datapackage.json", "archive/", "pages/")
_PAGES = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_MOST_SHOWN = 20
# Others are lists of files elsewhere (multi-wacz-package), which the player would fetch.
_PROFILES = (None, "data-package", "wacz-package")
# What a WACZ may tell its player to do: fetch from a server that it names, try patterns on every address.
_ORDERS = ("hostProxy", "fuzzy")


class _Archive:
    """The parts of a WACZ; `room` is how many bytes may still come out of it."""

    def __init__(self, file: zipfile.ZipFile, room: int) -> None:
        self._file = file
        self._room = room
        self.names = [entry.filename for entry in file.infolist() if not entry.is_dir()]
        if len(self.names) > _MOST_PARTS:
            raise FileRefused(Refusal.WACZ_TOO_LARGE, f"more than {_MOST_PARTS} parts")
        if len(set(self.names)) < len(self.names):
            raise FileRefused(Refusal.WACZ_UNREADABLE, "two parts of one name")
        if any(entry.flag_bits & 1 for entry in file.infolist()):
            raise FileRefused(Refusal.WACZ_UNREADABLE, "locked by a password")

    def parts(self, name: str) -> Iterator[bytes]:
        with self._file.open(name) as part:
            while data := part.read(_CHUNK):
                self._room -= len(data)
                if self._room < 0:
                    raise FileRefused(Refusal.WACZ_TOO_LARGE, name)
                yield data

    def read(self, name: str) -> bytes:
        found = bytearray()
        for data in self.parts(name):
            found += data
            if len(found) > _MOST_OF_JSON:
                raise FileRefused(Refusal.WACZ_TOO_LARGE, name)
        return bytes(found)

    def warcs(self) -> Iterator[IO[bytes]]:
        """To be read once more: how much comes out of them was counted for their digests."""
        for name in self.names:
            if name.startswith("archive/"):
                with self._file.open(name) as part:
                    yield part

    def digest(self, name: str, algorithm: str) -> str:
        found = hashlib.new(algorithm)
        for data in self.parts(name):
            found.update(data)
        return found.hexdigest()


def check(path: str, most_bytes: int, text_chars: int, url: str) -> dict[str, str]:
    """What the page at `url` is, or the only one. Raises FileRefused."""
    try:
        with zipfile.ZipFile(path) as file:
            archive = _Archive(file, most_bytes)
            for needed in _NEEDED:
                if not any(name.startswith(needed) for name in archive.names):
                    raise FileRefused(Refusal.WACZ_INCOMPLETE, needed)
            package = archive.read("datapackage.json")
            _check_package(archive, package)
            _check_alone(json.loads(package))
            _check_resources(archive, json.loads(package))
            return _page(archive, text_chars, url)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise FileRefused(Refusal.WACZ_UNREADABLE, str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileRefused(Refusal.WACZ_UNREADABLE, "datapackage.json") from error


def _check_package(archive: _Archive, package: bytes) -> None:
    """Old files have no digest of their list of digests; where there is one, it has to be right."""
    if "datapackage-digest.json" not in archive.names:
        return
    said = json.loads(archive.read("datapackage-digest.json"))
    if said["hash"] != f"sha256:{hashlib.sha256(package).hexdigest()}":
        raise FileRefused(Refusal.WACZ_ALTERED, "datapackage.json")


def _check_alone(package: Any) -> None:
    config = package.get("config") or {}
    if package.get("profile") not in _PROFILES or any(order in config for order in _ORDERS):
        raise FileRefused(Refusal.WACZ_NOT_ALONE, "datapackage.json")


def _check_resources(archive: _Archive, package: Any) -> None:
    listed = set()
    for resource_ in package["resources"]:
        name, (algorithm, _, digest) = resource_["path"], resource_["hash"].partition(":")
        if name not in archive.names:
            raise FileRefused(Refusal.WACZ_INCOMPLETE, name)
        if algorithm not in ("sha256", "md5") or archive.digest(name, algorithm) != digest.lower():
            raise FileRefused(Refusal.WACZ_ALTERED, name)
        listed.add(name)
    if unlisted := [name for name in archive.names if name.startswith("archive/") and name not in listed]:
        raise FileRefused(Refusal.WACZ_ALTERED, unlisted[0])


def _page(archive: _Archive, text_chars: int, url: str) -> dict[str, str]:
    pages = {known_by(page["url"]): page for page in _pages(archive)}
    if not pages:
        raise FileRefused(Refusal.WACZ_INCOMPLETE, _PAGES[0])
    named, meant = next(iter(pages.values()))["url"], known_by(url)
    held = _held(archive, pages.keys(), meant)
    pages = {name: page for name, page in pages.items() if name in held}
    if not pages:
        raise FileRefused(Refusal.WACZ_WITHOUT_PAGE, named)
    page = pages.get(meant) if url else next(iter(pages.values())) if len(pages) == 1 else None
    if page is not None:
        return {**page, "text": page["text"][:text_chars]}
    shown = [HeldPage(page["url"], page["title"]) for page in list(pages.values())[:_MOST_SHOWN]]
    refusal = Refusal.WACZ_OTHER_PAGE if url else Refusal.WACZ_SEVERAL_PAGES
    raise FileRefused(refusal, pages=HeldPages(tuple(shown), len(pages)))


def _held(archive: _Archive, listed: Set[str], meant: str) -> set[str]:
    try:
        return answered(archive.warcs(), listed, meant, known_by)
    except (ArchiveLoadFailed, ValueError, AttributeError) as error:
        raise FileRefused(Refusal.WACZ_UNREADABLE, "archive/") from error


def _pages(archive: _Archive) -> Iterator[dict[str, str]]:
    """Those with an address of the web. The first line of such a list says what the others are."""
    for name in _PAGES:
        for line in archive.read(name).splitlines() if name in archive.names else ():
            page = json.loads(line)
            if known_by(str(page.get("url") or "")):
                yield {name: str(page.get(name) or "") for name in ("title", "url", "text")}


def main(path: str, most_bytes: str, seconds: str, memory: str, text_chars: str, url: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory),) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer: dict[str, Any]
    try:
        answer = check(path, int(most_bytes), int(text_chars), url)
    except FileRefused as refused:
        pages = [{"url": page.url, "title": page.title[:500]} for page in refused.pages.shown]
        answer = {"refusal": refused.refusal, "detail": refused.detail[:200]}
        answer |= {"pages": pages, "number": refused.pages.number}
    except MemoryError:
        answer = {"refusal": Refusal.WACZ_TOO_LARGE, "detail": "", "pages": [], "number": 0}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
