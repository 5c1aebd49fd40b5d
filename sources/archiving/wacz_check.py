"""Is a file that calls itself WACZ one, whole and unaltered? A program of its own, as it opens strangers' archives.

    python -m sources.archiving.wacz_check FILE MOST_BYTES SECONDS MEMORY TEXT_CHARS URL MADE_AT

Prints one line of JSON: `refusal` and `detail`, or `title`, `url` and `text` of the page that is `URL` (or of the only
one where that is empty) as of about `MADE_AT`, as the archive's list of pages has them, and `played_as` and `at`: the
answer in its archive that is played. Where there is no such page, or none of that time: `refusal`, `pages` (those there
are, the first of them) and their `number`.
"""

import hashlib
import json
import resource
import sys
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

from sources.archiving.wacz_pages import Snapshot, find
from sources.archiving.wacz_parts import Parts
from sources.domain.uploads import FileRefused, Refusal

_NEEDED = ("datapackage.json", "archive/", "pages/")
# Others are lists of files elsewhere (multi-wacz-package), which the player would fetch.
_PROFILES = (None, "data-package", "wacz-package")
# What a WACZ may tell its player to do: fetch from a server that it names, try patterns on every address.
_ORDERS = ("hostProxy", "fuzzy")


def check(path: str, most_bytes: int, url: str, made_at: datetime) -> Snapshot:
    """What the page at `url` is, or the only one. Raises FileRefused."""
    try:
        with Path(path).open("rb") as file:
            parts = Parts(file, most_bytes)
            for needed in _NEEDED:
                if not any(name.startswith(needed) for name in parts.names):
                    raise FileRefused(Refusal.WACZ_INCOMPLETE, needed)
            package = parts.read("datapackage.json")
            _check_package(parts, package)
            _check_alone(json.loads(package))
            _check_resources(parts, json.loads(package))
            return find(parts, url, made_at)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise FileRefused(Refusal.WACZ_UNREADABLE, str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileRefused(Refusal.WACZ_UNREADABLE, "datapackage.json") from error


def _check_package(parts: Parts, package: bytes) -> None:
    """Old files have no digest of their list of digests; where there is one, it has to be right."""
    if "datapackage-digest.json" not in parts.names:
        return
    said = json.loads(parts.read("datapackage-digest.json"))
    if said["hash"] != f"sha256:{hashlib.sha256(package).hexdigest()}":
        raise FileRefused(Refusal.WACZ_ALTERED, "datapackage.json")


def _check_alone(package: Any) -> None:
    config = package.get("config") or {}
    if package.get("profile") not in _PROFILES or any(order in config for order in _ORDERS):
        raise FileRefused(Refusal.WACZ_NOT_ALONE, "datapackage.json")


def _check_resources(parts: Parts, package: Any) -> None:
    listed = set()
    for resource_ in package["resources"]:
        name, (algorithm, _, digest) = resource_["path"], resource_["hash"].partition(":")
        if name not in parts.names:
            raise FileRefused(Refusal.WACZ_INCOMPLETE, name)
        if algorithm not in ("sha256", "md5") or not _is(parts, name, algorithm, digest.lower()):
            raise FileRefused(Refusal.WACZ_ALTERED, name)
        listed.add(name)
    if unlisted := [name for name in parts.names if name.startswith("archive/") and name not in listed]:
        raise FileRefused(Refusal.WACZ_ALTERED, unlisted[0])


def _is(parts: Parts, name: str, algorithm: str, digest: str) -> bool:
    """Until version 0.2.0 (September 2026) js-wacz, and so Scoop, hashed each block that it read from a disk twice. The
    format does not say so, and it vouches for the bytes just as well.
    """
    return digest == parts.digest(name, algorithm) or digest == parts.digest(name, algorithm, each=2)


def main(path: str, most_bytes: str, seconds: str, memory: str, text_chars: str, url: str, made_at: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory),) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer: dict[str, Any]
    try:
        found = check(path, int(most_bytes), url, datetime.fromisoformat(made_at))
        line, played = found.line, {"played_as": found.played_as, "at": found.answer.at.isoformat()}
        answer = {"title": line.title, "url": line.url, "text": line.text[: int(text_chars)], **played}
    except FileRefused as refused:
        pages = [
            {"url": page.url, "title": page.title[:500], "at": page.at.isoformat() if page.at else ""}
            for page in refused.pages.shown
        ]
        answer = {"refusal": refused.refusal, "detail": refused.detail[:200]}
        answer |= {"pages": pages, "number": refused.pages.number}
    except MemoryError:
        answer = {"refusal": Refusal.WACZ_TOO_LARGE, "detail": "", "pages": [], "number": 0}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
