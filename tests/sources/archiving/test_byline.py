"""Author and date as the page says them, and neither where it does not say it, or says it of something else."""

import json
from typing import Any

import pytest
from lxml import html

from sources.archiving.byline import LONGEST_AUTHOR, LONGEST_DATE, byline
from sources.archiving.extract import extract
from sources.archiving.limits import Limits

AMAL, BASIM, DAY = "أمل الخطيب", "باسم ناصر", "2026-12-03T10:00:00+03:00"


def read(head: str = "", body: str = "<p>نص</p>") -> tuple[str, str]:
    return byline(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def linked(*nodes: Any) -> str:
    said = nodes[0] if len(nodes) == 1 else list(nodes)
    return f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'


def article(**facts: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **facts}


@pytest.mark.parametrize(
    ("head", "body", "author", "published"),
    [
        (linked(article(author={"name": AMAL}, datePublished=DAY)), "", AMAL, DAY),
        (linked(article(author=[AMAL, {"@type": "Person", "name": BASIM}])), "", f"{AMAL}, {BASIM}", ""),
        # Only referred to, as the plug-ins of many sites do
        (
            linked({"@graph": [article(author={"@id": "#a"}), {"@type": "Person", "@id": "#a", "name": AMAL}]}),
            "",
            AMAL,
            "",
        ),
        (linked({"@type": "WebPage", "mainEntity": article(datePublished=DAY)}), "", "", DAY),
        (linked({"@type": "WebPage", "datePublished": DAY}), "", "", DAY),
        (f"<meta property='article:published_time' content='{DAY}'><meta name=Author content='{AMAL}'>", "", AMAL, DAY),
        ("<meta name=DC.creator content=A><meta name=DC.date.issued content=2026-12-03>", "", "A", "2026-12-03"),
        (
            "<meta name=citation_author content=A><meta name=citation_author content=B>"
            "<meta name=citation_publication_date content=2026/12/03>",
            "",
            "A, B",
            "2026/12/03",
        ),
        # In words that no program reads, it is kept as well
        ("<meta name=date content='3 ديسمبر 2026'>", "", "", "3 ديسمبر 2026"),
        (
            "",
            f"<article><p itemprop=author><b itemprop=name>{AMAL}</b><i itemprop=datePublished content=x></article>",
            AMAL,
            "x",
        ),
        ("", f"<article><a rel='author nofollow'>{AMAL}</a><time datetime={DAY}>أمس</time></article>", AMAL, DAY),
        ("", f"<time datetime=1999-01-01></time><time pubdate datetime={DAY}></time>", "", DAY),
        # What it says of itself in its head comes before what stands in it
        (linked(article(author=AMAL)), f"<a rel=author>{BASIM}</a>", AMAL, ""),
    ],
)
def test_it_works(head: str, body: str, author: str, published: str) -> None:
    assert read(head, body) == (author, published)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "كتبته أمل في 3 ديسمبر 2026"),  # no program's guess
        ("<meta name=author content=''><meta name=date content=' '>", ""),
        ("<meta property=article:author content='https://social.example/amal'>", ""),  # an address is no name
        # Of other pages
        (linked(article(mentions=article(author=AMAL, datePublished=DAY))), ""),
        (linked({"@type": "ItemList", "itemListElement": [article(author=AMAL, datePublished=DAY)]}), ""),
        ("", f"<article><a rel=author>{AMAL}</a></article><article><a rel=author>{AMAL}</a></article>"),
        # Said twice, and not the same
        (linked(article(author=AMAL, datePublished="2026"), article(author=BASIM, datePublished="2025")), ""),
        ("", f"<time datetime=1999-01-01></time><time datetime={DAY}></time>"),
        # Nonsense
        ("<script type='application/ld+json'>{</script>", ""),
        (linked(article(author=7, datePublished={"a": 1})), ""),
        (linked(article(author={"name": {"name": AMAL}})), ""),
        ("<script type='application/ld+json'>" + "[" * 100_000 + "</script>", ""),
        (linked(article(author=AMAL, a="b" * 1_100_000)), ""),
    ],
)
def test_nothing_is_made_up(head: str, body: str) -> None:
    assert read(head, body) == ("", "")


def test_both_are_bounded() -> None:
    author, published = read(linked(article(author="أ" * 9999, datePublished="1" * 9999)))
    assert (len(author), len(published)) == (LONGEST_AUTHOR, LONGEST_DATE)


def test_they_come_out_of_the_child_in_one_line_and_without_control_characters() -> None:
    markup = f"<meta name=author content='A\n\x01\x9bB\u202e'><meta name=date content='\t{DAY}'><p>نص</p>"
    result = extract(markup.encode(), "text/html; charset=utf-8", Limits())
    assert (result.author, result.published) == ("A B\u202e", DAY)  # shown with marks, as titles are
