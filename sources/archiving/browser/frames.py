"""The frames of a page, in the order of the document, as far as they are the page's and not the browser's own words."""

from collections.abc import Iterator
from dataclasses import dataclass

from sources.archiving.browser.cdp import Params


@dataclass(frozen=True, slots=True)
class Frame:
    """`parent` is the id of the frame it stands in; empty for the page itself."""

    id: str
    url: str
    parent: str = ""


def frames_of(tree: Params) -> Iterator[Frame]:
    """Out of the answer to Page.getFrameTree: a frame before those in it."""
    waiting = [tree["frameTree"]]
    while waiting:
        node = waiting.pop()
        frame = node["frame"]
        if "unreachableUrl" not in frame:
            yield Frame(frame["id"], frame["url"], frame.get("parentId", ""))
            waiting += reversed(node.get("childFrames", []))
