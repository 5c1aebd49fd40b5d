"""What verification adds to a source's page: the claims that rest on it, and how those it supported ended."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from newsroom.models import User
from newsroom.panels import Panel
from sources.models import Source
from sources.panels import on_sources
from verification.models import Claim, Evidence, Hop, Stance, Verdict, VerdictValue
from verification.queries.chains import chain_of
from verification.wording.chains import Sentence, chain_sentence

SHOWN = 50


@dataclass(frozen=True)
class Bearing:
    """One piece of standing evidence that passes the source, and the verdict on its claim ("" while there is none)."""

    evidence: Evidence
    chain: Sentence
    verdict: str
    verdict_word: Any

    @property
    def claim(self) -> Claim:
        return self.evidence.claim


@dataclass(frozen=True)
class Ended:
    """How many claims ended so; `verdict` is "" for those that are unverified."""

    verdict: str
    word: Any
    claims: int


@dataclass(frozen=True)
class Record:
    """`supported`: how the claims it supports ended. `bearings`: the latest `SHOWN` of all `count`."""

    supported: list[Ended]
    bearings: list[Bearing]
    count: int


@on_sources.register
def claims_it_bears_on(user: User, source: Source) -> Panel | None:
    passing = _passing(user, source)
    count = passing.count()
    if not count:
        return None
    hops = Prefetch("hops", Hop.objects.select_related("source"))
    latest = passing.select_related("claim__case", "source").prefetch_related(hops).order_by("-pk")
    bearings = [_bearing(each) for each in latest.annotate(verdict=_verdict("claim"))[:SHOWN]]
    record = Record(_ended(passing), bearings, count)
    return Panel(_("Its record"), "verification/_source_record.html", record)


def _bearing(evidence: Any) -> Bearing:
    sentence = chain_sentence(chain_of(evidence))
    return Bearing(evidence, sentence, evidence.verdict or "", _word(evidence.verdict))


def _passing(user: User, source: Source) -> QuerySet[Evidence]:
    """Standing evidence that `user` may know of, in which the source is the carrier or stands in the chain."""
    in_chain = Hop.objects.filter(evidence=OuterRef("pk"), source=source)
    return Evidence.objects.visible_to(user).standing().filter(Q(source=source) | Exists(in_chain))


def _ended(passing: QuerySet[Evidence]) -> list[Ended]:
    supported = Claim.objects.filter(pk__in=passing.filter(stance=Stance.SUPPORTS).values("claim"))
    verdicts = Counter(verdict or "" for verdict in supported.annotate(v=_verdict("pk")).values_list("v", flat=True))
    return [Ended(value, _word(value), verdicts[value]) for value in (*VerdictValue.values, "") if verdicts[value]]


def _verdict(claim: str) -> Subquery:
    return Subquery(Verdict.objects.current().filter(claim=OuterRef(claim)).values("value")[:1])


def _word(verdict: str | None) -> Any:
    return VerdictValue(verdict).label if verdict else _("Unverified")
