"""Capture a page from the command line; prints one JSON object, and exits with 3 when there is no page."""

import json
import os
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from audit.acts import coming_from
from newsroom.models import Case
from sources import archive, capturing
from sources.actions import captures
from sources.models import Capture, CaptureEngine, CaptureState

NO_PAGE = 3


class Command(BaseCommand):
    help = "Archive URL. With --wait it is captured here and now; without, a worker is asked to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--case", metavar="SLUG", help="the case it belongs to; none: the newsroom")
        parser.add_argument("--engine", choices=[engine.lower() for engine in CaptureEngine.values], default="http")
        parser.add_argument("--wait", action="store_true", help="capture now, in this process")
        parser.add_argument("--json", action="store_true", help="one JSON object (otherwise a line to read)")

    def handle(self, *args: Any, **options: Any) -> None:
        with coming_from("command capture"):
            answer = self._capture(options)
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else _line(answer))
        if answer["state"] == CaptureState.FAILED:
            raise SystemExit(NO_PAGE)

    def _capture(self, options: dict[str, Any]) -> dict[str, Any]:
        case = _case(options["case"])
        try:
            capture = captures.request(
                actor="command line",
                url=options["url"],
                case_id=case.pk if case else None,
                engine=options["engine"].upper(),
            )
        except ValidationError as refused:
            return _refused(options, refused)
        if options["wait"]:
            # Whoever takes it first does it: a worker that was faster is waited for by nobody, its lease decides.
            capturing.make(capture.pk, owner=f"command/{os.getpid()}")
        capture.refresh_from_db()
        return _facts(capture)


def _case(slug: str | None) -> Case | None:
    if slug is None:
        return None
    try:
        return Case.objects.get(slug=slug)
    except Case.DoesNotExist:
        raise CommandError(f"There is no case {slug!r}.") from None


def _facts(capture: Capture) -> dict[str, Any]:
    kept = archive.store().path(capture.wacz_digest) if capture.wacz_digest else None
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
        "wacz": str(kept) if kept else "",
        "wacz_digest": capture.wacz_digest,
        "bytes": capture.size,
        "captured_at": capture.captured_at.isoformat() if capture.captured_at else None,
    }


def _refused(options: dict[str, Any], refused: ValidationError) -> dict[str, Any]:
    error = refused.error_dict["url"][0]
    empty = dict.fromkeys(["final_url", "title", "language", "text_digest", "wacz", "wacz_digest"], "")
    return {
        "url": options["url"],
        "state": CaptureState.FAILED,
        "reason": (error.code or "").upper(),
        "detail": " ".join(error.messages),
        "engine": options["engine"],
        "http_status": None,
        "bytes": None,
        "captured_at": None,
    } | empty


def _line(answer: dict[str, Any]) -> str:
    words = [answer["state"], answer["reason"], answer["final_url"] or answer["url"], answer["title"]]
    return "  ".join(str(word) for word in words if word)
