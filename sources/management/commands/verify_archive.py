"""Re-read the whole archive; exits with 1 when anything is missing, altered or not accounted for."""

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from sources import archive
from sources.archive_check import Finding, Tally, check


class Command(BaseCommand):
    help = "Read every kept file and text again and compare it with its digest. Exit code 0: all is well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a line: findings, then the sum")

    def handle(self, *args: Any, **options: Any) -> None:
        tally, findings = Tally(), 0
        for finding in check(archive.store(), tally, now=time.time()):
            findings += 1
            self.stdout.write(json.dumps(asdict(finding)) if options["json"] else _line(finding))
        total = {**asdict(tally), "findings": findings}
        self.stdout.write(json.dumps(total) if options["json"] else _sum(total))
        if findings:
            raise SystemExit(1)


def _line(finding: Finding) -> str:
    return "  ".join(word for word in (finding.kind, finding.digest, finding.path, ", ".join(finding.named_by)) if word)


def _sum(total: dict[str, int]) -> str:
    read = f"{total['files']} files of {total['bytes']} bytes and {total['texts']} texts read"
    return f"{read}: {total['findings']} findings"
