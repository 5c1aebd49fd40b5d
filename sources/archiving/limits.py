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
    # Of a page in a browser, with everything it loads. `body_bytes` and `decompressed_bytes` hold for each answer.
    page_deadline: float = 60.0
    page_load: float = 20.0  # until the page says that it is loaded
    page_quiet: float = 8.0  # for the network to fall silent, before and after scrolling
    scroll: float = 15.0  # for scrolling, with the waits between, of pages that grow under it
    scroll_pixels: int = 200_000  # where pages that never end are left
    request: float = 15.0
    requests: int = 600
    page_bytes: int = 96 * MIB
    upload_bytes: int = 1 * MIB
    picture_pixels: int = 16_000  # height of the picture of the whole page; beyond 16,384 it may repeat itself
    browser_bytes: int = 1536 * MIB
