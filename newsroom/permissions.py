"""Who may do what to people, cases and membership."""

from newsroom.models import Role
from newsroom.permits import in_the_case_as, in_the_newsroom_as, table

table(
    {
        "person.create": [in_the_newsroom_as(Role.ADMIN)],
        "person.change": [in_the_newsroom_as(Role.ADMIN)],
        "person.close": [in_the_newsroom_as(Role.ADMIN)],
        "ledger.places": [in_the_newsroom_as(Role.ADMIN)],
        "ledger.verify": [in_the_newsroom_as(Role.OBSERVER)],
        "case.create": [in_the_newsroom_as(Role.EDITOR)],
        "case.edit": [in_the_case_as(Role.EDITOR)],
        "case.members": [in_the_case_as(Role.EDITOR)],
        "export.download": [in_the_case_as(Role.OBSERVER)],
        "case.view": [in_the_case_as(Role.OBSERVER)],
    }
)
