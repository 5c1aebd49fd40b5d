"""Print what supports and contradicts a claim, counted now or as the record stood at a moment."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from audit.queries.moments import at_time
from verification.models import Claim
from verification.queries.corroboration import weigh
from verification.queries.ground_then import claim_then, weigh_then
from verification.wording.corroboration import pair
from verification.wording.report import as_json


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("claim", metavar="CLAIM", help="its number: C-000002")
        parser.add_argument("--json", action="store_true", help="everything, as the case format has it")
        parser.add_argument("--as-of", metavar="TIME", help="2024-12-03T14:05Z, or a day: as it stood at its end")

    def handle(self, *args: Any, **options: Any) -> None:
        claim = Claim.objects.by_reference(options["claim"]).first()
        if claim is None:
            raise CommandError(f"There is no claim {options['claim']}. Claims are numbered like C-000002.")
        at = _moment(options["as_of"]) if options["as_of"] else None
        moment = at_time(at) if at else None
        if at is not None and moment is not None and claim_then(claim, moment) is None:
            raise CommandError(f"{claim.reference} was not yet written at {at.isoformat()}.")
        weighed = weigh(claim) if moment is None else weigh_then([claim], moment)[claim.pk]
        report = as_json(claim, weighed, at)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for stance in ("SUPPORTS", "CONTRADICTS"):
            if side := report.get(stance):
                self.stdout.write(f"{stance}: {pair(side['established'], side['possible'])}. {side['sentence']}")
        if not {"SUPPORTS", "CONTRADICTS"} & report.keys():
            self.stdout.write("No evidence.")


def _moment(typed: str) -> datetime:
    try:
        at = parse_datetime(typed)
        day = parse_date(typed) if at is None else None
    except ValueError as error:
        raise CommandError(f"{typed}: {error}.") from error
    if day is not None:
        at = datetime.combine(day, datetime.max.time())
    if at is None:
        raise CommandError(f"“{typed}” is no time. Write 2024-12-03T14:05Z, or a day such as 2024-12-03.")
    return at if timezone.is_aware(at) else timezone.make_aware(at)
