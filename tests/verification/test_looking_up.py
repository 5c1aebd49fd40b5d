"""Quotations are looked up as captures come in and as they are corrected; what was found is told beside them."""

import pytest
from django.urls import reverse

from newsroom.models import Case
from sources.models import Source
from tests.cast import Cast, open_case
from tests.sources import make as sources
from tests.verification import make
from tests.verification.test_binding import PASSAGE, PLACE, TEXT, bind, correct
from verification import looking_up
from verification.models import Evidence, Likeness, Lookup


@pytest.fixture
def carrier(cast: Cast, case: Case) -> Source:
    return sources.source(cast, case, "الترجمة", url="https://news.example/page")


@pytest.fixture
def account(cast: Cast, case: Case, carrier: Source) -> Evidence:
    return make.account(cast, make.claim(cast, case), source=carrier.pk, quotation=PASSAGE)


def look_up() -> int:
    found = 0
    while batch := looking_up.work_off():
        found += batch
    return found


def likeness(account: Evidence) -> str:
    return Lookup.objects.get(pk=account.pk).likeness


@pytest.mark.parametrize(
    ("quotation", "wanted"),
    [
        (PASSAGE, Likeness.EXACTLY),
        (PASSAGE.replace("أن", "أنّ"), Likeness.FOLDED),
        (PASSAGE.replace("الغربية", "الشمالية"), Likeness.NEARLY),
        ("تراجعت أسعار القمح في الأسواق", Likeness.ABSENT),
    ],
)
def test_it_keeps_how_a_quotation_stands(cast: Cast, case: Case, carrier: Source, quotation: str, wanted: str) -> None:
    account = make.account(cast, make.claim(cast, case), source=carrier.pk, quotation=quotation)
    sources.capture(cast, carrier, TEXT)
    assert look_up() == 1
    assert likeness(account) == wanted


def test_what_was_looked_up_is_due_again_only_when_something_is_new(
    cast: Cast, account: Evidence, carrier: Source
) -> None:
    assert look_up() == 0  # nothing to look it up in
    sources.capture(cast, carrier, "صفحة أخرى لا شيء فيها")
    assert (look_up(), likeness(account)) == (1, Likeness.ABSENT)
    assert look_up() == 0
    sources.capture(cast, carrier, TEXT)
    assert (look_up(), likeness(account)) == (1, Likeness.EXACTLY)
    correct(cast, account, quotation="تراجعت أسعار القمح في الأسواق")
    assert (look_up(), likeness(account)) == (1, Likeness.ABSENT)


def test_what_is_bound_withdrawn_or_without_words_is_not_looked_up(
    cast: Cast, account: Evidence, carrier: Source
) -> None:
    capture = sources.capture(cast, carrier, TEXT)
    make.account(cast, account.claim, source=carrier.pk)
    make.withdrawn(cast, make.account(cast, account.claim, source=carrier.pk, quotation=PASSAGE))
    bind(cast, account, capture, PLACE)
    assert look_up() == 0


def test_a_refusal_and_a_capture_of_another_case_are_no_copies(cast: Cast, case: Case) -> None:
    shared = sources.source(cast)
    make.account(cast, make.claim(cast, case), source=shared.pk, quotation=PASSAGE)
    sources.capture(cast, shared, TEXT, state="FAILED")
    theirs = sources.source(cast, open_case(cast, "homs"))
    make.account(cast, make.claim(cast, case), source=shared.pk, quotation=PASSAGE)
    sources.capture(cast, theirs, TEXT)
    assert look_up() == 0


def test_more_than_a_batch_is_worked_off(cast: Cast, account: Evidence, carrier: Source) -> None:
    for _ in range(looking_up.BATCH):
        make.account(cast, account.claim, source=carrier.pk, quotation=PASSAGE)
    sources.capture(cast, carrier, TEXT)
    assert look_up() == looking_up.BATCH + 1


def test_the_claim_tells_it_as_long_as_it_is_about_these_words(
    client, cast: Cast, account: Evidence, carrier: Source
) -> None:
    client.force_login(cast.amal)
    address = reverse("claim-detail", args=[account.claim.reference])
    sources.capture(cast, carrier, TEXT)
    look_up()
    assert (
        "found in the capture of 23 November 2026, word for word; not bound yet" in client.get(address).content.decode()
    )
    correct(cast, account, quotation="تراجعت أسعار القمح في الأسواق")
    assert "captured 23 November 2026" in client.get(address).content.decode()
    look_up()
    assert "not found in the capture of 23 November 2026" in client.get(address).content.decode()


def test_of_a_text_that_holds_the_article_only_that_is_said(
    client, cast: Cast, account: Evidence, carrier: Source
) -> None:
    client.force_login(cast.amal)
    sources.capture(cast, carrier, "تراجعت أسعار القمح", engine_version="2")
    look_up()
    shown = client.get(reverse("claim-detail", args=[account.claim.reference])).content.decode()
    assert "not found in the article of the capture of 23 November 2026, and nothing else of it was looked" in shown


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken(celery_worker, cast: Cast) -> None:
    import time

    case = open_case(cast)
    carrier = sources.source(cast, case, url="https://news.example/page")
    account = make.account(cast, make.claim(cast, case), source=carrier.pk, quotation=PASSAGE)
    sources.capture(cast, carrier, TEXT)
    until = time.monotonic() + 20
    while not Lookup.objects.filter(pk=account.pk).exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert likeness(account) == Likeness.EXACTLY
