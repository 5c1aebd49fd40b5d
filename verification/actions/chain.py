"""The chain of a piece of evidence as it is asked for: sources named by number, or created in the same act.

Whatever is wrong is gathered and said at once, each fault by the path of what it is about: `source`, `source.name`,
`hops.2.source`, `hops.2.kind`, `hops`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.models import Case, User
from sources.actions import sources
from sources.models import Source
from verification.domain import chains
from verification.models import Evidence, Hop
from verification.wording.chains import fault_sentence

NOBODY_NAMED = gettext_lazy("Choose a source, or create one.")


@dataclass(frozen=True)
class NewSource:
    """A source to be created in place; all else about it can be added on its own page."""

    kind: str
    name: str
    language: str = "ar"
    protected: bool = False
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A hop as asked for: `source` is a source's number, or a new one, or None where nobody was named yet."""

    source: int | NewSource | None
    kind: str
    verified_relay: bool = False


class Faults:
    """What is wrong, by path, until `raise_if_any`."""

    def __init__(self) -> None:
        self.by_path: dict[str, list[ValidationError]] = {}

    def add(self, path: str, refused: ValidationError | str) -> None:
        """A `refused` that has fields of its own stays at these, below `path`."""
        error = refused if isinstance(refused, ValidationError) else ValidationError(refused)
        if not hasattr(error, "error_dict"):
            self.by_path.setdefault(path, []).extend(error.error_list)
            return
        for name, errors in error.error_dict.items():
            below = path if name == NON_FIELD_ERRORS else f"{path}.{name}".lstrip(".")
            self.by_path.setdefault(below or NON_FIELD_ERRORS, []).extend(errors)

    def raise_if_any(self) -> None:
        if self.by_path:
            raise ValidationError(dict(self.by_path))


def named(
    faults: Faults, *, actor: User, case: Case, carrier: int | NewSource | None, steps: Sequence[Step]
) -> list[Source | None]:
    """The sources of a chain, carrier first, new ones created; None, and a fault, where one cannot be had."""
    asked = [carrier, *(step.source for step in steps)]
    usable = _usable(actor, case, (each for each in asked if isinstance(each, int)))
    found: list[Source | None] = []
    for position, each in enumerate(asked):
        path = f"hops.{position}.source" if position else "source"
        found.append(None)
        if isinstance(each, NewSource):
            try:
                found[-1] = sources.write(actor=actor, case=case, **asdict(each))
            except ValidationError as refused:
                faults.add(path, refused)
        elif each is None:
            faults.add(path, str(NOBODY_NAMED))
        elif each not in usable:
            faults.add(path, _("Choose a source of this case or of the newsroom."))
        else:
            found[-1] = usable[each]
    _look_at_the_chain(faults, found)
    return found


def lay(evidence: Evidence, sources_above: Sequence[Source], steps: Sequence[Step]) -> None:
    """Make the steps the hops of `evidence`; rows that stay as they are get no history row."""
    standing = {hop.position: hop for hop in evidence.hops.all()} if evidence.pk else {}
    for position, (source, step) in enumerate(zip(sources_above, steps, strict=True), start=1):
        hop = standing.pop(position, None) or Hop(evidence=evidence, position=position)
        if hop.pk and (hop.source_id, hop.kind, hop.verified_relay) == (source.pk, step.kind, step.verified_relay):
            continue
        hop.source, hop.kind, hop.verified_relay = source, step.kind, step.verified_relay
        hop.save()
    for hop in standing.values():
        hop.delete()


def _usable(actor: User, case: Case, ids: Iterable[int]) -> dict[int, Source]:
    """Those of the sources that stand in this case or belong to the newsroom, and that `actor` may know of."""
    return Source.objects.usable_in(case).visible_to(actor).in_bulk(set(ids))


def _look_at_the_chain(faults: Faults, found: Sequence[Source | None]) -> None:
    carrier, *above = (str(source.pk) if source else "" for source in found)
    for fault in chains.faults(carrier, above):
        path = "hops" if fault.flaw is chains.Flaw.TOO_LONG else f"hops.{fault.position}.source"
        faults.add(path, ValidationError(fault_sentence(fault), code=fault.flaw.lower()))
