"""Two editors publish the same claim at the same moment: one release. Without the check, there would be two."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from newsroom.models import User
from publishing.actions import publishing
from tests.cast import Cast, assemble, open_case
from tests.publishing import make as releases
from verification.models import Claim


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return releases.decided(cast, open_case(cast))


def both_publish(cast: Cast, claim: Claim) -> list[str]:
    """What became of two that had the same page before them."""
    together, seen = Barrier(2, timeout=20), releases.seen(claim)

    def publish(person: User) -> str:
        try:
            together.wait()
            given = {"seen": seen.digest, "number": seen.number, "note": f"By {person.name}."}
            publishing.publish_claim(actor=person, claim_id=claim.pk, **given)  # type: ignore[arg-type]
        except ValidationError as refused:
            return refused.messages[0][:60]
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(publish, [cast.chadi, cast.hana]), key=len)


def test_there_is_one_release_and_the_second_is_told(cast: Cast, claim: Claim) -> None:
    outcome = both_publish(cast, claim)
    release = claim.publications.select_related("released_by").get()
    assert outcome[0] == "published"
    assert f"{release.released_by.name}\u2069 published it meanwhile" in outcome[1]


def test_twin_without_the_check_there_are_two(cast: Cast, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "require_as_seen", lambda found, seen, number: None)
    assert both_publish(cast, claim) == ["published", "published"]
    assert claim.publications.count() == 2
