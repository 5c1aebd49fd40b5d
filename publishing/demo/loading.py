"""Load the demo once: its people, its case, and what they did with it. All of it, or nothing."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from newsroom.models import Case
from publishing.demo.people import assemble
from publishing.demo.story import Story, tell_the_restricted_one

FILE = Path(__file__).with_name("aleppo-homs-2024.json")
PAGES = "127.0.0.1:8123"
"""Where the case file says the demo's pages are; the installation may serve them elsewhere."""

_LOCK = 20241128  # any number that nothing else locks


def load() -> bool:
    """Whether there was anything to do."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Whoever starts the product twice at once loads it once.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        document = case_file()
        if Case.objects.filter(slug=document["case"]["slug"]).exists():
            return False
        cast = assemble()
        Story(cast, document).tell()
        tell_the_restricted_one(cast)
    return True


def case_file() -> dict[str, Any]:
    text = FILE.read_text("utf-8").replace(f"http://{PAGES}/", f"http://{settings.ISNAD_DEMO_PAGES}/")
    document: dict[str, Any] = json.loads(text)
    return document
