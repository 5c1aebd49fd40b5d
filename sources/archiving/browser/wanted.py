"""What a page wanted of an address: a picture, a style sheet, a script.

The browser says so in a header, but over plain HTTP it does not, to no host but this one; there the name has to do.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from sources.domain.captures import Wanted

_SAID = {  # https://fetch.spec.whatwg.org/#concept-request-destination
    b"image": Wanted.IMAGE,
    b"style": Wanted.STYLE,
    b"script": Wanted.SCRIPT,
    b"worker": Wanted.SCRIPT,
    b"font": Wanted.FONT,
    b"iframe": Wanted.FRAME,
    b"frame": Wanted.FRAME,
    b"audio": Wanted.MEDIA,
    b"video": Wanted.MEDIA,
    b"track": Wanted.MEDIA,
    b"empty": Wanted.DATA,
}
_NAMED = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico"), Wanted.IMAGE),
    **dict.fromkeys((".js", ".mjs"), Wanted.SCRIPT),
    **dict.fromkeys((".woff", ".woff2", ".ttf", ".otf"), Wanted.FONT),
    **dict.fromkeys((".mp4", ".webm", ".mp3", ".m4a", ".ogg", ".m3u8"), Wanted.MEDIA),
    ".css": Wanted.STYLE,
    ".json": Wanted.DATA,
}


def wanted(url: str, headers: Iterable[tuple[bytes, bytes]]) -> Wanted | None:
    said = next((value for name, value in headers if name.lower() == b"sec-fetch-dest"), b"")
    # Also of an address that is none and was refused for it, so nothing that takes it apart by the rules.
    path = url.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2]
    return _SAID.get(said) or _NAMED.get(PurePosixPath(path).suffix.lower())


def wanted_by(url: str, request: bytes) -> Wanted | None:
    """Of a request as it was sent."""
    lines = (line.partition(b":") for line in request.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:])
    return wanted(url, ((name, value.strip()) for name, _, value in lines))
