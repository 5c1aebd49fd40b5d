"""Write a bundle of the ledger that others can check with audit/standalone/isnad_verify.py. That is on record.

Of a log that does not continue what was signed nothing is signed, and the bundle that is made of it does not fit.

Without options: the whole log, with the contents of acts in cases that are not restricted. What a bundle holds goes
wherever its file goes.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from audit import checkpoints, exporting
from audit.acts import act, coming_from
from audit.models import Entry, Head
from audit.signing import UnusableKey, signing_keys
from audit.verifying.session import snapshot
from audit.whole_files import sentence, settle, whole_file


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--case", metavar="SLUG", help="only this case, with proofs and the rows it wrote")
        what.add_argument("--everything", action="store_true", help="all contents and rows, people's accounts too")

    def handle(self, *args: Any, **options: Any) -> None:
        path, everything = Path(options["file"]), options["everything"]
        case = _case(options["case"]) if options["case"] else None
        said = f"case {case.slug}" if case else "everything" if everything else "log"
        try:
            with whole_file(path) as file:
                size = self._signed()
                with snapshot() as session:
                    told = exporting.write(file, session, size, case=case.pk if case else None, everything=everything)
                settle(file)
                with (
                    coming_from("command export_audit"),
                    act("audit.export", actor="command line", case=case, reason=said),
                ):
                    pass
        except OSError as error:
            raise CommandError(sentence(path, error)) from error
        except (psycopg.Error, Error) as error:
            said = str(error).strip().partition("\n")[0]
            raise CommandError(
                f"The record cannot be read or added to: {said}. No bundle was left; have it verified by verify_audit."
            ) from error
        self.stdout.write(f"{path}: {told} acts of a ledger of {size}. Verify it with")
        keys = " ".join(f"--key {key.verifier}" for key in signing_keys())
        self.stdout.write(f"  python isnad_verify.py {path} {keys}")

    def _signed(self) -> int:
        """How long the log is that goes into the bundle."""
        why: object = "there is no length left under which nothing stands."
        try:
            made = checkpoints.make("audit.export")
        except UnusableKey as error:
            raise CommandError(str(error)) from error
        except (checkpoints.Forked, Head.DoesNotExist, LookupError, ValueError) as error:
            # Of a tree or a head that nothing can be read from, too.
            made, why = None, error
        if made is not None:
            return made.size
        if not signing_keys():
            raise CommandError("Nothing signs the ledger: set LEDGER_KEY.")
        self.stderr.write(f"Nothing was signed: {why} The bundle will not fit.")
        return Entry.objects.count()


def _case(slug: str) -> Any:
    found = apps.get_model("newsroom", "Case").objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no case {slug}.")
    return found
