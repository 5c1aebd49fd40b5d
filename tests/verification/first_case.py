"""Claim 2 of the first real case, written by acts: three people and a denial, all through one article."""

from newsroom.models import Case
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from verification.actions.chain import Step
from verification.models import Claim


def claim_2(cast: Cast, case: Case) -> Claim:
    """Its sources go by S1 … S12, its evidence by 2a … 2d, as in the case file."""

    def source(key: str, kind: str, name: str, **facts: object) -> int:
        made = sources.source(cast, case, name, kind=kind, language="en", key=key, **facts)
        return made.pk

    outlet = source("S10", "OUTLET", "Middle East Eye")
    syrian = source("S1", "PERSON", "Syrian commander", protected=True)
    first = source("S2", "PERSON", "Iraqi commander 1", protected=True)
    second = source("S3", "PERSON", "Iraqi commander 2", protected=True)
    statement = source("S4", "STATEMENT", "IRGC statement")
    tasnim = source("S5", "OUTLET", "Tasnim")
    article = source("S11", "ARTICLE", "How the cities fell", publisher_id=outlet, url="https://example.org/mee")
    rendering = source("S12", "ARTICLE", "Arabic rendering", url="https://example.org/ar")
    claim = make.claim(cast, case, key="2")
    below = Step(article, "TRANSLATES")
    terms = {"source": rendering, "attribution": "BACKGROUND"}
    make.account(cast, claim, below, Step(syrian, "QUOTES"), key="2a", basis="WITNESSED", **terms)
    make.account(cast, claim, below, Step(first, "QUOTES"), key="2b", **terms)
    make.account(cast, claim, below, Step(second, "QUOTES"), key="2c", **terms)
    denial = {"key": "2d", "stance": "CONTRADICTS", "basis": "AUTHORED", "source": rendering}
    make.account(cast, claim, below, Step(tasnim, "CITES"), Step(statement, "QUOTES"), **denial)
    return claim
