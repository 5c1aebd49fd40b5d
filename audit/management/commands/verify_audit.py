"""Recompute the ledger and hold everything on record against it.

Ends with 0 only when everything fits, with 1 when something does not, and with 2 when it cannot be said.

`--checkpoint` names a file of signed checkpoints that were kept elsewhere, or a mail: only against one can be seen
that the end of the log was cut off, or that it was made anew. How far the log is signed, and what was signed late, is
remarked; a remark is no finding.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from audit.signing import trusted_keys
from audit.stamps.authorities import configured_places
from audit.stamps.left import notes_of
from audit.verifying.remarks import About
from audit.verifying.report import Report
from audit.verifying.run import Wanted, verify
from audit.verifying.session import snapshot
from audit.verifying.witnesses import Witness
from audit.wording.findings import sentence
from audit.wording.remarks import remark_sentence

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
        try:
            trusted_keys(), configured_places()
            self._verify(options)
        except (psycopg.Error, ValueError, ImproperlyConfigured) as error:
            # What a verification can read and does not fit is a finding. This is what kept it from reading.
            raise CommandError(f"It cannot be said: {_first_line(error)}", returncode=CANNOT_SAY) from error

    def _verify(self, options: dict[str, Any]) -> None:
        wanted = Wanted(
            witnesses=[witness for name in options["checkpoint"] for witness in _witnesses(name)],
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
            self._say(report, len(wanted.witnesses))
        if not report.fits:
            raise SystemExit(1)

    def _say(self, report: Report, kept: int) -> None:
        for finding in report.findings:
            self.stdout.write(f"{finding.kind}\t{sentence(finding, named=True)}")
        for kind, count in report.counts.items():
            shown = sum(finding.kind == kind for finding in report.findings)
            if count > shown:
                self.stdout.write(f"{kind}\tand {count - shown} more")
        for remark in report.remarks:
            self.stdout.write(f"remark {remark.about}\t{remark_sentence(remark)}")
        if report.more_remarks:
            self.stdout.write(f"remark {About.SIGNED_LATE}\tand {report.more_remarks} more")
        said = f"{report.size} entries, signed up to {report.signed}, root {report.root}"
        before = f", the first {report.since} believed unread" if report.since else ""
        unseen = "" if report.rows else ". Acts, rows and objects were not looked at"
        given = f", held against {kept} kept elsewhere" if kept else ""
        self.stdout.write(f"{_verdict(report)}: {said}, {report.checkpoints} checkpoints{given}{before}{unseen}.")

    def _tell(self, stage: str, done: int, total: int) -> None:
        self.stderr.write(f"\r\033[K{stage} {done}/{total}", ending="")
        self.stderr.flush()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _verdict(report: Report) -> str:
    if not report.fits:
        return "It does not fit"
    if report.size and not report.signed:
        return "What was looked at fits, and nothing of it is signed"
    return "Everything fits" if report.rows else "The log fits"


def _nobody_asked(stage: str, done: int, total: int) -> None:
    pass


def _witnesses(name: str) -> list[Witness]:
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error}", returncode=CANNOT_SAY) from error
    return [Witness(name, note) for note in notes_of(data) or [""]]  # of none at all is said that it is none
