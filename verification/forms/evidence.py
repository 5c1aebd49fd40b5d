"""The form of a piece of evidence, made for chains: the account, its carrier, and any number of steps above it.

It works in round trips without any script. Every button of the page is a submit of the whole form with its own `do`:

    save              write it
    show              look again: search, read the chain out (also what Enter does, so that it never saves by accident)
    add               one more step
    remove-2, up-2, down-2
    record-17         put in the step that derivation 17 has on record

All but `save` come back with what was typed, in its new order.
"""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from newsroom.models import Case, User
from newsroom.versions import Stale
from sources.models import Derivation, Source
from sources.queries.picking import offered as offered_sources
from verification.actions.chain import NOBODY_NAMED
from verification.domain import chains
from verification.forms.account import AccountForm
from verification.forms.steps import SourcePick, StepForm
from verification.models import Basis, Evidence, HopKind, Stance
from verification.queries.chains import party
from verification.queries.naming import recorded_steps
from verification.wording.chains import Sentence, chain_sentence, fault_sentence

CARRIER, HOP, COUNT = "carrier", "hop", "hops"
MOST_POSTED = chains.LONGEST + 8

Row = dict[str, Any]


class EvidenceForm:
    """`account`, `carrier` and `steps` are Django forms. Bound ones say what is wrong; unbound ones only carry on."""

    conflict: dict[str, Any] | None = None
    focus = ""

    def __init__(
        self, case: Case, user: User, account: AccountForm, carrier: SourcePick, steps: list[StepForm]
    ) -> None:
        self.case, self.user = case, user
        self.account, self.carrier, self.steps = account, carrier, steps
        self._fetch()

    # Where it comes from. `evidence` is what is corrected; None where something new is added.

    @classmethod
    def begun(cls, case: Case, user: User, evidence: Evidence | None) -> "EvidenceForm":
        """Empty, or as `evidence` stands."""
        if evidence is None:
            languages = {"quotation_language": case.language, "translation_language": _other_than(case.language)}
            return cls(case, user, AccountForm(initial=languages), SourcePick(prefix=CARRIER), [])
        rows: list[Row] = [
            {"pick": hop.source_id, "how": hop.kind, "verified_relay": hop.verified_relay}
            for hop in evidence.hops.all()
        ]
        carrier = SourcePick(prefix=CARRIER, initial={"pick": evidence.source_id})
        return cls(case, user, AccountForm(corrects=evidence), carrier, _unbound(rows))

    @classmethod
    def sent(cls, case: Case, user: User, evidence: Evidence | None, data: QueryDict) -> "EvidenceForm":
        """To be saved."""
        steps = [StepForm(data, prefix=f"{HOP}-{number}") for number in range(1, _count(data) + 1)]
        return cls(case, user, AccountForm(data, corrects=evidence), SourcePick(data, prefix=CARRIER), steps)

    @classmethod
    def redrawn(cls, case: Case, user: User, evidence: Evidence | None, data: QueryDict) -> "EvidenceForm":
        """What was typed, after what its button asked for."""
        rows = [_row(StepForm, data, f"{HOP}-{number}-") for number in range(1, _count(data) + 1)]
        do, _dash, at = data.get("do", "show").partition("-")
        place = int(at) if at.isascii() and at.isdigit() and len(at) < 10 else 0
        focus, rows = rearranged(do, place, rows)
        if do == "record" and (found := recorded_steps(user, case, derivation_id=place)):
            rows.extend({"pick": d.upstream_id, "how": d.kind, "verified_relay": d.verified_relay} for d in found)
            focus = (len(rows), "how")
        account = AccountForm(initial=_row(AccountForm, data, ""), corrects=evidence)
        carrier = SourcePick(prefix=CARRIER, initial=_row(SourcePick, data, f"{CARRIER}-"))
        form = cls(case, user, account, carrier, _unbound(rows))
        form._focus_on(*focus)
        return form

    # What it shows

    @property
    def picks(self) -> list[SourcePick]:
        return [self.carrier, *self.steps]

    @property
    def chain(self) -> chains.Chain | None:
        """The chain as typed so far; None while nobody carries it."""
        if not self.carrier.typed("pick"):
            return None
        stance, basis = str(self.account["stance"].value()), str(self.account["basis"].value())
        said = basis in Basis.values and not (stance == Stance.CONTEXT and basis == Basis.UNKNOWN)
        hops = (
            chains.Hop(_party(step), step.typed("how"), bool(step["verified_relay"].value()))
            for step in self.steps
            if step.typed("how") in HopKind.values
        )
        return chains.Chain(_party(self.carrier), tuple(hops), basis if said else "")

    @property
    def sentence(self) -> Sentence | None:
        return chain_sentence(self.chain) if self.chain else None

    @property
    def chain_faults(self) -> list[str]:
        """What would be refused about the chain as typed so far."""
        carrier, *above = (str(pick.number or "") for pick in self.picks)
        return [fault_sentence(fault) for fault in chains.faults(carrier or "0", above)]

    @property
    def off_the_record(self) -> bool:
        return bool(self.account["attribution"].value() == "OFF_THE_RECORD")

    @property
    def may_grow(self) -> bool:
        return len(self.steps) < chains.LONGEST

    def recorded(self) -> list[Derivation]:
        """What is on record about the last of the chain as a whole work, to be put in as a step."""
        last = self.picks[-1].chosen
        taken = {pick.number for pick in self.picks}
        if last is None or not self.may_grow:
            return []
        return [each for each in recorded_steps(self.user, self.case, last) if each.upstream_id not in taken]

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Everything that is wrong, with where it stands, for the top of the page. `step` is 0 outside of the steps."""
        found = []
        for number, form in enumerate([self.account, *self.picks]):
            for name, errors in form.errors.items():
                field = form[name] if name in form.fields else None
                where = f"{form.prefix}-find" if name == "pick" else field.auto_id if field else ""
                # A group of radios has no control of its own to lead to: its first one takes the link.
                where = f"{where}_0" if field and field.use_fieldset else where
                label, step = field.label if field else "", max(0, number - 1)
                found += [{"href": where, "label": label, "step": step, "text": error} for error in errors]
        return found

    # What becomes of it

    def is_valid(self) -> bool:
        """Whether it can go to the action, which says the rest. Where it cannot, what is missing is said with it."""
        if self.account.is_valid():
            return True
        for pick in self.picks:
            if pick.asked() is None:
                pick.add_error("pick", NOBODY_NAMED)
            elif pick.is_new and not pick.typed("name").strip():
                pick.add_error("name", _("Give it a name, or a description it agreed to."))
        return False

    def values(self) -> dict[str, Any]:
        """What `verification.actions.evidence.add` and `edit` take."""
        return {
            **self.account.account(),
            "source": self.carrier.asked(),
            "hops": [step.step() for step in self.steps],
        }

    def refuse(self, refused: ValidationError) -> None:
        """Put what the action refused where it stands."""
        by_path = refused.error_dict if hasattr(refused, "error_dict") else {"": refused.error_list}
        for path, errors in by_path.items():
            form, name = self._at(path)
            for error in errors:
                form.add_error(name if name in form.fields else None, error)

    def stale(self, stale: Stale) -> None:
        """Somebody was faster: show what stands now beside what was typed, and let the next `save` decide."""
        fields = [
            {"label": each.label, "theirs": self._shown(each.name, each.now), "yours": self._typed(each.name)}
            for each in stale.changes
        ]
        self.conflict = {"who": stale.who, "at": stale.at, "fields": fields}
        data = self.account.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["version"] = stale.current.version
        self.account.data = data

    def _focus_on(self, step: int, part: str) -> None:
        if not 0 < step <= len(self.steps):
            self.focus = part
            return
        self.steps[step - 1].focus = part
        if part == "how":
            self.steps[step - 1].fields["how"].widget.attrs["autofocus"] = True

    def _typed(self, name: str) -> str:
        if name == "chain":
            return str(self.sentence or "")
        if name == "quotation_translations":
            return str(self.account["translation"].value() or "")
        return self._shown(name, self.account[name].value()) if name in self.account.fields else ""

    def _shown(self, name: str, value: Any) -> str:
        """A value as the form words it: the label of a choice, the text of translations."""
        if isinstance(value, dict):
            return "\n".join(value.values())
        choices = {str(key): label for key, label in getattr(self.account.fields.get(name), "choices", ())}
        return str(choices.get(str(value), value))

    def _at(self, path: str) -> tuple[forms.Form, str]:
        """The form and the field of an action's path: `source`, `hops.2.source.name`, `hops.2.kind`, `quotation`."""
        match path.split("."):
            case ["source", *rest]:
                return self.carrier, rest[0] if rest else "pick"
            case ["hops", number, "source", *rest]:
                return self.steps[int(number) - 1], rest[0] if rest else "pick"
            case ["hops", number, "kind"]:
                return self.steps[int(number) - 1], "how"
            case ["quotation_translations"]:
                return self.account, "translation"
            case _:
                return self.account, path

    def _fetch(self) -> None:
        """Give every pick its source and what is offered; one search for each pick that has words of its own."""
        numbers = {pick.number for pick in self.picks if pick.number is not None}
        usable = Source.objects.visible_to(self.user).usable_in(self.case).select_related("publisher")
        known = usable.in_bulk(numbers)
        offered: dict[str, list[Source]] = {}
        for below, pick in zip([None, *self.picks], self.picks, strict=False):
            pick.below = below
            pick.fields["language"].initial = self.case.language
            if pick.words not in offered:
                offered[pick.words] = offered_sources(self.user, self.case, pick.words)
            pick.chosen = known.get(pick.number) if pick.number is not None else None
            others = [source for source in offered[pick.words] if source != pick.chosen]
            pick.options = [pick.chosen, *others] if pick.chosen else others


