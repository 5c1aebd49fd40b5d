"""The form of a piece of evidence, made for chains: what is said, and the chain by which it reached the desk.

It works in round trips without any script; `verification.forms.buttons` says what each of them does.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from newsroom.domain.languages import language_tag
from newsroom.models import Case, User
from newsroom.versions import ChangedField, Stale
from verification.forms.account import AccountForm
from verification.forms.buttons import Row, count, pressed, rearranged, row
from verification.forms.chain import CARRIER, HOP, ChainForm
from verification.forms.steps import SourcePick, StepForm
from verification.models import Basis, Evidence, Stance
from verification.passages import Passage
from verification.queries.naming import known_steps, recorded_steps
from verification.wording.chains import Sentence


class EvidenceForm:
    """Made of Django forms. Bound ones say what is wrong; unbound ones only carry on what was typed."""

    conflict: dict[str, Any] | None = None

    def __init__(self, account: AccountForm, chain: ChainForm) -> None:
        self.account, self.chain = account, chain

    # Where it comes from. `evidence` is what is corrected; None where something new is added.

    @classmethod
    def quoting(cls, case: Case, user: User, passage: Passage) -> "EvidenceForm":
        """With a passage of a capture as its quotation, and the chain as far as it is on record."""
        carrier = passage.capture.source
        language = language_tag(passage.capture.language) or case.language
        said = {
            "quotation": passage.selected.text,
            "quotation_language": language,
            "translation_language": _other_than(language),
        }
        above: list[Row] = [
            {"pick": each.upstream_id, "how": each.kind, "verified_relay": each.verified_relay}
            for each in known_steps(user, case, carrier)
        ]
        picked: Row = {"pick": carrier.pk} if carrier else {}
        return cls(AccountForm(initial=said), ChainForm.of(case, user, picked, above))

    @classmethod
    def begun(cls, case: Case, user: User, evidence: Evidence | None) -> "EvidenceForm":
        """Empty, or as `evidence` stands."""
        if evidence is None:
            languages = {"quotation_language": case.language, "translation_language": _other_than(case.language)}
            return cls(AccountForm(initial=languages), ChainForm.of(case, user, {}, []))
        rows: list[Row] = [
            {"pick": hop.source_id, "how": hop.kind, "verified_relay": hop.verified_relay}
            for hop in evidence.hops.all()
        ]
        chain = ChainForm.of(case, user, {"pick": evidence.source_id}, rows)
        return cls(AccountForm(corrects=evidence), chain)

    @classmethod
    def sent(cls, case: Case, user: User, evidence: Evidence | None, data: QueryDict) -> "EvidenceForm":
        """To be saved."""
        steps = [StepForm(data, prefix=f"{HOP}-{number}") for number in range(1, count(data) + 1)]
        chain = ChainForm(case, user, SourcePick(data, prefix=CARRIER), steps)
        return cls(AccountForm(data, corrects=evidence), chain)

    @classmethod
    def redrawn(cls, case: Case, user: User, evidence: Evidence | None, data: QueryDict) -> "EvidenceForm":
        """What was typed, after what its button asked for."""
        do, place = pressed(data)
        typed = [row(StepForm, data, f"{HOP}-{number}-") for number in range(1, count(data) + 1)]
        focus, rows = rearranged(do, place, typed)
        if do == "record" and (found := recorded_steps(user, case, derivation_id=place)):
            rows.extend({"pick": d.upstream_id, "how": d.kind, "verified_relay": d.verified_relay} for d in found)
            focus = (len(rows), "how")
        chain = ChainForm.of(case, user, row(SourcePick, data, f"{CARRIER}-"), rows, focus)
        return cls(AccountForm(initial=row(AccountForm, data, ""), corrects=evidence), chain)

    # What it shows

    @property
    def sentence(self) -> Sentence | None:
        """The chain as typed so far. Context need not say how its end knows."""
        stance, basis = str(self.account["stance"].value()), str(self.account["basis"].value())
        said = basis in Basis.values and not (stance == Stance.CONTEXT and basis == Basis.UNKNOWN)
        return self.chain.read_out(basis if said else "")

    @property
    def off_the_record(self) -> bool:
        return bool(self.account["attribution"].value() == "OFF_THE_RECORD")

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Everything that is wrong, with where it stands, for the top of the page. `step` is 0 outside of the steps."""
        found = []
        for number, form in enumerate([self.account, *self.chain.picks]):
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
        self.chain.say_what_is_missing()
        return False

    def values(self) -> dict[str, Any]:
        """What `verification.actions.evidence.add` and `edit` take."""
        hops = [step.step() for step in self.chain.steps]
        return {**self.account.account(), "source": self.chain.carrier.asked(), "hops": hops}

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
            {"label": self._label(each), "theirs": self._shown(each.name, each.now), "yours": self._typed(each.name)}
            for each in stale.changes
        ]
        self.conflict = {"who": stale.who, "at": stale.at, "fields": fields}
        data = self.account.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["version"] = stale.current.version
        self.account.data = data

    def _at(self, path: str) -> tuple[forms.Form, str]:
        if (in_chain := self.chain.at(path.split("."))) is not None:
            return in_chain
        return self.account, "translation" if path == "quotation_translations" else path

    def _label(self, change: ChangedField) -> str:
        field = self.account.fields.get(change.name)
        return str(field.label if field else change.label).capitalize()

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


def _other_than(language: str) -> str:
    """Of the two languages of the desk, the one a text in `language` is translated into."""
    return "en" if language.startswith("ar") else "ar"
