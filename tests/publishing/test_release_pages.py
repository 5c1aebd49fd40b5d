"""The pages that publish, and those of what was published."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import checkpoints
from audit.models import Entry
from audit.queries import moments
from newsroom.models import Case, User
from publishing.models import Publication
from tests.cast import Cast
from tests.publishing import make as releases
from tests.publishing.test_publishing import reopened_and_ruled
from tests.verification import make
from verification.actions import claims
from verification.models import Claim
from verification.queries.record import acts_in, acts_on


def client(person: User) -> Client:
    signed_in = Client()
    signed_in.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return signed_in


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return releases.decided(cast, case, translations={"en": "They took Furqan."}, place="Furqan")


@pytest.fixture
def page(cast: Cast) -> Callable[..., str]:
    """What somebody reads on a route, by default Chadi."""
    return lambda name, *args, reader=cast.chadi: client(reader).get(reverse(name, args=args)).content.decode()


def form_of(cast: Cast, url: str) -> dict[str, Any]:
    """What the form on the page would send, as Chadi gets it."""
    shown = client(cast.chadi).get(url).context["leaving"]
    return {"seen": shown.digest, "number": shown.number}


class TestPublishing:
    def test_it_works(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        assert "Publish this claim" in page("claim-detail", claim.reference)
        url = reverse("claim-publish", args=[claim.reference])
        shown = client(cast.chadi).get(url).content.decode()
        for text in (claim.statement, "They took Furqan.", "Disputed", "release 1"):
            assert text in shown
        sent = {**form_of(cast, url), "address": "https://desk.example/1", "note": "In the briefing."}
        answer = client(cast.chadi).post(url, sent)
        release = Publication.objects.get()
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, release.get_absolute_url())
        assert (release.address, release.note) == ("https://desk.example/1", "In the briefing.")

    def test_who_may_not_is_told_why(self, cast: Cast, claim: Claim) -> None:
        answer = client(cast.amal).get(reverse("claim-publish", args=[claim.reference]))
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "takes an editor" in answer.content.decode()

    def test_a_claim_that_cannot_leave_says_why(self, cast: Cast, case: Case, page: Callable[..., str]) -> None:
        shown = page("claim-publish", make.claim(cast, case).reference)
        assert "This claim has no verdict yet" in shown
        assert "<textarea" not in shown

    def test_the_second_loses_nothing_that_was_typed(self, cast: Cast, claim: Claim) -> None:
        url = reverse("claim-publish", args=[claim.reference])
        sent = form_of(cast, url)
        releases.released(cast, claim)
        shown = client(cast.hana).post(url, {**sent, "note": "Mine is longer."}).content.decode()
        assert "published it meanwhile, as release 1" in shown
        assert "Mine is longer." in shown
        assert claim.publications.count() == 1

    def test_a_correction_asks_what_changed(self, cast: Cast, claim: Claim) -> None:
        releases.released(cast, claim)
        url = reverse("claim-publish", args=[claim.reference])
        shown = client(cast.chadi).post(url, form_of(cast, url)).content.decode()
        assert "What changed, and why" in shown
        assert claim.publications.count() == 1

    def test_open_alerts_are_named_before(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        alerted = make.alert(cast, make.claim(cast, claim.case)).claim
        make.verdict(cast, alerted)
        assert "1 alert on this claim is open." in page("claim-publish", alerted.reference)

    def test_a_case(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        url = reverse("case-publish", args=[claim.case.slug])
        assert "1 claim is released with it" in page("case-publish", claim.case.slug)
        answer = client(cast.chadi).post(url, form_of(cast, url))
        assert answer["Location"] == reverse("case-release", args=[claim.case.slug, 1])

    def test_a_case_with_nothing_to_release_says_so(self, case: Case, page: Callable[..., str]) -> None:
        assert "Nothing to publish yet" in page("case-publish", case.slug)


class TestReleases:
    def test_the_page_of_a_claim_shows_the_latest(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        releases.released(cast, claim)
        releases.released(cast, claim, note="The date was wrong.", address="https://desk.example/2")
        checkpoints.make()
        shown = page("claim-detail", claim.reference, reader=cast.omar)
        for text in ("Release 2, a correction", "The date was wrong.", "https://desk.example/2", "1 earlier release"):
            assert text in shown
        assert "Publish a correction" not in shown
        assert "checkpoint of" in shown

    @pytest.mark.parametrize(
        ("deed", "said"),
        [
            (lambda cast, claim: claims.reopen(actor=cast.chadi, claim_id=claim.pk, reason="A film."), "opened again"),
            (lambda cast, claim: claims.close(actor=cast.chadi, claim_id=claim.pk, reason="Done."), "closed since"),
            (reopened_and_ruled, "ruled on again since"),
        ],
    )
    def test_what_is_out_and_no_longer_so_is_said(
        self, cast: Cast, claim: Claim, page: Callable[..., str], deed: Callable[..., Any], said: str
    ) -> None:
        release = releases.released(cast, claim)
        assert said not in page("claim-detail", claim.reference)
        deed(cast, claim)
        for shown in (
            page("claim-detail", claim.reference),
            page("claim-release", claim.reference, release.number),
            page("desk"),
        ):
            assert said in shown
        assert said not in page("desk", reader=cast.amal), "it is an editor's to mend"

    def test_a_release_shows_what_was_released(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        first = releases.released(cast, claim)
        claims.edit(
            actor=cast.amal, claim_id=claim.pk, version=claim.version, statement="Another.", language="en",
            translations={}, claimant_id=None, happened="", place="", risk="LOW",
        )  # fmt: skip
        shown = page("claim-release", claim.reference, 1)
        for text in ("They took Furqan.", "Furqan", "Disputed", "1 account: 1 established, at most 1", first.digest):
            assert text in shown
        place = Entry.objects.get(act=first.released_in).index
        assert f"{reverse('claim-as-it-stood', args=[claim.reference])}?at={place}" in shown

    def test_an_earlier_one_leads_to_the_latest(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        releases.released(cast, claim)
        releases.released(cast, claim, note="The date was wrong.")
        assert "It was corrected since." in page("claim-release", claim.reference, 1)
        assert "It was corrected since." not in page("claim-release", claim.reference, 2)

    def test_a_release_of_a_case_lists_its_claims(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        releases.released_case(cast, claim.case, note="The first report.")
        shown = page("case-release", claim.case.slug, 1)
        for text in ("They took Furqan.", f"Release 1 of {claim.reference}", "The first report."):
            assert text in shown
        assert "In releases of the case" in page("claim-release", claim.reference, 1)
        assert "Releases" in page("case-detail", claim.case.slug)

    def test_a_number_nobody_gave_out(self, cast: Cast, claim: Claim) -> None:
        releases.released(cast, claim)
        for name, *args in (("claim-release", claim.reference, 2), ("case-release", claim.case.slug, 1)):
            assert client(cast.chadi).get(reverse(name, args=args)).status_code == HTTPStatus.NOT_FOUND

    def test_lists_are_paged_and_take_as_many_queries_for_many(self, cast: Cast, claim: Claim) -> None:
        def queries(name: str, *args: Any) -> int:
            reader = client(cast.chadi)
            reader.get(reverse(name, args=args))
            with CaptureQueriesContext(connection) as made:
                assert reader.get(reverse(name, args=args)).status_code == HTTPStatus.OK
            return len(made)

        releases.released(cast, claim)
        releases.released_case(cast, claim.case)
        checkpoints.make()
        asked: list[tuple[Any, ...]] = [
            ("claim-detail", claim.reference),
            ("case-detail", claim.case.slug),
            ("claim-releases", claim.reference),
            ("claim-release", claim.reference, 1),
            ("claim-publish", claim.reference),
            ("case-releases", claim.case.slug),
            ("case-release", claim.case.slug, 1),
            ("case-publish", claim.case.slug),
        ]
        before = [queries(*each) for each in asked]
        for number in range(21):
            releases.released(cast, claim, note=f"Correction {number}.")
        releases.released_case(cast, claim.case, note="All of it.")
        checkpoints.make()
        more = [each for each, queries_before in zip(asked, before, strict=True) if queries(*each) > queries_before]
        assert not more
        assert (
            'rel="next"' in client(cast.chadi).get(reverse("claim-releases", args=[claim.reference])).content.decode()
        )


class TestOnRecord:
    def test_the_moments_are_marked_each_with_its_word(self, cast: Cast, claim: Claim) -> None:
        releases.released(cast, claim)
        releases.released(cast, claim, note="The date was wrong.")
        releases.released_case(cast, claim.case)
        of_claim = [str(each.mark) for each in moments.around(acts_on(claim, cast.omar).all()).moments]
        assert of_claim[-3:] == ["Ruled", "Published", "Correction published"]
        assert str(moments.around(acts_in(claim.case, cast.omar).all()).moments[-1].mark) == "Published"

    def test_the_word_stands_on_the_page(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        releases.released(cast, claim)
        shown = page("claim-as-it-stood", claim.reference)
        assert '<span class="moment-mark">Published</span>' in shown
        assert '<span class="moment-mark">Ruled</span>' in shown
        assert 'label="Published"' in shown

    def test_the_history_tells_it(self, cast: Cast, claim: Claim, page: Callable[..., str]) -> None:
        releases.released(cast, claim, note="In the briefing.")
        releases.released(cast, claim, note="The date was wrong.")
        releases.released_case(cast, claim.case)
        of_claim, of_case = page("claim-history", claim.reference), page("case-history", claim.case.slug)
        for text in ("published claim", "published a correction of claim", "The date was wrong."):
            assert text in of_claim
        assert f"published the case <bdi>{claim.case.title}</bdi>" in of_case
        assert f"Release 2 of {claim.reference}" in of_case
        assert "Release 1 of the case" in of_case