def rearranged(do: str, place: int, rows: list[Row]) -> tuple[tuple[int, str], list[Row]]:
    """The steps after `do` to the one at `place`, and what takes the focus then: a step and a part of it."""
    if do == "add" and len(rows) < chains.LONGEST:
        return (len(rows) + 1, "q"), [*rows, {"how": HopKind.QUOTES}]
    if not 0 < place <= len(rows):
        return (0, ""), rows
    moved = [*rows[: place - 1], *rows[place:]]
    if do == "remove":
        return (min(place, len(moved)), "remove" if moved else "add"), moved
    to = place + {"up": -1, "down": 1}.get(do, 0)
    if to == place or not 0 < to <= len(rows):
        return (0, ""), rows
    moved.insert(to - 1, rows[place - 1])
    # A step that arrived at an end cannot go on: its other button takes the focus.
    part = "down" if to == 1 else "up" if to == len(rows) else do
    return (to, part), moved


def _unbound(rows: list[Row]) -> list[StepForm]:
    return [StepForm(prefix=f"{HOP}-{number}", initial=row) for number, row in enumerate(rows, start=1)]


def _other_than(language: str) -> str:
    """Of the two languages of the desk, the one a text in `language` is translated into."""
    return "en" if language.startswith("ar") else "ar"


def _count(data: QueryDict) -> int:
    """How many steps were sent. One beyond the limit is still read, so that it can be refused."""
    typed = data.get(COUNT, "")
    return min(int(typed), MOST_POSTED) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0


def _row(form: type[forms.Form], data: QueryDict, prefix: str) -> Row:
    return {name: data[prefix + name] for name in form.base_fields if prefix + name in data}


def _party(pick: SourcePick) -> chains.Party:
    if pick.chosen is not None:
        return replace(party(pick.chosen), href="")  # whoever follows a link leaves what they typed
    if pick.is_new:
        return chains.Party(pick.prefix or "", pick.typed("kind"), pick.typed("name").strip())
    return chains.Party("")
