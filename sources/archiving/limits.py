"""How much of the desk's machine and patience one capture may use."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds. One instance serves a whole capture, its redirects included."""

    # 8080 and 8443 carry enough small newspapers and municipal sites to be worth it; no other service of note lives
    # there.
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    deadline: float = 40.0
    connect: float = 10.0
    redirects: int = 10
    header_bytes: int = 64 * 1024
    body_bytes: int = 32 * MIB
    decompressed_bytes: int = 64 * MIB
    text_chars: int = 1_000_000
    reading_wall: float = 20.0
    reading_cpu: int = 15
    reading_bytes: int = 768 * MIB
