"""Who may take a case in and out."""

from newsroom.models import Role
from newsroom.permits import in_the_case_as, table

table(
    {
        "case.import": [in_the_case_as(Role.RESEARCHER)],
        "case.export": [in_the_case_as(Role.EDITOR)],
    }
)
