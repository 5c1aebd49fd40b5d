"""Sources and what is asserted of them, made the way the product makes them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from unittest.mock import patch

from django.db.models import F, QuerySet

from audit import errands
from audit.acts import act
from audit.stamps.receipts import Receipt
from audit.stamps.states import StampState
from newsroom.models import Case
from sources import archive, queue
from sources.actions import assessments, captures, excerpts, relations, sources, stamps, uploads
from sources.archiving.blobs import digest_of
from sources.archiving.exchange import Exchange
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState
from sources.models import (
    Affiliation,
    Capture,
    CapturedText,
    CaptureStamp,
    Derivation,
    DerivationKind,
    Excerpt,
    Reliability,
    Source,
    SourceAssessment,
    SourceKind,
)
from tests.cast import Cast


def source(cast: Cast, case: Case | None = None, name: str = "ميدل إيست آي", **facts: Any) -> Source:
    """A source of `case`, or of the newsroom. Amal adds it."""
    facts = {"actor": cast.amal, "kind": SourceKind.ARTICLE, "language": "ar", **facts}
    return sources.create(case_id=case.pk if case else None, name=name, **facts)


def assessment(cast: Cast, source: Source, reliability: str = Reliability.B, **facts: Any) -> SourceAssessment:
    facts = {"actor": cast.amal, "reason": "It was right before.", **facts}
    return assessments.assess(source_id=source.pk, reliability=reliability, **facts)


def affiliation(cast: Cast, source: Source, controller: Source, **facts: Any) -> Affiliation:
    facts = {"actor": cast.amal, "basis": "Its masthead says so.", **facts}
    return relations.affiliate(source_id=source.pk, controller_id=controller.pk, **facts)


def derivation(
    cast: Cast, downstream: Source, upstream: Source, kind: str = DerivationKind.TRANSLATES, **facts: Any
) -> Derivation:
    facts = {"actor": cast.amal, "basis": "Its last line names the original.", **facts}
    return relations.derive(downstream_id=downstream.pk, upstream_id=upstream.pk, kind=kind, **facts)


MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FILES = Path(__file__).parent / "archiving" / "files"
PNG, JPEG, WEBP = ((FILES / f"picture.{kind}").read_bytes() for kind in ("png", "jpg", "webp"))
PDF = (FILES / "statement.pdf").read_bytes()  # Arabic with numbers, brackets and a Latin name, printed by Chromium


def upload(cast: Cast, source: Source, data: bytes = PNG, **facts: Any) -> Capture:
    """A capture made elsewhere that Amal uploaded: a screenshot, unless `data` is something else."""
    given: dict[str, Any] = {
        "file_name": "screen.png",
        "url": source.url,
        "made_at": MADE,
        "why": "The page asks for a sign-in.",
    }
    given |= {"actor": cast.amal, "origin": "Basim made it on his telephone.", **facts}
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return uploads.upload(source_id=source.pk, path=Path(file.name), **given)


def age(asked: QuerySet[Capture]) -> None:
    """As if they had been asked for some minutes ago, so that asking again is asking anew."""
    asked.update(requested_at=F("requested_at") - timedelta(minutes=2))


def waiting(cast: Cast, source: Source, url: str = "https://news.example/page", **how: Any) -> Capture:
    """A capture Amal asked for, another than earlier ones of that address. What is on record stays as it is."""
    with patch.object(captures, "ONE_REQUEST", timedelta()):
        return captures.request(actor=cast.amal, source_id=source.pk, url=url, **how)


def stamp(capture: Capture, **facts: Any) -> CaptureStamp:
    """A time stamp on it, as an authority and a worker leave it; `facts` are those of a `Receipt`."""
    with act("capture.finish", actor="tests", case=capture.case):
        target = facts.pop("target", "https://tsa.example/tsr")
        asked = CaptureStamp.objects.create(capture=capture, kind="RFC3161", target=target)
    errands.take(CaptureStamp.objects.all(), asked.pk, "a worker")
    at = datetime(2026, 11, 23, 12, 5, 30, tzinfo=UTC)
    receipt = Receipt(StampState.STAMPED, b"query", b"token", "CN=A time authority", at)
    stamps.receive(stamp_id=asked.pk, owner="a worker", receipt=replace(receipt, **facts))
    asked.refresh_from_db()
    return asked


def capture(cast: Cast, source: Source, text: str = "", **facts: Any) -> Capture:
    """A capture as the HTTP engine and a worker leave it; `facts` are those of a `CaptureResult`, `viewport`
    and `fullpage` the bytes of a picture.
    """
    return _captured(waiting(cast, source, facts.pop("url", "https://news.example/page"), wake=False), text, facts)


def bare_capture(cast: Cast, case: Case, text: str = "", *, url: str, **facts: Any) -> Capture:
    """The same of an address of a case, without saying whose page it is."""
    with patch.object(captures, "ONE_REQUEST", timedelta()):
        asked = captures.request(actor=cast.amal, url=url, case_id=case.pk, wake=False)
    return _captured(asked, text, facts)


def _captured(asked: Capture, text: str, facts: dict[str, Any]) -> Capture:
    held = facts.pop("wacz", f"the copy of {text}".encode())
    for picture in ("viewport", "fullpage"):
        if data := facts.pop(picture, b""):
            facts[f"{picture}_digest"] = archive.store().put(data)
    result = CaptureResult(
        state=CaptureState.SUCCEEDED,
        url=asked.requested_url,
        captured_at=datetime(2026, 11, 23, 12, 5, tzinfo=UTC),
        final_url=asked.requested_url,
        http_status=200,
        media_type="text/html",
        text=text,
        text_digest=digest_of(text.encode()) if text else "",
        wacz=held,
        wacz_digest=archive.store().put(held) if held else "",
    )
    queue.take(asked.pk, "a worker")
    captures.finish(capture_id=asked.pk, owner="a worker", result=replace(result, **facts))
    asked.refresh_from_db()
    return asked


def exchange(url: str, status: int = 200) -> Exchange:
    """One answer, as a capture's list of what was fetched has it."""
    return Exchange(url, MADE, "192.0.2.1", None, b"", b"", status, (), b"")


def excerpt(cast: Cast, case: Case, capture: Capture, passage: str, **facts: Any) -> Excerpt:
    """Where `passage` first stands in the captured text, marked by Amal."""
    start = CapturedText.objects.get(pk=capture.pk).text.index(passage)
    facts = {"actor": cast.amal, "start": start, "end": start + len(passage), **facts}
    return excerpts.create(case_id=case.pk, capture_id=capture.pk, **facts)
