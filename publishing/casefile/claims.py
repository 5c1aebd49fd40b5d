"""The claims of a case file with their evidence and its chains."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from newsroom.models import Case, User
from publishing.casefile.faults import Path
from publishing.casefile.recording import Recorder
from publishing.casefile.sources import known_sources
from sources.models import Source
from verification.actions import claims
from verification.actions import evidence as accounts
from verification.actions.chain import Step
from verification.domain.workflow import Event
from verification.models import Claim, Credibility, Evidence
from verification.progress import moved

AS_TYPED = ("statement", "language", "translations", "happened", "place", "risk")
JUDGED = ("stance", "basis", "attribution", "credibility")
QUOTED = {"exact": "quotation", "language": "quotation_language", "translation": "quotation_translations"}


class Claims:
    """`missing`: whether the record lacks any of it."""

    def __init__(self, document: dict[str, Any], recorder: Recorder, case: Case | None) -> None:
        self.stated: list[dict[str, Any]] = document.get("claims", [])
        self.language = document["case"].get("language") or (case.language if case else "ar")
        self.recorder = recorder
        self.known = {claim.key or claim.reference: claim for claim in _on_record(case)}
        self.evidence = {key: _evidence(claim) for key, claim in self.known.items()}
        self.sources = {source.pk: key for key, source in known_sources(case).items()} if case else {}
        self.missing = False

    def compare(self) -> None:
        """Whatever is on record must say the same; what nobody says is not asked for."""
        for number, said in enumerate(self.stated):
            claim, path = self.known.get(said["key"]), ("claims", number)
            if claim is None:
                self.missing = True
                continue
            self.recorder.compare(claim, path, {name: said[name] for name in AS_TYPED if name in said})
            if "claimant" in said and said["claimant"] != self.sources.get(claim.claimant_id or 0):
                self.recorder.differs((*path, "claimant"))
            for place, account in enumerate(said.get("evidence", [])):
                if (found := self.evidence[said["key"]].get(account["key"])) is None:
                    self.missing = True
                else:
                    self._compare_account(found, account, (*path, "evidence", place))

    def write(self, actor: User, case: Case, sources: dict[str, Source]) -> None:
        """Inside an act. What is on record already is passed over."""
        for number, said in enumerate(self.stated):
            path: Path = ("claims", number)
            known = self.evidence.get(said["key"], {})
            new = [(place, each) for place, each in enumerate(said.get("evidence", [])) if each["key"] not in known]
            with self.recorder.at(path):
                claim = self.known.get(said["key"]) or self._write_claim(actor, case, sources, said, bool(new))
                if said["key"] in self.known and new:
                    moved(claim, Event.EVIDENCE_ADDED)
                for place, account in new:
                    self._write_account(actor, claim, sources, account, (*path, "evidence", place))
                self._confirm(claim, new, path)
        self.recorder.raise_if_any()

    def _compare_account(self, found: Evidence, said: dict[str, Any], path: Path) -> None:
        self.recorder.compare(found, path, {name: said[name] for name in JUDGED if name in said})
        for name, value in said.get("quote", {}).items():
            kept = found._meta.get_field(QUOTED[name]).clean(value, found)  # type: ignore[union-attr]
            if kept != getattr(found, QUOTED[name]):
                self.recorder.differs((*path, "quote", name))
        if said["source"] != self.sources.get(found.source_id):
            self.recorder.differs((*path, "source"))
        hops = [(self.sources.get(hop.source_id), hop.kind, hop.verified_relay) for hop in found.hops.all()]
        told = [(hop["source"], hop["kind"], hop.get("verified_relay", False)) for hop in said.get("hops", [])]
        if hops != told:
            self.recorder.differs((*path, "hops"))

    def _write_claim(
        self, actor: User, case: Case, sources: dict[str, Source], said: dict[str, Any], has_evidence: bool
    ) -> Claim:
        claimant = said.get("claimant")
        facts = {"language": self.language, **{name: said[name] for name in AS_TYPED if name in said}}
        return claims.write(
            Claim(case=case, created_by=actor, key=said["key"]),
            actor=actor,
            event=Event.EVIDENCE_ADDED if has_evidence else None,
            claimant_id=sources[claimant].pk if claimant else None,
            **facts,
        )

    def _write_account(
        self, actor: User, claim: Claim, sources: dict[str, Source], said: dict[str, Any], path: Path
    ) -> None:
        quote = {QUOTED[name]: value for name, value in said.get("quote", {}).items()}
        judged = {name: said[name] for name in JUDGED if name in said}
        if judged.get("credibility") == Credibility.CONFIRMED:
            judged["credibility"] = Credibility.UNJUDGED
        hops = [
            Step(sources[hop["source"]].pk, hop["kind"], hop.get("verified_relay", False))
            for hop in said.get("hops", [])
        ]
        with self.recorder.at(path, _place):
            accounts.write(
                Evidence(claim=claim, added_by=actor, key=said["key"]),
                actor=actor,
                source=sources[said["source"]].pk,
                hops=hops,
                **{"quotation_language": self.language, **quote, **judged},
            )

    def _confirm(self, claim: Claim, new: list[tuple[int, dict[str, Any]]], path: Path) -> None:
        """“Confirmed by other sources” can be judged only when the others are there too."""
        confirmed = {each["key"]: place for place, each in new if each.get("credibility") == Credibility.CONFIRMED}
        if not confirmed or self.recorder.faults:
            return
        for evidence in claim.evidence.filter(key__in=confirmed):
            place = (*path, "evidence", confirmed[evidence.key], "credibility")
            with self.recorder.at(place):
                if not accounts.may_be_confirmed(claim, evidence.stance):
                    raise ValidationError(
                        _("“Confirmed by other sources” takes two chains that end with two who know first-hand.")
                    )
                evidence.credibility = Credibility.CONFIRMED
                evidence.save()


def _on_record(case: Case | None) -> list[Claim]:
    if case is None:
        return []
    return list(case.claims.select_for_update(of=("self",)).prefetch_related("evidence__hops").order_by("pk"))


def _evidence(claim: Claim) -> dict[str, Evidence]:
    """Withdrawn ones too: what the desk took back no file brings again."""
    return {each.key or each.reference: each for each in claim.evidence.all()}


def _place(field: str) -> Path:
    """Where the format has what the evidence calls `field`: `hops.2.source` counts from 1 there."""
    quoted = {kept: name for name, kept in QUOTED.items()}
    if field in quoted:
        return ("quote", quoted[field])
    first, *rest = field.split(".")
    return (first, int(rest[0]) - 1, *rest[1:]) if first == "hops" and rest else (first, *rest)
