"""Bind a quotation on record to where it stands in a capture.

That shows the words and changes nothing about them: the claim stays where it is, whether decided or published, its
evidence stays at its version, and who binds it has gathered nothing.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.models import User
from verification.actions.evidence import check, locked, refuse_withdrawn
from verification.actions.excerpts import excerpt_at, require_bound
from verification.models import Evidence
from verification.passages import Place


def bind(*, actor: User, evidence_id: int, version: int, place: Place, replaces: int | None = None) -> Evidence:
    """`replaces` is the excerpt it was bound to on the page of whoever asks.

    Raises `Stale` when somebody corrected the evidence since `version`, ValidationError when somebody else bound it
    meanwhile and when its quotation does not stand there.
    """
    with act("evidence.bind", actor=actor) as done:
        evidence = locked(evidence_id)
        done.case = evidence.case
        permits.require(actor, "evidence.bind", evidence)
        refuse_withdrawn(evidence)
        check(evidence, version)
        if evidence.excerpt_id != replaces:
            raise ValidationError(_("Somebody else bound it meanwhile. Look at what it stands in now, then decide."))
        evidence.excerpt = excerpt_at(place, actor=actor, case=evidence.case, language=evidence.quotation_language)
        if evidence.excerpt.pk == replaces:
            raise ValidationError(_("It is bound to this passage already."))
        require_bound(evidence)
        evidence.save()
    return evidence
