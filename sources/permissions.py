"""Who may do what to sources, what is asserted of them, captures and watches."""

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
        "capture.upload": [in_the_case_as(Role.RESEARCHER)],
        "excerpt.create": [in_the_case_as(Role.RESEARCHER)],
        "watch.start": [in_the_case_as(Role.RESEARCHER)],
        "watch.change": [in_the_case_as(Role.RESEARCHER)],
        "watch.stop": [in_the_case_as(Role.RESEARCHER)],
        "capture.copy": [in_the_case_as(Role.RESEARCHER)],
        "stamp.ask": [in_the_case_as(Role.RESEARCHER)],
    }
)
