"""How much of a claim's evidence leans on copies made elsewhere.

An account does whose place is in such a copy, and one without a place where nothing of its carrier was captured here.
"""

from collections import Counter
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from sources.models import Capture, CaptureEngine
from verification.models import Claim, Evidence


def on_copies_made_elsewhere(claims: Collection[Claim]) -> Counter[int]:
    """The number of standing accounts, by the claims' numbers. One query."""
    known = Q(case=None) | Q(case__restricted=False) | Q(case=OuterRef("claim__case"))
    theirs = Capture.objects.kept().filter(known, source=OuterRef("source"))
    elsewhere = Q(engine=CaptureEngine.UPLOAD)
    nothing_else = Q(Exists(theirs.filter(elsewhere)), ~Exists(theirs.exclude(elsewhere)), excerpt=None)
    leaning = Evidence.objects.standing().filter(
        Q(excerpt__capture__engine=CaptureEngine.UPLOAD) | nothing_else, claim__in=[claim.pk for claim in claims]
    )
    return Counter(leaning.values_list("claim", flat=True))
