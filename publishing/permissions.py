"""Who may take a case in and out, and who publishes."""

from newsroom.models import Role
from newsroom.permits import in_the_case_as, table

table(
    {
        "case.import": [in_the_case_as(Role.RESEARCHER)],
        "case.export": [in_the_case_as(Role.EDITOR)],
        # No four eyes of its own: what is released is a ruling, which had them (docs/adr/0017-releases.md).
        "claim.publish": [in_the_case_as(Role.EDITOR)],
        "case.publish": [in_the_case_as(Role.EDITOR)],
    }
)
