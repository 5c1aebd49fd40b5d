"""Closing the account of somebody who left: their name is replaced by a pseudonym in all that is shown, for good.

The record stays as it is: acts and their entries in the ledger hold the name they were done under, and an audit of the
exported bundle shows it (docs/methods/audit.md). Nothing else does.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessLog
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.actions.people import open_account
from newsroom.domain.text import search_key
from newsroom.models import User


def close(*, actor: User | str, user_id: int, pseudonym: str, reason: str) -> User:
    """They sign in no more, and are called `pseudonym` from now on. It cannot be undone."""
    with act("person.close", actor=actor, reason=reason) as done:
        permits.require(actor, "person.close")
        person = open_account(user_id)
        if isinstance(actor, User) and actor.pk == person.pk:
            raise ValidationError(_("Your own account is closed by another administrator."))
        _refuse_the_name_in(person, pseudonym=pseudonym, reason=reason)
        for kept in (AccessAttempt, AccessLog):
            kept.objects.filter(username__iexact=person.email).delete()
        EmailAddress.objects.filter(user=person).delete()
        Authenticator.objects.filter(user=person).delete()
        person.name, person.email = pseudonym, f"closed-{person.pk}@closed.invalid"
        person.is_active, person.closed_at = False, done.at
        person.set_unusable_password()
        person.full_clean(exclude=["password"])
        person.save()
    person.refresh_from_db()
    return person


def _refuse_the_name_in(person: User, **texts: str) -> None:
    """What is typed here is shown from now on; a name in it would undo what is being done."""
    name = search_key(person.name)
    for field, text in texts.items():
        if name in search_key(text) or person.email.lower() in text.lower():
            raise ValidationError({field: _("Leave the name and the address out of it: this is shown from now on.")})
