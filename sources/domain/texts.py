"""What a captured text holds of its page, by the version of the engine that took it.

Since version 3 it is all that the page shows: first the article, then the rest under a mark. Before, it was the article
alone, as far as a program could tell, and that a passage is not in it does not say that it was not on the page.
"""

import re
from typing import Final

BESIDES: Final = "* * *"
"""The line between the article and what else the page shows."""
MARKUP: Final = ("text/html", "application/xhtml+xml")
OF_THE_ARTICLE: Final = r"^[12]( |$)"
"""What the name of such a version matches."""


def is_of_the_article(engine_version: str, media_type: str) -> bool:
    return media_type in MARKUP and re.match(OF_THE_ARTICLE, engine_version) is not None


def has_besides(text: str) -> bool:
    return f"\n{BESIDES}\n" in text
