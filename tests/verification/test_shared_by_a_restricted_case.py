"""A source that a restricted case shared begins, for whoever is no member, where it was shared.

What the case held of it before (a name that tells whose it was) is on no page, as of no moment.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.queries.moments import now
from newsroom.models import Case, User
from sources.actions import relations
from sources.actions import sources as source_actions
from sources.models import Source
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from verification.models import Claim

NAME, NOTE = "Colonel Nasser Realname", "Meets us at the Hotel Zenobia."


@pytest.fixture
def before(cast: Cast, restricted: Case) -> int:
    """A moment at which only the case knew of the source."""
    sources.source(cast, restricted, NAME, actor=cast.chadi, kind="PERSON", note=NOTE)
    return now()


@pytest.fixture
def source(cast: Cast, before: int) -> Source:
    source = Source.objects.get(name=NAME)
    kept: Any = {
        "protected": True,
        "kind": "PERSON",
        "language": "en",
        "translations": {},
        "publisher_id": None,
        "url": "",
        "published_at": "",
    }
    source = source_actions.edit(
        actor=cast.chadi, source_id=source.pk, version=1, name="A military source", note="", **kept
    )
    reason = "Nothing of whose it is is left in it."
    shared = source_actions.share(actor=cast.chadi, source_id=source.pk, version=source.version, reason=reason)
    return source_actions.edit(
        actor=cast.chadi, source_id=shared.pk, version=shared.version, name="A Syrian military source", note="", **kept
    )


@pytest.fixture
def claim(cast: Cast, case: Case, source: Source) -> Claim:
    claim = make.claim(cast, case)
    make.account(cast, claim, source=source.pk)
    relations.derive(
        actor=cast.amal, downstream_id=source.pk, upstream_id=sources.source(cast, case).pk, kind="TRANSLATES"
    )
    return claim


def pages(reader: User, source: Source, claim: Claim, page: str = "as-it-stood", **asked: Any) -> str:
    client = Client()
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    things = {"source": source.reference, "claim": claim.reference, "case": claim.case.slug}
    answers = [client.get(reverse(f"{kind}-{page}", args=[thing]), asked) for kind, thing in things.items()]
    return "".join(answer.content.decode() for answer in answers)


def test_no_moment_shows_what_it_was_called(cast: Cast, source: Source, claim: Claim, before: int) -> None:
    assert "Realname" not in pages(cast.dana, source, claim, "history")
    for moment in range(before - 1, now() + 1):
        asks: list[dict[str, Any]] = [{"at": moment}, {"at": now(), "against": moment}]
        for asked in asks:
            shown = pages(cast.dana, source, claim, **asked)
            assert NAME not in shown, asked
            assert "Realname" not in shown, asked
            assert "Zenobia" not in shown, asked


def test_who_may_know_of_the_case_sees_it_as_it_stood(cast: Cast, source: Source, claim: Claim, before: int) -> None:
    assert NAME in pages(cast.chadi, source, claim, at=before)
    assert "Realname" in pages(cast.chadi, source, claim, at=now(), against=before)


def test_before_it_was_shared_it_was_not_registered(cast: Cast, source: Source, claim: Claim, before: int) -> None:
    assert "This source was not yet registered then." in pages(cast.dana, source, claim, at=before)
    assert "A Syrian military source" in pages(cast.dana, source, claim, at=now(), against=before)
