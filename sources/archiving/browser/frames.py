"""The frames of a page: which there are, as far as they are not the browser's own words, and what they show.

A frame is a document of its own, and to a reader a part of the page. Its text is read as the page's is, and stands
after it: frame after frame from the top of the page to its end, those inside of one after it. So two captures of a page
that is the same have the same text. What nobody can read, because it is not shown or too small, is left out.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sources.archiving.browser.cdp import CommandRefused, Params
from sources.archiving.extract import Extracted, extract
from sources.archiving.limits import Limits
from sources.domain.captures import Reason

MOST_FRAMES = 40  # looked at
MOST_BYTES = 16 * 1024 * 1024  # of their markup, altogether
PATIENCE = 6.0  # seconds for all of them
WIDTH, HEIGHT = 60, 20  # pixels: less holds no line of text

Ask = Callable[..., Params]


@dataclass(frozen=True, slots=True)
class Frame:
    """`parent` is the id of the frame it stands in; empty for the page itself."""

    id: str
    url: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a frame shows, as it stood, scripts run."""

    url: str
    html: str


@dataclass(frozen=True, slots=True)
class Taken:
    """In the order in which they are shown. `whole`: none that is shown was left out."""

    documents: tuple[Document, ...] = ()
    whole: bool = True


def frames_of(tree: Params) -> Iterator[Frame]:
    """Out of the answer to Page.getFrameTree: a frame before those in it."""
    waiting = [tree["frameTree"]]
    while waiting:
        node = waiting.pop()
        frame = node["frame"]
        if "unreachableUrl" not in frame:
            yield Frame(frame["id"], frame["url"], frame.get("parentId", ""))
            waiting += reversed(node.get("childFrames", []))


def taken(ask: Ask, frames: Iterable[Frame]) -> Taken:
    """`frames` begin with the page itself, whose own document is taken elsewhere, unless there is no page."""
    page, *others = [*frames] or [Frame("", "")]
    inside: dict[str, list[tuple[tuple[float, float], Frame, str]]] = {page.id: []}
    end, left, whole = time.monotonic() + PATIENCE, MOST_BYTES, len(others) <= MOST_FRAMES
    for frame in others[:MOST_FRAMES]:
        if frame.parent not in inside:  # which is not shown
            continue
        if time.monotonic() > end or left <= 0:
            whole = False
            break
        try:
            place, html = _shown(ask, frame)
        except CommandRefused:  # it is not drawn, or has just gone
            continue
        if place is not None:
            inside[frame.parent].append((place, frame, html[:left]))
            inside[frame.id] = []
            whole &= len(html) <= left
            left -= len(html)
    return Taken(tuple(_in_order(inside, page.id)), whole)


def _shown(ask: Ask, frame: Frame) -> tuple[tuple[float, float] | None, str]:
    """How far down and aside it stands and its markup; no place for one that is too small."""
    owner = {"backendNodeId": ask("DOM.getFrameOwner", {"frameId": frame.id}, patience=2)["backendNodeId"]}
    box: dict[str, Any] = ask("DOM.getBoxModel", owner, patience=2)["model"]
    if box["width"] < WIDTH or box["height"] < HEIGHT:
        return None, ""
    held = ask("DOM.describeNode", {**owner, "pierce": True}, patience=2)["node"].get("contentDocument")
    if held is None:
        return None, ""
    asked = {"backendNodeId": held["backendNodeId"], "includeShadowDOM": True}
    html: str = ask("DOM.getOuterHTML", asked, patience=4)["outerHTML"]
    return (box["border"][1], box["border"][0]), html


def _in_order(inside: dict[str, list[tuple[tuple[float, float], Frame, str]]], parent: str) -> Iterator[Document]:
    for _, frame, html in sorted(inside[parent], key=lambda each: each[0]):
        yield Document(frame.url, html)
        yield from _in_order(inside, frame.id)


def with_frames(page: Extracted, documents: Iterable[Document], limits: Limits) -> Extracted:
    """The page with the text of its frames after its own. Title, author and day stay those of the page."""
    for document in documents:
        frame = extract(document.html.encode("utf-8", "replace"), "text/html; charset=utf-8", limits)
        if frame.text:
            text = f"{page.text}\n{frame.text}" if page.text else frame.text
            reason = frame.reason if page.reason in (None, Reason.TEXT_EMPTY) else page.reason
            if len(text) > limits.text_chars:
                text, reason = text[: limits.text_chars], Reason.TEXT_TRUNCATED
            besides = len(text) - len(page.article)
            page = replace(page, text=text, language=page.language or frame.language, reason=reason, besides=besides)
    return page
