"""Every sentence of the interface is there in Arabic, finished.

Sentences are gathered as `makemessages` would, but without GNU gettext: Django turns a template into calls, Babel
reads the calls.
"""

import io
import re
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.source import committed, modules, read
from tests.settings import ROOT

INDENT = re.compile(r"^[ \t]+", re.M)
ARABIC = ROOT / "locale" / "ar" / "LC_MESSAGES" / "django.po"
CALLS: dict[str, Any] = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}


def sentences() -> set[tuple[str, str | None]]:
    """(msgid, context) of everything that is translated."""
    code = {path: read(path) for path in modules()}
    # A page's indentation is none that Python's tokenizer, which Babel reads with, would accept.
    pages = {path: INDENT.sub("", templatize(read(path), origin=str(path))) for path in committed("*.html")}
    found = set()
    for text in (*code.values(), *pages.values()):
        for _line, said, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=CALLS):
            singular = said[0] if isinstance(said, tuple) else said
            if singular:
                found.add((str(singular), context))
    return found


def is_translated(said: Any) -> bool:
    """Arabic has six plural forms, and each of them is needed."""
    return bool(said) if isinstance(said, str) else bool(said) and all(said)


def test_every_sentence_is_there_in_arabic() -> None:
    if not ARABIC.exists():
        return  # the first translation is still to come
    with ARABIC.open("rb") as lines:
        catalogue = read_po(lines, locale="ar")
    finished = {
        (str(entry.id[0] if isinstance(entry.id, (tuple, list)) else entry.id), entry.context)
        for entry in catalogue
        if entry.id and not entry.fuzzy and is_translated(entry.string)
    }
    assert not sentences() - finished


def test_the_gathering_finds_sentences_of_code_and_pages() -> None:
    gathered = {sentence for sentence, _context in sentences()}
    assert "Arabic" in gathered
    assert any(f'translate "{sentence}"' in read(path) for path in committed("*.html") for sentence in gathered)
    assert Path("config/settings.py") in modules()
