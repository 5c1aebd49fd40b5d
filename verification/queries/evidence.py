"""The evidence of a claim as a page shows it: each account with its chain, its sources, their grades and captures.

    for account in accounts(claim):
        account.evidence, account.sentence.html, account.grade, account.capture

Six queries, whatever the amount of evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sources.models import Capture, Reliability, Sighting, Source, SourceAssessment
from verification.domain.chains import Chain
from verification.models import Claim, Evidence, Lookup
from verification.models.evidence import EvidenceQuerySet
from verification.queries.chains import chain_of
from verification.wording.chains import Sentence, chain_sentence

_COPIES = ("excerpt__capture", "lookup__capture")
_HEAVY = [f"{copy}__{field}" for copy in _COPIES for field in ("redirects", "exchanges")]
_BROUGHT = [f"{copy}__{field}" for copy in _COPIES for field in ("upload", "requested_by")]


@dataclass(frozen=True)
class Account:
    """One piece of evidence. `sources` run from the carrier upwards; the mappings go by the source's number.

    `assessments` holds the standing grade per topic, the general one (topic "") first; `captures` the latest capture.
    `sightings` go by the excerpt's number: what the latest look at its page saw of it. `lookups` go by the evidence's.
    """

    evidence: Evidence
    sources: tuple[Source, ...]
    assessments: dict[int, tuple[SourceAssessment, ...]]
    captures: dict[int, Capture]
    sightings: dict[int, Sighting] = field(default_factory=dict)
    lookups: dict[int, Lookup] = field(default_factory=dict)

    @property
    def chain(self) -> Chain:
        return chain_of(self.evidence)

    @property
    def sentence(self) -> Sentence:
        return chain_sentence(self.chain)

    @property
    def end(self) -> Source:
        """Who stands at the end of the chain, as far as it is known."""
        return self.sources[-1]

    @property
    def grade(self) -> str:
        """The Admiralty grade: reliability of who stands at the end, credibility of what is said: "B2"."""
        of_the_end = self.assessments.get(self.end.pk)
        reliability = of_the_end[0].reliability if of_the_end else Reliability.F.value
        return f"{reliability}{self.evidence.credibility}"

    @property
    def lookup(self) -> Lookup | None:
        """What became of looking its quotation up, if that was the one that stands now."""
        found = self.lookups.get(self.evidence.pk)
        return found if found and found.version == self.evidence.version else None

    @property
    def capture(self) -> Capture | None:
        """The latest capture of the carrier."""
        return self.captures.get(self.evidence.source_id)

    @property
    def sighting(self) -> Sighting | None:
        """What was seen of its passage when the page was last looked at."""
        return self.sightings.get(self.evidence.excerpt_id or 0)


def accounts(claim: Claim, *, withdrawn: bool = False) -> list[Account]:
    """The standing evidence of `claim` in order of entry, or what was withdrawn from it."""
    of_claim = claim.evidence.all()
    return read(of_claim.withdrawn() if withdrawn else of_claim.standing())


def read(evidence: EvidenceQuerySet) -> list[Account]:
    """The same for any evidence."""
    related = ("claim__case", "source", "added_by", *_COPIES, *_BROUGHT)
    rows = list(evidence.select_related(*related).defer(*_HEAVY).prefetch_related("hops__source"))
    chains_of = {row.pk: (row.source, *(hop.source for hop in row.hops.all())) for row in rows}
    ids = {source.pk for stated in chains_of.values() for source in stated}
    assessments, captures = _assessments(ids), _captures(ids, {row.claim.case_id for row in rows})
    sightings = _sightings({row.excerpt_id for row in rows} - {None})
    lookups = {row.pk: row.lookup for row in rows if hasattr(row, "lookup")}
    return [Account(row, chains_of[row.pk], assessments, captures, sightings, lookups) for row in rows]


def _assessments(ids: Iterable[int]) -> dict[int, tuple[SourceAssessment, ...]]:
    latest = SourceAssessment.objects.filter(source__in=ids).order_by("source_id", "topic", "-id")
    found: dict[int, tuple[SourceAssessment, ...]] = {}
    for assessment in latest.distinct("source_id", "topic"):
        found[assessment.source_id] = (*found.get(assessment.source_id, ()), assessment)
    return found


def _captures(ids: Iterable[int], cases: Iterable[int]) -> dict[int, Capture]:
    latest = Capture.objects.known_in(*cases).filter(source__in=ids)
    latest = latest.order_by("source_id", "-requested_at", "-id").distinct("source_id")
    latest = latest.select_related("upload", "requested_by").defer("redirects", "exchanges")
    return {capture.source_id: capture for capture in latest if capture.source_id}


def _sightings(excerpts: Iterable[int | None]) -> dict[int, Sighting]:
    latest = Sighting.objects.filter(excerpt__in=excerpts).in_full().marked().latest_of_each()
    return {sighting.excerpt_id: sighting for sighting in latest}
