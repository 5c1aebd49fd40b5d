"""Write a bundle of the ledger that others can check with audit/standalone/isnad_verify.py. That is on record.

Without options: the whole log, with the contents of acts in cases that are not restricted. What a bundle holds goes
wherever its file goes.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from audit import checkpoints, exporting
from audit.acts import act, coming_from
from audit.signing import signing_keys
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
                made = checkpoints.make("audit.export")
                if made is None:
                    raise CommandError("Nothing signs the ledger: set LEDGER_KEY.")
                with snapshot() as session:
                    told = exporting.write(
                        file, session, made.size, case=case.pk if case else None, everything=everything
                    )
                settle(file)
                with (
                    coming_from("command export_audit"),
                    act("audit.export", actor="command line", case=case, reason=said),
                ):
                    pass
        except OSError as error:
            raise CommandError(sentence(path, error)) from error
        self.stdout.write(f"{path}: {told} acts of a ledger of {made.size}. Verify it with")
        keys = " ".join(f"--key {key.verifier}" for key in signing_keys())
        self.stdout.write(f"  python isnad_verify.py {path} {keys}")


def _case(slug: str) -> Any:
    found = apps.get_model("newsroom", "Case").objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no case {slug}.")
    return found
