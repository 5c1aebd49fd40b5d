"""What kind of thing an answer holds, by what its server says and, where it says nothing, by how it begins."""

import re

_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}(?=\s*(?:;|$))")


def media_type(content_type: str) -> str:
    """Type and subtype without parameters; empty where the header holds no such thing."""
    match = _MEDIA_TYPE.match(content_type.strip().lower())
    return match[0] if match else ""


def guessed(data: bytes) -> str:
    """For a server that does not say: markup is HTML, what has zero bytes is no text, the rest is."""
    start = data[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<p", b"<div")):
        return "text/html"
    if start.startswith(b"%pdf-"):
        return "application/pdf"
    return "application/octet-stream" if b"\0" in data[:1024] else "text/plain"


def is_html(media_type: str) -> bool:
    return media_type in ("text/html", "application/xhtml+xml")


def is_pdf(media_type: str) -> bool:
    return media_type == "application/pdf"


def is_image(media_type: str) -> bool:
    return media_type.startswith("image/")


def has_text(media_type: str) -> bool:
    return is_html(media_type) or is_pdf(media_type) or media_type.startswith("text/")
