"""A small case file, and changed ones of it."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Document = dict[str, Any]


def small() -> Document:
    """A commander told an outlet, a site translated it, and an agency's statement says otherwise."""
    return copy.deepcopy(_SMALL)


def changed(change: Callable[[Document], object]) -> Document:
    document = small()
    change(document)
    return document


def write(folder: Path, document: Document | str | bytes) -> str:
    raw = document if isinstance(document, bytes) else None
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    file = folder / "case.json"
    file.write_bytes(text.encode() if raw is None else raw)
    return str(file)


_SMALL: Document = {
    "format": "isnad-case/1",
    "case": {"slug": "officers-club", "title": "نادي الضباط", "language": "ar", "policy": "high-risk"},
    "sources": [
        {"key": "S11", "kind": "ARTICLE", "name": "The investigation", "language": "en", "publisher": "MEE"},
        {"key": "MEE", "kind": "OUTLET", "name": "Middle East Eye", "language": "en"},
        {"key": "S12", "kind": "ARTICLE", "name": "النقل إلى العربية", "url": "https://example.org/page?a=1"},
        {
            "key": "S1",
            "kind": "PERSON",
            "name": "قائد سوري",
            "translations": {"en": "A Syrian commander"},
            "protected": True,
        },
        {
            "key": "S5",
            "kind": "OUTLET",
            "name": "Tasnim",
            "language": "en",
            "published_at": "2024-11-28",
            "controllers": ["IRGC"],
        },
    ],
    "derivations": [
        {"downstream": "S12", "upstream": "S11", "kind": "TRANSLATES", "basis": "its last line names the original"}
    ],
    "claims": [
        {
            "key": "2",
            "statement": "قتل ضابط سوري المستشار في الاجتماع.",
            "translations": {"en": "A Syrian officer killed the adviser at the meeting."},
            "claimant": "S11",
            "happened": "2024-11-28",
            "place": "حلب",
            "risk": "HIGH",
            "evidence": [
                {
                    "key": "2a",
                    "stance": "SUPPORTS",
                    "source": "S12",
                    "basis": "WITNESSED",
                    "attribution": "BACKGROUND",
                    "credibility": 3,
                    "quote": {"exact": "أخذ بندقية الحارس.", "translation": {"en": "He took the guard's rifle."}},
                    "hops": [{"source": "S11", "kind": "TRANSLATES"}, {"source": "S1", "kind": "QUOTES"}],
                },
                {
                    "key": "2b",
                    "stance": "CONTRADICTS",
                    "source": "S11",
                    "basis": "AUTHORED",
                    "hops": [{"source": "S5", "kind": "CITES", "verified_relay": True}],
                },
            ],
        },
        {"key": "3", "statement": "جُرح في إطلاق النار قائد آخر."},
    ],
}
