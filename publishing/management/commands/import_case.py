from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.acts import coming_from
from newsroom.permits import Denied
from publishing import operator
from publishing.casefile import reading
from publishing.casefile.faults import CaseFileRefused
from publishing.casefile.importing import import_case


class Command(BaseCommand):
    help = "Take in the case in FILE (docs/case-format.md): all of it, or nothing. A second time changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="who adds it; theirs are the rights and rows")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        try:
            document = reading.read(file)
            # One transaction, so that a refused file leaves nobody behind either.
            with coming_from("command import_case"), transaction.atomic():
                actor = operator.person(options["email"]) if options["email"] else _command_line(document)
                case, written = import_case(actor=actor, document=document)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except CaseFileRefused as refused:
            raise CommandError(f"{_('Nothing was imported.')}\n{refused}") from refused
        except Denied as denied:
            raise CommandError(f"{_('Nothing was imported.')} {denied.sentence}") from denied
        said = _("Imported: %(slug)s") if written else _("Nothing is new, nothing was changed: %(slug)s")
        self.stdout.write(said % {"slug": case.slug})


def _command_line(document: dict[str, Any]) -> Any:
    case = document.get("case")
    if isinstance(case, dict) and case.get("restricted") is True:
        message = _("The case is restricted to its members. Say with --as EMAIL who becomes the first of them.")
        raise CommandError(message)
    return operator.command_line()
