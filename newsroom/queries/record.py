"""What of the record a person may know of."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from audit.models import Act
from audit.queries.trail import Trail, Written
from newsroom.models import Case, Role, User, visible_cases

ON_PEOPLE = "person."
OF_A_PERSON = Written(Act, "actor"), Written(Act, "on_behalf_of"), Written(User, "id")


@dataclass(frozen=True)
class Subject:
    """What a page of the record is narrowed to: the acts on it, and the case it belongs to, if to one."""

    trail: Trail
    case: Case | None


def acts_known_to(user: User) -> "QuerySet[Act]":
    """Acts of the newsroom and of the cases `user` may know of; those on people's accounts are for administrators."""
    known = Act.objects.filter(Q(case=None) | visible_cases(user, "case__"))
    return known if user.role == Role.ADMIN else known.exclude(name__startswith=ON_PEOPLE)


def acts_of(person: User, user: User) -> Trail:
    """What `person` did or had done, and what was done to their account, as far as `user` may know of it."""
    return Trail(acts_known_to(user), OF_A_PERSON, person.pk)
