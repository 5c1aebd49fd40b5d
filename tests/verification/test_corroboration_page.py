"""What a claim's page shows of its corroboration, and the picture as a file."""

from http import HTTPStatus
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.models import Case
from sources.models import Source
from tests.cast import Cast
from tests.sources import make as make_source
from tests.verification import make
from tests.verification.first_case import claim_2
from tests.verification.test_claim_page import client
from verification.actions.chain import Step
from verification.models import Claim
from verification.wording.names import plain


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return claim_2(cast, case)


def page(reader: Any, claim: Claim, name: str = "claim-detail") -> Any:
    return client(reader).get(reverse(name, args=[claim.reference]))


def test_it_works(cast: Cast, claim: Claim) -> None:
    answer = page(cast.omar, claim)
    shown = answer.context["page"].shown
    assert [plain(side.sentence) for side in shown.sides] == [
        "Three accounts, one line: everything reached us through Middle East Eye.",
        "One line: IRGC statement, carried by Tasnim, Middle East Eye and Arabic rendering.",
    ]
    text = plain(answer.content.decode())
    for words in ("Contested", "Single source", "every line passes here", "how they know is not said", "witnessed it"):
        assert words in text
    assert "If Middle East Eye were wrong, nothing would be left." in text


def test_the_picture_mirrors_in_arabic(cast: Cast, claim: Claim) -> None:
    def desk_is_right_of_the_witness(language: str) -> bool:
        signed_in = client(cast.omar)
        answer = signed_in.get(reverse("claim-detail", args=[claim.reference]), headers={"Accept-Language": language})
        boxes = {box.node.kind: box.x for box in answer.context["page"].shown.picture.boxes}
        return bool(boxes["DESK"] > boxes["ORIGIN"])

    assert desk_is_right_of_the_witness("en")
    assert not desk_is_right_of_the_witness("ar")


def test_a_carrier_goes_by_its_outlet_and_who_knows_by_their_own_name(cast: Cast, case: Case) -> None:
    guard = make_source.source(cast, case, "The Guard", kind="ORGANISATION")
    statement = make_source.source(cast, case, "Its statement", kind="STATEMENT", publisher_id=guard.pk)
    paper = make_source.source(cast, case, "The Paper", kind="OUTLET")
    article = make_source.source(cast, case, "A long headline", publisher_id=paper.pk)
    claim = make.claim(cast, case)
    make.account(cast, claim, Step(statement.pk, "QUOTES"), source=article.pk, basis="AUTHORED")
    boxes = page(cast.omar, claim).context["page"].shown.picture.boxes
    assert {box.node.name for box in boxes} == {"Its statement", "The Paper", f"C-{claim.pk}"}


def test_a_claim_without_evidence_has_no_picture(cast: Cast, case: Case) -> None:
    answer = page(cast.omar, make.claim(cast, case))
    assert answer.context["page"].shown.picture is None
    assert "How it reached us" not in answer.content.decode()
    assert "Single source" not in answer.content.decode()


def test_the_page_takes_as_many_queries_with_more_evidence(cast: Cast, claim: Claim) -> None:
    def queries() -> int:
        signed_in = client(cast.omar)
        with CaptureQueriesContext(connection) as taken:
            assert signed_in.get(reverse("claim-detail", args=[claim.reference])).status_code == HTTPStatus.OK
        return len(taken)

    before = queries()
    for number in range(4):
        make.account(cast, claim, Step(make.person(f"P{number}"), "QUOTES"), source=make.article(f"A{number}"))
    assert queries() == before


class TestThePictureAsAFile:
    def test_it_works(self, cast: Cast, claim: Claim) -> None:
        answer = page(cast.omar, claim, "claim-picture")
        assert answer["Content-Type"].startswith("image/svg+xml")
        assert answer["Content-Disposition"] == f'attachment; filename="{claim.reference}-en.svg"'
        drawn = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
        assert "Syrian commander" in "".join(drawn.itertext())

    def test_it_needs_nothing_beside_it(self, cast: Cast, claim: Claim) -> None:
        written = page(cast.omar, claim, "claim-picture").content.decode()
        assert "href" not in written
        assert "url(" not in written

    def test_markup_in_a_name_stays_text(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case)
        make.account(cast, claim, source=make.article("<script>x</script>&"))
        ElementTree.fromstring(page(cast.omar, claim, "claim-picture").content)  # noqa: S314  (our own)

    def test_refusals(self, cast: Cast, restricted: Case) -> None:
        claim = make.claim(cast, restricted)
        assert page(cast.dana, claim, "claim-picture").status_code == HTTPStatus.NOT_FOUND
        assert page(cast.omar, Claim(pk=999_999), "claim-picture").status_code == HTTPStatus.NOT_FOUND
        url = reverse("claim-picture", args=[claim.reference])
        assert client(cast.omar).post(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert Client().get(url).status_code == HTTPStatus.FOUND


def test_the_name_of_a_source_of_another_case_is_nowhere(cast: Cast, case: Case, restricted: Case) -> None:
    shared, secret = make_source.source(cast, None, "Reuters"), make_source.source(cast, restricted, "Secret source")
    make_source.derivation(cast, shared, secret, "REPUBLISHES")
    make_source.affiliation(cast, shared, secret)
    claim = make.claim(cast, case)
    make.account(cast, claim, source=shared.pk)
    assert Source.objects.get(name="Secret source").case == restricted
    assert "Secret source" not in page(cast.dana, claim).content.decode()
