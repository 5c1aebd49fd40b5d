"""Publishing a claim and correcting it: what is released, what is refused, and that it stays."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from audit import checkpoints
from audit.acts import act
from audit.models import Checkpoint, Entry
from newsroom.models import Case
from newsroom.permits import Denied
from publishing import content
from publishing.actions import publishing
from publishing.models import Publication
from tests.cast import Cast
from tests.publishing import make as releases
from tests.verification import make
from verification.actions import claims
from verification.models import Claim


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    return releases.decided(cast, case, translations={"en": "They took Furqan."})


def reopened_and_ruled(cast: Cast, claim: Claim, value: str = "REFUTED") -> None:
    claims.reopen(actor=cast.chadi, claim_id=claim.pk, reason="The film is older.")
    make.review(make.assignment(cast, claim, cast.basim), value)
    make.verdict(cast, claim, value, rationale="The film is from 2016.")


def test_it_works(cast: Cast, claim: Claim) -> None:
    release = releases.released(cast, claim, address="https://desk.example/furqan", note="In the morning briefing.")
    claim.refresh_from_db()
    assert (release.number, release.verdict, release.case, claim.state) == (
        1, claim.verdicts.get(), claim.case, "PUBLISHED",
    )  # fmt: skip
    assert release.content["statement"] == claim.statement
    assert release.content["verdict"]["value"] == "DISPUTED"
    assert release.content["corroboration"]["SUPPORTS"] == {"lines": 1, "established": [1, 1], "possible": [1, 1]}
    assert (release.released_in.name, release.released_in.reason) == ("claim.publish", "In the morning briefing.")
    assert Entry.objects.filter(act=release.released_in).exists()
    assert cast.amal.notifications.latest("pk").act == release.released_in


def test_what_was_released_has_the_digest_it_names(cast: Cast, claim: Claim) -> None:
    """Made again from what the database gives back."""
    release = Publication.objects.get(pk=releases.released(cast, claim).pk)
    assert release.digest == content.digest_of(release.content)


def test_what_changed_since_is_a_correction_and_the_first_stays(cast: Cast, claim: Claim) -> None:
    first = releases.released(cast, claim)
    reopened_and_ruled(cast, claim)
    second = releases.released(cast, claim, note="The film turned out to be from 2016.")
    assert (second.number, second.content["verdict"]["value"], second.released_in.name) == (
        2,
        "REFUTED",
        "claim.correct",
    )
    first.refresh_from_db()
    assert (first.number, first.verdict, first.content["verdict"]["value"]) == (1, claim.verdicts.last(), "DISPUTED")


def test_a_mistake_is_corrected_under_the_same_verdict(cast: Cast, claim: Claim) -> None:
    first = releases.released(cast, claim)
    second = releases.released(cast, claim, note="The address was that of another text.", address="https://a.example/")
    assert (second.number, second.verdict) == (2, first.verdict)


def test_a_correction_says_what_changed(cast: Cast, claim: Claim) -> None:
    releases.released(cast, claim)
    with pytest.raises(ValidationError) as refused:
        releases.released(cast, claim, note=" \u200b")
    assert list(refused.value.error_dict) == ["note"]
    assert claim.publications.count() == 1


@pytest.mark.parametrize("name", ["amal", "basim", "omar"])
def test_an_editor_publishes(cast: Cast, claim: Claim, name: str) -> None:
    with pytest.raises(Denied, match="takes an editor"):
        releases.released(cast, claim, actor=getattr(cast, name))


def test_a_stranger_publishes_nothing(cast: Cast, restricted: Case) -> None:
    claim = releases.decided(cast, restricted)
    with pytest.raises(Denied, match="editor of this case"):
        releases.released(cast, claim, actor=cast.hana)


def test_without_a_verdict_nothing_leaves(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    with pytest.raises(Denied, match="no verdict yet"):
        publishing.publish_claim(actor=cast.chadi, claim_id=claim.pk, seen="sha256:", number=1)


@pytest.mark.parametrize(("deed", "sentence"), [("reopen", "reopened since"), ("close", "is closed")])
def test_what_is_open_again_or_closed_does_not_leave(cast: Cast, claim: Claim, deed: str, sentence: str) -> None:
    getattr(claims, deed)(actor=cast.chadi, claim_id=claim.pk, reason="There is a film.")
    with pytest.raises(Denied, match=sentence):
        releases.released(cast, claim)


def test_nobody_publishes_what_they_did_not_see(cast: Cast, claim: Claim) -> None:
    """Another wording in another language does not reopen a claim, and is released nevertheless."""
    seen = releases.seen(claim)
    claims.edit(
        actor=cast.amal, claim_id=claim.pk, version=claim.version, statement=claim.statement, language="ar",
        translations={"en": "They seized Furqan."}, claimant_id=None, happened="", place="", risk="MEDIUM",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="changed since you opened"):
        publishing.publish_claim(actor=cast.chadi, claim_id=claim.pk, seen=seen.digest, number=1)
    assert releases.released(cast, claim).content["translations"] == {"en": "They seized Furqan."}


def test_the_second_of_two_is_told_of_the_first(cast: Cast, claim: Claim) -> None:
    seen = releases.seen(claim)
    releases.released(cast, claim)
    with pytest.raises(ValidationError, match=r"Chadi.* published it meanwhile, as release 1"):
        publishing.publish_claim(actor=cast.hana, claim_id=claim.pk, seen=seen.digest, number=1, note="Mine.")


def test_an_address_nobody_can_open_is_refused(cast: Cast, claim: Claim) -> None:
    with pytest.raises(ValidationError) as refused:
        releases.released(cast, claim, address="ftp://desk.example/x")
    assert list(refused.value.error_dict) == ["address"]


def test_four_eyes_stood_at_the_ruling(cast: Cast, case: Case) -> None:
    """Who wrote the claim may publish what somebody else ruled: two people stand behind it."""
    claim = make.claim(cast, case, actor=cast.hana)
    make.account(cast, claim, actor=cast.hana, basis="WITNESSED")
    make.verdict(cast, claim)
    assert releases.released(cast, claim, actor=cast.hana).released_by == cast.hana


@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_a_release_is_never_changed(cast: Cast, claim: Claim, change: str) -> None:
    row = Publication.objects.filter(pk=releases.released(cast, claim).pk)
    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        row.update(note="Another") if change == "UPDATE" else row._raw_delete("default")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"number": 1}, "releases_of_a_claim_are_numbered"),
        ({"number": 2, "note": ""}, "a_correction_says_what_changed"),
        ({"number": 2, "verdict": None}, "a_claim_is_released_with_its_verdict"),
        ({"number": 1, "claim": None}, "a_claim_is_released_with_its_verdict"),
    ],
)
def test_the_database_holds_it_by_itself(cast: Cast, claim: Claim, values: dict[str, Any], name: str) -> None:
    first = releases.released(cast, claim)
    copied: dict[str, Any] = {
        "case": first.case, "claim": claim, "verdict": first.verdict, "content": {}, "digest": "-", "note": "A note.",
        "released_by": cast.chadi, "released_in": first.released_in,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match=name), act("claim.correct", actor=cast.chadi, case=first.case):
        Publication.objects.create(**copied | values)


@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_is_made_of_it(cast: Cast, case: Case) -> None:
    claim = releases.decided(cast, case)
    release = releases.released(cast, claim)
    made = Checkpoint.objects.get(occasion="claim.publish")
    assert made.size == Entry.objects.get(act=release.released_in).index + 1
    corrected = releases.released(cast, claim, note="Another address.")
    assert (
        Checkpoint.objects.get(occasion="claim.correct").size == Entry.objects.get(act=corrected.released_in).index + 1
    )


def test_every_occasion_marks_its_moment() -> None:
    from audit import telling
    from audit.models import Act

    assert all(telling.mark_of(Act(name=name)) for name in checkpoints._occasions)
