import json
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.acts import coming_from
from audit.whole_files import sentence, settle, whole_file
from newsroom.models import Case, User
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
            self._export(person or operator.NAME, case, options["output"])
        except Denied as denied:
            raise CommandError(denied.sentence) from denied

    def _export(self, actor: User | str, case: Case, path: Path | None) -> None:
        with coming_from("command export_case"):
            if path is None:
                self.stdout.write(_written(export_case(actor=actor, case_id=case.pk)))
                return
            try:
                with whole_file(path, may_replace=True) as file:
                    export_case(actor=actor, case_id=case.pk, write=partial(_write, file))
            except OSError as error:
                raise CommandError(sentence(path, error)) from error


def _write(file: BinaryIO, document: dict[str, Any]) -> None:
    file.write(f"{_written(document)}\n".encode())
    settle(file)


def _written(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
