"""What of the record a person may know of."""

from django.db.models import Q, QuerySet

from audit.models import Act
from newsroom.models import Role, User, visible_cases

ON_PEOPLE = "person."


def acts_known_to(user: User) -> "QuerySet[Act]":
    """Acts of the newsroom and of the cases `user` may know of; those on people's accounts are for administrators."""
    known = Act.objects.filter(Q(case=None) | visible_cases(user, "case__"))
    return known if user.role == Role.ADMIN else known.exclude(name__startswith=ON_PEOPLE)


def acts_of(person: User, user: User) -> "QuerySet[Act]":
    """What `person` did or had done, and what was done to their account, as far as `user` may know of it."""
    own = User.history.filter(id=person.pk).order_by().values("act")
    return acts_known_to(user).filter(Q(actor=person) | Q(on_behalf_of=person) | Q(pk__in=own))
