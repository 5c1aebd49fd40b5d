"""A page with a passage that evidence rests on, and looks at it on later days."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from audit.acts import act
from newsroom.models import Case
from sources import looking
from sources.domain.captures import CaptureState, Reason
from sources.models import Capture, Excerpt, Source, Watch
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from verification import passage_alerts
from verification.models import Alert, Claim, Evidence
from verification.watches import keep

URL = "https://news.example/page"
PASSAGE = "أعلنت القيادة أنّ المقاتلين دخلوا الأحياء الغربية من المدينة مساء الجمعة"
REWORDED = PASSAGE.replace("مساء الجمعة", "فجر السبت")
BEFORE, AFTER = "قال الناطق صباح اليوم إن الطريق مقطوع، ثم أضاف في بيان: ", ". ولم يصدر تعليق من الطرف الآخر."
OLD = BEFORE + PASSAGE + AFTER
START = datetime(2026, 12, 3, 12, tzinfo=UTC)


def bound(cast: Cast, evidence: Evidence, excerpt: Excerpt) -> Evidence:
    """Evidence that names where its quotation stands."""
    with act("evidence.edit", actor=cast.amal, case=excerpt.case):
        evidence.excerpt = excerpt
        evidence.save()
    return evidence


@dataclass
class Watched:
    """`claim` rests on the passage as it was marked in the capture of 3 December."""

    cast: Cast
    case: Case
    source: Source
    capture: Capture
    excerpt: Excerpt
    claim: Claim
    evidence: Evidence

    @property
    def watch(self) -> Watch:
        return Watch.objects.get(source=self.source)

    def look(self, text: str, day: int, **facts: Any) -> Capture:
        """What the page says `day` days later, and what follows from it."""
        at = START + timedelta(days=day)
        seen = sources.capture(self.cast, self.source, text, url=URL, captured_at=at, wacz=str(at).encode(), **facts)
        looking.write_what_is_due()
        while passage_alerts.work_off():
            pass
        return seen

    def fail(self, day: int) -> Capture:
        return self.look("", day, state=CaptureState.FAILED, reason=Reason.HTTP_CLIENT_ERROR)

    def alerts(self) -> list[str]:
        return list(Alert.objects.filter(claim=self.claim).order_by("pk").values_list("kind", flat=True))


def page_with_a_passage(cast: Cast, case: Case, *, shared: bool = False, marked: bool = True, **facts: Any) -> Watched:
    """`facts` are those of the capture in which the passage was marked."""
    source = sources.source(cast, None if shared else case, url=URL)
    capture = sources.capture(cast, source, OLD, url=URL, captured_at=START, **facts)
    excerpt = sources.excerpt(cast, case, capture, PASSAGE)
    claim = make.claim(cast, case)
    evidence = make.account(cast, claim, source=source.pk, quotation=PASSAGE, basis="WITNESSED")
    if marked:
        bound(cast, evidence, excerpt)
    keep()
    return Watched(cast, case, source, capture, excerpt, claim, evidence)
