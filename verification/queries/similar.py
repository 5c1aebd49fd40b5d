"""Claims of a case that say much the same, to look at before another one is written."""

from django.contrib.postgres.search import TrigramWordSimilarity

from newsroom.domain.text import search_key
from newsroom.models import Case
from verification.models import Claim

# Retellings of one event measured 0.85 and more, other events of the same army in the same town under 0.3.
ALIKE = 0.55
SHORTEST = 12
SHOWN = 5


def similar(case: Case, statement: str) -> list[Claim]:
    """The likest first. Wording is compared by trigrams of the folded text, in whichever language it was written."""
    key = search_key(statement)
    if len(key) < SHORTEST:
        return []
    alike = Claim.objects.filter(case=case).annotate(likeness=TrigramWordSimilarity(key, "search_key"))
    return list(alike.filter(likeness__gte=ALIKE).order_by("-likeness", "pk")[:SHOWN])
