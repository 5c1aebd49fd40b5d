"""People are created by an admin, deactivated, and never deleted: what they did stays theirs. (`closing`: for good.)"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.actions import pseudonyms
from newsroom.models import User


def create(*, actor: User | str, email: str, name: str, role: str, language: str, password: str | None = None) -> User:
    """A new person. Without a password they set one through the link that sign-in offers."""
    permits.require(actor, "person.create")
    with act("person.create", actor=actor):
        pseudonyms.take_turns()
        pseudonyms.refuse_as_name(name)
        person = User(email=User.objects.normalize_email(email).lower(), name=name, role=role, language=language)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save()
    return person


def change(*, actor: User | str, user_id: int, name: str, role: str, is_active: bool) -> User:
    with act("person.change", actor=actor):
        permits.require(actor, "person.change")
        pseudonyms.take_turns()
        person = open_account(user_id)
        pseudonyms.refuse_as_name(name)
        person.name, person.role, person.is_active = name, role, is_active
        person.full_clean(exclude=["password"])
        person.save()
    return person


def open_account(user_id: int) -> User:
    """Of this person, to be written. Raises ValidationError where it was closed meanwhile."""
    person = User.objects.select_for_update().get(pk=user_id)
    if person.is_closed:
        raise ValidationError(_("This account is closed already."))
    return person


def set_language(*, actor: User, language: str) -> User:
    """Everybody's own choice."""
    with act("person.language", actor=actor):
        person = User.objects.select_for_update().get(pk=actor.pk)
        person.language = language
        person.full_clean(exclude=["password"])
        person.save()
    return person
