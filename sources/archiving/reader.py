"""Reads strangers' pages in processes made to be thrown away. Started by extract.py, never imported by the application.

This program loads the parsers once and then waits. For every page it forks a child with hard limits on memory,
processor time and wall time, which parses, answers and dies; a page that hangs the parser or eats memory takes only
that child with it. Nothing is in this process that a page could want: no database, no keys, an empty environment.

The kind `frames` is answered with the markup of the pages in a page's frames (`frames`) and whether these are all
(`whole`), every other as follows.

Jobs on standard input: a line of JSON (`length`, `kind`, `content_type`, `text_chars`, `wall`, `cpu`, `memory`), then
the bytes. Answers on standard output: a line of JSON with `title`, `text`, `language`, `author`, `published`, `reason`,
`url`, the address that a saved page names, and `besides`, how much of the text stands outside of its article.
"""

import json
import os
import re
import resource
import select
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import py3langid
import trafilatura
from lxml import etree, html

from sources.archiving.byline import byline
from sources.archiving.charsets import decode
from sources.archiving.inner_pages import inner_pages
from sources.archiving.mhtml import saved_page
from sources.archiving.pdf import read_pdf
from sources.archiving.shadow import flatten
from sources.archiving.visible import besides, visible_text
from sources.domain.captures import Reason
from sources.domain.texts import BESIDES

_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)])
_TITLE_CHARS = 500
_LETTERS_TO_JUDGE = 80  # fewer than these, and what the page says about its language counts for more than a guess
_SHARE_OF_READING = 0.8  # of the processor time: a long PDF is better cut than lost
_ANSWER_BYTES = 64 * 1024 * 1024


def read(data: bytes, content_type: str, kind: str, text_chars: int, seconds: float) -> dict[str, Any]:
    """`kind` is `html`, `mhtml`, `pdf` or `plain`."""
    reason, url, is_cut = None, "", False
    if kind == "pdf":
        title, text, reason = read_pdf(data, text_chars, seconds)
        page = _Page(title=title, text=text)
    else:
        if kind == "mhtml":
            saved = saved_page(data)
            data, content_type, url, is_cut = saved.data, saved.content_type, saved.url, not saved.is_whole
        page, doubtful = _read_markup(data, content_type, html=kind != "plain")
        reason = Reason.TEXT_DAMAGED if doubtful else None
    article = tidy(page.text)
    text = "\n".join([article, BESIDES, *page.besides]) if page.besides else article
    if len(text) > text_chars:
        text, reason = text[:text_chars], Reason.TEXT_TRUNCATED
    elif not text and reason is None:
        reason = Reason.TEXT_EMPTY
    if is_cut:
        reason = Reason.FILE_CUT
    return {
        "title": in_a_line(page.title)[:_TITLE_CHARS],
        "text": text,
        "besides": max(0, len(text) - len(article)),
        "language": language_of(article[:text_chars], page.language),
        "author": in_a_line(page.author),
        "published": in_a_line(page.published),
        "reason": reason,
        "url": url,
    }


@dataclass(frozen=True, slots=True)
class _Page:
    """As it stands there. `language` is what the page says it is written in, `besides` what it shows besides `text`."""

    title: str = ""
    text: str = ""
    language: str = ""
    author: str = ""
    published: str = ""
    besides: tuple[str, ...] = ()


def _read_markup(data: bytes, content_type: str, *, html: bool) -> tuple[_Page, bool]:
    """The page, and whether its text may be another: bytes were none of their charset, or nobody says which it is."""
    decoded = decode(data, content_type, html=html)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    page = _read_html(text) if html else _Page(text=text)
    shown = "".join([page.title, page.text, *page.besides])
    return page, (decoded.damaged and "\ufffd" in shown) or (decoded.guessed and not shown.isascii())


def _read_html(source: str) -> _Page:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it but comments, or nothing at all
        return _Page()
    flatten(root)
    found = root.find("head/title")
    title = found.text_content() if found is not None else ""
    author, published = byline(root)
    visible = tidy(visible_text(root))
    main = trafilatura.extract(root, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    article = tidy(main or "") or visible
    others = tuple(besides(article, visible.split("\n")))
    return _Page(title, article, root.get("lang") or "", author, published, others)


def tidy(text: str) -> str:
    """One paragraph a line, single spaces, no control characters and no lone surrogates. Nothing else is changed."""
    text = _SPACES.sub(" ", text).translate(_CONTROLS)
    return "\n".join(line for line in (raw.strip() for raw in text.split("\n")) if line)


def in_a_line(text: str) -> str:
    return tidy(text).replace("\n", " ")


def language_of(text: str, declared: str) -> str:
    """Primary subtag (`ar`), or nothing. What a page declares counts, unless there is enough text to see otherwise."""
    said = declared.strip().replace("_", "-").split("-")[0].lower()
    said = said if re.fullmatch(r"[a-z]{2,3}", said) else ""
    sample = text[:20_000]
    if sum(map(str.isalpha, sample)) < _LETTERS_TO_JUDGE and said:
        return said
    return str(py3langid.classify(sample)[0]) if any(map(str.isalpha, sample)) else said


def _frames(data: bytes, content_type: str) -> dict[str, Any]:
    pages, whole = inner_pages(decode(data, content_type, html=True)[0])
    return {"frames": pages, "whole": whole}


def _limit(job: dict[str, Any]) -> None:
    used = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if sys.platform == "linux" else 0
    )
    resource.setrlimit(resource.RLIMIT_AS, (used + job["memory"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _child(job: dict[str, Any], data: bytes, answers: int) -> None:
    try:
        _limit(job)
        if job["kind"] == "frames":
            answer = _frames(data, job["content_type"])
        else:
            answer = read(data, job["content_type"], job["kind"], job["text_chars"], job["cpu"] * _SHARE_OF_READING)
    except MemoryError:
        answer = _failed(Reason.TEXT_OUT_OF_MEMORY)
    except Exception:  # whatever a parser raises over a hostile page, the page has no text
        answer = _failed(Reason.TEXT_FAILED)
    rest = memoryview(json.dumps(answer).encode())
    while rest:
        rest = rest[os.write(answers, rest) :]


def _failed(reason: Reason) -> dict[str, Any]:
    said = dict.fromkeys(("title", "text", "language", "author", "published", "url"), "")
    return {**said, "besides": 0, "reason": reason}


def _in_child(job: dict[str, Any], data: bytes) -> bytes:
    """The child's answer, or the reason why it had to be killed or died."""
    answers, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(answers)
            _child(job, data, theirs)
        finally:
            os._exit(0)
    os.close(theirs)
    end = time.monotonic() + job["wall"]
    answer = bytearray()
    late = False
    while True:
        if not select.select([answers], [], [], max(0.0, end - time.monotonic()))[0]:
            late = True
            break
        part = os.read(answers, 1 << 20)
        answer += part
        if not part or len(answer) > _ANSWER_BYTES:
            break
    os.close(answers)
    os.kill(child, signal.SIGKILL)  # not yet waited for, so the number is still its own
    _, status = os.waitpid(child, 0)
    if late or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return json.dumps(_failed(Reason.TEXT_TIMED_OUT)).encode()
    try:
        json.loads(answer)
    except ValueError:
        return json.dumps(_failed(Reason.TEXT_FAILED)).encode()
    return bytes(answer)


def main() -> None:
    read(b"<p>warm</p>" * 3, "text/html; charset=utf-8", "html", 1000, 1)
    while line := sys.stdin.buffer.readline():
        job = json.loads(line)
        data = sys.stdin.buffer.read(job["length"])
        sys.stdout.buffer.write(_in_child(job, data) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
