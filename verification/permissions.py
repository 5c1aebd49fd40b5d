"""Who may do what to claims, evidence, reviews and verdicts."""

from django.utils.translation import gettext_lazy as _

from newsroom.models import Role
from newsroom.permits import Condition, in_the_case_as, table
from verification.four_eyes import stood_apart

is_theirs = Condition(lambda actor, thing: thing.person_id == actor.pk, _("This was given to somebody else."))

table(
    {
        "claim.create": [in_the_case_as(Role.RESEARCHER)],
        "claim.edit": [in_the_case_as(Role.RESEARCHER)],
        "claim.comment": [in_the_case_as(Role.RESEARCHER)],
        "claim.close": [in_the_case_as(Role.EDITOR)],
        "claim.reopen": [in_the_case_as(Role.EDITOR)],
        "evidence.add": [in_the_case_as(Role.RESEARCHER)],
        "evidence.edit": [in_the_case_as(Role.RESEARCHER)],
        "evidence.bind": [in_the_case_as(Role.RESEARCHER)],
        "evidence.withdraw": [in_the_case_as(Role.RESEARCHER)],
        "reply.ask": [in_the_case_as(Role.RESEARCHER)],
        "claim.assign": [in_the_case_as(Role.EDITOR)],
        "assignment.answer": [is_theirs],
        "assignment.cancel": [in_the_case_as(Role.EDITOR)],
        "claim.review": [in_the_case_as(Role.REVIEWER), stood_apart],
        "alert.close": [in_the_case_as(Role.RESEARCHER)],
        "claim.rule": [in_the_case_as(Role.EDITOR), stood_apart],
    }
)
