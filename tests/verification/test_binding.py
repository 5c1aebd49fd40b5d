"""A quotation on record is looked up in the captures of its carrier, and bound to where it stands."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from newsroom.models import Case
from newsroom.permits import Denied
from newsroom.versions import Stale
from sources.models import Capture, Excerpt, Source
from tests.cast import Cast, open_case
from tests.sources import make as sources
from tests.verification import make
from verification.actions import binding, evidence
from verification.ground import ground_of
from verification.models import Claim, ClaimState, Evidence
from verification.passages import Place

PASSAGE = "أعلنت القيادة أن المقاتلين دخلوا الأحياء الغربية من المدينة مساء الجمعة"
TEXT = f"عنوان\nقال الناطق: {PASSAGE}. ولم يصدر تعليق."
PLACE = TEXT.index(PASSAGE), TEXT.index(PASSAGE) + len(PASSAGE)


@pytest.fixture
def carrier(cast: Cast, case: Case) -> Source:
    return sources.source(cast, case, "الترجمة", url="https://news.example/page")


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return make.claim(cast, case)


@pytest.fixture
def account(cast: Cast, claim: Claim, carrier: Source) -> Evidence:
    return make.account(cast, claim, source=carrier.pk, quotation=PASSAGE, basis="WITNESSED")


@pytest.fixture
def capture(cast: Cast, carrier: Source) -> Capture:
    return sources.capture(cast, carrier, TEXT, language="ar")


def bind(cast: Cast, account: Evidence, capture: Capture, place: tuple[int, int] = PLACE, **how: Any) -> Evidence:
    how = {"actor": cast.amal, "version": account.version, **how}
    return binding.bind(evidence_id=account.pk, place=Place(capture.pk, *place), **how)


def correct(cast: Cast, account: Evidence, **changes: Any) -> Evidence:
    stands = {"stance": "SUPPORTS", "source": account.source_id, "basis": "WITNESSED", "quotation": account.quotation}
    return evidence.edit(
        actor=cast.amal, evidence_id=account.pk, version=account.version, reason="Misread.", **{**stands, **changes}
    )


def test_it_names_the_excerpt_and_the_act(cast: Cast, account: Evidence, capture: Capture) -> None:
    bind(cast, account, capture)
    account.refresh_from_db()
    assert account.excerpt is not None
    assert account.excerpt.exact == PASSAGE
    assert account.history.latest("history_id").act.name == "evidence.bind"


def test_a_decided_claim_stays_decided_and_what_was_judged_is_what_it_was(
    cast: Cast, claim: Claim, account: Evidence, capture: Capture
) -> None:
    make.review(make.assignment(cast, claim, cast.basim))
    make.verdict(cast, claim)
    before = ground_of(claim)
    bind(cast, account, capture)
    claim.refresh_from_db()
    assert claim.state == ClaimState.DECIDED
    assert ground_of(claim) == before
    assert not claim.alerts.exists()


def test_whoever_binds_has_gathered_nothing(cast: Cast, claim: Claim, account: Evidence, capture: Capture) -> None:
    bind(cast, account, capture, actor=cast.basim)
    make.review(make.assignment(cast, claim, cast.basim))


def test_somebody_elses_correction_is_told(cast: Cast, account: Evidence, capture: Capture) -> None:
    correct(cast, account, quotation="أعلنت القيادة")
    with pytest.raises(Stale):
        bind(cast, account, capture)


def test_somebody_elses_binding_is_not_overwritten_unseen(cast: Cast, account: Evidence, capture: Capture) -> None:
    wider = PLACE[0] - 5, PLACE[1]
    first = bind(cast, account, capture, actor=cast.basim)
    with pytest.raises(ValidationError, match="bound it meanwhile"):
        bind(cast, account, capture, wider)
    again = bind(cast, account, capture, wider, replaces=first.excerpt_id)
    assert again.excerpt is not None
    assert again.excerpt.start == wider[0]
    with pytest.raises(ValidationError, match="already"):
        bind(cast, account, capture, wider, replaces=again.excerpt_id)


def test_a_place_with_other_words_is_refused(cast: Cast, account: Evidence, capture: Capture) -> None:
    with pytest.raises(ValidationError, match="do not stand"):
        bind(cast, account, capture, (0, 5))
    assert not Excerpt.objects.exists()


def test_a_capture_of_another_source_is_refused(cast: Cast, case: Case, account: Evidence) -> None:
    with pytest.raises(ValidationError, match="another source"):
        bind(cast, account, sources.capture(cast, sources.source(cast, case, "أخرى"), TEXT))


def test_a_capture_of_another_case_is_refused(cast: Cast, account: Evidence) -> None:
    theirs = sources.source(cast, open_case(cast, "homs"))
    with pytest.raises(ValidationError, match="cannot be used in this case"):
        bind(cast, account, sources.capture(cast, theirs, TEXT))


def test_withdrawn_evidence_stays_as_it_was(cast: Cast, account: Evidence, capture: Capture) -> None:
    make.withdrawn(cast, account)
    with pytest.raises(ValidationError, match="withdrew"):
        bind(cast, account, capture)


def test_an_observer_is_refused(cast: Cast, account: Evidence, capture: Capture) -> None:
    with pytest.raises(Denied):
        bind(cast, account, capture, actor=cast.omar)


def test_a_correction_keeps_the_excerpt_while_its_words_stand_there(
    cast: Cast, account: Evidence, capture: Capture
) -> None:
    bound = bind(cast, account, capture)
    shorter = correct(cast, bound, quotation="دخلوا الأحياء الغربية")
    assert shorter.excerpt == bound.excerpt
    other = correct(cast, shorter, quotation="انسحبوا من المدينة كلها في صباح اليوم التالي دون قتال")
    assert other.excerpt is None


def test_another_carrier_lets_the_excerpt_go(cast: Cast, account: Evidence, capture: Capture) -> None:
    bound = bind(cast, account, capture)
    assert correct(cast, bound, source=make.article()).excerpt is None


def page(client: Any, account: Evidence, **asked: Any) -> str:
    response = client.get(reverse("evidence-bind", args=[account.reference]), asked)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def amal(client: Any, cast: Cast) -> Any:
    client.force_login(cast.amal)
    return client


def test_the_page_finds_it_and_binds_it_in_one_step(
    amal: Any, cast: Cast, claim: Claim, account: Evidence, capture: Capture
) -> None:
    shown = page(amal, account)
    assert "word for word" in shown
    assert f'name="start" value="{PLACE[0]}"' in shown
    sent = {"version": account.version, "capture": capture.pk, "start": PLACE[0], "end": PLACE[1]}
    answer = amal.post(reverse("evidence-bind", args=[account.reference]), sent)
    assert answer["Location"] == f"/claims/{claim.reference}/#evidence-{account.pk}"
    assert "It is bound to this place." in page(amal, account)
    assert "stands in the capture of 23 November 2026, word for word" in amal.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("quotation", "said", "told"),
    [
        (
            PASSAGE.replace("أن", "أنّ").replace("الأحياء", "الاحيـاء"),
            "but for spelling and spacing",
            "but for spelling",
        ),
        (PASSAGE.replace("الغربية", "الشمالية"), "nearly these words", "in nearly these words"),
    ],
)
def test_what_differs_is_shown_and_said_on_the_claim(
    amal: Any, cast: Cast, claim: Claim, carrier: Source, capture: Capture, quotation: str, said: str, told: str
) -> None:
    account = make.account(cast, claim, source=carrier.pk, quotation=quotation)
    assert said in page(amal, account)
    bind(cast, account, capture)
    claim_page = amal.get(reverse("claim-detail", args=[claim.reference])).content.decode()
    assert f"stands in the capture of 23 November 2026{', ' if 'but' in told else ' '}{told}" in claim_page


def test_what_is_not_found_says_what_that_means(amal: Any, cast: Cast, claim: Claim, carrier: Source) -> None:
    account = make.account(cast, claim, source=carrier.pk, quotation="تراجعت أسعار القمح")
    sources.capture(cast, carrier, TEXT)
    shown = page(amal, account)
    assert "Not found in the capture of 23 November 2026" in shown
    assert f"?evidence={account.reference}" in shown


def test_there_is_something_to_do_first(amal: Any, cast: Cast, claim: Claim, account: Evidence) -> None:
    assert "There is no capture with a text" in page(amal, account)
    assert "It quotes nothing" in page(amal, make.account(cast, claim))


def test_the_reader_binds_a_place_that_somebody_chose(amal: Any, account: Evidence, capture: Capture) -> None:
    asked = {"start": PLACE[0], "end": PLACE[1], "evidence": account.reference}
    shown = amal.get(reverse("capture-read", args=[capture.pk]), asked).content.decode()
    assert f'action="/evidence/{account.reference}/passage/"' in shown
    assert f'name="version" value="{account.version}"' in shown


def test_another_of_its_captures_can_be_asked_for(
    amal: Any, cast: Cast, account: Evidence, carrier: Source, capture: Capture
) -> None:
    later = sources.capture(cast, carrier, "صفحة أخرى تماما لا شيء فيها من ذلك", url="https://news.example/2")
    assert "word for word" in page(amal, account, capture=str(capture.pk))
    assert "Not found" in page(amal, account, capture=str(later.pk))
    assert page(amal, account, capture="no number")


def test_a_refused_binding_says_why(amal: Any, account: Evidence, capture: Capture) -> None:
    sent = {"version": account.version, "capture": capture.pk, "start": 0, "end": 5}
    answer = amal.post(reverse("evidence-bind", args=[account.reference]), sent)
    assert "These words do not stand" in answer.content.decode()


@pytest.mark.parametrize(
    "changes", [{"start": 10**30, "end": 10**31}, {"start": -5}, {"capture": "x"}, {"version": 10**30}]
)
def test_numbers_that_no_text_has_are_refused(
    amal: Any, account: Evidence, capture: Capture, changes: dict[str, Any]
) -> None:
    sent = {"version": account.version, "capture": capture.pk, "start": PLACE[0], "end": PLACE[1], **changes}
    answer = amal.post(reverse("evidence-bind", args=[account.reference]), sent)
    assert answer.status_code == 200
    assert not Excerpt.objects.exists()
