"""Who wrote a page and when it was published, as the page says: for people in its text, for programs in its head.

trafilatura has both, but cleaned up and, where a page says nothing, guessed (a name out of a class, a day out of the
text). Here the words stay as they are, and what is not said or not said once is not there. Looked at in this order:
JSON-LD of schema.org, meta tags (Open Graph, Dublin Core, Highwire), microdata, `rel=author`, `<time>`. What stands in
the body counts where there is one article; a list of them has neither an author nor a day.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree

LONGEST_AUTHOR = 300
LONGEST_DATE = 100
MOST_AUTHORS = 20
MOST_JSON = 1_000_000  # letters of all that is read
MOST_NODES = 1000

DATES = (
    "article:published_time", "og:article:published_time", "citation_publication_date", "citation_online_date",
    "citation_date", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created",
    "dc.date.created", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "date",
)  # fmt: skip
AUTHORS = (
    "author", "article:author", "og:article:author", "citation_author", "dcterms.creator", "dc.creator",
    "parsely-author", "sailthru.author", "byl",
)  # fmt: skip


def byline(root: etree._Element) -> tuple[str, str]:
    """Author, and date of publication: each as the page has it, or empty. Several authors are parted by commas."""
    nodes = _nodes(root)
    metas = _metas(root)
    article = _article(root)
    author = _first(
        lambda: _authors_of(nodes),
        lambda: next(filter(None, (_joined(metas.get(name, [])) for name in AUTHORS)), ""),
        lambda: _joined(_microdata(article, "author")),
        lambda: _joined(_text(each) for each in _marked(article, "rel", "author")),
    )
    published = _first(
        lambda: _said_once(node.get("datePublished") for node in nodes),
        lambda: next((metas[name][0] for name in DATES if metas.get(name)), ""),
        lambda: _said_once(_microdata(article, "datePublished")),
        lambda: _said_once(each.get("datetime") for each in _times(article)),
    )
    return author[:LONGEST_AUTHOR], published[:LONGEST_DATE]


def _first(*ways: Callable[[], str]) -> str:
    return next(filter(None, (way() for way in ways)), "")


def _nodes(root: etree._Element) -> list[dict[str, Any]]:
    """What JSON-LD says of the page itself: articles if it knows any, and never what it only mentions."""
    found: list[dict[str, Any]] = []
    left = MOST_JSON
    for script in root.iter("script"):
        source = script.text or ""
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(source) > left:
            continue
        left -= len(source)
        try:
            found += _of_the_page(json.loads(source, strict=False))
        except (ValueError, RecursionError):
            continue
    found = found[:MOST_NODES]
    articles = [node for node in found if any(_is_article(kind) for kind in _strings(node.get("@type")))]
    named = {node["@id"]: node for node in found if isinstance(node.get("@id"), str)}
    return [{**node, "author": _resolved(node.get("author"), named)} for node in articles or found if _tells(node)]


def _of_the_page(said: Any) -> Iterator[dict[str, Any]]:
    waiting = deque([said])
    while waiting:
        each = waiting.popleft()
        if isinstance(each, list):
            waiting += each[:MOST_NODES]
        elif isinstance(each, dict):
            yield each
            waiting += [each[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in each]


def _is_article(kind: str) -> bool:
    return kind.rpartition("/")[2].endswith(("Article", "Posting", "Report"))


def _tells(node: dict[str, Any]) -> bool:
    return "datePublished" in node or "author" in node


def _resolved(author: Any, named: dict[str, dict[str, Any]]) -> list[Any]:
    """Authors that are only referred to, put in place."""
    several = author if isinstance(author, list) else [author]
    return [
        named.get(each["@id"], each) if isinstance(each, dict) and isinstance(each.get("@id"), str) else each
        for each in several[:MOST_AUTHORS]
    ]


def _authors_of(nodes: list[dict[str, Any]]) -> str:
    names = {_joined(name for each in node["author"] for name in _names(each)) for node in nodes} - {""}
    return names.pop() if len(names) == 1 else ""


def _names(author: Any) -> list[str]:
    return _strings(author.get("name") if isinstance(author, dict) else author)


def _strings(said: Any) -> list[str]:
    several = said if isinstance(said, list) else [said]
    return [each for each in several if isinstance(each, str)]


def _metas(root: etree._Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = _tidy(meta.get("content"))
        for name in (meta.get("property"), meta.get("name")):
            if name and content:
                metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _article(root: etree._Element) -> etree._Element | None:
    """The one article of the page, the whole page where it marks none, nothing where it has several."""
    outer = [each for each in root.iter("article") if next(each.iterancestors("article"), None) is None]
    if len(outer) > 1:
        return None
    return outer[0] if outer else root


def _marked(scope: etree._Element | None, attribute: str, word: str) -> Iterator[etree._Element]:
    for element in scope.iter(etree.Element) if scope is not None else ():
        if word in (element.get(attribute) or "").split():
            yield element


def _microdata(scope: etree._Element | None, name: str) -> Iterator[str]:
    for element in _marked(scope, "itemprop", name):
        inner = next(_marked(element, "itemprop", "name"), element)
        yield inner.get("content") or inner.get("datetime") or _text(inner)


def _times(scope: etree._Element | None) -> Iterator[etree._Element]:
    """Those that say they are the day of publication, or else all."""
    times = list(scope.iter("time")) if scope is not None else []
    return iter([each for each in times if "pubdate" in each.attrib] or times)


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())


def _said_once(values: Iterable[Any]) -> str:
    said = {_tidy(value) for value in values} - {""}
    return said.pop() if len(said) == 1 else ""


def _joined(values: Iterable[str]) -> str:
    """Names in their order, each once. An address is no name."""
    names = [name for name in dict.fromkeys(map(_tidy, values)) if name and "://" not in name]
    return ", ".join(names[:MOST_AUTHORS])


def _tidy(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
