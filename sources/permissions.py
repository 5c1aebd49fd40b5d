"""Who may do what to sources, what is asserted of them, and captures."""

from newsroom.models import Role
from newsroom.permits import in_the_case_as, table

table(
    {
        "source.create": [in_the_case_as(Role.RESEARCHER)],
        "source.edit": [in_the_case_as(Role.RESEARCHER)],
        "source.share": [in_the_case_as(Role.EDITOR)],
        "source.assess": [in_the_case_as(Role.RESEARCHER)],
        "source.relate": [in_the_case_as(Role.RESEARCHER)],
        "capture.request": [in_the_case_as(Role.RESEARCHER)],
        "capture.copy": [in_the_case_as(Role.RESEARCHER)],
    }
)
