"""The desk's own article, served as a page and found again whole, paragraph by paragraph, in Arabic."""

import html
import unicodedata
from pathlib import Path

import pytest

from sources.archiving.http_engine import capture
from sources.domain.captures import CaptureState
from tests.sources.archiving.hostile import ANSWERS, HostileServer, page

ARTICLE = Path(__file__).resolve().parents[4] / "shared" / "seed" / "article.ar.txt"


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not part of the repository")
def test_its_text_is_found_again(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = [" ".join(line.split()) for line in ARTICLE.read_text().splitlines() if line.strip()]
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    document = f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>مقال</title></head>
        <body><nav><a href="/">الرئيسية</a></nav><article>{body}</article><footer>حقوق</footer></body></html>"""
    monkeypatch.setitem(ANSWERS, "/article", page(document.encode()))

    result = capture(server.url("/article"), allow=frozenset({("127.0.0.1", server.port)}))

    assert (result.state, result.title, result.language) == (CaptureState.SUCCEEDED, "مقال", "ar")
    lines = result.text.split("\n")
    start = lines.index(paragraphs[0])
    assert lines[start : start + len(paragraphs)] == paragraphs
    letters = [char for char in result.text if char.isalpha()]
    arabic = sum(unicodedata.name(char).startswith("ARABIC") for char in letters)
    assert arabic > 0.95 * len(letters)
