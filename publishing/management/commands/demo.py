from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.acts import coming_from
from publishing.demo import people
from publishing.demo.loading import load


class Command(BaseCommand):
    help = "Load the demo case with its people, once, and say who can sign in. Refused where DEBUG is off."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(_("The demo people have a password that everybody knows. Set DEBUG=1 to load them."))
        with coming_from("command demo"):
            load()
        self.stdout.write(people.sign_ins())
