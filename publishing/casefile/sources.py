"""The sources of a case file, who stands behind them, and which works rely on which."""

from typing import Any

from django.db.models import Q

from newsroom.models import Case, User
from publishing.casefile.faults import Path
from publishing.casefile.recording import Recorder
from sources.actions import relations
from sources.actions.sources import write
from sources.models import Affiliation, Derivation, Source, SourceKind
from verification.models import Claim, Evidence, Hop

AS_TYPED = ("kind", "name", "language", "translations", "protected", "url", "published_at")
ASSERTED: tuple[str, ...] = ("verified_relay", "basis")


class Sources:
    """`missing`: whether the record lacks any of it."""

    def __init__(self, document: dict[str, Any], recorder: Recorder, case: Case | None) -> None:
        self.stated: list[dict[str, Any]] = document.get("sources", [])
        self.derivations: list[dict[str, Any]] = document.get("derivations", [])
        self.language = document["case"].get("language") or (case.language if case else "ar")
        self.recorder = recorder
        self.at = {source["key"]: number for number, source in enumerate(self.stated)}
        self.known = known_sources(case) if case else {}
        self.affiliated = _affiliated(self.known)
        self.derived = _derived(self.known)
        self.missing = False

    def compare(self) -> None:
        """Whatever is on record must say the same; what nobody says is not asked for."""
        for number, said in enumerate(self.stated):
            source = self.known.get(said["key"])
            if source is None:
                self.missing = True
                continue
            path: Path = ("sources", number)
            self.recorder.compare(source, path, {name: said[name] for name in AS_TYPED if name in said})
            if "publisher" in said and self._number(said["publisher"]) != source.publisher_id:
                self.recorder.differs((*path, "publisher"))
            for name in said.get("controllers", []):
                self.missing |= (source.pk, self._number(name)) not in self.affiliated
        for number, said in enumerate(self.derivations):
            found = self.derived.get((self._number(said["downstream"]), self._number(said["upstream"]), said["kind"]))
            if found is None:
                self.missing = True
            else:
                told = {name: said[name] for name in ASSERTED if name in said}
                self.recorder.compare(found, ("derivations", number), told)

    def write(self, actor: User, case: Case) -> dict[str, Source]:
        """Inside an act. All sources of the document by their keys."""
        for said in self.stated:
            self._with_publishers(actor, case, said)
        self.recorder.raise_if_any()
        for number, said in enumerate(self.stated):
            for place, name in enumerate(said.get("controllers", [])):
                self._affiliate(actor, case, said, name, ("sources", number, "controllers", place))
        for number, said in enumerate(self.derivations):
            self._derive(actor, said, ("derivations", number))
        self.recorder.raise_if_any()
        return self.known

    def _number(self, key: str) -> int | None:
        return self.known[key].pk if key in self.known else None

    def _with_publishers(self, actor: User, case: Case, said: dict[str, Any]) -> None:
        """A publisher is registered before what it publishes; `check` has seen that this ends."""
        waiting = [said]
        while (publisher := waiting[-1].get("publisher")) and publisher not in self.known:
            waiting.append(self.stated[self.at[publisher]])
        for each in reversed(waiting):
            if each["key"] not in self.known:
                self._register(actor, case, each)

    def _register(self, actor: User, case: Case, said: dict[str, Any]) -> None:
        facts = {name: said[name] for name in AS_TYPED if name in said}
        publisher = said.get("publisher")
        with self.recorder.at(("sources", self.at[said["key"]])):
            self.known[said["key"]] = write(
                actor=actor,
                case=case,
                key=said["key"],
                publisher_id=self._number(publisher) if publisher else None,
                **{"language": self.language, **facts},
            )

    def _affiliate(self, actor: User, case: Case, said: dict[str, Any], name: str, path: Path) -> None:
        """A controller that is no source of the file becomes one: an organisation that goes by its name as its key."""
        with self.recorder.at(path, lambda field: ()):
            if name not in self.known:
                language = said.get("language") or self.language
                self.known[name] = write(
                    actor=actor, case=case, key=name, kind=SourceKind.ORGANISATION, name=name, language=language
                )
            source, controller = self.known[said["key"]], self.known[name]
            if (source.pk, controller.pk) not in self.affiliated:
                relations.write_affiliation(
                    actor=actor, source_id=source.pk, controller_id=controller.pk, kind="CONTROLLED_BY", basis=""
                )

    def _derive(self, actor: User, said: dict[str, Any], path: Path) -> None:
        lower, upper = self.known[said["downstream"]], self.known[said["upstream"]]
        if (lower.pk, upper.pk, said["kind"]) in self.derived:
            return
        with self.recorder.at(path):
            relations.write_derivation(
                actor=actor,
                downstream_id=lower.pk,
                upstream_id=upper.pk,
                kind=said["kind"],
                basis=said.get("basis", ""),
                verified_relay=said.get("verified_relay", False),
            )


def known_sources(case: Case) -> dict[str, Source]:
    """What the case's files may call its sources: their keys, or the references of those that have none.

    The newsroom's own sources count where evidence of the case or a relation of its sources uses them already.
    """
    own = Source.objects.filter(case=case)
    in_use = Source.objects.filter(case=None).filter(
        Q(pk__in=Evidence.objects.filter(claim__case=case).values("source"))
        | Q(pk__in=Hop.objects.filter(evidence__claim__case=case).values("source"))
        | Q(pk__in=Claim.objects.filter(case=case).values("claimant"))
        | Q(pk__in=own.values("publisher"))
        | Q(pk__in=Affiliation.objects.filter(source__case=case).values("controller"))
        | Q(pk__in=Derivation.objects.filter(downstream__case=case).values("upstream"))
        | Q(pk__in=Derivation.objects.filter(upstream__case=case).values("downstream"))
    )
    named: dict[str, Source] = {}
    for source in [*own.order_by("pk"), *in_use.order_by("pk")]:
        key = source.key or source.reference
        named[source.reference if key in named else key] = source
    return named


def _affiliated(known: dict[str, Source]) -> set[tuple[int, int]]:
    """Pairs on record, withdrawn ones too: what the desk took back no file brings again."""
    ids = [source.pk for source in known.values()]
    return set(Affiliation.objects.filter(source__in=ids).values_list("source_id", "controller_id"))


def _derived(known: dict[str, Source]) -> dict[tuple[int | None, int | None, str], Derivation]:
    ids = [source.pk for source in known.values()]
    rows = Derivation.objects.filter(downstream__in=ids).order_by("pk")
    return {(row.downstream_id, row.upstream_id, row.kind): row for row in rows}
