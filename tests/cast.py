"""The cast. Everybody has a fixed meaning in every test: who is refused is read off the name.

Amal is a researcher, Basim a reviewer, Chadi an editor, Omar an observer, Hana an administrator. Dana is a
researcher and a stranger: she is a member of no restricted case.
"""

from dataclasses import dataclass
from typing import Any

from newsroom.actions import cases, people
from newsroom.models import Case, Role, User

PASSWORD = "a long enough password"


@dataclass(frozen=True)
class Cast:
    amal: User
    basim: User
    chadi: User
    omar: User
    hana: User
    dana: User


def assemble() -> Cast:
    def person(name: str, role: Role) -> User:
        return people.create(
            actor="tests", email=f"{name.lower()}@example.org", name=name, role=role, language="en", password=PASSWORD
        )

    return Cast(
        amal=person("Amal", Role.RESEARCHER),
        basim=person("Basim", Role.REVIEWER),
        chadi=person("Chadi", Role.EDITOR),
        omar=person("Omar", Role.OBSERVER),
        hana=person("Hana", Role.ADMIN),
        dana=person("Dana", Role.RESEARCHER),
    )


def open_case(cast: Cast, slug: str = "aleppo", **values: Any) -> Case:
    """A case everybody in the newsroom may see."""
    return cases.create(actor=cast.chadi, slug=slug, **{"title": "حلب وحمص 2024", "language": "ar", **values})


def restricted_case(cast: Cast, slug: str = "restricted", **values: Any) -> Case:
    """A case that exists for everybody but Dana."""
    case = open_case(cast, slug, restricted=True, **values)
    for person in (cast.amal, cast.basim, cast.omar):
        cases.add_member(actor=cast.chadi, case_id=case.pk, user_id=person.pk, role=person.role)
    return Case.objects.get(pk=case.pk)
