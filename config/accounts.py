"""How django-allauth and django-axes behave here: no sign-up, sealed second factors, throttling by e-mail address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from audit.acts import act
from newsroom.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are created by an admin."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Their own doing, or that of whoever reads their mail: worth a line in the record, without the password."""
        with act("person.password", actor=user):
            user.set_password(password)
            user.save()


def no_address_of_their_own(request: HttpRequest) -> HttpResponse:
    """Stands before allauth's page of e-mail addresses.

    There, whoever finds a desk left open could add an address of theirs and have a new password sent to it.
    """
    raise Http404


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth keeps TOTP secrets and recovery seeds in clear unless told how not to."""

    def encrypt(self, text: str) -> str:
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _ciphers().decrypt(encrypted_text.encode()).decode()


def _ciphers() -> MultiFernet:
    """The first key encrypts, any of them decrypts: a new key is put in front, the old one goes later."""
    return MultiFernet([Fernet(key) for key in settings.TOTP_KEYS])


def attempted_email(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whom a sign-in was tried for: allauth says `email` where axes looks for `username`."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().lower()[:255]
