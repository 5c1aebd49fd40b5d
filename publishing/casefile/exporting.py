"""Let a whole case out as one document, the reverse of an import.

What leaves is decided before anything is written. Withdrawn evidence stays. Off-the-record evidence stays, and so does
every source that stands in nothing but such accounts. A deep-background account leaves, but without its chain, its
words, and how anybody knows: all such accounts come from one source that says of itself only that it is withheld.
"""

from collections.abc import Callable, Iterable
from itertools import chain, count
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.acts import act
from newsroom import permits
from newsroom.models import Case, Preset, User
from publishing.casefile.checking import FORMAT
from publishing.casefile.importing import PRESETS, digest_of
from publishing.casefile.relations import Standing
from publishing.casefile.sources import known_sources
from publishing.casefile.told import act_of, capture_of, excerpt_of, review_of, verdict_of
from sources.models import Capture, Source
from verification.models import Attribution, Basis, Claim, Credibility, Evidence

WITHHELD = "withheld"
TOLD_WITH_ITS_SOURCE = {Attribution.ON_THE_RECORD, Attribution.BACKGROUND}


def export_case(
    *, actor: User | str, case_id: int, write: Callable[[dict[str, Any]], None] | None = None
) -> dict[str, Any]:
    """The document, once that it left is on record. Raises Denied for who may not.

    What `write` raises stops it before: what could not be written did not leave.
    """
    case = Case.objects.select_related("policy").get(pk=case_id)
    permits.require(actor, "case.export", case)
    document = _Export(case).document()
    if write:
        write(document)
    with act("case.export", actor=actor, case=case, reason=digest_of(document)):
        pass
    return document


