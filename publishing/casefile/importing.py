"""Take a whole case in: one act, all of it or nothing.

What is on record already is left as it is, as long as it says the same; where the file says something else it is
refused, because a file must not overwrite what people did since. What the record does not have is added. So a file
can be imported again, alone or longer, and a file that was imported once changes nothing ever after.
"""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.actions import cases
from newsroom.models import Case, Preset, User
from publishing.casefile.checking import check
from publishing.casefile.claims import Claims
from publishing.casefile.faults import CaseFileRefused, Fault
from publishing.casefile.recording import Recorder
from publishing.casefile.sources import Sources

PRESETS = {"light": Preset.LIGHT, "standard": Preset.STANDARD, "high-risk": Preset.HIGH_RISK}


def import_case(*, actor: User, document: dict[str, Any]) -> tuple[Case, bool]:
    """The case, and whether anything was written. Raises CaseFileRefused, or Denied for who may not.

    A new case takes whoever may open one; adding to a case takes whoever may add claims to it.
    """
    check(document)
    digest = digest_of(document)
    with transaction.atomic():
        # The lock makes a second import of the same file wait, and find everything there.
        case = Case.objects.select_for_update().filter(slug=document["case"]["slug"]).first()
        if case is None:
            permits.require(actor, "case.create")
        else:
            _require_visible(actor, case)
            if case.acts.filter(name="case.import", reason=digest).exists():
                return case, False
        recorder = Recorder()
        if case is not None:
            _compare(recorder, case, document["case"])
        parts = Sources(document, recorder, case), Claims(document, recorder, case)
        for part in parts:
            part.compare()
        recorder.raise_if_any()
        if case is not None and not any(part.missing for part in parts):
            return case, False
        with act("case.import", actor=actor, reason=digest) as done:
            case = case or _open(actor, recorder, document["case"])
            done.case = case
            permits.require(actor, "case.import", case)
            sources = parts[0].write(actor, case)
            parts[1].write(actor, case, sources)
        return case, True


def digest_of(document: dict[str, Any]) -> str:
    """`sha256:<hex>` of what the document says, however it is spaced and its keys are ordered."""
    stated = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    return f"sha256:{hashlib.sha256(stated).hexdigest()}"


def _require_visible(actor: User, case: Case) -> None:
    """To a stranger a restricted case does not exist; only its short name is taken, as it would be for a new case."""
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        message = _("This short name is taken. Choose another one.")
        raise CaseFileRefused([Fault(("case", "slug"), message)])


def _compare(recorder: Recorder, case: Case, said: dict[str, Any]) -> None:
    recorder.compare(
        case, ("case",), {name: said[name] for name in ("title", "language", "restricted") if name in said}
    )
    if "policy" in said and PRESETS[said["policy"]] != case.policy.preset:
        recorder.differs(("case", "policy"))


def _open(actor: User, recorder: Recorder, said: dict[str, Any]) -> Case:
    with recorder.at(("case",)):
        case = cases.write(
            actor=actor,
            slug=said["slug"],
            title=said["title"],
            language=said.get("language") or "ar",
            preset=PRESETS[said.get("policy", "standard")],
            restricted=said.get("restricted", False),
        )
    recorder.raise_if_any()
    return case
