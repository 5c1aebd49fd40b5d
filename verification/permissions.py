"""Who may do what to claims, evidence, reviews and verdicts."""

from newsroom.models import Role
from newsroom.permits import in_the_case_as, table

table(
    {
        "claim.create": [in_the_case_as(Role.RESEARCHER)],
        "claim.edit": [in_the_case_as(Role.RESEARCHER)],
        "claim.comment": [in_the_case_as(Role.RESEARCHER)],
        "claim.close": [in_the_case_as(Role.EDITOR)],
        "claim.reopen": [in_the_case_as(Role.EDITOR)],
        "evidence.add": [in_the_case_as(Role.RESEARCHER)],
        "evidence.edit": [in_the_case_as(Role.RESEARCHER)],
        "evidence.withdraw": [in_the_case_as(Role.RESEARCHER)],
    }
)
