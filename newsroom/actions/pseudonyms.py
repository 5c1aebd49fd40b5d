"""What a closed account may be called: nothing that gives away whose it was, and nobody else's name.

A pseudonym stands for good under everything somebody did. One that could be taken for a colleague's name would put it
down to them; so would a name given to a colleague later that could be taken for the pseudonym.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from audit import telling
from newsroom.domain import names
from newsroom.models import User


def take_turns() -> None:
    """Whoever gives a name waits here until the one before has committed theirs, and then sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('person.named'))")


def refuse(person: User, *, pseudonym: str, reason: str) -> None:
    """Raises ValidationError with what is wrong with each of the two."""
    wrong = {
        field: ValidationError(said)
        for field, said in (
            ("pseudonym", _gives_away(person, pseudonym) or _taken(person, pseudonym)),
            ("reason", _gives_away(person, reason)),
        )
        if said
    }
    if wrong:
        raise ValidationError(wrong)


def refuse_as_name(name: str) -> None:
    """For who is not closed. Two people may share a name; nobody shares one with a pseudonym, or has it for a part of
    theirs."""
    if word := names.mixed(name):
        raise ValidationError({"name": _mixes(word)})
    key = names.name_key(name)
    closed = User.objects.exclude(closed_at=None).values_list("name", flat=True)
    if any(names.name_key(each) == key or names.points_at(each, name) for each in closed):
        raise ValidationError(
            {"name": _("A closed account has this as its pseudonym. Add something that tells them apart.")}
        )


def _gives_away(person: User, text: str) -> str:
    """Names and addresses they had before are looked for as well: the record still tells of them."""
    known = {(person.name, person.email), *person.history.values_list("name", "email").distinct()}
    called = {each for name, email in known for each in (name, email.partition("@")[0])}
    if found := names.given_away(text, called):
        return _(
            "“%(found)s” tells whose account this was. Leave every part of the name and of the address out: "
            "this is shown from now on."
        ) % {"found": found}
    return ""


def _mixes(word: str) -> str:
    return _("“%(word)s” mixes letters of two alphabets, so it can look like another name. Write it in one.") % {
        "word": word
    }


def _of_the_system() -> set[str]:
    called = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            called |= {names.name_key(str(name)) for both in telling.known_systems().items() for name in both}
    return called


def _taken(person: User, pseudonym: str) -> str:
    key = names.name_key(pseudonym)
    if not key:
        return _("A pseudonym needs a letter or a figure.")
    if word := names.mixed(pseudonym):
        return _mixes(word)
    if key in _of_the_system():
        return _(
            "A part of the system is called so. What it did would be put down to a person, or the other way round."
        )
    for name, email, closed_at in User.objects.exclude(pk=person.pk).values_list("name", "email", "closed_at"):
        called = {names.name_key(name)} | ({names.name_key(email.partition("@")[0])} if closed_at is None else set())
        if key in called or (closed_at is None and names.points_at(pseudonym, name)):
            return _("“%(name)s” could be taken for this. What they did would be put down to somebody else.") % {
                "name": name
            }
    return ""
