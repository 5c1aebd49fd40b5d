"""One of everything, in a restricted case: what the permission matrix walks over. Extend it with each new thing."""

from dataclasses import dataclass
from typing import Any

from audit import checkpoints
from audit.models import Checkpoint, VerificationRun
from newsroom.actions import ledger
from newsroom.models import Case
from publishing.models import Publication
from sources.actions import watches
from sources.models import Affiliation, Capture, CaptureStamp, Derivation, Source, Upload, Watch
from tests.cast import Cast, restricted_case
from tests.publishing import make as releases
from tests.sources import make as sources
from tests.verification import make
from verification.actions import assignments, replies
from verification.models import Alert, Assignment, Claim, Duty, Evidence, ReplyRequest


@dataclass(frozen=True)
class World:
    cast: Cast
    case: Case
    claim: Claim
    source: Source
    derivation: Derivation
    affiliation: Affiliation
    account: Evidence
    review: Assignment
    check: Assignment
    reply: ReplyRequest
    capture: Capture
    later: Capture
    watch: Watch
    upload: Upload
    stamp: CaptureStamp
    alert: Alert
    release: Publication
    case_release: Publication
    run: VerificationRun
    checkpoint: Checkpoint


def build(cast: Cast) -> World:
    case = restricted_case(cast)
    source, original = sources.source(cast, case, "ترجمة"), sources.source(cast, case, "أصل")
    claim = make.claim(cast, case)
    capture = sources.capture(cast, source, "نص", viewport=b"a picture")
    given: Any = {"actor": cast.chadi, "claim_id": claim.pk}
    return World(
        cast=cast,
        case=case,
        claim=claim,
        source=source,
        derivation=sources.derivation(cast, source, original),
        affiliation=sources.affiliation(cast, source, original),
        account=make.account(cast, claim, source=source.pk),
        review=assignments.assign(person_id=cast.basim.pk, duty=Duty.REVIEW, **given),
        check=assignments.assign(person_id=cast.amal.pk, duty=Duty.CHECK, **given),
        reply=replies.ask(actor=cast.amal, claim_id=claim.pk, addressee="The command", means="letter"),
        capture=capture,
        later=sources.capture(cast, original, "نص آخر"),  # of another source: nothing is aged behind the record's back
        watch=watches.start(actor=cast.amal, source_id=source.pk, url=capture.requested_url, reason="It is edited."),
        upload=sources.upload(cast, source).upload,
        stamp=sources.stamp(capture),
        alert=make.alert(cast, make.claim(cast, case)),
        release=releases.released(cast, releases.decided(cast, case, actor=cast.basim)),
        case_release=releases.released_case(cast, case),
        run=ledger.verify(actor=cast.omar),
        checkpoint=signed(),
    )


def signed() -> Checkpoint:
    """The log up to here."""
    made = checkpoints.make()
    assert made is not None
    return made
