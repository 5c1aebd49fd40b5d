"""Ask the authorities in the settings about captures they were never asked about: from before one was set up.

A second time finds nothing to do. Workers do the asking, as for new captures.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.acts import coming_from
from audit.stamps.authorities import targets
from newsroom.models import Case
from sources.actions import stamp_requests
from sources.queries.proofs import lacking_stamps


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--case", metavar="SLUG", help="only captures of this case")
        parser.add_argument("--failed", action="store_true", help="also ask again those that never answered")
        parser.add_argument("--at-most", type=int, metavar="N", help="only the oldest N; the rest is for another time")

    def handle(self, *args: Any, **options: Any) -> None:
        if not targets():
            raise CommandError("Nobody stamps captures: set TIMESTAMP_AUTHORITIES or OPENTIMESTAMPS_CALENDARS.")
        captures = lacking_stamps(failed=options["failed"])
        if options["case"]:
            captures = captures.filter(case=_case(options["case"]))
        asked = 0
        wanted = list(captures.order_by("requested_at", "pk").values_list("pk", flat=True)[: options["at_most"]])
        with coming_from("command stamp_captures"):
            for pk in wanted:
                asked += stamp_requests.ask(actor="command line", capture_id=pk, failed=options["failed"])
        self.stdout.write(f"{len(wanted)} captures, {asked} time stamps asked for.")


def _case(slug: str) -> Case:
    try:
        return Case.objects.get(slug=slug)
    except Case.DoesNotExist:
        raise CommandError(f"There is no case {slug!r}.") from None
