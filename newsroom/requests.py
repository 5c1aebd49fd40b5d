"""A request by somebody who is signed in: the login middleware lets no other through to a view."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from newsroom.models import User


class DeskRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
