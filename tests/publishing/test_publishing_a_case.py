"""A case leaves with every claim whose verdict stands, each under a release of its own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.models import Case
from newsroom.permits import Denied
from publishing import content
from publishing.actions import publishing
from publishing.models import Inclusion, Publication
from publishing.queries import leaving
from tests.cast import Cast
from tests.publishing import make as releases
from tests.publishing.test_publishing import reopened_and_ruled
from tests.verification import make
from verification.actions import claims
from verification.models import Claim


def held(release: Publication) -> list[tuple[int | None, int]]:
    return [(each.included.claim_id, each.included.number) for each in release.inclusions.order_by("pk")]


def test_it_works(cast: Cast, case: Case) -> None:
    out, new = releases.decided(cast, case), releases.decided(cast, case, "وقع الهجوم ليلا.")
    make.claim(cast, case, "لم يحكم فيه أحد.")
    first = releases.released(cast, out)
    release = releases.released_case(cast, case, note="The first report.")
    assert (release.number, release.claim, release.verdict, release.released_in.name) == (1, None, None, "case.publish")
    assert held(release) == [(out.pk, 1), (new.pk, 1)]
    with_it = new.publications.get()
    assert with_it.released_in == release.released_in
    assert release.content["claims"] == [
        {"claim": out.reference, "release": 1, "digest": first.digest},
        {"claim": new.reference, "release": 1, "digest": with_it.digest},
    ]
    assert release.digest == content.digest_of(Publication.objects.get(pk=release.pk).content)
    assert {*Claim.objects.filter(publications__isnull=False).values_list("state", flat=True)} == {"PUBLISHED"}


def test_what_is_out_with_its_verdict_is_not_released_again(cast: Cast, case: Case) -> None:
    claim = releases.decided(cast, case)
    releases.released_case(cast, case)
    again = releases.released_case(cast, case, note="The date was wrong.")
    assert (again.number, again.released_in.name, held(again)) == (2, "case.correct", [(claim.pk, 1)])


def test_a_claim_ruled_on_again_leaves_as_a_correction_that_says_so(cast: Cast, case: Case) -> None:
    claim = releases.decided(cast, case)
    releases.released(cast, claim)
    reopened_and_ruled(cast, claim)
    with pytest.raises(ValidationError) as refused:
        releases.released_case(cast, case)
    assert list(refused.value.error_dict) == ["note"]
    release = releases.released_case(cast, case, note="The film was older.")
    assert (release.number, held(release)) == (1, [(claim.pk, 2)])
    assert claim.publications.get(number=2).note == "The film was older."


def test_a_claim_that_is_open_again_stays(cast: Cast, case: Case) -> None:
    out, doubted = releases.decided(cast, case), releases.decided(cast, case, "وقع الهجوم ليلا.")
    releases.released_case(cast, case)
    claims.reopen(actor=cast.chadi, claim_id=doubted.pk, reason="There is a film.")
    assert held(releases.released_case(cast, case, note="One claim is open again.")) == [(out.pk, 1)]


def test_a_case_without_a_verdict_does_not_leave(cast: Cast, case: Case) -> None:
    make.claim(cast, case)
    with pytest.raises(Denied, match="No claim of this case"):
        releases.released_case(cast, case)


@pytest.mark.parametrize("name", ["amal", "basim", "omar"])
def test_an_editor_publishes(cast: Cast, case: Case, name: str) -> None:
    releases.decided(cast, case)
    with pytest.raises(Denied, match="takes an editor"):
        releases.released_case(cast, case, actor=getattr(cast, name))


def test_nobody_publishes_claims_they_did_not_see(cast: Cast, case: Case) -> None:
    releases.decided(cast, case)
    seen = leaving.of_case(case)
    releases.decided(cast, case, "وقع الهجوم ليلا.")
    with pytest.raises(ValidationError, match="changed since you opened"):
        publishing.publish_case(actor=cast.chadi, case_id=case.pk, seen=seen.digest, number=1)


def test_the_second_of_two_is_told_of_the_first(cast: Cast, case: Case) -> None:
    releases.decided(cast, case)
    seen = leaving.of_case(case)
    releases.released_case(cast, case)
    with pytest.raises(ValidationError, match="published it meanwhile"):
        publishing.publish_case(actor=cast.hana, case_id=case.pk, seen=seen.digest, number=1)
    assert Inclusion.objects.count() == 1


def test_what_would_leave_is_found_in_a_fixed_number_of_queries(cast: Cast, case: Case) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert leaving.of_case(case).digest
        return len(made)

    releases.released(cast, releases.decided(cast, case))
    releases.decided(cast, case, "1")
    before = queries()
    releases.released(cast, releases.decided(cast, case, "2"))
    for number in range(3, 5):
        releases.decided(cast, case, str(number))
    assert queries() == before
