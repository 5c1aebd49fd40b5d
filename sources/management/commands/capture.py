"""Capture a page from the command line; prints one JSON object, and exits with 3 when there is no page."""

import json
import os
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from audit.acts import coming_from
from newsroom.models import Case
from sources import archive, capturing, queue
from sources.actions import captures
from sources.archiving.blobs import BlobAltered, BlobMissing
from sources.models import Capture, CaptureState
from sources.models.capture import KEPT
from sources.wording.captures import in_words

NO_PAGE = 3
LOOK_EVERY = 0.2  # seconds


class Command(BaseCommand):
    help = "Archive URL. With --wait it is captured here and now; without, a worker is asked to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--case", metavar="SLUG", help="the case it belongs to; none: the newsroom")
        parser.add_argument("--engine", choices=["http", "browser"])
        parser.add_argument("--wait", action="store_true", help="capture now, in this process, and try only once")
        parser.add_argument(
            "--json",
            action="store_true",
            help="one JSON object (otherwise a line to read), with the path of a copy that stays for a day",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with coming_from("command capture"):
            answer, said = self._capture(options)
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else _line(answer))
        if said:
            self.stderr.write(said)
        if answer["state"] == CaptureState.FAILED or (options["wait"] and answer["state"] not in KEPT):
            raise SystemExit(NO_PAGE)

    def _capture(self, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """What to print, and the sentence for the person when it did not go well."""
        case = _case(options["case"])
        try:
            capture = captures.request(
                actor="command line",
                url=options["url"],
                case_id=case.pk if case else None,
                engine=(options["engine"] or "").upper(),
                wake=not options["wait"],
            )
        except ValidationError as refused:
            error = refused.error_dict["url"][0]
            return _refused(options, (error.code or "").upper()), " ".join(error.messages)
        if options["wait"] and not capturing.make(capture.pk, owner=f"command/{os.getpid()}", may_wait=False):
            _wait_for(capture)
        capture.refresh_from_db()
        facts = _facts(capture, path=_path_of(capture) if options["json"] else "")
        return facts, in_words(facts["reason"]) if facts["reason"] else ""


def _wait_for(capture: Capture) -> None:
    """A worker that was asked before has it; its lease says how long it may take."""
    end = time.monotonic() + queue.LEASE.total_seconds()
    while capture.is_under_way and not capture.retry_reason and time.monotonic() < end:
        time.sleep(LOOK_EVERY)
        capture.refresh_from_db()


def _case(slug: str | None) -> Case | None:
    if slug is None:
        return None
    try:
        return Case.objects.get(slug=slug)
    except Case.DoesNotExist:
        raise CommandError(f"There is no case {slug!r}.") from None


def _path_of(capture: Capture) -> str:
    if not capture.wacz_digest:
        return ""
    try:
        return str(archive.handed_out(capture.wacz_digest))
    except (BlobMissing, BlobAltered) as damage:
        raise CommandError("The copy is damaged: manage.py verify_archive says how.") from damage


def _facts(capture: Capture, path: str = "") -> dict[str, Any]:
    return {
        "url": capture.requested_url,
        "final_url": capture.final_url,
        "state": capture.state,
        "reason": capture.reason or capture.retry_reason,
        "engine": capture.engine.lower(),
        "http_status": capture.http_status,
        "title": capture.title,
        "language": capture.language,
        "text_digest": capture.text_digest,
        "wacz": path,
        "wacz_digest": capture.wacz_digest,
        "bytes": capture.size,
        "captured_at": capture.captured_at.isoformat() if capture.captured_at else None,
    }


def _refused(options: dict[str, Any], reason: str) -> dict[str, Any]:
    """An address that was never asked has no row; its answer has the same keys."""
    asked = Capture(requested_url=options["url"], engine=(options["engine"] or settings.CAPTURE_ENGINE).upper())
    asked.state, asked.reason = CaptureState.FAILED, reason
    return _facts(asked)


def _line(answer: dict[str, Any]) -> str:
    words = [answer["state"], answer["reason"], answer["final_url"] or answer["url"], answer["title"]]
    return "  ".join(str(word) for word in words if word)
