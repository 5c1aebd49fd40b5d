"""Who is asked for time stamps, by the settings: authorities with the roots they are believed by, and calendars."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings

from audit.stamps.states import AnchorKind, Failure, StampKind, UnableToStamp

_SCHEMES = {"file": AnchorKind.FILE, "mail": AnchorKind.MAIL}


@dataclass(frozen=True, slots=True)
class Target:
    """One to ask: `url` is also what it goes by in rows, so one that moves is another one."""

    kind: StampKind
    url: str
    roots: str = ""  # a file of certificates in PEM

    @property
    def name(self) -> str:
        return name_of(self.url)


def name_of(url: str) -> str:
    """What people call it: the host it answers at."""
    return urlsplit(url).hostname or url


def authorities() -> list[Target]:
    """`TIMESTAMP_AUTHORITIES`: address and file of roots, with a blank between."""
    return _read(settings.TIMESTAMP_AUTHORITIES)


def believed() -> list[Target]:
    """And those that are not asked any more, whose tokens go on being verified."""
    return [*authorities(), *_read(settings.TIMESTAMP_AUTHORITIES_RETIRED)]


def _read(entries: Iterable[str]) -> list[Target]:
    pairs = (entry.split(maxsplit=1) for entry in entries)
    return [Target(StampKind.RFC3161, url, roots[0] if roots else "") for url, *roots in pairs]


def calendars() -> list[Target]:
    return [Target(StampKind.OTS, url) for url in settings.OPENTIMESTAMPS_CALENDARS]


def targets() -> list[Target]:
    """Everybody who is asked about each capture."""
    return [*authorities(), *calendars()]


@dataclass(frozen=True, slots=True)
class Place:
    """Where checkpoints are taken: `where` is an address, a path or a mailbox."""

    kind: AnchorKind
    where: str


def configured_places() -> list[Place]:
    """`LEDGER_ANCHORS`: `rfc3161` and `ots` for all of either kind, `file:<path>`, `mail:<address>`.

    Raises ValueError for anything else.
    """
    found: list[Place] = []
    for word in settings.LEDGER_ANCHORS:
        scheme, _, where = word.partition(":")
        if word == "rfc3161":
            found += [Place(AnchorKind.RFC3161, each.url) for each in authorities()]
        elif word == "ots":
            found += [Place(AnchorKind.OTS, each.url) for each in calendars()]
        elif scheme in _SCHEMES and where:
            found.append(Place(_SCHEMES[scheme], where))
        else:
            raise ValueError(f"{word!r} is none of rfc3161, ots, file:<path>, mail:<address>")
    return list(dict.fromkeys(found))


def target(kind: str, url: str) -> Target:
    """The one a row names, as long as the settings do. Raises UnableToStamp."""
    for each in targets():
        if (each.kind, each.url) == (kind, url):
            return each
    raise UnableToStamp(Failure.NOT_CONFIGURED, f"{url} is not in the settings any more")


def roots_of(target: Target) -> Sequence[x509.Certificate]:
    """What its tokens are believed by. Raises UnableToStamp where the file cannot be used."""
    try:
        return _certificates(target.roots, Path(target.roots).stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise UnableToStamp(Failure.NOT_CONFIGURED, f"roots of {target.name}: {error}") from error


@functools.lru_cache(maxsize=64)
def _certificates(path: str, _changed: int) -> Sequence[x509.Certificate]:
    return x509.load_pem_x509_certificates(Path(path).read_bytes())
