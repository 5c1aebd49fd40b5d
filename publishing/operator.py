"""Who acts when a command is run: the person named with --as, or whoever keeps this machine."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from newsroom.actions import people
from newsroom.models import Role, User

NAME = "command line"
EMAIL = "command-line@isnad.invalid"


def person(email: str) -> User:
    found = User.objects.active().filter(email__iexact=email).first()
    if found is None:
        raise CommandError(_("Nobody who may sign in has the address “%(email)s”.") % {"email": email})
    return found


def command_line() -> User:
    """What a file brings has to belong to somebody: one who has no password, and whose address gets no mail."""
    found = User.objects.filter(email=EMAIL).first()
    return found or people.create(actor=NAME, email=EMAIL, name="Command line", role=Role.EDITOR, language="en")
