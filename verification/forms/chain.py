"""The chain in a form: whom the desk has it from, and any number of steps above."""

from dataclasses import replace

from django.utils.translation import gettext as _

from newsroom.models import Case, User
from sources.models import Derivation, Source
from sources.queries.picking import offered, similar
from verification.actions.chain import NOBODY_NAMED
from verification.domain import chains
from verification.forms.buttons import Focus, Row
from verification.forms.steps import SourcePick, StepForm
from verification.models import HopKind
from verification.queries.chains import party
from verification.queries.naming import recorded_steps
from verification.wording.chains import Sentence, chain_sentence, fault_sentence

CARRIER, HOP = "carrier", "hop"
MOST_SIMILAR = 3


class ChainForm:
    """`carrier` and `steps` are Django forms; `focus` is "add" when the button for one more step takes it."""

    focus = ""

    def __init__(self, case: Case, user: User, carrier: SourcePick, steps: list[StepForm]) -> None:
        self.case, self.user, self.carrier, self.steps = case, user, carrier, steps
        self._fetch()

    @classmethod
    def of(cls, case: Case, user: User, carrier: Row, rows: list[Row], focus: Focus = (0, "")) -> "ChainForm":
        """One that only carries on what was typed, or what stands."""
        steps = [StepForm(prefix=f"{HOP}-{number}", initial=row) for number, row in enumerate(rows, start=1)]
        form = cls(case, user, SourcePick(prefix=CARRIER, initial=carrier), steps)
        form._focus_on(*focus)
        return form

    @property
    def picks(self) -> list[SourcePick]:
        return [self.carrier, *self.steps]

    @property
    def may_grow(self) -> bool:
        return len(self.steps) < chains.LONGEST

    @property
    def faults(self) -> list[str]:
        """What would be refused about the chain as typed so far."""
        carrier, *above = (str(pick.number or "") for pick in self.picks)
        return [fault_sentence(fault) for fault in chains.faults(carrier or "0", above)]

    def recorded(self) -> list[Derivation]:
        """What is on record about the last of the chain as a whole work, to be put in as a step."""
        last = self.picks[-1].chosen
        taken = {pick.number for pick in self.picks}
        if last is None or not self.may_grow:
            return []
        return [each for each in recorded_steps(self.user, self.case, last) if each.upstream_id not in taken]

    def read_out(self, basis: str) -> Sentence | None:
        """The chain as typed so far; None while nobody carries it."""
        if not self.carrier.typed("pick"):
            return None
        hops = (
            chains.Hop(_party(step), step.typed("how"), bool(step["verified_relay"].value()))
            for step in self.steps
            if step.typed("how") in HopKind.values
        )
        return chain_sentence(chains.Chain(_party(self.carrier), tuple(hops), basis))

    def say_what_is_missing(self) -> None:
        for pick in self.picks:
            if pick.asked() is None:
                pick.add_error("pick", NOBODY_NAMED)
            elif pick.is_new and not pick.typed("name").strip():
                pick.add_error("name", _("Give it a name, or a description it agreed to."))

    def at(self, path: list[str]) -> tuple[SourcePick, str] | None:
        """The form and the field of an action's path: `source.name`, `hops.2.source`, `hops.2.kind`."""
        match path:
            case ["source", *rest]:
                return self.carrier, rest[0] if rest else "pick"
            case ["hops", number, "source", *rest]:
                return self.steps[int(number) - 1], rest[0] if rest else "pick"
            case ["hops", number, "kind"]:
                return self.steps[int(number) - 1], "how"
        return None

    def _focus_on(self, step: int, part: str) -> None:
        if not 0 < step <= len(self.steps):
            self.focus = part
            return
        self.steps[step - 1].focus = part
        if part == "how":
            self.steps[step - 1].fields["how"].widget.attrs["autofocus"] = True

    def _fetch(self) -> None:
        """Give every pick its source and what is offered; one search for each pick that has words of its own."""
        numbers = {pick.number for pick in self.picks if pick.number is not None}
        usable = Source.objects.visible_to(self.user).usable_in(self.case).select_related("publisher")
        known = usable.in_bulk(numbers)
        found: dict[str, list[Source]] = {}
        for below, pick in zip([None, *self.picks], self.picks, strict=False):
            pick.below = below
            pick.fields["language"].initial = self.case.language
            if pick.words not in found:
                found[pick.words] = offered(self.user, self.case, pick.words)
            pick.chosen = known.get(pick.number) if pick.number is not None else None
            others = [source for source in found[pick.words] if source != pick.chosen]
            pick.options = [pick.chosen, *others] if pick.chosen else others
            if pick.is_new:
                pick.similar = similar(self.user, self.case, pick.typed("name"), pick.typed("url"))[:MOST_SIMILAR]


def _party(pick: SourcePick) -> chains.Party:
    if pick.chosen is not None:
        return replace(party(pick.chosen), href="")  # whoever follows a link leaves what they typed
    if pick.is_new:
        return chains.Party(pick.prefix or "", pick.typed("kind"), pick.typed("name").strip())
    return chains.Party("")
