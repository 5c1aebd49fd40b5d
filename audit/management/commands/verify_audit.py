"""Recompute the ledger and hold everything on record against it.

Ends with 0 only when everything fits, with 1 when something does not, and with 2 when it cannot be said.

`--checkpoint` names a signed checkpoint that was kept elsewhere: only against one can be seen that the end of the log
was cut off, or that all of it was made anew.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.verifying.report import Report
from audit.verifying.run import Wanted, verify
from audit.verifying.session import snapshot
from audit.verifying.witnesses import Witness
from audit.wording.findings import sentence

CANNOT_SAY = 2


class Command(BaseCommand):
    help = __doc__
    # What is wrong with the settings of pages and mail is no reason to be silent about the ledger.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the whole report")
        parser.add_argument(
            "--checkpoint", metavar="FILE", action="append", default=[], help="kept elsewhere; repeatable"
        )
        parser.add_argument("--since-checkpoint", action="store_true", help="believe what the latest checkpoint signed")
        parser.add_argument(
            "--ledger-only", action="store_true", help="entries, tree and checkpoints, without the rows"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = Wanted(
            witnesses=[_witness(name) for name in options["checkpoint"]],
            rows=not options["ledger_only"],
            since_checkpoint=options["since_checkpoint"],
        )
        with snapshot() as session:
            report = verify(session, wanted, self._tell if self.stderr.isatty() else _nobody_asked)
        if self.stderr.isatty():
            self.stderr.write("\r\033[K", ending="")
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        else:
            self._say(report)
        if not report.fits:
            raise SystemExit(1)

    def _say(self, report: Report) -> None:
        for finding in report.findings:
            self.stdout.write(f"{finding.kind}\t{sentence(finding, named=True)}")
        for kind, count in report.counts.items():
            shown = sum(finding.kind == kind for finding in report.findings)
            if count > shown:
                self.stdout.write(f"{kind}\tand {count - shown} more")
        said = f"{report.size} entries, root {report.root}, {report.checkpoints} checkpoints"
        before = f", the first {report.since} believed unread" if report.since else ""
        self.stdout.write(f"{'Everything fits' if report.fits else 'It does not fit'}: {said}{before}.")

    def _tell(self, stage: str, done: int, total: int) -> None:
        self.stderr.write(f"\r\033[K{stage} {done}/{total}", ending="")
        self.stderr.flush()


def _nobody_asked(stage: str, done: int, total: int) -> None:
    pass


def _witness(name: str) -> Witness:
    try:
        return Witness(name, Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read: {error}", returncode=CANNOT_SAY) from error
