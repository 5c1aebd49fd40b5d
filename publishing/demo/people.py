"""The people of the demo. Everybody knows their password, so they exist where `DEBUG` is on and nowhere else."""

from dataclasses import dataclass

from newsroom.actions import people
from newsroom.models import Role, User

PASSWORD = "isnad-demo"  # noqa: S105  (no secret: `make run` prints it)

CAST = {
    "amal": ("Amal أمل", Role.RESEARCHER, "ar"),
    "basim": ("Basim باسم", Role.REVIEWER, "ar"),
    "chadi": ("Chadi شادي", Role.EDITOR, "ar"),
    "lina": ("Lina لينا", Role.REVIEWER, "en"),
    "omar": ("Omar عمر", Role.OBSERVER, "en"),
    "dana": ("Dana دانة", Role.RESEARCHER, "en"),
    "hana": ("Hana هناء", Role.ADMIN, "en"),
}


@dataclass(frozen=True)
class Cast:
    amal: User
    basim: User
    chadi: User
    lina: User
    omar: User
    dana: User
    hana: User


def email(name: str) -> str:
    return f"{name}@isnad.example"


def assemble() -> Cast:
    """Each of them, registered where they are not yet."""
    return Cast(**{name: _person(name) for name in CAST})


def sign_ins() -> str:
    """Who can sign in, for `make run` to print."""
    lines = [f"  {email(name):22}{role.lower():12}{shown}" for name, (shown, role, _language) in CAST.items()]
    return "\n".join([f"Sign in with the password {PASSWORD} as", *lines])


def _person(name: str) -> User:
    shown, role, language = CAST[name]
    known = User.objects.filter(email=email(name)).first()
    return known or people.create(
        actor="demo", email=email(name), name=shown, role=role, language=language, password=PASSWORD
    )
