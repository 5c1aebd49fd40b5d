"""Closing the account of somebody who left: their name is replaced by a pseudonym in all that is shown, for good.

The record stays as it is: acts and their entries in the ledger hold the name they were done under, and an audit of the
exported bundle shows it (docs/methods/audit.md). Nothing else does.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessLog
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.actions import pseudonyms
from newsroom.actions.people import open_account
from newsroom.models import User


def close(*, actor: User | str, user_id: int, pseudonym: str, reason: str) -> User:
    """They sign in no more, and are called `pseudonym` from now on. It cannot be undone."""
    with act("person.close", actor=actor, reason=reason) as done:
        permits.require(actor, "person.close")
        pseudonyms.take_turns()
        person = open_account(user_id)
        _refuse(actor=actor, person=person, pseudonym=pseudonym, reason=reason)
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


def foreseen(*, actor: User | str, user_id: int, pseudonym: str, reason: str) -> User:
    """The person as they would be shown from then on, unsaved. Raises what `close` would raise, and does nothing."""
    permits.require(actor, "person.close")
    person = User.objects.get(pk=user_id)
    _refuse(actor=actor, person=person, pseudonym=pseudonym, reason=reason)
    person.name, person.closed_at = pseudonym, timezone.now()
    return person


def _refuse(*, actor: User | str, person: User, pseudonym: str, reason: str) -> None:
    """Raises ValidationError."""
    if isinstance(actor, User) and actor.pk == person.pk:
        raise ValidationError(_("Your own account is closed by another administrator."))
    pseudonyms.refuse(person, pseudonym=pseudonym, reason=reason)
