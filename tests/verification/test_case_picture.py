"""One picture for a whole case: bounded, and honest about what it leaves out."""

from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse

from newsroom.models import Case
from tests.cast import Cast
from tests.verification import make
from tests.verification.first_case import claim_2
from tests.verification.test_claim_page import client
from verification.queries import case_lines


def read(cast: Cast, case: Case, reader: str = "omar", name: str = "case-picture", **query: str) -> Any:
    return client(getattr(cast, reader)).get(reverse(name, args=[case.slug]), query)


def test_it_works(cast: Cast, case: Case) -> None:
    claim_2(cast, case)
    other = make.claim(cast, case, "Another statement.")
    make.account(cast, other, source=make.article("Reuters"))
    make.claim(cast, case, "One without evidence.")
    answer = read(cast, case)
    part = answer.context["part"]
    assert (len(part.claims), part.lines, part.left_out) == (2, 5, 0)
    assert len(answer.context["picture"].rows) == 5
    assert not any(box.node.bottleneck for box in answer.context["picture"].boxes)
    assert read(cast, case, name="case-picture-file")["Content-Type"].startswith("image/svg+xml")


def test_what_all_of_it_rests_on_is_marked(cast: Cast, case: Case) -> None:
    claim = claim_2(cast, case)
    rendering = claim.evidence.get(key="2a").source_id
    make.account(cast, make.claim(cast, case, "Another statement."), source=rendering)
    boxes = read(cast, case).context["picture"].boxes
    assert [box.node.name for box in boxes if box.node.bottleneck] == ["Arabic rendering"]


def test_what_does_not_fit_is_said_and_can_be_reached(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_lines, "MOST_LINES", 2)
    claims = [make.claim(cast, case, f"Statement {number}.") for number in range(3)]
    for number, claim in enumerate(claims):
        make.account(cast, claim, source=make.article(f"A{number}"))
    answer = read(cast, case)
    assert answer.context["part"].claims == claims[:2]
    assert "1 more claim is left out" in answer.content.decode()
    assert read(cast, case, after=claims[1].reference).context["part"].claims == claims[2:]
    assert read(cast, case, after="nonsense").context["part"].claims == claims[:2]


def test_without_evidence_it_says_what_will_stand_here(cast: Cast, case: Case) -> None:
    assert "No chains yet" in read(cast, case).content.decode()
    assert read(cast, case, name="case-picture-file").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["case-picture", "case-picture-file"])
def test_refusals(cast: Cast, restricted: Case, name: str) -> None:
    make.account(cast, make.claim(cast, restricted))
    assert read(cast, restricted, "dana", name).status_code == HTTPStatus.NOT_FOUND
    assert read(cast, restricted, "omar", name).status_code == HTTPStatus.OK
    assert client(cast.omar).post(reverse(name, args=[restricted.slug])).status_code == HTTPStatus.METHOD_NOT_ALLOWED
