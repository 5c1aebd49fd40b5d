"""The pages that a saved page holds in its frames: SingleFile and others write each into its frame (`srcdoc`).

In a capture made here a frame is a document of its own, taken by the browser (browser/frames.py). In a file it is an
attribute, and whoever opens the file sees what is in it.
"""

from lxml import etree, html

from sources.archiving.shadow import flatten

MOST_PAGES = 40
MOST_CHARS = 16 * 1024 * 1024  # of their markup, altogether
_SHOW_NOTHING = frozenset({"head", "noscript", "template"})


def inner_pages(page: str) -> tuple[list[str], bool]:
    """The markup of each, in their order, those inside of one after it; and whether these are all."""
    found: list[str] = []
    waiting, left = _within(page), MOST_CHARS
    while waiting:
        inner, *waiting = waiting
        left -= len(inner)
        if len(found) == MOST_PAGES or left < 0:
            return found, False
        found.append(inner)
        waiting = _within(inner) + waiting
    return found, True


def _within(page: str) -> list[str]:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it
        return []
    flatten(root)
    return [each.get("srcdoc") for each in root.iter("iframe") if each.get("srcdoc") and _is_shown(each)]


def _is_shown(frame: etree._Element) -> bool:
    around = (frame, *frame.iterancestors())
    return not any(each.tag in _SHOW_NOTHING or "hidden" in each.attrib for each in around)