class _Export:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.claims = list(
            case.claims.order_by("pk").prefetch_related(
                "verdicts__ruled_by", "reviews__reviewer", "evidence__hops", "evidence__excerpt", "evidence__source"
            )
        )
        self.known = known_sources(case)
        self.standing = Standing(source.pk for source in self.known.values())
        self.key = {source.pk: key for key, source in self.known.items()}
        self.leaving = self._leaving()
        self.withholds = any(_is(each, Attribution.DEEP_BACKGROUND) for each in self._accounts())

    def document(self) -> dict[str, Any]:
        leaving = [source for source in self.known.values() if source.pk in self.leaving]
        captures = self._captures(leaving)
        sources = [self._source(source, captures.get(source.pk, [])) for source in leaving]
        return {
            "format": FORMAT,
            "case": self._case(),
            "sources": [*sources, *([_withheld_source(self._withheld_key())] if self.withholds else [])],
            "derivations": [
                _without_blanks(
                    {
                        "downstream": self.key[each.downstream_id],
                        "upstream": self.key[each.upstream_id],
                        "kind": each.kind,
                        "verified_relay": each.verified_relay,
                        "basis": each.basis,
                    }
                )
                for each in self.standing.derivations
                if {each.downstream_id, each.upstream_id} <= self.leaving
            ],
            "claims": [self._claim(claim) for claim in self.claims],
        }

    def _accounts(self) -> Iterable[Evidence]:
        return (each for claim in self.claims for each in claim.evidence.all() if each.withdrawn_at is None)

    def _leaving(self) -> set[int]:
        """Sources that stand in an account told with its source, are a claimant, or stand in no account at all."""
        told = {claim.claimant_id for claim in self.claims if claim.claimant_id}
        kept_back: set[int] = set()
        for claim in self.claims:
            for each in claim.evidence.all():
                passed = {each.source_id, *(hop.source_id for hop in each.hops.all())}
                if each.attribution not in TOLD_WITH_ITS_SOURCE:
                    kept_back |= passed
                elif each.withdrawn_at is None:
                    told |= passed
        return {source.pk for source in self.known.values()} - (kept_back - told)

    def _withheld_key(self) -> str:
        taken = {self.key[source] for source in self.leaving}
        return next(key for key in chain([WITHHELD], (f"{WITHHELD}-{n}" for n in count(2))) if key not in taken)

    def _case(self) -> dict[str, Any]:
        policy = {preset: name for name, preset in PRESETS.items()}[Preset(self.case.policy.preset)]
        return {
            "slug": self.case.slug,
            "title": self.case.title,
            "language": self.case.language,
            "policy": policy,
            "restricted": self.case.restricted,
            "history": [act_of(row) for row in self.case.history.select_related("act").order_by("history_id")],
        }

    def _source(self, source: Source, captures: list[Capture]) -> dict[str, Any]:
        """The note stays: it is the desk's. A protected source has no address that could lead to it."""
        return _without_blanks(
            {
                "key": self.key[source.pk],
                "kind": source.kind,
                "name": source.name,
                "language": source.language,
                "translations": source.translations,
                "protected": source.protected,
                "publisher": self._told(source.publisher_id),
                "url": "" if source.protected else source.url,
                "published_at": source.published_at,
                "controllers": [key for each in self.standing.controllers(source.pk) if (key := self._told(each))],
                "captures": [] if source.protected else [capture_of(each) for each in captures],
            }
        )

    def _told(self, source_id: int | None) -> str:
        return self.key[source_id] if source_id in self.leaving and source_id else ""

    def _captures(self, sources: list[Source]) -> dict[int, list[Capture]]:
        """Those of this case: another case may hold captures of a source of the newsroom's too."""
        found: dict[int, list[Capture]] = {}
        for capture in Capture.objects.kept().filter(case=self.case, source__in=sources).order_by("captured_at", "pk"):
            found.setdefault(capture.source_id or 0, []).append(capture)
        return found

    def _claim(self, claim: Claim) -> dict[str, Any]:
        standing = [each for each in claim.evidence.all() if each.withdrawn_at is None]
        accounts = [each for each in standing if not _is(each, Attribution.OFF_THE_RECORD)]
        confirmed = _sides_others_confirm(accounts)
        return _without_blanks(
            {
                "key": claim.key or claim.reference,
                "ref": claim.reference,
                "statement": claim.statement,
                "language": claim.language,
                "translations": claim.translations,
                "claimant": self._told(claim.claimant_id),
                "happened": claim.happened,
                "place": claim.place,
                "risk": claim.risk,
                "evidence": [self._account(each, each.stance in confirmed) for each in accounts],
                "verdicts": [verdict_of(each) for each in sorted(claim.verdicts.all(), key=lambda each: each.pk)],
                "reviews": [review_of(each) for each in claim.reviews.all()],
                "history": [act_of(row) for row in claim.history.select_related("act").order_by("history_id")],
            }
        )

    def _account(self, evidence: Evidence, is_confirmed: bool) -> dict[str, Any]:
        """“Confirmed by other sources” leaves only with the other sources."""
        told: dict[str, Any] = {
            "key": evidence.key or evidence.reference,
            "ref": evidence.reference,
            "stance": evidence.stance,
            "attribution": evidence.attribution,
            "credibility": evidence.credibility if is_confirmed else max(evidence.credibility, Credibility.PROBABLE),
        }
        if _is(evidence, Attribution.DEEP_BACKGROUND):
            return told | {"source": self._withheld_key()}
        quote = {
            "exact": evidence.quotation,
            "language": evidence.quotation_language,
            "translation": evidence.quotation_translations,
        }
        hops = [
            {"source": self.key[hop.source_id], "kind": hop.kind, "verified_relay": hop.verified_relay}
            for hop in evidence.hops.all()
        ]
        reached = {"source": self.key[evidence.source_id], "basis": evidence.basis, "hops": hops}
        words = {"quote": _without_blanks(quote) if evidence.quotation else {}, "excerpt": _excerpt(evidence)}
        return _without_blanks(told | reached | words)


def _excerpt(evidence: Evidence) -> dict[str, Any]:
    """What stands around the words of a protected source could lead to its page."""
    if evidence.excerpt is None or evidence.source.protected:
        return {}
    return excerpt_of(evidence.excerpt)


def _is(evidence: Evidence, attribution: Attribution) -> bool:
    return evidence.attribution == attribution


def _sides_others_confirm(accounts: Iterable[Evidence]) -> set[str]:
    """The stances on which at least two who know first-hand are told of."""
    ends: dict[str, set[int]] = {}
    for each in accounts:
        if Basis(each.basis).is_first_hand and not _is(each, Attribution.DEEP_BACKGROUND):
            hops = each.hops.all()
            ends.setdefault(each.stance, set()).add(
                max(hops, key=lambda hop: hop.position).source_id if hops else each.source_id
            )
    return {stance for stance, known in ends.items() if len(known) > 1}


def _withheld_source(key: str) -> dict[str, Any]:
    with override("ar"):
        arabic = _("A source that is not named (deep background)")
    with override("en"):
        english = _("A source that is not named (deep background)")
    return {
        "key": key,
        "kind": "PERSON",
        "name": english,
        "language": "en",
        "translations": {"ar": arabic},
        "protected": True,
    }


def _without_blanks(told: dict[str, Any]) -> dict[str, Any]:
    """What is empty is left out, as an import takes it to be."""
    return {name: value for name, value in told.items() if value not in ("", [], {})}
