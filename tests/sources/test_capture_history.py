"""The history of a capture: what was done to it, and what others were asked about it and said."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.models import Case
from sources.actions import copies
from sources.actions.copies import Answered
from sources.domain.copies import CopyKind, CopyState
from sources.models import Capture, ExternalCopy
from sources.queries.record import acts_on_capture
from tests.cast import Cast
from tests.sources import make


@pytest.fixture
def capture(cast: Cast, case: Case) -> Capture:
    return make.capture(cast, make.source(cast, case), "نص")


def names(capture: Capture, person: Any) -> list[str]:
    return list(acts_on_capture(capture, person).all().order_by("pk").values_list("name", flat=True))


def asked_elsewhere(cast: Cast, capture: Capture) -> None:
    copy = copies.ask(actor=cast.amal, capture_id=capture.pk, kind=CopyKind.LOOK_UP)
    ExternalCopy.objects.filter(pk=copy.pk).update(lease_owner="here", lease_expires_at=copy.asked_at)
    assert copies.answered(copy_id=copy.pk, owner="here", answered=Answered(CopyState.NONE))


def test_it_works(cast: Cast, capture: Capture) -> None:
    make.stamp(capture)
    asked_elsewhere(cast, capture)
    assert names(capture, cast.omar) == [
        "capture.request",
        "capture.finish",
        "capture.finish",  # which asks for a stamp
        "capture.stamp",
        "capture.copy",
        "capture.copy_answer",
    ]
    client = Client()
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("capture-history", args=[capture.pk])).content.decode()
    assert "wrote down what was said of the time of a capture of" in page
    assert "wrote down what another archive answered about" in page


def test_it_says_nothing_of_another_capture(cast: Cast, case: Case, capture: Capture) -> None:
    other = make.capture(cast, make.source(cast, case), "نص آخر", url="https://news.example/other")
    make.stamp(other)
    asked_elsewhere(cast, other)
    assert names(capture, cast.omar) == ["capture.request", "capture.finish"]


def test_a_stranger_sees_none_of_it(cast: Cast, restricted: Case) -> None:
    hidden = make.capture(cast, make.source(cast, restricted), "نص")
    make.stamp(hidden)
    assert names(hidden, cast.dana) == []
