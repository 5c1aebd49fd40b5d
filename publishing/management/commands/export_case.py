import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.acts import coming_from
from newsroom.models import Case
from newsroom.permits import Denied
from publishing import operator
from publishing.casefile.exporting import export_case


class Command(BaseCommand):
    help = "Print the case SLUG as one JSON document (docs/case-format.md). That it left is put on record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="who asked for it; theirs are the rights")
        parser.add_argument("--output", metavar="FILE", type=Path, help="write there, not to the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        person = operator.person(options["email"]) if options["email"] else None
        cases = Case.objects.visible_to(person) if person else Case.objects.all()
        case = cases.filter(slug=options["slug"]).first()
        if case is None:
            raise CommandError(_("There is no case “%(slug)s”.") % {"slug": options["slug"]})
        try:
            with coming_from("command export_case"):
                document = export_case(actor=person or operator.NAME, case_id=case.pk)
        except Denied as denied:
            raise CommandError(denied.sentence) from denied
        written = json.dumps(document, ensure_ascii=False, indent=2)
        if options["output"] is None:
            self.stdout.write(written)
            return
        try:
            options["output"].write_text(written + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
